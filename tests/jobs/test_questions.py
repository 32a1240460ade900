"""A question as SQL and the same question in the core give the same events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.jobs.rooms import Room, copied
from tracker.core.instruments import instruments_named
from tracker.core.places import codes_of
from tracker.core.question import Question, answers
from tracker.errors import UsageProblem
from tracker.jobs import ask
from tracker.jobs.ask import events as ask_events
from tracker.jobs.ask import resolve
from tracker.model import INSTRUMENTS
from tracker.store.curated import Curated
from tracker.store.derived import Derived
from tracker.store.questions import prefilter
from tracker.view.glyphs import INSTRUMENTS as SHORT
from tracker.view.glyphs import instrument_words


@pytest.mark.parametrize(
    ("word", "instrument"),
    [
        ("约谈", "summons"), ("約談", "summons"), ("公告", "mofcom-announcement"),
        ("Federal Register rule", "federal-register-rule"), ("RULE", "federal-register-rule"),
        ("is-informed letter", "is-informed-letter"), ("Executive Order", "executive-order"),
        ("executive-order", "executive-order"), ("announcement", "mofcom-announcement"),
        ("court filing", "court-filing"),
    ],
)  # fmt: skip
def test_an_instrument_answers_to_what_the_screens_print(
    filled: Room, word: str, instrument: str
) -> None:
    assert resolve(Curated(filled.house.reader()), "instrument", word) == (instrument,)


def test_what_every_screen_says_of_an_instrument_is_taken() -> None:
    for name in INSTRUMENTS:
        for words in (instrument_words(name), SHORT.get(name, name), name.upper()):
            assert name in instruments_named(words.casefold())


def test_an_instrument_that_nobody_knows_names_the_choices(filled: Room) -> None:
    curated = Curated(filled.house.reader())
    with pytest.raises(UsageProblem) as near:
        resolve(curated, "instrument", "executive ordr")
    assert near.value.hint == "did you mean executive-order?"
    with pytest.raises(UsageProblem) as far:
        resolve(curated, "instrument", "zyxwvut")
    assert far.value.hint == f"one of {', '.join(INSTRUMENTS)}"


QUESTIONS = (
    Question(),
    Question(since=date(2025, 5, 10), until=date(2025, 5, 12)),
    Question(since=date(2025, 5, 12)),
    Question(until=date(2022, 10, 7)),
    Question(since=date(2024, 1, 1), until=date(2024, 1, 1)),
    Question(kinds=("rule", "talks"), directions=("ease",)),
    Question(statuses=("proposed",)),
    Question(instruments=("is-informed-letter",)),
    Question(actors=("Nvidia",), items=("H20", "H200")),
    Question(jurisdictions=("CN",), official=True),
    Question(terms=("Entity List",), min_witnesses=2),
    Question(series=("cn-accel-domestic-units-share",)),
    Question(measures=("us-china-tariff-truce",)),
    Question(since=date(2025, 1, 1), until=date(2025, 6, 30), date_field="known"),
    Question(since=date(2026, 1, 1), date_field="effective", kinds=("rule",)),
    Question(origins=("news",)),
    Question(grep="gallium"),
)


@pytest.fixture(scope="module")
def derived(template: Path) -> Iterator[Derived]:
    """The events of the record; these tests only read."""
    room = Room(template.parent)
    yield Derived(room.house.reader())
    room.house.close()


def test_an_answer_knows_where_the_record_was_not_searched(template: Path) -> None:
    room = Room(template.parent)
    db = room.house.reader()
    asked = {day: ask.timeline(room.house, db, Question(since=day)).searched_from
             for day in (None, date(2019, 1, 1), date(2022, 10, 7))}  # fmt: skip
    room.house.close()

    begin = date(2022, 10, 7)
    assert asked == {None: begin, date(2019, 1, 1): begin, begin: None}


def test_an_empty_answer_on_a_measure_names_where_its_news_stands(template: Path) -> None:
    room = Room(template.parent)
    asked = Question(since=date(2030, 1, 1), measures=("us-china-tariff-truce",))
    notes = ask.timeline(room.house, room.house.reader(), asked).notes
    room.house.close()

    assert [note.endswith("tracker status us-china-tariff-truce") for note in notes] == [
        False,
        True,
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_sql_lets_through_what_answers_and_where_exact_nothing_else(
    derived: Derived, question: Question
) -> None:
    wanted = [event.id for event in derived.events() if answers(event, question)]
    where, values, exact = prefilter(question)
    found = [event.id for event in derived.events(where, values)]
    assert [id_ for id_ in found if id_ in set(wanted)] == wanted
    assert not exact or found == wanted
    assert wanted or question.origins


def test_an_act_known_to_the_month_is_inside_from_its_first_day_to_its_last(
    derived: Derived,
) -> None:
    """It may carry any day of the month: nobody sees that day, and it decides nothing."""
    (act,) = derived.events("id = ?", ("2024-01-15-huang-trip-china-new-year",))
    assert (act.precision, act.date.day) == ("month", 15)
    for question, inside in (
        (Question(since=date(2023, 12, 31), until=date(2024, 1, 1)), True),
        (Question(since=date(2024, 1, 31)), True),
        (Question(until=date(2023, 12, 31)), False),
        (Question(since=date(2024, 2, 1)), False),
    ):
        where, values, _ = prefilter(question)
        assert answers(act, question) == inside
        assert (act in derived.events(where, values)) == inside


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("US", ("USA", "u.s.", "Washington", "美國", "美国")),
        ("CN", ("China", "PRC", "中國", "Beijing", "北京")),
        ("NL", ("Netherlands", "Dutch", "荷蘭")),
        ("JP", ("Japan", "日本")),
        ("TW", ("Taiwan", "臺灣")),
        ("KR", ("South Korea", "韓國")),
        ("AE", ("UAE", "阿联酋")),
    ],
)
def test_a_jurisdiction_answers_to_its_names(
    template: Path, code: str, words: tuple[str, ...]
) -> None:
    room = Room(template.parent)
    db = room.house.reader()
    asked = {resolve(Curated(db), "jurisdiction", word) for word in (code, code.lower(), *words)}
    assert asked == {(code,)}
    found = ask_events(room.house, db, Question(jurisdictions=(code,)))
    assert found
    assert all(code in event.jurisdiction for event in found)
    room.house.close()


def test_every_jurisdiction_of_the_record_has_names(derived: Derived, filled: Room) -> None:
    codes = {code for event in derived.events() for code in event.jurisdiction}
    assert codes <= set(codes_of(filled.house.lexicon))


@pytest.mark.parametrize(
    ("title", "code", "words"),
    [
        ("India tightens export licences for AI chips to China", "IN", ("India", "印度", "Indian")),
        ("加拿大將中國企業列入出口管制名單", "CA", ("Canada", "加拿大", "ottawa")),
        ("UK adds chip tools to its export control list", "GB", ("UK", "Britain", "英國", "gb")),
    ],
)
def test_an_act_of_another_country_is_found_by_its_names(
    template: Path, tmp_path: Path, title: str, code: str, words: tuple[str, ...]
) -> None:
    room = copied(template, tmp_path)
    db = room.house.writer()
    room.arrive(db, title, published="2024-05-20T10:00:00Z")
    room.derive(db)
    for word in words:
        asked = resolve(Curated(db), "jurisdiction", word)
        found = ask_events(room.house, db, Question(jurisdictions=asked, origins=("news",)))
        assert [(one.title, one.jurisdiction[0]) for one in found] == [(title, code)]
    room.house.close()


def test_where_too_many_ids_are_known_they_are_not_shortened(
    filled: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = filled.house.reader()
    some = Question(since=date(2025, 7, 1), until=date(2025, 7, 31))
    short = ask.timeline(filled.house, db, some, linked=False).short
    monkeypatch.setattr(ask, "IDS", Derived(db).count() - 1)
    whole = ask.timeline(filled.house, db, some, linked=False).short

    assert short.keys() == whole.keys()
    assert any(value != id_ for id_, value in short.items())
    assert all(value == id_ for id_, value in whole.items())
