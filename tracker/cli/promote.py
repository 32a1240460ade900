"""``tracker promote``."""

from __future__ import annotations

import re
from pathlib import Path
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
    from tracker.cli.output import deliver
    from tracker.jobs import promote as job
    from tracker.view.promote import as_toml

    house: Any = ctx.obj
    event = job.reviewed(house, id_)
    target = output
    if output and Path(output).is_dir():
        target = str(_of_its_year(Path(output), event.date.year) / f"{event.id}.toml")
        if Path(target).exists():  # a person may have written its summary meanwhile
            raise UsageProblem(f"{target} is there already.", hint=f"-o {target} writes over it")
    deliver(house, as_toml(event), target)


def _of_its_year(folder: Path, year: int) -> Path:
    """The folder of the year, where the folder holds some, as that of the record's events does."""
    if any(one.is_dir() and re.fullmatch(r"\d{4}", one.name) for one in folder.iterdir()):
        folder = folder / str(year)
        folder.mkdir(exist_ok=True)
    return folder
