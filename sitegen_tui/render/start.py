"""Starts the browser once, to see that it runs."""

from __future__ import annotations

import asyncio

from sitegen_tui.render.locate import find_browser, playwright


def browser_version() -> str:
    """The browser's name, version and place. Raises RenderUnavailable, with the mend, if it cannot be used."""
    playwright()
    program = find_browser()
    return f"{asyncio.run(_version())} at {program}"


async def _version() -> str:
    from sitegen_tui.render.probe import Renderer

    async with Renderer(tabs=1) as renderer:
        await renderer.browser.start()
        return renderer.browser.version
