"""``tracker db info|check|rebuild|backup|restore|compact|metadata``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.core.clean import json_text

MOST_JOBS = 8
"""Processes used where the user names no number: more wait for the one that stores."""

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Look after the database: info, check, rebuild, backup, restore.\n\n"
    "tracker db info\n\ntracker db backup",
)  # fmt: skip


@app.command()
def info(
    ctx: typer.Context,
    format_: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
) -> None:
    """What the file holds: schema, record day, counts, size.

    tracker db info
    """
    from tracker.jobs import care

    house: Any = ctx.obj
    facts = care.info(house)
    house.write(json_text(facts, indent=1) if format_ == "json" else care.table(facts))


@app.command()
def check(ctx: typer.Context) -> None:
    """Check integrity and references; 4 where one is broken.

    tracker db check
    """
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
    """Derive all again from items, record and decisions.

    tracker db rebuild
    """
    import os

    from tracker.cli.progress import told
    from tracker.jobs.rebuild import KEPT, line, rebuild

    house: Any = ctx.obj
    with told(house, KEPT) as tick:
        done = rebuild(house, tick, jobs or min(os.cpu_count() or 1, MOST_JOBS))
    house.write(line(done))


@app.command()
def backup(
    ctx: typer.Context,
    target: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="File to write.")] = None,
) -> None:
    """Copy the database while it may be in use.

    tracker db backup before-the-move.db
    """
    from tracker.jobs import care

    house: Any = ctx.obj
    house.write(f"Backup written to {care.back_up(house, target)}")


@app.command()
def restore(
    ctx: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the database's place; the old file is kept.

    tracker db restore before-the-move.db
    """
    from tracker.jobs import care

    house: Any = ctx.obj
    if not yes and house.stdout.isatty():
        typer.confirm(f"Replace {house.paths.db} by {source}?", abort=True)
    house.write(care.restore(house, source))


@app.command()
def compact(ctx: typer.Context) -> None:
    """Give unused pages back to the disk.

    tracker db compact
    """
    from tracker.jobs import care

    house: Any = ctx.obj
    house.write(care.compact(house))


@app.command()
def metadata(ctx: typer.Context) -> None:
    """Print metadata.json for Datasette.

    tracker db metadata > metadata.json
    """
    from tracker.jobs import care

    house: Any = ctx.obj
    house.write(json_text(care.metadata(house), indent=1))
