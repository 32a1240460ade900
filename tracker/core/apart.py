"""How far two nodes lie apart: from act to act, from a day to a report, from report to report."""

from __future__ import annotations

from typing import Final

from tracker.core.traits import BILL, CHAMBER, ORDERS, Traits


def gap_of(a: Traits, b: Traits) -> int | None:
    """Days apart; a record event is met on its days and on the day it became known.

    What names no day of the act itself may also meet it on the day on which it took effect.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> gap_of(traits(mention()), traits(mention(item_id="b2")))
    0
    """
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    gap, other = b.first - a.last, a.first - b.last
    if other > gap:
        gap = other
    if gap <= 0:
        return 0
    for day in (*a.met, *(a.force if b.weak else ())):
        gap = min(gap, max(b.first - day, day - b.last, 0))
    for day in (*b.met, *(b.force if a.weak else ())):
        gap = min(gap, max(a.first - day, day - a.last, 0))
    return gap


def step(a: Traits, b: Traits, gap: int) -> str:
    """The feature of two days, ``gap`` apart.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> step(traits(mention()), traits(mention(item_id="b2")), 0)
    'days 0'
    """
    near = gap if gap < _MOST else _MOST
    if a.said == b.said:
        if gap > 1 and a.said and a.kind in _WORDS and b.kind in _WORDS:
            return _SPOKEN[near]
        return _NAMED[near] if a.said else _DAYS[near]
    if gap:
        return _ONE_NAMED[near]
    late = _lag(a, b)
    return _DAYS[0] if late < 0 else LAGS[min(late, len(LAGS) - 1)]


def _lag(a: Traits, b: Traits) -> int:
    """Days from the day that one of two names to the report of the other, which names none.

    Below 0 where nothing is known, or the report came before.
    """
    told, other = (a, b) if a.said else (b, a)
    if other.report is None or told.last is None:
        return -1
    late = other.report - told.last
    for day in (*told.met, *told.force):
        if 0 <= other.report - day < late or late < 0:
            late = other.report - day
    return late


_MOST: Final = 8
_DAYS: Final = tuple(f"days {step}" for step in ("0", "1", "3", "3", *("7",) * 4, "far"))
_NAMED: Final = tuple(f"named {step}" for step in _DAYS)
_WORDS: Final = frozenset({"statement", "talks"})
_SPOKEN: Final = tuple(f"words {step}" for step in _NAMED)
"""One person speaks, or meets somebody, of one subject again and again: each day is its own."""

_ONE_NAMED: Final = tuple(f"one named {step}" for step in _DAYS)
"""The feature of so many days apart, the last of ``_MOST`` and more: both days named, only one."""

LAGS: Final = tuple(f"reported after {days}" for days in ("0", "1", "2", "3 or more"))
LATE: Final = 15
REPORTS: Final = tuple(
    f"reports {step}" for step in ("0", "1", "3", "3", *("7",) * 4, *("14",) * 7, "far")
)
"""The feature of reports so many days apart, the last of ``LATE`` and more."""

SAME_MEETING: Final = "same meeting"
"""The feature of two reports that name one first day of talks or of a journey, days apart."""


def reports_of(a: Traits, b: Traits, apart: int) -> str:
    """The feature of two reports so many days ``apart``.

    Meetings and journeys are announced with their days and told of when they are over: of 43
    labelled pairs that name one first day and were reported 2 to 16 days apart 41 tell of one.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> one, other = traits(mention()), traits(mention(item_id="b2"))
    >>> reports_of(one, other, 9)
    'reports 14'
    """
    if apart >= _SOON and _meets_with(a, b):
        return SAME_MEETING
    return REPORTS[apart if apart < LATE else LATE]


def _meets_with(a: Traits, b: Traits) -> bool:
    """Whether both tell of talks, or of a journey, of the same capital and one named first day."""
    alike = a.kind == b.kind and a.kind in _OF_DAYS and a.capital == b.capital
    if not alike:
        return False
    return _called_off(a, b) or _called_off(b, a) or (a.said and b.said and a.first == b.first)


def _called_off(a: Traits, b: Traits) -> bool:
    """Whether the first report calls or puts off what the second announced, by the day named."""
    if not (a.off and b.said) or a.last is None or b.first is None or b.last is None:
        return False
    return b.first <= a.last <= b.last and a.report != a.last


_NEWS: Final = 4
OTHERS: Final = ("other kind, reports 1", "other kind, reports 7")
"""The features of reports of two kinds: some days apart, and a wave of news apart."""


_SOON: Final = 2
STANDING: Final = "other standing"
"""The feature of what is heard or proposed and what is done, told on other days."""


def answered(a: Traits, b: Traits) -> bool:
    """Whether one is Beijing's own act and the other one of Washington's, by no rule of both.

    An act in return is an act of its own (labelling rules of the corpus); words about the act of
    the other side are not.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> answered(traits(mention()), traits(mention(item_id="b2")))
    False
    """
    if {a.capital, b.capital} != _CAPITALS:
        return False
    answer, act = (a, b) if a.capital == "CN" else (b, a)
    if answer.kind != "countermeasure" or act.kind not in _ACTS or answer.head & _ANSWERS:
        return False
    return answer.acts.isdisjoint(act.families) and act.acts.isdisjoint(answer.families)


_CAPITALS: Final = {"CN", "US"}
_ACTS: Final = frozenset({"rule", "licence", "listing"})
_ANSWERS: Final = frozenset({"criticise", "respond", "answers", "urge"})
"""What a headline says of words; they belong to the act that they answer."""


IN_WORDS: Final = ("in words, same day", "in words, a day later")
"""The features of an act and of words about it, which come on its day or one or two days later."""

_NO_ACTS: Final = frozenset({"statement", "talks", "trip", "substitution"})
_SAID_BY: Final = 2


def worded(a: Traits, b: Traits) -> str:
    """The feature of an act and of words of the other side about it; "" where it is none.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> said = mention(item_id="b2", kind="statement", keys=("act:cn-protests",))
    >>> worded(traits(mention()), traits(said)), worded(traits(said), traits(said))
    ('in words, same day', '')
    """
    if a.in_words == b.in_words:
        return ""
    words, act = (a, b) if a.in_words else (b, a)
    if words.report is None or act.last is None or act.kind in _NO_ACTS or act.capital == "CN":
        return ""
    late = words.report - act.last
    return IN_WORDS[late > 0] if 0 <= late <= _SAID_BY else ""


def steps(a: Traits, b: Traits, apart: int) -> bool:
    """Whether one report tells what was only heard or proposed, the other days later what was done.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> heard, done = traits(mention(status="reported")), traits(mention(item_id="b2"))
    >>> steps(heard, done, 0), steps(heard, done, 2)
    (False, True)
    """
    return apart >= _SOON and a.standing != b.standing and {a.kind, b.kind}.isdisjoint(_OF_DAYS)


def contradicted(a: Traits, b: Traits) -> bool:
    """Whether Washington or Beijing denies what the other is said to have done or agreed.

    Two capitals that contradict each other are two events: of 20 labelled pairs like this that
    were alike in the rest three were of one act.

    >>> from dataclasses import replace
    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> said = traits(mention())
    >>> denied = replace(said, capital="CN", denies=True)
    >>> contradicted(said, denied), contradicted(said, replace(said, denies=True))
    (True, False)
    """
    return a.denies != b.denies and {a.capital, b.capital} == _CAPITALS


PARTIES: Final = ("not at the table", "other parties")
"""The features of talks or a journey and an act of a capital that takes no part; of two of them
whose parties are not the same."""


def parties(a: Traits, b: Traits) -> str:
    """The feature of who meets and who acts; "" where nothing speaks against one act.

    Of 87 labelled pairs of talks and an act of a capital that was not there 9 are of one act, where
    the rest would let one expect 30; of 70 of talks of other parties 15, for 23.

    >>> from dataclasses import replace
    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> act = traits(mention())
    >>> talks = replace(act, kind="talks", sides=frozenset({"CN", "NL"}))
    >>> parties(act, talks), parties(talks, replace(talks, sides=frozenset({"CN", "JP"})))
    ('not at the table', 'other parties')
    """
    meets = (a.kind in _OF_DAYS) + (b.kind in _OF_DAYS)
    if not meets or a.curated or b.curated or a.sides == b.sides or not (a.sides and b.sides):
        return ""
    if meets == len(PARTIES):
        return "" if a.sides.isdisjoint(b.sides) else PARTIES[1]
    return PARTIES[0] if a.sides.isdisjoint(b.sides) else ""


OTHER_HOLDERS: Final = "other holders"
"""The feature of licences of firms that are not the same, told days apart."""


def holders(a: Traits, b: Traits, apart: int) -> bool:
    """Whether two headlines tell of licences of other firms, two days or more from each other.

    Leave is given to somebody: of 33 labelled pairs like this none is of one act, of 16 that were
    reported a day apart six are.

    >>> from dataclasses import replace
    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> one = replace(traits(mention(kind="licence")), firms=frozenset({"TSMC"}))
    >>> other = replace(one, firms=frozenset({"Samsung"}))
    >>> holders(one, other, 2), holders(one, other, 1), holders(one, one, 2)
    (True, False, False)
    """
    if apart < _SOON or a.kind != "licence" or b.kind != "licence" or a.curated or b.curated:
        return False
    if a.firms - b.firms and b.firms - a.firms:
        return True
    own, others = a.firms | a.makers, b.firms | b.makers
    return bool(own and others) and own.isdisjoint(others)


VOTED: Final = "a vote and an order"
"""The feature of what a chamber of Congress does with a bill, and of an act of an office."""


def voted(a: Traits, b: Traits) -> bool:
    """Whether one tells of a chamber's bill, the other of an act that names no chamber and no bill.

    The House, the Senate and an agency are never one: of 20 labelled pairs like this that were
    alike in much else none is of one act.

    >>> from dataclasses import replace
    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> rule = traits(mention(kind="rule"))
    >>> bill = traits(mention(item_id="b2", kind="legislation", keys=("chamber:House",)))
    >>> voted(rule, bill), voted(bill, bill)
    (True, False)
    """
    bill, act = (a, b) if a.kind == "legislation" else (b, a)
    if bill.kind != "legislation" or act.kind not in ORDERS or a.curated or b.curated:
        return False
    return CHAMBER in bill.parties and not {CHAMBER, BILL} & set(act.parties)


OTHER_FORM: Final = "other form"
"""The feature of two acts whose forms are hardly ever read from reports of one."""

_FORMS: Final = frozenset(
    frozenset(pair.split())
    for pair in (
        "customs-action media-report", "customs-action agency-decision",
        "interview mofcom-announcement", "meeting agency-decision",
        "company-announcement agency-decision", "mofcom-announcement window-guidance",
        "federal-register-rule mofcom-announcement",
    )
)  # fmt: skip


def formed(a: Traits, b: Traits) -> bool:
    """Whether two reports tell of acts of two forms that hardly ever are one.

    What customs do at the border and what an agency decides, what a minister says and what his
    ministry announces, a firm's step and the decision behind it: of 764 labelled pairs like these
    75 are of one act, where the rest would let one expect 236.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> formed(traits(mention()), traits(mention(item_id="b2")))
    False
    """
    if a.form == b.form or a.curated or b.curated:
        return False
    return frozenset((a.form, b.form)) in _FORMS


PLANNED: Final = "plan and act"
"""The feature of what was only proposed, and of an act whose own day is after that report."""

LATER: Final = 8
"""Days after the report of a plan, or of a promise, from which an act without a day of its own is
another: seven labelled pairs of one kind are like this, and none is of one act."""

_OF_DAYS: Final = frozenset({"trip", "talks"})
"""Kinds of acts that are announced with their days."""


def planned(a: Traits, b: Traits) -> bool:
    """Whether one report tells a plan, the other the act, on a named day after that report.

    Or on no day of its own, and ``LATER`` than that: leave that was promised and leave that was
    given are two acts. A plan reported before the act is an event of its own (labelling rules of
    the corpus): of 30 labelled pairs like this one was of one act, of 16 of journeys and talks all
    but two.

    >>> from dataclasses import replace
    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> one = traits(mention())
    >>> done = replace(one, standing="confirmed", said=True, weak=False, last=one.first)
    >>> heard = replace(done, standing="proposed", report=done.first - 7)
    >>> planned(done, heard), planned(done, done)
    (True, False)
    >>> told = replace(done, said=False, report=done.first)
    >>> planned(told, heard), planned(told, replace(heard, report=done.first - 8))
    (False, True)
    """
    if not {a.kind, b.kind}.isdisjoint(_OF_DAYS):
        return False
    if _carried_out(a, b) or _carried_out(b, a):
        return True
    plan, act = (a, b) if _only_ahead(a) else (b, a)
    if not _only_ahead(plan) or not _done(act) or act.weak or not act.said:
        return False
    return (
        plan.report is not None
        and act.first is not None
        and (act.first == act.last and act.first > plan.report)
    )


def _carried_out(plan: Traits, act: Traits) -> bool:
    """Whether a report tells of an act, by no day of its own, long after another of its plan."""
    ahead = _only_ahead(plan) or (plan.promised and not act.promised)
    if not ahead or not _done(act) or plan.kind != act.kind or (act.said and not act.weak):
        return False
    return plan.report is not None and act.report is not None and act.report - plan.report >= LATER


def _done(one: Traits) -> bool:
    return one.standing == "confirmed" and not one.denies


def _only_ahead(one: Traits) -> bool:
    """Whether a report tells of what was not done by then: a plan, or that there is none."""
    return one.standing == "proposed" or one.denies


def waves(a: Traits, b: Traits, apart: int) -> str:
    """The feature of reports of two kinds so many days apart; "" for one kind or one day.

    Reports of one act that are read as two kinds come in one wave; what comes after it and is of
    another kind answers the act, or carries it out.

    >>> from tracker.core.examples import mention
    >>> from tracker.core.traits import traits
    >>> waves(traits(mention()), traits(mention(item_id="b2", kind="statement")), 5)
    'other kind, reports 7'
    """
    if apart == 0 or a.kind == b.kind:
        return ""
    return OTHERS[apart >= _NEWS]
