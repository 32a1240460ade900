"""What a news event is called: by a ware or a firm of its title before an office."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracker.core.build import build
from tracker.core.event_ids import short_ids
from tracker.core.examples import mention

OFFICES = ("US Department of Commerce", "MOFCOM")


@pytest.mark.parametrize(
    ("items", "actors", "keys", "short"),
    [
        (("Entity List",), (*OFFICES, "Inspur"), ("t:Entity List", "firm:Inspur"), "inspur-a1b2c3"),
        (("H200",), (*OFFICES, "Nvidia"), ("t:H200", "maker:Nvidia"), "nvidia-a1b2c3"),
        (("gallium",), OFFICES, ("t:gallium",), "gallium-a1b2c3"),
        (("gallium",), OFFICES, ("s:gallium",), "commerce-a1b2c3"),
        ((), OFFICES, (), "mofcom-a1b2c3"),
    ],
)
def test_a_ware_or_a_firm_of_the_title_comes_before_an_office(
    items: tuple[str, ...], actors: tuple[str, ...], keys: tuple[str, ...], short: str
) -> None:
    one = replace(mention(), item_id="a1b2c3d4", items=items, actors=actors, keys=keys)
    event = build([one])
    assert event is not None
    assert short_ids([event.id])[event.id] == short


def test_an_id_that_was_printed_stays() -> None:
    event = build([mention()], kept_id="2019-05-16-us-department-commerce-a1")
    assert event is not None
    assert event.id == "2019-05-16-us-department-commerce-a1"
