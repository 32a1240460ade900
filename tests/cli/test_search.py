"""``search`` as typed: words that look like options, the contract, hints, what a pipe gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import Program


@pytest.fixture(scope="module")
def program(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program(tmp_path_factory.mktemp("home")).fill(template)


def test_the_contract_of_json(program: Program) -> None:
    body = json.loads(program.run("search", "穿透規則", "--format", "json").stdout)

    assert set(body) == {"schema_version", "events", "entries"}
    assert (body["schema_version"], body["entries"]) == (1, [])
    fields = {"id", "date", "title", "kind", "direction", "snippet"}
    assert all(fields <= set(event) for event in body["events"])
    days = [event["date"] for event in body["events"]]
    assert days == sorted(days, reverse=True)
    assert {"2025-09-29", "2025-11-10"} <= set(days)


def test_every_name_gives_the_same_events_on_an_empty_machine(tmp_path: Path) -> None:
    program = Program(tmp_path)
    answers = {
        program.run("search", word, "--format", "json", "--limit", "500").stdout
        for word in ("nvidia", "英伟达", "輝達", "NVDA")
    }
    events = [[event["id"] for event in json.loads(text)["events"]] for text in answers]
    assert len(events[0]) > 40
    assert all(ids == events[0] for ids in events)


def files(program: Program) -> list[Path]:
    """What lies in the home, but for what SQLite keeps beside a database that is read."""
    found = program.home.rglob("*")
    return sorted(path for path in found if not path.name.endswith(("-wal", "-shm")))


@pytest.mark.parametrize("word", ["-rumour", "-other", "-huawei", "-format", "-limit"])
def test_a_word_left_out_is_never_an_option(program: Program, tmp_path: Path, word: str) -> None:
    before = files(program)
    done = program.run("search", "nvidia", word)

    assert (done.returncode, files(program)) == (0, before)
    assert "Usage" not in done.stdout
    assert "\t" in done.stdout


def test_what_is_left_out_is_left_out(program: Program) -> None:
    every, some, both = (
        [
            line.split("\t")[2]
            for line in program.run("search", *words, "--limit", "1000").stdout.splitlines()
        ]
        for words in (("nvidia",), ("nvidia", "-huawei"), ("nvidia", "huawei"))
    )
    assert both
    assert sorted([*some, *both]) == sorted(every)


def test_an_option_of_other_commands_is_an_error_and_no_word(program: Program) -> None:
    done = program.run("search", "nvidia", "--since", "2026")

    assert (done.returncode, done.stdout) == (2, "")
    assert "search has no option --since" in done.stderr
    assert "since:" in done.stderr


def test_an_unknown_field_is_text_with_a_hint_on_stderr(program: Program) -> None:
    done = program.run("search", "colour:H20")

    assert done.returncode == 0
    assert "there is no field 'colour'" in done.stderr


@pytest.mark.parametrize("words", ["since:", "actor:", "H20 kind:", "Actor："])
def test_a_field_without_a_value_is_text_with_a_hint_on_stderr(
    program: Program, words: str
) -> None:
    done = program.run("search", words)
    assert done.returncode == 0
    name = words.split()[-1].rstrip(":：").lower()
    assert f"{name}: has no value: searched as text" in done.stderr


def test_an_instrument_is_asked_for_as_screens_print_it(program: Program) -> None:
    by_id = program.run("search", "instrument:summons").stdout
    assert by_id
    assert program.run("search", "instrument:约谈").stdout == by_id


def test_nothing_found_and_nothing_asked_say_so(program: Program) -> None:
    nothing = program.run("search", "zyxwvut")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "Nothing found for 'zyxwvut'" in nothing.stderr
    for typed, told in (
        (" ", "Nothing to search for"), ("!!!", "Nothing to search for"), ("AND", "'AND'"),
        ("H20 since:2025-13", "since: '2025-13' is not in the calendar"),
        ("until:abc", "until: 'abc' is not a date: write YYYY"),
    ):  # fmt: skip
        wrong = program.run("search", typed)
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert told in wrong.stderr


def test_the_table_marks_words_and_fits(program: Program) -> None:
    done = program.run(
        "--color", "always", "search", "H20", "--limit", "3", "--format", "table", COLUMNS="60"
    )

    assert "\x1b[1mH20\x1b[0m" in done.stdout
    assert program.run("search", "H20", "--format", "tabel").returncode == 2
    plain = program.run("search", "H20", "--limit", "3").stdout.splitlines()
    assert [line.count("\t") for line in plain] == [4, 4, 4]


@pytest.mark.parametrize("words", [("-h",), ("--help",)])
def test_help_is_still_help(program: Program, words: tuple[str, ...]) -> None:
    assert "Usage: tracker search" in program.run("search", *words).stdout


def test_output_goes_to_a_file(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "found.json"
    program.run("search", "3A090", "--format", "json", "--output", str(path))

    assert json.loads(path.read_text("utf-8"))["events"]


def test_o_names_a_file_and_a_word_left_out_stays_one(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "found.json"
    assert program.run("search", "-o", str(file), "ASML").stdout == ""
    ids = {event["id"] for event in json.loads(file.read_text())["events"]}
    assert ids
    fewer = json.loads(program.run("search", "ASML", "-order", "--format", "json").stdout)
    assert {event["id"] for event in fewer["events"]} < ids
    for words in (("ASML", "-o"), ("-o", str(file))):
        assert program.run("search", *words).returncode == 2


def test_a_day_is_printed_as_far_as_it_is_known_and_a_span_to_its_end(program: Program) -> None:
    """As everywhere else: ``2024-08`` for a month, both ends of a meeting of three days."""

    def lines(query: str, *options: str) -> list[str]:
        return program.run("search", query, *options).stdout.splitlines()

    month = "stockpile HBM since:2024-08 until:2024-08-01"
    span = '"Geneva talks" kind:talks until:2025-05'
    assert [line.split("\t")[1] for line in lines(month)] == ["2024-08"]
    assert "2025-05-10/2025-05-12" in [line.split("\t")[1] for line in lines(span)]
    assert lines(month, "--format", "table")[1].startswith("2024-08  Reuters")
    days = [line[:10].strip() for line in lines(span, "--format", "table")]
    assert days[days.index("2025-05-10") + 1] == "/05-12"
