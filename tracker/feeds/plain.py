"""HTML of an entry -> plain text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tracker.core.markup import entities

MOST: Final = 200_000  # characters of markup looked at; a summary keeps a tenth of that
_TAG: Final = re.compile(r"<(?:/?[a-zA-Z]|[!?])[^<>]{0,5000}>")
_SILENT: Final = re.compile(
    r"<(script|style|template|noscript|svg|head|iframe|object)\b[^<>]{0,2000}>", re.IGNORECASE
)
_BREAK: Final = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figure|figcaption|pre|hr"
    r"|dt|dd|td|th)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_BLANKS: Final = re.compile(r"[ \t\r\f\v\u00a0\u3000]+")


def text_of(markup: str) -> str:
    r"""The words of a piece of HTML: tags gone, entities read, blocks on lines of their own.

    >>> text_of("<p>H20 &amp; MI308</p><p>15&nbsp;%</p><script>x()</script>")
    'H20 & MI308\n15 %'
    >>> text_of("1 < 2 and 3 > 2")
    '1 < 2 and 3 > 2'
    """
    markup = markup[:MOST]
    if "<" in markup:
        markup = _joined(markup, " ")
        markup = _without_silent(_without_comments(markup))
        markup = _TAG.sub("", _BREAK.sub("\n", markup))
    return _joined(_BLANKS.sub(" ", entities(markup)), "\n")


def _joined(text: str, by: str) -> str:
    """The lines of a text that are not blank; a pattern would take a square of a run of blanks."""
    return by.join(filter(None, map(str.strip, text.split("\n"))))


def _without_comments(markup: str) -> str:
    kept, rest = [], markup
    while (start := rest.find("<!--")) >= 0:
        end = rest.find("-->", start)
        kept.append(rest[:start])
        rest = rest[end + 3 :] if end >= 0 else ""
    return "".join(kept) + rest


@lru_cache(maxsize=16)
def _end_of(name: str) -> re.Pattern[str]:
    """The end of an element; small letters of a whole text are not always as many as it has."""
    return re.compile(f"</{re.escape(name)}", re.IGNORECASE)


def _without_silent(markup: str) -> str:
    """Drop elements whose content is not for reading; in one pass, whatever is left open."""
    kept, at = [], 0
    for found in _SILENT.finditer(markup):
        if found.start() < at:
            continue
        end = _end_of(found[1]).search(markup, found.end())
        kept.append(markup[at : found.start()])
        if end is None:
            return " ".join(kept)
        close = markup.find(">", end.start())
        at = close + 1 if close >= 0 else len(markup)
    return " ".join([*kept, markup[at:]])
