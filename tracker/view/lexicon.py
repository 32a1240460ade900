"""What the lexicon, the rules and the fitted roles find in a text, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from tracker.core.acts import Fired
from tracker.core.balance import Balance, Tally
from tracker.core.clean import clean_line
from tracker.core.lexicon import Hit, Lexicon
from tracker.core.unfound import Finding
from tracker.core.verdict import Verdict
from tracker.core.weights import RELEVANT

FITTED: Final = "db/lexicon/fitted.toml"
_SHOWN: Final = 6


def plain(found: Balance) -> str:
    """Names and words, the rules, then what rules and roles make of them."""
    if not found.hits:
        return "nothing found"
    lines = [
        *dict.fromkeys(map(_hit, found.hits)),
        *([f"read as {', '.join(found.marks)}"] if found.marks else []),
        *(_rule(one, found) for one in _placed(found.told.found)),
    ]
    lines += ["", f"by rules    {_verdict(found.rules)}"]
    if found.relevance is None:
        lines.append("with roles  the same: without subject and sides they are not asked")
        return "\n".join(lines)
    lines += [f"with roles  {_verdict(found.told)}  {FITTED}", _tally(found.relevance, sign="+")]
    if found.letters:
        lines.append(f"  letters {found.letters.weight:+.2f}: {found.letters.why}")
    if found.kept:
        lines.append("  a word of the user's own is never voted down")
    if found.plain:
        lines.append("  a headline that stands alone and says so plainly is not refused")
    if found.alone:
        lines += [f"  {one.why}" for one in found.told.reasons if one.name == "roles alone"]
    for tallies, by_rules in (
        (found.kinds, found.rules.kind), (found.directions, found.rules.direction)
    ):  # fmt: skip
        lines += map(_tally, _telling(tallies, by_rules))
    lines += [f"  {one.why}" for one in found.told.reasons if one.name == "turn"]
    return "\n".join(lines)


def as_json(text: str, found: Balance) -> dict[str, Any]:
    """``{"schema_version", "text", "names", "read_as", "rules", "by_rules", "told", "roles"}``.

    ``roles`` is null where they were not asked; every outcome has all its terms there.
    """
    return {
        "schema_version": 1, "text": text,
        "names": [_hit_json(one) for one in dict.fromkeys(found.hits)],
        "read_as": list(found.marks),
        "rules": [_rule_json(one, found) for one in _placed(found.told.found)],
        "by_rules": _verdict_json(found.rules), "told": _verdict_json(found.told),
        "roles": None if found.relevance is None else {
            "relevance": _tally_json(found.relevance),
            "letters": round(found.letters.weight, 2) if found.letters else None,
            "kinds": [_tally_json(one) for one in found.kinds],
            "directions": [_tally_json(one) for one in found.directions],
        },
    }  # fmt: skip


def linted(found: Iterable[Finding], lexicon: Lexicon) -> str:
    """What was found in a lexicon, a line each, and how much was looked at."""
    lines = [clean_line(f"{one.where}: {one.what}. Try: {one.hint}") for one in found]
    names = sum(len(entry.names) for entry in lexicon.entries)
    looked = f"{names:,} names of {len(lexicon.entries):,} entries, {len(lexicon.acts):,} rules"
    return "\n".join([*lines, f"{looked}." if lines else f"{looked}. No problem found."])


def _hit(hit: Hit) -> str:
    entry = hit.entry
    tags = " ".join(entry.tags)
    return clean_line(f"{hit.words!r} {entry.kind} {entry.id}  [{tags}]  {entry.where}")


def _hit_json(hit: Hit) -> dict[str, Any]:
    entry = hit.entry
    return {"words": hit.words, "kind": entry.kind, "id": entry.id, "tags": list(entry.tags),
            "where": entry.where}  # fmt: skip


def _placed(rules: Iterable[Fired]) -> list[Fired]:
    """The rules as the files have them: those against last."""
    return sorted(rules, key=lambda one: (not one.act.kind, one.act.id))


def _rule(one: Fired, found: Balance) -> str:
    what = f"{one.act.kind}, {one.act.direction}" if one.act.kind else "against"
    held = "" if one in found.told.firm else ", doubted"
    return clean_line(
        f"rule {one.act.id} {one.weight:+.1f} ({what}{held})  {one.words}  {one.act.where}"
    )


def _rule_json(one: Fired, found: Balance) -> dict[str, Any]:
    return {
        "id": one.act.id, "weight": round(one.weight, 2), "kind": one.act.kind or None,
        "direction": one.act.direction if one.act.kind else None,
        "doubted": one not in found.told.firm, "words": one.words, "where": one.act.where,
    }  # fmt: skip


def _verdict(told: Verdict) -> str:
    if not told.relevant:
        return f"not relevant: {told.score:.2f}, below {RELEVANT}"
    return f"{told.kind}, {told.direction}: {told.score:.2f}, relevant from {RELEVANT}"


def _verdict_json(told: Verdict) -> dict[str, Any]:
    return {"relevant": told.relevant, "score": round(told.score, 2), "kind": told.kind,
            "direction": told.direction}  # fmt: skip


def _telling(tallies: Sequence[Tally], by_rules: str) -> list[Tally]:
    """The outcome taken, and the one it was taken before: that of the rules, else the next."""
    others = [one for one in tallies[1:] if one.outcome == by_rules] or list(tallies[1:2])
    return [*tallies[:1], *others]


def _tally(one: Tally, sign: str = "") -> str:
    parts = f"rules {one.rules:+.2f}, always {one.always:+.2f}, roles {one.roles:+.2f}"
    terms = ", ".join(f"{term.name} {term.value:+.2f}" for term in one.terms[:_SHOWN])
    rest = len(one.terms) - _SHOWN
    more = f" and {rest} more" if rest > 0 else ""
    return f"  {one.outcome:<15}{one.total:>{sign}6.2f} = {parts}: {terms}{more}".rstrip(": ")


def _tally_json(one: Tally) -> dict[str, Any]:
    return {
        "outcome": one.outcome, "total": round(one.total, 2), "rules": round(one.rules, 2),
        "always": round(one.always, 2),
        "terms": [{"role": term.name, "value": round(term.value, 2)} for term in one.terms],
    }  # fmt: skip
