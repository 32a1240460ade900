"""``tracker diff``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import full_day
from tracker.cli.output import ascii_only, checked, show
from tracker.core.clean import json_text

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def diff(
    ctx: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="A day, YYYY-MM-DD.")],
    last: Annotated[str, typer.Argument(metavar="[B]", help="A later day; today.")] = "",
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    ascii_: Annotated[bool, typer.Option("--ascii", help="Only ASCII signs.")] = False,
) -> None:
    """Show what two days of knowledge differ in: events and figures.

    tracker diff 2025-07-10 2025-07-20
    """
    from tracker.jobs import diff as job
    from tracker.view import diff as view

    house: Any = ctx.obj
    checked(format_, ("text", "json"), "--format")
    day = full_day(last) if last else house.today()
    found = job.between(house, house.reader(), full_day(first), day)
    if format_ == "json":
        house.write(json_text(view.as_json(found), indent=2))
        return
    show(house, view.render(found, width=house.console.width, ascii=ascii_ or ascii_only(house)))
