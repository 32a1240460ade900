"""What the shell offers after TAB: commands, options, and the values that the database holds.

The three shells hand over the line up to the cursor (``_TRACKER_LINE``) and their name
(``_TRACKER_COMPLETE``); ``tracker completion`` prints the few lines that do so. TAB never makes a
database, never writes and never complains.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tracker.cli.options import COLOURS, Options, hoist
from tracker.core.clean import clean_line

Offer = tuple[str, str]
FILES: Final = ":files"
"""Stands for the names of files, which a shell knows best."""

SHELLS: Final = ("bash", "zsh", "fish")
_GLOBAL: Final = {
    "--db": "database file", "--config": "feeds.toml", "--color": "auto, always or never",
    "--quiet": "errors only", "--verbose": "more", "--help": "", "--version": "",
}  # fmt: skip
_FACETS: Final = ("actor", "item", "measure", "term", "jurisdiction", "instrument")
_OPTIONS: Final = {
    **{f"--{facet}": facet for facet in _FACETS}, "--series": "series", "--feed": "feeds",
    "--around": "events", "-o": "files", "--output": "files",
}  # fmt: skip
_ARGUMENTS: Final = {
    "event": "events", "cite": "events", "promote": "events", "share": "series",
    "status": "measures", "search": "fields", "feeds remove": "feeds", "feeds test": "feeds",
    "man": "commands",
    **{f"decide {verb}": "events" for verb in (
        "same", "different", "confirm", "hide", "redate", "retitle", "kind",
        "direction", "jurisdiction", "actor", "date")},
    **dict.fromkeys(("add", "scan", "publish", "backfill", "feeds import", "record check",
                     "record export", "db backup", "db restore"), "files"),
}  # fmt: skip
_SECOND: Final = {
    "decide kind": "kinds", "decide direction": "directions", "decide jurisdiction": "jurisdiction",
    "decide actor": "signed", "decide date": "dates",
}  # fmt: skip
"""What the second argument is, where that is not as the first."""
_THIRD: Final = {"decide date": ""}
"""What the third is, where that is not as the second."""
_CLOSED: Final = re.compile(r"(?:One of |Group by )?((?:[\w-]+, )*[\w-]+(?: or |, )[\w-]+)[.;]")


def answer(line: str, shell: str, environ: Mapping[str, str], cwd: Path) -> str:
    """The offers for the last word of ``line``, a line each, in the shape of ``shell``."""
    words = split(line)[1:] or [""]
    return shaped(offers(words, environ, cwd), words[-1], shell, quoted=_is_open(line))


def split(line: str) -> list[str]:
    """Words as a shell reads them; the last one may be unfinished, or empty.

    >>> split("tracker event 2025"), split("tracker event "), split("tracker --actor 'US Dep")
    (['tracker', 'event', '2025'], ['tracker', 'event', ''], ['tracker', '--actor', 'US Dep'])
    """
    lexer = shlex.shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:  # a quotation mark that is still open
        return [*words, lexer.token]
    if not words or (line[-1:].isspace() and line[-2:-1] != "\\"):
        words.append("")
    return words


def _is_open(line: str) -> bool:
    """Whether a quotation mark is still open at the end of the line."""
    try:
        shlex.split(line)
    except ValueError:
        return not line.endswith("\\")
    return False


def shaped(found: Sequence[Offer], last: str, shell: str, *, quoted: bool = False) -> str:
    r"""Offers as the shell wants them; inside quotation marks bash needs no other signs.

    >>> shaped([("US Department", "an agency")], "US", "bash")
    'US\\ Department\n'
    >>> shaped([("kind:rule", "")], "kind:", "bash"), shaped([("a:b", "c")], "", "zsh")
    ('rule\n', 'a\\:b:c\n')
    """
    if (FILES, "") in found:
        return f"{FILES}\n"
    if shell == "bash":  # it begins a word behind each colon and equals sign
        cut = max(last.rfind(":"), last.rfind("=")) + 1
        if quoted:
            return "".join(f"{word}\n" for word, _ in found)
        return "".join(f"{_escaped(word[cut:])}\n" for word, _ in found)
    mark = "\t" if shell == "fish" else ":"
    lines = []
    for word, meaning in found:
        shown = word if shell == "fish" else word.replace("\\", "\\\\").replace(":", "\\:")
        lines.append(f"{shown}{mark}{clean_line(meaning)[:60]}" if meaning else shown)
    return "".join(f"{text}\n" for text in lines)


def _escaped(word: str) -> str:
    return re.sub(r"([^\w@%+:=,./#-])", r"\\\1", word)


def offers(words: Sequence[str], environ: Mapping[str, str], cwd: Path) -> list[Offer]:
    """What fits the last of ``words`` (without the program's name)."""
    *before, last = words
    found = _global(before, last)
    if found is not None:
        return _starting(found, last)
    options, rest = hoist(before)
    values = _Values(options, environ, cwd)
    command, path, given = _command(rest)
    if command is None or (not path and last.startswith("-")):
        return _starting(_top(last) if not path else [], last)
    if getattr(command, "commands", None) and not given:
        named = [(name, str(one.short_help or one.help or "")) for name, one in
                 command.commands.items()]  # fmt: skip
        return _starting(named, last)
    return _for_command(command, path, given, last, values)


def _global(before: Sequence[str], last: str) -> list[Offer] | None:
    """Values of the options that stand anywhere; None where none of them is asked for."""
    previous = before[-1] if before else ""
    if previous in ("--db", "--config"):
        return [(FILES, "")]
    if previous in ("--color", "--colour"):
        return [(word, "") for word in COLOURS]
    if last.startswith(("--color=", "--colour=")):
        return [(f"{last.partition('=')[0]}={word}", "") for word in COLOURS]
    return None


def _top(last: str) -> list[Offer]:
    from tracker.cli import COMMANDS

    if last.startswith("-"):
        return list(_GLOBAL.items())
    return [(name, line) for name, (_, line) in COMMANDS.items()]


def _command(rest: Sequence[str]) -> tuple[Any, str, list[str]]:
    """The command that the words name, its name, and the words that follow it."""
    from tracker.cli import COMMANDS, command_of

    if not rest or rest[0] not in COMMANDS:
        return None, "", []
    command = command_of(rest[0])
    path, given = rest[0], list(rest[1:])
    inner = getattr(command, "commands", None)
    if inner and given and given[0] in inner:
        command, path = inner[given[0]], f"{path} {given[0]}"
        given = given[1:]
    return command, path, given


def _for_command(
    command: Any, path: str, given: Sequence[str], last: str, values: _Values
) -> list[Offer]:
    named = {name: param for param in command.params for name in param.opts if name[:1] == "-"}
    previous = named.get(given[-1]) if given else None
    if previous is not None and not previous.is_flag:
        return values.of_option(given[-1], previous, last)
    name, equals, start = last.partition("=")
    if equals and name in named:
        return [(f"{name}={word}", told) for word, told in
                values.of_option(name, named[name], start) if word != FILES]  # fmt: skip
    count = _words_given(given, named)
    what = _SECOND.get(path, _ARGUMENTS.get(path, "")) if count else _ARGUMENTS.get(path, "")
    if last.startswith("-") and (what != "signed" or last.startswith("--")):
        long = {max(param.opts, key=len): str(param.help or "") for param in named.values()}
        once = {name for name, param in named.items() if not param.multiple and name in given}
        known = {**long, **{n: t for n, t in _GLOBAL.items() if n != "--version"}}
        return _starting([(n, t) for n, t in known.items() if n not in once], last)
    if path == "completion":
        return _starting([(shell, "") for shell in SHELLS], last)
    return values.of(_THIRD.get(path, what) if count > 1 else what, last)


def _words_given(given: Sequence[str], named: Mapping[str, Any]) -> int:
    """How many of the words are neither options nor their values."""
    valued = {name for name, param in named.items() if not param.is_flag}
    return sum(
        word[:1] != "-" and (n == 0 or given[n - 1] not in valued) for n, word in enumerate(given)
    )


class _Values:
    """The values of this installation: read-only, and none where there is no database yet."""

    def __init__(self, options: Options, environ: Mapping[str, str], cwd: Path) -> None:
        from tracker.layout import paths

        self._paths = paths(options.db, options.config, environ, cwd)

    def of_option(self, name: str, param: Any, start: str) -> list[Offer]:
        """The values of one option of a command."""
        if name in _OPTIONS:
            return self.of(_OPTIONS[name], start)
        if getattr(param.type, "name", "") == "path":
            return [(FILES, "")]
        closed = _CLOSED.match(str(param.help or ""))
        if closed:
            return _starting([(word, "") for word in re.split(r", | or ", closed[1])], start)
        completed = param.shell_complete(None, start) if param.opts else []
        return _starting([(item.value, item.help or "") for item in completed], start)

    def of(self, what: str, start: str) -> list[Offer]:
        """Words of one sort that begin with ``start``."""
        if what == "files":
            return [(FILES, "")]
        if what == "feeds":
            return _starting(self._feeds(), start)
        if what == "commands":
            return _starting(_top(""), start)
        if closed := _closed(what):
            return _starting([(word, "") for word in closed], start)
        if what == "signed":
            sign = start[:1] if start[:1] in ("+", "-") else "+"
            found = self._stored("actor", start.removeprefix(sign))
            return [(f"{sign}{name}", told) for name, told in found]
        if what == "fields":
            return self._field(start)
        return self._stored(what, start) if what else []

    def _field(self, start: str) -> list[Offer]:
        """Of a query: ``actor:``, then its values."""
        from tracker.model import DIRECTIONS, KINDS, STATUSES

        closed: Mapping[str, tuple[str, ...]] = {
            "kind": KINDS,
            "direction": DIRECTIONS,
            "status": STATUSES,
        }
        field, colon, value = start.partition(":")
        if not colon:
            names = (*closed, *_FACETS, "since", "until")
            return _starting([(f"{name}:", "") for name in names], start) if start else []
        words: list[Offer] = [(word, "") for word in closed.get(field, ())]
        words += self._stored(field, value) if field in _FACETS else []
        return [(f"{field}:{word}", told) for word, told in _starting(words, value)
                if " " not in word]  # fmt: skip

    def _stored(self, what: str, start: str) -> list[Offer]:
        if not self._paths.db.is_file():
            return []
        from tracker.store import offers
        from tracker.store.schema import open_reading

        ask: Mapping[str, Callable[[Any, str], list[Offer]]] = {
            "events": offers.events, "series": offers.series, "measures": offers.measures,
        }  # fmt: skip
        db = open_reading(self._paths.db)
        try:
            return ask[what](db, start) if what in ask else offers.names(db, what, start)
        finally:
            db.close()

    def _feeds(self) -> list[Offer]:
        from tracker.config import load
        from tracker.layout import shipped_feeds

        path = self._paths.config if self._paths.config.is_file() else shipped_feeds()
        return [(feed.id, feed.title) for feed in load(path).feeds]


def _closed(what: str) -> tuple[str, ...]:
    """The words of a sort that has few, which never change."""
    from tracker.core.amended import DATE_NAMES
    from tracker.model import DIRECTIONS, KINDS

    return {"kinds": KINDS, "directions": DIRECTIONS, "dates": DATE_NAMES}.get(what, ())


def _starting(found: Sequence[Offer], start: str) -> list[Offer]:
    low = start.casefold()
    return [one for one in found if one[0] == FILES or one[0].casefold().startswith(low)]
