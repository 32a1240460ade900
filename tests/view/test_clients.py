"""Exports opened by the programs people use; skipped, with the reason, where one is missing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.view import sample
from tracker.view import export

NEWSBOAT = shutil.which("newsboat")


@pytest.mark.client
@pytest.mark.skipif(NEWSBOAT is None, reason="newsboat is not installed")
def test_newsboat_reads_every_entry_and_nothing_twice(tmp_path: Path) -> None:
    """The second read finds the same entries: their ids stay."""
    feed = tmp_path / "feed.atom"
    written = export.write("atom", sample.timeline())
    assert isinstance(written, bytes)
    feed.write_bytes(written)
    urls, cache = tmp_path / "urls", tmp_path / "cache.db"
    urls.write_text(f"{feed.as_uri()}\n", encoding="utf-8")
    command = [str(NEWSBOAT), "-u", str(urls), "-c", str(cache), "-x", "reload", "print-unread"]
    environ = {"HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "dumb"}
    for _ in range(2):
        done = subprocess.run(
            command, env=environ, capture_output=True, text=True, timeout=60, check=True
        )
        assert done.stdout.strip() == f"{len(sample.timeline().events)} unread articles"
