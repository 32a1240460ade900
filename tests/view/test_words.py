"""Citations, digest, morning view, lines."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from rich.cells import cell_len

from tests.view import sample
from tests.view.golden import agrees, drawn
from tracker.core.changes import changes, marks
from tracker.core.timeline import Change, Digest, DueDate, EventRow, FailingFeed, Morning, News
from tracker.model import SeedClaim
from tracker.view import article, cite, digest, export, lines, morning
from tracker.view.export_ics import calendar
from tracker.view.export_md import memo
from tracker.view.glyphs import first_ref
from tracker.view.mail import mail

MONDAY = date(2026, 7, 6)


@pytest.mark.parametrize("style", cite.STYLES)
def test_citations_as_written(style: str) -> None:
    agrees(f"cite.{style}.txt", cite.cite((sample.CASE, sample.MONTH), style, MONDAY))


def test_bluebook_cites_the_register_and_chicago_the_chinese_number() -> None:
    assert "91 Fed. Reg. 1684" in cite.cite((sample.CASE,), "bluebook")
    assert "商务部公告2025年第1号" in cite.cite((sample.MONTH,), "chicago")
    assert "[MOFCOM Announcement No. 1 of 2025], July 2025" in cite.cite((sample.MONTH,), "chicago")
    assert "(July 2025)" in cite.cite((sample.MONTH,), "bluebook")


def test_the_register_is_cited_by_its_own_page_and_year_only() -> None:
    """An article on a rule is an article; a copy's later day is not the rule's."""
    ref = "91 FR 35189; Docket DOD-2026-OS-1288"
    article_on_it = replace(sample.source(1), ref=ref, published=date(2026, 6, 17))
    assert cite.bluebook(article_on_it) == (
        f"Headline 1, on {ref}, Paper 1 (June 17, 2026), https://example.org/1."
    )
    copy = replace(article_on_it, official_text=True)
    assert cite.bluebook(copy).startswith("Headline 1, 91 Fed. Reg. 35189 (June 17, 2026),")
    later = replace(copy, ref="88 FR 54867", published=date(2024, 11, 15))
    assert cite.bluebook(later).startswith("Headline 1, 88 Fed. Reg. 54867 (2023),")
    assert "88 Fed. Reg. 54867, 2023," in cite.footnote(later)
    event = replace(sample.CASE, sources=(article_on_it,))
    assert "Federal Register" not in cite.cite((event,), "csl")


def test_a_note_has_one_full_stop_and_no_number_twice() -> None:
    """As style guides have it; a publisher sometimes carries the number of its own page."""
    undated = replace(sample.source(1), published=None, published_approx=None, title="Is it?",
                      url="")  # fmt: skip
    assert cite.footnote(undated) == "Paper 1, “Is it?” n.d."
    page = replace(sample.source(1), publisher="Federal Register (GPO), 91 FR 1684",
                   ref="91 FR 1684", title="A rule.", url="")  # fmt: skip
    assert cite.footnote(page) == "Federal Register (GPO), “A rule,” 91 FR 1684, July 15, 2025."
    month = replace(sample.source(1), published=None, published_approx="2026-01", url="")
    assert cite.bluebook(month) == "Headline 1, Paper 1 (Jan. 2026)."


def test_a_kept_copy_is_named_where_it_is_known() -> None:
    kept = "https://web.archive.org/web/2026/https://example.org/1"
    page = replace(sample.source(1), archived=kept)
    event = replace(sample.CASE, sources=(page,))
    assert cite.footnote(page).endswith(f"https://example.org/1, archived at {kept}.")
    assert cite.bluebook(page).endswith(f"https://example.org/1 [{kept}].")
    assert f"archiveurl = {{{kept}}}" in cite.cite((event,), "bibtex")
    assert json.loads(cite.cite((event,), "csl"))[0]["archive_location"] == kept
    hidden = replace(page, archived="javascript:alert(1)")
    assert "javascript" not in cite.footnote(hidden) + cite.bluebook(hidden)


def test_every_face_that_names_a_source_names_its_tier() -> None:
    for format_ in ("md", "ics", "atom", "timelinejs", "html"):
        written = export.write(format_, sample.timeline())
        text = written if isinstance(written, str) else written.decode()
        unfolded = text.replace("\r\n ", "").replace("\\", "")
        assert "[official page]" in unfolded, format_
        assert "12 origins (official page)" in unfolded, format_
    assert "[official page]" in digest.text(a_digest())
    assert "[official page]" in digest.markdown(a_digest()).replace("\\", "")


def test_every_face_says_that_an_event_is_news() -> None:
    rows = (EventRow(replace(sample.CASE, origin="news"), (), None),)
    for format_ in ("md", "ics", "atom", "timelinejs", "html"):
        written = export.write(format_, sample.timeline(rows))
        text = written if isinstance(written, str) else written.decode()
        unfolded = text.replace("\r\n ", "").replace("\\", "")
        assert "news, not in the record" in unfolded, format_
        curated = export.write(format_, sample.timeline((EventRow(sample.CASE, (), None),)))
        assert "not in the record" not in str(curated), format_


def test_a_page_about_the_act_lends_it_no_number() -> None:
    """A later decision on a rule has a number of its own."""
    gao = sample.source(7, about=True, ref="B-337935")
    assert first_ref(replace(sample.CASE, sources=(gao,))) is None
    assert first_ref(replace(sample.CASE, sources=(gao, *sample.CASE.sources))) == "91 FR 1684"


def test_csl_has_the_title_as_it_is_and_only_the_known_parts_of_a_date() -> None:
    (item,) = json.loads(cite.cite((sample.MONTH,), "csl"))
    assert item["title"] == "商务部公告"
    assert "original-title" not in item  # nothing is translated
    assert item["issued"] == {"date-parts": [[2025, 7]]}
    assert "accessed" not in item


def test_a_newspaper_is_the_container_of_its_page_and_an_office_the_author_of_its_own() -> None:
    paper = replace(sample.source(1), official=False, publisher="Example Times", ref=None)
    office = replace(sample.source(2), official=True, publisher="BIS", ref=None)
    items = json.loads(cite.cite((replace(sample.CASE, sources=(office, paper)),), "csl"))
    told = {item.get("container-title", ""): item.get("author") for item in items}
    assert told == {"Example Times": None, "": [{"literal": "BIS"}]}


def test_one_page_of_an_event_is_not_headed_with_the_evidence_of_the_others() -> None:
    """The event rests on an official page; the one that is cited is a newspaper's."""
    pages = (replace(sample.source(1), official=True), replace(sample.source(2), official=False))
    event = replace(sample.CASE, evidence="official", sources=pages)
    head, note = cite.cite((event,), "chicago", pages={pages[1].url}).splitlines()
    assert head == f"{event.title} ({event.id})"
    assert note.endswith("[page]")
    assert cite.cite((event,), "chicago").startswith(f"{event.title} ({event.id}; official page)")


@pytest.mark.parametrize(("seen_as", "tier"), [(None, "official page"), ("link", "not opened")])
def test_a_headline_that_nobody_saw_is_never_made_of_the_title_of_the_event(
    seen_as: str | None, tier: str
) -> None:
    """A citation manager would print our words as the ministry's; an answer is no regulation."""
    answer = replace(sample.source(1), title=None, official=True, seen_as=seen_as, lang="zh-Hans",
                     publisher="MOFCOM", ref="商务部新闻发言人答记者问")  # fmt: skip
    event = replace(sample.CASE, sources=(answer,))
    (item,) = json.loads(cite.cite((event,), "csl"))
    assert "title" not in item
    assert item["type"] == "webpage"
    told = "商务部新闻发言人答记者问 [MOFCOM spokesperson's answers to the press]"
    assert item["note"] == f"{told}; evidence: {tier}; headline not seen"
    entry = cite.cite((event,), "bibtex")
    assert "\n  title = " not in entry
    assert sample.CASE.title not in entry
    assert f"note = {{evidence: {tier}; headline not seen}}" in entry


def test_bibtex_braces_hostile_text() -> None:
    text = cite.cite((sample.HOSTILE_EVENT,), "bibtex")
    assert text.count("{") - text.count("\\{") == text.count("}") - text.count("\\}")


@pytest.mark.parametrize("width", [60, 100])
def test_a_checked_statement_names_its_event_whole(width: int) -> None:
    """An id that is cut off at the edge names nothing."""
    id_ = "2025-07-20-huang-cctv-with-or-without-nvidia"
    one = SeedClaim("seed-05", "He said so.", "", "", id_, None, "imprecise", "He did not.", ())
    text = "\n".join(line.plain for line in article.verdicts([one], width))
    assert id_ in text
    assert max(map(len, text.splitlines())) <= width


def a_digest(**more: object) -> Digest:
    base = Digest(
        since=date(2026, 6, 30), until=MONDAY, record_day=MONDAY,
        changes=(Change(sample.CASE, new=True),
                 Change(sample.TALKS, new=False, what=("status: reported, now confirmed",))),
        coming=(DueDate(date(2026, 7, 20), "comments close", "H200 rule", sample.CASE.id),),
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]  # test shorthand


def test_the_digest_as_written() -> None:
    agrees("digest.md", digest.markdown(a_digest()))
    agrees("digest.txt", digest.text(a_digest()))


def test_a_digest_of_one_day_names_it_once() -> None:
    assert digest.title(a_digest(since=MONDAY)) == "Export controls, 6 Jul 2026"


def test_a_capital_that_begins_the_title_is_not_said_before_it() -> None:
    event = replace(sample.CASE, title="US adds 12 firms", jurisdiction=("US",))
    told = a_digest(changes=(Change(event, new=True),))
    page = sample.timeline((EventRow(event, (), None),))
    for face in (digest.markdown(told), digest.text(told), mail(told).decode(),
                 memo(page), calendar(page).decode()):  # fmt: skip
        assert "US adds 12 firms" in face
        assert "US: " not in face
    assert digest.lead(replace(event, title="USTR opens a case"))[1] == "US: "
    assert digest.lead(replace(event, jurisdiction=("US", "CN")))[1] == "US/CN: "


def test_nothing_new_writes_nothing() -> None:
    empty = a_digest(changes=())
    assert (digest.markdown(empty), digest.text(empty), mail(empty)) == ("", "", b"")


def test_a_further_report_is_no_change_but_a_status_is() -> None:
    before = marks([sample.CASE, sample.TALKS])
    same = replace(sample.CASE, reports=9)
    moved = replace(sample.TALKS, status="disputed", id="2025-05-09-renamed", mentions=("i",))
    before[sample.TALKS.id]["items"] = "i j"
    found = changes(before, [same, moved, sample.BILL])
    assert [(c.event.id, c.new) for c in found] == [(moved.id, False), (sample.BILL.id, True)]
    assert found[0].what == ("status: confirmed, now disputed",)


def a_morning() -> Morning:
    return Morning(
        timeline=sample.timeline(), today=date(2026, 7, 10), first=date(2026, 4, 11),
        passed=(DueDate(date(2026, 7, 1), "suspension ends", "50% rule", None, "affiliates"),),
        coming=(DueDate(date(2026, 7, 20), "comments close", "H200 rule", sample.CASE.id),),
        failing=(FailingFeed("register", "The Register", None, "timed out"),), feeds=38,
    )  # fmt: skip


def test_the_morning_as_printed() -> None:
    agrees("morning-80.txt", drawn(morning.render(a_morning(), width=80), 80))
    agrees("morning-plain.txt", morning.plain(a_morning()))


def test_news_below_a_due_date_takes_two_lines_at_most() -> None:
    event = News("2026-07-09-x-a1b2c3", "x-a1b2c3", date(2026, 7, 9), "The ban goes on " * 20)
    due = replace(a_morning().passed[0], news=(event, event))
    text = drawn(morning.render(replace(a_morning(), passed=(due,)), width=80), 80)
    told = text[text.index("2 events since may change this, last #x-a1b2c3") :].splitlines()
    assert told[1].endswith("…")
    assert told[2] == ""
    row = morning.plain(replace(a_morning(), passed=(due,))).splitlines()[-3]
    assert row.split("\t")[-1] == f"{event.id} {event.id}"


@pytest.mark.parametrize("width", [20, 50, 79, 200])
def test_the_morning_fits(width: int) -> None:
    text = drawn(morning.render(a_morning(), width=width, ascii=width == 50), width)
    assert [line for line in text.splitlines() if cell_len(line) > width] == []


@given(some.text(alphabet="ab 中文，。(H20)é", max_size=80), some.integers(2, 30))
def test_wrapping_loses_no_character_and_fits(text: str, width: int) -> None:
    rows = lines.wrap(text, width)
    assert "".join("".join(rows).split()) == "".join(text.split())
    assert all(cell_len(row) <= width for row in rows)


@pytest.mark.parametrize("width", [1, 10, 80])
def test_a_word_of_many_lines_is_measured_once(width: int) -> None:
    """Where the rest was measured again for each line, this took days."""
    rows = lines.wrap("。" * 400_000, width)
    assert sum(map(len, rows)) == 400_000
    assert max(map(len, rows)) == max(1, width // 2)


def test_an_old_act_that_became_known_is_not_called_new() -> None:
    near = date(2026, 2, 10)
    for since, heading in ((near, "New"), (date(2026, 3, 1), digest.OLD)):
        found = a_digest(since=since, changes=(Change(sample.CASE, new=True),))
        assert [name for name, _ in digest.groups(found)] == [heading]
    both = a_digest(
        since=date(2026, 3, 1),
        changes=(Change(sample.CASE, new=True), Change(replace(sample.BILL, date=near), new=True)),
    )
    assert [name for name, _ in digest.groups(both)] == ["New", digest.OLD]


def test_what_rests_on_a_text_of_nobody_says_so_in_place_of_a_footnote() -> None:
    bare = replace(sample.CASE, sources=(), witnesses=0)
    found = a_digest(changes=(Change(bare, new=True),))
    for text in (digest.markdown(found), digest.text(found), mail(found).decode()):
        assert "no footnote: the text it rests on names no page" in text
    assert "[^1]" not in digest.markdown(found)
