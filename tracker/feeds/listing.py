"""List pages without a feed: CSS selectors of feeds.toml turn a web page into entries.

A selector may end in ``@name``: then the attribute counts and not the text. A page on which
nothing is found is a failure that says so, never an empty success: the site has changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tracker.core import address
from tracker.core.clean import clean_line
from tracker.core.identity import Arrival
from tracker.feeds import dates, encoding
from tracker.feeds.blocked import looks_blocked
from tracker.feeds.document import MOST_ENTRIES, TITLE_LIMIT, Document, Hints, beyond, counted
from tracker.feeds.plain import text_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_META: Final = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_MOST_DATE: Final = 400  # characters of an element that are looked through for a date


@dataclass(frozen=True, slots=True)
class Part:
    """Where one thing stands inside an item: a selector ('' is the item itself), an attribute."""

    selector: str
    attribute: str = ""

    @classmethod
    def of(cls, words: str) -> Part:
        """Read ``selector@attribute``.

        >>> Part.of("a.title@href"), Part.of("@data-day"), Part.of("a[href*='@']")
        (Part(selector='a.title', attribute='href'), Part(selector='', attribute='data-day'), \
Part(selector="a[href*='@']", attribute=''))
        """
        found = re.fullmatch(r"(.*?)\s*@([A-Za-z][\w:-]{0,63})", words.strip())
        return cls(found.group(1), found.group(2)) if found else cls(words.strip())

    def node(self, item: LexborNode) -> LexborNode | None:
        """The element this part speaks of."""
        if not self.selector:
            return item
        return next((node for node in item.css(self.selector) if node.mem_id != item.mem_id), None)

    def read(self, item: LexborNode) -> str:
        """The attribute, or the words; an attribute that is not there leaves the words."""
        node = self.node(item)
        if node is None:
            return ""
        value = node.attributes.get(self.attribute) if self.attribute else None
        return value or clean_line(text_of(node.html or ""))


def read(body: bytes, hints: Hints) -> Document:
    """The entries of a list page; ``hints.options`` are the keys of its ``[[page]]`` table."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    from tracker.feeds.parse import checked

    options = dict(hints.options)
    decoded = encoding.to_utf8(body, _content_type(body, hints), hints.encoding)
    try:
        tree = LexborHTMLParser(decoded.data)
    except SelectolaxError:
        return _failed("the page is nested too deeply to be read", "parser")
    try:
        nodes = tree.css(options["items"])
        if not nodes:
            return _nothing(body, options["items"])
        found, problems = _arrivals(tree, nodes[:MOST_ENTRIES], options, hints)
    except SelectolaxError:
        return _failed("one of its selectors is no CSS selector", "parser")
    if len(nodes) > MOST_ENTRIES:
        problems.append(beyond(len(nodes) - MOST_ENTRIES, "item", "items"))
    if decoded.problem:
        problems.append(decoded.problem)
    if not found:
        return _failed(f"{len(nodes)} items matched {_shown(options['items'])}, but none has both"
                       " a title and a link")  # fmt: skip
    title = tree.css_first("title")
    return Document(
        form="page",
        title=clean_line(text_of(title.html or ""), TITLE_LIMIT) if title else "",
        entries=tuple(checked(found, hints, problems)),
        problems=tuple(problems),
        encoding=decoded.encoding,
    )


def _failed(what: str, kind: str = "not-a-feed") -> Document:
    return Document("", error=what, kind=kind)


def _shown(selector: str) -> str:
    return f"'{clean_line(selector, 120)}'"


def _nothing(body: bytes, selector: str) -> Document:
    if not body.strip():
        return _failed("an empty page")
    if wall := looks_blocked(200, {}, body):
        return _failed(f"blocked: a page of {wall}", "blocked")
    return _failed(f"no item matched {_shown(selector)}: has the page changed?")


def _content_type(body: bytes, hints: Hints) -> str:
    """The header, or what the page says of its own encoding where the header is silent."""
    if "charset" in hints.content_type.lower():
        return hints.content_type
    inside = _META.search(body[:4096])
    return f"text/html; charset={inside.group(1).decode('ascii', 'ignore')}" if inside else ""


def _arrivals(
    tree: LexborHTMLParser, nodes: list[LexborNode], options: dict[str, str], hints: Hints
) -> tuple[list[Arrival], list[str]]:
    base = _base(tree, hints.url)
    found: dict[str, Arrival] = {}
    wordless = linkless = repeated = 0
    for node in nodes:
        title = clean_line(_part(options, "item_title", node).read(node))
        link = _link(_part(options, "item_link", node), node, base, hints.url)
        if not title:
            wordless += 1
        elif not link:
            linkless += 1
        elif link in found:
            repeated += 1
        else:
            found[link] = _arrival(node, title, link, options, hints)
    counts = (
        (wordless, "has no title", "have no title"),
        (linkless, "has no http link", "have no http link"),
        (repeated, "repeats a link", "repeat a link"),
    )
    problems = [
        counted(n, f"item {one} and was left out", f"items {several} and were left out")
        for n, one, several in counts if n
    ]  # fmt: skip
    return list(found.values()), problems


def _part(options: dict[str, str], name: str, item: LexborNode) -> Part:
    """Where title and link stand: as configured, else in the item's first ``a``, or itself one."""
    return Part.of(options.get(name) or ("" if item.tag == "a" else "a"))


def _base(tree: LexborHTMLParser, url: str) -> str:
    """What relative links start from: the page's ``<base>``, or its own address."""
    named = tree.css_first("base[href]")
    link = address.joined(url, (named.attributes.get("href") or "") if named else "")
    return link if link and not address.why_not(link) else url


def _link(part: Part, item: LexborNode, base: str, own: str) -> str:
    """The absolute http address of an item; '' for none, a script, or the page itself."""
    node = part.node(item)
    raw = (node.attributes.get(part.attribute or "href") or "") if node is not None else ""
    # As browsers read an address: blanks around it and line breaks within do not count.
    raw = re.sub(r"[\t\r\n]", "", raw.strip())
    link = address.joined(base, raw) if raw and not raw.startswith("#") else ""
    return "" if not link or address.why_not(link) or link == own.partition("#")[0] else link


def _arrival(
    item: LexborNode, title: str, link: str, options: dict[str, str], hints: Hints
) -> Arrival:
    raw = Part.of(options["item_date"]).read(item)[:_MOST_DATE] if "item_date" in options else ""
    stamp = dates.within(_narrowed(raw, options.get("date_pattern", "")), hints.lang)
    return Arrival(
        guid=link,
        link=link,
        title=title,
        published=stamp.moment if stamp else None,
        offset=stamp.offset if stamp else None,
        published_raw=raw,
    )


def _narrowed(raw: str, pattern: str) -> str:
    """What ``date_pattern`` cuts out: its first group, or all of its match."""
    if not pattern:
        return raw
    found = re.search(pattern, raw)
    return (found.group(1 if found.re.groups else 0) or "") if found else ""
