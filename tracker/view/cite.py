"""Citations: Chicago, Bluebook, BibTeX, CSL-JSON.

The retrieval day is given by the caller; nothing here reads a clock. A title that was not seen is
left out, never made up. Official numbers stand in their original form, those of Chinese notices
with their English in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final

from tracker.core.clean import clean_line, clean_link, json_text
from tracker.core.witnesses import best_first
from tracker.model import Event, Source
from tracker.view.glyphs import MONTHS, TIERS
from tracker.view.notices import in_english

STYLES: Final = ("chicago", "bluebook", "md", "bibtex", "csl")
_FR: Final = re.compile(r"\b(\d{1,3}) FR ([\d,]+)")
_BLUEBOOK_MONTHS: Final = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
_TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_SHORTENED: Final = re.compile(r"\b(?:[A-Z]|Inc|Corp|Ltd|Co|Jr|Sr|etc)\.$")
_READY: Final = ("author", "url", "archiveurl")  # BibTeX fields that are escaped, or must not be
_LANGUAGES: Final = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "other": ""}


def cite(events: Sequence[Event], style: str, retrieved: date | None = None,
         pages: Collection[str] = ()) -> str:  # fmt: skip
    """All sources of ``events`` in one of ``STYLES``, events in the order given.

    ``pages`` are addresses: of an event that names one of them, only those are cited.

    Raises:
        KeyError: an unknown style; the command checks the word first.
    """
    if style == "csl":
        items = [csl(event, source, retrieved) for event, source in _pairs(events, pages)]
        return json_text(_distinct(items), indent=1) + "\n"
    if style == "bibtex":
        entries = [bibtex(event, source, retrieved) for event, source in _pairs(events, pages)]
        return "\n".join(dict.fromkeys(entries))
    if style == "md":
        return _markdown(events, retrieved, pages)
    write = {"chicago": footnote, "bluebook": bluebook}[style]
    return "\n".join(_block(event, write, retrieved, pages) for event in events)


def _markdown(events: Sequence[Event], retrieved: date | None, pages: Collection[str]) -> str:
    from tracker.view.export_md import escaped, note

    pairs = _pairs(events, pages)
    notes = [f"[^{n}]: {note(one, retrieved)}" for n, (_, one) in enumerate(pairs, start=1)]
    lines = []
    for event in events:
        marks = (f"[^{n}]" for n, (owner, _) in enumerate(pairs, start=1) if owner is event)
        lines.append(escaped(event.title) + "".join(marks))
    return "\n\n".join(lines) + "\n\n" + "\n".join(notes) + "\n"


def _block(event: Event, write: Any, retrieved: date | None, pages: Collection[str]) -> str:
    """An event's title, its tier of evidence, and its sources as numbered notes.

    The tier is that of all its pages: where some are left out it would be taken for theirs.
    """
    wanted = _wanted(event, pages)
    whole = len(wanted) == len(event.sources)
    tier = f"; {TIERS.get(event.evidence, event.evidence)}" if whole else ""
    lines = [f"{clean_line(event.title)} ({event.id}{tier})"]
    for number, source in enumerate(wanted, start=1):
        lines.append(f"{number}. {write(source, retrieved=retrieved)} [{tier_of(source)}]")
    return "\n".join(lines) + "\n"


def tier_of(source: Source) -> str:
    """What kind of witness one page is, in words."""
    if not source.opened:
        return "not opened"
    if source.official:
        return TIERS["official"]
    if source.official_text:
        return TIERS["text-seen"]
    return "about the act" if source.about else "page"


def footnote(source: Source, *, retrieved: date | None = None, link: bool = True) -> str:
    """A Chicago note: publisher, "title," number, date, address.

    >>> page = Source("https://example.org/a", "BIS", date(2026, 1, 13), "en", True, "H200 rule",
    ...               ref="91 FR 1684")
    >>> footnote(page)
    'BIS, “H200 rule,” 91 Fed. Reg. 1684, January 13, 2026, https://example.org/a.'
    """
    head = _house(source)
    if source.title:
        head += f", “{_closed(_inner(clean_line(source.title)))}”"
    elif head:
        head += ","
    rest = [_number(source), _us_day(source)]
    if retrieved:
        rest.append(f"accessed {_long(retrieved)}")
    if link and clean_link(source.url):
        rest.append(clean_link(source.url))
    if kept := clean_link(source.archived or ""):
        rest.append(f"archived at {kept}")
    return f"{head} {_stopped(', '.join(filter(None, rest)))}".strip()


def _house(source: Source) -> str:
    """The publisher, without a number that stands behind the title anyway."""
    house, ref = clean_line(source.publisher), source.ref or ""
    named, _, number = house.rpartition(", ")
    doubled = named and number in ref and any(letter.isdigit() for letter in number)
    return named if doubled else house


def _number(source: Source) -> str:
    """The official number as printed; of a Chinese notice with its English in brackets.

    Of the Federal Register its page alone: file numbers stand on the event's card. A page about the
    act is none of its copies: the number is what it writes on.

    >>> _number(Source("", "MOFCOM", None, "zh-Hans", True, None, ref="商务部公告2025年第1号"))
    '商务部公告2025年第1号 [MOFCOM Announcement No. 1 of 2025]'
    >>> _number(Source("", "Example Daily", None, "en", False, None, ref="Notice 1"))
    'on Notice 1'
    """
    register = _register(source)
    if register:
        return f"{register[1]} Fed. Reg. {register[2]}"
    ref = clean_line(source.ref or "")
    english = in_english(ref)
    words = f"{ref} [{english}]" if english else ref
    itself = source.official or source.official_text or source.publisher != _house(source)
    return f"on {words}" if words and not itself else words


def _register(source: Source) -> re.Match[str] | None:
    """Volume and page of the Federal Register, where the source is that page or a copy of it.

    An article on a rule names its number too; its own day and host are not the rule's.
    """
    itself = source.official or source.official_text
    return _FR.search(source.ref or "") if itself else None


def _closed(title: str) -> str:
    """A title inside quotation marks: a comma, where its own last sign does not close it.

    >>> _closed("Is it an export?"), _closed("China adds 20."), _closed("Rules of the U.S.")
    ('Is it an export?', 'China adds 20,', 'Rules of the U.S.,')
    """
    if title.endswith(("?", "!", "？", "！", "…")):
        return title
    sentence = not _SHORTENED.search(title)
    return f"{title.removesuffix('.').removesuffix('。') if sentence else title},"


def _stopped(words: str) -> str:
    """A full stop at the end, and only one."""
    return words if words.endswith(".") else f"{words}."


def bluebook(source: Source, *, retrieved: date | None = None) -> str:
    """A Bluebook note: a Federal Register page where there is one, else the page itself.

    >>> page = Source("https://example.org/a", "BIS", date(2026, 1, 13), "en", True, "H200 rule",
    ...               ref="91 FR 1684; FR Doc. 2026-00789")
    >>> bluebook(page)
    'H200 rule, 91 Fed. Reg. 1684 (Jan. 13, 2026), https://example.org/a.'
    """
    title = clean_line(source.title) if source.title else ""
    day = _bluebook_day(source)
    if _register(source):
        words = ", ".join(filter(None, (title, _number(source))))
    else:
        parts = [title, _number(source), source.publisher]
        words = ", ".join(clean_line(part) for part in parts if part)
    words += f" ({day})" if day else ""
    address = clean_link(source.url)
    words += f", {address}" if address else ""
    kept = clean_link(source.archived or "")
    words += f" [{kept}]" if kept else ""
    return f"{words} (last visited {_bluebook(retrieved)})." if retrieved else f"{words}."


def bibtex(event: Event, source: Source, retrieved: date | None = None) -> str:
    """One BibTeX entry; every field is braced and escaped, keys are ASCII."""
    year, month, day = (*_date_parts(source), 0, 0, 0)[:3]
    numbered = _is_numbered(source)
    fields = {
        "title": source.title or "",
        "author": f"{{{_tex(source.publisher)}}}",
        "year": str(year or ""),
        "month": str(month or ""),
        "day": str(day or ""),
        "number": (source.ref or "") if numbered else "",
        "titleaddon": in_english(source.ref or "") if numbered else _number(source),
        "url": clean_link(source.url),
        "urldate": retrieved.isoformat() if retrieved else "",
        "archiveurl": clean_link(source.archived or ""),
        "langid": _LANGUAGES.get(source.lang, source.lang),
        "note": _evidence(source),
    }
    body = "".join(
        f"  {name} = {{{text if name in _READY else _tex(text)}}},\n"
        for name, text in fields.items()
        if text
    )
    return f"@online{{{key(event, source)},\n{body}}}\n"


def key(event: Event, source: Source) -> str:
    """A citation key that stays: the event's id and the place of the source in it."""
    return f"{event.id}-{event.sources.index(source) + 1}"


def _is_numbered(source: Source) -> bool:
    """Whether the source is an official text with a number: an answer to the press has none."""
    itself = source.official or source.official_text
    return itself and any(letter.isdigit() for letter in source.ref or "")


def _evidence(source: Source) -> str:
    """The tier of the page, and that its headline is missing because nobody saw it."""
    return f"evidence: {tier_of(source)}" + ("" if source.title else "; headline not seen")


def csl(event: Event, source: Source, retrieved: date | None = None) -> dict[str, Any]:
    """One CSL-JSON item; an official text with a number is a regulation.

    Who publishes an official page, a page without a headline too, is its author; of a newspaper's,
    or a firm's, it is the container. Titles are the pages' own, so that none is a translation.
    """
    legal = _is_numbered(source)
    item: dict[str, Any] = {
        "id": key(event, source),
        "type": "regulation" if legal else "webpage",
    }
    if source.title:
        item["title"] = clean_line(source.title)
    if source.title and source.publisher and not (source.official or source.official_text):
        item["container-title"] = clean_line(source.publisher)
    else:
        item["author"] = [{"literal": clean_line(source.publisher)}]
    issued = _date_parts(source)
    if issued:
        item["issued"] = {"date-parts": [issued]}
    if legal:
        item |= _numbered(source)
    about = in_english(source.ref or "") if legal else _number(source)
    item["note"] = "; ".join(filter(None, (about, _evidence(source))))
    if clean_link(source.url):
        item["URL"] = clean_link(source.url)
    if clean_link(source.archived or ""):
        item["archive_location"] = clean_link(source.archived or "")
    if retrieved:
        item["accessed"] = {"date-parts": [[retrieved.year, retrieved.month, retrieved.day]]}
    language = _LANGUAGES.get(source.lang, source.lang)
    if language:
        item["language"] = language
    return item


def _numbered(source: Source) -> dict[str, str]:
    """The number of an official text, and its page in the register."""
    found = {"number": clean_line(source.ref or "")}
    if register := _register(source):
        found |= {"container-title": "Federal Register", "volume": register[1],
                  "page": register[2]}  # fmt: skip
    return found


def _pairs(events: Iterable[Event], pages: Collection[str]) -> list[tuple[Event, Source]]:
    return [(event, source) for event in events for source in _wanted(event, pages)]


def _wanted(event: Event, pages: Collection[str]) -> Sequence[Source]:
    ranked = best_first(event)
    return [source for source in ranked if source.url in pages] or ranked


def _distinct(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({item["id"]: item for item in items}.values())


def _date_parts(source: Source) -> list[int]:
    """Year, month, day as far as they are known.

    Volume 88 of the Federal Register is that of 2023: a copy dated otherwise has a day of its own.
    """
    day = source.published
    parts = (day.isoformat() if day else source.published_approx or "").split("-")
    known = [int(part) for part in parts if part.isdigit()]
    register = _register(source)
    volume = [int(register[1]) + 1935] if register else known[:1]
    return known if known[:1] == volume else volume


def _us_day(source: Source) -> str:
    parts = _date_parts(source)
    if len(parts) == 3:
        return _long(date(*parts))
    if len(parts) > 1:
        return f"{MONTHS[parts[1] - 1]} {parts[0]}" if 1 <= parts[1] <= 12 else str(parts[0])
    return str(parts[0]) if parts else "n.d."


def _long(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def _bluebook_day(source: Source) -> str:
    parts = _date_parts(source)
    if len(parts) == 3:
        return _bluebook(date(*parts))
    if len(parts) > 1 and 1 <= parts[1] <= 12:
        return f"{_BLUEBOOK_MONTHS[parts[1] - 1]} {parts[0]}"
    return str(parts[0]) if parts else ""


def _bluebook(day: date) -> str:
    return f"{_BLUEBOOK_MONTHS[day.month - 1]} {day.day}, {day.year}"


_OPENING: Final = re.compile(r"(?:(?<=^)|(?<=[\s(\[/—–-]))[\"'](?=\S)")
"""A straight mark at the beginning of a word: what it opens is closed by the next."""


def _inner(title: str) -> str:
    """Quotation marks inside a quoted title become single ones, each turned its own way.

    >>> _inner('"Entity List" grows: "violations" of the rule')
    '‘Entity List’ grows: ‘violations’ of the rule'
    """
    turned = _OPENING.sub("‘", title.replace("“", "‘").replace("”", "’"))
    return turned.replace('"', "’").replace("'", "’")


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in clean_line(text))
