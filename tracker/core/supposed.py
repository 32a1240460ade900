"""Whether a headline only asks or supposes: a question is no act, nor what would follow an "if".

``Will US ban H20 sales?``, ``What if China bans gallium?`` are views of what may come;
``若美方取消清单 中方将恢复采购`` tells words, whatever acts it names.
"""

from __future__ import annotations

from typing import Final

from tracker.core.late import late

_ASKS: Final = late(
    r"^\W?(?:will|would|could|can|should|is|are|may|might)\b[^?]*\?|^\W?what (?:if|happens)\b"
)
_SUPPOSES: Final = late(
    r"\b(?:if|unless) (?:the )?(?:us|u\.s\.?|washington|beijing|china|trump|eu|brussels|taipei"
    r"|congress)\b"
    r"|(?:^|[:,，。;； ]|方|[美中欧日韩陆台])"
    r"(?:若(?!干|无其事)|如果|一旦|倘若?|假如|除非)(?!说)"
)


def asks(title: str) -> bool:
    """Whether a folded headline is a question that its own text answers, or a supposition.

    >>> asks("will us ban nvidia's h20 again?"), asks("did the us just ban h20?")
    (True, False)
    """
    return bool(_ASKS.search(title))


def supposes(title: str) -> bool:
    """Whether a folded headline tells what would be done if another did something first.

    >>> supposes("若美方取消清单 中方将恢复采购"), supposes("美国将若干企业列入清单")
    (True, False)
    >>> supposes("beijing vows reprisal if us adds firms")
    True
    """
    return bool(_SUPPOSES.search(title))
