"""Reading a query never fails, and every word of it is looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core import words
from tracker.core.query import (
    AnyOf,
    Field,
    Not,
    Text,
    pieces,
    read,
    stretches,
    words_of,
)
from tracker.core.words import spaced, tokens


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("H20", Text("H20")),
        ("a OR b", AnyOf((Text("a"), Text("b")))),
        ("NOT a", Not(Text("a"))),
        ('-"a b"', Not(Text("a b"))),
        ("kind:rule", Field("kind", "rule", "kind:rule")),
        ('publisher:"South China"', Field("publisher", "South China", "publisher: South China")),
        ("and or not", None),
        ("OR a OR", Text("a")),
        ("(a", Text("a")),
        (")a", Text("a")),
        ("", None),
        ("!!! ---", None),
    ],
)
def test_a_query_means_what_it_says(typed: str, root: object) -> None:
    if typed == "and or not":  # small letters are words like others
        assert [text.words for text in words_of(read(typed).root)] == ["and", "or", "not"]
    else:
        assert read(typed).root == root


def test_blanks_bind_closer_than_or() -> None:
    assert read("a b OR c").root == AnyOf((read("a b").root, Text("c")))  # type: ignore[arg-type]  # not None


def test_an_endless_query_is_cut_with_a_hint() -> None:
    query = read("(" * 5000 + "a " * 5000)
    assert query.hints == ("only the first 200 words were read",)


@given(st.text(max_size=80))
def test_nothing_typed_raises(typed: str) -> None:
    read(typed)
    assert "  " not in spaced(typed)


@given(st.text(alphabet='ab ()"-:*ANDORkind说明', max_size=60))
def test_no_nesting_of_signs_raises(typed: str) -> None:
    read(typed)


@given(st.text(alphabet="英伟达h20芯片 .", max_size=20), st.sets(st.integers(0, 200), max_size=20))
def test_cutting_a_word_loses_nothing(typed: str, picked: set[int]) -> None:
    some = stretches(typed)
    names = {some[n] for n in picked if n < len(some)}
    assert "".join(tokens("".join(pieces(typed, names)))) == "".join(tokens(typed))


def test_quotes_make_words_exact() -> None:
    assert [text.exact for text in words_of(read('a "b c" "华为芯片"').root)] == [False, True, True]


@given(st.text(alphabet="aB. 1中_", max_size=14))
def test_the_quick_look_passes_over_no_initials(text: str) -> None:
    """Whatever the grammar of initials finds is seen by the quick look before it."""
    if words._INITIALS.search(text):
        assert words._DOTTED.search(text)
