"""Lines in terminal cells: wrap, cut and fill where a Chinese character takes two."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from rich.cells import cell_len, get_character_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.style import Style
from rich.text import Text

# One wide character is a word of its own; everything else breaks at blanks.
_WIDE: Final = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60"
_SHOWN: Final = re.compile(r"https?://([^/\s:?#]+)", re.IGNORECASE)
_NEVER_FIRST: Final = frozenset("，。、；：？！）」』》】〉”’…％%,.;:?!)]}")


def cut(text: str, width: int, mark: str = "…") -> str:
    """``text`` in at most ``width`` cells, ending with ``mark`` where something was left out.

    >>> cut("AMD将恢复向中国出口MI308", 9)
    'AMD将恢…'
    >>> cut("short", 9)
    'short'
    """
    if cell_len(text) <= width:
        return text
    room = width - cell_len(mark)
    if room < 0:
        return mark[:width]
    kept, used = [], 0
    for letter in text:
        used += get_character_cell_size(letter)
        if used > room:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + mark


def wrap(text: str, width: int, most: int | None = None, mark: str = "…",
         whole: str = "") -> list[str]:  # fmt: skip
    """``text`` in lines of at most ``width`` cells; after ``most`` lines it is cut.

    No line begins with closing punctuation; a word longer than a line is broken, and ``whole``,
    a part of ``text``, counts as one word where it fits a line. An address is never broken: half
    of one cannot be opened. Where it is longer than a line and nothing may be cut, its line is.

    >>> wrap("英伟达称将恢复向中国销售H20芯片，等待许可。", 16)
    ['英伟达称将恢复向', '中国销售H20芯', '片，等待许可。']
    >>> wrap("US tells Nvidia it will license H20 sales", 16, most=2)
    ['US tells Nvidia', 'it will license…']
    >>> wrap("act 公告2025年第21号", 18, whole="公告2025年第21号")
    ['act', '公告2025年第21号']
    >>> wrap("see https://example.org/a-rule [page]", 16)
    ['see', 'https://example.org/a-rule', '[page]']
    >>> wrap("出处：https://example.org/即時國際/60314929，已读。", 16)
    ['出处：', 'https://example.org/即時國際/60314929，', '已读。']
    """
    width = max(1, width)
    lines = _wrapped(text, width, whole if cell_len(whole) <= width else "", addresses=most is None)
    if most is None or len(lines) <= most:
        return lines
    rest = lines[most - 1]
    shortened = cut(rest, width - cell_len(mark), "").rstrip() + mark
    return [*lines[: most - 1], shortened]


def folded(line: str, width: int) -> list[str]:
    """``line`` in lines of at most ``width`` cells; the further ones are indented like it.

    >>> folded("  - US tells Nvidia it will license H20", 20)
    ['  - US tells', '    Nvidia it will', '    license H20']
    >>> folded("short", 20)
    ['short']
    """
    if cell_len(line) <= width:
        return [line]
    bare = line.lstrip(" ")
    indent = len(line) - len(bare)
    hanging = indent + (2 if bare.startswith(("- ", "* ")) else 0)
    if hanging > width // 2:
        indent = hanging = 0
    first, *rest = wrap(bare, width - hanging)
    return [" " * indent + first, *(" " * hanging + part for part in rest)]


def _wrapped(text: str, width: int, whole: str, *, addresses: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in _words(text, whole):
        if cell_len((line + word).rstrip()) <= width:
            line += word
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = word.lstrip()
        if cell_len(line) > width and not (addresses and _SHOWN.search(line)):
            *heads, line = _broken(line, width)
            lines += heads
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def _broken(word: str, width: int) -> list[str]:
    """A word longer than a line in pieces of at most ``width`` cells, of one letter at least."""
    pieces: list[str] = []
    begun = used = 0
    for at, letter in enumerate(word):
        used += get_character_cell_size(letter)
        if used > width and at > begun:
            pieces.append(word[begun:at])
            begun, used = at, get_character_cell_size(letter)
    return [*pieces, word[begun:]]


@cache
def _word() -> re.Pattern[str]:
    """Made when a line is first broken: so large a set of letters takes 3 ms to compile."""
    return re.compile(rf"[{_WIDE}]|\s+|[^\s{_WIDE}]+")


@cache
def _word_or_address() -> re.Pattern[str]:
    """Chinese letters in the middle of an address belong to it, Chinese punctuation ends it."""
    address = rf"[^\s{_WIDE}]*?https?://[^\s\u3000-\u303f\uff00-\uff60]+"
    return re.compile(rf"{address}|{_word().pattern}", re.IGNORECASE)


def _words(text: str, whole: str = "") -> list[str]:
    """Words with the punctuation that may not begin a line kept on the word before."""
    if whole and whole in text:
        before, _, after = text.partition(whole)
        return [*_words(before), whole, *_words(after)]
    words: list[list[str]] = []
    for word in (_word_or_address() if "://" in text else _word()).findall(text):
        if words and word[0] in _NEVER_FIRST and not words[-1][-1].isspace():
            words[-1].append(word)
        else:
            words.append([word])
    return ["".join(parts) for parts in words]


def filled(left: Text, right: Text | None, width: int) -> Text:
    """``left`` and, against the right edge, ``right``; two blanks at least between them."""
    if right is None or not right.plain:
        return left
    gap = max(2, width - left.cell_len - right.cell_len)
    return Text.assemble(left, " " * gap, right)


class Lines:
    """Finished lines for one width. Hyperlinks are given to a real terminal only."""

    def __init__(self, lines: list[Text]) -> None:
        self.lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Each line as it is, cut at the edge where it is no address: nothing is wrapped twice."""
        linked = bool(getattr(console.file, "isatty", bool)())
        for line in self.lines:
            shown = line if linked else without_links(line)
            shown.no_wrap, shown.overflow = True, "ignore" if "://" in line.plain else "crop"
            yield shown

    def __str__(self) -> str:
        return "".join(f"{line.plain.rstrip()}\n" for line in self.lines)


def without_links(line: Text) -> Text:
    """A copy of ``line`` whose styles carry no address."""
    spans = [span for span in line.spans if not (isinstance(span.style, Style) and span.style.link)]
    if len(spans) == len(line.spans):
        return line
    copy = line.copy()
    copy.spans = spans
    return copy


def link(url: str, words: str = "") -> Style | None:
    """The style of a hyperlink; None where ``url`` may not be shown as one.

    Nor may it under ``words`` that show the address of another host.
    """
    from tracker.core.clean import clean_link

    address = clean_link(url) if url else ""
    if not address or any(host != _host(address) for host in _hosts(words)):
        return None
    return Style(link=address)


def _hosts(words: str) -> list[str]:
    return [found.lower() for found in _SHOWN.findall(words)]


def _host(address: str) -> str:
    return _SHOWN.findall(address)[0].lower() if _SHOWN.search(address) else ""
