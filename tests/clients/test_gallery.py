"""The gallery: screens printed by the program itself, kept as pictures in ``docs/gallery``.

``GOLDEN=1 pytest tests/clients/test_gallery.py`` draws them anew. The clock stands at 8:00 UTC on
24 November 2026, as in the manual.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, DIMMED_MONOKAI
from rich.text import Text

from tests.cli.running import Program
from tests.clients.found import needs

DOCS = Path(__file__).parents[2] / "docs"
NOW = "2026-11-24T08:00:00Z"
SCREENS: dict[str, tuple[int, str, str, str]] = {
    "timeline": (
        100, "dark", "timeline --since 2025-05 --until 2025-06",
        "Two lines an event; a figure at the right where it changed; hollow signs are proposals."),
    "timeline-light": (
        80, "light", "timeline --since 2025-07-14 --until 2025-07-31",
        "The same at 80 cells on a light terminal."),
    "compact": (
        90, "dark", "timeline --actor nvidia --since 2025-12 --compact",
        "One line an event, for a quick look."),
    "lanes": (
        150, "dark", "timeline --since 2025-10 --until 2025-11-10 --lanes",
        "Washington and Beijing side by side."),
    "event": (
        90, "dark", "event us-h20-licence-requirement",
        "One event whole: dates, sources with their tier, figures with both ages."),
    "status": (
        80, "dark", "status '50% rule'",
        "What is in force on a day, and to which day that was checked."),
    "share": (
        80, "dark", "share cn-accel-domestic-units-share",
        "A series with its vintages; what is no measurement is hollow."),
    "ascii": (
        80, "light", "timeline --since 2026-01-12 --until 2026-01-14 --ascii",
        "Only ASCII signs of our own, for terminals and fonts that know no others."),
}  # fmt: skip
FONTS = "ui-monospace,'DejaVu Sans Mono','Noto Sans Mono CJK SC',Menlo,monospace"
FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def picture(name: str, words: str, width: int, theme: str, tracker: Program) -> str:
    """What the program prints in colour, as rich draws it; no font is asked from anywhere."""
    done = tracker.run(*split(words), "--color", "always", COLUMNS=str(width), TRACKER_NOW=NOW,
                       TRACKER_NO_PAGER="1", TERM="xterm-256color")  # fmt: skip
    assert done.returncode == 0, done.stderr
    console = Console(record=True, width=width, file=io.StringIO(), legacy_windows=False)
    for line in Text.from_ansi(done.stdout.rstrip("\n")).split("\n", allow_blank=True):
        # An address longer than the terminal goes on at its left edge.
        further = range(width, line.cell_len, width) if line.cell_len > width else ()
        console.print(Text("\n").join(line.divide(further)), soft_wrap=True)
    console.print()  # a picture ends close below its last line: letters like g would lose their feet
    drawn = console.export_svg(
        title=f"tracker {words}", unique_id=f"screen-{name}",
        theme=DEFAULT_TERMINAL_THEME if theme == "light" else DIMMED_MONOKAI,
    )  # fmt: skip
    plain = FACE.sub("", drawn).replace("Fira Code, monospace", FONTS)
    return "\n".join(line.rstrip() for line in plain.splitlines()) + "\n"


def split(words: str) -> list[str]:
    import shlex

    return shlex.split(words)


def page() -> str:
    """The page that shows them."""
    parts = [
        "# Gallery\n\nScreens printed by the program itself"
        " (`tests/clients/test_gallery.py` draws and compares them). The web page of `tracker report`"
        " is best opened: `tracker report && xdg-open tracker.html`.\n"
    ]
    for name, (_, _, words, about) in SCREENS.items():
        parts.append(f"## `tracker {words}`\n\n{about}\n\n![{about}](gallery/{name}.svg)\n")
    return "\n".join(parts)


def agrees(path: Path, text: str) -> None:
    if os.environ.get("GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", list(SCREENS))
def test_the_program_still_prints_this_screen(tracker: Program, name: str) -> None:
    width, theme, words, _ = SCREENS[name]
    text = picture(name, words, width, theme, tracker)
    assert not re.search(r"(?:href|src)\s*[=:]|@import|url\((?!#)", text)  # it asks no host
    assert foot_room(text) > 5  # of letters 20 high
    agrees(DOCS / "gallery" / f"{name}.svg", text)


def foot_room(drawn: str) -> float:
    """How much of the picture is left below the line on which the last letters stand."""
    height = re.search(r'clip-terminal">\s*<rect [^>]*height="([0-9.]+)"', drawn)
    assert height
    lines = [
        float(y) for y in re.findall(r'<text [^>]* y="([0-9.]+)"[^>]*>[^<]*[^<\s&#;0-9]', drawn)
    ]
    return float(height[1]) - lines[-1]


def test_the_page_shows_every_screen() -> None:
    agrees(DOCS / "gallery.md", page())
    assert {path.stem for path in (DOCS / "gallery").iterdir()} == set(SCREENS)


@needs("playwright", "chromium")
def test_a_browser_draws_them(tmp_path: Path) -> None:
    """``TRACKER_PICTURES=DIR`` keeps what the browser painted, for eyes."""
    from playwright.sync_api import sync_playwright

    from tests.clients.found import program

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page(viewport={"width": 1400, "height": 1000}, offline=True)
        for name in SCREENS:
            tab.goto((DOCS / "gallery" / f"{name}.svg").as_uri())
            assert tab.locator("svg text").count() > 10
            if os.environ.get("TRACKER_PICTURES"):
                tab.screenshot(path=Path(os.environ["TRACKER_PICTURES"]) / f"gallery-{name}.png")
        browser.close()
