"""What a text's colour says and what shows of it: something over it counts, a window that was captured too early does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sitegen_tui.domain.probes import ProbeWants
from sitegen_tui.render import probe
from sitegen_tui.render.contrast import Patch
from sitegen_tui.render.probe import Renderer
from sitegen_tui.render.tab import Tab
from tests.render.pages import manifest, site

pytestmark = pytest.mark.asyncio(loop_scope="session")

WANT = ProbeWants(views=("mobile",), contrast=("mobile",), states=False, focus=False, tints=False, behaviours=False, axe=False)
PAGE = '<main><h2 id="told">Words to be read</h2></main>'
COVER = '<div style="position: absolute; inset: 0; background: #fff"></div>'


async def low(renderer: Renderer, body: str) -> float | None:
    """The measured contrast of the heading."""
    found = await renderer.probe(site(body), manifest(), want=WANT)
    (text,) = (one for one in found.views["mobile"].texts if one.text == "Words to be read")
    return text.low


async def test_a_text_under_something_cannot_be_read(renderer: Renderer) -> None:
    assert await low(renderer, PAGE + COVER) == 1.0


async def test_a_text_that_one_picture_lacks_is_looked_at_again(renderer: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    real = probe.photograph

    async def too_early(tab: Tab, raw: Mapping[str, Any], highest: int) -> Patch:
        page = await real(tab, raw, highest)
        pixels = page.pixels.copy()
        pixels[:] = 255
        return Patch(page.area, pixels)

    right = await low(renderer, PAGE)
    monkeypatch.setattr(probe, "photograph", too_early)
    assert right is not None
    assert right > 4.5
    assert await low(renderer, PAGE) == right
    assert await low(renderer, PAGE + COVER) == 1.0
