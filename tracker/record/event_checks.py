"""Checks of events, and of what all files share: ids, addresses, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Day
from pathlib import PurePath
from typing import Final
from urllib.parse import urlsplit

from tracker.core.text import fold
from tracker.dates import PartialDate
from tracker.model import RecordEvent, Source
from tracker.record.lines import Page, Problem
from tracker.record.pages import Read

TITLE_LIMIT: Final = 90
_EVENT_ID: Final = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LATER: Final = (
    ("announced", "comments_close"), ("published", "comments_close"),
    ("announced", "suspended_until"), ("announced", "expires"), ("announced", "compliance"),
    ("effective", "expires"), ("effective", "suspended_until"),
)  # fmt: skip
"""(earlier, later): the last day of the second may not lie before the first of the first."""


def ids_unique(read: Read) -> Iterator[Problem]:
    """An id is used once, and made of lower-case words and hyphens."""
    places = [
        *((event.id, "event", ("", 0, "id"), page) for event, page in read.events()),
        *((measure.id, "measure", ("", 0, "id"), page) for measure, page in read.measures()),
        *((row.id, "series", ("series", n, "id"), page) for row, n, page in read.series()),
        *((row.id, "claim", ("claim", n, "id"), page) for row, n, page in read.claims()),
    ]
    seen: dict[tuple[str, str], str] = {}
    for id_, what, at, page in places:
        first = seen.setdefault((what, id_), f"{page.path}:{page.line(*at)}")
        if first != f"{page.path}:{page.line(*at)}":
            yield page.problem("ids-unique", f"the {what} id {id_!r} is used twice.",
                               hint=f"the other is {first}", at=at)  # fmt: skip
        shape = _EVENT_ID if what == "event" else _ID
        if not shape.fullmatch(id_):
            hint = "YYYY-MM-DD-short-slug" if what == "event" else "short-slug"
            yield page.problem("ids-unique", f"{id_!r} is no {what} id.", hint=hint, at=at)


def id_is_file_name(read: Read) -> Iterator[Problem]:
    """``events/YYYY/<id>.toml`` and ``measures/<id>.toml`` hold the id they are named after."""
    for event, page in read.events():
        path = PurePath(page.path)
        if (path.stem, path.parent.name) != (event.id, event.id[:4]):
            yield page.problem("id-is-file-name", f"the id is {event.id!r}.", at=("", 0, "id"),
                               hint=f"call the file {event.id[:4]}/{event.id}.toml")  # fmt: skip
    for measure, page in read.measures():
        if PurePath(page.path).stem != measure.id:
            yield page.problem("id-is-file-name", f"the id is {measure.id!r}.", at=("", 0, "id"),
                               hint=f"call the file {measure.id}.toml")  # fmt: skip


def dates_in_order(read: Read) -> Iterator[Problem]:
    """Spans end after they begin; several days of one name rise; later dates are not earlier.

    The date part of an id is not compared with ``date``: dates get corrected, ids stay.
    """
    for event, page in read.events():
        if event.end_date and event.end_date <= event.date:
            what = f"end_date {event.end_date} is not after date {event.date}."
            yield page.problem("dates-in-order", what, hint="a span ends later than it begins",
                               at=("", 0, "end_date"))  # fmt: skip
        if event.known_precision and not event.known:
            what = "known_precision without known."
            yield page.problem("dates-in-order", what, hint='known = "YYYY-MM-DD"',
                               at=("", 0, "known_precision"))  # fmt: skip
        yield from _named_dates(event, page)


def _named_dates(event: RecordEvent, page: Page) -> Iterator[Problem]:
    for name, days in event.dates.items():
        at = ("dates", 0, name)
        if list(days) != sorted(set(days)):
            yield page.problem("dates-in-order", f"the days of {name} do not rise.", at=at,
                               hint="the earliest first, each once")  # fmt: skip
        if name == "announced" and len(days) > 1:
            yield page.problem("dates-in-order", "announced is one day.", at=at,
                               hint="the first announcement")  # fmt: skip
    for earlier, later in _LATER:
        first, last = event.dates.get(earlier), event.dates.get(later)
        if first and last and last[-1] < first[0]:
            what = f"{later} {last[-1]} lies before {earlier} {first[0]}."
            yield page.problem("dates-in-order", what, at=("dates", 0, later), hint="look again")


def partial_dates(read: Read) -> Iterator[Problem]:
    """``published_approx`` is a month or a year, and only where ``published`` is not known."""
    for source, at, page in _sources(read):
        if source.published_approx is None:
            continue
        where = (*at, "published_approx")
        if source.published:
            yield page.problem("partial-dates", "published and published_approx in one source.",
                               hint="keep the full day", at=where)  # fmt: skip
        elif not _is_partial(source.published_approx):
            what = f"{source.published_approx!r} is no month or year."
            yield page.problem("partial-dates", what, at=where,
                               hint='published_approx = "YYYY-MM"')  # fmt: skip


def _is_partial(text: str) -> bool:
    try:
        return PartialDate.parse(text).precision != "day"
    except ValueError:
        return False


def title_length(read: Read) -> Iterator[Problem]:
    """Titles fit one line."""
    for event, page in read.events():
        if len(event.title) > TITLE_LIMIT:
            what = f"the title has {len(event.title)} characters, {TITLE_LIMIT} at most."
            yield page.problem("title-length", what, hint="say less; the rest goes to summary",
                               at=("", 0, "title"))  # fmt: skip


def addresses(read: Read) -> Iterator[Problem]:
    """Every address is http or https, with a host."""
    for source, at, page in _sources(read):
        if not _is_address(source.url):
            yield _bad_address(source.url, page, (*at, "url"))
    for row, n, page in read.observations():
        if row.url is not None and not _is_address(row.url):
            yield _bad_address(row.url, page, ("observation", n, "url"))
    for claim, n, page in read.claims():
        for url in claim.sources:
            if not _is_address(url):
                yield _bad_address(url, page, ("claim", n, "sources"))


def _bad_address(url: str, page: Page, at: tuple[str, int, str]) -> Problem:
    return page.problem("addresses", f"{url!r} is no http(s) address.", at=at,
                        hint='url = "https://..."')  # fmt: skip


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"\s", url)


def sources(read: Read) -> Iterator[Problem]:
    """An event has at least one source, none twice, and a first jurisdiction."""
    for event, page in read.events():
        if not event.sources:
            yield page.problem("sources", "an event needs a source.", hint="add [[sources]]")
        if not event.jurisdiction:
            yield page.problem("sources", "jurisdiction is empty.", at=("", 0, "jurisdiction"),
                               hint='jurisdiction = ["US"]')  # fmt: skip
        seen: set[str] = set()
        for number, source in enumerate(event.sources):
            if source.url in seen:
                yield page.problem("sources", "this address stands twice in one event.",
                                   hint="keep one", at=("sources", number, "url"))  # fmt: skip
            seen.add(source.url)


def evidence(read: Read) -> Iterator[Problem]:
    """The level of evidence is one that the opened sources can carry (``seen_as``: not opened)."""
    for event, page in read.events():
        opened = [source for source in event.sources if source.opened]
        carried = {
            "official": any(source.official for source in opened),
            "text-seen": any(source.official_text or source.official for source in opened),
            "two-pages": len(opened) > 1,
            "one-page": bool(event.sources),
        }
        if not carried[event.evidence]:
            what = f"no opened source carries evidence = {event.evidence!r}."
            held = [name for name, holds in carried.items() if holds]
            hint = f'evidence = "{held[0]}"' if held else "open a source"
            yield page.problem("evidence", what, hint=hint, at=("", 0, "evidence"))


def names_known(read: Read) -> Iterator[Problem]:
    """Every actor and item is a name of the lexicon, in any of its scripts."""
    if read.knows is None:
        return
    named = [(page, "actor", event.actors) for event, page in read.events()]
    named += [(page, "item", event.items) for event, page in read.events()]
    named += [(page, "actor", measure.actors) for measure, page in read.measures()]
    named += [(page, "item", measure.items) for measure, page in read.measures()]
    for page, kind, words in named:
        for word in words:
            if not read.knows(kind, word):
                what = f"{kind} {word!r} is not in the lexicon."
                hint = "add it to db/lexicon, or use its name there"
                yield page.problem("names-known", what, hint=hint, at=("", 0, f"{kind}s"))


def duplicates(read: Read) -> Iterator[Problem]:
    """No two events of one day carry one title."""
    seen: dict[tuple[Day, str], str] = {}
    for event, page in read.events():
        first = seen.setdefault((event.date, fold(event.title).text), event.id)
        if first != event.id:
            what = f"the same day and title as {first}."
            yield page.problem("duplicate-events", what, hint="one act is one event",
                               at=("", 0, "title"))  # fmt: skip


def _sources(read: Read) -> Iterator[tuple[Source, tuple[str, int], Page]]:
    for event, page in read.events():
        for number, source in enumerate(event.sources):
            yield source, ("sources", number), page
