"""The word index over events and entries as ``search`` asks it; ``indexing`` keeps it in step.

Both texts and questions are folded and spaced by the core, so that any Chinese length is found and
a script or a case makes no difference. Words reach SQLite only quoted, as values.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import Final, Literal

from tracker.codec import unpack
from tracker.core.query import (
    All,
    AnyOf,
    Is,
    Node,
    Not,
    Text,
    fewest,
    pieces,
    spellings,
    stretches,
)
from tracker.core.text import fold
from tracker.core.words import LONGEST, spaced, tokens
from tracker.model import Event
from tracker.nouns import dataclass
from tracker.store.derived import A_DAY
from tracker.store.nodes import of_item
from tracker.store.questions import BEGINS_BY, begins_by

NAMES: Final = 80
"""Most other names tried for one word."""
QUERY: Final = 200
"""Characters of one word typed that are looked at for names."""
PHRASE: Final = 5
"""Most neighbouring words tried as one name (``Entity List``)."""

RECENT: Final = 1000
"""Of so many entries that answer, last to arrive, the newest by publication are given."""
HEAD: Final = 5.0
"""How many times more a word counts in a title or a canonical name than in the text."""

Target = Literal["event", "entry"]
Clause = tuple[str, list[object]]


# ---- asking -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """One stored item that answers, with its newest text; ``event`` is the id of what it reports.

    ``published`` is UTC; None where the feed gave no date that could be read.
    """

    id: str
    feed: str
    title: str
    summary: str
    url: str
    published: str | None
    publisher: str
    lang: str
    event: str | None


def events(db: sqlite3.Connection, node: Node, most: int, *, best: bool = False) -> list[Event]:
    """Events that answer, newest first; or those that answer best first."""
    match, clause, values = _split(db, node, "event")
    source = f"FROM {match} events e {_on(match, 'event')} WHERE {clause}"
    if match and not best:
        bodies = _newest(db, source, values, most)
    else:
        rank = _rank(match, "event") if best else "NULL"
        order = f"{rank}, e.date DESC, e.id DESC"
        rows = db.execute(f"SELECT e.body {source} ORDER BY {order} LIMIT ?", (*values, most))
        bodies = [row[0] for row in rows]
    return [unpack(Event, json.loads(body)) for body in bodies]


def _newest(db: sqlite3.Connection, source: str, values: list[object], most: int) -> list[str]:
    """The bodies of the newest events; numbers grow with the date, so that no others are read."""
    found: list[tuple[str, str, str]] = []
    edge = 0
    with closing(db.execute(
        f"SELECT e.number, e.date, e.id, e.body {source} ORDER BY event_words.rowid DESC", values
    )) as rows:  # fmt: skip
        for number, *event in rows:
            if number < edge:
                break
            found.append((event[0], event[1], event[2]))
            if len(found) == most:
                edge = number - number % A_DAY  # the day is read to its end
    return [body for _, _, body in sorted(found, reverse=True)[:most]]


def entries(
    db: sqlite3.Connection, node: Node, most: int, *, best: bool = False
) -> list[FoundEntry]:
    """Items whose newest text answers, newest first; or those that answer best first.

    "Newest" is by publication, among the ``RECENT`` last to arrive that answer: a word that
    stands in a million texts is not sorted through.
    """
    match, clause, values = _split(db, node, "entry")
    arrival = f"{'entry_words.rowid' if match else 'r.number'} DESC"
    rank = _rank(match, "entry") if best else "NULL"
    rows = db.execute(
        "WITH found AS MATERIALIZED ("
        f"SELECT r.number, coalesce(r.published, i.first_seen) AS day, {rank} AS rank"
        f" FROM {match} revisions r {_on(match, 'entry')}"
        " CROSS JOIN items i ON i.latest = r.number AND i.latest > 0 AND i.withdrawn = 0"
        f" WHERE {clause} ORDER BY {f'rank, {arrival}' if best else arrival} LIMIT ?)"
        " SELECT r.item_id, i.feed, r.title, r.summary, r.url, r.published, r.publisher, r.lang,"
        " (SELECT e.id FROM event_members em JOIN events e ON e.number = em.event"
        f"   WHERE {of_item('em.node', 'r.item_id')} ORDER BY em.node LIMIT 1)"
        " FROM found JOIN revisions r ON r.number = found.number"
        " JOIN items i ON i.item_id = r.item_id"
        " ORDER BY found.rank, found.day DESC, r.item_id LIMIT ?",
        (*values, most if best else max(most, RECENT), most),
    )
    return [FoundEntry(*row) for row in rows]


def _rank(match: str, target: Target) -> str:
    """How well a text answers: less is better. Without words to find all answer alike."""
    return f"bm25({target}_words, {HEAD}, 1.0)" if match else "NULL"


def names(db: sqlite3.Connection, word: str) -> list[str]:
    """Every folded name of the things that ``word`` names; empty where it names none."""
    folded = fold(word).text.strip()
    forms = [folded, *spellings(folded)]
    rows = db.execute(
        "SELECT DISTINCT other.folded FROM aliases one JOIN aliases other"
        " ON other.facet = one.facet AND other.canonical = one.canonical"
        # In a text a capital is no other name of its country.
        f" WHERE one.folded IN ({','.join('?' * len(forms))}) AND one.facet <> 'jurisdiction'"
        " ORDER BY other.folded LIMIT ?",
        (*forms, NAMES),
    )
    return [row[0] for row in rows]


def others(db: sqlite3.Connection, word: str) -> list[str]:
    """The other names and spellings under which ``word`` is looked for, folded."""
    return [*names(db, word), *spellings(fold(word).text.strip())]


def parts_of(db: sqlite3.Connection, word: str) -> list[str]:
    """``word`` cut at the names in it; itself alone where it is a name or holds none."""
    folded = fold(word, limit=QUERY).text.strip()
    some = stretches(folded) if " " not in folded else []
    if not some or names(db, word):
        return [word]
    marks = ",".join("?" * len(some))
    rows = db.execute(f"SELECT DISTINCT folded FROM aliases WHERE folded IN ({marks})", some)
    known = {row[0] for row in rows}
    return pieces(folded, known) if known else [word]


def _on(match: str, target: Target) -> str:
    column = "e.number" if target == "event" else "r.number"
    return f"ON {column} = {target}_words.rowid" if match else ""


def _split(db: sqlite3.Connection, node: Node, target: Target) -> tuple[str, str, list[object]]:
    """Text that must be there drives the search; the rest narrows what it finds."""
    parts = _named(db, node.parts) if isinstance(node, All) else (node,)
    text = [part for part in parts if _is_text(part)]
    without = [part for part in parts if text and isinstance(part, Not) and _is_text(part.part)]
    values: list[object] = []
    clauses = []
    if text:
        clauses.append(f"{target}_words MATCH ?")
        match = " AND ".join(_match(db, part) for part in text)
        left_out = " OR ".join(_match(db, part.part) for part in without)
        values.append(f"({match}) NOT ({left_out})" if left_out else match)
    for part in parts:
        if part not in text and part not in without:
            sql, more = _clause(db, part, target)
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
    return _words(db, node.words, exact=node.exact)


def _words(db: sqlite3.Connection, words: str, *, exact: bool) -> str:
    """One word or phrase with all other names of what it names.

    Chinese without blanks is also found in parts, cut at the names in it, unless in quotes.
    """
    own = _spaced(words)
    if words.endswith("*"):
        return f'"{own}" *'
    named = [_spaced(name) for name in others(db, words) if tokens(name)]
    forms = [f'"{form}"' for form in fewest([own, *named])]
    cut = [] if exact else parts_of(db, words)
    if len(cut) > 1:
        together = " AND ".join(_words(db, piece, exact=True) for piece in cut)
        forms.append(f"({together})")
    return "(" + " OR ".join(forms) + ")" if len(forms) > 1 else forms[0]


def _spaced(words: str) -> str:
    """Letters, digits and blanks; between quotes nothing in it is syntax."""
    return spaced(fold(words, limit=LONGEST).text)


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
_SIGNS: Final = {"since": ">=", "until": "<="}


def _field(node: Is, target: Target) -> Clause:
    marks, values = ",".join("?" * len(node.values)), list[object](node.values)
    if node.name in _SIGNS:
        if target == "event":
            return _possible(node)
        day = "substr(coalesce(r.published, i.first_seen), 1, 10)"
        return f"{day} {_SIGNS[node.name]} ?", values
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


def _possible(node: Is) -> Clause:
    """The act can lie on or after a day, or on or before it."""
    if node.name == "since":
        return "e.last >= ?", list(node.values)
    return BEGINS_BY, begins_by(date.fromisoformat(node.values[0]))


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
