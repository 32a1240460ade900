"""The review queue, other rules on the archive, and news on its way into the record."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.jobs.rooms import Room
from tracker.config import load as read
from tracker.core.decisions import Decisions
from tracker.core.doubts import SORTS, Doubt
from tracker.core.newcomers import watch_lines
from tracker.core.reading import rows_of
from tracker.core.recoding import Judged, scores
from tracker.core.recognise import RELEVANT
from tracker.errors import RecordError, UsageProblem
from tracker.jobs import decide, lint, promote, recode, review
from tracker.model import Join, Reason
from tracker.record.lexicon import load_lexicon
from tracker.record.load import load
from tracker.store.derived import Derived
from tracker.store.joins import Joins
from tracker.view import recode as recode_view
from tracker.view import review as review_view
from tracker.view.promote import as_toml

SAID = {"why": "read both", "by": "mw"}
LISTING = "US adds 12 Chinese chip firms to Entity List"
TEXT = "The US Commerce Department added 12 Chinese chip firms to its Entity List on Wednesday."


def fresh(room: Room) -> None:
    """The house forgets the decisions it read, as a new process does."""
    room.house.__dict__.pop("decisions", None)


def arrive(room: Room, db: sqlite3.Connection) -> list[str]:
    """Four reports of two acts, one in Chinese, one quiet item."""
    items = [
        room.arrive(db, LISTING, TEXT, published="2026-07-09T02:00:00Z"),
        room.arrive(db, "美国将12家中国芯片企业列入实体清单", "美国商务部8日宣布将12家中国芯片企业列入实体清单。",
                    published="2026-07-09T03:00:00Z", lang="zh-Hans", publisher="示例报"),
        room.arrive(db, "China opens antitrust probe into US chipmaker Qualcomm",
                    "The market regulator said on Tuesday it opened an antitrust investigation.",
                    published="2026-07-08T02:00:00Z"),
        room.arrive(db, "A quiet afternoon in Shenzhen", "Shops were open on Monday.",
                    published="2026-07-07T02:00:00Z"),
    ]  # fmt: skip
    room.derive(db)
    return items


def put_join(db: sqlite3.Connection, one: str, two: str, score: float) -> None:
    """A join of a known score between two stored items."""
    (join,) = (j for j in Joins(db).of_node(one) if two in (j.left, j.right))
    Joins(db).put([replace(join, score=score)], 0.0)


def test_a_doubtful_join_waits_until_it_is_decided(room: Room, db: sqlite3.Connection) -> None:
    one, two, *_ = arrive(room, db)
    put_join(db, one, two, 0.3)
    (doubt,) = (d for d in review.waiting(room.house, ["join"]) if set(d.items) == {one, two})
    assert (doubt.sort, doubt.score) == ("join", 0.3)
    assert LISTING in doubt.titles
    assert f"tracker decide same {doubt.items[0]} {doubt.items[1]}" in review_view.queue([doubt])
    decide.same(room.house, [one, two], **SAID)
    fresh(room)
    assert not [d for d in review.waiting(room.house, ["join"]) if set(d.items) == {one, two}]


def test_a_clear_join_does_not_wait(room: Room, db: sqlite3.Connection) -> None:
    one, two, *_ = arrive(room, db)
    put_join(db, one, two, 4.0)
    assert not [d for d in review.waiting(room.house, ["join"]) if set(d.items) == {one, two}]


def test_of_two_events_one_pair_is_asked(room: Room, db: sqlite3.Connection) -> None:
    """Four doubtful pairs between two events are one question."""
    text = "The market regulator said on Tuesday it opened an antitrust investigation."
    for n in range(2):
        room.arrive(db, f"{LISTING} ({n})", TEXT, published="2026-07-09T02:00:00Z", item=f"l{n}")
        room.arrive(db, f"China opens antitrust probe into US chipmaker Qualcomm ({n})", text,
                    published="2026-07-08T02:00:00Z", item=f"p{n}")  # fmt: skip
    room.derive(db)
    assert len(Derived(db).events("origin = 'news'")) == 2
    Joins(db).put([Join(f"l{a}", f"p{b}", -0.2, ()) for a in range(2) for b in range(2)], 0.0)
    found = [d for d in review.waiting(room.house, ["join"]) if d.score == -0.2]
    assert [(d.items, d.event) for d in found] == [(("l0", "p0"), "")]


def test_undated_and_low_scores_wait(room: Room, db: sqlite3.Connection) -> None:
    one, _, three, _ = arrive(room, db)
    derived = Derived(db)
    (mention, *_) = derived.mentions_of([one])
    derived.put_mentions_of([(1, one, rows_of([replace(mention, date=None)]))])
    (mention, *_) = derived.mentions_of([three])
    derived.put_mentions_of([(3, three, rows_of([replace(mention, score=RELEVANT + 0.1)]))])
    found = review.waiting(room.house, ["undated", "score"])
    assert ("undated", (one,)) in [(d.sort, d.items) for d in found]
    assert ("score", (three,)) in [(d.sort, d.items) for d in found]
    assert len(review.waiting(room.house, SORTS, limit=1)) == 1


def test_an_item_of_no_interest_is_called_by_its_title(room: Room, db: sqlite3.Connection) -> None:
    *_, quiet = arrive(room, db)
    (row,) = db.execute("SELECT body FROM mentions WHERE item_id = ?", (quiet,)).fetchall()
    assert tuple(row) == ("",)
    assert decide.named(room.house, room.house.reader(), quiet).title == (
        "A quiet afternoon in Shenzhen"
    )


def test_a_firm_that_nobody_knows_waits_until_it_is_watched(
    room: Room, db: sqlite3.Connection
) -> None:
    text = "The Commerce Department added Xinhai Photonics to its Entity List on Wednesday."
    for n in "ab":
        room.arrive(db, f"US adds Xinhai Photonics to Entity List ({n})", text,
                    published="2026-07-09T02:00:00Z", item=n)  # fmt: skip
    room.derive(db)
    (doubt,) = review.waiting(room.house, ["actor"])
    assert (doubt.name, doubt.score) == ("Xinhai Photonics", 2.0)
    shown = review_view.queue([doubt])
    assert "2 reports" in shown
    assert 'names = ["Xinhai Photonics"]' in shown
    decide.mark(room.house, "hide", ["a", "b"], **SAID)
    fresh(room)
    assert not review.waiting(room.house, ["actor"])


def test_the_lines_shown_for_a_new_name_are_a_feeds_toml(
    room: Room, db: sqlite3.Connection, tmp_path: Path
) -> None:
    lines = tmp_path / "feeds.toml"
    lines.write_text(watch_lines('信海"\\微电子') + "\n", encoding="utf-8")
    (word,) = read(lines).watch
    assert (word.names, word.kind, word.roles) == (("信海微电子",), "actor", ("cn-firm",))
    assert load_lexicon(room.house.paths.lexicon, [word]).by_id["new-actor"]


def test_a_hostile_title_stays_one_clean_line(room: Room, db: sqlite3.Connection) -> None:
    one, *_ = arrive(room, db)
    derived = Derived(db)
    (mention, *_) = derived.mentions_of([one])
    derived.put_mentions_of(
        [(1, one, rows_of([replace(mention, date=None, title="bad\x1b[31m\n[bold]x")]))]
    )
    found = review.waiting(room.house, ["undated"])
    shown = review_view.queue(found)
    assert "\x1b" not in shown
    assert "bad [bold]x" in shown
    assert "\x1b" not in review_view.card(found[0], 1, 1).plain


def test_a_reason_at_the_terminal_keeps_its_end() -> None:
    """The card is folded, so that the file and line which a rule stands in are not cut off."""
    why = ", ".join(f"role-{n} +0.5" for n in range(9)) + " (db/lexicon/fitted.toml)"
    doubt = Doubt("score", ("a",), ("T",), 0.1, "", (Reason("roles", 1.0, why),))
    assert "(db/lexicon/fitted.toml)" in review_view.card(doubt, 1, 1, 80).plain
    assert max(map(len, review_view.card(doubt, 1, 1, 80).plain.splitlines())) <= 80


def test_the_same_rules_change_nothing(room: Room, db: sqlite3.Connection) -> None:
    arrive(room, db)
    done = recode.recode(room.house, room.house.paths.lexicon)
    assert (done.read, done.changes, done.scores) == (4, (), ())
    assert done.events[0] == done.events[1] == len(Derived(db).events("origin = 'news'"))


def test_other_rules_are_scored_and_write_nothing(
    room: Room, db: sqlite3.Connection, tmp_path: Path
) -> None:
    """A line out of reach finds nothing, and what people confirmed shows the loss."""
    one, two, *_ = arrive(room, db)
    decide.mark(room.house, "confirm", [one], **SAID)
    decide.same(room.house, [one, two], **SAID)
    fresh(room)
    fitted = (room.house.paths.lexicon / "fitted.toml").read_text(encoding="utf-8")
    other = tmp_path / "fitted.toml"
    other.write_text(re.sub(r"(?m)^line = [0-9.]+", "line = 99.0", fitted), encoding="utf-8")
    before = "\n".join(db.iterdump())
    done = recode.recode(room.house, other)
    assert "\n".join(db.iterdump()) == before
    assert {change.what for change in done.changes} >= {"lost"}
    scored = {one.name: (one.right, two.right, one.of) for one, two in done.scores}
    assert scored["confirmed reports found"] == (1, 0, 1)
    text = recode_view.plain(done)
    assert "nothing was written" in text
    assert f"- {two}" in text or f"- {one}" in text


def test_a_report_told_to_be_a_record_events_counts_as_a_pair() -> None:
    """Also a pair with the record is scored: together where the event has the record's id."""
    one = Judged("2025-07-14-h20", "licence", "ease", date(2025, 7, 14), frozenset({"a"}))
    told = Decisions(same=frozenset({frozenset({"a", "record:2025-07-14-h20"})}),
                     different=frozenset({frozenset({"a", "record:2025-04-09-h20"})}))  # fmt: skip
    right = {score.name: (score.right, score.of) for score in scores({"a": one}, told, {})}
    assert right == {"same, and together": (1, 1), "different, and apart": (1, 1)}
    other = replace(one, event="2025-04-09-h20")
    wrong = {score.name: (score.right, score.of) for score in scores({"a": other}, told, {})}
    assert wrong == {"same, and together": (0, 1), "different, and apart": (0, 1)}


def test_a_hidden_record_event_is_no_hidden_report() -> None:
    one = Judged("e", "licence", "ease", date(2025, 7, 14), frozenset({"a"}))
    told = Decisions(hidden=frozenset({"a", "b", "record:2025-04-09-h20"}))
    (left_out,) = scores({"a": one}, told, {})
    assert (left_out.right, left_out.of) == (1, 2)


@pytest.mark.parametrize(
    ("name", "text", "told", "hint"),
    [
        ("mine.toml", '[item]\n"Z9" = { tags = ["chip", "chip-modl"], names = ["Z9"] }\n',
         "2: no rule asks for 'chip-modl'.", "chip-model"),
        ("weights.toml", "base = 0.0\n[subject]\nchp = 0.7\n",
         "3: no entry is called 'chp'.", "chip"),
        ("weights.toml", "\nbas = 0.0\n", "2: unknown weight 'bas'.", "base"),
        ("fitted.toml", 'line = 0.1\n[title]\n"chp" = { relevant = 0.07 }\n',
         "3: no entry is called 'chp'.", "chip"),
        ("fitted.toml", 'line = 0.1\n[title]\n"chip" = { relevnt = 0.07 }\n',
         "3: unknown name 'relevnt'.", "relevant"),
    ],
)  # fmt: skip
def test_what_does_nothing_in_other_rules_is_named(
    room: Room, tmp_path: Path, name: str, text: str, told: str, hint: str
) -> None:
    """A misspelt tag is no new one: nothing would be found by it, and the trial would not say so."""
    wrong = tmp_path / name
    wrong.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as error:
        recode.recode(room.house, wrong)
    room.house.close()
    assert error.value.what == f"{wrong}:{told}"
    assert hint in error.value.hint


def test_a_mistake_in_other_rules_names_the_users_file(room: Room, tmp_path: Path) -> None:
    wrong = tmp_path / "acts.toml"
    wrong.write_text("# mine\n[nonsense]\n", encoding="utf-8")
    with pytest.raises(RecordError) as error:
        recode.recode(room.house, wrong)
    assert error.value.what.startswith(f"{wrong}:2: [nonsense]")
    wrong.write_text('[act]\n"x" = { kind = "rule"\n', encoding="utf-8")
    with pytest.raises(RecordError) as error:
        recode.recode(room.house, wrong)
    assert error.value.what.startswith(f"{wrong}:2: not valid TOML: ")
    wrong.write_text('[act]\n"x" = { kinds = "rule" }\n', encoding="utf-8")
    with pytest.raises(RecordError) as error:
        recode.recode(room.house, wrong)
    assert error.value.what == f"{wrong}:2: unknown key 'kinds'."
    with pytest.raises(UsageProblem, match="no lexicon file"):
        recode.recode(room.house, tmp_path / "missing.toml")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageProblem, match="holds no lexicon files"):
        recode.recode(room.house, tmp_path / "empty")
    room.house.close()


def test_a_promoted_event_loads_as_a_record_file(
    room: Room, db: sqlite3.Connection, tmp_path: Path
) -> None:
    one, *_ = arrive(room, db)
    held = Derived(db).event_of_node(one)
    assert held is not None
    decide.retitle(room.house, one, 'Twelve "firms" listed \\ 十二家', **SAID)
    event = promote.reviewed(room.house, held.id)
    text = as_toml(event)
    assert tomllib.loads(text)["title"] == 'Twelve "firms" listed \\ 十二家'
    folder = tmp_path / "record"
    shutil.copytree(room.house.paths.record, folder)
    (folder / "events" / event.id[:4] / f"{event.id}.toml").write_text(text, encoding="utf-8")
    assert lint.check(room.house, folder).problems == ()
    (loaded,) = (e for e in load(folder).events if e.id == event.id)
    for name in ("date", "precision", "kind", "direction", "status", "title", "actors", "items",
                 "jurisdiction", "terms", "series", "instrument", "end_date"):  # fmt: skip
        assert getattr(loaded, name) == getattr(event, name), name
    assert [s.url for s in loaded.sources] == [s.url for s in event.sources]


def test_what_a_person_has_to_add_to_a_promoted_event_is_said(
    room: Room, db: sqlite3.Connection
) -> None:
    one, *_ = arrive(room, db)
    held = Derived(db).event_of_node(one)
    assert held is not None
    told = list(promote._to_write(replace(held, binding=None, dates={})))
    assert told == ["write the summary, binding and dates before it goes into db/record"]
    told = list(promote._to_write(replace(held, summary="It did.", binding=True,
                                          reports=held.reports + 2)))  # fmt: skip
    assert told == [
        "write dates before it goes into db/record",
        "reports left out of [[sources]], since they have no address of their own: 2",
    ]
    (told_of_sources,) = (x for x in promote._to_write(replace(held, sources=())) if "[[" in x)
    assert "record check refuses it" in told_of_sources


def test_a_name_that_only_the_user_has_goes_into_the_lexicon_before_the_record(
    room: Room, db: sqlite3.Connection, tmp_path: Path
) -> None:
    config = room.house.paths.config
    config.parent.mkdir(parents=True)
    config.write_text(
        '[[watch]]\nid = "potash"\nnames = ["potash"]\nroles = ["mineral"]\n', "utf-8"
    )
    item = room.arrive(db, "China bans exports of potash and gallium to the United States",
                       "China's Ministry of Commerce banned exports of potash on Wednesday.",
                       published="2026-07-09T02:00:00Z")  # fmt: skip
    room.derive(db)
    held = Derived(db).event_of_node(item)
    assert held is not None
    assert "potash" in held.items
    event = promote.reviewed(room.house, held.id)
    file = room.house.paths.lexicon / "items.toml"
    said = room.house.stderr.getvalue().splitlines()
    assert [line for line in said if "[[watch]]" in line] == [
        f"tracker: add 'potash', which only [[watch]] has, to {file}: record check refuses it"
    ]
    record = tmp_path / "db" / "record"
    shutil.copytree(room.house.paths.record, record)
    shutil.copytree(room.house.paths.lexicon, record.parent / "lexicon")
    (record / "events" / event.id[:4] / f"{event.id}.toml").write_text(as_toml(event), "utf-8")
    (problem,) = lint.check(room.house, record).problems
    assert "'potash' is not in the lexicon" in problem.what


def test_a_record_event_is_not_promoted(room: Room, db: sqlite3.Connection) -> None:
    with pytest.raises(UsageProblem, match="in the record already"):
        promote.reviewed(room.house, "2025-07-14-h20-mi308-licences-promised")
