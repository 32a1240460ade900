"""The children that parse: they end with their parent, and with the poll."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.feeds.web import item, rss
from tracker.feeds import pool
from tracker.feeds.child import CAN_COPY, Child, started
from tracker.feeds.document import Document, Hints
from tracker.feeds.pool import Parsers
from tracker.feeds.program import Program

HINTS = Hints("https://example.org/f", datetime(2025, 7, 30, 12, tzinfo=UTC))

# A worker that never comes back from its first body, and holds a pipe open as long as it lives.
STUCK = """
import signal
from tracker.feeds import worker
def answer(job, further):
    import os
    os.write(PIPE, b"at work")
    while True:
        signal.pause()
worker._answer = answer
worker.main()
"""
PARENT = """
import signal, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdin=subprocess.PIPE, pass_fds=[PIPE])
child.stdin.write((3).to_bytes(8, "big") + b"job")
child.stdin.flush()
signal.pause()
"""


def test_a_child_at_work_dies_when_its_parent_is_killed() -> None:
    ours, theirs = os.pipe()
    number = f"PIPE = {theirs}\n"
    parent = subprocess.Popen(
        [sys.executable, "-c", number + PARENT, number + STUCK], pass_fds=[theirs]
    )
    os.close(theirs)
    try:
        assert os.read(ours, 100) == b"at work"
        parent.kill()
        parent.wait()
        assert select.select([ours], [], [], 30)[0], "the child lives on"
        assert os.read(ours, 100) == b""
    finally:
        os.close(ours)


TOLD = """
import json, os
from tracker.feeds import worker
def answer(job, further):
    return json.dumps({"title": " ".join(os.environ), "form": "columns" if any(
        end for *_, end in worker.main.__code__.co_positions()) else "none"}).encode()
worker._answer = answer
worker.main()
"""


def test_a_child_is_told_nothing_but_what_the_interpreter_and_its_heap_look_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "told.py").write_text(TOLD, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("FEED_PASSWORD", "secret")
    child = started(Program("told"), 0)
    try:
        said = json.loads(child.ask(b"job\n", b"", 30))
    finally:
        child.end()
    assert {"PATH", "MALLOC_MMAP_THRESHOLD_"} <= set(said["title"].split())
    assert "FEED_PASSWORD" not in said["title"]
    assert said["form"] == "none"


def test_closing_ends_a_child_at_work_and_leaves_its_pipes_to_their_thread() -> None:
    """Pipes closed under a thread that reads them could be another file's by then."""
    parsers = Parsers(1)
    parsers.parse(rss(item(1)), HINTS)
    (child,) = parsers._all
    assert child._process
    os.kill(child._process.pid, signal.SIGSTOP)  # it takes the job and never answers
    begun, answers = threading.Event(), list[Document]()
    send = child._send

    def sent(data: bytes, end: float) -> None:
        send(data, end)
        begun.set()

    child._send = sent  # type: ignore[method-assign]  # only to know when
    thread = threading.Thread(target=lambda: answers.append(parsers.parse(rss(item(2)), HINTS)))
    closed_by: list[str] = []
    close = child.close

    def closing() -> None:
        closed_by.append(threading.current_thread().name)
        close()

    child.close = closing  # type: ignore[method-assign]  # to see who does it
    thread.start()
    begun.wait()
    parsers.close()
    thread.join()
    assert [answer.kind for answer in answers] == ["parser"]
    assert closed_by == [thread.name]


def test_nothing_is_started_after_closing() -> None:
    parsers = Parsers(1)
    parsers.close()
    assert parsers.parse(rss(item(1)), HINTS).kind == "parser"
    assert parsers.started == 0


def test_a_slow_body_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """One child does it all, as each knows the rules; another is started beside a slow one."""
    monkeypatch.setattr(pool, "SLOW", 0.05)
    parsers = Parsers()
    try:
        parsers.parse(rss(item(1)), HINTS)
        assert parsers.parse(rss(item(2)), HINTS).form
        assert parsers.started == 1
        (child,) = parsers._all
        assert child._process
        os.kill(child._process.pid, signal.SIGSTOP)  # it takes the job and never answers
        late: list[Document] = []
        stuck = threading.Thread(target=lambda: late.append(parsers.parse(rss(item(3)), HINTS)))
        stuck.start()
        assert parsers.parse(rss(item(4)), HINTS).form
        assert parsers.parse(rss(item(5)), HINTS).form
        assert parsers.started == 2
        os.kill(child._process.pid, signal.SIGCONT)
        stuck.join()
        assert late[0].form
    finally:
        parsers.close()


def test_a_child_may_be_started_before_it_is_needed() -> None:
    parsers = Parsers()
    try:
        parsers.prepare()
        parsers.prepare()
        assert parsers.parse(rss(item(1)), HINTS).form
        assert parsers.started == 1
    finally:
        parsers.close()


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parsers]:
    """Two children, the second a copy, as any waiting body is much."""
    monkeypatch.setattr(pool, "MUCH", 1)
    parsers = Parsers(2)
    try:
        yield parsers
    finally:
        parsers.close()


def read_by_both(parsers: Parsers) -> Child:
    """Have so many bodies read that a copy is made; the copy."""
    numbers = range(24)
    with ThreadPoolExecutor(6) as threads:
        found = threads.map(lambda n: parsers.parse(rss(item(n)), HINTS), numbers)
        assert [one.entries[0].guid for one in found] == [f"g{n}" for n in numbers]
    (copy,) = (child for child in parsers._all if child.is_copy)
    return copy


@pytest.mark.skipif(not CAN_COPY, reason="no copies are made here")
def test_a_child_copies_itself_where_much_waits(crowd: Parsers) -> None:
    read_by_both(crowd)
    assert (crowd.started, len(crowd._all), crowd.parsed) == (2, 2, 24)


@pytest.mark.skipif(not CAN_COPY, reason="no copies are made here")
def test_a_copy_that_ended_costs_one_document_and_no_other(crowd: Parsers) -> None:
    copy = read_by_both(crowd)
    crowd._idle.sort(key=lambda child: child.is_copy)  # it is asked next
    copy.kill()
    copy.alive = True  # nobody knows yet
    assert crowd.parse(rss(item(1)), HINTS).kind == "parser"
    assert crowd.parse(rss(item(2)), HINTS).form
    assert not any(child.is_copy for child in crowd._all)


@pytest.mark.skipif(not CAN_COPY, reason="no copies are made here")
def test_a_copy_lives_without_its_maker_and_ends_with_the_pool(crowd: Parsers) -> None:
    copy = read_by_both(crowd)
    (maker,) = crowd._all - {copy}
    crowd._idle.sort(key=lambda child: not child.is_copy)  # the maker is asked next
    maker.kill()
    assert crowd.parse(rss(item(1)), HINTS).kind == "parser"
    assert crowd.parse(rss(item(2)), HINTS).form
    answers = os.dup(copy._pipes.answers)
    try:
        crowd.close()
        assert select.select([answers], [], [], 30)[0], "the copy lives on"
        assert os.read(answers, 100) == b""
    finally:
        os.close(answers)


def test_no_body_is_read_while_there_is_no_room() -> None:
    room = threading.Event()
    parsers = Parsers(room=room.is_set)
    answers: list[Document] = []
    thread = threading.Thread(target=lambda: answers.append(parsers.parse(rss(item(1)), HINTS)))
    try:
        thread.start()
        assert parsers.started == 0
        room.set()
        parsers.made_room()
        thread.join()
        assert answers[0].form
    finally:
        parsers.close()
