"""``tracker recode``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.cli.output import prose

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def recode(
    ctx: typer.Context,
    other: Annotated[
        Path, typer.Option("--with", metavar="FILE", help="A lexicon file, or a whole folder.")
    ],
) -> None:
    """Read the stored archive with other rules; print what would change, write nothing.

    tracker recode --with acts.toml
    """
    from tracker.jobs import recode as job
    from tracker.view import recode as view

    house: Any = ctx.obj
    prose(house, view.plain(job.recode(house, other)))
