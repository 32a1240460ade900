"""What agencies publish under their own titles: the words are those of the rule, not of a reporter.

The titles are in the form of the Federal Register and of ministries; the summaries are made up.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.conftest import Reader, entry
from tracker.core.build import build
from tracker.core.lexicon import Lexicon
from tracker.core.recognise import recognise
from tracker.model import Entry

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


def printed(title: str, summary: str) -> Entry:
    return replace(entry(title, summary), publisher=OFFICES["US"], tier="official")


def test_what_the_register_prints_among_its_proposals_binds_nobody(lexicon: Lexicon) -> None:
    title = "Controls on Advanced Node Photolithography Equipment; Request for Comments"
    words = "\nIndustry and Security Bureau\nThis rule would impose license requirements on exports of photolithography equipment to China."
    proposed = recognise(printed(title, "Proposed Rule" + words), lexicon)[0]
    made = recognise(printed(title, "Rule" + words), lexicon)[0]

    assert proposed.relevant
    assert (proposed.status, proposed.binding) == ("proposed", False)
    assert (made.status, made.binding) == ("confirmed", True)


@pytest.mark.parametrize(
    ("title", "action", "counts"),
    [
        ("Additions to the Entity List", "", True),
        ("Additions to the Entity List; Correction", "", False),
        ("Correction: Additions to the Entity List", "", False),
        ("Additions to the Entity List", "\nFinal rule; correction.", False),
        ("Additions to the Entity List; Updates and Corrections", "", True),
    ],
)
def test_a_correction_of_the_register_is_no_act_of_its_own(
    lexicon: Lexicon, title: str, action: str, *, counts: bool
) -> None:
    said = f"Rule{action}\nIndustry and Security Bureau\nBIS adds 23 entities in China to the Entity List."
    found = recognise(printed(title, said), lexicon)

    nodes = [one for one in found if one.relevant]  # it may follow others' reports, and no more
    assert found[0].relevant is (build(nodes) is not None) is counts
