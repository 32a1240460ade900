"""``tracker entries``: the stored items themselves, one with its texts, taking one out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.desk import Desk, feed
from tests.feeds.web import Page, item, rss

ACT = "Nvidia says US will grant licences to resume H20 sales to China"


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Two feeds; one headline was edited twice. For tests that only read."""
    desk = Desk(tmp_path_factory.mktemp("stocked"))
    yield _stock(desk)
    desk.web.close()


@pytest.fixture
def own(stocked: Desk, tmp_path: Path) -> Desk:
    """The same, for a test that changes it."""
    shutil.copytree(stocked.home, tmp_path / "own")
    return Desk(tmp_path / "own", stocked.web)


def _stock(desk: Desk) -> Desk:
    desk.config(feed("wire") + feed("paper", more='lang = "zh-Hans"'))
    desk.web.pages["/paper"] = Page(rss(item(5, "商务部回应出口管制", link="https://p.example/5")))
    for hour, title in enumerate((ACT, f"{ACT} (update)", f"{ACT} (update 2)")):
        act = item(1, title, date="Tue, 15 Jul 2025 02:00:00 GMT", text="H20 chips.")
        desk.web.pages["/wire"] = Page(rss(act, item(2, "Soup", date="no day")))
        desk.at(f"2025-07-30T{12 + hour}:00:00Z").run("poll", "--all")
    return desk


def test_one_line_an_item_newest_last(stocked: Desk) -> None:
    entries = stocked.json("entries")
    assert [(entry["feed"], entry["title"], entry["revisions"]) for entry in entries] == [
        ("paper", "商务部回应出口管制", 1), ("wire", f"{ACT} (update 2)", 3), ("wire", "Soup", 1)
    ]  # fmt: skip
    assert set(entries[0]) == {"id", "feed", "title", "summary", "url", "published", "first_seen",
                               "revisions", "events"}  # fmt: skip
    assert entries[2]["published"] is None
    assert entries[1]["events"]
    lines = stocked.run("entries").stdout.splitlines()
    assert [line.split("\t")[2] for line in lines] == ["paper", "wire", "wire"]
    table = stocked.run("entries", "--format", "table", COLUMNS="80").stdout
    assert "changed twice" in " ".join(table.split())
    assert all(len(line) <= 80 for line in table.splitlines())


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (("--feed", "paper"), ["商务部回应出口管制"]),
        (("--limit", "1"), ["Soup"]),
        (("--grep", "SOUP"), ["Soup"]),
        (("--grep", "商务部"), ["商务部回应出口管制"]),
        (("--since", "2025-07-15", "--until", "2025-07-15"), [f"{ACT} (update 2)"]),
        (("--since", "2025-07-30", "--date", "known", "--feed", "wire"), [f"{ACT} (update 2)", "Soup"]),
        (("--item", "h20"), [f"{ACT} (update 2)"]),
        (("--actor", "英伟达"), [f"{ACT} (update 2)"]),
        (("--since", "2030"), []),
    ],
)  # fmt: skip
def test_filters(stocked: Desk, words: tuple[str, ...], titles: list[str]) -> None:
    assert [entry["title"] for entry in stocked.json("entries", *words)] == titles
    backwards = [entry["title"] for entry in stocked.json("entries", *words, "--reverse")]
    assert backwards == titles[::-1]


def test_a_headline_that_was_taken_back_changed_twice(desk: Desk) -> None:
    desk.config(feed("wire"))
    for hour, title in enumerate((ACT, "Soup", ACT)):
        desk.web.pages["/wire"] = Page(rss(item(1, title), item(2, "Rain")))
        desk.at(f"2025-07-30T{12 + hour}:00:00Z").run("poll", "--all")
    (one,) = desk.json("entries", "--grep", "H20")
    assert (one["title"], one["revisions"]) == (ACT, 3)
    assert "Headline changed twice" in desk.run("entries", one["id"]).stdout


def test_one_item_with_every_text_it_had(stocked: Desk) -> None:
    (first,) = stocked.json("entries", "--grep", "H20")
    whole = stocked.json("entries", first["id"])
    assert [text["title"] for text in whole["revisions"]] == [
        ACT, f"{ACT} (update)", f"{ACT} (update 2)"
    ]  # fmt: skip
    assert [text["seen"] for text in whole["revisions"]] == [
        f"2025-07-30T{hour}:00:00Z" for hour in (12, 13, 14)
    ]
    shown = stocked.run("entries", first["id"][:7]).stdout
    assert "Headline changed twice" in shown
    assert "published 2025-07-15 02:00 UTC" in shown
    undated = stocked.json("entries", "--grep", "soup")[0]["id"]
    assert "published no date (no day)" in stocked.run("entries", undated).stdout


def test_an_item_taken_out_is_in_no_answer_until_it_is_put_back(own: Desk) -> None:
    stocked = own
    (act,) = stocked.json("entries", "--grep", "H20")
    event = act["events"][0]
    done = stocked.run("entries", "remove", act["id"])
    assert (done.returncode, done.stdout) == (
        0,
        f"Entry {act['id']} is taken out of every answer.\n",
    )
    assert "nothing to change" in stocked.run("entries", "remove", act["id"]).stdout
    assert [entry["title"] for entry in stocked.json("entries", "--feed", "wire")] == ["Soup"]
    assert stocked.json("entries", "--item", "h20") == []
    stocked.at("2025-07-31T15:00:00Z").run("poll", "--all")
    assert [entry["title"] for entry in stocked.json("entries", "--feed", "wire")] == ["Soup"]
    assert "is back" in stocked.run("entries", "restore", act["id"]).stdout
    (back,) = stocked.json("entries", "--grep", "H20")
    assert (back["revisions"], back["events"]) == (3, [event])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nosuchid",), "No entry has the id 'nosuchid'"),
        (("",), "No entry has the id ''"),
        (("a", "b"), "One id at a time, not 2"),
        (("remove", "zzzz"), "No entry has the id"),
        (("--feed", "wier"), "did you mean wire?"),
        (("--date", "effective"), "--date does not know 'effective'"),
        (("--kind", "licnce"), "did you mean licence?"),
        (("--item", "h2O0"), "No item is called"),
        (("--format", "csv"), "--format does not know"),
        (("--limit", "0"), "range"),
    ],
)
def test_wrong_words_are_named(stocked: Desk, words: tuple[str, ...], told: str) -> None:
    done = stocked.run("entries", *words)
    assert done.returncode == 2
    assert told in done.stderr


def test_an_empty_answer_says_which_days_there_are(stocked: Desk) -> None:
    done = stocked.run("entries", "--since", "2030")
    assert (done.returncode, done.stdout) == (0, "")
    assert "No entry answers. The database holds 2025-07-06 to " in done.stderr
