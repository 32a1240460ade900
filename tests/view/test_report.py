"""The page for those without a terminal: strict, escaped, small; in browsers: tests/clients."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

from tests.view import sample
from tracker.core.timeline import EventRow
from tracker.view import report
from tracker.view.export import event_rows
from tracker.view.headings import dated

PAGE = sample.timeline()


class Page(HTMLParser):
    """Tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def data(text: str) -> dict[str, Any]:
    """What the script reads."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    return dict(json.loads(found[1]))


def test_the_data_name_each_event_of_the_page() -> None:
    held = data(report.page(PAGE))
    rows = [row for _, group in dated(event_rows(PAGE), "month") for row in group]
    assert len(held["events"]) == len(PAGE.events) == len(rows)
    for event, (kind, direction, capitals, actors, first, more) in zip(
        (row.event for row in rows), held["events"], strict=True
    ):
        assert held["kinds"][kind] == event.kind
        assert held["directions"][direction] == event.direction
        assert [held["capitals"][n] for n in capitals] == list(event.jurisdiction)
        assert len(actors) == len(event.actors)
        assert (first, first + more) == (event.date.toordinal(), event.last.toordinal())


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
    assert len(re.findall("<script", text)) == 2  # the other one is data
    assert css
    assert js
    assert report.policy(css[1], js[1]).replace("'", "&#39;") in text


def test_hostile_text_stays_text() -> None:
    text = report.page(PAGE)
    assert "<img" not in text
    assert text.count("</script>") == 2  # the data and the script
    assert "49" not in text.split("{{ 7*7 }}")[1][:5]


def test_ids_are_unique_and_every_event_is_an_article() -> None:
    tags = Page(report.page(PAGE)).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert len([tag for tag, _ in tags if tag == "article"]) == len(PAGE.events)


def test_the_chart_opens_with_measured_figures_not_with_claims() -> None:
    claims = replace(sample.LINK, series="aa-claims", known_before=None, next_after=None)
    page = sample.timeline((sample.EventRow(sample.CASE, (claims, sample.LINK), None),))
    assert [one["id"] for one in data(report.page(page))["series"]] == ["cn-local", "aa-claims"]


def test_the_headline_series_leads_where_there_is_one() -> None:
    first = replace(sample.LINK, series="aa-share")
    row = sample.EventRow(sample.CASE, (first, sample.LINK), sample.FIGURE)
    series = data(report.page(sample.timeline((row,))))["series"]
    assert [one["id"] for one in series] == ["cn-local", "aa-share"]


def test_five_hundred_events_stay_under_a_megabyte_each_size_of_the_record() -> None:
    rows = tuple(sample.EventRow(replace(sample.CASE, id=f"2026-01-13-e{n}"), (sample.LINK,), None)
                 for n in range(500))  # fmt: skip
    assert len(report.page(sample.timeline(rows)).encode()) < 1_000_000


def test_an_empty_answer_is_a_page() -> None:
    assert "No events." in report.page(sample.timeline(()))


def test_articles_marks_and_data_have_one_order() -> None:
    """The script knows an event by its place, also where a month or a year is all that is known."""
    days = [sample.event("2024-01-03-a", date(2024, 1, 3), "A", kind="trip"),
            sample.event("2024-01-15-b", date(2024, 1, 15), "B", precision="month", kind="talks"),
            sample.event("2024-03-01-c", date(2024, 3, 1), "C", precision="year", kind="listing")]  # fmt: skip
    text = report.page(sample.timeline(tuple(EventRow(one, (), None) for one in days)))
    held = data(text)
    articles = [str(attrs["id"])[2:] for tag, attrs in Page(text).tags if tag == "article"]
    kinds = [held["kinds"][one[0]] for one in held["events"]]
    assert dict(zip(articles, kinds, strict=True)) == {one.id: one.kind for one in days}
    assert articles == ["2024-03-01-c", "2024-01-15-b", "2024-01-03-a"]


def test_the_chart_opens_with_a_series_that_has_a_figure_in_its_days() -> None:
    """The headline series comes first only where a figure of it speaks about them."""
    assert sample.LINK.known_before is not None
    old = sample.LINK.known_before
    lately = replace(old.observation, period_start=date(2026, 1, 1), period_end=date(2026, 3, 31))
    new = replace(sample.LINK, series="zz-lately",
                  known_before=replace(old, observation=lately), next_after=None)  # fmt: skip
    headline = replace(sample.LINK, next_after=None)
    row = sample.EventRow(sample.CASE, (headline, new), sample.FIGURE)
    text = report.page(sample.timeline((row,)))
    assert [one["id"] for one in data(text)["series"]] == ["zz-lately", "cn-local"]
    assert '<p id="none" class="state" hidden>' in text
    alone = sample.timeline((sample.EventRow(sample.CASE, (headline,), sample.FIGURE),))
    assert '<p id="none" class="state">No figure of this series' in report.page(alone)
