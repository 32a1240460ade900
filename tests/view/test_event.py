"""The event card."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from rich.cells import cell_len

from tests.view import sample
from tests.view.golden import agrees, drawn
from tracker.view import event as view


@pytest.mark.parametrize("width", [60, 80, 100])
def test_the_card_as_printed(width: int) -> None:
    agrees(f"event-{width}.txt", drawn(view.render(sample.card(), width=width, why=True), width))


@pytest.mark.parametrize("width", [20, 33, 43, 44, 59, 60, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for ascii_ in (False, True):
        text = drawn(view.render(sample.card(), width=width, ascii=ascii_, why=True), width)
        wide = [line for line in text.splitlines() if cell_len(line) > width]
        assert [line for line in wide if not line.strip().startswith("https://")] == []


def test_a_card_made_by_rules_names_no_day_to_which_a_person_looked() -> None:
    card = sample.card()
    assert "record to" in view.plain(card)
    news = view.plain(replace(card, event=replace(card.event, origin="news")))
    assert "  news, not in the record\n" in news
    assert "record to" not in news


def test_an_address_is_one_line_however_long_it_is() -> None:
    address = "https://example.org/" + "a-long-way-" * 12
    card = replace(sample.card(), event=replace(sample.CASE, sources=(sample.source(url=address),)))
    text = drawn(view.render(card, width=60), 60)
    assert f"    {address}" in text.splitlines()


def test_dissent_conflict_and_lag_are_shown() -> None:
    text = view.plain(sample.card())
    assert "dissent: Wire has neutral" in text
    assert "differ: IDC >30%, Bernstein 34%, Huang 50%" in text
    assert "+3 h" in text
    assert "headline or text changed 1 time" in text


def test_why_quotes_the_words_with_their_place_and_the_nearest_refusal() -> None:
    text = view.plain(sample.card(), why=True)
    assert (
        "+0.60 resumed: '恢复 … 出口 … MI308' (db/lexicon/acts.toml:9) [headline 5, 10, 12]" in text
    )
    assert "[headline 1, 5]" in text, "the newest text is quoted"
    assert "'Monday' read as 2025-07-14 (plain)\n" in text, "what stands nowhere has no place"
    assert "Nearest refused" in text
    assert "-0.40 day: 40 days apart" in text
    assert "Nearest refused" not in view.plain(sample.card())


def test_why_a_report_below_the_line_counts_and_what_it_joined_are_said_in_words() -> None:
    card = sample.card()
    one, other = card.reports
    near = sample.replace(other, mention=sample.replace(other.mention, relevant=False, score=2.1))
    joined = (sample.replace(card.joins[0], right="b/9"),)
    text = view.plain(sample.card(reports=(one, near), joins=joined), why=True)
    assert "(score 2.10, below the line by itself; others tell of the act)" in text
    assert text.count("below the line") == 1
    assert "with Wire “AMD to restart MI308 exports”: 0.83" in text


def test_where_nothing_came_near_that_is_said() -> None:
    text = view.plain(sample.card(refused=()), why=True)
    assert "Nearest refused\n  none: " in text


def test_what_people_decided_is_named_with_who_and_why() -> None:
    said = "2026-07-10 mw, redate 2025-07-15: the day of the letter (000003-33647a90a719-0)"
    assert said in view.plain(sample.card())
    told = json.loads(view.as_json(sample.card()))["decisions"]
    assert [(one["verdict"], one["value"], one["by"]) for one in told] == [
        ("redate", "2025-07-15", "mw")
    ]


def test_a_publication_given_as_a_day_is_no_midnight() -> None:
    one, two = sample.card().reports
    day = [replace(text, published=datetime(2025, 7, 15, tzinfo=UTC), offset=None,
                   published_raw="2025-07-15") for text in one.revisions]  # fmt: skip
    card = sample.card(reports=(replace(one, revisions=tuple(day)), two))
    text = view.plain(card)
    assert "2025-07-15 快科技: " in text
    assert "first day]" in text
    assert "00:00" not in text
    said = [replace(text, published_raw="2025-07-15T00:00:00Z") for text in day]
    card = sample.card(reports=(replace(one, revisions=tuple(said)), two))
    assert "2025-07-15 00:00 快科技: " in view.plain(card)


def test_reports_of_one_wire_name_it() -> None:
    one, two = sample.card().reports
    wired = [replace(r, mention=replace(r.mention, keys=("wire:reuters",))) for r in (one, two)]
    text = view.plain(sample.card(reports=tuple(wired)))
    assert text.count("origin reuters") == 2
    assert "origin reuters" not in view.plain(sample.card())


def test_an_approximate_publication_gets_no_distance() -> None:
    """An order is never derived from an approximate date."""
    vague = sample.observation(published_precision="approx")
    placed = sample.Placed(vague, "estimate", straddles=False, same_day=False)
    link = sample.replace(sample.LINK, known_before=placed, next_after=None, in_force=())
    text = view.plain(sample.card(links=(link,), observations=()))
    assert "estimate, ~31 Mar 2025 (period -196d)" in text


def test_an_empty_slot_takes_no_line_and_an_empty_series_one() -> None:
    text = view.plain(sample.card())
    assert "none found" not in text
    assert text.count("known before") == 1
    later = sample.replace(sample.LINK, known_before=None, in_force=())
    text = view.plain(sample.card(links=(later,), observations=()))
    assert "no figure public on 15 Jul 2025 for:" in text
    assert "cn-local · later: IDC ~41% for 2025" in text
    never = sample.replace(later, next_after=None)
    text = view.plain(sample.card(links=(never,), observations=()))
    assert "    cn-local\n" in text


def test_of_series_that_are_no_shares_only_the_names_stand_there() -> None:
    assert sample.LINK.next_after
    gone = sample.replace(sample.LINK, known_before=None, in_force=())
    money = sample.replace(gone, series="chip-revenue", unit="usd_bn", variant="year")
    units = sample.replace(gone, series="chips-made", unit="units")
    text = view.plain(sample.card(links=(money, gone, units), observations=()))
    assert "    chip-revenue/year, chips-made\n" in text
    assert text.count("later:") == 1


def test_a_variant_that_stands_alone_is_told_in_the_title() -> None:
    year = sample.replace(sample.LINK, variant="year")
    half = sample.replace(sample.LINK, variant="half-year")
    alone = view.plain(sample.card(links=(year,)))
    assert f"  {sample.LINK.title} [year]\n" in alone
    both = view.plain(sample.card(links=(half, year)))
    assert both.count(f"  {sample.LINK.title}\n") == 1
    assert "  [half-year]\n" in both


def test_the_latest_vintage_is_told_once() -> None:
    assert sample.LINK.next_after
    same = sample.replace(sample.LINK, now=sample.LINK.next_after)
    text = view.plain(sample.card(links=(same,)))
    assert text.count("IDC ~41% for 2025") == 1
    assert "straddles; still the latest)" in text
    other = sample.replace(sample.LINK.next_after, observation=sample.FORECAST)
    text = view.plain(sample.card(links=(sample.replace(same, now=other),)))
    assert "now          □ TrendForce 40%" in text or "now          ■ TrendForce 40%" in text


def test_json_holds_the_contract_and_the_reasons_only_when_asked() -> None:
    plain = json.loads(view.as_json(sample.card()))
    assert plain["event"]["id"] == sample.CHINESE.id
    assert "joins" not in plain
    asked = json.loads(view.as_json(sample.card(), why=True))
    assert asked["joins"][0]["reasons"][0]["name"] == "item"


def test_a_bare_event_still_makes_a_card() -> None:
    bare = sample.card(event=sample.BARE, links=(), reports=(), joins=(), refused=())
    text = view.plain(bare, why=True)
    assert "Sources: none in the record" in text
    assert "\x1b" not in view.plain(sample.card(event=sample.HOSTILE_EVENT))


def test_a_form_that_has_no_name_is_not_named() -> None:
    bare = sample.card(event=sample.replace(sample.BARE, binding=True))
    assert "act        company · binding\n" in view.plain(bare)


def test_the_names_of_days_are_whole() -> None:
    """Cut to the column, "suspended until" would read as a day on which something stopped."""
    card = sample.card()
    days = {
        "suspended_until": (date(2026, 11, 9),),
        "comments_close": (date(2025, 9, 1),),
    }
    event = sample.replace(card.event, dates=days)
    text = view.plain(sample.replace(card, event=event))
    assert "suspended  until 9 Nov 2026" in text
    assert "comments   close 1 Sep 2025" in text
