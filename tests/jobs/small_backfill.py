"""The program with small parts and batches, so that a kill meets it in the midst of its work."""

from __future__ import annotations

from tracker.__main__ import main
from tracker.archives import items
from tracker.jobs import backfill, derive, joiner, piles

if __name__ == "__main__":  # a mere import, as doctests do, must change nothing for other tests
    items.STRETCH = 96_000  # type: ignore[misc]  # smaller, here only
    backfill.BATCH = 40  # type: ignore[misc]  # as above
    joiner.FEW = 100  # type: ignore[misc]  # as above
    piles.JOINED = 70  # type: ignore[misc]  # as above
    derive.BATCH = 30
    main()
