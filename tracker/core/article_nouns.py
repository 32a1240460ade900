"""What an article was read into: sentences, what was found in each, and what it is read with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tracker.core.article_days import Dated
from tracker.core.claims import Beside, Claim
from tracker.core.event_days import days_of_event
from tracker.core.prose import Sentence
from tracker.core.text import Folded
from tracker.model import Mention, RecordEvent, SeedClaim

Verdict = Literal[
    "agrees", "conflicts", "in part", "not in the record", "not checked", "nothing to check"
]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that reports an act, and the event of the record that fits it best.

    ``verdict``: ``agrees``, ``conflicts`` (another day, direction or verb), ``in part`` (words that
    are near the record's and say more or less), ``not in the record``, ``no day named``: without a
    day nothing conflicts, and nothing is joined by guess. ``remark`` says what differs, or what the
    day was taken from.
    """

    words: str
    mention: Mention
    dated: Dated | None
    event: RecordEvent | None
    verdict: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a sentence says, beside the record.

    ``about``: ``act`` (``statement``), ``interval`` between two events (``remark`` and ``events``),
    ``figure`` (``beside``), ``person``: a statement that somebody checked (``seed``), or ``rest``:
    words of the sentence (``remark``) that were not checked.
    """

    about: Literal["act", "interval", "figure", "person", "rest"]
    verdict: Verdict
    statement: Statement | None = None
    beside: Beside | None = None
    seed: SeedClaim | None = None
    events: tuple[RecordEvent, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence with all that was found in it; without findings there is nothing to check."""

    sentence: Sentence
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """Conflicts beat everything; what is partly so, or partly checked, is said to be so.

        >>> Checked(Sentence("Words."), ()).verdict
        'nothing to check'
        """
        every = {one.verdict for one in self.findings} - {"nothing to check"}
        words = every - {"not checked"}
        if not words:
            return "nothing to check"
        if "conflicts" in words:
            return "conflicts"
        if len(words) > 1 or every == {"agrees", "not checked"}:
            return "in part"
        return words.pop()


@dataclass(slots=True)
class Context:
    """What the sentences so far named last: a day, an event of the record, items."""

    dated: Dated | None = None
    event: RecordEvent | None = None
    items: set[str] = field(default_factory=set)

    def told(self, event: RecordEvent, dated: Dated | None) -> None:
        """Remember an event; where the words named no day, the record's day is counted from."""
        self.event = event
        if dated is None:
            days = days_of_event(event)
            self.dated = Dated(days.first, days.last, event.id)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reader of articles has at hand.

    ``read`` gives the mentions of a text; ``record`` the events (annotated for joining); ``beside``
    sets a figure beside the houses; ``seeds`` are the statements checked by a person; ``aliases``
    what measures are called, folded, with the ids of the events that their states rest on;
    ``places`` names the places in a sentence that says too little by itself to be recognised;
    ``firms`` are the names that are a firm's, for a person or an office is no party of a listing.
    """

    read: Callable[[str], Sequence[Mention]]
    record: tuple[RecordEvent, ...]
    beside: Callable[[Claim], Beside]
    seeds: tuple[SeedClaim, ...] = ()
    aliases: tuple[tuple[str, frozenset[str]], ...] = ()
    published: date | None = None
    places: Callable[[Folded], Sequence[str]] = lambda _: ()
    firms: frozenset[str] = frozenset()
