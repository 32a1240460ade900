"""Revisions to mentions to events: incrementally, by connected component, in one transaction.

Incremental equals rebuild because every candidate join is stored, and a new node re-clusters its
whole component in canonical order and nothing else.

A large pile is taken in three steps, each with its own place, so that they can run beside each
other and go on where they were stopped: mentions (``put_batch``), graph (``piles``), events
(``jobs.clustering``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from tracker.core import accepted, match, reading
from tracker.core.decisions import Decisions, with_confirmed
from tracker.core.reading import Reading
from tracker.core.traits import told_in_passing
from tracker.core.versions import version_of
from tracker.jobs import piles
from tracker.jobs.clusters import Built, Clusters
from tracker.jobs.graph import Graph
from tracker.model import RECORD, Entry, Event, Record
from tracker.store import indexing, revisions
from tracker.store.curated import Curated, body
from tracker.store.derived import Derived
from tracker.store.schema import meta, set_meta, transaction

if TYPE_CHECKING:
    from tracker.core.lexicon import Lexicon

BATCH = 1000
"""Revisions recognised and joined at once; bounds memory, changes no result."""

UNREAD: Final = 50
"""Texts that are read here before it is asked whether that is enough for now."""

Read = Callable[[str], Reading | None]
"""Gives what was read in the text of a key before, by the same rules; None where it was not."""


class Text(NamedTuple):
    """The newest stored text of an item, with what was read in it elsewhere, by the same rules.

    Without an ``entry`` it is looked up where it must be read here.
    """

    number: int
    item_id: str
    reading: Reading | None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """What a derivation changed: event ids."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    mentions: int = 0


class Rules:
    """Everything but the entries that decides what is derived.

    Whoever knows the ``version`` may have the lexicon loaded when it is first needed: with every
    text read beforehand it is not.
    """

    def __init__(
        self, lexicon: Lexicon | Callable[[], Lexicon], decisions: Decisions, version: str = ""
    ) -> None:
        self._lexicon, self.decisions, self._version = lexicon, decisions, version

    @property
    def lexicon(self) -> Lexicon:
        """The names in three scripts, and the rules that speak of them."""
        if callable(self._lexicon):
            self._lexicon = self._lexicon()
        return self._lexicon

    @property
    def version(self) -> str:
        """Changes when the rules or the lexicon do."""
        return self._version or version_of(self.lexicon.digest)


def derive_new(db: sqlite3.Connection, rules: Rules, moment: str, *,
               tick: Callable[[int], None] = lambda _: None,
               read: Read | None = None, enough: Callable[[], bool] | None = None
               ) -> Derivation:  # fmt: skip
    """Derive what arrived since the last time; all of it or nothing.

    ``moment`` is stored beside ids printed for the first time; ``tick`` is told how many revisions
    were done; ``read`` gives what was recognised in most of them before. Once ``enough``, what is
    left counts as not arrived yet: the next derivation takes it, and comes to the same.
    """
    work = _Work(db, rules, moment)
    with transaction(db):
        left = _left_unjoined(db)
        upto = int(meta(db, "derived_upto") or 0)
        done, last = 0, None
        batches = _arrived(db, upto, read)
        for texts in _portions(batches) if enough else batches:
            work.take(texts)
            upto = max(text.number for text in texts)
            done += len(texts)
            tick(done)
            if enough and enough():
                last = upto
                break
        work.settle(left)
        indexing.index_revisions(db, last, work.words)
        set_meta(db, "derived_upto", str(upto))
        set_meta(db, "rules", rules.version)
    return work.result()


def put_batch(db: sqlite3.Connection, rules: Rules, texts: Sequence[Text]) -> None:
    """Store the mentions of some texts, and index their words; each item once.

    They are the next ones that arrived. ``piles`` puts them in the graph, ``clustering`` makes
    their events; or what arrives later does both.
    """
    work = _Work(db, rules, "")
    last = max(text.number for text in texts)
    with transaction(db):
        piles.leave(db)
        work.store(texts)
        indexing.index_revisions(db, last, work.words)
        set_meta(db, "derived_upto", str(last))


def texts_of(batch: Iterable[revisions.Numbered]) -> list[Text]:
    """The newest text of each item of a batch, to be read."""
    return list({e.item_id: Text(number, e.item_id, None, e) for number, e in batch}.values())


def texts_read(batch: Iterable[revisions.Keyed], read: Read) -> list[Text]:
    """The same, with what was read in them before: texts are not looked up for that."""
    return list({item: Text(number, item, read(key)) for number, item, key in batch}.values())


def _arrived(db: sqlite3.Connection, upto: int, read: Read | None) -> Iterator[list[Text]]:
    """What arrived after the text of a number, ``BATCH`` texts at a time."""
    if read is None:
        yield from map(texts_of, revisions.batches_after(db, upto, BATCH))
        return
    while batch := revisions.keyed_after(db, upto, BATCH):
        upto = batch[-1][0]
        yield texts_read(batch, read)


def _portions(batches: Iterable[list[Text]]) -> Iterator[list[Text]]:
    """Batches in order of number, cut where so many of their texts are still to be read."""
    for batch in batches:
        some: list[Text] = []
        unread = 0
        for text in sorted(batch, key=lambda one: one.number):
            some.append(text)
            unread += text.reading is None
            if unread == UNREAD:
                yield some
                some, unread = [], 0
        if some:
            yield some


def put_events(db: sqlite3.Connection, rules: Rules, moment: str, built: Iterable[Built]) -> None:
    """Store the events of parts in place of those that hold their nodes."""
    work = _Work(db, rules, moment)
    with transaction(db):
        work.put(list(built))


def _left_unjoined(db: sqlite3.Connection) -> list[str]:
    """The nodes that a run which was stopped has left without an event."""
    if not piles.unjoined(db):
        return []
    piles.join_all(db, Graph(db), piles.JOINED, last=True)
    piles.joined(db)
    return Derived(db).without_event()


def rebuild(db: sqlite3.Connection, record: Record, rules: Rules, moment: str, *,
            tick: Callable[[int], None] = lambda _: None) -> Derivation:  # fmt: skip
    """Derive everything again from revisions, record and decisions; readers see it at the end."""
    with transaction(db):
        Derived(db).clear()
        set_meta(db, "derived_upto", "0")
        put_record(db, record, rules, moment)
        return derive_new(db, rules, moment, tick=tick)


def put_record(db: sqlite3.Connection, record: Record, rules: Rules, moment: str) -> None:
    """Load the record's tables and its events, alone or with the news that joins them."""
    from tracker.core.recognise import annotate
    from tracker.jobs.aliases import aliases

    record = replace(record, events=annotate(record.events, rules.lexicon))
    with transaction(db):
        figures = accepted.observations(rules.decisions.claims.values())
        Curated(db).replace(record, aliases(record, rules.lexicon), figures)
        work = _Work(db, rules, moment)
        work.take_record(record)
        work.settle()


def rederive(db: sqlite3.Connection, item_ids: Iterable[str], rules: Rules, moment: str
             ) -> Derivation:  # fmt: skip
    """Read some items again (after a decision, or when one was withdrawn) and re-cluster them."""
    work = _Work(db, rules, moment)
    wanted = list(item_ids)
    with transaction(db):
        work.take(texts_of(revisions.latest(db, wanted)), gone=wanted)
        work.settle()
    return work.result()


def redecide(db: sqlite3.Connection, named: Iterable[str], rules: Rules, moment: str
             ) -> Derivation:  # fmt: skip
    """Cluster again what decisions now name: item ids or ``record:`` and an id; reads no text."""
    work = _Work(db, rules, moment)
    with transaction(db):
        work.take_decided(named)
        work.settle()
    return work.result()


def _anchor(names: Sequence[str]) -> str:
    """The node that an event's id hangs by: the first report of its own; others follow and go."""
    return next((name for name in names if not told_in_passing(name)), names[0])


class _Work:
    """One derivation: what it touched, and what it found there before."""

    def __init__(self, db: sqlite3.Connection, rules: Rules, moment: str) -> None:
        self._db = db
        self._derived = Derived(db)
        self._curated = Curated(db)
        self._rules = rules
        self._moment = moment
        self._before: dict[str, str] = {}
        self._after: dict[str, str] = {}
        self._mentions = 0
        self._graph = Graph(db)
        self._clusters = Clusters(db, rules.decisions, self._graph)
        self._seeds: set[str] = set()
        self._touched: set[str] = set()  # whose own content, or what people said of it, may differ
        self.words: dict[int, tuple[str, str]] = {}
        self._measures: Mapping[str, tuple[str, ...]] | None = None

    def take(self, texts: Sequence[Text], gone: Sequence[str] = ()) -> None:
        """Recognise texts and put them in the graph; ``settle`` clusters what they touch."""
        old, fresh = self.store(texts, gone)
        neighbours = self._drop(old)
        self._graph.remove(old)
        nodes = {match.node_id(one): one for one in map(reading.mention_of, fresh)}
        self._graph.add(nodes)
        self._graph.write()
        self._touch(nodes, old, neighbours)

    def store(self, texts: Sequence[Text], gone: Sequence[str] = ()
              ) -> tuple[list[str], list[reading.Row]]:  # fmt: skip
        """Recognise texts and store their mentions in the place of those there were.

        Returns:
            The ids of the mentions there were, and the rows that take part in joining.
        """
        old = self._derived.mention_ids([*(text.item_id for text in texts), *gone])
        self._derived.forget(old)
        found = [(text.number, text.item_id, self._rows(text)) for text in texts]
        self._derived.put_mentions_of(found)
        self._mentions += sum(len(rows) for _, _, rows in found)
        return old, [row for _, _, rows in found for row in rows if row.relevant]

    def _rows(self, text: Text) -> Sequence[reading.Row]:
        """The mentions of a text as rows."""
        given = text.reading
        # A report that a person confirmed is joined by what is not kept of one of no interest.
        if given is None or text.item_id in self._rules.decisions.confirmed:
            from tracker.core.recognise import recognise  # loads every rule: only where one reads

            entry = text.entry or revisions.numbered(self._db, text.number)
            found = with_confirmed(recognise(entry, self._rules.lexicon), self._rules.decisions)
            return reading.rows_of(found)
        if given.head or given.words:
            self.words[text.number] = given.head, given.words
        return reading.named(given, text.item_id).rows

    def take_record(self, record: Record) -> None:
        """Put the curated events in the graph, in the place of those loaded before."""
        nodes = {match.node_id(event): event for event in record.events}
        old = self._derived.record_nodes()
        neighbours = self._drop(old)
        self._graph.remove(old)
        for event in record.events:
            self._derived.keep_id(event.id, match.node_id(event), "")
        self._graph.add(nodes)
        self._graph.write()
        self._touch(nodes, old, neighbours)

    def _touch(self, fresh: Collection[str], old: Collection[str], neighbours: set[str]) -> None:
        """Cluster again what came, with those that what went shared an event with."""
        self._seeds |= {*fresh, *(neighbours - set(old))}
        self._seeds.difference_update(set(old) - set(fresh))
        self._touched.update(fresh)

    def take_decided(self, named: Iterable[str]) -> None:
        """Cluster the nodes of some items again, with all that shared an event with them."""
        names = list(named)
        nodes = {name for name in names if name.startswith(RECORD)}
        nodes.update(self._derived.mention_ids(names))
        self._touched |= nodes
        self._seeds |= nodes | self._drop(nodes)

    def settle(self, also: Iterable[str] = ()) -> None:
        """Partition the components of all that was touched again and store what changed there."""
        seeds = sorted({*self._seeds, *also})
        self._seeds.clear()
        done: set[str] = set()
        for start in range(0, len(seeds), BATCH):
            wanted = set(seeds[start : start + BATCH]) - done
            if wanted:
                done |= self._recluster(wanted)

    def _recluster(self, seeds: set[str]) -> set[str]:
        parts = self._clusters.parts(seeds)
        nodes = {node for part in parts for node in part}
        stand = self._derived.memberships(nodes)
        other = [p for p in parts if not (self._touched.isdisjoint(p) and frozenset(p) in stand)]
        self.put([(part, self._clusters.event(part)) for part in other])
        return nodes

    def put(self, built: Sequence[Built]) -> None:
        """Store the events of some parts, under the ids that were printed before."""
        self._drop([node for part, _ in built for node in part])
        for part, event in built:
            if event is not None:
                self._put(event, part)

    def _put(self, event: Event, names: Sequence[str]) -> None:
        if not any(name.startswith(RECORD) for name in names):
            kept = self._derived.kept_ids(names)
            id_ = kept[0] if kept else self._derived.keep_id(event.id, _anchor(names), self._moment)
            event = replace(event, id=id_)
        event = replace(event, measures=self._cited().get(event.id, ()))
        self._derived.put_event(event, names)
        self._after[event.id] = body(event)

    def _cited(self) -> Mapping[str, tuple[str, ...]]:
        if self._measures is None:
            self._measures = self._curated.measures_by_event()
        return self._measures

    def _drop(self, nodes: Iterable[str]) -> set[str]:
        """Remove events that hold ``nodes``; return all the nodes they held."""
        old = self._derived.drop_events(nodes)
        members: set[str] = set()
        for id_, (text, held) in old.items():
            self._before.setdefault(id_, text)
            self._after.pop(id_, None)
            members |= held
        return members

    def result(self) -> Derivation:
        """Which events are new, and which are not what they were."""
        new = tuple(sorted(set(self._after) - set(self._before)))
        changed = {i for i, text in self._after.items() if self._before.get(i, text) != text}
        lost = set(self._before) - set(self._after)
        return Derivation(new, tuple(sorted(changed | lost)), self._mentions)
