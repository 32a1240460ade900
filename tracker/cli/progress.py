"""A progress line on stderr, where a person watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def watched(house: Any) -> Iterator[Callable[[Any, int, int], None]]:
    """Show how many of the due feeds have answered; the line goes away at the end."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("Polling", markup=False), BarColumn(bar_width=24), MofNCompleteColumn(),
        console=house.errors, transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=None)

        def tick(_: Any, __: int, due: int) -> None:
            bar.update(task, total=due, advance=1)

        yield tick


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
