"""Checks of measures: their chains of states and their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date as Day
from datetime import timedelta
from itertools import pairwise

from tracker.core.text import fold
from tracker.model import MeasureState
from tracker.record.lines import Page, Problem
from tracker.record.pages import Read


def chains(read: Read) -> Iterator[Problem]:
    """Inside one (by, strand) states follow day on day, in order; only the last may be open."""
    for measure, page in read.measures():
        if not measure.states:
            yield page.problem("chains", "a measure needs a state.", hint="add [[states]]")
        found: dict[tuple[str, str], list[tuple[int, MeasureState]]] = {}
        for number, state in enumerate(measure.states):
            found.setdefault((state.by, state.strand), []).append((number, state))
        for chain in found.values():
            yield from _chain(chain, page)


def _chain(chain: list[tuple[int, MeasureState]], page: Page) -> Iterator[Problem]:
    for number, state in chain:
        if state.until and state.until < state.since:
            what = f"until {state.until} lies before from {state.since}."
            yield page.problem("chains", what, hint="swap the two", at=("states", number, "until"))
        if state.stage and state.state not in ("proposed", "announced", "rescinded", "expired"):
            yield page.problem("chains", "only the states of a bill have a stage.",
                               hint="say it in note", at=("states", number, "stage"))  # fmt: skip
    for (before, earlier), (number, state) in pairwise(chain):
        if earlier.until is None:
            what = f"{earlier.by}, {earlier.strand}: a state follows one that has no until."
            yield page.problem("chains", what, hint=f'until = "{state.since - timedelta(days=1)}"',
                               at=("states", before, "from"))  # fmt: skip
        elif state.since != earlier.until + timedelta(days=1):
            word = "overlap" if state.since <= earlier.until else "gap"
            what = f"{state.by}, {state.strand}: {word} between {earlier.until} and {state.since}."
            hint = f'from = "{earlier.until + timedelta(days=1)}"'
            yield page.problem("chains", what, hint=hint, at=("states", number, "from"))


def checked(read: Read) -> Iterator[Problem]:
    """Whoever put an event into a measure had checked it to the day the event became known."""
    known = {event.id: event.known or event.date for event in read.record.events}
    for measure, page in read.measures():
        last = max((known.get(state.event_id or "", Day.min) for state in measure.states),
                   default=Day.min)  # fmt: skip
        if measure.checked < last:
            what = f"checked {measure.checked}, and an event of it became known {last}."
            yield page.problem("checked", what, hint=f'checked = "{last}"', at=("", 0, "checked"))


def aliases(read: Read) -> Iterator[Problem]:
    """An alias stands once in a measure, written one way (scripts count as different)."""
    for measure, page in read.measures():
        for alias, times in Counter(measure.aliases).items():
            if times > 1 or not fold(alias).text.strip():
                yield page.problem("aliases", f"the alias {alias!r} stands twice.",
                                   hint="keep one", at=("", 0, "aliases"))  # fmt: skip
