"""What the rules say of a text and what the fitted roles add, side by side, number by number.

The judgement itself is ``core/verdict.py``; this only lays it open for one text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from tracker.core.acts import Fired
from tracker.core.lexicon import MARKS, WAYS, Hit, Lexicon
from tracker.core.relevance import evidence
from tracker.core.roles import FINE, Roles, evidence_of_ways, roles_of, telling, with_ways
from tracker.core.text import fold
from tracker.core.verdict import Verdict, asks_roles, verdict, verdict_of_rules
from tracker.core.weights import RELEVANT
from tracker.core.zones import zones
from tracker.model import DIRECTIONS, KINDS, Reason

ROUNDED: Final = 0.006
"""What is lost of a reason's weight, which has two digits."""


class Term(NamedTuple):
    """What one role adds, or the ``kind`` to a direction."""

    name: str
    value: float


class Tally(NamedTuple):
    """The numbers of one outcome: its rules, what is always added, and each role's part.

    Of ``relevant`` the rules' part is their distance from the line, as far as it counts.
    """

    outcome: str
    rules: float
    always: float
    terms: tuple[Term, ...]

    @property
    def roles(self) -> float:
        """What all roles add together."""
        return sum(term.value for term in self.terms)

    @property
    def total(self) -> float:
        """What this outcome is compared by."""
        return self.rules + self.always + self.roles


class Balance(NamedTuple):
    """``rules``: what the rules say alone; ``told``: what is said in the end.

    ``marks`` are the roles that no name has: whose doing it is, which way its verbs go.
    ``relevance`` is None where the roles were not asked, ``kinds`` and ``directions`` (the
    heaviest first) are empty where the item is not relevant.
    """

    hits: tuple[Hit, ...]
    rules: Verdict
    told: Verdict
    relevance: Tally | None
    kinds: tuple[Tally, ...]
    directions: tuple[Tally, ...]
    marks: tuple[str, ...] = ()

    @property
    def letters(self) -> Reason | None:
        """What the letters of a Chinese headline added, where they had a say."""
        return next((one for one in self.told.reasons if one.name == "wording"), None)

    @property
    def total(self) -> float:
        """How far above the line rules, roles and letters bring the text together."""
        sums = self.relevance.total if self.relevance else 0.0
        return sums + (self.letters.weight if self.letters else 0.0)

    @property
    def kept(self) -> bool:
        """Whether roles that speak against the item were not heard, for a word of the user's."""
        moved = self.told.score - RELEVANT
        heard = self.relevance is None or moved <= self.total + ROUNDED
        return not heard and not self.plain

    @property
    def plain(self) -> bool:
        """Whether a headline that stands alone said so too plainly for roles to refuse it."""
        return any(one.name == "headline" for one in self.told.reasons)

    @property
    def alone(self) -> bool:
        """Whether roles that speak for the item were not sure enough beside so little else."""
        over = self.relevance is not None and self.total >= 0
        return over and not self.told.relevant


def balance(text: str, lexicon: Lexicon) -> Balance:
    """Everything that decides what a headline is taken for.

    >>> from tracker.core.examples import lexicon
    >>> found = balance("US adds Huawei to Entity List", lexicon())
    >>> found.told.kind, found.relevance is None
    ('listing', True)
    """
    parts = zones(fold(text), fold(""), lexicon)
    (rules, named), told = verdict_of_rules(parts, lexicon), verdict(parts, lexicon)
    roles = roles_of(parts)
    ways = with_ways(roles, parts, lexicon)
    marks = tuple(name for name in (*MARKS, *WAYS) if ways.title & lexicon.bit(name))
    asked = asks_roles(named, lexicon) and not rules.barred
    relevance = _relevance(rules.score, roles, lexicon) if asked else None
    if not (asked and told.relevant):
        return Balance(parts[0].hits, rules, told, relevance, (), (), marks)
    kinds = _ordered(_kind(name, told.found, roles, lexicon) for name in KINDS)
    directions = _ordered(
        _direction(name, told.kind, told.found, ways, lexicon) for name in DIRECTIONS
    )
    return Balance(parts[0].hits, rules, told, relevance, kinds, directions, marks)


def _relevance(score: float, roles: Roles, lexicon: Lexicon) -> Tally:
    fitted, beyond = lexicon.fitted, score - RELEVANT
    kept = fitted.pull * max(-fitted.most, min(fitted.most, beyond))
    always = fitted.always.get("relevant", 0.0) - fitted.line
    return Tally("relevant", kept, always, _terms("relevant", roles, lexicon))


def _kind(name: str, found: list[Fired], roles: Roles, lexicon: Lexicon) -> Tally:
    fitted = lexicon.fitted
    own = evidence([one for one in found if one.act.kind == name], lexicon.weights)
    always = fitted.always.get(name, 0.0)
    return Tally(name, fitted.firm * own, always, _terms(name, roles, lexicon))


def _direction(
    name: str, kind: str, found: list[Fired], roles: Roles, lexicon: Lexicon
) -> Tally:  # fmt: skip
    fitted = lexicon.fitted
    said = evidence_of_ways(telling(found, kind), lexicon)[name]
    by_kind = fitted.kind.get(kind, {}).get(name, 0.0)
    terms = [Term(f"kind:{kind}", by_kind)] if by_kind else []
    return Tally(
        name, fitted.turn * said, fitted.always.get(name, 0.0),
        _heaviest([*terms, *_terms(name, roles, lexicon)]),
    )  # fmt: skip


def _terms(outcome: str, roles: Roles, lexicon: Lexicon) -> tuple[Term, ...]:
    """The roles found that say something of this outcome."""
    places = (("title:", roles.title, lexicon.fitted.title), ("", roles.item, lexicon.fitted.item))
    return _heaviest(
        Term(f"{where}{name}", row[outcome])
        for where, mask, rows in places
        for name, row in rows.items()
        if outcome in row and mask & lexicon.bit(name)
    )


def _heaviest(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda term: (-abs(term.value), term.name)))


def _ordered(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    return tuple(
        sorted(tallies, key=lambda one: (round(one.total, FINE), one.outcome), reverse=True)
    )
