"""An act told in another capital's words is that of the one who acts. All headlines are made up."""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader

PASSED_ON = [
    ("Tokyo says US has allowed Nvidia to sell H20 chips to China", "US", "ease"),
    ("Seoul says Washington has extended Samsung's chip waiver", "US", "ease"),
    ("Dutch minister says US has agreed to drop ASML curbs", "US", "ease"),
    ("EU says China has suspended new rare earth export controls", "CN", "ease"),
    ("Japan says China has banned exports of dual-use items to its companies", "CN", "tighten"),
    ("Netherlands says China has restricted gallium exports", "CN", "tighten"),
    ("Korea says US has revoked waivers for Samsung and SK Hynix China plants", "US", "tighten"),
    ("US says China has resumed rare earth exports", "CN", "ease"),
    ("韩国称美方已给予三星在华工厂一年期许可", "US", "ease"),
    ("日本称中国已禁止对日出口两用物项", "CN", "tighten"),
    ("南韓稱美國已撤銷三星、SK海力士在中國廠的豁免", "US", "tighten"),
    ("德国称中方已批准向其车企出口稀土", "CN", "ease"),
    ("台湾经济部称美国将华邦列入实体清单", "US", "tighten"),
]


@pytest.mark.parametrize(("title", "capital", "direction"), PASSED_ON)
def test_an_act_passed_on_is_that_of_who_acts(
    read: Reader, title: str, capital: str, direction: str
) -> None:
    found = read(title)
    assert found.relevant
    assert found.kind != "statement"
    assert (found.jurisdiction[:1], found.direction) == ((capital,), direction)


@pytest.mark.parametrize(
    ("title", "capital"),
    [
        ("South Korea says US may revoke chip waivers", "KR"),
        ("Dutch minister says US wants tighter ASML curbs", "NL"),
        ("US says China violated Geneva truce", "US"),
        ("Trump says China has agreed to lift rare earth curbs", "US"),
    ],
)
def test_what_may_be_done_or_is_laid_to_somebody_stays_his_words(
    read: Reader, title: str, capital: str
) -> None:
    assert read(title).jurisdiction[:1] == (capital,)


def test_what_a_country_says_of_itself_is_its_own(read: Reader) -> None:
    assert read("Japan says it will tighten controls on chip tools").jurisdiction[:1] == ("JP",)


def test_a_sign_that_is_no_letter_makes_no_english_chinese(read: Reader) -> None:
    title = "South Korea says US has revoked waivers for Samsung chip plants in China worth €5bn"
    assert read(title).jurisdiction[:1] == ("US",)
