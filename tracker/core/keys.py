"""What joining compares besides a mention's fields: rules, words, places and numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import attrgetter
from typing import Final

from tracker.core.act_words import firms
from tracker.core.acts import Fired
from tracker.core.doers import located
from tracker.core.lexicon import Hit, Lexicon
from tracker.core.marks import CURB_GONE, DENIED, LEAVE_GONE
from tracker.core.origins import SIGNS, text_marks, wire_in
from tracker.core.signs import sign, signs_in
from tracker.core.standing import stage_of
from tracker.core.text import numbers
from tracker.core.traits import (
    BESIDE,
    BILL,
    CHAMBER,
    COUNTED,
    DENIES,
    FIRM,
    HOME,
    LAND,
    LEADS,
    MAKER,
    MATTER,
    METALS,
    PERSON,
    STAGE,
    TURNED,
    WARE,
)
from tracker.core.undated import Dated
from tracker.core.zones import Zone

GENERAL: Final = frozenset({
    "China", "United States", "US government", "chief executives", "ministers", "bill", "list",
    "semiconductors",
})  # fmt: skip
"""Entries that roles are read from but that name nobody and nothing in particular."""

UNNAMED: Final = GENERAL | {"industry groups", "prosecutors", "courts", "supreme court"}
"""What reports may have in common, but which of several bodies it is they do not say."""

_STOP: Final = frozenset({
    "the", "and", "for", "with", "that", "from", "its", "has", "have", "are", "was", "were",
    "will", "after", "into", "over", "amid", "new", "not", "but", "says", "said", "say", "more",
    "than", "out", "off", "how", "why", "what",
})  # fmt: skip
_ENTRY: Final = attrgetter("entry")
_WORD: Final = re.compile(r"[a-z][a-z0-9'-]{2,}")
_RUN: Final = re.compile(r"[\u3400-\u9fff]+")


def named(parts: list[Zone]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Items, actors and terms found, each in the order of the text.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> named(zones(fold("US adds Huawei to Entity List"), fold(""), lexicon()))[1]
    ('Huawei',)
    """
    found: dict[str, dict[str, None]] = {"item": {}, "actor": {}, "term": {}}
    for part in parts:
        for hit in part.hits:
            entry = hit.entry
            sort = found.get(entry.kind)
            if sort is not None and entry.id not in UNNAMED and not _town(hit, part):
                sort[entry.id] = None
    return tuple(found["item"]), tuple(found["actor"]), tuple(found["term"])


def _town(hit: Hit, part: Zone) -> bool:
    """Whether a government's name is that of its town, and says where (``summit in Seoul``)."""
    return "ally-gov" in hit.entry.tags and located(hit, part.text.text)


def keys_of(
    parts: list[Zone], found: list[Fired], leading: Fired | None, dated: Dated | None
) -> tuple[str, ...]:
    """The keys of a mention.

    ``act:`` the leading rule, ``fam:`` every rule, ``t:`` and ``s:`` entries found in title and
    summary, ``PARTIES`` what the title is about, ``BESIDE`` countries, chambers, matters and wares
    that only the summary names, ``HOME`` countries of firms, ``COUNTED`` numbers of firms in the
    title, ``place:``, ``num:``, ``w:`` words of the title; ``dated`` where a phrase named the day,
    ``dated-weakly`` where it dated somebody's words about the act; ``wire:`` the wire the text is
    laid to and ``text:`` what its copies share (``core.origins``).

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> keys_of(zones(fold("US adds Huawei"), fold(""), lexicon()), [], None, None)[0]
    't:Huawei'
    """
    keys = [f"act:{leading.act.family}"] if leading else []
    keys += [f"fam:{one.act.family}" for one in found if one.act.kind]
    for part in parts:
        keys += _entries(part)
        keys += [f"num:{number}" for number in numbers(part.text.text)]
    keys += [f"w:{word}" for word in content(parts[0].text.text)]
    keys += [f"{COUNTED}:{number}" for number in sorted(firms(parts[0].text.text))]
    if leading:
        keys += _whose(" ".join(part.text.text for part in parts[1:]))
    if dated and dated.said:
        weakly = dated.spoken or (dated.quoted and leading is not None and leading.act.answers)
        keys += ["dated", "dated-weakly"] if weakly else ["dated"]
    return tuple(dict.fromkeys(keys))


_WIRES: Final = sign(*SIGNS)


def _whose(text: str) -> list[str]:
    """The wire that a text is laid to, and what tells a copy of the text."""
    wire = wire_in("", text) if signs_in(f" {text}".casefold()) & _WIRES else None
    return [*([f"wire:{wire}"] if wire else ()), *(f"text:{mark}" for mark in text_marks(text))]


def _entries(part: Zone) -> list[str]:
    found = [
        told
        for entry in map(_ENTRY, part.hits)
        if (told := _told(entry.id, entry.kind, entry.tags, entry.capital, part.title))
    ]
    return [told[0] for told in found] + [party for _, *own in found for party in own]


@lru_cache(maxsize=4096)
def _told(
    entry: str, kind: str, tags: tuple[str, ...], capital: str, title: bool
) -> tuple[str, ...]:
    """The key of an entry, and those it has as a party; none of what names nothing in particular.

    Kept, as the same entries are found again and again.
    """
    if entry.startswith("x-") or entry in GENERAL:
        return ()
    side = "t" if title else "s"
    name = f"{'place' if kind == 'place' else side}:{entry}"
    return (name, *_parties(entry, frozenset(tags), capital, title=title))


def third(capital: str) -> str:
    """The code of a country beside China and the United States; '' for these and for none.

    >>> third("NL"), third("US")
    ('NL', '')
    """
    return "" if capital in ("US", "CN") else capital


def _parties(entry: str, tags: frozenset[str], capital: str, *, title: bool) -> list[str]:
    """What an entry of a title is a party as; beside it only what a report may be about besides."""
    beside = ((LAND, third(capital)), (CHAMBER, _chamber(entry, tags)),
              (MATTER, _matter(tags)), (WARE, _ware(entry, tags)))  # fmt: skip
    homes = [f"{HOME}:{one.upper()}" for one in sorted(tags & _HOMES)] if "firm" in tags else []
    if not title:
        bills = [f"{BILL}:{entry}"] if _sort_of(tags) == BILL else []  # headlines seldom name one
        return [f"{BESIDE}:{one}" for _, one in beside if one] + homes + bills
    sorts = ((_sort_of(tags), entry), *beside)
    return [f"{sort}:{one}" for sort, one in sorts if sort and one] + homes


_HOMES: Final = frozenset({"nl", "jp", "kr", "tw"})
"""Tags that name the country of a firm; firms of others have their capital."""

_MATTERS: Final = {
    "list-cn": "lists", "list-us": "lists", "affiliates": "lists", "nexperia": "Nexperia",
    "mineral": "minerals", "antidumping": "dumping", "antitrust": "antitrust",
    "portfee": "port fees", "us-chip": "chips", "chip-model": "chips", "eda": "EDA",
    "tool": "chip tools", "diffusion": "AI diffusion", "bill-named": "bills", "bill-word": "bills",
}  # fmt: skip
"""What acts are about, by tags. The owners of listed firms are a matter of lists."""


def _matter(tags: frozenset[str]) -> str:
    if "dual-use" in tags:  # wares of every sort, and whoever is kept from them
        return ""
    return next((told for tag, told in _MATTERS.items() if tag in tags), "")


def _ware(entry: str, tags: frozenset[str]) -> str:
    """Rare earths or metals of the other sort; graphite was controlled with both."""
    if "rare-earth" in tags:
        return "rare earths"
    return "metals" if entry in METALS and entry != "graphite" else ""


def _chamber(entry: str, tags: frozenset[str]) -> str:
    """The chamber of Congress that an entry is or belongs to; '' for others."""
    if "congress" not in tags:
        return ""
    return next((one for one in ("House", "Senate") if one in entry), "")


def _sort_of(tags: frozenset[str]) -> str:
    """The sort of party; a unit of a firm is told as the firm."""
    if tags & {"person", "ceo"}:
        return PERSON
    if tags & {"firm", "cn-firm", "chip-firm"} and "unit" not in tags:
        return MAKER if "chip-firm" in tags else FIRM
    return BILL if "bill-named" in tags else ""


@lru_cache(maxsize=4096)
def content(title: str) -> tuple[str, ...]:
    """Words of a Latin title, letter pairs of a Chinese one; likeness within a language.

    >>> content("us bans chips"), content("约谈英伟达")
    (('bans', 'chips'), ('约谈', '谈英', '英伟', '伟达'))
    """
    words = [word for word in _WORD.findall(title) if word not in _STOP]
    pairs = [run[n : n + 2] for run in _RUN.findall(title) for n in range(len(run) - 1)]
    return tuple(dict.fromkeys([*words, *pairs]))[:40]


def of_headline(parts: list[Zone], lexicon: Lexicon) -> tuple[str, ...]:
    """The keys of what a headline takes back or denies, of who acts or votes, toward America.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> of_headline(zones(fold("Huawei files suit"), fold(""), lexicon()), lexicon())
    ()
    """
    title = parts[0]
    back = [role for role in (CURB_GONE, LEAVE_GONE) if title.mask & lexicon.bit(role)]
    denies = [DENIES] if title.mask & lexicon.bit(DENIED) else []
    votes = stage_of(title.text.text) if title.mask & lexicon.bit("congress") else ""
    return (*(f"{TURNED}:{role}" for role in back), *denies, *_leading(title, lexicon),
            *_toward_america(parts, lexicon), *[f"{STAGE}:{votes}"] * bool(votes))  # fmt: skip


def _toward_america(parts: list[Zone], lexicon: Lexicon) -> list[str]:
    """America as the country that Beijing acts toward: a ban to Japan is another than one to it."""
    title = parts[0].mask
    if not title & lexicon.bit("subj-cn"):
        return []
    named = any(part.mask & lexicon.mask_of(_AMERICA) for part in parts)
    return [f"{LAND}:US"] * bool(title & lexicon.bit("us-target")) + [f"{BESIDE}:US"] * named


_AMERICA: Final = ("us", "us-gov", "us-target")


def _leading(title: Zone, lexicon: Lexicon) -> list[str]:
    if title.mask & lexicon.bit("subj-ally"):
        lands = dict.fromkeys(third(hit.entry.capital) for hit in title.hits)
        return [f"{LEADS}:{land}" for land in lands if land]
    return [f"{LEADS}:US"] if title.mask & lexicon.bit("subj-us") else []
