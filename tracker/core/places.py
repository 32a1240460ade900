"""Whose act it is: the capital that acts, read from the names and the kind."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.core.acts import Fired
from tracker.core.doers import (
    FIRM,
    OFFICE,
    Capitals,
    Doer,
    aimed_at,
    capitals_of,
    doer,
    is_country,
    located,
    speaker,
)
from tracker.core.lexicon import Hit, Lexicon
from tracker.core.text import Folded
from tracker.core.zones import Zone

_OF_CAPITALS: Final = frozenset({"rule", "licence", "listing", "legislation", "enforcement"})
"""Kinds that only a capital does; where no words say which, the wares and lists may."""

_CN_KINDS: Final = frozenset({"countermeasure", "substitution"})
_BOTH: Final = frozenset({"talks", "trip"})
_GREAT: Final = frozenset({"US", "CN"})

_OF_US: Final = (
    "us", "us-gov", "congress", "list-us", "us-firm", "us-chip", "us-ware", "veu", "diffusion",
    "bill-named", "FDPR",
)  # fmt: skip
"""What only Washington licenses, lists and rules on."""

_OF_CN: Final = ("cn", "cn-gov", "list-cn", "cn-law", "mineral", "cn-firm", "cn-ware", "cn-city")
_ANSWERS: Final = (
    "say", "criticise", "respond", "answers", "urge", "warn", "cn-wish", "tell", "deny", "unacted",
)  # fmt: skip
"""Words about another's act: whoever says them does not do it."""

_THIRD_ACTS: Final = ("ally", "answers-ally", "asml", "tw-", "nexperia")
_CN_ACTS: Final = ("import-", "mineral", "cn-")


class _Marks(NamedTuple):
    of_us: int
    of_cn: int
    answers: int
    us_gov: int
    cn_gov: int
    subj_cn: int
    grants: int
    brings: int
    reacts: int
    us: int
    charges: int
    list_us: int
    list_cn: int
    fined: int
    cn_offices: int


@lru_cache(maxsize=8)
def _marks(lexicon: Lexicon) -> _Marks:
    mask_of = lexicon.mask_of
    return _Marks(
        mask_of(_OF_US), mask_of(_OF_CN), mask_of(_ANSWERS), mask_of(("us-gov", "congress")),
        mask_of(("cn-gov",)), mask_of(("subj-cn",)), mask_of(("grant", "allow", "first-licences")),
        mask_of(("import", "purchase")), mask_of(("reacts-cn",)),
        mask_of(("us", "us-gov")), mask_of(("arrest", "indict", "plead")),
        mask_of(("list-us",)), mask_of(("list-cn",)),
        mask_of(("fine", "arrest", "indict", "plead", "probe")),
        mask_of(("cn-gov", "cn-court")),
    )  # fmt: skip


def jurisdiction_of(
    parts: list[Zone], kind: str, leading: Fired | None, lexicon: Lexicon
) -> tuple[str, ...]:
    """The capital that acts; the parties of talks and trips; none where nothing says so.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> parts = zones(fold("US adds Huawei to Entity List"), fold(""), lexicon())
    >>> jurisdiction_of(parts, "listing", None, lexicon())
    ('US',)
    """
    if not leading and not _named(parts, lexicon) and not parts[0].mask & _marks(lexicon).cn_gov:
        return ()
    if kind in _BOTH:
        return _parties(parts, kind, lexicon)
    if kind in _OF_CAPITALS:
        code = _by_capital(parts, kind, leading, lexicon)
    elif kind in _CN_KINDS:
        code = _by_beijing(parts, kind, lexicon)
    else:
        code = _by_anybody(parts, kind, lexicon)
    return (code,) if code else ()


def _named(parts: list[Zone], lexicon: Lexicon) -> int:
    """Whether an item names a country at all, or somebody of one: most do not."""
    mask = 0
    for part in parts:
        mask |= part.mask
    return mask & capitals_of(lexicon).mask


def _by_capital(
    parts: list[Zone], kind: str, leading: Fired | None, lexicon: Lexicon
) -> str | None:
    """Whose rule, licence, list, bill or case it is."""
    code = _court_of(parts[0], kind, lexicon) or _doing(parts, lexicon)
    code = code or _lets_in(parts, kind, lexicon)
    if kind == "enforcement" and code == "CN" and _in_america(parts, lexicon):
        code = "US"  # whose citizens are accused is not who accuses them
    if kind == "listing" and code in (None, *_GREAT):
        code = _whose_list(parts, lexicon) or code
    if code == "CN" and leading and leading.act.answers:
        code = None  # it answers, and the act is that of the other side
    if code is None and leading and leading.act.id.startswith(_THIRD_ACTS):
        code = _third(parts, capitals_of(lexicon))
    if code is None and leading and leading.act.id.startswith(_CN_ACTS):
        code = "CN"
    if code is None and kind == "enforcement" and parts[0].mask & _marks(lexicon).us_gov:
        return "US"
    if code is None and kind == "enforcement" and _by_chinas(parts, lexicon):
        return "CN"
    if code is None and kind == "enforcement" and (who := doer(parts[0], lexicon)):
        return "US" if _accused_abroad(who, parts, lexicon) else who.code
    return code or _by_wares(parts, lexicon)


def _by_chinas(parts: list[Zone], lexicon: Lexicon) -> bool:
    """Whether an office or a court of China's acts, and America names nobody who would.

    ``挨罚31亿人民币`` with the office below the headline; ``fined in China``.
    """
    marks, table = _marks(lexicon), capitals_of(lexicon)
    title = parts[0]
    if title.mask & marks.fined and any(
        is_country(hit.entry)
        and table.codes.get(hit.entry.id) == "CN"
        and located(hit, title.text.text)
        for hit in title.hits
    ):
        return True
    own = any(one.mask & marks.cn_offices and one.mask & marks.fined for one in parts)
    return own and not _any(parts, marks.us)


def _court_of(title: Zone, kind: str, lexicon: Lexicon) -> str | None:
    """The country where a headline has somebody charged or arrested: ``charged in Singapore``."""
    marks, table = _marks(lexicon), capitals_of(lexicon)
    if kind != "enforcement" or not title.mask & marks.charges:
        return None
    cases = [hit for hit in title.hits if hit.mask & marks.charges]
    named = (hit for hit in title.hits if hit.entry.id in table.codes)
    lands = (
        table.codes[hit.entry.id] for hit in named
        if located(hit, title.text.text) and any(_beside(hit, case) for case in cases)
    )  # fmt: skip
    return next((land for land in lands if land not in _GREAT), None)


def _beside(place: Hit, case: Hit) -> bool:
    """Whether a word of a charge stands right before a place or behind it."""
    return 0 <= place.start - case.end <= len(" in the ") or 0 <= case.start - place.end <= 1


def _in_america(parts: list[Zone], lexicon: Lexicon) -> bool:
    """Whether the headline has somebody charged or arrested, and America beside them."""
    marks = _marks(lexicon)
    charged = parts[0].mask & marks.charges and parts[0].mask & marks.us
    return bool(charged) and not _any(parts, marks.cn_gov)


def _accused_abroad(who: Doer, parts: list[Zone], lexicon: Lexicon) -> bool:
    """Whether a firm of another country is fined or charged, and America named as well."""
    marks = _marks(lexicon)
    other = who.role == FIRM and who.code != "US"
    return other and bool(parts[0].mask & marks.fined) and bool(_any(parts, marks.us))


def _whose_list(parts: list[Zone], lexicon: Lexicon) -> str | None:
    """Whose list the title names, else the text: nobody puts names on a list of the other side."""
    marks = _marks(lexicon)
    for some in (parts[:1], parts):
        us, cn = _any(some, marks.list_us), _any(some, marks.list_cn)
        if us or cn:
            return None if us and cn else "US" if us else "CN"
    return None


def _by_wares(parts: list[Zone], lexicon: Lexicon) -> str | None:
    """Whose lists, chips and firms an item names; nobody's where it names none."""
    marks = _marks(lexicon)
    if _any(parts, marks.of_us):
        return "US"
    who = doer(parts[0], lexicon, firms=False)
    if who is None and parts[0].mask & marks.cn_gov:
        return "CN"  # an office that is no name, as a legislature
    return who.code if who else None


def _doing(parts: list[Zone], lexicon: Lexicon) -> str | None:
    """The country that the title tells as doing it, else a government below.

    Washington is the answer of whoever comes after these rules, as Beijing seldom is.
    """
    marks = _marks(lexicon)
    for part in parts:
        who = doer(part, lexicon, firms=False)
        if who is None or (not part.title and who.role != OFFICE):
            continue
        if who.code == "US":
            return "US"
        if who.code == "CN":
            return None if part.mask & (marks.answers | marks.us_gov) else "CN"
        if who.role == OFFICE or not part.mask & marks.us_gov:
            return who.code
        return None
    return None


def _by_beijing(parts: list[Zone], kind: str, lexicon: Lexicon) -> str | None:
    """Beijing, unless another country answers or replaces."""
    marks = _marks(lexicon)
    if parts[0].mask & marks.reacts:
        return "CN"
    who = doer(parts[0], lexicon, firms=False)
    open_to_others = kind == "substitution"
    if who and who.code not in _GREAT and open_to_others:
        return who.code
    return "CN" if _any(parts, marks.of_cn) else None


def _by_anybody(parts: list[Zone], kind: str, lexicon: Lexicon) -> str | None:
    """Of whom somebody who speaks, or a firm, is."""
    if kind == "statement":
        for part in parts:
            if code := speaker(part, lexicon):
                return code
    for part in parts:
        if who := doer(part, lexicon):
            return who.code
    codes = capitals_of(lexicon).codes
    offices = {codes[hit.entry.id] for part in parts for hit in part.hits if _office(hit, codes)}
    return offices.pop() if len(offices) == 1 else None


def _office(hit: Hit, codes: dict[str, str]) -> bool:
    return hit.entry.id in codes and any(tag.endswith("-gov") for tag in hit.entry.tags)


def _any(parts: list[Zone], mask: int) -> bool:
    return any(part.mask & mask for part in parts)


def _lets_in(parts: list[Zone], kind: str, lexicon: Lexicon) -> str | None:
    """Beijing, where a sentence tells that it lets something in: the buyer permits imports."""
    marks = _marks(lexicon)
    told = kind == "licence" and any(
        part.mask & marks.subj_cn and part.mask & marks.grants and part.mask & marks.brings
        for part in parts
    )
    return "CN" if told else None


def _third(parts: list[Zone], table: Capitals) -> str | None:
    """The first of the other countries named, an office before a firm's home."""
    named = [hit for part in parts for hit in part.hits if hit.entry.id in table.codes]
    others = [hit for hit in named if table.codes[hit.entry.id] not in _GREAT]
    plain = [hit for hit in others if "firm" not in hit.entry.tags] or others
    return table.codes[plain[0].entry.id] if plain else None


def _parties(parts: list[Zone], kind: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Who meets whom, and who visits whom; no place where they do."""
    table = capitals_of(lexicon)
    title, whole = _met(parts[:1], table), _met(parts, table)
    third = [code for code in title if code not in _GREAT]
    who = doer(parts[0], lexicon)
    if kind == "trip" and who:
        return _visits(who, whole)
    if third and _GREAT.issubset(title):
        meet = _met(parts[:1], table, governed=False)
        if len(meet) > 1 and not set(third).isdisjoint(meet) and not _GREAT.issubset(meet):
            return meet[:2]  # who agrees on a third, which is not there
    if third and not _GREAT.issubset(title):
        return tuple(dict.fromkeys((*title, *whole)))[:2]
    both = tuple(code for code in ("US", "CN") if code in whole)
    return both if len(both) == 2 else whole[:2]


def _visits(who: Doer, whole: Iterable[str]) -> tuple[str, ...]:
    """The country of a visitor, then that of the host: China, or whom China visits."""
    if who.code != "CN":
        return (who.code, "CN")
    return ("CN", *[code for code in whole if code != "CN"][:1])


def _met(parts: list[Zone], table: Capitals, *, governed: bool = True) -> tuple[str, ...]:
    """The countries of which somebody is named, in the order of the text.

    Without ``governed`` those alone that no preposition names as whom something is aimed at.
    """
    return tuple(dict.fromkeys(
        table.codes[hit.entry.id] for part in parts for hit in part.hits
        if hit.entry.id in table.codes and not located(hit, part.text.text)
        and (governed or not aimed_at(hit, part.text.text))
    ))  # fmt: skip


def codes_of(lexicon: Lexicon) -> tuple[str, ...]:
    """Codes of whose act an act can be.

    >>> from tracker.core.examples import lexicon
    >>> codes_of(lexicon())
    ('US',)
    """
    return tuple(sorted({one.capital for one in lexicon.entries if one.capital}))


def names_of(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """What people call each country: its names and its capital's, in three scripts.

    A name of two (``US-China``) is none of either.

    >>> from tracker.core.examples import lexicon
    >>> names_of(lexicon())
    {'US': ('US', 'United States')}
    """
    found: dict[str, dict[str, None]] = {}
    seen: dict[str, set[str]] = {}
    for entry in lexicon.entries:
        if entry.capital and is_country(entry):
            for name in (entry.capital, entry.id, *entry.called, *entry.names):
                bare = name.strip("=*")
                found.setdefault(entry.capital, {})[bare] = None
                seen.setdefault(bare, set()).add(entry.capital)
    return {
        code: tuple(name for name in names if len(seen[name]) == 1)
        for code, names in sorted(found.items())
    }


def places_in(text: Folded, lexicon: Lexicon) -> tuple[str, ...]:
    """The places that a text names, by the lexicon's names for them, in its order.

    >>> from tracker.core.examples import lexicon
    >>> places_in(Folded("", ""), lexicon())
    ()
    """
    hits = (hit.entry for hit in lexicon.find(text))
    return tuple(dict.fromkeys(one.id for one in hits if one.kind == "place"))
