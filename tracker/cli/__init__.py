"""The front door: a lazy table of commands, global options, and the one boundary for errors.

A command's module is imported only when that command runs, so that ``--help`` and a quick question
never load what a poll needs.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, Final, cast

import typer
from typer.core import TyperGroup

from tracker import __version__
from tracker.cli.meant import instead
from tracker.cli.options import Options, hoist
from tracker.cli.streams import UNWRITABLE, answer_in_words, give_up, occupy, read_words
from tracker.errors import TrackerError, UsageProblem, did_you_mean

# name -> (module below tracker.cli, one line for --help); the order is the order of the help page.
COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "timeline": ("timeline", "Events in date order beside the market-share figures of the day."),
    "event": ("event", "One event whole: dates, sources, reports, dissent, figures, why."),
    "share": ("share", "Market-share series as tables and charts, every vintage kept."),
    "status": ("status", "What is in force on a day, per capital and strand."),
    "ahead": ("ahead", "Coming dates, and those just passed with unknown outcome."),
    "search": ("search", "Search entries and events, any script, any alias."),
    "entries": ("entries", "The stored items themselves, with their revisions."),
    "poll": ("poll", "Ask the feeds that are due, store, derive, report."),
    "feeds": ("feeds", "List, add, remove, test, import, export feeds; their health."),
    "add": ("add", "Read one article as an entry; set its statements beside the record."),
    "claims": ("claims", "Figures found in articles, beside what the houses published."),
    "scan": ("scan", "JSON Lines of items in, judgements out; stores nothing."),
    "diff": ("diff", "What two days of knowledge differ in."),
    "digest": ("digest", "What is new or changed, for a memo or a mail."),
    "brief": ("brief", "One week's events as a brief."),
    "cite": ("cite", "Footnotes: text, Markdown, BibTeX, CSL-JSON."),
    "report": ("report", "One self-contained web page of the timeline."),
    "publish": ("publish", "The static set: report, feeds, calendar, data."),
    "browse": ("browse", "Walk through the timeline with the keyboard."),
    "review": ("review", "The queue of doubtful joins and events."),
    "decide": ("decide", "Write down: same, different, confirm, hide, redate, retitle."),
    "recode": ("recode", "Try other rules on the stored archive, writing nothing."),
    "promote": ("promote", "A reviewed news event as a record file."),
    "lexicon": ("lexicon", "What the lexicon finds in a text, and why; lint."),
    "record": ("record", "Check the curated record, or export it as data."),
    "backfill": ("backfill", "Read archives of items, in order of time, resumably."),
    "db": ("db", "Look after the database: info, check, rebuild, backup, restore."),
    "completion": ("completion", "TAB for bash, zsh and fish: commands, options, values."),
    "man": ("man", "Manual pages, made from the commands themselves."),
    "cron": ("cron", "A crontab line and a systemd timer for this installation."),
}

_MISTYPED: Final = cast(type[Exception], typer.BadParameter.__mro__[1])
"""The base of the framework's complaints about a command line; it has no public name."""

_SIGNALS: Final = {signal.SIGINT: 130, signal.SIGTERM: 143}


class _Lazy(TyperGroup):
    """A group that knows its commands by name and imports a module only to run it."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the framework's signature
        """The names of all commands of this release, in the order of the help."""
        return [name for name, (module, _) in COMMANDS.items() if _exists(module)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - as above
        """The command of a name, imported now; None of an unknown one."""
        if cmd_name not in COMMANDS or not _exists(COMMANDS[cmd_name][0]):
            return None
        line = COMMANDS[cmd_name][1]
        if _only_listing(cmd_name):
            return typer.core.TyperCommand(cmd_name, help=line, short_help=line)
        return command_of(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that a line names.

        Raises:
            UsageProblem: no command is called so; the nearest is suggested.
        """
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            near = did_you_mean(args[0], self.list_commands(ctx))
            hint = instead(args) or near or "tracker --help"
            raise UsageProblem(f"No command is called {args[0]!r}.", hint=hint)
        return super().resolve_command(ctx, args)


def _exists(module: str) -> bool:
    from pathlib import Path

    return (Path(__file__).parent / f"{module}.py").exists()


def command_of(name: str) -> Any:
    """A command of ``COMMANDS``, with its parameters; its module is imported now."""
    import importlib

    module = importlib.import_module(f"tracker.cli.{COMMANDS[name][0]}")
    command: Any = typer.main.get_command(module.app)
    command.name = name
    # Completion is the program's own; each command's app would offer the framework's.
    command.params = [p for p in command.params if not str(p.name).endswith("_completion")]
    for part in (command, *getattr(command, "commands", {}).values()):
        _metavars(part)
    return command


_VALUES: Final = {
    "by": "NAME", "why": "TEXT", "grep": "TEXT", "feed": "ID", "output": "FILE", "log": "FILE",
    "max_time": "SECONDS", "every": "MINUTES", "cluster": "ADDRESS", "url": "URL",
}  # fmt: skip


def _metavars(command: Any) -> None:
    """What an option takes, as a word of ours where the framework would name a type."""
    for option in command.params:
        if option.param_type_name == "option" and not (option.metavar or option.is_flag):
            number = option.type.name.startswith(("int", "float"))
            word = option.opts[-1].lstrip("-").replace("-", "_")
            option.metavar = _VALUES.get(word, "N" if number else word.upper())


_asked: list[str] = []


def _only_listing(name: str) -> bool:
    """Whether the help page alone wants this command: then its one line will do."""
    return name not in _asked


app = typer.Typer(
    cls=_Lazy,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="An export-control event timeline for the terminal.\n\n"
    "\b\n"
    "tracker                              what is new, due, failing, lapsed\n"
    "tracker timeline --since 2025-05     what happened, exactly when, who says so\n"
    "tracker event h20-mi308              one event whole, with its figures\n"
    "tracker search 穿透规则              any script, any alias, phrases, fields\n"
    "tracker status H20                   what is in force, and checked to which day\n\n"
    "Anywhere on the line: --db PATH, --config PATH, -q/--quiet, -v/--verbose,"
    " --color auto|always|never, --version.",
    epilog="tracker COMMAND --help has examples; tracker man makes manual pages.",
)


@app.callback()
def morning(ctx: typer.Context) -> None:
    """Without a command: the morning view."""
    if ctx.invoked_subcommand is None:
        from tracker.cli.morning import show

        show(ctx.obj)


def run(argv: Sequence[str]) -> int:
    """Run one command line and return the exit code of ``docs/errors.md``.

    Every error meant for a person becomes its message on stderr; a closed pipe is no error; a
    signal ends with 130 or 143 and no traceback.
    """
    occupy()
    if os.environ.get("_TRACKER_COMPLETE"):
        return _offered(os.environ["_TRACKER_COMPLETE"])
    try:
        options, rest = hoist(argv)
    except UsageProblem as error:
        return _say(error)
    if options.version:
        return _version(options)
    rest = read_words(rest)
    _asked[:] = [word for word in rest if not word.startswith("-")]
    for stream in (sys.stdout, sys.stderr):
        answer_in_words(stream)
    for number, code in _SIGNALS.items():
        signal.signal(number, _leave(code))
    return _guarded(options, rest)


def _version(options: Options) -> int:
    """Print the version; nothing else is loaded for it."""
    try:
        sys.stdout.write(f"tracker {__version__}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        give_up(sys.stdout)
    except OSError as error:
        return _unexpected(error, options)
    return 0


def _offered(shell: str) -> int:
    """Answer a shell's question after TAB; whatever goes wrong is no offer."""
    from pathlib import Path

    from tracker.cli.completing import answer

    try:
        line = os.environ.get("_TRACKER_LINE", "")
        sys.stdout.write(answer(line, shell, os.environ, Path.cwd()))
        sys.stdout.flush()
    except Exception:  # noqa: BLE001 - a line half typed is no place for messages
        return 1
    return 0


def _leave(code: int) -> Any:
    def handler(number: int, frame: Any) -> None:  # noqa: ARG001 - the signal module's signature
        raise SystemExit(code)

    return handler


def _guarded(options: Options, rest: list[str]) -> int:
    from tracker.wiring import House

    try:
        house = House.build(options)
    except TrackerError as error:
        return _say(error)
    try:
        code = _called(rest, house)
        house.stdout.flush()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except TrackerError as error:
        return _say(error)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last boundary: named, never a traceback
        if problem := _of_the_words(error):
            return _say(problem)
        return _unexpected(error, options)
    finally:
        house.close()
    return code


def _called(rest: list[str], house: Any) -> int:
    """One command and its exit code, its printing done.

    Raises:
        UsageProblem: what the framework does not understand, said as everything else is.
    """
    try:
        code = app(args=rest, obj=house, prog_name="tracker", standalone_mode=False)
    except SystemExit:
        house.stdout.flush()
        raise
    except typer.Abort:
        raise UsageProblem("Nothing was done.") from None
    except _MISTYPED as error:
        if error.__class__.__name__ == "NoArgsIsHelpError":  # its message is the help page
            house.stderr.write(f"{error}\n")
            return 2
        raise _mistyped(error, rest) from None
    return code if isinstance(code, int) else 0


def _mistyped(error: Exception, rest: Sequence[str]) -> UsageProblem:
    """The framework's complaint in our form; ``rest`` is the command line."""
    said = getattr(error, "format_message", error.__str__)().strip().removesuffix(".")
    said = said.replace(". Did you mean '", "; did you mean ").replace("'?", "?")  # of a command
    words, _, near = said.partition("; did you mean ")
    first = f"tracker {rest[0]}" if rest and rest[0] in COMMANDS else "tracker"
    path = getattr(getattr(error, "ctx", None), "command_path", first)
    hint = instead(rest) or (f"did you mean {near}" if near else f"{path} --help")
    return UsageProblem(f"{words}.", hint=hint)


def _say(error: TrackerError) -> int:
    from tracker.core.clean import clean_text

    text = clean_text(str(error))
    if text:
        from tracker.wiring import at_edge

        sys.stderr.write(at_edge(f"tracker: {text}", sys.stderr, os.environ) + "\n")
    return error.exit_code


def _of_the_words(error: Exception) -> UsageProblem | None:
    """What no file system, text or database can hold, wherever in the command line it stood."""
    if isinstance(error, OSError) and error.errno in (errno.ENAMETOOLONG, errno.ELOOP):
        name = str(error.filename)
        shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}..."
        return UsageProblem(f"{shown} cannot be used: {error.strerror}.", hint="check the path")
    if isinstance(error, UnicodeEncodeError) and error.reason == "surrogates not allowed":
        return UsageProblem("A word of the command line is not UTF-8.", hint="type it again")
    if isinstance(error, OverflowError) and "SQLite" in str(error):
        return UsageProblem("A number of the command line is too large.", hint="a smaller one")
    return None


_SHOWN: Final = 60
"""Letters of a name that is too long to be one."""


def _unexpected(error: Exception, options: Options) -> int:
    """Turn what nobody foresaw into one line; ``-v`` shows where it happened."""
    import sqlite3

    if isinstance(error, sqlite3.Error):
        from tracker.store.schema import as_store_error

        return _say(as_store_error(error, options.db or "the database"))
    if isinstance(error, OSError) and error.errno in UNWRITABLE:
        give_up(sys.stdout)
        sys.stderr.write(f"tracker: the output cannot be written: {error.strerror}\n")
        return 1
    if options.verbose:
        import traceback

        sys.stderr.write(traceback.format_exc())
    sys.stderr.write(f"tracker: unexpected {type(error).__name__}: {error}\n")
    sys.stderr.write("Try: the same command with -v, which shows where it happened\n")
    return 1
