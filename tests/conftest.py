from __future__ import annotations

from collections.abc import Iterator

import pytest

from sitegen_tui.errors import RenderUnavailable
from sitegen_tui.render.locate import find_browser, playwright
from tests.looking import Look


@pytest.fixture(scope="session")
def look(request: pytest.FixtureRequest) -> Iterator[Look]:
    try:
        playwright()
        find_browser()
    except RenderUnavailable as error:
        pytest.skip(f"{error.message}; {error.hint}")
    found = Look(request.config.cache.mkdir("probes"))
    yield found
    found.close()
