"""``tracker db info|check|rebuild|backup|restore|compact|metadata``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

MOST_JOBS = 8
"""Processes used where the user names no number: more wait for the one that stores."""

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Look after the database: info, check, rebuild, backup, restore.",
)  # fmt: skip


@app.command()
def info(
    ctx: typer.Context,
    format_: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
) -> None:
    """What the file holds: schema, record day, counts, size."""
    from tracker.jobs import care

    house: Any = ctx.obj
    facts = care.info(house)
    house.write(json.dumps(facts, indent=1) if format_ == "json" else care.table(facts))


@app.command()
def check(ctx: typer.Context) -> None:
    """Check the file's integrity and its references; 4 where something is wrong."""
    from tracker.jobs import care

    house: Any = ctx.obj
    house.write(care.check(house))


@app.command()
def rebuild(
    ctx: typer.Context,
    jobs: Annotated[
        int, typer.Option("--jobs", min=0, max=64, help="Processes that read; 0: one a core.")
    ] = 0,
) -> None:
    """Derive everything again from the stored items, the record and the decisions."""
    import os

    from tracker.cli.progress import told
    from tracker.jobs.rebuild import line, rebuild

    house: Any = ctx.obj
    with told(house) as tick:
        done = rebuild(house, tick, jobs or min(os.cpu_count() or 1, MOST_JOBS))
    house.write(line(done))


@app.command()
def backup(
    ctx: typer.Context, target: Annotated[Path | None, typer.Argument(help="File to write.")] = None
) -> None:
    """Copy the database while it may be in use."""
    from tracker.jobs import care

    house: Any = ctx.obj
    house.write(f"Backup written to {care.back_up(house, target)}")


@app.command()
def restore(
    ctx: typer.Context,
    source: Annotated[Path, typer.Argument(help="A backup.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of the database; the present file is kept beside it."""
    from tracker.jobs import care

    house: Any = ctx.obj
    if not yes and house.stdout.isatty():
        typer.confirm(f"Replace {house.paths.db} by {source}?", abort=True)
    house.write(care.restore(house, source))


@app.command()
def compact(ctx: typer.Context) -> None:
    """Give unused pages back to the disk."""
    from tracker.jobs import care

    house: Any = ctx.obj
    house.write(care.compact(house))


@app.command()
def metadata(ctx: typer.Context) -> None:
    """Print metadata.json for Datasette."""
    from tracker.jobs import care

    house: Any = ctx.obj
    house.write(json.dumps(care.metadata(house), indent=1, ensure_ascii=False))
