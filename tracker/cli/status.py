"""``tracker status``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from tracker.cli.filters import AsOf, full_day, known_by, output_format
from tracker.cli.output import Output, deliver, show

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def status(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="MEASURE|WORDS", help="Id, alias, item, actor, bill number, term."),
    ] = None,
    on: Annotated[
        date | None,
        typer.Option(parser=full_day, metavar="YYYY-MM-DD", help="The day asked about."),
    ] = None,
    as_of: AsOf = None,
    format_: Annotated[str, output_format(("table", "json", "md", "csv"))] = "table",
    output: Output = "",
) -> None:
    """What is in force on a day, per capital and strand, and to which day that was checked.

    tracker status H20

    tracker status 穿透规则 --on 2026-01-20
    """
    from tracker.jobs import status as job
    from tracker.view import status as view

    house: Any = ctx.obj
    then = known_by(house, as_of)
    found = job.status(house, house.reader(), " ".join(words or ()), on, then)
    if format_ == "table" and not output:
        show(house, view.render(found, width=house.console.width))
    else:
        deliver(house, view.shown(found, "md" if format_ == "table" else format_), output)
