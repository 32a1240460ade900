"""Whose report it is: the wire that a page names, or the page that it copies; else its publisher.

Copies of one wire are one witness, and so is one page, however many feeds or archives carry it: the
address of a page has one origin, its office's where one of them is official. A wire is read in a
headline wherever it stands, in the text only where the report is laid to it: a dateline,
``(Reuters) -``, ``据路透社报道``, ``told Bloomberg``. Without any name the text itself tells:
``text_marks`` are the smallest hashes of its runs of words, and pages that share most of them hold
one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import methodcaller
from typing import Final
from zlib import crc32

from tracker.core.identity import canonical_link, tells
from tracker.core.late import late
from tracker.model import Mention, Source

MARKS: Final = 6
"""Hashes kept of one text."""

ALIKE: Final = 4
"""Hashes that two texts share at the least where one copies the other."""

_NAMES: Final = {
    "reuters": "reuters|路透社?",
    "bloomberg": "bloomberg|彭博(?:社|新[闻聞]社?)?",
    "financial times": "financial times|《?金融[时時][报報]》?",
    "the information": "the information|《(?:the )?information》",
    "wall street journal": "wall street journal|《?[华華][尔爾]街日[报報]》?",
    "nikkei": "nikkei(?: asia)?|日[经經](?:[亚亞]洲|新[闻聞])?",
    "digitimes": "digitimes",
    "xinhua": "xinhua(?: news agency)?|新[华華](?:社|[网網])",
    "associated press": "associated press|美[联聯]社",
    "afp": "agence france-presse|法新社",
    "kyodo": "kyodo(?: news)?|共同社",
    "yonhap": "yonhap(?: news agency)?|[韩韓][联聯]社",
    "cna": "central news agency|中央社",
    "china news service": "china news service|中[国國]?新[闻聞]?社",
    "cls": "[财財][联聯]社",
    "new york times": "new york times|《?[纽紐][约約][时時][报報]》?",
    "washington post": "washington post|《?[华華]盛[顿頓][邮郵][报報]》?",
    "scmp": "south china morning post|scmp|《?南[华華]早[报報]》?",
    "semafor": "semafor",
    "politico": "politico",
    "axios": "axios",
    "cctv": "cctv|央[视視](?:新[闻聞])?",
    "cnbc": "cnbc",
    "bbc": "bbc|英[国國][广廣]播公司",
    "nhk": "nhk|日本[广廣]播[协協][会會]",
    "barron's": "barron['’]s|《?巴[伦倫][周週]刊》?",
    "economist": "the economist|《?[经經][济濟][学學]人》?",
    "caixin": "caixin|[财財]新(?:[网網]|[周週]刊)?",
    "yicai": "yicai|第一[财財][经經]",
    "global times": "global times|《?[环環]球[时時][报報]》?",
    "people's daily": "people['’]s daily|《?人民日[报報]》?",
    "sankei": "sankei|《?[产產][经經]新[闻聞]》?",
    "yomiuri": "yomiuri|《?[读讀][卖賣]新[闻聞]》?",
    "asahi": "asahi|《?朝日新[闻聞]》?",
    "chosun": "chosun(?: ilbo| biz)?|朝[鲜鮮]日[报報]",
    "joongang": "joongang(?: ilbo| daily)?|中央日[报報]",
    "korea economic daily": "korea economic daily|[韩韓][国國][经經][济濟]新[闻聞]|[韩韓][经經]",
    "maeil": "maeil business(?: newspaper)?|每日[经經][济濟]新[闻聞]",
    "economic daily news": "economic daily news|《?[经經][济濟]日[报報]》?",
    "liberty times": "liberty times|《?自由[时時][报報]》?",
    "lianhe zaobao": "lianhe zaobao|《?[联聯]合早[报報]》?",
    "latepost": "latepost|晚[点點]",
    "36kr": "36kr|36氪",
    "handelsblatt": "handelsblatt|《?(?:德[国國])?商[报報]》?",
    "nrc": "nrc(?: handelsblad)?|《?(?:新)?鹿特丹商[报報]》?",
    "der spiegel": "der spiegel|《?明[镜鏡][周週]刊》?",
    "the times": "the times of london|《?泰晤士[报報]》?",
    "telegraph": "daily telegraph|《?[每电電][日讯訊][电電][讯訊]?[报報]》?",
    "guardian": "the guardian|《?[卫衛][报報]》?",
}  # fmt: skip
_ONLY_LINES: Final = {"ap": "associated press", "afp": "afp", "ft": "financial times",
                      "wsj": "wall street journal", "nyt": "new york times"}  # fmt: skip
"""Short names that are believed in a dateline alone."""

SIGNS: Final = (
    "reuters", "bloomberg", "financial times", "information", "wall street", "nikkei", "digitimes",
    "xinhua", "associated press", "agence", "kyodo", "yonhap", "central news", "china news",
    "new york times", "washington post", "china morning", "scmp", "semafor", "politico", "axios",
    "cctv", "cnbc", "bbc", "nhk", "barron", "economist", "caixin", "yicai", "global times",
    "people's daily", "people’s daily", "sankei", "yomiuri", "asahi", "chosun", "joongang", "maeil",
    "economic daily", "liberty times", "zaobao", "latepost", "36kr", "36氪", "handels", "nrc",
    "spiegel", "times of london", "telegraph", "guardian",
    "路透", "彭博", "金融", "华尔街", "華爾街", "日经", "日經", "新华", "新華", "联社", "聯社",
    "法新", "共同社", "中央社", "新社", "新闻社", "新聞社", "纽约", "紐約", "邮报", "郵報",
    "早报", "早報", "央视", "央視", "财新", "財新", "第一财", "第一財", "韩经", "韓經", "韩国经",
    "韓國經", "周刊", "週刊", "晚点", "晚點", "学人", "學人", "广播", "廣播", "环球", "環球",
    "人民日", "产经", "產經", "读卖", "讀賣", "朝日", "朝鲜日", "朝鮮日", "中央日", "每日",
    "经济日", "經濟日", "自由时", "自由時", "商报", "商報", "泰晤士", "卫报", "衛報", "(ap",
    "(ft", "(nyt", "(afp", "wsj", " ft", " nyt",
)  # fmt: skip
"""One of these stands in every text that names a wire: most texts are passed over quickly."""

_LATIN: Final = tuple(filter(str.isascii, SIGNS))

_ANY: Final = "|".join(_NAMES.values())
_NAMED: Final = late(rf"(?<![a-z])(?:{_ANY})(?![a-z])", re.IGNORECASE)
_SHORT: Final = late(r"(?<![A-Za-z])(?:FT|WSJ|NYT)(?![A-Za-z])")
_LINE: Final = late(
    rf"[(（]\s*(?:[^()（）]{{0,20}}[\s/])?({_ANY}|{'|'.join(_ONLY_LINES)})"
    rf"(?:[\s/記记][^()（）]{{0,30}}[电電]?)?\s*[)）]",
    re.IGNORECASE,
)
_CITED: Final = rf"{_ANY}|ft|wsj|nyt"
_LAID: Final = late(
    rf"(?:[据據引][^。,，]{{0,8}}?|援引|[综綜]合|转引|轉引|源自|(?:according to|citing|cited by"
    rf"|cites|report(?:ed)? (?:by|in|from)|told|tells|via|seen by|reviewed by|interview with"
    rf"|inquiry by)\s+(?:the |a |an )?)({_CITED})(?![a-z])"
    rf"|(?:接受)({_ANY})[^。,，]{{0,8}}(?:采[访訪]|採訪|[专專][访訪]|[访訪]问|訪問)"
    rf"|(?<![a-z])({_CITED})(?![a-z])(?:[^。,，\s]{{0,8}}\d{{1,2}}日\)?)?"
    rf"(?:[^。,，\s]{{0,8}}[电電](?![脑腦子池动動影话話])"
    rf"|(?:\s*(?:独家|獨家)|[^。,，;；]{{0,10}}?)(?:[报報][道导導]|援引|引述|披露)"
    rf"|\s*(?:消息|[称稱]|透露|指出|[:：])"
    rf"|(?: news)?(?:'s|’s)? (?:first |also |earlier |later )?(?:report(?:s|ed)?|says|said|writes"
    rf"|wrote|is quoted|cited|news agency|has learned|learned)\b)",
    re.IGNORECASE,
)
_WORD: Final = late(r"[a-z0-9]+|[\u3400-\u9fff]")
_RUN: Final = 6  # words or Chinese letters of one run
_LEAST: Final = 14  # runs from which a text is long enough to be told by them
_WIRED: Final = methodcaller("startswith", "wire:")
_MARKED: Final = methodcaller("startswith", "text:")


@lru_cache(maxsize=4096)
def wire_in(title: str, text: str = "") -> str | None:
    """The wire that a headline names, or that the text is laid to; None where there is none.

    >>> wire_in("路透:美國擬擴大出口管制"), wire_in("US bans chips", "(Reuters) - The US ban.")
    ('reuters', 'reuters')
    >>> wire_in("美國擴大管制", "（中央社記者某某華盛頓15日電）美國商務部今天宣布。")
    'cna'
    >>> wire_in("US bans chips", "Shares of Bloomberg terminals were not at issue.")
    """
    whole = f" {title} {text}".casefold()
    if not any(map(whole.__contains__, _LATIN if whole.isascii() else SIGNS)):
        return None
    if named := _NAMED.search(title) or _SHORT.search(title):
        return _wire(named[0])
    head = text[:1500]
    found = [match for match in (_LINE.search(head), _LAID.search(head)) if match]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    return _wire(next(group for group in first.groups() if group))


@lru_cache(maxsize=512)
def _wire(words: str) -> str | None:
    plain = words.casefold().strip()
    if plain in _ONLY_LINES:
        return _ONLY_LINES[plain]
    return next((w for w, names in _NAMES.items() if re.fullmatch(names, plain)), None)


def text_marks(text: str) -> tuple[str, ...]:
    """The smallest hashes of the runs of words of a folded text; empty where it is short.

    >>> told = "the us commerce department said on wednesday that it added twelve chinese firms "
    >>> len(text_marks(told + "to its entity list over ties to the army")), text_marks("short")
    (6, ())
    """
    words = _WORD.findall(text[:1500])
    if len(words) < _RUN + _LEAST - 1:
        return ()
    runs = {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    if len(runs) < _LEAST:
        return ()
    return tuple(f"{number:08x}" for number in sorted(crc32(run.encode()) for run in runs)[:MARKS])


def origin_of(one: Mention) -> str:
    """Whose report it is: the wire it names, else its publisher or host; an office is its own.

    >>> from tracker.core.examples import mention
    >>> origin_of(mention()), origin_of(mention(keys=("wire:reuters",)))
    ('example wire', 'reuters')
    """
    host = canonical_link(one.url).partition("/")[0]
    own = (one.publisher or host or one.item_id).casefold()
    if one.tier == "official":
        return own
    named = next(filter(_WIRED, one.keys), "")[5:]
    return named or wire_in(f"{one.publisher} {one.title}") or own


def wire_of(one: Mention) -> str:
    """The wire that a report is laid to, by its text or headline; "" without one.

    >>> from tracker.core.examples import mention
    >>> wire_of(mention()), wire_of(mention(title="Reuters: US to add firms"))
    ('', 'reuters')
    """
    return next(filter(_WIRED, one.keys), "")[5:] or wire_in(one.title) or ""


def is_named(one: Mention) -> bool:
    """Whether a report says whose it is: by a publisher or an address.

    >>> from tracker.core.examples import mention
    >>> is_named(mention()), is_named(mention(publisher="", url=""))
    (True, False)
    """
    return bool(one.publisher.strip() or one.url)


def page_of(url: str) -> str:
    """The page that an address tells, in one spelling; empty where it tells only a site.

    >>> page_of("https://www.example.org/a/?utm_source=rss"), page_of("https://example.org/")
    ('example.org/a', '')
    """
    link = canonical_link(url)
    return link if tells(link) else ""


def origins_of(news: Iterable[Mention], read: Iterable[Source] = ()) -> dict[str, str]:
    """The origin of each item, the reports in order of time: a copy has that of the first.

    ``read`` are pages whose origin is known: a report that is one of them has it too.

    >>> from tracker.core.examples import mention
    >>> copied = tuple(f"text:{n}" for n in range(6))
    >>> copy = mention(item_id="b2", publisher="Other", url="https://b.example/1", keys=copied)
    >>> origins_of([mention(keys=copied), copy])
    {'a1': 'example wire', 'b2': 'example wire'}
    >>> origins_of([mention(), mention(item_id="b2", publisher="Example Wire: Technology")])
    {'a1': 'example wire', 'b2': 'example wire'}
    """
    ordered = sorted(news, key=lambda m: (m.report_day or m.known, m.item_id, m.number))
    pages = _owned(ordered, read)
    found: dict[str, str] = {}
    texts: list[tuple[frozenset[str], str]] = []
    for one in ordered:
        if one.item_id in found:
            continue
        page, marks = page_of(one.url), _marks(one)
        own = pages.get(page) or _first_to_tell(marks, texts) or origin_of(one)
        if page:
            pages[page] = own
        if marks:
            texts.append((marks, own))
        found[one.item_id] = own
    return found


def _owned(news: Iterable[Mention], read: Iterable[Source]) -> dict[str, str]:
    """Whose the pages are whose owner is told by more than the order of reports, by page."""
    owned = {page_of(one.url): origin_of_page(one) for one in read if one.opened}
    for one in news:
        if one.tier == "official":
            owned.setdefault(page_of(one.url), origin_of(one))
    owned.pop("", None)
    return owned


def _first_to_tell(
    marks: frozenset[str], texts: Iterable[tuple[frozenset[str], str]]
) -> str | None:
    """The origin of the text that these marks copy."""
    return next((who for seen, who in texts if len(seen & marks) >= ALIKE), None) if marks else None


def _marks(one: Mention) -> frozenset[str]:
    """What the copies of a text share; nothing of a short one, or of an office: it copies none."""
    marks = frozenset(filter(_MARKED, one.keys))
    return marks if len(marks) >= ALIKE and one.tier != "official" else frozenset()


def origin_of_page(page: Source) -> str:
    """The origin kept with a page, else the wire in its publisher or title, else its publisher.

    >>> from tracker.core.examples import source
    >>> origin_of_page(source("Example Daily"))
    'example daily'
    """
    if page.origin:
        return page.origin
    if page.official:
        return page.publisher.casefold()
    return wire_in(f"{page.publisher} {page.title or ''}") or page.publisher.casefold()


def origins(pages: Iterable[Source]) -> int:
    """Independent origins among pages that were read: an address only seen as a link is none.

    >>> from dataclasses import replace
    >>> from tracker.core.examples import source
    >>> other = replace(source("B"), url="https://example.org/b")
    >>> origins([source("A"), other, replace(other, publisher="C", url="http://example.org/b/")])
    2
    """
    return len(origins_of_pages(pages))


def origins_of_pages(pages: Iterable[Source]) -> frozenset[str]:
    """Whose word each of the pages that were read is (``seen_as``: not opened); a page is one's.

    >>> from dataclasses import replace
    >>> from tracker.core.examples import source
    >>> sorted(origins_of_pages([source("A"), replace(source("B"), seen_as="link")]))
    ['a']
    """
    whose: dict[str, str] = {}
    for page in pages:
        if page.opened:
            whose.setdefault(page_of(page.url) or page.url, origin_of_page(page))
    return frozenset(whose.values())
