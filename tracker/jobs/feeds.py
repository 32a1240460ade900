"""The feeds themselves: how they are, adding, removing, trying, OPML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
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
    turns = polling.turns(feeds, polls.states(), polls.silent(now), now)
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


@dataclass(frozen=True, slots=True)
class Added:
    """A feed written to feeds.toml; ``others`` are further feeds that its page names."""

    id: str
    url: str
    others: tuple[str, ...] = ()


def add(house: Any, url: str, environ: Mapping[str, str], *, name: str = "", group: str = "",
        check: bool = True) -> Added:  # fmt: skip
    """Add a feed, or the first feed that a page names and that can be read, to feeds.toml.

    Raises:
        UsageProblem: no address, no feed there, or one that is configured already.
    """
    from tracker.feeds import editing
    from tracker.feeds.opml import Outline

    settings = house.settings
    title, others = "", tuple[str, ...]()
    if why := address.why_not(url):
        raise UsageProblem(f"{clean_line(url, 200)!r}: {why}.", hint="https://…")
    taken = {feed.id for feed in settings.feeds}
    if name and name in taken:
        raise UsageProblem(f'The id "{name}" is taken.', hint="choose another with --id")
    _check_new(house, url)
    if check:
        url, title, others = _found(house, url, environ)
        _check_new(house, url)
    chosen = name or editing.id_for(title, url, taken)
    _edit(house, [(chosen, Outline(url, title, group))])
    return Added(chosen, url, others)


def _check_new(house: House, url: str) -> None:
    """Refuse an address that a feed has, in feeds.toml or since it moved for good."""
    shown = address.without_password(url)
    for feed in house.settings.feeds:
        if _same(feed.url, url):
            what = f'{shown} is configured already as "{feed.id}".'
            raise UsageProblem(what, hint="feeds list")
    for name, moved_to in _moved(house).items():
        if _same(moved_to, url):
            raise UsageProblem(f'{shown} is where "{name}" moved to.', hint="feeds list")


def _same(one: str, other: str) -> bool:
    return address.spelt(one) == address.spelt(other)


def _moved(house: House) -> dict[str, str]:
    """Where configured feeds are asked since a permanent redirect, by id."""
    from tracker.store.polls import Polls

    if not house.paths.db.exists():  # a list of feeds may be written before anything is polled
        return {}
    states = Polls(house.reader()).states()
    asked = {feed.id: polling.state_for(feed, states.get(feed.id)) for feed in house.settings.feeds}
    return {
        name: state.stored_url for name, state in asked.items() if state.stored_url != state.url
    }


def _found(house: Any, url: str, environ: Mapping[str, str]) -> tuple[str, str, tuple[str, ...]]:
    """The feed at ``url``, or the first good one that the page there names: address and title.

    Raises:
        UsageProblem: there is none.
    """
    trial = try_feed(house, url, environ)
    if not trial.error and trial.document is not None:
        return trial.moved_to or url, trial.document.title, ()
    named = _named(trial, url)
    whys = []
    for link in named:
        further = try_feed(house, link, environ) if not address.why_not(link) else None
        if further and not further.error and further.document is not None:
            found = further.moved_to or link
            return found, further.document.title, tuple(one for one in named if one != link)
        whys.append(f"{clean_line(link, 120)}: {further.error if further else 'no address'}")
    shown = clean_line(address.without_password(url), 200)
    if named:
        what = f"{shown} names feeds, but none can be read: {'; '.join(whys)}."
        raise UsageProblem(what, hint="look at them with tracker feeds test URL")
    what = f"{shown}: {trial.error}"
    if trial.error.endswith("a web page"):
        what += " that names no feed"
        hint = "the address of the feed itself; a list without one can be a [[page]] of feeds.toml"
        raise UsageProblem(f"{what}.", hint=hint)
    raise UsageProblem(f"{what}.", hint="--no-check adds it without asking")


def _named(trial: Trial, url: str) -> list[str]:
    """The feeds that a page names, absolute, each once, ten at the most."""
    links = trial.document.links if trial.document else ()
    return address.all_joined(trial.final or url, links)[:10]


def _edit(house: Any, feeds: list[tuple[str, Any]]) -> None:
    """Append, and take it back where the result would not be read."""
    from tracker import config
    from tracker.feeds import editing

    path: Path = house.paths.config
    before = path.read_bytes() if path.exists() else None
    _make_own(house)
    editing.add(path, feeds)
    try:
        config.load(path)
    except UsageProblem:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            editing.write(path, before.decode("utf-8"))
        raise


def _make_own(house: Any) -> None:
    """Give the user a feeds.toml: before the first edit it is the one that came with us."""
    from tracker.feeds import editing

    path: Path = house.paths.config
    if why := house.paths.homeless(path):
        raise UsageProblem(why, hint="--config FILE, or HOME")
    shipped = house.settings.path
    if not path.exists() and shipped and Path(shipped) != path:
        editing.write(path, editing.read(Path(shipped)))


def remove(house: Any, name: str) -> None:
    """Take a feed out of feeds.toml; its entries stay.

    Raises:
        UsageProblem: there is none of this id.
    """
    from tracker.feeds import editing

    known = [feed.id for feed in house.settings.feeds]
    path: Path = house.paths.config
    if name not in known:
        hint = did_you_mean(name, known) or "tracker feeds list shows the ids"
        raise UsageProblem(f"There is no feed {clean_line(name, 80)!r}.", hint=hint)
    _make_own(house)
    editing.remove(path, name)


def import_opml(house: Any, path: Path, stdin: Any) -> tuple[int, list[str]]:
    """Add the feeds of an OPML file that are not there; how many, and what was left out and why.

    ``-`` is what stands in ``stdin``.

    Raises:
        UsageProblem: it cannot be read or is no OPML; feeds.toml is untouched.
    """
    from tracker.feeds import editing, opml

    settings = house.settings
    try:
        data = stdin.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise UsageProblem(
            f"{path} cannot be read: {error.strerror}.", hint="tracker feeds import FILE.opml"
        ) from error
    taken = {feed.id for feed in settings.feeds}
    urls = {address.spelt(feed.url) for feed in settings.feeds}
    urls |= {address.spelt(url) for url in _moved(house).values()}
    chosen, left_out = [], []
    for outline in opml.read(data, "the input" if str(path) == "-" else str(path)):
        spelt = address.spelt(outline.url)
        if why := address.why_not(outline.url) or ("there already" if spelt in urls else ""):
            left_out.append(f"{address.shown(outline.url, 120)}: {why}")
            continue
        name = editing.id_for(outline.title, outline.url, taken)
        lang = _language(outline.lang)
        chosen.append((name, opml.Outline(outline.url, outline.title, outline.group, lang)))
        taken.add(name)
        urls.add(spelt)
    if chosen:
        _edit(house, chosen)
    return len(chosen), left_out


def _language(tag: str) -> str:
    """A language tag of another program in our words; empty where it says nothing.

    >>> _language("zh-CN"), _language("zh_tw"), _language("en-GB"), _language("fr"), _language("")
    ('zh-Hans', 'zh-Hant', 'en', 'other', '')
    """
    first, _, rest = tag.strip().lower().replace("_", "-").partition("-")
    if first == "zh":
        return "zh-Hant" if rest.startswith(("hant", "tw", "hk", "mo")) else "zh-Hans"
    return first if first == "en" else "other" if first else ""


def export_opml(house: House) -> str:
    """The configured feeds as OPML, groups as folders, without passwords."""
    from tracker.feeds import opml

    return opml.write(
        opml.Outline(address.without_password(f.url), f.title or f.id, f.group, f.lang)
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
