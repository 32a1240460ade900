"""One article from a text or a web page: title, paragraphs, day and publisher as the page says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Final

from tracker.core.clean import clean_line, clean_text
from tracker.core.prose import cut

TITLE: Final = 200
_PAGE: Final = re.compile(r"<(?:!doctype|html|head|body|article|p|div|meta)\b", re.IGNORECASE)
_SKIP: Final = frozenset({
    "script", "style", "noscript", "template", "svg", "nav", "header", "footer", "aside", "form",
    "button", "iframe",
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "p", "div", "li", "h1", "h2", "h3", "h4", "br", "tr", "section", "article", "blockquote", "td",
})  # fmt: skip
_DATES: Final = ("article:published_time", "datepublished", "pubdate", "publishdate", "date")


@dataclass(frozen=True, slots=True)
class Page:
    """An article as read. ``published_raw`` is what the page said, '' where it said nothing."""

    title: str
    paragraphs: tuple[str, ...]
    published: datetime | None = None
    published_raw: str = ""
    publisher: str = ""

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


def read(text: str) -> Page:
    r"""The article of a text, or of a web page.

    >>> page = read("<html><title>H20</title><script>x()</script><p>Nvidia said.<p>Yes.</html>")
    >>> page.title, page.paragraphs
    ('H20', ('Nvidia said.', 'Yes.'))
    >>> read("First line. More.\n\nSecond.").title
    'First line.'
    """
    return _html(text) if _PAGE.search(text[:4000]) else _plain(text)


def _plain(text: str) -> Page:
    lines = tuple(line for raw in clean_text(text).split("\n") if (line := clean_line(raw)))
    return Page(_first_sentence(lines[0]) if lines else "", lines)


def _first_sentence(line: str) -> str:
    return clean_line(next(iter(cut(line)), line), TITLE)


def _html(text: str) -> Page:
    parser = _Parser()
    parser.feed(text)
    parser.close()
    lines = tuple(line for raw in parser.lines() if (line := clean_line(raw)))
    raw = next((parser.meta[name] for name in _DATES if name in parser.meta), "")
    title = parser.meta.get("og:title") or parser.heading or parser.title
    return Page(
        title=clean_line(title, TITLE) or (_first_sentence(lines[0]) if lines else ""),
        paragraphs=lines,
        published=moment(raw),
        published_raw=clean_line(raw, 100),
        publisher=clean_line(parser.meta.get("og:site_name", ""), 100),
    )


def moment(words: str) -> datetime | None:
    """An ISO day or moment in UTC; None for anything else.

    >>> moment("2025-07-15T08:00:00+08:00").isoformat()
    '2025-07-15T00:00:00+00:00'
    >>> moment("soon") is None
    True
    """
    try:
        found = datetime.fromisoformat(words.strip())
    except ValueError:
        return None
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:
        return None


class _Parser(HTMLParser):
    """Collects what a reader sees; what is not for reading is left out with all inside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.title = self.heading = ""
        self._parts: list[str] = []
        self._skipping: list[str] = []
        self._inside = ""

    def lines(self) -> list[str]:
        """The text so far, a block a line; some are blank."""
        return "".join(self._parts).split("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, or a stretch that is not for reading."""
        if tag == "meta":
            self._meta({name: value or "" for name, value in attrs})
        elif tag in _SKIP:
            self._skipping.append(tag)
        elif tag in ("title", "h1"):
            self._inside = tag
        if tag in _BLOCKS:
            self._parts.append("\n")

    def _meta(self, given: dict[str, str]) -> None:
        name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
        if name and given.get("content"):
            self.meta.setdefault(name, given["content"])

    def handle_endtag(self, tag: str) -> None:
        """End what its tag began; an end without a beginning is passed over."""
        if tag in self._skipping:
            while self._skipping.pop() != tag:
                pass
        elif tag == self._inside:
            self._inside = ""
        if tag in _BLOCKS:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep a piece of text where it belongs: title, heading or the text itself."""
        if self._skipping:
            return
        if self._inside == "title":
            self.title += data
            return
        if self._inside == "h1":
            self.heading += data
        self._parts.append(data.replace("\n", " "))
