"""What rules and roles of an item say together: relevant or not, its kind, its direction."""

from __future__ import annotations

from typing import Final, NamedTuple

from tracker.core.acts import Fired, doubted, fired
from tracker.core.denied import no_meeting
from tracker.core.lexicon import WATCHED, Lexicon
from tracker.core.marks import CURB_GONE, DENIED, LEAVE_GONE
from tracker.core.relevance import kind_of, parts_of, reasons, score, topic
from tracker.core.roles import (
    FAINT,
    Roles,
    direction_by_roles,
    kind_by_roles,
    moved,
    roles_of,
    with_ways,
)
from tracker.core.weights import NEAR, RELEVANT
from tracker.core.wording import asks_wording, worded
from tracker.core.zones import Zone
from tracker.model import Direction, Kind, Reason

TOPICAL: Final = 1.0
"""How far below nothing an entry may score for its doubted rules to be looked at."""

SURE: Final = 1.5
"""How far above the line a headline's own rule must bring an entry for roles not to refuse it: a
bare headline names few roles, and what is missing must not outvote what it says."""

NAMED: Final = -1.2
"""What subject and sides must count for the roles to be asked: feeds are mostly of other things."""

ELSEWHERE: Final = -2.0
"""What subject and sides count below which an entry is of another topic, whatever rules it meets:
of 12,000 labelled entries three such met a rule that brought them above the line, and none of them
told of an act."""

UNTOLD: Final = 0.5
"""How far below the line an entry without any rule stays that roles do not bring above it."""

ALONE: Final = 0.3
"""How far above the line roles must bring an entry of which no rule says anything."""

WELL: Final = 0.5
"""What subject and sides must count for others' reports to speak for an entry."""

HARDLY: Final = -0.9
"""What subject and sides count where a control may be named, but neither chips nor China."""

WEAK: Final = 0.5
"""How far above the line roles must bring such an entry."""

BARE: Final = 1.0
"""The same where the topic is not named fully: of 28 such entries nearer to the line 6 told of an
act. Others' reports may still speak for one."""

FULLY: Final = 1.0
"""What subject and sides count where both are named."""


class Verdict(NamedTuple):
    """``found``: the rules it rests on; ``firm``: those of them that nothing holds back.

    ``topical``: subject and sides are named well enough for others' reports to speak for it.
    """

    score: float
    kind: Kind
    direction: Direction
    leading: Fired | None
    found: list[Fired]
    firm: list[Fired]
    reasons: list[Reason]
    topical: bool = False

    @property
    def relevant(self) -> bool:
        """Whether an editor would file the item under an event."""
        return self.score >= RELEVANT

    @property
    def barred(self) -> bool:
        """Whether a rule that nothing outweighs speaks against it."""
        return any(one.act.bars for one in self.found)

    @property
    def near(self) -> bool:
        """Whether it is, or would be if others told of its act: then it names the topic itself."""
        return self.relevant or (self.topical and self.score >= NEAR)


def verdict(parts: list[Zone], lexicon: Lexicon) -> Verdict:
    """The rules first, then the roles beside them where the item names the topic at all.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> told = verdict(zones(fold("US adds Huawei to Entity List"), fold(""), lexicon()), lexicon())
    >>> told.relevant, told.kind, told.direction
    (True, 'listing', 'tighten')
    """
    by_rules, named = verdict_of_rules(parts, lexicon)
    if by_rules.barred or named < ELSEWHERE:
        return by_rules._replace(score=min(by_rules.score, NEAR - UNTOLD))
    if not asks_roles(named, lexicon):
        return by_rules
    roles = roles_of(parts)
    value, reason = moved(by_rules.score, roles, lexicon)
    total = by_rules.score + value
    if reason:
        by_rules.reasons.append(reason)
    total += _worded(by_rules, parts, (total, named), roles, lexicon)
    margin, why = _margin(by_rules, named)
    if RELEVANT <= total < RELEVANT + margin:
        by_rules.reasons.append(Reason("roles alone", round(RELEVANT - UNTOLD - total, 2), why))
        total = RELEVANT - UNTOLD
    sure = bare_headline(parts) and sure_headline(by_rules, lexicon.weights.sure)
    if total < RELEVANT and (sure or _by_itself(by_rules, named)):
        by_rules.reasons.append(
            Reason("headline", round(RELEVANT - total, 2), "it says so plainly")
        )
        total = RELEVANT
    told = by_rules._replace(score=total, topical=named >= WELL and not _of_goods(by_rules))
    if not told.near:
        return told
    kind, leading = kind_by_roles(told.kind, told.found, roles, lexicon)
    roles = with_ways(roles, parts, lexicon)
    direction = direction_by_roles(told.direction, kind, told.found, roles, lexicon)
    if kind == "statement" and (answered := _answered(told.found)):
        kind, direction, leading = kind_of([answered], lexicon.weights)
    unmet = kind == "talks" and no_meeting(parts[0].text.text)
    if unmet or (kind in _TURNED and parts[0].mask & lexicon.bit(DENIED)):
        told.reasons.append(Reason("denied", 0.0, "the headline denies that it was done"))
        kind, direction, leading = "statement", "neutral", None if unmet else leading
    turn = _turn(parts[0].mask, lexicon) if kind in _TURNED else None
    if turn and turn != direction:
        told.reasons.append(Reason("turn", 0.0, f"the headline takes something back: {turn}"))
        direction = turn
    return told._replace(kind=kind, leading=leading, direction=direction)


def _worded(
    by_rules: Verdict, parts: list[Zone], so_far: tuple[float, float], roles: Roles,
    lexicon: Lexicon,
) -> float:  # fmt: skip
    """What the letters of a Chinese item add to the score so far, beside what the topic counts.

    They outvote no rule against, bring in nothing of another topic, and refuse no item with a
    word of the user's own.
    """
    total, named = so_far
    if not asks_wording(total, lexicon):
        return 0.0
    value, reason = worded(parts[0], lexicon)
    if reason is None:
        return 0.0
    if value > 0:
        refused = named < HARDLY or any(one.weight < 0 for one in by_rules.found)
    else:
        refused = bool(roles.item & lexicon.bit(WATCHED))
    if refused:
        return 0.0
    by_rules.reasons.append(reason)
    return value


def _by_itself(by_rules: Verdict, named: float) -> bool:
    """Whether a headline meets plainly a rule that needs no roles: a journey, leaders who speak.

    What such reports tell beside it is of markets, meals and crowds, in which roles find nothing:
    of labelled ones that roles refused and no rule spoke against 6 of 6 told of the journey, 5 of
    6 of the call or the summit.
    """
    if any(one.weight < 0 for one in by_rules.found):
        return False
    return any(
        one.title and one.weight >= _PLAINLY
        and one.act.alone is not None and named >= one.act.alone
        for one in by_rules.found
    )  # fmt: skip


_PLAINLY: Final = 5.0
"""Weight from which a rule says by itself that there is such an act."""


def _answered(found: list[Fired]) -> Fired | None:
    """The act that a headline says is answered: words of the other side are filed under it."""
    answers = [one for one in found if one.title and one.act.answers]
    return max(answers, key=lambda one: (one.weight, one.act.id), default=None)


def _turn(title: int, lexicon: Lexicon) -> Direction | None:
    """Which way a headline goes that takes something back; a court that refuses to does not."""
    if title & lexicon.bit("loses-case"):
        return None
    if title & lexicon.bit(CURB_GONE):
        return "ease"
    return "tighten" if title & lexicon.bit(LEAVE_GONE) else None


_TURNED: Final = frozenset(
    {"rule", "licence", "listing", "countermeasure", "enforcement", "legislation"}
)
"""Kinds of acts that a headline may tell as taken back; words, talks and trips undo nothing."""


def _of_goods(by_rules: Verdict) -> bool:
    """Whether a rule says that the headline is one of goods in shops."""
    return any(one.act.goods for one in by_rules.found)


def _margin(by_rules: Verdict, named: float) -> tuple[float, str]:
    """How far above the line roles must bring an entry that little else speaks for."""
    if not by_rules.found:
        margin, what = (ALONE, "all") if named >= FULLY else (BARE, "part")
        return margin, f"of no rule and {what} of the topic, roles must be {margin} above the line"
    if named < HARDLY:
        return WEAK, f"hardly of the topic, roles must bring it {WEAK} above the line"
    return 0.0, ""


def asks_roles(named: float, lexicon: Lexicon) -> bool:
    """Whether subject and sides are named so well that the roles have a say.

    >>> from tracker.core.examples import lexicon
    >>> asks_roles(1.0, lexicon())  # nothing is fitted in the example
    False
    """
    return named > NAMED and bool(lexicon.fitted.always)


def bare_headline(parts: list[Zone]) -> bool:
    """Whether nothing stands beside the headline.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> bare_headline(zones(fold("US adds Huawei"), fold(""), lexicon()))
    True
    """
    return not any(part.text.text for part in parts[1:])


def sure_headline(by_rules: Verdict, sure: float) -> bool:
    """Whether a headline tells of an act so plainly that roles do not refuse the item.

    ``sure`` is the weight of a rule that does.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> parts = zones(fold("US adds Huawei to Entity List"), fold(""), lexicon())
    >>> sure_headline(verdict_of_rules(parts, lexicon())[0], lexicon().weights.sure)
    True
    """
    return by_rules.score >= RELEVANT + SURE and any(
        one.title and one.act.kind and not one.act.id.startswith(FAINT) and one.weight >= sure
        for one in by_rules.firm
    )


def verdict_of_rules(parts: list[Zone], lexicon: Lexicon) -> tuple[Verdict, float]:
    """What the rules say alone, and what subject and sides count.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> parts = zones(fold("US adds Huawei to Entity List"), fold(""), lexicon())
    >>> told, named = verdict_of_rules(parts, lexicon())
    >>> told.kind, named > 0
    ('listing', True)
    """
    firm = found = fired(parts, lexicon)
    kind, direction, leading = kind_of(found, lexicon.weights)
    made = parts_of(parts, found, kind, lexicon.weights)
    named = topic(made, lexicon)
    value = score(made, lexicon, named)
    if named > 0 and -TOPICAL < value < RELEVANT and (more := doubted(parts, lexicon)):
        found = [*found, *more]
        kind, direction, leading = kind_of(found, lexicon.weights)
        made = parts_of(parts, found, kind, lexicon.weights)
        named = topic(made, lexicon)
        value = score(made, lexicon, named)
    if leading is None and not lexicon.fitted.always:
        value = min(value, RELEVANT - UNTOLD)
    return Verdict(value, kind, direction, leading, found, firm, reasons(found, named)), named
