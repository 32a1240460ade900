"""Outside text made comparable: one folded form for matching, the original kept for quotation.

``fold`` changes letters, never their number: position n of the folded text is position n of the
cleaned original, so that every rule can quote the words it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple

from tracker.core.clean import clean_text
from tracker.core.late import late
from tracker.core.markup import entities
from tracker.core.tongues import foreign
from tracker.model import Language

LIMIT: Final = 4000
"""Characters of a title or summary that are read; the rest cannot change what it is about."""

_TONED: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_GLOSS: Final = late(
    rf"(?<=[\u3400-\u9fff])\((?=[a-zü]*[{_TONED}])[a-zü{_TONED}]{{1,6}}\)",
)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_BEYOND: Final = re.compile(r"[^\x00-\x7f]+")
_NOT_LATIN: Final = bytes(code for code in range(128) if not chr(code).isalpha())
_LATIN_WORD: Final = re.compile(r"(?<![A-Za-z])[a-z]{3}")
"""A word of a Latin language: a name begins with a capital."""
_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff]+")
_TRADITIONAL: Final = re.compile(
    "[國對華導關稅輝達黃訊報體業務實許進發開禁證審調會談長與為個這來後產製國際軍應單壟斷"
    "習轉賣銷購買邊緣電腦雲資訊據臺灣門點萬億補們時將從該協議說學總統麼樣響確經濟現歲萊]"
)
_SIMPLE_ONLY: Final = re.compile(
    "[国对华导关税辉达黄讯报体业务实许进发开证审调会谈长与为个这来产际军应单垄断"
    "习转卖销购买边缘电脑云资据台湾门点万亿补们时将从该协议说学总统么样响确经济现岁莱]"
)
_TAIL: Final = late(r"\s+[|–—-]\s+[^|–—-]{2,40}$")
_ALERTS: Final = ("UPDATE", "WRAPUP", "EXCLUSIVE", "BREAKING", "RPT", "CORRECTED", "CORRECTION",
                  "REFILE", "更正")  # fmt: skip
_MARKED: Final = (*_ALERTS, "【更正】", "[更正]")
"""How a headline begins that may have a prefix; others have one only with a bracket in them."""

_WIRE: Final = late(
    r"^(?:[A-Z][A-Za-z .,]{2,40}\s*[(（](?:Reuters|AP|AFP|Bloomberg|Xinhua)[)）]\s*[-–—:]?\s*"
    rf"|(?:(?:{'|'.join(_ALERTS)})\s*\d*\s*[-–—:：]\s*)+"
    rf"|(?:[【\[(（]更正[】\])）])\s*)",
)

# Letters that have one plain form of the same width: full-width ASCII, quotes, dashes, blanks.
_PLAIN: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    0x3000: 0x20, 0xA0: 0x20, 0x202F: 0x20, 0x2009: 0x20, 0x09: 0x20, 0x0A: 0x20, 0x0D: 0x20,
    **dict.fromkeys((0x2018, 0x2019, 0x201B, 0x2032, 0x02BC, 0x60, 0xB4), 0x27),
    **dict.fromkeys((0x201C, 0x201D, 0x201E, 0x2033, 0x300C, 0x300D, 0x300E, 0x300F), 0x22),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), 0x2D),
}  # fmt: skip
# Variants the converter leaves alone or that it reads as another word.
_VARIANTS: Final = str.maketrans("爲裏衆着著僞麽擡", "为里众着着伪么抬")


def _translator(letters: Mapping[int, int]) -> Callable[[str], str]:
    """Like ``str.translate``, in a third of the time where few letters of a text have a form."""
    found = re.compile(f"[{re.escape(''.join(map(chr, letters)))}]")
    forms = {chr(code): chr(form) for code, form in letters.items()}
    return partial(found.sub, lambda match: forms[match[0]])


_plain: Final = _translator(_PLAIN)
half_width: Final = _plain
"""A text with each letter in its plain form of the same width, in its own case and script."""
_one_variant: Final = _translator(_VARIANTS)


class Folded(NamedTuple):
    """``text`` is for matching, ``original`` for quoting; both have the same length."""

    original: str
    text: str


_folded_of: Final = partial(tuple.__new__, Folded)
"""The two forms of one text, in half the time that naming them takes."""


def strip_html(text: str) -> str:
    """Text of an HTML fragment: tags out, entities read; plain text passes unchanged.

    >>> strip_html("<p>Nvidia&#8217;s <b>H20</b></p>")
    'Nvidia’s H20'
    >>> strip_html("3 < 5 chips")
    '3 < 5 chips'
    """
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(entities(text).split())


def without_glosses(text: str) -> str:
    """``text`` without the pinyin that converters leave behind Han characters.

    >>> without_glosses("國(guó)產(chǎn)替代(DeepSeek)(NVDA)芯片(chip)")
    '國產替代(DeepSeek)(NVDA)芯片(chip)'
    """
    return _GLOSS.sub("", text) if "(" in text else text


def fold(text: str, limit: int = LIMIT) -> Folded:
    """``text`` cleaned, unglossed and folded for matching; at most ``limit`` characters.

    Half-width, lower case, simplified script. No length changes between the two forms.

    >>> fold("輝達Ｈ20晶片獲許可").text
    '辉达h20晶片获许可'
    >>> folded = fold("Nvidia’s H20"); folded.original[0:6], folded.text[0:6]
    ('Nvidia', 'nvidia')
    """
    # What is within every limit is often folded twice: to be read, and for the index.
    return _folded(text) if len(text) <= limit else _folded(text[: limit * 4], limit)


def fold_each(texts: Iterable[str]) -> list[str]:
    """What is matched of many short texts: their script is simplified at once, as one text.

    >>> fold_each(["輝達Ｈ20", "Nvidia’s H20"])
    ['辉达h20', "nvidia's h20"]
    """
    plain = [_lower(_plain(_bare(text)[:LIMIT])) for text in texts]
    lines = "\n".join(plain)  # no line break is left in them
    if not has_han(lines):
        return plain
    each = zip(plain, _converter().convert(lines).split("\n"), strict=True)
    return [_one_variant(new) if len(new) == len(old) else simplified(old) for old, new in each]


def has_han(text: str) -> bool:
    """Whether Chinese letters stand in a text.

    >>> has_han("US 美"), has_han("US"), has_han("ガス")
    (True, False, False)
    """
    return bool(_HAN.search(text))


def _bare(text: str) -> str:
    return without_glosses(strip_html(clean_text(text)))


@lru_cache(maxsize=160)  # title and summary of some entries (``reading.TOGETHER``), and more
def _folded(text: str, limit: int | None = None) -> Folded:
    original = _bare(text)[:limit]
    if original.isascii():
        return _folded_of((original, original.lower()))
    plain = _lower(_plain(original))
    if has_han(plain):
        plain = simplified(plain)
    return Folded(original, plain)


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def simplified(text: str) -> str:
    """``text`` in simplified script, letter by letter where phrases would change the length.

    >>> simplified("網信辦約談輝達")
    '网信办约谈辉达'
    """
    convert = _converter().convert
    out: str = convert(text)
    if len(out) != len(text):
        out = "".join(new if len(new := convert(letter)) == 1 else letter for letter in text)
    return _one_variant(out)


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc  # only where Chinese is read

    return opencc.OpenCC("t2s")


def language(text: str, said: str = "") -> Language:
    """The language of ``text``; ``said`` (the feed's word) decides only where there is no text.

    >>> language("美国商务部许可"), language("美國商務部許可"), language("US rule"), language("")
    ('zh-Hans', 'zh-Hant', 'en', 'other')
    >>> language("Nvidia darf H20-Chips wieder nach China liefern", "en")
    'other'
    """
    if foreign(text):
        return "other"
    if text.isascii() and any(map(str.isalpha, text)):
        return "en"
    return _script(text) or ("zh-Hans" if said.lower() in ("zh", "zh-cn", "zh-hans") else "other")


@lru_cache(maxsize=320)  # items are asked for when they are read and when they are recognised
def _script(text: str) -> Language | None:
    """The language that the letters of a text show by their number; None where they show none."""
    han = 0
    for run in _HAN_RUN.finditer(text):
        han += run.end() - run.start()
        if han > 12:
            break
    if han * 4 > len(text) or han > 12 or (han > 1 and not _LATIN_WORD.search(text)):
        return "zh-Hant" if _hant(text) else "zh-Hans"
    text = _plain(text)
    latin = len(text.encode("ascii", "ignore").translate(None, _NOT_LATIN))
    others = sum(map(str.isalpha, "".join(_BEYOND.findall(text))))
    return "en" if latin * 2 > latin + others else None


def language_of_item(text: str, said: Language) -> Language:
    """The language of an item whose feed says ``said``: the text's own where that can be seen.

    A feed without a word on it counts as English, and carries Chinese items all the same. Words
    that are written alike in both scripts decide nothing.

    >>> language_of_item("商务部公告", "en"), language_of_item("US rule", "zh-Hans")
    ('zh-Hans', 'en')
    >>> language_of_item("高雄", "zh-Hant"), language_of_item("Москва", "other")
    ('zh-Hant', 'other')
    """
    text = text[:2000]
    found = language(text)
    if found == "other":
        return "other" if foreign(text) else said
    if found == "zh-Hans" and said == "zh-Hant" and not _SIMPLE_ONLY.search(text):
        return said
    return found


def _hant(text: str) -> bool:
    found = len(_TRADITIONAL.findall(text))
    return bool(found) and found > len(_SIMPLE_ONLY.findall(text))


def bare_title(title: str, publisher: str = "") -> str:
    """A headline without the wire's prefix, the name of a column and the publisher's tail.

    >>> bare_title("WASHINGTON (Reuters) - US bans chips | Reuters", "Reuters")
    'US bans chips'
    >>> bare_title("China bans gallium - not germanium", "BBC")
    'China bans gallium - not germanium'
    >>> bare_title("中美关系 | 美国批准英伟达对华销售H20")
    '美国批准英伟达对华销售H20'
    """
    title = title.strip()
    if title.startswith(_MARKED) or "(" in title or "（" in title:
        title = _WIRE.sub("", title)
    if "|" not in title and not (publisher and publisher.lower() in title.lower()):
        return title.strip()
    tail = _TAIL.search(title)
    if not tail:
        return title.strip()
    before = title[: tail.start()].strip()
    if publisher and publisher.lower() in tail[0].lower():
        return before
    if "|" not in tail[0]:
        return title.strip()
    is_column = 2 * len(before) < len(tail[0]) and " " not in before  # one word, and the short part
    return tail[0].strip(" |") if is_column else before


_STOP: Final = re.compile("[.。!?;；！？]")
_PLAIN_STOP: Final = re.compile("[.!?;]")
_SENTENCE: Final = re.compile(r"[。!?;；！？]+\s*|(?<=[a-z0-9)\"'][.])\s+(?=[A-Z\"'])")
"""Where one sentence ends and the next begins: tried only at a stop, four times as fast."""


def sentences(folded: Folded) -> list[Folded]:
    """The sentences of a text, each in both forms.

    >>> [s.original for s in sentences(fold("It ended. Nvidia said no. 商务部公告。即日起"))]
    ['It ended.', 'Nvidia said no. 商务部公告', '即日起']
    """
    original, text = folded
    found: list[Folded] = []
    start = 0
    for stop in (_PLAIN_STOP if original.isascii() else _STOP).finditer(original):
        cut = _SENTENCE.match(original, stop.end() if stop[0] == "." else stop.start())
        if not cut or cut.end() <= start:  # no end, or one of several signs
            continue
        if cut.start() > start:
            found.append(_folded_of((original[start : cut.start()], text[start : cut.start()])))
        start = cut.end()
    if start < len(original):
        found.append(_folded_of((original[start:], text[start:])))
    return found


_BIG: Final = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9,
    "billion": 1e9, "trillion": 1e12, "万": 1e4, "亿": 1e8, "万亿": 1e12, "百万": 1e6, "": 1.0,
}  # fmt: skip
_DIGITS: Final = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6,
                  "七": 7, "八": 8, "九": 9}  # fmt: skip
_STEPS: Final = {"十": 10, "百": 100, "千": 1000}
_NUMBER: Final = late(
    r"(?P<n>(?<![0-9a-z.])\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]{1,8}(?=万|亿|家|%|项|个))"
    r"\s*(?P<big>万亿|百万|亿|万|(?:trillion|billion|million|thousand|bn|mn|[bmk])\b)?"
    r"\s*(?P<unit>%|per\s?cent|percent|美元|家|项|个)?"
)
_PLAIN_FIGURE: Final = re.compile("[0-9]")
_FIGURE: Final = re.compile(r"[\d零〇一二两三四五六七八九十百千]")
_COUNTED: Final = late(
    r"\s?(?:(?:\w+\s){0,3}(?:compan|entit|firm|subsidiar|addit)|of (?:them|which|whom)\b)"
)


def numbers(text: str) -> tuple[str, ...]:
    """Telling quantities of a folded text, in one spelling for all scripts.

    Percentages, sums above ten thousand and counts with a measure word; years and model
    numbers are none.

    >>> numbers("a charge of $5.5 billion"), numbers("减记55亿美元"), numbers("抽成二十五%")
    (('5500000000',), ('5500000000',), ('25%',))
    >>> numbers("adds 36 companies in 2022, 23 of them Chinese")
    ('36', '23')
    """
    found = []
    for match in _figures(text):
        value = _value(match["n"])
        if value is None:
            continue
        unit, big = match["unit"] or "", match["big"] or ""
        value *= _BIG[big]
        if unit.startswith(("%", "per")):
            found.append(f"{value:g}%")
        elif value >= 1e4 or (
            value < 1900 and value >= 5 and (unit or _counted(text, match.end()))
        ):
            found.append(f"{value:.0f}")
    return tuple(dict.fromkeys(found))


def _figures(text: str) -> Iterator[re.Match[str]]:
    """Matches of the grammar of numbers, tried only at a figure: most texts have none."""
    end = 0
    for figure in (_PLAIN_FIGURE if text.isascii() else _FIGURE).finditer(text):
        if figure.start() >= end and (match := _NUMBER.match(text, figure.start())):
            end = match.end()
            yield match


def _counted(text: str, at: int) -> bool:
    return bool(_COUNTED.match(text[at : at + 60]))


def _value(digits: str) -> float | None:
    """The value of a figure in digits or Chinese numerals.

    >>> _value("1,234"), _value("二十五"), _value("一百四十")
    (1234.0, 25.0, 140.0)
    """
    if digits[0].isdecimal():  # of any script: ٣٥ is 35
        try:
            return float(digits.replace(",", ""))
        except ValueError:
            return None
    total = current = 0
    for letter in digits:
        if letter in _STEPS:
            total += (current or 1) * _STEPS[letter]
            current = 0
        else:
            current = current * 10 + _DIGITS[letter]
    return float(total + current)
