"""``tracker digest``."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.filters import output_format, partial_date
from tracker.cli.output import Output, deliver
from tracker.errors import NothingNew, UsageProblem

if TYPE_CHECKING:
    from tracker.core.timeline import Digest

To = Annotated[str, typer.Option("--to", metavar="ADDRESS", help="Of the mail (eml).")]
From = Annotated[str, typer.Option("--from", metavar="ADDRESS", help="Of the mail (eml).")]

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def digest(
    ctx: typer.Context,
    since: Annotated[str, typer.Option(metavar="DATE", help="What became known since.")] = "",
    until: Annotated[
        str, typer.Option("--until", "--as-of", metavar="DATE", help="Known by this day; today.")
    ] = "",
    since_last: Annotated[
        str | None, typer.Option(metavar="NAME", help="Since NAME last read.")
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="10: nothing new.")] = False,
    format_: Annotated[str, output_format(("md", "text", "eml"))] = "md",
    to: To = "",
    from_: From = "",
    output: Output = "",
) -> None:
    """What is new or changed; nothing new prints nothing.

    tracker digest --since 2026-06-20

    tracker digest --since 2026-06 --until 2026-06

    tracker digest --since-last desk --format eml | sendmail desk@example.org
    """
    from tracker.jobs import digest as job

    if since_last is not None and not since_last.strip():
        raise UsageProblem("--since-last names no reader.", hint="--since-last desk")
    if since_last and (since or until):
        raise UsageProblem(
            f"--{'since' if since else 'until'} and --since-last exclude each other.",
            hint="give one of them",
        )
    house: Any = ctx.obj
    # What NAME was told is written down: where that cannot be done NAME is told nothing.
    db = house.writer() if since_last else house.reader()
    first = partial_date(since).first if since else None
    last = partial_date(until).last if until else None
    read = job.since_last(house, db, since_last) if since_last else None
    found = read.digest if read else job.since(house, db, first, last)
    keeping: AbstractContextManager[None] = nullcontext()
    if read and since_last:
        keeping = job.remembered(db, since_last, read.state, house.now())
    with keeping:
        if not found.silent:
            deliver(house, written(found, format_, from_, to), output, words=format_ != "eml")
            house.stdout.flush()  # what a full disk behind it does not take was not told
    if exit_code and found.silent:
        raise NothingNew("")


def written(found: Digest, format_: str, sender: str, to: str) -> str | bytes:
    """A digest in one of its formats; the brief has the same."""
    from tracker.view import digest as view

    if format_ == "eml":
        from tracker.view.mail import mail

        return mail(found, sender, to)
    return view.markdown(found) if format_ == "md" else view.text(found)
