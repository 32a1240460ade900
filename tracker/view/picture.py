"""A drawing as a PNG. Latin letters come with the program; others need a font of the machine.

Where no font has them, words are said in their ASCII form: a picture never shows empty boxes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from tracker.core.clean import clean_line
from tracker.view.drawing import ANCHOR, INK, RADIUS, SIZE, Dot, Line, Shape, Style, Words

SCALE: Final = 2
"""Pixels to one unit of the drawing, for sharp letters."""

_EAST: Final = (
    "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf", "wqy-microhei.ttc", "wqy-zenhei.ttc", "DroidSansFallback.ttf",
    "PingFang.ttc", "Hiragino Sans GB.ttc", "STHeiti Medium.ttc", "Arial Unicode.ttf",
)  # fmt: skip
"""Fonts with Chinese letters, by the names under which systems keep them."""

_ANCHORS: Final = {"start": "ls", "middle": "ms", "end": "rs"}
_MORE: Final = frozenset("…·’“”‘±")
"""Signs beyond ASCII that the letters of the program have."""

_PLAIN: Final = str.maketrans({"≤": "<=", "≥": ">=", "–": "-", "—": "-", "×": "x", "→": "->"})


def png(shapes: Iterable[Shape], width: int, height: int, *, east: bool = True) -> bytes:
    """The drawing as PNG; ``east`` False draws as on a machine without a Chinese font.

    The same shapes on the same machine give the same bytes.
    """
    from PIL import Image, ImageDraw

    sheet = Image.new("RGB", (width * SCALE, height * SCALE), "#ffffff")
    pen = ImageDraw.Draw(sheet)
    for one in shapes:
        _draw(pen, one, east=east)
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw(pen: Any, one: Shape, *, east: bool) -> None:
    match one:
        case Words():
            _words(pen, one, east=east)
        case Line():
            _line(pen, one)
        case Dot():
            _dot(pen, one)


def _dot(pen: Any, one: Dot) -> None:
    edge, x, y = RADIUS * SCALE, one.x * SCALE, one.y * SCALE
    fill = "#ffffff" if one.hollow else one.colour
    if one.corners:
        corners = [(across * SCALE, down * SCALE) for across, down in one.corners]
        pen.polygon(corners, fill=fill, outline=one.colour, width=2 * SCALE)
    else:
        box = (x - edge, y - edge, x + edge, y + edge)
        pen.ellipse(box, fill=fill, outline=one.colour, width=2 * SCALE)


def _words(pen: Any, one: Words, *, east: bool) -> None:
    text = clean_line(one.text).translate(_PLAIN)
    font = _latin(one.style)
    if not _known(text):
        wide = _eastern(one.style) if east else None
        font = wide or font
        text = text if wide else _spelled(text, clean_line(one.instead))
    pen.text(
        (one.x * SCALE, one.y * SCALE), text, fill=INK[one.style], font=font,
        anchor=_ANCHORS[ANCHOR[one.style]], stroke_width=1 if one.style == "title" else 0,
        stroke_fill=INK[one.style],
    )  # fmt: skip


def _line(pen: Any, one: Line) -> None:
    points = [(x * SCALE, y * SCALE) for x, y in one.points]
    if not one.dashed:
        pen.line(points, fill=one.colour, width=SCALE)
        return
    (x, top), (_, foot) = points
    for y in range(min(top, foot), max(top, foot), 5 * SCALE):
        pen.line([(x, y), (x, min(y + 2 * SCALE, foot))], fill=one.colour, width=SCALE)


@cache
def _latin(style: Style) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(SIZE[style] * SCALE)


@cache
def _eastern(style: Style) -> Any:
    """A font of this machine with Chinese letters; None where there is none."""
    from PIL import ImageFont

    for name in _EAST:
        try:
            return ImageFont.truetype(name, SIZE[style] * SCALE)
        except OSError:
            continue
    return None


def _known(text: str) -> bool:
    """Whether the letters that come with the program can write it."""
    return all(letter.isascii() or letter in _MORE for letter in text)


def _spelled(text: str, instead: str) -> str:
    """Words in ASCII: the form given for it, else its ASCII part."""
    if instead:
        return instead
    kept = " ".join("".join(c if c.isascii() else " " for c in text).split())
    return kept or "(in Chinese)"
