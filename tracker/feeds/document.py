"""What reading a body comes to."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Any, Final

from tracker.core.identity import Arrival
from tracker.nouns import dataclass

MOST_ENTRIES: Final = 5000  # of one document
TITLE_LIMIT: Final = 1000
SUMMARY_LIMIT: Final = 20_000
LINK_LIMIT: Final = 2083
GUID_LIMIT: Final = 4096


@dataclass(frozen=True, slots=True)
class Document:
    """A feed document: its own title, its entries, and what was wrong with it.

    ``form`` is ``rss20``, ``atom10``, ``json1`` ...; empty where the body is no feed, and then
    ``error`` and ``kind`` say what it is. ``ttl`` is in seconds. ``more`` is the address where it
    goes on. ``whole``: it lists all there is, so that sharing nothing with the last one is no gap.
    ``readings`` are those of the first entries, as plain lists, where they were asked for, and
    ``read_by`` the version of the rules they were read by; ``marks`` those of all entries.
    ``cut_off`` says that it ends in the middle, so that there may be more of the same version.
    """

    form: str
    title: str = ""
    entries: tuple[Arrival, ...] = ()
    problems: tuple[str, ...] = ()
    ttl: int | None = None
    error: str = ""
    kind: str = ""
    encoding: str = ""
    links: tuple[str, ...] = field(default=())
    more: str = ""
    whole: bool = False
    readings: tuple[Any, ...] = ()
    read_by: str = ""
    marks: tuple[bytes, ...] = ()
    cut_off: str = ""


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known about a body from outside: its address, header, language, and the time.

    ``marked`` asks for the marks of its entries, by which they are known again (``cut``).
    """

    url: str
    now: datetime
    content_type: str = ""
    lang: str = ""
    encoding: str = ""
    kind: str = "feed"
    options: tuple[tuple[str, str], ...] = ()
    marked: bool = False


def counted(number: int, one: str, several: str) -> str:
    """A problem line that begins with a number.

    >>> counted(1, "date is improbable", "dates are improbable")
    '1 date is improbable'
    """
    return f"{number} {one if number == 1 else several}"


def beyond(number: int, one: str = "entry", several: str = "entries") -> str:
    """What is told of entries after ``MOST_ENTRIES``."""
    rest = f"beyond the first {MOST_ENTRIES}"
    return counted(number, f"{one} {rest} was left out", f"{several} {rest} were left out")


def to_plain(document: Document) -> dict[str, Any]:
    """The document as JSON values, for the way between two processes."""
    return {
        "form": document.form,
        "title": document.title,
        "entries": [
            [
                a.guid, a.link, a.title, a.summary,
                a.published.isoformat() if a.published else None, a.offset, a.published_raw,
                a.publisher, a.lang, a.digest,
            ]
            for a in document.entries
        ],
        "problems": document.problems,
        "ttl": document.ttl,
        "error": document.error,
        "kind": document.kind,
        "encoding": document.encoding,
        "links": document.links,
        "more": document.more,
        "whole": document.whole,
        "readings": document.readings,
        "read_by": document.read_by,
        "marks": [mark.hex() for mark in document.marks],
        "cut_off": document.cut_off,
    }  # fmt: skip


def from_plain(values: dict[str, Any]) -> Document:
    """The document that ``to_plain`` was given."""
    return Document(
        form=values["form"],
        title=values["title"],
        entries=tuple(
            Arrival(
                guid, link, title, summary,
                datetime.fromisoformat(published) if published else None,
                offset, raw, publisher, lang, digest,
            )
            for guid, link, title, summary, published, offset, raw, publisher, lang, digest
            in values["entries"]
        ),
        problems=tuple(values["problems"]),
        ttl=values["ttl"],
        error=values["error"],
        kind=values["kind"],
        encoding=values["encoding"],
        links=tuple(values["links"]),
        more=values["more"],
        whole=values["whole"],
        readings=tuple(values["readings"]),
        read_by=values["read_by"],
        marks=tuple(bytes.fromhex(mark) for mark in values["marks"]),
        cut_off=values["cut_off"],
    )  # fmt: skip
