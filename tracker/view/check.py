"""An article sentence by sentence beside the record: a line each, with the record's witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rich.text import Text

from tracker.core.article_nouns import Checked, Finding, Statement
from tracker.core.clean import clean_line
from tracker.core.witnesses import opened
from tracker.model import RecordEvent, SeedClaim, Series
from tracker.view import article as article_view
from tracker.view.article import indented
from tracker.view.lines import wrap

COLOURS: Final = {
    "agrees": "green", "conflicts": "bold red", "in part": "yellow",
    "not in the record": "magenta", "nothing to check": "dim", "not checked": "yellow",
}  # fmt: skip
_REMARKED: Final = {"conflicts": "red", "in part": "yellow"}
_INDENT: Final = 5
_PERSON: Final = {
    "confirmed": "confirmed", "contradicted": "contradicted", "imprecise": "imprecise",
    "unverified": "no source found",
}  # fmt: skip


def render(found: Sequence[Checked], series: Mapping[str, Series], width: int) -> list[Text]:
    """Each sentence with its verdict; below it what the record says, and who is its witness."""
    lines = [Text("Sentence by sentence, beside the record", style="bold")]
    lines.append(Text("     - nothing to check", style="dim"))
    for number, one in enumerate(found, 1):
        lines += _sentence(number, one, series, width)
    return [*lines, Text(), *(Text(line, style="bold") for line in wrap(tally(found), width))]


def tally(found: Sequence[Checked]) -> str:
    """How many sentences have each verdict, in words."""
    words = [one.verdict for one in found]
    plural = {"agrees": "agree", "conflicts": "conflict"}
    parts = [
        f"{words.count(word)} {word if words.count(word) == 1 else plural.get(word, word)}"
        for word in COLOURS
        if word in words
    ]
    return f"{len(found)} sentences: {', '.join(parts)}" if found else "no sentence"


def _sentence(number: int, one: Checked, series: Mapping[str, Series], width: int) -> list[Text]:
    style = COLOURS[one.verdict]
    head = f"{number:>3}  "
    if one.verdict == "nothing to check":
        words = wrap(f"- {clean_line(one.sentence.text)}", max(8, width - _INDENT), most=1)
        return [Text(f"{head}{words[0]}", style="dim")]
    lines = [Text.assemble((head, "dim"), (one.verdict, style))]
    lines += indented(clean_line(one.sentence.text), width, _INDENT, "")
    for finding in one.findings:
        lines += _finding(finding, series, width)
    return lines


def _finding(one: Finding, series: Mapping[str, Series], width: int) -> list[Text]:
    by = _INDENT + 2
    if one.statement:
        return _act(one.statement, width, by)
    if one.seed:
        return _person(one.seed, width, by)
    if one.beside:
        words = f"figure {one.verdict}: {article_view.beside(one.beside, series)}"
        words += f"; {one.remark}" if one.remark else ""
        lines = indented(words, width, by, COLOURS[one.verdict])
        return lines + _figure_witness(one, width, by)
    if one.about == "rest":
        return indented(f"{one.verdict}: {clean_line(one.remark)}", width, by, COLOURS[one.verdict])
    lines = indented(f"interval {one.verdict}: {one.remark}", width, by, COLOURS[one.verdict])
    for event in one.events:
        lines += indented(_named(event), width, by + 2, "")
        lines += _witness(event, width, by + 2)
    return lines


def _act(one: Statement, width: int, by: int) -> list[Text]:
    day = f"article's day: {one.dated.words}" if one.dated else "no day named"
    verdict = "names no day" if one.verdict == "no day named" else one.verdict
    words = f"act {verdict}" + (f"; {day}" if verdict == one.verdict else "")
    style = COLOURS.get(one.verdict, "magenta")
    lines = indented(words, width, by, style)
    if one.event:
        lines += indented(f"record: {_named(one.event)}", width, by, "")
    if one.remark and one.remark != "no day named":
        lines += indented(one.remark, width, by, _REMARKED.get(one.verdict, ""))
    return lines + (_witness(one.event, width, by) if one.event else [])


def _named(event: RecordEvent) -> str:
    return f"{article_view.days_words(event)} {event.title} [{event.id}]"


def _person(one: SeedClaim, width: int, by: int) -> list[Text]:
    where = f" [{one.event_id or one.series}]" if one.event_id or one.series else ""
    style = article_view.COLOURS.get(one.verdict, "")
    lines = indented(
        f"checked by a person, {_PERSON[one.verdict]} ({one.id}){where}", width, by, style
    )
    lines += indented(one.why, width, by + 2, "dim")
    return lines + [
        line
        for url in one.sources[:1]
        for line in indented(f"witness: {url}", width, by + 2, "dim")
    ]


def _witness(event: RecordEvent, width: int, by: int) -> list[Text]:
    words = (article_view.witness_words(page) for page in opened(event)[:1])
    return [line for one in words for line in indented(one, width, by, "dim")]


def _figure_witness(one: Finding, width: int, by: int) -> list[Text]:
    rows = (*one.beside.agrees, *one.beside.nearest)[:1] if one.beside else ()
    return [
        line
        for row in rows
        for line in indented(f"witness: {row.publisher}, {row.published}, {row.url or row.via}",
                           width, by, "dim")
    ]  # fmt: skip


# ---- JSON -----------------------------------------------------------------------------------


def as_json(found: Iterable[Checked]) -> list[dict[str, Any]]:
    """One object a sentence: its words, verdict, and what was found, with witnesses."""
    return [
        {
            "sentence": number,
            "words": one.sentence.text,
            "heading": one.sentence.heading,
            "verdict": one.verdict,
            "findings": [_finding_json(finding) for finding in one.findings],
        }
        for number, one in enumerate(found, 1)
    ]


def _finding_json(one: Finding) -> dict[str, Any]:
    body: dict[str, Any] = {
        "about": one.about,
        "verdict": one.verdict,
        "remark": one.remark or None,
    }
    if one.statement:
        return body | article_view.statement_json(one.statement)
    if one.seed:
        return body | {"person": article_view.verdict_json(one.seed)}
    if one.beside:
        return body | {"figure": article_view.figure_json(one.beside)}
    if one.about == "rest":
        return body
    return body | {
        "events": [event.id for event in one.events],
        "record_dates": [event.date.isoformat() for event in one.events],
        "witnesses": [page.url for event in one.events for page in opened(event)[:1]],
    }
