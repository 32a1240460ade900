"""``[[feed]]``, ``[[source]]`` and ``[[page]]`` of feeds.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, cast

from tracker.config.tables import File, Table, many
from tracker.core import address
from tracker.core.clean import clean_line
from tracker.model import LANGUAGES, TIERS, Language, Tier
from tracker.settings import FeedConfig

SHORTEST: Final = 60  # seconds; nobody's feed changes more often than once a minute
LONGEST: Final = 30 * 86400
MOST_SELECTOR: Final = 500  # characters
REGISTER: Final = "https://www.federalregister.gov/api/v1"

_COMMON: Final = ("id", "url", "title", "lang", "tier", "every", "at_most", "enabled", "group")
_ACCESS: Final = ("user_agent", "headers", "username", "password_env", "password_file", "encoding")
_SELECTORS: Final = ("items", "item_title", "item_link", "item_date")
_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "feed": (*_COMMON, *_ACCESS),
    "source": (*_COMMON, *_ACCESS, "type", "agencies", "terms", "inspection", "limit"),
    "page": (*_COMMON, *_ACCESS, *_SELECTORS, "date_pattern"),
}
_SOURCE_TYPES: Final = ("federal-register",)
_REGISTER_FIELDS: Final = (
    "document_number", "title", "type", "abstract", "agencies", "citation", "publication_date",
    "effective_on", "comments_close_on", "html_url", "action", "correction_of",
)  # fmt: skip


def feeds_of(file: File, data: Mapping[str, Any], poll: Table) -> list[FeedConfig]:
    """Everything that is polled, in the order of the file within each kind of table."""
    every = poll.span("every", 3600, SHORTEST, LONGEST)
    at_most = poll.span("at_most", 86400, SHORTEST, LONGEST)
    feeds: list[FeedConfig] = []
    ids: set[str] = set()
    urls: dict[str, str] = {}
    for name, keys in _KEYS.items():
        for table in many(file, data, name, keys):
            feed = _feed(table, every, at_most)
            if feed.id in ids:
                raise table.wrong(f'the id "{feed.id}" is there twice.', "ids are unique", "id")
            if feed.url in urls:
                what = f'"{feed.id}" has the address of "{urls[feed.url]}".'
                raise table.wrong(what, "remove one of the two", "url")
            ids.add(feed.id)
            urls[feed.url] = feed.id
            feeds.append(feed)
    return feeds


def _feed(table: Table, every: int, at_most: int) -> FeedConfig:
    feed_id = table.id()
    url = table.text("url", _register_url(table) if table.name == "source" else "")
    if why := address.why_not(url):
        raise table.wrong(f'"{feed_id}": {why}.', 'url = "https://..."', "url")
    if table.name == "page":
        _check_page(table, feed_id)
    every = table.span("every", every, SHORTEST, LONGEST)
    at_most = table.span("at_most", max(every, at_most), SHORTEST, LONGEST)
    if at_most < every:
        what = f'"{feed_id}": at_most is shorter than every.'
        raise table.wrong(what, "at_most is the longer of the two", "at_most")
    return FeedConfig(
        id=feed_id,
        url=url,
        title=clean_line(table.text("title"), 200),
        lang=cast(Language, table.choice("lang", "en", LANGUAGES)),
        tier=cast(Tier, table.choice("tier", "general", TIERS)),
        every=every,
        at_most=at_most,
        enabled=table.truth("enabled", default=True),
        group=clean_line(table.text("group"), 200),
        kind=table.choice("type", "", _SOURCE_TYPES) if table.name == "source" else table.name,
        options=_options(table),
    )


# ---- the Federal Register -----------------------------------------------------------------------


def _register_url(table: Table) -> str:
    """The question to the Federal Register's API: agencies and words, the newest first.

    Documented at https://www.federalregister.gov/developers/documentation/api/v1: a page of answers
    has at most 1,000 documents; without a condition the desk of public inspection is one list.
    """
    from urllib.parse import urlencode

    inspection = table.truth("inspection", default=False)
    limit = table.whole("limit", 100, 1, 2000)
    agencies, terms = table.texts("agencies"), table.texts("terms")
    if "url" in table:
        for key in ("agencies", "terms", "inspection"):
            if key in table:
                hint = "an address is a whole question"
                raise table.wrong(f"{key} and url exclude each other.", hint, key)
    asked = [("conditions[agencies][]", agency) for agency in agencies]
    asked += [("conditions[term]", " | ".join(map(_phrase, terms)))] if terms else []
    if inspection and not asked:
        return f"{REGISTER}/public-inspection-documents/current.json"
    # The desk answers with all it has of a document; of a published one only what is read here.
    asked += [] if inspection else [("fields[]", name) for name in _REGISTER_FIELDS]
    asked += [("order", "newest"), ("per_page", str(min(limit, 1000)))]
    place = "public-inspection-documents.json" if inspection else "documents.json"
    return f"{REGISTER}/{place}?{urlencode(asked)}"


def _phrase(term: str) -> str:
    """Words that belong together in quotes, so that ``|`` stands between whole terms."""
    return f'"{term}"' if " " in term and '"' not in term else term


# ---- list pages ---------------------------------------------------------------------------------


def _check_page(table: Table, feed_id: str) -> None:
    """Selectors and pattern of a list page, as far as they can be judged without the page."""
    for key in _SELECTORS:
        selector = table.text(key, "" if key == "items" else "a")
        if not selector.strip() or len(selector) > MOST_SELECTOR:
            what = f'"{feed_id}": {key} says no place on the page.'
            raise table.wrong(what, f'{key} = "ul.list li"', key)
        if table.values.get("enabled", True) is not False and not _is_selector(selector):
            what = f'"{feed_id}": {key} is no CSS selector: {clean_line(selector, 80)!r}.'
            raise table.wrong(what, 'like "ul.list > li", "a", "a@title", "span.date"', key)
    _check_pattern(table, feed_id)


def _check_pattern(table: Table, feed_id: str) -> None:
    pattern = table.text("date_pattern")
    why = "longer than 500 characters" if len(pattern) > MOST_SELECTOR else ""
    try:
        re.compile("" if why else pattern)
    except (re.error, OverflowError, RecursionError) as error:
        why = clean_line(str(error), 80)
    if why:
        what = f'"{feed_id}": date_pattern cannot be read: {why}.'
        hint = r"date_pattern = '\d{4}-\d{2}-\d{2}', in single quotes"
        raise table.wrong(what, hint, "date_pattern")


def _is_selector(words: str) -> bool:
    """Whether the parser of pages takes it; asked for enabled pages only, since it costs 10 ms."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    selector = re.sub(r"\s*@[A-Za-z][\w:-]*$", "", words.strip())
    try:
        LexborHTMLParser("<p>").css(selector or "p")
    except SelectolaxError:
        return False
    return True


# ---- what only fetching and reading need --------------------------------------------------------


def _options(table: Table) -> dict[str, str]:
    """The remaining keys as plain text; headers as ``header.NAME``."""
    options: dict[str, str] = {}
    for key, value in table.values.items():
        if key in (*_COMMON, "type", "headers"):
            continue
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            options[key] = "\n".join(value)
        elif isinstance(value, bool | int) and key in ("inspection", "limit"):
            options[key] = str(value).lower()
        else:
            options[key] = table.text(key)
    for key, value in table.typed("headers", {}, dict, '{ "Name" = "value" }').items():
        if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", key) or not isinstance(value, str):
            what = f"the header {clean_line(key, 64)!r} cannot be sent."
            raise table.wrong(what, '"X-Name" = "value"', "headers")
        if re.search(r"[\x00-\x1f\x7f]", value) or key.lower() in ("host", "cookie"):
            raise table.wrong(f"the header {key!r} is not allowed.", "remove it", "headers")
        options[f"header.{key}"] = value
    return options
