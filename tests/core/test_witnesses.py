"""The first footnote of an event is its best witness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.core.build import build
from tracker.core.examples import mention
from tracker.core.witnesses import best_first, opened
from tracker.model import Source


def page(name: str, day: date | None, **more: object) -> Source:
    made = Source(f"https://example.org/{name}", name, day, "en", False, name)
    return replace(made, **more)  # type: ignore[arg-type]


def test_official_and_opened_then_the_text_then_a_page_of_those_days() -> None:
    event = build([mention()])
    assert event is not None
    day = event.date
    pages = (
        page("unopened", day, official=True, seen_as="listed"),
        page("about", day, about=True),
        page("months later", day.replace(year=day.year + 1)),
        page("undated", None),
        page("of the day", day),
        page("copy", day, official_text=True),
        page("official", day, official=True),
        page("proposal", day.replace(year=day.year - 1), official=True),
    )
    event = replace(event, sources=pages)

    assert [one.publisher for one in best_first(event)] == [
        "official", "copy", "of the day", "undated", "months later", "proposal", "about",
        "unopened",
    ]  # fmt: skip
    assert "unopened" not in [one.publisher for one in opened(event)]


def test_an_event_of_the_news_leads_to_the_report_whose_words_head_it() -> None:
    """Of talks that were moved the first page tells the day they were to be on."""
    first = mention(title="US adds Huawei to Entity List", url="https://example.org/first")
    event = build([first])
    assert event is not None
    day = event.date
    moved = page("moved", day, title="Talks moved to Nov. 30 - moved")
    pages = (
        page("old", day, title="Talks on Nov. 26"),
        moved,
        page("official", day, official=True),
    )
    event = replace(event, title="Talks moved to Nov. 30", sources=pages)
    assert [one.publisher for one in best_first(event)] == ["official", "moved", "old"]
    curated = replace(event, origin="both")
    assert [one.publisher for one in best_first(curated)] == ["official", "old", "moved"]
