"""``tracker review``."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

import typer

from tracker.cli.output import checked, prose
from tracker.errors import Busy, UsageProblem

_QUIT: Final = ("q", "Q", "\x03", "\x04", "\x1b")
_STAYS: Final = ("again", "asked again")
_ARROWS: Final = re.compile(r"\x1b[\[O][0-9;]*[A-Za-z~]")

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def review(
    ctx: typer.Context,
    sort: Annotated[
        list[str] | None, typer.Option("--sort", help="join, undated, score or actor; repeatable.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most N (0: all).")] = 50,
    format_: Annotated[str, typer.Option("--format", help="plain or json.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who decides.")] = "",
) -> None:
    """Show what waits for a person; on a terminal one key answers each.

    tracker review --sort join --limit 10
    """
    from tracker.core.doubts import SORTS
    from tracker.jobs import review as job
    from tracker.view import review as view

    house: Any = ctx.obj
    sorts = [checked(word, SORTS, "--sort") for word in sort or SORTS]
    doubts = job.waiting(house, sorts, limit)
    if format_:
        shown = (
            view.queue_json
            if checked(format_, ("plain", "json"), "--format") == "json"
            else view.queue
        )
        house.write(shown(doubts))
    elif house.stdout.isatty() and doubts:
        _ask(house, doubts, by)
    else:
        house.write(view.queue(doubts))
    if not doubts:
        asked = f" about: {', '.join(sorts)}" if sort else ""
        house.say(f"nothing waits for a decision{asked}")


def _ask(house: Any, doubts: list[Any], by: str) -> None:
    """One key each, until the queue or the person ends; what is undone is asked once more."""
    answered: list[int] = []
    at = 0
    while at < len(doubts):
        answer = _asked(house, doubts, at, by)
        if answer == "quit":
            return
        if answer == "undone":
            at = answered.pop() if answered else at
            continue
        if answer == "written":
            answered.append(at)
        at += 1


def _asked(house: Any, doubts: list[Any], at: int, by: str) -> str:
    """Show one doubt until a key is typed that moves on from it."""
    from tracker.view import review as view

    doubt = doubts[at]
    card = view.card(doubt, at + 1, len(doubts), house.console.width)
    house.console.print(card)
    while (answer := _heard(house, doubt, _key(doubt, typer.getchar()), by)) in _STAYS:
        if answer == "asked again":
            house.console.print(card)
    return answer


def _heard(house: Any, doubt: Any, key: str, by: str) -> str:
    """The answer; one that cannot be taken (no day, a poll runs) is told, and asked again."""
    try:
        return _answer(house, doubt, key, by)
    except (UsageProblem, Busy) as error:
        house.say(str(error))
        return "asked again"


def _key(doubt: Any, typed: str) -> str:
    """The first key that says something, of what a terminal handed over at once.

    What was typed ahead never answers a doubt that nobody has seen yet.
    """
    from tracker.core.doubts import ANSWERS

    keys = _ARROWS.sub("", typed) if typed else "\x04"
    known = (*ANSWERS[doubt.sort], *"nu", *_QUIT)
    return next((key for key in keys if key in known), "")


def _answer(house: Any, doubt: Any, key: str, by: str) -> str:
    """Do what a key says: ``again`` waits for another one, ``next`` and ``written`` go on.

    ``asked again``: something was typed meanwhile, so the doubt is shown once more; ``undone``: the
    last decision was taken back; ``quit`` ends.
    """
    from tracker.core.doubts import ANSWERS
    from tracker.jobs import decide
    from tracker.jobs import review as job
    from tracker.view import review as view

    why, who = f"review: {doubt.sort}", decide.author(by, house.environ, house.login)
    if key in _QUIT:
        return "quit"
    if key == "n":
        return "next"
    if key == "u":
        prose(house, view.decided(decide.undo(house, why=why, by=who)))
        return "undone"
    verb = ANSWERS[doubt.sort].get(key)
    if verb is None:
        return "again"
    day = typer.prompt("Day", default="", show_default=False) if verb == "redate" else ""
    if verb == "redate" and not day:
        return "asked again"
    prose(house, view.decided(job.answer(house, doubt, key, why=why, by=who, day=day)))
    return "written"
