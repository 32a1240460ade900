"""The remembered blocks answer as the table would, whatever was changed and not written yet."""

from __future__ import annotations

import random

import pytest

from tests.jobs.rooms import Room
from tracker.store import blocks
from tracker.store.blocks import Blocks


def plain(now: set[tuple[str, str]], key: str) -> list[str]:
    return sorted(node for held, node in now if held == key)


@pytest.mark.parametrize("seed", range(4))
def test_any_history_answers_as_the_table_would(
    filled: Room, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "FIRST", 3)
    monkeypatch.setattr(blocks, "HELD", 60)
    db = filled.house.writer()
    db.execute("DELETE FROM blocks")
    asked, dice = Blocks(db), random.Random(seed)
    now: set[tuple[str, str]] = set()
    names = [f"n{number:02}" for number in range(30)] + ["record:a", "record:b"]
    for _ in range(1500):
        key, node = f"k{dice.randrange(4)}", dice.choice(names)
        what = dice.randrange(10)
        if what < 3:
            asked.put(node, [key])
            now.add((key, node))
        elif what < 5:
            asked.take_out(node, [key])
            now.discard((key, node))
        elif what == 5:
            most = dice.randint(1, 6)
            assert asked.first(key, most) == plain(now, key)[:most]
        elif what == 6:
            assert asked.every(key) == plain(now, key)
        elif what == 7:
            assert asked.curated(key) == {n for k, n in now if k == key and n[0] == "r"}
            keys = {k for k, n in now if n == node}
            assert asked.keys_of([node]) == ({node: keys} if keys else {})
        elif what == 8:
            keys, most = {"k0", "k1", "k2", "k9"}, dice.randint(1, 5)
            assert asked.crowded(keys, most) == {k for k in keys if len(plain(now, k)) > most}
        elif dice.random() < 0.6:
            asked.expect([key, f"k{dice.randrange(4)}"])
        else:
            asked.write()
    asked.write()
    assert {tuple(row) for row in db.execute("SELECT key, node FROM blocks")} == now


def test_what_is_remembered_is_not_asked_again(filled: Room) -> None:
    db = filled.house.writer()
    asked = Blocks(db)
    asked.put("n1", ["k"])
    asked.write()
    asked.first("k", 2)
    seen: list[str] = []
    db.set_trace_callback(seen.append)
    asked.put("n2", ["k"])

    assert asked.first("k", 2) == ["n1", "n2"]
    assert asked.every("k") == ["n1", "n2"]
    assert seen == []
    db.set_trace_callback(None)
