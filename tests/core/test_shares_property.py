"""Properties of links on generated figures: no knowledge from later, no value that was not said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.core.diff import figures as diff_figures
from tracker.core.shares import Link, Placed, headline, links
from tracker.core.vintages import books
from tracker.model import Observation, RecordEvent, Series, Source

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
SERIES = [Series(name, name, "percent", "", "CN", "", "") for name in ("s", "t")]


@st.composite
def figures(draw: st.DrawFn) -> list[Observation]:
    def one(number: int) -> Observation:
        start, length = draw(DAYS), draw(st.integers(0, 400))
        return Observation(
            series=draw(st.sampled_from("st")),
            variant=draw(st.sampled_from([None, "v"])),
            period_start=start,
            period_end=start + timedelta(length),
            value=draw(st.integers(0, 6)),
            qualifier="=",
            nature=draw(st.sampled_from(["actual", "estimate", "forecast", "claim", "target"])),
            published=draw(DAYS),
            publisher=draw(st.sampled_from(["One", "Two (model)"])),
            published_precision=draw(st.sampled_from(["day", "approx"])),
            flag=draw(st.sampled_from([None, None, "unverified", "untraceable", "disputed"])),
            derived=draw(st.booleans()),
            via="",
            url="",
            lang="en",
            note="",
            number=number,
        )

    return [one(number) for number in range(draw(st.integers(0, 12)))]


@st.composite
def acts(draw: st.DrawFn) -> RecordEvent:
    day = draw(DAYS)
    page = Source("https://example.org", "P", day + timedelta(draw(st.integers(0, 9))), "en",
                  False, None)  # fmt: skip
    return RecordEvent(
        id="e", date=day, precision=draw(st.sampled_from(["day", "month"])), kind="rule",
        instrument="other", binding=None, direction="neutral", status="confirmed", evidence="",
        title="", summary="", jurisdiction=(), actors=(), items=(), terms=(), sources=(page,),
        series=("s", "t"),
    )  # fmt: skip


def slots(link: Link) -> Iterator[Placed]:
    single = (link.known_before, link.next_after, link.now)
    yield from (placed for placed in (*single, *link.in_force) if placed)


@settings(max_examples=60, deadline=None)
@given(figures(), acts(), DAYS)
def test_nothing_published_later_takes_part(
    rows: list[Observation], act: RecordEvent, day: date
) -> None:
    cut = [one for one in rows if one.published <= day]
    found = links(act, rows, SERIES, day)
    assert found == links(act, cut, SERIES)
    assert all(placed.observation.published <= day for link in found for placed in slots(link))
    assert headline(rows, "s", act.date, day) == headline(cut, "s", act.date)


@settings(max_examples=60, deadline=None)
@given(figures(), acts())
def test_a_day_after_everything_is_no_as_of(rows: list[Observation], act: RecordEvent) -> None:
    assert links(act, rows, SERIES, date(2027, 1, 1)) == links(act, rows, SERIES)


@settings(max_examples=60, deadline=None)
@given(figures(), acts())
def test_every_value_is_one_that_was_said(rows: list[Observation], act: RecordEvent) -> None:
    for link in links(act, rows, SERIES):
        for placed in slots(link):
            assert placed.observation in rows
            assert (placed.observation.series, placed.observation.variant) == (
                link.series,
                link.variant,
            )


@settings(max_examples=60, deadline=None)
@given(figures(), acts(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing_but_the_order_of_variants(
    rows: list[Observation], act: RecordEvent, random: object
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert set(links(act, rows, SERIES)) == set(links(act, shuffled, SERIES))


@settings(max_examples=60, deadline=None)
@given(figures(), acts())
def test_before_is_measured_closed_and_earlier(rows: list[Observation], act: RecordEvent) -> None:
    for link in links(act, rows, SERIES):
        if link.known_before:
            one = link.known_before.observation
            assert link.known_before.nature in ("actual", "estimate")
            assert one.period_end <= one.published
            assert one.flag not in ("untraceable", "disputed")
        assert all(placed.nature != "claim" for placed in (link.known_before, link.now) if placed)


def test_the_generator_can_make_an_answer() -> None:
    """The properties above would hold of nothing at all: here is something."""
    row = Observation("s", date(2024, 1, 1), date(2024, 12, 31), 1, "=", "actual", date(2025, 1, 5),
                      "One", "", "", "en", "", 0)  # fmt: skip
    act = RecordEvent(
        id="e", date=date(2025, 6, 1), precision="day", kind="rule", instrument="other",
        binding=None, direction="neutral", status="confirmed", evidence="", title="", summary="",
        jurisdiction=(), actors=(), items=(), terms=(), sources=(), series=("s",),
    )  # fmt: skip
    (link,) = links(act, [row, replace(row, value=2, number=1)], SERIES)
    assert link.known_before is not None


@settings(max_examples=80, deadline=None)
@given(figures(), DAYS, DAYS)
def test_books_and_differences_know_nothing_later(
    rows: list[Observation], day: date, first: date
) -> None:
    cut = [one for one in rows if one.published <= day]
    assert books(rows, SERIES, (), day) == books(cut, SERIES)
    for book in books(rows, SERIES, (), day):
        shown = (*book.rows, *book.repeats, *(o for out in book.outcomes for o in out.came))
        assert all(one.published <= day for one in shown)
        assert all((o.series, o.variant) == (book.series.id, book.variant) for o in shown)
    for change in diff_figures(rows, SERIES, min(first, day), day):
        assert all(one.published <= day for one in (change.observation, *change.against))


@settings(max_examples=80, deadline=None)
@given(figures())
def test_every_row_is_a_vintage_or_a_repeat(rows: list[Observation]) -> None:
    shelved = [one for book in books(rows, SERIES) for one in (*book.rows, *book.repeats)]
    assert sorted(one.number for one in shelved) == [one.number for one in rows]
