"""``tracker record check`` lints the curated record, ``export`` writes it as data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.cli.filters import output_format
from tracker.core.clean import json_text

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Check the curated record, or export it.\n\ntracker record check",
)  # fmt: skip


@app.callback()
def record() -> None:
    """Check the curated record, or export it.

    tracker record check
    """


@app.command()
def check(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A folder like db/record.")
    ] = None,
    format_: Annotated[str, output_format(("text", "json"))] = "text",
) -> None:
    """List every mistake with its file and line; 3 where there is one.

    tracker record check

    tracker record check --format json
    """
    from tracker.cli.output import prose
    from tracker.jobs import lint

    house: Any = ctx.obj
    report = lint.check(house, folder or house.paths.record)
    if format_ == "json":
        house.write(json_text(lint.as_json(report), indent=1))
    else:
        prose(house, lint.as_text(report))
    lint.refuse(report)


@app.command()
def export(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the package goes.")],
) -> None:
    """Write the record as a Data Package (JSON and CSV).

    tracker record export record-data
    """
    from tracker.jobs import publish as job

    house: Any = ctx.obj
    done = job.export_record(house, folder)
    house.say(f"{folder}: {len(done.written)} files written, {len(done.unchanged)} unchanged")
