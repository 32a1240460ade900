"""``tracker search``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import output_format
from tracker.cli.output import deliver, show

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command(context_settings={"ignore_unknown_options": True})
def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="QUERY", help="What to look for.")],
    limit: Annotated[
        int, typer.Option(min=1, max=100_000, metavar="N", help="Only the newest N of each.")
    ] = 100,
    format_: Annotated[str, output_format(("rich", "plain", "json"))] = "",
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write here.")] = "",
) -> None:
    """Search events and entries: any script, any alias, words, phrases, fields.

    tracker search 英伟达 H20

    tracker search 'actor:huawei kind:rule since:2025-05'

    tracker search '"entity list" (SMIC OR 华为) -rumour'
    """
    from tracker.jobs.search import search as job
    from tracker.view import search as view

    house: Any = ctx.obj
    found = job(house.reader(), " ".join(words), limit)
    for hint in found.hints:
        house.say(hint)
    kind = format_ or ("rich" if house.terminal and not output else "plain")
    if kind == "rich":
        show(house, view.render(found))
    else:
        deliver(house, view.as_json(found) if kind == "json" else view.plain(found), output)
    if not (found.events or found.entries or found.hints):
        house.say(f"Nothing found for {' '.join(words)!r}.")
    if found.more:
        house.say(f"only the newest {limit} of each are shown: --limit N shows more")
