"""The tags of a web page one after another, in time that grows with the page and no faster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MARK: Final = re.compile(r"<(?:/?[a-zA-Z]|[!?])")
# What is taken is never given back, and a tag that is left open ends the page: so no place of it
# is looked at twice, however its quotation marks are set.
_TAG: Final = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>"
)
_FIELD: Final = re.compile(r"([^\s/=\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+)))?")
_CLOSED: Final = re.compile(r"(?:^|[\s\"'])/$")
_RAW: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")
}
_ENDLESS: Final = re.compile(r"&#[0-9]{32,};?")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name in small letters, whether it begins or ends something, what stands in it."""

    name: str
    opens: bool
    closes: bool
    inside: str = ""

    def fields(self) -> dict[str, str]:
        """What it says of itself, by name in small letters; of a name given twice the first.

        >>> [one.fields() for one in pieces('<meta name=day CONTENT="2025 &gt;">')]
        [{'name': 'day', 'content': '2025 >'}]
        """
        told: dict[str, str] = {}
        for name, *values in _FIELD.findall(self.inside):
            told.setdefault(name.lower(), entities("".join(values)))
        return told


def pieces(page: str) -> Iterator[Tag | str]:
    """The tags and the stretches of text between them, in their order.

    Comments, declarations and what scripts and styles hold are left out; so is all behind a tag,
    comment or script that is begun and never ended.

    >>> list(pieces("<p>H20 &amp; <b>3 < 5</b><br/><!-- <p> -->"))
    ... # doctest: +NORMALIZE_WHITESPACE
    [Tag(name='p', opens=True, closes=False, inside=''), 'H20 & ',
     Tag(name='b', opens=True, closes=False, inside=''), '3 < 5',
     Tag(name='b', opens=False, closes=True, inside=''),
     Tag(name='br', opens=True, closes=True, inside='/')]
    >>> list(pieces("<script>a = '<p>'</script>H20<a href='"))[-1]
    'H20'
    """
    at = 0
    while at >= 0:
        mark = _MARK.search(page, at)
        text = page[at : mark.start()] if mark else page[at:]
        if text:
            yield entities(text)
        if not mark:
            return
        if mark[0][1] in "!?":
            at = _past(page, mark.start())
            continue
        found = _TAG.match(page, mark.start())
        if not found:
            return
        tag = _tag(found)
        yield tag
        at = _after(page, tag, found.end())


def _past(page: str, start: int) -> int:
    """Where a comment or declaration ends; -1 where it does not."""
    end = "-->" if page.startswith("<!--", start) else ">"
    found = page.find(end, start + 2)
    return found + len(end) if found >= 0 else -1


def _tag(found: re.Match[str]) -> Tag:
    inside = found[3].strip()
    ends = bool(found[1])
    return Tag(found[2].lower(), not ends, ends or bool(_CLOSED.search(inside)), inside)


def _after(page: str, tag: Tag, end: int) -> int:
    """Where a page goes on behind a tag; -1 where a script is never ended."""
    if tag.closes or tag.name not in _RAW:
        return end
    found = _RAW[tag.name].search(page, end)
    return found.start() if found else -1


def entities(text: str) -> str:
    """A text with its entities read; a number that no letter can have is no letter.

    >>> entities("H20 &amp; MI308&#8217;s &#" + "9" * 5000 + ";")
    'H20 & MI308’s \ufffd'
    """
    if "&" not in text:
        return text
    import html  # and its table of two thousand names

    return html.unescape(_ENDLESS.sub("\ufffd", text))
