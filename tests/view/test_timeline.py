"""The timeline on screens of every width, in a pipe, and with hostile text."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style

from tests.view import sample
from tests.view.golden import agrees, drawn
from tracker.core.ahead import Due
from tracker.core.timeline import EventRow
from tracker.view import piped
from tracker.view import timeline as view
from tracker.view.ahead import calendar
from tracker.view.facts import event_facts
from tracker.view.lines import link
from tracker.view.page import state

NOON = datetime(2026, 7, 10, 12, tzinfo=UTC)


def draw(width: int, **options: Any) -> str:
    return drawn(view.render(sample.timeline(), width=width, **options), width)


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_the_screen_as_printed(width: int) -> None:
    agrees(f"timeline-{width}.txt", draw(width))


@pytest.mark.parametrize(
    ("name", "width", "options"),
    [
        ("ascii-80", 80, {"ascii": True}),
        ("compact-80", 80, {"compact": True}),
        ("measure-80", 80, {"by": "measure"}),
        ("kind-100", 100, {"by": "kind"}),
        ("sources-100", 100, {"extra": ("summary", "sources", "reports")}),
        ("lanes-120", 120, {"lanes": True}),
        ("20", 20, {}),
    ],
)
def test_other_shapes(name: str, width: int, options: dict[str, Any]) -> None:
    agrees(f"timeline-{name}.txt", draw(width, **options))


@pytest.mark.parametrize("width", [20, 27, 40, 47, 48, 59, 72, 80, 109, 110, 140, 200])
@pytest.mark.parametrize(
    "options",
    [{}, {"compact": True}, {"lanes": True}, {"by": "actor"}, {"ascii": True},
     {"extra": ("summary", "sources")}],
)  # fmt: skip
def test_no_line_is_wider_than_the_terminal(width: int, options: dict[str, Any]) -> None:
    wide = [line for line in draw(width, **options).splitlines() if cell_len(line) > width]
    assert wide == []


def test_every_event_is_there_at_every_width() -> None:
    """Wrapping may break an id, never lose it."""
    for width in (20, 60, 200):
        squeezed = "".join(draw(width).replace("│", "").split())
        for event in sample.timeline().events:
            assert event.id.rsplit("-", 1)[1] in squeezed


def test_an_item_stands_beside_the_figure_and_in_any_room() -> None:
    """A licence for H20 and MI308 names one of them, and how many more, however little room."""
    letter = replace(sample.CASE, instrument="is-informed-letter", kind="rule", sources=(),
                     dates={}, items=("H20", "MI308"), terms=("D:5",))  # fmt: skip
    page = replace(sample.timeline(), rows=(EventRow(letter, (), sample.FIGURE),))
    for width in range(40, 130):
        text = drawn(view.render(page, width=width), width)
        assert "H20 +1" in " ".join(text.replace("│", "").split()) or "H20, MI308" in text
        assert "IDC >30% (2024)" in text


def test_the_foot_says_of_what_the_figure_beside_an_event_is_a_share() -> None:
    words = "figure beside an event: Local share of cards shipped (units), as known then"
    assert words in draw(100)
    assert "beside an event" not in draw(100, compact=True)
    bare = replace(sample.timeline(), rows=(EventRow(sample.BILL, (), None),))
    assert "beside an event" not in drawn(view.render(bare, width=100), 100)


def test_no_line_begins_with_what_parts_two_facts() -> None:
    """Where facts are wrapped just behind one of them; ``|`` is also the spine of ASCII screens."""
    lines = [line for width in range(40, 90) for plain in (False, True)
             for line in draw(width, ascii=plain).splitlines()]  # fmt: skip
    assert [line for line in lines if re.match(r" *[|│] +[|·] ", line)] == []


def test_ascii_shows_only_ascii_besides_outside_text() -> None:
    ours = sample.timeline(tuple(row for row in sample.ROWS if "AMD" not in repr(row)
                                 and "商务部" not in repr(row) and "hostile" not in repr(row)))  # fmt: skip
    assert drawn(view.render(ours, width=80, ascii=True), 80).isascii()


def _on_terminal(tty: bool) -> str:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return tty

    out = Stream()
    console = Console(file=out, width=100, force_terminal=True, color_system="truecolor")
    console.print(view.render(sample.timeline(), width=100))
    return out.getvalue()


def test_hyperlinks_go_to_a_terminal_only_and_only_to_the_web() -> None:
    assert "\x1b]8;" in _on_terminal(tty=True)
    assert "https://example.org/1" in _on_terminal(tty=True)
    assert "javascript:" not in _on_terminal(tty=True)
    assert "\x1b]8;" not in _on_terminal(tty=False)


def test_outside_text_is_never_markup_nor_an_escape() -> None:
    text = draw(200)
    assert "[bold]=cmd" in text
    assert "\x1b" not in text
    assert "‮" not in text


def test_the_legend_names_only_what_is_shown() -> None:
    calm = sample.timeline((EventRow(sample.CASE, (), None),))
    last = drawn(view.render(calm, width=80), 80).splitlines()[-1]
    assert last == "▼ eases"


def test_a_day_is_printed_once_and_the_unknown_day_comes_first() -> None:
    july = draw(80).split("July 2025\n")[1].splitlines()
    assert july[0].startswith(" ~")


YEAR = replace(sample.MONTH, id="2025-01-01-some-year", date=date(2025, 1, 1), precision="year",
               title="Known to the year")  # fmt: skip
QUARTER = replace(YEAR, id="2025-04-01-some-quarter", date=date(2025, 4, 1), precision="quarter",
                  title="Known to the quarter")  # fmt: skip
VAGUE = tuple(EventRow(event, (), None) for event in (
    YEAR, replace(YEAR, id="2025-01-01-other-year"), QUARTER,
    replace(sample.BILL, date=date(2025, 4, 8)), sample.MONTH))  # fmt: skip


@pytest.mark.parametrize("options", [{}, {"compact": True}, {"lanes": True}])
def test_no_event_stands_under_a_month_that_nobody_knows(options: dict[str, Any]) -> None:
    """The first of January of a whole year read as some day in January."""
    lines = drawn(view.render(sample.timeline(VAGUE), width=120, **options), 120).splitlines()
    heads = ("2025, month not known", "Q2 2025, month not known", "April 2025", "July 2025")
    assert [one for line in lines if (one := line.removesuffix("│").strip()) in heads] == [*heads]
    assert [sum(day in line for line in lines) for day in ("~ 2025 ", " ~ Q2 ")] == [2, 1]
    assert lines[0].endswith("2025 – Jul 2025 · 5 events · newest last")


def test_against_time_the_year_alone_follows_its_months() -> None:
    titles = [title for title, _ in view.grouped(tuple(reversed(VAGUE)), "month")]
    assert titles == [
        "July 2025", "April 2025", "Q2 2025, month not known", "2025, month not known",
    ]  # fmt: skip


def test_by_quarter_a_year_stands_apart_and_a_month_is_marked() -> None:
    text = drawn(view.render(sample.timeline(VAGUE), width=100, by="quarter"), 100)
    assert [title for title, _ in view.grouped(VAGUE, "quarter")] == [
        "2025, quarter not known", "Q2 2025", "Q3 2025",
    ]  # fmt: skip
    days = [line.split()[0] for line in text.splitlines() if line.startswith("~")]
    assert days == ["~2025", "~2025", "~2025-Q2", "~2025-07"]


def test_newest_first_says_so() -> None:
    reverse = sample.timeline(tuple(reversed(sample.ROWS)))
    assert "newest first" in drawn(view.render(reverse, width=100), 100)


def test_the_head_says_where_the_record_holds_landmarks_only() -> None:
    early = sample.timeline(searched_from=date(2022, 10, 7))
    past = replace(early, as_of=date(2025, 7, 1))
    assert "Record to 7 Jul 2026 · before 7 Oct 2022 landmarks only" in drawn(
        view.render(early, width=120), 120
    )
    assert "Before 7 Oct 2022 landmarks only · as known" in drawn(view.render(past, width=120), 120)
    assert "landmarks" not in drawn(view.render(sample.timeline(), width=120), 120)


def test_an_empty_answer_says_what_the_notes_say() -> None:
    empty = sample.timeline((), notes=("The database holds 2022 to 2026.",), lapsed=(), blind=())
    text = drawn(view.render(empty, width=80), 80)
    assert "no events" in text
    assert text.endswith("The database holds 2022 to 2026.\n")


def test_plain_has_one_line_a_row_and_nine_fields() -> None:
    lines = piped.plain(sample.timeline()).splitlines()
    assert len(lines) == len(sample.ROWS)
    assert {len(line.split("\t")) for line in lines} == {9}
    agrees("timeline-plain.txt", piped.plain(sample.timeline()))


@pytest.mark.parametrize("compact", [False, True])
def test_an_event_that_only_feeds_tell_of_is_marked(compact: bool) -> None:
    """Nobody looked at it, however many report it; where all are curated the legend is silent."""
    news = replace(sample.CASE, id="2026-01-14-news", origin="news")
    both = replace(sample.CASE, id="2026-01-15-both", origin="both")
    rows = tuple(EventRow(event, (), None) for event in (sample.CASE, news, both))
    for ascii_, sign in ((False, "†"), (True, "+")):
        text = drawn(view.render(sample.timeline(rows), width=100, compact=compact, ascii=ascii_),
                     100)  # fmt: skip
        assert [line.count(f" {sign} ") for line in text.splitlines() if "H200 class" in line] == [
            0, 1, 0,
        ]  # fmt: skip
        assert f"{sign} news, not in the record" in text
    curated = sample.timeline((rows[0], rows[2]))
    assert "†" not in drawn(view.render(curated, width=100, compact=compact), 100)
    origins = [line.split("\t")[8] for line in piped.plain(sample.timeline(rows)).splitlines()]
    assert origins == ["record", "news", "both"]


def test_no_line_breaks_a_number_and_no_word_stands_twice() -> None:
    """``商务部公告2025年第23号`` stays in one line; its number is no further term beside it."""
    own = replace(sample.CASE.sources[0], ref="商务部公告2025年第23号")
    terms = ("公告2025年第23号", "not in force")
    notice = replace(sample.CASE, kind="countermeasure", instrument="mofcom-announcement",
                     terms=terms, sources=(own,))  # fmt: skip
    order = replace(sample.BILL, instrument="proclamation", status="confirmed",
                    sources=(replace(own, ref="Proclamation 11002"),))  # fmt: skip
    rows = tuple(EventRow(event, (), None) for event in (notice, order))
    text = drawn(view.render(sample.timeline(rows), width=60), 60)
    assert text.count("商务部公告2025年第23号") == 1 == text.count("公告2025年第23号")
    assert "legislation, Proclamation 11002 · " in text


def test_a_measure_is_headed_by_its_title_and_its_id() -> None:
    page = replace(
        sample.timeline(), titles={"h200-rule": "Case-by-case review of H200-class chips"}
    )
    lines = drawn(view.render(page, width=30, by="measure"), 30).splitlines()
    at = lines.index("Case-by-case review of       6")
    assert lines[at + 1 : at + 3] == ["H200-class chips", "h200-rule"]


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [(None, None, "never polled"), (NOON, None, "polled 10 Jul 12:00"),
     (None, NOON, "no feed answered 10 Jul 12:00"),
     (NOON - timedelta(days=9), NOON, "polled 1 Jul 12:00, no feed answered 10 Jul 12:00")],
)  # fmt: skip
def test_a_poll_that_no_feed_answered_is_none(
    good: datetime | None, bad: datetime | None, says: str
) -> None:
    assert says in state(sample.timeline(polled=good, unreached=bad))


def test_under_actor_an_event_stands_with_each_of_its_actors() -> None:
    titles = [title for title, _ in view.grouped(sample.ROWS, "actor")]
    assert {"Treasury", "MOFCOM", "BIS"} <= set(titles)
    assert titles[-2:] == ["figures", "no actor"]


@pytest.mark.parametrize("compact", [True, False])
def test_what_is_new_is_marked(compact: bool) -> None:
    rows = (EventRow(sample.TALKS, (), None), EventRow(sample.CASE, (), None, new=True))
    text = drawn(view.render(sample.timeline(rows), width=80, compact=compact), 80)
    (line,) = [one for one in text.splitlines() if "new  " in one]
    assert "H200 class moved" in line


def test_words_that_show_another_host_are_no_link() -> None:
    assert link("https://evil.example/a", "see https://bis.gov/rule") is None
    assert link("https://bis.gov/rule", "see https://bis.gov/rule") == Style(
        link="https://bis.gov/rule"
    )
    assert link("javascript:alert(1)") is None


def test_an_act_in_force_on_its_own_day_names_no_second_one() -> None:
    day, later = sample.CASE.date, date(2026, 1, 15)
    at_once = replace(sample.CASE, dates={"effective": (day,)})
    assert not [part for part in event_facts(at_once, "#x").fixed if part.startswith("eff")]
    both = replace(sample.CASE, dates={"effective": (day, later)})
    assert "eff 15 Jan" in event_facts(both, "#x").fixed


def test_a_date_that_moved_keeps_its_entry_in_the_calendar() -> None:
    due = Due(date(2026, 11, 10), "truce.end", "term ends", "Truce", "Beijing", "truce", None,
              date(2026, 7, 7), "coming")  # fmt: skip
    moved = replace(due, day=date(2027, 11, 10))
    uids = [re.findall(rb"UID:(.+)\r", calendar([one])) for one in (due, moved)]
    assert uids[0] == uids[1] == [b"truce.end@export-control-timeline"]
