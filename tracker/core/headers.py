"""What a server says of time: the silence that it asks for, how long its answer stays fresh."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

LONGEST_SILENCE: Final = timedelta(days=7)  # what a Retry-After can ask for at most
_RETRY_AFTER: Final = re.compile(r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,)?[^,]+")


def retry_after(value: str, now: datetime) -> timedelta | None:
    """Read a Retry-After header: seconds or a date; at most a week; None where it says nothing.

    Of several, which a proxy may have joined, the longest counts: a host asked for it.

    >>> now = datetime(2025, 7, 15, 12, tzinfo=UTC)
    >>> retry_after("120", now), retry_after("-5", now), retry_after("soon", now)
    (datetime.timedelta(seconds=120), None, None)
    >>> retry_after("Tue, 15 Jul 2025 13:00:00 GMT", now)
    datetime.timedelta(seconds=3600)
    >>> retry_after("999999999999999999", now)
    datetime.timedelta(days=7)
    >>> retry_after("120, Tue, 15 Jul 2025 13:00:00 GMT, soon", now)
    datetime.timedelta(seconds=3600)
    """
    waits = (_retry_after(one.strip(), now) for one in _RETRY_AFTER.findall(value))
    return max(filter(None, waits), default=None)


def _retry_after(value: str, now: datetime) -> timedelta | None:
    if re.fullmatch(r"[0-9]{1,40}(?:\.[0-9]*)?", value):
        seconds = min(int(value.partition(".")[0]), int(LONGEST_SILENCE.total_seconds()))
        return timedelta(seconds=seconds) if seconds else None
    moment = http_date(value)
    if moment is None or moment <= now:
        return None
    return min(moment - now, LONGEST_SILENCE)


def http_date(value: str) -> datetime | None:
    """Read the date of an HTTP header; None where it is none.

    >>> http_date("Tue, 15 Jul 2025 13:00:00 GMT").isoformat()
    '2025-07-15T13:00:00+00:00'
    >>> http_date("Mon, 99 Foo 99999 99:99:99 GMT")
    """
    try:
        from email.utils import parsedate_to_datetime  # a question never needs it

        moment = parsedate_to_datetime(value[:100])
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def freshness(cache_control: str, expires: str, age: str, now: datetime) -> int | None:
    """Seconds for which a server says its answer stays fresh; None where it says nothing.

    >>> now = datetime(2025, 7, 15, 12, tzinfo=UTC)
    >>> freshness("public, max-age=600", "", "100", now)
    500
    >>> freshness("no-cache", "Tue, 15 Jul 2025 13:00:00 GMT", "", now)
    >>> freshness("", "Tue, 15 Jul 2025 13:00:00 GMT", "", now)
    3600
    """
    rules = cache_control.lower()
    if "no-cache" in rules or "no-store" in rules:
        return None
    if found := re.search(r"max-age\s*=\s*\"?(\d{1,12})", rules):
        elapsed = int(age) if re.fullmatch(r"\d{1,9}", age.strip()) else 0
        return max(0, int(found.group(1)) - elapsed) or None
    moment = http_date(expires) if expires else None
    return int((moment - now).total_seconds()) if moment and moment > now else None
