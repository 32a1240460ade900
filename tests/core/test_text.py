"""Folding keeps every position; glosses, scripts, titles and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core import clean
from tracker.core import text as text_module
from tracker.core.text import (
    Folded,
    bare_title,
    fold,
    fold_each,
    language,
    numbers,
    sentences,
    strip_html,
)


@given(st.text(max_size=300))
def test_folded_and_original_have_one_length(text: str) -> None:
    folded = fold(text)
    assert len(folded.original) == len(folded.text)


@given(
    st.lists(st.text(alphabet="國产許可證\n輝達著乾(guó)\x85\u2028芯片H20 ’<b>—ＡＢ", max_size=30))
)
def test_texts_are_folded_together_as_they_are_alone(texts: list[str]) -> None:
    assert fold_each(texts) == [fold(text).text for text in texts]


@given(st.text(alphabet="國产許可證輝达(guó)芯片H20 ’—ＡＢ", max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("國(guó)產(chǎn)替代", "国产替代"),
        ("輝達（NVDA）", "辉达(nvda)"),
        ("ＡＩ晶片", "ai晶片"),
        ("Nvidia’s “H20”", 'nvidia\'s "h20"'),
        ("芯片(chip)與(DeepSeek)", "芯片(chip)与(deepseek)"),
        ("網信辦约谈", "网信办约谈"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Nvidia to resume H20 sales", "en"),
        ("英伟达将恢复销售H20", "zh-Hans"),
        ("輝達將恢復銷售H20", "zh-Hant"),
        ("12345", "other"),
        ("エヌビディア", "other"),
    ],
)
def test_language(text: str, lang: str) -> None:
    assert language(text) == lang


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("takes a $5.5bn charge", ("5500000000",)),
        ("減記55億美元", ("5500000000",)),
        ("25% of revenue", ("25%",)),
        ("adds 36 Chinese entities", ("36",)),
        ("将二十三家中国企业列入", ("23",)),
        ("in 2025", ()),
        ("H20 and MI308", ()),
        ("up \u0663\u0665% on the year", ("35%",)),
    ],
)
def test_numbers_in_one_spelling(text: str, found: tuple[str, ...]) -> None:
    assert numbers(fold(text).text) == found


def test_titles_lose_wire_prefix_and_publisher() -> None:
    assert bare_title("UPDATE 2 - US bans chips | Example", "Example") == "US bans chips"
    assert bare_title("China - US talks", "Example") == "China - US talks"


def test_a_column_goes_before_its_headline_and_a_paper_after_it() -> None:
    assert bare_title("Video | US bars H20 exports to China") == "US bars H20 exports to China"
    assert bare_title("US bars H20 | South China Morning Post") == "US bars H20"
    assert bare_title("北京将八家实体列入名单 | 联合早报") == "北京将八家实体列入名单"


def test_a_title_without_a_prefix_or_a_tail_stays() -> None:
    assert bare_title("US bans chips - Reuters", "Reuters") == "US bans chips"
    assert bare_title("US bans chips – REUTERS", "Reuters") == "US bans chips"
    assert bare_title("BEIJING（Xinhua）China bans gallium") == "China bans gallium"
    assert bare_title("China bans gallium (again) - report", "BBC") == (
        "China bans gallium (again) - report"
    )


def test_html_becomes_text() -> None:
    assert strip_html("<p>A &amp; B<br/>C</p>") == "A & B C"


def test_a_megabyte_is_cut() -> None:
    assert len(fold("芯" * 1_000_000).text) == 4000


def test_sentences_keep_their_originals() -> None:
    parts = sentences(fold("Nvidia said no. China said 不。商務部公告。"))
    assert [one.original for one in parts] == ["Nvidia said no.", "China said 不", "商務部公告"]


@given(st.text(alphabet="aZ9.!?。;；,%千万 \"'\u0663", max_size=40))
def test_a_quick_look_finds_every_stop_and_figure(text: str) -> None:
    """Trying the grammars only where they can begin finds what trying them everywhere does."""
    cuts = [0, *(at for cut in text_module._SENTENCE.finditer(text) for at in cut.span())]
    spans = zip(cuts[::2], [*cuts[1::2], len(text)], strict=True)
    found = [one.original for one in sentences(Folded(text, text))]
    assert found == [text[start:end] for start, end in spans if start < end]
    everywhere = [match.span() for match in text_module._NUMBER.finditer(text)]
    assert [match.span() for match in text_module._figures(text)] == everywhere


def test_the_quick_look_passes_over_nothing_unwanted() -> None:
    """A text that is not looked at twice holds no character that ``clean_text`` takes out."""
    unwanted = clean._unwanted().findall("".join(map(chr, range(0x110000))))
    assert len(unwanted) > 6000
    assert all(map(clean._suspect().match, unwanted))
