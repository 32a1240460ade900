"""``tracker cite``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import full_day, output_format
from tracker.cli.output import deliver

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def cite(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids or parts of them.")],
    format_: Annotated[str, output_format(("chicago", "bluebook", "md", "bibtex", "csl"))] = (
        "chicago"
    ),
    accessed: Annotated[str, typer.Option(metavar="DATE", help="The day you read the pages.")] = "",
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write here.")] = "",
) -> None:
    """Footnotes for an event's sources, with their tier of evidence.

    tracker cite h200-case

    tracker cite h20-mi308-licences --format bibtex -o sources.bib
    """
    from tracker.jobs import ask
    from tracker.view import cite as view

    house: Any = ctx.obj
    db = house.reader()
    events = [ask.find_event(house, db, id_, None) for id_ in ids]
    deliver(house, view.cite(events, format_, full_day(accessed) if accessed else None), output)
