"""Meetings that are put off, brought forward or called off, after they were announced."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.conftest import Reader
from tracker.core.build import build
from tracker.core.match import score
from tracker.core.put_off import put_off
from tracker.core.traits import traits
from tracker.model import Event, Mention


def _event(*news: Mention) -> Event:
    """The event of reports of which each is joined with the first."""
    for other in news[1:]:
        assert (score(traits(news[0]), traits(other)) or 0) > 0
    event = build(news)
    assert event is not None
    return event


def _announced(read: Reader) -> Mention:
    return read(
        "US, China to hold trade talks in Geneva on Nov. 18",
        "U.S. and Chinese officials will hold trade talks in Geneva on Nov. 18, the Treasury said.",
        "2026-11-10",
    )


@pytest.mark.parametrize(
    "title",
    [
        "us, china call off madrid talks",
        "huang cancels shanghai visit",
        "us-china trade talks delayed to dec. 7",
        "trump's beijing trip pushed to january",
        "huang brings forward beijing visit",
        "中欧经贸磋商推迟至12月3日",
        "中美取消原定2月1日的磋商",
    ],
)
def test_a_headline_says_that_a_meeting_is_off_or_moved(title: str) -> None:
    assert put_off(title)


@pytest.mark.parametrize(
    "title",
    [
        "us, china hold trade talks in geneva",
        "us delays chip curbs after talks",
        "commerce cancels licence before summit",
        "中美举行磋商",
        "中美磋商后美国取消芯片管制",
        "美国推迟对华芯片关税，中美元首通话",
    ],
)
def test_an_act_that_is_put_off_is_no_meeting_put_off(title: str) -> None:
    assert not put_off(title)


def test_talks_that_are_put_off_are_ahead_on_the_new_day(read: Reader) -> None:
    moved = read(
        "US-China trade talks delayed to Dec. 7",
        "Trade talks between the United States and China set for Nov. 18 have been delayed to"
        " Dec. 7, the Treasury said on Monday.",
        "2026-11-16",
    )
    event = _event(_announced(read), moved)
    assert (event.date, event.status) == (date(2026, 12, 7), "proposed")
    assert event.title == moved.title
    assert event.known == date(2026, 11, 10)


def test_chinese_talks_that_are_put_off_keep_no_day_of_expiry(read: Reader) -> None:
    announced = read(
        "中欧将于11月19日在布鲁塞尔举行经贸磋商",
        "商务部10日宣布，中欧将于11月19日在布鲁塞尔举行经贸磋商，讨论出口管制问题。",
        "2026-11-10",
    )
    moved = read(
        "中欧经贸磋商推迟至12月3日",
        "商务部15日表示，原定11月19日举行的中欧经贸磋商推迟至12月3日。",
        "2026-11-15",
    )
    event = _event(announced, moved)
    assert (event.date, event.status, event.dates) == (date(2026, 12, 3), "proposed", {})


def test_talks_that_are_called_off_stand_on_the_day_of_that(read: Reader) -> None:
    off = read(
        "US, China call off Geneva talks",
        "The United States and China have called off trade talks in Geneva planned for Nov. 18.",
        "2026-11-14",
    )
    event = _event(_announced(read), off)
    assert event.title == off.title
    assert (event.date, event.reports) == (date(2026, 11, 14), 2)
    assert event.status != "proposed"


def test_a_journey_pushed_into_another_year_is_ahead(read: Reader) -> None:
    event = _event(
        read(
            "Trump's Beijing trip pushed to January",
            "President Donald Trump's trip to Beijing, planned for December, has been pushed to"
            " January, the White House said on Friday.",
            "2026-11-27",
        )
    )
    assert (event.date, event.precision) == (date(2027, 1, 1), "month")
    assert event.status == "proposed"
