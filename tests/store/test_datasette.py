"""The database as a public interface: asked by Datasette over HTTP and by sqlite-utils."""

from __future__ import annotations

import importlib.util
import json
import re
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from tests.cli.running import Program
from tests.jobs.rooms import Room, copied
from tracker.jobs import care

LISTING = "US adds 12 Chinese chip firms to Entity List"
TEXT = "The US Commerce Department added 12 Chinese chip firms to its Entity List on Wednesday."
EDITED = "US adds a dozen Chinese chip firms to Entity List"
HOSTILE = "<script>alert(1)</script> 英伟达 licence"
PUBLIC = ("entries", "revisions", "timeline", "events", "event_sources", "observations")
DATASETTE = pytest.mark.skipif(
    importlib.util.find_spec("datasette") is None, reason="datasette is not installed"
)


@pytest.fixture(scope="module")
def path(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record and two entries, one of them edited once."""
    room = copied(template, tmp_path_factory.mktemp("public"))
    with closing(room.house.writer()) as db:
        room.arrive(db, LISTING, TEXT, published="2026-07-09T02:00:00Z", item="one")
        room.arrive(db, EDITED, TEXT, published="2026-07-09T02:00:00Z", item="one",
                    seen="2026-07-09T06:00:00Z")  # fmt: skip
        room.arrive(db, HOSTILE, published="2026-07-09T04:00:00Z", item="bad")
        room.derive(db)
    room.house.close()
    return room.house.paths.db


@dataclass(frozen=True)
class Site:
    """A running Datasette."""

    base: str

    def get(self, path: str, **query: str) -> bytes:
        url = f"{self.base}{path}?{urllib.parse.urlencode(query)}"
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                raise AssertionError(f"{url}: {error.code} {error.read()[:300]!r}") from None

    def rows(self, table: str, **query: str) -> list[dict[str, Any]]:
        answer = self.get(f"/tracker/{table}.json", _shape="array", **query)
        return list(json.loads(answer))

    def sql(self, sql: str) -> list[dict[str, Any]]:
        return list(json.loads(self.get("/tracker.json", _shape="array", sql=sql)))


@pytest.fixture(scope="module")
def site(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """``datasette serve`` on loopback with our metadata, as a user starts it."""
    folder = tmp_path_factory.mktemp("datasette")
    metadata = folder / "metadata.json"
    metadata.write_text(json.dumps(described(path)), encoding="utf-8")
    command = [sys.executable, "-m", "datasette", "serve", str(path), "--metadata", str(metadata),
               "--host", "127.0.0.1", "--port", "0"]  # fmt: skip
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder, text=True
    ) as server:
        try:
            yield Site(_address(server))
        finally:
            server.terminate()


def _address(server: subprocess.Popen[str]) -> str:
    """The address that the server itself says it listens on."""
    assert server.stdout
    said = ""
    for line in server.stdout:
        said += line
        found = re.search(r"running on (http://127\.0\.0\.1:\d+)", line)
        if found:
            return found[1]
    raise AssertionError(f"datasette ended: {said}")


def described(path: Path) -> dict[str, Any]:
    room = Room(path.parent)
    try:
        return dict(care.metadata(room.house))
    finally:
        room.house.close()


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@DATASETTE
@pytest.mark.client
@pytest.mark.parametrize("table", PUBLIC)
def test_datasette_counts_what_sqlite_counts(site: Site, path: Path, table: str) -> None:
    (row,) = site.sql(f"SELECT count(*) AS n FROM {table}")
    assert row["n"] == count(path, table) > 0
    assert site.rows(table, _size="1")
    assert table.encode() in site.get(f"/tracker/{table}")


@DATASETTE
@pytest.mark.client
def test_datasette_shows_entries_with_their_newest_text(site: Site) -> None:
    (one,) = site.rows("entries", id="one")
    assert (one["title"], one["revisions"]) == (EDITED, 2)
    texts = site.rows("revisions", item_id="one", _sort="number")
    assert [text["title"] for text in texts] == [LISTING, EDITED]


@DATASETTE
@pytest.mark.client
def test_datasette_filters_the_timeline_as_its_pages_do(site: Site) -> None:
    rows = site.rows("timeline", kind="rule", date__gte="2026-01-01", _size="max")
    assert rows
    assert all(row["kind"] == "rule" and row["date"] >= "2026-01-01" for row in rows)
    assert all(row["first_source"].startswith("http") for row in rows)


@DATASETTE
@pytest.mark.client
def test_datasette_follows_the_foreign_keys(site: Site) -> None:
    (source,) = site.rows("event_sources", _size="1", _labels="on")
    assert (
        source["event"]["label"]
        == site.rows("events", number=str(source["event"]["value"]))[0]["title"]
    )
    (figure,) = site.rows("observations", _size="1", _labels="on")
    assert (
        figure["series"]["label"] == site.rows("series", id=figure["series"]["value"])[0]["title"]
    )


@DATASETTE
@pytest.mark.client
def test_datasette_finds_words_in_the_search_tables(site: Site) -> None:
    found = site.sql(
        "SELECT events.id FROM event_words JOIN events ON events.number = event_words.rowid"
        " WHERE event_words MATCH 'nvidia' AND events.origin = 'record' LIMIT 5"
    )
    assert len(found) == 5
    rows = site.rows("events", _search="entity list twelve OR commerce blacklists", _size="max")
    assert rows == []  # what is typed there is words, not a query
    rows = site.rows("events", _search="nvidia h20", _size="max")
    assert 5 < len(rows) < site.sql("SELECT count(*) AS n FROM events")[0]["n"]
    assert [row["date"] for row in rows] == sorted((row["date"] for row in rows), reverse=True)


@DATASETTE
@pytest.mark.client
def test_datasette_shows_the_metadata_and_escapes_what_arrived(site: Site) -> None:
    front = site.get("/tracker").decode()
    assert "Export-control events" in site.get("/").decode() + front
    assert "the place to start" in site.get("/tracker/timeline").decode()
    page = site.get("/tracker/entries").decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@DATASETTE
@pytest.mark.client
def test_datasette_reads_while_a_poll_writes(site: Site, path: Path) -> None:
    before = site.sql("SELECT count(*) AS n FROM items")[0]["n"]
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "INSERT INTO items (item_id, feed, guid, link, first_seen)"
            " VALUES ('w', 'wire', 'w', '', '2026-07-10T00:00:00Z')"
        )
        assert site.sql("SELECT count(*) AS n FROM items")[0]["n"] == before
        db.execute("COMMIT")
        assert site.sql("SELECT count(*) AS n FROM items")[0]["n"] == before + 1


def test_the_metadata_names_only_what_is_there(path: Path) -> None:
    tables = described(path)["databases"]["tracker"]["tables"]
    db = sqlite_utils.Database(path)
    assert set(PUBLIC) <= set(tables) <= {*db.table_names(), *db.view_names()}
    for name, told in tables.items():
        held = {row["name"] for row in db.query("SELECT name FROM pragma_table_info(?)", [name])}
        assert set(told["columns"]) <= held
        assert {told.get("label_column"), told.get("sort_desc"), told.get("fts_pk")} - {
            None
        } <= held
    assert "vintage" in tables["observations"]["columns"]["published"]
    db.close()


def test_the_metadata_follows_the_name_of_the_file(tmp_path: Path) -> None:
    done = Program(tmp_path).run("db", "metadata", "--db", str(tmp_path / "mine.db"))
    assert list(json.loads(done.stdout)["databases"]) == ["mine"]


def test_sqlite_utils_reads_tables_views_and_keys(path: Path) -> None:
    db = sqlite_utils.Database(path)
    assert set(PUBLIC) <= {*db.table_names(), *db.view_names()}
    assert [row["title"] for row in db["entries"].rows_where("id = ?", ["one"])] == [EDITED]
    keys = {(key.column, key.other_table) for key in db.table("event_sources").foreign_keys}
    assert keys == {("event", "events")}
    (row,) = db.query("SELECT date, title FROM timeline WHERE id LIKE '2025-05-1%' LIMIT 1")
    assert row["date"].startswith("2025-05-1")
    assert db["observations"].count == count(path, "observations")
    assert all(column.type for column in db["events"].columns)
    db.close()
