"""``tracker promote``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def promote(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="EVENT", help="An event of the news.")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE|FOLDER", help="Where to write.")
    ] = "",
) -> None:
    """Print a reviewed news event as a record file, with its sources.

    tracker promote h20-case -o db/record/events/2026
    """
    from pathlib import Path

    from tracker.cli.output import deliver
    from tracker.jobs import promote as job
    from tracker.view.promote import as_toml

    house: Any = ctx.obj
    event = job.reviewed(house, id_)
    target = str(Path(output) / f"{event.id}.toml") if output and Path(output).is_dir() else output
    deliver(house, as_toml(event), target)
