"""Headlines whose words say something else than they seem to: whose list, which way, held or not."""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader

BLACKLISTS = [
    "China blacklists Skydio, BRINC Drones",
    "China blacklists TechInsights",
    "Beijing blacklists Intel unit in retaliation",
    "China blacklists Mitsubishi Heavy, 11 other Japanese firms",
    "中国将Skydio等五家美国企业列入黑名单",
]


@pytest.mark.parametrize("title", BLACKLISTS)
def test_a_blacklist_of_chinas_is_no_american_list(read: Reader, title: str) -> None:
    told = read(title)
    assert (told.relevant, told.kind, told.jurisdiction[0]) == (True, "listing", "CN")
    assert "Entity List" not in told.terms


@pytest.mark.parametrize(
    "title",
    [
        "US adds Huawei to trade blacklist",
        "China slams US blacklisting of Huawei",
        "美国将华为列入黑名单",
        "中国抗议美国将华为列入黑名单",
        "7家中国超级计算机实体被列美国黑名单",
    ],
)
def test_an_american_one_stays_one(read: Reader, title: str) -> None:
    assert (read(title).kind, read(title).jurisdiction[0]) == ("listing", "US")


@pytest.mark.parametrize(
    ("title", "direction"),
    [
        ("TSMC says US notified it Nanjing licence will not be renewed", "tighten"),
        ("US tells Samsung its China licence will not be extended", "tighten"),
        ("Suspension of 50% rule will not be extended, Commerce says", "tighten"),
        ("China cuts 2027 tungsten export quota, names 15 approved exporters", "tighten"),
        ("China trims germanium quota, names eight licensed exporters", "tighten"),
        ("Israel approves sale of chip inspection tools to China despite US objection", "ease"),
        ("Truce over: China again requires licences for rare earth exports to US", "tighten"),
        ("中美休战到期 中方恢复对稀土实施出口管制", "tighten"),
    ],
)
def test_which_way(read: Reader, title: str, direction: str) -> None:
    assert (read(title).relevant, read(title).direction) == (True, direction)


@pytest.mark.parametrize(
    "title",
    [
        "US port fees on Chinese ships return as truce lapses",
        "US withdraws plan to restrict Chinese drones ahead of Trump-Xi summit",
        "US drops planned curbs on Chinese lidar ahead of Trump-Xi meeting",
    ],
)
def test_a_truce_or_a_meeting_that_says_when_is_no_talks(read: Reader, title: str) -> None:
    assert read(title).kind != "talks"


@pytest.mark.parametrize(
    "title",
    [
        "No talks planned between He Lifeng, Bessent",
        "China denies holding talks with US on chips",
        "US officials fail to meet Chinese delegation on chips",
        "王文涛未与日本经产大臣会面",
    ],
)
def test_who_does_not_meet_holds_no_talks(read: Reader, title: str) -> None:
    assert (read(title).kind, read(title).direction) == ("statement", "neutral")


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Lutnick, Wang Wentao cancel Kuala Lumpur meeting",
         "The two were to meet on July 25 to discuss export controls, officials said."),
        ("US, Chinese officials cancel Geneva meeting on chip curbs",
         "The meeting was to take place on July 24-25 in Geneva."),
        ("US, China officials skip planned chip talks", "They were to begin on July 21."),
    ],
)  # fmt: skip
def test_what_is_called_off_is_on_the_day_on_which_that_is_told(
    read: Reader, title: str, summary: str
) -> None:
    told = read(title, summary)
    assert (told.status, told.date, told.end_date) == ("confirmed", told.report_day, None)


@pytest.mark.parametrize(
    "title",
    [
        "Opinion: Letting Nvidia sell Blackwell to China is a mistake",
        "FT View: The US should tighten chip controls",
        "Letter: US was right to revoke Nvidia's licence",
        "Factbox: US export controls on chips to China",
        "WITHDRAWN: US bans H20 exports to China",
        "分析：美拟将中芯国际列入出口黑名单 恐全面打击中国芯片供应链",
        "综述：中国为不可靠实体清单立规 上榜外国实体贸易、投资等将受限",
        "更正啟事：美國將長鑫存儲列入實體清單一文有誤",
        "美国国务卿与王毅通电话 双方同意保持沟通",
        "Sullivan to visit Beijing for strategic communication",
        "Tim Cook visits Beijing",
        "US adds 43 Chinese companies to Uygur forced labour blacklist",
        "Additions to the Uyghur Forced Labor Prevention Act Entity List",
        "商务部新闻发言人就美国将中国企业列入所谓涉疆法案实体清单答记者问",
    ],
)
def test_views_accounts_and_meetings_over_much_else_are_no_acts(read: Reader, title: str) -> None:
    assert not read(title).relevant


def test_a_letter_that_is_news_stays_news(read: Reader) -> None:
    assert read("Letter from lawmakers urges Commerce to block H20 sales").relevant


@pytest.mark.parametrize(
    ("title", "actor", "other"),
    [
        ("Tokyo's industry ministry refused exports of photoresist to China", "", "MIIT"),
        ("SK Hynix's Wuxi fab gets US waiver", "SK Hynix", "Wuxi AppTec"),
        ("US bars Malaysian officials for smuggling Nvidia chips", "Malaysian government",
         "MITI Malaysia"),
        ("Seoul prosecutors indict seven over chip secrets sold to China", "South Korean government",
         "MOTIE"),
        ("美國國務院宣布制裁兩家晶片公司", "US State Department", "State Council"),
        ("美擴大簽證限制 國務院指涉晶片走私", "US State Department", "State Council"),
        ("中國國務院公布稀土管理條例", "State Council", "US State Department"),
        ("國務院：美方應停止打壓中國晶片企業", "State Council", "US State Department"),
    ],
)  # fmt: skip
def test_who_is_told_of_is_who_stands_there(
    read: Reader, title: str, actor: str, other: str
) -> None:
    told = read(title).actors
    assert other not in told
    assert not actor or actor in told


def test_a_share_of_home_made_chips_that_is_asked_for(read: Reader) -> None:
    told = read("国家数据局：新建国家算力枢纽节点国产芯片占比不得低于八成")
    assert (told.kind, told.direction, told.jurisdiction) == ("countermeasure", "tighten", ("CN",))


def test_a_president_who_vetoes_a_bill(read: Reader) -> None:
    for title in ("Trump vetoes GAIN AI Act", "特朗普否决《GAIN AI法案》"):
        assert (read(title).kind, read(title).direction) == ("legislation", "ease")
