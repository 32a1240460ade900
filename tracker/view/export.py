"""Timelines as text for other programs: one door, one module for each format.

No format carries a clock value, so the same data gives the same bytes.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from tracker.core.timeline import EventRow, Timeline
from tracker.errors import UsageProblem, did_you_mean

FORMATS: Final[dict[str, tuple[str, str]]] = {
    "json": ("export_json", "document"),
    "jsonl": ("export_json", "lines"),
    "csv": ("export_csv", "table"),
    "md": ("export_md", "memo"),
    "html": ("report", "page"),
    "ics": ("export_ics", "calendar"),
    "atom": ("export_atom", "feed"),
    "timelinejs": ("export_timelinejs", "document"),
}


def write(format: str, timeline: Timeline) -> str | bytes:  # noqa: A002 - the option's name
    """``timeline`` in ``format``, whole; a module is loaded only for the format asked for.

    Raises:
        UsageProblem: an unknown format.

    >>> write("jsn", None)  # type: ignore[arg-type]  # never looked at
    Traceback (most recent call last):
    ...
    tracker.errors.UsageProblem: There is no format 'jsn'.
    Try: did you mean json, jsonl?
    """
    if format not in FORMATS:
        hint = did_you_mean(format, list(FORMATS)) or ", ".join(FORMATS)
        raise UsageProblem(f"There is no format {format!r}.", hint=hint)
    module, name = FORMATS[format]
    function: Any = getattr(import_module(f"tracker.view.{module}"), name)
    written: str | bytes = function(timeline)
    return written


def event_rows(timeline: Timeline) -> list[EventRow]:
    """The events of an answer with their links, each once, in the order shown."""
    return [row for row in timeline.rows if isinstance(row, EventRow)]
