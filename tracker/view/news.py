"""What a due date says of events that became known since its measure was checked."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.core.clean import clean_line
from tracker.core.timeline import News
from tracker.view.lines import cut, wrap
from tracker.view.slots import count


def may_change(news: Sequence[News], *, whole: bool = False) -> str:
    """One line: how many, and the newest of them by id (``whole`` or short) and title.

    >>> from datetime import date
    >>> one = News("2026-11-27-gallium-a1b2c3", "gallium-a1b2c3", date(2026, 11, 27), "It goes on")
    >>> may_change([one])
    '1 event since may change this: #gallium-a1b2c3 It goes on'
    >>> may_change([one, one], whole=True)
    '2 events since may change this, last 2026-11-27-gallium-a1b2c3 It goes on'
    """
    last = news[-1]
    named = last.id if whole else f"#{last.short}"
    lead = ":" if len(news) == 1 else ", last"
    return (
        f"{count(len(news), 'event')} since may change this{lead} {named} {clean_line(last.title)}"
    )


def lines(news: Sequence[News], room: int) -> list[str]:
    """The same for a screen, at most two lines of ``room`` cells; none without news."""
    first, *rest = wrap(may_change(news), room) if news else [""]
    return [one for one in (first, cut(" ".join(rest), room)) if one]
