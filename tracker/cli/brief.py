"""``tracker brief``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.digest import From, To, written
from tracker.cli.filters import output_format
from tracker.cli.output import Output, deliver

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def brief(
    ctx: typer.Context,
    week: Annotated[
        str, typer.Option(metavar="YYYY-Www", help="The ISO week; the last whole one.")
    ] = "",
    format_: Annotated[str, output_format(("md", "text", "eml"))] = "md",
    to: To = "",
    from_: From = "",
    output: Output = "",
) -> None:
    """One week as it was known at its end, with a footnote for every source.

    tracker brief --week 2025-W29

    tracker brief --format eml --to desk@example.org | sendmail -t
    """
    from tracker.jobs import digest as job

    house: Any = ctx.obj
    found = job.week(house, house.reader(), week)
    if not found.silent:
        deliver(house, written(found, format_, from_, to), output, words=format_ != "eml")
    else:
        house.say(f"nothing became known in {found.title}")
