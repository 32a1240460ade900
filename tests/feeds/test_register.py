"""The Federal Register's answers, in the format its documentation gives."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tracker import config
from tracker.errors import UsageProblem
from tracker.feeds.document import Document, Hints
from tracker.feeds.parse import parse

HINTS = Hints("https://www.federalregister.gov/api/v1/documents.json",
              datetime(2026, 1, 15, tzinfo=UTC), kind="federal-register")  # fmt: skip
PUBLISHED: dict[str, Any] = {
    "document_number": "2026-00789",
    "title": "Revision to License Review Policy for Advanced Computing Commodities  ",
    "type": "Rule",
    "abstract": "BIS revises its policy for <em>certain</em> items.",
    "citation": "91 FR 1684",
    "publication_date": "2026-01-15",
    "effective_on": "2026-01-15",
    "comments_close_on": None,
    "html_url": "https://www.federalregister.gov/documents/2026/01/15/2026-00789/revision",
    "agencies": [{"raw_name": "DEPARTMENT OF COMMERCE", "name": "Commerce Department", "id": 54},
                 {"raw_name": "Bureau of Industry and Security",
                  "name": "Industry and Security Bureau", "id": 241, "parent_id": 54}],
}  # fmt: skip
FILED: dict[str, Any] = {
    "document_number": "2026-00789",
    "title": "Revision to License Review Policy",
    "type": "Rule",
    "filing_type": "special",
    "filed_at": "2026-01-13T16:15:00.000-05:00",
    "publication_date": "2026-01-15",
    "html_url": "https://www.federalregister.gov/public-inspection/2026-00789/revision",
    "agencies": [{"raw_name": "Bureau of Industry and Security"}],
    "excerpts": None,
}


def read(data: Any) -> Document:
    return parse(json.dumps(data).encode(), HINTS)


def test_a_published_document() -> None:
    document = read({"count": 1, "total_pages": 1, "results": [PUBLISHED]})
    (entry,) = document.entries
    assert (entry.guid, entry.title, entry.publisher) == (
        "2026-00789", "Revision to License Review Policy for Advanced Computing Commodities",
        "Federal Register",
    )  # fmt: skip
    assert entry.summary.split("\n") == [
        "Rule", "Commerce Department, Industry and Security Bureau", "91 FR 1684",
        "Effective on 2026-01-15.", "BIS revises its policy for certain items.",
    ]  # fmt: skip
    assert entry.published == datetime(2026, 1, 15, tzinfo=UTC)
    assert document.whole


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"action": "Final rule; correction."}, "Final rule; correction."),
        ({"action": "Interim final rule; request for comments."}, None),
        (
            {"action": "Final rule.", "correction_of": "https://www.federalregister.gov/d/1"},
            "Correction",
        ),
        ({"action": ["x"], "correction_of": None}, None),
    ],
)
def test_a_correction_says_so_after_its_type(fields: dict[str, Any], line: str | None) -> None:
    (entry,) = read({"count": 1, "results": [PUBLISHED | fields]}).entries
    lines = entry.summary.split("\n")
    agencies = "Commerce Department, Industry and Security Bureau"
    assert lines[:3] == (["Rule", line, agencies] if line else ["Rule", agencies, "91 FR 1684"])


def test_a_document_on_public_inspection_is_known_since_its_filing() -> None:
    document = read({"count": 1, "results": [FILED], "special_filings_updated_at": "2026-01-13"})
    (entry,) = document.entries
    assert entry.published == datetime(2026, 1, 13, 21, 15, tzinfo=UTC)
    assert entry.offset == -300
    assert entry.summary.split("\n") == ["Rule", "Bureau of Industry and Security"]


@pytest.mark.parametrize(
    "data", [{"description": "Documents matching 'x'", "count": 0}, {"count": 0, "results": []}]
)
def test_an_empty_answer_is_no_failure(data: Any) -> None:
    assert (read(data).form, read(data).entries) == ("federal-register", ())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"errors": {"per_page": "is not a number"}}, "refuses the question: per_page: is not"),
        ({"count": 3}, "not an answer"),
        ([], "not an answer"),
        ({"results": {"a": 1}}, "not an answer"),
    ],
)
def test_an_error_in_json_is_a_failure_in_words(data: Any, words: str) -> None:
    document = read(data)
    assert (document.form, document.kind) == ("", "not-a-feed")
    assert words in document.error


def test_results_of_odd_types_do_not_end_the_others() -> None:
    odd: list[Any] = [None, 7, {}, {"document_number": 5, "title": "x"},
                      {"document_number": "a", "title": "  "},
                      PUBLISHED | {"agencies": "none", "abstract": 4, "html_url": ["x"]}]  # fmt: skip
    document = read({"count": 6, "results": odd})
    assert [entry.guid for entry in document.entries] == ["2026-00789"]
    linkless = "1 item has no http link: no event rests on it"
    assert document.problems == ("5 results are no documents", linkless)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_is_named(body: bytes) -> None:
    assert "cannot be read" in parse(body, HINTS).error


def question(keys: str) -> tuple[str, list[tuple[str, str]]]:
    feed = config.parse(f"[[source]]\nid = 'f'\ntype = 'federal-register'\n{keys}", "f").feeds[0]
    parts = urlsplit(feed.url)
    return parts.path, parse_qsl(parts.query)


def test_questions_are_asked_in_the_terms_of_the_documentation() -> None:
    path, asked = question(
        "agencies = ['industry-and-security-bureau', 'x']\nterms = ['advanced computing', 'H20']\n"
        "limit = 1500"
    )
    assert path == "/api/v1/documents.json"
    assert [pair for pair in asked if pair[0] != "fields[]"] == [
        ("conditions[agencies][]", "industry-and-security-bureau"),
        ("conditions[agencies][]", "x"),
        ("conditions[term]", '"advanced computing" | H20'),
        ("order", "newest"),
        ("per_page", "1000"),
    ]
    asked_for = {value for name, value in asked if name == "fields[]"}
    assert asked_for >= {"document_number", "type", "action", "correction_of"}


def test_the_desk_of_public_inspection_is_one_list_unless_something_is_sought() -> None:
    assert question("inspection = true") == ("/api/v1/public-inspection-documents/current.json", [])
    path, asked = question("inspection = true\nterms = ['export']")
    assert path == "/api/v1/public-inspection-documents.json"
    assert asked == [("conditions[term]", "export"), ("order", "newest"), ("per_page", "100")]


def test_an_address_is_a_whole_question() -> None:
    with pytest.raises(UsageProblem, match="f:5: terms and url exclude each other"):
        question("url = 'https://a.example/api'\nterms = ['x']")
