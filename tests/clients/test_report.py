"""The report in a real browser: it filters, zooms, prints, asks no host, and all can read it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.cli.running import Program
from tests.clients.found import needs, package
from tests.view import sample
from tracker.view import report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {"wide": (1600, 1000), "laptop": (1280, 800), "phone": (390, 844)}
Theme = Literal["light", "dark"]


@pytest.fixture(scope="session")
def record(tracker: Program) -> Path:
    """The whole record as a page."""
    path = tracker.home / "record.html"
    assert tracker.run("report", "-o", str(path)).returncode == 0
    return path


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A page of every shape, hostile titles among them."""
    path = tmp_path / "sample.html"
    path.write_text(report.page(sample.timeline()), encoding="utf-8")
    return path


@dataclass
class Opened:
    """A page opened from the disk, offline, and everything that went wrong on it."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    @property
    def shown(self) -> list[str]:
        """The ids of the events that stand on the page."""
        found = self.page.eval_on_selector_all(
            "article", "all => all.filter((a) => a.checkVisibility()).map((a) => a.id)"
        )
        return list(found)

    @property
    def marks(self) -> int:
        """How many signs stand on the chart."""
        return int(self.page.locator("#marks use:not([hidden])").count())

    def span(self) -> list[str]:
        return self.page.locator("#window").inner_text().split(" to ")


class Opener:
    """Opens pages; closes them at the end of a test, when nothing may have gone wrong."""

    def __init__(self, browser: Browser) -> None:
        self._browser, self._open = browser, list[Opened]()

    def __call__(self, path: Path, *, size: str = "laptop", theme: Theme = "light",
                 script: bool = True) -> Opened:  # fmt: skip
        width, height = SIZES[size]
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme,
            java_script_enabled=script, offline=True, reduced_motion="reduce",
        )  # fmt: skip
        opened = Opened(context.new_page())
        note = opened.wrong.append
        opened.page.on("pageerror", lambda error: note(str(error)))
        opened.page.on("console", lambda said: note(said.text) if said.type == "error" else None)
        opened.page.on("dialog", lambda said: note(f"dialog {said.message}"))
        opened.page.on("request", lambda one: note(f"asked {one.url}")
                       if one.url != path.as_uri() and "#" not in one.url else None)  # fmt: skip
        opened.page.goto(path.as_uri())
        self._open.append(opened)
        return opened

    def close(self) -> None:
        for opened in self._open:
            opened.page.context.close()
        assert [opened.wrong for opened in self._open if opened.wrong] == []


@pytest.fixture
def opener(browser: Browser) -> Iterator[Opener]:
    one = Opener(browser)
    yield one
    one.close()


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds against every rule of WCAG and of good practice, everything unfolded."""
    folder = package("axe-core")
    assert folder
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate((folder / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        {"rule": one["id"], "where": [node["target"] for node in one["nodes"][:3]]}
        for one in found["violations"]
    ]


EVERY_SERIES = """() => Array.from(document.querySelectorAll("#series option"), ({value}) => {
  const choice = document.querySelector("#series");
  choice.value = value;
  choice.dispatchEvent(new Event("change", {bubbles: true}));
  const tables = Array.from(document.querySelectorAll("[data-table]"))
    .filter((t) => t.checkVisibility());
  const kinds = Array.from(tables[0].querySelectorAll("tbody td:nth-child(4)"));
  return {
    name: value, drawn: document.querySelector("#seen").innerHTML,
    tables: tables.map((t) => t.dataset.table), kinds: kinds.map((k) => k.textContent),
    circles: document.querySelectorAll("#seen circle").length,
    hollow: document.querySelectorAll("#seen circle.open").length,
  };
})"""

browsed = needs("playwright", "chromium")


@needs("playwright", "chromium", "axe-core")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_axe_finds_nothing(opener: Opener, hostile: Path, theme: Theme, size: str) -> None:
    assert violations(opener(hostile, theme=theme, size=size).page) == []


@needs("playwright", "chromium", "axe-core")
def test_axe_finds_nothing_in_the_record(opener: Opener, record: Path) -> None:
    """In the light; the colours of the dark all stand on the page of every shape."""
    assert violations(opener(record).page) == []


@browsed
def test_hostile_titles_are_text(opener: Opener, hostile: Path) -> None:
    opened = opener(hostile)
    assert "onerror=alert(1)" in opened.page.locator("#events").inner_text()
    assert opened.page.locator("img, iframe, [onerror]").count() == 0
    assert len(opened.shown) == len(sample.timeline().events) == opened.marks


@browsed
@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_day_stands_on_one_line(opener: Opener, hostile: Path, size: str) -> None:
    page = opener(hostile, size=size).page
    days = page.locator("article > span .day")
    assert "2025-05-12" in days.all_inner_texts()
    lines = days.evaluate_all("all => all.map((day) => day.getClientRects().length)")
    assert set(lines) == {1}


@browsed
def test_a_kind_a_capital_and_words_narrow_list_and_chart(opener: Opener, record: Path) -> None:
    from playwright.sync_api import expect

    opened = opener(record)
    page, everything = opened.page, opened.shown
    assert len(everything) > 150
    page.select_option("[name=kind]", "licence")
    licences = opened.shown
    assert 0 < len(licences) < len(everything)
    assert all("licence" in text for text in page.locator("article:visible .f").all_inner_texts()
               if "·" in text)  # fmt: skip
    assert opened.marks == len(licences)
    page.select_option("[name=capital]", "US")
    page.fill("[name=text]", "h20 licences")
    some = opened.shown
    assert 0 < len(some) < len(licences)
    for text in page.locator("article:visible").all_inner_texts():
        assert "h20" in text.lower()
        assert "licences" in text.lower()
    assert page.locator("#count").inner_text() == f"{len(some)} of {len(everything)} events"
    months = page.locator("#events > section:visible").count()
    assert 0 < months <= len(some)
    page.click("button[type=reset]")
    expect(page.locator("article[hidden]")).to_have_count(0)
    assert opened.shown == everything


@browsed
def test_a_direction_and_an_actor_narrow_too(opener: Opener, record: Path) -> None:
    opened = opener(record)
    opened.page.select_option("[name=direction]", "ease")
    signs = set(opened.page.locator("article:visible > i").all_inner_texts())
    assert signs <= {"▼", "▽", "◆", "◇"}
    eased = len(opened.shown)
    opened.page.fill("[name=actor]", "nvid")
    assert 0 < len(opened.shown) < eased


LABELS = """() => Array.from(document.querySelectorAll("#chart text[data-a]:not([hidden])"), (label) => {
  const {left, right} = label.getBoundingClientRect();
  return [left, right, label.textContent];
})"""


@browsed
@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_months_are_named_where_there_is_room(opener: Opener, record: Path, size: str) -> None:
    page = opener(record, size=size).page
    years = page.evaluate(LABELS)
    assert all(words.isdigit() for _, _, words in years)
    for _ in range(4):
        page.click("button[data-step=in]")
    months = page.evaluate(LABELS)
    assert {words for _, _, words in months} - {words for _, _, words in years} >= {"May", "Oct"}
    for row in (years, months):
        assert all(one[1] < two[0] for one, two in pairwise(sorted(row)))


TICKS = """() => {
  const {left, right} = document.querySelector("#plot").getBoundingClientRect();
  return Array.from(document.querySelectorAll(".tick"), (words) => {
    const box = words.getBoundingClientRect();
    return box.left >= left - 1 && box.right <= right;
  });
}"""


@browsed
@pytest.mark.parametrize("script", [True, False])
def test_no_label_is_cut_and_the_scale_stays_in_sight(
    opener: Opener, tmp_path: Path, script: bool
) -> None:
    """The last day is in the first days of December: its label would end beyond the chart."""
    days = [date(2026, month, 1) for month in (7, 8, 9, 10, 11, 12)]
    events = (sample.replace(sample.CASE, id=f"{day}-e", date=day) for day in days)
    rows = tuple(sample.EventRow(one, (sample.LINK,), sample.FIGURE) for one in events)
    path = tmp_path / "narrow.html"
    path.write_text(report.page(sample.timeline(rows)), encoding="utf-8")
    page = opener(path, size="phone", script=script).page
    edge = page.evaluate("document.querySelector('#chart').getBoundingClientRect().right")
    labels = page.evaluate(LABELS)
    assert any(words == "Dec" for _, _, words in labels)
    assert all(right <= edge for _, right, _ in labels)
    assert page.evaluate(TICKS) == [True] * 3
    if script:
        assert page.evaluate("document.querySelector('#plot').scrollLeft") > 0
        page.evaluate("document.querySelector('#plot').scrollLeft = 90")
        page.wait_for_function(f"({TICKS})().every(Boolean)")


@browsed
def test_a_series_without_a_figure_in_the_days_shown_says_so(opener: Opener, record: Path) -> None:
    page = opener(record).page
    assert page.locator("#none:visible").count() == 0
    page.focus("#plot")
    for _ in range(12):
        page.keyboard.press("+")
    for _ in range(40):
        page.keyboard.press("ArrowLeft")
    assert page.locator("#none").inner_text().startswith("No figure of this series speaks about")
    page.keyboard.press("0")
    assert page.locator("#none:visible").count() == 0


@browsed
def test_buttons_and_keys_zoom_both(opener: Opener, record: Path) -> None:
    opened = opener(record)
    page, whole, count = opened.page, opened.span(), len(opened.shown)
    page.click("button[data-step=in]")
    half = opened.span()
    assert whole[0] < half[0] < half[1] < whole[1]
    inside = len(opened.shown)
    assert 0 < inside < count
    assert opened.marks == inside
    page.focus("#plot")
    page.keyboard.press("+")
    assert half[0] < opened.span()[0]
    page.keyboard.press("ArrowRight")
    later = opened.span()
    page.keyboard.press("ArrowLeft")
    assert opened.span()[0] < later[0]
    page.keyboard.press("-")
    page.keyboard.press("0")
    assert opened.span() == whole
    assert len(opened.shown) == count
    for _ in range(12):
        page.keyboard.press("+")
    assert opened.span()[0] < opened.span()[1]  # it never closes up


@browsed
def test_a_sign_tells_its_event_and_leads_to_it(opener: Opener, record: Path) -> None:
    opened = opener(record)
    page = opened.page
    mark = page.locator("#marks use").nth(7)
    title = page.locator("article h3").nth(7).inner_text()
    mark.dispatch_event("pointerover")
    assert title.replace("\n", "") in page.locator("#told").inner_text()
    mark.dispatch_event("click")
    assert page.evaluate("location.hash").removeprefix("#") == opened.shown[7]
    assert page.locator("article").nth(7).evaluate("(a) => a.matches(':target')")


@browsed
def test_each_series_is_drawn_with_its_table(opener: Opener, record: Path) -> None:
    opened = opener(record)
    page = opened.page
    page.click("summary >> text=The figures as tables")
    first, second = page.eval_on_selector_all("#series option", "all => all.map((o) => o.value)")[
        :2
    ]
    page.select_option("#series", second)  # as a person chooses; the rest in one go below
    assert page.locator("[data-table]:visible").get_attribute("data-table") == second
    drawings = page.evaluate(EVERY_SERIES)
    assert len(drawings) > 10
    assert len({one["drawn"] for one in drawings}) == len(drawings)
    for one in drawings:
        assert one["tables"] == [one["name"]]
        assert one["circles"] == len(one["kinds"]) > 0
        hollow = [k.split(",")[0] in ("forecast", "claim", "target") for k in one["kinds"]]
        assert one["hollow"] == sum(hollow)
    assert drawings[0]["name"] == first


@browsed
def test_the_script_draws_what_stands_there_without_it(opener: Opener, record: Path) -> None:
    still, alive = opener(record, script=False).page, opener(record).page
    for place, names in (("#marks use", ("x", "y")), ("#seen circle", ("cx", "cy"))):
        pairs = []
        for page in (still, alive):
            source = page.locator("#chart").inner_html() if page is alive else record.read_text()
            part = source.split('<g id="seen">')[0 if "use" in place else 1]
            tag = place.split(" ")[1]
            pairs.append([
                tuple(float(re.search(rf'\b{n}="([^"]+)"', found)[1]) for n in names)  # type: ignore[index]  # there by construction
                for found in re.findall(rf"<{tag} [^>]*>", part)
            ])  # fmt: skip
        assert len(pairs[0]) == len(pairs[1]) > 2
        for (a, b), (c, d) in zip(*pairs, strict=True):
            assert abs(b - d) <= 0.11
            assert abs(a - c) <= 0.11 or c > report.RIGHT or c < 44  # beyond the axis it is cut off


@browsed
def test_without_scripts_all_is_there_to_read(opener: Opener, record: Path) -> None:
    page = opener(record, script=False).page
    assert page.locator("form:visible, .bar:visible, #told:visible").count() == 0
    assert page.locator("article:visible").count() > 150
    assert page.locator("#marks use").count() == page.locator("article").count()


@browsed
def test_the_keyboard_reaches_everything_and_skips_to_the_events(
    opener: Opener, record: Path
) -> None:
    page = opener(record).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the events"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#events"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.locator("article details[open]").count() == 1
    page.reload()
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(
            "document.activeElement.name || document.activeElement.id"
            " || document.activeElement.dataset.step || document.activeElement.tagName"))  # fmt: skip
    assert [name for name in ("text", "kind", "direction", "capital", "actor", "series", "in",
                              "out", "back", "on", "all", "plot") if name not in reached] == []  # fmt: skip


@browsed
def test_it_prints_whole_and_without_controls(opener: Opener, record: Path) -> None:
    opened = opener(record, theme="dark")
    page = opened.page
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("form:visible, button:visible, select:visible").count() == 0
    assert page.locator("article details[open] li:visible").count() > 400
    ink = page.evaluate("getComputedStyle(document.body).color")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    assert page.pdf(format="A4").startswith(b"%PDF-")


@browsed
@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_sticks_out_at_any_width(
    opener: Opener, record: Path, size: str, theme: Theme
) -> None:
    """``TRACKER_PICTURES=DIR`` keeps what the browser painted, for eyes."""
    page = opener(record, size=size, theme=theme).page
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    painted = {"top": page.screenshot()}
    page.locator("article details summary").nth(5).click()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    painted["card"] = page.screenshot()
    if os.environ.get("TRACKER_PICTURES"):
        folder = Path(os.environ["TRACKER_PICTURES"])
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in painted.items():
            (folder / f"report-{size}-{theme}-{name}.png").write_bytes(picture)


@browsed
def test_ten_thousand_events_open_and_filter(opener: Opener, tmp_path: Path) -> None:
    rows = tuple(
        sample.EventRow(
            sample.replace(sample.CASE, id=f"2026-01-13-e{n}", title=f"Event number {n}"), (), None
        )
        for n in range(10_000)
    )
    path = tmp_path / "many.html"
    path.write_text(report.page(sample.timeline(rows)), encoding="utf-8")
    opened = opener(path)
    assert opened.page.locator("#count").inner_text() == "10000 of 10000 events"
    opened.page.fill("[name=text]", "number 9999")
    assert opened.page.locator("#count").inner_text() == "1 of 10000 events"
    assert opened.shown == ["e-2026-01-13-e9999"]


def test_five_hundred_events_of_the_record_stay_under_a_megabyte(
    tracker: Program, record: Path
) -> None:
    """The record's own events, as often as it takes, weighed as they stand on the page."""
    text = record.read_text(encoding="utf-8")
    articles = re.findall(r"<article.*?</article>\n", text, re.DOTALL)
    marks = re.findall(r"<use [^>]*>", text)
    data = re.search(r'"events":(\[.*?\]),"series"', text)
    assert data
    own = sum(len(part.encode()) for part in (*articles, *marks, data[1]))
    rest = len(text.encode()) - own
    assert len(articles) > 150
    assert rest + own * 500 / len(articles) < 1_000_000
