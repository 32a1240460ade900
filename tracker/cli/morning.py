"""``tracker`` alone: the morning view."""

from __future__ import annotations

from typing import Any


def show(house: Any) -> None:
    """Print the record day, the last poll, failing feeds, the last 90 days, dates due."""
    from tracker.cli.output import ascii_only
    from tracker.cli.output import show as put
    from tracker.jobs import morning
    from tracker.view import morning as view

    page = morning.morning(house, house.reader())
    if house.terminal:
        put(house, view.render(page, width=house.console.width, ascii=ascii_only(house)))
    else:
        house.write(view.plain(page))
