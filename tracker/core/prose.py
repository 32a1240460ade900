"""Running text cut into sentences as a reader sees them, headings apart.

Unlike ``core.text.sentences``, which recognition reads by, nothing is lost at a cut: closing quotes
stay with their sentence, abbreviations and decimal points cut nothing, and what a broken converter
left behind is taken out before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tracker.core.text import without_glosses

HEADING: Final = 90
"""A line of its own without an end, up to this long, is a heading."""

_TONED: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_TAGS: Final = re.compile(r"\?*</?(?:p|div|span|br)\s*/?>|\?+/(?:p|div|span)>|&(?:nbsp|amp|quot);")
# What is left of Chinese whose bytes were cut in the wrong place: "?qū)儆谧约旱募夹g(shù)".
_LOST: Final = re.compile(
    rf"\?[a-z]*[{_TONED}][a-z]*\)"
    rf"(?:[\u3400-\u9fff]{{1,10}}[a-z]{{0,2}}\([a-z]*[{_TONED}][a-z]*\))?"
)
_END: Final = re.compile(
    r"(?:[。！？]|(?:…){2}(?=[”」』\"])|[!?]+|\.)[。！？!?.]*[”’」』》）】\"')\]]*"
)
_NEVER: Final = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "st", "vs", "cf", "al", "ed", "approx", "est", "gen", "col",
    "sen", "rep", "gov", "lt", "capt", "hon", "rev", "messrs", "ca", "i.e", "e.g",
})  # fmt: skip
"""Abbreviations that stand before what they belong to: no sentence ends with them."""

_COUNTING: Final = frozenset({
    "no", "nos", "art", "arts", "sec", "fig", "vol", "op", "para", "paras", "pp", "p", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
"""Words that a full stop shortens only before a number: No. 15, Jan. 20."""

_MAYBE: Final = frozenset({
    "inc", "ltd", "corp", "co", "plc", "bros", "dept", "jr", "sr", "etc", "u.s", "u.k", "u.n",
    "e.u", "d.c", "a.m", "p.m", "ph.d", "llc", "s.a", "n.v", "b.v", "hon", "h.k",
})  # fmt: skip
"""Abbreviations that may end a sentence; what follows decides."""

_STARTS: Final = frozenset({
    "the", "a", "an", "it", "this", "that", "these", "those", "in", "on", "at", "by", "for",
    "from", "but", "and", "so", "he", "she", "they", "we", "you", "i", "its", "their", "his",
    "her", "as", "if", "when", "while", "after", "before", "since", "under", "with", "meanwhile",
    "however", "last", "there", "no", "both", "officials", "analysts", "critics", "beijing",
    "washington", "china",
})  # fmt: skip
_AFTER_QUOTE: Final = re.compile(
    r"\s*(?:[,，、;；的]|[^,，。“「]{0,6}(?:說|说|表示|稱|称|道|指出))"
)
_LAST_WORD: Final = re.compile(r"(?<![A-Za-z0-9])([A-Za-z][A-Za-z.]*)$")  # 6000D is no initial
_NEXT: Final = re.compile(r"\s*[\"'“‘「『(\[]*([^\s,.;:!?]*)")
_LISTED: Final = re.compile(r"^\s*(?:\d{1,2}|[A-Za-z])$")
_LISTED_LENGTH: Final = 8
_WORD_LENGTH: Final = 40
"""Letters that are looked back for an abbreviation: no sentence is read again at each full stop."""

_SOME: Final = re.compile(r"\s*\S")
_WIDE: Final = re.compile(r"[\u3400-\u9fff“「『]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text. ``heading``: a short line of its own that ends nowhere."""

    text: str
    heading: bool = False


def mended(paragraph: str) -> str:
    """A paragraph without pinyin glosses, remains of markup and doubled blanks, for quotation.

    >>> mended("國(guó)產(chǎn)替代。?/p>")
    '國產替代。'
    """
    return " ".join(_TAGS.sub("", without_glosses(paragraph)).split())


def garbled(text: str) -> int:
    """Stretches whose characters were lost on the way and that nobody can mend.

    >>> garbled("走向?qū)儆谧约旱募夹g(shù)新紀元"), garbled("Will it? (So said he.)")
    (1, 0)
    """
    return len(_LOST.findall(text))


def sentences(paragraphs: Iterable[str]) -> tuple[Sentence, ...]:
    """The sentences of paragraphs, each whole with its closing quotes, in order.

    >>> [s.text for s in sentences(["The U.S. said no. It cut No. 15 to 34.6%."])]
    ['The U.S. said no.', 'It cut No. 15 to 34.6%.']
    >>> [s.text for s in sentences(["他说：“会的。”然后走了。2025年约34.6%！"])]
    ['他说：“会的。”', '然后走了。', '2025年约34.6%！']
    """
    found: list[Sentence] = []
    for paragraph in paragraphs:
        text = mended(paragraph)
        parts = [part for part in cut(text) if re.search(r"\w", part)]
        alone = len(parts) == 1 and len(text) <= HEADING and not _END.search(text[-3:])
        found += [Sentence(part, alone) for part in parts]
    return tuple(found)


def cut(text: str) -> Iterable[str]:
    """One line in sentences, each with its end; blanks around them go.

    >>> list(cut("It was the U.S. The end."))
    ['It was the U.S.', 'The end.']
    """
    start = 0
    for match in _END.finditer(text):
        if match.start() < start or not _ends(text, start, match):
            continue
        yield text[start : match.end()].strip()
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a sentence ends at a sign that can end one."""
    sign, at = match[0], match.end()
    if not _SOME.match(text, at):
        return True
    if sign[0] == "?" and _LOST.match(text, match.start()):
        return False
    if sign[0] in "。！？…":
        return not _goes_on(sign, text, at)
    if not text[at].isspace():
        return sign[0] in "!?" and bool(_WIDE.match(text, at))
    following = _NEXT.match(text, at)
    word = following[1] if following else ""
    if word[:1].islower():
        return False
    return sign[0] in "!?" or _full_stop(text, start, match.start(), sign, word)


def _goes_on(sign: str, text: str, at: int) -> bool:
    """A quotation inside a sentence: what follows the closing quote belongs to it."""
    return sign[-1] in "”」』" and bool(_AFTER_QUOTE.match(text, at))


def _full_stop(text: str, start: int, end: int, sign: str, word: str) -> bool:
    """Whether the full stop at ``end`` ends the sentence from ``start``; ``word`` comes next."""
    if end - start <= _LISTED_LENGTH and _LISTED.match(text[start:end]):
        return False  # "1. First point"
    last = _LAST_WORD.search(text[max(start, end - _WORD_LENGTH) : end])
    if last is None or len(sign) > 1:
        return True
    short = last[1].casefold()
    if short in _NEVER or (len(short) == 1 and last[1].isupper()):
        return False
    if short in _COUNTING:
        return not word[:1].isdigit()
    if short in _MAYBE or re.fullmatch(r"(?:[a-z]\.)+[a-z]", short):
        return word.casefold() in _STARTS
    return True
