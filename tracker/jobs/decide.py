"""What a person decides becomes a line of the journal; the events it touches are made again."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from tracker.core.clean import clean_line
from tracker.core.decisions import in_force, standing
from tracker.core.identity import TITLE_LIMIT
from tracker.core.line_order import order
from tracker.core.places import names_of
from tracker.core.text import fold
from tracker.core.traits import item_of, told_in_passing
from tracker.dates import span_of
from tracker.errors import UsageProblem, did_you_mean
from tracker.feeds.dates import OLDEST
from tracker.jobs import ask
from tracker.jobs.house import House
from tracker.jobs.journalling import (
    Decided,
    Moved,
    all_lines,
    keep,
    new_run,
    run_of,
    write,
    write_each,
)
from tracker.model import DIRECTIONS, KINDS, RECORD, Decision, Event
from tracker.record import journal
from tracker.store import queue
from tracker.store.derived import Derived
from tracker.store.entries import Entries

MOST: Final = 50
"""Lines one command writes at most; taking one report out of an event writes one per other."""


AHEAD: Final = timedelta(days=366)
"""How far ahead the day of a planned act may be set."""

LONGEST: Final = timedelta(days=366)
"""The longest span of days of one act."""

ANCHOR: Final = 6
"""Letters of its first report with which the id of a news event ends (``core.event_ids``)."""

_CUT: Final = re.compile(r"[\s,+;/]+")


@dataclass(frozen=True, slots=True)
class Named:
    """What a word on the command line stands for: items, the event that holds them, its title.

    Of an event its own reports come first; what others tell of it in passing is named as the node
    that it is (``a1/2``), for such a report is that of another act.
    """

    items: tuple[str, ...]
    event: Event | None
    title: str
    one: bool

    @property
    def anchor(self) -> str:
        """The item that stands for it in a line: the record entry, else the first report."""
        if self.event and self.event.origin != "news" and not self.one:
            return f"{RECORD}{self.event.id}"
        return self.items[0]


def named(house: House, db: sqlite3.Connection, word: str) -> Named:
    """An event id (or a part of one), an item id, or ``record:`` and a record id.

    Raises:
        UsageProblem: nothing, or more than one thing, is called that.
    """
    derived = Derived(db)
    if not word.startswith(RECORD) and word in queue.known_items(db, [word]):
        event = derived.event_of_item(word)
        texts = Entries(db).revisions(word)
        return Named((word,), event, texts[-1].title if texts else word, one=True)
    event = ask.find_event(house, db, word.removeprefix(RECORD), None)
    own = (f"{RECORD}{event.id}",) if event.origin != "news" else ()
    reports = sorted(event.mentions, key=lambda name: (told_in_passing(name), name))
    return Named((*own, *reports), event, event.title, one=False)


def same(house: House, words: Sequence[str], *, why: str, by: str) -> Decided:
    """Two or more events, each with all its reports, or items tell of one act."""
    found = [named(house, house.reader(), word) for word in words]
    anchors = tuple(dict.fromkeys(thing.anchor for thing in found))
    if len(anchors) < 2:
        raise UsageProblem("These are one event already.", hint="name two events or items")
    if sum(anchor.startswith(RECORD) for anchor in anchors) > 1:
        raise UsageProblem(
            "Two events of the record are two events.", hint="edit their files under db/record"
        )
    return write(house, "same", _bound(anchors, found), "", why, by, _seen(found))


def _bound(anchors: tuple[str, ...], found: Iterable[Named]) -> list[tuple[str, ...]]:
    """The anchors with the reports of their events, that none is left behind; a line holds some."""
    whole = (item for thing in found if not thing.one for item in thing.items)
    rest = [
        item for item in dict.fromkeys(whole) if item not in anchors and not told_in_passing(item)
    ]
    room = MOST - len(anchors)
    more = [(anchors[0], *rest[n : n + MOST - 1]) for n in range(room, len(rest), MOST - 1)]
    return [(*anchors, *rest[: max(room, 0)]), *more]


def different(house: House, words: Sequence[str], *, why: str, by: str) -> Decided:
    """Two events or items do not tell of one act; an item leaves the event that holds it."""
    if len(words) != 2:
        raise UsageProblem("Two things are different from each other.", hint="name exactly two")
    one, two = (named(house, house.reader(), word) for word in words)
    whole, item = (one, two) if two.one else (two, one)
    held = dict.fromkeys(item_of(name) for name in whole.items)
    leaves = item.one and not whole.one and item.items[0] in held
    if leaves:
        pairs = [(other, item.items[0]) for other in held if other != item.items[0]]
    else:
        pairs = [_who_leaves_last(one, two)]
    if not pairs or pairs[0][0] == pairs[0][1]:
        raise _one_thing(house, words, one)
    own = (name for name in whole.items if not told_in_passing(name) and name != item.items[0])
    stays = next(own, "") if leaves else ""  # a guest's item is the report of another event
    moved = (whole.event.id, item.items[0], stays) if stays and whole.event else None
    return write(house, "different", pairs[:MOST], "", why, by, _seen([one, two]), moved)


def _one_thing(house: House, words: Sequence[str], thing: Named) -> UsageProblem:
    """Why nothing differs: two names of one event, which a line may have joined."""
    if words[0] == words[1] or thing.event is None:
        return UsageProblem("Nothing differs from itself.", hint="name two events or items")
    what = f"{words[0]} and {words[1]} are one event, {thing.event.id}"
    lines = [line for line in in_force(all_lines(house)) if line.verdict == "same"]
    joined = [line for line in lines if len({*line.items} & {*thing.items}) > 1]
    if not joined:
        hint = f"tracker decide different {thing.event.id} ITEM takes a report out of it"
        return UsageProblem(f"{what}.", hint=hint)
    line = max(joined, key=lambda one: (_names_both(one, words), order(one)))
    said = f"{what}, by {line.by}'s line of {line.at[:10]}"
    return UsageProblem(f"{said}.", hint=f"tracker decide undo {line.key}")


def _names_both(line: Decision, words: Iterable[str]) -> int:
    """How many of these ids hang by a report that a line names."""
    return sum(any(item[:ANCHOR] == word[-ANCHOR:] for item in line.items) for word in words)


def _who_leaves_last(one: Named, two: Named) -> tuple[str, str]:
    """Two things in the order in which a line names them: the last leaves.

    Of two reports of one event that is not the one by which its id hangs.
    """
    together = one.one and two.one and one.event and two.event and one.event.id == two.event.id
    anchored = together and two.event and two.event.id.endswith(two.anchor[:ANCHOR])
    return (two.anchor, one.anchor) if anchored else (one.anchor, two.anchor)


def mark(house: House, verdict: str, words: Sequence[str], *, why: str, by: str) -> Decided:
    """``confirm`` or ``hide`` events or items; an event stands for all the reports it has."""
    found = [named(house, house.reader(), word) for word in words]
    groups = [group for thing in found for group in _reports(thing)]
    done = write(house, verdict, groups, "", why, by, _seen(found))
    return done if verdict == "hide" else replace(done, hiding=_hiding(house, groups))


def _hiding(house: House, groups: Iterable[tuple[str, ...]]) -> tuple[Decision, ...]:
    """The lines in force that hide something of these: to confirm it does not bring it back."""
    items = {item for group in groups for item in group}
    lines = in_force(all_lines(house))
    return tuple(line for line in lines if line.verdict == "hide" and items & set(line.items))


def _reports(thing: Named) -> list[tuple[str, ...]]:
    """The anchor of a record event, else every report of its own; a line holds some."""
    if thing.anchor.startswith(RECORD):
        return [(thing.anchor,)]
    own = [item for item in thing.items if not told_in_passing(item)] or list(thing.items[:1])
    return [tuple(own[at : at + MOST]) for at in range(0, len(own), MOST)]


def redate(house: House, word: str, value: str, *, why: str, by: str) -> Decided:
    """An event of the news happened on another day (month, year), or over a span of days."""
    try:
        day, end = span_of(value)
    except ValueError as error:
        hint = "tracker decide redate EVENT 2025-07-15, or 2025-11-19..2025-11-20"
        raise UsageProblem(f"{error}.", hint=hint) from error
    latest = house.now().date() + AHEAD
    if (end or day.first) > latest:
        raise UsageProblem(f"{value} is more than a year ahead.", hint=f"{latest} or before")
    if day.first < OLDEST:
        raise UsageProblem(f"{value} is an improbable date.", hint=f"{OLDEST} or later")
    if end and end - day.first > LONGEST:
        raise UsageProblem(f"{value} is longer than a year.", hint="redate it to the year itself")
    said = f"{day}..{end.isoformat()}" if end else str(day)
    return _change(house, "redate", word, said, why=why, by=by)


def retitle(house: House, word: str, value: str, *, why: str, by: str) -> Decided:
    """An event of the news has another title."""
    title = clean_line(value)
    if not title:
        raise UsageProblem("A title has words.", hint='tracker decide retitle EVENT "..."')
    if len(title) > TITLE_LIMIT:
        what = f"A title has at most {TITLE_LIMIT:,} characters; this has {len(title):,}."
        raise UsageProblem(what, hint="90 are what a record's has")
    return _change(house, "retitle", word, title, why=why, by=by)


def rekind(house: House, word: str, value: str, *, why: str, by: str) -> Decided:
    """An event of the news is another kind of act."""
    if value not in KINDS:
        hint = did_you_mean(value, list(KINDS)) or ", ".join(KINDS)
        raise UsageProblem(f"No kind is called {value!r}.", hint=hint)
    return _change(house, "kind", word, value, why=why, by=by)


def redirect(house: House, word: str, value: str, *, why: str, by: str) -> Decided:
    """An event of the news tightens, eases, or does neither."""
    if value not in DIRECTIONS:
        hint = did_you_mean(value, list(DIRECTIONS)) or ", ".join(DIRECTIONS)
        raise UsageProblem(f"No direction is called {value!r}.", hint=hint)
    return _change(house, "direction", word, value, why=why, by=by)


def rejurisdict(house: House, word: str, values: Sequence[str], *, why: str, by: str) -> Decided:
    """An event of the news is the doing of other capitals, the acting one first."""
    names = names_of(house.lexicon)
    by_name = {fold(name).text: code for code, known in names.items() for name in known}
    said = [one for value in values for one in _capitals(value, by_name)]
    wrong = next((one for one in said if fold(one).text not in by_name), None)
    if wrong or not said:
        raise UsageProblem(f"No capital is called {wrong or ''!r}.", hint=", ".join(names))
    codes = dict.fromkeys(by_name[fold(one).text] for one in said)
    return _change(house, "jurisdiction", word, ", ".join(codes), why=why, by=by)


def _capitals(value: str, known: Mapping[str, str]) -> list[str]:
    """One word of a command as names of countries: ``South Korea`` is one, ``US,CN`` are two."""
    return [value] if fold(value).text in known else [one for one in _CUT.split(value) if one]


def _change(house: House, verdict: str, word: str, value: str, *, why: str, by: str) -> Decided:
    return change(house, verdict, named(house, house.reader(), word), [value], why=why, by=by)


def change(
    house: House, verdict: str, thing: Named, values: Sequence[str], *, why: str, by: str
) -> Decided:
    """Lines that give an event of the news these values.

    Raises:
        UsageProblem: it is an event of the record.
    """
    if thing.event and thing.event.origin != "news" and not thing.one:
        raise UsageProblem(
            f"{thing.event.id} is an event of the record; reports and decisions never move it.",
            hint=f"edit its file under {house.paths.record / 'events'}",
        )
    return write_each(house, verdict, _reports(thing), values, why, by, _seen([thing]))


def accept(house: House, item: str, value: str, *, why: str, by: str, seen: str) -> Decided:
    """A figure of the text ``item`` counts as an observation; ``value`` is the whole of it."""
    return write(house, "accept-claim", [(item,)], value, why, by, seen)


def undo(house: House, *, why: str, by: str, key: str = "") -> Decided:
    """Take back the lines of the last command that still stands, or the line of that ``key``.

    Where that line takes back another, the other is written once more: nothing that was taken back
    comes to life again by itself.

    Raises:
        UsageProblem: nothing stands in the user's own file, or no line of that key.
    """
    lines = all_lines(house)
    if redone := next((x for x in lines if x.key == key and x.verdict == "withdrawn"), None):
        return _once_more(house, redone, lines, why, by)
    back = _named_line(key, lines) if key else _last_run(house)
    stamp = house.moment()
    fresh = new_run(house, "withdrawn", run_of(back[0]), stamp, by)
    taken = [
        Decision(f"{fresh}-{n}", "withdrawn", (), line.key, by, stamp,
                 why or f"takes back {line.verdict}", line.seen)
        for n, line in enumerate(back)
    ]  # fmt: skip
    return keep(house, taken, {item for line in back for item in line.items})


def _once_more(
    house: House, back: Decision, lines: Sequence[Decision], why: str, by: str
) -> Decided:
    """Write again what a line took back, as the last word about it."""
    live = in_force(lines)
    line = next((one for one in lines if one.key == back.value), None)
    if line is None:
        what = f"The line that {back.key} takes back is not here"
        raise UsageProblem(f"{what}.", hint="tracker decide log")
    if again := next((one for one in live if _said(one) == _said(line)), None):
        raise UsageProblem(f"It stands again, as {again.key}.", hint="tracker decide log")
    why = why or f"once more what {back.key} took back"
    return write(house, line.verdict, [line.items], line.value, why, by, line.seen,
                 _leaving(house, line))  # fmt: skip


def _said(line: Decision) -> tuple[str, tuple[str, ...], str]:
    return line.verdict, line.items, line.value


def _leaving(house: House, line: Decision) -> Moved | None:
    """The printed id stays with those that stay, where a report leaves an event once more."""
    if line.verdict != "different":
        return None
    stays, item = line.items[0], line.items[-1]
    event = Derived(house.reader()).event_of_item(item)
    held = event and not stays.startswith(RECORD) and stays in event.mentions
    return (event.id, item, stays) if event and held else None


def _named_line(key: str, lines: Sequence[Decision]) -> list[Decision]:
    """The line in force of that key, a shipped one too."""
    found = [line for line in in_force(lines) if line.key == key]
    if found:
        return found
    if back := next(
        (one for one in lines if one.verdict == "withdrawn" and one.value == key), None
    ):
        hint = f"tracker decide undo {back.key} writes it once more"
        raise UsageProblem(f"The line {key} was taken back by {back.key}.", hint=hint)
    raise UsageProblem(f"No line in force has the key {key!r}.", hint="tracker decide log")


def _last_run(house: House) -> list[Decision]:
    lines = standing_lines(house)
    if not lines:
        raise UsageProblem("There is nothing to take back.", hint="tracker decide log")
    return [line for line in lines if run_of(line) == run_of(lines[-1])]


def standing_lines(house: House) -> list[Decision]:
    """The user's own lines that were not taken back, oldest first."""
    lines = list({line.key: line for line in journal.read(house.paths.decisions)}.values())
    gone = {line.value for line in lines if line.verdict == "withdrawn"}
    return [line for line in lines if line.verdict != "withdrawn" and line.key not in gone]


@dataclass(frozen=True, slots=True)
class Log:
    """Every line, which were taken back, contradictions in words, items no longer stored.

    ``adrift`` are the keys of lines that were taken back and are not here.
    """

    lines: tuple[Decision, ...]
    withdrawn: frozenset[str]
    contradictions: tuple[str, ...]
    missing: tuple[str, ...]
    adrift: tuple[str, ...]


def log(house: House) -> Log:
    """The shipped lines and the user's own, in the order in which they were written."""
    lines = all_lines(house)
    gone = frozenset(line.value for line in lines if line.verdict == "withdrawn")
    names = {item for line in lines for item in line.items}
    missing = names - queue.known_items(house.reader(), names)
    ordered = sorted({line.key: line for line in lines}.values(), key=order)
    adrift = sorted(gone - {line.key for line in lines})
    contradictions = standing(lines).contradictions
    return Log(tuple(ordered), gone, contradictions, tuple(sorted(missing)), tuple(adrift))


def author(given: str, environ: Mapping[str, str], login: str = "") -> str:
    """Who decides: ``--by``, else TRACKER_BY, USER or LOGNAME of the environment, else ``login``.

    >>> author("", {"USER": "mw"}), author("", {}, "mw"), author(" ", {})
    ('mw', 'mw', 'unknown')
    """
    names = (given, *(environ.get(name, "") for name in ("TRACKER_BY", "USER", "LOGNAME")), login)
    return next((name for name in map(clean_line, names) if name), "unknown")


def _seen(things: Iterable[Named]) -> str:
    """What the person had before them: ids and titles."""
    parts = (f"{t.event.id if t.event else t.items[0]}: {t.title}" for t in things)
    return " | ".join(parts)[:500]
