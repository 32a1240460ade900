"""``tracker browse``."""

from __future__ import annotations

import importlib.util
from typing import Any

import typer

from tracker.cli.filters import filtered
from tracker.errors import UsageProblem
from tracker.jobs.asked import Asked

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
@filtered
def browse(ctx: typer.Context, asked: Asked) -> None:
    """Walk through the timeline: / filters, enter opens, w shows why, q goes back.

    tracker browse

    tracker browse --actor nvidia
    """
    if importlib.util.find_spec("textual") is None:
        raise UsageProblem(
            "tracker browse needs Textual.", hint="pip install 'tracker[tui]', or tracker timeline"
        )
    from tracker.jobs import ask, card
    from tracker.view.browse import Browser

    house: Any = ctx.obj
    if not house.stdout.isatty():
        raise UsageProblem("tracker browse needs a terminal.", hint="tracker timeline")
    db = house.reader()
    page = ask.timeline(house, db, ask.question(db, asked))
    Browser(page, lambda id_: card.card(house, db, id_, asked.as_of)).run()
