"""Web pages read as articles: what a reader sees, whatever the markup does."""

from __future__ import annotations

import random

import pytest

from tracker.core import page
from tracker.core.markup import entities, pieces

MOST = 2_000_000
"""Characters of a page on which a reading that takes a square of its length would never end."""

UNITS = {
    "tags left open": '<meta name="a" ', "elements left open": "<nav>", "comments": "<!-- ",
    "ends left open": "</x ", "declarations": "<!DOCTYPE ", "scripts": "<script></",
    "quotation marks crossed": """<a " e="' f='""", "signs inside quotation marks": "<a b='>'",
    "entities": "&#", "blanks": "<a          ",
}  # fmt: skip


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_page_made_to_be_slow_is_read_in_a_moment(unit: str) -> None:
    assert page.read(f"<html><title>H20</title>{unit * (MOST // len(unit))}").title == "H20"


def test_ends_that_nothing_began_are_passed_over_without_a_search() -> None:
    count = MOST // 12
    found = page.read("<html><nav>" + "<nav>" * count + "</form>" * count)
    assert found.paragraphs == ()


def test_a_title_in_many_pieces_is_one() -> None:
    assert len(page.read("<html><title>" + "x<b>" * (MOST // 4)).title) == page.TITLE


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("<p class=it's>He said don't</p><p>Yes", ("He said don't", "Yes")),
        ("<p title='a > b'>H20</p>", ("H20",)),
        ('<p>H20<img src="data:image/png;base64,' + "A" * 90_000 + '"> licences', ("H20 licences",)),
        ("<p>3 < 5 chips", ("3 < 5 chips",)),
        ("<script>if (a</b) '</p>'</script><p>H20", ("H20",)),
        ("<SCRIPT src=x />H20", ("H20",)),
        ("<iframe src=http://x.example/>no</iframe>H20", ("H20",)),
        ("<nav><p>Home</nav><p>H20<!-- > <p> --> too", ("H20 too",)),
        ("<p>H20<style>p > a {}</style> licences</form>", ("H20 licences",)),
        ("<p>H20 &#" + "9" * 5000 + "; licences &amp; more", ("H20 \ufffd licences & more",)),
    ],
)  # fmt: skip
def test_what_a_reader_sees(markup: str, paragraphs: tuple[str, ...]) -> None:
    assert page.read(f"<html>{markup}").paragraphs == paragraphs


def test_what_a_page_says_of_itself() -> None:
    found = page.read(
        '<html><meta content="2025-07-15" name=date><META PROPERTY="og:title" CONTENT="A &gt; B">'
        "<meta property='og:site_name' content='Example &amp; Co'/><h1>Other</h1><p>H20</html>"
    )
    assert (found.title, found.published_raw, found.publisher) == ("A > B", "2025-07-15",
                                                                   "Example & Co")  # fmt: skip


def test_no_letter_of_text_is_lost_between_tags() -> None:
    pick = random.Random(5)
    for _ in range(300):
        words = [f"w{pick.randint(0, 99)}" for _ in range(pick.randint(1, 20))]
        tags = [pick.choice(("<b>", "</i>", "<br/>", "<!-- a -->", "<a href='>'>")) for _ in words]
        told = pieces("".join(word + tag for word, tag in zip(words, tags, strict=True)))
        assert [one for one in told if isinstance(one, str)] == words


@pytest.mark.parametrize("text", ["&#" + "9" * 5000 + ";", "&#x" + "9" * 5000 + ";"])
def test_a_number_that_no_letter_has_is_no_letter(text: str) -> None:
    assert entities(text) == "\ufffd"
