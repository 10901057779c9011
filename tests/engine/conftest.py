"""A clock that goes as fast as everybody waits."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

T = TypeVar("T")
PATIENCE = 5000
LONG_ENOUGH = 60
"""Turns of the event loop after which everybody who can go on without waiting has done so."""


class MovingClock:
    """Time stands still while anybody works, and jumps to the next moment that somebody waits for."""

    def __init__(self) -> None:
        self.time = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> datetime:
        return datetime(2026, 1, 2, tzinfo=UTC) + timedelta(seconds=self.time)

    def seconds(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._sleepers, (self.time + max(0.0, seconds), self._count, future))
        await future

    async def drive(self, work: Coroutine[Any, Any, T]) -> T:
        """The work's result, however long it takes by this clock. Fails where nobody would ever go on."""
        task, idle = asyncio.ensure_future(work), 0
        try:
            while True:
                for _ in range(LONG_ENOUGH):
                    await asyncio.sleep(0)
                if task.done():
                    return task.result()
                if not self._next():
                    # Some wait by the machine's clock, a little: for the end of a reply.
                    idle += 1
                    assert idle < PATIENCE, "everybody waits and nobody will ever go on"
                    await asyncio.sleep(0.001)
        finally:
            task.cancel()

    def _next(self) -> bool:
        while self._sleepers:
            at, _, future = heapq.heappop(self._sleepers)
            if not future.done():
                self.time = max(self.time, at)
                future.set_result(None)
                return True
        return False


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture(scope="session")
def new_clock() -> type[MovingClock]:
    """Clocks for a test that tries many examples."""
    return MovingClock
