"""What the computed parts of an event rest on: rules and words, joins, the nearest refusals."""

from __future__ import annotations

from typing import Final, Protocol

from tracker.core.clean import clean_line
from tracker.core.timeline import EventCard
from tracker.core.traits import item_of
from tracker.model import RECORD, Decision, Join, Mention, Reason
from tracker.view.glyphs import teller
from tracker.view.quoted import place_words


class Page(Protocol):
    """What is written on."""

    def heading(self, words: str) -> None:
        """A section's name."""

    def say(self, words: str, indent: int = 2, style: str = "", url: str = "") -> None:
        """Words, wrapped."""


def write(page: Page, card: EventCard) -> None:
    """The rules that fired with the words they quote and their places, each join, refusals."""
    page.heading("Why")
    if not card.reports:
        page.say("Curated: every word of it was written by a person from the sources above.")
    for report in card.reports:
        mention = report.mention
        page.say(f"{teller(mention)}: {mention.title} ({_score(mention)})")
        for reason in mention.reasons:
            page.say(f"{_reason(reason)}{place_words(reason, report)}", 4, "dim")
    names = _names(card)
    if card.joins or card.bound:
        page.heading("Joined")
    for join in card.joins:
        _join(page, join, names)
    for one in card.bound:
        page.say(f"{_name(one.left, names)} with {_name(one.right, names)}: {_by(one.line)}")
    _refused(page, card, names)


def _score(mention: Mention) -> str:
    """The score, and why a report counts that is below the line."""
    below = "" if mention.relevant else ", below the line by itself; others tell of the act"
    return f"score {mention.score:.2f}{below}"


def _refused(page: Page, card: EventCard, names: dict[str, str]) -> None:
    if not card.reports and not card.refused:
        return
    page.heading("Nearest refused")
    if not card.refused:
        page.say("none: no other report or event has a name or a rule and a week in common with it")
    said = {(one.left, one.right): one.line for one in card.parted}
    for join in card.refused:
        _join(page, join, names)
        line = said.get((join.left, join.right))
        page.say(_by(line) if line else _tipping(join), 4)


def _join(page: Page, join: Join, names: dict[str, str]) -> None:
    left, right = (_name(node, names) for node in (join.left, join.right))
    page.say(f"{left} with {right}: {join.score:.2f}")
    for reason in join.reasons:
        page.say(_reason(reason), 4, "dim")


def _tipping(join: Join) -> str:
    """What a refused join lacked."""
    from tracker.core.match import SAME, tipping

    if join.score >= SAME:
        return "enough for these two; what else their events hold speaks against it"
    short = f"short by {SAME - join.score:.2f}"
    if names := tipping(join):
        return f"{short}; it had joined without {' and '.join(f'“{name}”' for name in names)}"
    return f"{short}; more in common would have to be named"


def _by(line: Decision) -> str:
    """That a person said so: when, who, why, and the key of the line."""
    why = f": {line.why}" if line.why else ""
    return f"a person said {line.verdict}, {line.by} on {line.at[:10]}{why} ({line.key})"


NAMED: Final = 3
"""Things of a decision that are named before the rest is only counted."""


def sides(line: Decision, card: EventCard) -> str:
    """Of what beside the event a line of two or more things speaks; else which of its own."""
    from tracker.core.decisions import PAIRED

    if line.verdict not in PAIRED:
        return ""
    own = {report.mention.item_id for report in card.reports} | {f"{RECORD}{card.event.id}"}
    beside = [item for item in line.items if item not in own]
    names = _names(card)
    told = [_name(item, names) for item in beside or line.items]
    more = [f"{len(told) - NAMED} more"] if len(told) > NAMED else []
    link = ({"same": "as ", "different": "from "}[line.verdict]) if beside else ""
    return f" {link}{' and '.join((*told[:NAMED], *more))}"


def _reason(reason: Reason) -> str:
    return f"{reason.weight:+.2f} {reason.name}: {reason.why}"


def _name(node: str, names: dict[str, str]) -> str:
    """A node by the teller and title of its report; what an item tells in passing by its item."""
    return names.get(node) or names.get(item_of(node), node)


def _names(card: EventCard) -> dict[str, str]:
    """The names of its reports, and of what is named beside them: these with their ids."""
    reports = {
        one.mention.item_id: f"{teller(one.mention)} “{clean_line(one.mention.title)}”"
        for one in card.reports
    }
    return reports | {
        item: f"{clean_line(f'{who} “{title}”')} ({item})".lstrip()
        for item, (who, title) in card.others.items()
    }
