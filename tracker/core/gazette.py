"""What the Federal Register itself says of a document: only proposed, or a correction.

``feeds.register`` puts these words first into the text: its type, and its action where that is a
correction. The titles of such documents seldom say it, and are the Register's own.
"""

from __future__ import annotations

from typing import Final

from tracker.core.late import late
from tracker.model import Entry

_NAME: Final = "Federal Register"
_PROPOSED: Final = "Proposed Rule"
_TITLE: Final = late(r"^correction\b|[;:] ?correction\.?$|\bcorrecting amendments?\.?$")
_ACTION: Final = late(r"\bcorrection\b|\bcorrecting\b")


def is_proposed(entry: Entry) -> bool:
    """Whether the Register printed a document among its proposed rules: nothing binds yet.

    >>> from dataclasses import replace
    >>> from tracker.core.examples import entry
    >>> one = replace(entry("Controls on Lithography"), publisher="Federal Register")
    >>> [is_proposed(replace(one, summary=words)) for words in ("Proposed Rule", "Rule")]
    [True, False]
    """
    return entry.publisher.startswith(_NAME) and _lines(entry)[0] == _PROPOSED


def corrects(entry: Entry) -> bool:
    r"""Whether a document of the Register only corrects one that was printed before.

    Corrections that stand in a title beside an act ("Updates and Corrections") are part of it.

    >>> from dataclasses import replace
    >>> from tracker.core.examples import entry
    >>> def told(title: str, summary: str = "Rule") -> bool:
    ...     document = replace(entry(title), publisher="Federal Register", summary=summary)
    ...     return corrects(document)
    >>> told("Entity List; Correction"), told("Chip Rule", "Rule\nFinal rule; correction.\nBIS")
    (True, True)
    >>> told("Controls on Chips; Corrections and Clarifications"), told("Entity List")
    (False, False)
    """
    if not entry.publisher.startswith(_NAME):
        return False
    action = _lines(entry)[1:2]
    return bool(_TITLE.search(entry.title.casefold())) or any(
        _ACTION.search(line.casefold()) for line in action
    )


def _lines(entry: Entry) -> list[str]:
    return entry.summary[:300].split("\n")
