"""Adding an article: stored whole or not at all, and set beside the record."""

from __future__ import annotations

import io
import sqlite3
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.jobs.rooms import Room, copied
from tracker.errors import Busy, UsageProblem
from tracker.jobs import add as job
from tracker.jobs import decide
from tracker.jobs import share as share_job
from tracker.jobs.add import Added, Given
from tracker.jobs.said import said
from tracker.view import article as view
from tracker.view import ledger
from tracker.view import share as share_view

ARTICLE = Path(__file__).parents[1] / "data" / "article.txt"
NOTHING = Given()


@pytest.fixture(scope="module")
def room(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = copied(template, tmp_path_factory.mktemp("add"))
    yield made
    made.house.close()


def add(room: Room, word: str | Path, given: Given = NOTHING, *, store: bool = True,
        stdin: bytes = b"") -> Added:  # fmt: skip
    return job.add(room.house, str(word), given, io.BytesIO(stdin), {}, store=store)


def stored(room: Room) -> int:
    db = sqlite3.connect(room.folder / "tracker.db")
    try:
        return int(db.execute("SELECT count(*) FROM items WHERE feed = 'added'").fetchone()[0])
    finally:
        db.close()


def test_the_founding_article(room: Room) -> None:
    found = add(room, ARTICLE, store=False)
    verdicts = {one.event.id: one.verdict for one in found.statements if one.event}
    assert verdicts == {
        "2025-07-14-h20-mi308-licences-promised": "in part",
        "2025-07-14-huang-trip-beijing-cisce": "conflicts",
        "2025-05-10-geneva-talks": "agrees",
    }
    assert sorted(one.claim.value for one in found.figures) == [14, 34.6, 40, 50, 300]
    assert found.damage
    assert len(found.curated) == 33


def test_an_article_is_not_set_beside_an_act_that_people_hid(filled: Room) -> None:
    act = "2025-05-10-geneva-talks"
    filled.house.writer()
    assert act in {
        one.event.id for one in add(filled, ARTICLE, store=False).statements if one.event
    }
    decide.mark(filled.house, "hide", [act], why="why", by="me")
    left = {one.event.id for one in add(filled, ARTICLE, store=False).statements if one.event}
    assert left
    assert act not in left
    filled.house.close()


def test_the_founding_article_joins_the_resumption(filled: Room) -> None:
    """It opens with "In July" and its next sentence has another month: the first one is meant."""
    own = filled
    found = add(own, ARTICLE, Given(published=date(2025, 7, 31)))
    assert found.events == ("2025-07-14-h20-mi308-licences-promised",)
    drawn = str(view.render(found, own.house.record.series, width=100))
    assert "held by 2025-07-14-h20-mi308-licences-promised" in drawn
    found = add(own, "-", stdin=b"The US approved H20 sales to China, Nvidia said in a statement.")
    assert found.events == ()
    drawn = " ".join(str(view.render(found, own.house.record.series, width=100)).split())
    assert "an article without a day joins none; --published" in drawn
    told = "US tells Nvidia H20 licences for China will be granted\n\nIt said so on 14 July 2025."
    found = add(own, "-", stdin=told.encode())
    assert found.events == ("2025-07-14-h20-mi308-licences-promised",)
    assert "without a day" not in str(view.render(found, own.house.record.series, width=100))
    own.house.close()


def test_the_conflict_is_shown_and_not_mended(room: Room) -> None:
    found = add(room, ARTICLE, store=False)
    drawn = str(view.render(found, room.house.record.series, width=100))
    assert "(a month before July 2025); record: from 2025-07-14 to 2025-07-18" in drawn
    assert "34.6%: no house found; nearest: Morgan Stanley 34% (2024), IDC >30% (2024)" in drawn
    assert "damage to the text" in drawn


def test_added_twice_is_stored_once(room: Room) -> None:
    first, second = add(room, ARTICLE), add(room, ARTICLE)
    assert (first.stored, second.stored) == ("new", "known")
    assert first.entry.item_id == second.entry.item_id
    assert stored(room) == 1
    again = said(room.house.reader())
    assert [one.beside.claim for one in again] == [one.claim for one in first.figures]
    assert said(room.house.reader(), date(2020, 1, 1)) == ()


def test_the_ledger_and_the_series_show_what_was_said(room: Room) -> None:
    add(room, ARTICLE)
    db, house = room.house.reader(), room.house
    drawn = str(ledger.render(said(db), house.record.claims, house.record.series, width=80))
    assert "34.6%: no house found" in drawn
    assert "33 statements checked by a person" in drawn
    data = ledger.as_json(said(db), house.record.claims)
    assert [one["value"] for one in data["figures"]] == [300, 14, 34.6, 40, 50]
    shown = share_view.plain(share_job.shelf(house, db, ["cn-gpu-self-sufficiency"]))
    assert "34.6%: no house found; nearest: Morgan Stanley 34% (2024)" in shown
    assert len(share_job.shelf(house, db, ["cn-gpu-self-sufficiency"]).books[0].rows) == 2


def test_json_has_numbers_and_words(room: Room) -> None:
    data = view.as_json(add(room, ARTICLE, store=False))
    assert data["figures"][2]["value"] == 34.6
    assert data["figures"][2]["verdict"] == "no house"
    assert data["stored"] is None


BAD: list[tuple[str, bytes, str]] = [
    ("empty", b"", "is empty"),
    ("blank", b" \n\t ", "is empty"),
    ("binary", bytes(range(256)) * 40, "is not a text"),
    ("picture", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "is not a text"),
    ("wrong", b"\xc3\x28\xa0\xa1\xff\xfe\xfd\x81" * 30, "is not a text"),
    ("html", b"<html><head><script>x()</script></head><body></body></html>", "no article text"),
    ("long", b"a word " * 7_200_000, "longer than 5 MB"),
]


@pytest.mark.parametrize(("name", "body", "word"), BAD, ids=[one[0] for one in BAD])
def test_bad_files_store_nothing(
    room: Room, tmp_path: Path, name: str, body: bytes, word: str
) -> None:
    room.house.writer().close()
    before = stored(room)
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(UsageProblem, match=word):
        add(room, path)
    assert stored(room) == before


def test_no_file_and_a_folder(room: Room, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="cannot be read"):
        add(room, tmp_path / "none")
    with pytest.raises(UsageProblem, match="is a directory"):
        add(room, tmp_path)


def test_a_day_in_the_future_is_refused(room: Room) -> None:
    with pytest.raises(UsageProblem, match="future"):
        add(room, ARTICLE, Given(published=date(2027, 1, 1)))


def test_an_address_that_does_not_answer(room: Room) -> None:
    with pytest.raises(UsageProblem, match="gave no article"):
        add(room, "http://127.0.0.1:9/article")


def test_other_encodings_are_read(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "gb.txt"
    path.write_bytes(
        "2025年国产芯片占比将突破40%。美国商务部批准英伟达H20出口许可。".encode("gb18030")
    )
    found = add(room, path, store=False)
    assert [one.claim.value for one in found.figures] == [40]
    assert any("gb18030" in one for one in found.damage)


def test_the_input_may_be_piped(room: Room) -> None:
    found = add(room, "-", store=False, stdin="国产芯片2025年占比约41%。".encode())
    assert [one.claim.value for one in found.figures] == [41]


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<html><title>T</title><p>Nvidia took a $4.5 billion charge on H20.</p></html>"
        self.send_response(200 if self.path == "/a" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_from_a_private_host_needs_leave(room: Room, site: str) -> None:
    with pytest.raises(UsageProblem, match="gave no article"):
        add(room, f"{site}/a")


def test_a_page_is_fetched_where_the_host_is_named(filled: Room, site: str) -> None:
    feeds = filled.folder / "feeds.toml"
    feeds.write_text('[poll]\nprivate_hosts = ["127.0.0.1"]\n', encoding="utf-8")
    other = filled
    other.house.options.config = str(feeds)
    object.__setattr__(other.house.paths, "config", feeds)
    found = add(other, f"{site}/a", store=False)
    assert [one.claim.value for one in found.figures] == [4.5]
    with pytest.raises(UsageProblem, match="404"):
        add(other, f"{site}/b", store=False)
    other.house.close()


def test_a_running_poll_is_named(room: Room) -> None:
    before = stored(room)
    with room.house.lock(), pytest.raises(Busy, match="not stored"):
        add(room, "-", stdin=b"Nvidia took a $4.5 billion charge on H20.")
    assert stored(room) == before


def test_an_added_article_is_read_however_many_entries_came_since(filled: Room) -> None:
    from tracker.jobs import said as said_job

    other = filled
    add(other, "-", Given(published=date(2025, 6, 1)),
        stdin=b"Nvidia took a $4.5 billion charge on H20.")  # fmt: skip
    db = other.house.writer()
    for number in range(said_job.MOST + 5):
        other.arrive(db, f"Item {number}", published="2026-07-09T02:00:00Z")
    db.commit()
    assert [one.beside.claim.value for one in said(other.house.reader())] == [4.5]
    other.house.close()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_every_sentence_stands_on_the_screen(room: Room, width: int) -> None:
    found = add(room, ARTICLE, store=False)
    drawn = str(view.render(found, room.house.record.series, width=width, check=True))
    wide = [line for line in drawn.splitlines() if cell_len(line) > width]
    assert [line for line in wide if not line.strip().startswith("http")] == []
    flat = " ".join(drawn.split())
    assert "62 sentences: 4 agree, 5 conflict" in flat
    assert drawn.count("checked by a person") == 33
    for number in range(1, 63):
        assert f"{number:>3}  " in drawn


def test_sentences_as_json_name_their_witnesses(room: Room) -> None:
    data = view.as_json(add(room, ARTICLE, store=False))
    assert len(data["sentences"]) == 62
    by_verdict = [one["verdict"] for one in data["sentences"]]
    assert by_verdict.count("nothing to check") == 39
    for one in data["sentences"]:
        assert bool(one["findings"]) == (one["verdict"] != "nothing to check")
        for finding in one["findings"]:
            if finding["about"] == "act" and finding["event_id"]:
                assert finding["witnesses"]
            if finding["about"] == "person":
                assert finding["person"]["verdict"]
    conflict = data["sentences"][3]
    assert conflict["verdict"] == "conflicts"
    assert conflict["findings"][0]["remark"].endswith("record: from 2025-07-14 to 2025-07-18")


def test_foreign_words_stay_words(room: Room) -> None:
    text = "On 14 July 2025 the US said [red]H20[/red] licences \x1b[31mwill\x1b[0m be granted."
    found = add(room, "-", store=False, stdin=text.encode())
    drawn = str(view.render(found, room.house.record.series, width=80, check=True))
    assert "[red]H20[/red]" in drawn
    assert "\x1b" not in drawn


@pytest.mark.parametrize(
    "begin",
    [
        '<?xml version="1.0"?>\n<!-- of today -->\n<rss version="2.0"><channel/></rss>',
        '<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        '<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"></rdf:RDF>',
        '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    ],
)
def test_a_feed_is_no_article_and_is_sent_to_where_feeds_go(room: Room, begin: str) -> None:
    before = stored(room)
    with pytest.raises(UsageProblem, match="is a feed") as caught:
        add(room, "-", stdin=begin.encode())
    assert caught.value.hint is not None
    assert "feeds add" in caught.value.hint
    assert stored(room) == before


def test_a_page_may_begin_with_many_comments(room: Room) -> None:
    """Each could be read as reaching over the next ones: two to the power of their number ways."""
    page = "<!DOCTYPE html>\n" + "<!-- x -->\n" * 200 + "<html><title>T</title><p>Words.</p></html>"
    assert add(room, "-", store=False, stdin=page.encode()).entry.title == "T"


def test_zh_is_a_language_and_the_text_says_which(room: Room) -> None:
    text = "美國商務部今天宣布新的出口管制規則，影響輝達對中國的銷售。"
    assert (
        add(room, "-", Given(lang="zh"), store=False, stdin=text.encode()).entry.lang == "zh-Hant"
    )
    with pytest.raises(UsageProblem, match="'tlh'"):
        add(room, "-", Given(lang="tlh"), store=False, stdin=b"Words of an article.")


def test_what_was_not_checked_is_named_in_words_and_in_json(room: Room) -> None:
    text = (
        "China's market regulator opened an antitrust probe of Nvidia on December 9, 2024 and one"
        " of Qualcomm on March 1, 2025. The H20 ban was lifted in July 2025."
    )
    found = add(room, "-", store=False, stdin=text.encode())
    first, second = view.as_json(found)["sentences"]
    left = {"about": "rest", "verdict": "not checked", "remark": "one of Qualcomm on March 1, 2025"}
    assert left in first["findings"]
    assert [one["verdict"] for one in (first, second)] == ["in part", "in part"]
    (act,) = second["findings"]
    assert act["verdict"] == "in part"
    assert act["remark"] == "imprecise: article: lifts; record: promises"
    drawn = view.render(found, room.house.record.series, width=90, check=True)
    lines = [line.plain.strip() for line in drawn.lines]
    assert "not checked: one of Qualcomm on March 1, 2025" in lines
    assert "act in part; article's day: July 2025" in lines
