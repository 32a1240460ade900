"""The order of lines that people wrote."""

from __future__ import annotations

from datetime import UTC, datetime

from tracker.model import Decision


def order(line: Decision) -> tuple[datetime, str]:
    """When a line was written, wherever its writer's clock stands; then its key.

    >>> noon = Decision("k1", "hide", ("a",), "", "li", "2025-07-15T12:00:00+08:00", "")
    >>> order(noon) < order(Decision("k0", "hide", ("a",), "", "mw", "2025-07-15T05:00:00Z", ""))
    True
    """
    at = datetime.fromisoformat(line.at)
    return at if at.tzinfo else at.replace(tzinfo=UTC), line.key
