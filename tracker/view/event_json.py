"""One event whole, for a machine: the contract's event with its reports, states and neighbours."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from tracker.core.clean import clean_line, json_text
from tracker.core.origins import origins_of
from tracker.core.ruled import Ruled
from tracker.core.timeline import EventCard, Report
from tracker.model import RECORD, Decision, Join, Measure, Reason
from tracker.view.quoted import places_in


def as_json(card: EventCard, *, why: bool = False) -> str:
    """The event as in ``timeline --format json``, with reports, neighbours and, asked, reasons."""
    from tracker.view.export_json import event_json

    whole: dict[str, Any] = {"schema_version": 1, "as_of": card.as_of and card.as_of.isoformat()}
    whole["event"] = event_json(card.event, card.links)
    whose = _whose(card)
    whole["report_list"] = [
        _report_json(report, whose[report.mention.item_id], why=why) for report in card.reports
    ]
    whole["decisions"] = [_decision_json(line, card) for line in card.decided]
    whole["states"] = [
        {"measure": measure.id, "title": measure.title, "state": state.state,
         "since": state.since.isoformat(), "until": state.until and state.until.isoformat(),
         "by": state.by, "strand": state.strand, "checked": _checked(measure, card.as_of)}
        for measure, state in card.states
    ]  # fmt: skip
    whole["before"] = card.before.id if card.before else None
    whole["after"] = card.after.id if card.after else None
    if why:
        whole["joins"] = [_join_json(join) for join in card.joins]
        whole["bound"] = [_ruled_json(one) for one in card.bound]
        whole["refused"] = [_join_json(join) for join in card.refused]
        whole["parted"] = [_ruled_json(one) for one in card.parted]
    return json_text(whole, indent=1) + "\n"


def moment_of(report: Report) -> str:
    """A sortable moment: the publication as the feed gave it, else the day of first sight.

    A publication that was given as a day is a day, and no midnight.
    """
    first = report.revisions[0] if report.revisions else None
    if first and first.published:
        whole = ":" in first.published_raw or not first.published_raw
        local = first.published + timedelta(minutes=first.offset or 0)
        at_midnight = (local.hour, local.minute, local.second) == (0, 0, 0)
        return local.date().isoformat() if at_midnight and not whole else (
            first.published.isoformat())  # fmt: skip
    return (report.mention.report_day or report.mention.known).isoformat()


def shared_origins(card: EventCard) -> dict[str, str]:
    """The origin of each report whose origin another report has too: copies and wires, by item."""
    whose = _whose(card)
    often = Counter(whose.values())
    return {item: origin for item, origin in whose.items() if often[origin] > 1}


def _whose(card: EventCard) -> dict[str, str]:
    """The origin of each report by item, as they are counted: beside the event's own pages."""
    return origins_of((report.mention for report in card.reports), card.event.sources)


def _checked(measure: Measure, as_of: date | None) -> str | None:
    """The day to which a measure was checked; a past day did not know of a later one."""
    return measure.checked.isoformat() if as_of is None or measure.checked <= as_of else None


def _decision_json(line: Decision, card: EventCard) -> dict[str, Any]:
    titles = {one.mention.item_id: one.mention.title for one in card.reports}
    titles |= {item: title for item, (_, title) in card.others.items()}
    titles[f"{RECORD}{card.event.id}"] = card.event.title
    return {"key": line.key, "verdict": line.verdict, "value": line.value, "items": line.items,
            "titles": [clean_line(titles.get(item, "")) for item in line.items],
            "by": line.by, "at": line.at, "why": line.why}  # fmt: skip


def _ruled_json(one: Ruled) -> dict[str, str]:
    return {"left": one.left, "right": one.right, "key": one.line.key}


def _report_json(report: Report, origin: str, *, why: bool) -> dict[str, Any]:
    mention = report.mention
    found: dict[str, Any] = {
        "id": mention.item_id, "title": clean_line(mention.title), "url": mention.url,
        "publisher": clean_line(mention.publisher), "lang": mention.lang, "tier": mention.tier,
        "known": mention.known.isoformat(), "moment": moment_of(report), "recap": mention.recap,
        "revisions": len(report.revisions), "origin": origin,
    }  # fmt: skip
    if why:
        found["quotes"] = [clean_line(quote) for quote in mention.quotes]
        found["reasons"] = [
            _reason_json(reason) | {"places": dict(places_in(reason, report))}
            for reason in mention.reasons
        ]
    return found


def _join_json(join: Join) -> dict[str, Any]:
    return {"left": join.left, "right": join.right, "score": join.score,
            "reasons": [_reason_json(reason) for reason in join.reasons]}  # fmt: skip


def _reason_json(reason: Reason) -> dict[str, Any]:
    return {"name": reason.name, "weight": reason.weight, "why": reason.why}
