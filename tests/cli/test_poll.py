"""``tracker poll`` from outside: exit codes, what cron hears, the log, blind spots, odd clocks."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import Desk, feed
from tests.cli.running import without_root_powers
from tests.feeds.web import Asked, Page, item, rss


def good(*numbers: int) -> Page:
    return Page(rss(*(item(n) for n in numbers)))


def log_of(desk: Desk) -> list[dict[str, Any]]:
    lines = (desk.home / "poll.log").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


# ---- exit codes ---------------------------------------------------------------------------------


def test_exit_codes_tell_what_came_of_it(desk: Desk) -> None:
    desk.config(feed("a") + feed("b"))
    desk.web.pages["/a"] = good(1)
    assert desk.run("poll", "--strict", "--all").returncode == 69
    assert desk.run("poll", "--all").returncode == 0
    assert desk.run("poll", "--all", "--exit-code").returncode == 10
    assert desk.run("poll", "--all", "--feed", "b").returncode == 69
    desk.web.pages["/b"] = good(5)
    assert desk.run("poll", "--all", "--strict", "--exit-code").returncode == 0
    assert desk.run("poll").returncode == 0
    assert desk.run("poll", "--format", "xml").returncode == 2


def test_nothing_configured_or_nothing_due_is_no_failure(desk: Desk) -> None:
    desk.config()
    done = desk.run("poll")
    assert (done.returncode, done.stdout) == (0, "No feed is due.\n")
    assert desk.run("poll", "-q", "--strict").stdout == ""


def test_feeds_that_give_no_answer_in_time_are_counted_kept_and_stay_due(desk: Desk) -> None:
    over = threading.Event()

    def page(_: Asked) -> Page:
        over.wait()
        return good(1)

    desk.web.pages |= {"/slow": page, "/behind": good(2)}
    desk.config(feed("slow") + feed("behind"))
    try:
        done = desk.run("poll", "--max-time", "1", "--log", str(desk.home / "poll.log"))
    finally:
        over.set()
    words = "no answer within 1 s"
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, f"2 feeds gave {words}.")
    assert f"skipped\tslow\t-\t0\t0\t0\t{words}\n" in done.stdout
    assert {row["id"]: row["problems"] for row in log_of(desk)} == {
        "slow": [words],
        "behind": [words],
    }
    with sqlite3.connect(desk.program.db) as db:
        kept = db.execute("SELECT feed, outcome, problems FROM polls ORDER BY feed").fetchall()
    db.close()
    assert kept == [(name, "skipped", words) for name in ("behind", "slow")]
    assert desk.run("poll").stdout.splitlines()[-1].startswith("2 feeds asked, 2 new entries")


def test_another_poll_ends_this_one_with_75_in_silence(desk: Desk) -> None:
    desk.config(feed("a"))
    desk.run("poll")
    import fcntl

    lock = desk.program.db.with_name("tracker.db.lock")
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        quiet, told = desk.run("poll"), desk.run("poll", "-v")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (75, "", "")
    assert (told.returncode, told.stderr) == (75, "tracker: Another poll is running.\n")


def test_a_host_that_asked_for_silence_is_told_with_its_end(desk: Desk) -> None:
    desk.config(feed("a") + feed("b") + feed("c"), poll="pause = '0s'\nthreads = 1\n")
    desk.web.pages["/a"] = Page(b"", 429, {"Retry-After": "7200"})
    silence = "127.0.0.1 asked for silence until 30 Jul 14:00 UTC: "
    first = desk.run("poll", "--strict")
    assert first.stdout.splitlines()[-1].endswith(f"1 failed. {silence}2 feeds wait.")
    again = desk.run("poll", "--all")
    assert (again.returncode, again.stdout) == (0, f"No feed is due. {silence}3 feeds wait.\n")
    assert len(desk.web.asked) == 1

    polled = {one["id"]: one["next_poll"] for one in desk.json("poll", "--all")["feeds"]}
    for command in ("list", "health"):
        rows = {one["id"]: one for one in desk.json("feeds", command)}
        assert {name: one["next_poll"] for name, one in rows.items()} == polled
    assert polled["b"] == "2025-07-30T14:00:00Z"
    assert (rows["b"]["state"], rows["b"]["reason"]) == ("never polled", f"{silence[:-2]}")
    assert silence[:-2] in desk.run("feeds", "health", "--format", "table").stdout


# ---- what cron hears ----------------------------------------------------------------------------


def test_quiet_means_changes_of_state_only_with_the_feeds_name(desk: Desk) -> None:
    desk.config(feed("a", more='title = "The Paper"') + feed("b", more='title = "Other"'))
    desk.web.pages["/a"], desk.web.pages["/b"] = good(1), good(2)
    assert desk.run("poll", "-q").stdout == ""
    desk.web.pages["/a"] = Page(b"", 500)
    heard = [
        desk.at(f"2025-07-31T{hour:02}:00:00Z").run("poll", "-q", "--all") for hour in range(6)
    ]
    assert {done.returncode for done in heard} == {0}
    assert {done.stderr for done in heard} == {""}
    told = [done.stdout for done in heard if done.stdout]
    assert told == ["The Paper: fails since 2025-07-31 00:00 UTC (5 times): status 500\n"] or told[
        0
    ].startswith("The Paper: fails since 2025-07-31 00:00 UTC (5 times): ")
    assert len(told) == 1
    desk.web.pages["/a"] = good(1, 3)
    again = desk.at("2025-07-31T09:00:00Z").run("poll", "-q", "--all")
    assert again.stdout == "The Paper: works again (failing since 2025-07-31 00:00 UTC)\n"
    desk.web.pages["/b"] = Page(b"", 410)
    gone = desk.at("2025-07-31T10:00:00Z").run("poll", "-q", "--all")
    assert gone.stdout == "Other: is gone (410); its entries are kept and it is not asked again\n"
    assert desk.at("2025-08-01T10:00:00Z").run("poll", "-q").stdout == ""


def test_all_failing_in_quiet_prints_nothing_until_it_lasts(desk: Desk) -> None:
    desk.config(feed("a"))
    done = desk.run("poll", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (69, "", "")
    head = desk.run("timeline", "--limit", "1", "--format", "rich").stdout
    assert "no feed answered 30 Jul 12:00" in head
    assert "polled" not in head


def test_a_hostile_title_in_a_change_is_plain_text(desk: Desk) -> None:
    desk.config(feed("a"))
    title = "\x1b]0;owned\x07[bold]x[/bold]\u202e"
    desk.web.pages["/a"] = Page(
        rss(item(1)).replace(b"<title>Feed</title>", f"<title>{title}</title>".encode()), 200
    )
    desk.run("poll", "-q")
    desk.web.pages["/a"] = Page(rss(item(9)))
    heard = desk.at("2025-07-31T12:00:00Z").run("poll", "-q").stdout
    assert "gap" in heard
    assert "\x1b" not in heard


# ---- the log ------------------------------------------------------------------------------------


def test_the_log_has_a_line_of_json_for_each_feed_asked(desk: Desk) -> None:
    desk.config(feed("a") + feed("b") + feed("off", more="enabled = false"))
    desk.web.pages["/a"] = good(1, 2)
    assert desk.run("poll", "-q", "--log", "poll.log").returncode == 0
    rows = {row["id"]: row for row in log_of(desk)}
    assert set(rows) == {"a", "b"}
    assert {key: rows["a"][key] for key in ("at", "outcome", "status", "entries", "new", "error")} == {
        "at": "2025-07-30T12:00:00Z", "outcome": "new", "status": 200, "entries": 2, "new": 2,
        "error": None,
    }  # fmt: skip
    assert (rows["b"]["outcome"], rows["b"]["status"]) == ("failed", 404)
    assert set(rows["a"]) == {"at", "id", "url", "outcome", "status", "entries", "new", "revised",
                              "error", "next_poll", "problems", "ms"}  # fmt: skip
    desk.at("2025-07-31T12:00:00Z").run("poll", "--log", "poll.log")
    assert [row["outcome"] for row in log_of(desk) if row["id"] == "a"] == ["new", "unchanged"]


def test_the_log_shows_no_password_and_no_control_character(desk: Desk) -> None:
    base = desk.web.base.replace("http://", "http://me:hush@")
    desk.config(f'[[feed]]\nid = "a"\nurl = "{base}/a"\n')
    desk.web.pages["/a"] = Page(b"\x1b[31m" * 20, 200, {"Content-Type": "text/\x9b31m"})
    desk.run("poll", "--log", "poll.log")
    text = (desk.home / "poll.log").read_text(encoding="utf-8")
    assert "hush" not in text
    assert not {letter for letter in text if letter < " " and letter != "\n"}
    assert "\x9b" not in text


@pytest.mark.parametrize("place", [".", "no/such/folder/poll.log", "feeds.toml/x"])
def test_a_log_that_cannot_be_written_is_told_before_anything_is_asked(
    desk: Desk, place: str
) -> None:
    desk.config(feed("a"))
    desk.web.pages["/a"] = good(1)
    done = desk.run("poll", "-q", "--log", place)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{place} cannot be written" in done.stderr
    assert desk.web.asked == []


def test_a_log_without_permission_is_told_before_anything_is_asked(desk: Desk) -> None:
    prefix = without_root_powers()
    if prefix is None:
        pytest.skip("needs setpriv: root may write anywhere")
    desk.config(feed("a"))
    (desk.home / "poll.log").touch()
    (desk.home / "poll.log").chmod(0o400)
    done = desk.program.start(
        "poll", "--config", str(desk.feeds), "--log", "poll.log", prefix=prefix
    )
    assert (done.returncode, "Permission denied" in done.stderr) == (2, True)
    assert desk.web.asked == []


def test_a_log_on_a_full_disk_loses_no_entry(desk: Desk) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    desk.config(feed("a"))
    desk.web.pages["/a"] = good(1)
    done = desk.run("poll", "--log", "/dev/full")
    assert done.returncode == 2
    assert "/dev/full cannot be written: No space left" in done.stderr
    assert "1 feed asked, 1 new entry, " in done.stdout
    assert len(desk.json("entries")) == 1


# ---- blind spots --------------------------------------------------------------------------------


def outage(desk: Desk) -> None:
    """Two of three feeds fail from 12 July on; both are back on the 14th."""
    desk.config("".join(feed(name) for name in "abc"))
    for name in "abc":
        desk.web.pages[f"/{name}"] = good(1)
    desk.at("2025-07-11T12:00:00Z").run("poll")
    desk.web.pages |= {"/a": Page(b"", 500), "/b": Page(b"", 503)}
    for day in (12, 13):
        desk.at(f"2025-07-{day}T12:00:00Z").run("poll", "--all")
    desk.web.pages |= {"/a": good(1, 2), "/b": good(1, 2)}
    desk.at("2025-07-14T12:00:00Z").run("poll", "--all")


def test_blind_spans_stand_at_the_head_of_the_timeline(desk: Desk) -> None:
    outage(desk)
    shown = desk.at("2025-07-20T12:00:00Z").run(
        "timeline", "--format", "rich", "--since", "2025-07-01", "--until", "2025-07-31"
    )
    assert "! 12-14 Jul 2025: 2 of 3 feeds blind (a, b)" in shown.stdout
    before = desk.run("timeline", "--format", "rich", "--since", "2025-05", "--until", "2025-06")
    assert "blind" not in before.stdout


def test_blind_days_are_told_also_where_no_event_lies_in_them(desk: Desk) -> None:
    """The days asked for count, not those of what was found: nothing seen may be nothing looked."""
    outage(desk)
    later = desk.at("2025-07-20T12:00:00Z")
    words = ("timeline", "--format", "rich", "--since", "2025-07-12", "--until")
    none = later.run(*words, "2025-07-13", "--grep", "zeppelin").stdout
    assert "No event answers" in none
    assert "! 12-13 Jul 2025: 2 of 3 feeds blind (a, b)" in none
    assert "! 12-14 Jul 2025" in later.run(*words, "2025-07-17").stdout
    piped = later.run("timeline", "--since", "2025-07-12", "--until", "2025-07-13")
    assert "12-13 Jul 2025: 2 of 3 feeds blind (a, b)" in piped.stderr
    assert "blind" not in piped.stdout


def test_a_feed_that_still_fails_is_blind_from_then_on(desk: Desk) -> None:
    desk.config(feed("a") + feed("b"))
    desk.web.pages |= {"/a": good(1), "/b": Page(b"", 500)}
    desk.at("2026-09-01T12:00:00Z").run("poll")
    desk.at("2026-09-05T12:00:00Z").run("poll", "--all")
    later = desk.at("2026-09-05T13:00:00Z")
    assert "! from 1 Sep 2026 on: 1 of 2 feeds blind (b)" in later.run(
        "timeline", "--format", "rich", "--since", "2026-06").stdout  # fmt: skip
    desk.config(feed("a"))
    assert "! 1-5 Sep 2026: 1 of 1 feed blind (b)" in later.run(
        "timeline", "--format", "rich", "--since", "2026-06").stdout  # fmt: skip


def test_a_proven_gap_is_a_blind_span(desk: Desk) -> None:
    desk.config(feed("a"))
    desk.web.pages["/a"] = good(1)
    desk.at("2025-07-12T12:00:00Z").run("poll")
    desk.web.pages["/a"] = good(20)
    desk.at("2025-07-14T12:00:00Z").run("poll")
    shown = desk.run("timeline", "--format", "rich", "--since", "2025-07", "--until", "2025-07")
    assert "12-14 Jul 2025: 1 of 1 feed blind (a)" in shown.stdout
    assert desk.json("feeds", "health")[0]["last_gap"] == {
        "since": "2025-07-12T12:00:00Z", "until": "2025-07-14T12:00:00Z"
    }  # fmt: skip


def test_a_body_cut_off_is_a_failure_and_hides_nothing_from_later_polls(desk: Desk) -> None:
    desk.config(feed("a") + feed("b"))
    whole = rss(item(1), item(2))
    head = whole[: whole.index(b"<item>")]
    for name in "ab":
        desk.web.pages[f"/{name}"] = Page(head, etag='"cut"')
    first = desk.polled("a", code=69)
    assert (first["outcome"], first["status"]) == ("failed", 200)
    assert first["error"] == "not well-formed: no element found in line 1, and no entry in it"
    health = desk.json("feeds", "health")[0]
    assert (health["state"], health["last_ok"]) == ("failing", None)
    assert health["reason"] == first["error"]
    later = desk.at("2025-07-31T12:00:00Z")
    desk.web.pages["/a"] = Page(whole, etag='"cut"')  # the same version, arrived whole
    assert later.polled("a", "--all")["new"] == 2
    assert "if-none-match" not in desk.web.asked[-1].headers
    assert "blind (b)" in later.run("timeline", "--format", "rich", "--since", "2025-07-31").stdout


def test_a_body_that_ends_in_the_middle_gives_its_entries_and_is_asked_for_again(
    desk: Desk,
) -> None:
    desk.config(feed("a"))
    whole = rss(item(1), item(2), item(3))
    desk.web.pages["/a"] = Page(whole[: whole.rindex(b"<item>")], etag='"cut"')
    first = desk.polled("a")
    assert (first["outcome"], first["new"]) == ("new", 2)
    words = "it ends in the middle: all of it is asked for again"
    assert words in first["problems"]
    health = desk.json("feeds", "health")[0]
    assert (health["state"], health["reason"]) == ("ok", words)
    desk.web.pages["/a"] = Page(whole, etag='"cut"')
    assert desk.polled("a", "--all")["new"] == 1
    assert desk.json("feeds", "health")[0]["reason"] is None
    assert desk.polled("a", "--all")["status"] == 304


# ---- a clock that is wrong ----------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["1970-01-01T00:05:00Z", "2099-01-01T00:00:00Z"])
def test_a_wrong_clock_is_told_once_and_silences_no_feed(desk: Desk, wrong: str) -> None:
    desk.config(feed("a") + feed("b"))
    desk.web.pages["/a"] = good(1)
    first = desk.at(wrong).run("poll", "-q")
    assert f"the clock of this machine says {wrong[:10]}, servers say 20" in first.stdout
    assert "clock" not in desk.at(wrong).run("poll", "-q", "--all").stdout
    entries = desk.json("entries")
    assert [entry["published"] for entry in entries] == ["2025-07-02T00:00:00Z"]
    right = desk.run("poll", "-q")
    assert "the clock of this machine is right again" in right.stdout
    assert len(desk.web.asked) == 6
    health = desk.json("feeds", "health")[0]
    assert health["last_ok"] == "2025-07-30T12:00:00Z"
    desk.web.pages["/b"] = good(1)
    assert desk.run("poll", "--all").returncode == 0
    shown = desk.run("timeline", "--format", "rich")
    assert "blind" not in shown.stdout


def test_a_silence_noted_by_a_clock_that_was_ahead_ends_with_it(desk: Desk) -> None:
    desk.config(feed("a"))
    desk.web.pages["/a"] = Page(b"", 429, {"Retry-After": "7200"})
    desk.at("2099-01-01T00:00:00Z").run("poll")
    assert desk.polled("a", code=69)["outcome"] == "failed"
    assert desk.at("2025-07-30T13:00:00Z").polled("a", "--all")["outcome"] == "skipped"
    desk.web.pages["/a"] = good(1)
    assert desk.at("2025-07-30T14:30:00Z").polled("a", "--all")["outcome"] == "new"
    assert len(desk.web.asked) == 3


def test_dates_are_judged_by_the_servers_clock_where_ours_is_behind(desk: Desk) -> None:
    desk.config(feed("a"))
    desk.web.pages["/a"] = good(1, 2)
    tried = desk.at("1970-01-01T00:00:00Z").json("feeds", "test", "a")
    assert [entry["published"] for entry in tried["entries"]] == [
        "2025-07-02T00:00:00Z", "2025-07-03T00:00:00Z"
    ]  # fmt: skip


def test_a_signal_in_the_midst_of_a_poll_leaves_the_log_whole(desk: Desk) -> None:
    desk.config(feed("a") + feed("slow"))
    desk.web.pages["/a"] = good(1)
    import signal
    import threading

    reached, go_on = threading.Event(), threading.Event()

    def slow(_: object) -> Page:
        reached.set()
        go_on.wait(20)
        return good(1)

    desk.web.pages["/slow"] = slow
    run = subprocess.Popen(
        [sys.executable, "-m", "tracker", "poll", "--config", str(desk.feeds), "--log", "poll.log"],
        cwd=desk.home, env=desk.program.environ(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert reached.wait(20)
        run.send_signal(signal.SIGTERM)
        _, told = run.communicate(timeout=20)
    finally:
        go_on.set()
        run.kill()
    assert (run.returncode, told) == (143, b"")
    assert log_of(desk) == []
    assert desk.run("poll", "--all", "--log", "poll.log").returncode == 0
    assert {row["outcome"] for row in log_of(desk)} <= {"new", "unchanged"}


# ---- what cannot be opened ----------------------------------------------------------------------


@pytest.mark.parametrize("link", ["javascript:alert(1)", ""])
def test_no_event_rests_on_an_item_that_cannot_be_opened(desk: Desk, link: str) -> None:
    """It is kept and found, and counts once another page tells of the same act."""
    title = "US Commerce adds 12 Chinese chip firms to the Entity List"

    def told(number: int, address: str) -> str:
        return (
            f"<item><title>{title}</title><link>{address}</link><guid isPermaLink='false'>g{number}"
            "</guid><pubDate>Wed, 30 Jul 2025 09:00:00 GMT</pubDate></item>"
        )

    asked = ("timeline", "--since", "2025-07-29", "--until", "2025-07-31", "--origin", "news")
    desk.config(feed("a") + feed("b"))
    desk.web.pages["/a"] = Page(rss(told(1, link)))
    desk.web.pages["/b"] = Page(rss())
    problems = desk.polled("a", "--all")["problems"]
    assert problems == ["1 item has no http link: no event rests on it"]
    assert desk.json(*asked)["events"] == []
    assert [entry["title"] for entry in desk.json("entries")] == [title]

    desk.web.pages["/b"] = Page(rss(told(2, "https://news.example/listing")))
    desk.polled("b", "--all")
    (event,) = desk.json(*asked)["events"]
    assert (event["witnesses"], event["reports"]) == (1, 2)
    assert [source["url"] for source in event["sources"]] == ["https://news.example/listing"]
