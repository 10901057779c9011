from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from sitegen_tui.errors import RenderUnavailable
from sitegen_tui.render.locate import find_browser, playwright
from sitegen_tui.render.probe import Renderer


@pytest.fixture(scope="session")
def browser_there() -> None:
    try:
        playwright()
        find_browser()
    except RenderUnavailable as error:
        pytest.skip(f"{error.message}; {error.hint}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def renderer(browser_there: None) -> AsyncIterator[Renderer]:
    async with Renderer() as renderer:
        yield renderer
