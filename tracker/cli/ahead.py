"""``tracker ahead``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import output_format
from tracker.cli.output import Output, deliver, show

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def ahead(
    ctx: typer.Context,
    days: Annotated[int, typer.Option(min=0, max=3650, metavar="N", help="Coming days.")] = 60,
    past: Annotated[int, typer.Option(min=0, max=3650, metavar="N", help="Days passed.")] = 30,
    format_: Annotated[str, output_format(("table", "json", "md", "csv", "ics"))] = "table",
    output: Output = "",
) -> None:
    """Coming dates, and those just passed with unknown outcome.

    tracker ahead --days 90

    tracker ahead --days 365 --format ics -o due.ics
    """
    from tracker.jobs import status as job
    from tracker.view import ahead as view

    house: Any = ctx.obj
    rows = job.due(house, house.reader(), days, past)
    if format_ == "table" and not output:
        show(house, view.render(rows, width=house.console.width, days=days, past=past))
    else:
        deliver(house, view.shown(rows, "md" if format_ == "table" else format_), output)
