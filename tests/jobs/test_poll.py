"""The whole walk of a poll: real server, real file, real children."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.feeds.web import Asked, Page, Web, item, rss
from tracker.cli.options import Options
from tracker.core import recognise as recognising
from tracker.core.identity import Arrival, Placed
from tracker.core.lexicon import Lexicon
from tracker.core.poll_report import FeedResult, PollReport
from tracker.core.polling import FeedState, Turn
from tracker.errors import Busy, UsageProblem
from tracker.feeds.document import Document
from tracker.feeds.pool import Parsers
from tracker.jobs import asking, deriving
from tracker.jobs import poll as job
from tracker.jobs.answer import Answer, Unchanged
from tracker.jobs.poll import Wish, poll
from tracker.jobs.rebuild import rebuild
from tracker.layout import paths
from tracker.model import Entry, Mention
from tracker.settings import FeedConfig
from tracker.store import revisions
from tracker.store.entries import Entries
from tracker.store.incoming import Incoming
from tracker.store.origin import Origin
from tracker.store.polls import Polls
from tracker.wiring import House

NOON = datetime(2025, 7, 30, 12, tzinfo=UTC)


class Bench:
    """A house in a folder of its own, with a clock that stands still."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder, self.web, self.now = folder, web, NOON

    def config(self, *feeds: str, more: str = "") -> None:
        lines = ['[poll]\nprivate_hosts = ["127.0.0.1", "localhost"]\n']
        lines += [f'[[feed]]\nid = "{n}"\nurl = "{self.web.base}/{n}"\n{more}' for n in feeds]
        (self.folder / "feeds.toml").write_text("".join(lines), encoding="utf-8")

    def house(self) -> House:
        where = [str(self.folder / name) for name in ("t.db", "feeds.toml")]
        options = Options(db=where[0], config=where[1])
        return House(options, paths(where[0], where[1], {}, self.folder), {}, lambda: self.now)

    def poll(self, **wish: Any) -> PollReport:
        house = self.house()
        try:
            return poll(house, Wish(**wish), {})
        finally:
            house.close()

    def feed(self, name: str, **wish: Any) -> FeedResult:
        return next(feed for feed in self.poll(**wish).feeds if feed.id == name)

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.folder / "t.db") as db:
            rows = db.execute(query).fetchall()
        db.close()
        return rows


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.close()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the record already: making it takes longer than any poll here."""
    path = tmp_path_factory.mktemp("prepared") / "t.db"
    options = Options(db=str(path))
    house = House(options, paths(str(path), None, {}, path.parent), {}, lambda: NOON)
    house.writer().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    house.close()
    return path


@pytest.fixture
def bench(tmp_path: Path, web: Web, prepared: Path) -> Bench:
    shutil.copy(prepared, tmp_path / "t.db")
    return Bench(tmp_path, web)


def test_entries_are_stored_and_a_second_poll_is_conditional(bench: Bench) -> None:
    bench.web.pages["/a"] = Page(rss(item(1), item(2)), etag='"v1"')
    bench.config("a")
    first = bench.feed("a")
    assert (first.outcome, first.entries, first.new) == ("new", 2, 2)

    assert bench.poll().asked == ()
    again = bench.feed("a", everything=True)

    assert (again.outcome, again.status, again.new, again.entries) == ("unchanged", 304, 0, 2)
    assert bench.web.asked[-1].headers["if-none-match"] == '"v1"'
    assert len(bench.web.asked) == 2


def test_the_same_body_is_not_parsed_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:

    bench.web.pages["/a"] = Page(rss(item(1)))
    bench.config("a")
    bench.poll()
    monkeypatch.setattr(Parsers, "parse", None)  # would end in a failure of the feed
    assert bench.feed("a", everything=True).outcome == "unchanged"


def test_known_entries_are_cut_out_and_the_rows_are_those_of_a_whole_parse(
    bench: Bench, tmp_path: Path
) -> None:
    bench.web.pages["/a"] = Page(rss(*(item(n) for n in range(5))))
    bench.config("a")
    bench.poll()
    bench.web.pages["/a"] = Page(rss(item(9), item(1, "Edited"), *(item(n) for n in (0, 2, 3))))
    second = bench.feed("a", everything=True)
    assert (second.entries, second.new, second.revised) == (5, 1, 1)
    query = "SELECT item_id, digest, title, summary, url, published FROM revisions ORDER BY 1, 2"
    cut = bench.sql(query)

    with sqlite3.connect(tmp_path / "t.db") as db:
        db.execute("UPDATE feeds SET parts = NULL, body_hash = ''")
    db.close()
    whole = bench.feed("a", everything=True)
    assert (whole.new, whole.revised) == (0, 0)
    assert bench.sql(query) == cut


def test_a_headline_that_is_taken_back_is_the_newest_text_again(bench: Bench) -> None:
    """Beside entries that are cut out, known as they are by their bytes."""
    listed, denied = "US adds 20 firms to the Entity List", "Rain in Geneva"
    bench.config("a")
    said = []
    for day, title in enumerate((listed, denied, listed, listed), 30):
        bench.now = NOON + timedelta(days=day - 30)
        others = (item(n, "Rain in London") for n in (2, 3, day))
        bench.web.pages["/a"] = Page(rss(item(1, title), *others))
        bench.feed("a", everything=True)
        (newest,) = bench.sql("SELECT title, revisions FROM entries WHERE url LIKE '%/1'")
        told = bench.sql("SELECT id FROM events WHERE origin = 'news'")
        said.append((*newest, len(told)))
    assert said == [(listed, 1, 1), (denied, 2, 0), (listed, 3, 1), (listed, 3, 1)]

    house = bench.house()
    known = {
        day: [one.title for _, one in revisions.known_by(house.reader(), day) if "/1" in one.url]
        for day in (NOON.date() + timedelta(days=n) for n in range(4))
    }
    assert [*known.values()] == [[listed], [denied], [listed], [listed]]
    before = [bench.sql(query) for query in DERIVED]
    rebuild(house, lambda *_: None)
    house.close()
    assert [bench.sql(query) for query in DERIVED] == before
    assert len({row[0] for row in bench.sql("SELECT id FROM event_ids WHERE since > ''")}) == 1


def test_two_hundred_unchanged_feeds_are_two_hundred_questions_and_no_parse(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"f{n}" for n in range(200)]
    for name in names:
        bench.web.pages[f"/{name}"] = Page(rss(item(1)), etag=f'"{name}"')
    bench.config(*names)
    monkeypatch.setattr(Parsers, "parse", None)  # would end in a failure of the feed
    statements: list[str] = []
    house = bench.house()
    db = house.writer()
    for name in names:
        url = f"{bench.web.base}/{name}"
        Polls(db).save(FeedState(name, url, url, etag=f'"{name}"', body_hash="0", last_ok=NOON))
    monkeypatch.setattr(house, "writer", lambda: db)
    db.set_trace_callback(statements.append)
    report = poll(house, Wish(everything=True), {})
    house.close()
    assert {feed.outcome for feed in report.feeds} == {"unchanged"}
    assert len(bench.web.asked) == 200
    assert all(f'"{asked.path[1:]}"' == asked.headers["if-none-match"] for asked in bench.web.asked)
    # Begin, states (now and then, while answers come in), end: not one commit a feed.
    assert statements.count("COMMIT") <= 20


def test_new_texts_are_stored_once_and_only_the_last_row_waits_for_the_disk(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["a", "b", "c"]
    for name in names:
        bench.web.pages[f"/{name}"] = Page(rss(item(ord(name)), item(ord(name) + 100)))
    bench.config(*names)
    statements: list[str] = []
    house = bench.house()
    db = house.writer()
    monkeypatch.setattr(house, "writer", lambda: db)
    db.set_trace_callback(statements.append)
    report = poll(house, Wish(), {})
    house.close()
    assert report.entries_new == 6
    assert not [sql for sql in statements if sql.startswith("SAVEPOINT")]  # it copies every page
    assert not [sql for sql in statements if "r.summary" in sql]  # a text read back
    how, commits = "", list[str]()
    for sql in statements:
        how = sql.removeprefix("PRAGMA synchronous = ") if "synchronous" in sql else how
        commits += [how] if sql == "COMMIT" else []
    assert (set(commits[:-1]), commits[-1]) == ({"NORMAL"}, "FULL")


def test_an_unchanged_poll_loads_no_parser_and_nothing_that_derives(bench: Bench) -> None:
    bench.web.pages["/a"] = Page(rss(item(1)), etag='"v1"')
    bench.config("a")
    bench.poll()
    loaded = loaded_by_a_poll(bench)
    assert "tracker.jobs.poll" in loaded
    heavy = {
        "feedparser", "urllib3", "sqlite_utils", "rich", "dateutil", "opencc", "ahocorasick",
        "tracker.jobs.derive", "tracker.core.recognise", "tracker.feeds.document",
        "http.client", "ssl", "hashlib", "tracker.core.text",
    }  # fmt: skip
    assert heavy.isdisjoint(loaded)


def test_a_poll_with_news_leaves_names_and_rules_to_its_children(bench: Bench) -> None:
    bench.config("a")
    bench.web.pages["/a"] = Page(rss(item(1, "BIS adds 12 firms to the Entity List")))
    loaded = loaded_by_a_poll(bench)
    assert bench.sql("SELECT relevant FROM mentions") == [(1,)]
    assert "tracker.jobs.derive" in loaded
    core = ("lexicon", "acts", "recognise", "query")
    rules = {"ahocorasick", *(f"tracker.core.{name}" for name in core)}
    assert rules.isdisjoint(loaded)


def loaded_by_a_poll(bench: Bench, first: str = "") -> list[str]:
    """What a poll prints, then every module that it loaded; ``first`` is run before it."""
    words = ["poll", "--all", "--db", str(bench.folder / "t.db")]
    words += ["--config", str(bench.folder / "feeds.toml")]
    code = f"import sys; from tracker.cli import run\n{first}\nrun({words}); print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split("\n")


def test_a_child_is_started_before_what_reads_its_answers_is_loaded(bench: Bench) -> None:
    """What it loads takes longer than all that is loaded here: neither waits for the other."""
    bench.config("a")
    bench.web.pages["/a"] = Page(rss(item(1)))
    late = ["tracker.feeds.document", "tracker.feeds.fetch", "tracker.core.identity"]
    told = f"print(*[name for name in {late} if name in sys.modules], sep='\\n')"
    first = (
        "from tracker.feeds import child; start = child.started\n"
        f"def noted(*given): {told}; print('started'); return start(*given)\n"
        "child.started = noted"
    )
    loaded = loaded_by_a_poll(bench, first)
    assert "started" in loaded
    assert loaded[: loaded.index("started")] == [""]
    assert set(late) <= set(loaded)


def test_an_entry_that_cannot_be_stored_costs_its_feed_alone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several feeds are stored in one transaction."""
    names = ["a", "b", "c", "d"]
    for name in names:
        bench.web.pages[f"/{name}"] = Page(rss(item(ord(name)), item(ord(name) + 100)))
    bench.config(*names)
    keep = Entries._keep

    def broken(
        self: Entries, incoming: Incoming, one: Placed, arrival: Arrival, origin: Origin,
        *, returns: bool,
    ) -> bool:  # fmt: skip
        if origin.feed == "b" and arrival.title == "Headline 198":
            raise ValueError("never seen before")
        return keep(self, incoming, one, arrival, origin, returns=returns)

    monkeypatch.setattr(Entries, "_keep", broken)
    outcomes = {feed.id: feed.outcome for feed in bench.poll().feeds}
    assert outcomes == {"a": "new", "b": "failed", "c": "new", "d": "new"}
    assert bench.sql("SELECT feed, count(*) FROM items GROUP BY feed ORDER BY feed") == [
        ("a", 2), ("c", 2), ("d", 2),
    ]  # fmt: skip


def test_a_permanent_move_is_kept_and_a_new_address_by_the_user_ends_it(bench: Bench) -> None:
    bench.web.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    bench.web.pages["/b"] = Page(rss(item(1)))
    bench.config("a")
    report = bench.poll()
    assert report.feeds[0].outcome == "moved"
    assert "moved to" in report.changes[0].text
    bench.poll(everything=True)
    assert [asked.path for asked in bench.web.asked] == ["/a", "/b", "/b"]
    assert bench.sql("SELECT count(*) FROM moves") == [(1,)]


def test_a_move_to_something_broken_is_not_kept(bench: Bench) -> None:
    bench.web.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    bench.web.pages["/b"] = Page(b"<html><body>parked</body></html>")
    bench.config("a")
    assert bench.feed("a").outcome == "failed"
    assert bench.sql("SELECT stored_url FROM feeds")[0][0].endswith("/a")


def test_gone_is_asked_no_more_and_keeps_its_entries(bench: Bench) -> None:
    bench.web.pages["/a"] = Page(rss(item(1)))
    bench.config("a")
    bench.poll()
    bench.web.pages["/a"] = Page(status=410)
    bench.now += timedelta(days=2)
    report = bench.poll()
    assert report.feeds[0].outcome == "gone"
    assert "gone" in report.changes[0].text
    bench.now += timedelta(days=20)
    later = bench.poll()
    assert (later.feeds[0].outcome, later.feeds[0].next_poll, later.asked) == ("gone", None, ())
    assert bench.poll(everything=True).asked == ()
    assert len(bench.web.asked) == 2
    assert bench.sql("SELECT count(*) FROM entries") == [(1,)]


def test_a_feed_that_is_gone_is_asked_once_more_where_it_is_named(bench: Bench) -> None:
    bench.web.pages["/a"] = Page(status=410)
    bench.config("a")
    bench.poll()
    assert [feed.outcome for feed in bench.poll(only=("a",)).asked] == ["gone"]
    bench.web.pages["/a"] = Page(rss(item(1)))
    assert bench.poll(only=("a",)).feeds[0].outcome == "new"
    assert [feed.outcome for feed in bench.poll(everything=True).asked] == ["unchanged"]


def test_a_feed_whose_login_was_refused_is_asked_anew_with_another(bench: Bench) -> None:
    """Of the login two bytes are kept, and none once it is not refused."""
    plain = bench.web.base

    def config(login: str) -> None:
        bench.web.base = plain.replace("//", f"//{login}@")
        bench.config("a")
        bench.web.base = plain

    bench.web.pages["/a"] = Page(b"", 401)
    config("me:old")
    for _ in range(4):
        assert bench.feed("a", everything=True).outcome == "failed"
    bench.now += timedelta(hours=2)
    config("me:old")
    assert bench.poll().asked == ()  # it waits eight hours
    config("me:new")
    assert bench.feed("a").outcome == "failed"
    assert bench.sql("SELECT failures FROM feeds") == [(1,)]
    assert bench.poll().asked == ()
    kept = bench.sql("SELECT key, length(value) FROM meta WHERE key LIKE 'login%'")
    assert kept == [("login_refused/a", 4)]

    bench.web.pages["/a"] = Page(rss(item(1)))
    config("me:right")
    assert bench.feed("a").outcome == "new"
    assert bench.sql("SELECT 1 FROM meta WHERE key LIKE 'login%'") == []
    config("me:right2")
    assert bench.poll().asked == ()


def test_retry_after_silences_the_whole_host_across_runs(bench: Bench) -> None:
    bench.web.pages["/a"] = Page(status=429, headers={"Retry-After": "3600"})
    bench.web.pages["/b"] = Page(rss(item(1)))
    bench.config("a", "b")
    bench.poll()
    asked = len(bench.web.asked)
    bench.now += timedelta(minutes=50)
    assert {feed.outcome for feed in bench.poll(everything=True).feeds} == {"skipped"}
    assert len(bench.web.asked) == asked
    bench.now += timedelta(minutes=11)
    bench.web.pages["/a"] = Page(rss(item(2)))
    assert {feed.outcome for feed in bench.poll(everything=True).feeds} == {"new"}


def test_hosts_are_asked_in_turns(bench: Bench) -> None:
    """Whole queues one after another would leave threads without work while the last are asked."""
    elsewhere = bench.web.base.replace("127.0.0.1", "localhost")
    lines = ['[poll]\nprivate_hosts = ["127.0.0.1", "localhost"]\nthreads = 1\n']
    for n, base in zip("abcd", (bench.web.base,) * 2 + (elsewhere,) * 2, strict=True):
        bench.web.pages[f"/{n}"] = Page(status=404)
        lines.append(f'[[feed]]\nid = "{n}"\nurl = "{base}/{n}"\n')
    (bench.folder / "feeds.toml").write_text("".join(lines), encoding="utf-8")
    bench.poll()
    assert [asked.path for asked in bench.web.asked] == ["/a", "/c", "/b", "/d"]


def test_no_redirect_leads_into_a_silence(bench: Bench) -> None:
    """A host that asked for silence is left alone by feeds of other hosts that redirect to it."""
    elsewhere = bench.web.base.replace("127.0.0.1", "localhost")
    bench.web.pages["/a"] = Page(status=302, headers={"Location": f"{elsewhere}/b"})
    bench.web.pages["/b"] = Page(status=429, headers={"Retry-After": "3600"})
    bench.config("a")
    assert bench.poll().feeds[0].outcome == "failed"
    bench.web.pages["/b"] = Page(rss(item(1)))
    bench.now += timedelta(minutes=30)
    assert bench.poll(everything=True).feeds[0].outcome == "skipped"
    assert [asked.path for asked in bench.web.asked] == ["/a", "/b", "/a"]
    bench.now += timedelta(minutes=31)
    assert bench.poll(everything=True).feeds[0].outcome == "new"


def test_a_lasting_failure_is_told_once_and_so_is_the_recovery(bench: Bench) -> None:
    bench.web.pages["/a"] = Page(rss(item(1)))
    bench.web.pages["/ok"] = Page(rss(item(7)))
    bench.config("a", "ok")
    bench.poll()
    bench.web.pages["/a"] = Page(status=500)
    told = []
    for _ in range(8):
        bench.now += timedelta(days=1, hours=3)
        told += [change.text for change in bench.poll().changes]
    assert len(told) == 1
    assert "500" in told[0]
    bench.web.pages["/a"] = Page(rss(item(1)))
    bench.now += timedelta(days=2)
    assert [change.text[:11] for change in bench.poll().changes] == ["works again"]
    assert [row[0] is not None for row in bench.sql("SELECT until FROM outages")] == [True]


def test_no_item_in_common_is_a_gap(bench: Bench) -> None:
    bench.web.pages["/a"] = Page(rss(item(1), item(2)))
    bench.config("a")
    bench.poll()
    bench.web.pages["/a"] = Page(rss(item(11), item(12)))
    bench.now += timedelta(days=1)
    assert "gap" in bench.poll().changes[0].text
    assert bench.sql("SELECT feed, since, until FROM gaps") == [
        ("a", "2025-07-30T12:00:00Z", "2025-07-31T12:00:00Z")
    ]


def test_one_feed_that_fails_harms_no_other(bench: Bench) -> None:
    bench.web.pages["/a"] = Page(b"<html></html>")
    bench.web.pages["/b"] = Page(rss(item(1)))
    bench.web.pages["/c"] = Page(b"\xff" * 2000)
    bench.config("a", "b", "c")
    outcomes = {feed.id: feed.outcome for feed in bench.poll().feeds}
    assert outcomes == {"a": "failed", "b": "new", "c": "failed"}


def test_a_failure_of_the_whole_network_counts_against_nobody(bench: Bench, tmp_path: Path) -> None:
    hosts = "".join(f'[[feed]]\nid = "f{n}"\nurl = "http://f{n}.invalid/f"\n' for n in range(4))
    (tmp_path / "feeds.toml").write_text(hosts, encoding="utf-8")
    report = bench.poll()
    assert not report.network
    assert bench.sql("SELECT max(failures), count(next_poll) FROM feeds") == [(0, 4)]
    assert bench.poll().asked == ()
    bench.now += timedelta(minutes=11)
    assert len(bench.poll().asked) == 4


def test_two_polls_at_once_are_one(bench: Bench) -> None:
    bench.config("a")
    with bench.house().lock(), pytest.raises(Busy):
        bench.poll()


def test_an_unknown_feed_is_an_error_with_a_suggestion(bench: Bench) -> None:
    bench.config("register")
    with pytest.raises(UsageProblem, match="regster") as caught:
        bench.poll(only=("regster",))
    assert "register" in caught.value.hint
    assert not bench.web.asked


def test_secrets_come_from_outside_and_are_shown_nowhere(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("open sesame\n", encoding="utf-8")
    bench.config("a", more=f'username = "me"\npassword_file = "{secret}"\n')

    def page(asked: Asked) -> Page:
        return Page(rss(item(1))) if "authorization" in asked.headers else Page(status=401)

    bench.web.pages["/a"] = page
    assert bench.feed("a").new == 1
    with sqlite3.connect(tmp_path / "t.db") as db:
        assert "open sesame" not in "\n".join(db.iterdump())
    db.close()


@pytest.mark.parametrize("words", [["poll", "--format", "json"], ["poll", "-q"], ["poll"]])
def test_the_command_answers_in_its_contract(
    bench: Bench, words: list[str], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from tracker.cli import run

    run_here: Callable[..., int] = run
    bench.web.pages["/a"] = Page(rss(item(1)))
    bench.config("a")
    monkeypatch.setenv("TRACKER_NOW", NOON.isoformat())
    where = ["--db", str(bench.folder / "t.db"), "--config", str(bench.folder / "feeds.toml")]
    assert run_here([*words, *where]) == 0
    printed = capsys.readouterr().out
    if "json" in words:
        report = json.loads(printed)
        assert set(report) == {"schema_version", "started", "finished", "feeds", "entries_new",
                               "entries_revised", "events_new", "events_changed"}  # fmt: skip
        assert report["feeds"][0]["next_poll"] > "2025-07-30T12"
        assert report["entries_new"] == 1
    else:
        assert ("1 new entry" in printed) == ("-q" not in words)


TITLES = ("US adds 20 firms to the Entity List", "商务部对镓实施出口管制", "Rain in Geneva")
DERIVED = (
    "SELECT id, relevant, score, known, body FROM mentions ORDER BY id",
    "SELECT id, body FROM events ORDER BY id",
    "SELECT event, node FROM event_members ORDER BY node",
    "SELECT rowid, head, words FROM entry_words ORDER BY rowid",
    "SELECT key, value FROM meta WHERE key IN ('rules', 'derived_upto', 'unjoined') AND value > ''",
)


def serve_news(web: Web) -> list[str]:
    names = [f"f{n}" for n in range(4)]
    for n, name in enumerate(names):
        odd = f"http://www.news.example/{n}?utm_source=x"  # its canonical link makes the id
        items = (
            item(10 * n + k, title, link=odd if k == 2 else "") for k, title in enumerate(TITLES)
        )
        web.pages[f"/{name}"] = Page(rss(*items))
    return names


@pytest.mark.parametrize("watch", ["", '[[watch]]\nid = "rain"\nnames = ["Rain"]\n'])
def test_what_children_recognise_is_stored_as_if_read_here_in_steps_or_at_once(
    tmp_path: Path, web: Web, prepared: Path, monkeypatch: pytest.MonkeyPatch, watch: str
) -> None:
    names = serve_news(web)
    monkeypatch.setattr(job, "MOST_FRESH", 1)
    monkeypatch.setattr(asking, "MOST_AT_ONCE", 1)
    held, read_here = [], []
    recognise = recognising.recognise

    def noted(entry: Entry, lexicon: Lexicon) -> tuple[Mention, ...]:
        read_here.append(entry.item_id)
        return recognise(entry, lexicon)

    monkeypatch.setattr(recognising, "recognise", noted)
    for way, step in (("child", 1000), ("steps", 3), ("here", 1000)):
        monkeypatch.setattr(deriving, "MUCH", 2 * step)
        monkeypatch.setattr(deriving, "STEP", step)
        if way == "here":
            monkeypatch.setattr(asking, "_origin_of", lambda *_: None)
        folder = tmp_path / way
        folder.mkdir()
        shutil.copy(prepared, folder / "t.db")
        one = Bench(folder, web)
        one.config(*names)
        with (folder / "feeds.toml").open("a", encoding="utf-8") as file:
            file.write(watch)
        report = one.poll()
        assert (report.entries_new, report.events_new) == (12, 2)
        held.append([one.sql(query) for query in DERIVED])
        assert len(read_here) == (12 if way == "here" else 0)

    assert sum(row[1] for row in held[0][0]) >= 8
    assert held[0] == held[1] == held[2]


def test_a_poll_that_ended_between_two_steps_is_finished_by_the_next(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = serve_news(bench.web)
    bench.config(*names)
    monkeypatch.setattr(job, "MOST_FRESH", 1)
    monkeypatch.setattr(asking, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(deriving, "MUCH", 6)
    monkeypatch.setattr(deriving, "STEP", 3)

    def killed(_: deriving.Deriving) -> tuple[int, int]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(deriving.Deriving, "rest", killed)
        with pytest.raises(KeyboardInterrupt):
            bench.poll()
    assert bench.sql("SELECT count(*) FROM mentions")[0][0] >= 6
    report = bench.poll(everything=True)
    assert (report.entries_new, report.events_new) == (0, 2)
    assert bench.sql("SELECT count(*) FROM mentions") == [(12,)]
    assert bench.sql("SELECT value FROM meta WHERE key = 'unjoined'") == [("",)]


def test_an_edited_item_keeps_its_event_until_the_end(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers ask while a poll waits for a slow feed: what they saw before is still there."""
    bench.config("f0")
    serve_news(bench.web)
    bench.poll()
    looks = ("SELECT id FROM events WHERE origin = 'news' ORDER BY id", DERIVED[0])
    before = [bench.sql(look) for look in looks]
    assert all(before)
    edited = [item(k, f"{title}, ministry says") for k, title in enumerate(TITLES)]
    bench.web.pages["/f0"] = Page(rss(*edited))
    monkeypatch.setattr(job, "MOST_FRESH", 1)
    monkeypatch.setattr(deriving, "MUCH", 1)
    monkeypatch.setattr(deriving, "STEP", 1)
    rest = deriving.Deriving.rest
    seen: list[list[tuple[Any, ...]]] = []

    def looked(own: deriving.Deriving) -> tuple[int, int]:
        seen.extend(bench.sql(look) for look in looks)
        return rest(own)

    monkeypatch.setattr(deriving.Deriving, "rest", looked)
    assert bench.poll(everything=True).entries_revised == 3
    assert seen == before


def test_what_is_new_waits_only_for_a_few_others() -> None:
    """A commit costs more than its rows, and what is not committed is lost with the power."""
    turn = Turn(FeedConfig("a", "https://news.example/a"), FeedState("a", "", ""), "due")
    quiet = Answer(turn, unchanged=Unchanged.NOT_MODIFIED)
    fresh = Answer(turn, document=Document("rss20"))
    assert not job._full([quiet] * 255, 60.0)
    assert job._full([quiet] * 256, 0.0)
    assert not job._full([quiet, *[fresh] * 11], 0.2)
    assert job._full([fresh] * 12, 0.0)
    assert job._full([quiet, fresh], 0.3)


@pytest.mark.parametrize("limit", [None, 0.5])
def test_a_feed_that_hangs_has_failed_only_where_the_run_had_time(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, limit: float | None
) -> None:
    over = threading.Event()

    def never(_: Asked) -> Page:
        over.wait(30)
        return Page(b"late")

    bench.config("a", "b")  # one host: the second is not asked before the first has answered
    bench.web.pages["/a"] = never
    monkeypatch.setattr(job, "STUCK", 0.5 if limit is None else 60.0)
    report = bench.poll(max_time=limit)
    over.set()
    first, second = report.feeds
    assert (second.outcome, second.unfinished) == ("skipped", True)
    assert first.outcome == ("failed" if limit is None else "skipped")
    failures = bench.sql("SELECT failures FROM feeds WHERE id = 'a'")
    assert failures == ([(1,)] if limit is None else [])
