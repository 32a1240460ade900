"""A figure of a stored text becomes an observation, because a person says so."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Final

from tracker.core import accepted
from tracker.core.claims import CANDIDATES, Claim, Said
from tracker.core.decisions import standing
from tracker.core.figures import house_of
from tracker.dates import PartialDate
from tracker.errors import UsageProblem, did_you_mean
from tracker.jobs import decide
from tracker.jobs.house import House
from tracker.jobs.journalling import Decided
from tracker.jobs.said import said
from tracker.model import NATURES, Series
from tracker.record import journal
from tracker.store.curated import Curated
from tracker.store.entries import Entries

SHORTEST: Final = 4
"""Letters of a claim's name that are enough where they fit only one."""

_HALVES: Final = {"H1": (1, 6), "H2": (7, 12)}
_QUARTERS: Final = {f"Q{n}": (3 * n - 2, 3 * n) for n in range(1, 5)}


def accept(
    house: House, name: str, *, series: str = "", variant: str = "", period: str = "",
    whose: str = "", nature: str = "claim", why: str = "", by: str = "",
) -> Decided:  # fmt: skip
    """Write the line that makes an observation of the claim called ``name``.

    Series, period and house are the text's own where it names them; what it leaves open the person
    says. ``nature`` is how far it is to be trusted; a ``claim`` never counts as measured.

    Raises:
        UsageProblem: no or several claims of that name; an unknown series, variant, house or
            nature; a period that is none; a unit that is not the series'. Nothing was written.
        Busy, StoreError: the line cannot be written now, or at all.
    """
    db = house.reader()
    found = _named(db, name)
    claim = found.beside.claim
    one = _series(Curated(db), found, series)
    if claim.unit != one.unit:
        raise UsageProblem(
            f"{one.id} is in {one.unit}, the claim in {claim.unit}.", hint=_choices(db, claim)
        )
    if nature not in NATURES:
        raise UsageProblem(
            f"--as does not know {nature!r}.", hint=did_you_mean(nature, list(NATURES))
            or ", ".join(NATURES),
        )  # fmt: skip
    who = whose or claim.speaker or found.publisher
    if not who:
        raise UsageProblem("Nobody is named as the source of this figure.", hint="--house NAME")
    value = accepted.value_of(
        found, series=one.id, variant=_variant(db, one, variant), days=_days(claim, period),
        house=who, nature=nature, lang=_lang(db, found.item_id),
    )  # fmt: skip
    _new(house, found, value)
    seen = f"{found.title} ({found.item_id}): {claim.words}"[:500]
    return decide.accept(house, found.item_id, value, why=why, by=by, seen=seen)


def _named(db: sqlite3.Connection, name: str) -> Said:
    found = [one for one in said(db) if len(name) >= SHORTEST and one.id.startswith(name.lower())]
    if not found:
        raise UsageProblem(f"No claim is called {name!r}.", hint="tracker claims shows their names")
    if len({one.id for one in found}) > 1:
        raise UsageProblem(
            f"{name!r} fits {len(found)} claims.", hint=", ".join(one.id for one in found[:8])
        )
    return found[0]


def _series(curated: Curated, found: Said, wanted: str) -> Series:
    """The series asked for; else the only one of that unit that fits, or whose house is named."""
    known = {one.id: one for one in curated.series()}
    if wanted:
        if wanted not in known:
            hint = did_you_mean(wanted, list(known)) or "tracker share lists them"
            raise UsageProblem(f"No series is called {wanted!r}.", hint=hint)
        return known[wanted]
    claim = found.beside.claim
    ids = [id_ for id_ in CANDIDATES[claim.subject] if known[id_].unit == claim.unit]
    rows = curated.observations(ids)
    own = {one.series for one in rows if house_of(one) == claim.speaker}
    fitting = [id_ for id_ in ids if id_ in own] or ids
    if len(fitting) != 1:
        raise UsageProblem(
            "The text does not say in which series this figure stands.",
            hint=f"--series {' or '.join(fitting)}" if fitting else f"no series is in {claim.unit}",
        )
    return known[fitting[0]]


def _choices(db: sqlite3.Connection, claim: Claim) -> str:
    units = {one.id: one.unit for one in Curated(db).series()}
    ids = [id_ for id_ in CANDIDATES[claim.subject] if units.get(id_) == claim.unit]
    return f"--series {' or '.join(ids)}" if ids else f"no series is in {claim.unit}"


def _variant(db: sqlite3.Connection, series: Series, wanted: str) -> str | None:
    """The variant asked for; needed where the series holds several quantities."""
    rows = Curated(db).observations([series.id])
    known = list(dict.fromkeys(one.variant for one in rows))
    names = [name for name in known if name]
    if wanted and wanted not in names:
        hint = did_you_mean(wanted, names) or ", ".join(names) or "leave --variant out"
        raise UsageProblem(f"{series.id} has no variant {wanted!r}.", hint=hint)
    if wanted or None in known or not known:
        return wanted or None
    if len(names) > 1:
        raise UsageProblem(
            f"{series.id} holds several quantities.", hint=f"--variant {' or '.join(names)}"
        )
    return names[0]


def _days(claim: Claim, wanted: str) -> tuple[date, date]:
    if wanted:
        return period_days(wanted)
    if claim.start and claim.end:
        return claim.start, claim.end
    raise UsageProblem("The text names no period for this figure.", hint="--period 2025")


def period_days(words: str) -> tuple[date, date]:
    """First and last day of ``2025``, ``2025-H1``, ``2025-Q3``, ``2025-07``, a day, or ``A..B``.

    Raises:
        UsageProblem: it is none of these.
    """
    year, _, part = words.partition("-")
    months = _HALVES.get(part) or _QUARTERS.get(part)
    try:
        if months:
            first = PartialDate(int(year), months[0]).first
            return first, PartialDate(int(year), months[1]).last
        start, _, end = words.partition("..")
        days = PartialDate.parse(start).first, PartialDate.parse(end or start).last
    except ValueError:
        raise UsageProblem(
            f"--period {words!r} is no period.", hint="2025, 2025-H1, 2025-Q3, 2025-07 or A..B"
        ) from None
    if days[0] > days[1]:
        raise UsageProblem(f"--period {words!r} ends before it begins.", hint="swap the two")
    return days


def _lang(db: sqlite3.Connection, item: str) -> str:
    revisions = Entries(db).revisions(item)
    return revisions[-1].lang if revisions else "other"


def _new(house: House, found: Said, value: str) -> None:
    """Refuse to write the same acceptance twice."""
    line = standing(journal.read(house.paths.decisions)).claims.get(found.id)
    if line and line.value == value:
        raise UsageProblem(
            f"{found.id} was accepted by {line.by} on {line.at[:10]}.", hint="tracker decide undo"
        )
