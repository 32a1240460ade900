"""A digest as a mail, ready for ``sendmail -t`` or a mail program: text, and HTML beside it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from html import escape
from typing import Final

from tracker.core.clean import clean_line, clean_link
from tracker.core.timeline import Change, Digest, DueDate, Gone
from tracker.core.witnesses import best_first
from tracker.errors import UsageProblem
from tracker.model import Source
from tracker.view.cite import footnote, tier_of
from tracker.view.digest import GONE, facts, groups, lead, text, title
from tracker.view.export_md import UNSOURCED
from tracker.view.glyphs import day_words, titled
from tracker.view.news import may_change

_BARE: Final = r"[^\s<>@\",;]+@[^\s<>@\",;]+"
_ONE: Final = re.compile(rf"\s*(?:[^<>@\",;]*<{_BARE}>|{_BARE})\s*")
HOST: Final = "tracker.invalid"
"""The right side of message ids: a name that is nobody's (RFC 2606)."""


def mail(digest: Digest, sender: str = "", to: str = "") -> bytes:
    """An RFC 5322 message, empty where nothing is new; dated by the last day it covers.

    The same digest gives the same bytes: ``Message-ID`` and the boundary are made from its text,
    and there is no clock in it, so a second copy is known as one.

    Raises:
        UsageProblem: ``sender`` or ``to`` is no address.
    """
    if digest.silent:
        return b""
    from email.message import EmailMessage
    from email.policy import SMTP

    body = text(digest)
    mark = hashlib.sha256(f"{title(digest)}\0{digest.until}\0{body}".encode()).hexdigest()[:24]
    message = EmailMessage(policy=SMTP)
    message["Subject"] = clean_line(title(digest))
    message["From"] = _address(sender, "--from") if sender else "Tracker <tracker@localhost>"
    if to:
        message["To"] = _address(to, "--to")
    message["Date"] = datetime.combine(digest.until, time(), UTC)
    message["Message-ID"] = f"<{mark}@{HOST}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body, cte="quoted-printable")
    message.add_alternative(_html(digest), subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{mark}")
    return message.as_bytes()


def _address(words: str, option: str) -> str:
    """Addresses as typed, parted by commas: ``Desk <desk@example.org>, b@example.org``."""
    if all(_ONE.fullmatch(part) for part in words.split(",")) and clean_line(words) == words:
        return words
    raise UsageProblem(
        f"{option} is no mail address: {clean_line(words)!r}.", hint=f"{option} desk@example.org"
    )


def _html(digest: Digest) -> str:
    """The same in HTML, as mail programs show it: no script, no picture, no address to load."""
    parts = [
        f'<h1 style="font-size:1.3em">{escape(title(digest))}</h1>',
        f"<p>Record to {day_words(digest.record_day)}.</p>",
    ]
    for heading, changes in groups(digest):
        parts.append(f'<h2 style="font-size:1.1em">{heading}</h2>')
        for change in changes:
            parts += _change(change)
    if digest.gone:
        parts.append(f'<h2 style="font-size:1.1em">{GONE}</h2>')
        parts += [line for one in digest.gone for line in _gone(one)]
    if digest.coming:
        parts.append('<h2 style="font-size:1.1em">Coming dates</h2><ul>')
        parts += map(_coming, digest.coming)
        parts.append("</ul>")
    parts += [f"<p>Not seen: {_shown(spot)}</p>" for spot in digest.blind]
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title(digest))}</title></head>\n"
        f'<body style="font:16px/1.5 sans-serif;max-width:44em">\n{body}\n</body></html>\n'
    )


def _change(change: Change) -> Iterator[str]:
    event = change.event
    day, who = lead(event)
    yield f"<p><b>{escape(day)}</b> {escape(who)}<b>{_shown(titled(event))}</b>"
    if event.summary:
        yield f"<br>{_shown(event.summary)}"
    yield from (f"<br>› {_shown(what)}" for what in change.what)
    below = " · ".join(facts(event))
    yield f'<br><span style="color:#555">{escape(below)}</span></p>'
    if event.sources:
        yield "<ol>"
        yield from (_source(source) for source in best_first(event))
        yield "</ol>"
    else:
        yield f"<p>{UNSOURCED}</p>"


def _gone(one: Gone) -> Iterator[str]:
    yield f"<p><b>{_shown(one.day)}</b> <b>{_shown(one.title)}</b><br>› {_shown(one.why)}"
    yield f'<br><span style="color:#555">{_shown(one.id)}</span></p>'
    if one.page:
        yield f"<ol>{_source(one.page)}</ol>"


def _coming(one: DueDate) -> str:
    words = f"{_shown(one.what.replace('_', ' '))}: {_shown(one.title)}"
    news = f"<br>› {_shown(may_change(one.news, whole=True))}" if one.news else ""
    return f"<li><b>{one.day.isoformat()}</b> {words}{news}</li>"


def _source(source: Source) -> str:
    address, words = clean_link(source.url), escape(footnote(source, link=False))
    shown = f'<a href="{escape(address)}">{words}</a>' if address else words
    return f"<li>{shown} [{escape(tier_of(source))}]</li>"


def _shown(words: str) -> str:
    return escape(clean_line(words))
