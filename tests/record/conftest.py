"""A small record that is right, and a way to spoil one line of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

FILES = {
    "record.toml": """\
schema = 1
day = "2026-07-07"
""",
    "events/2025/2025-05-13-first.toml": """\
id = "2025-05-13-first"
date = "2025-05-13"
precision = "day"
kind = "rule"
instrument = "federal-register-rule"
direction = "tighten"
status = "confirmed"
evidence = "official"
title = "A rule"
summary = "What it says."
note = "How the sources differ."
jurisdiction = ["US"]
actors = ["BIS"]
items = ["H20"]
terms = []
series = ["share"]

[dates]
announced = "2025-05-13"
effective = ["2025-06-01", "2025-07-01"]

[[sources]]
url = "https://example.org/rule"
publisher = "Register"
published = "2025-05-13"
lang = "en"
official = true
title = "Rule"

[[sources]]
url = "https://example.org/report"
publisher = "Paper"
published_approx = "2025-05"
lang = "en"
official = false
""",
    "measures/rule.toml": """\
id = "rule"
title = "The rule"
aliases = ["first rule", "首条规则"]
jurisdiction = "US"
summary = "What it does."
items = ["H20"]
actors = ["BIS"]
checked = "2026-01-31"

[[states]]
state = "announced"
from = "2025-05-13"
until = "2025-05-31"
event_id = "2025-05-13-first"
by = "Washington"
strand = "text"

[[states]]
state = "in_force"
from = "2025-06-01"
event_id = "2025-05-13-first"
by = "Washington"
strand = "text"
note = "first parts"
""",
    "series.toml": """\
[[series]]
id = "share"
title = "A share"
unit = "percent"
scope = "all cards"
geography = "CN"
higher_means = "substitution up"
note = ""
""",
    "observations.toml": """\
[[observation]]
series = "share"
variant = "year"
period_start = "2024-01-01"
period_end = "2024-12-31"
value = 14
qualifier = "="
nature = "estimate"
published = "2025-03-31"
publisher = "A house"
via = "Paper"
url = "https://example.org/figure"
lang = "en"
note = "n"

[[observation]]
series = "share"
variant = "year"
period_start = "2025-01-01"
period_end = "2025-12-31"
value = 30
value_low = 25
value_high = 35
qualifier = "~"
nature = "forecast"
published = "2025-03-31"
publisher = "A house"
via = "Paper"
url = "https://example.org/figure"
lang = "en"
note = "n"
""",
    "claims.toml": """\
[[claim]]
id = "claim-01"
claim = "There is a rule."
quote_zh = "有规则"
about = "event"
event_id = "2025-05-13-first"
verdict = "confirmed"
why = "The rule says so."
sources = ["https://example.org/rule"]
""",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A record of one event, measure, series and claim that passes every check."""
    folder = tmp_path / "record"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def edit(small: Path) -> Callable[[str, str, str], Path]:
    """Replace the first ``old`` in one file by ``new``; the folder comes back."""

    def spoil(file: str, old: str, new: str) -> Path:
        path = small / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return small

    return spoil
