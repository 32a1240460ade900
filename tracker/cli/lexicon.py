"""``tracker lexicon test TEXT``: what the lexicon and the rules find in a text, and why."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
)  # fmt: skip


@app.callback()
def lexicon() -> None:
    """What the lexicon finds in a text, and why.

    tracker lexicon test 美国批准英伟达对华销售H20
    """


@app.command()
def test(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A headline, in any script.")],
) -> None:
    """Names and words found, with file and line, and the rules.

    tracker lexicon test 美国批准英伟达对华销售H20
    """
    from rich.console import Console
    from rich.text import Text

    from tracker.core.acts import fired, zones
    from tracker.core.clean import clean_line
    from tracker.core.text import fold

    words = ctx.obj.lexicon
    parts = zones(fold(text), fold(""), words)
    console = Console(highlight=False, soft_wrap=True)
    for hit in parts[0].hits:
        tags = " ".join(hit.entry.tags)
        line = f"{hit.words!r:<24} {hit.entry.kind:<6} {hit.entry.id}  [{tags}]  {hit.entry.where}"
        console.print(Text(clean_line(line)))
    for one in fired(parts, words):
        kind = f"{one.act.kind}, {one.act.direction}" if one.act.kind else "against"
        line = f"rule {one.act.id} {one.weight:+.1f} ({kind})  {one.words}  {one.act.where}"
        console.print(Text(clean_line(line)))
    if not parts[0].hits:
        console.print(Text("nothing found"))
