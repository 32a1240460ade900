"""``tracker claims``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import AsOf, known_by
from tracker.cli.output import checked, show
from tracker.core.clean import json_text
from tracker.errors import UsageProblem

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def claims(
    ctx: typer.Context,
    article: Annotated[str, typer.Option(metavar="ID", help="Only this entry.")] = "",
    as_of: AsOf = None,
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Show the figures of stored texts and the statements checked by a person.

    tracker claims

    tracker claims --format json
    """
    from tracker.jobs.said import said
    from tracker.view import ledger

    house: Any = ctx.obj
    checked(format_, ("text", "json"), "--format")
    db = house.reader()
    day = known_by(house, as_of)
    found = said(db, day, article)
    if article and not found:
        raise UsageProblem(f"No figure in an entry called {article!r}.", hint="tracker entries")
    curated = house.record.claims if day is None or day >= house.record.day else ()
    if format_ == "json":
        house.write(json_text(ledger.as_json(found, curated), indent=2))
        return
    left_out = len(house.record.claims) - len(curated)
    show(house, ledger.render(found, curated, house.record.series, width=house.console.width,
                              left_out=left_out))  # fmt: skip
