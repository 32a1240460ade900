"""``tracker add``."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from tracker.cli.filters import exact_day
from tracker.cli.output import checked, show
from tracker.core.clean import json_text

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def add(
    ctx: typer.Context,
    article: Annotated[str, typer.Argument(metavar="PATH|URL|-", help="A text or a web page.")],
    published: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Its day.")] = "",
    lang: Annotated[str, typer.Option(help="en, zh, zh-Hans, zh-Hant or other.")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it.")] = "",
    url: Annotated[str, typer.Option(help="Where it stands.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read; store nothing.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Every statement beside the record; stores nothing.")
    ] = False,
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Read one article as an entry, and set its statements beside the record.

    tracker add article.txt --published 2025-07-31

    tracker add article.html --check
    """
    from tracker.jobs import add as job
    from tracker.view import article as view

    house: Any = ctx.obj
    checked(format_, ("text", "json"), "--format")
    given = job.Given(exact_day(published) if published else None, lang, publisher, url)
    found = job.add(
        house, article, given, sys.stdin.buffer, house.environ, store=not (dry_run or check)
    )
    if format_ == "json":
        house.write(json_text(view.as_json(found), indent=2))
        return
    width = house.console.width
    show(house, view.render(found, house.record.series, width=width, check=check))
