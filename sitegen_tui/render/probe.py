"""Measures a site in Chromium: every view, its pixels, its behaviours and what axe-core says, in one value."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from importlib.resources import files as resources
from pathlib import Path
from types import TracebackType
from typing import Any

from sitegen_tui.domain.probes import (
    VIEWPORTS,
    BehaviourSeen,
    Failure,
    PageError,
    Probe,
    ProbeWants,
    Tint,
    View,
    ViewName,
)
from sitegen_tui.domain.template import Behaviour, Manifest
from sitegen_tui.errors import RenderUnavailable
from sitegen_tui.render.behave import drive
from sitegen_tui.render.browser import Browser
from sitegen_tui.render.contrast import Patch
from sitegen_tui.render.pixels import Pixels
from sitegen_tui.render.reading import read_axe, read_first_focus, read_focus, read_painted, read_view, spec_of
from sitegen_tui.render.remembered import Remembered
from sitegen_tui.render.server import Hosted, SiteServer
from sitegen_tui.render.tab import Limits, PageFault, Tab
from sitegen_tui.render.whole import encode, photograph
from sitegen_tui.site.acting import acting_key

PAGE = "index.html"
_AXE = """async () => {
  const options = { resultTypes: ["violations"], preload: false, iframes: false,
    rules: { "color-contrast": { enabled: false }, "color-contrast-enhanced": { enabled: false } } };
  const result = await axe.run(document, options);
  return result.violations.slice(0, 60).map((one) => ({ id: one.id, impact: one.impact, help: one.help,
    nodes: one.nodes.length, targets: one.nodes.slice(0, 8).map((node) => node.target.flat().join(" ")) }));
}"""

PICTURED: dict[ViewName, float] = {"desktop": 0.5, "mobile": 1.0}
"""Views of which pictures are kept, and the scale they are kept at."""
PICTURE_HEIGHT = 8000
"""CSS pixels of a page that a picture shows at most."""
PICTURE_QUALITY = 72

Task = Callable[[Tab], Awaitable[None]]


class Renderer:
    """A browser and the server it reads from, for one event loop: `async with Renderer() as renderer`.

    `tabs` pages are shown at once at most; a single probe uses a second one when it is free. Raises RenderUnavailable
    when there is no browser; whatever is wrong with a page is a `Failure` in its probe instead.
    """

    def __init__(self, *, tabs: int = 2, program: Path | None = None, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.memory = Remembered()
        self.server = SiteServer()
        self.browser = Browser(self.server, tabs=tabs, program=program, limits=self.limits)

    async def __aenter__(self) -> Renderer:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends browser and server."""
        await self.browser.close()
        self.server.close()

    async def probe(
        self,
        files: Mapping[str, bytes],
        manifest: Manifest,
        *,
        want: ProbeWants | None = None,
        laps: dict[str, float] | None = None,
        pictures: dict[str, bytes] | None = None,
    ) -> Probe:
        """The site (path to content) as measured.

        `laps`, if given, gathers seconds by stage; `pictures` JPEG bytes of the whole page by view, those of PICTURED.
        """
        return await probe(self, files, manifest, want=want, laps=laps, pictures=pictures)


async def probe(
    renderer: Renderer,
    files: Mapping[str, bytes],
    manifest: Manifest,
    *,
    want: ProbeWants | None = None,
    laps: dict[str, float] | None = None,
    pictures: dict[str, bytes] | None = None,
) -> Probe:
    """The site as measured; a browser that dies meanwhile is started again and the page tried once more."""
    want = want or ProbeWants()
    trouble = _refuse(files, renderer.limits)
    if trouble is not None:
        return Probe(failure=trouble, wants=want)
    acting = await asyncio.to_thread(acting_key, files, manifest.behaviours) if want.behaviours and manifest.behaviours else None
    for attempt in (1, 2):
        hosted = renderer.server.add(files)
        if pictures is not None:
            pictures.clear()
        run = _Run(renderer, hosted, manifest, want, laps if laps is not None else {}, pictures, acting)
        try:
            # A page that was shown beside one that took the browser with it is not at fault.
            found = await run.all(alone=attempt == 2)
        finally:
            renderer.server.remove(hosted)
        died = not renderer.browser.alive or renderer.browser.starts != run.starts
        if attempt == 2 or found.failure is None or not died:
            return found
    raise AssertionError("both attempts return")


@cache
def axe_source() -> str:
    """axe-core's script; RenderUnavailable if the package that brings it is missing."""
    try:
        return (resources("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise RenderUnavailable("axe-core is not installed", hint="install sitegen-tui[render]") from error


def _refuse(files: Mapping[str, bytes], limits: Limits) -> Failure | None:
    page = files.get(PAGE)
    if page is None:
        return Failure(kind="no-page", stage="load", detail=f"the site has no {PAGE}")
    if len(page) > limits.page_bytes:
        return Failure(kind="too-large", stage="load", detail=f"{PAGE} has {len(page)} bytes, more than {limits.page_bytes}")
    total = sum(len(content) for content in files.values())
    if total > limits.site_bytes:
        return Failure(kind="too-large", stage="load", detail=f"the site has {total} bytes, more than {limits.site_bytes}")
    return None


class _Run:
    """One probe in the making: a queue of pieces of work, each beginning with a fresh load, done by one tab or two."""

    def __init__(
        self,
        renderer: Renderer,
        hosted: Hosted,
        manifest: Manifest,
        want: ProbeWants,
        laps: dict[str, float],
        pictures: dict[str, bytes] | None,
        acting: str | None,
    ) -> None:
        self._browser, self._limits, self._memory = renderer.browser, renderer.limits, renderer.memory
        self._acting = acting
        self._hosted, self._manifest, self._want, self._laps = hosted, manifest, want, laps
        self._pictures = pictures
        self._spec = spec_of(manifest)
        self._failure: Failure | None = None
        self._views: dict[ViewName, View] = {}
        self._errors: dict[tuple[str, str, int], PageError] = {}
        self._behaviours: dict[str, BehaviourSeen] = {}
        self._tints: dict[str, Tint] = {}
        self._encoding: dict[ViewName, asyncio.Task[bytes]] = {}
        self._dialogs = 0
        self._found: dict[str, Any] = {}
        self.starts = 0
        """Which start of the browser it was measured by."""

    async def all(self, *, alone: bool = False) -> Probe:
        """Everything that is wanted, or as much as the page allows; with `alone`, no other page is shown meanwhile."""
        queue = deque(self._tasks())
        async with self._browser.tab(alone=alone) as tab:
            self.starts = self._browser.starts
            async with self._browser.spare_tab() if len(queue) > 1 else nullcontext() as second:
                tabs = [tab, *([second] if second else [])]
                try:
                    # Time spent on waiting for a tab is not the page's.
                    async with asyncio.timeout(self._limits.whole):
                        await asyncio.gather(*(self._work(one, queue) for one in tabs))
                except TimeoutError:
                    self._fail(PageFault("timeout", f"the page took longer than {self._limits.whole:g} s"), tab.stage)
                    await asyncio.gather(*(one.stop() for one in tabs))
                    for one in tabs:
                        one.broken = True
        for name, task in self._encoding.items():
            encoded = await task
            if self._pictures is not None:
                self._pictures[name] = encoded
        order: tuple[ViewName, ...] = ("desktop", "tablet", "mobile", "narrow")
        return Probe(
            failure=self._failure,
            views={name: self._views[name] for name in order if name in self._views},
            tints={one.id: self._tints[one.id] for one in self._manifest.derived.tints if one.id in self._tints},
            errors=tuple(self._errors[key] for key in sorted(self._errors)),
            missing=tuple(sorted(self._hosted.missing)),
            behaviours={one.id: self._behaviours[one.id] for one in self._manifest.behaviours if one.id in self._behaviours},
            dialogs=self._dialogs,
            wants=self._want,
            browser=self._browser.version,
            **self._found,
        )

    def _tasks(self) -> Iterator[Task]:
        want = self._want
        behaviours = self._manifest.behaviours if want.behaviours else ()
        mobile = [one for one in behaviours if one.viewport == "mobile"]
        others = [one for one in behaviours if one.viewport != "mobile"]
        if want.axe or want.tints or want.focus or {"desktop", "tablet"} & {*want.views, *want.contrast}:
            yield self._wide
        if {"mobile", "narrow"} & {*want.views, *want.contrast} or mobile:
            yield lambda tab: self._slim(tab, mobile)
        for behaviour in others:
            known = self._memory.behaviours.get((self._acting, behaviour)) if self._acting is not None else None
            if known is not None:
                self._behaviours[behaviour.id] = known
                continue
            yield lambda tab, behaviour=behaviour: self._behave(tab, behaviour)

    async def _work(self, tab: Tab, queue: deque[Task]) -> None:
        while queue and self._failure is None:
            task = queue.popleft()
            try:
                await task(tab)
            except PageFault as fault:
                self._fail(fault, tab.stage)
                queue.clear()
                # Whatever such a page has still under way must not reach the next.
                tab.broken = True
                if fault.kind == "timeout":
                    await tab.stop()
            finally:
                self._dialogs = min(1000, self._dialogs + tab.dialogs)
                tab.dialogs = 0
                for error in tab.errors:
                    # The first stage of all, whichever tab was quicker.
                    key = (error.message, error.file, error.line)
                    self._errors[key] = min(error, self._errors.get(key, error), key=lambda one: (one.stage != "load", one.stage))
                tab.errors.clear()
                tab.forgive()

    async def _wide(self, tab: Tab) -> None:
        """Desktop, then the same page made narrower."""
        want = self._want
        await self._load(tab, "desktop")
        if want.axe:
            with self._lap("axe"):
                await tab.run_source(axe_source())
                self._found["axe"] = read_axe(await tab.evaluate(_AXE))
        await self._view(tab, "desktop")
        if want.tints:
            with self._lap("tints"):
                await self._measure_tints(tab)
        if "tablet" in want.views:
            await self._narrow(tab, "tablet")
            if want.focus:
                await tab.resize(VIEWPORTS["desktop"])
        if want.focus:
            with self._lap("focus"):
                await tab.press("Tab")
                self._found["first_focus"] = read_first_focus(await tab.ask("firstFocus"))
                self._found["focus"] = read_focus(await tab.ask("focusEach", self._spec))

    async def _slim(self, tab: Tab, behaviours: list[Behaviour]) -> None:
        """Mobile, its behaviours, then the same page made narrower."""
        await self._load(tab, "mobile")
        await self._view(tab, "mobile")
        if "narrow" in self._want.views:
            await self._narrow(tab, "narrow")
            # Nothing was done on the page yet: its first behaviour needs no other.
            await tab.resize(VIEWPORTS["mobile"])
        for number, behaviour in enumerate(behaviours):
            await self._behave(tab, behaviour, fresh=number > 0)

    async def _load(self, tab: Tab, name: ViewName) -> None:
        tab.stage = name
        with self._lap("load"):
            await tab.show(self._hosted, VIEWPORTS[name], "load")

    async def _narrow(self, tab: Tab, name: ViewName) -> None:
        tab.stage = name
        with self._lap("resize"):
            await tab.resize(VIEWPORTS[name])
        await self._view(tab, name)

    async def _view(self, tab: Tab, name: ViewName) -> None:
        want = self._want
        measured = name in want.contrast
        if name not in want.views and not measured:
            return
        with self._lap("measure"):
            raw = await tab.ask("measure", self._spec)
        page: Patch | None = None
        if measured or (self._pictures is not None and name in PICTURED):
            # Before anything is done to the page for the sake of measuring it.
            with self._lap("picture"):
                page = await photograph(tab, raw, self._limits.capture_height)
            if self._pictures is not None and name in PICTURED:
                how = (PICTURE_HEIGHT, PICTURED[name], PICTURE_QUALITY)
                # The page need not wait for it.
                self._encoding[name] = asyncio.create_task(asyncio.to_thread(encode, page, *how))
        pixels = Pixels(raw, self._limits.capture_height, self._memory)
        if measured:
            with self._lap("contrast"):
                await pixels.measure(tab, self._manifest, page, controls=name == "desktop")
            if name == "desktop":
                self._found["controls"] = pixels.controls
                states = ()
                if want.states:
                    with self._lap("states"):
                        states = await pixels.states(tab, self._manifest)
                self._found["states"] = states
                self._found["traps"] = pixels.traps(self._manifest, states)
        with self._lap("read"):
            self._views[name] = read_view(name, raw, self._hosted, pixels.contrasts, pixels.logos)

    async def _measure_tints(self, tab: Tab) -> None:
        for tint in self._manifest.derived.tints:
            scrolled = await tab.ask("scrollToY", tint.scroll_y)
            raw = await tab.ask("painted", tint.selector)
            self._tints[tint.id] = Tint(id=tint.id, scrolled=scrolled, painted=read_painted(tint.selector, raw, self._hosted, {}))
        await tab.ask("scrollToY", 0)

    async def _behave(self, tab: Tab, behaviour: Behaviour, *, fresh: bool = True) -> None:
        tab.stage = f"behaviour {behaviour.id}"
        with self._lap("behaviours"):
            if fresh:
                await tab.show(self._hosted, VIEWPORTS[behaviour.viewport], tab.stage)
            seen = self._behaviours[behaviour.id] = await drive(tab, behaviour, self._limits)
            tab.forgive()
        sound = seen.works and not tab.errors and not tab.dialogs and not self._hosted.missing
        if fresh and sound and self._acting is not None:
            self._memory.behaviours.put((self._acting, behaviour), seen)

    def _fail(self, fault: PageFault, stage: str) -> None:
        if self._failure is None:
            self._failure = Failure(kind=fault.kind, stage=stage[:100], detail=self._hosted.plain(fault.detail))

    @contextmanager
    def _lap(self, name: str) -> Generator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self._laps[name] = self._laps.get(name, 0.0) + time.perf_counter() - start
