"""``tracker entries [FILTERS]``, ``entries ID``, ``entries remove ID``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import one_of, partial_date
from tracker.core.clean import json_text
from tracker.dates import PartialDate
from tracker.model import DIRECTIONS, KINDS

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
Words = list[str] | None

What = Annotated[
    Words, typer.Argument(metavar="[ID | remove ID | restore ID]", help="One item, or what to do.")
]
OfFeed = Annotated[Words, typer.Option("--feed", help="Only of this feed.")]
Since = Annotated[
    PartialDate | None,
    typer.Option(parser=partial_date, metavar="YYYY[-MM[-DD]]", help="First day."),
]
Until = Annotated[
    PartialDate | None,
    typer.Option(parser=partial_date, metavar="YYYY[-MM[-DD]]", help="Last day."),
]
Which = Annotated[
    str, typer.Option("--date", metavar="WHICH", help="Which day: published or known.")
]
Grep = Annotated[str, typer.Option("--grep", help="Title or text contains this.")]
OfKind = Annotated[
    Words, typer.Option("--kind", parser=one_of(KINDS), metavar="KIND", help="Of such an event.")
]
OfDirection = Annotated[
    Words,
    typer.Option(
        "--direction", parser=one_of(DIRECTIONS), metavar="DIRECTION",
        help="Of an event that would tighten, ease or neither.",
    ),
]  # fmt: skip
WithActor = Annotated[Words, typer.Option("--actor", help="Of an event with this actor.")]
WithItem = Annotated[Words, typer.Option("--item", help="Of an event with this item.")]
OfCapital = Annotated[Words, typer.Option("--jurisdiction", help="Of an event of this capital.")]
WithTerm = Annotated[Words, typer.Option("--term", help="Of an event with this term.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Only the newest N.")]
Reverse = Annotated[bool, typer.Option("--reverse", help="Newest first.")]


@app.command()
def entries(
    ctx: typer.Context,
    words: What = None,
    feed: OfFeed = None,
    since: Since = None,
    until: Until = None,
    date: Which = "published",
    grep: Grep = "",
    kind: OfKind = None,
    direction: OfDirection = None,
    actor: WithActor = None,
    item: WithItem = None,
    jurisdiction: OfCapital = None,
    term: WithTerm = None,
    limit: Limit = None,
    reverse: Reverse = False,
    format_: Annotated[str, typer.Option("--format", help="table, lines or json.")] = "",
) -> None:
    """The stored items themselves, newest last; with an id one of them with all its texts.

    tracker entries --actor nvidia --since 2025-07

    tracker entries --feed register --limit 20 --format json
    """
    _checked(format_, date)
    if words:
        _single(ctx.obj, words, format_)
        return
    wanted = _wanted(feed, since, until, date, grep, kind, direction, limit)
    typed = {"actor": actor, "item": item, "jurisdiction": jurisdiction, "term": term}
    _many(ctx.obj, wanted, {name: tuple(given or ()) for name, given in typed.items()},
          reverse=reverse, format_=format_)  # fmt: skip


def _checked(format_: str, date: str) -> None:
    from tracker.cli.output import checked

    if format_:
        checked(format_, ("table", "lines", "json"), "--format")
    checked(date, ("published", "known"), "--date")


def _wanted(
    feed: Words, since: PartialDate | None, until: PartialDate | None, date: str, grep: str,
    kind: Words, direction: Words, limit: int | None,
) -> Any:  # fmt: skip
    from tracker.store.entries import Wanted

    return Wanted(
        feeds=tuple(feed or ()),
        since=since.first.isoformat() if since else "",
        until=until.last.isoformat() if until else "",
        column="first_seen" if date == "known" else "published",
        grep=grep,
        kinds=tuple(kind or ()),
        directions=tuple(direction or ()),
        limit=limit,
    )


def _single(house: Any, words: list[str], format_: str) -> None:
    from tracker.cli.output import prose
    from tracker.errors import UsageProblem
    from tracker.jobs import entries as job
    from tracker.view import entries as view

    if words[0] in ("remove", "restore") and len(words) == 2:
        item, changed = job.remove(house, words[1], back=words[0] == "restore")
        done = {"remove": "taken out of every answer", "restore": "back"}[words[0]]
        house.write(f"Entry {item} is {done}." if changed else f"Entry {item}: nothing to change.")
        return
    if len(words) > 1:
        raise UsageProblem(f"One id at a time, not {len(words)}.", hint="tracker entries ID")
    answer = job.one(house, words[0])
    if format_ == "json":
        house.write(json_text(view.one_as_json(*answer), indent=1))
    else:
        prose(house, view.one(*answer))


def _many(
    house: Any, wanted: Any, typed: dict[str, tuple[str, ...]], *, reverse: bool, format_: str
) -> None:
    from tracker.cli.output import show
    from tracker.jobs import entries as job
    from tracker.view import entries as view

    found = job.find(house, wanted, typed)
    rows = found.rows[::-1] if reverse else found.rows
    if format_ == "json":
        house.write(json_text(view.as_json(rows, found.events), indent=1))
    elif not rows:
        held = f"{found.span[0][:10]} to {found.span[1][:10]}" if found.span else "no entry yet"
        house.say(f"No entry answers. The database holds {held}.")
    elif format_ == "lines" or not (format_ or house.terminal):
        house.write(view.lines(rows, found.events))
    else:
        show(house, view.table(rows, found.events))
