"""Sentences about acts of the record, true or false in one point: how many are judged wrongly.

``data/told.tsv`` has them with the point in which each false one is false. They measure; no rule
is made for one of them.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.core.test_article import check, events, remarks
from tracker.core.article_nouns import Checked

TOLD = Path(__file__).parent / "data" / "told.tsv"


@cache
def judged() -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {"true": Counter(), "false": Counter()}
    for line in TOLD.read_text(encoding="utf-8").splitlines():
        truth, _, sentence = line.split("\t")
        (one,) = check(sentence, "2026-11-24")
        found[truth][one.verdict] += 1
    return found


def test_there_are_as_many_true_ones_as_false_ones() -> None:
    true, false = (sum(found.values()) for found in judged().values())
    assert true > 110
    assert false > 110


def test_few_false_sentences_agree() -> None:
    assert judged()["false"]["agrees"] <= 1
    assert judged()["false"]["nothing to check"] <= 11


def test_no_true_sentence_conflicts_and_few_are_only_in_part() -> None:
    found = judged()["true"]
    assert found["conflicts"] == found["not in the record"] == 0
    assert found["in part"] <= 1
    assert found["nothing to check"] <= 5


def unchecked(one: Checked) -> list[str]:
    return [finding.remark for finding in one.findings if finding.about == "rest"]


# ---- verbs in classes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "verdict", "remark"),
    [
        ("The US lifted its H20 licence requirement on July 14, 2025.", "in part",
         "imprecise: article: lifts; record: promises"),
        ("The H20 ban was lifted in July 2025.", "in part", "lifts; record: promises"),
        ("美国2025年7月解除了H20的出口许可要求。", "in part", "lifts; record: promises"),
        ("Nvidia got licences to sell H20 in July 2025.", "conflicts",
         "article: grants; record: promises"),
        ("China banned exports of germanium to the United States on July 3, 2023.", "in part",
         "imprecise: article: a ban; record: a licence requirement"),
        ("中国2023年7月3日禁止对美国出口镓。", "in part", "a ban; record: a licence requirement"),
        ("BIS repealed the 50% affiliates rule on November 10, 2025.", "conflicts",
         "article: ends; record: suspends"),
        ("In May 2025 the US rescinded the AI diffusion rule and replaced it with a ban on Huawei.",
         "in part", "article: a ban; record: advice"),
        ("China lifted its ban on gallium exports to the US on November 9, 2025.", "in part",
         "imprecise: article: lifts; record: suspends"),
        ("China suspended its ban on gallium exports to the US on November 9, 2025.", "agrees", ""),
        ("Trump approved sales of the H200 to any buyer in China on December 8, 2025.", "in part",
         "article: any buyer; the record does not say so of all"),
        ("On October 9, 2025 China banned all rare-earth exports.", "in part",
         "article: a ban; record: controls"),
        ("China's cyberspace regulator fined Nvidia on July 31, 2025 over the H20.", "conflicts",
         "article: a fine; record: a summons"),
        ("Japan's controls on 23 chip tools took effect on March 31, 2023.", "conflicts",
         "record: effective 2023-07-23"),
    ],
)  # fmt: skip
def test_a_verb_of_another_class_is_told(text: str, verdict: str, remark: str) -> None:
    (one,) = check(text, "2026-11-24")
    assert one.verdict == verdict
    assert remark in remarks(one)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("China suspended the 50% affiliates rule on November 10, 2025.", "CN acts; record: US"),
        ("On 25 March 2025 the US put Lenovo subsidiaries on the Entity List.", "not name Lenovo"),
        ("China required licences for 17 medium and heavy rare earths on April 4, 2025.",
         "record: 7"),
        ("The US Senate passed the Remote Access Security Act on January 12, 2026.",
         "the Senate; record: the House"),
        ("Seagate agreed to pay $500 million on April 19, 2023 over hard drives sold to Huawei.",
         "record: $300 million"),
        ("The House passed the Remote Access Security Act by 269 to 122 on January 12, 2026.",
         "article: 269-122; record: 369-22"),
        ("The US charged five people on August 5, 2025 with shipping Nvidia H100 chips to China.",
         "article: 5 people; record: 2"),
        ("China listed seven Japanese arms makers as unreliable on January 14, 2025.",
         "article: japanese; record: us"),
        ("China banned exports of gallium, germanium and antimony to Japan on December 3, 2024.",
         "article: to JP; record: to US"),
        ("2025年10月30日，特朗普与习近平在釜山会晤，双方同意休战三年。", "3 years; record: 1 years"),
        ("Commerce issued its rule on worldwide AI chip exports on March 13, 2026.",
         "article: issued; record: ends"),
        ("The US removed 27 Chinese entities from the Entity List on August 21, 2023.",
         "record: list unverified"),
        ("On 11 August 2025 the US and China ended their tariff truce.", "record: extend"),
    ],
)  # fmt: skip
def test_who_and_how_many_are_compared(text: str, remark: str) -> None:
    (one,) = check(text, "2026-11-24")
    assert one.verdict in ("conflicts", "in part")
    assert remark in remarks(one)


# ---- each day and each act ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("China's market regulator opened an antitrust probe of Nvidia on December 9, 2024 and one"
         " of Qualcomm on March 1, 2025.", "one of Qualcomm on March 1, 2025"),
        ("Washington revoked the VEU status of Samsung and SK Hynix on August 29, 2025, and that of"
         " TSMC Nanjing on November 2.", "that of TSMC Nanjing on November 2"),
        ("On January 13, 2026 BIS moved H200 exports to China to case-by-case review, and on"
         " February 20 Trump imposed a 50% tariff on some chips.", "February 20"),
        ("On 9 October 2025 the Senate passed the GAIN AI Act as part of the defence bill, and"
         " Trump signed it into law in December 2025.", "article: signed; record: dropped"),
        ("In May 2025 the US rescinded the AI diffusion rule and added Tencent to the Entity List.",
         "added Tencent to the Entity List"),
        ("2024年12月2日，美国将140家实体列入实体清单，12月20日中国禁止对美国出口石墨。", "12月20日"),
    ],
)  # fmt: skip
def test_the_second_half_is_not_covered_by_the_first(text: str, left: str) -> None:
    (one,) = check(text, "2026-11-24")
    assert one.verdict in ("in part", "conflicts")
    assert left in "; ".join([*unchecked(one), remarks(one)])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("China's market regulator opened an antitrust probe of Nvidia on December 9, 2024 and one"
         " of Qualcomm on October 10, 2025.",
         ["2024-12-09-samr-opens-nvidia-probe", "2025-10-10-samr-qualcomm-probe"]),
        ("Washington revoked the VEU status of Samsung and SK Hynix on August 29, 2025, and that of"
         " TSMC Nanjing on September 2.",
         ["2025-08-29-us-ends-veu-samsung-skhynix", "2025-09-02-us-ends-veu-tsmc-nanjing"]),
        ("On 9 October 2025 the Senate passed the GAIN AI Act as part of the defence bill, and"
         " Congress dropped it in December 2025.",
         ["2025-10-09-senate-ndaa-gain-ai", "2025-12-03-gain-ai-dropped-from-ndaa"]),
        ("中国2025年10月9日发布公告，对稀土等物项实施出口管制，11月7日宣布暂停至2026年11月10日。",
         ["2025-10-09-cn-rare-earth-extraterritorial",
          "2025-11-07-mofcom-suspends-october-controls"]),
        ("In May 2025 the US rescinded the AI diffusion rule and warned against using Huawei's"
         " Ascend chips.",
         ["2025-05-13-bis-rescinds-ai-diffusion-rule", "2025-05-13-bis-ascend-gp10-guidance"]),
    ],
)  # fmt: skip
def test_each_act_of_a_sentence_finds_its_own(text: str, told: list[str]) -> None:
    (one,) = check(text, "2026-11-24")
    assert (one.verdict, unchecked(one)) == ("agrees", [])
    assert sorted(events(one)) == sorted(told)


def test_an_act_of_the_same_day_is_no_witness_without_a_name_in_common() -> None:
    (one,) = check(
        "The Netherlands took control of Nexperia on September 30, 2025 and suspended the order on"
        " November 19, 2025."
    )
    assert events(one) == ["2025-09-30-nl-nexperia-order", "2025-11-19-nl-suspends-nexperia-order"]


def test_a_sentence_of_many_clauses_is_not_read_clause_by_clause() -> None:
    """Each clause is read by recognition and set beside the whole record."""
    told = "On April 9, 2025 the US told Nvidia that H20 exports need a licence"
    (one,) = check(told + "".join(f", and banned Tencent from port {n}" for n in range(300)) + ".")
    left = unchecked(one)[0].split("; ")
    assert len(left) <= 21
    assert left[-1] == "and more"


# ---- days that are none of the act ----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "China suspended its October 2025 rare-earth controls until November 10, 2026.",
        "China suspended its October 2025 rare-earth controls on November 7, 2025.",
        "On November 7, 2025 China suspended until November 10, 2026 the export controls it had"
        " announced on October 9.",
        "商务部11月7日宣布暂停实施2025年10月9日的稀土出口管制。",
        "2025年11月7日，中国暂停实施10月9日的稀土出口管制至2026年11月10日。",
    ],
)
def test_a_day_before_the_noun_of_a_measure_names_the_measure(text: str) -> None:
    (one,) = check(text, "2026-11-24")
    assert (one.verdict, unchecked(one)) == ("agrees", [])
    assert events(one) == ["2025-11-07-mofcom-suspends-october-controls"]


def test_the_number_of_a_comparison_is_not_the_act_s() -> None:
    (one,) = check(
        "Commerce on Thursday added 27 Chinese firms to the Entity List, the most since it added"
        " about 80 on March 25, 2025.", "2026-11-27",
    )  # fmt: skip
    assert (one.verdict, events(one)) == ("not in the record", [])
    (one,) = check(
        "On September 12, 2025 the US added 32 entities to the Entity List, fewer than the 70 it"
        " added on March 25, 2025."
    )
    assert events(one) == ["2025-09-12-entity-list-32-fudan-gmc"]
    assert unchecked(one) == ["fewer than the 70 it added on March 25, 2025"]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Japan restricted 23 types of chip equipment in July 2023.",
         "2023-03-31-jp-announces-23-items"),
        ("Cadence pleaded guilty and paid over $140 million in July 2025.",
         "2025-07-28-cadence-guilty-plea"),
    ],
)  # fmt: skip
def test_a_firm_or_a_capital_and_a_number_name_an_act(text: str, event: str) -> None:
    (one,) = check(text, "2026-11-24")
    assert (one.verdict, events(one)) == ("agrees", [event])


def test_a_penalty_is_known_by_its_sum_in_another_month() -> None:
    (one,) = check("Applied Materials agreed to pay $252 million in November 2026.", "2026-11-27")
    assert (one.verdict, events(one)) == (
        "conflicts", ["2026-02-11-applied-materials-252m-penalty"],
    )  # fmt: skip


# ---- an article -----------------------------------------------------------------------------


def test_a_report_of_several_acts_a_sentence() -> None:
    """A subject left out, *it* for what was told before, a measure called by its day."""
    china, chip, dutch = check(
        "China on Friday suspended the export controls on rare earths it announced on October 9,"
        " and on Sunday it paused its ban on gallium, germanium and antimony exports to the United"
        " States until Nov. 27, 2026. Nvidia was told on April 9 that its H20 needed a licence; in"
        " July Washington assured it that licences would be granted. The Netherlands took control"
        " of Nexperia on September 30; China blocked the chipmaker's exports on October 4 and"
        " offered exemptions on November 1.", "2025-11-12",
    )  # fmt: skip
    assert [one.verdict for one in (china, chip, dutch)] == ["agrees"] * 3
    assert events(china) == [
        "2025-11-07-mofcom-suspends-october-controls", "2025-11-09-cn-suspends-ga-ge-sb-ban",
    ]  # fmt: skip
    assert events(chip) == [
        "2025-04-09-us-h20-licence-requirement", "2025-07-14-h20-mi308-licences-promised",
    ]  # fmt: skip
    assert events(dutch) == [
        "2025-09-30-nl-nexperia-order", "2025-10-04-cn-nexperia-export-block",
        "2025-11-01-mofcom-nexperia-exemptions",
    ]  # fmt: skip
