"""Manual pages in roff, made from what the commands say of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

_STATUS: Final = (
    ("0", "done, also when some feeds failed (they are recorded)"),
    ("1", "unexpected"),
    ("2", "usage or configuration"),
    ("3", "the record is wrong"),
    ("4", "the database is unusable"),
    ("10", "nothing new, where --exit-code asked for it"),
    ("69", "every feed polled failed"),
    ("75", "another poll holds the lock"),
    ("130", "interrupted"),
    ("143", "terminated"),
)
_ENVIRONMENT: Final = (
    ("TRACKER_DB", "the database, as --db"),
    ("TRACKER_CONFIG", "feeds.toml, as --config"),
    ("NO_COLOR", "no colour"),
    ("PAGER", "shows what is longer than the screen"),
    ("TRACKER_NO_PAGER", "no pager"),
)
_FILES: Final = (
    ("feeds.toml, db/", "in the working directory: a project of its own"),
    ("~/.config/tracker/feeds.toml", "feeds and settings"),
    ("~/.local/share/tracker/tracker.db", "the database"),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One option or argument: ``--since YYYY`` and what it means."""

    names: tuple[str, ...]
    value: str
    help: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a command says of itself; ``parts`` are its own commands."""

    name: str
    help: str
    usage: str
    options: tuple[Option, ...] = ()
    parts: tuple[Told, ...] = field(default=())


def page(told: Told, version: str) -> str:
    """One command's page."""
    title = f"tracker-{told.name}".upper()
    return _joined(
        f'.TH "{_plain(title)}" "1" "" "tracker {version}" "Tracker"',
        ".SH NAME", f"tracker\\-{_plain(told.name)} \\- {_plain(_first(told.help).rstrip('.:'))}",
        ".SH SYNOPSIS", *_synopsis(told),
        ".SH DESCRIPTION", *_description(told.help),
        *_examples(told.help), *_options(told.options), *_parts(told),
        *_table("EXIT STATUS", _STATUS),
        ".SH SEE ALSO", ".BR tracker (1)",
    )  # fmt: skip


def contents(commands: Sequence[tuple[str, str]], options: Sequence[Option], version: str) -> str:
    """``tracker(1)``: every command in a line, options for all, exit codes, files."""
    return _joined(
        f'.TH "TRACKER" "1" "" "tracker {version}" "Tracker"',
        ".SH NAME", "tracker \\- an export\\-control event timeline for the terminal",
        ".SH SYNOPSIS", ".B tracker", "[\\fIOPTIONS\\fR] [\\fICOMMAND\\fR] ...",
        ".SH DESCRIPTION",
        _plain("What happened, exactly when, and who says so: a curated, sourced record of chip"
               " export controls, kept current from RSS, Atom and JSON feeds, beside the"
               " market-share figures known on each day. Alone it shows the last 90 days, what"
               " came due and what fails."),
        *_table("COMMANDS", [(f"tracker-{name}(1)", line) for name, line in commands]),
        *_options(options), *_table("EXIT STATUS", _STATUS),
        *_table("ENVIRONMENT", _ENVIRONMENT), *_table("FILES", _FILES),
    )  # fmt: skip


def _joined(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    r"""Words that roff prints as they are.

    >>> print(_plain("--db 'x'\\y 许"), _plain(".so /etc/passwd"))
    \-\-db \(aqx\(aq\ey \[u8BB8] \&.so /etc/passwd
    """
    signs = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti",
             '"': "\\(dq"}  # fmt: skip
    words = " ".join(text.split())
    shown = "".join(
        signs.get(letter, letter if letter.isascii() else f"\\[u{ord(letter):04X}]")
        for letter in words
    )
    return f"\\&{shown}" if shown[:1] == "." else shown


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def _first(text: str) -> str:
    return next(iter(_paragraphs(text)), "")


def _is_example(paragraph: str) -> bool:
    return paragraph.startswith("tracker ")


def _description(text: str) -> Iterator[str]:
    for n, paragraph in enumerate(one for one in _paragraphs(text) if not _is_example(one)):
        if n:
            yield ".PP"
        yield _plain(paragraph)


def _examples(text: str) -> Iterator[str]:
    found = [one for one in _paragraphs(text) if _is_example(one)]
    if found:
        yield from (".SH EXAMPLES", ".nf", *(_plain(one) for one in found), ".fi")


def _synopsis(told: Told) -> Iterator[str]:
    yield f".B tracker {_plain(told.name)}"
    if told.usage:
        yield _plain(told.usage)


def _options(options: Sequence[Option]) -> Iterator[str]:
    if options:
        yield ".SH OPTIONS"
    for option in options:
        yield ".TP"
        names = ", ".join(f"\\fB{_plain(name)}\\fR" for name in option.names)
        yield f"{names} \\fI{_plain(option.value)}\\fR" if option.value else names
        yield _plain(option.help) or "\\&"


def _parts(told: Told) -> Iterator[str]:
    if told.parts:
        yield ".SH COMMANDS"
    for part in told.parts:
        yield f".SS {_plain(f'tracker {part.name} {part.usage}'.strip())}"
        yield from _description(part.help)
        yield from (line for line in _examples(part.help) if line != ".SH EXAMPLES")
        for line in _options(part.options):
            if line != ".SH OPTIONS":
                yield line


def _table(heading: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f".SH {heading}"
    for name, words in rows:
        yield from (".TP", f"\\fB{_plain(name)}\\fR", _plain(words))
