"""``tracker timeline``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import filtered, output_format
from tracker.cli.output import Output, checked, chosen, put
from tracker.jobs.asked import Asked

FORMATS = (
    "rich", "plain", "json", "jsonl", "csv", "md", "html", "ics", "atom", "timelinejs",
)  # fmt: skip
GROUPS = ("month", "quarter", "actor", "measure", "kind")
EXTRAS = ("summary", "sources", "reports")

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
@filtered
def timeline(
    ctx: typer.Context,
    asked: Asked,
    format_: Annotated[str, output_format(FORMATS)] = "",
    output: Output = "",
    by: Annotated[
        str, typer.Option("--by", metavar="GROUP", help=f"Group by {', '.join(GROUPS)}.")
    ] = "month",
    compact: Annotated[bool, typer.Option("--compact", help="One line an event.")] = False,
    lanes: Annotated[
        bool, typer.Option("--lanes", help="Washington and Beijing in lanes.")
    ] = False,
    with_: Annotated[
        list[str], typer.Option("--with", metavar="WHAT", help="summary, sources, reports.")
    ] = [],  # noqa: B006
    ascii_: Annotated[bool, typer.Option("--ascii", help="Only ASCII signs.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="A byte-order mark for Excel (csv).")] = False,
) -> None:
    """Show events in date order beside the market-share figures known at the time.

    tracker timeline --since 2025-05 --until 2025-07

    tracker timeline --actor nvidia --direction ease --as-of 2025-08-01

    tracker timeline --format md -o memo.md
    """
    from tracker.jobs import ask

    house: Any = ctx.obj
    db = house.reader()
    checked(by, GROUPS, "--by")
    for word in with_:
        checked(word, EXTRAS, "--with")
    kind = chosen(house, format_, output)
    linked = kind not in ("rich", "plain")
    page = ask.timeline(house, db, ask.question(db, asked), linked=linked)
    if "reports" in with_:
        from tracker.jobs.reported import with_reports

        page = with_reports(db, page)
    put(house, page, kind, output, by=by, compact=compact, extra=tuple(with_), lanes=lanes,
        ascii_=ascii_, bom=bom)  # fmt: skip
