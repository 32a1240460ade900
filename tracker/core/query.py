"""The language of ``tracker search``: words, phrases, AND OR NOT, brackets and ``field:value``.

Reading a query never fails: what is not understood is text, and a hint says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import field
from typing import Final

from tracker.core.clean import clean_text
from tracker.core.words import is_wide, tokens
from tracker.nouns import dataclass

FIELDS: Final = (
    "actor", "item", "term", "jurisdiction", "measure", "instrument", "series", "kind",
    "direction", "status", "origin", "since", "until", "feed", "lang", "publisher",
)  # fmt: skip
DEPTH: Final = 8
"""Brackets deeper than this are read as if they were not there (SQLite's parsers have a floor)."""
WORDS: Final = 200
"""Pieces of a query that are read; the rest of a longer one is left out, with a hint."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words to be found side by side, as typed; ``exact`` where they stood in quotes."""

    words: str
    exact: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Field:
    """``name:value``; ``typed`` is what stood there, for the case that the value is unknown."""

    name: str
    value: str
    typed: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """What must hold together."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Of which one must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Is:
    """A field whose value was found: any of the canonical ``values``."""

    name: str
    values: tuple[str, ...]


Node = Text | Field | Is | Not | All | AnyOf


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read; ``root`` is None where nothing in it can be searched."""

    root: Node | None
    hints: tuple[str, ...]


# What an input method writes for the signs of a query.
_SIGNS: Final = str.maketrans("“”„「」『』＂（）：＊－", '"""""""' + '"():*-')
# The blank inside initials: H. R. 8170.
_APART: Final = re.compile(r"(?<![^\W_])([A-Za-z]\.) (?=[A-Za-z]\.)")
_PIECE: Final = re.compile(r'(-?)"([^"]*)"?|([()])|([^\s()"]+)')
_NAMED: Final = re.compile(r"([A-Za-z_]+):(.+)", re.DOTALL)


def read(text: str) -> Query:
    """The tree that a query means; blanks mean AND, which binds closer than OR.

    >>> read('nvidia (H20 OR "MI308") -rumour').root
    All(parts=(Text(words='nvidia'), AnyOf(parts=(Text(words='H20'), Text(words='MI308'))), \
Not(part=Text(words='rumour'))))
    >>> read("actor:huawei since:2025-05").root
    All(parts=(Field(name='actor', value='huawei', typed='actor:huawei'), \
Field(name='since', value='2025-05', typed='since:2025-05')))
    >>> read("colour:red").hints
    ("there is no field 'colour': searched as text (fields: actor item term jurisdiction measure \
instrument series kind direction status origin since until feed lang publisher)",)
    >>> read("(( AND OR").root is None
    True
    """
    signs = list(_pieces(_APART.sub(r"\1", clean_text(text).translate(_SIGNS))))
    hints = [f"only the first {WORDS} words were read"] if len(signs) > WORDS else []
    reader = _Reader(signs[:WORDS], hints)
    return Query(reader.whole(), tuple(reader.hints))


@dataclass(frozen=True, slots=True)
class _Piece:
    sign: str  # '(' ')' 'AND' 'OR' 'NOT' or '' for text
    text: str = ""
    quoted: bool = False


def _pieces(text: str) -> Iterator[_Piece]:
    for found in _PIECE.finditer(text):
        minus, phrase, bracket, word = found.groups()
        if bracket:
            yield _Piece(bracket)
        elif word is None:
            if minus:
                yield _Piece("NOT")
            yield _Piece("", phrase, quoted=True)
        elif word in ("AND", "OR", "NOT"):
            yield _Piece(word)
        else:
            yield from _word(word)


def _word(word: str) -> Iterator[_Piece]:
    if word.startswith("-") and len(word) > 1:
        yield _Piece("NOT")
        word = word[1:]
    yield _Piece("", word)


class _Reader:
    """Reads pieces from left to right; a sign without its partner is passed over."""

    def __init__(self, pieces: list[_Piece], hints: list[str]) -> None:
        self._pieces = pieces
        self._at = 0
        self.hints = hints

    def whole(self) -> Node | None:
        """All of it: a closing bracket too many does not end the reading."""
        parts: list[Node] = []
        while self._at < len(self._pieces):
            part = self._either(0)
            parts += [part] if part else []
            self._at += 1
        return _joined(parts, All)

    def _either(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while True:
            part = self._together(depth)
            parts += [part] if part else []
            if self._sign() != "OR":
                return _joined(parts, AnyOf)
            self._at += 1

    def _together(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while self._at < len(self._pieces) and self._sign() not in ("OR", ")"):
            part = self._one(depth)
            parts += [part] if part else []
        return _joined(parts, All)

    def _one(self, depth: int) -> Node | None:
        turned = False
        while self._sign() == "NOT":
            turned = not turned
            self._at += 1
        if self._sign() in (None, "OR", ")"):
            return None
        part = self._plain(depth)
        return Not(part) if part and turned else part

    def _plain(self, depth: int) -> Node | None:
        piece = self._pieces[self._at]
        self._at += 1
        if piece.sign == "(" and depth < DEPTH:
            part = self._either(depth + 1)
            self._at += self._sign() == ")"
            return part
        return self._leaf(piece) if not piece.sign else None

    def _leaf(self, piece: _Piece) -> Node | None:
        named = None if piece.quoted else _NAMED.fullmatch(piece.text)
        if named and named[1].lower() in FIELDS:
            return Field(named[1].lower(), named[2], piece.text)
        if named and not named[2].startswith("//"):
            self.hints.append(
                f"there is no field {named[1]!r}: searched as text (fields: {' '.join(FIELDS)})"
            )
        # a field without its value may be followed by a quoted one: publisher:"South China ..."
        name = piece.text.removesuffix(":").lower()
        if not piece.quoted and piece.text.endswith(":") and name in FIELDS and self._quoted():
            value = self._pieces[self._at].text
            self._at += 1
            return Field(name, value, f"{name}: {value}")
        if not piece.quoted and piece.text.endswith(":") and name in FIELDS:
            self.hints.append(f"{name}: has no value: searched as text")
        return Text(piece.text, exact=piece.quoted) if tokens(piece.text) else None

    def _quoted(self) -> bool:
        return self._at < len(self._pieces) and self._pieces[self._at].quoted

    def _sign(self) -> str | None:
        return self._pieces[self._at].sign if self._at < len(self._pieces) else None


def _joined(parts: list[Node], kind: type[All] | type[AnyOf]) -> Node | None:
    return kind(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


def fewest(texts: Iterable[str]) -> list[str]:
    """Spaced texts without those that hold another: wherever such a one stands, that stands too.

    >>> fewest(["h20", "h20 芯 片", "nvidia s", "nvidia", "nvidia"])
    ['h20', 'nvidia']
    """
    apart = {text: f" {text} " for text in texts}
    return [
        text for text, whole in apart.items()
        if not any(part in whole for other, part in apart.items() if other != text)
    ]  # fmt: skip


def stretches(word: str, longest: int = 12) -> list[str]:
    """Every stretch of a word with Chinese in it that may be a name; none of a Latin word.

    >>> stretches("华为h20")
    ['华', '华为', '华为h20', '为', '为h20', 'h20']
    """
    own = tokens(word)
    if not any(is_wide(token) for token in own):
        return []
    ends = range(1, longest + 1)
    return ["".join(own[i : i + n]) for i in range(len(own)) for n in ends if i + n <= len(own)]


def pieces(word: str, names: Collection[str]) -> list[str]:
    """A word written without blanks, cut at the names in it, the longest first.

    >>> pieces("商务部公告2025年第70号", {"商务部"})
    ['商务部', '公告2025年第70号']
    >>> pieces("英伟达h20芯片", {"英伟达", "h20", "芯片", "h20芯片"})
    ['英伟达', 'h20芯片']
    >>> pieces("AI/ML", {"ai"})
    ['AI/ML']
    """
    own, found, rest, at = tokens(word), list[str](), "", 0
    if not any(is_wide(token) for token in own):
        return [word]
    while at < len(own):
        sizes = range(min(12, len(own) - at), 0, -1)
        size = next((n for n in sizes if _name("".join(own[at : at + n]), names)), 0)
        if size:
            found += [rest, "".join(own[at : at + size])]
            rest = ""
        else:
            rest += own[at]
        at += size or 1
    return [piece for piece in (*found, rest) if piece]


def _name(stretch: str, names: Collection[str]) -> bool:
    """One letter is no name here: 美 in 美光 is not the United States."""
    return len(stretch) > 1 and stretch in names


_SPELLINGS: Final = (
    ("licence", "license"), ("defence", "defense"), ("sation", "zation"), ("centre", "center"),
    ("labour", "labor"), ("favour", "favor"),
)  # fmt: skip
_MODEL: Final = re.compile(r"([a-z]{1,6})[ -]?([0-9]{2,})")


def spellings(folded: str) -> list[str]:
    """Other ways in which a folded word is written: British and American, ``HR8170``.

    >>> spellings("export licences"), spellings("hr8170"), spellings("mi 308")
    (['export licenses'], ['hr 8170', 'h.r. 8170'], ['mi308', 'm.i. 308'])
    """
    found = [folded.replace(a, b) for pair in _SPELLINGS for a, b in (pair, pair[::-1])
             if a in folded]  # fmt: skip
    model = _MODEL.fullmatch(folded)
    if model:
        found += [f"{model[1]} {model[2]}", model[1] + model[2]]
        found += [f"{'.'.join(model[1])}. {model[2]}"] if len(model[1]) in (2, 3) else []
    return [form for form in found if form != folded]


def settled(
    node: Node | None, known: Callable[[str, str], tuple[str, ...]], hints: list[str]
) -> Node | None:
    """The tree with every field settled: ``known(name, value)`` gives its canonical values.

    A value that nobody knows is searched as text; ``hints`` is told.

    >>> hints: list[str] = []
    >>> settled(Field("kind", "Rule", "kind:Rule"), lambda name, value: (value.lower(),), hints)
    Is(name='kind', values=('rule',))
    >>> settled(Field("kind", "x", "kind:x"), lambda name, value: (), hints), hints
    (Text(words='kind:x'), ["no kind is called 'x': searched as text"])
    """
    if isinstance(node, Field):
        values = known(node.name, node.value)
        if values:
            return Is(node.name, values)
        hints.append(f"no {node.name} is called {node.value!r}: searched as text")
        return Text(node.typed)
    if isinstance(node, Not):
        part = settled(node.part, known, hints)
        return Not(part) if part else None
    if isinstance(node, All | AnyOf):
        parts = tuple(part for each in node.parts if (part := settled(each, known, hints)))
        return All(parts) if isinstance(node, All) else AnyOf(parts)
    return node


def words_of(node: Node | None) -> Iterator[Text]:
    """The words that an answer will hold, for marking them in it.

    >>> list(words_of(None))
    []
    """
    if isinstance(node, Text):
        yield node
    elif isinstance(node, All | AnyOf):
        for part in node.parts:
            yield from words_of(part)
