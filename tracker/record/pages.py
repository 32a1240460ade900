"""A record beside the pages it was read from, so that a judgement can point at its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker.model import Measure, Observation, Record, RecordEvent, SeedClaim, Series
from tracker.record.lines import Page
from tracker.record.load import Pages


@dataclass(frozen=True, slots=True)
class Read:
    """What the checks are given. ``knows(kind, name)`` asks the lexicon; None where there is none.

    ``kind`` is ``actor`` or ``item``.
    """

    pages: Pages
    record: Record
    knows: Callable[[str, str], bool] | None = None

    def events(self) -> Iterator[tuple[RecordEvent, Page]]:
        """Events with their pages."""
        return zip(self.record.events, self.pages.event_pages(), strict=True)

    def measures(self) -> Iterator[tuple[Measure, Page]]:
        """Measures with their pages."""
        return zip(self.record.measures, self.pages.measure_pages(), strict=True)

    def series(self) -> Iterator[tuple[Series, int, Page]]:
        """Series with their place in the page."""
        return ((row, n, self.pages.series) for n, row in enumerate(self.record.series))

    def observations(self) -> Iterator[tuple[Observation, int, Page]]:
        """Observations with their place in the page."""
        return ((row, n, self.pages.observations) for n, row in enumerate(self.record.observations))

    def claims(self) -> Iterator[tuple[SeedClaim, int, Page]]:
        """Claims with their place in the page."""
        return ((row, n, self.pages.claims) for n, row in enumerate(self.record.claims))
