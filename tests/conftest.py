from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import settings

from sitegen_tui.errors import RenderUnavailable
from sitegen_tui.render.locate import find_browser, playwright
from tests.looking import EVERY, Look

# How long a case takes says how busy the machine is, not whether it is right. A plain run tries the same cases each time, so that
# a change fails for what it changes; SITEGEN_EVERY looks for new ones.
settings.register_profile("untimed", deadline=None, derandomize=not EVERY)
settings.load_profile("untimed")

ONE_IN = 3
"""Of the cases of a test that looks at pages with a browser, one in so many is tried unless SITEGEN_EVERY asks for all."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out some cases of tests that take a browser, always the same ones, and never all of a test."""
    if EVERY or config.option.keyword or any("::" in told for told in config.args):
        return
    cases: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if "look" in getattr(item, "fixturenames", ()) and item.get_closest_marker("whole") is None:
            cases[item.nodeid.partition("[")[0]].append(item)
    left_out: set[pytest.Item] = set()
    for alike in cases.values():
        alike.sort(key=lambda item: zlib.crc32(item.nodeid.encode()))
        left_out.update(alike[(len(alike) + ONE_IN - 1) // ONE_IN :])
    if left_out:
        config.hook.pytest_deselected(items=sorted(left_out, key=lambda item: item.nodeid))
        items[:] = [item for item in items if item not in left_out]


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
