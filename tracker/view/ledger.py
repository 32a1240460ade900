"""The ledger of claims: figures of stored texts, then what a person checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from rich.text import Text

from tracker.core.claims import Said
from tracker.core.clean import clean_line
from tracker.model import SeedClaim, Series
from tracker.view import article as article_view
from tracker.view.lines import Lines, wrap


def render(
    found: Sequence[Said],
    curated: Sequence[SeedClaim],
    series: Iterable[Series],
    *,
    width: int,
    left_out: int = 0,
) -> Lines:
    """Texts with their figures, then the checked statements with their verdicts.

    ``left_out`` verdicts were written later than the day asked for.
    """
    by_id = {one.id: one for one in series}
    lines: list[Text] = []
    for _, group in groupby(found, key=lambda one: one.item_id):
        figures = list(group)
        words = f"{figures[0].item_id}  {figures[0].known}  {clean_line(figures[0].title)}"
        lines += [Text(line, style="bold") for line in wrap(words, width)]
        for one in figures:
            lines += article_view.figure(one.beside, by_id, width, one.id)
        lines.append(Text())
    if not found:
        lines += [Text("No stored text names a figure: tracker add PATH", style="dim"), Text()]
    if left_out:
        words = f"{left_out} verdicts were written later than the day asked for and are left out"
        return Lines([*lines, *(Text(line, style="dim") for line in wrap(words, width))])
    lines.append(Text(f"{len(curated)} statements checked by a person", style="bold"))
    return Lines([*lines, *article_view.verdicts(curated, width)])


def as_json(found: Sequence[Said], curated: Iterable[SeedClaim]) -> dict[str, Any]:
    """``{"schema_version", "figures", "checked"}``; a figure names its text by ``entry``."""
    return {
        "schema_version": 1,
        "figures": [
            {
                "claim": one.id,
                "entry": one.item_id,
                "title": one.title,
                "publisher": one.publisher,
                "url": one.url or None,
                "known": one.known.isoformat(),
                **article_view.figure_json(one.beside),
            }
            for one in found
        ],
        "checked": [article_view.verdict_json(one) for one in curated],
    }
