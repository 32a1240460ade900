"""JSON Feed 1.0 and 1.1, with every value checked: they come in odd types."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from tracker.core.clean import clean_line
from tracker.core.identity import Arrival
from tracker.feeds import encoding
from tracker.feeds.arrivals import arrival_of
from tracker.feeds.document import MOST_ENTRIES, Document, Hints, beyond, counted
from tracker.feeds.plain import text_of


def read(body: bytes, hints: Hints) -> Document:
    """Read a JSON Feed; any other JSON is named as not being one."""
    decoded = encoding.to_utf8(body, hints.content_type, hints.encoding)
    try:
        data = json.loads(decoded.data, parse_int=_number, parse_constant=str)
    except (ValueError, RecursionError) as error:
        words = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        return _failed(f"the JSON cannot be read ({clean_line(words, 120)})")
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        return _failed("JSON, but no JSON Feed")
    version = _text(data.get("version"))
    if "jsonfeed.org" not in version and not any(isinstance(i, dict) for i in data["items"]):
        return _failed("JSON, but no JSON Feed")
    from tracker.feeds.parse import checked

    problems = [decoded.problem] if decoded.problem else []
    items = data["items"]
    if len(items) > MOST_ENTRIES:
        problems.append(beyond(len(items) - MOST_ENTRIES))
    arrivals = [_arrival(item, hints) for item in items[:MOST_ENTRIES] if isinstance(item, dict)]
    kept = [arrival for arrival in arrivals if arrival is not None]
    odd = min(len(items), MOST_ENTRIES) - len(kept)
    if odd:
        problems.append(
            counted(odd, "item is not an entry and was left out",
                    "items are not entries and were left out")
        )  # fmt: skip
    return Document(
        form="json11" if version.endswith("1.1") else "json1",
        title=clean_line(_text(data.get("title")), 1000),
        entries=tuple(checked(kept, hints, problems)),
        problems=tuple(problems),
        encoding=decoded.encoding,
    )


def _failed(what: str) -> Document:
    return Document("", error=f"not a feed: {what}", kind="not-a-feed")


def _number(digits: str) -> int | str:
    """An integer; one with thousands of digits stays text, which costs no time."""
    return int(digits) if len(digits) < 30 else digits


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _arrival(item: dict[str, Any], hints: Hints) -> Arrival | None:
    url = item.get("url") if isinstance(item.get("url"), str) else ""
    external = item.get("external_url") if isinstance(item.get("external_url"), str) else ""
    link = _absolute(str(url or external or ""), hints.url)
    title = item["title"] if isinstance(item.get("title"), str) else ""
    summary = _summary(item)
    guid = _text(item.get("id"))
    if not (guid or link or title or summary):
        return None
    raw = _text(item.get("date_published")) or _text(item.get("date_modified"))
    return arrival_of(guid, link, title, summary, raw, lang=hints.lang)


def _summary(item: dict[str, Any]) -> str:
    for key in ("summary", "content_text"):
        if isinstance(item.get(key), str) and item[key]:
            return str(item[key])
    return text_of(item["content_html"]) if isinstance(item.get("content_html"), str) else ""


def _absolute(link: str, base: str) -> str:
    try:
        return urljoin(base, link.strip()) if link.strip() else ""
    except ValueError:
        return ""
