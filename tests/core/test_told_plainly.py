"""Plain headlines of wires: how far an act has come, whose it is, its form, which way it goes.

All of them are made up.
"""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader
from tracker.core.match import compare, score
from tracker.core.traits import traits
from tracker.model import Mention

ONLY_PROPOSED = [
    "Nvidia seeks US nod to sell Rubin variant in China",
    "Beijing offers to loosen magnet controls if Europe drops tool curbs",
    "Netherlands plans export licence for chip metrology tools",
    "South Korea plans permits for HBM exports to China",
    "US set to add Biren to Entity List",
    "Commerce floats rule restricting HBM exports to China",
    "欧盟委员会提议限制对华出口EUV设备",
    "美國商務部提案限制HBM4對中出口",
    "Nvidia asks US for licence to sell Rubin CPX in China",
    "英伟达申请对华出口B40许可",
    "EU to propose rules on chip tool exports to China",
    "商务部就《两用物项出口管制清单（征求意见稿）》公开征求意见",
]
DONE = [
    "US adds Biren to Entity List",
    "Nvidia granted licence to sell H20 in China",
    "英伟达申请对华出口H20许可获批",
    "China warns of retaliation if US tightens chip curbs",
    "商务部：若美方加严芯片管制 中方将采取反制措施",
]


@pytest.mark.parametrize("title", ONLY_PROPOSED)
def test_what_is_planned_proposed_or_asked_for_is_proposed(read: Reader, title: str) -> None:
    assert read(title).status == "proposed"


@pytest.mark.parametrize("title", DONE)
def test_what_is_done_or_said_is_not(read: Reader, title: str) -> None:
    assert read(title).status != "proposed"


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        (
            "中美取消原定2月1日至2日的经贸磋商",
            "商务部25日表示，原定2月1日至2日举行的中美经贸磋商取消。",
        ),
        ("黃仁勳取消訪中行程", "輝達執行長黃仁勳原訂2月10日訪問北京，公司25日表示行程取消。"),
    ],
)
def test_what_is_called_off_is_not_to_come(read: Reader, title: str, summary: str) -> None:
    found = read(title, summary, "2027-01-25")
    assert str(found.date) == "2027-01-25"
    assert found.status == "confirmed"


@pytest.mark.parametrize(
    ("title", "summary", "capital"),
    [
        ("AMD wins China licence for MI350", "AMD said the U.S. government had granted it.", "US"),
        ("SK Hynix loses China waiver", "The US Commerce Department has withdrawn it.", "US"),
        ("ASML loses Dutch permit to maintain chip tools in China", "", "NL"),
        ("Micron gets China go-ahead to sell to data centres", "", "CN"),
        ("China grants licences for rare earth exports to India", "", "CN"),
        ("Kazakhstan bans exports of gallium to China", "", "KZ"),
        ("哈萨克斯坦限制对华稀土出口", "", "KZ"),
        ("經部將壁仞、摩爾線程列入戰略性高科技貨品實體管理名單", "", "TW"),
        ("全国人大常委会通过出口管制法修正案", "", "CN"),
        ("Two Singapore traders among 17 hit by US blacklist", "", "US"),
        ("20 Japanese firms face dual-use export ban after China updates watch list", "", "CN"),
        ("Seoul: U.S. extends Samsung, SK hynix annual tool approval through 2027", "", "US"),
        ("印度取得美國AI晶片豁免 首批18萬顆明年到貨", "", "US"),
        ("Nvidia fined 3.1 billion yuan in China over Mellanox merger terms", "", "CN"),
        ("否認叫停採購輝達RTX晶片 中國外交部：與事實不符", "", "CN"),
        ("韩国关税厅查获2300张英伟达加速卡，疑经釜山转口内地", "", "KR"),
        ("美商务部长称“只卖第五好的芯片”，中国网友：谁稀罕", "", "US"),
    ],
)
def test_whose_act_it_is(read: Reader, title: str, summary: str, capital: str) -> None:
    assert read(title, summary).jurisdiction[:1] == (capital,)


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("US and EU agree joint chip export controls on China", ("US", "EU")),
        ("US, Netherlands sign deal letting ASML ship to CXMT", ("US", "NL")),
        ("US, China hold chip talks in The Hague", ("US", "CN")),
    ],
)
def test_who_agrees_and_not_on_whom(read: Reader, title: str, parties: tuple[str, ...]) -> None:
    assert read(title).jurisdiction == parties


def test_the_town_of_a_summit_is_no_government(read: Reader) -> None:
    assert "MOTIE" not in read("Trump and Xi hold summit in Seoul").actors
    assert "Dutch government" not in read("US, China hold chip talks in The Hague").actors


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("Trump signs Chip Security Act into law", "statute"),
        ("特朗普签署《芯片安全法案》成为法律", "statute"),
        ("House passes Chip Security Act", "bill"),
        ("Supreme Court to hear appeal over Nvidia export licences", "court-decision"),
        ("U.S. appeals court reinstates Commerce's chip tool rule", "court-decision"),
        ("Federal court throws out Huawei's suit over Entity List", "court-decision"),
        ("美国法院判无罪：被控向中国走私英伟达芯片男子", "court-decision"),
        ("Two men charged with smuggling Nvidia GPUs to China via Thailand", "indictment"),
    ],
)
def test_the_form_of_laws_and_of_courts(read: Reader, title: str, form: str) -> None:
    assert read(title).instrument == form


@pytest.mark.parametrize(
    ("title", "direction"),
    [
        ("US reinstates AI diffusion rule rescinded in May 2025", "tighten"),
        ("US revives affiliates rule suspended in November", "tighten"),
        ("US scraps 15% cut of Nvidia's China sales", "ease"),
        ("美国取消对英伟达对华销售15%抽成", "ease"),
        ("特朗普否决《GAIN AI法案》", "ease"),
        ("Federal court throws out Huawei's suit over Entity List", "tighten"),
        ("Federal court rules for Hikvision in Entity List case", "ease"),
        ("China approves import of ASML's NXT:1980i tools", "ease"),
        ("ASML loses Dutch permit to maintain chip tools in China", "tighten"),
        ("US scraps quota on Nvidia AI chip exports to eleven allies", "ease"),
        ("Judge blocks chip tracking mandate, siding with server makers", "ease"),
        ("Appeals court revives US export limits on chip design tools", "tighten"),
        ("China waives permit for small antimony cargoes to South Korea", "ease"),
        ("GOP duo's bill would exempt allies from chip tool licences", "ease"),
        ("China holds off on adding Skydio suppliers to blacklist", "ease"),
        ("拖了半年，美国终于撤回对华EDA“知情函”", "ease"),
        ("Commerce floats lifting curbs on legacy lithography gear", "ease"),
        ("英伟达重启H20生产线 供应商获通知备料", "ease"),
        ("美方宣布将50%穿透规则再停一年", "ease"),
        ("美参议院在国防授权法案中删去GAIN AI条款", "ease"),
        ("中美同意恢复稀土出口", "ease"),
        ("中国海关放行滞留的英伟达芯片", "ease"),
        ("中国加快对欧洲车企稀土许可审批", "ease"),
        ("美調整AI晶片對中出口規範 改採逐案審查", "ease"),
    ],
)
def test_which_way_it_goes(read: Reader, title: str, direction: str) -> None:
    assert read(title).direction == direction


@pytest.mark.parametrize(
    "title",
    [
        "China threatens to cut off rare earths to EU",
        "US warns allies against easing chip curbs",
        "商务部驳斥限制稀土对欧出口传闻",
        "Dutch minister hints at tougher line on chip machines",
        "商务部回应稀土出口管制：中美将通过经贸磋商机制保持沟通",
    ],
)
def test_threats_warnings_and_answers_are_words(read: Reader, title: str) -> None:
    assert read(title).kind == "statement"


@pytest.mark.parametrize("title", ["中美同意恢复稀土出口", "美日同意加强芯片出口管制合作"])
def test_what_two_capitals_agree_on_is_told_with_their_talks(read: Reader, title: str) -> None:
    assert read(title).kind == "talks"


def test_a_third_country_that_forbids_resale_makes_a_rule(read: Reader) -> None:
    assert read("Vietnam bans re-export of Nvidia chips to China").kind == "rule"
    assert read("英国对量子计算机实施出口许可").jurisdiction == ("GB",)


def test_words_of_a_firms_chief_are_told_by_no_capitals_day(read: Reader) -> None:
    found = read("黃仁勳：H20禁令錯誤", "輝達執行長黃仁勳在台北受訪時這樣說。", "2025-05-21")
    assert str(found.date) == "2025-05-21"


def test_who_sues_to_be_taken_off_a_list_is_not_taken_off(read: Reader) -> None:
    title = "Alibaba is suing the Pentagon to have its name removed from its blacklist"
    found = read(title, "The firm asked a judge to remove its name.")
    assert (found.kind, found.direction) == ("company", "neutral")


def test_the_day_of_a_filing_is_not_that_of_the_grant_it_shows(read: Reader) -> None:
    found = read(
        "Nvidia got H200 China licence on Dec 23, filing shows",
        "A regulatory filing on Monday showed that the Commerce Department granted Nvidia a"
        " licence to sell H200 chips in China on Dec. 23.",
        "2027-01-11",
    )
    assert str(found.date) == "2026-12-23"


@pytest.mark.parametrize(
    "summary",
    [
        "China's Foreign Ministry on Wednesday protested the placing of 37 Chinese entities on the"
        " US Entity List a day earlier and vowed to protect its firms.",
        "Beijing was reacting on Wednesday to a listing of 37 firms announced a day earlier.",
    ],
)
def test_what_was_done_a_day_before_words_about_it_has_its_own_day(
    read: Reader, summary: str
) -> None:
    found = read("Beijing condemns US blacklisting of 37 Chinese firms", summary, "2026-09-16")
    assert str(found.date) == "2026-09-15"


def test_a_filing_alone_keeps_its_day(read: Reader) -> None:
    summary = "A filing on Monday showed that Nvidia was granted a licence to sell H200 in China."
    assert str(read("Nvidia got H200 licence", summary, "2027-01-13").date) == "2027-01-11"


def _joined(one: Mention, other: Mention) -> bool:
    found = score(*sorted((traits(one), traits(other)), key=lambda each: each.name))
    assert found is not None
    return found >= 0


def test_bills_named_below_the_headline_are_told_apart(read: Reader) -> None:
    one = read(
        "House passes bill to ban chip tool sales to China",
        "The House on Thursday passed the MATCH Act, which bans sales of chip tools to China.",
        "2027-02-04",
    )
    other = read(
        "House passes bill to curb AI chip rentals to China",
        "The House on Friday passed the Remote Access Security Act on rentals of AI chips.",
        "2027-02-05",
    )
    assert not _joined(one, other)


def test_a_vote_of_the_other_chamber_is_another_act(read: Reader) -> None:
    one = read(
        "House passes Chip Security Act",
        "The House on Monday passed the bill, which goes to the Senate.",
        "2027-01-11",
    )
    other = read(
        "Senate passes Chip Security Act",
        "The Senate on Tuesday passed the bill that the House had passed.",
        "2027-01-19",
    )
    assert not _joined(one, other)


def test_a_meeting_announced_and_held_is_one(read: Reader) -> None:
    announced = read(
        "何立峰将于1月25日至27日赴美举行经贸磋商",
        "商务部18日宣布，何立峰将于1月25日至27日率团赴华盛顿与美方举行经贸磋商。",
        "2027-01-18",
    )
    held = read(
        "US, China end Washington talks with deal to pause Entity List additions",
        "U.S. and Chinese officials wrapped up three days of talks on Wednesday, agreeing to"
        " pause new Entity List additions, Treasury Secretary Scott Bessent said.",
        "2027-01-27",
    )
    assert _joined(announced, held)


def test_a_digest_of_three_stories_is_told_by_its_name(read: Reader) -> None:
    title = (
        "科技晚报｜百度智能云蝉联金融大模型市场份额第一；腾讯云与机器人公司达成战略合作；"
        "商务部回应推动解决安世半导体问题进展"
    )
    assert not read(title).relevant


def test_an_accord_is_not_the_act_of_a_capital_that_was_not_there(read: Reader) -> None:
    accord = read(
        "US and EU agree joint chip export controls on China",
        "The United States and the European Union agreed on Thursday on chip export controls.",
        "2027-03-04",
    )
    answer = read(
        "China to fine foreign firms that obey US chip export curbs",
        "China's State Council on Thursday issued rules to fine foreign companies that obey U.S."
        " chip export curbs.",
        "2027-03-04",
    )
    found = compare(accord, answer)
    assert found is not None
    assert "not at the table" in {reason.name for reason in found.reasons}


@pytest.mark.parametrize(
    "title",
    [
        "RETRACTED: Netherlands bans ASML service of chip tools in China",
        "ADVISORY-Story on US adding SMIC units to Entity List is withdrawn",
        "【撤稿】美国将长鑫存储列入实体清单",
    ],
)
def test_a_story_that_its_house_takes_back_tells_of_no_act(read: Reader, title: str) -> None:
    assert not read(title).relevant


def test_what_comes_into_a_country_at_its_price_is_no_export(read: Reader) -> None:
    assert not read("US opens anti-dumping probe into Chinese graphite").relevant
    assert read("China opens anti-dumping probe into US analog chips").jurisdiction == ("CN",)


@pytest.mark.parametrize(
    ("title", "below", "status"),
    [
        ("Japan to tighten export controls on quantum chips",
         "The trade ministry said it will amend its order in January.", "proposed"),
        ("US to require licences for chip design software sales to China",
         "Commerce plans to publish the rule by March, officials said.", "proposed"),
        ("US to add 20 Chinese firms to Entity List",
         "The Commerce Department will add 20 firms on Friday.", "proposed"),
        ("Netherlands to restrict exports of chip tools",
         "The government announced controls that will require licences from September.", "confirmed"),
        ("US to add 20 Chinese firms to Entity List", "", "confirmed"),
    ],
)  # fmt: skip
def test_who_is_to_act_has_not_acted_where_the_text_says_that_he_will(
    read: Reader, title: str, below: str, status: str
) -> None:
    assert read(title, below).status == status
