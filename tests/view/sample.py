"""A small made-up answer that holds every shape a screen must show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tracker.core.shares import Link, Placed
from tracker.core.timeline import (
    EventCard,
    EventRow,
    Figure,
    FigureRow,
    Lapse,
    Report,
    Row,
    Timeline,
)
from tracker.model import Decision, Entry, Event, Join, Mention, Observation, Reason, Series, Source

__all__ = ["EventRow", "Placed", "Timeline", "replace"]  # what the tests take from here

SERIES = Series("cn-local", "Local share of cards shipped (units)", "percent", "", "CN", "", "")
HOSTILE = "[bold]=cmd|' /C calc'!A0[/] ]]> </script><img src=x onerror=alert(1)> {{ 7*7 }}, \"q\"\n\x1b]0;x\x07‮"


def source(n: int = 1, **changes: Any) -> Source:
    base = Source(f"https://example.org/{n}", f"Paper {n}", date(2025, 7, 15), "en", False,
                  f"Headline {n}")  # fmt: skip
    return replace(base, **changes)


def event(id_: str, day: date, title: str, **changes: Any) -> Event:
    base = Event(
        id=id_, date=day, precision="day", end_date=None, known=day, known_precision=None,
        link_day=day, dates={}, kind="rule", instrument="federal-register-rule", binding=True,
        direction="tighten", title=title, summary="A sentence on it.", note=None,
        jurisdiction=("US",), actors=("BIS",), items=("H200", "MI325X"), terms=("3A090",),
        measures=("h200-rule",), status="confirmed", evidence="official", origin="record",
        sources=(source(),), series=("cn-local",), witnesses=4, reports=0,
    )  # fmt: skip
    return replace(base, **changes)


def observation(**changes: Any) -> Observation:
    base = Observation(
        series="cn-local", period_start=date(2024, 1, 1), period_end=date(2024, 12, 31), value=30,
        qualifier=">", nature="estimate", published=date(2025, 3, 31), publisher="IDC",
        via="a paper", url="https://example.org/idc", lang="en", note="", number=0,
    )  # fmt: skip
    return replace(base, **changes)


CASE = event(
    "2026-01-13-bis-h200-case-by-case-rule", date(2026, 1, 13),
    "H200 class moved to case-by-case review", direction="ease",
    dates={"effective": (date(2026, 1, 15),)}, witnesses=12,
    sources=(source(1, official=True, publisher="BIS", ref="91 FR 1684; FR Doc. 2026-00789",
                    published=date(2026, 1, 15)),),
)  # fmt: skip
CHINESE = event(
    "2025-07-15-amd-mi308", date(2025, 7, 15),
    "AMD将恢复向中国出口MI308，美国商务部称许可证申请会继续审查，公司下调的全年预期随之取消",
    kind="licence", instrument="company-announcement", direction="ease", status="reported",
    terms=("许可证",), items=("MI308",), witnesses=1, jurisdiction=("US", "CN"), binding=None,
)  # fmt: skip
TALKS = event(
    "2025-05-10-geneva-talks", date(2025, 5, 10), "Geneva talks: tariffs cut for 90 days",
    end_date=date(2025, 5, 12), kind="talks", instrument="meeting", direction="ease",
    jurisdiction=("US", "CN"), items=(), actors=("Treasury", "MOFCOM"), terms=(),
)  # fmt: skip
BILL = event(
    "2025-05-08-chip-security-act", date(2025, 5, 8),
    "Chip Security Act proposes location checks in exported AI chips", kind="legislation",
    instrument="bill", status="proposed", binding=False,
    sources=(source(2, ref="S. 1705 (119th Congress)"),),
)  # fmt: skip
MONTH = event(
    "2025-07-01-orders-halted", date(2025, 7, 1), "Orders halted at the request of customs",
    precision="month", kind="countermeasure", instrument="mofcom-announcement",
    jurisdiction=("CN",), direction="neutral", known=None,
    sources=(source(3, lang="zh-Hans", title="商务部公告", ref="商务部公告2025年第1号",
                    published=None, published_approx="2025-07"),),
)  # fmt: skip
HOSTILE_EVENT = event(
    "2025-07-20-hostile", date(2025, 7, 20), HOSTILE, summary=HOSTILE, note=HOSTILE,
    kind="statement", instrument="interview", direction="neutral", actors=(HOSTILE,),
    items=(), terms=(), sources=(source(4, url="javascript:alert(1)", publisher=HOSTILE,
                                        title=HOSTILE, ref=HOSTILE),),
)  # fmt: skip
BARE = event(
    "2025-07-21-bare", date(2025, 7, 21), "Nothing but a title", summary="", jurisdiction=(),
    actors=(), items=(), terms=(), measures=(), sources=(), series=(), witnesses=0, dates={},
    kind="company", instrument="other", direction="neutral", evidence="one-page", binding=None,
)  # fmt: skip

LINK = Link(
    series="cn-local", variant=None, title=SERIES.title, unit="percent",
    known_before=Placed(observation(), "estimate", straddles=False, same_day=False),
    in_force=(Placed(observation(value=50, qualifier="=", nature="claim", number=2,
                                 publisher="Huang", published=date(2025, 5, 21),
                                 flag="unverified"), "claim", straddles=False, same_day=False),),
    next_after=Placed(observation(value=41, qualifier="~", period_start=date(2025, 1, 1),
                                  period_end=date(2025, 12, 31), published=date(2026, 4, 1),
                                  number=1), "estimate", straddles=True, same_day=False),
    now=None,
)  # fmt: skip
FIGURE = Figure("cn-local", "percent", "IDC", 30, None, None, ">", "estimate",
                date(2024, 12, 31), None, SERIES.title)  # fmt: skip
FORECAST = observation(value=40, qualifier="=", period_start=date(2025, 1, 1), number=3,
                       period_end=date(2025, 12, 31), published=date(2025, 5, 15),
                       publisher="TrendForce", nature="forecast")  # fmt: skip

ROWS: tuple[Row, ...] = (
    FigureRow(observation(), SERIES, "estimate", "IDC"),
    EventRow(BILL, (LINK,), FIGURE),
    EventRow(TALKS, (), None),
    FigureRow(FORECAST, SERIES, "forecast", "TrendForce"),
    EventRow(CHINESE, (LINK,), None),
    EventRow(MONTH, (), None),
    EventRow(HOSTILE_EVENT, (), None),
    EventRow(BARE, (), None),
    EventRow(CASE, (LINK,), None),
)


def timeline(rows: tuple[Row, ...] = ROWS, **changes: Any) -> Timeline:
    events = [row.event for row in rows if isinstance(row, EventRow)]
    span = (events[0].date, events[-1].date) if events else None
    base = Timeline(
        rows=rows, record_day=date(2026, 7, 7), polled=datetime(2026, 7, 10, 8, tzinfo=UTC),
        lapsed=(Lapse("50% rule", "affiliates", date(2026, 11, 10), "suspension"),), total=len(events),
        span=span, as_of=None, blind=("12-14 Jul 2025: 2 of 9 feeds blind",),
    )  # fmt: skip
    return replace(base, **changes)


def mention(item: str, **changes: Any) -> Mention:
    base = Mention(
        item_id=item, digest="d", number=0, relevant=True, recap=False, kind="licence",
        direction="ease", status="reported", date=date(2025, 7, 15), end_date=None,
        precision="day", first=date(2025, 7, 15), last=date(2025, 7, 15), items=("MI308",),
        actors=("AMD",), jurisdiction=("US",), instrument="company-announcement", terms=(),
        score=0.9, reasons=(Reason("resumed", 0.6, "'恢复 … 出口 … MI308' (db/lexicon/acts.toml:9)"),
                 Reason("topic", 1.0, "subject and sides named")),
        quotes=("恢复 … 出口 … MI308",),
        title="AMD将恢复向中国出口MI308", publisher="快科技", lang="zh-Hans",
        url=f"https://news.example/{item}", known=date(2025, 7, 15), report_day=date(2025, 7, 15),
        tier="trade",
    )  # fmt: skip
    return replace(base, **changes)


def entry(item: str, hour: int, title: str) -> Entry:
    moment = datetime(2025, 7, 15, hour, tzinfo=UTC)
    return Entry(item, "d", "f", item, title, "", f"https://news.example/{item}", moment, 480, "",
                 moment, "zh-Hans", "快科技")  # fmt: skip


def card(**changes: Any) -> EventCard:
    english = mention("b", title="AMD to restart MI308 exports", lang="en", publisher="Wire",
                      tier="wire", direction="neutral", quotes=("restart",),
                      reasons=(Reason("restart", 0.6, "'AMD … restarts' (db/lexicon/acts.toml:9)"),
                               Reason("date", 1.0, "'Monday' read as 2025-07-14 (plain)")))  # fmt: skip
    base = EventCard(
        event=CHINESE, links=(LINK,),
        observations=(observation(publisher="Bernstein", value=34, qualifier="=", number=9),),
        reports=(Report(mention("a"), (entry("a", 1, "AMD将恢复向中国出口MI308"),)),
                 Report(english, (entry("b", 4, "AMD to restart"), entry("b", 5, "AMD restarts")))),
        joins=(Join("a", "b", 0.83, (Reason("item", 0.5, "both name MI308"),)),),
        refused=(Join("a", "c", 0.41, (Reason("day", -0.4, "40 days apart"),)),),
        states=(), before=TALKS, after=CASE, as_of=None, record_day=date(2026, 7, 7),
        decided=(Decision("000003-33647a90a719-0", "redate", ("a", "b"), "2025-07-15", "mw",
                          "2026-07-10T12:00:00Z", "the day of the letter"),),
    )  # fmt: skip
    return replace(base, **changes)
