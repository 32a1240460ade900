"""Stored items: lines for people, the contract of ``entries --format json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tracker.core.clean import clean_line, clean_link, clean_text
from tracker.model import Entry

if TYPE_CHECKING:
    from rich.console import RenderableType


def as_json(rows: Sequence[Any], events: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """One object an item, with its newest text."""
    return [
        {
            "id": row["id"],
            "feed": row["feed"],
            "title": clean_line(row["title"]),
            "summary": clean_text(row["summary"]),
            "url": clean_link(row["url"]),
            "published": row["published"],
            "first_seen": row["first_seen"],
            "revisions": row["revisions"],
            "events": events.get(row["id"], []),
        }
        for row in rows
    ]


def one_as_json(item_id: str, texts: Sequence[Entry], events: Sequence[str]) -> dict[str, Any]:
    """One item with every text it had, oldest first."""
    return {
        "id": item_id,
        "feed": texts[0].feed if texts else "",
        "events": list(events),
        "revisions": [
            {
                "seen": f"{text.seen:%Y-%m-%dT%H:%M:%SZ}",
                "title": clean_line(text.title),
                "summary": clean_text(text.summary),
                "url": clean_link(text.url),
                "published": f"{text.published:%Y-%m-%dT%H:%M:%SZ}" if text.published else None,
                "published_raw": clean_line(text.published_raw),
                "publisher": clean_line(text.publisher),
                "lang": text.lang,
                "digest": text.digest,
            }
            for text in texts
        ],
    }


def lines(rows: Sequence[Any], events: Mapping[str, list[str]]) -> str:
    """One line an item, for a pipe."""
    return "\n".join(
        "\t".join(
            (
                row["published"] or row["first_seen"], row["id"], row["feed"],
                clean_line(row["title"], 300), " ".join(events.get(row["id"], [])),
            )
        )
        for row in rows
    )  # fmt: skip


def table(rows: Sequence[Any], events: Mapping[str, list[str]]) -> RenderableType:
    """Items as a table; a changed text is marked."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown.add_column("Published", no_wrap=True)
    shown.add_column("Feed", no_wrap=True, overflow="ellipsis", max_width=18)
    shown.add_column("Title", ratio=1, overflow="fold")
    shown.add_column("Entry", no_wrap=True)
    for row in rows:
        title = Text(clean_line(row["title"], 300) or "(no title)")
        if row["revisions"] > 1:
            title.append(f" · {changed(row['revisions'])}", style="yellow")
        for event in events.get(row["id"], []):
            title.append(f" #{event}", style="cyan")
        moment = (row["published"] or row["first_seen"])[:16].replace("T", " ")
        shown.add_row(
            moment if row["published"] else f"~{moment}", Text(row["feed"]), title, row["id"][:8]
        )
    return shown


def changed(revisions: int) -> str:
    """How often a text changed, in words.

    >>> changed(2), changed(3), changed(5)
    ('changed once', 'changed twice', 'changed 4 times')
    """
    words = {2: "once", 3: "twice"}
    return f"changed {words.get(revisions, f'{revisions - 1} times')}"


def one(item_id: str, texts: Sequence[Entry], events: Sequence[str]) -> str:
    """One item with its texts, oldest first, as plain lines."""
    shown = [f"Entry {item_id} of {texts[0].feed}"] if texts else []
    headlines = [title for title, _ in groupby(clean_line(text.title) for text in texts)]
    if len(headlines) > 1:
        shown.append(f"Headline {changed(len(headlines))}")
    for text in texts:
        when = f"{text.published:%Y-%m-%d %H:%M} UTC" if text.published else "no date"
        raw = f" ({clean_line(text.published_raw, 100)})" if not text.published else ""
        shown += [
            "",
            f"Seen {text.seen:%Y-%m-%d %H:%M} UTC, published {when}{raw}",
            clean_line(text.title),
            clean_link(text.url),
            clean_text(text.summary),
        ]
    if events:
        shown += ["", "Events: " + ", ".join(events)]
    return "\n".join(line for line in shown if line is not None)
