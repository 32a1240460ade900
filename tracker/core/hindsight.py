"""Words that know more than a past day did: dates in a text that are later than that day.

A curated text is written with today's knowledge. Under an as-of day it is shown all the same, and
marked as written later where it names a day that nobody could know then; days that the act itself
had announced (it takes effect, it runs out) were known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

MARK: Final = "Written later: "
"""What such a text begins with."""

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}  # fmt: skip
_NAME: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DATE: Final = re.compile(
    r"(?<![\d-])(?P<iy>20[12]\d)-(?P<im>\d\d)(?:-(?P<id>\d\d))?(?!\d)"
    rf"|(?:\b(?P<d>\d{{1,2}})(?:[-–]\d{{1,2}})? )?\b(?P<m>{_NAME})\.?"
    r"(?: (?P<d2>\d{1,2}),)? (?P<y>20[12]\d)"
    r"|(?P<zy>20[12]\d)年(?P<zm>\d{1,2})月(?:(?P<zd>\d{1,2})日)?"
    rf"|\b(?P<bd>\d{{1,2}})(?:[-–]\d{{1,2}})? (?P<bm>{_NAME})\b"
    rf"|\b(?P<bm2>{_NAME})\.? (?P<bd2>\d{{1,2}})\b(?!\d)"
    r"|(?<!\d)(?P<bzm>\d{1,2})月(?P<bzd>\d{1,2})日"
)


def days_in(text: str, year: int | None = None) -> Iterator[date]:
    """The first days of the dates that a text names, in its order.

    A day without a year takes ``year``, and is passed over where that is None.

    >>> [str(day) for day in days_in("by June 2026; 2025年7月14日; on 2025-05; 3 May 2025")]
    ['2026-06-01', '2025-07-14', '2025-05-01', '2025-05-03']
    >>> [str(day) for day in days_in("from about 8 August; 9月1日; it may", 2025)]
    ['2025-08-08', '2025-09-01']
    """
    for match in _DATE.finditer(text):
        named = match["iy"] or match["y"] or match["zy"] or (str(year) if year else "")
        name = match["m"] or match["bm"] or match["bm2"] or ""
        month = match["im"] or match["zm"] or match["bzm"] or str(_MONTHS.get(name[:3].lower(), 0))
        day = (match["id"] or match["d2"] or match["d"] or match["zd"]
               or match["bd"] or match["bd2"] or match["bzd"] or "1")  # fmt: skip
        if not named:
            continue
        try:
            yield date(int(named), int(month), int(day))
        except ValueError:
            continue


def knows_later(
    text: str | None, day: date, known: Iterable[date] = (), year: int | None = None
) -> bool:
    """Whether a text names a day after ``day`` that is none of those ``known`` to be coming.

    ``year`` is that of the act told, for days that are named without one.

    >>> knows_later("It ended in June 2026.", date(2025, 7, 1))
    True
    >>> knows_later("It runs until 10 November 2026.", date(2025, 11, 10), [date(2026, 11, 10)])
    False
    """
    coming = set(known)
    return any(found > day and found not in coming for found in days_in(text or "", year))


def marked(text: str) -> str:
    """A text with the mark before it, once; an empty one stays empty.

    >>> marked("It ended."), marked(marked("It ended.")), marked("")
    ('Written later: It ended.', 'Written later: It ended.', '')
    """
    return text if not text or text.startswith(MARK) else MARK + text
