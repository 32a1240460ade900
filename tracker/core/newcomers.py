"""Names of firms and agencies in a report that the lexicon does not know yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tracker.core.decisions import Decisions
from tracker.core.doubts import Doubt
from tracker.core.lexicon import Lexicon
from tracker.core.text import fold, simplified
from tracker.model import Entry, Reason

_FIRM: Final = (
    "Corp|Corporation|Inc|Ltd|LLC|GmbH|Technology|Technologies|Semiconductors?|Microelectronics"
    "|Electronics|Group|Holdings|Labs|Systems|Robotics|Optics|Photonics|Aerospace|Materials"
)
_OFFICE: Final = "Ministry|Bureau|Commission|Agency|Administration|Authority|Office"
_LATIN: Final = re.compile(
    rf"\b(?:[A-Z][\w&’'-]*\s){{1,3}}(?:{_FIRM})\b|\b(?:{_OFFICE})\sof(?:\s(?:and\s)?[A-Z]\w+){{1,3}}"
)
_HAN_FIRM: Final = "公司|集团|科技|半导体|微电子|研究院|实验室|总局|委员会"
_HAN: Final = re.compile(rf"[\u4e00-\u9fff]{{2,8}}?(?:{_HAN_FIRM})")
_ENDS_NAMES: Final = re.compile(rf"{_FIRM}|{_HAN_FIRM}|半導體|集團|微電子")
"""What the lexicon knows by itself and ends names all the same."""

_BETWEEN: Final = re.compile(r"[将把对与及向给被由是的了在最须宗暨]|列入|制裁|随着|此举|负责")
_COMMON: Final = re.compile(
    r"^(?:有限|责任|股份|该|其|相关|等|企业|[一两二三四五六七八九十多数几这][家名位个场]|位|和|大型|小组"
    r"|联合|技术委员会|科技委员会)|民主党|共和党|工业国"
    r"|(?:先进|尖端|敏感|关键|重要|顶级|正常|电子|典型|强大|自身|用途|军民|世界|全球)科技$"
)
"""What ends like a name and says only of what sort something is."""
_SORTS: Final = re.compile(
    r"(?:Advanced|Additive|Manufacturing|Foundational|Sensitive|Disruptive|Industrial|Critical|Design"
    r"|Emerging|Target|Turbine|Land|Aeronautical|Cloud|Military|Space|Dual-Use|New|Other|And|Micro)"
    rf" (?:{_FIRM})$"
)
"""The same of titles with capitals."""
_WIRE: Final = re.compile(r"^(?:BRIEF|UPDATE|EXCLUSIVE|FACTBOX)-")


def new_names(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Names that end like a firm's or an office's, apart from what the lexicon knows.

    >>> from tracker.core.examples import lexicon
    >>> new_names("US adds Huawei and Xinhai Microelectronics to Entity List", lexicon())
    ('Xinhai Microelectronics',)
    >>> new_names("美国将信海微电子列入实体清单", lexicon())
    ('信海微电子',)
    >>> new_names("US adds Foobar Semiconductor; 美国将信海半导体列入实体清单", lexicon())
    ('Foobar Semiconductor', '信海半导体')
    >>> new_names("中国是世界重要科技中心, 四家科技公司", lexicon())
    ()
    """
    folded = fold(text)
    latin, han = folded.original, _BETWEEN.sub(_blank, folded.text)
    for hit in lexicon.find(folded):
        if not _ENDS_NAMES.fullmatch(hit.words):
            latin, han = (_without(line, hit.start, hit.end) for line in (latin, han))
    spans = [
        *(match.span() for match in _LATIN.finditer(latin) if not _SORTS.search(match.group())),
        *(match.span() for match in _HAN.finditer(han) if not _COMMON.search(match.group())),
    ]
    found = (folded.original[start:end] for start, end in sorted(spans))
    return tuple(dict.fromkeys(_WIRE.sub("", name) for name in found))


def _without(line: str, start: int, end: int) -> str:
    return line[:start] + "|" * (end - start) + line[end:]


def _blank(match: re.Match[str]) -> str:
    return "|" * len(match.group())


def doubtful_names(entries: Iterable[Entry], lexicon: Lexicon, decisions: Decisions) -> list[Doubt]:
    """One doubt a new name, the most reported first; reports that a person hid are left out.

    >>> from tracker.core.examples import lexicon
    >>> doubtful_names([], lexicon(), Decisions())
    []
    """
    told: dict[str, list[tuple[str, Entry]]] = {}
    for name, entry in _told(entries, lexicon, decisions):
        told.setdefault(simplified(name.casefold()), []).append((name, entry))
    ranked = sorted(told.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [_doubt(reports) for _, reports in ranked]


def _told(
    entries: Iterable[Entry], lexicon: Lexicon, decisions: Decisions
) -> Iterator[tuple[str, Entry]]:
    for entry in entries:
        if entry.item_id not in decisions.hidden:
            for name in new_names(f"{entry.title}\n{entry.summary}", lexicon):
                yield name, entry


def _doubt(reports: list[tuple[str, Entry]]) -> Doubt:
    name, first = reports[0]
    count = f"{len(reports)} report{'s' if len(reports) > 1 else ''}"
    reason = Reason("new actor", 0.0, f"{name}: in {count}, not in the lexicon")
    return Doubt("actor", (first.item_id,), (first.title,), float(len(reports)), "", (reason,),
                 name=name)  # fmt: skip


def watch_lines(name: str) -> str:
    """The lines of feeds.toml that make a name known; its roles are for a person to choose.

    >>> print(watch_lines("Xinhai Microelectronics"))
    [[watch]]
    id = "xinhai-microelectronics"
    kind = "actor"
    names = ["Xinhai Microelectronics"]
    roles = ["cn-firm"]
    """
    plain = name.replace("\\", "").replace('"', "")
    id_ = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "new-actor"
    return f'[[watch]]\nid = "{id_}"\nkind = "actor"\nnames = ["{plain}"]\nroles = ["cn-firm"]'
