"""A date in three figures with the year last: which of the other two is the day."""

from __future__ import annotations

import re
from typing import Final

from tracker.core.late import late

_MONTHS: Final = 12
_FIGURES: Final = late(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)", re.ASCII)


def year_first(words: str) -> str:
    """The date with its year first where there is no doubt, '' where either may be the day.

    Anything else stays as it is.

    >>> year_first("13.02.2025 08:00"), year_first("02/14/2025"), year_first("03.03.2025")
    ('2025-02-13 08:00', '2025-02-14', '2025-03-03')
    >>> year_first("03/04/2025"), year_first("31/13/2025"), year_first("2025-04-03")
    ('', '31/13/2025', '2025-04-03')
    """
    found = _FIGURES.match(words)
    if not found:
        return words
    one, two = int(found[1]), int(found[3])
    if one <= _MONTHS and two <= _MONTHS and one != two:
        return ""
    month, day = (one, two) if one <= _MONTHS else (two, one)
    if month > _MONTHS:
        return words
    return f"{found[4]}-{month:02}-{day:02}{words[found.end() :]}"
