"""The version of the rules: raised by hand whenever they would judge an entry differently."""

from __future__ import annotations

from typing import Final

RULES_VERSION: Final = "121"
"""No blank inside: it is stored before the lexicon's digest."""


def version_of(digest: str) -> str:
    """The version of the rules together with a lexicon, named by its digest."""
    return f"{RULES_VERSION} {digest}"
