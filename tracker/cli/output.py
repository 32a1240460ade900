"""Where an answer goes: the terminal, a pipe, the pager, or a file written in one move."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from tracker.errors import UsageProblem, did_you_mean
from tracker.placed import placed

STDOUT: Final = "-"
Output = Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write here.")]
BY_SUFFIX: Final = {
    ".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".md": "md", ".html": "html",
    ".ics": "ics", ".atom": "atom", ".xml": "atom", ".txt": "plain",
}  # fmt: skip


def chosen(
    house: Any, format_: str, output: str, *, known: Mapping[str, str] = BY_SUFFIX,
    screen: str = "rich",
) -> str:  # fmt: skip
    """The format asked for, that of the file's suffix, or the one that fits where it goes.

    ``known`` are the suffixes that belong to a format; ``screen`` is what fits a terminal.

    Raises:
        UsageProblem: a suffix that belongs to no format, and none was named.
    """
    suffix = "" if output == STDOUT else Path(output).suffix.casefold()
    if suffix and not format_ and suffix not in known:
        raise UsageProblem(
            f"No format ends with {suffix}.", hint=f"--format NAME, or {' '.join(known)}"
        )
    kind = format_ or known.get(suffix, "")
    return kind or (screen if house.terminal and not output else "plain")


def put(house: Any, page: Any, kind: str, output: str, *, by: str, compact: bool,
        extra: tuple[str, ...], lanes: bool, ascii_: bool, bom: bool) -> None:  # fmt: skip
    """Show a timeline in a format that ``chosen`` gave."""
    if kind == "rich":
        from tracker.view import timeline as view

        renderable = view.render(
            page, width=house.console.width, ascii=ascii_ or ascii_only(house), by=by,
            compact=compact, extra=extra, lanes=lanes,
        )  # fmt: skip
        show(house, renderable)
        return
    for option in _left_out(kind, by=by, extra=extra, lanes=lanes):
        house.say(f"{option} is for screens (--format rich): {kind} is written without it")
    text: str | bytes
    if kind == "plain":
        from tracker.view import piped

        text = piped.plain(page)
    else:
        from tracker.view import export

        text = export.write(kind, page)
    if bom and kind == "csv":
        text = "\ufeff" + (text if isinstance(text, str) else text.decode())
    deliver(house, text, output)
    if not output:
        for note in (*page.notes, *(page.blind if kind == "plain" else ())):
            house.say(note)


def _left_out(kind: str, *, by: str, extra: tuple[str, ...], lanes: bool) -> Iterator[str]:
    """The options asked for that a format has no place for."""
    if lanes:
        yield "--lanes"
    if by != "month":
        yield f"--by {by}"
    if kind == "plain":
        yield from (f"--with {word}" for word in extra)


def deliver(house: Any, text: str | bytes, output: str, *, words: bool = False) -> None:
    """Write to stdout, or to a file that is there whole or not at all; ``words`` are folded."""
    if words and not output and isinstance(text, str):
        prose(house, text)
    elif output in ("", STDOUT):
        house.write(text if isinstance(text, str) else text.decode())
    else:
        write_file(Path(output), text if isinstance(text, bytes) else text.encode())


def prose(house: Any, text: str) -> None:
    """Write text for people: on a terminal no line is wider than it, elsewhere all are as is."""
    if house.stdout.isatty():
        from tracker.view.lines import folded

        width = house.console.width
        text = "\n".join(part for line in text.split("\n") for part in folded(line, width))
    house.write(text)


def write_file(path: Path, content: bytes) -> None:
    """Write beside ``path``, then rename; a link stays one, a device or a pipe is written to.

    Raises:
        UsageProblem: a directory, or a place that cannot be written.
    """
    if path.is_dir():
        raise UsageProblem(f"{path} is a directory.", hint=f"-o {path / 'NAME'}")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            placed(path, content)
    except OSError as error:
        raise UsageProblem(
            f"{path} cannot be written: {error.strerror}.", hint="choose another place with -o"
        ) from error


def show(house: Any, renderable: Any) -> None:
    """Print; through the pager where a person looks and the answer is longer than the screen.

    Nothing is cropped: a line that is wider than the screen holds an address.
    """
    console = house.console
    pager = house.stdout.isatty() and not house.environ.get("TRACKER_NO_PAGER")
    if not pager:
        console.print(renderable, crop=False)
        return
    lines = console.render_lines(renderable, pad=False)
    if len(lines) <= console.height - 1:
        console.print(renderable, crop=False)
        return
    environ = os.environ
    environ.setdefault("LESS", "-FRX")
    with console.pager(styles=console.color_system is not None, links=True):
        console.print(renderable, crop=False)


def ascii_only(house: Any) -> bool:
    """Whether the terminal cannot show our signs."""
    encoding = (getattr(house.stdout, "encoding", "") or "").casefold()
    return not encoding.startswith("utf")


def checked(word: str, known: tuple[str, ...], option: str) -> str:
    """A word of a closed list.

    Raises:
        UsageProblem: it is not one of them.
    """
    if word in known:
        return word
    hint = did_you_mean(word, list(known)) or f"{option} {'|'.join(known)}"
    raise UsageProblem(f"{option} does not know {word!r}.", hint=hint)
