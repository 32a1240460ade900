"""``tracker search``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli.filters import one_of, output_format
from tracker.cli.output import deliver, show
from tracker.errors import UsageProblem

ORDERS = ("newest", "best")

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


# A word with a hyphen before it is a word left out (-rumour). The framework gets no short options,
# for "-rumour" would be -o with the value "ur"; "-o" alone, with a file after it, is read here.
@app.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="QUERY", help="What to look for.")],
    limit: Annotated[
        int, typer.Option(min=1, max=100_000, metavar="N", help="Only the newest N of each.")
    ] = 100,
    sort: Annotated[
        str, typer.Option(parser=one_of(ORDERS), metavar="ORDER", help="newest or best first.")
    ] = "newest",
    format_: Annotated[str, output_format(("table", "plain", "json"))] = "",
    output: Annotated[
        str, typer.Option("--output", metavar="FILE", help="Write here, as -o.")
    ] = "",
) -> None:
    """Search events and entries: any script, any alias, words, phrases, fields.

    tracker search 英伟达 H20

    tracker search 'actor:huawei kind:rule since:2025-05'

    tracker search '"entity list" (SMIC OR 华为) -rumour'
    """
    from tracker.jobs.search import search as job
    from tracker.view import search as view

    house: Any = ctx.obj
    if words == ["-h"]:
        house.write(ctx.get_help())
        return
    words, output = _output(words, output)
    found = job(house.reader(), _query(words), limit, best=sort == "best")
    for hint in found.hints:
        house.say(hint)
    as_json = output.casefold().endswith(".json")
    kind = format_ or ("json" if as_json else "table" if house.terminal and not output else "plain")
    if kind == "table" and not output:
        show(house, view.render(found))
    else:
        deliver(house, view.as_json(found) if kind == "json" else view.plain(found), output)
    if not (found.events or found.entries or found.hints):
        house.say(f"Nothing found for {' '.join(words)!r}.")
    if found.near:
        house.say(found.near)
    if found.more:
        house.say(f"only the {sort} {limit} of each are shown: --limit N shows more")


def _output(words: list[str], output: str) -> tuple[list[str], str]:
    """The words without ``-o FILE``, and the file.

    Raises:
        UsageProblem: no file after it, or nothing left to search for.

    >>> _output(["-o", "x.json", "ASML"], "")
    (['ASML'], 'x.json')
    """
    if "-o" not in words:
        return words, output
    at = words.index("-o")
    rest = words[:at] + words[at + 2 :]
    if at + 1 == len(words) or not rest:
        raise UsageProblem("-o needs a file, and a query.", hint="tracker search ASML -o FILE")
    return rest, words[at + 1]


def _query(words: list[str]) -> str:
    """The words as one query.

    Raises:
        UsageProblem: an option of other commands; here it would quietly leave a word out.
    """
    for word in words:
        if word[:2] == "--" and word[2:3].isalpha():
            name = word[2:].partition("=")[0]
            raise UsageProblem(
                f"search has no option --{name}.",
                hint=f"write it into the query: tracker search 'nvidia {name}:...'",
            )
    return " ".join(words)
