"""A progress line on stderr, where a person watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

_WIDTH: Final = 24
_ABOVE: Final = "\x1b[1A\x1b[2K"  # up one line, and clear it: no cursor is moved within a line


@contextmanager
def watched(house: Any) -> Iterator[Callable[[Any, int, int], None]]:
    """Show how many of the due feeds have answered; the line goes away at the end."""
    done, shown = 0, -1

    def tick(_: Any, __: int, due: int) -> None:
        nonlocal done, shown
        done += 1
        part = done * _WIDTH // due
        if part != shown:  # a line for each of a thousand feeds would be work of its own
            _redraw(house, f"Polling {'#' * part}{'.' * (_WIDTH - part)} {done} of {due}", shown)
            shown = part

    try:
        yield tick
    finally:
        if shown >= 0:
            house.stderr.write(_ABOVE)
            house.stderr.flush()


def _redraw(house: Any, line: str, shown: int) -> None:
    house.stderr.write((_ABOVE if shown >= 0 else "") + line + "\n")
    house.stderr.flush()


@contextmanager
def steps(house: Any) -> Iterator[Callable[[str, int, int], None]]:
    """Show each step of a long job with how much of it is done and what is left of the time."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.description}", markup=False), BarColumn(bar_width=24),
        MofNCompleteColumn(), TimeRemainingColumn(), console=house.errors, transient=True,
    )  # fmt: skip
    with bar:
        shown: dict[str, Any] = {}

        def tick(step: str, done: int, total: int) -> None:
            if step not in shown:
                shown[step] = bar.add_task(step, total=total)
            bar.update(shown[step], completed=done, total=total)

        yield tick


@contextmanager
def told(house: Any, kept: Mapping[str, str]) -> Iterator[Callable[[str, int, int], None]]:
    """The steps of a long job on stderr, where a person watches.

    Where a signal stops it, a note says what is ``kept`` in the step that was reached.
    """
    place = ("", 0, 0)
    with _drawn(house) as draw:

        def tick(step: str, done: int, total: int) -> None:
            nonlocal place
            place = step, done, total
            draw(step, done, total)

        try:
            yield tick
            return
        except (KeyboardInterrupt, SystemExit) as stop:
            stopped = stop
    step, done, total = place
    house.say(f"stopped: {kept[step].format(done=done, total=total)}; the same command goes on")
    raise stopped


@contextmanager
def _drawn(house: Any) -> Iterator[Callable[[str, int, int], None]]:
    if not house.stderr.isatty() or house.options.quiet:
        yield lambda step, done, total: None  # noqa: ARG005 - nobody watches
        return
    with steps(house) as tick:
        yield tick
