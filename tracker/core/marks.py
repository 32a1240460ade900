"""The roles that every sentence is looked at for, as bits of one lexicon."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from tracker.core.conveyed import Voices
from tracker.core.lexicon import Lexicon
from tracker.core.subjects import Sides, sides_of
from tracker.core.unacted import Unacted, unacted_masks
from tracker.core.wished import EASING, GIVING

_TOPICS: Final = (
    "control", "list-us", "list-cn", "bill", "bill-word", "licence", "chip", "tool", "mineral",
    "veu", "chip-firm", "rule-noun",
)  # fmt: skip

CURB_GONE: Final = "curb-gone"
LEAVE_GONE: Final = "leave-gone"
"""The roles of a headline that takes back a curb, or leave (``core.undone``)."""
DENIED: Final = "denied"
"""The role of a sentence that says that an act was not done (``core.denied``)."""


class Marks(NamedTuple):
    """Masks of roles that every sentence is looked at for.

    ``pausing``: one of them stands wherever a measure comes back; ``easing``: they say the
    opposite there, for it is the pause that ends, and ``returned`` is told; ``gives_back`` tells
    what is ``given``. Only beside ``topics`` are verbs looked for whose words stand apart, and a
    meeting only says when something was beside ``dated_by``.
    """

    pausing: int
    easing: int
    returned: int
    gives_back: int
    given: int
    eased: int
    giving: int
    awaited: int
    topics: int
    speaker: int
    sides: Sides
    words: Unacted
    unacted: int
    acting: int
    denied: int
    responds: int
    supposed: int
    asks: int
    curb_gone: int
    leave_gone: int
    stories: int
    curbs: int
    chinas: int
    subjects: int
    doing: int
    reacts: int
    meets: int
    stops: int
    broken: int
    says: int
    voices: Voices
    governs: int
    explains: int
    lists_us: int
    essay: int
    dated_by: int


@lru_cache(maxsize=8)
def voices_of(lexicon: Lexicon) -> Voices:
    """The sides whose words and acts a sentence may tell.

    >>> from tracker.core.examples import lexicon
    >>> len(voices_of(lexicon()).sides)
    3
    """
    us, cn, ally, *firms = (side.roles for side in sides_of(lexicon).each)
    acting = lexicon.mask_of(("acting", "blacklist-verb"))
    easing = lexicon.mask_of(("lift", "suspend", "resume", "grant", "allow", "remove"))
    return Voices((us, cn, ally), ally, firms[0] | firms[1], acting, easing)


@lru_cache(maxsize=8)
def marks_of(lexicon: Lexicon) -> Marks:
    """The masks of a lexicon.

    >>> from tracker.core.examples import lexicon
    >>> marks_of(lexicon()).speaker > 0
    True
    """
    mask_of = lexicon.mask_of
    return Marks(
        pausing=mask_of(("suspend", "resume", "allow", "comes-back", "gives-back")),
        easing=mask_of(("suspend", "resume", "lift", "remove", "revoke", "allow", "halt")),
        returned=mask_of(("impose", "comes-back")),
        gives_back=mask_of(("gives-back",)),
        given=mask_of(("grant", "resume")),
        eased=mask_of(EASING),
        giving=mask_of(GIVING),
        awaited=mask_of(("awaited",)),
        topics=mask_of(_TOPICS),
        speaker=mask_of(("speaker",)),
        sides=sides_of(lexicon),
        words=unacted_masks(mask_of),
        unacted=mask_of(("unacted",)),
        acting=mask_of(("acting", "waiver-word", "court", *_TOPICS)),
        denied=mask_of(("unacted", DENIED)),
        responds=mask_of(("respond",)),
        supposed=mask_of(("unacted", "supposed")),
        asks=mask_of(("asks",)),
        curb_gone=mask_of((CURB_GONE,)),
        leave_gone=mask_of((LEAVE_GONE,)),
        stories=mask_of(("several-stories",)),
        curbs=mask_of(("control", "mineral", "restrict", "ban", "list-cn", "dual-use", "nexperia")),
        chinas=mask_of(("cn", "cn-gov")),
        subjects=mask_of(("control", "mineral", "list-cn", "dual-use", "nexperia")),
        doing=mask_of(("acting", "china-target")),
        reacts=mask_of(("reacts-cn",)),
        meets=mask_of(("talks", "trade-talks", "meet", "summit")),
        stops=mask_of(
            ("suspend", "halt", "lift", "probe-ends", "court-stops", "ends-sale", "remove")
        ),
        broken=mask_of(("talks-off",)),
        says=mask_of(("say", "report-word", "hearsay")),
        voices=voices_of(lexicon),
        governs=mask_of(("us", "us-gov", "cn", "cn-gov", "ally", "ally-gov")),
        explains=mask_of(("explains",)),
        lists_us=mask_of(("list-us",)),
        essay=mask_of(("essay",)),
        dated_by=mask_of((*_TOPICS, "restrict", "ban", "portfee", "drones")),
    )
