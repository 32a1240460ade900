"""Whether a headline strings several stories together, as digests and talks about the news do."""

from __future__ import annotations

import re
from typing import Final

from tracker.core.late import late

LONG: Final = 40
"""Letters below which no headline holds several stories."""

SEVERAL: Final = 4
"""Stories from which on a headline tells of none in particular. Of 5,700 labelled items of the
press none that tells of one act has so many."""

_DIGEST: Final = late(
    r"^[^|\u4e28:]{0,8}(?:晚报|早报|早餐|晚讯|早讯|简报|要闻|速览|周报)\s*[|\u4e28:]"
)
"""What calls itself the news of the day: it needs one story fewer."""

TAGS: Final = 3
"""Hash tags that no headline of the press has."""

_PARTED: Final = late(
    r"\s*[|\u4e28;/]\s*|\s[-\u2013\u2014]{1,2}\s"
    r"|(?<=[\u4e00-\u9fff\d])[-\u2013\u2014]{1,2}(?=[\u4e00-\u9fff])|\s(?=[\u4e00-\u9fff]{6})"
)
_MARKS: Final = "|;/-"
"""One of these parts any two stories of an English headline."""

_HAN: Final = late(r"[\u4e00-\u9fff]")
_HAN_STORY, _WORDS_STORY = 6, 4  # letters or words that tell something


def several_stories(title: str) -> bool:
    """Whether a folded headline holds several stories, none of them its own.

    >>> several_stories("us adds huawei to entity list")
    False
    >>> several_stories(" | ".join(["us adds huawei to list", "china curbs rare earths",
    ...                             "apple opens a new store", "oil falls to new low"]))
    True
    """
    if len(title) < LONG:
        return False
    if title.count("#") >= TAGS:
        return True
    if title.isascii() and sum(map(title.count, _MARKS)) < SEVERAL - 1:
        return False
    least = SEVERAL - bool(_DIGEST.match(title))
    return sum(map(_tells, _PARTED.split(title))) >= least


def _tells(part: str) -> bool:
    """Whether a part of a headline is long enough to tell something."""
    han = len(_HAN.findall(part))
    return han >= _HAN_STORY or (not han and len(re.findall(r"\w+", part)) >= _WORDS_STORY)
