"""Whether a report looks back on an act and adds no fact."""

from __future__ import annotations

from datetime import date
from typing import Final

from tracker.core.lexicon import Lexicon
from tracker.core.undated import Dated
from tracker.core.zones import Zone

LONG_AGO: Final = 7
"""Days after a published act from which telling it is looking back."""

_PUBLISHED: Final = frozenset({"rule", "listing", "talks", "trip", "legislation"})
"""Kinds of acts that are known on their day: a later report does not disclose them."""


def recap(
    parts: list[Zone], dated: Dated, kind: str, report: date | None, lexicon: Lexicon
) -> bool:
    """A follow-up without a new fact: an alert, an answer, a look back.

    * an act that is known on its day, named with a day of more than a week ago;
    * a note to clients, a first reading, a comment: where no day of this week is named;
    * words about an act of another day (``6日回应称``), where the act itself is not statement.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.undated import undated
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> day = date(2019, 5, 16)
    >>> rules = lexicon()
    >>> parts = zones(fold("US adds Huawei to Entity List"), fold(""), rules)
    >>> recap(parts, undated(day), "listing", day, rules)
    False
    """
    last = dated.end or dated.date
    ago = (report - last).days if dated.said and report and last else 0
    if kind in _PUBLISHED and ago > LONG_AGO:
        return True
    mask = 0
    for part in parts:
        mask |= part.mask
    if mask & lexicon.bit("looks-back") and (ago > 1 or not dated.said):
        return True
    answers = kind != "statement" and bool(parts[0].mask & lexicon.bit("answers"))
    return answers and dated.spoken and dated.plain == 0
