"""What is denied or ruled out is no act; what is refused, or not ruled out, is read as it stands.

All headlines are made up.
"""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader
from tracker.core.build import build
from tracker.core.denied import denied

DENIED = [
    "Commerce rules out adding Xiaomi to Entity List",
    "BIS will not reinstate affiliates rule, official says",
    "China denies it will lift gallium and germanium export ban",
    "White House denies report it will ban H20 sales",
    "Commerce has no plans to revoke Samsung waiver",
    "US not considering new restrictions on Chinese chips, Lutnick says",
    "美國商務部：不會將小米列入實體清單",
    "商务部否认将对镓锗解禁",
    "外交部：没有暂停稀土出口管制",
    "传商务部将暂停对美稀土管制？官方：假消息",
    "白宮否認考慮禁售H20",
    "美方：不会放宽对华芯片出口管制",
    "商务部:不存在禁止稀土出口",
    "US doesn't plan to lift export curbs on Nvidia chips, Lutnick says",
    "US won’t lift export curbs on Nvidia chips, Lutnick says",
    "China isn't banning rare earth exports to EU, Beijing says",
    "US isn't considering easing chip export controls on China",
    "US wouldn't add Alibaba to Entity List, official says",
    "Netherlands doesn't intend to tighten ASML export rules",
    "Commerce denies it plans new chip export rule",
    "No plan to add DeepSeek to Entity List, White House says",
    "Commerce denies reports that it will ban H20 exports",
    "US not yet decided on adding Alibaba to Entity List",
    "Beijing denies it ordered firms to stop buying H20 chips",
    "Chinese embassy denies Beijing halted rare earth magnet exports",
    "Reports that China banned H20 purchases are false, ministry says",
    "'Fake news': White House on report US will ban H20",
    "No truth to report of H20 ban, says China commerce ministry",
    "US decides not to add DeepSeek to Entity List",
    "Trump almost approved Blackwell chip sales to China, aides say",
    "Chinese customs has not blocked H200 shipments, official says",
    "Beijing says no decision yet on limiting rare earth exports to US",
    "ASML says it has received no order to stop servicing tools in China",
    "传美将解除对华为芯片禁令 商务部：绝无此事",
    "暂停稀土管制是否延长 商务部：尚未决定",
    "商務部駁斥暫停稀土出口傳聞",
    "经济部：没有要将小米列入实体名单",
    "商务部：从未将台积电列入不可靠实体清单",
    "美商務部否認批准輝達H200銷中 稱報導不實",
    "商务部：未对镓实施出口限制",
]
DONE = {
    "Commerce denies Inspur licence to buy AI chips": ("licence", "tighten"),
    "US has not approved any H20 export licences, officials say": ("licence", "tighten"),
    "China lifts ban on gallium exports to US": ("countermeasure", "ease"),
    "US adds Xiaomi to Entity List": ("listing", "tighten"),
    "商务部宣布暂停稀土出口管制": ("countermeasure", "ease"),
    "US drops charges against Chinese chip smuggler": ("enforcement", "ease"),
    "美司法部撤销对浪潮走私案的起诉": ("enforcement", "ease"),
    "Commerce hasn't approved H20 export licences, Nvidia says": ("licence", "tighten"),
    "Commerce declines to renew Intel licence for Huawei": ("licence", "tighten"),
    "Dutch government won't renew ASML licence for China DUV servicing": ("licence", "tighten"),
    "China has not yet granted rare earth export licences to EU": ("licence", "tighten"),
    "Dutch government decides against renewing ASML licence to ship EUV": ("licence", "tighten"),
    "Appeals court overturns export fine against chip distributor": ("enforcement", "ease"),
    "US drops plan to add Alibaba to Entity List": ("listing", "ease"),
    "US shelves plan to add CXMT to Entity List": ("listing", "ease"),
    "Dutch government takes back ASML licence for tools bound for China": ("licence", "tighten"),
    "Senate rejects amendment to AI chip export bill": ("legislation", "ease"),
    "US judge blocks rule expanding Entity List to affiliates": ("rule", "ease"),
}


@pytest.mark.parametrize("title", DENIED)
def test_what_is_denied_is_only_said(title: str, read: Reader) -> None:
    told = read(title)
    assert told.relevant, told.reasons
    assert (told.kind, told.direction) == ("statement", "neutral"), told.reasons


@pytest.mark.parametrize("title", DONE)
def test_what_is_refused_or_given_up_is_an_act(title: str, read: Reader) -> None:
    told = read(title)
    assert (told.kind, told.direction) == DONE[title], told.reasons


@pytest.mark.parametrize(
    "title",
    [
        "Nvidia hasn't received licences to ship H20 chips to China",
        "Nvidia has yet to receive licences to ship H20 chips to China",
        "AMD says it has not obtained MI308 licence",
        "TSMC yet to secure licence for Nanjing fab",
        "Samsung hasn't got US waiver for Xian plant",
        "US has not resumed H20 shipments, source says",
        "英伟达称尚未获得H20出口许可", "AMD：還沒拿到MI308許可證",
    ],
)  # fmt: skip
def test_a_licence_that_did_not_come_eases_nothing(title: str, read: Reader) -> None:
    told = read(title)
    assert (told.relevant, told.kind, told.direction) == (True, "licence", "neutral"), told.reasons


@pytest.mark.parametrize(
    "title",
    [
        "Trump doesn't rule out Blackwell sales to China",
        "Trump does not rule out allowing Blackwell sales to China",
        "US not ruling out new chip curbs, official says",
    ],
)
def test_what_is_not_ruled_out_is_no_act(title: str, read: Reader) -> None:
    told = read(title)
    assert (told.relevant, told.kind) == (True, "statement"), told.reasons


@pytest.mark.parametrize(
    "text",
    [
        "美国不排除扩大限制", "commerce denies licence to inspur", "us widens chip rule",
        "officials denied entry to the plant", "us not ruling out new chip curbs",
        "nvidia has not shipped h20 as us bans exports", "商务部不再限制出口申请数量的说明会改期",
    ],
)  # fmt: skip
def test_what_rules_nothing_out_is_no_denial(text: str) -> None:
    assert not denied(text)


def test_a_look_back_of_a_year_is_no_news(read: Reader) -> None:
    told = read("One year ago: US suspended the affiliates rule",
                "On Nov. 10, 2025 BIS suspended the rule. We look back.", "2026-11-10")  # fmt: skip
    assert not told.relevant, told.reasons


@pytest.mark.parametrize(
    "title",
    [
        "高通胀下美国商务部长谈关税", "美光伏关税再延期", "AI浪潮席卷制造业 政府推动减排",
        "三星堆遗址出土青铜器", "石墨烯散热片量产", "新款骁龙芯片发布",
    ],
)  # fmt: skip
def test_a_name_within_another_word_is_none(title: str, read: Reader) -> None:
    told = read(title)
    firms = {"Qualcomm", "Micron", "Inspur", "Samsung", "graphite", "Loongson"}
    assert firms.isdisjoint((*told.actors, *told.items)), told.reasons


def test_a_name_beside_such_a_word_stays_one(read: Reader) -> None:
    told = read("美国明年华为许可将到期 高通与浪潮信息受影响")
    assert {"Huawei", "Qualcomm", "Inspur"} <= set(told.actors)


@pytest.mark.parametrize(
    "title",
    [
        "外交部：不了解英伟达H20有关情况",
        "商务部：不掌握美方放行H20情况",
        "MOFCOM unaware of reported ban on Nvidia chips",
        "Foreign ministry not familiar with reports of ban on Micron chips",
    ],
)
def test_who_knows_nothing_of_an_act_tells_of_none(read: Reader, title: str) -> None:
    found = read(title)
    assert (found.kind, found.direction) == ("statement", "neutral")


def test_a_denial_makes_no_plan_firmer(read: Reader) -> None:
    plan = read("US weighs ban on Chinese AI models", day="2026-11-16")
    denial = read("White House denies plan to ban Chinese AI models", day="2026-11-17")
    event = build([plan, denial])
    assert event is not None
    assert (event.kind, event.status, event.reports) == ("rule", "proposed", 2)
