"""``tracker report``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import filtered
from tracker.cli.output import deliver
from tracker.jobs.asked import Asked

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
@filtered
def report(
    ctx: typer.Context,
    asked: Asked,
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE", help="Where the page goes; - is stdout."),
    ] = "tracker.html",
) -> None:
    """One self-contained web page that opens offline: filter, zoom, figures, footnotes.

    tracker report --since 2025 -o chips.html
    """
    from tracker.jobs import ask
    from tracker.view import report as view

    house: Any = ctx.obj
    db = house.reader()
    page = ask.timeline(house, db, ask.question(db, asked))
    text = view.page(page)
    deliver(house, text, "" if output == "-" else output)
    if output != "-":
        house.say(f"wrote {output}: {page.total} events, {len(text.encode()) / 1e6:.1f} MB")
    if page.total > view.SLOW:
        house.say(f"{page.total} events make a page slow: narrow it with --since, --kind ...")
