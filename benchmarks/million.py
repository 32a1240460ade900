"""A store of a million entries and a hundred thousand events, and what questions cost there.

    python benchmarks/million.py [--entries N] [--events N] [--keep FOLDER] [--rounds N]

Fills a database with made-up items (the same in each run) of which every tenth is the report of a
news event, then prints rows a second, sizes, the time of questions inside one process, of whole
commands against the same commands on the record alone, and of 400 new items. ``--keep`` leaves the
database in a folder, and uses it again where it is there.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.store import QUERIES, fill, items, pages, store, timed  # noqa: E402 - from a checkout
from tracker.cli.options import Options  # noqa: E402
from tracker.core import cluster  # noqa: E402
from tracker.core.blocks import block_keys, copy_key  # noqa: E402
from tracker.core.reading import rows_of  # noqa: E402
from tracker.core.recognise import recognise  # noqa: E402
from tracker.jobs import derive  # noqa: E402
from tracker.jobs.search import search  # noqa: E402
from tracker.model import Entry, Mention  # noqa: E402
from tracker.store import revisions  # noqa: E402
from tracker.store.blocks import Blocks  # noqa: E402
from tracker.store.derived import Derived  # noqa: E402
from tracker.store.schema import transaction  # noqa: E402
from tracker.wiring import House  # noqa: E402

TITLES = (
    "US bans {0} exports to China", "US adds {1} Huawei units to Entity List",
    "China restricts exports of {2}", "美国批准{0}对华出口", "商务部对{2}实施出口管制",
)  # fmt: skip
CHIPS = ("H20", "H200", "MI308", "A800", "HBM")
METALS = ("gallium", "tungsten", "antimony", "graphite")
FIRST = date(2016, 1, 1)
DAYS = 3900
MONTH = "2026-08"
COMMANDS = (
    ["timeline", "--since", MONTH, "--until", MONTH, "--format", "plain"],
    ["event", "h20-mi308-licences-promised"],
    ["search", "gallium"],
    ["search", "稀土"],
    ["db", "info"],
)


def mentions(house: House) -> list[Mention]:
    """One real mention of each made-up headline."""
    found = []
    for number, title in enumerate(TITLES):
        words = title.format(CHIPS[number % 5], 20 + number, METALS[number % 4])
        entry = Entry(
            item_id="0" * 16, digest="0" * 16, feed="wire", guid="", title=words, summary=words,
            url="https://news.example/", published=house.now(), offset=0, published_raw="",
            seen=house.now(), lang="en", publisher="Example Wire", tier="wire",
        )  # fmt: skip
        head = recognise(entry, house.lexicon)[0]
        found.append(replace(head, relevant=True))
    return found


def add_events(house: House, db: sqlite3.Connection, count: int, every: int) -> None:
    """``count`` news events of one report each, evenly over the days, stored as derivation does."""
    shapes = mentions(house)
    derived, blocks = Derived(db), Blocks(db)
    with transaction(db):
        for number in range(count):
            day = FIRST + timedelta(days=number * DAYS // count)
            item = f"{number * every:016x}"
            one = replace(
                shapes[number % len(shapes)], item_id=item, digest=item, date=day, first=day,
                last=day, known=day, report_day=day, title=f"{shapes[number % 5].title} ({number})",
            )  # fmt: skip
            derived.put_mentions_of([(number * every + 1, item, rows_of([one]))])
            blocks.put(item, [copy_key(one), *block_keys(one)])
            event = cluster.build([one])
            assert event
            event = replace(event, id=derived.keep_id(event.id, item, "2026-01-01T00:00:00Z"))
            derived.put_event(event, [item])
        blocks.write()


def command(db: Path, words: list[str]) -> float:
    """Seconds of a whole process."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "TRACKER_NOW": "2026-11-24T08:00:00Z"}
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "tracker", "--db", str(db), "-q", *words],
        env=environ, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - begun


def whole_commands(large: Path, small: Path, rounds: int) -> None:
    """Each command here and on the record alone, in turns; medians."""
    for words in COMMANDS:
        here, alone = [], []
        for _ in range(rounds):
            here.append(command(large, words))
            alone.append(command(small, words))
        one, two = statistics.median(here), statistics.median(alone)
        print(f"{' '.join(words):<58} {one * 1000:6.0f} ms, record alone {two * 1000:6.0f} ms,"
              f" {one / two:.2f} x")  # fmt: skip


def new_items(house: House, db: sqlite3.Connection) -> None:
    """400 items that arrive now, derived; twice, since the first warms caches of rules."""
    rules = derive.Rules(house.lexicon, house.decisions)
    for number in (1, 2):
        last = int(db.execute("SELECT max(number) FROM revisions").fetchone()[0])
        store(db, list(items(400, last)))
        took = timed(lambda: derive.derive_new(db, rules, "2026-11-24T00:00:00Z"))
        print(f"400 new items derived, round {number}: {took:.2f} s")


def filled(folder: Path, entries: int, events: int) -> tuple[House, sqlite3.Connection]:
    path = folder / "tracker.db"
    if path.exists():
        house = House.build(Options(db=str(path), quiet=True))
        return house, house.writer()
    house, db = fill(folder, entries)
    took = timed(partial(add_events, house, db, events, max(1, entries // events)))
    print(f"{events:>9} events stored, {events / took:,.0f} a second")
    return house, db


def main(argv: list[str]) -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--entries", type=int, default=1_000_000)
    ask.add_argument("--events", type=int, default=100_000)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--keep", type=Path)
    given = ask.parse_args(argv)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        folder = given.keep or Path(one)
        folder.mkdir(parents=True, exist_ok=True)
        house, db = filled(folder, given.entries, given.events)
        print(f"{(folder / 'tracker.db').stat().st_size / 1e6:,.0f} MB,"
              f" {revisions.count(db):,} texts, {Derived(db).count():,} events")  # fmt: skip
        index, texts = pages(db, "entry_words%"), pages(db, "revisions%")
        print(f"word index {index:,.0f} MB, {index / texts:.2f} x the table of texts")
        for query in QUERIES:
            times = [timed(partial(search, db, query, 20)) for _ in range(5)]
            print(f"search {query:<18} newest 20: {statistics.median(times) * 1000:7.1f} ms")
        small = House.build(Options(db=str(Path(two) / "tracker.db"), quiet=True))
        small.writer()
        whole_commands(folder / "tracker.db", Path(two) / "tracker.db", given.rounds)
        new_items(house, db)
        small.close()
        house.close()
    print(f"peak of memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
