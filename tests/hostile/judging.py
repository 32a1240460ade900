"""Polls behaviours with a program and judges what it made of them.

    python -m tests.hostile.judging [NAME|GROUP]... [--out FILE]
    python -m tests.hostile.judging --corpus FOLDER [--out FILE]

The first polls each behaviour by itself between healthy feeds; the second every file of a folder
of feeds (the ``tests`` folder of feedparser's source package, say), with a healthy feed at the end
of each batch. The program is an adapter (``adapter.py``):

    CMD --urls FILE --db PATH --mode force|cron

It polls the addresses in FILE (a JSON list) once, all of them or those that are due, and prints a
line of JSON for each: ``url, outcome, entries, stored_url, titles, error``. Outcomes: ``ok`` and
``not_modified``, ``error`` (recorded, nothing lost), ``moved`` (the new address stored), ``gone``,
``skipped`` (not asked in this poll), ``refused`` (never asked).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shlex
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.hostile.make import MB
from tests.hostile.registry import REG, Behaviour
from tests.hostile.server import Hostile

ROOT = Path(__file__).parents[2]
ADAPTER = f"{sys.executable} -m tests.hostile.adapter"
NEIGHBOURS = ("ok_rss", "ok_atom", "ok_json")
MEMORY = 4096 * MB
BATCH = 300

Lines = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Poll:
    """One run of the program: its lines by address, and how the process fared."""

    lines: Lines
    wall: float = 0.0
    rss_mb: float = 0.0
    exit: int = 0
    hung: bool = False
    errors: str = ""

    @property
    def traceback(self) -> bool:
        return "Traceback (most recent call last)" in self.errors


STARTER = """
import os, sys
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
open(sys.argv[1], "w").write(str(usage.ru_maxrss))
code = os.waitstatus_to_exitcode(status)
os.kill(os.getpid(), -code) if code < 0 else sys.exit(code)
"""
"""Starts what is judged from a small process: a peak of memory begins with that of the starter."""


def run_adapter(command: str, urls: Sequence[str], db: str, mode: str, timeout: float) -> Poll:
    """Poll ``urls`` once; killed after ``timeout`` seconds."""
    with tempfile.TemporaryDirectory(prefix="hostile-run-") as folder:
        asked, out, err, peak = (Path(folder) / name for name in ("urls.json", "out", "err", "kb"))
        asked.write_text(json.dumps(list(urls)), encoding="utf-8")
        words = [*shlex.split(command), "--urls", str(asked), "--db", db, "--mode", mode]
        began = time.monotonic()
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-S", "-c", STARTER, str(peak), *words],
                stdout=stdout, stderr=stderr, stdin=subprocess.DEVNULL, cwd=ROOT,
                preexec_fn=_limits,
            )  # fmt: skip
            hung = _wait(process, began + timeout)
        return Poll(
            _lines(out.read_text("utf-8", "replace")),
            wall=round(time.monotonic() - began, 2),
            rss_mb=round(int(peak.read_text()) / 1024, 1) if peak.exists() else 0.0,
            exit=process.returncode,
            hung=hung,
            errors=err.read_text("utf-8", "replace"),
        )


def _limits() -> None:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _wait(process: subprocess.Popen[bytes], end: float) -> bool:
    """Whether it had to be killed."""
    try:
        process.wait(max(0.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def _lines(text: str) -> Lines:
    found: Lines = {}
    for line in text.splitlines():
        try:
            values = json.loads(line)
        except ValueError:
            continue
        if isinstance(values, dict) and "url" in values:
            found[values["url"]] = values
    return found


# ---- one behaviour ------------------------------------------------------------------------------


def judge(
    hostile: Hostile,
    one: Behaviour,
    polls: Sequence[Poll],
    neighbours: Sequence[str] = NEIGHBOURS,
) -> dict[str, Any]:
    """What is wrong with the way ``one`` was taken; ``why`` is empty where nothing is."""
    line = polls[-1].lines.get(hostile.url_of(one.name))
    why = [*_process(one, polls), *_line(one, line)]
    why += _neighbours(hostile, one, polls[-1], neighbours)
    why += [said for check in one.checks if (said := _check(hostile, one, line or {}, check))]
    line = line or {}
    return {
        "name": one.name,
        "group": one.group,
        "priority": one.priority,
        "expected": one.expected(),
        "pass": not why,
        "outcome": line.get("outcome"),
        "entries": line.get("entries"),
        "seconds": max(poll.wall for poll in polls),
        "rss_mb": max(poll.rss_mb for poll in polls),
        "error": (line.get("error") or "")[:160],
        "why": why,
    }


def _process(one: Behaviour, polls: Sequence[Poll]) -> list[str]:
    why = []
    for poll in polls:
        if poll.hung:
            why.append(f"poll did not end within {poll.wall:.0f} s")
        elif poll.exit:
            why.append(f"poll process ended with {poll.exit}")
        if poll.traceback:
            why.append("traceback on stderr")
    slowest, largest = max(poll.wall for poll in polls), max(poll.rss_mb for poll in polls)
    if slowest > one.seconds:
        why.append(f"took {slowest:.0f} s, limit {one.seconds:.0f}")
    if one.rss_mb and largest > one.rss_mb:
        why.append(f"memory {largest:.0f} MB, limit {one.rss_mb}")
    return why


def _line(one: Behaviour, line: dict[str, Any] | None) -> list[str]:
    if line is None:
        return ["no result for the feed"]
    why = []
    least, most = one.entries
    if line.get("outcome") not in one.outcomes:
        why.append(f"outcome {line.get('outcome')}")
    if not least <= (line.get("entries") or 0) <= most:
        why.append(f"{line.get('entries')} entries, expected {least}-{most}")
    if one.title_has and not any(one.title_has in title for title in line.get("titles") or ()):
        why.append(f"no title contains {one.title_has!r}")
    return why


def _neighbours(
    hostile: Hostile, one: Behaviour, poll: Poll, neighbours: Sequence[str]
) -> list[str]:
    why = []
    for name in neighbours:
        line = poll.lines.get(near(hostile, name))
        if name == one.name or (line is None and poll.hung):
            continue
        if line is None or (line.get("entries") or 0) != REG[name].entries[1]:
            why.append(f"neighbour {name} harmed")
    return why


def _check(hostile: Hostile, one: Behaviour, line: dict[str, Any], check: str) -> str:
    """What a check of a behaviour found; empty where all is well."""
    name, _, value = check.partition(":")
    if name.startswith("requests<="):
        asked, allowed = len(_asked(hostile, one)), int(name.removeprefix("requests<="))
        return f"{asked} requests, allowed {allowed}" if asked > allowed else ""
    return CHECKS[name](hostile, one, line, value)


def _asked(hostile: Hostile, one: Behaviour) -> list[dict[str, Any]]:
    return [entry for entry in hostile.log if entry["path"] == "/b/" + one.name]


def _no_canary(hostile: Hostile, one: Behaviour, _: dict[str, Any], __: str) -> str:
    came = hostile.hits.get(one.name) or hostile.canary_connects
    return "forbidden address was requested" if came else ""


def _no_cookie(hostile: Hostile, one: Behaviour, _: dict[str, Any], __: str) -> str:
    came = any("cookie" in headers for headers in hostile.hits.get(one.name, ()))
    return "cookie sent to another host" if came else ""


def _conditional(hostile: Hostile, one: Behaviour, _: dict[str, Any], __: str) -> str:
    later = [entry["headers"] for entry in _asked(hostile, one)[1:]]
    asked = any("if-none-match" in sent or "if-modified-since" in sent for sent in later)
    return "" if asked else "second request was not conditional"


def _stored(_: Hostile, __: Behaviour, line: dict[str, Any], value: str) -> str:
    stored = str(line.get("stored_url") or value)
    return "" if stored.endswith(value) else f"address stored: {stored[-40:]}"


def _no_title(_: Hostile, __: Behaviour, line: dict[str, Any], value: str) -> str:
    found = any(value in (title or "") for title in line.get("titles") or ())
    return "file content in a title" if found else ""


def _no_evil_header(hostile: Hostile, _: Behaviour, __: dict[str, Any], ___: str) -> str:
    return "header injected" if any("x-evil" in entry["headers"] for entry in hostile.log) else ""


CHECKS: dict[str, Callable[[Hostile, Behaviour, dict[str, Any], str], str]] = {
    "no_canary": _no_canary,
    "no_cookie_elsewhere": _no_cookie,
    "conditional_second": _conditional,
    "stored": _stored,
    "no_title": _no_title,
    "no_evil_header": _no_evil_header,
}


# ---- many ---------------------------------------------------------------------------------------


def near(hostile: Hostile, name: str) -> str:
    """A healthy feed under another host name: Retry-After for one host leaves it alone."""
    return hostile.url_of(name).replace("//127.0.0.1:", "//localhost:")


def runs_here(hostile: Hostile, name: str) -> bool:
    """Whether this machine has what a behaviour needs."""
    needs = {"net_tls_selfsigned": hostile.tls_port, "r_private_v6": hostile.canary6}
    return bool(needs.get(name, True))


@cache
def empty_database(command: str) -> bytes:
    """A database without feeds: to make one takes longer than most polls here."""
    with tempfile.TemporaryDirectory(prefix="hostile-db-") as folder:
        db = Path(folder) / "t.db"
        run_adapter(command, [], str(db), "force", 120)
        with contextlib.closing(sqlite3.connect(db)) as made:
            made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return db.read_bytes()


def alone(hostile: Hostile, name: str, command: str = ADAPTER, slack: float = 60) -> dict[str, Any]:
    """Poll one behaviour between healthy feeds, in a database of its own, and judge it."""
    one = REG[name]
    with hostile.lock:
        hostile.reset()
    healthy = [near(hostile, neighbour) for neighbour in NEIGHBOURS]
    urls = list(dict.fromkeys([healthy[0], hostile.url_of(name), *healthy[1:]]))
    with tempfile.TemporaryDirectory(prefix="hostile-db-") as folder:
        db = f"{folder}/t.db"
        Path(db).write_bytes(empty_database(command))
        polls = [
            run_adapter(command, urls, db, one.mode, one.seconds + slack) for _ in range(one.polls)
        ]
    return judge(hostile, one, polls)


def corpus(folder: Path, command: str = ADAPTER, timeout: float = 600) -> dict[str, Any]:
    """Poll every file of a folder: outcomes by folder, files, batches that went wrong."""
    hostile = Hostile(corpus=folder)
    kinds = (".xml", ".z", ".gz")
    files = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.suffix in kinds)
    rows: list[dict[str, Any]] = []
    bad: list[dict[str, Any]] = []
    healthy = hostile.url_of("ok_rss")
    for at in range(0, len(files), BATCH):
        urls = {name: f"{hostile.values['base']}/fp/{name}" for name in files[at : at + BATCH]}
        with tempfile.TemporaryDirectory(prefix="hostile-db-") as place:
            poll = run_adapter(
                command, [*urls.values(), healthy], f"{place}/t.db", "force", timeout
            )
        fine = poll.lines.get(healthy, {}).get("entries") == REG["ok_rss"].entries[1]
        if poll.exit or poll.hung or poll.traceback or not fine:
            bad.append({"batch": at, "exit": poll.exit, "errors": poll.errors[-400:]})
        for name, url in urls.items():
            line = poll.lines.get(url, {})
            rows.append({"file": name, **{k: line.get(k) for k in ("outcome", "entries", "error")}})
    hostile.close()
    counted = Counter(f"{row['file'].split('/')[0]}: {row['outcome']}" for row in rows)
    summary = {
        "files": len(rows),
        "without_outcome": sum(row["outcome"] is None for row in rows),
        "with_entries": sum(bool(row["entries"]) for row in rows),
        "bad_batches": bad,
        "outcomes": dict(sorted(counted.items())),
    }
    return {"summary": summary, "files": rows}


def behaviours(names: Sequence[str], command: str) -> dict[str, Any]:
    """Poll each behaviour named by itself or by its group; all of them where none is named."""
    hostile = Hostile()
    wanted = [n for n, one in REG.items() if not names or n in names or one.group in names]
    results = []
    for name in wanted:
        if runs_here(hostile, name):
            results.append(alone(hostile, name, command))
            sys.stdout.write(json.dumps(results[-1], ensure_ascii=False) + "\n")
            sys.stdout.flush()
    hostile.close()
    failed = [result["name"] for result in results if not result["pass"]]
    return {"summary": {"ran": len(results), "failed": failed}, "results": results}


def main() -> int:
    parser = argparse.ArgumentParser(description="Polls a hostile web and judges the poller.")
    parser.add_argument("names", nargs="*", help="behaviours or groups; default: all")
    parser.add_argument("--corpus", type=Path, help="a folder of feed files to poll instead")
    parser.add_argument("--command", default=ADAPTER, help="the adapter of another program")
    parser.add_argument("--out", type=Path, help="write every result here (JSON)")
    options = parser.parse_args()
    if options.corpus:
        report = corpus(options.corpus.resolve(), options.command)
        good = not report["summary"]["bad_batches"] and not report["summary"]["without_outcome"]
    else:
        report = behaviours(options.names, options.command)
        good = not report["summary"]["failed"]
    if options.out:
        text = json.dumps(report, indent=1, ensure_ascii=False)
        options.out.write_text(text, encoding="utf-8")
    sys.stdout.write(json.dumps(report["summary"], indent=1, ensure_ascii=False) + "\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
