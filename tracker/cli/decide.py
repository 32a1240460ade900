"""``tracker decide``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from tracker.cli.output import checked, prose

app = typer.Typer(
    rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True,
    help="Write down what you decide about events; every line can be taken back.\n\n"
    "tracker decide same h20-case 4f1c2a9b --why 'one wire'\n\ntracker decide undo",
)  # fmt: skip

Why = Annotated[str, typer.Option("--why", help="The reason, kept with the line.")]
By = Annotated[
    str, typer.Option("--by", help="Who decides (default: TRACKER_BY, USER or the login name).")
]
Things = Annotated[list[str], typer.Argument(metavar="EVENT...", help="Event or item ids.")]
Thing = Annotated[str, typer.Argument(metavar="EVENT", help="An event or item id.")]


def _do(ctx: typer.Context, by: str, job: Callable[[Any, Any, str], Any]) -> None:
    """Write down what ``job`` decides; it is given ``tracker.jobs.decide``, the house, and who."""
    from tracker.jobs import decide
    from tracker.view import review as view

    house: Any = ctx.obj
    done = job(decide, house, decide.author(by, house.environ, house.login))
    prose(house, view.decided(done))


@app.command()
def same(ctx: typer.Context, events: Things, why: Why = "", by: By = "") -> None:
    """Two or more events or items tell of one act.

    tracker decide same h20-case 4f1c2a9b --why 'one wire'
    """
    _do(ctx, by, lambda jobs, house, who: jobs.same(house, events, why=why, by=who))


@app.command()
def different(ctx: typer.Context, events: Things, why: Why = "", by: By = "") -> None:
    """Two tell of two acts; EVENT ITEM takes the item out.

    tracker decide different h20-case 4f1c2a9b
    """
    _do(ctx, by, lambda jobs, house, who: jobs.different(house, events, why=why, by=who))


@app.command()
def confirm(ctx: typer.Context, events: Things, why: Why = "", by: By = "") -> None:
    """The act happened as told.

    tracker decide confirm h20-case
    """
    _do(ctx, by, lambda jobs, house, who: jobs.mark(house, "confirm", events, why=why, by=who))


@app.command()
def hide(ctx: typer.Context, events: Things, why: Why = "", by: By = "") -> None:
    """No event of ours: leave it out everywhere.

    tracker decide hide h20-case --why 'a review of the card'
    """
    _do(ctx, by, lambda jobs, house, who: jobs.mark(house, "hide", events, why=why, by=who))


@app.command()
def redate(
    ctx: typer.Context,
    event: Thing,
    day: Annotated[
        str, typer.Argument(metavar="DATE", help="YYYY, YYYY-MM, YYYY-MM-DD or DAY..DAY.")
    ],
    why: Why = "",
    by: By = "",
) -> None:
    """The act happened on another day.

    tracker decide redate h20-case 2025-07-14
    """
    _do(ctx, by, lambda jobs, house, who: jobs.redate(house, event, day, why=why, by=who))


@app.command()
def retitle(
    ctx: typer.Context,
    event: Thing,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="In your words.")],
    why: Why = "",
    by: By = "",
) -> None:
    """Give an event another title.

    tracker decide retitle h20-case 'US grants the first H20 licence'
    """
    _do(ctx, by, lambda jobs, house, who: jobs.retitle(house, event, title, why=why, by=who))


@app.command()
def kind(
    ctx: typer.Context,
    event: Thing,
    kind_: Annotated[str, typer.Argument(metavar="KIND", help="rule, licence, listing ...")],
    why: Why = "",
    by: By = "",
) -> None:
    """The act is of another kind.

    tracker decide kind h20-case licence
    """
    _do(ctx, by, lambda jobs, house, who: jobs.rekind(house, event, kind_, why=why, by=who))


@app.command()
def direction(
    ctx: typer.Context,
    event: Thing,
    way: Annotated[str, typer.Argument(metavar="DIRECTION", help="tighten, ease or neutral.")],
    why: Why = "",
    by: By = "",
) -> None:
    """The act tightens, eases, or does neither.

    tracker decide direction h20-case tighten --why 'the rule is back in force'
    """
    _do(ctx, by, lambda jobs, house, who: jobs.redirect(house, event, way, why=why, by=who))


@app.command()
def jurisdiction(
    ctx: typer.Context,
    event: Thing,
    capitals: Annotated[
        list[str], typer.Argument(metavar="CODE...", help="Who acts first: NL, or US CN.")
    ],
    why: Why = "",
    by: By = "",
) -> None:
    """The act is that of another capital.

    tracker decide jurisdiction h20-case NL
    """
    _do(ctx, by, lambda jobs, house, who: jobs.rejurisdict(house, event, capitals, why=why, by=who))


class _Signed(typer.core.TyperCommand):
    """A command whose words may begin with a sign: ``-Micron`` is a word, ``--why`` an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Set the words behind the options, where nothing takes them for letters of options."""
        options, words, rest = [], [], list(args)
        while rest:
            word = rest.pop(0)
            if word == "--":
                words += rest
                break
            if word[:2] != "--" and word != "-h":
                words.append(word)
                continue
            options.append(word)
            if rest and word in ("--why", "--by"):
                options.append(rest.pop(0))
        return super().parse_args(ctx, [*options, *(["--", *words] if words else [])])


@app.command(cls=_Signed)
def actor(
    ctx: typer.Context,
    event: Thing,
    names: Annotated[
        list[str], typer.Argument(metavar="+NAME|-NAME...", help="Who belongs, who does not.")
    ],
    why: Why = "",
    by: By = "",
) -> None:
    """Put actors in an event, take others out.

    tracker decide actor h20-case '+Hanwha Ocean' '-Defence firms'
    """
    from tracker.jobs import amend

    _do(ctx, by, lambda _, house, who: amend.actors(house, event, names, why=why, by=who))


@app.command()
def date(
    ctx: typer.Context,
    event: Thing,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="effective, expires, suspended_until ...")
    ],
    day: Annotated[str, typer.Argument(metavar="DAY", help="YYYY-MM-DD, or none.")],
    why: Why = "",
    by: By = "",
) -> None:
    """Another day of the act: of its effect, end or suspension.

    tracker decide date h20-case effective 2026-12-14
    """
    from tracker.jobs import amend

    _do(ctx, by, lambda _, house, who: amend.date(house, event, name, day, why=why, by=who))


@app.command("accept-claim")
def accept_claim(
    ctx: typer.Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Its name, as in tracker claims.")],
    series: Annotated[str, typer.Option(metavar="ID", help="Where it stands.")] = "",
    variant: Annotated[str, typer.Option(help="Which quantity of the series.")] = "",
    period: Annotated[str, typer.Option(metavar="2025|2025-H1|A..B", help="What it is of.")] = "",
    whose: Annotated[str, typer.Option("--house", metavar="NAME", help="Whose figure.")] = "",
    nature: Annotated[
        str, typer.Option("--as", help="claim, estimate, actual, forecast or target.")
    ] = "claim",
    why: Why = "",
    by: By = "",
) -> None:
    """A figure of a text counts as an observation, marked.

    tracker decide accept-claim CLAIM --series cn-accel-domestic-units-share --period 2025
    """
    from tracker.jobs import accept

    def job(_jobs: Any, house: Any, who: str) -> Any:
        return accept.accept(
            house, claim, series=series, variant=variant, period=period, whose=whose,
            nature=nature, why=why, by=who,
        )  # fmt: skip

    _do(ctx, by, job)


@app.command()
def undo(
    ctx: typer.Context,
    key: Annotated[
        str,
        typer.Argument(
            metavar="[KEY]",
            help="A line of decide log (default: the last); one that took back is undone too.",
        ),
    ] = "",
    why: Why = "",
    by: By = "",
) -> None:
    """Take back what the last decide command wrote, or one line.

    tracker decide undo
    """
    _do(ctx, by, lambda jobs, house, who: jobs.undo(house, why=why, by=who, key=key))


@app.command()
def log(
    ctx: typer.Context,
    format_: Annotated[str, typer.Option("--format", help="plain or json.")] = "plain",
) -> None:
    """Every line, oldest first; those taken back are marked.

    tracker decide log
    """
    from tracker.jobs import decide
    from tracker.view import review as view

    house: Any = ctx.obj
    checked(format_, ("plain", "json"), "--format")
    found = decide.log(house)
    if format_ == "json":
        house.write(view.log_json(found.lines, found.withdrawn))
    else:
        prose(house, view.log(found.lines, found.withdrawn))
    for note in view.log_notes(found.contradictions, found.missing, found.adrift):
        house.say(note)
