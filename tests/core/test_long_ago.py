"""An act of months ago that is the news of a text."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.core.dating import date_of
from tracker.core.text import fold

REPORT = date(2025, 9, 22)


@pytest.mark.parametrize(
    ("title", "summary", "first", "precision"),
    [
        ("Oslo let a firm ship lasers in May", "Papers show it.", "2025-05-01", "month"),
        ("A licence for lasers", "Oslo granted it in May, two people said.", "2025-05-01", "month"),
        ("A licence", "Oslo granted it in the second quarter, traders said.", "2025-04-01", "quarter"),
        ("部委今年5月发放许可", "知情人士透露了此事。", "2025-05-01", "month"),
        ("部委上半年发放许可", "两位人士称。", "2025-01-01", "year"),
        ("A licence went earlier this month", "Papers show it.", "2025-09-01", "month"),
        # A day goes before a month.
        ("Oslo let a firm ship in May", "It was on May 12, papers show.", "2025-05-12", "day"),
        ("A licence", "On May 12, 2025 Oslo granted it.", "2025-05-12", "day"),
    ],
)  # fmt: skip
def test_what_papers_now_show_keeps_its_time(
    title: str, summary: str, first: str, precision: str
) -> None:
    found = date_of(fold(title), fold(summary), REPORT, "NO", "licence")
    assert (str(found.date), found.precision) == (first, precision)


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Oslo bans lasers", "It had been previewed in May."),
        ("Oslo bans lasers", "The inquiry, opened in May, goes on, people said."),
        ("Oslo bans lasers after the truce of May", "Papers show it."),
        ("Oslo plans a ban of lasers in May", "Two people said so."),
        ("部委发放许可", "自5月以来首次,知情人士说。"),
        ("5月管制仍有效", "知情人士说。"),
        ("Oslo bans lasers", "It did so. In May people met there."),
        ("Oslo lets a firm ship lasers it barred in May", "Papers show it."),
    ],
)
def test_a_month_of_something_else_dates_nothing(title: str, summary: str) -> None:
    assert not date_of(fold(title), fold(summary), REPORT, "NO", "licence").said


def test_comments_close_on_no_day_of_the_act() -> None:
    found = date_of(fold("A rule"), fold("Comments closed on September 19."), REPORT, "NO", "rule")
    assert not found.said


def test_the_quarter_of_a_company_is_that_of_its_sales() -> None:
    title, said = fold("Sales fell in second quarter"), fold("A firm said so, papers show.")
    assert not date_of(title, said, REPORT, "NO", "company").said
    assert date_of(title, said, REPORT, "NO", "rule").said


def test_a_day_that_opens_the_text_is_that_of_the_act() -> None:
    title, said = fold("部委管制满两月"), fold("7月3日,部委公告管制。两个多月来许可证未下。")
    assert str(date_of(title, said, REPORT, "CN", "countermeasure").date) == "2025-07-03"
    fresh = fold("7月3日,部委公告管制。9月19日部委解除了它。")
    assert str(date_of(title, fresh, REPORT, "CN", "countermeasure").date) == "2025-09-19"
