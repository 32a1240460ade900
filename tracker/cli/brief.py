"""``tracker brief``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import output_format
from tracker.cli.output import deliver

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def brief(
    ctx: typer.Context,
    week: Annotated[str, typer.Option(metavar="YYYY-Www", help="The ISO week.")],
    format_: Annotated[str, output_format(("md", "text", "eml"))] = "md",
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write here.")] = "",
) -> None:
    """One week as it was known at its end, with a footnote for every source.

    tracker brief --week 2025-W29

    tracker brief --week 2025-W29 --format text -o brief.txt
    """
    from tracker.jobs import digest as job
    from tracker.view import digest as view

    house: Any = ctx.obj
    found = job.week(house, house.reader(), week)
    write: Any = {"md": view.markdown, "text": view.text, "eml": view.mail}[format_]
    if found.changes:
        deliver(house, write(found), output)
    else:
        house.say(f"nothing became known in {week}")
