"""The calendar as compliance staff opens it: khal, from the command line."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest

from tests.cli.running import Program
from tests.clients.found import needs, run
from tests.view import sample
from tracker.view import export

CONFIG = """
[calendars]
[[tracker]]
path = {here}/calendar
[sqlite]
path = {here}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = tracker
"""
KHAL = ("-c", "khal.conf")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with khal's settings and an empty calendar."""
    (tmp_path / "calendar").mkdir()
    (tmp_path / "khal.conf").write_text(CONFIG.format(here=tmp_path))
    return tmp_path


def listed(desk: Path, first: str, last: str) -> list[str]:
    done = run("khal", *KHAL, "list", "--once", "--day-format", "", first, last,
               "--format", "{start-date} {end-date} {uid} {title}", cwd=desk)  # fmt: skip
    return [line for line in done.stdout.splitlines() if line.strip()]


@needs("khal")
def test_khal_holds_every_event_asked_for(tracker: Program, desk: Path) -> None:
    words = ("timeline", "--since", "2025-09", "-o", str(desk / "all.ics"))
    assert tracker.run(*words).returncode == 0
    read = icalendar.Calendar.from_ical((desk / "all.ics").read_bytes())
    events = read.walk("VEVENT")
    assert len(events) > 80
    assert tracker.run("timeline", "--limit", "9", "-o", str(desk / "few.ics")).returncode == 0
    for name in ("all.ics", "few.ics"):  # what comes again is known by its UID
        run("khal", *KHAL, "import", "--batch", "-a", "tracker", name, cwd=desk)
        assert len(list((desk / "calendar").glob("*.ics"))) == len(events)
    first = min(event.decoded("dtstart") for event in events)
    last = max(event.decoded("dtend") for event in events)
    lines = listed(desk, f"{first}", f"{last}")
    days = {line.split(" ", 3)[2]: line.split(" ", 3)[:2] for line in lines}
    for event in events:
        ends = event.decoded("dtend") - timedelta(days=1)
        assert days[str(event["uid"])] == [f"{event.decoded('dtstart')}", f"{ends}"]


@needs("khal")
def test_khal_shows_spans_vague_days_and_hostile_titles(desk: Path) -> None:
    written = export.write("ics", sample.timeline())
    (desk / "few.ics").write_bytes(written if isinstance(written, bytes) else written.encode())
    run("khal", *KHAL, "import", "--batch", "-a", "tracker", "few.ics", cwd=desk)
    talks = [line for line in listed(desk, "2025-05-09", "2025-05-20") if "Geneva" in line]
    assert [line[:21] for line in talks] == ["2025-05-10 2025-05-12"]
    july = "\n".join(listed(desk, "2025-07-01", "2025-07-31"))
    assert "2025-07-01 2025-07-31" in july
    assert "~2025-07: Orders halted" in july
    assert "AMD将恢复向中国出口MI308" in july
    assert "</script><img src=x onerror=alert(1)>" in july
    assert "\x1b]0" not in july


@needs("khal")
def test_coming_dates_are_a_calendar_too(tracker: Program, desk: Path) -> None:
    words = ("ahead", "--days", "365", "-o", str(desk / "ahead.ics"), "--format", "ics")
    assert tracker.run(*words).returncode == 0
    run("khal", *KHAL, "import", "--batch", "-a", "tracker", "ahead.ics", cwd=desk)
    today = date.fromisoformat(tracker.now[:10])
    lines = listed(desk, f"{today - timedelta(days=400)}", f"{today + timedelta(days=800)}")
    count = len(re.findall(r"^BEGIN:VEVENT", (desk / "ahead.ics").read_text(), re.MULTILINE))
    assert len(lines) == count > 0
