"""Names that mean another thing than they mostly do, by what stands beside them.

``blacklist`` and ``黑名单`` mostly mean Washington's Entity List. Where China is who acts, and no
Chinese firm is told of, the list is China's own: ``China blacklists Skydio`` is no American act.
``國務院`` is China's cabinet; beside America, in traditional letters and without a word of
Beijing's, it is the State Department.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from tracker.core.late import late
from tracker.core.lexicon import Hit, Lexicon, LexiconEntry

CHINAS: Final = "China's blacklist"
"""The entry of the lexicon that a bare blacklist of China's stands for."""

STATE_COUNCIL: Final = "State Council"
STATE_DEPARTMENT: Final = "US State Department"
_BARE: Final = late(
    r"^(?:(?:trade|export|economic) )?black ?list(?:s|ed|ing)?$|^(?:贸易|出口)?黑名单$"
)

_ANOTHERS: Final = late(r"美(?:国|方)?(?:政府|商务部)?的?黑名单|[被遭](?:美|列|纳|拉)")
"""Whose list it is, or that whoever stands first is put on it."""

_OF_CHINA: Final = late(
    r"[中陸]國務院|美方|大陸|中共|中方|北京|內地|李強|國務院(?:總理|副總理|關稅|令|常務)"
)
"""What says that the cabinet is China's."""


class _Masks(NamedTuple):
    listed: int
    chinas_doing: int
    putting: int
    others: int


@lru_cache(maxsize=8)
def _masks(lexicon: Lexicon) -> _Masks:
    return _Masks(
        lexicon.bit("list-us"),
        lexicon.mask_of(("subj-cn", "cn-gov")),
        lexicon.mask_of(("blacklist-verb", "add")),
        lexicon.mask_of(
            (
                "cn-firm",
                "cn-entities",
                "subj-us",
                "us-gov",
                "criticise",
                "accuse",
                "urge",
                "lift",
                "remove",
            )
        ),
    )


def with_own_list(
    hits: tuple[Hit, ...], roles: int, text: str, lexicon: Lexicon
) -> tuple[Hit, ...]:
    """The hits with China's list in place of a bare blacklist, where it is China's.

    ``roles``: those of the sentence, with whose doing it is; ``text`` is folded.

    >>> from tracker.core.examples import lexicon
    >>> with_own_list((), 0, "", lexicon())
    ()
    """
    masks = _masks(lexicon)
    if not (roles & masks.listed and roles & masks.putting and roles & masks.chinas_doing):
        return hits
    own = lexicon.by_id.get(CHINAS)
    if own is None or roles & masks.others or _ANOTHERS.search(text):
        return hits
    return tuple([_as(hit, own, lexicon) if _bare(hit, masks) else hit for hit in hits])


def _bare(hit: Hit, masks: _Masks) -> bool:
    return bool(hit.mask & masks.listed and _BARE.match(hit.words.lower()))


def with_own_cabinet(hits: tuple[Hit, ...], original: str, lexicon: Lexicon) -> tuple[Hit, ...]:
    """The hits with the State Department in place of a ``國務院`` that is Washington's.

    ``original``: the sentence in its own letters.

    >>> from tracker.core.examples import lexicon
    >>> with_own_cabinet((), "國務院", lexicon())
    ()
    """
    if "國務院" not in original or _OF_CHINA.search(original) or "美" not in original:
        return hits
    other = lexicon.by_id.get(STATE_DEPARTMENT)
    if other is None:
        return hits
    return tuple(
        [
            _as(hit, other, lexicon)
            if hit.entry.id == STATE_COUNCIL and hit.words == "國務院"
            else hit
            for hit in hits
        ]
    )


def _as(hit: Hit, entry: LexiconEntry, lexicon: Lexicon) -> Hit:
    """The same words as those of another entry."""
    return hit._replace(entry=entry, mask=lexicon.mask(entry))
