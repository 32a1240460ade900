"""Screens as files: drawn without colour, compared with what git holds."""

from __future__ import annotations

import io
import os
from pathlib import Path

from rich.console import Console, RenderableType

GOLDEN = Path(__file__).parents[1] / "golden"


def drawn(renderable: RenderableType, width: int) -> str:
    """What a terminal ``width`` cells wide shows, without colour, trailing blanks cut."""
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, legacy_windows=False)
    console.print(renderable, crop=False)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def agrees(name: str, text: str) -> None:
    """Compare with ``tests/golden/NAME``; ``GOLDEN=1`` rewrites the file."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    with path.open(encoding="utf-8", newline="") as file:
        assert text == file.read()
