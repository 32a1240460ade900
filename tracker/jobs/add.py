"""One article, read as an entry: checked whole before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tracker.core import accepted, article, claims, identity, page
from tracker.core.article_nouns import Checked, Desk, Statement
from tracker.core.claims import Beside, Claim
from tracker.core.clean import clean_line, clean_link
from tracker.core.identity import Arrival
from tracker.core.text import language
from tracker.errors import UsageProblem
from tracker.jobs.house import House
from tracker.model import LANGUAGES, RECORD, Entry, SeedClaim

if TYPE_CHECKING:
    from tracker.model import Mention

MOST: Final = 5_000_000
"""Bytes of an article; a longer file is no article."""

FEED: Final = "added"
_CHINESE: Final = "zh"
"""What the user says of a text in either script; which one it is, the text shows."""

_FEED: Final = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?>(?:<!--(?:(?!-->).)*-->|<\?[^>]*\?>|<!DOCTYPE[^>]*>)\s*)*"
    r"<(?:rss|feed|rdf:rdf)[\s>]"
    r"|\ufeff?\s*\{\s*\"version\"\s*:\s*\"https?:(?:\\?/){2}jsonfeed\.org",
    re.IGNORECASE | re.DOTALL,
)
"""How RSS, Atom, RDF and JSON feeds begin."""

READ_AS: Final = "encoding read as"
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BINARY: Final = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF",
                  b"\x1f\x8b", b"SQLite format 3", b"\xd0\xcf\x11\xe0")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of the article; it wins over what the page says of itself."""

    published: date | None = None
    lang: str = ""
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """An article beside the record.

    ``stored`` is ``new``, ``known`` (this very text was there) or '' (not stored). ``events`` are
    the ids of the events that hold the entry; ``curated`` the checked statements that it contains;
    ``sentences`` all of them with what was found in each.
    """

    entry: Entry
    stored: str
    events: tuple[str, ...]
    statements: tuple[Statement, ...]
    figures: tuple[Beside, ...]
    curated: tuple[SeedClaim, ...]
    damage: tuple[str, ...]
    sentences: tuple[Checked, ...] = ()


def add(house: House, word: str, given: Given, stdin: Any, environ: Mapping[str, str], *,
        store: bool = True) -> Added:  # fmt: skip
    """Read the article at ``word`` (a path, an address, ``-``); store it unless told not to.

    Raises:
        UsageProblem: nothing there, not a text, too long, undecodable, a day in the future, or
            an article that somebody took out. In each case nothing was stored.
        StoreError: the database cannot be written.
    """
    body, address = _bytes(house, word, stdin, environ)
    name = "the input" if word == "-" else clean_line(word, 200)
    text, problems = _text(body, name)
    if _FEED.match(text):
        hint = f"tracker feeds add {clean_line(address, 200) or 'ADDRESS'}"
        raise UsageProblem(f"{name} is a feed, not an article.", hint=hint)
    found = page.read(text)
    if not found.text:
        raise UsageProblem(f"{name} holds no article text.", hint="save the text itself in a file")
    entry = _entry(house, found, given, address)
    added = _beside(house, entry, found, problems)
    return _stored(house, entry, added) if store else added


# ---- reading ------------------------------------------------------------------------------------


def _bytes(house: House, word: str, stdin: Any, environ: Mapping[str, str]) -> tuple[bytes, str]:
    if word == "-":
        return _small(stdin.read(MOST + 1), "the input"), ""
    if word.lower().startswith(("http://", "https://")):
        return _fetched(house, word, environ), word
    if _SCHEME.match(word):
        raise UsageProblem(
            f"{clean_line(word, 200)} is no address that is read: only http and https are.",
            hint="save the page and add the file",
        )
    path = Path(word)
    if path.is_dir():
        raise UsageProblem(f"{word} is a directory.", hint="name one article file")
    try:
        with path.open("rb") as file:
            return _small(file.read(MOST + 1), word), ""
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UsageProblem(
            f"{word} cannot be read: {why}.", hint="a path, an address or - for the input"
        ) from error


def _small(body: bytes, word: str) -> bytes:
    if len(body) > MOST:
        raise UsageProblem(
            f"{word} is longer than {MOST // 1_000_000} MB; an article is not.",
            hint="cut the article out of it",
        )
    return body


def _fetched(house: House, url: str, environ: Mapping[str, str]) -> bytes:
    from tracker.feeds.answers import Fetched
    from tracker.feeds.fetch import Fetcher, Request
    from tracker.jobs.asking import user_agent

    settings = house.settings
    fetcher = Fetcher(
        user_agent=user_agent(settings),
        private_hosts=settings.private_hosts,
        environ=environ,
        most_bytes=MOST,
    )
    try:
        answer = fetcher.fetch(Request(url, url))
    finally:
        fetcher.close()
    if isinstance(answer, Fetched):
        return answer.body
    why = getattr(answer, "why", "nothing came")
    raise UsageProblem(f"{clean_line(url, 200)} gave no article: {why}.",
                       hint="save the page and add the file")  # fmt: skip


def _text(body: bytes, word: str) -> tuple[str, tuple[str, ...]]:
    """The bytes as text, and what was wrong with their encoding."""
    from tracker.feeds.encoding import to_utf8

    if not body.strip():
        raise UsageProblem(f"{word} is empty.", hint="a file with the article's text")
    if body.startswith(_BINARY):
        raise UsageProblem(f"{word} is not a text.", hint="copy the article's text into a file")
    decoded = to_utf8(body)
    text = decoded.data.decode("utf-8", "replace")
    odd = sum(text.count(sign) for sign in ("\x00", "\ufffd"))
    if not decoded.encoding or odd * 100 > len(text):
        why = decoded.problem or "too many bytes are no characters"
        raise UsageProblem(f"{word} is not a text: {why}.", hint="save it as UTF-8")
    return text, (_read_as(decoded.problem, decoded.encoding),) if decoded.problem else ()


def _read_as(problem: str, encoding: str) -> str:
    """What a person is told of a text whose encoding is not the one it names."""
    return f"{READ_AS} {encoding}: {'none is named' if 'nothing' in problem else problem}"


def _entry(house: House, found: page.Page, given: Given, address: str) -> Entry:
    moment, raw = found.published, found.published_raw
    if given.published:
        moment = datetime(given.published.year, given.published.month, given.published.day,
                          tzinfo=UTC)  # fmt: skip
        raw = given.published.isoformat()
    if moment and moment.date() > house.today():
        raise UsageProblem(
            f"{raw} lies in the future (today is {house.today()}).", hint="--published YYYY-MM-DD"
        )
    if given.lang and given.lang not in (*LANGUAGES, _CHINESE):
        known = ", ".join((*LANGUAGES, _CHINESE))
        raise UsageProblem(f"--lang does not know {given.lang!r}.", hint=known)
    url = clean_link(given.url or address)
    if given.url and not url:
        raise UsageProblem(f"{clean_line(given.url, 100)} is no web address.", hint="https://...")
    guid = "text:" + identity.digest(found.title, found.text)
    link = identity.canonical_link(url) if url else ""
    return Entry(
        item_id=identity.item_id(FEED, guid, link),
        digest=identity.digest(found.title, found.text),
        feed=FEED,
        guid=guid,
        title=found.title,
        summary=found.text,
        url=url,
        published=moment,
        offset=0 if moment else None,
        published_raw=raw,
        seen=house.now(),
        lang=language(found.text, given.lang),
        publisher=clean_line(given.publisher or found.publisher, 100),
        origin="added",
    )


# ---- beside the record --------------------------------------------------------------------------


def _beside(house: House, entry: Entry, found: page.Page, problems: Sequence[str]) -> Added:
    from dataclasses import replace

    from tracker.core.places import places_in
    from tracker.core.recognise import annotate, recognise

    record, lexicon = house.record, house.lexicon
    hidden = house.decided.hidden
    shown = tuple(event for event in record.events if f"{RECORD}{event.id}" not in hidden)

    def mentions(paragraph: str) -> Sequence[Mention]:
        return recognise(replace(entry, title="", summary=paragraph), lexicon)

    figures = accepted.observations(house.decided.claims.values())
    observations = (*record.observations, *figures)

    def beside(claim: Claim) -> Beside:
        return claims.beside(claim, observations, record.series)

    day = entry.published.date() if entry.published else None
    desk = Desk(
        read=mentions,
        record=annotate(shown, lexicon),
        beside=beside,
        seeds=record.claims,
        aliases=article.aliases_of(record.measures),
        published=day,
        places=lambda text: places_in(text, lexicon),
        firms=article.firms_of(lexicon.entries),
    )
    sentences = article.check(found.paragraphs, desk)
    return Added(
        entry=entry,
        stored="",
        events=(),
        statements=article.statements(sentences),
        figures=tuple(beside(one) for one in claims.read(found.text, day)),
        curated=article.checked_in(found.text, record.claims),
        damage=(*article.damage(found.text), *problems, *_rest(sentences)),
        sentences=sentences,
    )


def _rest(sentences: Sequence[Checked]) -> tuple[str, ...]:
    if len(sentences) < article.MOST:
        return ()
    return (f"only the first {article.MOST} sentences are set beside the record",)


def _stored(house: House, entry: Entry, added: Added) -> Added:
    from dataclasses import replace

    from tracker.jobs import derive
    from tracker.store.entries import Entries
    from tracker.store.origin import Origin
    from tracker.store.schema import transaction

    arrival = Arrival(
        guid=entry.guid, link=entry.url, title=entry.title, summary=entry.summary,
        published=entry.published, offset=entry.offset, published_raw=entry.published_raw,
        publisher=entry.publisher, lang=entry.lang,
    )  # fmt: skip
    origin = Origin(FEED, entry.lang, entry.publisher, origin="added")
    with house.lock("the article was not stored"):
        rules = derive.Rules(house.lexicon, house.decisions)
        db = house.writer()
        with transaction(db):  # the text and what follows from it: both or neither
            taken = Entries(db).take([arrival], origin, entry.seen)
            (number,) = taken.numbers.values()
            item = _not_taken_out(*Entries(db).of_number(number))
            derive.derive_new(db, rules, house.moment())
    events = tuple(Entries(db).events_of([item]).get(item, ()))
    state = "new" if taken.new or taken.revised else "known"
    return replace(added, stored=state, events=events, entry=replace(entry, item_id=item))


def _not_taken_out(item: str, withdrawn: bool) -> str:
    """The id of an item that answers may hold.

    Raises:
        UsageProblem: somebody took it out, and adding it again must not undo that in passing.
    """
    if withdrawn:
        raise UsageProblem(
            f"The article is entry {item}, which was taken out; adding it does not put it back.",
            hint=f"tracker entries restore {item}",
        )
    return item
