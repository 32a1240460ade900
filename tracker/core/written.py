"""An alias as it is written, and what is matched of it (``core.lexicon`` has the rules)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tracker.core.text import fold, fold_each

BARE: Final = re.compile(r"[A-Za-z0-9.'-]+(?: [A-Za-z0-9.'-]+)*")
"""Of such a name folding changes the case alone."""
_TOLD: Final[dict[str, tuple[str, str]]] = {}
"""What was told of each name: it is looked at when its file is read and again when first wanted."""


def alias_text(name: str) -> tuple[str, str]:
    """What must stand exactly (empty where case does not matter), and the folded text.

    Raises:
        ValueError: nothing is left of it.

    >>> alias_text("=US"), alias_text("輝達"), alias_text("approv*")
    (('US', 'us'), ('', '辉达'), ('', 'approv'))
    """
    told = _TOLD.get(name)
    if told is None:
        exact, body = _parts(name)
        told = _TOLD[name] = exact, body.lower() if BARE.fullmatch(body) else fold(body).text
    if not told[1].strip("=*"):  # signs of how a name is looked for are no name
        raise ValueError(f"{name!r} is empty")
    return told


def tell_together(names: Iterable[str]) -> None:
    """Read many names at once, for ``alias_text``: one by one it takes three times as long."""
    parts = {name: _parts(name) for name in names}
    folded = [(name, *one) for name, one in parts.items() if not BARE.fullmatch(one[1])]
    texts = fold_each([body for _, _, body in folded])
    _TOLD.update((name, (exact, body.lower())) for name, (exact, body) in parts.items())
    _TOLD.update((one[0], (one[1], text)) for one, text in zip(folded, texts, strict=True))


def forget() -> None:
    """Forget what was told: whoever has read all names keeps it elsewhere."""
    _TOLD.clear()


def _parts(name: str) -> tuple[str, str]:
    exact = name[1:] if name.startswith("=") and len(name) > 1 else ""
    return exact, exact or name.rstrip("*")
