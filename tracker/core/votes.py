"""What the reports of an event tell together: its kind, its direction, its day."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, TypeVar

from tracker.core.traits import ANSWERING, DENIES, in_words
from tracker.dates import Precision, last_of, shifted
from tracker.model import Direction, Kind, Mention

_Value = TypeVar("_Value", bound=str)

_SUNDAY: Final = 6  # days after Monday
VOICE: Final = 4.0
"""What each report counts for a kind or a direction, beside its score: many outvote a sure one."""

UNDECIDED: Final = 0.5
"""What part of its voice counts for no direction where a report of words tells of none. Labelled
reports of words that tighten are read as neutral forty times as often as the other way round."""
MINORITY: Final = 0.25
"""Share of the reports that tell what talks agreed: it decides against the rest."""
ORDERED: Final = 0.4
"""Share of the reports that tell of a rule, from which a company's step follows an order. On 13
sets of labelled items a quarter made rules of steps that were firms' own."""
NEARLY: Final = 0.55
"""Part of the votes of the day most voted for from which on an earlier day of a round of talks is
its first. On labelled rounds any from a half to two thirds gave the same days."""
SEVERAL: Final = 3
"""Reports without a day that outvote one that names a month."""
ROUND: Final = 4
"""Days that a round of talks lasts at most."""


def kind_of(news: Sequence[Mention]) -> Kind:
    """The kind most members tell of, by their scores.

    Where the other side answers a control its words hardly say of which kind it was, nor do those
    of who denies it.

    >>> from tracker.core.examples import mention
    >>> kind_of([mention()])
    'listing'
    """
    told = [one for one in tellers(news) if not _answers_rule(one)] or news
    found = heaviest((one.kind, VOICE + one.score) for one in told)
    if found == "company" and _share_of(news, "rule") >= ORDERED:
        return "rule"  # a company's step that follows an order is filed under the order
    return found


def tellers(news: Sequence[Mention]) -> Sequence[Mention]:
    """The reports that do not deny the act, if any tells of it."""
    return [one for one in news if DENIES not in one.keys] or news


def _answers_rule(one: Mention) -> bool:
    return one.kind == "rule" and any(key.startswith(ANSWERING) for key in one.keys)


def direction_of(news: Sequence[Mention], kind: Kind) -> Direction:
    """The direction most members tell of, of whatever kind they were read as.

    Talks have that of the reports of talks. What they agreed is known only to the later ones: a
    quarter of them is enough. Of words many reports give only the drift.

    >>> from tracker.core.examples import mention
    >>> direction_of([mention()], "listing")
    'tighten'
    """
    if kind != "talks":
        neutral = UNDECIDED if kind == "statement" else 1.0
        return heaviest(
            (one.direction, (VOICE + one.score) * (neutral if one.direction == "neutral" else 1.0))
            for one in tellers(news)
        )
    alike = [one for one in news if one.kind == kind] or list(news)
    eased = [one for one in alike if one.direction == "ease"]
    if len(eased) >= MINORITY * len(alike):
        return "ease"
    return heaviest((one.direction, one.score) for one in alike)


def _share_of(news: Sequence[Mention], kind: Kind) -> float:
    return sum(one.kind == kind for one in news) / len(news)


def day_of(news: Sequence[Mention]) -> tuple[date | None, date | None, Precision]:
    """Day, end and precision: named days outvote days of reports; the earlier wins a tie.

    Reports of a round of talks name each of its days, and the first counts.

    >>> from tracker.core.examples import mention
    >>> day_of([mention()])[0].isoformat()
    '2019-05-16'
    """
    votes = _votes(news)
    if not votes:
        return None, None, "day"
    day = min(votes, key=lambda d: (-votes[d], d))
    if 2 * _share_of(news, "talks") > 1:
        day = min(d for d in votes if votes[d] >= NEARLY * votes[day] and shifted(d, ROUND) >= day)
    agreeing = [one for one in news if one.date == day]
    if not any(one.precision == "day" for one in agreeing):
        last = last_of(day, agreeing[0].precision)
        within = [one.date for one in news if one.date and one.precision == "day"
                  and "dated" not in one.keys and day <= one.date <= last]  # fmt: skip
        if within:  # a month is named, and a report of that month tells it as its news
            return min(within), None, "day"
    ends = Counter(one.end_date for one in agreeing if one.end_date)
    end = min(ends, key=lambda d: (-ends[d], d)) if ends else None
    precision = "day" if any(one.precision == "day" for one in agreeing) else agreeing[0].precision
    return day, end, precision


def _votes(news: Sequence[Mention]) -> dict[date, float]:
    """Weights of the days named; only where none is named, those of the reports.

    A report without a day speaks for a day named just before it. No act but a trip or a round
    of talks is later than its first report, unless more reports name its day than came before:
    then those that came before tell of something else. A month that one of several names is
    mostly that of something before.
    """
    named, plain = _by_naming(news)
    if len(plain) >= SEVERAL * len(named) and all(one.precision != "day" for one in named):
        named = []
    spans = any(one.kind in ("trip", "talks") for one in news)
    reports = sorted(one.report_day for one in news if one.report_day)
    days = Counter(one.date for one in named if one.precision == "day")
    votes: dict[date, float] = defaultdict(float)
    for one in named:
        if one.date and (spans or not (before := bisect_left(reports, one.date))
                         or days[one.date] > before):  # fmt: skip
            votes[one.date] += _voice(one)
    for one in plain:
        for day in votes:
            if one.date and 0 <= (one.date - day).days <= 1:
                votes[day] += 0.5
    if not votes:
        for one in plain:
            if one.date and (spans or not bisect_left(reports, one.date)):
                votes[one.date] += 1.0
    return votes or {one.date: 1.0 for one in named if one.date}


def _by_naming(news: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The reports that name the day of the act, and those whose day is only that of the report."""
    words = any(map(_only_answers, news)) and kind_of(news) == "statement"
    named: list[Mention] = []
    plain: list[Mention] = []
    for one in news:
        if one.date:
            told = "dated" in one.keys and (words or not _only_answers(one))
            (named if told else plain).append(one)
    return named, plain


def _only_answers(one: Mention) -> bool:
    """Whether a report dates the words of the other side, and not the act that they answer."""
    return "dated-weakly" in one.keys and in_words(one)


def _voice(one: Mention) -> float:
    if one.precision != "day":
        return 1.0
    if one.end_date:
        return 1.0 if _is_week(one) else 6.0
    return 1.0 if "dated-weakly" in one.keys else 3.0


def _is_week(one: Mention) -> bool:
    """Whether a span is a week of the calendar, as "next week" is: it names no day."""
    if one.date is None or one.end_date is None:
        return False
    return one.date.weekday() == 0 and (one.end_date - one.date).days == _SUNDAY


def heaviest(votes: Iterable[tuple[_Value, float]]) -> _Value:
    """The value with the most weight in all, each vote counting a tenth at least; ties by name.

    >>> heaviest([("rule", 2.0), ("talks", 1.5), ("talks", 1.0)])
    'talks'
    """
    total: dict[_Value, float] = defaultdict(float)
    for value, weight in votes:
        total[value] += max(weight, 0.1)
    return min(total, key=lambda value: (-round(total[value], 6), value))
