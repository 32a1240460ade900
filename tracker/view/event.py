"""One event whole: a card for the eye, lines for a pipe, JSON for a machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from tracker.core.clean import clean_line, clean_text
from tracker.core.shares import Link
from tracker.core.state_words import named
from tracker.core.timeline import EventCard, Report
from tracker.core.witnesses import best_first
from tracker.model import Event, Source
from tracker.view.cite import tier_of
from tracker.view.event_json import as_json as as_json
from tracker.view.event_json import moment_of, shared_origins
from tracker.view.glyphs import (
    NEWS,
    STYLES,
    TIERS,
    Signs,
    day_words,
    glyph,
    instrument_words,
    iso,
    teller,
    tone,
    when,
)
from tracker.view.lines import Lines, link, wrap
from tracker.view.page import found_since
from tracker.view.slots import count, differing, later, slots, stood
from tracker.view.why import sides, write

_LABEL: Final = 11
_DIRECTIONS: Final = {"tighten": "tightens", "ease": "eases", "neutral": "neutral"}


def render(card: EventCard, *, width: int, ascii: bool = False,  # noqa: A002 - the option's name
           why: bool = False) -> RenderableType:  # fmt: skip
    """The card, ``width`` cells wide; ``why`` adds what its computed parts rest on."""
    return Lines(lines(card, width, ascii=ascii, why=why))


def lines(card: EventCard, width: int, *, ascii: bool = False, why: bool = False  # noqa: A002
          ) -> list[Text]:  # fmt: skip
    """The card line by line."""
    page = _Page(max(20, width), Signs(ascii))
    page.title(card)
    page.facts(card)
    page.sources(card)
    page.reports(card)
    page.decided(card)
    page.figures(card)
    page.said(card)
    page.neighbours(card)
    if why:
        write(page, card)
    return page.lines


def plain(card: EventCard, *, why: bool = False) -> str:
    """The card without colour and without wrapping: the same text in every pipe."""
    return str(render(card, width=10_000, why=why))


class _Page:
    """Lines as they are written, top to bottom."""

    def __init__(self, width: int, signs: Signs) -> None:
        self.width, self.signs = width, signs
        self.lines: list[Text] = []

    def heading(self, words: str) -> None:
        """A blank line and a section's name."""
        rows = wrap(words, self.width)
        self.lines += [Text(""), *(Text(row, style=STYLES["month"]) for row in rows)]

    def say(self, words: str, indent: int = 2, style: str = "", url: str = "") -> None:
        """Outside or own words, wrapped with a hanging indent."""
        cleaned = self.signs.text(clean_line(words))
        for n, line in enumerate(wrap(cleaned, self.width - indent - (2 if indent else 0))):
            text = Text(" " * (indent + (2 if n and indent else 0)))
            text.append(line, style=style or None)
            address = link(url, words)
            if address:
                text.stylize(address, indent)
            self.lines.append(text)

    def labelled(self, label: str, words: str) -> None:
        """``label`` in a column of its own, ``words`` beside it."""
        if not words:
            return
        indent = 2 + _LABEL if self.width >= 44 else 4
        rows = wrap(self.signs.text(clean_line(words)), self.width - indent)
        if self.width < 44:
            self.lines.append(Text(f"  {label}", style="dim"))
            self.lines += [Text(" " * indent + row) for row in rows]
            return
        for n, row in enumerate(rows):
            text = Text("  ")
            text.append(f"{label if n == 0 else '':<{_LABEL}}", style="dim")
            text.append(row)
            self.lines.append(text)

    def title(self, card: EventCard) -> None:
        """Sign, capital, title; id; how far the record was checked; the summary."""
        event = card.event
        lead = f"{glyph(event, self.signs)} {'/'.join(event.jurisdiction)}  ".replace("   ", " ")
        for n, row in enumerate(wrap(clean_line(event.title), self.width - len(lead))):
            text = Text(lead if n == 0 else " " * len(lead), style=STYLES[tone(event)])
            text.append(row, style="bold not italic default")
            self.lines.append(text)
        self.say(f"#{event.id}", style="dim")
        past = card.as_of is not None and card.as_of < card.record_day
        knowledge = f"as known on {day_words(card.as_of)}" if card.as_of else ""
        record = "" if past else f"record to {day_words(card.record_day)}"
        since = "this act was met since" if found_since(event, card.record_day) else ""
        told = (NEWS,) if event.origin == "news" else (record, record and since)
        self.say(" · ".join(filter(None, (knowledge, *told))), style="dim")
        if event.summary:
            self.lines.append(Text(""))
            self.say(clean_text(event.summary), indent=0)
        if event.note:
            self.say(f"Note: {clean_text(event.note)}", indent=0, style="dim")

    def facts(self, card: EventCard) -> None:
        """What kind of act, on which days, about what, and the state of its measures."""
        event = card.event
        self.heading("Facts")
        for label, words in _facts(event):
            self.labelled(label, words)
        for measure, state in card.states:
            since = f"{named(measure, state)} since {day_words(state.since)}"
            until = f" until {day_words(state.until)}" if state.until else ""
            seen = card.as_of is None or measure.checked <= card.as_of
            checked = f"; checked to {day_words(measure.checked)}" if seen else ""
            self.labelled("measure", f"{measure.title}: {since}{until} ({state.by}, {state.strand}"
                          f"{checked})")  # fmt: skip

    def sources(self, card: EventCard) -> None:
        """Every page, official ones first, with its tier of evidence."""
        event = card.event
        witnesses = "1 independent origin" if event.witnesses == 1 else (
            f"{event.witnesses} independent origins")  # fmt: skip
        tier = TIERS.get(event.evidence, event.evidence)
        self.heading("Sources" if event.sources else "Sources: none in the record")
        tier = f"evidence: {tier} · " if event.witnesses else ""
        self.say(f"{tier}{witnesses} · {count(event.reports, 'report')} in the feeds",
                 style="dim")  # fmt: skip
        for source in best_first(event):
            self.say(_source(source), url=source.url)
            self.say(clean_line(source.url), indent=4, style="dim", url=source.url)

    def reports(self, card: EventCard) -> None:
        """Entries by time, each with its language and its distance from the first; dissent."""
        if not card.reports:
            return
        self.heading("Reports, by time (UTC)")
        first = min((moment_of(report) for report in card.reports), default=None)
        shared = shared_origins(card)
        for report in sorted(card.reports, key=lambda one: (moment_of(one), one.mention.item_id)):
            origin = shared.get(report.mention.item_id, "")
            self.say(_report(report, first, origin), url=report.mention.url)
        for line in _dissent(card):
            self.say(f"dissent: {line}", style="yellow")

    def decided(self, card: EventCard) -> None:
        """What people decided about it: when, who, what, why."""
        if card.decided:
            self.heading("Decided by people")
        for line in card.decided:
            value = f" {line.value}" if line.value and line.verdict != "accept-claim" else ""
            why = f": {line.why}" if line.why else ""
            said = f"{line.verdict}{value}{sides(line, card)}"
            self.say(f"{line.at[:10]} {line.by}, {said}{why} ({line.key})")

    def figures(self, card: EventCard) -> None:
        """Per series: known before, in force, next after; then, in a line each, what came later."""
        if not card.links:
            return
        self.heading("Market-share figures (beside the event, not because of it)")
        stand = [one for one in card.links if stood(one)]
        day = day_words(card.event.link_day)
        if stand:
            self.say(f"as public on {day}; days count from it: publication, end of period",
                     style="dim")  # fmt: skip
        variants = Counter(one.title for one in stand)
        title = ""
        for one in stand:
            alone = one.variant and variants[one.title] == 1
            if one.title != title:
                self.say(f"{one.title} [{one.variant}]" if alone else one.title)
            title = one.title
            if one.variant and not alone:
                self.say(f"[{one.variant}]", style="dim")
            for label, words, hollow in slots(one, card):
                self._slot(label, words, hollow)
            sides = differing(one, card)
            if sides:
                self.say(f"differ: {sides}", 4, "yellow")
        self._unknown([one for one in card.links if not stood(one)], day)

    def _unknown(self, links: list[Link], day: str) -> None:
        """Series without any figure on that day: shares with what came first, the rest by name."""
        if not links:
            return
        names = {one: f"{one.series}/{one.variant}" if one.variant else one.series
                 for one in links}  # fmt: skip
        self.say(f"no figure public on {day} for:", style="dim")
        for one, name in names.items():
            if one.unit == "percent":
                words = later(one)
                self.say(f"{name} · later: {words}" if words else name, 4, "dim")
        others = [name for one, name in names.items() if one.unit != "percent"]
        if others:
            self.say(", ".join(others), 4, "dim")

    def said(self, card: EventCard) -> None:
        """Figures read in the reports, set beside what the houses published."""
        if not card.said:
            return
        from tracker.view.article import brief

        self.heading("Said in these reports, not measured")
        series = {one.id: one for one in card.series}
        for one in card.said:
            self.say(f"{one.known} {one.publisher or one.item_id}: {brief(one.beside, series)}")

    def _slot(self, label: str, words: str, hollow: bool) -> None:
        sign = self.signs.glyph("data?" if hollow else "data")
        indent = 4 + len("known before") + 1
        if self.width < 60:
            self.say(f"{label}: {words}", 4, STYLES["forecast"] if hollow else "")
            return
        text = self.signs.text(clean_line(words))
        for n, row in enumerate(wrap(text, self.width - indent - 2 - self.signs.width)):
            line = Text(f"    {label if n == 0 else '':<13}", style="dim")
            line.append(f"{sign if n == 0 else ' ':<{self.signs.width}} ",
                        style=STYLES["forecast" if hollow else "data"])  # fmt: skip
            line.append(row, style="not dim")
            self.lines.append(line)

    def neighbours(self, card: EventCard) -> None:
        """The events before and after in date order."""
        if card.before or card.after:
            self.heading("Neighbours")
        for label, event in (("before", card.before), ("after", card.after)):
            if event:
                self.labelled(label, f"{when(event)} {event.title} #{event.id}")


_DATED: Final = {
    "suspended_until": ("suspended", "until {}"),
    "comments_close": ("comments", "close {}"),
    "effective_foreign_made": ("effective", "{} for foreign-made items"),
    "rate_change": ("rate", "changes {}"),
}
"""Days whose names are too long for the column of labels."""


def _facts(event: Event) -> Iterator[tuple[str, str]]:
    yield "date", _date_words(event)
    if event.known:
        about = "~" if event.known_precision == "approx" else ""
        yield "known", f"{about}{day_words(event.known)}"
    elif event.link_day:
        yield "known", f"not dated by any page of the time; linked on {day_words(event.link_day)}"
    for name, days in event.dates.items():
        label, words = _DATED.get(name, (name.replace("_", " "), "{}"))
        yield label, words.format(", ".join(day_words(day) for day in days))
    force = {True: "binding", False: "not binding", None: ""}[event.binding]
    form = "" if event.instrument == "other" else instrument_words(event.instrument)
    yield "act", " · ".join(filter(None, (event.kind, form, force)))
    yield "direction", _DIRECTIONS[event.direction]
    yield "status", event.status
    yield "actors", ", ".join(event.actors)
    yield "items", ", ".join(event.items)
    yield "terms", ", ".join(event.terms)


def _date_words(event: Event) -> str:
    if event.precision != "day":
        words = f"~{iso(event.date, event.precision)} (the day is not known)"
    else:
        words = day_words(event.date)
    return f"{words} to {day_words(event.end_date)}" if event.end_date else words


def _source(source: Source) -> str:
    day = source.published.isoformat() if source.published else source.published_approx
    title = f"“{clean_line(source.title)}”" if source.title else "(headline not seen)"
    ref = f" · {source.ref}" if source.ref else ""
    lang = f" · {source.lang}" if source.lang != "en" else ""
    return f"{source.publisher}, {title}, {day or 'undated'}{ref}{lang} [{tier_of(source)}]"


def _report(report: Report, first: str | None, origin: str) -> str:
    mention = report.mention
    moment = moment_of(report)
    lag = _lag(first, moment) if first else ""
    edited = len(report.revisions) - 1
    marks = [mention.lang, mention.tier, lag, origin and f"origin {origin}",
             "recap" if mention.recap else ""]  # fmt: skip
    marks.append(f"headline or text changed {count(edited, 'time')}" if edited > 0 else "")
    return f"{moment[:16].replace('T', ' ')} {teller(mention)}: {mention.title}" + (
        f" [{', '.join(filter(None, marks))}]")  # fmt: skip


def _lag(first: str, moment: str) -> str:
    """The distance from the first report, in the unit that both moments carry."""
    from datetime import datetime

    start, end = datetime.fromisoformat(first), datetime.fromisoformat(moment)
    if "T" not in first or "T" not in moment:
        days = (end.date() - start.date()).days
        return f"+{days} d" if days else "first day"
    minutes = int((end - start).total_seconds()) // 60
    if minutes == 0:
        return "first"
    return f"+{minutes} min" if minutes < 120 else f"+{minutes // 60} h"


def _dissent(card: EventCard) -> Iterator[str]:
    """Reports that give another day, direction or status than the event has."""
    event = card.event
    for report in card.reports:
        mention = report.mention
        says: list[str] = []
        apart = mention.last and mention.first and (
            mention.last < event.date or mention.first > event.last)  # fmt: skip
        if mention.date and apart:
            says.append(iso(mention.date, mention.precision))
        says += [word for word, held in ((mention.direction, event.direction),
                                         (mention.kind, event.kind)) if word != held]  # fmt: skip
        if says:
            yield f"{teller(mention)} has {', '.join(says)}"
