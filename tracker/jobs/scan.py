"""``scan``: JSON Lines of items in, judgements out; the joins are made over all of the input."""

from __future__ import annotations

import gc
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice, repeat
from math import isfinite
from typing import Any, Final

from tracker.core import cluster
from tracker.core.clean import clean_text
from tracker.core.decisions import NONE, Decisions
from tracker.core.lexicon import Lexicon
from tracker.core.match import node_id
from tracker.core.recognise import annotate, recognise_each
from tracker.core.text import language
from tracker.core.votes import day_of
from tracker.errors import UsageProblem
from tracker.feeds import dates
from tracker.jobs import published
from tracker.model import LANGUAGES, Entry, Event, Mention, RecordEvent
from tracker.nouns import draft
from tracker.view.quoted import placed

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half a letter: no file can hold it."""
_NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
AT_ONCE: Final = 256
"""Items that take each step of recognition together."""

_Draft: Final = draft(Entry)


def _no_number(word: str) -> Any:
    """What Python reads and JSON does not have."""
    raise ValueError(f"it has no {word}")


class _TooLong(ValueError):
    """What JSON has and no program counts with."""


def _counted(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise _TooLong(f"a number in it has {len(digits.lstrip('-')):,} digits")
    return int(digits)


MOST_DIGITS: Final = 4000
"""Of one number; Python reads hardly more."""
_read: Final = json.JSONDecoder(parse_constant=_no_number, parse_int=_counted).decode
_quoted: Final = json.JSONEncoder().encode


def scan(
    lines: Iterable[bytes | str],
    lexicon: Lexicon,
    record: Iterable[RecordEvent] = (),
    decisions: Decisions = NONE,
    oddities: dict[str, list[int]] | None = None,
    now: datetime | None = None,
) -> Iterator[dict[str, Any]]:
    """One judgement an input line, in the same order; everything is read before one is given.

    ``oddities`` gets what no judgement can rest on (``no title`` ...), with the lines. A day far
    after ``now`` is one; without it no day is.

    Raises:
        UsageProblem: a line is not UTF-8, or not a JSON object; its number is named.
    """
    with _uncollected():
        told = {} if oddities is None else oddities
        return iter(_judged(lines, lexicon, record, decisions, told, now or _NEVER))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: what is made here stays and has none, and is much."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _judged(
    lines: Iterable[bytes | str], lexicon: Lexicon, record: Iterable[RecordEvent],
    decisions: Decisions, oddities: dict[str, list[int]], now: datetime,
) -> list[dict[str, Any]]:  # fmt: skip
    shown: list[Any] = []
    why: list[tuple[str, ...]] = []
    mentions: list[tuple[Mention, ...]] = []
    rows = enumerate(map(_row, _numbered(lines)), 1)
    read = (entry_of(number, row, oddities, now) for number, row in rows if row is not None)
    while some := list(islice(read, AT_ONCE)):
        shown += [name for name, _ in some]
        found = recognise_each([entry for _, entry in some], lexicon)
        why += [_why(one, entry) for one, (_, entry) in zip(found, some, strict=True)]
        mentions += found
    nodes = [one for found in mentions for one in found if one.relevant]
    home: dict[str, tuple[str, Event | None]] = {}
    for members in cluster.groups([*nodes, *annotate(record, lexicon)], decisions):
        event = cluster.build(members, decisions=decisions)
        news = [one for one in members if isinstance(one, Mention)]
        name = event.id if event else f"undated-{min(node_id(one) for one in news)[:12]}"
        home.update({node_id(one): (name, event) for one in news})
    each = zip(shown, mentions, why, strict=True)
    return [_judgement(name, found, home, at) for name, found, at in each]


def _why(found: tuple[Mention, ...], entry: Entry) -> tuple[str, ...]:
    """Where the words stand that the reasons of a report quote; nothing of what is none."""
    if not any(one.relevant for one in found):
        return ()
    return tuple(placed(one, entry.title, entry.summary) for one in found[0].reasons)


def lines_of(data: bytes) -> list[bytes | str]:
    r"""The lines of the input; of one JSON array its items, each as a line.

    Raises:
        UsageProblem: it begins as an array that runs over several lines, and is none, or is not
            UTF-8.

    >>> lines_of(b'[{"id": "a"},\n {"id": "b"}]'), lines_of(b'{"id": "a"}\n')
    (['{"id": "a"}', '{"id": "b"}'], [b'{"id": "a"}', b''])
    """
    lines: list[bytes | str] = [*data.split(b"\n")]
    if not data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        return lines
    text = _decoded(data, 1)
    try:
        return [json.dumps(row) for row in _read(text)]
    except (ValueError, RecursionError) as error:
        if text.lstrip().partition("\n")[0].rstrip().endswith("]"):
            return lines  # lines that are arrays: each is named by its number
        at = isinstance(error, json.JSONDecodeError) and error.lineno
        where = f"Line {at}" if at else "The input"
        raise UsageProblem(
            f"{where} {_wrong(error)}.", hint=_hint(error, "one JSON array, or an object a line")
        ) from error


def _decoded(data: bytes, number: int) -> str:
    """The text of what begins in a line; no letter is guessed where it is in another encoding."""
    try:
        return data.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        at = number + data.count(b"\n", 0, error.start)
        raise UsageProblem(
            f"Line {at} is not UTF-8.",
            hint="convert it to UTF-8 (Chinese, as a rule: iconv -f GB18030 -t UTF-8 FILE)",
        ) from error


def _numbered(lines: Iterable[bytes | str]) -> Iterator[tuple[int, bytes | str]]:
    return ((number, line) for number, line in enumerate(lines, 1))


def _row(numbered: tuple[int, bytes | str]) -> dict[str, Any] | None:
    number, line = numbered
    if isinstance(line, bytes):
        line = _decoded(line, number)
    if not line.strip():
        return None
    try:
        row = _read(line)
    except (ValueError, RecursionError) as error:
        raise UsageProblem(
            f"Line {number} {_wrong(error)}.", hint=_hint(error, "one JSON object a line")
        ) from error
    if not isinstance(row, dict):
        raise UsageProblem(f"Line {number} is not a JSON object.", hint='{"id": ..., "title": ...}')
    return row


def _hint(error: Exception, shape: str) -> str:
    return "a number as text, in quotes" if isinstance(error, _TooLong) else shape


def _wrong(error: Exception) -> str:
    """What a JSON reader complained of and where in its line."""
    if isinstance(error, _TooLong):
        return f"cannot be read: {error}"
    if isinstance(error, json.JSONDecodeError):
        return f"is not JSON: {error.msg.removesuffix(' at')} at character {error.colno}"
    return f"is not JSON: {'nested too deep' if isinstance(error, RecursionError) else error}"


def _text(row: dict[str, Any], key: str, limit: int = 20000) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_text(value[:limit])
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def entry_of(
    number: int, row: dict[str, Any], oddities: dict[str, list[int]], now: datetime = _NEVER
) -> tuple[Any, Entry]:
    """The id that an input row is known by, and its entry; the rest as for :func:`scan`.

    >>> shown, entry = entry_of(1, {"id": "a", "title": "US bans H20"}, {})
    >>> shown, entry.title, entry.published
    ('a', 'US bans H20', None)
    """
    title, summary, url = _text(row, "title"), _text(row, "summary"), _text(row, "url")
    shown = _sayable(row.get("id"))
    raw = _text(row, "published")
    name = f"[{', '.join(map(_quoted, (repr(shown), title, summary, url, raw)))}]"
    digest = hashlib.sha256(name.encode()).hexdigest()[:24]
    moment, offset = _believed(row.get("published"), now)
    if not title or moment is None:
        for what in _odd(row, title, now):
            oddities.setdefault(what, []).append(number)
    said = _text(row, "lang")
    lang = said if said in LANGUAGES else language(f"{title} {summary}", said)
    entry = _Draft(
        item_id=digest, digest=digest, feed="scan", guid=str(shown), title=title,
        summary=summary, url=url, published=moment, offset=offset,
        published_raw=raw, seen=moment or _EPOCH,
        lang=lang, publisher=_text(row, "publisher"), origin="added",
    )  # type: ignore[arg-type, unused-ignore]  # fmt: skip  # checked just above
    entry.__class__ = Entry
    return shown if shown is not None else f"line-{number}", entry


def _sayable(shown: Any) -> str | int | float | None:
    r"""An id as it came; None where it is none, or one that cannot be written.

    >>> _sayable("a"), _sayable(True), _sayable(1e999), _sayable("\ud800")
    ('a', None, None, None)
    """
    if not isinstance(shown, str | int | float) or isinstance(shown, bool):
        return None
    if isinstance(shown, float):
        return shown if isfinite(shown) else None
    return None if _HALF.search(str(shown)) else shown


def _odd(row: dict[str, Any], title: str, now: datetime = _NEVER) -> Iterator[str]:
    """What an item lacks that a judgement rests on, in words.

    >>> list(_odd({"published": "2025-13-45"}, "")), list(_odd({}, "US bans H20"))
    (['no title', 'a date that cannot be read'], ['no date'])
    >>> list(_odd({"published": "1700-01-01"}, "US bans H20"))
    ['an improbable date']
    """
    if not title:
        yield "no title" if row.get("title") in (None, "") else "a title that is no text"
    value = row.get("published")
    if value in (None, ""):
        yield "no date"
    elif _believed(value, now)[0] is None:
        yield published.IMPROBABLE if _moment(value)[0] else _unread(value)


def _unread(value: Any) -> str:
    """Why a date is none."""
    told = published.read(_words(value)) if _words(value) else ""
    return told if isinstance(told, str) and told else published.UNREADABLE


def _believed(value: Any, now: datetime) -> tuple[datetime | None, int | None]:
    """As ``_moment``, of one at which something can have been published."""
    moment, offset = _moment(value)
    return (None, None) if moment and dates.improbable(moment, now) else (moment, offset)


def _words(value: Any) -> str:
    """A date as words, as ``backfill`` reads it; '' of what is neither text nor a figure."""
    told = isinstance(value, str | int | float) and not isinstance(value, bool)
    return value if isinstance(value, str) else published.words_of(value) if told else ""


def _moment(value: Any) -> tuple[datetime | None, int | None]:
    """A publication moment and the publisher's distance from UTC; (None, None) where unreadable."""
    words = _words(value)
    if not words:
        return None, None
    try:
        moment = datetime.fromisoformat(words.strip()[:40])
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC), None
        apart = moment.utcoffset()
        return moment.astimezone(UTC), round(apart.total_seconds() / 60) if apart else 0
    except (ValueError, OverflowError):
        stamp = published.read(words)
        return (None, None) if isinstance(stamp, str) else stamp


def _judgement(
    shown: Any, found: tuple[Mention, ...], home: dict[str, tuple[str, Event | None]],
    places: tuple[str, ...],
) -> dict[str, Any]:  # fmt: skip
    head = found[0]
    borne_out = not head.relevant and len(found) > 1 and home[node_id(found[1])][1] is not None
    own = found[1] if borne_out else head
    name, event = home.get(node_id(own), (None, None)) if own.relevant else (None, None)
    others = [home.get(node_id(one), (name, None)) for one in found[1:] if head.relevant]
    return {
        "id": shown, "relevant": own.relevant, "recap": head.recap,
        **(_told(own, name, event) if own.relevant else _NOTHING),
        "items": list(head.items), "actors": list(head.actors),
        "jurisdiction": list(head.jurisdiction), "score": head.score,
        "reasons": [
            *({"name": one.name, "weight": one.weight, "why": f"{one.why}{at}"}
              for one, at in zip(head.reasons, places or repeat(""), strict=False)),
            *((BORNE_OUT,) if borne_out else ()),
        ],
        "also": sorted({other for other, made in others if made and other != name}),
    }  # fmt: skip


BORNE_OUT: Final = {
    "name": "borne out", "weight": 0.0,
    "why": "below the line by itself; others tell of the act",
}  # fmt: skip
"""Why a report that is only near the line is one of an event all the same."""

_NOTHING: Final = dict.fromkeys(
    ("event_id", "event_date", "precision", "end_date", "kind", "direction")
)
"""What an item tells that is of no event."""


def _told(head: Mention, name: str | None, event: Event | None) -> dict[str, Any]:
    """What an item tells of its event, or by itself where that has no day."""
    day, end, precision = (event.date, event.end_date, event.precision) if event else (
        day_of([head]) if head.date else (None, None, None))  # fmt: skip
    one = event or head
    return {
        "event_id": name, "event_date": _iso(day), "precision": precision, "end_date": _iso(end),
        "kind": one.kind, "direction": one.direction,
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
