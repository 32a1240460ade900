"""Meetings and visits that only say when an act was, in three scripts."""

from __future__ import annotations

import pytest

from tests.core.conftest import Teller
from tracker.core.beforehand import beforehand
from tracker.core.text import fold


@pytest.mark.parametrize(("title", "left_out"), [
    ("China tightens rare earth controls ahead of possible Trump-Xi meeting",
     "ahead of possible trump-xi meeting"),
    ("Beijing widens graphite licensing weeks before the leaders' summit",
     "weeks before the leaders' summit"),
    ("US clears AMD chips as Lisa Su visits Beijing", " as lisa su visits beijing"),
    ("川習會前夕 中國收緊石墨管制", "川习会前夕"),
    ("中美元首会晤前，商务部公布钨出口许可清单", "中美元首会晤前"),
    ("苏姿丰访华期间 传放行MI308", "苏姿丰访华期间"),
])  # fmt: skip
def test_what_only_says_when_is_left_out(title: str, left_out: str) -> None:
    text = fold(title).text
    (span,) = beforehand(text)
    assert text[slice(*span)] == left_out


@pytest.mark.parametrize("title", [
    "Trump and Xi meet in Busan", "Officials hold talks before noon", "As chips flow, Huang visits",
    "US curbs chips as demand rises", "目前双方会谈顺利", "会谈前景不明", "黄仁勋访华",
])  # fmt: skip
def test_what_tells_of_a_meeting_stays(title: str) -> None:
    assert beforehand(fold(title).text) == []


@pytest.mark.parametrize(("title", "kind", "capital"), [
    ("China expands rare earth export controls ahead of Trump-Xi meeting", "countermeasure", "CN"),
    ("US clears Nvidia H20 exports to China as Huang visits Beijing", "licence", "US"),
    ("川習會前 商務部宣布加強稀土出口管制", "countermeasure", "CN"),
])  # fmt: skip
def test_the_act_is_that_of_who_does_it(title: str, kind: str, capital: str, told: Teller) -> None:
    (one, *_) = told(title)
    assert (one.kind, one.jurisdiction[0]) == (kind, capital)
