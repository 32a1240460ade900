"""Phrases with figures in English and both Chinese scripts, and near misses that stay unread."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.core import claims
from tracker.core.quantities import find
from tracker.core.text import fold

Expected = tuple[str, str, float, str]

D, N, G, U, R, C, S = (
    "domestic-share", "nvidia-share", "growth", "units", "revenue", "charge", "china-of-nvidia",
)  # fmt: skip
P = "percent"

PHRASES: list[tuple[str, list[Expected]]] = [
    # shares of the market's cards and sales
    ("IDC says Nvidia had 55% of accelerator cards shipped in China in 2025.", [(N, "=", 55, P)]),
    ("IDC称2025年英伟达占中国加速卡出货量的55%。", [(N, "=", 55, P)]),
    ("Bernstein put Nvidia's share of China AI chip sales at 66% in 2024.", [(N, "=", 66, P)]),
    ("伯恩斯坦称2024年英伟达占中国AI芯片销售额的66%。", [(N, "=", 66, P)]),
    ("伯恩斯坦稱2024年輝達佔中國AI晶片銷售額的66%。", [(N, "=", 66, P)]),
    ("Nvidia has agreed to hand over 15% of China chip sales.", []),
    ("英伟达同意上缴对华芯片销售额的15%。", []),
    # shares of domestic chips: digits
    ("2025年国产芯片占比约41%。", [(D, "~", 41, P)]),
    ("2025年国产算力占比将突破40%。", [(D, ">", 40, P)]),
    ("國產晶片市占率不到三成。", [(D, "<", 30, P)]),
    ("国产AI芯片市场份额已达百分之四十一。", [(D, "=", 41, P)]),
    ("国产AI芯片市场份额已达百分之三十四点六。", [(D, "=", 34.6, P)]),
    ("本土供应商占比为40％。", [(D, "=", 40, P)]),
    ("本土芯片厂商的份额在30%-40%之间。", [(D, "~", 35, P)]),
    ("国产芯片占三至四成。", [(D, "~", 35, P)]),
    ("国产芯片占三四成。", [(D, "~", 35, P)]),
    ("国产芯片占比四成。", [(D, "=", 40, P)]),
    ("国产芯片占比逾四成。", [(D, ">", 40, P)]),
    ("国产芯片占比超四成。", [(D, ">", 40, P)]),
    ("国产芯片占比近四成。", [(D, "~", 40, P)]),
    ("国产芯片占比不足一成。", [(D, "<", 10, P)]),
    ("国产芯片占比不到一成。", [(D, "<", 10, P)]),
    ("国产芯片占比达四成半。", [(D, "=", 45, P)]),
    ("国产芯片占比九成以上。", [(D, ">", 90, P)]),
    ("国产芯片占比至少八成。", [(D, ">=", 80, P)]),
    ("国产芯片占比过半。", [(D, ">", 50, P)]),
    ("国产芯片占比近半。", [(D, "~", 50, P)]),
    ("国产加速卡占据半数份额。", [(D, "=", 50, P)]),
    ("国产加速卡占了一半的份额。", [(D, "=", 50, P)]),
    ("国产加速卡份额超过一半。", [(D, ">", 50, P)]),
    ("國產晶片占比超過半數。", [(D, ">", 50, P)]),
    ("国产芯片占中国市场的三分之一。", [(D, "~", 33.3, P)]),
    ("国产芯片占中国市场的三分之二。", [(D, "~", 66.7, P)]),
    ("国产芯片占中国市场的四分之一。", [(D, "=", 25, P)]),
    ("国产芯片占据了超过50%的新增装机量。", [(D, ">", 50, P)]),
    ("AI芯片国产化率已达41%。", [(D, "=", 41, P)]),
    ("中国GPU自给率2024年为34%。", [(D, "=", 34, P)]),
    ("从2023年的14%升至2024年底的34.6%，国产芯片占比大幅提高。", []),
    ("国产芯片占比从2023年的14%升至2024年底的34.6%。", [(D, "=", 14, P), (D, "=", 34.6, P)]),
    ("Domestic chips took 41% of the market in 2025.", [(D, "=", 41, P)]),
    ("Domestic chips had a share of about 41 percent in 2025.", [(D, "~", 41, P)]),
    ("Homegrown accelerators accounted for two-fifths of the market.", [(D, "=", 40, P)]),
    ("Local vendors held a third of the AI chip market share.", [(D, "~", 33.3, P)]),
    ("Chinese chipmakers account for half of AI chip sales at home.", [(D, "=", 50, P)]),
    ("Chinese suppliers' share of the AI chip market is nearly half.", [(D, "~", 50, P)]),
    ("One in three AI chips sold in China came from domestic suppliers.", [(D, "~", 33.3, P)]),
    ("Domestic AI chips' market share will be 30% to 40% this year.", [(D, "~", 35, P)]),
    ("Local chip suppliers would account for between 30 and 40 per cent.", [(D, "~", 35, P)]),
    ("The share of domestic chips rose from 14% in 2023 to 34.6% in 2024.",
     [(D, "=", 14, P), (D, "=", 34.6, P)]),
    ("China's GPU self-sufficiency ratio stood at 34% in 2024.", [(D, "=", 34, P)]),
    ("More than half of the accelerator cards were from domestic vendors.", [(D, ">", 50, P)]),
    ("Domestic chips made up less than 10% of the total.", [(D, "<", 10, P)]),
    ("Chinese-brand accelerators took a 41% share, IDC said.", [(D, "=", 41, P)]),
    ("Domestic chips hold a three-quarters share of state data centres.", [(D, "=", 75, P)]),
    ("No more than a quarter of the share belongs to domestic chips.", [(D, "<=", 25, P)]),
    # Nvidia's share
    ("英伟达在中国的市场份额降至50%。", [(N, "=", 50, P)]),
    ("英伟达在中国的市场份额从95%降至50%。", [(N, "=", 95, P), (N, "=", 50, P)]),
    ("輝達在中國的市占率歸零。", [(N, "=", 0, P)]),
    ("英伟达在华份额已跌至零，黄仁勋在谈中国市场时说。", [(N, "=", 0, P)]),
    ("伯恩斯坦预计2026年英伟达在华份额将降至8%。", [(N, "=", 8, P)]),
    ("Nvidia held two thirds of the Chinese AI chip market in 2024.", [(N, "~", 66.7, P)]),
    ("Nvidia's share of China's market fell to fifty-five percent.", [(N, "=", 55, P)]),
    ("Chinese brands took about 41 percent of the AI accelerator cards shipped in China in 2025.",
     [(D, "~", 41, P)]),
    ("Domestic vendors held forty per cent of the Chinese market for AI chips.", [(D, "=", 40, P)]),
    ("Chinese brands took up golf at 41 percent of clubs.", []),
    ("英伟达在中国市场份额已跌至零。", [(N, "=", 0, P)]),
    ("英伟达占中国市场的九成以上。", [(N, ">", 90, P)]),
    ("英伟达占中国AI芯片市场份额约三分之二。", [(N, "~", 66.7, P)]),
    ("Nvidia's market share in China fell to 8% in H1 2026.", [(N, "=", 8, P)]),
    ("Nvidia's market share in China dropped to zero, Huang said.", [(N, "=", 0, P)]),
    ("Nvidia said its share of the Chinese market went from 95% to 50%.",
     [(N, "=", 95, P), (N, "=", 50, P)]),
    ("Nvidia's China market share is now effectively zero.", [(N, "~", 0, P)]),
    ("Nvidia controls more than 90% of China's AI chip market.", [(N, ">", 90, P)]),
    ("Nvidia's share of the Chinese market was two-thirds.", [(N, "~", 66.7, P)]),
    ("Bernstein puts Nvidia's share of China's AI chip sales at 66% for 2024.", [(N, "=", 66, P)]),
    # China's part of Nvidia's revenue
    ("China accounted for 13% of Nvidia's revenue in fiscal 2025.", [(S, "=", 13, P)]),
    ("中国市场占英伟达营收的13%。", [(S, "=", 13, P)]),
    # growth
    ("华为昇腾出货量增长300%。", [(G, "=", 300, "percent_growth")]),
    ("华为昇腾出货量增长三倍。", [(G, "=", 300, "percent_growth")]),
    ("华为昇腾出货量增至三倍。", [(G, "=", 200, "percent_growth")]),
    ("寒武纪营收翻了一番。", [(G, "=", 100, "percent_growth")]),
    ("寒武纪营收同比增长逾四十倍。", [(G, ">", 4000, "percent_growth")]),
    ("寒武紀上半年營收暴增4348%。", [(G, "=", 4348, "percent_growth")]),
    ("国产芯片出货量同比下降12%。", [(G, "=", -12, "percent_growth")]),
    ("Huawei's Ascend shipments tripled in 2024.", [(G, "=", 200, "percent_growth")]),
    ("Huawei's Ascend output doubled.", [(G, "=", 100, "percent_growth")]),
    ("Cambricon revenue surged 4,348% in the first half of 2025.", [(G, "=", 4348, "percent_growth")]),
    ("Cambricon's revenue rose more than fourfold.", [(G, ">", 300, "percent_growth")]),
    ("Shipments of domestic AI chips grew 310 percent.", [(G, "=", 310, "percent_growth")]),
    ("Hygon's sales fell 5%.", [(G, "=", -5, "percent_growth")]),
    # units
    ("华为2025年将出货约80万颗昇腾芯片。", [(U, "~", 800000, "units")]),
    ("华为计划生产60万颗昇腾910C。", [(U, "=", 600000, "units")]),
    ("华为计划生产70万至80万颗昇腾芯片。", [(U, "~", 750000, "units")]),
    ("昇腾芯片年产量达百万颗。", [(U, "=", 1000000, "units")]),
    ("華為今年最多生產20萬顆昇騰晶片。", [(U, "<=", 200000, "units")]),
    ("字节跳动订购了5万多张昇腾加速卡。", [(U, ">", 50000, "units")]),
    ("Nvidia ordered 300,000 H20 chips from TSMC.", [(U, "=", 300000, "units")]),
    ("Huawei can make at most 200,000 Ascend chips in 2025.", [(U, "<=", 200000, "units")]),
    ("Huawei will make as many as 1.6 million Ascend dies in 2026.", [(U, "<=", 1600000, "units")]),
    ("Nvidia has 600,000 to 700,000 H20 chips in stock.", [(U, "~", 650000, "units")]),
    ("Huawei may ship between 700,000 and 800,000 Ascend units.", [(U, "~", 750000, "units")]),
    ("Chinese firms ordered over 2 million H200 chips.", [(U, ">", 2000000, "units")]),
    ("SemiAnalysis: 1 million H20 units went to China in 2024.", [(U, "=", 1000000, "units")]),
    # revenue and charges
    ("Nvidia's revenue from China was $2.77 billion.", [(R, "=", 2.77, "usd_bn")]),
    ("Nvidia could sell $2 billion to $5 billion of H20 in a quarter.", [(R, "~", 3.5, "usd_bn")]),
    ("H20 sales came to US$4.6bn.", [(R, "=", 4.6, "usd_bn")]),
    ("AMD said MI308 sales to China were about $390 million.", [(R, "~", 0.39, "usd_bn")]),
    ("英伟达在中国的营收为27.7亿美元。", [(R, "=", 2.77, "usd_bn")]),
    ("英伟达在中国的年收入逾171亿美元。", [(R, ">", 17.1, "usd_bn")]),
    ("昇腾业务在中国的收入达400亿元人民币。", [(R, "=", 40, "cny_bn")]),
    ("昇腾业务在中国的收入突破百亿元。", [(R, ">", 10, "cny_bn")]),
    ("Revenue from Ascend chips in China reached RMB 40 billion.", [(R, "=", 40, "cny_bn")]),
    ("Huawei's Ascend sales in China hit 40 billion yuan.", [(R, "=", 40, "cny_bn")]),
    ("H20在中国的销售额为20亿至50亿美元。", [(R, "~", 3.5, "usd_bn")]),
    ("Nvidia took a $4.5 billion charge on H20.", [(C, "=", 4.5, "usd_bn")]),
    ("Nvidia will take a charge of up to $5.5 billion on H20 inventory.", [(C, "<=", 5.5, "usd_bn")]),
    ("輝達提列55億美元H20庫存費用。", [(C, "=", 5.5, "usd_bn")]),
    ("英伟达计提45亿美元H20减值。", [(C, "=", 4.5, "usd_bn")]),
    ("AMD expects about $800 million in charges on MI308.", [(C, "~", 0.8, "usd_bn")]),
    ("AMD wrote down $800 million of MI308 inventory.", [(C, "=", 0.8, "usd_bn")]),
]  # fmt: skip

NEAR_MISSES = [
    # tariffs, taxes, levies
    "Tariffs of 145% were cut to 30%.",
    "美国对中国芯片加征50%关税。",
    "Washington put a 25% tariff on Nvidia chips bound for China.",
    "中国国产芯片关税占比下调10%关税。",
    "A 25% levy on H200 sales to China goes to the Treasury.",
    # revenue shares for the government
    "Nvidia and AMD have agreed to pay 15% of China sales revenue to the US government",
    "Nvidia and AMD will hand over 15% of revenue from chip sales to China",
    "Trump approved H200 sales to China, with a 25% share for the US government.",
    "英伟达须将中国销售收入的15%上缴美国政府。",
    "美国政府从英伟达对华销售中抽成15%。",
    # share prices and markets
    "Nvidia shares fell 3% in China trading",
    "Nvidia's shares in China-related trading rose 4.2%.",
    "英伟达股价下跌3%，中国概念股走低。",
    "国产芯片股股价大涨10%。",
    "寒武纪股价涨停20%，国产芯片占市值前列。",
    "Cambricon shares jumped 20% as revenue grew.",
    "Domestic chip stocks rose 5% as their share prices surged.",
    "SMIC shares fell 7%, domestic chip makers too.",
    # stakes
    "Huawei holds a 10% stake in a domestic chip supplier.",
    "国家大基金持股国产芯片厂商15%。",
    "The 50% rule covers subsidiaries owned by Chinese chip suppliers.",
    "Nvidia bought a 4% stake in a Chinese supplier.",
    "穿透规则适用于持股50%以上的子公司。",
    # other shares
    "SpaceX的星链卫星中,60%的零部件来自中国供应商",
    "中国光伏设备、锂电设备的出口量占全球80%",
    "China makes 98% of the world's gallium.",
    "中国稀土产量占全球七成。",
    "China accounts for a third of ASML's sales.",
    "台积电在全球晶圆代工市场占有率为67%。",
    "Half of the world's AI researchers are Chinese.",
    "全球一半的AI人才在中国，英伟达CEO黄仁勋说。",
    "中国AI研究人员占全球50%，黄仁勋称。",
    "Samsung's share of the HBM market fell to 17%.",
    "Electric cars took half of China's car sales.",
    "比亚迪在国内市场份额为三成。",
    "Huawei's smartphone share in China rose to 18%.",
    "Apple's share of China's phone market is 15%.",
    # performance, yield, prices
    "The H20 has 20% of the performance of the H100.",
    "H20性能仅为H100的20%。",
    "国产芯片性能达到英伟达的八成。",
    "昇腾910C良率约40%。",
    "The yield of the Ascend 910C is near 40%.",
    "Domestic chips are 30% cheaper than Nvidia's.",
    "国产芯片价格下降三成。",
    "Domestic accelerators use 50% more power than Nvidia's in China.",
    # macro
    "国内生产总值增长5%",
    "China's exports grew 7.2% in July.",
    "China's chip imports rose 10% in value.",
    "The odds of a deal are one in three.",
    # growth of others
    "TSMC's revenue rose 38%.",
    "英伟达营收增长56%。",
    "Nvidia's profit doubled.",
    "Alibaba Cloud revenue tripled.",
    # small or foreign counts
    "Nvidia sold 300 chips",
    "He bought two H20 chips.",
    "A server holds 8 Ascend chips.",
    "TSMC makes 17 million wafers.",
    "The firm has 20,000 employees in China.",
    "2025年第三季度",
    "华为昇腾910B于2023年发布。",
    "Huawei's CloudMatrix 384 joins 384 Ascend 910C chips.",
    # money of other things
    "Nvidia's market value topped $4 trillion.",
    "英伟达市值突破4万亿美元。",
    "Nvidia will invest $5 billion in Intel.",
    "Huawei spent 180 billion yuan on research.",
    "AMD's revenue was $7.7 billion.",
    "Nvidia trades at $170.",
    "Nvidia's revenue was $46.7 billion.",
    "The fund raised 344 billion yuan for chips.",
    "ASML's charge on taxes came to 100 million euros.",
    # times and idioms that only look like quantities
    "国产芯片获得成功，占领市场。",
    "国产芯片成为市场份额的焦点。",
    "国产芯片的份额在上半年公布。",
    "Half a year later, domestic chips had a larger share.",
    "In the first half of 2025 domestic chips won share.",
    "The third quarter brought domestic chips more share.",
    "半导体国产芯片占比数据未公布。",
    "国产零部件占比提高，芯片另计。",
    "Domestic chips gained 3 percentage points of share.",
    "Nvidia has zero intention to leave China, despite its share.",
    "黃仁勳嘆「100%離開中國」 輝達市占歸零",
    "Zero tariffs apply to Nvidia's share of chips sent to China.",
    "The Ascend 910C is a dual-die chip.",
    "One of the domestic chip suppliers lost share.",
    "Nvidia doubled down on China.",
    "Double-digit growth awaits domestic chips.",
]  # fmt: skip


def test_the_tables_are_long_enough() -> None:
    assert len(PHRASES) >= 100
    assert len(NEAR_MISSES) >= 80


@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[text for text, _ in PHRASES])
def test_a_phrase_is_read(text: str, expected: list[Expected]) -> None:
    assert [(c.subject, c.qualifier, c.value, c.unit) for c in claims.read(text)] == expected


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_near_miss_stays_unread(text: str) -> None:
    assert claims.read(text) == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("国产芯片2025年占比41%。", [("2025-01-01", "2025-12-31")]),
        ("国产芯片2025年上半年占比41%。", [("2025-01-01", "2025-06-30")]),
        ("国产芯片2025年第三季度占比41%。", [("2025-07-01", "2025-09-30")]),
        ("截至2024年底，国产芯片占比30%。", [("2024-12-31", "2024-12-31")]),
        ("Domestic chips took a 41% share in Q2 2025.", [("2025-04-01", "2025-06-30")]),
        ("Domestic chips took a 41% share in the first half of 2025.", [("2025-01-01", "2025-06-30")]),
        ("Domestic chips took a 41% share in the third quarter of 2025.", [("2025-07-01", "2025-09-30")]),
        ("The domestic chip share rose from 14% in 2023 to 34% in 2024.",
         [("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-12-31")]),
        ("国产芯片占比从2023年的14%升至2024年的30%。",
         [("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-12-31")]),
        ("China accounted for 13% of Nvidia's revenue in fiscal 2025.",
         [("2024-01-29", "2025-01-26")]),
        ("Nvidia's China revenue was $2.77 billion in the second quarter of fiscal 2026.",
         [("2025-04-28", "2025-07-27")]),
        ("英伟达2026财年第一季度中国营收55.2亿美元。", [("2025-01-27", "2025-04-27")]),
        ("Domestic chips took a 41% share in fiscal 2025.", [(None, None)]),
        ("国产芯片2025年前三季度占比41%。", [("2025-01-01", "2025-09-30")]),
        ("Domestic chips took a 41% share in the first nine months of 2025.",
         [("2025-01-01", "2025-09-30")]),
        ("Nvidia's market share in China went from 95% to 50%.", [(None, None), (None, None)]),
        ("国产芯片占比41%。", [(None, None)]),
    ],
)  # fmt: skip
def test_the_period_is_the_one_the_words_name(
    text: str, days: list[tuple[str | None, str | None]]
) -> None:
    found = [(c.start and str(c.start), c.end and str(c.end)) for c in claims.read(text)]
    assert found == days


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("国产芯片今年占比40%。", date(2025, 1, 1), date(2025, 12, 31)),
        ("国产芯片去年占比30%。", date(2024, 1, 1), date(2024, 12, 31)),
        ("国产芯片今年上半年占比40%。", date(2025, 1, 1), date(2025, 6, 30)),
        ("Domestic chips will have a 50% share next year.", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_this_year_is_that_of_the_publication(text: str, start: date, end: date) -> None:
    (one,) = claims.read(text, date(2025, 8, 1))
    assert (one.start, one.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("IDC said domestic chips had a 41% share in 2025.", ["IDC"]),
        ("Domestic chips had a 41% share in 2025, IDC said.", ["IDC"]),
        (
            "IDC says the domestic chip share is 41%, Bernstein says the domestic chip share is 37%.",
            ["IDC", "Bernstein"],
        ),
        ("摩根士丹利预计，2027年中国GPU自给率将达82%。", ["Morgan Stanley"]),
        ("黄仁勋表示，英伟达在中国的市场份额降至50%。", ["Jensen Huang"]),
        ("Domestic chips had a 41% share in 2025.", [None]),
    ],
)
def test_who_is_said_to_have_said_it(text: str, names: list[str | None]) -> None:
    assert [one.speaker for one in claims.read(text)] == names


def test_ranges_keep_both_ends() -> None:
    (one,) = claims.read("国产芯片占比三至四成。")
    assert (one.low, one.high) == (30, 40)


def test_no_currency_is_changed_into_another() -> None:
    units = {
        q.unit
        for text in ("400亿元", "RMB 40 billion", "¥40 billion")
        for q in find(fold(text).text)
    }
    assert units == {"cny_bn"}


@pytest.mark.parametrize(
    "text",
    [
        "On 15 April 2025 Nvidia took a $5.5 billion charge on H20.",
        "April 15, 2025: Nvidia took a $5.5 billion charge on H20.",
        "2025-04-15: Nvidia took a $5.5 billion charge on H20.",
        "2025年4月15日，英伟达计提55亿美元H20费用。",
    ],
)
def test_the_day_of_a_report_is_no_period(text: str) -> None:
    (one,) = claims.read(text)
    assert (one.start, one.value) == (None, 5.5)
