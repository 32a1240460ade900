"""The children that parse: they end with their parent, and with the poll."""

from __future__ import annotations

import os
import pickle
import select
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime

from tests.feeds.web import item, rss
from tracker.core import examples, reading
from tracker.feeds.document import Document, Hints
from tracker.feeds.pool import Parsers

HINTS = Hints("https://example.org/f", datetime(2025, 7, 30, 12, tzinfo=UTC))

# A worker that never comes back from its first body, and holds a pipe open as long as it lives.
STUCK = """
import signal
from tracker.feeds import worker
def answer(job):
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


def test_closing_ends_a_child_at_work_and_leaves_its_pipes_to_their_thread() -> None:
    """Pipes closed under a thread that reads them could be another file's by then."""
    parsers = Parsers(1)
    parsers.parse(rss(item(1)), HINTS)
    (child,) = parsers._all
    os.kill(child._process.pid, signal.SIGSTOP)  # it takes the job and never answers
    begun, answers = threading.Event(), list[Document]()
    send = child._send

    def sent(data: bytes, end: float) -> None:
        send(data, end)
        begun.set()

    child._send = sent  # type: ignore[method-assign]  # only to know when
    thread = threading.Thread(target=lambda: answers.append(parsers.parse(rss(item(2)), HINTS)))
    closed_by: list[str] = []
    assert child._process.stdout
    close = child._process.stdout.close

    def closing() -> None:
        closed_by.append(threading.current_thread().name)
        close()

    child._process.stdout.close = closing  # type: ignore[method-assign]  # to see who does it
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


def test_a_child_that_was_taught_recognises_what_it_reads() -> None:
    """One child does it all: what it knows would take as much memory in each."""
    titles = ("US adds Huawei to Entity List", "Rain in Geneva")
    body = rss(*(item(n, title) for n, title in enumerate(titles)))
    origin = {"feed": "wire", "lang": "en", "publisher": "", "tier": "wire",
              "seen": "2025-07-30T12:00:00+00:00"}  # fmt: skip
    parsers = Parsers(2)
    try:
        assert parsers.parse(body, HINTS, 0.0, origin).readings == ()
        parsers.teach(pickle.dumps(examples.lexicon()))
        document = parsers.parse(body, HINTS, 0.0, origin)
        assert parsers.parse(body, HINTS).readings == ()
        assert parsers.started == 1
    finally:
        parsers.close()

    entries = [
        reading.entry_of(one, one.guid, {**origin, "publisher": "Feed"}, HINTS.now)
        for one in document.entries
    ]
    own = [reading.read(entry, examples.lexicon()) for entry in entries]
    told = [reading.from_plain(values) for values in document.readings]
    assert [one.rows for one in told] == [one.rows for one in own]
    assert [one.key for one in told] == [reading.key_of(entry) for entry in entries]
    assert told[0].relevant()
    assert not told[1].relevant()


def test_what_cannot_be_recognised_costs_no_document() -> None:
    parsers = Parsers(1)
    try:
        parsers.teach(pickle.dumps("no lexicon"))
        document = parsers.parse(rss(item(1)), HINTS, 0.0, {"feed": "wire", "seen": "?"})
    finally:
        parsers.close()

    assert (len(document.entries), document.readings) == (1, ())
