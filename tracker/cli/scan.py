"""``tracker scan FILE|-``: judgements about items, nothing stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.core.clean import json_text
from tracker.errors import UsageProblem

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def scan(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="JSON Lines of items, or one array of them.")
    ],
    no_record: Annotated[
        bool, typer.Option("--no-record", help="Join among the items only.")
    ] = False,
) -> None:
    """JSON Lines of items in, JSON Lines of judgements out; stores nothing.

    tracker scan items.jsonl > judged.jsonl
    """
    from tracker.jobs.scan import lines_of
    from tracker.jobs.scan import scan as judge

    house = ctx.obj
    record = () if no_record else house.record.events
    odd: dict[str, list[int]] = {}
    rows = judge(lines_of(_read(file)), house.lexicon, record, oddities=odd, now=house.now())
    found = [json_text(row) for row in rows]
    if found:
        sys.stdout.buffer.write(("\n".join(found) + "\n").encode("utf-8", "replace"))
    for what, lines in odd.items():
        some = f"{len(lines):,} items have" if len(lines) > 1 else "1 item has"
        house.say(f"{some} {what} (first: line {lines[0]})")


def _read(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UsageProblem(
            f"{file} cannot be read: {error.strerror}.", hint="name a file"
        ) from error
