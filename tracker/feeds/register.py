"""The Federal Register's own API (documents and public inspection) as a feed."""

from __future__ import annotations

import json
from typing import Any

from tracker.core.clean import clean_line
from tracker.core.identity import Arrival
from tracker.feeds import dates
from tracker.feeds.document import MOST_ENTRIES, Document, Hints
from tracker.feeds.plain import text_of


def read(body: bytes, hints: Hints) -> Document:
    """Read an answer of ``documents.json`` or ``public-inspection-documents``.

    A document is known by its number; one on public inspection has the day of its filing.
    """
    from tracker.feeds.parse import checked

    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        what = f"the Federal Register's answer cannot be read ({clean_line(str(error), 100)})"
        return Document("", error=what, kind="not-a-feed")
    if isinstance(data, dict) and data.get("count") == 0:
        return Document("federal-register", "Federal Register")
    if not isinstance(data, dict) or not isinstance(data.get("results"), list):
        return Document("", error="not an answer of the Federal Register", kind="not-a-feed")
    found = [_arrival(one) for one in data["results"][:MOST_ENTRIES] if isinstance(one, dict)]
    kept = [arrival for arrival in found if arrival is not None]
    problems: list[str] = []
    if len(kept) < len(data["results"]):
        problems.append(f"{len(data['results']) - len(kept)} results are no documents")
    return Document(
        "federal-register", "Federal Register", tuple(checked(kept, hints, problems)),
        tuple(problems),
    )  # fmt: skip


def _arrival(result: dict[str, Any]) -> Arrival | None:
    number, title = result.get("document_number"), result.get("title")
    if not isinstance(number, str) or not isinstance(title, str):
        return None
    raw = next(
        (str(result[key]) for key in ("publication_date", "filed_at") if result.get(key)), ""
    )
    stamp = dates.read(raw)
    link = result.get("html_url")
    kind = result.get("type")
    abstract = result.get("abstract")
    parts = [kind if isinstance(kind, str) else "", _agencies(result.get("agencies")),
             text_of(abstract) if isinstance(abstract, str) else ""]  # fmt: skip
    return Arrival(
        guid=number,
        link=link if isinstance(link, str) else "",
        title=text_of(title),
        summary="\n".join(part for part in parts if part),
        published=stamp.moment if stamp else None,
        offset=stamp.offset if stamp else None,
        published_raw=raw,
        publisher="Federal Register",
    )


def _agencies(value: Any) -> str:
    agencies = value if isinstance(value, list) else []
    names = [one.get("name") for one in agencies if isinstance(one, dict)]
    return ", ".join(name for name in names if isinstance(name, str))
