"""Workers: a pool of processes for everything that calculates, so that the event loop only ever waits."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from sitegen_tui.errors import SitegenError

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 120.0
"""Seconds a call may take, waiting in line included, before its process counts as hung."""

SPAWNING = 0.005
"""Seconds that a process is kept busy while the others are started, so that each start makes a new one."""

WORKER_NICENESS = 5
"""How far workers stand back behind the program itself, whose screen must answer at once."""

COLLECTING = (20_000, 20, 50)
"""How seldom a worker looks for garbage in circles: what it keeps, parsed pages above all, is much and dies by itself."""

_PRELOADED = ["sitegen_tui.engine.work"]


class WorkerError(SitegenError):
    """The process that ran a call died or hung, twice; the call itself is to blame."""


class ProcessPool:
    """Workers in processes of their own, started by the first call; they find content below `roots`.

    A process that dies breaks every call in flight. Each of them is then made once more, alone in a process for itself,
    so that only the call that kills its process fails (with WorkerError) and its neighbours do not. Functions must
    therefore be pure. Exceptions of a function arrive as they are. A call given up by its caller runs to its end unheard.
    """

    def __init__(self, processes: int = 2, *, roots: Sequence[Path] = (), patience: float = PATIENCE) -> None:
        self._roots = tuple(roots)
        self._processes = max(1, min(processes, os.cpu_count() or 1))
        self._patience = patience
        self._executor: ProcessPoolExecutor | None = None
        self._quarantine: ProcessPoolExecutor | None = None
        self._starting: asyncio.Task[ProcessPoolExecutor] | None = None
        self._alone = asyncio.Lock()
        self._closed = False
        self.restarts = 0

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function`, found by its module and name, returns there."""
        executor = await self._running()
        try:
            return await self._wait(executor, executor.submit(function, *args, **kwargs))
        except (BrokenProcessPool, TimeoutError):
            self._discard(executor)
        async with self._alone:
            self._refuse_when_closed()
            quarantine = self._quarantine = self._start(1)
            try:
                return await self._wait(quarantine, quarantine.submit(function, *args, **kwargs))
            except (BrokenProcessPool, TimeoutError) as error:
                self._refuse_when_closed()
                raise WorkerError(
                    f"the process calculating {function.__name__} died or hung, twice",
                    hint="this is a bug or the machine is out of memory; the step stays unscored, the rest goes on",
                ) from error
            finally:
                self._quarantine = None
                _end(quarantine)

    async def close(self) -> None:
        """End all processes at once; calls in flight fail with WorkerError."""
        self._closed = True
        for executor in (self._executor, self._quarantine):
            if executor is not None:
                _end(executor)
        self._executor = None
        if self._starting is not None:
            await asyncio.wait([self._starting])

    async def _wait(self, executor: ProcessPoolExecutor, future: Future[T]) -> T:
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.wrap_future(future)
        except TimeoutError:
            if not future.done():
                _end(executor)
            raise

    async def _running(self) -> ProcessPoolExecutor:
        self._refuse_when_closed()
        if self._executor is not None:
            return self._executor
        if self._starting is None:
            self._starting = asyncio.create_task(self._begin(), name="start workers")
        # A caller that gives up must not take the others' workers with it.
        return await asyncio.shield(self._starting)

    async def _begin(self) -> ProcessPoolExecutor:
        executor = self._start(self._processes)
        try:
            await asyncio.to_thread(_spawn, executor, self._processes)
        finally:
            self._starting = None
        if self._closed:
            _end(executor)
        self._refuse_when_closed()
        self._executor = executor
        return executor

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise WorkerError("the workers are closed")

    def _start(self, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(processes, mp_context=_context(), initializer=_settle_in, initargs=(self._roots,))

    def _discard(self, executor: ProcessPoolExecutor) -> None:
        # Every call in flight finds the pool broken: the first one replaces it.
        if self._executor is executor:
            self._executor = None
            self.restarts += 1
            _end(executor)


class InlineWorkers:
    """Workers that calculate in the calling process: for measurements, and where one process is enough."""

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function` returns; others get their turn first."""
        await asyncio.sleep(0)
        return function(*args, **kwargs)

    async def close(self) -> None:
        """Nothing to end."""


def _context() -> BaseContext:
    # Forking the program itself would copy a terminal in raw mode and a running event loop into the child.
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        return context
    return multiprocessing.get_context("spawn")


def _spawn(executor: ProcessPoolExecutor, processes: int) -> None:
    """Start all processes: the first start loads the program's modules, which would hold up the event loop."""
    for _ in range(processes):
        executor.submit(time.sleep, SPAWNING)


def _settle_in(roots: tuple[Path, ...]) -> None:
    """Interrupts are for the program, not for its workers; a worker must not write over the screen, nor keep it waiting."""
    from sitegen_tui.content.shelf import open_shelf

    open_shelf(roots)
    gc.freeze()
    gc.set_threshold(*COLLECTING)
    if hasattr(os, "nice"):
        os.nice(WORKER_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    os.close(silence)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    # Workers hold both ends of their own queue, so the end of a killed program would never reach them.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _end(executor: ProcessPoolExecutor) -> None:
    processes = cast("dict[int, BaseProcess] | None", getattr(executor, "_processes", None))
    for process in list((processes or {}).values()):
        process.kill()
    # Futures are left to break: cancelling them would look to their callers as if they themselves had been cancelled.
    executor.shutdown(wait=False)
