"""Which item an arrival is: by guid, by link, by title and moment, else a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.identity import (
    Arrival,
    Known,
    _canonical,
    canonical_link,
    hash_of,
    item_id,
    keys_of,
    place,
    without_repeats,
)

NOON = datetime(2025, 7, 15, 12, tzinfo=UTC)
MIDNIGHT = datetime(2025, 7, 15, tzinfo=UTC)
LINK = "https://news.example/a"


def ids(
    *arrivals: Arrival,
    guids: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    titles: Mapping[tuple[str, datetime], str] | None = None,
    taken: tuple[str, ...] = (),
) -> list[str]:
    known = Known(guids or {}, links or {}, lambda *asked: (titles or {}).get(asked), taken)
    return [one.item_id for one in place("f", without_repeats(arrivals), known)]


def test_a_known_guid_wins_over_a_known_link() -> None:
    one = Arrival("g", LINK, "A")
    assert ids(one, guids={"g": "by-guid"}, links={"news.example/a": "by-link"}) == ["by-guid"]


def test_a_new_guid_is_found_by_its_link_then_by_title_and_moment() -> None:
    one = Arrival("g2", LINK, "A", published=NOON)
    assert ids(one, links={"news.example/a": "by-link"}) == ["by-link"]
    assert ids(one, titles={("A", NOON): "by-title"}) == ["by-title"]


def test_a_bare_day_is_no_moment() -> None:
    """Two notices of one day can bear one title."""
    notice = Arrival("g2", LINK, "Notice of meeting", published=MIDNIGHT)
    stored = {("Notice of meeting", MIDNIGHT): "yesterday's"}
    assert ids(notice, titles=stored) == [hash_of("link", "news.example/a")]


def test_what_stands_in_the_document_under_its_own_guid_is_another_item() -> None:
    both = (Arrival("g1", LINK, "A"), Arrival("g2", LINK, "A"))
    first, second = ids(*both, guids={"g1": "i1"}, links={"news.example/a": "i1"})
    assert first == "i1"
    assert second not in ("i1", "")


def test_an_id_that_is_taken_is_not_given_again() -> None:
    link, guid = hash_of("link", "news.example/a"), hash_of("guid", "f", "g")
    assert ids(Arrival("g", LINK, "A")) == [link]
    assert ids(Arrival("g", LINK, "A"), taken=(link,)) == [guid]
    assert ids(Arrival("g", LINK, "A"), taken=(link, guid))[0] not in (link, guid)


def test_a_home_page_is_no_key_and_a_shared_link_tells_titles_apart() -> None:
    home = [Arrival("", "https://news.example/", "A"), Arrival("", "https://news.example/", "A")]
    assert [key[:5] for key in keys_of(home)] == ["text:", "text:"]
    shared = keys_of([Arrival("", LINK, "A"), Arrival("", LINK, "B")])
    assert [key[:5] for key in shared] == ["text:", "text:"]
    assert shared[0] != shared[1]
    assert keys_of([Arrival("", LINK, "A"), Arrival("", LINK, "A")]) == ["//news.example/a"] * 2


@pytest.mark.parametrize("guid", [" ", "\0", "\ud800", "\ufffe"])
def test_a_guid_of_nothing_that_can_be_kept_is_none(guid: str) -> None:
    assert keys_of([Arrival(guid, LINK, "A")]) == ["//news.example/a"]


@pytest.mark.parametrize(
    "link",
    [
        "http://news.example/a", "https://www.news.example:443/a/", "HTTPS://NEWS.EXAMPLE/a#top",
        "https://news.example/a?utm_source=x&fbclid=y",
    ],
)  # fmt: skip
def test_one_page_has_one_id_however_it_is_written(link: str) -> None:
    assert item_id("f", "g", link) == item_id("other", "h", LINK)


@pytest.mark.parametrize(
    "link", ["https://news.example/A", "https://news.example/a?id=1", "https://news.example:8080/a"]
)
def test_other_pages_have_other_ids(link: str) -> None:
    assert item_id("f", "g", link) != item_id("f", "g", LINK)


@given(
    st.sampled_from(["http://", "https://", "HTTPS://", "http:", "ftp://"]),
    st.sampled_from(["", "www.", "www.www."]),
    st.text(alphabet="aB1.-:@/ ", max_size=6),
    st.text(alphabet="/.aZ~%2f;?#&=", max_size=12),
)
def test_a_plain_address_needs_no_taking_apart(scheme: str, www: str, host: str, path: str) -> None:
    url = scheme + www + host + path
    assert canonical_link(url) == _canonical(url)
