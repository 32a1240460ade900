"""The words that say no: one vocabulary for the grammars that read what was not done.

``denied`` asks whether an act is denied or ruled out, ``wished`` where an easing is only asked for,
refused or still awaited, ``unacted`` whether anybody acted at all. All read folded text (lower
case, one sort of apostrophe, simplified characters).
"""

from __future__ import annotations

import re
from typing import Final

WILL_NOT: Final = r"(?:(?:will|would) (?:not|never)|(?:wo|would)n't|never|not going to)"
"""What is not to come."""

CAN_NOT: Final = r"(?:cannot|can not|can't|couldn't|could not)"

HAS_NOT: Final = (
    r"(?:(?:has|have|had|did|does|do|is|are|was|were)(?: not|n't)(?: yet)?"
    r"|(?:has|have|had) (?:yet to|never)|yet to)"
)
"""What did not happen so far, or is not so."""

NOT_MEANT: Final = (
    r"(?:\bno (?:\w+ )?(?:plans?|intentions?|intent|need|orders?|requests?|instructions?|notice"
    r"|directives?) (?:to|of|for|from)"
    r"|(?:\bnot|n't) (?:plan(?:ning)?|consider(?:ing)?|looking|seek(?:ing)?|intend(?:ing)?|weighing"
    r"|mulling|thinking|trying|aiming|(?:yet )?decided)(?: to| of| at| on)?"
    r"|(?:decid\w+|opt(?:s|ed)|cho(?:ose|oses|se)) (?:not to|against)|stop(?:s|ped) short of"
    r"|c[ao]mes? close to|no new"
    r"|no (?:final )?decision (?:yet )?(?:on|to|about)|no reason to)"
)
"""What nobody has in mind."""

GAP: Final = (
    r"(?:,? (?!(?:but|as|after|until|unless|despite|because|while|when|if|over|amid|and)\b)"
    r"[\w'-]+)"
)
"""A word between no and its verb; none that begins another clause."""

KEPT_FROM: Final = (
    r"\b(?:block|prevent|stop|bar|prohibit|forbid|keep)\w*(?: [\w.'’-]+){1,5}? from"
    r" (?:easing|relaxing|loosening|softening|lifting|scrapping|rolling back|repealing)\b"
)
"""Who is hindered by another in an easing."""

OUGHT_ZH: Final = r"(?<![反响供因对回相适效感])应(?![对用邀变急])"
"""What should be, and not what answers or serves."""

NOT_MEANT_ZH: Final = (
    r"(?:无意|不打算|不拟|不寻求|不考虑|无计划|没有计划|没有打算|未计划|并非要|不是要|不想|决定不"
    r"|不跟随)"
)
NOT_DONE_ZH: Final = (
    r"(?:(?<!尚)未(?![来经必能了知果及达见如足满免完详])(?:曾|被|遭|将|对|把|向)?"
    r"|没有(?:要|将|被|遭|对|把|向)?|不应被|未接获|尚未(?:确认|决定|定)|不掌握)"
)
WILL_NOT_ZH: Final = r"(?:(?<!会)不会(?!见)|绝不)"

_APART: Final = re.compile(r"\b(has|have|had|is|are|was|were|do|does|did|could|would|will) not\b")


def spellings(name: str) -> tuple[str, ...]:
    """A name of the lexicon as it is written, with its contraction where it says no.

    >>> spellings("has not granted"), spellings("will not allow"), spellings("not allow")
    (('has not granted', "hasn't granted"), ('will not allow', "won't allow"), ('not allow',))
    """
    if " not" not in name:  # of sixteen thousand names nearly all, at each start
        return (name,)
    short = _APART.sub(lambda found: f"{found[1]}n't", name).replace("willn't", "won't")
    return (name,) if short == name else (name, short)
