"""Decisions and doubts as text: one block each for a pipe, a panel for a person with a key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final, Protocol

from tracker.core.accepted import told as claim_told
from tracker.core.clean import clean_line, json_text
from tracker.core.doubts import ANSWERS
from tracker.core.newcomers import watch_lines
from tracker.model import Decision
from tracker.view.lines import wrap

if TYPE_CHECKING:
    from rich.text import Text

    from tracker.core.doubts import Doubt

ASKED: Final = {
    "join": "One act?",
    "undated": "On which day?",
    "score": "An event of ours?",
    "actor": "Who is this?",
}
KEYS: Final = {
    sort: " · ".join(
        [*(f"{key} {verb}" for key, verb in keys.items()), "n next", "u undo", "q quit"]
    )
    for sort, keys in ANSWERS.items()
}
"""What each key does, by sort of doubt."""


class Written(Protocol):
    """What a decision did."""

    @property
    def lines(self) -> tuple[Decision, ...]:
        """The lines appended."""

    @property
    def events(self) -> tuple[str, ...]:
        """The events made again."""

    @property
    def gone(self) -> tuple[tuple[str, str], ...]:
        """Those that are no more, with the event that each is part of now."""

    @property
    def hiding(self) -> tuple[Decision, ...]:
        """The lines that keep out what was confirmed."""


def decided(done: Written) -> str:
    """What was written and which events it changed, a line each."""
    heads = [_line(line) for line in done.lines]
    changed = [f"  changed: {clean_line(event)}" for event in done.events]
    changed += [
        f"  {clean_line(f'one with {now} now: {was}' if now else f'no event any more: {was}')}"
        for was, now in done.gone
    ]
    hidden = [
        f"  stays hidden until {clean_line(line.by)}'s line of {line.at[:10]} is taken back:"
        f" tracker decide undo {clean_line(line.key)}"
        for line in done.hiding
    ]
    return "\n".join([*heads, *(changed or ["  no event changed"]), *hidden])


def _line(line: Decision) -> str:
    parts = [line.key, line.verdict, *line.items[:4]]
    if len(line.items) > 4:
        parts.append(f"and {len(line.items) - 4} more")
    if line.value:
        value = claim_told(line.value) if line.verdict == "accept-claim" else line.value
        parts.append(f"-> {value}")
    return clean_line("  ".join(parts))


def log(lines: Sequence[Decision], withdrawn: frozenset[str]) -> str:
    """The journal for a person: when, who, what, why; ``-`` marks what was taken back."""
    rows = []
    for line in lines:
        mark = "-" if line.key in withdrawn else " "
        rows.append(f"{mark} {clean_line(f'{line.at} {line.by}')}  {_line(line)}")
        rows += [f"    {clean_line(text)}" for text in (line.why, line.seen) if text]
    return "\n".join(rows)


def log_json(lines: Sequence[Decision], withdrawn: frozenset[str]) -> str:
    """The journal as JSON."""
    rows = [asdict(line) | {"withdrawn": line.key in withdrawn} for line in lines]
    return json_text({"schema_version": 1, "decisions": rows}, indent=1)


def log_notes(
    contradictions: Iterable[str], missing: Sequence[str], adrift: Sequence[str] = ()
) -> list[str]:
    """What a reader of the journal should know."""
    notes = [clean_line(words) for words in contradictions]
    if missing:
        notes.append(f"named here and not stored (lines are kept): {_some(missing)}")
    if adrift:
        notes.append(f"taken back here, and the line itself is not: {_some(adrift)}")
    return notes


def _some(names: Sequence[str]) -> str:
    return clean_line(", ".join(names[:5])) + (" ..." if len(names) > 5 else "")


def queue(doubts: Sequence[Doubt]) -> str:
    """The queue for a pipe: a block each, with the commands that would answer."""
    return "\n\n".join(_block(number, doubt) for number, doubt in enumerate(doubts, 1))


def _block(number: int, doubt: Doubt) -> str:
    head = f"{number}. {doubt.sort} {_size(doubt)}  {ASKED[doubt.sort]}"
    event = f"  {_standing(doubt)}"
    titles = [
        line
        for item, title, teller in _sides(doubt)
        for line in (f"   {clean_line(item)}  {clean_line(title, 120)}", f"     {teller}")
        if line.strip()
    ]
    return "\n".join([head + event, *titles, *_reasons(doubt), *_commands(doubt)])


def _sides(doubt: Doubt) -> list[tuple[str, str, str]]:
    """Each item with its title and who tells what of it when."""
    tellers = doubt.told or ("",) * len(doubt.items)
    sides = zip(doubt.items, doubt.titles, tellers, strict=True)
    return [(item, title, clean_line(words, 90)) for item, title, words in sides]


def _size(doubt: Doubt) -> str:
    if doubt.sort == "actor":
        return f"{doubt.score:.0f} report{'s' if doubt.score > 1 else ''}"
    return f"{doubt.score:+.2f}"


def _standing(doubt: Doubt) -> str:
    """How things stand without an answer."""
    if doubt.event:
        return f"now {'one event' if len(doubt.items) > 1 else 'in'}: {clean_line(doubt.event)}"
    return "now apart" if len(doubt.items) > 1 else "now no event"


def _reasons(doubt: Doubt, most: int = 90) -> list[str]:
    told = [one for one in doubt.reasons if doubt.sort != "score" or one.name != "date"]
    strongest = sorted(told, key=lambda r: -abs(r.weight))[:5]
    return [f"     {r.weight:+.1f} {r.name}: {clean_line(r.why, most)}" for r in strongest]


def _commands(doubt: Doubt) -> list[str]:
    """What to type, or to write into feeds.toml, to answer."""
    if doubt.sort == "actor":
        lines = watch_lines(clean_line(doubt.name)).splitlines()
        return ["   in feeds.toml:", *(f"     {line}" for line in lines)]
    items = " ".join(doubt.items)
    verbs = {
        "join": (f"same {items}", f"different {items}"),
        "undated": (f"redate {items} YYYY-MM-DD", f"hide {items}"),
        "score": (f"confirm {items}", f"hide {items}"),
    }
    return [f"   tracker decide {words}" for words in verbs[doubt.sort]]


def queue_json(doubts: Sequence[Doubt]) -> str:
    """The queue as JSON."""
    rows = [asdict(doubt) for doubt in doubts]
    return json_text({"schema_version": 1, "doubts": rows}, indent=1)


def card(doubt: Doubt, number: int, of: int, width: int = 0) -> Text:
    """One doubt for a person who answers with a key; no line is wider than ``width`` (0: any)."""
    from rich.text import Text

    head = f"{number}/{of}  {ASKED[doubt.sort]}  ({_size(doubt)}, {_standing(doubt)})"
    text = Text("".join(("\n", *_folded(head, 0, width))), style="bold")
    for _, title, teller in _sides(doubt):
        text.append("".join(_folded(clean_line(title), 2, width)), style="not bold")
        text.append("".join(_folded(teller, 4, width)), style="not bold dim")
    for line in _reasons(doubt, 300):  # it is folded, so the file and line need not be cut
        text.append("".join(_folded(line.strip(), 4, width)), style="not bold dim")
    if doubt.sort == "actor":
        text.append("\n".join((*_commands(doubt), "")), style="not bold")
    text.append(KEYS[doubt.sort], style="not bold cyan")
    return text


def _folded(words: str, indent: int, width: int) -> list[str]:
    """Lines with their ends, further ones two cells deeper; none where there are no words."""
    if not words:
        return []
    lines = wrap(words, width - indent - 2) if width else [words]
    return [f"{' ' * (indent + (2 if at else 0))}{line}\n" for at, line in enumerate(lines)]
