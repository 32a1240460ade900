"""What agencies publish under their own titles: the words are those of the rule, not of a reporter.

The titles are in the form of the Federal Register and of ministries; the summaries are made up.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.conftest import Reader, entry
from tracker.core.lexicon import Lexicon
from tracker.core.recognise import recognise

OFFICES = {"US": "Federal Register", "CN": "商务部"}


@pytest.mark.parametrize(
    ("title", "summary", "told"),
    [
        ("Revisions to the Unverified List",
         "BIS is amending the EAR by adding 33 persons in China to the Unverified List.",
         ("listing", "tighten", "US")),
        ("Revisions to the Unverified List",
         "BIS is amending the EAR by removing 27 persons in China from the Unverified List.",
         ("listing", "ease", "US")),
        ("Commerce strikes TSMC Nanjing off validated end-user list", "",
         ("licence", "tighten", "US")),
        ("美国将三星、SK海力士移出经验证最终用户名单", "", ("licence", "tighten", "US")),
        ("US adds Samsung to validated end-user list", "", ("licence", "ease", "US")),
        ("商务部公告2025年第61号 公布对境外相关稀土物项实施出口管制的决定", "",
         ("countermeasure", "tighten", "CN")),
    ],
)  # fmt: skip
def test_titles_of_agencies(
    lexicon: Lexicon, title: str, summary: str, told: tuple[str, str, str]
) -> None:
    published = replace(entry(title, summary), publisher=OFFICES[told[2]])
    found = recognise(published, lexicon)[0]
    assert found.relevant
    assert (found.kind, found.direction, found.jurisdiction[0]) == told


def test_a_headline_that_opens_with_how_tells_of_no_act(read: Reader) -> None:
    assert not read("How Nvidia's ban could help Huawei").relevant
    assert read("Commerce says how Nvidia may ship H20 chips to China under licences").relevant


def test_a_list_of_leave_made_shorter_tightens(lexicon: Lexicon) -> None:
    told = entry(
        "Revision to the List of Validated End-Users in the People's Republic of China",
        "BIS removes Intel Semiconductor (Dalian) and Samsung China from the VEU program.",
    )
    found = recognise(replace(told, publisher=OFFICES["US"]), lexicon)[0]
    assert (found.relevant, found.direction) == (True, "tighten")
