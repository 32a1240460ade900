"""The hostile web: every behaviour by itself between healthy feeds (``make hostile``), and most of
them in one poll (here), which also proves that none of them harms another."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import server as untyped

server: Any = untyped
ROOT = Path(__file__).parents[2]
ADAPTER = f"{sys.executable} -m tests.hostile.adapter"
SLOW = {
    "c_5000", "c_10mb", "c_same_100k", "c_deep", "c_attributes", "c_redos_lt", "c_redos_amp",
    "c_big_entry", "c_big_title", "x_laughs", "x_quadratic",
}  # fmt: skip
# A poll with one forbidden connection would hide whose it was; these run by themselves.
QUICK_GROUPS = ("healthy", "compression", "redirect", "content", "xml", "encoding", "json",
                "entries", "dates", "text", "address", "ssrf")  # fmt: skip


def quick() -> list[str]:
    return [
        name
        for name, one in server.REG.items()
        if one.group in QUICK_GROUPS and one.polls == 1 and name not in SLOW
    ]


@pytest.fixture(scope="module")
def hostile() -> Iterator[Any]:
    one = server.Hostile()
    yield one
    one.close()


@pytest.fixture(scope="module")
def one_poll(hostile: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """All quick behaviours polled together, once."""
    urls = list(dict.fromkeys(hostile.url_of(name) for name in quick()))
    db = tmp_path_factory.mktemp("hostile") / "t.db"
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        return server.run_adapter(ADAPTER, urls, str(db), "force", 240)
    finally:
        os.chdir(here)


def test_one_poll_survives_them_all(one_poll: tuple[Any, Any]) -> None:
    results, facts = one_poll
    assert facts["exit"] == 0, facts["stderr_tail"]
    assert not facts["traceback"]
    assert len(results) == len({server.REG[name].url or name for name in quick()})


@pytest.mark.parametrize("name", quick())
def test_each_ends_as_it_should(name: str, hostile: Any, one_poll: tuple[Any, Any]) -> None:
    judged = server.judge(
        hostile, server.REG[name], [(one_poll[0], {**one_poll[1], "wall": 0, "rss_mb": 0})],
        hostile.url_of(name), neighbours=(),
    )  # fmt: skip
    assert judged["pass"], judged


@pytest.mark.hostile
@pytest.mark.parametrize("name", list(server.REG))
def test_alone_between_healthy_feeds(name: str) -> None:
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        summary = server.drive(ADAPTER, [name], 60.0, 60)
    finally:
        os.chdir(here)
    assert summary["passed"] == summary["ran"], summary
