"""``tracker claims``."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from tracker.cli.output import checked, show
from tracker.errors import UsageProblem

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def claims(
    ctx: typer.Context,
    article: Annotated[str, typer.Option(metavar="ID", help="Only this added article.")] = "",
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Show the figures of added articles and the statements checked by a person.

    tracker claims

    tracker claims --format json
    """
    from tracker.jobs import add as job
    from tracker.view import article as view
    from tracker.view import ledger

    house: Any = ctx.obj
    checked(format_, ("text", "json"), "--format")
    found = job.articles(house, house.reader())
    if article:
        found = tuple(one for one in found if one.entry.item_id.startswith(article))
        if not found:
            raise UsageProblem(f"No added article is called {article!r}.", hint="tracker claims")
    curated = house.record.claims
    if format_ == "json":
        data = {
            "schema_version": 1,
            "articles": [view.as_json(one) for one in found],
            "checked": ledger.curated_json(curated),
        }
        house.write(json.dumps(data, ensure_ascii=False, indent=2))
        return
    show(house, ledger.render(found, curated, house.record.series, width=house.console.width))
