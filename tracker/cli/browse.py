"""``tracker browse``."""

from __future__ import annotations

import importlib.util
import os
from typing import Any

import typer

from tracker.cli.filters import filtered
from tracker.errors import UsageProblem
from tracker.jobs.asked import Asked

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
@filtered
def browse(ctx: typer.Context, asked: Asked) -> None:
    """Walk through the timeline: / filters, enter opens, e entries, v review, ? all keys.

    tracker browse

    tracker browse --actor nvidia
    """
    if importlib.util.find_spec("textual") is None:
        raise UsageProblem(
            "tracker browse needs Textual.", hint="pip install 'tracker[tui]', or tracker timeline"
        )
    from tracker.jobs import browse as job
    from tracker.jobs import decide
    from tracker.view.browse import Browser

    house: Any = ctx.obj
    if not house.stdout.isatty():
        raise UsageProblem("tracker browse needs a terminal.", hint="tracker timeline")
    desk = job.Desk(house, asked, decide.author("", house.environ, house.login))
    house.options.quiet = True  # a note on stderr would be written across the screen
    if house.options.color == "never":
        os.environ["NO_COLOR"] = "1"  # the framework takes the wish from there only
    Browser(desk).run()
