"""The page for those without a terminal: strict, escaped, small, and alive in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.view import sample
from tracker.view import report

PAGE = sample.timeline()


class Page(HTMLParser):
    """Tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_no_handler_no_inline_style_no_request() -> None:
    tags = Page(report.page(PAGE)).tags
    names = {name for _, attributes in tags for name in attributes}
    assert not [name for name in names if name.startswith("on")]
    assert "style" not in names
    assert "src" not in names
    assert not [tag for tag, _ in tags if tag in ("link", "img", "iframe", "object", "embed")]
    links = [a.get("href") or "" for tag, a in tags if tag == "a"]
    assert all(link.startswith(("https://", "http://", "#")) for link in links)


def test_the_policy_names_the_script_and_the_style_by_hash() -> None:
    text = report.page(PAGE)
    css = re.search(r"<style>(.*?)</style>", text, re.S)
    js = re.search(r"<script>(.*?)</script>", text, re.S)
    assert css
    assert js
    assert report.policy(css[1], js[1]).replace("'", "&#39;") in text


def test_hostile_text_stays_text() -> None:
    text = report.page(PAGE)
    assert "<img" not in text
    assert text.count("</script>") == 1
    assert "49" not in text.split("{{ 7*7 }}")[1][:5]


def test_ids_are_unique_and_every_event_is_an_article() -> None:
    tags = Page(report.page(PAGE)).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert len([tag for tag, _ in tags if tag == "article"]) == len(PAGE.events)


def test_the_chart_opens_with_measured_figures_not_with_claims() -> None:
    claims = replace(sample.LINK, series="aa-claims", known_before=None, next_after=None)
    page = sample.timeline((sample.EventRow(sample.CASE, (claims, sample.LINK), None),))
    groups = re.findall(r'<g data-series="([^"]+)"( hidden)?', report.page(page))
    assert groups == [("cn-local", ""), ("aa-claims", " hidden")]


def test_the_headline_series_leads_where_there_is_one() -> None:
    first = replace(sample.LINK, series="aa-share")
    row = sample.EventRow(sample.CASE, (first, sample.LINK), sample.FIGURE)
    groups = re.findall(r'<g data-series="([^"]+)"', report.page(sample.timeline((row,))))
    assert groups == ["cn-local", "aa-share"]


def test_five_hundred_events_stay_under_a_megabyte_each_size_of_the_record() -> None:
    rows = tuple(sample.EventRow(replace(sample.CASE, id=f"2026-01-13-e{n}"), (sample.LINK,), None)
                 for n in range(500))  # fmt: skip
    assert len(report.page(sample.timeline(rows)).encode()) < 1_000_000


def test_an_empty_answer_is_a_page() -> None:
    assert "No events." in report.page(sample.timeline(()))


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.client
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_the_script_runs_under_its_policy_in_chromium(tmp_path: Path) -> None:
    """The count is written by the script: a refused script would leave ``8 events``."""
    page = tmp_path / "page.html"
    page.write_text(report.page(PAGE), encoding="utf-8")
    done = subprocess.run(
        [str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom",
         f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()],
        capture_output=True, text=True, timeout=90, check=True,
    )  # fmt: skip
    events = len(PAGE.events)
    assert f"{events} of {events} events" in done.stdout
    assert "alert(1)" in done.stdout  # as text
    assert "<img" not in done.stdout
