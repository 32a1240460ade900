"""``tracker man``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from tracker import __version__
from tracker.cli.output import checked, write_file
from tracker.view.man import Option, Told, contents, page

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

EVERYWHERE: Final = (
    Option(("--db",), "PATH", "The database."),
    Option(("--config",), "PATH", "The file of feeds and settings."),
    Option(("--color",), "auto|always|never", "Colour."),
    Option(("-q", "--quiet"), "", "Errors only."),
    Option(("-v", "--verbose"), "", "More, and where an unexpected error happened."),
    Option(("--version",), "", "The version."),
    Option(("-h", "--help"), "", "Help; also behind each command."),
)


@app.command()
def man(
    ctx: typer.Context,
    command: Annotated[str, typer.Argument(metavar="[COMMAND]", help="One page only.")] = "",
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR", help="Write all pages here.")
    ] = "",
) -> None:
    """Manual pages, made from the commands themselves.

    tracker man timeline | man -l -

    tracker man -o ~/.local/share/man/man1
    """
    from tracker.cli import COMMANDS

    house: Any = ctx.obj
    if output:
        made = dict(pages())
        for name, text in made.items():
            _written(Path(output) / name, text)
        house.say(f"{output}: {len(made)} pages written")
    elif command:
        checked(command, tuple(COMMANDS), "tracker man")
        house.write(page(told(command), __version__))
    else:
        house.write(_contents())


def pages() -> Iterator[tuple[str, str]]:
    """Every page with its file name: ``tracker.1``, ``tracker-timeline.1`` ..."""
    from tracker.cli import COMMANDS

    yield "tracker.1", _contents()
    for name in COMMANDS:
        yield f"tracker-{name}.1", page(told(name), __version__)


def _contents() -> str:
    from tracker.cli import COMMANDS

    return contents([(name, line) for name, (_, line) in COMMANDS.items()], EVERYWHERE, __version__)


def told(name: str) -> Told:
    """What the command ``name`` says of itself."""
    from tracker.cli import command_of

    return _told(command_of(name), name)


def _told(command: Any, name: str) -> Told:
    parts = getattr(command, "commands", None) or {}
    return Told(
        name, command.help or "", _usage(command, bool(parts)),
        tuple(_option(one) for one in command.params if one.opts and not _is_help(one)),
        tuple(_told(one, f"{name} {part}") for part, one in parts.items()),
    )  # fmt: skip


def _usage(command: Any, grouped: bool) -> str:
    words = [_named(one) for one in command.params if one.param_type_name == "argument"]
    options = any(one.param_type_name == "option" and not _is_help(one) for one in command.params)
    return " ".join([*(["[OPTIONS]"] if options else []), *words, *(["COMMAND ..."] if grouped
                                                                     else [])])  # fmt: skip


def _is_help(param: Any) -> bool:
    return "--help" in param.opts


def _named(param: Any) -> str:
    return str(param.metavar or param.name.rstrip("_").upper())


def _option(param: Any) -> Option:
    if param.param_type_name == "argument":
        return Option((_named(param),), "", str(param.help or ""))
    names = tuple(sorted(param.opts, key=len))
    value = "" if param.is_flag else str(param.metavar or param.type.name.upper())
    more = "" if param.default in (None, "", (), [], False) or callable(param.default) else (
        f" Default: {param.default}.")  # fmt: skip
    return Option(names, value, f"{param.help or ''}{more}".strip())


def _written(path: Path, text: str) -> None:
    from tracker.errors import UsageProblem

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageProblem(
            f"{path.parent} cannot be written: {error.strerror}.", hint="name another folder"
        ) from error
    write_file(path, text.encode())
