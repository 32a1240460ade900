"""Events and figures in date order: the rows of a timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from tracker.core import shares
from tracker.core.figures import house_of, nature_of
from tracker.core.question import Question
from tracker.core.shares import Link
from tracker.core.timeline import EventRow, Figure, FigureRow, Row
from tracker.model import Event, Observation, Series

Linked = tuple[Event, tuple[Link, ...]]


def arrange(
    linked: Sequence[Linked],
    observations: Sequence[Observation],
    series: Sequence[Series],
    headline: str,
    question: Question,
) -> tuple[Row, ...]:
    """Events with the headline figure where it changed, and that series' own publications.

    An observation stands on its publication day. A line carries the latest measured figure of one
    house that was published before the event became known: a juxtaposition, not an effect.

    >>> from tracker.core.build import build
    >>> from tracker.core.examples import mention
    >>> rows = arrange([(build([mention()]), ())], [], [], "share", Question())
    >>> [row.event.kind for row in rows]
    ['listing']
    """
    units = {one.id: one for one in series}
    low = linked[0][0].date if question.limit and linked else question.since or date.min
    shown = _figures(observations, units, headline, question, low)
    rows: list[tuple[tuple[date, int, str], Row]] = [
        ((row.observation.published, 0, f"{row.observation.number:06}"), row) for row in shown
    ]
    own = shares.headline_rows(observations, headline, question.as_of)
    known = cache(lambda day: _figure(own, units, day))  # a day of news has dozens of events
    before: Figure | None = None
    for event, links in linked:
        figure = known(event.link_day)
        changed = figure if figure != before else None
        before = figure or before
        rows.append(((event.date, 1, event.id), EventRow(event, links, changed)))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def _figure(own: Sequence[Observation], units: dict[str, Series], day: date) -> Figure | None:
    one = shares.known_before(own, day)
    if one is None:
        return None
    return Figure(
        series=one.series, unit=units[one.series].unit, house=house_of(one), value=one.value,
        value_low=one.value_low, value_high=one.value_high, qualifier=one.qualifier,
        nature=nature_of(one), period_end=one.period_end, flag=one.flag,
        title=units[one.series].title,
    )  # fmt: skip


def _figures(observations: Iterable[Observation], units: dict[str, Series], headline: str,
             question: Question, low: date) -> list[FigureRow]:  # fmt: skip
    """The publications that stand as entries of their own.

    With ``--series`` all of these series, flags and claims included and marked; otherwise the
    unflagged ones of the headline series, and none where the question narrows more than the days.
    """
    wanted = question.series or (headline,)
    if not question.series and not _only_days(question):
        return []
    high = question.until or date.max
    return [
        FigureRow(one, units[one.series], nature_of(one), house_of(one))
        for one in observations
        if one.series in wanted
        and low <= one.published <= high
        and (question.as_of is None or one.published <= question.as_of)
        and (question.series or one.flag is None)
    ]


def _only_days(question: Question) -> bool:
    plain = Question(since=question.since, until=question.until, as_of=question.as_of,
                     limit=question.limit, reverse=question.reverse)  # fmt: skip
    return question == plain
