"""Bytes of unknown or lying encoding -> UTF-8, before any parser sees them."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

_DECLARED: Final = re.compile(
    rb"^\s{0,200}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]{1,40})\s*[\"']"
)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_HEAD: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a name on the web stands for: the larger character set of the same family.
_LARGER: Final = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "hz-gb-2312": "hz", "big5": "big5hkscs", "big-5": "big5hkscs", "x-x-big5": "big5hkscs",
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso8859-1": "cp1252", "shift_jis": "cp932", "shift-jis": "cp932",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "iso-8859-9": "cp1254",
}  # fmt: skip
# The commonest characters of Chinese text, simplified and traditional: what a right decoding is
# full of and a wrong one is not.
_COMMON: Final = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已"
    "老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问"
    "力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却"
    "代军产入先山五太水万市制中美英伟达芯片出口管制商务部销售份额恢复半导体人工智能"
    "這來個國說們為時過學對裡後麼沒於還發當開無見經頭動兩長樣現將與進實點種聲話兒給幾業間問機電東"
    "氣關並輝達晶片出口管制商務銷售佔占比半導體恢復對華國產"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes in UTF-8 that say so; ``problem`` tells what was wrong, ``encoding`` what they were.

    ``encoding`` is empty where we could not tell and left the bytes as they came.
    """

    data: bytes
    encoding: str
    problem: str = ""


def to_utf8(data: bytes, content_type: str = "", override: str = "") -> Decoded:
    """Decode by mark, by proof (valid UTF-8), by declaration, by plausibility, in this order.

    ``override`` is what the user says of this feed. The XML declaration is rewritten.

    >>> lie = "<?xml version='1.0' encoding='utf-8'?><a>英伟达恢复销售</a>"
    >>> to_utf8(lie.encode("gbk")).encoding
    'gb18030'
    """
    text, encoding, problem = _decode(data, content_type, override)
    if text is None:
        return Decoded(data, "", problem)
    text = _HEAD.sub('<?xml version="1.0" encoding="utf-8"?>', text.lstrip("\ufeff"), count=1)
    return Decoded(text.encode("utf-8", "replace"), encoding, problem)


def _decode(data: bytes, content_type: str, override: str) -> tuple[str | None, str, str]:
    if override:
        name = _name(override)
        return data.decode(name or "utf-8", "replace"), name, ""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), name, ""
    if name := _wide(data):
        return data.decode(name, "replace"), name, ""
    if name := _seven_bit(data, content_type):
        return data.decode(name), name, ""
    try:
        return data.decode("utf-8"), "utf-8", ""
    except UnicodeDecodeError:
        return _not_utf8(data, content_type)


def _seven_bit(data: bytes, content_type: str) -> str:
    """HZ or ISO-2022 where declared and used: their bytes are also ASCII, hence valid UTF-8."""
    if not data.isascii() or (b"\x1b" not in data and b"~{" not in data):
        return ""
    for name in _declarations(data, content_type):
        with suppress(UnicodeError):
            if name.startswith(("iso2022", "hz")) and data.decode(name):
                return name
    return ""


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, seen by where the zero bytes stand."""
    head = data[:8]
    for sign, name in (
        (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"),
        (b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"),
        (b"<\0r\0", "utf-16-le"), (b"\0<\0r", "utf-16-be"), (b"{\0", "utf-16-le"),
    ):  # fmt: skip
        if head.startswith(sign):
            return name
    return ""


def _not_utf8(data: bytes, content_type: str) -> tuple[str | None, str, str]:
    declared = _declarations(data, content_type)
    repaired = _mostly_utf8(data)
    if repaired is not None:
        return repaired, "utf-8", "not clean UTF-8: single bytes were read as Windows-1252"
    best: tuple[float, int, str, str] | None = None
    rivals = [name for name in declared if name != "utf-8"]
    for rank, name in enumerate([*rivals, "gb18030", "big5hkscs", "cp1252"]):
        try:
            text = data.decode(name)
        except (UnicodeError, LookupError):
            continue
        if name in rivals and not _chinese(name):
            return text, name, ""  # a declared single-byte set cannot be proved wrong
        # What decodes as declared is believed, unless another reading is far better.
        score = (plausibility(text) + 0.25 * (name in rivals), -rank, name, text)
        best = score if best is None or score[:2] > best[:2] else best
    if best is None or (best[2] == "cp1252" and not declared and data[:1] not in b"< \r\n{"):
        return None, "", "the encoding is not known"
    problem = (
        "" if best[2] in rivals else f"says {' and '.join(declared) or 'nothing'}, is {best[2]}"
    )
    return best[3], best[2], problem


def _chinese(name: str) -> bool:
    return name in ("gb18030", "big5hkscs", "hz")


def _declarations(data: bytes, content_type: str) -> list[str]:
    """The encodings that the XML declaration and the header name, known ones only."""
    found = []
    if inside := _DECLARED.match(data[:600]):
        found.append(inside.group(1).decode("ascii"))
    if outside := _CHARSET.search(content_type):
        found.append(outside.group(1))
    names = [_name(word) for word in found]
    return list(dict.fromkeys(name for name in names if name))


def declared(data: bytes) -> str:
    """The encoding that the XML declaration names; empty without one, or with an unknown one.

    >>> declared(b"<?xml version='1.0' encoding='Big5'?><a/>"), declared(b"<a/>")
    ('big5hkscs', '')
    """
    return next(iter(_declarations(data, "")), "")


def _name(word: str) -> str:
    lower = word.strip().lower()
    name = _LARGER.get(lower, lower)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # Codecs that are no character sets ("hex", "zlib") have no business here; UTF-7 smuggles.
    return info.name if info._is_text_encoding and info.name != "utf-7" else ""


def _mostly_utf8(data: bytes) -> str | None:
    """Text that is UTF-8 but for a few bytes; None where it is something else."""
    # Counted by decoding: a list of every letter of a large body would take a gigabyte.
    clean = data.decode("utf-8", "ignore")
    bad = len(data) - len(clean.encode())
    good = len(clean) - len(clean.encode("ascii", "ignore"))
    if bad > 20 + good // 10 or good < 2 * bad:
        return None
    return re.sub(
        "[\udc80-\udcff]",
        lambda found: bytes([ord(found.group()) - 0xDC00]).decode("cp1252", "replace"),
        data.decode("utf-8", "surrogateescape"),
    )


def plausibility(text: str) -> float:
    """How much of the Chinese in a text is common Chinese: 0 to 1; 0.2 where there is none.

    >>> plausibility("商务部回应出口管制") > plausibility("鍟嗗姟閮ㄥ洖搴斿嚭鍙")
    True
    """
    sample = [letter for letter in text[:200_000] if letter > "\x7f"]
    han = [letter for letter in sample if "\u3400" <= letter <= "\u9fff"]
    if len(han) * 2 < len(sample) or not han:
        return 0.2
    return sum(letter in _COMMON for letter in han) / len(han)
