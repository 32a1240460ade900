"""OPML in and out: the list of feeds that every reader can give and take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from tracker.core.clean import clean_line
from tracker.errors import UsageProblem
from tracker.feeds.encoding import declared, to_utf8

MOST_BYTES: Final = 8 << 20
MOST_FEEDS: Final = 10_000


OWN: Final = "tracker"
NAMESPACE: Final = "urn:tracker:feeds"
"""The attributes of ours, and the name by which other readers know that they are none of theirs."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of an OPML file; ``group`` is the path of its folders.

    ``id`` and ``tier`` are what our own files say beside; empty in those of other readers.
    """

    url: str
    title: str
    group: str
    lang: str = ""
    id: str = ""
    tier: str = ""


def read(data: bytes, name: str) -> list[Outline]:
    """The feeds of an OPML file, in order.

    Raises:
        UsageProblem: it is no OPML; the line is named.
    """
    if len(data) > MOST_BYTES:
        raise UsageProblem(f"{name} is larger than 8 MB.", hint="is it an OPML file?")
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.EntityDeclHandler = reader.entity
    try:
        parser.Parse(_utf8(data, name), True)
    except (expat.ExpatError, UnicodeError) as error:
        line = getattr(error, "lineno", 1)
        words = expat.errors.messages.get(getattr(error, "code", 0), "not readable")
        raise UsageProblem(
            f"{name}:{line}: not well-formed XML: {words}.", hint="export it again as OPML"
        ) from error
    except ValueError as error:
        raise UsageProblem(f"{name}: {error}.", hint="remove its DOCTYPE") from error
    if not reader.is_opml:
        raise UsageProblem(f"{name} is not OPML.", hint="export the list of feeds as OPML")
    if len(reader.found) > MOST_FEEDS:
        what = f"{name} names {len(reader.found)} feeds, more than {MOST_FEEDS}."
        raise UsageProblem(what, hint="import a part of it")
    return reader.found


def _utf8(data: bytes, name: str) -> bytes:
    """The file in UTF-8, read as feeds in other encodings are: expat knows next to none of them.

    What says that it is UTF-8 and is not stays as it is, so that the line can be named.
    """
    if declared(data) == "utf-8":
        return data
    decoded = to_utf8(data)
    if not decoded.encoding:
        raise UsageProblem(f"{name}: {decoded.problem}.", hint="save it as UTF-8")
    return decoded.data


def _address(words: str) -> str:
    """What to ask: readers also write ``feed://host`` and ``feed:https://host``.

    >>> _address(" feed://a.example/f "), _address("FEED:https://a.example/f"), _address("x")
    ('http://a.example/f', 'https://a.example/f', 'x')
    """
    url = words.strip()
    if url.lower().startswith("feed://"):
        return f"http://{url[7:]}"
    return url[5:] if url.lower().startswith("feed:http") else url


class _Reader:
    def __init__(self) -> None:
        self.found: list[Outline] = []
        self.is_opml = False
        self._folders: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag, low = tag.lower(), {key.lower(): value for key, value in attributes.items()}
        self.is_opml = self.is_opml or tag == "opml"
        if tag != "outline":
            return
        title = clean_line(low.get("title") or low.get("text") or "", 200)
        url = _address(low.get("xmlurl", ""))
        if url:
            group = "/".join(folder for folder in self._folders if folder)
            own = (clean_line(low.get(f"{OWN}:{name}", ""), 80) for name in ("id", "tier"))
            self.found.append(Outline(url, title, group, low.get("language", ""), *own))
        self._folders.append("" if url else title)

    def end(self, tag: str) -> None:
        if tag.lower() == "outline":
            self._folders.pop()

    def entity(self, *_: Any) -> None:
        raise ValueError("entities are not read")


def write(feeds: Iterable[Outline], title: str = "Tracker") -> str:
    """An OPML 2.0 file; groups become folders, feeds without one come first."""
    folders: dict[str, list[Outline]] = {"": []}
    for feed in feeds:
        folders.setdefault(feed.group, []).append(feed)
    root = f'<opml version="2.0" xmlns:{OWN}="{NAMESPACE}">'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', root]
    lines += [f"  <head><title>{_text(title)}</title></head>", "  <body>"]
    for group, members in folders.items():
        lines += _folder(group, members)
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _folder(group: str, members: list[Outline]) -> Iterator[str]:
    depth = "    "
    if group:
        yield f"{depth}<outline text={quoteattr(group)} title={quoteattr(group)}>"
        depth += "  "
    for feed in members:
        words = {"type": "rss", "text": feed.title, "title": feed.title, "xmlUrl": feed.url}
        more = {"language": feed.lang, f"{OWN}:id": feed.id, f"{OWN}:tier": feed.tier}
        words |= {key: value for key, value in more.items() if value}
        inside = " ".join(f"{key}={quoteattr(value)}" for key, value in words.items())
        yield f"{depth}<outline {inside}/>"
    if group:
        yield "    </outline>"


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
