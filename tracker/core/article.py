"""An article beside the record: what each paragraph says, and what the record has of it.

Nothing is corrected in silence: where the days differ, both are given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tracker.core.event_days import days_of_event, link_day
from tracker.core.text import Folded, fold
from tracker.dates import PartialDate, days_apart
from tracker.model import Mention, RecordEvent, SeedClaim

FAR: Final = 45
"""Days beyond which an event of the record is not what a dated statement speaks of."""

_GLOSS: Final = re.compile(r"(?<=[\u3400-\u9fff])\([a-zü\u00e0-\u01dc]{1,6}\)")
_TAGS: Final = re.compile(r"\?*/(?:p|div|span)>|&(?:nbsp|amp|quot);")
_LOST: Final = "\ufffd"
_MONTH_ZH: Final = re.compile(r"(?:(20[12]\d)年)?(?<!\d)(1[0-2]|[1-9])月(?:(3[01]|[12]?\d)日)?")
_NAMES: Final = {
    name: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"), 1)
}  # fmt: skip
_MONTH_EN: Final = re.compile(
    rf"\b(?P<m>{'|'.join(_NAMES)})(?:\s+(?P<d>3[01]|[12]?\d)\b(?!\d))?,?\s+(?P<y>20[12]\d)"
)
_EARLIER: Final = re.compile(
    r"(一|两|二|三|\d{1,2})\s*个月前|\b(a|one|two|three)\s+months?\s+(?:before|earlier|ago)"
)
_COUNTS: Final = {"一": 1, "两": 2, "二": 2, "三": 3, "a": 1, "one": 1, "two": 2, "three": 3}
_ABOUT: Final = {"licence": ("licence", "rule"), "rule": ("rule", "licence")}


@dataclass(frozen=True, slots=True)
class Dated:
    """The days that a statement names: from ``first`` to ``last``, in the words ``words``."""

    first: date
    last: date
    words: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One paragraph that reports an act, and the event of the record that fits it best.

    ``verdict``: ``agrees``, ``conflicts`` (another day), ``not in the record``, ``no day named``:
    without a day nothing is joined by guess.
    """

    words: str
    mention: Mention
    dated: Dated | None
    event: RecordEvent | None
    verdict: str


def damage(text: str) -> tuple[str, ...]:
    """What happened to a text on its way, in words; nothing is mended by it.

    >>> damage("國(guó)產(chǎn)替代")
    ('pinyin in brackets after 2 characters',)
    """
    found = []
    if glosses := len(_GLOSS.findall(text)):
        found.append(f"pinyin in brackets after {glosses} characters")
    if tags := len(_TAGS.findall(text)):
        found.append(f"{tags} remains of markup")
    if lost := text.count(_LOST):
        found.append(f"{lost} characters that could not be decoded")
    return tuple(found)


def statements(
    paragraphs: Sequence[str],
    read: Callable[[str], Sequence[Mention]],
    record: Iterable[RecordEvent],
    published: date | None = None,
) -> tuple[Statement, ...]:
    """The acts that an article reports, each beside the record.

    ``read`` gives the mentions of one paragraph. A month without a year takes the year that the
    article names with that month, else that of its publication.

    >>> statements([], lambda text: (), [])
    ()
    """
    known = tuple(record)
    years = _years(paragraphs, published)
    found: list[Statement] = []
    anchor: Dated | None = None
    for paragraph in paragraphs:
        folded = fold(paragraph)
        dated = _dated(folded, years) or _earlier(folded, anchor)
        anchor = dated or anchor
        found += [
            _statement(folded.original, one, dated, known)
            for one in read(paragraph)
            if one.relevant
        ]
    return tuple(_first_of_each(found))


def _statement(words: str, mention: Mention, dated: Dated | None, record: Sequence[RecordEvent]
               ) -> Statement:  # fmt: skip
    if dated is None:
        return Statement(words, mention, None, None, "no day named")
    event = max(
        (one for one in record if _fits(mention, dated, one)),
        key=lambda one: (_overlap(mention, one), -_distance(dated, one), one.id),
        default=None,
    )
    if event is None:
        return Statement(words, mention, dated, None, "not in the record")
    apart = _distance(dated, event) and not _next_morning(dated, event)
    return Statement(words, mention, dated, event, "conflicts" if apart else "agrees")


def _next_morning(dated: Dated, event: RecordEvent) -> bool:
    """Whether the article has the day on which it became known: evening there, morning here."""
    day = link_day(event)
    near = day <= days_of_event(event).last + timedelta(days=1)
    return near and dated.first <= day <= dated.last


def _fits(mention: Mention, dated: Dated, event: RecordEvent) -> bool:
    """Same kind of act and near in time; who and what must meet, except for dated talks."""
    if event.kind not in _ABOUT.get(mention.kind, (mention.kind,)):
        return False
    if _distance(dated, event) > FAR:
        return False
    if mention.kind == "talks":
        return _distance(dated, event) == 0 and "CN" in event.jurisdiction
    return _overlap(mention, event) > 0


def _overlap(mention: Mention, event: RecordEvent) -> int:
    items = set(mention.items) & set(event.items)
    actors = set(mention.actors) & set(event.actors)
    return 2 * len(items) + len(actors)


def _distance(dated: Dated, event: RecordEvent) -> int:
    days = days_of_event(event)
    return days_apart((dated.first, dated.last), (days.first, days.last))


def _first_of_each(found: Iterable[Statement]) -> Iterable[Statement]:
    """An event is set beside the first paragraph that reports it."""
    seen: set[str] = set()
    for one in found:
        if one.event is None or one.event.id not in seen:
            yield one
        if one.event:
            seen.add(one.event.id)


def _years(paragraphs: Iterable[str], published: date | None) -> dict[int, int]:
    """Month -> year, where the article itself names both, or its publication gives the year."""
    usual = {}
    if published:
        for month in range(1, 13):
            usual[month] = published.year if month <= published.month else published.year - 1
    named = {
        int(match[2]): int(match[1])
        for paragraph in paragraphs
        for match in _MONTH_ZH.finditer(fold(paragraph).text)
        if match[1]
    }
    return usual | named


def _dated(text: Folded, years: dict[int, int]) -> Dated | None:
    """The first day or month that a text names outright."""
    match = _MONTH_ZH.search(text.text)
    if match and (match[1] or int(match[2]) in years):
        year = int(match[1] or years[int(match[2])])
        return _partial(year, int(match[2]), match[3], _words(text, match))
    english = _MONTH_EN.search(text.text)
    if english:
        return _partial(
            int(english["y"]), _NAMES[english["m"]], english["d"], _words(text, english)
        )
    return None


def _words(text: Folded, match: re.Match[str]) -> str:
    return text.original[match.start() : match.end()]


def _partial(year: int, month: int, day: str | None, words: str) -> Dated | None:
    try:
        partial = PartialDate(year, month, int(day) if day else None)
        return Dated(partial.first, partial.last, words)
    except ValueError:
        return None


def _earlier(text: Folded, anchor: Dated | None) -> Dated | None:
    """Count "a month before" back from the month that the article named last."""
    match = _EARLIER.search(text.text)
    if match is None or anchor is None:
        return None
    count = match[1] or match[2]
    months = _COUNTS.get(count) or int(count)
    last = anchor.first.replace(day=1)
    for _ in range(months):
        last = (last - timedelta(days=1)).replace(day=1)
    unit = "month" if months == 1 else "months"
    words = f"{_words(text, match)} ({months} {unit} before {anchor.first:%Y-%m})"
    return Dated(last, PartialDate(last.year, last.month).last, words)


def checked(text: str, curated: Iterable[SeedClaim]) -> tuple[SeedClaim, ...]:
    """The checked statements whose quoted words stand in ``text``, in the order of the record.

    >>> checked("", [])
    ()
    """
    folded = fold(text).text
    found = ((one, fold(one.quote_zh).text) for one in curated)
    return tuple(one for one, words in found if words and words in folded)
