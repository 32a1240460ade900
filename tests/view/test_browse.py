"""The browser, driven by Textual's own pilot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

pytest.importorskip("textual", reason="the extra tui is not installed")

from textual.widgets import OptionList, Static

from tests.view import sample
from tracker.core.timeline import EventCard
from tracker.view.browse import Browser, CardScreen

Steps = Callable[[Any, Browser], Awaitable[None]]
EVENTS = {event.id: event for event in sample.timeline().events}


def opened(id_: str) -> EventCard:
    return replace(sample.card(), event=EVENTS[id_])


def drive(steps: Steps, size: tuple[int, int] = (90, 24)) -> None:
    async def run() -> None:
        app = Browser(sample.timeline(), opened)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await steps(pilot, app)

    asyncio.run(run())


def shown(app: Browser) -> list[str | None]:
    events = app.query_one(OptionList)
    return [events.get_option_at_index(n).id for n in range(events.option_count)]


def test_the_newest_is_selected_and_the_keys_move() -> None:
    async def steps(pilot: Any, app: Browser) -> None:
        events = app.query_one(OptionList)
        assert events.highlighted == len(EVENTS) - 1
        await pilot.press("k")
        assert events.highlighted == len(EVENTS) - 2
        await pilot.press("g")
        assert events.highlighted == 0
        await pilot.press("G")
        assert events.highlighted == len(EVENTS) - 1

    drive(steps)


def test_typing_narrows_and_escape_shows_all_again() -> None:
    async def steps(pilot: Any, app: Browser) -> None:
        await pilot.press("slash", *"mi308 licence")
        assert shown(app) == [sample.CHINESE.id]
        await pilot.press("escape")
        assert len(shown(app)) == len(EVENTS)

    drive(steps)


def test_enter_opens_the_card_w_says_why_q_goes_back() -> None:
    async def steps(pilot: Any, app: Browser) -> None:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        card = app.screen.query_one("#card", Static)
        assert "H200 class moved" in str(card.render())
        assert "Nearest refused" not in str(card.render())
        await pilot.press("w")
        await pilot.pause()
        assert "Nearest refused" in str(card.render())
        await pilot.press("p")
        await pilot.pause()
        assert "Geneva talks" in str(card.render())
        await pilot.press("q")
        await pilot.pause()
        assert not isinstance(app.screen, CardScreen)

    drive(steps)


def test_hostile_titles_are_words() -> None:
    async def steps(pilot: Any, app: Browser) -> None:
        await pilot.press("slash", *"hostile", "enter", "enter")
        await pilot.pause()
        assert "[bold]=cmd" in str(app.screen.query_one("#card", Static).render())

    drive(steps, size=(40, 12))


def test_the_keys_of_the_list_sleep_under_a_card() -> None:
    async def steps(pilot: Any, app: Browser) -> None:
        await pilot.press("enter")
        await pilot.press("slash", "j", "k", "g", "G", "escape")
        await pilot.pause()
        assert len(shown(app)) == len(EVENTS)

    drive(steps)
