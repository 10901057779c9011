"""A warm browser with a few tabs: started when first needed, cut off from every network, started again once when it dies."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sitegen_tui.errors import RenderUnavailable
from sitegen_tui.render.bounds import bound_memory
from sitegen_tui.render.locate import find_browser, playwright
from sitegen_tui.render.server import HOST_SUFFIX, SiteServer
from sitegen_tui.render.tab import Limits, Tab

_USES = 60
"""Pages that a tab shows before it is replaced, so that what leaks is given back."""
_START_SECONDS = 60
_OPEN_SECONDS = 20
_REST_SECONDS = 3


def flags(port: int) -> list[str]:
    """How the browser is started so that it reaches the site server at `port` and nothing else, by any protocol."""
    return [
        f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE *.{HOST_SUFFIX} , EXCLUDE 127.0.0.1",
        # The last rule that fits decides: everything goes to the proxy, loopback too, except the sites of this server.
        f"--proxy-server=http://127.0.0.1:{port}",
        f"--proxy-bypass-list=<-loopback>;*.{HOST_SUFFIX}:{port}",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-domain-reliability",
        "--disable-client-side-phishing-detection",
        "--disable-breakpad",
        "--no-first-run",
        "--no-pings",
        "--dns-prefetch-disable",
        "--block-new-web-contents",
        "--deny-permission-prompts",
        "--disable-notifications",
        "--mute-audio",
        "--force-color-profile=srgb",
        "--disable-lcd-text",
        "--font-render-hinting=none",
        "--disable-gpu",
        "--js-flags=--max-old-space-size=512",
    ]


class Browser:
    """Lends tabs. Everything happens on the event loop that first borrowed one.

    `tabs` is how many there are at most. Raises RenderUnavailable when no browser can be found or started.
    """

    def __init__(self, server: SiteServer, *, tabs: int = 2, program: Path | None = None, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.version = ""
        self.starts = 0
        """How often it was started."""
        self.pid = 0
        """The process's number; 0 before the first start."""
        self._server = server
        self._program = program
        self._free: list[Tab] = []
        self._tabs = tabs
        self._room = asyncio.Semaphore(tabs)
        self._clearing = asyncio.Lock()
        self._starting = asyncio.Lock()
        self._playwright: Any = None
        self._browser: Any = None

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._browser is not None and bool(self._browser.is_connected())

    async def start(self) -> None:
        """Starts it unless it runs; RenderUnavailable, with the mend, if it cannot be."""
        async with self._starting:
            if self.alive:
                return
            interface = playwright()
            program = self._program or find_browser()
            self._server.start()
            self._free.clear()
            used = self._playwright is not None
            try:
                try:
                    await self._launch(interface, program)
                except interface.Error:
                    if not used:
                        raise
                    # What speaks to the browser may be what died.
                    self._playwright = None
                    await self._launch(interface, program)
            except (interface.Error, OSError) as error:
                said = str(error).strip().splitlines()
                hint = f"run {program} by hand to see why, or name another in SITEGEN_BROWSER"
                raise RenderUnavailable(f"{program} did not start: {said[0] if said else error}", hint=hint) from error
            self.starts += 1
            self.version = f"Chromium {self._browser.version}"

    @asynccontextmanager
    async def tab(self, *, alone: bool = False) -> AsyncGenerator[Tab]:
        """A tab to oneself; waits while all are lent, and with `alone` until none is."""
        async with self._all_room() if alone else self._room:
            tab = await self._take()
            try:
                yield tab
            finally:
                await self._give_back(tab)

    @asynccontextmanager
    async def _all_room(self) -> AsyncGenerator[None]:
        held = 0
        async with self._clearing:  # two that each held half would wait for ever
            try:
                while held < self._tabs:
                    await self._room.acquire()
                    held += 1
                yield
            finally:
                for _ in range(held):
                    self._room.release()

    @asynccontextmanager
    async def spare_tab(self) -> AsyncGenerator[Tab | None]:
        """A second tab if one is free this moment, else None."""
        if self._room.locked():
            yield None
            return
        async with self.tab() as tab:
            yield tab

    async def close(self) -> None:
        """Ends the browser."""
        browser, self._browser = self._browser, None
        driver, self._playwright = self._playwright, None
        self._free.clear()
        with contextlib.suppress(Exception):  # it may be dead already, which is what was wanted
            if browser is not None:
                await asyncio.wait_for(browser.close(), 10)
        with contextlib.suppress(Exception):
            if driver is not None:
                await asyncio.wait_for(driver.stop(), 10)

    async def kill(self) -> None:
        """Ends a browser that no longer answers; the next tab starts another."""
        browser, self._browser = self._browser, None
        self._free.clear()
        if browser is None:
            return
        if browser.is_connected() and self.pid:
            with contextlib.suppress(OSError):
                os.kill(self.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        with contextlib.suppress(Exception):  # it may be dead already, which is what was wanted
            await asyncio.wait_for(browser.close(), 5)

    async def _launch(self, interface: Any, program: Path) -> None:
        if self._playwright is None:
            self._playwright = await interface.async_playwright().start()
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        self._browser = await self._playwright.chromium.launch(
            executable_path=program,
            args=flags(self._server.port),
            # Nobody asked for windows; a page that opens itself would fill the machine with them.
            ignore_default_args=["--disable-popup-blocking"],
            chromium_sandbox=not root,
            timeout=_START_SECONDS * 1000,
        )
        session = await self._browser.new_browser_cdp_session()
        told = await asyncio.wait_for(session.send("SystemInfo.getProcessInfo"), _START_SECONDS)
        await session.detach()
        self.pid = next((int(one["id"]) for one in told["processInfo"] if one["type"] == "browser"), 0)
        if self.pid:
            bound_memory(self.pid)

    async def _take(self) -> Tab:
        for attempt in (1, 2):
            await self.start()
            while self._free:
                tab = self._free.pop()
                if not tab.broken:
                    return tab
            starts = self.starts
            try:
                return await asyncio.wait_for(self._open(), _OPEN_SECONDS)
            except RenderUnavailable:
                raise
            except Exception as error:  # a browser can die between two pages: it is started again, once
                if starts == self.starts:
                    await self.kill()
                if attempt == 2:
                    hint = "try again, or name another browser in SITEGEN_BROWSER"
                    raise RenderUnavailable(f"the browser opens no page: {error or type(error).__name__}", hint=hint) from error
        raise AssertionError("both attempts return or raise")

    async def _open(self) -> Tab:
        if self._browser is None:
            raise RenderUnavailable("the browser is not running", hint="try again")
        context = await self._browser.new_context(
            no_viewport=True,
            reduced_motion="reduce",
            color_scheme="light",
            locale="en-GB",
            timezone_id="UTC",
            service_workers="block",
            accept_downloads=False,
            bypass_csp=True,
            permissions=[],
        )
        return await Tab.open(context, self.limits)

    async def _give_back(self, tab: Tab) -> None:
        tab.uses += 1
        tab.forgive()
        starts = self.starts
        if not tab.broken and tab.uses < _USES and self.alive:
            try:
                await asyncio.wait_for(tab.rest(), _REST_SECONDS)
            except Exception:  # whatever keeps it from resting, a fresh tab costs less than finding out
                tab.broken = True
            else:
                self._free.append(tab)
                return
        if not await tab.close() and starts == self.starts:
            # A page that the browser cannot get rid of would hold up every other.
            await self.kill()
