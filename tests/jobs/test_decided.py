"""Lines of decisions that came from elsewhere: the next question follows them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.jobs.rooms import Room
from tracker.jobs import decide, derive
from tracker.store.derived import Derived
from tracker.store.schema import meta

SUMMONS = "record:2025-07-31-cac-summons-nvidia-h20"
LISTING = "US adds 12 Chinese chip firms to Entity List"
TEXT = "The US Commerce Department added 12 Chinese chip firms to its Entity List on Wednesday."
SAID = {"why": "read", "by": "mw"}


@pytest.fixture
def item(filled: Room) -> str:
    """A report whose event is stored; the program has ended."""
    db = filled.house.writer()
    found = filled.arrive(db, LISTING, TEXT, published="2026-07-09T02:00:00Z")
    filled.derive(db)
    filled.house.close()
    return found


def later(room: Room) -> Room:
    """The next run of the program over the same files."""
    found = Room(room.folder)
    found.house.paths = room.house.paths
    return found


def told(room: Room) -> list[tuple[str, str]]:
    """Id and title of every event, as the next question finds them."""
    run = later(room)
    found = [(event.id, event.title) for event in Derived(run.house.reader()).events("1")]
    run.house.close()
    return sorted(found)


def written(path: Path, *lines: tuple[str, str, str]) -> None:
    """Lines of a colleague: verdict, item, value."""
    rows = [
        {"key": f"k{n}", "verdict": verdict, "items": [item], "value": value, "by": "cd",
         "at": f"2026-01-0{n + 1}T00:00:00Z"}
        for n, (verdict, item, value) in enumerate(lines)
    ]  # fmt: skip
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def test_lines_put_into_the_file_hold_at_once_and_gone_ones_no_more(
    filled: Room, item: str
) -> None:
    before, path = told(filled), filled.house.paths.decisions
    written(path, ("hide", SUMMONS, ""), ("retitle", item, "Twelve listed"))
    after = told(filled)
    assert len(after) == len(before) - 1
    assert "Twelve listed" in [title for _, title in after]

    rules = later(filled)
    db = rules.house.writer()
    derive.rebuild(db, rules.house.record, derive.Rules(rules.house.lexicon, rules.house.decisions),
                   "2026-07-10T12:00:00Z")  # fmt: skip
    rules.house.close()
    assert told(filled) == after  # as if everything were read again

    path.unlink()
    assert told(filled) == before


def test_a_decision_whose_events_were_not_made_is_followed(
    filled: Room, item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(derive, "redecide", killed)
    with pytest.raises(KeyboardInterrupt):
        decide.mark(later(filled).house, "hide", [item], **SAID)
    monkeypatch.undo()
    assert LISTING not in [title for _, title in told(filled)]


def test_who_waited_for_the_lock_has_what_was_decided_meanwhile(filled: Room, item: str) -> None:
    reading = later(filled)
    assert not reading.house.decisions.hidden
    other = later(filled)
    decide.mark(other.house, "hide", [item], **SAID)
    other.house.close()
    with reading.house.lock():
        assert reading.house.decisions.hidden == {item}


def test_who_follows_the_lines_makes_nothing_again(filled: Room, item: str) -> None:
    run = later(filled)
    decide.mark(run.house, "hide", [item], **SAID)
    run.house.close()
    run = later(filled)
    assert held(run.house.reader()) == [item]
    assert "lexicon" not in vars(run.house)
    run.house.close()


def held(db: sqlite3.Connection) -> list[str]:
    """The items named by the lines that the events follow."""
    return (meta(db, "decided") or "").split("\n")[1].split()
