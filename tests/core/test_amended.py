"""Actors and other days of events as people mended them: the same in any order of lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core import amended
from tracker.core.build import build
from tracker.core.decisions import standing
from tracker.core.examples import mention
from tracker.model import Decision

TOLD = replace(mention(), actors=("Huawei", "BIS"), dates={"effective": (date(2019, 5, 21),)})


def line(
    number: int, verdict: str, value: str, *items: str, by: str = "mw", minute: int = 0
) -> Decision:
    at = f"2026-01-01T00:{minute:02}:00Z"
    return Decision(f"k{number}", verdict, items or ("a1",), value, by, at, "")


@pytest.mark.parametrize(
    ("verdict", "value"),
    [("actor", "Huawei"), ("actor", "+"), ("actor", "+ \u200b"), ("actor", ""),
     ("date", "effectiv 2026-01-01"), ("date", "effective"), ("date", "effective 2026-02-30")],
)  # fmt: skip
def test_what_is_not_written_so_is_refused(verdict: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        amended.read(verdict, value)


def test_what_a_foreign_file_names_is_text_alone() -> None:
    assert amended.read("actor", "+\x1b[31mAnwar\nIbrahim") == ("Anwar Ibrahim", "+")


SAID = st.lists(
    st.tuples(
        st.sampled_from(["+Huawei", "-Huawei", "+Anwar", "-Anwar", "-BIS", "effective none",
                         "effective 2026-12-14", "expires 2027-01-31", "expires none", "back"]),
        st.integers(0, 9), st.sampled_from(["a1", "b2"]),
    ), max_size=10,
)  # fmt: skip


@given(SAID, st.randoms())
def test_an_event_is_the_same_in_any_order_and_as_it_was_when_all_is_taken_back(
    rows: list[tuple[str, int, str]], dice: object
) -> None:
    lines = [
        line(n, "withdrawn", f"k{minute}", minute=59) if value == "back"
        else line(n, "actor" if value[0] in "+-" else "date", value, item, minute=minute)
        for n, (value, minute, item) in enumerate(rows)
    ]  # fmt: skip
    news = [TOLD, replace(TOLD, item_id="b2")]
    mixed = [*lines, *lines[::2]]
    dice.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    dice.shuffle(news)  # type: ignore[attr-defined]  # as above
    mended = build(news, decisions=standing(mixed))
    assert mended == build([*reversed(news)], decisions=standing(lines))
    undone = [*lines, *(line(100 + n, "withdrawn", one.key) for n, one in enumerate(lines))]
    assert build(news, decisions=standing(undone)) == build(news)


def test_the_later_line_about_a_name_holds_and_others_stand_beside_it() -> None:
    said = standing([
        line(1, "actor", "-Huawei"), line(2, "actor", "+Anwar"), line(3, "actor", "+ASML"),
        line(4, "actor", "+Huawei", minute=1), line(5, "date", "expires 2027-01-31"),
        line(6, "date", "effective none"),
    ])  # fmt: skip
    event = build([TOLD], decisions=said)
    assert event is not None
    assert event.actors == (*build_actors(), "ASML", "Anwar")
    assert event.dates == {"expires": (date(2027, 1, 31),)}
    assert said.named() == frozenset({"a1"})


def build_actors() -> tuple[str, ...]:
    event = build([TOLD])
    assert event is not None
    return event.actors


def test_two_people_who_say_the_opposite_of_one_name_get_a_clear_word() -> None:
    told = standing([
        line(1, "actor", "+Anwar"), line(2, "actor", "-Anwar", by="zl", minute=1),
        line(3, "actor", "+ASML", by="zl", minute=2), line(4, "date", "expires none", minute=3),
    ]).contradictions  # fmt: skip
    assert told == ("a1: mw said actor +Anwar, zl later actor -Anwar; the later line holds",)
