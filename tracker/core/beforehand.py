"""Meetings and visits that a sentence names only to say when something else was.

Who will meet there does not act here, and no talks are told of: ``China tightens rare earth
controls ahead of Trump-Xi meeting`` is an act of China, ``China clears H200 orders as Nvidia CEO
visits`` no trip. Read on folded text (lower case, simplified).
"""

from __future__ import annotations

from typing import Final

from tracker.core.late import late
from tracker.core.signs import sign, signs_in

_MEETING: Final = (
    r"(?:meet(?:ing|ings|s)?|summit|talks|visit|trip|call|dialogue|negotiations|sit-down)"
)
_BEFORE: Final = (
    r"(?:ahead of|prior to|on (?:the )?eve of|in (?:the )?run-up to"
    r"|(?:just |(?:(?:an?|one|two|three|four|five|six|\d+|few|mere) )?(?:hours?|days?|weeks?) )?"
    r"before)"
)
_ENGLISH: Final = late(rf"\b{_BEFORE} [^,;:()]{{0,70}}?\b{_MEETING}\b")
_MEANWHILE: Final = late(
    r"(?<=\w) as [^,;:()]{2,40}? (?:visits?|arrives?|tours?|heads? (?:to|for)|travels? to|lands? in"
    r"|meets?|begins? (?:talks|(?:a |his |her )?(?:visit|trip|tour)))\b[^,;:()]{0,30}"
)
_TRUCE: Final = late(
    r"(?<=\w) as (?:[\w-]+ ){0,3}?(?:truce|ceasefire|pause) (?:is |was )?"
    r"(?:laps|expir|end|collaps|extend|hold|begin|start|fray|unravel)\w*[^,;:()]{0,20}$"
)
_SIGNS: Final = sign("ahead of", "prior to", "eve of", "run-up to", "before")
_CHINESE: Final = late(
    r"(?:在|于)?[^,，。;；:： ]{0,14}"
    r"(?:会晤|会谈|会面|会见|峰会|[川特]习会|元首会|访华|通话|磋商|谈判)"
    r"(?:登场|举行|召开|展开)?(?:之前|前夕|前)(?![景往后])"
    r"|[^,，。;；:： ]{2,12}(?:访华|访中|访陆|访问(?:中国|大陆|北京|上海))(?:期间|之际|当下)"
)
_AS: Final = sign(" as ")
_CHINESE_SIGNS: Final = sign("前", "期间", "之际", "当下")


def beforehand(text: str) -> list[tuple[int, int]]:
    """Where a sentence (folded) names a meeting or a visit to say when something was.

    >>> beforehand("china tightens rare earth controls ahead of possible trump-xi meeting")
    [(35, 69)]
    >>> beforehand("川习会前夕 中国收紧稀土管制"), beforehand("trump and xi meet before noon")
    ([(0, 5)], [])
    >>> beforehand("china clears h200 orders as nvidia ceo visits shanghai")
    [(24, 54)]
    """
    found, seen = [], signs_in(text)
    if seen & _SIGNS:
        found += [match.span() for match in _ENGLISH.finditer(text)]
    if seen & _AS:
        found += [match.span() for match in _MEANWHILE.finditer(text)]
        found += [match.span() for match in _TRUCE.finditer(text)]
    if seen & _CHINESE_SIGNS:
        found += [match.span() for match in _CHINESE.finditer(text)]
    return found
