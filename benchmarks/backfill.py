"""Archives into a database: one process, two, a cluster of two workers, and a rebuild after it.

    python benchmarks/backfill.py [ITEMS] [--rounds N] [--pages N]

Makes an archive of made-up items (the same in each run, one in five of interest), then runs whole
commands in turns, each into a new database, and prints items a second, the ratio to one process,
and the peak of memory of the largest process. With ``--pages`` also a crawl of so many web pages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.scan import items  # noqa: E402 - runs from a checkout
from tracker.archives import find  # noqa: E402

ENVIRON = {**os.environ, "PYTHONPATH": str(ROOT), "TRACKER_NOW": "2026-11-24T08:00:00Z"}
WORDS = (
    "the", "of", "to", "in", "for", "on", "with", "from", "said", "officials", "market", "company",
    "shares", "quarter", "team", "city", "report", "growth", "match", "museum", "film", "river",
    "research", "school", "bridge", "train", "season", "court", "police", "study",
)  # fmt: skip
MENU = "<li class='menu-item'><a href='/section/page'><span>Section</span></a></li>"


def run(folder: Path, name: str, *words: str) -> float:
    """Seconds of a whole command; its database is made beforehand."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "tracker", "-q", "--db", str(folder / name / "tracker.db"), *words],
        env=ENVIRON, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - begun


def crawl(path: Path, count: int) -> int:
    """A packed crawl of made-up news pages of about 60 KB; returns their unpacked bytes."""
    size, pick = 0, random.Random(7)
    with path.open("wb") as file:
        for number, line in enumerate(items(count)):
            item = json.loads(line)
            text = "".join(f"<p>{' '.join(pick.choices(WORDS, k=45))}.</p>" for _ in range(15))
            code = f"var x='{pick.randbytes(4000).hex()}';" * 4
            page = (
                f"<!doctype html><html><head><title>{item['title']}</title><meta property="
                f"'article:published_time' content='{item['published']}T08:00:00Z'></head><body>"
                f"<script>{code}</script><nav><ul>{MENU * 300}</ul></nav>"
                f"<article><p>{item['summary']}</p>{text}</article></body>"
            ).encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
                f"WARC-Target-URI: https://news.example/{number}\r\n"
                f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
            ).encode()
            size += len(http)
            file.write(gzip.compress(head + http + b"\r\n\r\n", 6))
    return size


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A scheduler and two workers on this machine."""
    dask = str(Path(sys.executable).with_name("dask"))
    told = folder / "scheduler.json"
    common = {"env": ENVIRON, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begun = [subprocess.Popen(
        [dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
         "--scheduler-file", str(told)], cwd=folder, **common,  # type: ignore[call-overload]  # by name
    )]  # fmt: skip
    try:
        while not (told.exists() and told.read_text().strip().endswith("}")):
            time.sleep(0.05)
        address = json.loads(told.read_text())["address"]
        begun += [
            subprocess.Popen([dask, "worker", address, "--nthreads", "1", "--no-nanny",
                              "--no-dashboard"], cwd=folder, **common)  # type: ignore[call-overload]  # by name
            for _ in range(2)
        ]  # fmt: skip
        time.sleep(3)
        yield address
    finally:
        for process in begun:
            process.kill()
            process.wait()


def told(name: str, count: int, took: list[float], one: float | None = None) -> float:
    """Print a line; return the median."""
    median = statistics.median(took)
    ratio = f", {one / median:.2f} x one process" if one else ""
    print(f"{name:<26} {median:7.1f} s, {count / median:8,.0f} items a second{ratio}", flush=True)
    return median


def main(argv: list[str]) -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("items", type=int, nargs="?", default=20_000)
    ask.add_argument("--rounds", type=int, default=1)
    ask.add_argument("--pages", type=int, default=0)
    given = ask.parse_args(argv)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = folder / "items.jsonl"
        path.write_text("".join(f"{line}\n" for line in items(given.items)), encoding="utf-8")
        (folder / "made").mkdir()
        run(folder, "made", "db", "info")
        parts = len(find.cut(find.find((path,)).archives))
        print(f"{given.items:,} items, {path.stat().st_size / given.items:.0f} bytes each,"
              f" {parts} parts", flush=True)  # fmt: skip
        with cluster(folder) as address:
            measured(folder, path, given.items, given.rounds, address)
            if given.pages:
                crawled = folder / "crawl.warc.gz"
                size = crawl(crawled, given.pages)
                print(f"{given.pages:,} pages, {size / given.pages:,.0f} bytes each,"
                      f" {crawled.stat().st_size / given.pages:,.0f} packed")  # fmt: skip
                measured(folder, crawled, given.pages, given.rounds, address)
        rebuilt = run(folder, "one0", "db", "rebuild")
        told("db rebuild", given.items, [rebuilt])
        size = (folder / "one0" / "tracker.db").stat().st_size
        print(f"database {size / given.items:,.0f} bytes an item")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak of memory of the largest process {peak:.0f} MB")
    return 0


def measured(folder: Path, path: Path, count: int, rounds: int, address: str) -> None:
    ways = {"one": (), "two": ("--jobs", "2"), "cluster": ("--cluster", address)}
    took: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds):
        for name, words in ways.items():
            shutil.rmtree(folder / f"{name}{number}", ignore_errors=True)
            shutil.copytree(folder / "made", folder / f"{name}{number}")
            took[name].append(run(folder, f"{name}{number}", "backfill", *words, str(path)))
    one = told("backfill, one process", count, took["one"])
    told("backfill --jobs 2", count, took["two"], one)
    told("backfill --cluster, two", count, took["cluster"], one)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
