"""What the letters of a Chinese headline say beside rules and roles."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest

from tracker.core.lexicon import WATCHED, Lexicon
from tracker.core.text import fold
from tracker.core.verdict import Verdict, verdict
from tracker.core.weights import UNWORDED, Wording
from tracker.core.wording import MOST, letters, worded
from tracker.core.zones import zones
from tracker.errors import RecordError
from tracker.record.lexicon import load_lexicon
from tracker.record.wording import load_wording
from tracker.settings import Watch

LAUNCH = "龙芯发布新一代国产GPU芯片"
FOUND = "上海海关查获走私英伟达芯片"
LEXICON = Path("db/lexicon")


@pytest.fixture(scope="module")
def real() -> Lexicon:
    return load_lexicon(LEXICON)


def told(title: str, lexicon: Lexicon, wording: Wording) -> Verdict:
    other = copy(lexicon)
    other.wording = wording
    return verdict(zones(fold(title), fold(""), other), other)


def speaking(value: float) -> Wording:
    """Letters that add this, whatever they are."""
    return Wording(weight=1.0, always=value, title={"的": 0.0})


def test_letters_lower_and_raise_what_rules_and_roles_say(real: Lexicon) -> None:
    plain = told(LAUNCH, real, UNWORDED)
    for value in (-0.4, 0.4):
        other = told(LAUNCH, real, speaking(value))
        assert other.score == pytest.approx(plain.score + value)
        assert other.reasons[-1].name == "wording"


def test_they_count_so_much_and_no_more(real: Lexicon) -> None:
    heavy = replace(speaking(-90.0), title={"发": -90.0})
    plain = told(LAUNCH, real, UNWORDED)
    assert told(LAUNCH, real, heavy).score == pytest.approx(plain.score - MOST)


def test_they_outvote_no_rule_against(real: Lexicon) -> None:
    """A headline of shares prices stays out, whatever its letters are."""
    title = "寒武纪股价大涨 芯片股走强"
    parts = zones(fold(title), fold(""), real)
    assert any(one.weight < 0 for one in verdict(parts, real).found)
    assert told(title, real, speaking(3.0)).score == told(title, real, UNWORDED).score


def test_they_refuse_no_word_of_the_users_own(real: Lexicon) -> None:
    watched = load_lexicon(LEXICON, [Watch("new-gpu", ("新一代",), "item", ("chip",))])
    assert watched.bit(WATCHED)
    assert told(LAUNCH, watched, speaking(-1.0)).score == told(LAUNCH, watched, UNWORDED).score
    assert told(LAUNCH, watched, speaking(1.0)).score > told(LAUNCH, watched, UNWORDED).score


def test_an_english_headline_has_none(real: Lexicon) -> None:
    title = "US adds Huawei to Entity List"
    assert told(title, real, speaking(-3.0)).score == told(title, real, UNWORDED).score


def test_names_of_firms_and_persons_say_nothing_and_capitals_do(real: Lexicon) -> None:
    found = letters(zones(fold("美国禁止英伟达向中国出货 黄仁勋回应"), fold(""), real)[0], real)
    assert {"美国", "禁止", "出货", "回应"} <= found
    assert not found & {"英", "英伟", "伟", "达", "黄", "仁勋"}


def test_traditional_letters_are_read_as_simplified_ones(real: Lexicon) -> None:
    both = [letters(zones(fold(one), fold(""), real)[0], real) for one in ("股價下跌", "股价下跌")]
    assert both[0] == both[1]


def test_the_heaviest_letters_are_shown(real: Lexicon) -> None:
    other = copy(real)
    other.wording = Wording(1.0, 0.0, {"股价": -2.0, "下": 0.5})
    value, reason = worded(zones(fold("股价下跌"), fold(""), other)[0], other)
    assert value == pytest.approx(-1.5 / 7**0.5)
    assert reason is not None
    assert reason.why == "股价 -2.0, 下 +0.5 (db/lexicon/wording.toml)"


def test_the_shipped_numbers_tell_shops_from_borders(real: Lexicon) -> None:
    title = real.wording.title
    assert len(title) > 1000
    assert title["管"] > 0 > title["的"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("wieght = 1\n", "wording.toml:1: unknown name 'wieght'"),
        ("weight = 'x'\n", "wording.toml:1: weight must be a number"),
        ("title = 3\n", "wording.toml:1: title must be a table"),
        ('[title]\n"出口货" = 1\n', "wording.toml:2: '出口货' must be one or two letters"),
        ('[title]\n"出" = "x"\n', "wording.toml:2: '出' must be one or two letters, and a number"),
        ("weight = \n", "wording.toml:1: not valid TOML"),
    ],
)
def test_mistakes_name_file_and_line(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "wording.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=what):
        load_wording(path)


def test_without_the_file_letters_say_nothing(tmp_path: Path) -> None:
    assert load_wording(tmp_path / "wording.toml") == UNWORDED
