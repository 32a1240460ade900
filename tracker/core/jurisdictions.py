"""What people call the jurisdictions that act: by country, people, capital, in three scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "US": ("USA", "U.S.", "U.S.A.", "United States", "United States of America", "America",
           "American", "Washington", "美国", "美", "美方", "华盛顿"),
    "CN": ("China", "Chinese", "PRC", "People's Republic of China", "Beijing", "mainland China",
           "中国", "中", "中方", "中华人民共和国", "大陆", "中国大陆", "北京"),
    "NL": ("Netherlands", "The Netherlands", "Dutch", "Holland", "The Hague", "荷兰", "海牙"),
    "JP": ("Japan", "Japanese", "Tokyo", "日本", "日方", "东京"),
    "KR": ("South Korea", "South Korean", "Korea", "Republic of Korea", "Seoul", "韩国", "南韩",
           "首尔"),
    "TW": ("Taiwan", "Taiwanese", "Taipei", "台湾", "台北", "中华民国"),
    "MY": ("Malaysia", "Malaysian", "Kuala Lumpur", "马来西亚", "大马", "吉隆坡"),
    "SG": ("Singapore", "Singaporean", "新加坡", "狮城"),
    "AE": ("UAE", "United Arab Emirates", "Emirates", "Emirati", "Abu Dhabi", "阿联酋", "阿布扎比"),
    "SA": ("Saudi Arabia", "Saudi", "Riyadh", "沙特", "沙特阿拉伯", "利雅得"),
    "EU": ("European Union", "Europe", "European", "European Commission", "Brussels", "欧盟",
           "欧洲", "布鲁塞尔"),
    "DE": ("Germany", "German", "Berlin", "德国", "柏林"),
    "GB": ("UK", "U.K.", "United Kingdom", "Britain", "British", "London", "英国", "伦敦"),
}  # fmt: skip
"""ISO 3166 codes (and EU, as the record writes it) to names; traditional forms fold to these."""


def called(code: str) -> tuple[str, ...]:
    """Every name of a jurisdiction, its code first; the code alone where no other is known.

    >>> called("NL")[:2], called("XX")
    (('NL', 'Netherlands'), ('XX',))
    """
    return (code, *NAMES.get(code, ()))
