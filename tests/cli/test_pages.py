"""Pages and the Federal Register polled: the rules of feeds hold for them as well."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.cli.desk import Desk
from tests.feeds import test_listing
from tests.feeds.web import Asked, Page

LIST = """
[[page]]
id = "mofcom"
url = "BASE/zcfb/"
title = "商务部"
lang = "zh-Hans"
tier = "official"
items = "ul.list li"
item_title = "a@title"
item_date = "span"
"""


def html(*numbers: int) -> bytes:
    items = "".join(
        f"<li><a href='art_{n}.html' title='商务部公告2025年第{n}号'>公告…</a><span>[2025-07-{n:02}]</span></li>"
        for n in numbers
    )
    return f"<html><meta charset=utf-8><ul class=list>{items}</ul></html>".encode()


def test_a_page_is_stored_as_entries_and_asked_conditionally(desk: Desk) -> None:
    desk.config(LIST)
    desk.web.pages["/zcfb/"] = Page(html(18, 19), headers={"Content-Type": "text/html"}, etag='"a"')
    first = desk.polled("mofcom")
    assert (first["outcome"], first["new"], first["problems"]) == ("new", 2, [])
    entries = desk.json("entries")
    assert [(e["title"], e["url"], e["published"]) for e in entries] == [
        ("商务部公告2025年第18号", f"{desk.web.base}/zcfb/art_18.html", "2025-07-18T00:00:00Z"),
        ("商务部公告2025年第19号", f"{desk.web.base}/zcfb/art_19.html", "2025-07-19T00:00:00Z"),
    ]
    later = desk.at("2025-07-31T12:00:00Z")
    assert later.polled("mofcom")["outcome"] == "unchanged"
    assert desk.web.asked[-1].headers["if-none-match"] == '"a"'


def test_a_page_that_changed_its_make_up_fails_and_keeps_what_it_gave(desk: Desk) -> None:
    desk.config(LIST)
    desk.web.pages["/zcfb/"] = Page(html(18))
    desk.polled("mofcom")
    desk.web.pages["/zcfb/"] = Page(b"<html><div class=new-list>...</div></html>")
    failed = desk.at("2025-07-31T12:00:00Z").polled("mofcom", code=69)
    assert failed["outcome"] == "failed"
    assert failed["error"] == "no item matched 'ul.list li': has the page changed?"
    assert len(desk.json("entries")) == 1
    health = desk.json("feeds", "health")[0]
    assert (health["state"], health["failing_since"]) == ("failing", "2025-07-31T12:00:00Z")


def test_other_selectors_read_an_unchanged_page_anew(desk: Desk) -> None:
    desk.config(LIST)
    desk.web.pages["/zcfb/"] = Page(html(18), etag='"a"')
    desk.polled("mofcom")
    desk.config(LIST.replace('"a@title"', '"a"'))
    again = desk.at("2025-07-31T12:00:00Z").polled("mofcom", "--all")
    assert (again["outcome"], again["revised"]) == ("new", 1)
    assert desk.json("entries")[0]["title"] == "公告…"
    assert desk.at("2025-08-01T12:00:00Z").polled("mofcom", "--all")["outcome"] == "unchanged"
    assert [asked.headers.get("if-none-match") for asked in desk.web.asked] == [None, None, '"a"']


def test_nothing_in_common_on_a_page_is_a_gap(desk: Desk) -> None:
    desk.config(LIST)
    desk.web.pages["/zcfb/"] = Page(html(1, 2))
    desk.polled("mofcom")
    desk.web.pages["/zcfb/"] = Page(html(20, 21))
    quiet = desk.at("2025-07-31T12:00:00Z").run("poll", "-q")
    assert quiet.stdout == "商务部: gap: nothing in common with 2025-07-30\n"
    assert desk.json("feeds", "health")[0]["gaps"] == 1


def test_a_page_at_a_private_address_is_refused_as_a_feed_would_be(desk: Desk) -> None:
    desk.config(LIST, poll="")
    text = desk.feeds.read_text(encoding="utf-8").replace('["127.0.0.1"]', "[]")
    desk.feeds.write_text(text, encoding="utf-8")
    assert desk.polled("mofcom", code=69)["outcome"] == "refused"
    assert desk.web.asked == []


def test_a_page_too_large_is_not_read(desk: Desk) -> None:
    desk.config(LIST)
    desk.web.pages["/zcfb/"] = Page(b"<li>" * (4 << 20))
    failed = desk.polled("mofcom", code=69)
    assert "MiB" in failed["error"] or "large" in failed["error"]


def test_a_challenge_instead_of_the_page_is_called_blocked(desk: Desk) -> None:
    desk.config(LIST)
    desk.web.pages["/zcfb/"] = Page(b"<title>Just a moment...</title>", 403)
    desk.polled("mofcom", code=69)
    assert desk.json("feeds", "health")[0]["state"] == "blocked"
    lines = desk.run("feeds", "health").stdout
    assert "blocked" in lines


# ---- the Federal Register -----------------------------------------------------------------------


def documents(*numbers: int, more: str = "", count: int = 0) -> bytes:
    results = [
        {
            "document_number": f"2025-{n:05}", "title": f"Additions to the Entity List {n}",
            "type": "Rule", "publication_date": f"2025-07-{n:02}", "abstract": "BIS amends.",
            "html_url": f"https://www.federalregister.gov/d/2025-{n:05}",
            "agencies": [{"name": "Industry and Security Bureau"}],
        }
        for n in numbers
    ]  # fmt: skip
    data: dict[str, Any] = {"count": count or len(results), "results": results}
    return json.dumps(data | ({"next_page_url": more} if more else {})).encode()


SOURCE = """
[[source]]
id = "fr"
type = "federal-register"
url = "BASE/api/v1/documents.json"
tier = "official"
"""


def test_further_pages_are_read_up_to_the_limit(desk: Desk) -> None:
    desk.config(SOURCE + "limit = 5\n")
    base = desk.web.base
    desk.web.pages["/api/v1/documents.json"] = Page(
        documents(9, 8, more=f"{base}/api/v1/documents?page=2", count=8), etag='"1"'
    )
    desk.web.pages["/api/v1/documents?page=2"] = Page(
        documents(7, 6, more=f"{base}/api/v1/documents?page=3", count=8)
    )
    desk.web.pages["/api/v1/documents?page=3"] = Page(
        documents(5, 4, more=f"{base}/api/v1/documents?page=4", count=8)
    )
    assert desk.polled("fr")["new"] == 5
    assert [asked.path for asked in desk.web.asked] == [
        "/api/v1/documents.json", "/api/v1/documents?page=2", "/api/v1/documents?page=3"
    ]  # fmt: skip
    later = desk.at("2025-07-31T12:00:00Z")
    assert later.polled("fr")["outcome"] == "unchanged"
    assert len(desk.web.asked) == 4


def test_a_further_page_that_fails_costs_its_own_entries_and_is_asked_again(desk: Desk) -> None:
    desk.config(SOURCE)
    more = f"{desk.web.base}/page2"
    desk.web.pages["/api/v1/documents.json"] = Page(documents(9, more=more), etag='"1"')
    desk.web.pages["/page2"] = Page(b"busy", 503)
    first = desk.polled("fr")
    assert (first["outcome"], first["new"]) == ("new", 1)
    assert "page 2 could not be read" in first["problems"][0]
    desk.web.pages["/page2"] = Page(documents(8))
    second = desk.at("2025-07-31T12:00:00Z").polled("fr")
    assert (second["outcome"], second["new"], second["problems"]) == ("new", 1, [])


def test_silence_asked_for_on_a_further_page_is_kept(desk: Desk) -> None:
    """Nothing is stored of half an answer, and nothing is asked before the time is over."""
    desk.config(SOURCE)
    desk.web.pages["/api/v1/documents.json"] = Page(
        documents(9, more=f"{desk.web.base}/page2"), etag='"1"'
    )
    desk.web.pages["/page2"] = Page(b"slow down", 429, {"Retry-After": "7200"})
    assert desk.polled("fr", code=69)["status"] == 429
    assert desk.at("2025-07-30T13:00:00Z").polled("fr", "--all")["outcome"] == "skipped"
    assert len(desk.web.asked) == 2
    desk.web.pages["/page2"] = Page(documents(8))
    assert desk.at("2025-07-30T14:30:00Z").polled("fr", "--all")["new"] == 2


def test_a_next_page_elsewhere_or_in_a_circle_is_not_followed(desk: Desk) -> None:
    desk.config(SOURCE)
    own = f"{desk.web.base}/api/v1/documents.json"
    for more in ("https://evil.example/page", "http://127.0.0.2/x", own, "file:///etc/passwd", "x"):
        desk.web.pages["/api/v1/documents.json"] = Page(documents(9, more=more))
        result = desk.polled("fr", "--all")
        assert "not asked" in result["problems"][0], more


def test_public_inspection_turning_over_is_no_gap(desk: Desk) -> None:
    desk.config(SOURCE)
    filed = b'{"count": 1, "results": [{"document_number": "%s", "title": "t%s", "filed_at": "2025-07-29T08:45:00.000-04:00"}]}'
    desk.web.pages["/api/v1/documents.json"] = Page(filed.replace(b"%s", b"1"))
    desk.polled("fr")
    desk.web.pages["/api/v1/documents.json"] = Page(filed.replace(b"%s", b"2"))
    later = desk.at("2025-07-31T12:00:00Z")
    assert later.run("poll", "-q").stdout == ""
    assert later.json("feeds", "health")[0]["gaps"] == 0
    assert [e["published"] for e in later.json("entries")] == ["2025-07-29T12:45:00Z"] * 2


def test_the_register_asking_for_silence_is_left_alone(desk: Desk) -> None:
    desk.config(SOURCE)
    desk.web.pages["/api/v1/documents.json"] = Page(b"slow down", 429, {"Retry-After": "7200"})
    assert desk.polled("fr", code=69)["status"] == 429
    again = desk.at("2025-07-30T13:00:00Z").polled("fr", "--all")
    assert again["outcome"] == "skipped"
    assert len(desk.web.asked) == 1


def test_a_refused_question_is_told_in_the_registers_own_words(desk: Desk) -> None:
    desk.config(SOURCE)
    body = b'{"errors": {"conditions": "agencies: is not a known slug"}}'
    for status in (200, 400):
        desk.web.pages["/api/v1/documents.json"] = Page(
            body, status, {"Content-Type": "application/json"}
        )
        result = desk.polled("fr", "--all", code=69)
        assert (result["outcome"], result["status"]) == ("failed", status)
    assert "400" in result["error"]


def test_an_answer_without_documents_is_unchanged_and_fine(desk: Desk) -> None:
    desk.config(SOURCE)
    desk.web.pages["/api/v1/documents.json"] = Page(b'{"description": "none", "count": 0}')
    assert desk.polled("fr")["outcome"] == "unchanged"
    assert desk.json("feeds", "health")[0]["state"] == "empty"


def test_headers_of_a_page_go_to_its_own_host_alone(desk: Desk) -> None:
    seen: list[Asked] = []

    def answer(asked: Asked) -> Page:
        seen.append(asked)
        return Page(html(1))

    desk.web.pages["/zcfb/"] = answer
    desk.config(LIST + 'headers = { "X-Desk" = "7" }\nuser_agent = "Desk/1"\n')
    desk.polled("mofcom")
    assert (seen[0].headers["x-desk"], seen[0].headers["user-agent"]) == ("7", "Desk/1")


def test_the_shipped_pages_are_polled_together_once_somebody_enables_them(desk: Desk) -> None:
    """Their own tables with only the address changed; one of them says it is what it is not."""
    shipped = (Path(__file__).parents[2] / "feeds.toml").read_text(encoding="utf-8")
    tables = re.findall(r"(?ms)^\[\[page\]\].*?(?=\n\[\[|\n# ----)", shipped)
    assert len(tables) == 4
    bodies = (test_listing.MOFCOM.encode(), test_listing.CAC.replace("utf-8", "gb2312").encode("gbk"),
              test_listing.SAMR.encode("gb18030"), test_listing.BIS.encode())  # fmt: skip
    wanted = []
    for number, (table, body) in enumerate(zip(tables, bodies, strict=True)):
        desk.web.pages[f"/{number}/index.html"] = Page(body, 200, {"Content-Type": "text/html"})
        url = re.sub(r'(?m)^url = ".*"', f'url = "BASE/{number}/index.html"', table)
        wanted.append(url.replace("enabled = false", "enabled = true"))
    desk.config("\n".join(wanted))
    report = desk.json("poll")
    assert [(feed["id"], feed["new"], feed["problems"]) for feed in report["feeds"]] == [
        ("mofcom-notices", 2, []), ("cac-news", 2, []),
        ("samr-rules", 1, ["says nothing, is gb18030"]), ("bis-news", 1, []),
    ]  # fmt: skip
    entries = {entry["title"]: entry for entry in desk.json("entries")}
    summons = entries["国家互联网信息办公室约谈英伟达公司"]
    assert (summons["published"], summons["feed"]) == ("2025-07-31T03:00:00Z", "cac-news")
    assert summons["events"]
