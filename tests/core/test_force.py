"""Days of force beside the act: when it begins, how long one may comment, what is put off."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.core.build import build
from tracker.core.examples import mention
from tracker.core.force import days_of_force
from tracker.core.when import find_phrases

DAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("said", "name", "day"),
    [
        ("US to require licences for HBM exports from Jan. 1", "effective", "2027-01-01"),
        ("It issued a rule that would require licences from Dec. 20.", "effective", "2026-12-20"),
        ("A 50% tariff on chips from Dec. 23 was announced.", "effective", "2026-12-23"),
        ("It is open for public comment until Dec. 12.", "comments_close", "2026-12-12"),
        ("BIS extends comment period on chip rule to Jan. 9", "comments_close", "2027-01-09"),
        ("The comment period on the rule was extended to Jan. 9.", "comments_close", "2027-01-09"),
        ("The licence is valid until Dec. 12.", "expires", "2026-12-12"),
        ("The suspension runs to Nov. 18, 2027.", "suspended_until", "2027-11-18"),
        (
            "China would extend the suspension of countermeasures against five U.S.-linked units of"
            " South Korean shipbuilder Hanwha Ocean to Nov. 10, 2027.",
            "suspended_until",
            "2027-11-10",
        ),
        (
            "The suspension was extended by a year to Nov. 10, 2027.",
            "suspended_until",
            "2027-11-10",
        ),
        (
            "It would extend the suspension of its ban on exports of gallium, germanium and antimony"
            " to the United States until Nov. 27, 2027.",
            "suspended_until",
            "2027-11-27",
        ),
        (
            "It said it would extend the suspension of its 50 Percent Rule on subsidiaries of listed"
            " firms until Nov. 9, 2027.",
            "suspended_until",
            "2027-11-09",
        ),
        (
            "It paused its review of licences, which are valid until Dec. 12.",
            "expires",
            "2026-12-12",
        ),
        (
            "It suspended a ban in May. Licences granted to the makers of chips and of all the tools for"
            " them last until Dec. 12.",
            "expires",
            "2026-12-12",
        ),
        (
            "US pauses drone import ban until June 30\nIt would delay the ban on drones, due Dec. 23, to"
            " June 30, 2027.",
            "suspended_until",
            "2027-06-30",
        ),
        ("商务部将石墨出口许可要求推迟至12月20日。", "effective", "2026-12-20"),
    ],
)
def test_each_day_has_its_name(said: str, name: str, day: str) -> None:
    found = days_of_force(find_phrases(said, DAY), said, DAY, "rule")
    assert {one: [str(day) for day in days] for one, days in found.items()} == {name: [day]}


def test_one_act_whose_reports_end_it_by_two_names_has_one_line_a_day() -> None:
    day, begins = date(2027, 11, 27), date(2026, 11, 27)
    one = mention(kind="rule", dates={"expires": (day,), "effective": (begins,)})
    other = mention(item_id="b2", url="https://b.example/1", kind="rule",
                    dates={"suspended_until": (day,)})  # fmt: skip
    event = build([one, other])
    assert event is not None
    assert event.dates == {"effective": (begins,), "suspended_until": (day,)}


def test_a_rule_put_off_begins_on_the_later_day_alone() -> None:
    said = "It delayed its rule on software, due to take effect on Dec. 25, to Jan. 15."
    found = days_of_force(find_phrases(said, DAY), said, DAY, "rule")
    assert found == {"effective": (date(2027, 1, 15),)}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("They hold talks from Dec. 3.", "talks"),
        ("Licences have been required from Nov. 3.", "rule"),
    ],
)
def test_a_meeting_or_what_lies_behind_begins_no_force(said: str, kind: str) -> None:
    assert days_of_force(find_phrases(said, DAY), said, DAY, kind) == {}
