"""Items a second of ``scan`` on made-up items, one core; the peak of memory beside it.

    python benchmarks/scan.py [ITEMS]        default 20 000

One item in five is of the topic: acts of many sorts over four years in two languages. Then the same
with one in fifty, as in a general feed.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tracker.core.examples import entry  # noqa: E402
from tracker.core.lexicon import Lexicon  # noqa: E402
from tracker.core.recognise import recognise_each  # noqa: E402
from tracker.jobs.scan import AT_ONCE, scan  # noqa: E402 - runs from a checkout without installation
from tracker.record.lexicon import load_lexicon  # noqa: E402

ACTS = (
    "US {verb} {item} exports to China", "US adds {n} {firm} units to Entity List",
    "China restricts exports of {metal}", "美国批准{item}对华出口",
    "商务部对{metal_zh}实施出口管制",
    "Nvidia CEO visits {city} as {item} sales stall", "美國將{n}家中國企業列入實體清單",
    "Justice Department charges {n} with smuggling {item} chips to China",
)  # fmt: skip
OTHER = (
    "{firm} unveils new phone in {city}", "Shares of {firm} rise {n}% on earnings",
    "{city} hosts marathon with {n} runners", "{firm}发布新款手机", "美股收盘:道指涨{n}点",
    "Review: a laptop for {n} dollars", "Why {city} matters", "How to cook rice in {n} minutes",
)  # fmt: skip
WORDS = {
    "verb": ("bans", "allows", "restricts", "approves", "suspends"),
    "item": ("H20", "H200", "MI308", "A800", "Blackwell", "HBM"),
    "firm": ("Huawei", "SMIC", "Cambricon", "Inspur", "Apple", "Xiaomi"),
    "metal": ("gallium", "tungsten", "antimony", "graphite", "rare earths"),
    "metal_zh": ("镓", "钨", "锑", "石墨", "稀土"),
    "city": ("Beijing", "Geneva", "London", "Madrid", "Shanghai"),
}


DENSE: Final = 5
GENERAL: Final = 50
"""Of so many items one is of the topic: in a feed of the field, in a general one."""


def items(count: int, every: int = DENSE) -> list[str]:
    pick = random.Random(7)
    found = []
    for number in range(count):
        shape = pick.choice(ACTS if number % every == 0 else OTHER)
        words = {name: pick.choice(values) for name, values in WORDS.items()}
        title = shape.format(n=pick.randint(2, 99), **words)
        day = date(2022, 1, 1) + timedelta(days=pick.randint(0, 1700))
        summary = f"{title}, officials said on Tuesday. It follows weeks of talks."
        found.append(json.dumps(
            {"id": number, "title": title, "summary": summary, "published": day.isoformat()}
        ))  # fmt: skip
    return found


def alone(lines: list[str], lexicon: Lexicon) -> float:
    """Items a second that are only recognised: nothing is read from JSON, joined or told."""
    entries = []
    for number, line in enumerate(lines):
        row = json.loads(line)
        day = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC)
        told = replace(entry(row["title"]), summary=row["summary"], published=day, seen=day)
        entries.append(replace(told, item_id=str(number), digest=str(number)))
    start = time.process_time()
    for at in range(0, len(entries), AT_ONCE):
        recognise_each(entries[at : at + AT_ONCE], lexicon)
    return len(entries) / (time.process_time() - start)


def main(argv: list[str]) -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("items", type=int, nargs="?", default=20_000)
    count = ask.parse_args(argv).items
    lexicon = load_lexicon(ROOT / "db" / "lexicon")
    list(scan(items(100), lexicon))
    for every in (DENSE, GENERAL):
        lines = items(count, every)
        start = time.process_time()
        relevant = sum(row["relevant"] for row in scan(lines, lexicon))
        took = time.process_time() - start
        print(f"one in {every}: {len(lines)} items, {relevant} relevant, {took:.1f} s of processor"
              f" time, {len(lines) / took:.0f} items a second; recognised alone,"
              f" {alone(lines, lexicon):.0f}")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak {peak:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
