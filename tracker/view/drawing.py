"""Shapes of a drawing, apart from how they are written: words, lines, dots on a white sheet."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final, Literal, TypeAlias

from tracker.core.clean import clean_line
from tracker.nouns import dataclass

Style = Literal["title", "small", "mark", "scale"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words whose baseline begins (``mark``: is centred, ``scale``: ends) at x, y.

    ``instead`` says the same in ASCII, for whoever has no letters for it.
    """

    x: int
    y: int
    text: str
    style: Style
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; ``dashed`` for a mark, else an axis."""

    points: tuple[tuple[int, int], ...]
    colour: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure: filled where it was measured; ``title`` says all about it.

    ``sign`` is the form of its house, so that houses are told apart without colours: a circle, or
    the corners of ``SIGNS``.
    """

    x: int
    y: int
    colour: str
    hollow: bool = False
    title: str = ""
    sign: int = 0

    @property
    def corners(self) -> tuple[tuple[int, int], ...]:
        """The corners of the form; none for a circle."""
        signs = SIGNS[self.sign % len(SIGNS)]
        return tuple((self.x + across, self.y + down) for across, down in signs)


Shape: TypeAlias = Words | Line | Dot

RADIUS: Final = 5
SIGNS: Final[tuple[tuple[tuple[int, int], ...], ...]] = (
    (),
    ((-5, -5), (5, -5), (5, 5), (-5, 5)),
    ((0, -6), (6, 5), (-6, 5)),
    ((0, -7), (7, 0), (0, 7), (-7, 0)),
    ((-6, -5), (6, -5), (0, 6)),
    ((-2, -6), (2, -6), (2, -2), (6, -2), (6, 2), (2, 2), (2, 6), (-2, 6), (-2, 2), (-6, 2),
     (-6, -2), (-2, -2)),
)  # fmt: skip
"""Circle, square, triangle, diamond, triangle on its point, cross: in the order of houses."""

INK: Final[dict[Style, str]] = {
    "title": "#222222", "small": "#555555", "mark": "#666666", "scale": "#222222",
}  # fmt: skip
SIZE: Final[dict[Style, int]] = {"title": 15, "small": 12, "mark": 11, "scale": 11}
ANCHOR: Final[dict[Style, str]] = {
    "title": "start", "small": "start", "mark": "middle", "scale": "end",
}  # fmt: skip


def svg(shapes: Iterable[Shape], width: int, height: int) -> str:
    """One SVG document; every word in it is escaped, nothing is loaded from outside."""
    rules = "".join(
        f".{name}{{fill:{INK[name]};font-size:{SIZE[name]}px;text-anchor:{ANCHOR[name]}}}"
        for name in INK
    )
    body = "\n".join(_shape(one) for one in shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img"><style>text{{font-family:sans-serif}}{rules}'
        f".title{{font-weight:bold}}</style>"
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _shape(one: Shape) -> str:
    match one:
        case Words():
            text = escape(clean_line(one.text))
            return f'<text x="{one.x}" y="{one.y}" class="{one.style}">{text}</text>'
        case Line():
            path = "L".join(f"{x} {y}" for x, y in one.points)
            dash = ' stroke-dasharray="2 3"' if one.dashed else ""
            return f'<path d="M{path}" fill="none" stroke="{one.colour}"{dash}/>'
        case Dot():
            fill = "#fff" if one.hollow else one.colour
            title = f"<title>{escape(clean_line(one.title))}</title>" if one.title else ""
            if one.corners:
                path = "L".join(f"{x} {y}" for x, y in one.corners)
                return (
                    f'<path d="M{path}Z" fill="{fill}" stroke="{one.colour}"'
                    f' stroke-width="2">{title}</path>'
                )
            return (
                f'<circle cx="{one.x}" cy="{one.y}" r="{RADIUS}" fill="{fill}"'
                f' stroke="{one.colour}" stroke-width="2">{title}</circle>'
            )
