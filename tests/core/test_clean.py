"""Cleaning is quick where nothing is to be cleaned, and says the same."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from tracker.core import clean

LETTERS = "aZ 9\t\n\r\x0b\x1f\x7f\x85\xa0\xad\u034f\u1160\u200b\u2028\u3000\ufe0f\ufdd0\uffff國é\u0301\U0001fffe"


@given(st.one_of(st.text(max_size=60), st.text(alphabet=LETTERS, max_size=30)))
@example("a\u3000 b\xa0c")
@example("\x1c a  b ")
def test_a_line_is_the_text_with_its_blanks_folded(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = clean._steering().sub("", plain)
    plain = re.sub(f"[{clean._NONE}]", "", clean._dirty().sub("", plain))
    if not clean._pile().search(plain):
        assert clean.clean_text(text) == plain
        assert clean.clean_line(text) == re.sub(r"\s+", " ", plain).strip()


@given(st.text(alphabet="\x1b\x9b[]0;31mH\x07\\ (B\n\u200b", max_size=20))
@example("\x1b\u200b[31mH20")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean.clean_text(text)
    assert clean.clean_text(once) == once
    assert not set(once) & set("\x1b\x9b\x07")


@given(st.text(alphabet="/?#%&=a@ <\u200b:[", max_size=12))
def test_a_usual_link_is_kept_as_the_rules_for_all_links_keep_it(rest: str) -> None:
    link = f"https://example.org{rest}"
    if clean._USUAL_LINK.fullmatch(link):
        assert clean.clean_link(f" {link}") == link


@given(st.text(alphabet='ab/:@?#.<>{}`"\\\\%', max_size=20))
def test_a_link_is_written_without_what_would_end_it(rest: str) -> None:
    link = clean.clean_link(f"https://example.org/{rest}")
    assert not set(link) & set('"<>\\`{}')
