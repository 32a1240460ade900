"""Figures of texts that a person took for observations: read from the lines that say so.

A line carries the whole observation, so that it stands whatever later rules read in the text. What
comes of it is marked with the person and the day, and is never a headline figure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tracker.core.line_order import order
from tracker.model import NATURES, Decision, Observation

if TYPE_CHECKING:  # whoever only reads figures loads no rules for texts
    from tracker.core.claims import Said

FIRST: Final = 1_000_000
"""Numbers from here on are those of accepted figures; the record's are below."""

_NEEDED: Final = ("claim", "series", "house")
_TEXTS: Final = ("publisher", "url", "lang", "words", "variant")
_QUALIFIERS: Final = ("=", "~", ">", "<", ">=", "<=")


def value_of(said: Said, *, series: str, variant: str | None, days: tuple[date, date],
             house: str, nature: str, lang: str) -> str:  # fmt: skip
    """The value of an ``accept-claim`` line: the whole observation as JSON on one line.

    >>> from tracker.core.claims import Beside, Said, read
    >>> beside = Beside(read("2025年国产芯片占比41%。")[0], (), (), ())
    >>> said = Said("a1", "T", "Paper", "https://x.org", date(2026, 4, 2), beside)
    >>> line = value_of(said, series="s", variant=None, house="IDC", nature="estimate", lang="en",
    ...                 days=(date(2025, 1, 1), date(2025, 12, 31)))
    >>> fields(line)["value"]
    41.0
    """
    claim = said.beside.claim
    row = {
        "claim": said.id,
        "series": series,
        "variant": variant,
        "period_start": days[0].isoformat(),
        "period_end": days[1].isoformat(),
        "value": claim.value,
        "value_low": claim.low,
        "value_high": claim.high,
        "qualifier": claim.qualifier,
        "nature": nature,
        "published": said.known.isoformat(),
        "house": house,
        "publisher": said.publisher or house,
        "url": said.url,
        "lang": lang,
        "words": claim.words,
    }
    kept = {name: value for name, value in row.items() if value not in (None, "")}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def fields(value: str) -> dict[str, Any]:
    """The fields of an ``accept-claim`` line, checked.

    Raises:
        ValueError: it is not such a value; the message says what is wrong.

    >>> fields('{"claim": 1}')
    Traceback (most recent call last):
    ...
    ValueError: claim is not text
    """
    try:
        row = json.loads(value)
    except ValueError as error:
        raise ValueError("no figure") from error
    if not isinstance(row, dict):
        raise ValueError("no figure")
    _shapes(row)
    days = [_day(row, name) for name in ("period_start", "period_end", "published")]
    if days[0] > days[1]:
        raise ValueError("period_start is later than period_end")
    if row.get("nature") not in NATURES:
        raise ValueError(f"nature is none of {', '.join(NATURES)}")
    if row.get("qualifier") not in _QUALIFIERS:
        raise ValueError(f"qualifier is none of {' '.join(_QUALIFIERS)}")
    return row


def _shapes(row: Mapping[str, Any]) -> None:
    """Text where text belongs, numbers where numbers do."""
    for name in (*_NEEDED, *_TEXTS):
        value = row.get(name, None if name in _NEEDED else "")
        if not isinstance(value, str) or (name in _NEEDED and not value):
            raise ValueError(f"{name} is not text")
    for name in ("value", *(n for n in ("value_low", "value_high") if n in row)):
        if not isinstance(row.get(name), int | float) or isinstance(row[name], bool):
            raise ValueError(f"{name} is not a number")


def _day(row: Mapping[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(row[name])
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"{name} is not a full day") from None


def name_of(line: Decision) -> str:
    """The claim that an ``accept-claim`` line speaks of; '' where the line is damaged.

    >>> name_of(Decision("k", "accept-claim", ("a",), "?", "mw", "2026-01-01T00:00:00Z", ""))
    ''
    """
    try:
        return str(fields(line.value)["claim"])
    except ValueError:
        return ""


def observations(lines: Iterable[Decision]) -> tuple[Observation, ...]:
    """The observations of ``accept-claim`` lines in force, in the order in which they were written.

    >>> observations([])
    ()
    """
    ordered = sorted(lines, key=order)
    return tuple(_observation(line, FIRST + number) for number, line in enumerate(ordered))


def _observation(line: Decision, number: int) -> Observation:
    row = fields(line.value)
    mark = f"by {line.by} on {line.at[:10]}"
    why = f": {line.why}" if line.why else ""
    return Observation(
        series=row["series"],
        period_start=date.fromisoformat(row["period_start"]),
        period_end=date.fromisoformat(row["period_end"]),
        value=float(row["value"]),
        qualifier=row["qualifier"],
        nature=row["nature"],
        published=date.fromisoformat(row["published"]),
        publisher=row.get("publisher") or row["house"],
        via=f"entry {line.items[0]}" if line.items else "",
        url=row.get("url") or None,
        lang=row.get("lang", "en"),
        note=f"accepted {mark}{why}; the text says: {row.get('words', '')}",
        number=number,
        variant=row.get("variant"),
        value_low=row.get("value_low"),
        value_high=row.get("value_high"),
        house=row["house"],
        accepted=mark,
    )


def told(value: str) -> str:
    """The value of such a line for a person.

    >>> told("?")
    '?'
    """
    try:
        row = fields(value)
    except ValueError:
        return value
    variant = f" [{row['variant']}]" if "variant" in row else ""
    sign = "" if row["qualifier"] == "=" else row["qualifier"]
    return (
        f"{row['house']} {sign}{row['value']:g} for {row['period_start']} to {row['period_end']}"
        f" in {row['series']}{variant}, {row['nature']}, published {row['published']}"
    )
