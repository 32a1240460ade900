"""What is only said, asked for, threatened or laid to somebody, read with the project's own words."""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader
from tracker.core.lexicon import Lexicon
from tracker.core.text import fold
from tracker.core.zones import zones

WORDS = (
    "Lutnick suggests Blackwell chips could be sold to China one day",
    "US Treasury chief says AMD might be let back into China's chip market",
    "China threatens retaliation if Netherlands tightens chip tool curbs",
    "US accuses Alibaba of evading chip export controls",
    "美财长暗示Blackwell芯片未来可能对华销售",
    "荷兰外贸大臣称不会扩大对华光刻机出口限制",
)
ACTS = (
    ("US lets AMD sell MI308 chips to China", "licence"),
    ("Trump says Nvidia can sell H200 chips to China", "licence"),
    ("US adds 12 Chinese chip firms accused of arming Russia to Entity List", "listing"),
    ("美国商务部将12家中国企业列入实体清单", "listing"),
)


FIRMS = (
    "Memory maker CXMT asks American engineers to leave after US chip rule",
    "Wingtech seeks arbitration and damages over Dutch seizure of Nexperia",
    "ByteDance trains AI models in Malaysia data centres with Nvidia servers",
    "受美国新规影响 中芯国际美籍员工离职",
    "字节跳动租用马来西亚数据中心训练AI模型",
)


def unacted(title: str, lexicon: Lexicon) -> bool:
    return bool(zones(fold(title), fold(""), lexicon)[0].mask & lexicon.bit("unacted"))


@pytest.mark.parametrize("title", WORDS)
def test_what_is_only_said_is_a_statement(title: str, lexicon: Lexicon, read: Reader) -> None:
    assert unacted(title, lexicon)
    assert read(title).kind == "statement"


@pytest.mark.parametrize(("title", "kind"), ACTS)
def test_an_act_that_somebody_tells_of_stays_one(
    title: str, kind: str, lexicon: Lexicon, read: Reader
) -> None:
    assert not unacted(title, lexicon)
    assert read(title).kind == kind


@pytest.mark.parametrize("title", FIRMS)
def test_what_a_firm_does_under_a_control_is_its_own_step(title: str, read: Reader) -> None:
    assert read(title).kind == "company"


def test_a_condition_of_licences_is_a_licence(read: Reader) -> None:
    told = read("US changes licence conditions for Huawei suppliers")
    assert (told.kind, told.direction) == ("licence", "tighten")
