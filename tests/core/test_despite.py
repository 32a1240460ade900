"""Nobody acts or speaks in a clause that tells in spite of what something is done.

All headlines are made up.
"""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("US approves Nvidia H200 sales to China despite warnings from lawmakers",
         ("licence", "ease", "US")),
        ("Netherlands restricts ASML exports to China despite Beijing's warning",
         ("rule", "tighten", "NL")),
        ("儘管遭議員反對，美國仍批准輝達H200銷往中國", ("licence", "ease", "US")),
        ("美國批准輝達H200銷往中國，不顧議員警告", ("licence", "ease", "US")),
        ("China limits H200 despite Trump's approval", ("countermeasure", "tighten", "CN")),
        ("Huawei unveils new Ascend chip despite US sanctions", ("substitution", "neutral", "CN")),
    ],
)  # fmt: skip
def test_what_is_done_in_spite_of_something(
    read: Reader, title: str, told: tuple[str, str, str]
) -> None:
    found = read(title)
    assert found.relevant
    assert (found.kind, found.direction, found.jurisdiction[0]) == told


def test_the_background_of_no_act_stays(read: Reader) -> None:
    assert not read("China's chip imports rise despite US curbs").relevant
