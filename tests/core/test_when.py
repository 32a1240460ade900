"""Date phrases: a table of forms, written dates read back, noise, and the words around."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.when import ROLES, When, find_phrases

TABLE = Path(__file__).parent / "data" / "phrases.txt"
TUESDAY = date(2025, 7, 15)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def rows() -> list[tuple[date, str, str]]:
    """The table: reference day, text, meaning."""
    found, reference = [], TUESDAY
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            reference = date.fromisoformat(line[2:])
        elif line and not line.startswith("#"):
            text, _, meaning = line.rpartition(" | ")
            found.append((reference, text, meaning))
    return found


def said(when: When) -> str:
    """A phrase in the words of the table."""
    days = str(when.first) if when.first == when.last else f"{when.first}..{when.last}"
    return days if when.role == "plain" else f"{days} {when.role}"


def meaning(text: str, reference: date = TUESDAY) -> str:
    return " + ".join(said(when) for when in find_phrases(text, reference)) or "-"


def test_the_table_is_long() -> None:
    assert len(rows()) >= 200


@pytest.mark.parametrize(("reference", "text", "wanted"), rows())
def test_phrase(reference: date, text: str, wanted: str) -> None:
    assert meaning(text, reference) == wanted


@pytest.mark.parametrize(("reference", "text", "wanted"), rows()[::3])
def test_phrase_in_folded_text(reference: date, text: str, wanted: str) -> None:
    """Case never changes the meaning."""
    assert meaning(text.lower(), reference) == wanted


def forms(day: date) -> list[str]:
    """One day in every written form that names its year."""
    name = MONTHS[day.month - 1]
    return [
        day.isoformat(),
        f"{day.year}/{day.month:02}/{day.day:02}",
        f"{name} {day.day}, {day.year}",
        f"{day.day} {name} {day.year}",
        f"{name[:3]}. {day.day}, {day.year}" if name != "May" else f"May {day.day}, {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{day.year}年{day.month}月{day.day}號",
    ]


@given(DAYS, DAYS)
def test_a_written_day_reads_back(day: date, reference: date) -> None:
    for form in forms(day):
        for text in (form, f"Issued {form} (text)", f"商务部,{form}公告。"):
            (when,) = find_phrases(text, reference)
            assert (when.first, when.last, when.precision) == (day, day, "day"), text
            assert when.form == "date"


@given(DAYS, st.integers(0, 300))
def test_a_past_day_without_its_year_reads_back(reference: date, back: int) -> None:
    """What was reported as past is never read as to come."""
    day = reference - timedelta(days=back)
    for text in (
        f"It was issued on {MONTHS[day.month - 1]} {day.day}",
        f"{day.month}月{day.day}日宣布",
    ):
        assert [w.day for w in find_phrases(text, reference)] == [day]


@given(DAYS, st.integers(1, 300))
def test_a_coming_day_without_its_year_reads_back(reference: date, ahead: int) -> None:
    day = reference + timedelta(days=ahead)
    for text in (
        f"Talks will be held on {MONTHS[day.month - 1]} {day.day}",
        f"将于{day.month}月{day.day}日举行",
    ):
        (when,) = find_phrases(text, reference)
        assert (when.day, when.role) == (day, "future")


@given(DAYS, st.integers(0, 6))
def test_a_bare_weekday_is_the_latest(reference: date, back: int) -> None:
    day = reference - timedelta(days=back)
    for text in (f"it said on {day:%A}", "周" + "一二三四五六日"[day.weekday()]):
        assert [w.day for w in find_phrases(text, reference)] == [day]


@given(DAYS, st.integers(2, 12))
def test_days_counted_from_a_day_named_before(day: date, count: int) -> None:
    """Only the count and the day before it decide; the report's own day plays no part."""
    wanted = [(day, day), (day + timedelta(days=count),) * 2]
    for text in (
        f"It began on {MONTHS[day.month - 1]} {day.day}, {day.year}. {count} days later it ended.",
        f"{day.year}年{day.month}月{day.day}日开始,{count}天后结束。",
    ):
        for reference in (TUESDAY, day):
            found = find_phrases(text, reference)
            assert [(one.first, one.last) for one in found] == wanted, text


@given(st.integers(2000, 2090), DAYS)
def test_a_holiday_with_its_year_reads_back(year: int, reference: date) -> None:
    for text, month, day in (
        (f"New Year's Day {year}", 1, 1), (f"Christmas Eve {year}", 12, 24),
        (f"the Fourth of July, {year}", 7, 4), (f"{year}年元旦", 1, 1),
    ):  # fmt: skip
        (when,) = find_phrases(f"It was told on {text}.", reference)
        assert when.day == date(year, month, day)


WORDS = st.sampled_from(
    ["May", "Monday", "late", "7", "15", "月", "日", "年", "2025", "今", "上周", "至", "-", " ",
     "on", "(", ")", "last", "week", "Q3", "二〇", "十", "前", "起", "to", ",", ".", "/", "İ", "\u0000",
     "\ud800", "👍", "3A090", "9999", "0", "年底", "31", "February", "ago", "three", "days"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map("".join)),
       st.dates())  # fmt: skip
def test_any_text_is_read_without_error(text: str, reference: date) -> None:
    """Phrases lie in the text, in order, apart; the first day is not after the last."""
    end = 0
    for when in find_phrases(text, reference):
        assert end <= when.start < when.end <= len(text)
        assert text[when.start : when.end] == when.words
        assert when.first <= when.last
        assert when.role in ROLES
        end = when.end


@given(st.text(alphabet="0123456789.,%$ABHMNIX nm", max_size=60))
def test_figures_alone_are_no_date(text: str) -> None:
    """Prices, versions, models: only a whole date in figures may be found in them."""
    for when in find_phrases(text, TUESDAY):
        assert when.form == "date"
        assert when.words.count(".") == 2


@pytest.mark.parametrize("reference", [date.min, date.max])
def test_an_impossible_publication_dates_nothing(reference: date) -> None:
    assert find_phrases("前年5月, next year, 2025-07-15", reference) == ()


def test_a_span_at_the_end_of_the_calendar() -> None:
    assert find_phrases("9999-12-31日, May 31 9999, 9999年12月30日至1月2日", TUESDAY)


def test_the_place_of_a_day() -> None:
    def zone(text: str, place: str | None = None) -> str | None:
        return find_phrases(text, TUESDAY, place=place)[0].zone

    assert zone("美東時間週一晚間宣布") == "US"
    assert zone("當地時間7月14日") == "local"
    assert zone("北京时间7月15日凌晨") == "CN"
    assert zone("on Monday evening (Eastern time)") == "US"
    assert zone("on Monday local time") == "local"
    assert zone("今天宣布", "CN") == "CN"
    assert zone("周一宣布", "CN") is None


@pytest.mark.parametrize(
    "text", ["late Monday", "Monday night", "last night", "昨晚", "7月14日晚间"]
)
def test_an_evening_is_late(text: str) -> None:
    assert [w.late for w in find_phrases(text, TUESDAY)] == [True]


def test_a_day_is_not_late() -> None:
    assert [w.late for w in find_phrases("on Monday morning, 7月14日上午", TUESDAY)] == [
        False,
        False,
    ]


def test_spans_are_whole_and_windows_are_not() -> None:
    found = find_phrases("talks of 9 to 10 June, last week", TUESDAY)
    assert [w.whole for w in found] == [True, False]
    assert [w.day for w in found] == [None, None]


NEW_MOON: Final = date(2000, 1, 7)
"""A new moon, by the clock of Beijing shortly after two in the morning."""


@pytest.mark.parametrize(
    ("name", "day"), [("大年初一", 1), ("元宵节", 15), ("端午节", 5), ("中秋节", 15)]
)
def test_the_days_of_the_lunar_year_lie_by_the_moon(name: str, day: int) -> None:
    for year in range(2015, 2036):
        (when,) = find_phrases(f"{year}年{name}", date(year, 6, 30))
        assert when.day is not None
        age = ((when.day - NEW_MOON).days - (day - 1)) % 29.530588
        assert min(age, 29.530588 - age) < 1.5, when.day
        spring = name in ("大年初一", "元宵节")
        assert when.day.month in ((1, 2, 3) if spring else (5, 6) if day == 5 else (9, 10))


def test_no_lunar_day_outside_the_table() -> None:
    assert find_phrases("除夕宣布", date(2040, 2, 1)) == ()
    assert find_phrases("2036年除夕宣布", date(2035, 2, 1)) == ()
