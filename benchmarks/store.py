"""The store at size: storing, indexing, searching, deriving what is new.

    python benchmarks/store.py [ENTRIES]

Fills a database in a temporary folder with made-up items in two languages, then prints rows a
second of processor time, the size of the word index beside the texts, milliseconds of questions
(median of five) and the seconds that 400 new items take to derive, here and in a store a hundred
times smaller.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tracker.cli.options import Options
from tracker.jobs import derive
from tracker.jobs.search import search
from tracker.store import indexing
from tracker.store.schema import set_meta, transaction
from tracker.wiring import House

EN = ("market", "today", "says", "new", "report", "cloud", "energy", "prices", "growth", "plan")
TOPIC = ("export license", "Nvidia", "H20", "rare earths", "chip tools", "Entity List", "Huawei")
ZH = "今日市场报道公司新计划城市健康教育能源价格增长消息称发布记者调查经济社会国际"
ZH_TOPIC = ("英伟达", "稀土", "出口管制", "實體清單", "华为", "芯片", "晶片")
QUERIES = ("稀土", "英伟达", "出口管制", "nvidia h20", '"export license"', "土", "zebrafinch")


def items(count: int, start: int = 0) -> Iterator[tuple[object, ...]]:
    """Rows of ``revisions``: about 370 bytes of text each, one in eight on the subject."""
    dice = random.Random(start)  # the same items in each run
    first = datetime(2021, 1, 1, tzinfo=UTC)
    for number in range(start, start + count):
        if number % 2:
            words = dice.choices(ZH, k=140)
            if number % 8 == 1:
                words[3:3] = dice.choice(ZH_TOPIC)
            text = "".join(words)
        else:
            some = dice.choices(EN, k=60)
            if number % 8 == 0:
                some[3:3] = [dice.choice(TOPIC), dice.choice(TOPIC)]
            text = " ".join(some)
        moment = (first + timedelta(minutes=3 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        lang = "zh-Hans" if number % 2 else "en"
        yield f"{number:016x}", f"{number:016x}", text[:80], text[80:], moment, lang


def store(db: sqlite3.Connection, rows: list[tuple[object, ...]]) -> None:
    """Store made-up items as one batch."""
    with transaction(db):
        db.executemany(
            "INSERT INTO items (item_id, feed, guid, link, first_seen)"
            " VALUES (?, 'wire', ?, '', ?)",
            [(row[0], row[0], row[4]) for row in rows],
        )
        db.executemany(
            "INSERT INTO revisions (item_id, digest, title, summary, url, published, published_raw,"
            " offset_minutes, seen, lang, publisher, tier)"
            " VALUES (?, ?, ?, ?, '', ?, '', 0, ?, ?, 'Example Wire', 'wire')",
            [(*row[:5], row[4], row[5]) for row in rows],
        )


def timed(what: Callable[[], object]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


def worked(what: Callable[[], object]) -> float:
    """Seconds of processor time; a busy machine changes them least."""
    begun = time.process_time()
    what()
    return time.process_time() - begun


def pages(db: sqlite3.Connection, like: str) -> float:
    """Megabytes of the tables whose name begins so."""
    row = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE ?", (like,)).fetchone()
    return float(row[0] or 0) / 1e6


def fill(folder: Path, count: int) -> tuple[House, sqlite3.Connection]:
    """A house with ``count`` items, stored and indexed and taken as derived."""
    house = House.build(Options(db=str(folder / "tracker.db"), quiet=True))
    db = house.writer()
    db.execute("PRAGMA synchronous = OFF")
    took = 0.0
    for start in range(0, count, 10_000):
        rows = list(items(min(10_000, count - start), start))
        took += worked(partial(store, db, rows))
    print(f"{count:>9} items stored, {count / took:,.0f} a second of work")
    with transaction(db):
        took = worked(lambda: indexing.index_revisions(db))
        set_meta(db, "derived_upto", str(count))
    print(f"{count:>9} items indexed, {count / took:,.0f} a second of work")
    return house, db


def derive_new(house: House, db: sqlite3.Connection, count: int) -> float:
    """Seconds to derive 400 items that arrived in a store of ``count``."""
    rules = derive.Rules(house.lexicon, house.decisions)
    store(db, list(items(400, count)))
    return timed(lambda: derive.derive_new(db, rules, "2026-01-01T00:00:00Z"))


def warm() -> None:
    """Derive in a store of its own: what is loaded and compiled once belongs to neither."""
    with tempfile.TemporaryDirectory() as place:
        house, db = fill(Path(place), 1000)
        derive_new(house, db, 1000)
        house.close()


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        house, db = fill(Path(one), count)
        try:
            share = pages(db, "entry_words%") / pages(db, "revisions%")
            print(f"word index: {share:.2f} x the table of texts")
        except sqlite3.OperationalError:
            print("word index: this SQLite was built without dbstat")
        for query in QUERIES:
            times = [timed(partial(search, db, query, 20)) for _ in range(5)]
            print(f"search {query:<18} newest 20: {statistics.median(times) * 1000:7.1f} ms")
        warm()
        large = derive_new(house, db, count)
        small_house, small_db = fill(Path(two), max(1000, count // 100))
        small = derive_new(small_house, small_db, max(1000, count // 100))
        print(f"400 new items: {large:.2f} s here, {small:.2f} s in the small store,"
              f" {large / small:.2f} x")  # fmt: skip
        house.close()
        small_house.close()


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("entries", type=int, nargs="?", default=100_000)
    main(ask.parse_args().entries)
