"""One article from a text or a web page: title, paragraphs, day and publisher as the page says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from tracker.core.clean import clean_line, clean_text
from tracker.core.markup import Tag, pieces
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
    found = _Reading().read(text)
    lines = tuple(line for raw in found.lines() if (line := clean_line(raw)))
    raw = next((found.meta[name] for name in _DATES if name in found.meta), "")
    title = found.meta.get("og:title") or found.called("h1") or found.called("title")
    return Page(
        title=clean_line(title, TITLE) or (_first_sentence(lines[0]) if lines else ""),
        paragraphs=lines,
        published=moment(raw),
        published_raw=clean_line(raw, 100),
        publisher=clean_line(found.meta.get("og:site_name", ""), 100),
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


class _Reading:
    """Collects what a reader sees; what is not for reading is left out with all inside it."""

    def __init__(self) -> None:
        self.meta: dict[str, str] = {}
        self._parts: list[str] = []
        self._names: dict[str, list[str]] = {"title": [], "h1": []}
        self._skipping: list[str] = []
        self._skipped: Counter[str] = Counter()
        self._inside = ""

    def read(self, page: str) -> _Reading:
        """Read a page to its end."""
        for piece in pieces(page):
            if isinstance(piece, str):
                self._text(piece)
                continue
            if piece.opens:
                self._begin(piece)
            if piece.closes:
                self._end(piece.name)
            if piece.name in _BLOCKS:
                self._parts.append("\n")
        return self

    def lines(self) -> list[str]:
        """The text so far, a block a line; some are blank."""
        return "".join(self._parts).split("\n")

    def called(self, tag: str) -> str:
        """What stands in ``title`` or ``h1``."""
        return "".join(self._names[tag])

    def _begin(self, tag: Tag) -> None:
        """Begin a stretch that is not for reading, or one that names the page."""
        if tag.name == "meta":
            self._meta(tag.fields())
        elif tag.name in _SKIP:
            self._skipping.append(tag.name)
            self._skipped[tag.name] += 1
        elif tag.name in self._names:
            self._inside = tag.name

    def _meta(self, given: dict[str, str]) -> None:
        name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
        if name and given.get("content"):
            self.meta.setdefault(name, given["content"])

    def _end(self, tag: str) -> None:
        """End what its tag began; an end without a beginning is passed over."""
        if self._skipped[tag]:
            last = ""
            while last != tag:
                last = self._skipping.pop()
                self._skipped[last] -= 1
        elif tag == self._inside:
            self._inside = ""

    def _text(self, text: str) -> None:
        """Keep a piece of text where it belongs: title, heading or the text itself."""
        if self._skipping:
            return
        if self._inside:
            self._names[self._inside].append(text)
        if self._inside != "title":
            self._parts.append(text.replace("\n", " "))
