"""The one cleaning function for outside text: used when it is stored and when it is printed."""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from urllib.parse import urlsplit

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
_NONE: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(17)
)
_NEAR: Final = _FORBIDDEN[: _FORBIDDEN.index(chr(0x1D173))] + "\ufdd0-\ufdef"
# Outside Latin, Chinese, Japanese and Korean text.
_ELSEWHERE: Final = "\u0300-\u2fff\u302a-\u302f\ud800-\ufeff\ufff0-\U0010ffff"
_BLANKS: Final = re.compile(r"\s+")
_LOGIN: Final = re.compile(r"^(https?://)[^/?#]*@", re.IGNORECASE)
MOST_MARKS: Final = 8
"""Combining marks kept on one letter; no script needs more, and a pile of them covers lines."""


# Large sets of letters take a while to compile, and most runs need few of them.
@cache
def _dirty() -> re.Pattern[str]:
    return re.compile(f"[{_FORBIDDEN}]")


@cache
def _unwanted() -> re.Pattern[str]:
    return re.compile(f"[{_FORBIDDEN}{_NONE}]")


@cache
def _suspect() -> re.Pattern[str]:
    """The unwanted and what lies beyond the basic plane: seen in a third of the time."""
    return re.compile(f"[{_NEAR}\U00010000-\U0010ffff]")


@cache
def _pile() -> re.Pattern[str]:
    """So long a run elsewhere is worth a second look."""
    return re.compile(f"[{_ELSEWHERE}]{{{MOST_MARKS + 1},}}")


def clean_text(text: str) -> str:
    r"""``text`` without characters that could steer a terminal; newlines and tabs stay.

    Of what steers one nothing stays: the letters of a colour are no part of the word after it.

    >>> clean_text("\x1b[31mH20\x1b]0;owned\x07 licence\u202e")
    'H20 licence'
    >>> len(clean_text("Z" + "\u0301\u0316" * 400))
    9
    """
    if text.isascii() and text.isprintable():
        return text
    if _suspect().search(text):  # a carriage return is one of them
        text = _steering().sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = _unwanted().sub("", text)
    return _pile().sub(_without_piles, text) if _pile().search(text) else text


def _without_piles(found: re.Match[str]) -> str:
    from unicodedata import combining

    kept, marks = [], 0
    for letter in found.group():
        marks = marks + 1 if combining(letter) else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def unbroken(word: str) -> str:
    r"""``word``; '' where it holds half a letter or what is none: such an id or address is none.

    No file can hold a lone surrogate, and without it the word would be another's.

    >>> unbroken("https://example.org/新"), unbroken("https://example.org/\ud800")
    ('https://example.org/新', '')
    """
    return "" if not word.isascii() and _no_letters().search(word) else word


@cache
def _no_letters() -> re.Pattern[str]:
    return re.compile("[\ud800-\udfff\ufffe\uffff]")


def told_path(path: str) -> str:
    r"""A path as words: a byte of it that is not UTF-8, and so no letter, is told by its number.

    >>> told_path("新.jsonl"), told_path("odd\udcff.jsonl")
    ('新.jsonl', 'odd\\udcff.jsonl')
    """
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def clean_json(text: str) -> str:
    r"""JSON in which what could steer a terminal is written as an escape; it means the same.

    >>> clean_json('"a\x9b31m\u202e"')
    '"a\\u009b31m\\u202e"'
    """
    return _unwanted().sub(_escaped, text)


def json_text(value: object, *, indent: int | None = None) -> str:
    r"""A value as JSON, as every answer gives it: letters as they are, but none that could steer.

    >>> json_text({"why": "\x9b31m 新 \u202e"})
    '{"why": "\\u009b31m 新 \\u202e"}'
    """
    import json

    return clean_json(json.dumps(value, ensure_ascii=False, indent=indent))


def _escaped(found: re.Match[str]) -> str:
    units = found.group().encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def clean_line(text: str, limit: int | None = None) -> str:
    r"""One clean line: blanks folded to single spaces, cut at ``limit`` characters.

    >>> clean_line("  H20\n licence ")
    'H20 licence'
    >>> clean_line("abcdef", limit=4)
    'abc…'
    """
    if text.isascii() and text.isprintable() and "  " not in text:  # as nearly all of them
        line = text
    else:
        line = clean_text(text)
        if "  " in line or not line.isprintable():  # of all blanks only the plain one is printable
            line = _BLANKS.sub(" ", line)
    line = line.strip()
    if limit is not None and len(line) > limit:
        return line[: limit - 1].rstrip() + "…"
    return line


@cache
def _steering() -> re.Pattern[str]:
    r"""Whole sequences of a terminal: colours, places of the cursor, titles, links, letter sets.

    Of those that begin with one byte above ASCII only colours: it is a quotation mark elsewhere.

    >>> _steering().sub("", "\x1b[31mred\x1b[0m \x1b]8;;https://a.example\x1b\\link\x1b]8;;\x07")
    'red link'
    >>> _steering().sub("", "\x1b(Bplain \x9b1;31mH20 \x1b]0;never ended\n\x9bH20")
    'plain H20 \x1b]0;never ended\n\x9bH20'
    """
    return re.compile(
        "\x1b\\[[0-?]*[ -/]*[@-~]|\x9b[0-9;]+m|\x1b[ -/]+[0-~]"
        "|\x1b[\\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\\\)"
    )


def clean_link(url: str) -> str:
    """``url`` where it is http(s) to some host, printable, free of blanks, not too long; else ''.

    A user's name or password in it goes: it hides whose address this is.

    >>> clean_link("javascript:alert(1)"), clean_link("https://example.org/a")
    ('', 'https://example.org/a')
    >>> clean_link("https://reuters.com@evil.example/a")
    'https://evil.example/a'
    >>> clean_link("http://[::1"), clean_link("http://a.example:port/")
    ('', '')
    """
    if _USUAL_LINK.fullmatch(url) and len(url) <= LINK_LIMIT:
        return url
    url = url.strip()
    bad = len(url) > LINK_LIMIT or _dirty().search(url) or _BLANKS.search(url)
    if bad or not url.lower().startswith(("http://", "https://")):
        return ""
    url = _LOGIN.sub(r"\1", url) if "@" in url else url
    if not _names_host(url):
        return ""
    return _TO_QUOTE.sub(lambda found: _QUOTED[found.group()], url)


def _names_host(url: str) -> bool:
    """Whether host and port can be read, as everybody who opens the address must."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


# Nothing in it is cut, quoted or hidden.
_USUAL_LINK: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/%?&=#+,;:-]*)?")
_TO_QUOTE: Final = re.compile(r'["<>\\`{}]')
_QUOTED: Final = {
    '"': "%22",
    "<": "%3C",
    ">": "%3E",
    "\\": "%5C",
    "`": "%60",
    "{": "%7B",
    "}": "%7D",
}
