"""Threads for the database: one that writes, a few that read, so that the event loop only ever waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

READERS = 3


class Threads:
    """One writer thread, some readers, and one watcher whose connection nothing else uses."""

    def __init__(self) -> None:
        self.writer = ThreadPoolExecutor(1, "store-writer")
        self._readers = ThreadPoolExecutor(READERS, "store-reader")
        self._watcher = ThreadPoolExecutor(1, "store-watcher")

    async def write(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function` returns, called in the writer thread after everything it was given before."""
        return await asyncio.get_running_loop().run_in_executor(self.writer, partial(function, *args, **kwargs))

    async def read(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function` returns, called in a reader thread."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, partial(function, *args, **kwargs))

    async def watch(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function` returns, called in the watcher's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._watcher, partial(function, *args, **kwargs))

    def end_reading(self) -> None:
        """Let what reads end, drop what waits to be read, and read nothing more.

        A connection may only be closed after that: whoever stopped waiting for an answer has not stopped the thread that looks
        for it, and SQLite does not survive the loss of a connection in use.
        """
        self._watcher.shutdown(wait=True, cancel_futures=True)
        self._readers.shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """Let what runs end, and drop what waits to be read."""
        self.end_reading()
        self.writer.shutdown(wait=True)
