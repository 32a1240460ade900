"""The feeds of feeds.toml: adding and removing them, and those of another reader.

Whoever edits the file is alone with it and reads it first: what another command wrote meanwhile
stays, and counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.core import address, polling
from tracker.core.clean import clean_line
from tracker.errors import UsageProblem, did_you_mean
from tracker.jobs.feeds import Trial, try_feed
from tracker.jobs.house import House
from tracker.model import TIERS
from tracker.settings import OWN_ID

if TYPE_CHECKING:
    from tracker.feeds.opml import Outline


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
        Busy: another command edits the file and does not end.
    """
    from tracker.feeds import editing
    from tracker.feeds.opml import Outline

    title, others = "", tuple[str, ...]()
    if why := address.why_not(url):
        raise UsageProblem(f"{clean_line(url, 200)!r}: {why}.", hint="https://…")
    _check_new(house, url, name)
    if check:
        url, title, others = _found(house, url, environ)
    with _alone(house):
        _check_new(house, url, name, others)
        chosen = name or editing.id_for(title, url, _taken(house))
        _edit(house, [(chosen, Outline(url, title, group))])
    return Added(chosen, url, others)


@contextmanager
def _alone(house: Any) -> Iterator[None]:
    """Edit feeds.toml while no other command does, as it is now.

    Raises:
        UsageProblem: there is no place for it, or it is wrong.
        Busy: another command edits it and does not end.
    """
    from tracker.feeds import editing

    path: Path = house.paths.config
    if why := house.paths.homeless(path):
        raise UsageProblem(why, hint="--config FILE, or HOME")
    with editing.alone(path, house.pause):
        house.reread()
        yield


def _taken(house: House) -> set[str]:
    return {feed.id for feed in house.settings.feeds}


def _check_new(house: House, url: str, name: str, others: tuple[str, ...] = ()) -> None:
    """Refuse an id that is taken, and an address that a feed has or moved to for good.

    ``others`` are further feeds of its page: the first that nobody has is named.
    """
    if name and name in _taken(house):
        raise UsageProblem(f'The id "{name}" is taken.', hint="choose another with --id")
    why = _had(house, url)
    if not why:
        return
    rest = [address.without_password(one) for one in others if not _had(house, one)]
    what = f"{address.without_password(url)} {why}"
    if rest:
        what = f"{what}; the page also names {clean_line(', '.join(rest), 400)}"
    raise UsageProblem(f"{what}.", hint=f"tracker feeds add {rest[0]}" if rest else "feeds list")


def _had(house: House, url: str) -> str:
    """Which configured feed has an address, in words; empty where none has it."""
    for feed in house.settings.feeds:
        if _same(feed.url, url):
            return f'is configured already as "{feed.id}"'
    moved = (name for name, moved_to in _moved(house).items() if _same(moved_to, url))
    return next((f'is where "{name}" moved to' for name in moved), "")


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
    shipped = house.settings.path
    if not path.exists() and shipped and Path(shipped) != path:
        editing.write(path, editing.read(Path(shipped)))


def remove(house: Any, name: str) -> None:
    """Take a feed out of feeds.toml; its entries stay.

    Raises:
        UsageProblem: there is none of this id.
        Busy: another command edits the file and does not end.
    """
    from tracker.feeds import editing

    _check_known(house, name)
    with _alone(house):
        _check_known(house, name)
        _make_own(house)
        editing.remove(house.paths.config, name)


def _check_known(house: House, name: str) -> None:
    known = [feed.id for feed in house.settings.feeds]
    if name not in known:
        hint = did_you_mean(name, known) or "tracker feeds list shows the ids"
        raise UsageProblem(f"There is no feed {clean_line(name, 80)!r}.", hint=hint)


def import_opml(house: Any, path: Path, stdin: Any) -> tuple[int, list[str]]:
    """Add the feeds of an OPML file that are not there; how many, and what was left out and why.

    ``-`` is what stands in ``stdin``.

    Raises:
        UsageProblem: it cannot be read or is no OPML; feeds.toml is untouched.
        Busy: another command edits the file and does not end.
    """
    known = _known(house)
    outlines = _outlines(path, stdin)
    chosen, left_out = _fresh(outlines, *known)
    if chosen:
        with _alone(house):
            chosen, left_out = _fresh(outlines, *_known(house))
            _edit(house, chosen)
    return len(chosen), left_out


def _outlines(path: Path, stdin: Any) -> list[Outline]:
    from tracker.feeds import opml

    most = opml.MOST_BYTES + 1  # by which it is found to be too large
    try:
        if str(path) == "-":
            data = stdin.read(most)
        else:
            with path.open("rb") as file:
                data = file.read(most)
    except OSError as error:
        raise UsageProblem(
            f"{path} cannot be read: {error.strerror}.", hint="tracker feeds import FILE.opml"
        ) from error
    return opml.read(data, "the input" if str(path) == "-" else str(path))


def _known(house: House) -> tuple[set[str], set[str]]:
    """The ids of the configured feeds, and their addresses in one spelling."""
    urls = {address.spelt(feed.url) for feed in house.settings.feeds}
    return _taken(house), urls | {address.spelt(url) for url in _moved(house).values()}


def _fresh(
    outlines: Iterable[Outline], taken: set[str], urls: set[str]
) -> tuple[list[tuple[str, Outline]], list[str]]:
    """The outlines that are no feeds of feeds.toml, with their ids; of the rest why not."""
    from tracker.feeds import editing

    chosen, left_out = [], []
    for outline in outlines:
        spelt = address.spelt(outline.url)
        if why := address.why_not(outline.url) or ("there already" if spelt in urls else ""):
            left_out.append(f"{address.shown(outline.url, 120)}: {why}")
            continue
        name = editing.id_for(outline.title, outline.url, taken)
        if OWN_ID.fullmatch(outline.id) and outline.id not in (*taken, "added"):
            name = outline.id
        tier = outline.tier if outline.tier in TIERS else ""
        chosen.append((name, replace(outline, lang=_language(outline.lang), tier=tier)))
        taken.add(name)
        urls.add(spelt)
    return chosen, left_out


def _language(tag: str) -> str:
    """A language tag of another program in our words; empty where it says nothing.

    >>> _language("zh-CN"), _language("zh_tw"), _language("en-GB"), _language("fr"), _language("")
    ('zh-Hans', 'zh-Hant', 'en', 'other', '')
    """
    first, _, rest = tag.strip().lower().replace("_", "-").partition("-")
    if first == "zh":
        return "zh-Hant" if rest.startswith(("hant", "tw", "hk", "mo")) else "zh-Hans"
    return first if first == "en" else "other" if first else ""
