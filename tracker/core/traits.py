"""What of a node is compared: its keys sorted once, so that a pair costs a few set operations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, TypeAlias

from tracker.core.event_days import days_of_event, known_of
from tracker.core.origins import wire_of
from tracker.model import RECORD, Mention, RecordEvent
from tracker.nouns import dataclass

Node: TypeAlias = Mention | RecordEvent

CHRONICLE: Final = "chronicle"
"""Key of a mention whose article is one: it makes no event and is no witness of another day."""

OFF: Final = "off"
"""Key of a mention whose headline calls or puts off the meeting or the journey that it tells of."""

PROMISED: Final = "promised"
"""Key of a mention whose headline tells of leave that will be given (``core.standing``)."""

DENIES: Final = "denied"
"""Key of a mention whose headline says that the act was not done (``core.denied``)."""

UNLINKED: Final = "unlinked"
"""Key of a mention that a feed or an archive gave without an address: nobody can open it, so it
makes no event and is no witness."""

COMMON: Final = frozenset({
    "Nvidia", "Donald Trump", "BIS", "US Department of Commerce", "MOFCOM", "US Congress",
    "AI chips", "AI models", "GPU", "export controls", "White House", "Trump administration",
    "Biden administration", "Joe Biden", "Chinese regulators", "Xi Jinping", "dual-use items",
    "tariffs", "AI servers", "data centres", "US persons", "Entity List", "EAR",
    "critical minerals", "legacy chips", "chipmaking equipment", "Jensen Huang",
    "Chinese foreign ministry", "China", "rare earths", "lithography",
})  # fmt: skip
"""Names that stand in every second item: they tell little."""

BROAD: Final = frozenset({
    "AI chip exports", "chip tool exports", "supercomputers", "toolmakers", "US Senate",
    "US House of Representatives", "House Select Committee", "DOJ", "US Treasury", "GACC",
    "Dutch government", "Defence firms", "US arms and drone makers", "MOFCOM announcement",
    "出口管制管控名单", "is-licence presumption",
})  # fmt: skip
"""Who acts and in what form: enough to compare two nodes, not what a title is about."""

CITIES: Final = frozenset({
    "Geneva", "London", "Stockholm", "Madrid", "Kuala Lumpur", "Busan", "Paris", "San Francisco",
    "Seoul", "Bali", "Zurich", "Lima", "Brussels", "Vienna", "Guangzhou", "Beijing city",
})  # fmt: skip
"""Places of which one stands for one round of talks."""

MODELS: Final = frozenset({
    "H20", "H200", "H100", "H800", "A100", "A800", "B20", "B30A", "B40",
    "RTX Pro 6000D", "RTX 4090", "RTX 4090D", "RTX 5090D", "RTX 5090D V2", "MI308", "MI309",
    "Ascend 910C", "Ascend 910D", "Claude Fable 5", "Claude Mythos 5", "HBM", "EDA",
})  # fmt: skip
"""Products that are decided on one by one: another one is another act."""

HELPING: Final = frozenset({
    "answers", "billion-word", "china-target", "counted", "court-stops", "entities", "for-talks",
    "from-list", "hearsay", "issue", "lists-verb", "looks-back", "no word", "not-yet",
    "plain-production", "press-ally", "probe-ends", "provisions", "quote", "receive",
    "report-word", "supply-chain", "survey-act", "unit", "unlikely", "us-target", "use", "world",
    "would", "x-many-goods",
})  # fmt: skip
"""Words that help the rules and mean nothing by themselves: reports of one act share them no more
often than others do, and in one language more than in two."""

ORDERS: Final = frozenset({"rule", "licence", "listing", "countermeasure"})
"""Kinds of what an office of a government orders; a headline may tell a plan of it alone."""

MAKER: Final = "maker"
FIRM: Final = "firm"
PERSON: Final = "person"
BILL: Final = "bill"
LAND: Final = "land"
CHAMBER: Final = "chamber"
MATTER: Final = "matter"
WARE: Final = "ware"
LEADS: Final = "leads"
STAGE: Final = "stage"
PARTIES: Final = (LAND, CHAMBER, MATTER, WARE, LEADS, BILL, PERSON, STAGE)
"""Sorts of what a title is about, besides makers of chips and other firms: countries beside China
and the United States by their codes, chambers of Congress, matters (a list, minerals, a probe of
prices ...), rare earths or other metals, the country whose government acts, bills, people, and
how far a bill has come."""

FIRMS: Final = "firms of both sorts"

HOME: Final = "home"
"""Before the colon of the key of the country of a firm, if not China or the United States."""

COUNTED: Final = "firms"
"""Before the colon of the key of a number of firms in a title."""

BESIDE: Final = "beside"
"""Before the colon of the key of a country, chamber, matter or ware that only the summary names."""

_BESIDES: Final = (LAND, CHAMBER, MATTER, WARE, BESIDE)

TURNED: Final = "turned"
"""Before the colon of the key of a headline that takes something back (``core.undone``)."""

_TURNS: Final = frozenset({"lift", "suspend"})
_GRANTS: Final = frozenset({"grant", "allow", "resume", "remove", "resume-production"})
_DENIES: Final = frozenset({
    "avoid", "deny", "ban", "halt", "block", "revoke", "restrict", "add", "blacklist-verb",
    "halt-production",
})  # fmt: skip

METALS: Final = frozenset({
    "gallium", "germanium", "antimony", "graphite", "tungsten", "tellurium", "bismuth", "indium",
    "molybdenum", "silver", "helium",
})  # fmt: skip
"""Elements that are controlled one by one or a few at a time: others are another act."""


@dataclass(frozen=True, slots=True)
class Traits:
    """One node as the comparison sees it; days as ordinals, None where it has none.

    ``met``: the day on which a curated act became known, ``force``: those on which it took effect;
    ``sides``: all capitals that act, meet or are visited; ``form``: the instrument; ``weak``: no
    phrase dates the act itself, so that such a day may be meant.
    ``rare`` items and actors are those outside ``COMMON``; ``names`` they and the terms, without
    ``BROAD`` ones, ``titled`` those of them in the title; ``makers`` and other ``firms`` in the
    title, ``parties`` they together (``FIRMS``) and what else it is about by its sort, ``beside``
    all countries, chambers, matters and wares told of, ``homes`` the countries of firms,
    ``counted`` numbers of firms in the title; ``said`` is True where a phrase named the day of the
    act, ``standing`` is what a report calls it (heard, proposed, done), ``denies``
    whether its headline denies it, ``off`` whether it calls or puts it off, ``promised``
    whether leave is only said to be coming, ``turned`` what the headline takes back, ``answer`` is
    1 where it grants, -1 where it denies, else 0. ``in_words``:
    words of the other side about an act. ``wire`` is whose report it is said to be, '' without one.
    """

    name: str
    item: str
    curated: bool
    kind: str
    direction: str
    first: int | None
    last: int | None
    met: tuple[int, ...]
    force: tuple[int, ...]
    weak: bool
    report: int | None
    han: bool
    capital: str
    sides: frozenset[str]
    form: str
    said: bool
    standing: str
    denies: bool
    off: bool
    promised: bool
    turned: str
    answer: int
    in_words: bool
    items: frozenset[str]
    actors: frozenset[str]
    rare_items: frozenset[str]
    rare_actors: frozenset[str]
    terms: frozenset[str]
    models: frozenset[str]
    metals: frozenset[str]
    makers: frozenset[str]
    firms: frozenset[str]
    parties: Mapping[str, frozenset[str]]
    beside: frozenset[str]
    homes: frozenset[str]
    counted: frozenset[str]
    acts: frozenset[str]
    families: frozenset[str]
    head: frozenset[str]
    names: frozenset[str]
    titled: frozenset[str]
    concepts: frozenset[str]
    words: frozenset[str]
    numbers: frozenset[str]
    cities: frozenset[str]
    wire: str


def node_id(node: Node) -> str:
    """The name of a node: its item, the item and a number, or ``record:`` and the record id.

    >>> from tracker.core.examples import mention
    >>> node_id(mention()), node_id(mention(number=2))
    ('a1', 'a1/2')
    """
    if isinstance(node, RecordEvent):
        return f"{RECORD}{node.id}"
    return node.item_id if node.number == 0 else f"{node.item_id}/{node.number}"


def item_of(name: str) -> str:
    """The item of a node's name, or the record event itself.

    >>> item_of("a1/2"), item_of("record:2019-05-16-huawei")
    ('a1', 'record:2019-05-16-huawei')
    """
    return name if name.startswith(RECORD) else name.partition("/")[0]


def number_of(name: str) -> int:
    """The number of a mention in its item, by the name of its node.

    >>> number_of("a1/2"), number_of("a1")
    (2, 0)
    """
    return int(name.partition("/")[2] or 0)


def told_in_passing(name: str) -> bool:
    """Whether a node is a further mention of an item: it follows, and bridges no two events.

    >>> told_in_passing("a1/2"), told_in_passing("a1"), told_in_passing("record:2019-05-16-huawei")
    (True, False, False)
    """
    return item_of(name) != name


def days(node: Node) -> tuple[date, date] | None:
    """First and last possible day of the act.

    >>> from tracker.core.examples import mention
    >>> days(mention())[0].isoformat()
    '2019-05-13'
    """
    if isinstance(node, RecordEvent):
        found = days_of_event(node)
        return found.first, found.last
    if node.first is None or node.last is None:
        return None
    return node.first, node.end_date or node.last


def by_prefix(keys: Iterable[str]) -> dict[str, set[str]]:
    """The keys of a node by their prefixes; a key without one stands for itself.

    >>> sorted(by_prefix(["t:H20", "t:Nvidia", "dated"])["t"])
    ['H20', 'Nvidia']
    """
    found: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        prefix, _, name = key.partition(":")
        found[prefix].add(name)
    return found


def telling(node: Node) -> frozenset[str]:
    """The names of a node that tell it from others.

    >>> from tracker.core.examples import mention
    >>> telling(mention())
    frozenset({'Huawei'})
    """
    return frozenset([*node.items, *node.actors, *node.terms]) - COMMON - BROAD


def in_words(node: Node) -> bool:
    """Whether a report leads with words about an act: they belong to the act that they answer.

    >>> from tracker.core.examples import mention
    >>> in_words(mention()), in_words(mention(keys=("act:cn-protests",)))
    (False, True)
    """
    return any(key.startswith(_IN_WORDS) for key in node.keys)


ANSWERING: Final = "act:answers-"
"""How the key of a leading rule begins that tells of an answer (``lexicon.Act.answers``)."""

_IN_WORDS: Final = (ANSWERING, "act:cn-protests")


def _capital(node: Node) -> str:
    """Who acts; nobody where a firm does, whose step is told with the act that it follows."""
    return node.jurisdiction[0] if node.jurisdiction and node.kind != "company" else ""


def _parties(keys: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """What a title is about, by sort; sorts of which it names nothing are not there."""
    found = {sort: frozenset(keys[sort]) for sort in PARTIES if sort in keys}
    if MAKER in keys or FIRM in keys:
        found[FIRMS] = frozenset([*keys.get(MAKER, ()), *keys.get(FIRM, ())])
    return found


def _turned(keys: Mapping[str, set[str]], head: frozenset[str]) -> str:
    """What a headline takes back: a curb, leave, or something that is not known; '' for nothing."""
    return next(iter(keys.get(TURNED, ())), _SOMETHING if head & _TURNS else "")


_SOMETHING: Final = "something"


def _answer(node: Node, head: frozenset[str]) -> int:
    """1 where a permission is given, -1 where it is not: by the headline, of the record by its own.

    A record event says by its direction which of the two it was, however its title puts it.
    """
    if isinstance(node, RecordEvent) and node.kind == "licence" and node.direction != "neutral":
        return 1 if node.direction == "ease" else -1
    return bool(head & _GRANTS) - bool(head & _DENIES)


def traits(node: Node) -> Traits:
    """What of a node is compared.

    >>> from tracker.core.examples import mention
    >>> traits(mention()).actors
    frozenset({'Huawei'})
    """
    keys = by_prefix(node.keys)
    none: set[str] = set()
    curated = isinstance(node, RecordEvent)
    span = days(node)
    known = known_of(node) if isinstance(node, RecordEvent) else None
    force = node.dates.get("effective", ()) if isinstance(node, RecordEvent) else ()
    items, actors = frozenset(node.items), frozenset(node.actors)
    report = node.report_day if isinstance(node, Mention) else None
    head = frozenset(keys.get("t", none))
    rare_items, rare_actors = items - COMMON, actors - COMMON
    terms = frozenset(node.terms) - COMMON
    return Traits(
        name=node_id(node), item=node_id(node) if isinstance(node, RecordEvent) else node.item_id,
        curated=curated, kind=node.kind, direction=node.direction,
        first=span[0].toordinal() if span else None, last=span[1].toordinal() if span else None,
        met=(known.toordinal(),) if known else (), force=tuple(day.toordinal() for day in force),
        weak="dated-weakly" in keys or "dated" not in keys,
        report=report.toordinal() if report else None,
        han=not all(word.isascii() for word in keys.get("w", none)),
        capital=_capital(node), sides=frozenset(node.jurisdiction),
        form=node.instrument,
        said=curated or "dated" in keys,
        standing=node.status if isinstance(node, Mention) else "", denies=DENIES in node.keys,
        off=OFF in node.keys, promised=PROMISED in node.keys,
        turned=_turned(keys, head), answer=_answer(node, head),
        in_words=in_words(node), items=items, actors=actors,
        rare_items=rare_items, rare_actors=rare_actors, terms=terms,
        models=items & MODELS, metals=items & METALS,
        makers=frozenset(keys.get(MAKER, none)), firms=frozenset(keys.get(FIRM, none)),
        parties=_parties(keys),
        beside=frozenset(node.jurisdiction).union(*(keys.get(sort, none) for sort in _BESIDES)),
        homes=frozenset(keys.get(HOME, none)), counted=frozenset(keys.get(COUNTED, none)),
        acts=frozenset(keys.get("act", none)), families=frozenset(keys.get("fam", none)),
        head=head, names=telling(node), titled=head & ((rare_items | rare_actors) - BROAD),
        concepts=(head | keys.get("s", none)) - HELPING,
        words=frozenset(keys.get("w", none)), numbers=frozenset(keys.get("num", none)),
        cities=CITIES.intersection(keys.get("place", none)),
        wire=wire_of(node) if isinstance(node, Mention) else "",
    )  # fmt: skip
