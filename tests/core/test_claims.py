"""Figures and statements read from running text, and set beside the record."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.core import article, claims, page
from tracker.core.article_nouns import Desk
from tracker.core.claims import Beside
from tracker.core.figures import house_of
from tracker.model import Record
from tracker.record.load import load

ARTICLE = (Path(__file__).parents[1] / "data" / "article.txt").read_text(encoding="utf-8")


@cache
def record() -> Record:
    return load(Path(__file__).parents[2] / "db" / "record")


def beside(text: str) -> list[Beside]:
    return [claims.beside(c, record().observations, record().series) for c in claims.read(text)]


def test_the_founding_article_gives_its_five_figures() -> None:
    found = [(c.subject, c.qualifier, c.value) for c in claims.read(ARTICLE)]
    assert found == [
        ("growth", "=", 300.0),
        ("domestic-share", "=", 14.0),
        ("domestic-share", "=", 34.6),
        ("domestic-share", ">", 40.0),
        ("domestic-share", ">", 50.0),
    ]


def test_the_founding_figures_beside_the_houses() -> None:
    growth, y2023, y2024, y2025, installs = beside(ARTICLE)
    assert claims.verdict(growth) == "no house"
    assert [house_of(one) for one in y2023.agrees] == ["IDC"]
    assert [(house_of(one), one.value) for one in y2024.nearest] == [
        ("Morgan Stanley", 34),
        ("IDC", 30),
    ]
    assert y2024.agrees == ()
    assert "IDC" in [house_of(one) for one in y2025.agrees]
    assert "TrendForce" in [house_of(one) for one in y2025.nearest]
    assert installs.claim.start is None
    assert (installs.agrees, installs.nearest) == ((), ())


CASES: list[tuple[str, Any]] = [
    ("2025年国产算力占比将突破40%。", ("domestic-share", ">", 40, "2025-01-01", "2025-12-31")),
    ("截至2024年底，國產晶片市占率約30%。", ("domestic-share", "~", 30, "2024-12-31", "2024-12-31")),
    (
        "TrendForce expects domestic chip suppliers to account for about 40% of the market in 2025.",
        ("domestic-share", "~", 40, "2025-01-01", "2025-12-31"),
    ),
    ("英伟达在中国的市场份额降至50%。", ("nvidia-share", "=", 50, None, None)),
    ("Nvidia's market share in China fell to 8% in H1 2026.", ("nvidia-share", "=", 8, "2026-01-01", "2026-06-30")),
    ("华为昇腾出货量增长300%。", ("growth", "=", 300, None, None)),
    ("Cambricon revenue surged 4,348% in the first half of 2025.", ("growth", "=", 4348, "2025-01-01", "2025-06-30")),
    ("华为2025年将出货约80万颗昇腾芯片。", ("units", "~", 800000, "2025-01-01", "2025-12-31")),
    ("Huawei can make at most 200,000 Ascend chips in 2025.", ("units", "<=", 200000, "2025-01-01", "2025-12-31")),
    ("Nvidia's revenue from China was $2.77 billion.", ("revenue", "=", 2.77, None, None)),
    ("輝達提列55億美元H20庫存費用。", ("charge", "=", 5.5, None, None)),
    ("AMD expects about $800 million in charges on MI308.", ("charge", "~", 0.8, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_figure_of_each_kind_in_three_scripts(text: str, expected: tuple[Any, ...]) -> None:
    (one,) = claims.read(text)
    days = (one.start and one.start.isoformat(), one.end and one.end.isoformat())
    assert (one.subject, one.qualifier, one.value, *days) == expected


@pytest.mark.parametrize(
    "text",
    [
        "SpaceX的星链卫星中,60%的零部件来自中国供应商",
        "中国光伏设备、锂电设备的出口量占全球80%",
        "Nvidia shares fell 3% in China trading",
        "Tariffs of 145% were cut to 30%",
        "The 50% rule covers subsidiaries",
        "Nvidia sold 300 chips",
        "国内生产总值增长5%",
        "Nvidia and AMD have agreed to pay 15% of China sales revenue to the US government",
        "Nvidia and AMD will hand over 15% of revenue from chip sales to China",
        "Trump approved H200 sales to China, with a 25% share for the US government.",
        "黃仁勳嘆「100%離開中國」 輝達市占歸零",
    ],
)
def test_other_numbers_stay_unread(text: str) -> None:
    assert claims.read(text) == ()


def test_this_year_needs_a_publication() -> None:
    text = "Huawei can turn out no more than 200,000 AI chips this year."
    (bare,) = claims.read(text)
    (dated,) = claims.read(text, date(2025, 6, 12))
    assert bare.start is None
    assert (dated.start, dated.end) == (date(2025, 1, 1), date(2025, 12, 31))


def test_who_said_it() -> None:
    (one,) = claims.read("IDC称,2025年国产芯片占比约41%。")
    assert one.speaker == "IDC"
    assert claims.verdict(beside("IDC称,2025年国产芯片占比约41%。")[0]) == "agrees"


@settings(max_examples=80, deadline=None)
@given(
    st.text(
        alphabet="国产芯片占比2025年%0123456789.,亿美元shareofdomestic chips Nvidia ", max_size=80
    )
)
def test_any_text_is_read_and_no_value_is_made(text: str) -> None:
    for one in claims.read(text):
        assert one.value >= 0
        assert one.subject in claims.CANDIDATES


def test_damage_is_named() -> None:
    words = article.damage(ARTICLE)
    assert "pinyin" in words[0]
    assert "markup" in words[1]
    assert article.damage("深度求索(DeepSeek)") == ()


def test_the_checked_statements_are_found_in_the_article() -> None:
    assert len(article.checked(ARTICLE, record().claims)) == len(record().claims) == 33


def test_a_page_is_read_as_its_reader_sees_it() -> None:
    found = page.read(
        "<!doctype html><html><head><title>Site</title>"
        '<meta property="og:title" content="H20 returns">'
        '<meta property="article:published_time" content="2025-07-15T09:00:00+08:00">'
        '<meta property="og:site_name" content="Paper"></head><body><nav>menu</nav>'
        "<script>var x = 40</script><p>First.</p><p>Second &amp; last.</p></body></html>"
    )
    assert (found.title, found.paragraphs) == ("H20 returns", ("First.", "Second & last."))
    assert found.published is not None
    assert found.published.date() == date(2025, 7, 15)
    assert found.publisher == "Paper"


def test_the_next_morning_in_china_is_no_conflict() -> None:
    from datetime import UTC, datetime

    from tracker.core.recognise import annotate, recognise
    from tracker.model import Entry
    from tracker.record import lexicon

    words = lexicon.load_lexicon(Path(__file__).parents[2] / "db" / "lexicon")
    seen = datetime(2025, 7, 16, tzinfo=UTC)

    def read(text: str) -> Any:
        entry = Entry(
            "x",
            "d",
            "added",
            "g",
            "",
            text,
            "",
            seen,
            480,
            "",
            seen,
            "zh-Hans",
            "",
            "general",
            "added",
        )
        return recognise(entry, words)

    said = [
        "2025年7月15日，英伟达称美国将批准H20出口许可。",
        "2025年7月3日，英伟达称美国将批准H20出口许可。",
    ]
    desk = Desk(read, annotate(record().events, words), lambda claim: Beside(claim, (), (), ()))
    found = [article.statements(article.check([one], desk)) for one in said]
    assert [(one.event and one.event.id, one.verdict) for (one,) in found] == [
        ("2025-07-14-h20-mi308-licences-promised", "agrees"),
        ("2025-07-14-h20-mi308-licences-promised", "conflicts"),
    ]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2024年国产芯片占比34.6%。", "no house"),  # IDC's ">30%" leaves room for it
        ("2024年国产芯片占比12%。", "conflict"),
        ("2025年国产芯片占比约四成。", "agrees"),
        ("IDC称,2025年国产芯片占比60%。", "conflict"),
        ("TrendForce称,2025年国产芯片占比41%。", "conflict"),  # IDC's figure, not TrendForce's
        ("国产芯片占比60%。", "no house"),
        ("2023年,国产芯片占比不到两成。", "agrees"),
    ],
)
def test_a_conflict_is_what_leaves_no_room(text: str, verdict: str) -> None:
    (one,) = beside(text)
    assert claims.verdict(one) == verdict


def test_a_claim_has_one_name_as_long_as_its_words_stand() -> None:
    first, second = claims.read("2024年国产芯片占比34.6%。2025年国产芯片占比41%。")
    assert claims.claim_id("a", first) == claims.claim_id("a", first)
    assert len({claims.claim_id(item, c) for item in "ab" for c in (first, second)}) == 4


@pytest.mark.parametrize(
    ("text", "published", "days"),
    [
        (
            "今年前三季度，寒武纪营收同比增长近二十四倍。",
            "2025-12-01",
            ("2025-01-01", "2025-09-30"),
        ),
        ("上半年国产AI芯片的占有率过半。", "2025-12-01", ("2025-01-01", "2025-06-30")),
        ("上半年国产AI芯片的占有率过半。", "2025-04-01", None),
        ("下半年国产AI芯片的占有率过半。", "2026-02-01", ("2025-07-01", "2025-12-31")),
        ("Domestic chips took a 41% share in the second half.", "2025-10-01", None),
    ],
)
def test_parts_of_a_year_are_no_year(
    text: str, published: str, days: tuple[str, str] | None
) -> None:
    (one,) = claims.read(text, date.fromisoformat(published))
    found = (str(one.start), str(one.end)) if one.start else None
    assert found == days


def test_a_figure_of_nine_months_stands_beside_nine_months() -> None:
    """Not beside the year, of which another growth was published."""
    (one,) = beside("2025年前三季度，寒武纪营收同比增长近二十四倍。")
    assert {str(o.period_end) for o in (*one.agrees, *one.nearest)} == {"2025-09-30"}
    assert claims.verdict(one) == "agrees"
    (other,) = beside("2025年前六个月，海光营收同比增长近二十四倍。")
    assert claims.verdict(other) == "no house"


def test_a_published_bound_is_no_witness_of_the_other_side() -> None:
    (below,) = beside("2024年国产AI芯片占比不到三分之一。")
    assert [o.qualifier for o in below.agrees] == ["~"]
    (above,) = beside("2024年国产AI芯片占比超过三成。")
    assert ">" in [o.qualifier for o in above.agrees]
    (inside,) = beside("2025年寒武纪营收增长450%。")
    assert [o.value_low for o in inside.agrees] == [410]


def test_a_fiscal_quarter_stands_beside_its_own() -> None:
    text = "Nvidia's China revenue was $2.77 billion in the second quarter of fiscal 2026."
    (one,) = beside(text)
    assert {o.value for o in one.agrees} == {2.77}
    (wrong,) = beside(text.replace("2.77", "3.77"))
    assert claims.verdict(wrong) == "conflict"


def test_no_figure_crosses_a_sentence_or_a_line() -> None:
    """What TrendForce says of foreign chips is no share of Nvidia's, named the sentence before."""
    text = (
        "Chips at home\nNvidia's share of China's market fell to 55% in 2025, according to IDC."
        " TrendForce put the share of foreign chips in China's AI servers at 63% in 2024."
    )
    (one,) = claims.read(text)
    assert (one.value, one.speaker) == (55, "IDC")
    assert one.words.startswith("Nvidia's share")


def test_a_clause_of_a_thousand_figures_is_read_in_part() -> None:
    """Each figure looks at the words around it; a text of nothing else took seconds."""
    many = " ".join(f"{n}%" for n in range(1, 100))
    found = claims.read(f"Nvidia's share of the Chinese AI chip market fell to {many}")
    assert 0 < len(found) <= claims.MOST_FIGURES


@pytest.mark.parametrize(
    "figure", ["٣٥%", "３５%", "百分之三点百", "百分之三点五", "५%", "٣5%", "35٣%"]
)
def test_figures_in_other_digits_are_read_or_left(figure: str) -> None:
    read = [one.value for one in claims.read(f"2025年英伟达在中国AI芯片市场份额降至{figure}")]
    assert read in ([], [35.0], [3.5])
