"""Whose report: wires named in headline, dateline or text; copies of one text without any name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.core.conftest import Reader
from tracker.core.build import build
from tracker.core.examples import mention, source
from tracker.core.origins import origin_of, origins, origins_of, wire_in
from tracker.core.question import as_known
from tracker.model import Mention

TITLE = "US adds 12 Chinese chip firms to Entity List"
TEXT = (
    "The Commerce Department added twelve Chinese chip firms to its Entity List on Wednesday,"
    " saying they had bought tools for the army through front companies in Hong Kong."
)


@pytest.mark.parametrize(
    ("title", "text", "wire"),
    [
        ("", "washington (reuters) - the us added firms", "reuters"),
        ("", "WASHINGTON, July 9 (AP) - The US added firms", "associated press"),
        ("", "(路透社华盛顿9日电)美国商务部宣布", "reuters"),
        ("", "（中央社記者王某某華盛頓9日專電）美國商務部今天宣布", "cna"),
        ("", "财联社7月9日电,美国商务部宣布", "cls"),
        ("", "新华社华盛顿7月9日电 美国商务部宣布", "xinhua"),
        ("", "据新华社报道,商务部宣布", "xinhua"),
        ("", "據彭博報導,美國將擴大管制", "bloomberg"),
        ("", "The plan, Bloomberg reported on Tuesday, covers 12 firms", "bloomberg"),
        ("", "Officials are weighing a list, according to the Financial Times", "financial times"),
        ("", "A person told Reuters that the list is ready", "reuters"),
        ("《金融時報》:美擬擴大清單", "", "financial times"),
        ("Exclusive-US to add firms, Reuters reports", "", "reuters"),
        ("US readies list - FT", "", "financial times"),
        ("WSJ: US readies list", "", "wall street journal"),
        ("", "an official told the ft that the list is ready", "financial times"),
        ("", "the list is ready, the ft reported on monday", "financial times"),
        ("", "路透10日報導,名單已備妥", "reuters"),
        ("", "彭博週三(10日)報導,名單已備妥", "bloomberg"),
        ("", "金融時報今天報導,名單已備妥", "financial times"),
        ("", "《巴倫周刊》披露,騰訊使用晶片", "barron's"),
        ("", "荷蘭大臣接受《鹿特丹商報》採訪說,不會照搬", "nrc"),
        ("", "日本产经新闻报道,中方拒签新合同", "sankei"),
        ("", "a shift left the aircraft reported missing", None),
        ("", "He led Bloomberg Philanthropies before joining the department", None),
        ("", "The AP exam and the FT column are no wires", None),
        ("", "新华集团的电脑被禁", None),
        ("", "More information about the rule", None),
    ],
)
def test_wires(title: str, text: str, wire: str | None) -> None:
    assert wire_in(title, text) == wire


def page(
    read: Reader, publisher: str, title: str, text: str, day: str = "2026-07-09", tier: str = "wire"
) -> Mention:
    found = read(title, text, day=day, name=publisher)
    return replace(found, publisher=publisher, url=f"https://{publisher}.example/", tier=tier)


def test_a_wire_named_in_the_text_alone_is_one_witness(read: Reader) -> None:
    copies = [
        page(read, "one", TITLE, f"(Reuters) - {TEXT}"),
        page(read, "two", "12 Chinese firms added to US Entity List",
             "The Commerce Department listed 12 firms, Reuters reported."),
        page(read, "three", "美国将12家中国芯片企业列入实体清单",
             "据路透社报道,美国商务部宣布将12家企业列入实体清单。", "2026-07-10"),
    ]  # fmt: skip
    event = build(copies)
    assert event is not None
    assert (event.witnesses, event.reports) == (1, 3)
    assert origins(event.sources) == 1
    event = build([*copies, page(read, "four", TITLE, "Our reporter saw the notice.")])
    assert event is not None
    assert event.witnesses == 2


def test_copies_of_one_text_are_one_witness_whoever_prints_them(read: Reader) -> None:
    first = page(read, "one", TITLE, TEXT)
    copy = page(read, "two", "US adds chip firms to Entity List", f"{TEXT} Shares fell.",
                "2026-07-10")  # fmt: skip
    other = page(read, "three", TITLE, "Twelve makers of chips from China were put on the Entity List"
                 " over ties to the army, a notice said on Wednesday, among them two that sell to"
                 " Huawei and one that sells to SMIC.")  # fmt: skip
    assert origins_of([copy, other, first]) == {"one": "one", "two": "one", "three": "three"}
    event = build([copy, other, first])
    assert event is not None
    assert event.witnesses == 2
    past = as_known(event, date(2026, 7, 9))
    assert past is not None
    assert past.witnesses == 2


def test_an_official_page_is_its_own_witness(read: Reader) -> None:
    notice = page(read, "bis", TITLE, f"(Reuters) - {TEXT}", tier="official")
    assert origins_of([notice]) == {"bis": "bis"}
    leaked = page(read, "one", TITLE, TEXT, "2026-07-08")
    assert origins_of([leaked, replace(notice, keys=leaked.keys)]) == {"bis": "bis", "one": "one"}


def test_a_text_of_nobody_is_no_origin_and_confirms_nothing() -> None:
    named = mention(item_id="a1", status="confirmed")
    nobody = mention(item_id="b2", status="confirmed", publisher="", url="")
    other = mention(item_id="c3", status="confirmed", publisher="Other", url="https://c.example/1")

    event = build([named, nobody])
    assert event is not None
    assert (event.witnesses, event.status, event.reports) == (1, "reported", 2)
    two = build([named, other])
    assert two is not None
    assert (two.witnesses, two.status) == (2, "confirmed")
    alone = build([nobody])
    assert alone is not None
    assert (alone.witnesses, alone.sources) == (0, ())


def test_an_address_that_was_only_seen_as_a_link_is_no_origin() -> None:
    read = source("Example Daily")
    ministry = replace(source("A ministry"), url="https://ministry.example/1")
    listed = replace(ministry, official=True, seen_as="link in a public list")
    assert origins([read, listed]) == 1
    assert origins([read, replace(listed, seen_as=None)]) == 2


def test_one_page_is_one_origin_whoever_carries_it() -> None:
    world = mention(item_id="a1", status="confirmed", publisher="Example News: World")
    spelt = f"{world.url.replace('https://', 'http://www.')}/?utm_source=rss#top"
    technology = replace(world, item_id="b2", publisher="Example News: Technology", url=spelt)
    event = build([world, technology])
    assert event is not None
    assert (event.witnesses, event.status, event.evidence) == (1, "reported", "one-page")
    assert [page.url for page in event.sources] == [world.url]
    assert origins_of([technology, world])["b2"] == "example news: world"

    other = replace(technology, item_id="c3", url="https://other.example/1")
    two = build([world, technology, other])
    assert two is not None
    assert (two.witnesses, two.status, len(two.sources)) == (2, "confirmed", 2)


def test_addresses_that_tell_only_a_site_are_no_page() -> None:
    one = mention(item_id="a1", status="confirmed", url="https://example.org/")
    other = replace(one, item_id="b2", publisher="Other")
    assert set(origins_of([one, other]).values()) == {"example wire", "other"}


def test_the_page_of_an_office_is_its_own_by_whatever_feed_it_comes_first() -> None:
    early = mention(item_id="a1", publisher="Aggregator")
    notice = replace(early, item_id="b2", publisher="Federal Register", tier="official")
    assert set(origins_of([early, notice]).values()) == {"federal register"}
    event = build([early, notice])
    assert event is not None
    assert event.witnesses == 1


def test_a_report_that_is_a_page_of_the_record_is_no_further_origin() -> None:
    page = source("Example Daily")
    assert origins_of([mention()], [page]) == {"a1": "example daily"}
    assert origins_of([mention()], [replace(page, seen_as="link")]) == {"a1": "example wire"}


@pytest.mark.parametrize(
    ("url", "whose"),
    [("http://[::1", "a1"), ("", "a1"), ("https://www.News.example/a", "news.example")],
)
def test_without_a_publisher_a_report_is_its_hosts(url: str, whose: str) -> None:
    assert origin_of(mention(publisher="", url=url)) == whose
