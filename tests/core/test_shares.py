"""The specification of links, example by example, on the shipped record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.core.conftest import Reader
from tracker.core.build import build
from tracker.core.event_days import days_of, days_of_event, known_of, link_day, takes_part
from tracker.core.figures import conflicts, house_of, nature_of
from tracker.core.news_series import series_for
from tracker.core.shares import Link, Placed, headline, link_json, links
from tracker.model import Observation, Record, RecordEvent, Series, Source
from tracker.record.load import load

A = "2025-04-09-us-h20-licence-requirement"
B = "2025-07-14-h20-mi308-licences-promised"


@cache
def record() -> Record:
    return load(Path(__file__).parents[2] / "db" / "record")


def event(id_: str) -> RecordEvent:
    return next(one for one in record().events if one.id == id_)


def links_of(id_: str, as_of: str | None = None) -> dict[tuple[str, str | None], Link]:
    day = date.fromisoformat(as_of) if as_of else None
    found = links(event(id_), record().observations, record().series, day)
    return {(link.series, link.variant): link for link in found}


def words(placed: Placed | None) -> str | None:
    """``~42 forecast 2025-05-15``, with ``straddles`` and ``same_day`` where they hold."""
    if placed is None:
        return None
    one = placed.observation
    value = (
        f"{one.value_low}..{one.value_high}" if one.value_low is not None else f"{one.value:.10g}"
    )
    about = "~" if one.published_precision == "approx" else ""
    marks = [name for name in ("straddles", "same_day") if getattr(placed, name)]
    flag = [f"[{one.flag}]"] if one.flag else []
    return " ".join(
        [one.qualifier + value, placed.nature, f"{about}{one.published}", *flag, *marks]
    )


def row(link: Link) -> tuple[str | None, list[str | None], str | None, str | None]:
    return (
        words(link.known_before),
        [words(one) for one in link.in_force],
        words(link.next_after),
        words(link.now),
    )


S = "straddles"
LOST_A = "=2.5 actual 2025-05-28"
WORKED_A: dict[tuple[str, str | None], Any] = {
    ("cn-accel-domestic-units-share", "half-year"): (
        "~20 estimate 2024-09-30 [unverified]", [], None, None),
    ("cn-accel-domestic-units-share", "year"): (
        ">30 estimate ~2025-03-31", [], f"~41 estimate 2026-04-01 {S}", f"~41 estimate 2026-04-01 {S}"),
    ("cn-nvda-units-share", None): (
        None, [], f"~55 estimate 2026-04-01 {S}", f"~55 estimate 2026-04-01 {S}"),
    ("cn-aiserver-import-share", None): (
        None, [], f"~42 forecast 2025-05-15 {S}", f"=49 forecast ~2025-08-22 {S}"),
    ("cn-aiserver-local-share", None): (
        None, [], f"~40 forecast 2025-05-15 {S}", f"~40 forecast 2025-05-15 {S}"),
    ("cn-gpu-self-sufficiency", None): (None, [], "=82 forecast 2025-05-06", None),
    ("cn-ai-chip-local-sales-share", "sales"): (None, [], "=55 forecast 2025-07-17", None),
    ("cn-ai-chip-local-sales-share", "pre-ban-demand"): (
        None, [], f"=37 forecast 2025-07-17 {S}", f"=37 forecast 2025-07-17 {S}"),
    ("cn-ai-chip-local-sales-share", "output-over-demand"): (
        None, [], f"~43 forecast 2025-12-04 {S}", f"~43 forecast 2025-12-04 {S}"),
    ("cn-nvda-sales-share", None): (
        None, [], f"=54 forecast 2025-07-17 {S}", f"=54 forecast 2025-07-17 {S}"),
    ("cn-nvda-share-claims", "analysts"): (
        None, [">90 claim 2023-12-13"], "~50..60 forecast 2025-08-21", None),
    ("cn-nvda-share-claims", "ceo"): (None, [], "~50 claim 2025-05-21", None),
    ("nvda-cn-revenue", "quarter"): (
        "~5.52 actual 2025-02-26", [], f"=5.52 actual 2025-05-28 {S}", f"=5.52 actual 2025-05-28 {S}"),
    ("nvda-cn-revenue", "year"): ("=17.1 actual 2025-02-26", [], None, None),
    ("nvda-cn-revenue-share", "quarter"): (
        "~14 actual 2025-02-26", [], f"=12.5 actual 2025-05-28 {S}", f"=12.5 actual 2025-05-28 {S}"),
    ("nvda-cn-revenue-share", "year"): ("=13.1 actual 2025-02-26", [], None, None),
    ("nvda-cn-revenue-hq", "year"): (
        None, [], f"~19.7 actual 2026-02-25 [unverified] {S}", f"~19.7 actual 2026-02-25 [unverified] {S}"),
    ("nvda-cn-revenue-hq", "quarter"): (
        None, [], f"=9.66 actual 2026-05-20 {S}", f"=9.66 actual 2026-05-20 {S}"),
    ("nvda-cn-chip-revenue", "h20-sales"): (
        None, [], f"=4.6 actual 2025-05-28 {S}", f"=4.6 actual 2025-05-28 {S}"),
    ("nvda-cn-chip-revenue", "h20-lost"): (None, [], LOST_A, LOST_A),
    ("nvda-cn-chip-revenue", "h20-orders"): (
        None, ["~16 claim ~2025-04-02"], f"~18 claim ~2025-06-16 {S}", None),
    ("huawei-ascend-units", "ascend-all"): (
        None, [], f">800000 claim ~2025-04-28 {S}", f"~812000 estimate 2026-04-01 {S}"),
    ("huawei-ascend-units", "910c"): (
        None, [f"~1300000..1400000 forecast ~2024-08-13 {S}"],
        f"~300000 claim 2025-09-29 {S}", f"~1300000..1400000 forecast ~2024-08-13 {S}"),
    ("amd-mi308-revenue", "company"): (None, [], "=0 forecast 2025-08-05", None),
    ("amd-mi308-revenue", "model"): (None, [], "~1 forecast 2025-07-17", None),
}  # fmt: skip

WORKED_B: dict[tuple[str, str | None], Any] = {
    ("cn-accel-domestic-units-share", "half-year"): (
        "~20 estimate 2024-09-30 [unverified]", [], None, None),
    ("cn-accel-domestic-units-share", "year"): (
        ">30 estimate ~2025-03-31", [], f"~41 estimate 2026-04-01 {S}", f"~41 estimate 2026-04-01 {S}"),
    ("cn-nvda-units-share", None): (
        None, [], f"~55 estimate 2026-04-01 {S}", f"~55 estimate 2026-04-01 {S}"),
    ("cn-aiserver-import-share", None): (
        "~63 estimate 2025-05-15", [f"~42 forecast 2025-05-15 {S}"],
        f"=49 forecast ~2025-08-22 {S}", f"=49 forecast ~2025-08-22 {S}"),
    ("cn-aiserver-local-share", None): (
        None, [f"~40 forecast 2025-05-15 {S}"],
        "~50 forecast ~2025-12-09", f"~40 forecast 2025-05-15 {S}"),
    ("cn-gpu-self-sufficiency", None): (
        "=34 estimate 2025-05-06", ["=82 forecast 2025-05-06"], None, None),
    ("cn-ai-chip-local-sales-share", "sales"): (None, [], "=55 forecast 2025-07-17", None),
    ("cn-ai-chip-local-sales-share", "pre-ban-demand"): (
        None, [], f"=37 forecast 2025-07-17 {S}", f"=37 forecast 2025-07-17 {S}"),
    ("cn-nvda-sales-share", None): (
        None, [], f"=54 forecast 2025-07-17 {S}", f"=54 forecast 2025-07-17 {S}"),
    ("cn-nvda-share-claims", "ceo"): (
        None, ["~50 claim 2025-05-21"], "=0 claim 2025-10-16", None),
    ("nvda-cn-revenue", "quarter"): (
        "=5.52 actual 2025-05-28", [], f"=2.77 actual 2025-08-27 {S}", f"=2.77 actual 2025-08-27 {S}"),
    ("nvda-cn-revenue", "year"): ("=17.1 actual 2025-02-26", [], None, None),
    ("nvda-cn-revenue-share", "quarter"): (
        "=12.5 actual 2025-05-28", [], f"=5.9 actual 2025-08-27 {S}", f"=5.9 actual 2025-08-27 {S}"),
    ("nvda-cn-revenue-share", "year"): ("=13.1 actual 2025-02-26", [], None, None),
    ("nvda-cn-chip-revenue", "h20-sales"): (
        "=4.6 actual 2025-05-28", [], f"=0 actual 2025-08-27 {S}", f"=0 actual 2025-08-27 {S}"),
    ("nvda-cn-chip-revenue", "h20-lost"): (
        "=2.5 actual 2025-05-28", [f"~8 forecast 2025-05-28 {S}"],
        f"~16.8 forecast 2025-07-17 {S}", f"~16.8 forecast 2025-07-17 {S}"),
    ("nvda-cn-chip-revenue", "h20-potential"): (
        None, [], "~10.5 forecast 2025-07-17", None),
    ("huawei-ascend-units", "ascend-all"): (
        None, [f"<=200000 forecast 2025-06-12 {S}", f">800000 claim ~2025-04-28 {S}"],
        f"~700000 forecast 2025-07-17 {S}", f"~812000 estimate 2026-04-01 {S}"),
    ("huawei-ascend-units", "910c"): (
        None, [f"~1300000..1400000 forecast ~2024-08-13 {S}"],
        f"~300000 claim 2025-09-29 {S}", f"~1300000..1400000 forecast ~2024-08-13 {S}"),
    ("amd-mi308-revenue", "company"): (None, [], f"=0 forecast 2025-08-05 {S}", f"=0 forecast 2025-08-05 {S}"),
    ("amd-mi308-revenue", "model"): (None, [], "~1 forecast 2025-07-17", None),
}  # fmt: skip


@pytest.mark.parametrize("key", WORKED_A, ids=str)
def test_worked_example_a(key: tuple[str, str | None]) -> None:
    assert row(links_of(A)[key]) == WORKED_A[key]


@pytest.mark.parametrize("key", WORKED_B, ids=str)
def test_worked_example_b(key: tuple[str, str | None]) -> None:
    assert row(links_of(B)[key]) == WORKED_B[key]


def test_the_order_of_links_is_that_of_the_event_and_of_the_record() -> None:
    found = links(event(A), record().observations, record().series)
    assert list(dict.fromkeys(link.series for link in found)) == list(event(A).series)
    assert [k.variant for k in found if k.series == "cn-nvda-share-claims"] == ["analysts", "ceo"]
    revenue = links_of(A)["nvda-cn-revenue", "quarter"]
    assert "9.66" not in str(row(revenue))


@pytest.mark.parametrize(
    ("day", "precision", "end", "expected"),
    [
        ("2025-04-01", "month", None, ("2025-04-01", "2025-04-30", "2025-04-30")),
        ("2025-05-10", "day", "2025-05-12", ("2025-05-10", "2025-05-10", "2025-05-12")),
        ("2025-08-20", "quarter", None, ("2025-07-01", "2025-09-30", "2025-09-30")),
        ("2025-03-01", "year", None, ("2025-01-01", "2025-12-31", "2025-12-31")),
        ("2025-03-01", "month", "2025-05-02", ("2025-03-01", "2025-03-31", "2025-05-31")),
    ],
)
def test_possible_days(
    day: str, precision: str, end: str | None, expected: tuple[str, ...]
) -> None:
    days = days_of(date.fromisoformat(day), precision, date.fromisoformat(end) if end else None)
    assert (str(days.first), str(days.begun), str(days.last)) == expected


@pytest.mark.parametrize(
    ("id_", "known", "day"),
    [
        (A, "2025-04-15", "2025-04-15"),
        (B, "2025-07-15", "2025-07-15"),
        ("2025-01-20-deepseek-r1-released", "None", "2025-01-20"),
        ("2025-09-30-nl-nexperia-order", "2025-10-12", "2025-10-12"),
        ("2024-08-01-cn-stockpiles-hbm", "None", "2024-08-31"),
        ("2025-10-06-huang-market-share-zero", "2025-10-16", "2025-10-16"),
        ("2025-05-13-bis-ascend-gp10-guidance", "None", "2025-05-13"),
    ],
)
def test_known_and_link_day(id_: str, known: str, day: str) -> None:
    assert (str(known_of(event(id_))), str(link_day(event(id_)))) == (known, day)


def test_a_forerunner_does_not_make_an_act_known() -> None:
    assert known_of(event("2025-10-09-senate-ndaa-gain-ai")) != date(2025, 9, 2)


def test_an_early_announcement_is_an_event_of_its_own() -> None:
    act = replace(event(A), dates={"announced": (date(2025, 3, 1),)})
    assert known_of(act) == date(2025, 4, 15)
    act = replace(event(A), dates={"announced": (date(2025, 4, 8),)})
    assert known_of(act) == date(2025, 4, 8)


def test_a_month_source_is_a_witness_from_the_end_of_its_month() -> None:
    act = event("2025-05-13-bis-ascend-gp10-guidance")
    assert not takes_part(act, date(2025, 5, 20))
    assert not takes_part(act, date(2025, 5, 30))
    assert takes_part(act, date(2025, 5, 31))


def test_an_event_without_dated_sources_is_there_from_its_link_day() -> None:
    act = event("2024-08-01-cn-stockpiles-hbm")
    assert [takes_part(act, date(2024, 8, day)) for day in (30, 31)] == [False, True]


def test_as_of_leaves_out_later_vintages() -> None:
    key = ("cn-aiserver-import-share", None)
    june, september = links_of(A, "2025-06-01")[key], links_of(A, "2025-09-01")[key]
    assert (june.next_after and june.next_after.observation.value) == 42
    assert (june.now and june.now.observation.value) == 42
    assert (september.next_after and september.next_after.observation.value) == 42
    assert (september.now and september.now.observation.value) == 49
    idc = links_of(A, "2025-09-01")["cn-accel-domestic-units-share", "year"]
    assert (idc.next_after, idc.now) == (None, None)


def test_the_same_day_stands_beside_and_not_before() -> None:
    link = links_of("2025-05-28-nvidia-q1-4-5bn-charge")["nvda-cn-revenue", "quarter"]
    assert words(link.known_before) == "~5.52 actual 2025-02-26"
    assert [words(one) for one in link.in_force] == ["=5.52 actual 2025-05-28 same_day"]
    assert words(link.next_after) == "=2.77 actual 2025-08-27 straddles"


def test_an_approximate_date_on_the_link_day_is_not_the_same_day() -> None:
    link = links_of("2025-08-26-cambricon-first-half-profit")["cn-vendor-sales-share", "cambricon"]
    assert [words(one) for one in link.in_force] == ["=3 estimate ~2025-08-27"]


def test_no_house_is_preferred_silently_and_dissent_is_found() -> None:
    rows = record().observations
    bernstein = next(o for o in rows if o.series == "huawei-ascend-units" and o.value == 700000)
    others = {house_of(one) for one in conflicts(bernstein, rows)}
    assert {"BIS Under Secretary Kessler", "IDC", "SemiAnalysis"} <= others
    assert 300000 not in {one.value for one in conflicts(bernstein, rows)}


def test_repeats_are_no_vintages() -> None:
    link = links_of(B)["nvda-cn-revenue", "quarter"]
    assert link.next_after is not None
    assert link.next_after.observation.published == date(2025, 8, 27)


def test_h200_in_december_lies_in_no_old_basis_period() -> None:
    link = links_of("2025-12-08-trump-allows-h200-25pct")["nvda-cn-revenue", "quarter"]
    assert link.now is None


def test_the_articles_figures_stay_claims() -> None:
    late = [links_of(e.id) for e in record().events if "cn-dc-domestic-share" in e.series
            and link_day(e) > date(2025, 8, 1) and link_day(e) < date(2025, 12, 1)]  # fmt: skip
    assert late
    for found in late:
        link = found["cn-dc-domestic-share", None]
        assert link.known_before is None
        article = [o for o in link.in_force if o.observation.house == "NetEase Hao post"]
        assert {o.nature for o in article} == {"claim"}
        assert any(
            o.observation.value == 40 and o.observation.flag == "unverified" for o in article
        )


def test_the_json_has_the_fields_of_the_contract() -> None:
    link = link_json(links_of(B)["cn-aiserver-import-share", None])
    assert list(link) == ["series", "variant", "title", "unit", "known_before", "in_force",
                          "next_after", "now"]  # fmt: skip
    assert list(link["in_force"][0]) == [
        "value", "value_low", "value_high", "qualifier", "nature", "period_start", "period_end",
        "published", "published_precision", "publisher", "via", "url", "flag", "straddles",
        "same_day",
    ]  # fmt: skip
    assert link["known_before"]["value"] == 63
    assert isinstance(link["known_before"]["value"], int)
    assert link["next_after"]["published_precision"] == "approx"


def test_the_headline_is_one_house_and_never_flagged() -> None:
    rows, series = record().observations, "cn-accel-domestic-units-share"
    assert headline(rows, series, date(2024, 6, 1)) is None
    spring = headline(rows, series, date(2025, 7, 15))
    assert spring is not None
    assert (spring.house, spring.observation.value) == ("IDC", 30)
    late = headline(rows, series, date(2026, 6, 1), as_of=date(2026, 3, 1))
    assert late is not None
    assert late.observation.value == 30
    assert headline(rows, "cn-dc-domestic-share", date(2026, 6, 1)) is None


def test_series_of_news_events() -> None:
    assert "nvda-cn-chip-units" in series_for(["H20"])
    assert "nvda-cn-chip-units" not in series_for(["Nvidia"])
    assert series_for(["H20", "MI308"])[-3:] == (
        "amd-mi308-revenue", "amd-cn-revenue-share", "cn-local-vendor-units",
    )  # fmt: skip
    assert series_for(["ASML"]) == ()


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("China requires state data centres to use more than 50% domestic chips",
         "cn-domestic-chip-target"),
        ("China tells chipmakers to use at least 50% domestic tools", None),
    ],
)  # fmt: skip
def test_a_quota_in_the_news_bears_on_targets(read: Reader, title: str, first: str | None) -> None:
    event = build([read(title, "", "2025-08-18")])
    assert event is not None
    assert next(iter(event.series), None) == first


# ---- made-up cases ---------------------------------------------------------------------------


SERIES = Series("s", "A series", "percent", "scope", "CN", "", "")


def seen(published: str, end: str = "2024-12-31", value: float = 1, **changes: Any) -> Observation:
    base = Observation(
        series="s", period_start=date(2024, 1, 1), period_end=date.fromisoformat(end), value=value,
        qualifier="=", nature="estimate", published=date.fromisoformat(published), publisher="One",
        via="", url="https://example.org", lang="en", note="", number=0,
    )  # fmt: skip
    return replace(base, **changes)


def act(day: str = "2025-06-10", **changes: Any) -> RecordEvent:
    page = Source("https://example.org", "P", date.fromisoformat(day), "en", False, None)
    base = replace(
        event(A), date=date.fromisoformat(day), sources=(page,), dates={}, series=("s",), known=None
    )
    return replace(base, **changes)


def link(rows: list[Observation], one: RecordEvent | None = None, **kw: Any) -> Link:
    numbered = [replace(o, number=n) for n, o in enumerate(rows)]
    (found,) = links(one or act(), numbered, [SERIES], **kw)
    return found


@pytest.mark.parametrize("flag", ["untraceable", "disputed"])
@pytest.mark.parametrize("nature", ["estimate", "forecast", "target"])
@pytest.mark.parametrize("published", ["2025-05-01", "2025-06-10", "2025-07-01"])
def test_bad_flags_take_no_slot(flag: str, nature: str, published: str) -> None:
    for end in ("2024-12-31", "2025-12-31"):
        found = link([seen(published, end, flag=flag, nature=nature)])
        assert row(found) == (None, [], None, None)


def test_a_flagged_claim_stands_beside_and_nowhere_else() -> None:
    found = link([seen("2025-05-01", "2025-12-31", flag="untraceable", nature="claim")])
    assert row(found) == (None, ["=1 claim 2025-05-01 [untraceable] straddles"], None, None)


def test_unverified_takes_every_slot() -> None:
    found = link(
        [seen("2025-05-01", flag="unverified"), seen("2025-08-01", "2025-12-31", flag="unverified")]
    )
    assert found.known_before
    assert found.next_after
    assert found.now


def test_a_claim_yields_to_a_figure_of_a_period_as_late() -> None:
    claim = seen("2025-03-01", nature="claim", value=50)
    assert len(link([claim]).in_force) == 1
    assert link([claim, seen("2025-04-01")]).in_force == ()
    assert len(link([claim, seen("2025-04-01", "2024-06-30")]).in_force) == 1


def test_a_target_ends_with_its_period() -> None:
    assert link([seen("2024-03-01", "2025-06-10", nature="target")]).in_force == ()
    assert len(link([seen("2024-03-01", "2025-06-11", nature="target")]).in_force) == 1


def test_a_target_is_never_what_came_next() -> None:
    assert link([seen("2025-07-01", "2025-12-31", nature="target")]).next_after is None


def test_of_one_day_a_measured_figure_comes_next_then_a_forecast_then_a_claim() -> None:
    claim = seen("2025-07-01", "2025-06-20", nature="claim", value=1)
    forecast = seen("2025-07-01", "2025-12-31", value=2)
    measured = seen("2025-07-01", "2025-06-30", value=3)
    for rows, value in (([claim, forecast, measured], 3), ([claim, forecast], 2), ([claim], 1)):
        found = link(rows).next_after
        assert found is not None
        assert found.observation.value == value


def test_repeated_changed_and_changed_back() -> None:
    rows = [seen("2025-01-10", value=1), seen("2025-02-10", value=1), seen("2025-03-10", value=2),
            seen("2025-04-10", value=1)]  # fmt: skip
    assert words(link(rows).known_before) == "=1 estimate 2025-04-10"
    assert words(link(rows[:2]).known_before) == "=1 estimate 2025-01-10"


def test_labels_yield_to_dates() -> None:
    assert nature_of(seen("2025-05-01", "2025-12-31")) == "forecast"
    assert nature_of(seen("2025-05-01", "2024-12-31", nature="forecast")) == "estimate"
    assert nature_of(seen("2025-05-01", "2025-05-01", nature="actual")) == "actual"


def test_a_period_that_ends_on_the_link_day_is_closed_and_not_after() -> None:
    found = link([seen("2025-07-01", "2025-06-10")])
    assert found.next_after is None
    assert link([seen("2025-01-01", "2025-06-10", nature="forecast")]).in_force == ()


def test_published_wins_over_derived_and_exact_over_approximate() -> None:
    derived, plain = seen("2025-04-02", value=30.4, derived=True), seen("2025-04-01", value=30)
    assert words(link([derived, plain]).known_before) == "=30 estimate 2025-04-01"
    about = seen("2025-04-01", value=31, published_precision="approx")
    assert words(link([about, plain]).known_before) == "=30 estimate 2025-04-01"


def test_a_variant_without_a_row_by_the_day_has_no_link() -> None:
    rows = [seen("2025-03-01", number=0), seen("2025-08-01", variant="v", number=1)]
    assert len(links(act(), rows, [SERIES])) == 2
    assert [k.variant for k in links(act(), rows, [SERIES], date(2025, 7, 1))] == [None]


def test_no_series_no_links() -> None:
    assert links(act(series=()), [seen("2025-03-01")], [SERIES]) == ()


def test_as_of_before_on_and_after_a_publication() -> None:
    rows = [seen("2025-07-01", "2025-12-31")]
    got = [links(act(), rows, [SERIES], date(2025, *day)) for day in ((6, 30), (7, 1), (7, 2))]
    assert [len(found) for found in got] == [0, 1, 1]


def test_the_days_of_a_month_event_hold_the_period_whole() -> None:
    month = act("2025-06-01", precision="month", sources=())
    assert days_of_event(month).last == date(2025, 6, 30)
    rows = [seen("2026-01-01", "2025-06-29"), seen("2026-02-01", "2025-06-30", 2)]
    found = link(rows, month)
    assert words(found.now) == "=2 estimate 2026-02-01"
    assert found.next_after is None


def test_no_link_of_the_record_joins_definitions_or_makes_a_value() -> None:
    """All events, all slots: each value is that of one row of the same series and variant."""
    said = {(o.series, o.variant, o.value, o.published, o.publisher) for o in record().observations}
    count = 0
    for one in record().events:
        for found in links(one, record().observations, record().series):
            for placed in (found.known_before, *found.in_force, found.next_after, found.now):
                if placed:
                    o = placed.observation
                    assert (found.series, found.variant, o.value, o.published, o.publisher) in said
                    count += 1
    assert count > 1000


@pytest.mark.parametrize(
    "day", ["2024-06-01", "2025-04-15", "2025-07-15", "2025-12-31", "2026-07-07"]
)
def test_no_link_of_the_record_knows_a_later_figure(day: str) -> None:
    as_of = date.fromisoformat(day)
    cut = [one for one in record().observations if one.published <= as_of]
    for one in record().events:
        late = links(one, record().observations, record().series, as_of)
        assert late == links(one, cut, record().series)
        before = {
            (k.series, k.variant): k for k in links(one, record().observations, record().series)
        }
        for found in late if link_day(one) < as_of else ():
            whole = before[found.series, found.variant]
            assert (found.known_before, found.in_force) == (whole.known_before, whole.in_force)
