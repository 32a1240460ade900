"""Made archives for the tests of ``backfill``, and what a database holds, to the byte."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SHAPES = (
    "US bans {item} exports to China", "US adds {n} Huawei units to Entity List",
    "China restricts exports of {metal}", "美国批准{item}对华出口", "Nvidia visits {city} over {item}",
    "{city} hosts marathon with {n} runners", "How to cook rice in {n} minutes",
)  # fmt: skip


def rows(count: int, seed: int = 7) -> list[dict[str, Any]]:
    """Made-up items over two years, in no order of time; most of no interest."""
    pick = random.Random(seed)
    found: list[dict[str, Any]] = []
    for number in range(count):
        shape = pick.choice(SHAPES)
        title = shape.format(
            n=pick.randint(2, 99), item=pick.choice(("H20", "H200", "MI308")),
            metal=pick.choice(("gallium", "tungsten")), city=pick.choice(("Geneva", "London")),
        )  # fmt: skip
        day = date(2024, 1, 1) + timedelta(days=pick.randint(0, 700))
        found.append({
            "id": f"n{number}", "title": title, "summary": f"{title}, officials said on Tuesday.",
            "published": f"{day}T08:00:00Z", "publisher": "Example Wire",
            "url": f"https://news.example/{seed}/{number}",
        })  # fmt: skip
    return found


def jsonl(path: Path, items: Iterable[Mapping[str, Any] | str]) -> Path:
    """A JSON Lines file; text is written as it is."""
    lines = (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in items)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def held(path: Path) -> list[str]:
    """Everything that a database holds, as SQL; the words of its indexes as rows."""
    db = sqlite3.connect(path)
    try:
        return [line for line in db.iterdump() if "sqlite_stat" not in line]
    finally:
        db.close()
