"""What trying a feed showed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.core.address import without_password
from tracker.core.clean import clean_line, clean_link, clean_text
from tracker.view.polls import iso


def as_json(trial: Any, judged: Mapping[str, str]) -> dict[str, Any]:
    """For machines: the answer, and every entry that would be stored."""
    document = trial.document
    return {
        "url": without_password(trial.url),
        "status": trial.status,
        "error": trial.error or None,
        "form": document.form if document else None,
        "title": document.title if document else None,
        "encoding": document.encoding if document else None,
        "etag": trial.etag,
        "last_modified": trial.last_modified,
        "conditional": trial.conditional,
        "moved_to": without_password(trial.moved_to) or None,
        "proxy": bool(trial.proxy),
        "problems": list(document.problems) if document else [],
        "feeds_named": [clean_line(link, 2083) for link in document.links] if document else [],
        "entries": [
            {
                "title": clean_line(entry.title),
                "url": clean_link(entry.link),
                "published": iso(entry.published),
                "published_raw": clean_line(entry.published_raw, 100),
                "summary": clean_text(entry.summary),
                "publisher": clean_line(entry.publisher),
                "guid": clean_line(entry.guid, 300),
                "recognised": judged.get(entry.title, ""),
            }
            for entry in (document.entries if document else ())
        ],
    }


def lines(trial: Any, judged: Mapping[str, str]) -> str:
    """For people: one fact a line, then the entries."""
    facts = as_json(trial, judged)
    shown = [f"{key}: {facts[key]}" for key in
             ("url", "status", "error", "form", "title", "encoding", "conditional", "moved_to")
             if facts[key]]  # fmt: skip
    if trial.proxy:
        shown.append("proxy: yes (address checks end there)")
    shown += [f"problem: {problem}" for problem in facts["problems"]]
    shown += [f"names the feed: {link}" for link in facts["feeds_named"]]
    for entry in facts["entries"]:
        when = (entry["published"] or entry["published_raw"] or "no date")[:16]
        told = f"  [{entry['recognised']}]" if entry["recognised"] else ""
        shown.append(f"{when:16}  {entry['title']}{told}")
    return "\n".join(clean_line(line, 1200) for line in shown)
