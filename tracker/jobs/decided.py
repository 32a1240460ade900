"""Which decisions the events were made with: a file of lines may change behind the program's back.

A colleague's lines are put beside the user's own with ``cat`` or a pull, and a ``decide`` may be
killed when its line is written and its events are not made yet.
"""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Final

from tracker.core import accepted
from tracker.core.decisions import Decisions
from tracker.jobs import derive
from tracker.jobs.house import House
from tracker.model import RECORD
from tracker.store.curated import Curated
from tracker.store.schema import meta, set_meta

_DECIDED: Final = "decided"


def is_current(db: sqlite3.Connection, house: House) -> bool:
    """Whether the events were made with the lines that stand in the files now."""
    return (meta(db, _DECIDED) or "").partition("\n")[0] == _sign(house)


def remember(db: sqlite3.Connection, house: House, decisions: Decisions) -> None:
    """The events are made with ``decisions``, which are those of the files."""
    sign = _sign(house)
    if sign or meta(db, _DECIDED):
        set_meta(db, _DECIDED, f"{sign}\n{' '.join(sorted(decisions.named()))}" if sign else "")


def catch_up(db: sqlite3.Connection, house: House, rules: derive.Rules, moment: str) -> None:
    """Make the events again of which lines speak now, or spoke when they were made last."""
    before = (meta(db, _DECIDED) or "").partition("\n")[2].split()
    items = sorted({*before, *rules.decisions.named()})
    Curated(db).accept(accepted.observations(rules.decisions.claims.values()))
    derive.redecide(db, items, rules, moment)
    derive.rederive(db, [one for one in items if not one.startswith(RECORD)], rules, moment)
    remember(db, house, rules.decisions)


def _sign(house: House) -> str:
    """A sign of the lines shipped and of the user's own; '' where there are none."""
    texts = [_bytes(file) for file in house.paths.journals]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16] if any(texts) else ""


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError:
        return b"?"  # whoever reads the lines tells of it
