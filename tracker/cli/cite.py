"""``tracker cite``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import filtered, full_day, output_format
from tracker.cli.output import Output, deliver
from tracker.errors import UsageProblem
from tracker.jobs.asked import Asked

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
@filtered
def cite(
    ctx: typer.Context,
    asked: Asked,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Ids or parts of them.")
    ] = None,
    format_: Annotated[str, output_format(("chicago", "bluebook", "md", "bibtex", "csl"))] = (
        "chicago"
    ),
    accessed: Annotated[str, typer.Option(metavar="DATE", help="The day you read the pages.")] = "",
    output: Output = "",
) -> None:
    """Footnotes for the sources of events, with their tier of evidence.

    tracker cite bis-h200-case

    tracker cite --measure "50% rule" --format bibtex -o sources.bib
    """
    from tracker.jobs import ask
    from tracker.view import cite as view

    if not ids and asked == Asked():
        raise UsageProblem("Which events?", hint="tracker cite ID, or a filter such as --since")
    house: Any = ctx.obj
    db = house.reader()
    if ids:
        events = [ask.find_event(house, db, id_, asked.as_of) for id_ in ids]
    else:
        events = ask.events(house, db, ask.question(db, asked))
    text = view.cite(events, format_, full_day(accessed) if accessed else None)
    deliver(house, text, output, words=format_ not in ("bibtex", "csl"))
