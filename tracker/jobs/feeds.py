"""The feeds themselves: how they are, trying one, the list for other readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tracker.core import address, polling
from tracker.core.clean import clean_line
from tracker.errors import UsageProblem, did_you_mean
from tracker.jobs.house import House
from tracker.model import Language
from tracker.settings import FeedConfig
from tracker.view.feeds import FeedRow

if TYPE_CHECKING:
    from tracker.feeds.document import Document
    from tracker.feeds.fetch import Fetcher
    from tracker.feeds.pool import Parsers


def rows(house: House) -> list[FeedRow]:
    """Every configured feed with what is remembered of it, in the order of feeds.toml."""
    from tracker.store.entries import Entries
    from tracker.store.polls import Polls

    feeds = house.settings.feeds
    db = house.reader()
    polls = Polls(db)
    counts, now = Entries(db).counts(), house.now()
    gaps: dict[str, list[tuple[str, str]]] = {}
    for gap in polls.gaps():
        gaps.setdefault(gap["feed"], []).append((gap["since"], gap["until"]))
    turns = polling.turns(feeds, polls.states_of(feeds), polls.silent(now), now)
    return [_row(turn, counts, gaps, polls) for turn in turns]


def _row(
    turn: polling.Turn,
    counts: Mapping[str, int],
    gaps: Mapping[str, list[tuple[str, str]]],
    polls: Any,
) -> FeedRow:
    feed, state = turn.feed, turn.state
    silenced = turn.why == "asked-for-silence"
    moves = tuple((move["at"], move["from_url"], move["to_url"]) for move in polls.moves(feed.id))
    return FeedRow(
        id=feed.id,
        url=feed.url,
        stored_url=state.stored_url,
        title=feed.title or state.title,
        lang=feed.lang,
        tier=feed.tier,
        enabled=feed.enabled,
        gone=state.gone is not None,
        entries=counts.get(feed.id, 0),
        group=feed.group,
        kind=feed.kind,
        failing_since=state.failing_since,
        failures=state.failures,
        last_ok=state.last_ok,
        next_poll=polling.next_poll(turn),
        empty_since=polls.empty_since(feed.id) if not state.last_entries else None,
        silent=polling.host_of(state.stored_url) if silenced else "",
        silent_until=turn.until if silenced else None,
        error=state.last_error or None,
        error_kind=state.error_kind,
        rhythm=state.rhythm,
        gaps=tuple(gaps.get(feed.id, ())),
        last_entries=state.last_entries,
        moves=moves,
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """What a feed would give. ``conditional`` says what asking again with its validators gave.

    ``final`` is the address that answered, ``moved_to`` one that replaces the asked one for good.
    """

    url: str
    status: int | None
    error: str
    document: Document | None
    etag: str = ""
    last_modified: str = ""
    conditional: str = ""
    moved_to: str = ""
    proxy: str = ""
    final: str = ""
    lang: Language = "en"


def try_feed(house: House, url: str, environ: Mapping[str, str]) -> Trial:
    """Ask an address (or the feed with this id) twice and read it; nothing is stored.

    Raises:
        UsageProblem: neither an address nor an id, or a secret of the feed cannot be had.
    """
    from tracker.feeds.fetch import Fetcher
    from tracker.feeds.pool import Parsers
    from tracker.jobs.asking import user_agent

    settings = house.settings
    feed = next((feed for feed in settings.feeds if feed.id == url), None)
    if feed is None:
        _check_address(url, [feed.id for feed in settings.feeds])
        feed = next((feed for feed in settings.feeds if feed.url == url), FeedConfig("", url))
    fetcher = Fetcher(
        user_agent=user_agent(settings), private_hosts=settings.private_hosts, environ=environ
    )
    parsers = Parsers(1)
    try:
        return _tried(feed, fetcher, parsers, environ, house.now())
    finally:
        parsers.close()
        fetcher.close()


def _check_address(url: str, known: list[str]) -> None:
    if why := address.why_not(url):
        hint = "an id of feeds.toml, or https://…"
        if "/" not in url:
            hint = did_you_mean(url, known) or hint
        raise UsageProblem(f"{clean_line(url, 200)!r}: {why}.", hint=hint)


def _tried(
    feed: FeedConfig, fetcher: Fetcher, parsers: Parsers, environ: Mapping[str, str], now: datetime
) -> Trial:
    from tracker.feeds.answers import Failed, NotModified
    from tracker.jobs import paging
    from tracker.jobs.asking import hints_for, request_for

    asked = request_for(polling.Turn(feed, polling.state_for(feed, None), "due"), environ)
    got = fetcher.fetch(asked)
    proxy = fetcher.proxied(feed.url)
    if isinstance(got, Failed):
        return Trial(feed.url, got.status, got.why, None, proxy=proxy, lang=feed.lang)
    assert not isinstance(got, NotModified)
    document = parsers.parse(got.body, hints_for(feed, got, now))
    if document.more:
        most = int(feed.options.get("limit", 100))
        document, _ = paging.whole(
            document, got.url, most,
            lambda url: paging.read(fetcher.fetch(replace(asked, url=url)), parsers, feed, now),
        )  # fmt: skip
    again = "no validators: every poll brings the whole body"
    if got.headers.etag or got.headers.last_modified:
        second = fetcher.fetch(
            replace(asked, etag=got.headers.etag, last_modified=got.headers.last_modified)
        )
        again = "304" if isinstance(second, NotModified) else "sent again whole"
    return Trial(
        feed.url, got.status, document.error, document, got.headers.etag,
        got.headers.last_modified, again, got.moved_to, proxy, got.url, feed.lang,
    )  # fmt: skip


def export_opml(house: House) -> str:
    """The configured feeds as OPML, groups as folders, without passwords."""
    from tracker.feeds import opml

    return opml.write(
        opml.Outline(
            address.without_password(f.url), f.title or f.id, f.group, f.lang, f.id, f.tier
        )
        for f in house.settings.feeds
        if f.kind == "feed"
    )


def beyond_opml(house: House) -> list[str]:
    """The ids that have no place in OPML: list pages and sources with an API of their own."""
    return [feed.id for feed in house.settings.feeds if feed.kind != "feed"]


def recognised(house: House, trial: Trial) -> dict[str, str]:
    """What the recogniser makes of each title: its kind, for those that report an act."""
    from tracker.core.identity import digest
    from tracker.core.recognise import recognise
    from tracker.model import Entry

    found: dict[str, str] = {}
    for arrival in trial.document.entries if trial.document else ():
        entry = Entry(
            "trial", digest(arrival.title, arrival.summary), "trial", arrival.guid, arrival.title,
            arrival.summary, arrival.link, arrival.published, arrival.offset,
            arrival.published_raw, house.now(), trial.lang, arrival.publisher,
        )  # fmt: skip
        mentions = [mention for mention in recognise(entry, house.lexicon) if mention.relevant]
        if mentions:
            best = mentions[0]
            day = f", {best.date}" if best.date else ""
            found[arrival.title] = f"{best.kind}, {best.direction}{day}"
    return found
