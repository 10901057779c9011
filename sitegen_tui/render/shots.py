"""Pictures of a page as a person sees it: at desktop and mobile, the first screen and the whole page."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sitegen_tui.domain.probes import VIEWPORTS, Failure
from sitegen_tui.render.probe import PAGE, Renderer
from sitegen_tui.render.tab import PageFault, Tab

ShotView = Literal["desktop", "mobile"]
MAX_HEIGHT = 8000
QUALITY = 82


@dataclass(frozen=True, slots=True)
class Shots:
    """JPEG bytes by view. `full` is the whole page, cut at a height; both are empty where the page failed."""

    fold: Mapping[ShotView, bytes] = field(default_factory=dict[ShotView, bytes])
    full: Mapping[ShotView, bytes] = field(default_factory=dict[ShotView, bytes])
    failure: Failure | None = None


async def shots(
    renderer: Renderer,
    files: Mapping[str, bytes],
    *,
    views: tuple[ShotView, ...] = ("desktop", "mobile"),
    full: bool = True,
    max_height: int = MAX_HEIGHT,
    quality: int = QUALITY,
) -> Shots:
    """Pictures of the site's page; the same site gives the same bytes on the same machine."""
    if PAGE not in files:
        return Shots(failure=Failure(kind="no-page", stage="shots", detail=f"the site has no {PAGE}"))
    folds: dict[ShotView, bytes] = {}
    wholes: dict[ShotView, bytes] = {}
    hosted = renderer.server.add(files)
    failure: Failure | None = None
    try:
        async with asyncio.timeout(renderer.limits.whole), renderer.browser.tab() as tab:
            try:
                for view in views:
                    viewport = VIEWPORTS[view]
                    await tab.show(hosted, viewport, "shots")
                    folds[view] = await tab.capture(0, 0, viewport.width, viewport.height, quality=quality)
                    if full:
                        height = min(max_height, await _height(tab))
                        wholes[view] = await tab.capture(0, 0, viewport.width, height, quality=quality)
            except PageFault as fault:
                failure = Failure(kind=fault.kind, stage="shots", detail=fault.detail)
                if fault.kind == "timeout":
                    await tab.stop()
                    tab.broken = True
    except TimeoutError:
        failure = Failure(kind="timeout", stage="shots", detail=f"the page took longer than {renderer.limits.whole:g} s")
    finally:
        renderer.server.remove(hosted)
    return Shots(folds, wholes, failure)


async def _height(tab: Tab) -> int:
    return max(1, int(await tab.evaluate("async () => Math.max(document.documentElement.scrollHeight, innerHeight)")))
