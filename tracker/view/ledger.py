"""The ledger of claims: figures of added articles, then what a person checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.text import Text

from tracker.core.clean import clean_line
from tracker.model import SeedClaim, Series
from tracker.view import article as article_view
from tracker.view.lines import Lines, wrap


def render(
    found: Sequence[article_view.Reading],
    curated: Sequence[SeedClaim],
    series: Iterable[Series],
    *,
    width: int,
) -> Lines:
    """Articles with their figures, then the checked statements with their verdicts."""
    by_id = {one.id: one for one in series}
    lines: list[Text] = []
    for one in found:
        words = f"{one.entry.item_id}  {clean_line(one.entry.title)}"
        lines += [Text(line, style="bold") for line in wrap(words, width)]
        lines += [*article_view.figures(one.figures, by_id, width), Text()]
    if not found:
        lines += [Text("No article was added: tracker add PATH", style="dim"), Text()]
    lines.append(Text(f"{len(curated)} statements checked by a person", style="bold"))
    return Lines([*lines, *article_view.verdicts(curated, width)])


def curated_json(curated: Iterable[SeedClaim]) -> list[dict[str, Any]]:
    """The checked statements in the fields of ``claims --format json``."""
    return [article_view.verdict_json(one) for one in curated]
