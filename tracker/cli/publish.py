"""``tracker publish``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.cli.filters import filtered
from tracker.jobs.asked import Asked

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
@filtered
def publish(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the set goes.")],
    asked: Asked,
) -> None:
    """The static set for a web host or a repository: page, feed, calendar, data.

    tracker publish public
    """
    from tracker.jobs import ask
    from tracker.jobs import publish as job

    house: Any = ctx.obj
    db = house.reader()
    done = job.publish(house, db, folder, ask.question(db, asked))
    house.say(f"{folder}: {len(done.written)} files written, {len(done.unchanged)} unchanged")
