"""Headlines that take something back: which way they go. All are made up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.core.conftest import Reader
from tracker.core.cluster import groups
from tracker.core.decisions import NONE
from tracker.core.text import fold
from tracker.core.undone import undone

EASES = [
    "US drops plan to add Alibaba to Entity List",
    "US backs off plan to revoke waivers for Korean chipmakers in China",
    "Japan withdraws plan to curb exports of chip materials to China",
    "Taiwan halts plan to curb chip exports to South Africa",
    "Netherlands cancels expansion of chip tool controls",
    "Washington calls off planned blacklisting of CXMT",
    "Commerce overturns denial of Nvidia H20 licence",
    "China closes antitrust probe into Nvidia",
    "China ends anti-dumping probe into US analog chips without duties",
    "BIS Publishes Interim Final Rule Removing Three Entities From Entity List",
    "BIS Withdraws Guidance Warning Against Use of Huawei Ascend Chips",
    "Dutch parliament rejects motion to halt chip tool exports to China",
    "Nvidia no longer needs US licence to ship H20 to China",
    "Licence no longer required for chip design software",
    "China no longer requires licences for US rare earth shipments",
    "SMIC no longer on Pentagon list",
    "China stops blocking Nexperia exports",
    "Trump spares Nvidia's H20 from new chip curbs",
    "China exempts some US chips from retaliatory tariffs",
    "Netherlands eases permit requirement for ASML spare parts",
    "Trump vetoes bill that would bar Nvidia chip sales to China",
    "Removal of YMTC from Pentagon list draws bipartisan anger",
    "Nexperia order lapses as Dutch minister lets deadline pass",
    "US drops 25% fee on Nvidia's China sales",
    "Commerce retracts is-informed letter to Nvidia on H20",
    "Netherlands pauses takeover of chipmaker Nexperia",
    "The Hague relinquishes control of Nexperia",
    "Minister suspends intervention at Nexperia",
    "Charges dropped against man accused of exporting chip tools to China",
    "Senate strips chip tracking mandate from defence bill",
    "End of chip software ban cheers Synopsys, Cadence",
    "Lifting of ban on Micron confirmed by China regulator",
    "Reversal of H20 ban welcomed by Nvidia",
    "US suspends affiliates rule for a year",
    "China suspends ban on gallium exports to US",
    "US lifts H20 ban",
    "US extends suspension of affiliates rule",
    "Court strikes down chip tariffs on China",
    "Withdrawal of Entity List proposal against CXMT surprises lawmakers",
    "美撤回對三星中國廠豁免的撤銷令",
    "美国撤回对华为供应商许可的吊销决定",
    "美国暂缓撤销台积电南京厂豁免",
    "美国推迟撤销三星和SK海力士豁免",
    "商务部：停止对16家美国实体实施出口管制管控名单措施",
    "美恢復台積電南京廠VEU豁免",
    "美商務部收回成命 恢復三星、SK海力士中國廠豁免",
    "美国放弃将百度列入实体清单",
    "川普政府放棄AI擴散規則",
    "美国搁置将长江存储子公司列入实体清单的计划",
    "荷蘭推遲實施DUV出口新規",
    "中国推迟实施稀土域外管辖新规一年",
    "美延後半年實施晶片設備零組件對中禁令",
    "五角大楼推迟公布中国军事企业清单",
    "美国将长江存储从实体清单中移除",
    "美將長江存儲自實體清單除名",
    "商務部將Skydio從不可靠實體清單移除",
    "日本将3家中企从最终用户清单删除",
    "美法院裁定国防部将中微公司列入涉军名单违法",
    "美法官暫時阻止商務部撤銷華為供應商許可",
    "海牙法院推翻荷兰政府对安世的接管令",
    "中方取消對美反制 美方撤銷穿透規則",
    "中国暂停对美实体反制 美方同步暂停实体清单新规",
    "商務部：美方取消針對中國企業的50%穿透規則 中方相應取消反制",
    "美国推迟对华芯片关税生效时间",
    "美國擱置AI晶片全球出口許可新規 草案撤回",
    "美商务部撤回对华联网汽车芯片限制提案",
    "商务部暂停稀土出口管制",
    "美国取消对华芯片设计软件出口限制",
    "市场监管总局终止对高通的反垄断调查",
    "301关税排除期延长",
]
TIGHTENS = [
    "US scraps affiliates rule suspension a year early",
    "China's gallium export ban suspension expires without renewal",
    "Trump reverses decision to allow Nvidia H20 sales to China",
    "Trump walks back pledge to allow Blackwell sales to China",
    "US abandons rule change that would have let Nvidia sell B30A to China",
    "US withdraws Huawei export licences, sources say",
    "Non-renewal of Huawei licences confirmed by Commerce",
    "US lets TSMC's China chip tool waiver lapse",
    "Samsung waiver runs out on Thursday, no renewal planned",
    "Samsung waiver to end on December 31 after US decision",
    "US to end waivers allowing Samsung and SK Hynix to ship tools to China",
    "US terminates licence exception that allowed chip sales",
    "US lets licence allowing Intel to sell to Huawei expire",
    "China no longer accepting H20 imports",
    "US rejects Huawei supplier's bid to get off Entity List",
    "Judge refuses to remove Hesai from Pentagon list of Chinese military companies",
    "US halts suspension of port fees, reviving charges on Chinese ships",
    "Temporary general licence for Huawei runs out",
    "US suspends licences for chip tool shipments to SMIC",
    "Commerce freezes export licences for Huawei",
    "China suspends rare earth export licences for Dutch firms",
    "荷兰解除对安世半导体接管令的暂停 重新接管",
    "美方撤销对长江存储移出实体清单的决定",
    "商務部撤回暫停稀土管制的公告",
    "美国决定不再延长三星西安工厂设备出口豁免",
    "商务部宣布稀土管制暂停期满后不再展期",
    "三星西安厂豁免到期 美国未续期",
    "SK海力士無錫廠VEU豁免到期 美商務部未予展延",
    "美拒絕展延三星VEU豁免",
    "陸解除暫停 恢復對29家美企實施不可靠實體清單措施",
    "荷蘭撤銷暫停 恢復安世部長令",
    "美國撤銷台積電南京廠豁免",
    "中国对荷兰暂停镓出口许可",
    "商务部暂停对美稀土出口",
    "美国吊销高通对华为出口许可",
    "美不再續延50%規則暫停期 下周一恢復執行",
]
NEITHER = [
    "Nvidia lifts sales forecast on H20 demand",
    "Nvidia halts H20 production",
    "Shares close lower on chip curbs",
    "Huang ends Beijing visit as chip curbs loom",
    "US adds 30 firms to Entity List",
    "US adds 30 firms to 'Entity List,' 10 removed after checks",
    "Qualcomm ends takeover talks with Arduino",
    "Nvidia drops after US chip curbs",
    "Chip stocks end lower as US weighs curbs",
    "商务部对镓实施出口管制",
    "美国将浪潮列入实体清单",
    "英伟达恢复对华销售H20",
    "中方要求美方取消实体清单",
]


@pytest.mark.parametrize("title", EASES)
def test_a_curb_that_goes_eases(title: str) -> None:
    assert undone(fold(title).text) == "ease"


@pytest.mark.parametrize("title", TIGHTENS)
def test_leave_that_goes_tightens(title: str) -> None:
    assert undone(fold(title).text) == "tighten"


@pytest.mark.parametrize("title", NEITHER)
def test_what_undoes_nothing_is_left_to_others(title: str) -> None:
    assert undone(fold(title).text) is None


@pytest.mark.parametrize(
    "title",
    [
        "Huang ends Beijing visit as chip curbs loom",
        "Senators urge US to scrap suspension of affiliates rule",
        "Will US lift chip curbs on China?",
        "New rule for military end users in China",
        "中方敦促美方撤销豁免的取消决定",
        "若美方取消实体清单 中方将恢复采购",
    ],
)
def test_what_is_asked_supposed_or_aside_is_no_act(title: str) -> None:
    assert undone(fold(title).text) is None


@pytest.mark.parametrize(
    ("title", "direction"),
    [
        ("US scraps affiliates rule suspension a year early", "tighten"),
        ("Commerce overturns denial of Nvidia H20 licence", "ease"),
        ("US lets TSMC's China chip tool waiver lapse", "tighten"),
        ("US withdraws Nvidia, AMD licenses to sell AI chips to China", "tighten"),
        ("Senators unveil bill to block Trump from easing AI chip curbs on China", "tighten"),
        ("美國推遲撤銷三星西安廠豁免", "ease"),
        ("美国将长江存储从实体清单中移除", "ease"),
        ("商务部：停止对16家美国实体实施出口管制管控名单措施", "ease"),
    ],
)
def test_an_item_goes_the_way_its_headline_turns(title: str, direction: str, read: Reader) -> None:
    told = read(title)
    assert told.direction == direction, told.reasons


@pytest.mark.parametrize(
    ("act", "reversal", "days"),
    [
        ("US revokes Samsung's China chip tool waiver",
         "US restores Samsung's China chip tool waiver", 6),
        ("US adds Goertek to Entity List", "US removes Goertek from Entity List, citing error", 4),
        ("US imposes licence rule on chip design software for China",
         "US withdraws licence rule on chip design software for China", 7),
        ("US bans H20 sales to China", "US lifts ban on H20 sales to China", 8),
        ("China opens antitrust probe into Nvidia", "China closes antitrust probe into Nvidia", 9),
        ("US approves Nvidia H20 export licences", "US revokes Nvidia H20 export licences", 5),
        ("美国将长江存储列入实体清单", "美国将长江存储从实体清单中移除", 6),
        ("美国撤销三星西安厂豁免", "美国恢复三星西安厂豁免", 6),
        ("商务部对镓实施出口管制", "商务部暂停对镓出口管制", 6),
    ],
)  # fmt: skip
def test_an_act_and_its_reversal_are_two_events(
    act: str, reversal: str, days: int, read: Reader
) -> None:
    first = date(2026, 3, 3)
    later = first + timedelta(days=days)
    told = [read(f"{title}{tail}", "", day.isoformat())
            for title, day in ((act, first), (reversal, later)) for tail in ("", " - report")]  # fmt: skip
    assert len(groups([one for one in told if one.relevant], NONE)) == 2
