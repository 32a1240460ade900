"""The hostile web: every behaviour by itself between healthy feeds (``make hostile``), and most of
them in one poll (here), which also proves that none of them harms another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.judging import ADAPTER, Poll, alone, corpus, judge, run_adapter, runs_here
from tests.hostile.make import make_items, rss
from tests.hostile.registry import REG
from tests.hostile.server import Hostile

SLOW = {
    "c_5000", "c_10mb", "c_same_100k", "c_deep", "c_attributes", "c_redos_lt", "c_redos_amp",
    "c_big_entry", "c_big_title", "x_laughs", "x_quadratic",
    "c_nest_open", "c_items_bare", "c_gbk_large", "gz_empty_members",
}  # fmt: skip
# A poll with one forbidden connection would hide whose it was; these run by themselves.
QUICK_GROUPS = ("healthy", "compression", "redirect", "content", "xml", "encoding", "json",
                "entries", "dates", "text", "address", "ssrf")  # fmt: skip


def quick() -> list[str]:
    return [
        name
        for name, one in REG.items()
        if one.group in QUICK_GROUPS and one.polls == 1 and name not in SLOW
    ]


@pytest.fixture(scope="module")
def hostile() -> Iterator[Hostile]:
    one = Hostile()
    yield one
    one.close()


@pytest.fixture(scope="module")
def one_poll(hostile: Hostile, tmp_path_factory: pytest.TempPathFactory) -> Poll:
    """All quick behaviours polled together, once."""
    urls = list(dict.fromkeys(hostile.url_of(name) for name in quick()))
    db = tmp_path_factory.mktemp("hostile") / "t.db"
    return run_adapter(ADAPTER, urls, str(db), "force", 240)


def test_one_poll_survives_them_all(one_poll: Poll) -> None:
    assert one_poll.exit == 0, one_poll.errors
    assert not one_poll.traceback
    assert len(one_poll.lines) == len({REG[name].url or name for name in quick()})


@pytest.mark.parametrize("name", quick())
def test_each_ends_as_it_should(name: str, hostile: Hostile, one_poll: Poll) -> None:
    judged = judge(hostile, REG[name], [Poll(one_poll.lines, errors=one_poll.errors)], ())
    assert judged["pass"], judged


def test_a_folder_of_feeds_has_an_outcome_for_each_file(tmp_path: Path) -> None:
    """As ``judging --corpus`` does with feedparser's own test files."""
    (tmp_path / "good").mkdir()
    (tmp_path / "good/a.xml").write_bytes(rss(make_items("a", 2)))
    (tmp_path / "bad.xml").write_bytes(b"<!--\nHeader: Status: 404\n-->" + rss(make_items("b", 2)))
    report = corpus(tmp_path)
    assert report["summary"]["outcomes"] == {"bad.xml: error": 1, "good: ok": 1}
    assert report["summary"]["with_entries"] == 1
    assert not report["summary"]["bad_batches"]


@pytest.mark.hostile
@pytest.mark.parametrize("name", list(REG))
def test_alone_between_healthy_feeds(name: str, hostile: Hostile) -> None:
    if not runs_here(hostile, name):
        pytest.skip("this machine lacks what it needs")
    judged = alone(hostile, name)
    assert judged["pass"], judged


def test_the_memory_of_a_poll_is_its_own(hostile: Hostile, tmp_path: Path) -> None:
    """A process is born with the peak of the one that started it."""
    own = bytearray(b"x") * (300 << 20)
    poll = run_adapter(ADAPTER, [hostile.url_of("ok_rss")], str(tmp_path / "t.db"), "force", 60)
    assert poll.exit == 0
    assert 0 < poll.rss_mb < len(own) >> 20
