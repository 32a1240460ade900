"""The JSON as journalists use it: Knight Lab's TimelineJS in Chromium."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from tests.cli.running import Program
from tests.clients.conftest import Site
from tests.clients.found import needs, package
from tests.view import sample
from tracker.view import export

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="dist/css/timeline.css">
<script src="dist/js/timeline.js"></script></head>
<body><div id="embed" style="width:100%;height:600px"></div>
<script>window.timeline = new TL.Timeline("embed", "timeline.json", {font: null});</script>
</body></html>"""


def opened(browser: Browser, site: Site, text: str) -> tuple[Page, list[str]]:
    """The timeline on a page, and everything that went wrong on it."""
    folder = package("timelinejs")
    assert folder
    shutil.copytree(folder / "dist", site.folder / "dist")
    (site.folder / "timeline.json").write_text(text, encoding="utf-8")
    (site.folder / "index.html").write_text(PAGE, encoding="utf-8")
    page, wrong = browser.new_page(), list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda one: None if one.url.startswith((site.base, "data:"))
            else wrong.append(f"asked {one.url}"))  # fmt: skip
    page.goto(f"{site.base}/index.html")
    page.wait_for_selector(".tl-timemarker", state="attached", timeout=60_000)
    return page, wrong


@needs("timelinejs", "playwright", "chromium")
def test_every_event_is_a_slide(tracker: Program, browser: Browser, site: Site) -> None:
    text = tracker.run("timeline", "--since", "2025-04", "--until", "2025-12",
                       "--format", "timelinejs").stdout  # fmt: skip
    events = json.loads(text)["events"]
    page, wrong = opened(browser, site, text)
    assert page.locator(".tl-timemarker").count() == len(events) > 50
    held = page.evaluate("timeline.config.events.map((one) => one.unique_id)")
    assert sorted(held) == sorted(one["unique_id"] for one in events)
    assert page.evaluate("timeline.message.el && timeline.ready") is not False
    assert wrong == []
    page.close()


@needs("timelinejs", "playwright", "chromium")
def test_a_slide_shows_its_event_and_hostile_titles_are_text(browser: Browser, site: Site) -> None:
    written = export.write("timelinejs", sample.timeline())
    page, wrong = opened(browser, site, str(written))
    for event in sample.timeline().events:
        page.evaluate("(id) => timeline.goToId(id)", event.id)
    slides = page.locator(".tl-slide").all_inner_texts()
    whole = "\n".join(slides)
    assert "AMD将恢复向中国出口MI308" in whole
    assert "10 May 2025 – 12 May 2025".lower() in whole.lower()
    assert "onerror=alert(1)" in whole
    assert page.locator("img[onerror], .tl-slide script").count() == 0
    assert wrong == []
    page.close()
