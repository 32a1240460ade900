"""``tracker feeds list|add|remove|test|import|export|health``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.core.clean import json_text

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="List, add, remove, test, import, export feeds; their health.\n\n"
    "tracker feeds add https://www.theregister.com/headlines.atom --id register\n\n"
    "tracker feeds health",
)  # fmt: skip
Format = Annotated[str, typer.Option("--format", help="table, lines or json.")]


@app.command("list")
def list_(ctx: typer.Context, format_: Format = "") -> None:
    """The configured feeds.

    tracker feeds list --format json
    """
    from tracker.jobs import feeds
    from tracker.view import feeds as view

    house: Any = ctx.obj
    _check(format_)
    _show(house, feeds.rows(house), format_, view.feeds_as_json, health=False)


@app.command()
def health(ctx: typer.Context, format_: Format = "") -> None:
    """Last good answer, failing since, reason, next poll, rhythm, gaps.

    tracker feeds health
    """
    from tracker.jobs import feeds
    from tracker.view import feeds as view

    house: Any = ctx.obj
    _check(format_)
    _show(house, feeds.rows(house), format_, view.health_as_json, health=True)


def _check(format_: str) -> None:
    from tracker.cli.output import checked

    if format_:
        checked(format_, ("table", "lines", "json"), "--format")


def _show(house: Any, rows: Any, format_: str, as_json: Any, *, health: bool) -> None:
    from tracker.cli.output import show
    from tracker.view import feeds as view

    if format_ == "json":
        house.write(json_text(as_json(rows), indent=1))
    elif format_ == "lines" or not (format_ or house.terminal):
        house.write(view.feed_lines(rows, health=health))
    else:
        show(house, view.Health(rows) if health else view.feeds_table(rows))


@app.command()
def add(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="A feed, or a page that names one.")],
    name: Annotated[str, typer.Option("--id", help="Its id.")] = "",
    group: Annotated[str, typer.Option("--group", help="Its group.")] = "",
    no_check: Annotated[bool, typer.Option("--no-check", help="Do not ask it first.")] = False,
) -> None:
    """Add a feed to feeds.toml.

    tracker feeds add https://www.theregister.com/headlines.atom --id register
    """
    from tracker.jobs import subscribing
    from tracker.view import feeds as view

    house: Any = ctx.obj
    added = subscribing.add(house, url, house.environ, name=name, group=group, check=not no_check)
    house.write(view.added(added.id, added.url))
    for other in added.others:
        house.say(f"the page also names {other}")


@app.command()
def remove(
    ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="ID", help="A feed's id.")]
) -> None:
    """Take a feed out of feeds.toml; its entries stay.

    tracker feeds remove register
    """
    from tracker.jobs import subscribing

    house: Any = ctx.obj
    subscribing.remove(house, name)
    house.write(f"Removed {name}; its entries stay.")


@app.command("test")
def try_(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL|ID", help="An address, or the id of a feed.")],
    format_: Annotated[str, typer.Option("--format", help="table or json.")] = "",
) -> None:
    """Ask a feed, show what it holds and what of it is recognised.

    tracker feeds test register
    """
    from tracker.cli.output import checked, show
    from tracker.errors import Unreachable
    from tracker.jobs import feeds
    from tracker.view import trial as view

    house: Any = ctx.obj
    if format_:
        checked(format_, ("table", "json"), "--format")
    trial = feeds.try_feed(house, url, house.environ)
    judged = feeds.recognised(house, trial)
    if format_ == "json":
        house.write(json_text(view.as_json(trial, judged), indent=1))
    elif format_ or house.terminal:
        show(house, view.Shown(trial, judged))
    else:
        house.write(view.lines(trial, judged))
    if trial.error:
        raise Unreachable("")


@app.command("import")
def import_(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE|-", help="Written by another reader.")],
) -> None:
    """Add the feeds of an OPML file; folders become groups.

    tracker feeds import subscriptions.opml
    """
    from tracker.jobs import subscribing
    from tracker.view import feeds as view

    house: Any = ctx.obj
    count, left_out = subscribing.import_opml(house, path, sys.stdin.buffer)
    for line in left_out:
        house.say(f"left out {line}")
    house.write(view.imported(count, len(left_out)))


@app.command()
def export(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("-o", "--output", help="File to write.")] = "",
) -> None:
    """Write the feeds as OPML.

    tracker feeds export -o feeds.opml
    """
    from tracker.cli.output import deliver
    from tracker.jobs import feeds

    house: Any = ctx.obj
    deliver(house, feeds.export_opml(house), output)
    if left_out := feeds.beyond_opml(house):
        house.say(f"not feeds, and so left out: {', '.join(left_out)}")
