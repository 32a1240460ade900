"""The digest as a mail: read by the standard mail library, by nobody else's rules."""

from __future__ import annotations

import email
import email.policy
import subprocess
import sys
from datetime import UTC, date, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.view import sample
from tracker.core.timeline import Change, Digest, DueDate
from tracker.errors import UsageProblem
from tracker.view import digest
from tracker.view.mail import mail

NEWS = Digest(
    since=date(2026, 7, 1), until=date(2026, 7, 8),
    changes=(
        Change(sample.CASE, new=True), Change(sample.CHINESE, new=False, what=("now confirmed",)),
        Change(sample.HOSTILE_EVENT, new=True), Change(sample.BARE, new=True),
    ),
    record_day=date(2026, 7, 7), coming=(DueDate(date(2026, 8, 1), "expires", "A truce", None),),
    blind=("2 of 9 feeds <blind>",),
)  # fmt: skip


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        assert part.defects == []
    for name in message:
        assert getattr(message[name], "defects", ()) == ()
    return message


def test_the_headers_are_whole_and_made_from_the_data() -> None:
    message = read(mail(NEWS, sender="Desk <desk@example.org>", to="a@example.org, b@example.org"))
    assert message["Subject"] == digest.title(NEWS)
    assert [one.addr_spec for one in message["To"].addresses] == ["a@example.org", "b@example.org"]
    assert message["From"].addresses[0].display_name == "Desk"
    assert message["Date"].datetime == datetime(2026, 7, 8, tzinfo=UTC)
    assert message["Message-ID"].startswith("<")
    assert message["Message-ID"].endswith("@tracker.invalid>")
    assert message["MIME-Version"] == "1.0"
    assert message["Auto-Submitted"] == "auto-generated"
    assert read(mail(NEWS))["To"] is None


def test_the_same_digest_is_the_same_mail_and_another_one_is_not() -> None:
    assert mail(NEWS) == mail(NEWS)
    other = sample.replace(NEWS, changes=NEWS.changes[:1])
    ids = {read(mail(one))["Message-ID"] for one in (NEWS, other)}
    assert len(ids) == 2
    assert read(mail(NEWS, to="x@example.org"))["Message-ID"] in ids  # a copy to another reader


def test_text_and_html_say_the_same() -> None:
    message = read(mail(NEWS))
    assert message.get_content_type() == "multipart/alternative"
    plain, rich = message.iter_parts()
    assert (plain.get_content_type(), rich.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n") == digest.text(NEWS)
    shown = Shown(rich.get_content())
    for change in NEWS.changes:
        assert " ".join(change.event.id.split()) in shown.words
    assert "AMD将恢复向中国出口MI308" in shown.words
    assert "› now confirmed" in shown.words
    assert "2026-08-01 expires: A truce" in shown.words
    assert "2 of 9 feeds <blind>" in shown.words
    assert len(shown.links) == 2  # one source has no address that may be linked
    assert all(link.startswith("https://example.org/") for link in shown.links)
    assert shown.tags.isdisjoint({"script", "img", "iframe", "link"})


class Shown(HTMLParser):
    """What a mail program shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self._words: list[str] = []
        self.feed(text)
        self.words = " ".join("".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"href", "style", "lang", "charset"}

    def handle_data(self, data: str) -> None:
        self._words.append(data)


def test_every_line_is_short_ascii_and_ends_as_mails_do() -> None:
    raw = mail(NEWS)
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "words", ["desk", "a@b\r\nBcc: c@d", "@example.org", "a@", "a@example.org, b", "\x1b@x"]
)
def test_what_is_no_address_is_refused(words: str) -> None:
    with pytest.raises(UsageProblem, match="no mail address"):
        mail(NEWS, to=words)
    with pytest.raises(UsageProblem, match="no mail address"):
        mail(NEWS, sender=words)


def test_the_command_writes_the_bytes_of_the_mail(tmp_path: Path, template: Path) -> None:
    one = Program(tmp_path).fill(template)
    words = ("brief", "--week", "2025-W29", "--format", "eml", "--to", "desk@example.org")
    printed = subprocess.run([sys.executable, "-m", "tracker", *words], cwd=tmp_path,
                             env=one.environ(), capture_output=True, check=True)  # fmt: skip
    assert one.run(*words, "-o", "week.eml", TRACKER_NOW="2026-11-24T00:00:00Z").returncode == 0
    assert (tmp_path / "week.eml").read_bytes() == printed.stdout
    message = read(printed.stdout)
    assert "H20" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # there
    assert message["Date"].datetime.date() == date(2025, 7, 20)
    assert one.run(*words[:-1], "nobody").returncode == 2
