"""Signs, colours and short words: how one fact is written wherever it is shown."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tracker.core.clean import clean_line
from tracker.core.timeline import Figure
from tracker.dates import Precision
from tracker.model import Event, Mention, Observation
from tracker.nouns import dataclass

_UNICODE: Final = {
    "tighten": "▲", "ease": "▼", "talks": "◆", "neutral": "●", "data": "■",
    "tighten?": "△", "ease?": "▽", "talks?": "◇", "neutral?": "○", "data?": "□",
}  # fmt: skip
_ASCII: Final = {
    "tighten": "^", "ease": "v", "talks": "*", "neutral": "o", "data": "%",
    "tighten?": "^?", "ease?": "v?", "talks?": "*?", "neutral?": "o?", "data?": "%?",
}  # fmt: skip
LEGEND: Final = {
    "tighten": "tightens", "ease": "eases", "talks": "talks", "neutral": "neutral",
    "data": "figure", "tighten?": "would tighten", "ease?": "would ease",
    "talks?": "talks proposed", "neutral?": "proposed", "data?": "forecast, claim or target",
}  # fmt: skip
COLOURS: Final = {
    "tighten": "red", "ease": "green", "talks": "yellow", "neutral": "cyan", "data": "blue",
    "data?": "italic magenta",
}  # fmt: skip
UNCURATED: Final = "†"
"""The sign of an event that feeds alone tell of; ``NEWS`` says so in words."""
NEWS: Final = "news, not in the record"
_SIGNS: Final = {"<=": "≤", ">=": "≥", "~": "~", ">": ">", "<": "<"}
_PLAIN: Final = str.maketrans(
    {"≤": "<=", "≥": ">=", "–": "-", "—": "-", "…": "...", "·": "|", "§": "sec.", "→": "->",
     "│": "|", "─": "-", "“": '"', "”": '"', "’": "'", "‘": "'", "✓": "+", "○": "o",
     UNCURATED: "+"}
)  # fmt: skip
_IN_ASCII: Final = str.maketrans({_UNICODE[name]: _ASCII[name] for name in _UNICODE}) | _PLAIN
INSTRUMENTS: Final = {
    "federal-register-rule": "rule", "mofcom-announcement": "announcement",
    "is-informed-letter": "is-informed letter",
}  # fmt: skip
_PROPER: Final = {"federal register": "Federal Register", "mofcom": "MOFCOM"}
TIERS: Final = {
    "official": "official page",
    "text-seen": "word-for-word copy",
    "two-pages": "two or more pages",
    "one-page": "one page",
}


def instrument_words(instrument: str) -> str:
    """An instrument as read aloud; the filter takes it with hyphens.

    >>> instrument_words("federal-register-rule"), instrument_words("window-guidance")
    ('Federal Register rule', 'window guidance')
    """
    words = instrument.replace("-", " ")
    for plain, proper in _PROPER.items():
        words = words.replace(plain, proper)
    return words.replace("is informed", "is-informed")


def titled(event: Event) -> str:
    """The title; under a past day marked where it was written after that day."""
    return clean_line(event.title) + (" (written later)" if event.text_later else "")


def acting(event: Event, most: int | None = None) -> str:
    """``US/CN: ``, whose act it is, to stand before the title; "" where that begins with it.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> acting(build([mention()])), acting(build([mention(title="Huawei put on Entity List")]))
    ('', 'US: ')
    """
    capitals = event.jurisdiction[:most]
    said = len(capitals) == 1 and re.match(rf"{re.escape(capitals[0])}(?!\w)", event.title)
    return "" if said or not capitals else f"{'/'.join(capitals)}: "


def teller(mention: Mention) -> str:
    """Whose report it is: its publisher, else the host of its address; else it is unnamed.

    >>> from tracker.core.examples import mention
    >>> teller(mention()), teller(mention(publisher="", url=""))
    ('Example Wire', '(unnamed)')
    """
    if mention.publisher:
        return mention.publisher
    from tracker.core.polling import host_of  # seldom: most texts name their publisher

    return host_of(mention.url) or "(unnamed)"


def witnessed(event: Event) -> str:
    """How many independent origins speak for an event, the tier of the best, and if it is news.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> witnessed(build([mention()]))
    '1 origin (one page) · news, not in the record'
    """
    origins = "1 origin" if event.witnesses == 1 else f"{event.witnesses} origins"
    tier = TIERS.get(event.evidence, event.evidence)
    words = f"{origins} ({tier})" if tier and event.witnesses else origins
    return f"{words} · {NEWS}" if event.origin == "news" else words


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one screen, in Unicode or in ASCII."""

    ascii: bool = False

    def glyph(self, name: str) -> str:
        """The sign of ``name`` (a key of ``LEGEND``).

        >>> Signs().glyph("tighten"), Signs(ascii=True).glyph("tighten?")
        ('▲', '^?')
        """
        return (_ASCII if self.ascii else _UNICODE)[name]

    @property
    def width(self) -> int:
        """Cells of a glyph's column: in ASCII a proposal takes two."""
        return 2 if self.ascii else 1

    def text(self, words: str) -> str:
        """Our own punctuation in the signs of this screen; Chinese text stays as it is.

        >>> Signs(ascii=True).text("rule · ≤ 5")
        'rule | <= 5'
        """
        return words.translate(_PLAIN) if self.ascii else words


def in_ascii(words: str) -> str:
    """What a stream that knows only ASCII is given: our signs in it, ``?`` for other letters.

    >>> in_ascii("▲ Nvidia’s 镓 …")
    "^ Nvidia's ? ..."
    """
    return "".join(x if x.isascii() else "?" for x in words.translate(_IN_ASCII))


def sign_of(event: Event) -> str:
    """The name of an event's sign; hollow (``?``) for a bill or a proposal."""
    name = "talks" if event.kind == "talks" else event.direction
    hollow = event.status == "proposed" or event.instrument == "bill"
    return f"{name}?" if hollow else name


def is_hollow(nature: str) -> bool:
    """Whether a figure is no measurement: forecast, claim or target."""
    return nature in ("forecast", "claim", "target")


def day_words(day: date, year: bool = True) -> str:
    """A day as read aloud, in any locale.

    >>> day_words(date(2026, 7, 7)), day_words(date(2026, 7, 7), year=False)
    ('7 Jul 2026', '7 Jul')
    """
    month = MONTHS[day.month - 1][:3]
    return f"{day.day} {month} {day.year}" if year else f"{day.day} {month}"


MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def iso(day: date, precision: Precision) -> str:
    """A day in ISO form, only as precise as it is known.

    >>> iso(date(2025, 4, 1), "month"), iso(date(2025, 4, 1), "quarter")
    ('2025-04', '2025-Q2')
    """
    match precision:
        case "month":
            return f"{day:%Y-%m}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month - 1) // 3 + 1}"
        case "year":
            return f"{day.year:04}"
        case _:
            return day.isoformat()


def when(event: Event) -> str:
    """The days of an event in ISO form, as precise as they are known; a span as an interval."""
    start = iso(event.date, event.precision)
    end = iso(event.end_date, event.precision) if event.end_date else start
    return start if end == start else f"{start}/{end}"


def number(value: float) -> str:
    """A number as printed by the house: thousands apart, nothing rounded.

    >>> number(812000.0), number(5.52), number(41.0)
    ('812,000', '5.52', '41')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10f}".rstrip("0")


def amount(value: float, low: float | None, high: float | None, qualifier: str, unit: str) -> str:
    """A figure with its mark and its unit; a range instead of its midpoint.

    >>> amount(41, None, None, "~", "percent"), amount(3.5, 2, 5, "=", "usd_bn")
    ('~41%', '$2–5 bn')
    >>> amount(200000, None, None, "<=", "units")
    '≤200,000 units'
    """
    plain = f"{number(low)}–{number(high)}" if low is not None and high is not None else None
    words = plain or number(value)
    sign = _SIGNS.get(qualifier, "")
    match unit:
        case "percent":
            return f"{sign}{words}%"
        case "percent_growth":
            return f"{sign}{'+' if value > 0 else ''}{words}%"
        case "usd_bn":
            return f"{sign}${words} bn"
        case "usd_m":
            return f"{sign}${words} m"
        case _:
            return f"{sign}{words} {unit.replace('_', ' ')}"


def figure_words(figure: Figure) -> str:
    """The headline figure of an event's line, by one house.

    >>> figure_words(Figure("s", "percent", "IDC", 41, None, None, "~", "estimate",
    ...                     date(2025, 12, 31), None))
    'IDC ~41% (2025)'
    """
    words = amount(figure.value, figure.value_low, figure.value_high, figure.qualifier, figure.unit)
    marks: list[str] = [figure.nature] if is_hollow(figure.nature) else []
    marks += [figure.flag] if figure.flag else []
    tail = f", {', '.join(marks)}" if marks else ""
    return f"{figure.house} {words} ({figure.period_end.year}{tail})"


def figure_told(figure: Figure) -> str:
    """The same with what it is a share of, where no legend says so.

    >>> figure_told(Figure("s", "percent", "IDC", 41, None, None, "~", "estimate",
    ...                    date(2025, 12, 31), None, "Local share of cards"))
    'IDC ~41% (2025): Local share of cards'
    """
    return f"{figure_words(figure)}: {figure.title}" if figure.title else figure_words(figure)


def observed(one: Observation, unit: str) -> str:
    """An observation's figure as its house printed it."""
    return amount(one.value, one.value_low, one.value_high, one.qualifier, unit)


def period(start: date, end: date) -> str:
    """A period in the shortest form that says it whole.

    >>> period(date(2025, 1, 1), date(2025, 12, 31)), period(date(2025, 1, 1), date(2025, 6, 30))
    ('2025', 'H1 2025')
    >>> period(date(2025, 4, 28), date(2025, 7, 27)), period(date(2025, 4, 1), date(2025, 6, 30))
    ('28 Apr–27 Jul 2025', 'Q2 2025')
    """
    ends = ((start.month, start.day), (end.month, end.day))
    if start == end:
        return day_words(start)
    if start.year == end.year:
        named = _PERIODS.get(ends)
        if named is not None:
            return f"{named} {end.year}".strip()
        return f"{day_words(start, year=False)}–{day_words(end)}"
    return f"{day_words(start)}–{day_words(end)}"


_PERIODS: Final = {
    ((1, 1), (12, 31)): "", ((1, 1), (6, 30)): "H1", ((7, 1), (12, 31)): "H2",
    ((1, 1), (3, 31)): "Q1", ((4, 1), (6, 30)): "Q2", ((7, 1), (9, 30)): "Q3",
    ((10, 1), (12, 31)): "Q4",
}  # fmt: skip


def first_ref(event: Event) -> str | None:
    """The shortest citation that its sources carry: ``91 FR 1684``, ``商务部公告2025年第1号``.

    A Federal Register citation comes before anything else; file numbers of agencies are left to
    the card. A source that is only about the act cites another one: its number is not the act's.
    """
    own = [source for source in event.sources if source.ref and not source.about]
    refs = [part.strip() for source in own for part in (source.ref or "").split(";")]
    named = [ref for ref in refs if not ref.startswith(_FILES)]
    return min(named, key=lambda ref: (not _REGISTER.match(ref), named.index(ref)), default=None)


_FILES: Final = ("FR Doc", "Docket", "RIN", "BIS Docket", "Accession", "File No")
_REGISTER: Final = re.compile(r"\d+ FR \d")


STYLES: Final = {
    **COLOURS, "head": "bold", "month": "bold", "dim": "dim", "forecast": "italic magenta",
}  # fmt: skip


def weekday(day: date) -> str:
    """The day of the week in three letters, in any locale.

    >>> weekday(date(2025, 7, 15))
    'Tue'
    """
    return WEEKDAYS[day.weekday()]


def tone(event: Event) -> str:
    """The colour of an event: its direction, or that it is talks."""
    return sign_of(event).removesuffix("?")


def glyph(event: Event, signs: Signs) -> str:
    """The sign of an event."""
    return signs.glyph(sign_of(event))
