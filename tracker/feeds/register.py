"""The Federal Register's own API (documents and public inspection) as a feed.

Its format is described at https://www.federalregister.gov/developers/documentation/api/v1:
``{"count", "total_pages", "next_page_url", "results": [...]}``. An answer without documents has
``count`` 0 and may lack ``results``; the desk of public inspection is one list without pages.
"""

from __future__ import annotations

import json
from typing import Any

from tracker.core.clean import clean_line
from tracker.core.identity import Arrival
from tracker.feeds.arrivals import arrival_of
from tracker.feeds.document import MOST_ENTRIES, Document, Hints
from tracker.feeds.plain import text_of


def read(body: bytes, hints: Hints) -> Document:
    """Read an answer of ``documents.json`` or ``public-inspection-documents``.

    A document is known by its number; one on public inspection has the moment of its filing, which
    is when anybody could read it, not the day it is printed.
    """
    from tracker.feeds.parse import checked

    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        what = f"the Federal Register's answer cannot be read ({clean_line(str(error), 100)})"
        return Document("", error=what, kind="not-a-feed")
    if isinstance(data, dict) and data.get("count") == 0:
        return Document("federal-register", "Federal Register", whole=True)
    if not isinstance(data, dict) or not isinstance(data.get("results"), list):
        return Document("", error=_refusal(data), kind="not-a-feed")
    found = [_arrival(one) for one in data["results"][:MOST_ENTRIES] if isinstance(one, dict)]
    kept = [arrival for arrival in found if arrival is not None]
    problems: list[str] = []
    if len(kept) < len(data["results"]):
        problems.append(f"{len(data['results']) - len(kept)} results are no documents")
    more = _text(data.get("next_page_url"))
    return Document(
        "federal-register", "Federal Register", tuple(checked(kept, hints, problems)),
        tuple(problems), more=more, whole=not more and data.get("count") == len(data["results"]),
    )  # fmt: skip


def _refusal(data: Any) -> str:
    """What the API says where it does not understand a question: ``{"errors": {field: words}}``."""
    errors = data.get("errors") if isinstance(data, dict) else None
    if isinstance(errors, dict) and errors:
        said = "; ".join(f"{field}: {words}" for field, words in errors.items())
        return f"the Federal Register refuses the question: {clean_line(said, 200)}"
    return "not an answer of the Federal Register"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _arrival(result: dict[str, Any]) -> Arrival | None:
    number, title = _text(result.get("document_number")), _text(result.get("title"))
    if not number or not title.strip():
        return None
    raw = _text(result.get("filed_at")) or _text(result.get("publication_date"))
    summary = "\n".join(part for part in _parts(result) if part)
    link = _text(result.get("html_url"))
    return arrival_of(number, link, text_of(title), summary, raw, publisher="Federal Register")


def _parts(result: dict[str, Any]) -> list[str]:
    """The lines of the text: what it is, whose, where printed, from when, and the abstract.

    ``core.gazette`` reads the first two.
    """
    effective, comments = _text(result.get("effective_on")), _text(result.get("comments_close_on"))
    return [
        _text(result.get("type")),
        _correction(result),
        _agencies(result.get("agencies")),
        _text(result.get("citation")),
        f"Effective on {effective}." if effective else "",
        f"Comments close on {comments}." if comments else "",
        text_of(_text(result.get("abstract")) or _text(result.get("excerpts"))),
    ]


def _correction(result: dict[str, Any]) -> str:
    """The action, where it is one of correcting; other actions say no more than the type does."""
    action = clean_line(_text(result.get("action")), 200)
    if "correct" in action.casefold():
        return action
    return "Correction" if _text(result.get("correction_of")) else ""


def _agencies(value: Any) -> str:
    agencies = value if isinstance(value, list) else []
    names = [one.get("name") or one.get("raw_name") for one in agencies if isinstance(one, dict)]
    return ", ".join(name for name in names if isinstance(name, str))
