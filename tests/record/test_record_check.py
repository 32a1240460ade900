"""The shipped record passes, and each named check has a file that fails it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.errors import RecordError
from tracker.jobs.lint import knower
from tracker.record.check import CHECKS, READING, check
from tracker.record.lexicon import load_lexicon

SHIPPED = Path(__file__).parents[2] / "db" / "record"
EVENT = "events/2025/2025-05-13-first.toml"
MEASURE = "measures/rule.toml"


def known(kind: str, word: str) -> bool:
    """A lexicon of one actor and one item."""
    return (kind, word) in {("actor", "BIS"), ("item", "H20")}


Edit = Callable[[str, str, str], Path]

# (check, file, old text, new text, words of the message): one file that fails each check.
MISTAKES = [
    ("syntax", EVENT, "terms = []", "terms = [", "not TOML"),
    ("missing-key", EVENT, 'summary = "What it says."\n', "", "summary is missing"),
    ("missing-key", "series.toml", 'unit = "percent"\n', "", "unit is missing"),
    ("missing-key", MEASURE, 'by = "Washington"\n', "", "by is missing"),
    ("unknown-key", "claims.toml", "why =", "wy =", "unknown key 'wy'"),
    ("wrong-type", EVENT, 'title = "A rule"', 'title = ""', "blank text"),
    ("wrong-type", EVENT, 'kind = "rule"', "kind = 3", "kind must be text"),
    ("wrong-type", EVENT, "[dates]", "[[dates]]", "dates must be a table"),
    ("dates-shape", EVENT, 'announced = "2025-05-13"', 'announced = "2025-02-30"', "calendar"),
    ("known-values", EVENT, 'kind = "rule"', 'kind = "law"', "unknown kind 'law'"),
    ("known-values", EVENT, '"federal-register-rule"', '"letter"', "unknown instrument"),
    ("known-values", MEASURE, 'state = "in_force"', 'state = "in force"', "unknown state"),
    ("known-values", "observations.toml", '"estimate"', '"guess"', "unknown nature"),
    ("ids-unique", "series.toml", 'note = ""', 'note = ""\n' + "{series}", "used twice"),
    ("ids-unique", EVENT, 'id = "2025-05-13-first"', 'id = "2025-05-13-First"', "no event id"),
    ("id-is-file-name", EVENT, 'id = "2025-05-13-first"', 'id = "2025-05-13-one"', "the id is"),
    ("id-is-file-name", MEASURE, 'id = "rule"', 'id = "ruler"', "the id is 'ruler'"),
    ("dates-in-order", EVENT, 'kind = "rule"', 'end_date = "2025-05-12"\nkind = "rule"', "not after"),
    ("dates-in-order", EVENT, '["2025-06-01", "2025-07-01"]', '["2025-07-01", "2025-06-01"]', "rise"),
    ("dates-in-order", EVENT, "[dates]", '[dates]\nexpires = "2025-05-01"', "lies before"),
    ("dates-in-order", EVENT, 'kind = "rule"', 'known_precision = "approx"\nkind = "rule"', "known"),
    ("partial-dates", EVENT, '"2025-05"', '"May 2025"', "no month or year"),
    ("partial-dates", EVENT, '"2025-05"', '"2025-05-13"', "no month or year"),
    ("title-length", EVENT, "A rule", "A rule " * 14, "has 98 characters"),
    ("addresses", EVENT, "https://example.org/rule", "ftp://example.org/rule", "no http(s)"),
    ("addresses", EVENT, "https://example.org/rule", "https:///rule", "no http(s)"),
    ("addresses", "observations.toml", "https://example.org", "javascript:1", "no http(s)"),
    ("addresses", "claims.toml", "https://example.org/rule", "example.org", "no http(s)"),
    ("sources", EVENT, "https://example.org/report", "https://example.org/rule", "twice"),
    ("sources", EVENT, 'jurisdiction = ["US"]', "jurisdiction = []", "jurisdiction is empty"),
    ("evidence", EVENT, "official = true", "official = false", "carries evidence"),
    ("names-known", EVENT, '"BIS"', '"BSI"', "actor 'BSI' is not in the lexicon"),
    ("names-known", MEASURE, '"H20"', '"H21"', "item 'H21' is not in the lexicon"),
    ("duplicate-events", EVENT, "", "{second}", "same day and title"),
    ("cited-exist", EVENT, 'series = ["share"]', 'series = ["shares"]', "no series 'shares'"),
    ("cited-exist", "observations.toml", 'series = "share"', 'series = "x"', "no series 'x'"),
    ("cited-exist", "claims.toml", "2025-05-13-first", "2025-05-13-none", "no event"),
    ("cited-exist", MEASURE, "2025-05-13-first", "2025-05-13-none", "no event"),
    ("periods", "observations.toml", '"2024-12-31"', '"2023-12-31"', "lies before period_start"),
    ("periods", "observations.toml", "value_low = 25\n", "", "both given"),
    ("periods", "observations.toml", "value_low = 25", "value_low = 31", "between"),
    ("periods", "observations.toml", "value = 14", "value = 140", "no percentage"),
    ("forecast-labels", "observations.toml", '"forecast"', '"estimate"', "published before"),
    ("forecast-labels", "observations.toml", '"estimate"', '"forecast"', "after its period"),
    ("duplicate-figures", "observations.toml", "", "{figure}", "the figure of line 1 again"),
    ("chains", MEASURE, 'until = "2025-05-31"', 'until = "2025-05-30"', "gap"),
    ("chains", MEASURE, 'until = "2025-05-31"', 'until = "2025-06-01"', "overlap"),
    ("chains", MEASURE, 'until = "2025-05-31"\n', "", "no until"),
    ("chains", MEASURE, 'until = "2025-05-31"', 'until = "2025-05-01"', "lies before from"),
    ("chains", MEASURE, 'note = "first parts"', 'stage = "first parts"', "stage"),
    ("checked", MEASURE, 'checked = "2026-01-31"', 'checked = "2025-05-12"', "became known"),
    ("aliases", MEASURE, '"first rule", ', '"first rule", "first rule", ', "stands twice"),
]  # fmt: skip


def test_the_shipped_record_has_no_problem() -> None:
    report = check(SHIPPED)

    assert [str(problem) for problem in report.problems] == []
    assert report.counts["events"] == 444


def test_every_name_of_the_shipped_record_is_in_the_lexicon() -> None:
    knows = knower(load_lexicon(SHIPPED.parent / "lexicon"))

    assert [str(problem) for problem in check(SHIPPED, knows).problems] == []
    assert not knows("actor", "Nvidai")
    assert not knows("item", "H2O")
    assert knows("item", "advanced AI chips")


def test_the_small_record_is_right(small: Path) -> None:
    assert check(small, known).problems == ()


def test_every_named_check_has_a_file_that_fails_it() -> None:
    assert {mistake[0] for mistake in MISTAKES} == {*READING, *CHECKS}


@pytest.mark.parametrize(("name", "file", "old", "new", "words"), MISTAKES)
def test_a_check_names_file_and_line(
    small: Path, edit: Edit, name: str, file: str, old: str, new: str, words: str
) -> None:
    folder = edit(file, old, _filled(new, small))
    if new == "{second}":
        (folder / EVENT).write_text((folder / EVENT).read_text("utf-8").lstrip(), "utf-8")

    found = [problem for problem in check(folder, known).problems if problem.check == name]

    assert found, f"{name} found nothing"
    assert any(words in problem.what for problem in found), [problem.what for problem in found]
    for problem in found:
        path = Path(problem.path)
        lines = path.read_text("utf-8").splitlines()
        assert problem.shown == lines[problem.line - 1]
        assert problem.hint


def _filled(new: str, small: Path) -> str:
    """Texts that are made of the small record itself."""
    if new == "{second}":
        other = small / "events" / "2025" / "2025-05-13-second.toml"
        text = (small / EVENT).read_text("utf-8")
        other.write_text(text.replace("2025-05-13-first", "2025-05-13-second", 1), "utf-8")
        return ""
    if new == "{figure}":
        return (small / "observations.toml").read_text("utf-8").split("\n\n")[0] + "\n\n"
    return new.replace("{series}", (small / "series.toml").read_text("utf-8").rstrip())


def test_the_line_is_that_of_the_key_in_its_own_table(edit: Edit) -> None:
    """The second source is wrong: the line is in the second table, not in the first."""
    folder = edit(EVENT, "https://example.org/report", "report")

    (problem,) = check(folder, known).problems

    assert problem.shown == 'url = "report"'
    assert str(problem).startswith(f"{folder / EVENT}:{problem.line}: 'report' is no http(s)")


def test_all_problems_are_listed_in_order(edit: Edit) -> None:
    edit(EVENT, "https://example.org/rule", "x")
    edit("claims.toml", "2025-05-13-first", "2025-05-13-none")
    folder = edit(MEASURE, 'until = "2025-05-31"', 'until = "2025-05-30"')

    found = check(folder, known).problems

    assert [problem.check for problem in found] == ["cited-exist", "addresses", "chains"]


def test_a_file_that_cannot_be_read_is_not_judged_as_well(edit: Edit) -> None:
    """One mistake, one message: what reading refused is not called a missing event too."""
    folder = edit(EVENT, 'kind = "rule"', 'kind = "law"')

    assert [problem.check for problem in check(folder, known).problems] == ["known-values"]


def test_without_a_lexicon_names_are_not_judged(edit: Edit) -> None:
    folder = edit(EVENT, '"BIS"', '"Nobody"')

    assert check(folder).problems == ()


def test_a_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="not a folder"):
        check(tmp_path / "absent")
