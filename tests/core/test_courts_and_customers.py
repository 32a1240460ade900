"""Courts, inquiries dropped, clouds' customers, wares beside chips; and news that only looks so.

All headlines are made up.
"""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader

SAID = {
    "China ends antitrust probe of Qualcomm as talks with US go on": ("countermeasure", "ease"),
    "Beijing drops antitrust case against Intel": ("countermeasure", "ease"),
    "市场监管总局终止对高通的反垄断调查": ("countermeasure", "ease"),
    "Pentagon removes Hesai from blacklist": ("listing", "ease"),
    "US judge blocks Pentagon from putting AMEC on military list": ("listing", "ease"),
    "美法官暂停将中微公司列入军事清单": ("listing", "ease"),
    "Micron resumes shipments to Inspur after halt": ("company", "ease"),
    "Lawmakers urge Commerce to halt exports to SMIC": ("statement", "neutral"),
    "美众议院议员致信商务部 促停发对中芯国际许可": ("statement", "neutral"),
    "US proposes know-your-customer rule for cloud providers": ("rule", "tighten"),
    "国务院公布两用物项出口管制条例": ("rule", "tighten"),
    "US to issue chip tool rule, Japan and Netherlands exempt": ("rule", "tighten"),
    "US charges Huawei executive with sanctions fraud": ("enforcement", "tighten"),
    "Renesas receives US licence to supply Huawei": ("licence", "ease"),
    "Honda halts Civic production over China's rare earth curbs": ("company", "tighten"),
    "Beijing hints at rare earths as a weapon in trade war with US": ("statement", "tighten"),
    "US removes 15 Chinese companies from Unverified List": ("listing", "ease"),
    "US urges Japan to tighten chip tool controls": ("statement", "tighten"),
    "Trump opposes new curbs on jet engine sales to China": ("statement", "ease"),
    "US freezes export controls to protect trade talks": ("rule", "ease"),
    "US blocks ethane shipments to China": ("licence", "tighten"),
    "Commerce issues 90-day general licence for ZTE": ("licence", "ease"),
    "China halts antimony exports to Japan": ("countermeasure", "tighten"),
    "China speeds up rare earth licence approvals": ("licence", "ease"),
    "联发科已申请向华为供货许可": ("licence", "neutral"),
    "禾赛就列入军方名单提起上诉 状告美国国防部": ("company", "neutral"),
}


@pytest.mark.parametrize("title", SAID)
def test_an_act_is_read_for_what_it_is(title: str, read: Reader) -> None:
    told = read(title)
    assert told.relevant, told.reasons
    assert (told.kind, told.direction) == SAID[title]


@pytest.mark.parametrize(
    "title",
    [
        "Canada bans Huawei from its 5G network",
        "US raises tariffs on Chinese electric cars, steel and chips",
        "Moore Threads plans $1 billion IPO in Shanghai",
        "SMIC appoints new chairman",
        "长江存储在美起诉美光专利侵权",
        "习近平与特朗普通话谈对台军售",
        "China stays Applied Materials' biggest market in the quarter",
        "China's chip equipment imports up 40% despite US curbs",
        "Huawei says sales rose 9% despite US curbs",
        "US and Canada sign critical minerals deal",
        "US nominates lawyer to head export control bureau",
        "Engineer indicted for leaking memory chip technology to China",
    ],
)
def test_other_news_of_the_same_names_is_none(title: str, read: Reader) -> None:
    told = read(title)
    assert not told.relevant, told.reasons
