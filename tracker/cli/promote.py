"""``tracker promote``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.errors import UsageProblem

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
    target = output
    if output and Path(output).is_dir():
        target = str(Path(output) / f"{event.id}.toml")
        if Path(target).exists():  # a person may have written its summary meanwhile
            raise UsageProblem(f"{target} is there already.", hint=f"-o {target} writes over it")
    deliver(house, as_toml(event), target)
