"""Courts, clouds' customers, goods, laws and capitals beside chips and the two great ones.

And news that only looks so: figures, posts, leaks.

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
    "Greer says China broke the deal struck in Geneva over minerals": ("statement", "neutral"),
    "Beijing is violating trade agreement, Bessent says": ("statement", "neutral"),
    "商务部:美方违反日内瓦协议 中方坚决反对": ("statement", "neutral"),
    "中国要求国资数据中心只能使用国产芯片": ("countermeasure", "tighten"),
    "外交部回应美方拟收紧对华半导体出口限制": ("rule", "tighten"),
    "US imposes 25% tariff on advanced chips bound for China": ("rule", "tighten"),
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
    "Renesas gets US permission to sell chips to Huawei despite ban": ("licence", "ease"),
    "OmniVision receives licence to supply ZTE": ("licence", "ease"),
    "China issues rare earth licences to suppliers of carmakers": ("licence", "ease"),
    "US halts jet engine exports to COMAC": ("licence", "tighten"),
    "Trump blasts proposed curbs on jet engine exports to China": ("statement", "ease"),
    "China passes anti-foreign sanctions law": ("legislation", "tighten"),
    "全国人大常委会通过反外国制裁法": ("legislation", "tighten"),
    "China restricts exports of drone parts to Europe": ("countermeasure", "tighten"),
    "US fines Axcelis for illegal exports to China": ("enforcement", "tighten"),
    "China halts antitrust probe of DuPont": ("countermeasure", "ease"),
    "Germany adds quantum computers to export control list": ("rule", "tighten"),
    "Broadcom gets US nod to sell chips to ZTE in exception to ban": ("licence", "ease"),
    "Intel keeps licence to sell chips to Inspur": ("licence", "ease"),
    "市场监管总局附条件批准新思科技收购安似科技": ("countermeasure", "ease"),
    "China suspends trade talks with Washington over chip curbs": ("talks", "neutral"),
    "Beijing calls off trade talks with US over Entity List additions": ("talks", "neutral"),
    "中方暂停与美方的经贸磋商，抗议芯片管制": ("talks", "neutral"),
    "US, China postpone trade talks on export controls": ("talks", "neutral"),
    "China takes US chip equipment curbs to the WTO in new dispute": ("countermeasure", "neutral"),
    "Beijing files WTO complaint over American export controls": ("countermeasure", "neutral"),
    "商务部:就美对华半导体出口限制诉诸世贸组织争端解决机制": ("countermeasure", "neutral"),
    "陸就美半導體管制向世貿組織提起訴訟": ("countermeasure", "neutral"),
    "Micron CEO slams US nod for Nvidia chip exports to China": ("statement", "neutral"),
    "Court hearing in Wingtech's case over Nexperia set for March": ("enforcement", "neutral"),
    "Malaysian court adjourns case of men charged over Nvidia servers": ("enforcement", "neutral"),
    "荷兰法院就安世半导体案举行听证会": ("enforcement", "neutral"),
    "US alleges Lam Research broke export rules with sales to SMIC": ("enforcement", "tighten"),
    "AMD criticises Chip Security Act": ("statement", "neutral"),
    "Intel lobbies against GAIN AI Act": ("statement", "neutral"),
    "Commerce extends temporary general licence for ZTE": ("licence", "ease"),
    "Beijing condemns US move to blacklist 12 Chinese chip firms": ("listing", "tighten"),
    "Nexperia cannot say when shipments from China will resume": ("company", "neutral"),
    "UMC has no plan to supply SMIC after June": ("company", "tighten"),
    "联电:6月后不再向中芯国际供货": ("company", "tighten"),
    "台湾将长鑫存储列入管制名单": ("listing", "tighten"),
    "Lutnick to visit China next week as chip talks continue": ("trip", "neutral"),
    "BIS seeks comment on controls of foundational technologies": ("rule", "tighten"),
    "China clears Cadence takeover of rival with conditions": ("countermeasure", "ease"),
    "EU and China agree on faster rare earth exports": ("talks", "ease"),
    "美官员警告中企若违反对俄出口管制将被切断供应": ("statement", "tighten"),
    "美商务部撤销供货许可 英特尔不得向浪潮供货": ("licence", "tighten"),
    "China revises Foreign Trade Law to widen its countermeasures": ("legislation", "tighten"),
    "孟晚舟获释回国 加拿大法院终止引渡": ("enforcement", "ease"),
    "美商务部授予英特尔许可 可向浪潮出售芯片": ("licence", "ease"),
    "KLA probed over suspected deliveries to SMIC": ("enforcement", "tighten"),
    "Biden hints he could let Intel sell a weaker AI chip to China": ("statement", "ease"),
    "拜登:考虑允许英特尔对华销售降级AI芯片": ("statement", "ease"),
    "Hua Hong obtains US licence for chipmaking equipment": ("licence", "ease"),
    "US opens trade investigation into Chinese mature-node chips": ("rule", "tighten"),
    "House panel finds ASML sold tools to China's fabs": ("statement", "tighten"),
    "Judge clears Chinese chipmaker: not guilty in Micron case": ("enforcement", "ease"),
    "美法院宣判浪潮前高管无罪": ("enforcement", "ease"),
    "US judge rejects Quectel's bid to leave Pentagon's Chinese military list": (
        "listing",
        "tighten",
    ),
    "移远通信告五角大楼败诉 续列涉军名单": ("listing", "tighten"),
    "Biden bars American investment in Chinese businesses tied to the military": (
        "rule",
        "tighten",
    ),
    "China passes revised foreign trade law": ("legislation", "tighten"),
    "Beijing denies issuing ban on Teslas at military sites": ("statement", "neutral"),
    "US to keep limits on chip exports to China": ("statement", "tighten"),
    "美国将维持对华芯片出口管制": ("statement", "tighten"),
    "Netherlands keeps ASML export limits unchanged": ("statement", "tighten"),
    "华虹传获美供货许可": ("licence", "ease"),
    "长江存储尚未获美国许可": ("licence", "tighten"),
    "商务部发言人就美国企图全球禁用中国先进芯片发表谈话": ("statement", "neutral"),
    "Vietnam to tighten semiconductor regulations under US pressure": ("rule", "tighten"),
    "美国3日中断向华为发放许可": ("licence", "tighten"),
    "法院判国防部败诉 中微获移出中国军方企业名单": ("listing", "ease"),
    "Pentagon loses case over AMEC listing": ("listing", "ease"),
    "Judge rules against DJI in Pentagon blacklist case": ("listing", "tighten"),
    "Dutch minister lobbies Congress against chip tool bill": ("statement", "neutral"),
    "Tool makers halt business with Chinese fabs": ("company", "tighten"),
    "首尔检方起诉三星前员工 涉技术外泄给长鑫": ("enforcement", "tighten"),
    "Taiwan probes Chinese chip firms over poaching of engineers": ("enforcement", "tighten"),
    "China restricts exports to 40 Japanese entities": ("countermeasure", "tighten"),
    "China passes law to restrict exports of sensitive technology": ("legislation", "tighten"),
    "White House says no decision yet on H200": ("statement", "neutral"),
    "外交部敦促美方取消芯片管制": ("statement", "neutral"),
    "黄仁勋称英伟达在华份额降至零": ("statement", "neutral"),
    "Dutch minister says ASML has to live with export licensing": ("statement", "neutral"),
    "BIS pauses all new export license applications": ("licence", "tighten"),
    "毛宁就美国发布对华芯片出口新限制回应提问": ("rule", "tighten"),
    "AMD CEO Lisa Su tries street food on visit to China amid US chip curbs": ("trip", "neutral"),
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
        "FCC bars new Huawei and ZTE equipment from sale in US",
        "FCC将大疆无人机列入受管制清单",
        "检方起诉阿斯麦前员工 涉向俄罗斯泄露机密",
        "Germany agrees to ban Huawei from its 5G networks",
        "英国决定停止使用华为5G设备",
        "台检起诉三名前工程师 涉泄密台积电制程",
        "US to ban Chinese software in connected cars from 2027",
        "美国拟禁止联网汽车使用中国软硬件",
        "2025年9月1日外交部发言人毛宁主持例行记者会",
        "华为Mate 40系列下月登场 余承东现身预热",
        "内地芯片股受捧 华虹H股升逾7%",
        "晶片股齊升 中芯國際AH股領漲",
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
        "Imports of chip tools jump as customs data show record-breaking June",
        "US and Australia sign critical minerals deal",
        "Engineer indicted over leak of core technology to rival",
        "Government appoints new head of export control advisory committee",
        "SMIC forecasts lower gross margin",
        "US adds textile makers to UFLPA Entity List",
        "德国总理下周访问中国",
        "瑞典议会放宽武器出口规定",
        "Swedish parliament votes to ease weapons exports",
        "泰国限制粮食出口",
        "宇树否认上市绿色通道被叫停",
        "House passes bill to force sale of TikTok",
        "Court sets hearing in states' case against Meta, firm charged with luring teenagers",
        "多州检方告Meta 法院开庭",
    ],
)
def test_other_news_of_the_same_names_is_none(title: str, read: Reader) -> None:
    told = read(title)
    assert not told.relevant, told.reasons


@pytest.mark.parametrize(
    "title",
    [
        "US amends Cuba travel rules, ends group travel licence",
        "US eases sanctions on Cuba to allow more travel and remittances",
        "US restricts visas for Huawei employees",
        "美国收紧对古巴旅行限制 财政部、商务部公布新规",
        "美國收緊對古巴匯款與旅遊規定 商務部公布新規",
        "US lifts travel ban on Syrians as part of sanctions relief",
        "India bans exports of rice and sugar",
    ],
)
def test_rules_for_travellers_and_food_are_no_export_controls(read: Reader, title: str) -> None:
    assert not read(title).relevant, read(title).reasons


@pytest.mark.parametrize(
    "title",
    [
        "US bars travellers from taking Nvidia chips to China under new export rule",
        "China blocks H200 chips at customs as US travellers smuggle them",
        "英伟达H20芯片获准对华出口 旅游股同涨",
    ],
)
def test_wares_told_beside_travellers_stay_of_the_topic(read: Reader, title: str) -> None:
    assert "travel rules" not in {reason.name for reason in read(title).reasons}
