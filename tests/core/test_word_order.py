"""Lists of search words and what was thrown together tell of no act; what people write may."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from tests.core.test_wires import rows
from tracker.core.examples import entry
from tracker.core.lexicon import Lexicon
from tracker.core.recognise import FAR, UNREAD, recognise
from tracker.core.text import fold, has_han
from tracker.core.word_order import in_no_order, steps
from tracker.core.zones import zones
from tracker.errors import RecordError
from tracker.record.order import load_order

THROWN = [
    (
        "Nvidia has of the tariffs H20 to because exports Commerce billion a",
        "These in by export licence China was although the Entity List on are Huawei banned this.",
    ),
    (
        "Export controls of is Beijing the because Huawei a has on shipments were",
        "The of to licence Nvidia chips it banned Monday a from not and Washington the in.",
    ),
    ("英伟达业数形出口管制几件员芯片直群象", "点华为料正头实体清单计命此题回条质老边流龙。"),
    ("平理現程加英偉達心樣各線內", "組統接知較華為將見計別她手角期根論運農指幾九區。"),
]
WRITTEN = [
    (
        "Chinese vice premier He Lifeng to visit Washington for trade talks Aug. 18-20",
        "Vice Premier He Lifeng will lead a delegation to Washington from Aug. 18 to 20.",
    ),
    ("US adds Huawei to Entity List", ""),
    ("US ADDS HUAWEI TO ENTITY LIST", ""),
    ("Nvidia Resumes H20 Sales to China After US Gives Licence", "It is so."),
    ("H20, H200, B30A: what may be sold", "What each may be sold for, and to whom."),
    ("商务部公告", ""),
    ("美国将华为列入实体清单", "商务部周二宣布,自即日起生效。"),
    ("輝達H20獲准對華出口", "美國商務部週二發出許可。"),
]


def shown(title: str, summary: str, lexicon: Lexicon) -> str:
    return in_no_order(zones(fold(title), fold(summary), lexicon), lexicon.order)


@pytest.mark.parametrize(("title", "summary"), THROWN)
def test_what_was_thrown_together_shows_it(title: str, summary: str, lexicon: Lexicon) -> None:
    words = shown(title, summary, lexicon)
    assert words
    assert words in fold(f"{title} {summary}").text + title + summary


@pytest.mark.parametrize(("title", "summary"), WRITTEN)
def test_what_people_write_is_in_order(title: str, summary: str, lexicon: Lexicon) -> None:
    assert shown(title, summary, lexicon) == ""


def test_of_made_up_headlines_none_is_in_no_order(lexicon: Lexicon) -> None:
    assert [
        row["title"] for row in rows() if shown(row["title"], row.get("summary") or "", lexicon)
    ] == []


def test_most_of_them_are_when_their_words_are_shuffled(lexicon: Lexicon) -> None:
    """Those with a summary: of a headline alone no more can be told than what is impossible."""
    dice = random.Random(3)
    long = [
        row for row in rows() if len(row.get("summary") or "") > 60 and not has_han(row["title"])
    ]
    found = 0
    for row in islice(long, 100):
        words = f"{row['title']} {row['summary']}".replace(".", "").replace(",", "").split()
        dice.shuffle(words)
        found += bool(shown("", " ".join(words) + ".", lexicon))
    assert found >= 0.8 * len(long[:100]) > 20


def test_such_an_item_is_no_event_and_says_why(lexicon: Lexicon) -> None:
    title, summary = THROWN[0]
    told = recognise(replace(entry(title), summary=summary), lexicon)
    assert [one.relevant for one in told] == [False]
    assert told[0].score <= UNREAD < FAR
    assert told[0].keys == ()
    why = next(one.why for one in told[0].reasons if one.name == "order")
    assert "its words stand in no order that is written" in why


def test_capitals_of_a_headline_are_no_names(lexicon: Lexicon) -> None:
    plain = [step[:2] for step in steps("Firms that were listed", lexicon.order)]
    assert [step[:2] for step in steps("Firms That Were Listed", lexicon.order)] == plain


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("leest = -3\n", "order.toml:1: unknown name 'leest'"),
        ("least = 'x'\n", "order.toml:1: least must be a number"),
        ("follows = 3\n", "order.toml:1: follows must be a table"),
        ("[classes]\nthe = 3\n", "order.toml:2: the must be words"),
        ("[classes]\nthe = 'the a'\nof = 'of the'\n", "order.toml:3: the word 'the' is in two"),
        ("[classes]\nthe = 'the a'\n[follows]\nthe = { teh = 3 }\n",
         "order.toml:4: no class is called 'teh'"),
        ("[follows]\nname = 3\n", "order.toml:2: name must hold numbers"),
        ("[chinese]\npear = '公司'\n", "order.toml:2: 'pear' must be one letter"),
        ("least = \n", "order.toml:1: not valid TOML"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_named_with_its_line(
    tmp_path: Path, text: str, wrong: str
) -> None:
    path = tmp_path / "order.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=wrong):
        load_order(path)


def test_a_folder_without_the_file_finds_an_order_in_everything(tmp_path: Path) -> None:
    assert load_order(tmp_path / "order.toml").follows == {}
