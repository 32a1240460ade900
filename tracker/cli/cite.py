"""``tracker cite``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import filtered, full_day, output_format
from tracker.cli.output import Output, deliver
from tracker.jobs.asked import Asked

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
@filtered
def cite(
    ctx: typer.Context,
    asked: Asked,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID|URL]...", help="Events, or one page.")
    ] = None,
    format_: Annotated[str, output_format(("chicago", "bluebook", "md", "bibtex", "csl"))] = (
        "chicago"
    ),
    accessed: Annotated[str, typer.Option(metavar="DATE", help="The day you read the pages.")] = "",
    output: Output = "",
) -> None:
    """Footnotes for the sources of events, with their tier of evidence.

    tracker cite bis-h200-case

    tracker cite https://www.govinfo.gov/content/pkg/FR-2026-01-15/html/2026-00789.htm

    tracker cite --measure "50% rule" --format bibtex -o sources.bib
    """
    from tracker.jobs import cite as job
    from tracker.view import cite as view

    house: Any = ctx.obj
    events, pages = job.chosen(house, house.reader(), ids or (), asked)
    text = view.cite(events, format_, full_day(accessed) if accessed else None, pages)
    deliver(house, text, output, words=format_ not in ("bibtex", "csl"))
