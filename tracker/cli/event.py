"""``tracker event``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import AsOf, known_by
from tracker.cli.output import ascii_only, checked, show

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def event(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="An id, a short id or a part of one.")],
    why: Annotated[
        bool, typer.Option("--why", help="Rules, quoted words, joins, refusals.")
    ] = False,
    as_of: AsOf = None,
    format_: Annotated[str, typer.Option("--format", help="rich, plain or json.")] = "",
    ascii_: Annotated[bool, typer.Option("--ascii", help="Only ASCII signs.")] = False,
) -> None:
    """Show one event whole: dates, sources, reports, dissent, figures.

    tracker event h20-mi308

    tracker event 2025-04-09-us-h20-licence-requirement --why
    """
    from tracker.jobs import card
    from tracker.view import event as view

    house: Any = ctx.obj
    kind = checked(
        format_ or ("rich" if house.terminal else "plain"), ("rich", "plain", "json"), "--format"
    )
    found = card.card(house, house.reader(), id_, known_by(house, as_of), why=why)
    if kind == "json":
        house.write(view.as_json(found, why=why))
    elif kind == "plain":
        house.write(view.plain(found, why=why))
    else:
        show(
            house,
            view.render(
                found, width=house.console.width, ascii=ascii_ or ascii_only(house), why=why
            ),
        )
