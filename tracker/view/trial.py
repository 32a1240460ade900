"""What trying a feed showed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.core.address import all_joined, shown
from tracker.core.clean import clean_line, clean_link, clean_text
from tracker.view.polls import iso

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.text import Text


def as_json(trial: Any, judged: Mapping[str, str]) -> dict[str, Any]:
    """For machines: the answer, and every entry that would be stored."""
    document = trial.document
    return {
        "url": shown(trial.url),
        "status": trial.status,
        "error": trial.error or None,
        "form": document.form if document else None,
        "title": document.title if document else None,
        "encoding": document.encoding if document else None,
        "etag": trial.etag,
        "last_modified": trial.last_modified,
        "conditional": trial.conditional,
        "moved_to": shown(trial.moved_to) or None,
        "proxy": bool(trial.proxy),
        "problems": list(document.problems) if document else [],
        "feeds_named": [clean_line(link, 2083) for link in _named(trial)],
        "entries": [
            {
                "title": clean_line(entry.title),
                "url": clean_link(entry.link),
                "published": iso(entry.published),
                "published_raw": clean_line(entry.published_raw, 100),
                "summary": clean_text(entry.summary),
                "publisher": clean_line(entry.publisher),
                "guid": clean_line(entry.guid, 300),
                "recognised": judged.get(entry.title, ""),
            }
            for entry in (document.entries if document else ())
        ],
    }


def _named(trial: Any) -> list[str]:
    """The feeds that a page names, absolute."""
    return all_joined(trial.final or trial.url, trial.document.links) if trial.document else []


def lines(trial: Any, judged: Mapping[str, str]) -> str:
    """For a pipe: one fact a line, then the entries."""
    said = [clean_line(fact, 1200) for fact in _facts(trial, judged)]
    for when, title in _entries(trial, judged):
        said.append(f"{when:16}  {clean_line(title, 1200)}")
    return "\n".join(said)


def _facts(trial: Any, judged: Mapping[str, str]) -> list[str]:
    facts = as_json(trial, judged)
    said = [f"{key}: {facts[key]}" for key in
             ("url", "status", "error", "form", "title", "encoding", "conditional", "moved_to")
             if facts[key]]  # fmt: skip
    if trial.proxy:
        said.append("proxy: yes (address checks end there)")
    said += [f"problem: {problem}" for problem in facts["problems"]]
    return said + [f"names the feed: {link}" for link in facts["feeds_named"]]


def _entries(trial: Any, judged: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """When and what; a day without an hour is a day."""
    for entry in trial.document.entries if trial.document else ():
        if entry.published:
            form = "%Y-%m-%d" if entry.offset is None else "%Y-%m-%d %H:%M"
            when = entry.published.strftime(form)
        else:
            when = clean_line(entry.published_raw, 16) or "no date"
        told = judged.get(entry.title, "")
        yield when, clean_line(entry.title, 600) + (f" [{told}]" if told else "")


@dataclass(frozen=True, slots=True)
class Shown:
    """The same for a terminal: titles wrapped beside their days."""

    trial: Any
    judged: Mapping[str, str]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Lines as wide as the terminal."""
        from rich.text import Text

        from tracker.view.lines import wrap

        width = options.max_width
        for fact in _facts(self.trial, self.judged):
            for number, part in enumerate(wrap(clean_line(fact, 1200), width - 2)):
                indent = "  " if number else ""
                yield Text(indent + part, no_wrap=True, overflow="ignore")
        for when, title in _entries(self.trial, self.judged):
            for number, part in enumerate(wrap(title, max(20, width - 18))):
                yield Text(f"{'' if number else when:16}  {part}")
