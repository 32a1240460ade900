"""``tracker digest``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import output_format, partial_date
from tracker.cli.output import deliver
from tracker.errors import NothingNew, UsageProblem

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def digest(
    ctx: typer.Context,
    since: Annotated[str, typer.Option(metavar="DATE", help="What became known since.")] = "",
    since_last: Annotated[str, typer.Option(metavar="NAME", help="Since NAME last read.")] = "",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="10: nothing new.")] = False,
    format_: Annotated[str, output_format(("md", "text", "eml"))] = "md",
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write here.")] = "",
) -> None:
    """What is new or changed; nothing new prints nothing.

    tracker digest --since 2026-06-20

    tracker digest --since-last desk --format eml | sendmail desk@example.org
    """
    from tracker.jobs import digest as job
    from tracker.view import digest as view

    if since and since_last:
        raise UsageProblem("--since and --since-last exclude each other.", hint="give one of them")
    house: Any = ctx.obj
    db = house.reader()
    first = partial_date(since).first if since else None
    read = job.since_last(house, db, since_last) if since_last else None
    found = read.digest if read else job.since(house, db, first)
    write: Any = {"md": view.markdown, "text": view.text, "eml": view.mail}[format_]
    if found.changes:
        deliver(house, write(found), output)
    if read:
        job.remember(house, since_last, read.state)
    if exit_code and not found.changes:
        raise NothingNew("")
