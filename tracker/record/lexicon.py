"""``db/lexicon/*.toml`` and the user's ``[[watch]]`` words, read into one lexicon.

The files hold one entry a line (``"H20" = { tags = [...], names = [...] }``) below ``[actor]``,
``[item]``, ``[place]``, ``[term]``, ``[cue]``; rules below ``[act]`` and ``[against]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from sys import intern
from typing import Any, Final

from tracker.core.clean import clean_line
from tracker.core.countries import CODES, meant
from tracker.core.lexicon import (
    ADDED,
    ENTRY_KINDS,
    MARKS,
    WATCHED,
    WAYS,
    Act,
    EntryKind,
    Lexicon,
    LexiconEntry,
    build,
)
from tracker.core.weights import NUMBERS, PLAIN, TABLES, Weights
from tracker.core.written import alias_text, tell_together
from tracker.errors import RecordError, UsageProblem, did_you_mean, nearest
from tracker.model import DIRECTIONS, INSTRUMENTS, KINDS
from tracker.record.curated_toml import head, line_of, loaded
from tracker.record.fitted import FITTED, is_number, load_fitted
from tracker.record.order import ORDER, load_order
from tracker.record.wording import WORDING, load_wording
from tracker.settings import OWN_ID, Watch

WEIGHTS: Final = "weights.toml"
_ENTRY_KEYS: Final = {"names", "tags", "reason", "capital", "adjectives", "called"}
_ACT_KEYS: Final = {
    "kind", "direction", "weight", "all", "none", "place", "instrument", "family", "reason",
    "goods", "bars", "alone",
}  # fmt: skip
_PLACES: Final = ("any", "title")
_SECTIONS: Final = (*ENTRY_KINDS, "act", "against")


def load_lexicon(folder: Path, watch: Iterable[Watch] = ()) -> Lexicon:
    """The lexicon of all TOML files in ``folder``, with the user's own words added.

    Raises:
        RecordError: a file cannot be read, or says something wrong; named with its line.
    """
    entries: list[LexiconEntry] = []
    acts: list[Act] = []
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise RecordError(f"{folder} holds no lexicon files.", hint="reinstall tracker")
    for path in files:
        if path.name in (WEIGHTS, FITTED, ORDER, WORDING):
            continue
        _read(path, entries, acts)
    _check_ids(entries, acts)
    _try_names(entries)
    roles = {tag for entry in entries for tag in entry.tags}
    shipped = tuple(entries)
    for word in watch:
        _check_roles(word, roles)
        entries.append(watched(word, shipped))
    fitted = load_fitted(folder / FITTED)
    order = load_order(folder / ORDER)
    wording = load_wording(folder / WORDING)
    lexicon = build(entries, acts, _weights(folder / WEIGHTS), fitted, order, wording)
    _check_rules(lexicon)
    return lexicon


def _check_ids(entries: Iterable[LexiconEntry], acts: Iterable[Act]) -> None:
    """An id stands once among the entries of its kind, and once among the rules."""
    told = [*((one.kind, one.id, one.where) for one in entries),
            *(("rule", one.id, one.where) for one in acts)]  # fmt: skip
    first: dict[tuple[str, str], str] = {}
    for kind, name, where in told:
        if (had := first.setdefault((kind, name), where)) != where:
            what = f"{where}: the {kind} {name!r} stands twice (the other is {had})."
            raise RecordError(what, hint="write one entry, or another id")


def _weights(path: Path) -> Weights:
    """The numbers of ``weights.toml``; without the file those of :data:`PLAIN`."""
    if not path.exists():
        return PLAIN
    text, data = loaded(path)
    for name, value in data.items():
        if name not in (*NUMBERS, *TABLES):
            hint = did_you_mean(name, [*NUMBERS, *TABLES]) or f"one of {', '.join(NUMBERS)}"
            raise RecordError(f"{path}:{head(text, name)}: unknown weight {name!r}.", hint=hint)
        rows = value if name in TABLES and isinstance(value, dict) else {name: value}
        if (name in TABLES) != isinstance(value, dict) or not all(map(is_number, rows.values())):
            raise RecordError(f"{path}: {name} must hold numbers.", hint="write 0.5, not a text")
    for kind in data.get("kinds", {}):
        if kind not in KINDS:
            what = f"{path}:{line_of(text).get(('kinds', kind), 1)}: no kind is called {kind!r}."
            raise RecordError(what, hint=did_you_mean(kind, list(KINDS)) or ", ".join(KINDS))
    return Weights(**data)


def watched(word: Watch, shipped: Iterable[LexiconEntry] = ()) -> LexiconEntry:
    """One ``[[watch]]`` of feeds.toml as a lexicon entry, tagged ``watched``.

    One that has the id of a ``shipped`` entry adds names to it: these are what its others are.

    Raises:
        UsageProblem: an unknown kind, a name of which nothing is left, an id with capitals that
            no entry has.
    """
    same = [entry for entry in shipped if entry.id == word.id]
    kind = _kind(word, same)
    if not same:
        _check_new(word, shipped)
    _check_values(word)
    return LexiconEntry(
        word.id, kind, (*word.names, *word.adjectives),
        (*word.roles, *((*same[0].tags, ADDED) if same else (WATCHED,))), word.where,
        capital=word.capital or (same[0].capital if same else ""), adjectives=word.adjectives,
    )  # fmt: skip


def _check_values(word: Watch) -> None:
    """Its names and its capital, as those of a file of the lexicon."""
    try:
        for key, names in (("names", word.names), ("adjectives", word.adjectives)):
            _try_names([LexiconEntry(word.id, "item", names, where=word.at(key))])
        _capital(word.capital, word.at("capital"))
    except RecordError as error:
        raise UsageProblem(error.what, hint=error.hint) from error


def _kind(word: Watch, same: Sequence[LexiconEntry]) -> EntryKind:
    """The kind that was written, else that of the entry whose id it is, else ``item``."""
    kinds: Sequence[EntryKind] = [entry.kind for entry in same] or ENTRY_KINDS
    if not word.kind:
        return kinds[0] if same else "item"
    for kind in kinds:
        if kind == word.kind:
            return kind
    what = f"kind {word.kind!r} is not one of {', '.join(kinds)}"
    if same:
        what = f'kind of "{word.id}" is {kinds[0]!r} in the lexicon ({same[0].where})'
    hint = did_you_mean(word.kind, [*kinds]) or f'kind = "{kinds[0]}", or another id'
    raise UsageProblem(f"{word.at('kind')}: {what}.", hint=hint)


def _check_new(word: Watch, shipped: Iterable[LexiconEntry]) -> None:
    if OWN_ID.fullmatch(word.id):
        return
    near = nearest(word.id.casefold(), [entry.id.casefold() for entry in shipped])
    meant = sorted({entry.id for entry in shipped if entry.id.casefold() in near})
    raise UsageProblem(
        f'{word.at("id")}: [[watch]] "{clean_line(word.id, 80)}": the lexicon has no such id.',
        hint=f"did you mean {', '.join(meant)}?" if meant
        else "a new id has small letters, digits, dots and hyphens",
    )  # fmt: skip


def _check_roles(word: Watch, known: set[str]) -> None:
    for role in word.roles:
        if role not in known:
            raise UsageProblem(
                f'{word.at("roles")}: [[watch]] "{word.id}": no role is called {role!r}.',
                hint=did_you_mean(role, sorted(known)) or "tracker lexicon test NAME shows roles",
            )


def _read(path: Path, entries: list[LexiconEntry], acts: list[Act]) -> None:
    text, data = loaded(path)
    lines = line_of(text)
    shown = "/".join(path.parts[-3:])
    if shown.startswith("_db/"):  # so db/ is called in a wheel
        shown = shown[1:]
    for section, rows in data.items():
        if section not in _SECTIONS or not isinstance(rows, dict):
            raise _no_section(f"{path}:{head(text, section)}", section, rows)
        for name, row in rows.items():
            where = f"{shown}:{lines.get((section, name), 1)}"
            if section in ENTRY_KINDS:
                entries.append(_entry(section, name, row, where))
            else:
                acts.append(_act(section, name, row, where))


def _no_section(where: str, section: str, rows: Any) -> RecordError:
    """A section that nobody knows, or one that is written as something else."""
    if section not in _SECTIONS:
        hint = did_you_mean(section, list(_SECTIONS)) or f"one of {', '.join(_SECTIONS)}"
        return RecordError(f"{where}: [{section}] is not a section of the lexicon.", hint=hint)
    shown = f"[[{section}]]" if isinstance(rows, list) else section
    hint = f"[{section}], with one pair of brackets, and a line for each entry below it"
    return RecordError(f"{where}: {shown} is not how a section begins.", hint=hint)


def _entry(kind: EntryKind, name: str, row: Any, where: str) -> LexiconEntry:
    _shape(row, _ENTRY_KEYS, where)
    tags, names = (
        _words(row.get("tags", []), "tags", where),
        _texts(row.get("names"), "names", where),
    )
    if not names:
        raise RecordError(f"{where}: {name!r} has no names.", hint='write names = ["..."]')
    adjectives = _texts(row.get("adjectives", []), "adjectives", where)
    return LexiconEntry(
        name, kind, (*names, *adjectives), tags, where, str(row.get("reason", "")),
        _capital(row.get("capital", ""), where), adjectives,
        _texts(row.get("called", []), "called", where),
    )  # fmt: skip


def _capital(value: Any, where: str) -> str:
    """The code of a country; capitals, as every export writes it."""
    if isinstance(value, str) and (not value or value in CODES):
        return value
    code = meant(str(value))
    hint = f'capital = "{code}"' if code else 'two letters of ISO 3166, as "BR" of Brazil; or "EU"'
    raise RecordError(f"{where}: capital {value!r} is no code of a country.", hint=hint)


def _try_names(entries: Sequence[LexiconEntry]) -> None:
    tell_together(name for entry in entries for name in entry.names)
    for entry in entries:
        try:
            for name in entry.names:
                alias_text(name)
        except ValueError as error:
            raise RecordError(f"{entry.where}: {error}.", hint="write the alias out") from error


def _act(section: str, name: str, row: Any, where: str) -> Act:
    _shape(row, _ACT_KEYS, where)
    kind, direction = intern(str(row.get("kind", ""))), intern(str(row.get("direction", "")))
    if section == "act":
        _one_of(kind, KINDS, "kind", where)
        _one_of(direction, DIRECTIONS, "direction", where)
    place, instrument = str(row.get("place", "any")), str(row.get("instrument", ""))
    _one_of(place, _PLACES, "place", where)
    if instrument:
        _one_of(instrument, INSTRUMENTS, "instrument", where)
    words = (group.split("|") for group in _texts(row.get("all"), "all", where))
    groups = tuple(tuple(map(intern, group)) for group in words)
    if not groups:
        raise RecordError(f"{where}: {name!r} asks for nothing.", hint='write all = ["..."]')
    return Act(
        name, kind if section == "act" else "", direction, _number(row, "weight", where), groups,
        _words(row.get("none", []), "none", where), place, instrument,
        str(row.get("family", name)), where, str(row.get("reason", "")),
        _flag(row, "goods", where), _flag(row, "bars", where),
        _number(row, "alone", where) if "alone" in row else None,
    )  # fmt: skip


def _number(row: Any, key: str, where: str) -> float:
    value = row.get(key)
    if not is_number(value):
        raise RecordError(f"{where}: {key} must be a number.", hint=f"write {key} = 2.0")
    return float(value)


def _flag(row: Any, key: str, where: str) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise RecordError(f"{where}: {key} must be true or false.", hint=f"write {key} = true")
    return value


def _shape(row: Any, keys: set[str], where: str) -> None:
    if not isinstance(row, dict):
        raise RecordError(f"{where}: not a table.", hint='write "id" = { names = ["..."] }')
    for key in row:
        if key not in keys:
            hint = did_you_mean(key, sorted(keys)) or f"one of {', '.join(sorted(keys))}"
            raise RecordError(f"{where}: unknown key {key!r}.", hint=hint)


def _texts(value: Any, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise RecordError(f"{where}: {key} must be a list of texts.", hint=f'{key} = ["..."]')
    return tuple(value)


def _words(value: Any, key: str, where: str) -> tuple[str, ...]:
    """Ids and tags, each held once however many rules name it."""
    return tuple(map(intern, _texts(value, key, where)))


def _one_of(value: str, known: Iterable[str], key: str, where: str) -> None:
    names = list(known)
    if value not in names:
        hint = did_you_mean(value, names) or f"one of {', '.join(names)}"
        raise RecordError(f"{where}: {key} {value!r} is not known.", hint=hint)


def _check_rules(lexicon: Lexicon) -> None:
    names = {name for entry in lexicon.entries for name in (entry.id, entry.kind, *entry.tags)}
    names |= {*MARKS, *WAYS}
    for act in lexicon.acts:
        for word in (*(word for group in act.all for word in group), *act.none):
            if word not in names:
                hint = did_you_mean(word, sorted(names)) or "name an id or a tag of the lexicon"
                raise RecordError(f"{act.where}: {word!r} is in no lexicon file.", hint=hint)
