"""The further acts that an entry reports: another capital's, told in a clause of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from tracker.core.acts import Fired, fired
from tracker.core.dating import date_of
from tracker.core.denied import denied
from tracker.core.doers import capitals_of
from tracker.core.keys import keys_of, named
from tracker.core.late import late
from tracker.core.lexicon import Lexicon
from tracker.core.places import jurisdiction_of
from tracker.core.relevance import kind_of
from tracker.core.roles import FAINT
from tracker.core.rules import Rules, compiled, ranked
from tracker.core.supposed import supposes
from tracker.core.text import Folded
from tracker.core.zones import Zone, at_most, zones_of_clause
from tracker.dates import shifted
from tracker.model import Mention, Reason

MOST: Final = 2
"""Further acts of one entry: a list of more is a survey."""

PLAINLY: Final = 3.0
"""Weight of a rule, in the summary's measure, from which a clause tells of an act by itself."""

BACK: Final = 10
"""Days before the report in which a further act without a day of its own is looked for."""

_ACTS: Final = frozenset({"rule", "licence", "listing", "countermeasure", "enforcement", "talks"})
_GREAT: Final = {"US": ("subj-us", "us-gov", "congress"), "CN": ("subj-cn", "cn-gov")}
"""Who must stand in the clause itself for one of the two to act there; of others anybody of theirs.
"""

_SUBJECTS: Final = {"US": ("us", "us-gov", "congress"), "CN": ("cn", "cn-gov")}
"""Names that make one of the two the subject of a clause (``core.subjects``)."""

_AT: Final = frozenset("对向输赴")
"""What stands before whom an act is aimed at; some names begin with it (``对日``)."""

_CLAUSE: Final = late(
    r"[,，;；。:：]\s*|\s(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\s"
    r"|\s(?:while|as|after|and|but|despite|though|in reply to|in response to|days after)\s"
)


def further(
    head: Mention, title: Folded, summary: Folded, parts: list[Zone],
    lexicon: Lexicon, report: date | None,
) -> tuple[Mention, ...]:  # fmt: skip
    """Up to two further mentions of an entry, numbered from 1.

    ``parts``: the zones of the whole entry.

    >>> from tracker.core.examples import lexicon, mention
    >>> from tracker.core.text import fold
    >>> title = fold("US adds Huawei to Entity List")
    >>> further(mention(), title, fold(""), [], lexicon(), None)
    ()
    """
    if not head.relevant or not head.jurisdiction or not _room(head, parts, lexicon):
        return ()
    found: list[Mention] = []
    seen = {(head.kind, head.jurisdiction)}
    for clause in (*_clauses(title, head, lexicon), *_clauses(summary, head, lexicon)):
        told = _told(clause, head, lexicon)
        if told is None:
            continue
        mention = _mention(head, clause, told, lexicon, report, len(found) + 1)
        if (mention.kind, mention.jurisdiction) not in seen and len(found) < MOST:
            seen.add((mention.kind, mention.jurisdiction))
            found.append(mention)
    return tuple(found)


def _room(head: Mention, parts: list[Zone], lexicon: Lexicon) -> bool:
    """Whether the entry names another capital as a doer at all: most do not.

    What a firm's step follows is no further act of its report.
    """
    if head.kind == "company":
        return False
    return bool(_together(parts) & _others(head.jurisdiction, lexicon).doers)


def _together(parts: list[Zone]) -> int:
    found = 0
    for part in parts:
        found |= part.mask
    return found


class _Others(NamedTuple):
    """The masks of other capitals: of what makes one a doer, of the names that can."""

    doers: int
    named: int


@lru_cache(maxsize=256)
def _others(places: tuple[str, ...], lexicon: Lexicon) -> _Others:
    """Those beside these places."""
    doers = named = 0
    for place, mask in _doers(lexicon).items():
        if place not in places:
            doers |= mask
            named |= mask | lexicon.mask_of(_SUBJECTS.get(place, ()))
    return _Others(doers, named)


@lru_cache(maxsize=8)
def _doers(lexicon: Lexicon) -> dict[str, int]:
    """Who must be named for a capital to act."""
    return capitals_of(lexicon).able | {
        code: lexicon.mask_of(roles) for code, roles in _GREAT.items()
    }


@lru_cache(maxsize=64)
def _other_acts(kind: str, lexicon: Lexicon) -> Rules:
    """The rules by which a clause tells of an act of another kind."""
    return ranked(
        rule
        for rule in compiled(lexicon).rules.values()
        for act in rule[:1]
        if act.kind in _ACTS and act.kind != kind and act.weight >= PLAINLY
        and act.place != "title" and not act.id.startswith(FAINT)
    )  # fmt: skip


def _clauses(text: Folded, head: Mention, lexicon: Lexicon) -> Iterator[Folded]:
    """The clauses that can tell of another act than the head, by the names in them."""
    wanted = _others(head.jurisdiction, lexicon).named
    rules = _other_acts(head.kind, lexicon)
    names = lexicon.everywhere(text)
    for start, end in _cut(text):
        mask = 0
        for first, last, own in names:
            if start <= first and last <= end:
                mask |= own
        folded = text.text[start:end]
        if mask & wanted and rules.possible(at_most(mask, folded, lexicon)):
            yield Folded(text.original[start:end], folded)


def _cut(text: Folded) -> list[tuple[int, int]]:
    """Where the clauses of a text stand, and each two that are side by side."""
    found, start = [], 0
    for cut in _CLAUSE.finditer(text.text):
        found.append((start, cut.start()))
        start = cut.end()
    found.append((start, len(text.text)))
    pairs = [(a, d) for (a, b), (c, d) in pairwise(found) if "。" not in text.text[b:c]]
    return [(a, b) for a, b in (*found, *pairs) if b - a >= 6][:24]


def _told(clause: Folded, head: Mention, lexicon: Lexicon) -> tuple[list[Zone], list[Fired]] | None:
    """The rules of a clause that tells of another act than the head."""
    if denied(clause.text) or supposes(clause.text):
        return None
    parts = zones_of_clause(clause, lexicon)
    if not parts or not parts[0].mask & _others(head.jurisdiction, lexicon).doers:
        return None
    if not _other_acts(head.kind, lexicon).possible(_together(parts)):
        return None
    rules = [one for one in fired(parts, lexicon) if one.act.kind]
    kind, _, leading = kind_of(rules, lexicon.weights)
    if leading is None or kind not in _ACTS or leading.act.weight < PLAINLY:
        return None
    if leading.act.id.startswith(FAINT) or kind == head.kind:
        return None
    if any(one.act.kind == head.kind for one in rules):
        return None  # another reading of the same act
    place = jurisdiction_of(parts, kind, leading, lexicon)
    if not place or place[0] in head.jurisdiction:
        return None
    able = _doers(lexicon).get(place[0], 0)
    return (parts, rules) if parts[0].mask & able and not _aimed_at(parts[0], able) else None


def _aimed_at(part: Zone, able: int) -> bool:
    """Whether a Chinese clause names somebody only as whom the act is aimed at (对日本出口管制)."""
    text = part.text.text
    named_at = [hit.start for hit in part.hits if hit.mask & able]
    return bool(named_at) and all(
        text[at] in _AT or text[max(0, at - 1) : at] in _AT for at in named_at
    )


def _mention(
    head: Mention, clause: Folded, told: tuple[list[Zone], list[Fired]],
    lexicon: Lexicon, report: date | None, number: int,
) -> Mention:  # fmt: skip
    parts, rules = told
    kind, direction, leading = kind_of(rules, lexicon.weights)
    place = jurisdiction_of(parts, kind, leading, lexicon)
    dated = date_of(Folded("", ""), clause, report, place[0] if place else None, kind)
    items, actors, terms = named(parts)
    words = leading.words if leading else ""
    fired_ = f"{words!r} ({leading.act.where})" if leading else ""
    early = shifted(report, -BACK) if report else None
    return replace(
        head, number=number, recap=not dated.said, kind=kind, direction=direction,
        date=dated.date if dated.said else None, end_date=dated.end,
        precision=dated.precision, first=dated.first if dated.said else early,
        last=dated.last if dated.said else report, items=items or head.items, actors=actors,
        jurisdiction=place, instrument=leading.act.instrument if leading else "other",
        terms=terms, binding=None, dates={},
        reasons=(Reason(leading.act.id if leading else "", leading.weight if leading else 0.0,
                        fired_), *dated.reasons),
        quotes=(words,), keys=keys_of(parts, rules, leading, dated),
    )  # fmt: skip
