"""``tracker feeds``: listing, health, adding, removing, trying, OPML; feeds.toml stays a person's."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import Desk, feed
from tests.feeds.web import Page, item, rss
from tracker.model import TIERS

COMMENTED = """# my feeds
[timeline]
headline = "x" # kept

# ---- trade press ----
[[feed]] # the first
id = "a"
url = "BASE/a"   # odd   spacing
# a thought between keys
group = "Trade"

# stands above b
[[feed]]
id = "b"
url = "BASE/b"
headers = { "X-A" = "1" }

# ---- pages ----
[[page]] # mine
id = "p"
url = "BASE/p"
items = "li"

[[feed]]
id = "c"
url = "BASE/c"
# the end
"""


def ids(desk: Desk) -> list[str]:
    data = tomllib.loads(desk.feeds.read_text(encoding="utf-8"))
    return [table["id"] for kind in ("feed", "page") for table in data.get(kind, [])]


# ---- list and health ----------------------------------------------------------------------------


def test_the_list_keeps_the_users_word_and_shows_where_a_feed_moved(desk: Desk) -> None:
    desk.config(feed("a", "old", 'title = "Mine"\ngroup = "G"') + feed("b", more="enabled = false"))
    desk.web.pages["/old"] = Page(b"", 301, {"Location": "/new"})
    desk.web.pages["/new"] = Page(rss(item(1), item(2)))
    assert desk.polled("a")["outcome"] == "moved"
    first, second = desk.json("feeds", "list")
    assert {key: first[key] for key in ("id", "url", "stored_url", "title", "entries", "group")} == {
        "id": "a", "url": f"{desk.web.base}/old", "stored_url": f"{desk.web.base}/new",
        "title": "Mine", "entries": 2, "group": "G",
    }  # fmt: skip
    assert set(first) >= {"lang", "tier", "enabled", "gone", "failing_since", "last_ok",
                          "next_poll", "error"}  # fmt: skip
    assert [move["to"] for move in first["moves"]] == [f"{desk.web.base}/new"]
    assert (second["enabled"], second["entries"]) == (False, 0)
    assert "moved to" in desk.run("feeds", "health").stdout


def test_health_says_in_words_how_each_feed_is(desk: Desk) -> None:
    names = ("good", "broken", "wall", "empty", "gone")
    desk.config("".join(feed(name) for name in names) + feed("off", more="enabled = false"))
    desk.web.pages |= {
        "/good": Page(rss(*(item(n) for n in range(1, 9)))),
        "/broken": Page(b"oops", 500),
        "/wall": Page(b"<title>Just a moment...</title>", 403, {"cf-mitigated": "challenge"}),
        "/empty": Page(rss()),
        "/gone": Page(b"", 410),
    }
    desk.json("poll")
    health = {row["id"]: row for row in desk.json("feeds", "health")}
    assert {name: row["state"] for name, row in health.items()} == {
        "good": "ok", "broken": "failing", "wall": "blocked", "empty": "empty", "gone": "gone",
        "off": "disabled",
    }  # fmt: skip
    good, broken = health["good"], health["broken"]
    assert (good["last_ok"], good["rhythm_seconds"]) == ("2025-07-30T12:00:00Z", 86400)
    assert good["next_poll"] > "2025-07-30T12:00:00Z"
    assert (broken["failing_since"], broken["failures"]) == ("2025-07-30T12:00:00Z", 1)
    assert "500" in broken["reason"]
    assert set(broken) == {"id", "title", "state", "last_ok", "failing_since", "failures", "reason",
                           "next_poll", "rhythm_seconds", "gaps", "last_gap", "entries"}  # fmt: skip
    table = desk.run("feeds", "health", "--format", "table", COLUMNS="80").stdout
    assert all(len(line) <= 80 for line in table.splitlines())
    assert "500" in table


def test_a_feed_that_went_empty_is_called_that_with_since_when(desk: Desk) -> None:
    desk.config(feed("a"))
    desk.web.pages["/a"] = Page(rss(item(1), item(2)))
    desk.json("poll")
    assert desk.json("feeds", "health")[0]["state"] == "ok"
    desk.web.pages["/a"] = Page(rss(), etag='"e"')
    for hour in (8, 9):
        desk.at(f"2025-07-31T{hour:02}:00:00Z").json("poll", "--all")
    (row,) = desk.json("feeds", "health")
    assert (row["state"], row["entries"]) == ("empty", 2)
    assert row["reason"] == "no entry since 31 Jul 08:00 UTC"
    assert "no entry since 31 Jul 08:00 UTC" in desk.run("feeds", "health").stdout
    desk.web.pages["/a"] = Page(rss(item(3)))
    desk.at("2025-07-31T10:00:00Z").json("poll", "--all")
    (row,) = desk.json("feeds", "health")
    assert (row["state"], row["reason"]) == ("ok", None)


def test_a_feed_that_was_never_polled_is_called_that(desk: Desk) -> None:
    desk.config(feed("a"))
    assert desk.json("feeds", "health")[0]["state"] == "never polled"


ACT = "US Commerce adds 20 Chinese chip firms to Entity List"


def test_one_page_in_two_feeds_is_reported_and_not_confirmed(desk: Desk) -> None:
    desk.config(feed("world", more='title = "Example News: World"')
                + feed("technology", more='title = "Example News: Technology"'))  # fmt: skip
    page = item(29, ACT, link="https://www.example-news.com/2025/07/29/entity-list")
    desk.web.pages |= {"/world": Page(rss(page)), "/technology": Page(rss(page))}
    assert desk.json("poll")["entries_new"] == 2
    (event,) = desk.json("timeline", "--origin", "news")["events"]
    assert (event["reports"], event["witnesses"], event["status"]) == (2, 1, "reported")


def test_a_feed_that_moved_and_its_new_address_are_one_witness(desk: Desk) -> None:
    desk.config(feed("old", more='title = "Old"') + feed("new", more='title = "New"'))
    desk.web.pages |= {
        "/old": Page(b"", 301, {"Location": "/new"}),
        "/new": Page(rss(item(1, ACT))),
    }
    desk.json("poll")
    (event,) = desk.json("timeline", "--origin", "news")["events"]
    assert (event["witnesses"], event["status"]) == (1, "reported")


# ---- add ----------------------------------------------------------------------------------------


def html(*links: str) -> bytes:
    named = "".join(f"<link rel='alternate' type='application/rss+xml' href='{x}'>" for x in links)
    return f"<!DOCTYPE html><html><head><title>A site</title>{named}</head></html>".encode()


def test_adding_a_feed_keeps_everything_that_is_there(desk: Desk) -> None:
    desk.config(COMMENTED)
    before = desk.feeds.read_text(encoding="utf-8")
    desk.web.pages["/new.rss"] = Page(rss(item(1)))
    done = desk.run("feeds", "add", f"{desk.web.base}/new.rss", "--group", "Neue “Gruppe”")
    assert (done.returncode, done.stdout) == (0, f"Added feed: {desk.web.base}/new.rss\n")
    after = desk.feeds.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert tomllib.loads(after)["feed"][-1] == {
        "id": "feed", "url": f"{desk.web.base}/new.rss", "title": "Feed", "group": "Neue “Gruppe”"
    }  # fmt: skip


def test_a_page_leads_to_its_feed(desk: Desk) -> None:
    desk.config()
    desk.web.pages["/site/"] = Page(html("feed.xml"), headers={"Content-Type": "text/html"})
    desk.web.pages["/site/feed.xml"] = Page(rss(item(1)))
    assert desk.run("feeds", "add", f"{desk.web.base}/site/").returncode == 0
    assert (
        tomllib.loads(desk.feeds.read_text())["feed"][0]["url"] == f"{desk.web.base}/site/feed.xml"
    )


def test_of_several_feeds_the_first_good_one_is_taken_and_the_others_are_told(desk: Desk) -> None:
    desk.config()
    desk.web.pages["/"] = Page(html("/dead", "/posts", "/comments", "javascript:x"))
    desk.web.pages["/posts"] = Page(rss(item(1)))
    done = desk.run("feeds", "add", f"{desk.web.base}/")
    assert done.stdout == f"Added feed: {desk.web.base}/posts\n"
    assert f"the page also names {desk.web.base}/comments" in done.stderr


def test_a_page_whose_first_feed_is_there_names_the_next_one(desk: Desk) -> None:
    desk.config(feed("a", "posts") + feed("b", "news"))
    desk.web.pages["/"] = Page(html("/posts", "/news", "/comments"))
    desk.web.pages["/posts"] = Page(rss(item(1)))
    before = desk.feeds.read_bytes()
    done = desk.run("feeds", "add", f"{desk.web.base}/")
    base = desk.web.base
    assert done.returncode == 2
    assert f'{base}/posts is configured already as "a"; the page also names {base}/comments.\n' in (
        done.stderr
    )
    assert done.stderr.endswith(f"Try: tracker feeds add {base}/comments\n")
    assert desk.feeds.read_bytes() == before


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (html(), "a web page that names no feed.\nTry: the address of the feed itself; a list"),
        (html("/dead"), "names feeds, but none can be read: "),
        (b"%PDF-1.7", "not a feed: a PDF file"),
        (b"<title>Just a moment...</title><html>", "blocked: a page of Cloudflare"),
    ],
)
def test_a_page_without_a_feed_is_told_and_nothing_is_written(
    desk: Desk, body: bytes, words: str
) -> None:
    desk.config(COMMENTED)
    before = desk.feeds.read_bytes()
    desk.web.pages["/"] = Page(body)
    done = desk.run("feeds", "add", f"{desk.web.base}/")
    assert done.returncode == 2
    assert words in done.stderr
    assert desk.feeds.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("ftp://a.example/f",), "only http and https"),
        (("",), "there is no address"),
        (("https://a.example/" + "a" * 100_000,), "2083"),
        (("javascript:alert(1)",), "only http and https"),
        (("BASE/a",), 'configured already as "a"'),
        (("https://a.example/x", "--id", "b", "--no-check"), 'The id "b" is taken'),
        (("https://a.example/x", "--id", "B C", "--no-check"), "cannot be an id"),
        (("http://127.0.0.2/f",), "private_hosts"),
    ],
)
def test_what_cannot_be_added_is_refused_and_the_file_untouched(
    desk: Desk, words: tuple[str, ...], told: str
) -> None:
    desk.config(COMMENTED)
    before = desk.feeds.read_bytes()
    done = desk.run("feeds", "add", *(word.replace("BASE", desk.web.base) for word in words))
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr) < 2000
    assert desk.feeds.read_bytes() == before


def test_the_first_edit_begins_with_the_feeds_that_came_with_the_program(desk: Desk) -> None:
    """Without a file of one's own the shipped one is read; an edit must not make its feeds vanish."""
    done = desk.program.run("feeds", "add", "https://a.example/f", "--no-check", "--id", "own")
    assert done.returncode == 0
    own = desk.home / ".config" / "tracker" / "feeds.toml"
    shipped = (Path(__file__).parents[2] / "feeds.toml").read_text(encoding="utf-8")
    assert own.read_text(encoding="utf-8").startswith(shipped)
    assert desk.program.run("feeds", "remove", "own").returncode == 0
    assert own.read_text(encoding="utf-8").rstrip() == shipped.rstrip()


# ---- remove -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a", "b", "c", "p"])
def test_removing_takes_one_table_and_leaves_every_comment(desk: Desk, name: str) -> None:
    desk.config(COMMENTED)
    before = desk.feeds.read_text(encoding="utf-8")
    assert desk.run("feeds", "remove", name).returncode == 0
    after = desk.feeds.read_text(encoding="utf-8")
    assert ids(desk) == [one for one in ("a", "b", "c", "p") if one != name]
    inside = {"a": {"# the first", "# odd   spacing", "# a thought between keys"}, "p": {"# mine"}}
    for comment in ("# my feeds", "# kept", "# ---- trade press ----", "# the first", "# mine",
                    "# odd   spacing", "# a thought between keys", "# stands above b",
                    "# ---- pages ----", "# the end"):  # fmt: skip
        assert (comment in after) == (comment not in inside.get(name, set())), comment
    assert set(after.splitlines()) <= set(before.splitlines())


def test_every_shipped_feed_can_be_removed_alone(tmp_path: Path) -> None:
    from tracker.feeds import editing

    shipped = (Path(__file__).parents[2] / "feeds.toml").read_text(encoding="utf-8")
    data = tomllib.loads(shipped)
    for kind in ("feed", "page"):
        for table in data[kind][:: 9 if kind == "feed" else 1]:
            path = tmp_path / "feeds.toml"
            path.write_text(shipped, encoding="utf-8")
            assert editing.remove(path, table["id"])
            left = tomllib.loads(path.read_text(encoding="utf-8"))
            assert left[kind] == [one for one in data[kind] if one is not table]
            other = "page" if kind == "feed" else "feed"
            assert left[other] == data[other]


def test_line_ends_links_and_permissions_stay(desk: Desk) -> None:
    desk.config(COMMENTED)
    real = desk.home / "dotfiles.toml"
    real.write_bytes(desk.feeds.read_bytes().replace(b"\n", b"\r\n"))
    real.chmod(0o600)
    desk.feeds.unlink()
    desk.feeds.symlink_to(real)
    assert desk.run("feeds", "add", "https://a.example/f", "--no-check").returncode == 0
    assert desk.run("feeds", "remove", "a").returncode == 0
    assert desk.feeds.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert real.read_bytes().count(b"\n") == real.read_bytes().count(b"\r\n")


def test_a_mark_before_the_text_stays(desk: Desk) -> None:
    desk.config(COMMENTED)
    desk.feeds.write_bytes(b'\xef\xbb\xbf[[feed]]\nid = "a"\nurl = "https://a.example/f"\n')
    assert desk.run("feeds", "remove", "a").returncode == 0
    assert desk.feeds.read_bytes() == b"\xef\xbb\xbf"


def test_a_table_that_cannot_be_taken_out_safely_is_left(desk: Desk) -> None:
    desk.config('\n[[watch]]\nid = "w"\nnames = ["x"]\n')
    text = f'feed = [{{ id = "a", url = "{desk.web.base}/a" }}]\n' + desk.feeds.read_text()
    desk.feeds.write_text(text, encoding="utf-8")
    done = desk.run("feeds", "remove", "a")
    assert done.returncode == 2
    assert "cannot be edited safely" in done.stderr
    assert desk.feeds.read_text(encoding="utf-8") == text


def test_removing_what_is_not_there_suggests(desk: Desk) -> None:
    desk.config(feed("theregister"))
    done = desk.run("feeds", "remove", "theregistr")
    assert done.returncode == 2
    assert "did you mean theregister?" in done.stderr


def test_entries_of_a_removed_feed_stay(desk: Desk) -> None:
    desk.config(feed("a") + feed("b"))
    desk.web.pages["/a"] = Page(rss(item(1)))
    desk.json("poll")
    desk.run("feeds", "remove", "a")
    assert [entry["feed"] for entry in desk.json("entries")] == ["a"]


# ---- test ---------------------------------------------------------------------------------------


def test_trying_a_feed_shows_what_would_be_stored_and_stores_nothing(desk: Desk) -> None:
    desk.config(feed("a", more='lang = "zh-Hans"'))
    act = item(1, "商务部宣布对镓、锗相关物项实施出口管制", date="2025年7月15日 08:30")
    desk.web.pages["/a"] = Page(rss(act, item(2, "A recipe for soup")), etag='"1"')
    trial = desk.json("feeds", "test", "a")
    assert (trial["status"], trial["form"], trial["conditional"]) == (200, "rss20", "304")
    assert [entry["published"] for entry in trial["entries"]] == [
        "2025-07-15T00:30:00Z", "2025-07-03T00:00:00Z"
    ]  # fmt: skip
    assert trial["entries"][0]["recognised"].startswith("countermeasure, tighten") or trial[
        "entries"
    ][0]["recognised"].startswith("rule, tighten")
    assert trial["entries"][1]["recognised"] == ""
    assert [asked.headers.get("if-none-match") for asked in desk.web.asked] == [None, '"1"']
    assert desk.json("entries") == []
    text = desk.run("feeds", "test", f"{desk.web.base}/a", COLUMNS="80").stdout
    assert "商务部宣布" in text


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (Page(rss(item(1))), "no validators"),
        (Page(rss(item(1)), headers={"ETag": '"always-new"'}), "sent again whole"),
    ],
)
def test_servers_that_do_not_answer_conditionally_are_told(
    desk: Desk, page: Page, said: str
) -> None:
    desk.config(feed("a"))
    desk.web.pages["/a"] = page
    assert said in desk.json("feeds", "test", "a")["conditional"]


def test_a_page_is_tried_by_its_selectors(desk: Desk) -> None:
    desk.config('[[page]]\nid = "p"\nurl = "BASE/p"\nitems = "li"\nitem_date = "span"\n')
    desk.web.pages["/p"] = Page(b"<li><a href='/1'>One</a><span>[2025-07-15]</span></li>")
    trial = desk.json("feeds", "test", "p")
    assert (trial["form"], trial["entries"][0]["published"]) == ("page", "2025-07-15T00:00:00Z")
    desk.web.pages["/p"] = Page(b"<p>nothing</p>")
    assert "no item matched 'li'" in desk.json("feeds", "test", "p", code=69)["error"]


def test_trying_fails_in_words_and_with_69(desk: Desk) -> None:
    desk.config(feed("a"))
    for page, words in ((Page(b"", 404), "404"), (Page(html("/f")), "a web page"),
                        (Page(b"", 302, {"Location": "http://127.0.0.2/"}), "127.0.0.2")):  # fmt: skip
        desk.web.pages["/a"] = page
        trial = desk.json("feeds", "test", "a", code=69)
        assert words in trial["error"]
    desk.web.pages["/a"] = Page(html("/f"))
    assert desk.json("feeds", "test", "a", code=69)["feeds_named"] == [f"{desk.web.base}/f"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("test", "theregistr"), "did you mean theregister?"),
        (("test", "ftp://a.example/"), "only http and https"),
        (("test", "theregister", "--format", "xml"), "--format does not know 'xml'"),
        (("list", "--format", "jsn"), "did you mean json?"),
        (("health", "--format", "csv"), "--format"),
    ],
)
def test_wrong_words_are_named(desk: Desk, words: tuple[str, ...], told: str) -> None:
    desk.config(feed("theregister"))
    done = desk.run("feeds", *words)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_password_is_sent_and_never_shown(desk: Desk) -> None:
    desk.config(feed("a", more='username = "me"\npassword_env = "SECRET"'))
    desk.web.pages["/a"] = Page(rss(item(1)))
    done = desk.run("feeds", "test", "a", "--format", "json", SECRET="hush-hush")
    assert desk.web.asked[0].headers["authorization"].startswith("Basic ")
    assert "hush" not in done.stdout + done.stderr
    missing = desk.run("feeds", "test", "a")
    assert (missing.returncode, "SECRET is not set" in missing.stderr) == (2, True)


def test_a_login_in_an_address_is_sent_and_neither_shown_nor_stored(desk: Desk) -> None:
    """It stays in feeds.toml; the database may be served to everybody."""
    desk.config(feed("a", "old").replace("BASE", desk.web.base.replace("//", "//me:hush@")))
    desk.web.pages["/old"] = Page(b"", 301, {"Location": "/new"})
    desk.web.pages["/new"] = Page(rss(item(1)), etag='"1"')
    assert desk.polled("a")["outcome"] == "moved"
    with sqlite3.connect(desk.program.db) as db:  # as an earlier version left it
        db.execute("UPDATE feeds SET url = replace(url, '//', '//me:hush@')")
        db.execute("UPDATE moves SET from_url = replace(from_url, '//', '//me:hush@')")
    db.close()
    for words in (("list",), ("health",), ("list", "--format", "json"), ("list", "--format", "lines"),
                  ("export",)):  # fmt: skip
        done = desk.run("feeds", *words)
        assert (done.returncode, "hush" in done.stdout + done.stderr) == (0, False)
    assert desk.polled("a", "--all")["outcome"] == "unchanged"
    assert all("authorization" in asked.headers for asked in desk.web.asked)
    with sqlite3.connect(desk.program.db) as db:
        assert "hush" not in "".join(db.iterdump())
    db.close()


TURNED = "https://e.example/\u202egpj.f"


def test_an_address_with_letters_that_cannot_be_seen_is_none(desk: Desk) -> None:
    opml = desk.home / "o.opml"
    opml.write_text(
        f'<opml version="1.0"><body><outline xmlUrl="{TURNED}"/></body></opml>', "utf-8"
    )
    desk.config(feed("a"))
    done = desk.run("feeds", "import", str(opml))
    assert "left out https://e.example/gpj.f: blanks, control characters" in done.stderr
    desk.config(f'[[feed]]\nid = "b"\nurl = "{TURNED}"')
    done = desk.run("feeds", "list")
    assert (done.returncode, "\u202e" in done.stdout + done.stderr) == (2, False)
    assert "feeds.toml:" in done.stderr


# ---- OPML ---------------------------------------------------------------------------------------

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>mine</title></head><body>
<outline text="News"><outline text="Asia &amp; Pacific">
  <outline type="rss" text="中央社" xmlUrl="https://a.example/cna" language="zh-TW"/></outline>
  <outline type="rss" title="Wire" text="w" xmlUrl="https://b.example/w"/></outline>
<outline type="rss" text="Top" xmlUrl="feed:https://c.example/top"/>
<outline type="rss" text="Twice" xmlUrl="https://c.example/top"/>
<outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/>
<outline text="an empty folder"/>
</body></opml>
"""


def test_folders_become_groups_and_come_back_as_folders(desk: Desk) -> None:
    desk.config(COMMENTED)
    before = desk.feeds.read_text(encoding="utf-8")
    (desk.home / "in.opml").write_text(OPML, encoding="utf-8")
    done = desk.run("feeds", "import", "in.opml")
    assert (done.returncode, done.stdout) == (0, "3 feeds added, 2 left out.\n")
    assert "https://c.example/top: there already" in done.stderr
    assert "javascript:alert(1): only http and https" in done.stderr
    assert desk.feeds.read_text(encoding="utf-8").startswith(before)
    listed = {row["url"]: row for row in desk.json("feeds", "list")}
    assert {url: (row["title"], row["group"], row["lang"]) for url, row in listed.items()
            if ".example" in url} == {
        "https://a.example/cna": ("中央社", "News/Asia & Pacific", "zh-Hant"),
        "https://b.example/w": ("Wire", "News", "en"),
        "https://c.example/top": ("Top", "", "en"),
    }  # fmt: skip
    assert desk.run("feeds", "import", "in.opml").stdout == "0 feeds added, 5 left out.\n"
    exported = desk.run("feeds", "export", "-o", "out.opml")
    assert (exported.returncode, exported.stdout) == (0, "")
    assert exported.stderr == "tracker: not feeds, and so left out: p\n"

    second = Desk(desk.home / "second", desk.web)
    second.home.mkdir()
    second.config()
    assert second.run("feeds", "import", str(desk.home / "out.opml")).returncode == 0

    def told(rows: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
        return sorted((row["url"], row["title"], row["group"], row["lang"]) for row in rows)

    pages = f"{desk.web.base}/p"
    assert [(u, g, lang) for u, _, g, lang in told(second.json("feeds", "list"))] == [
        (u, g, lang) for u, _, g, lang in told(desk.json("feeds", "list")) if u != pages
    ]


def test_an_export_that_is_imported_gives_the_same_feeds(desk: Desk) -> None:
    """Titles that make no id of their own, a tier of each sort, and groups."""
    urls = [f"https://{n}.example/f" for n in range(len(TIERS))]
    desk.config("".join(
        f'[[feed]]\nid = "hk-{n}"\nurl = "{url}"\ntitle = "hk"\ntier = "{tier}"\n'
        for n, (url, tier) in enumerate(zip(urls, TIERS, strict=True))
    ))  # fmt: skip
    assert desk.run("feeds", "export", "-o", "out.opml").returncode == 0
    second = Desk(desk.home / "second", desk.web)
    second.home.mkdir()
    second.config()
    assert second.run("feeds", "import", str(desk.home / "out.opml")).returncode == 0
    assert second.json("feeds", "list") == desk.json("feeds", "list")
    assert second.run("feeds", "export").stdout == (desk.home / "out.opml").read_text("utf-8")


def test_what_a_foreign_file_says_in_our_attributes_is_judged(desk: Desk) -> None:
    desk.config('[[feed]]\nid = "a"\nurl = "https://a.example/f"\n')
    outlines = "".join(
        f'<outline text="News" xmlUrl="https://n{n}.example/f" tracker:id="{own}"'
        f' tracker:tier="{tier}"/>'
        for n, (own, tier) in enumerate([("a", "wire"), ("../b", "best"), ("added", ""), ("c", "")])
    )
    text = f'<opml xmlns:tracker="urn:tracker:feeds"><body>{outlines}</body></opml>'
    (desk.home / "in.opml").write_text(text, encoding="utf-8")
    assert desk.run("feeds", "import", "in.opml").returncode == 0
    told = [(row["id"], row["tier"]) for row in desk.json("feeds", "list")[1:]]
    assert told == [("news", "wire"), ("news-2", "general"), ("news-3", "general"),
                    ("c", "general")]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<opml><body>\n<outline text='a'>\n</body></opml>", "in.opml:3: not well-formed XML"),
        (b"<rss version='2.0'/>", "in.opml is not OPML"),
        (b"", "in.opml:1: not well-formed XML"),
        (b"\xff\xfe\x00\x00", "in.opml"),
        (b"<?xml version='1.0' encoding='utf-8'?><opml>\xe9</opml>", "in.opml:1:"),
        (b"<!DOCTYPE o [<!ENTITY a 'x'>]><opml>&a;</opml>", "entities are not read"),
        (b"<opml>" + b"<outline>" * 200_000, "in.opml:1:"),
        (b"{}", "in.opml:1:"),
        (
            b"<opml>" + b"<outline xmlUrl='https://a.example/f'/>" * 10_001 + b"</opml>",
            "names 10001 feeds, more than 10000",
        ),
    ],
)
def test_a_broken_opml_names_file_and_line_and_changes_nothing(
    desk: Desk, content: bytes, words: str
) -> None:
    desk.config(COMMENTED)
    before = desk.feeds.read_bytes()
    (desk.home / "in.opml").write_bytes(content)
    done = desk.run("feeds", "import", "in.opml")
    assert done.returncode == 2
    assert words in done.stderr
    assert desk.feeds.read_bytes() == before


def test_an_opml_file_comes_through_a_pipe(desk: Desk) -> None:
    desk.config()
    outline = b'<opml><body><outline xmlUrl="https://b.example/f" text="Bee"/></body></opml>'
    done = desk.program.run(
        "feeds", "import", "-", "--config", str(desk.feeds), stdin=outline.decode()
    )
    assert (done.returncode, done.stdout) == (0, "1 feed added, 0 left out.\n")
    assert [row["id"] for row in desk.json("feeds", "list")] == ["bee"]
    done = desk.program.run("feeds", "import", "-", "--config", str(desk.feeds), stdin="<opml>")
    assert (done.returncode, done.stderr[:22]) == (2, "tracker: the input:1: ")


@pytest.mark.parametrize(("encoding", "group"), [("Big5", "財經"), ("GB18030", "财经")])
def test_opml_in_chinese_encodings_is_read(desk: Desk, encoding: str, group: str) -> None:
    desk.config()
    opml = (f'<?xml version="1.0" encoding="{encoding}"?><opml><body><outline text="{group}">'
            '<outline text="半導體" xmlUrl="https://a.example/f"/></outline></body></opml>')  # fmt: skip
    (desk.home / "in.opml").write_bytes(opml.encode(encoding))
    done = desk.run("feeds", "import", "in.opml")
    assert (done.returncode, done.stdout) == (0, "1 feed added, 0 left out.\n")
    (row,) = desk.json("feeds", "list")
    assert (row["group"], row["title"]) == (group, "半導體")


def test_opml_in_no_known_encoding_asks_for_utf8(desk: Desk) -> None:
    desk.config()
    (desk.home / "in.opml").write_bytes(b"\x80\xff\xfe<opml>\x81")
    done = desk.run("feeds", "import", "in.opml")
    assert done.returncode == 2
    assert done.stderr.endswith("in.opml: the encoding is not known.\nTry: save it as UTF-8\n")


def test_trying_a_page_names_its_feeds_absolute(desk: Desk) -> None:
    desk.config()
    desk.web.pages["/site"] = Page(html("/ok"), headers={"Content-Type": "text/html"})
    done = desk.run("feeds", "test", f"{desk.web.base}/site")
    assert f"names the feed: {desk.web.base}/ok\n" in done.stdout
    tried = desk.json("feeds", "test", f"{desk.web.base}/site", code=69)
    assert tried["feeds_named"] == [f"{desk.web.base}/ok"]


def test_one_address_in_two_spellings_is_one_feed(desk: Desk) -> None:
    desk.config(feed("old"))
    outlines = "".join(
        f'<outline text="{url}" xmlUrl="{url}"/>'
        for url in ("HTTPS://A.example:443/b", "https://a.example/b", "https://a.example/B")
    )
    (desk.home / "in.opml").write_text(f"<opml><body>{outlines}</body></opml>", encoding="utf-8")
    done = desk.run("feeds", "import", "in.opml")
    assert done.stdout == "2 feeds added, 1 left out.\n"
    assert "https://a.example/b: there already" in done.stderr
    done = desk.run("feeds", "add", "https://A.EXAMPLE/b", "--no-check")
    assert (done.returncode, "is configured already as" in done.stderr) == (2, True)


def test_where_a_feed_moved_to_is_no_new_feed(desk: Desk) -> None:
    desk.config(feed("old"))
    desk.web.pages |= {"/old": Page(b"", 301, {"Location": "/new"}), "/new": Page(rss(item(1)))}
    desk.json("poll")
    for more in ((), ("--no-check",)):
        done = desk.run("feeds", "add", f"{desk.web.base}/new", *more)
        assert (done.returncode, ids(desk)) == (2, ["old"])
        assert '/new is where "old" moved to.\nTry: feeds list\n' in done.stderr
    opml = f'<opml><body><outline text="n" xmlUrl="{desk.web.base}/new"/></body></opml>'
    (desk.home / "in.opml").write_text(opml, encoding="utf-8")
    assert desk.run("feeds", "import", "in.opml").stdout == "0 feeds added, 1 left out.\n"


def test_of_a_file_that_is_too_large_no_more_is_read_than_tells(desk: Desk) -> None:
    desk.config(feed("a"))
    large = desk.home / "large.opml"
    large.touch()
    os.truncate(large, 1 << 40)  # nothing of it lies on the disk
    with large.open("rb") as file:
        done = [
            desk.run("feeds", "import", str(large)),
            subprocess.run(
                [sys.executable, "-m", "tracker", "feeds", "import", "-"], stdin=file, text=True,
                capture_output=True, env=desk.program.environ(), cwd=desk.home, check=False,
            ),
        ]  # fmt: skip
    assert [one.returncode for one in done] == [2, 2]
    assert f"tracker: {large} is larger than 8 MB." in done[0].stderr
    assert "tracker: the input is larger than 8 MB." in done[1].stderr


def test_files_that_are_no_opml_files(desk: Desk) -> None:
    desk.config()
    for name in (".", "nowhere.opml"):
        done = desk.run("feeds", "import", name)
        assert (done.returncode, "cannot be read" in done.stderr) == (2, True)


def test_an_export_holds_no_password_and_is_written_whole(desk: Desk) -> None:
    desk.config(
        '[[feed]]\nid = "a"\nurl = "https://me:hush@a.example/f"\ntitle = "A <b> & \\"c\\""\n'
    )
    done = desk.run("feeds", "export")
    assert "hush" not in done.stdout
    assert "text='A &lt;b&gt; &amp; \"c\"'" in done.stdout
    assert desk.run("feeds", "export", "-o", "no/such/dir/x.opml").returncode == 2
