"""Waiting with a limit, many times in a row and cheaply: one timer is set anew only when it has run out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


class Patience:
    """Awaits one thing after another, each up to a limit in the loop's time.

    `asyncio.timeout` does the same for one wait; it sets and cancels a timer each time, which for every piece of a reply costs
    as much as reading it. Between two waits nothing is interrupted. One task at a time.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._limit = 0.0
        self._waiting: asyncio.Task[object] | None = None
        self._lost = False

    async def tried(self, doing: Awaitable[T], limit: float) -> tuple[T | None, Exception | None]:
        """A result, or what went wrong: TimeoutError past the limit.

        Errors of httpx carry the request with its headers. They are handed back and not raised, so that none becomes the
        context of an error that travels on.
        """
        task = asyncio.current_task(self._loop)
        assert task is not None, "awaited in a task"
        cancelling = task.cancelling()
        self._limit, self._waiting, self._lost = limit, task, False
        if self._timer is None or limit < self._timer.when():
            self._set(limit)
        try:
            return await doing, None
        except asyncio.CancelledError:
            # Somebody else may have cancelled the task in the same moment: then it is cancelled.
            if not self._lost or task.uncancel() > cancelling:
                raise
            return None, TimeoutError()
        except Exception as error:
            return None, error
        finally:
            self._waiting = None

    def end(self) -> None:
        """Nothing will be awaited any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set(self, limit: float) -> None:
        self.end()
        self._timer = self._loop.call_at(limit, self._due)

    def _due(self) -> None:
        self._timer = None
        if self._waiting is None:
            return
        if self._loop.time() < self._limit:
            self._set(self._limit)
            return
        self._lost = True
        self._waiting.cancel()
