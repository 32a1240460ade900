"""The feeds themselves: how they are, adding, removing, trying, OPML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.core import address, polling
from tracker.errors import UsageProblem, did_you_mean
from tracker.jobs.house import House
from tracker.model import FeedConfig
from tracker.view.polls import FeedRow

if TYPE_CHECKING:
    from tracker.feeds.document import Document


def rows(house: House) -> list[FeedRow]:
    """Every configured feed with what is remembered of it, in the order of feeds.toml."""
    from tracker.store.entries import Entries
    from tracker.store.polls import Polls

    feeds = house.settings.feeds
    db = house.reader()
    polls = Polls(db)
    states, counts = polls.states(), Entries(db).counts()
    gaps: dict[str, int] = {}
    for gap in polls.gaps():
        gaps[gap["feed"]] = gaps.get(gap["feed"], 0) + 1
    return [
        _row(feed, polling.state_for(feed, states.get(feed.id)), counts, gaps, polls)
        for feed in feeds
    ]


def _row(
    feed: FeedConfig,
    state: polling.FeedState,
    counts: Mapping[str, int],
    gaps: Mapping[str, int],
    polls: Any,
) -> FeedRow:
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
        failing_since=state.failing_since,
        failures=state.failures,
        last_ok=state.last_ok,
        next_poll=state.next_poll,
        error=state.last_error or None,
        error_kind=state.error_kind,
        rhythm=state.rhythm,
        gaps=gaps.get(feed.id, 0),
        last_entries=state.last_entries,
        moves=moves,
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """What a feed would give. ``conditional`` says what asking again with its validators gave."""

    url: str
    status: int | None
    error: str
    document: Document | None
    etag: str = ""
    last_modified: str = ""
    conditional: str = ""
    moved_to: str = ""
    proxy: str = ""


def try_feed(house: House, url: str, environ: Mapping[str, str]) -> Trial:
    """Ask an address (or the feed with this id) twice and read it; nothing is stored."""
    from tracker.feeds.answers import Failed, NotModified
    from tracker.feeds.document import Hints
    from tracker.feeds.fetch import Fetcher, Request
    from tracker.feeds.pool import Parsers
    from tracker.jobs.asking import login_of, user_agent

    settings = house.settings
    feed = next((feed for feed in settings.feeds if feed.id == url), FeedConfig("", url))
    if why := address.why_not(feed.url):
        raise UsageProblem(f"{feed.url[:200]!r}: {why}.", hint="an id of feeds.toml, or https://…")
    fetcher = Fetcher(
        user_agent=user_agent(settings), private_hosts=settings.private_hosts, environ=environ
    )
    parsers = Parsers(1)
    try:
        request = Request(feed.url, feed.url, login=login_of(feed, environ),
                          user_agent=feed.options.get("user_agent", ""))  # fmt: skip
        got = fetcher.fetch(request)
        proxy = fetcher.proxied(feed.url)
        if isinstance(got, Failed):
            return Trial(feed.url, got.status, got.why, None, proxy=proxy)
        assert not isinstance(got, NotModified)
        hints = Hints(got.url, house.now(), got.headers.content_type, feed.lang, kind=feed.kind,
                      options=tuple(sorted(feed.options.items())))  # fmt: skip
        document = parsers.parse(got.body, hints)
        again = ""
        if got.headers.etag or got.headers.last_modified:
            second = Request(got.url, feed.url, got.headers.etag, got.headers.last_modified)
            again = "304" if isinstance(fetcher.fetch(second), NotModified) else "sent again whole"
        return Trial(
            feed.url, got.status, document.error, document, got.headers.etag,
            got.headers.last_modified, again or "no validators", got.moved_to, proxy,
        )  # fmt: skip
    finally:
        parsers.close()
        fetcher.close()


def add(house: Any, url: str, environ: Mapping[str, str], *, name: str = "", group: str = "",
        check: bool = True) -> tuple[str, str]:  # fmt: skip
    """Add a feed, or the feed that a page names, to feeds.toml; its id and address.

    Raises:
        UsageProblem: no address, no feed there, or one that is configured already.
    """
    from urllib.parse import urljoin

    from tracker.feeds import editing
    from tracker.feeds.opml import Outline

    settings = house.settings
    title = ""
    if check:
        trial = try_feed(house, url, environ)
        links = trial.document.links if trial.document else ()
        if trial.error and links:
            url = urljoin(url, links[0])
            trial = try_feed(house, url, environ)
        if trial.error or trial.document is None:
            raise UsageProblem(f"{address.without_password(url)}: {trial.error}.",
                               hint="the address of the feed itself, or --no-check")  # fmt: skip
        title, url = trial.document.title, trial.moved_to or url
    elif why := address.why_not(url):
        raise UsageProblem(f"{url[:200]!r}: {why}.", hint="https://…")
    for feed in settings.feeds:
        if feed.url == url:
            raise UsageProblem(f'{url} is configured already as "{feed.id}".', hint="feeds list")
    chosen = name or editing.id_for(title, url, {feed.id for feed in settings.feeds})
    _edit(house, [(chosen, Outline(url, title, group))])
    return chosen, url


def _edit(house: Any, feeds: list[tuple[str, Any]]) -> None:
    """Append, and take it back where the result would not be read."""
    from tracker import config
    from tracker.feeds import editing

    path: Path = house.paths.config
    before = path.read_bytes() if path.exists() else None
    editing.add(path, feeds)
    try:
        config.load(path)
    except UsageProblem:
        if before is None:
            path.unlink()
        else:
            editing.write(path, before.decode("utf-8"))
        raise


def remove(house: Any, name: str) -> None:
    """Take a feed out of feeds.toml; its entries stay.

    Raises:
        UsageProblem: there is none of this id.
    """
    from tracker.feeds import editing

    known = [feed.id for feed in house.settings.feeds]
    path: Path = house.paths.config
    if name not in known or not path.exists() or not editing.remove(path, name):
        hint = did_you_mean(name, known) or "tracker feeds list shows the ids"
        raise UsageProblem(f"There is no feed {name!r} in {path}.", hint=hint)


def import_opml(house: Any, path: Path) -> tuple[int, list[str]]:
    """Add the feeds of an OPML file that are not there; how many, and what was left out and why.

    Raises:
        UsageProblem: it cannot be read or is no OPML; feeds.toml is untouched.
    """
    from tracker.feeds import editing, opml

    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageProblem(
            f"{path} cannot be read: {error.strerror}.", hint="tracker feeds import FILE.opml"
        ) from error
    taken = {feed.id for feed in house.settings.feeds}
    urls = {feed.url for feed in house.settings.feeds}
    chosen, left_out = [], []
    for outline in opml.read(data, str(path)):
        if why := address.why_not(outline.url) or ("there already" if outline.url in urls else ""):
            left_out.append(f"{outline.url[:120]}: {why}")
            continue
        name = editing.id_for(outline.title, outline.url, taken)
        lang = outline.lang if outline.lang in ("en", "zh-Hans", "zh-Hant", "other") else ""
        chosen.append((name, opml.Outline(outline.url, outline.title, outline.group, lang)))
        taken.add(name)
        urls.add(outline.url)
    if chosen:
        _edit(house, chosen)
    return len(chosen), left_out


def export_opml(house: House) -> str:
    """The configured feeds as OPML, groups as folders, without passwords."""
    from tracker.feeds import opml

    return opml.write(
        opml.Outline(address.without_password(f.url), f.title or f.id, f.group, f.lang)
        for f in house.settings.feeds
        if f.kind == "feed"
    )


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
            arrival.published_raw, house.now(), "en", arrival.publisher,
        )  # fmt: skip
        mentions = [mention for mention in recognise(entry, house.lexicon) if mention.relevant]
        if mentions:
            found[arrival.title] = f"{mentions[0].kind}, {mentions[0].direction}"
    return found
