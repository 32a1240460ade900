"""``tracker record check``: lint the curated record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.cli.filters import output_format

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Check the curated record.",
)  # fmt: skip


@app.callback()
def record() -> None:
    """Check the curated record."""


@app.command()
def check(
    ctx: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="A folder like db/record.")] = None,
    format_: Annotated[str, output_format(("text", "json"))] = "text",
) -> None:
    """List every mistake with its file and line; 3 where there is one."""
    from tracker.jobs import lint

    house: Any = ctx.obj
    report = lint.check(house, folder or house.paths.record)
    if format_ == "json":
        house.write(json.dumps(lint.as_json(report), ensure_ascii=False, indent=1))
    else:
        house.write(lint.as_text(report))
    lint.refuse(report)
