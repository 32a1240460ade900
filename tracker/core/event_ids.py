"""What an event is called: the id that a new one gets, and how little of it a line shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

SMALL: Final = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "its", "of", "off"}
) | {"on", "or", "over", "s", "the", "to", "under", "until", "up", "with"}
"""Words that say nothing of what an event is."""


def fresh_id(day: date, names: Iterable[str], item_id: str) -> str:
    """The id of a news event: its day, what it is of, and the report that it hangs by.

    >>> fresh_id(date(2026, 8, 15), ["H20", "US Department of Commerce"], "4c7cae0a")
    '2026-08-15-h20-us-department-commerce-4c7cae'
    """
    words = re.findall(r"[a-z0-9]+", " ".join(names).lower())
    telling = [word for word in words if word not in SMALL]
    return "-".join([day.isoformat(), *telling[:4], item_id[:6]])


def short_ids(ids: Sequence[str], among: Sequence[str] | None = None) -> dict[str, str]:
    """For each id its shortest tail of whole words that fits no other id of ``among``.

    A tail of one word says too little, so it has at least two where the id does; none begins with
    a word like *of*.

    >>> short_ids(["2025-07-14-h20-mi308-licences-promised", "2025-08-08-h20-licences-issued"])
    {'2025-07-14-h20-mi308-licences-promised': 'licences-promised', \
'2025-08-08-h20-licences-issued': 'licences-issued'}
    >>> short_ids(["2025-07-16-huang-a-matter-of-time"])
    {'2025-07-16-huang-a-matter-of-time': 'matter-of-time'}
    """
    wanted = {id_: _tails(id_) for id_ in ids}
    counts = dict.fromkeys((tail for tails in wanted.values() for tail in tails), 0)
    for id_ in {*ids, *(among or ())}:
        for tail in _tails(id_):
            if tail in counts:
                counts[tail] += 1
    return {id_: next((t for t in tails if counts[t] == 1), id_) for id_, tails in wanted.items()}


def _tails(id_: str) -> list[str]:
    """The tails of an id without its date, shortest first, then the whole id."""
    words = id_.split("-")[3:] if id_[:4].isdigit() else id_.split("-")
    tails = [words[-n:] for n in range(min(2, len(words)), len(words) + 1)]
    return ["-".join(tail) for tail in tails if tail[:1] and tail[0] not in SMALL] + [id_]
