"""Which country does what a sentence tells: the one that acts, never the one acted against.

Read from where its name stands: one after a preposition, or one that only describes what follows
(an Indian exporter, ``印度企业``), does nothing; one whose office or measure follows does
(``India's trade ministry``, ``Indian export curbs``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.core.late import late
from tracker.core.lexicon import Hit, Lexicon, LexiconEntry
from tracker.core.subjects import by_whom, fore_clause, passive
from tracker.core.written import alias_text
from tracker.core.zones import Zone

OFFICE: Final = "office"
FIRM: Final = "firm"
COUNTRY: Final = "country"

_NAMES: Final = frozenset({"actor", "place"})
_ENDS: Final = ("", "gov", "firm", "ceo")
"""What may follow a country's two letters in a role that says whose somebody is."""

_FIRMS: Final = frozenset({"firm", "ceo", "cn-ceo", "us-firm", "cn-firm", "industry"})
_BEFORE: Final = frozenset({
    "for", "to", "in", "on", "from", "with", "of", "against", "over", "at", "into", "than", "amid",
    "via", "through", "toward", "towards", "between", "versus", "vs", "vs.", "about", "near",
    "including", "excluding", "targets", "targeting", "hits", "hitting", "sanctions", "joins",
    "joining", "following", "despite",
})  # fmt: skip
_BEFORE_HAN: Final = (
    "针对", "剑指", "包括", "包含", "对", "向", "往", "在", "给", "从", "与",
    "就", "为", "将", "把", "令", "让", "使", "禁", "限", "止", "打击",
    "制裁", "要求", "敦促", "取代", "绕过", "经", "赴", "访", "抵", "驻", "输",
    "涉", "排除", "至", "到",
)  # fmt: skip
"""What stands before a name that it governs."""

_LOCATED: Final = late(r"(?:\b(?:in|at|near|outside)(?: the)? |[在于於])$")
_AIMED: Final = late(r"(?:\b(?:on|to|against|toward|towards) (?:the )?|[对向])$")
_LEANING: Final = "对在输涉驻赴访"
"""Letters with which a name begins that holds its preposition (``对华``)."""

_PRESS: Final = late(
    r"(?:媒|《)|'s (?:\w+ )?(?:newspaper|daily|media)| (?:media|newspaper|press|daily)\b"
)
"""Behind a name: its papers say it."""

_GOVERNS: Final = late(
    r"(?:'s?|’s?)? ?(?:[\w-]+[ -]){0,3}?(?:government|ministr(?:y|ies)|ministers?|officials?"
    r"|authorit(?:y|ies)|regulators?|customs|cabinet|parliament|lawmakers|senate|courts?"
    r"|prosecutors|police|president|chancellor|premier|agency|commission|watchdog|military"
    r"|ambassador|envoys?|embassy|diplomats?|leaders?)\b"
    r"|(?:政府|当局|官方|官员|海关|法院|检方|警方|国会|议会|内阁|总统|总理|首相|外长|防长"
    r"|[^企公厂商媒,，。:、 将把对向在与就拟已再新要不被遭]{0,6}[部署局院委厅])"
)
_MEASURE: Final = late(
    r"(?:'s?|’s?)? ?(?:[\w-]+[ -]){0,4}?(?:bans?|curbs?|controls?|rules?|restrictions?"
    r"|licen[cs](?:e|es|ing)|permits?|waivers?|sanctions|embargo|decree"
    r"|(?:control|entity|black)[ -]?list|removal|decision|move|order|approval"
    r"|plan|proposal|crackdown|probe)\b"
    r"|[^企公厂商媒,，。:、 ]{0,10}(?:管制|禁令|禁运|限制|许可|清单|制裁)"
)
_DESCRIBED: Final = late(
    r"[产籍裔股制]|市场|客户|[女男]子|留学| (?:war|crisis|conflict|ties|relations)\b"
)
_LEAVE_FOR: Final = late(
    r" (?:(?:export|chip|tool|fab|sales|equipment|annual|memory|gpu|ai) ){0,2}"
    r"(?:licen[cs]es?|permits?|waivers?)\b(?! (?:rule|require))"
)
"""Behind a country's bare name, and behind another: leave to sell there, not that country's."""
_MAKERS: Final = late(
    r"(?:'s?|’s?)? ?(?:[\w-]+[ -]){0,3}?(?:firms?|compan(?:y|ies)|makers?|giants?|startups?|groups?"
    r"|manufacturers?|suppliers?|chip ?makers?|automakers?|toolmakers?|startup|buyers|labs?"
    r"|traders?|resellers?|brokers?|operators?)\b"
    r"|[^,，。:、 0-9将把对向在与就拟已再新要不被遭指]{0,5}?(?:[企厂商]|公司|巨头|业者)"
)
"""Behind a country's name: its firms do it."""

_TRADERS: Final = late(
    r" (?:firms?|companies|chip ?makers?|toolmakers?|suppliers?|traders?|resellers?|brokers?"
    r"|operators?|startups?)\b"
)
"""Right behind a country's bare name: they do it, and are told by their home."""

_BESIDE: Final = frozenset({"and", "or", ",", ", and", "&", "、", "和", "与", "及", "跟"})
_CUT: Final = late(r"[,;:，；：!?！？。|]|\s[-–—]\s")
_SAYS: Final = late(
    r"(?: (?:[a-z-]+ ){0,2}?(?:says?|said|tells?|told|warns?|warned|urges?|asks?|calls?|rejects?"
    r"|denies|vows?|hopes?|expects?|insists?|reiterates?|slams?)\b|:)"
    r"|[^,，。;；:]{0,12}?(?:表示|称|说|指出|强调|回应|警告|呼吁|坦言|透露|直言|驳斥)"
    r"|[^,，。;；: ]{0,12}:"
)
_PLAIN_VERB: Final = late(
    r" (?:to|will|would|may|plans?|adds?|bans?|bars|blocks?|halts?|tightens?|eases?|lifts?|says?"
    r"|seeks?|moves?|orders?|approves?|grants?|imposes?|widens?|expands?|curbs|restricts?|joins?"
    r"|summons?|suspends?|revokes?|poised|set|ready|considers?|weighs?|mulls?)\b"
)
"""Behind a word that is people and adjective alike (the Dutch, the British): they do it."""

_OBTAINED: Final = late(
    r"(?:\b(?:wins?|won|gets?|got|lands?|landed|secures?|secured|obtains?|obtained|receives?"
    r"|received|clinch(?:es|ed)?) |取得|拿到|争取到)$"
)
_LEAVE_OF: Final = late(
    r"(?:'s)? (?:[\w-]+ ){0,3}?(?:licen[cs]es?|permits?|waivers?|approvals?|exemptions?|nod"
    r"|clearance|go-ahead|green[ -]light)\b|[^,，。;；:： ]{0,10}?(?:豁免|许可|批准|授权|放行)"
)
"""What somebody obtains is given by the country that is named between (``lands US licence``)."""

_PEOPLES: Final = frozenset({"dutch", "british", "french", "chinese", "japanese", "swiss"})


class Capitals(NamedTuple):
    """Whose a name is: codes by id of entry; ``mask``: the bits of all of them.

    ``able``: of each country the bits of itself and its offices; ``acting``: that of a verb.
    """

    codes: dict[str, str]
    adjectives: frozenset[str]
    mask: int
    able: dict[str, int]
    acting: int


class Doer(NamedTuple):
    """Who acts: the code of a country, and whether a firm, an office or the country is named."""

    code: str
    role: str


@lru_cache(maxsize=8)
def capitals_of(lexicon: Lexicon) -> Capitals:
    """Whose each name of a lexicon is.

    >>> from tracker.core.examples import lexicon
    >>> capitals_of(lexicon()).codes["United States"]
    'US'
    """
    named = [entry for entry in lexicon.entries if entry.kind in _NAMES]
    letters = _letters(named)
    codes = {one.id: code for one in named if (code := _code(one, letters))}
    words = (alias_text(word)[1] for entry in named for word in entry.adjectives)
    able: dict[str, int] = {}
    for one in named:
        if one.id in codes and _role(one.tags) != FIRM:
            able[codes[one.id]] = able.get(codes[one.id], 0) | lexicon.bit(one.id)
    acting = lexicon.bit("acting")
    return Capitals(codes, frozenset(words), lexicon.mask_of(codes), able, acting)


def _letters(named: list[LexiconEntry]) -> dict[str, str]:
    """The code that two letters of a role stand for; its own country speaks first."""
    found: dict[str, str] = {}
    for own in (True, False):
        for entry in named:
            for tag in entry.tags if entry.capital else ():
                if len(tag) == 2 and own == (tag.upper() == entry.capital):
                    found.setdefault(tag, entry.capital)
    return found


def _code(entry: LexiconEntry, letters: dict[str, str]) -> str:
    if entry.capital:
        return entry.capital
    for tag in entry.tags:
        head, _, rest = tag.partition("-")
        if head in letters and rest in _ENDS:
            return letters[head]
    return ""


def doer(part: Zone, lexicon: Lexicon, *, firms: bool = True) -> Doer | None:
    """Who does what a sentence tells; None where it does not say, or two capitals do.

    Without ``firms`` the first that is none.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> told = zones(fold("US adds Huawei to Entity List"), fold(""), lexicon())[0]
    >>> doer(told, lexicon())
    Doer(code='US', role='country')
    """
    table = capitals_of(lexicon)
    if not part.mask & table.mask:
        return None
    told = doers(part, table)
    return next((one for one in told if firms or one.role != FIRM), None)


def doers(part: Zone, table: Capitals) -> Iterator[Doer]:
    """Those that stand for themselves, the doer of a passive first; no pair of capitals."""
    text = part.text.text
    named = [hit for hit in part.hits if hit.entry.id in table.codes]
    for hit in named if passive(text) else ():
        if by_whom(hit, text) and _role(hit.entry.tags) != FIRM:
            yield Doer(table.codes[hit.entry.id], _role(hit.entry.tags))
            return
    for hit in named:
        if (
            hit.start
            and _role(hit.entry.tags) != FIRM
            and not (table.codes[hit.entry.id] == "CN" and _LEAVE_FOR.match(text, hit.end))
            and _LEAVE_OF.match(text, hit.end)
            and _OBTAINED.search(text, max(0, hit.start - 10), hit.start)
        ):
            yield Doer(table.codes[hit.entry.id], _role(hit.entry.tags))
            return
    start, governed = fore_clause(text), -1
    for place, hit in enumerate(named):
        if hit.start < start:
            continue
        if _governed(hit, text, governed) or _acted_on(hit, part, text, table.acting):
            governed = hit.end
            continue
        if _pair(hit, named[place + 1 : place + 4], table):
            return
        role = _standing(hit, text, part, table)
        if role:
            yield Doer(table.codes[hit.entry.id], role)


def _governed(hit: Hit, text: str, end: int) -> bool:
    """Whether a preposition goes before a name, or before another, that ends at ``end``, beside it.

    ``to Malaysia and Thailand``, ``对日本和印度``.
    """
    if 0 <= end <= hit.start and text[end : hit.start].strip() in _BESIDE:
        return True
    if text[hit.start - 1 : hit.start] != " ":
        return text.endswith(_BEFORE_HAN, 0, hit.start)
    words = text[max(0, hit.start - 24) : hit.start].rsplit(None, 2)
    if words[-1:] == ["the"]:
        words.pop()
    return words[-1:] != [] and words[-1] in _BEFORE


def _acted_on(hit: Hit, part: Zone, text: str, acting: int) -> bool:
    """Whether a verb of acting goes before a name in its clause: ``bars Huawei``."""
    if not part.mask & acting:
        return False
    verbs = [one for one in part.hits if one.end <= hit.start and one.mask & acting]
    return bool(verbs) and not _CUT.search(text, verbs[-1].end, hit.start)


def is_country(entry: LexiconEntry) -> bool:
    """Whether an entry is a country itself, not its office, nor a firm or a person of it.

    >>> is_country(LexiconEntry("India", "place", ("India",), ("ally",)))
    True
    """
    return entry.kind == "place" or any(tag.endswith("-side") for tag in entry.tags)


def _role(tags: tuple[str, ...]) -> str:
    if any(tag.endswith("-gov") or tag in ("congress", "law") for tag in tags):
        return OFFICE
    return COUNTRY if _FIRMS.isdisjoint(tags) else FIRM


def _pair(hit: Hit, rest: list[Hit], table: Capitals) -> bool:
    """Whether two capitals are named as one: ``US-China``, ``中美``."""
    code = table.codes[hit.entry.id]
    return any(one.start == hit.start and table.codes[one.entry.id] != code for one in rest)


def _standing(hit: Hit, text: str, part: Zone, table: Capitals) -> str:
    """The role of a name that stands for itself; '' where it only describes what follows."""
    role = _role(hit.entry.tags)
    if role != COUNTRY:
        return role
    word, end = text[hit.start : hit.end], hit.end
    if word[0] in _LEANING:
        return ""
    if _PRESS.match(text, end):
        return ""
    if word.endswith(("'s", "’s")) or text.startswith(("'s", "’s"), end):
        return _what_follows(text, end)
    if word in table.adjectives:
        people = word in _PEOPLES and _PLAIN_VERB.match(text, end)
        return COUNTRY if people else _what_follows(text, end)
    if text[end : end + 1] == "-" or _DESCRIBED.match(text, end):
        return ""
    if word.isascii():
        return _bare_name(hit, text)
    if _GOVERNS.match(text, end):
        return OFFICE
    if _MAKERS.match(text, end) or _ware(end, part):
        return _what_follows(text, end)
    return role


_OPENING: Final = frozenset({"", ":", ",", ";", "-"})


def _bare_name(hit: Hit, text: str) -> str:
    """The role of a country named in Latin letters, no adjective: itself, or its firms."""
    if _TRADERS.match(text, hit.end):
        return FIRM
    opens = text[: hit.start].rstrip()[-1:] in _OPENING  # there it is a verb: China licenses
    return "" if not opens and _LEAVE_FOR.match(text, hit.end) else COUNTRY


def _what_follows(text: str, end: int) -> str:
    """The role of what a country's name only describes: its office, its measure, its firms."""
    if _GOVERNS.match(text, end):
        return OFFICE
    measure, makers = _MEASURE.match(text, end), _MAKERS.match(text, end)
    if measure and not (makers and makers.end() < measure.end()):
        return COUNTRY
    return FIRM if makers else ""  # ``Japanese firms face export ban``: it is no ban of theirs


def _ware(end: int, part: Zone) -> bool:
    """Whether a ware or a firm is named right behind: ``荷兰光刻机``."""
    return any(
        one.start == end and (one.entry.kind == "item" or not _FIRMS.isdisjoint(one.entry.tags))
        for one in part.hits
    )


def located(hit: Hit, text: str) -> bool:
    """Whether a name says where something is: ``in Malaysia``, ``在马来西亚``."""
    return bool(_LOCATED.search(text, max(0, hit.start - 12), hit.start))


def aimed_at(hit: Hit, text: str) -> bool:
    """Whether a name says toward whom something is done: ``on China``, ``to CXMT``, ``对华``."""
    return bool(_AIMED.search(text, max(0, hit.start - 14), hit.start)) or text[hit.start] == "对"


def speaker(part: Zone, lexicon: Lexicon) -> str:
    """The code of who is told to speak in a sentence: ``Bessent says``, ``部长表示``; '' if nobody.

    >>> from tracker.core.zones import zones
    >>> from tracker.core.examples import lexicon
    >>> from tracker.core.text import fold
    >>> speaker(zones(fold("US says it will add Huawei"), fold(""), lexicon())[0], lexicon())
    'US'
    """
    table, text = capitals_of(lexicon), part.text.text
    for hit in part.hits:
        if hit.entry.id in table.codes and _SAYS.match(text, hit.end):
            return table.codes[hit.entry.id]
    return ""
