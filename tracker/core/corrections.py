"""What a house corrects by another report of its own: "CORRECTED: China requires licences ..."."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from tracker.core.late import late
from tracker.core.origins import origins_of
from tracker.model import Mention

_PREFIX: Final = late(
    r"^\s*(?:(?:[A-Z]+[-–—/ ])?CORRECT(?:ED|ION)(?:\s*[(（][^()（）]{1,20}[)）])?\s*\d*\s*[-–—:：]"
    r"|[Cc]orrect(?:ed|ion)\s*[:：]"
    r"|(?:更正|勘误|勘誤)\s*[:：]|[【\[(（]\s*(?:更正|勘误|勘誤)\s*[】\])）])"
)


def corrects(title: str) -> bool:
    """Whether a headline says that it corrects an earlier one of its house.

    A notice that a story was wrong (更正启事) has no headline to put in its place.

    >>> corrects("CORRECTED: China licenses scandium"), corrects("REFILE-CORRECTED-US adds firms")
    (True, True)
    >>> corrects("更正：中国对钪实施出口许可"), corrects("更正启事：一文有误")
    (True, False)
    >>> corrects("Corrected rule is published")
    False
    """
    return bool(_PREFIX.search(title))


def standing_report(head: Mention, news: Sequence[Mention]) -> Mention:
    """The report whose words stand for those of ``head``: the last by which its house corrects it.

    >>> from tracker.core.examples import mention
    >>> head = mention(title="China bans scandium")
    >>> later = mention(item_id="b2", title="CORRECTED: China licenses scandium")
    >>> standing_report(head, [head, later]).title
    'CORRECTED: China licenses scandium'
    """
    found = [one for one in news if corrects(one.title) and _day(one) >= _day(head)]
    if not found:
        return head
    whose = origins_of(news)
    own = [one for one in found if whose[one.item_id] == whose[head.item_id]]
    return max(own, key=lambda one: (_day(one), one.item_id), default=head)


def _day(one: Mention) -> date:
    return one.report_day or one.known
