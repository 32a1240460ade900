"""``backfill`` in several processes and on a cluster: killed at any place, the same to the byte."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.archives import held, jsonl, rows
from tests.jobs.rooms import Room, copied
from tracker.archives import find, items
from tracker.core.examples import lexicon
from tracker.errors import Busy, StoreError, Unreachable, UsageProblem
from tracker.jobs import backfill as job
from tracker.jobs import backfill_spread as spread
from tracker.jobs import derive, joiner, piles
from tracker.jobs.backfill import Report, Wish, backfill
from tracker.jobs.backfill_part import Result, Task
from tracker.jobs.joiner import Joiner
from tracker.store import spool

ROOT = Path(__file__).parents[2]


def silent(step: str, done: int, total: int) -> None:
    pass


def small(patch: pytest.MonkeyPatch) -> None:
    """Parts and batches so small that a few hundred items make several."""
    patch.setattr(items, "STRETCH", 96_000)
    patch.setattr(job, "BATCH", 40)
    patch.setattr(joiner, "FEW", 100)
    patch.setattr(piles, "JOINED", 70)
    patch.setattr(derive, "BATCH", 30)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of several parts."""
    path = jsonl(tmp_path_factory.mktemp("archive") / "items.jsonl", rows(300))
    with pytest.MonkeyPatch.context() as patch:
        small(patch)
        assert len(find.cut(find.find([path]).archives)) > 5
    return path


@dataclass(frozen=True)
class Whole:
    """What one undisturbed run in one process came to."""

    report: Report
    held: list[str]


@pytest.fixture(scope="module")
def whole(archive: Path, template: Path, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    one = copied(template, tmp_path_factory.mktemp("whole"))
    with pytest.MonkeyPatch.context() as patch:
        small(patch)
        report = backfill(one.house, Wish((archive,)), spread.alone, silent)
    return Whole(report, dump(one))


@pytest.fixture
def room(filled: Room) -> Iterator[Room]:
    yield filled
    filled.house.close()


def dump(room: Room) -> list[str]:
    room.house.close()
    return held(room.house.paths.db)


def test_several_processes_give_the_same_bytes(room: Room, archive: Path, whole: Whole) -> None:
    report = backfill(
        room.house, Wish((archive,), jobs=2), lambda p, t: spread.processes(p, t, 2), silent
    )

    assert report.read == 300
    assert dump(room) == whole.held


@pytest.mark.parametrize("writing", [False, True])
def test_what_a_joiner_that_dies_leaves_is_joined_here(
    room: Room, archive: Path, whole: Whole, monkeypatch: pytest.MonkeyPatch, writing: bool
) -> None:
    begun: list[Joiner] = []

    @contextmanager
    def killed(*words: Any) -> Iterator[Joiner]:
        with joiner.joiner(*words) as one:
            begun.append(one)
            (child,) = multiprocessing.active_children()
            if writing:  # it dies in its turn, which nobody gives back
                assert isinstance(one, joiner.Beside)
                one._lock.acquire()
            child.kill()
            yield one

    monkeypatch.setattr(job, "joiner", killed)
    monkeypatch.setattr(joiner, "PATIENCE", 0.01)
    backfill(room.house, Wish((archive,), jobs=2), spread.alone, silent)

    assert isinstance(begun[0], joiner.Beside)
    assert dump(room) == whole.held


def test_what_the_joiner_still_has_to_compare_is_told(room: Room, archive: Path) -> None:
    told: list[tuple[str, int, int]] = []
    backfill(room.house, Wish((archive,), jobs=2), spread.alone, lambda *one: told.append(one))

    steps = list(dict.fromkeys(step for step, _, _ in told))
    assert steps == ["Reading", "Storing", "Comparing", "Joining"]
    assert all(done <= total > 0 for step, done, total in told if step == "Comparing")


@pytest.mark.parametrize("stop", [("Reading", 3), ("Storing", 80), ("Storing", 280)])
def test_a_run_that_was_stopped_goes_on(
    room: Room, archive: Path, whole: Whole, stop: tuple[str, int]
) -> None:

    def tick(step: str, done: int, total: int) -> None:
        if step == stop[0] and done >= stop[1]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backfill(room.house, Wish((archive,)), spread.alone, tick)
    seen: list[int] = []

    def counted(parts: list, task: Task) -> Iterator[Result]:  # type: ignore[type-arg]  # of Part
        seen.append(len(parts))
        return spread.alone(parts, task)

    report = backfill(room.house, Wish((archive,)), counted, silent)  # type: ignore[arg-type]  # as above

    assert report.resumed
    assert (report.read, report.stored, report.known) == (
        whole.report.read, whole.report.stored, whole.report.known,
    )  # fmt: skip
    assert (seen[0] == 0) == (stop[0] == "Storing")
    assert dump(room) == whole.held


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_whenever_it_converges(room: Room, archive: Path, whole: Whole, jobs: str) -> None:
    """SIGKILL at several moments of a real run, then one whole run: the same database."""
    environ = {**os.environ, "TRACKER_NOW": "2026-07-10T12:00:00Z", "HOME": str(room.folder),
               "PYTHONPATH": str(ROOT)}  # fmt: skip
    line = [sys.executable, "-m", "tests.jobs.small_backfill", "--db", str(room.house.paths.db),
            "backfill", "--jobs", jobs, str(archive)]  # fmt: skip
    for wait in (0.6, 0.9, 1.3):
        with subprocess.Popen(line, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, start_new_session=True) as run:  # fmt: skip
            try:
                run.wait(wait)
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
    done = subprocess.run(line, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

    assert dump(room) == whole.held


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_processes_end_with_their_parent(archive: Path, room: Room) -> None:
    db = room.house.paths.db
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "MARK": str(db)}
    line = [sys.executable, "-m", "tests.jobs.small_backfill", "--db", str(db), "backfill",
            "--jobs", "2", str(archive)]  # fmt: skip
    with subprocess.Popen(line, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as run:  # fmt: skip
        wait_for(lambda: len(children(run.pid)) >= 2)
        started = children(run.pid)
        run.kill()
    wait_for(lambda: not any(alive(pid) for pid in started))


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in found.read_text().split()] if found.exists() else []


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    try:
        return "State:\tZ" not in status.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_for(true: object, most: float = 60) -> None:
    """Wait until something real has happened; a test fails where it never does."""
    end = time.monotonic() + most
    while not true():  # type: ignore[operator]  # a function without arguments
        assert time.monotonic() < end
        time.sleep(0.02)


def test_two_backfills_at_once_do_not_meet(room: Room, archive: Path) -> None:
    path = room.house.paths.db.with_name(room.house.paths.db.name + ".backfill")
    with spool.opened(path, "another"), pytest.raises(Busy, match="Another backfill"):
        backfill(room.house, Wish((archive,)), spread.alone, silent)


def test_a_poll_that_runs_costs_nothing_that_was_read(room: Room, archive: Path) -> None:
    with room.house.lock(), pytest.raises(Busy, match="what was read is kept"):
        backfill(room.house, Wish((archive,)), spread.alone, silent)

    report = backfill(room.house, Wish((archive,)), spread.alone, silent)

    assert (report.resumed, report.read) == (True, 300)


def test_a_full_disk_stops_it_cleanly(room: Room, archive: Path, whole: Whole) -> None:
    """No room for the database in the middle: what was stored stays, and it goes on afterwards."""
    db = room.house.writer()
    pages = int(db.execute("PRAGMA page_count").fetchone()[0])
    limit = f"PRAGMA max_page_count = {pages + 60}"
    writer = room.house.writer

    def small() -> object:
        opened = writer()
        opened.execute(limit)
        return opened

    room.house.writer = small  # type: ignore[assignment,method-assign]  # the same, with less room
    with pytest.raises(StoreError, match="disk is full"):
        backfill(room.house, Wish((archive,)), spread.alone, silent)
    room.house.writer = writer  # type: ignore[method-assign]

    report = backfill(room.house, Wish((archive,)), spread.alone, silent)
    assert (report.resumed, report.stored) == (True, whole.report.stored)
    assert dump(room) == whole.held


# ---- on a cluster -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dask() -> str:
    pytest.importorskip("distributed")
    return str(Path(sys.executable).with_name("dask"))


class Cluster:
    """A real scheduler and real worker processes on this machine."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder
        self.workers: list[subprocess.Popen[bytes]] = []
        self.address = ""
        address = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0",
                                     "--no-dashboard", "--scheduler-file", str(address))  # fmt: skip
        import json

        wait_for(lambda: address.exists() and address.read_text().strip().endswith("}"))
        self.address = json.loads(address.read_text())["address"]

    def worker(self) -> subprocess.Popen[bytes]:
        self.workers.append(self._start(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--local-directory", str(self._folder),
        ))  # fmt: skip
        return self.workers[-1]

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s",
        }
        return subprocess.Popen(
            [self._program, *words], cwd=self._folder, env=environ,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def running(dask: str, tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(dask, tmp_path)
    yield made
    made.close()


def on(cluster: Cluster, room: Room, archive: Path, tick: object = silent) -> Report:
    return backfill(
        room.house, Wish((archive,)),
        lambda parts, task: spread.cluster(parts, task, cluster.address), tick,  # type: ignore[arg-type]  # a tick
    )  # fmt: skip


def test_a_cluster_gives_the_same_bytes_though_a_worker_dies(
    running: Cluster, room: Room, archive: Path, whole: Whole
) -> None:
    first = running.worker()
    running.worker()
    seen: list[str] = []

    def tick(step: str, done: int, total: int) -> None:
        if step == "Reading" and done == 2:
            first.kill()
            seen.append("killed")

    report = on(running, room, archive, tick)

    assert seen == ["killed"]
    assert report.read == 300
    assert dump(room) == whole.held


def test_a_scheduler_that_dies_ends_the_run_which_goes_on_without_it(
    running: Cluster, room: Room, archive: Path, whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    import distributed

    running.worker()
    client: Any = distributed.Client(running.address, set_as_default=False)  # type: ignore[no-untyped-call]  # as the library has it
    with client:
        client.wait_for_workers(1, timeout=60)  # a busy machine starts it late
    monkeypatch.setattr(spread, "PATIENCE", 6)  # so long is looked for one that died

    def tick(step: str, done: int, total: int) -> None:
        if step == "Reading" and done == 2:
            running.scheduler.kill()
            running.scheduler.wait()  # so the next question meets a closed connection

    with pytest.raises(Unreachable, match="went away; what was read is kept"):
        on(running, room, archive, tick)
    report = backfill(room.house, Wish((archive,)), spread.alone, silent)

    assert (report.resumed, report.read) == (True, 300)
    assert dump(room) == whole.held


def test_a_worker_has_the_lexicon_of_its_last_run_ready(room: Room) -> None:
    task = Task(room.house.lexicon, (), room.house.now(), "rules")
    other = Task(lexicon(), (), room.house.now(), "other rules")
    first, again = (
        spread._task(spread._packed(one, 1)) for one in (task, replace(task, feed="wire"))
    )

    assert (again.feed, again.rules) == ("wire", "rules")
    assert again.lexicon is first.lexicon
    assert spread._task(spread._packed(other, 0)).lexicon.digest == other.lexicon.digest


def test_a_path_is_read_from_where_the_user_is(
    running: Cluster, room: Room, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.worker()
    here = room.folder / "here"
    here.mkdir()
    shutil.copy(archive, here)
    monkeypatch.chdir(here)

    assert on(running, room, Path(archive.name)).read == 300


def test_an_archive_out_of_the_workers_reach_is_no_lost_scheduler(
    running: Cluster, room: Room, archive: Path
) -> None:
    running.worker()
    lost = Path(shutil.copy(archive, room.folder))

    def tick(step: str, done: int, total: int) -> None:
        lost.unlink(missing_ok=True)

    with pytest.raises(UsageProblem, match=r"items\.jsonl cannot be read: No such file"):
        on(running, room, lost, tick)


def test_a_scheduler_that_is_not_there_is_named(dask: str, room: Room, archive: Path) -> None:
    """Nobody waits for what refuses: no client is made, whose threads would try again and again."""
    before = set(threading.enumerate())
    for address, kind, said in (
        ("tcp://127.0.0.1:1", Unreachable, "No scheduler answers at tcp://127.0.0.1:1"),
        ("nonsense://x", UsageProblem, "does not understand"),
        ("nonsense", UsageProblem, "does not understand"),
    ):
        with pytest.raises(kind, match=said):
            backfill(
                room.house, Wish((archive,)),
                lambda parts, task, a=address: spread.cluster(parts, task, a), silent,  # type: ignore[misc]  # bound now
            )  # fmt: skip
    assert set(threading.enumerate()) == before


def test_what_is_no_address_starts_nothing_that_would_have_to_end(dask: str) -> None:
    """A client made of it leaves a thread behind, and the program would never end."""
    before = set(threading.enumerate())
    for address in ("nonsense", "http://127.0.0.1:1"):
        with pytest.raises(UsageProblem, match="does not understand"):
            list(spread.cluster([], None, address))  # type: ignore[arg-type]  # never asked
    assert set(threading.enumerate()) == before


def test_an_address_that_needs_certificates_says_so(running: Cluster, room: Room, archive: Path
                                                    ) -> None:  # fmt: skip
    before = set(threading.enumerate())
    address = running.address.replace("tcp://", "tls://")
    with pytest.raises(UsageProblem, match="needs certificates") as caught:
        backfill(room.house, Wish((archive,)),
                 lambda parts, task: spread.cluster(parts, task, address), silent)  # fmt: skip
    assert "distributed.comm.tls" in caught.value.hint
    assert set(threading.enumerate()) == before


def test_without_dask_its_extra_is_named(
    room: Room, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageProblem, match="Dask, which is not installed") as caught:
        backfill(
            room.house, Wish((archive,)),
            lambda parts, task: spread.cluster(parts, task, "tcp://127.0.0.1:1"), silent,
        )  # fmt: skip

    assert "tracker[cluster]" in caught.value.hint


def test_a_scheduler_without_workers_is_named(
    running: Cluster, room: Room, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread, "PATIENCE", 1)
    with pytest.raises(Unreachable, match="has no workers"):
        on(running, room, archive)
