"""``tracker lexicon test TEXT``: what lexicon, rules and fitted roles find in a text, and why."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.output import checked, prose
from tracker.core.clean import json_text

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
)  # fmt: skip


@app.callback()
def lexicon() -> None:
    """What the lexicon finds in a text, and why; whether all of it can be found.

    tracker lexicon test 美国批准英伟达对华销售H20

    tracker lexicon lint
    """


@app.command("test")
def try_text(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A headline, in any script.")],
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Names and rules found, with file and line; what fitted roles add.

    tracker lexicon test 美国批准英伟达对华销售H20

    tracker lexicon test "US clears H20 sales to China" --format json
    """
    from tracker.core.balance import balance
    from tracker.view import lexicon as view

    house: Any = ctx.obj
    checked(format_, ("text", "json"), "--format")
    found = balance(text, house.lexicon)
    if format_ == "json":
        house.write(json_text(view.as_json(text, found), indent=2))
        return
    prose(house, view.plain(found))


@app.command("lint")
def lint(ctx: typer.Context) -> None:
    """Names lost or of two actors (3 where any); idle words of your own.

    tracker lexicon lint
    """
    from tracker.core.unfound import findings
    from tracker.errors import RecordError
    from tracker.view import lexicon as view

    house: Any = ctx.obj
    found = list(findings(house.lexicon))
    prose(house, view.linted(found, house.lexicon))
    if wrong := sum(one.wrong for one in found):
        count = "1 mistake" if wrong == 1 else f"{wrong} mistakes"
        raise RecordError(f"{count} in the lexicon.", hint="mend the lines above")
