"""Who does what in an item: firms, ministers, agencies, lawmakers; and what is only the setting.

All headlines are made up.
"""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader

DONE = {
    "Google urges Washington to loosen chip export curbs on allies": ("statement", "neutral"),
    "Suzuki halts Swift production for lack of rare earth magnets from China": ("company", "tighten"),
    "Bosch puts plant on short-time work as Nexperia chips run out": ("company", "tighten"),
    "博世因安世芯片断供缩短工时": ("company", "tighten"),
    "French president visits Beijing to press for rare earth supplies": ("trip", "neutral"),
    "French foreign minister postpones China trip over rare earth dispute": ("trip", "neutral"),
    "法国财长推迟访华 原拟谈稀土出口管制": ("trip", "neutral"),
    "EU urges China to drop rare earth export controls": ("countermeasure", "tighten"),
    "韩国要求中国撤销对韩两用物项出口管制": ("countermeasure", "tighten"),
    "Ex-vice minister: China has more tools if US tightens chip curbs": ("statement", "neutral"),
    "中国前商务部副部长:稀土管制只是开始": ("statement", "neutral"),
    "Chinese institutes acquired banned Nvidia chips, tender documents show": (
        "enforcement", "neutral"
    ),
    "Lam Research receives subpoena over shipments to China": ("enforcement", "tighten"),
    "科磊收到美国司法部传票 涉对华出口": ("enforcement", "tighten"),
    "Korean ship lifts rare earth mud from seabed to cut dependence on China": (
        "substitution", "neutral"
    ),
    "China cuts power bills of data centres that run on home-made chips": (
        "substitution", "neutral"
    ),
    "Huawei tablet contains no American parts, teardown finds": ("substitution", "neutral"),
    "Defense Authorization Act signed with provision that bars chips from CXMT": (
        "legislation", "tighten"
    ),
    "Lynas halts rare earth exports to China after tariffs": ("company", "tighten"),
    "Intel CEO assumes zero sales to China for next two quarters": ("statement", "neutral"),
    "Dutch foreign minister rejects US call to cut off ASML sales to China": (
        "statement", "neutral"
    ),
    "中国半导体行业协会发表声明 呼吁美方停止限制": ("statement", "neutral"),
    "Nissan to cut Note output on Nexperia chip squeeze": ("company", "tighten"),
    "Renault idles Douai plant for a week on rare earth magnet shortage": ("company", "tighten"),
    "Dell to stop using Chinese-made chips by 2026": ("company", "tighten"),
    "Wingtech demands that control of Nexperia be given back": ("company", "neutral"),
    "Anthropic backs tighter chip export controls on China": ("statement", "neutral"),
    "Oracle says AI diffusion rule will hand market to Chinese rivals": ("statement", "neutral"),
    "商务部:荷方应停止干预安世企业内部事务": ("statement", "neutral"),
    "China cracks down on smuggling of gallium": ("enforcement", "tighten"),
    "Defense bill drops GAIN AI provision after lobbying": ("legislation", "neutral"),
    "New Chinese energy rules could shut out Nvidia H20": ("countermeasure", "tighten"),
    "发改委能效新规或将英伟达H20挡在门外": ("countermeasure", "tighten"),
    "US widens curbs on chip tools to 24 types of equipment": ("rule", "tighten"),
    "日产墨西哥厂因缺安世晶片停工": ("company", "tighten"),
    "铃木印度厂因稀土磁铁短缺减产": ("company", "tighten"),
    "Mazda warns of zero output over rare earth magnet shortage": ("company", "tighten"),
    "Sugon halts operations after US export ban": ("company", "tighten"),
    "Anthropic blocks access from China": ("company", "tighten"),
    "韩国政府:密切关注中国稀土管制影响": ("statement", "neutral"),
    "欧盟商会:稀土许可审批过慢": ("statement", "neutral"),
    "US seizes $30 million of AMD chips bound for China": ("enforcement", "tighten"),
    "SK Hynix halts sale of used chip tools for fear of US sanctions on China": (
        "company", "tighten"
    ),
    "CXMT drops US staff after new export rules": ("company", "tighten"),
    "ZTE offloads phone unit as US export curbs bite": ("company", "neutral"),
    "BMW hunts for alternatives to Nexperia chips": ("company", "neutral"),
    "Chinese ambassador warns Germany over chip tool curbs": ("statement", "neutral"),
    "Senator warns AMD chip sales would aid Chinese army": ("statement", "neutral"),
    "Tencent used Malaysian unit to get banned chips": ("enforcement", "neutral"),
    "Beijing tells carmakers to avoid US chips": ("countermeasure", "tighten"),
    "Samsung tests Chinese chip tools from blacklisted maker": ("company", "neutral"),
    "EU proposes to curb exports of magnet scrap and rare earth waste": ("rule", "tighten"),
}  # fmt: skip

SETTING = (
    "黄仁勋获颁荣誉博士 现身夜市喝啤酒",
    "China rare earth exports hit highest since 2014",
    "中国稀土出口年增一成 创2014年来最高",
)


@pytest.mark.parametrize(("title", "told"), DONE.items())
def test_the_kind_is_what_is_done_by_whom(title: str, told: tuple[str, str], read: Reader) -> None:
    mention = read(title)
    assert mention.relevant
    assert (mention.kind, mention.direction) == told


@pytest.mark.parametrize("title", SETTING)
def test_names_of_the_topic_alone_are_no_event(title: str, read: Reader) -> None:
    assert not read(title).relevant
