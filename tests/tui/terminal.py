"""What every test of a screen needs: a small experiment, waiting for a condition, and reading the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from textual.pilot import Pilot

from sitegen_tui.services.plans import Wanted
from sitegen_tui.tui.app import SitegenApp

ACTIONS = ("apply-colours", "replace-header-logo", "update-hero-text", "update-about-text")
Open = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


def wanted(*models: str, pace: float | None = None, actions: tuple[str, ...] = ACTIONS) -> Wanted:
    """A small experiment on the safari lodge."""
    return Wanted(models=models, templates=("safari-lodge",), judges=("static",), actions=actions, pace=pace, seed=7)


async def until(pilot: Pilot[None], condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait for something to become true."""

    async def poll() -> None:
        while not condition():
            await pilot.pause()
            await asyncio.sleep(0.01)

    try:
        await asyncio.wait_for(poll(), seconds)
    except TimeoutError:
        raise AssertionError(f"it never came true; the screen showed\n{shown(pilot)}") from None
    await pilot.pause()


def app_of(pilot: Pilot[None]) -> SitegenApp:
    """The app under test."""
    assert isinstance(pilot.app, SitegenApp)
    return pilot.app


def shown(pilot: Pilot[None]) -> str:
    """What stands on the screen."""
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
