"""The word index over events and entries: kept in step by derivation, asked by ``search``.

Both texts and questions are folded and spaced by the core, so that any Chinese length is found and
a script or a case makes no difference. Words reach SQLite only quoted, as values.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tracker.codec import unpack
from tracker.core.query import All, AnyOf, Is, Node, Not, Text, runs, spaced, tokens
from tracker.core.text import fold
from tracker.model import Event

BATCH: Final = 5000
"""Texts indexed at once; bounds memory."""
LONGEST: Final = 20_000
"""Characters of a text that are indexed."""
NAMES: Final = 80
"""Most other names tried for one word."""
PHRASE: Final = 5
"""Most neighbouring words tried as one name (``Entity List``)."""

Target = Literal["event", "entry"]
Clause = tuple[str, list[object]]


# ---- keeping it in step -----------------------------------------------------------------------


def index_event(db: sqlite3.Connection, number: int, event: Event) -> None:
    """Index the words of one stored event."""
    parts = (
        event.id, event.title, event.summary, event.note, event.instrument,
        *event.actors, *event.items, *event.terms, *event.jurisdiction, *event.measures,
        *(text for source in event.sources for text in (source.title, source.ref)),
    )  # fmt: skip
    text = _indexed("\n".join(part for part in parts if part))
    db.execute("INSERT INTO event_words (rowid, words) VALUES (?, ?)", (number, text))


def index_revisions(db: sqlite3.Connection) -> int:
    """Index every stored text that is not indexed yet; return how many there were."""
    upto, done = int(db.execute("SELECT upto FROM searched").fetchone()[0]), 0
    while True:
        rows = db.execute(
            "SELECT number, title, summary FROM revisions WHERE number > ? ORDER BY number LIMIT ?",
            (upto, BATCH),
        ).fetchall()
        if not rows:
            break
        db.executemany(
            "INSERT INTO entry_words (rowid, words) VALUES (?, ?)",
            [(row[0], _indexed(f"{row[1]}\n{row[2]}")) for row in rows],
        )
        upto, done = int(rows[-1][0]), done + len(rows)
    if done:
        db.execute("UPDATE searched SET upto = ?", (upto,))
    return done


def _indexed(text: str) -> str:
    return spaced(fold(text, limit=LONGEST).text)


# ---- asking -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """One stored item that answers, with its newest text."""

    id: str
    feed: str
    title: str
    summary: str
    url: str
    published: str | None
    publisher: str
    lang: str


def events(db: sqlite3.Connection, node: Node, newest: int) -> list[Event]:
    """The newest events that answer, oldest first."""
    match, clause, values = _split(db, node, "event")
    rows = db.execute(
        f"SELECT e.body FROM {match} events e {_on(match, 'event')} WHERE {clause}"
        " ORDER BY e.date DESC, e.id DESC LIMIT ?",
        (*values, newest),
    ).fetchall()
    return [unpack(Event, json.loads(row[0])) for row in reversed(rows)]


def entries(db: sqlite3.Connection, node: Node, newest: int) -> list[FoundEntry]:
    """The items last to arrive that answer, in the order of publication."""
    match, clause, values = _split(db, node, "entry")
    order = "entry_words.rowid" if match else "r.number"
    rows = db.execute(
        "SELECT i.item_id, i.feed, r.title, r.summary, r.url, r.published, r.publisher, r.lang,"
        f" coalesce(r.published, i.first_seen) AS day FROM {match} revisions r"
        f" {_on(match, 'entry')} CROSS JOIN items i ON i.item_id = r.item_id"
        " AND i.latest = r.number AND i.withdrawn = 0"
        f" WHERE {clause} ORDER BY {order} DESC LIMIT ?",
        (*values, newest),
    ).fetchall()
    rows.sort(key=lambda row: (row["day"], row["item_id"]))
    return [FoundEntry(*tuple(row)[:8]) for row in rows]


def names(db: sqlite3.Connection, word: str) -> list[str]:
    """Every folded name of the things that ``word`` names; empty where it names none."""
    rows = db.execute(
        "SELECT DISTINCT other.folded FROM aliases one JOIN aliases other"
        " ON other.facet = one.facet AND other.canonical = one.canonical"
        " WHERE one.folded = ? ORDER BY other.folded LIMIT ?",
        (fold(word).text.strip(), NAMES),
    )
    return [row[0] for row in rows]


def _on(match: str, target: Target) -> str:
    column = "e.number" if target == "event" else "r.number"
    return f"ON {column} = {target}_words.rowid" if match else ""


def _split(db: sqlite3.Connection, node: Node, target: Target) -> tuple[str, str, list[object]]:
    """Text that must be there drives the search; the rest narrows what it finds."""
    parts = _named(db, node.parts) if isinstance(node, All) else (node,)
    text = [part for part in parts if _is_text(part)]
    rest = [_clause(db, part, target) for part in parts if not _is_text(part)]
    values: list[object] = []
    clauses = []
    if text:
        clauses.append(f"{target}_words MATCH ?")
        values.append(" AND ".join(_match(db, part) for part in text))
    for sql, more in rest:
        clauses.append(sql)
        values += more
    table = f"{target}_words CROSS JOIN" if text else ""
    return table, " AND ".join(clauses) or "1", values


def _is_text(node: Node) -> bool:
    if isinstance(node, All | AnyOf):
        return bool(node.parts) and all(_is_text(part) for part in node.parts)
    return isinstance(node, Text)


def _match(db: sqlite3.Connection, node: Node) -> str:
    """A tree of nothing but text as one expression of the index."""
    if isinstance(node, All):
        return "(" + " AND ".join(_match(db, part) for part in _named(db, node.parts)) + ")"
    if isinstance(node, AnyOf):
        return "(" + " OR ".join(_match(db, part) for part in node.parts) + ")"
    assert isinstance(node, Text)
    return _words(db, node.words)


def _words(db: sqlite3.Connection, words: str) -> str:
    """One word or phrase with all other names of what it names."""
    own = _quoted(words)
    others = [_quoted(name) for name in names(db, words) if tokens(name)]
    if others:
        return "(" + " OR ".join(dict.fromkeys([own, *others])) + ")"
    if words.endswith("*"):
        return f"{own} *"
    pieces = runs(words) if " " not in words else []
    if len(pieces) > 1 and any(names(db, piece) for piece in pieces):
        together = " AND ".join(_words(db, piece) for piece in pieces)
        return f"({own} OR ({together}))"
    return own


def _quoted(words: str) -> str:
    """Letters, digits and blanks between quotes: nothing in it is syntax."""
    return f'"{_indexed(words)}"'


def _named(db: sqlite3.Connection, parts: Sequence[Node]) -> tuple[Node, ...]:
    """Neighbouring words that together are a name may also stand under its other names."""
    found: list[Node] = []
    at = 0
    while at < len(parts):
        size = next(
            (n for n in range(min(PHRASE, len(parts) - at), 1, -1)
             if (joined := _joined(parts[at : at + n])) and names(db, joined)), 1
        )  # fmt: skip
        some = tuple(parts[at : at + size])
        found.append(AnyOf((Text(_joined(some)), *(_apart(some)))) if size > 1 else some[0])
        at += size
    return tuple(found)


def _apart(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """The same words, apart; nested one deeper so that they are not joined again."""
    return (All(tuple(AnyOf((part,)) for part in parts)),)


def _joined(parts: Sequence[Node]) -> str:
    words = [part.words for part in parts if isinstance(part, Text) and " " not in part.words]
    return " ".join(words) if len(words) == len(parts) else ""


# ---- fields -----------------------------------------------------------------------------------


def _clause(db: sqlite3.Connection, node: Node, target: Target) -> Clause:
    """A condition in SQL; every value is bound."""
    key = "e.number" if target == "event" else "r.number"
    if _is_text(node):
        table = f"{target}_words"
        return f"{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)", [_match(db, node)]
    if isinstance(node, Not):
        sql, values = _clause(db, node.part, target)
        return f"NOT ({sql})", values
    if isinstance(node, All | AnyOf):
        clauses = [_clause(db, part, target) for part in node.parts]
        sign = " AND " if isinstance(node, All) else " OR "
        sql = sign.join(sql for sql, _ in clauses) or "1"
        return f"({sql})", [value for _, values in clauses for value in values]
    assert isinstance(node, Is), f"{node} was not settled"
    return _field(node, target)


_COLUMNS: Final = ("kind", "direction", "status", "instrument", "origin")
_FACETS: Final = ("actor", "item", "term", "jurisdiction", "measure", "series")
_SIGNS: Final = {"since": (">=", "last"), "until": ("<=", "date")}


def _field(node: Is, target: Target) -> Clause:
    marks, values = ",".join("?" * len(node.values)), list[object](node.values)
    if node.name in _SIGNS:
        sign, column = _SIGNS[node.name]
        if target == "event":
            return f"e.{column} {sign} ?", values
        return f"substr(coalesce(r.published, i.first_seen), 1, 10) {sign} ?", values
    if node.name in ("feed", "lang", "publisher"):
        return _of_source(node.name, marks, values, target)
    if node.name in _FACETS:
        sql = (
            "SELECT event FROM event_facets"
            f" WHERE facet = '{node.name}' AND value IN ({marks})"
        )  # fmt: skip
    else:
        sql = f"SELECT number FROM events WHERE {node.name} IN ({marks})"
    if target == "event":
        return f"e.number IN ({sql})", values
    return (
        "r.item_id IN (SELECT m.item_id FROM event_members em JOIN mentions m ON m.id = em.node"
        f" WHERE em.event IN ({sql}))",
        values,
    )


def _of_source(name: str, marks: str, values: list[object], target: Target) -> Clause:
    """Feed, language or publisher, in any case."""
    if target == "entry":
        column = "i.feed" if name == "feed" else f"r.{name}"
        return f"lower({column}) IN ({marks})", values
    if name == "feed":
        return (
            "e.number IN (SELECT em.event FROM event_members em JOIN mentions m ON m.id = em.node"
            f" JOIN items ON items.item_id = m.item_id WHERE lower(items.feed) IN ({marks}))",
            values,
        )
    return (
        f"e.number IN (SELECT event FROM event_sources WHERE lower({name}) IN ({marks}))",
        values,
    )
