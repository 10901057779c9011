"""A process of its own for the browser: what measures pages neither holds up the screen nor takes the program with it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import cast

from sitegen_tui.domain.ports import Sight
from sitegen_tui.domain.probes import ProbeWants
from sitegen_tui.errors import RenderUnavailable
from sitegen_tui.render.locate import find_browser, playwright

NICENESS = 5
"""How far the browser stands back behind the program itself, whose screen must answer at once."""


@dataclass(frozen=True, slots=True)
class _Ask:
    """A site to look at: path to content, its manifest as JSON, and what to measure."""

    number: int
    files: dict[str, bytes]
    manifest: bytes
    want: bytes


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was seen, or why nothing could be."""

    number: int
    sight: Sight | None = None
    failure: str = ""
    hint: str = ""


class _HostDied(Exception):
    """The process ended with questions open."""


class RenderHost:
    """Looks at sites in another process, started by the first look. For one event loop.

    `tabs` pages are shown at once at most. A host that dies is started again, and each site it was looking at is looked at
    once more. Raises RenderUnavailable when there is no browser or the host keeps dying.
    """

    def __init__(self, *, tabs: int = 2) -> None:
        self._tabs = tabs
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._open: dict[int, asyncio.Future[_Answer]] = {}
        self._numbers = 0
        self._starting = asyncio.Lock()
        self._sending = threading.Lock()
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """The process's number, None while there is none."""
        return self._process.pid if self._process is not None else None

    async def look(self, files: Mapping[str, bytes], manifest: bytes, want: ProbeWants | None = None) -> Sight:
        """What is seen of a site (path to content) whose manifest, as JSON, says what to look for."""
        wanted = (want or ProbeWants()).model_dump_json().encode()
        for _ in range(2):
            pipe = await self._running()
            self._numbers += 1
            ask = _Ask(self._numbers, dict(files), manifest, wanted)
            answered = self._open[ask.number] = asyncio.get_running_loop().create_future()
            try:
                await asyncio.to_thread(self._send, pipe, ask)
                answer = await answered
            except (_HostDied, OSError, ValueError):
                self.restarts += 1
                continue
            finally:
                self._open.pop(ask.number, None)
            if answer.sight is None:
                raise RenderUnavailable(answer.failure, hint=answer.hint)
            return answer.sight
        raise RenderUnavailable("the process that looks at pages died twice", hint="sitegen doctor looks at the browser")

    async def close(self) -> None:
        """Ends the process and its browser."""
        async with self._starting:
            process, pipe = self._process, self._pipe
            self._process = self._pipe = None
            if process is None or pipe is None:
                return
            await asyncio.to_thread(self._end, process, pipe)

    def _send(self, pipe: Connection, what: _Ask) -> None:
        with self._sending:
            pipe.send(what)

    def _end(self, process: BaseProcess, pipe: Connection) -> None:
        try:
            with self._sending:
                pipe.send(None)
        except OSError:
            pass  # it is gone already
        process.join(15)
        if process.is_alive():
            process.kill()
            process.join(5)

    async def _running(self) -> Connection:
        async with self._starting:
            if self._process is not None and self._pipe is not None and self._process.is_alive():
                return self._pipe
            # Fail before a process is made for nothing.
            playwright_there()
            self._process, self._pipe = await asyncio.to_thread(_start, self._tabs)
            loop, pipe = asyncio.get_running_loop(), self._pipe
            threading.Thread(target=self._hear, args=(loop, pipe), name="render-host", daemon=True).start()
            return pipe

    def _hear(self, loop: asyncio.AbstractEventLoop, pipe: Connection) -> None:
        """Hands answers to whoever waits for them until the process ends."""
        try:
            while True:
                answer = cast(_Answer, pipe.recv())
                loop.call_soon_threadsafe(self._answered, answer)
        except (EOFError, OSError):
            pass
        try:
            loop.call_soon_threadsafe(self._died, pipe)
        except RuntimeError:
            return  # the loop has ended, and so has everyone who waited

    def _answered(self, answer: _Answer) -> None:
        waiting = self._open.get(answer.number)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def _died(self, pipe: Connection) -> None:
        if pipe is not self._pipe and self._pipe is not None:
            return
        for waiting in self._open.values():
            if not waiting.done():
                waiting.set_exception(_HostDied())
        if pipe is self._pipe:
            self._process = self._pipe = None


def playwright_there() -> None:
    """Nothing if pages can be looked at here; RenderUnavailable, with the mend, if not."""
    playwright()
    find_browser()


def _start(tabs: int) -> tuple[BaseProcess, Connection]:
    # A fresh interpreter: forking the program would copy a terminal in raw mode and a running event loop.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, tabs), name="sitegen-render", daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _serve(pipe: Connection, tabs: int) -> None:
    """The process: answers until it is told to end, or the program is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    os.close(silence)
    asyncio.run(_answer_all(pipe, tabs))


async def _answer_all(pipe: Connection, tabs: int) -> None:
    from sitegen_tui.render.probe import Renderer

    renderer = Renderer(tabs=tabs)
    under_way: set[asyncio.Task[None]] = set()
    try:
        while True:
            try:
                ask: _Ask | None = await asyncio.to_thread(pipe.recv)
            except (EOFError, OSError):
                break
            if ask is None:
                break
            task = asyncio.create_task(_answer(renderer, pipe, ask))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
    finally:
        for task in under_way:
            task.cancel()
        await renderer.close()


async def _answer(renderer: object, pipe: Connection, ask: _Ask) -> None:
    from sitegen_tui.domain.template import Manifest
    from sitegen_tui.render.probe import Renderer

    assert isinstance(renderer, Renderer)
    try:
        manifest, want = Manifest.model_validate_json(ask.manifest), ProbeWants.model_validate_json(ask.want)
        pictures: dict[str, bytes] = {}
        probe = await renderer.probe(ask.files, manifest, want=want, pictures=pictures)
        answer = _Answer(ask.number, Sight(probe.model_dump_json().encode(), pictures))
    except RenderUnavailable as error:
        answer = _Answer(ask.number, failure=error.message, hint=error.hint)
    except Exception as error:  # whoever asked must hear of it, whatever it is
        answer = _Answer(ask.number, failure=f"measuring the page failed: {type(error).__name__}: {error}"[:500])
    # Small enough not to hold up the pages that are being measured meanwhile.
    pipe.send(answer)
