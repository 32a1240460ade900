"""The day of publication as it is counted where a report was written or its act was done.

Most feeds give the moment in UTC. Its day is that of the report, but for words like *today*, where
the script or the acting capital tells whose day they mean.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from tracker.core.late import late
from tracker.model import Language

_BEIJING: Final = timedelta(hours=8)
_WASHINGTON: Final = timedelta(hours=-5)
_TODAY: Final = late(r"[今昨](?:[日天早晚晨夜]|[上中下]?午|(?=[将將]|宣布|[发發]布|公[告布]|表示))")
_THERE: Final = late(r"(?:美[东東]|[华華]盛[顿頓]|美[国國])(?:时间|時間)[,，]?今")
_TODAY_EN: Final = late(r"\b(?:[Tt]oday(?!['\u2019]s)|[Tt]onight|this (?:afternoon|evening))\b")
_ABROAD: Final = late(
    r"VOA|DW|RFI|RFA|BBC|FT|Reuters|Bloomberg|New York|纽约|紐約|华尔街|華爾街|路透|彭博"
    r"|美国之音|美國之音|德国之声|德國之聲|法[广廣]|自由[亚亞]洲|世界日[报報]|大[纪紀]元|新唐人"
    r"|\b(?:voachinese|dw|rfi|rfa|bbc|ftchinese|reuters|bloomberg|nytimes|wsj|worldjournal"
    r"|epochtimes|ntdtv|sinovision|usembassy-china)\."
)
"""Publishers of Chinese text in other parts of the world, by name or by address."""
_NOW: Final = late(r"今[天日]")


def home_day(
    report: date, moment: datetime, offset: int | None, text: str, publisher: str, place: str | None
) -> date:
    """The day against which the words of a report are read.

    Args:
        report: The day of publication as its moment gives it.
        moment: The moment in UTC; at midnight exactly only the day was given.
        offset: Minutes east of UTC in which the moment was written; None where that is unknown.
        text: Headline and summary.
        publisher: Its name.
        place: The capital that acts.

    >>> evening = datetime(2026, 6, 3, 23, 30)
    >>> home_day(evening.date(), evening, 0, "部委今日公告", "某报", "CN").day
    4
    >>> night = datetime(2026, 6, 4, 1, 15)
    >>> home_day(night.date(), night, 0, "It was listed today.", "A paper", "US").day
    3
    """
    if not _to_the_minute(moment, offset):
        return report
    if _THERE.search(text):
        return (moment + _WASHINGTON).date()
    if offset:
        return report
    if _TODAY.search(text):
        return report if _ABROAD.search(publisher) else (moment + _BEIJING).date()
    english = place == "US" and _TODAY_EN.search(text)
    return (moment + _WASHINGTON).date() if english else report


def today_there(
    report: date, moment: datetime, offset: int | None, language: Language, text: str,
    publisher: str,
) -> date | None:  # fmt: skip
    """The day in Washington that a Chinese report of an American act calls *today*.

    Agencies of Taiwan and Hong Kong translate such reports and leave the word as it is: of 18
    labelled ones 15 were printed on the day after the act. Where only the day of publication is
    known, no more is said of mainland papers.

    Returns:
        The day, or None where the word stands for the day of the report, or nowhere.

    >>> night = datetime(2026, 6, 4)
    >>> said = "美國司法部今天起訴四人"
    >>> today_there(night.date(), night, None, "zh-Hant", said, "某報").day
    3
    >>> today_there(night.date(), night, None, "zh-Hant", said, "世界日報")
    """
    if language == "en" or not _NOW.search(text) or _ABROAD.search(publisher):
        return None
    if _to_the_minute(moment, offset):
        return (moment + _WASHINGTON).date()
    return report - timedelta(1) if language == "zh-Hant" else None


def _to_the_minute(moment: datetime, offset: int | None) -> bool:
    """Whether a moment is known, and not only its day."""
    return offset is not None and bool(moment.hour or moment.minute or moment.second)
