"""Whose chips a figure is of: a claim about one maker is never held to another one's figure."""

from __future__ import annotations

import re
from typing import Final

_MAKERS: Final = {
    name: re.compile(rule)
    for name, rule in (
        ("Huawei", r"huawei|华为|[昇升]腾|ascend|\b910[bc]|950pr"),
        ("Cambricon", r"cambricon|寒武纪"),
        ("Hygon", r"hygon|海光"),
        ("MetaX", r"metax|沐曦"),
        ("Moore Threads", r"moore[- ]threads|摩尔线程"),
        ("Kunlunxin", r"kunlunxin|昆仑芯"),
        ("T-Head", r"t-head|平头哥"),
        ("AMD", r"\bamd\b|mi308|超威"),
        ("H20", r"(?<![a-z0-9])h20(?!\d)"),
        ("H200", r"(?<![a-z0-9])h200(?!\d)"),
    )
}


def named(folded: str) -> frozenset[str]:
    """The makers, and those of Nvidia's chips that have figures of their own, in folded words.

    >>> sorted(named("huawei shipped ascend chips")), sorted(named("h20销售"))
    (['Huawei'], ['H20'])
    """
    return frozenset(name for name, rule in _MAKERS.items() if rule.search(folded))


def of_row(series: str, variant: str | None) -> frozenset[str]:
    """The makers that a row of the record is of; none where it is of all, or of Nvidia as a whole.

    >>> sorted(of_row("cn-local-vendor-units", "huawei+cambricon"))
    ['Cambricon', 'Huawei']
    >>> of_row("local-ai-chip-growth", "all-china-brands-shipments")
    frozenset()
    """
    return named(f"{series} {variant or ''}")
