"""The record as a Data Package: described truly, tied together, read by frictionless."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Program
from tests.clients.found import needs, program
from tests.view.sample import HOSTILE
from tracker.model import Record, RecordEvent, Series, Source
from tracker.record.load import load
from tracker.view.datapackage import TABLES, package

READ: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}


@pytest.fixture(scope="module")
def record() -> Record:
    return load(Path(__file__).parents[2] / "db" / "record")


@pytest.fixture(scope="module")
def files(record: Record) -> dict[str, bytes]:
    return package(record)


def resources(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    document = json.loads(files["datapackage.json"])
    return {one["name"]: one for one in document["resources"]}


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode(), newline="")))


def test_the_package_describes_every_file_truly(files: dict[str, bytes]) -> None:
    told = resources(files)
    assert {one["path"] for one in told.values()} | {"datapackage.json"} == set(files)
    for one in told.values():
        body = files[one["path"]]
        assert one["bytes"] == len(body)
        assert one["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_of_its_type_and_every_key_is_one(files: dict[str, bytes], name: str) -> None:
    schema, found = resources(files)[name]["schema"], rows(files, name)
    types = {field["name"]: field["type"] for field in schema["fields"]}
    for row in found:
        assert list(row) == list(types)
        for field, cell in row.items():
            if cell:
                READ[types[field]](cell)
    keys = [tuple(row[part] for part in schema["primaryKey"]) for row in found]
    assert len(set(keys)) == len(keys) > 0
    assert all(all(key) for key in keys)
    for tie in schema.get("foreignKeys", []):
        others = {row["id"] for row in rows(files, tie["reference"]["resource"])}
        assert {row[tie["fields"]] for row in found} - {""} <= others


def test_it_holds_the_whole_record(files: dict[str, bytes], record: Record) -> None:
    counts = {name: len(rows(files, name)) for name in TABLES}
    assert counts == {
        "events": len(record.events),
        "dates": sum(len(days) for one in record.events for days in one.dates.values()),
        "sources": sum(len(one.sources) for one in record.events),
        "series": len(record.series),
        "observations": len(record.observations),
        "measures": len(record.measures),
        "states": sum(len(one.states) for one in record.measures),
    }
    first, told = record.observations[0], rows(files, "observations")[0]
    assert (float(told["value"]), told["published"]) == (first.value, first.published.isoformat())


def test_the_same_record_gives_the_same_bytes(record: Record, files: dict[str, bytes]) -> None:
    assert package(record) == files


def hostile() -> Record:
    page = Source("javascript:alert(1)", HOSTILE, None, "en", False, f"=1+1\r\n{HOSTILE}")
    event = RecordEvent(
        "2026-01-01-x", date(2026, 1, 1), "day", "rule", "bill", None, "neutral", "proposed",
        "one-page", f"=cmd|{HOSTILE}", HOSTILE, ("US", "CN"), ("@a",), (), (), (page,), (),
    )  # fmt: skip
    series = (Series("s", HOSTILE, "percent", "", "", "", ""),)
    return Record(date(2026, 1, 2), "d", (event,), series, (), (), ())


def test_hostile_text_is_one_cell_and_no_formula() -> None:
    files = package(hostile())
    (event,) = rows(files, "events")
    assert event["title"].startswith("'=cmd|")
    assert event["actors"] == "'@a"
    assert event["binding"] == ""
    (source,) = rows(files, "sources")
    assert source["url"] == ""
    for body in files.values():
        assert b"\x1b" not in body
    assert rows(files, "states") == []


def test_publish_and_record_export_write_the_same_package(tmp_path: Path, template: Path) -> None:
    tracker = Program(tmp_path).fill(template)
    assert tracker.run("record", "export", "record").returncode == 0
    assert tracker.run("publish", "public", "--since", "2026").returncode == 0
    for name in package(hostile()):
        assert (tmp_path / "record" / name).read_bytes() == (
            tmp_path / "public" / name).read_bytes()  # fmt: skip
    again = tracker.run("record", "export", "record")
    assert "0 files written, 8 unchanged" in again.stderr
    (tmp_path / "file").write_text("x")
    refused = tracker.run("record", "export", "file")
    assert refused.returncode == 2
    assert "file is a file, not a folder" in refused.stderr


@needs("frictionless")
def test_frictionless_finds_it_valid(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, body in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(body)
    done = subprocess.run(
        [program("frictionless"), "validate", "datapackage.json", "--json"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert report["valid"], done.stdout[-3000:]
    assert {task["name"]: task["stats"]["rows"] for task in report["tasks"]} == {
        name: len(rows(files, name)) for name in TABLES
    }
