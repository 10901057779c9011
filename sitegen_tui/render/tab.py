"""One browser tab: loads a site, asks questions in a world that the page's script cannot reach, and never waits for ever."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from typing import Any, Literal, TypeVar

from sitegen_tui.domain.probes import PageError
from sitegen_tui.domain.template import Viewport
from sitegen_tui.render.locate import playwright
from sitegen_tui.render.server import Hosted

T = TypeVar("T")
WORLD = "sitegen-probe"
FaultKind = Literal["timeout", "crashed", "navigated", "no-page", "too-large", "unmeasurable"]
_PATIENCE = 5
"""Seconds that a tab has to close."""
_GONE = ("context was destroyed", "Cannot find context", "navigated or closed", "uniqueContextId not found", "Cannot find default")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one page: seconds, elements, pixels, bytes."""

    load: float = 10.0
    call: float = 10.0
    whole: float = 60.0
    elements: int = 30_000
    capture_height: int = 16_000
    site_bytes: int = 64 * 1024 * 1024
    page_bytes: int = 8 * 1024 * 1024
    patience: int = 400
    """Milliseconds that a script has to answer an event."""


class PageFault(Exception):
    """The page, not the program, is at fault."""

    def __init__(self, kind: FaultKind, detail: str) -> None:
        super().__init__(detail)
        self.kind: FaultKind = kind
        self.detail = detail[:300]


@cache
def script(name: str) -> str:
    """A JavaScript file of this room."""
    return (resources("sitegen_tui.render") / "js" / name).read_text(encoding="utf-8")


class Tab:
    """A page of its own browser context. Not to be used by two tasks at once."""

    def __init__(self, context: Any, page: Any, session: Any, limits: Limits) -> None:
        self._context, self._page, self._session, self._limits = context, page, session, limits
        self._error: type[Exception] = playwright().Error
        self._frame = ""
        self._loader = ""
        self._world: int | None = None
        self._world_ready = asyncio.Event()
        # By loader: the load event of the page before may still be on its way when the next one is asked for.
        self._loads: dict[str, asyncio.Event] = {}
        self._fault: asyncio.Future[PageFault] = asyncio.get_running_loop().create_future()
        self._loading = "load"
        self._window = (0, 0)
        self.stage = "load"
        """What is being done, for whoever must say where it failed."""
        self.errors: list[PageError] = []
        self.dialogs = 0
        self.uses = 0
        self.broken = False
        self.hosted: Hosted | None = None

    @classmethod
    async def open(cls, context: Any, limits: Limits) -> Tab:
        """A fresh tab, prepared."""
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        tab = cls(context, page, session, limits)
        session.on("Runtime.executionContextCreated", tab._context_created)
        session.on("Runtime.executionContextsCleared", tab._context_cleared)
        session.on("Runtime.exceptionThrown", tab._exception)
        session.on("Page.lifecycleEvent", tab._lifecycle)
        session.on("Page.frameNavigated", tab._navigated)
        session.on("Inspector.targetCrashed", tab._crashed)
        page.on("crash", tab._crashed)
        page.on("close", tab._crashed)
        page.on("dialog", tab._dialog)
        context.on("page", tab._opened)
        await asyncio.gather(
            session.send("Page.enable"),
            session.send("Page.setLifecycleEventsEnabled", {"enabled": True}),
            session.send("Runtime.enable"),
            session.send("Inspector.enable"),
            session.send("Page.addScriptToEvaluateOnNewDocument", {"source": script("measure.js"), "worldName": WORLD}),
            session.send("Page.setDownloadBehavior", {"behavior": "deny"}),
        )
        tree = await session.send("Page.getFrameTree")
        tab._frame = str(tree["frameTree"]["frame"]["id"])
        return tab

    async def show(self, hosted: Hosted, viewport: Viewport, stage: str) -> None:
        """Loads the site's page in a window of that size and waits until it is at rest; PageFault if that fails."""
        self.hosted, self._loading = hosted, stage
        await self._set_window(viewport)
        self._loads.clear()
        self._world, self._loader = None, ""
        self._world_ready.clear()
        answer = await self._guard(
            self._session.send("Page.navigate", {"url": hosted.origin}), self._limits.load, "loading the page"
        )
        if answer.get("errorText"):
            raise PageFault("no-page", f"the page did not load: {answer['errorText']}")
        self._loader = str(answer.get("loaderId", ""))
        await self._guard(self._loads.setdefault(self._loader, asyncio.Event()).wait(), self._limits.load, "loading the page")
        elements = await self.ask("ready", viewport.width, viewport.height)
        if elements > self._limits.elements:
            raise PageFault("too-large", f"the page has {elements} elements, more than {self._limits.elements}")

    async def resize(self, viewport: Viewport) -> None:
        """Makes the window that size while a page is shown, and waits until the page has taken note."""
        await self._set_window(viewport)
        await self.ask("resized", viewport.width, viewport.height)

    async def _set_window(self, viewport: Viewport) -> None:
        metrics = {"width": viewport.width, "height": viewport.height, "deviceScaleFactor": 1, "mobile": False}
        await self._send("Emulation.setDeviceMetricsOverride", metrics)
        self._window = (viewport.width, viewport.height)

    async def ask(self, function: str, *arguments: object) -> Any:
        """What a function of `measure.js` answers for JSON arguments."""
        return await self.evaluate(f"async (...given) => probe.{function}(...given)", *arguments)

    async def evaluate(self, declaration: str, *arguments: object) -> Any:
        """The JSON value of a function called in the probe's own world."""
        await self._guard(self._world_ready.wait(), self._limits.call, "waiting for the document")
        answer = await self._send(
            "Runtime.callFunctionOn",
            {
                "functionDeclaration": declaration,
                "executionContextId": self._world,
                "arguments": [{"value": argument} for argument in arguments],
                "returnByValue": True,
                "awaitPromise": True,
            },
        )
        if "exceptionDetails" in answer:
            detail = answer["exceptionDetails"]
            raise PageFault("unmeasurable", str(detail.get("exception", {}).get("description") or detail.get("text")))
        return answer["result"].get("value")

    async def run_source(self, source: str) -> None:
        """Runs a script in the probe's own world."""
        await self._guard(self._world_ready.wait(), self._limits.call, "waiting for the document")
        answer = await self._send("Runtime.evaluate", {"expression": source, "contextId": self._world, "silent": True})
        if "exceptionDetails" in answer:
            raise PageFault("unmeasurable", str(answer["exceptionDetails"].get("text")))

    async def capture_window(self, width: int, height: int) -> bytes:
        """The upper left part of what the window shows, as PNG. The page notices nothing."""
        how: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
        # A clip, even of all there is, has the browser lay out the window anew.
        if (width, height) != self._window:
            how["clip"] = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        answer = await self._send("Page.captureScreenshot", how)
        return base64.b64decode(answer["data"])

    async def force_states(self, selector: str, states: Sequence[str], most: int) -> None:
        """Makes at most `most` elements believe they are hovered over or focused."""
        await self._send("DOM.enable")
        await self._send("CSS.enable")
        root = (await self._send("DOM.getDocument", {"depth": 0}))["root"]["nodeId"]
        nodes = (await self._send("DOM.querySelectorAll", {"nodeId": root, "selector": selector}))["nodeIds"][:most]
        forced = {"forcedPseudoClasses": list(states)}
        await asyncio.gather(*(self._send("CSS.forcePseudoState", {"nodeId": node, **forced}) for node in nodes))

    async def unforce_states(self) -> None:
        """Ends every forced state."""
        await self._send("CSS.disable")
        await self._send("DOM.disable")

    async def click(self, x: float, y: float) -> None:
        """A click of the mouse's main button."""
        await self._guard(self._page.mouse.click(x, y), self._limits.call, "clicking")

    async def hover(self, x: float, y: float) -> None:
        """The mouse moves there."""
        await self._guard(self._page.mouse.move(x, y), self._limits.call, "moving the mouse")

    async def press(self, key: str) -> None:
        """A key, by its DOM name; PageFault for a key that does not exist."""
        await self._guard(self._page.keyboard.press(key), self._limits.call, "pressing a key")

    async def type(self, text: str) -> None:
        """Text, key by key."""
        await self._guard(self._page.keyboard.type(text), self._limits.call, "typing")

    async def rest(self) -> None:
        """Leaves the page, so that an idle tab costs nothing and keeps nothing; PageFault if the page does not let go."""
        self._loading = "rest"
        self._loader = ""
        # What a page does on being left is nobody's concern, and may be never to end.
        await self._send("Emulation.setScriptExecutionDisabled", {"value": True})
        left = await self._send("Page.navigate", {"url": "about:blank"})
        tree = await self._send("Page.getFrameTree")
        if left.get("errorText") or tree["frameTree"]["frame"]["url"] != "about:blank":
            raise PageFault("navigated", "the page cannot be left")
        await self._send("Network.clearBrowserCookies")
        if self.hosted is not None:
            clear = {"origin": self.hosted.origin.rstrip("/"), "storageTypes": "all"}
            await self._send("Storage.clearDataForOrigin", clear)
        await self._send("Emulation.setScriptExecutionDisabled", {"value": False})
        self.hosted = None
        self.errors, self.dialogs = [], 0

    async def stop(self) -> None:
        """Ends whatever the page's script is doing."""
        try:
            await asyncio.wait_for(self._session.send("Runtime.terminateExecution"), 2)
        except Exception:  # the tab may be beyond answering: it is thrown away then
            self.broken = True

    async def close(self) -> bool:
        """Gives the tab up, however it is; False if the browser does not get rid of it."""
        self.broken = True
        try:
            await asyncio.wait_for(self._context.close(), _PATIENCE)
        except TimeoutError:
            return False
        except Exception:  # it is gone with its browser
            return True
        return True

    async def _send(self, method: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        return await self._guard(self._session.send(method, parameters or {}), self._limits.call, method)

    async def _guard(self, work: Awaitable[T], seconds: float, what: str) -> T:
        """The result of `work`; PageFault when the page crashes, leaves or does not answer in time."""
        task = asyncio.ensure_future(work)
        try:
            done, _ = await asyncio.wait({task, self._fault}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if self._fault in done:
                raise self._fault.result()
            if task not in done:
                raise PageFault("timeout", f"{what}: no answer in {seconds:g} s")
            return task.result()
        except self._error as error:
            if any(sign in str(error) for sign in _GONE):
                raise PageFault("navigated", "the page went elsewhere while it was measured") from error
            if "closed" in str(error) or "crashed" in str(error).lower():
                raise PageFault("crashed", "the tab or the browser died") from error
            raise PageFault("unmeasurable", str(error)) from error
        finally:
            if not task.done():
                task.cancel()
                task.add_done_callback(_swallow)

    def forgive(self) -> None:
        """Forgets that the page went elsewhere: the next page is another."""
        if self._fault.done() and self._fault.result().kind == "navigated":
            self._fault = asyncio.get_running_loop().create_future()

    def _fail(self, kind: FaultKind, detail: str) -> None:
        if kind == "crashed":
            self.broken = True
        if not self._fault.done():
            self._fault.set_result(PageFault(kind, detail))

    def _context_created(self, event: dict[str, Any]) -> None:
        context = event["context"]
        if context.get("name") == WORLD and context.get("auxData", {}).get("frameId") == self._frame:
            self._world = int(context["id"])
            self._world_ready.set()

    def _lifecycle(self, event: dict[str, Any]) -> None:
        if event.get("name") == "load" and event.get("frameId") == self._frame:
            self._loads.setdefault(str(event["loaderId"]), asyncio.Event()).set()

    def _crashed(self, _: object) -> None:
        self._fail("crashed", "the tab crashed or was closed")

    def _context_cleared(self, _: object) -> None:
        self._world = None
        self._world_ready.clear()

    def _navigated(self, event: dict[str, Any]) -> None:
        frame = event["frame"]
        if frame.get("parentId") or frame.get("id") != self._frame or not self._loader:
            return
        if frame.get("loaderId") != self._loader:
            self._fail("navigated", f"the page went elsewhere by itself: {str(frame.get('url', ''))[:200]}")

    def _exception(self, event: dict[str, Any]) -> None:
        detail = event["exceptionDetails"]
        if self.hosted is None or len(self.errors) >= 20 or detail.get("executionContextId") == self._world:
            return
        said = str(
            detail.get("exception", {}).get("description") or detail.get("exception", {}).get("value") or detail.get("text", "")
        )
        file = self.hosted.path_of(str(detail.get("url", ""))) or ""
        message = self.hosted.plain(said.split("\n", 1)[0].strip())[:300]
        self.errors.append(
            PageError(message=message, file=file[:200], line=int(detail.get("lineNumber", 0)) + 1, stage=self._loading)
        )

    def _opened(self, page: Any) -> None:
        """Closes a window that the page opened."""
        task = asyncio.ensure_future(page.close())
        task.add_done_callback(_swallow)

    def _dialog(self, dialog: Any) -> None:
        if dialog.type == "beforeunload":
            # To dismiss it would be to stay.
            task = asyncio.ensure_future(dialog.accept())
        else:
            self.dialogs = min(1000, self.dialogs + 1)
            task = asyncio.ensure_future(dialog.dismiss())
        task.add_done_callback(_swallow)


def _swallow(task: asyncio.Future[Any]) -> None:
    """Reads the outcome of a task nobody waits for any more, so that it is not reported as lost."""
    if not task.cancelled():
        task.exception()
