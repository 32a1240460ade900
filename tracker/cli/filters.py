"""FILTERS: the options that narrow an answer, the same for every command that lists events."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.dates import PartialDate
from tracker.errors import UsageProblem, did_you_mean
from tracker.jobs.asked import FACETS, Asked
from tracker.model import DATE_FIELDS, DIRECTIONS, KINDS, STATUSES

if TYPE_CHECKING:  # it loads what no option needs
    from tracker.jobs.house import House

ORIGINS = ("record", "news", "both")
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="As known by that day.")
]


def partial_date(text: str) -> PartialDate:
    """A date as typed, for typer; it would swallow the message of a ValueError."""
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def known_by(house: House, typed: PartialDate | str | None) -> date | None:
    """The day whose knowledge is asked for: the last of a month or a year, today of the present.

    None where none is asked for.

    Raises:
        UsageProblem: it is still to come; nobody can know what will be known then.
    """
    if typed is None:
        return None
    said = partial_date(typed) if isinstance(typed, str) else typed
    today = house.today()
    if said.first > today:
        raise UsageProblem(
            f"{said} is still to come.", hint=f"--as-of {today} or earlier; tracker ahead"
        )
    return min(said.last, today)


def full_day(text: str) -> date:
    """A day as typed; a month or a year means its last day."""
    return partial_date(text).last


def exact_day(text: str) -> date:
    """A day as typed; a month or a year is refused: which of its days is meant was not said."""
    partial = partial_date(text)
    if partial.first != partial.last:
        raise typer.BadParameter(f"{text!r} is no day: write YYYY-MM-DD.")
    return partial.first


def one_of(known: tuple[str, ...]) -> Callable[[str], str]:
    """A parser for a closed list of words, in any case, with suggestions."""

    def parse(text: str) -> str:
        word = text.strip().casefold()
        if word in known or not word:
            return word
        hint = did_you_mean(word, list(known))
        raise typer.BadParameter(
            f"{text!r} is none of {', '.join(known)}" + (f"; {hint}" if hint else "")
        )

    return parse


def _choice(known: tuple[str, ...], name: str, text: str, **more: Any) -> Any:
    metavar = name.removeprefix("--").replace("-", "_").upper()
    return typer.Option(
        name,
        parser=one_of(known),
        metavar=metavar,
        help=text,
        autocompletion=lambda: list(known),
        **more,
    )


def _word(name: str, text: str) -> Any:
    return typer.Option(name, metavar=name.removeprefix("--").upper(), help=text)


_DATE: Any = {"parser": partial_date, "metavar": "YYYY[-MM[-DD]]"}

PARAMETERS: dict[str, tuple[Any, Any]] = {
    "since": (
        Annotated[PartialDate | None, typer.Option(help="First day to show.", **_DATE)],
        None,
    ),
    "until": (Annotated[PartialDate | None, typer.Option(help="Last day to show.", **_DATE)], None),
    "date_field": (
        Annotated[str, _choice(DATE_FIELDS, "--date", "Which day --since and --until mean.")],
        "act",
    ),
    "kind": (Annotated[list[str], _choice(KINDS, "--kind", "Kind of act (repeatable).")], ()),
    "direction": (
        Annotated[list[str], _choice(DIRECTIONS, "--direction", "tighten, ease or neutral.")],
        (),
    ),
    "status": (
        Annotated[
            list[str], _choice(STATUSES, "--status", "confirmed, reported, disputed, proposed.")
        ],
        (),
    ),
    "origin": (Annotated[list[str], _choice(ORIGINS, "--origin", "record, news or both.")], ()),
    "actor": (Annotated[list[str], _word("--actor", "Company, agency or person, any alias.")], ()),
    "item": (Annotated[list[str], _word("--item", "Product or technology, any alias.")], ()),
    "measure": (
        Annotated[list[str], _word("--measure", "A rule, truce, list ... by id or alias.")],
        (),
    ),
    "jurisdiction": (
        Annotated[list[str], _word("--jurisdiction", "Capital or party: US, CN, NL ...")],
        (),
    ),
    "instrument": (
        Annotated[list[str], _word("--instrument", "What the act is: federal-register-rule ...")],
        (),
    ),
    "term": (
        Annotated[list[str], _word("--term", "Term of art: 3A090, FDPR, Entity List ...")],
        (),
    ),
    "series": (
        Annotated[list[str], _word("--series", "Events and figures of a market-share series.")],
        (),
    ),
    "min_witnesses": (
        Annotated[int, typer.Option(min=0, metavar="N", help="At least N independent origins.")],
        0,
    ),
    "official": (
        Annotated[bool, typer.Option("--official", help="Only with an official page or text.")],
        False,
    ),
    "grep": (
        Annotated[
            str, typer.Option(metavar="TEXT", help="Title, summary, note, sources contain TEXT.")
        ],
        "",
    ),
    "as_of": (
        Annotated[
            PartialDate | None,
            typer.Option("--as-of", help="As known by the end of that day.", **_DATE),
        ],
        None,
    ),
    "limit": (
        Annotated[
            int | None, typer.Option(min=1, max=10**9, metavar="N", help="Only the newest N.")
        ],
        None,
    ),
    "reverse": (Annotated[bool, typer.Option("--reverse", help="Newest first.")], False),
}


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the FILTERS; it receives them as one ``asked``."""
    own = inspect.signature(command, eval_str=True).parameters
    more = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=hint, default=default)
        for name, (hint, default) in PARAMETERS.items()
        if name not in own
    ]

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        given = {name: kwargs.pop(name) for name in PARAMETERS if name not in own}
        known = given.pop("as_of")
        house = (kwargs.get("ctx") or args[0]).obj
        command(*args, asked=asked(known_by(house, known), **given), **kwargs)

    kept = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for n, p in own.items() if n != "asked"]
    run.__signature__ = inspect.Signature([*kept, *more])  # type: ignore[attr-defined]  # for typer
    run.__annotations__ = {p.name: p.annotation for p in (*kept, *more)}
    del run.__wrapped__  # typer would look through it
    return run


def asked(as_of: date | None, **given: Any) -> Asked:
    """The words as typed, for ``jobs.ask`` to resolve."""
    return Asked(
        since=given["since"],
        until=given["until"],
        date_field=given["date_field"],
        kinds=tuple(given["kind"]),
        directions=tuple(given["direction"]),
        statuses=tuple(given["status"]),
        origins=tuple(given["origin"]),
        words={facet: tuple(given[facet]) for facet in FACETS if given[facet]},
        series=tuple(given["series"]),
        min_witnesses=given["min_witnesses"],
        official=given["official"],
        grep=given["grep"],
        as_of=as_of,
        limit=given["limit"],
        reverse=given["reverse"],
    )


def output_format(known: tuple[str, ...]) -> Any:
    """``--format`` with its closed list."""
    return _choice(known, "--format", f"One of {', '.join(known)}.")


def readable(path: str) -> bytes:
    """The bytes of a file named on the command line.

    Raises:
        UsageProblem: it is missing, a directory, or not readable.
    """
    from pathlib import Path

    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UsageProblem(
            f"{path} cannot be read: {error.strerror}.", hint="check the path"
        ) from error
