"""The one cleaning function for outside text: used when it is stored and when it is printed."""

from __future__ import annotations

import re
from typing import Final

LINK_LIMIT: Final = 2083
"""Longest address kept, in characters (what browsers and spreadsheets still open)."""

# Control characters (C0, DEL, C1), bidirectional and invisible formatting, line and paragraph
# separators, the byte-order mark, soft hyphens, variation tags, surrogates and noncharacters.
# None of these carries meaning in a headline; each of them has been used to mislead a terminal.
_FORBIDDEN: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_DIRTY: Final = re.compile(f"[{_FORBIDDEN}]")
_NONCHARACTERS: Final = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(17))
    + "]"
)
_BLANKS: Final = re.compile(r"\s+")


def clean_text(text: str) -> str:
    r"""``text`` without characters that could steer a terminal; newlines and tabs stay.

    >>> clean_text("H20\x1b]0;owned\x07 licence\u202e")
    'H20]0;owned licence'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text
    return _NONCHARACTERS.sub("", _DIRTY.sub("", text))


def clean_line(text: str, limit: int | None = None) -> str:
    r"""One clean line: blanks folded to single spaces, cut at ``limit`` characters.

    >>> clean_line("  H20\n licence ")
    'H20 licence'
    >>> clean_line("abcdef", limit=4)
    'abc…'
    """
    line = _BLANKS.sub(" ", clean_text(text)).strip()
    if limit is not None and len(line) > limit:
        return line[: limit - 1].rstrip() + "…"
    return line


def clean_link(url: str) -> str:
    """``url`` where it is http(s), printable, free of blanks and not too long; else ''.

    >>> clean_link("javascript:alert(1)"), clean_link("https://example.org/a")
    ('', 'https://example.org/a')
    """
    url = url.strip()
    bad = len(url) > LINK_LIMIT or _DIRTY.search(url) or _BLANKS.search(url)
    if bad or not url.lower().startswith(("http://", "https://")):
        return ""
    return "".join(_QUOTED.get(letter, letter) for letter in url)


_QUOTED: Final = {
    '"': "%22",
    "<": "%3C",
    ">": "%3E",
    "\\": "%5C",
    "`": "%60",
    "{": "%7B",
    "}": "%7D",
}
