"""``tracker share``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.cli.filters import AsOf, known_by
from tracker.cli.output import Output, ascii_only, checked, chosen, deliver, show, write_file
from tracker.errors import UsageProblem

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
FORMATS = ("table", "plain", "json", "csv", "html", "svg", "png")
SUFFIXES = {
    ".json": "json", ".csv": "csv", ".html": "html", ".svg": "svg", ".png": "png", ".txt": "plain",
}  # fmt: skip


@app.command()
def share(
    ctx: typer.Context,
    series: Annotated[
        list[str] | None, typer.Argument(metavar="[SERIES]...", help="Ids of series.")
    ] = None,
    around: Annotated[str, typer.Option(metavar="ID", help="Centre on an event.")] = "",
    window: Annotated[
        str, typer.Option(metavar="12m", help="Months to both sides: 12m, or 12.")
    ] = "12m",
    as_of: AsOf = None,
    format_: Annotated[str, typer.Option("--format", help=", ".join(FORMATS) + ".")] = "",
    output: Output = "",
    ascii_: Annotated[bool, typer.Option("--ascii", help="Only ASCII signs.")] = False,
) -> None:
    """Show market-share series: all at a glance, or some whole with every vintage.

    tracker share

    tracker share cn-aiserver-import-share --as-of 2025-06-01
    """
    from tracker.jobs import share as job

    house: Any = ctx.obj
    kind = checked(
        chosen(house, format_, output, known=SUFFIXES, screen="table"), FORMATS, "--format"
    )
    if kind == "png" and not output:
        raise UsageProblem("A picture is no text.", hint="-o FILE.png")
    day = known_by(house, as_of)
    found = job.shelf(house, house.reader(), series or [], day, around, window)
    if kind == "table" and not output:
        from tracker.view import share as view

        show(
            house, view.render(found, width=house.console.width, ascii=ascii_ or ascii_only(house))
        )
        return
    from tracker.view import share_files

    if kind == "png":
        write_file(Path(output), share_files.picture(found))
        return
    deliver(house, share_files.write(kind, found, ascii=ascii_), output)
