"""The way out of a run: events get their number and time here, and wait until somebody takes them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from types import MappingProxyType

from sitegen_tui.domain.events import Event, durable
from sitegen_tui.engine.batch import Batch
from sitegen_tui.engine.clock import Clock

ROOM = 2
"""Batches that may wait: a run is never far ahead of what has been stored of it."""

Make = Callable[..., Event]
"""Makes an event from `run_id`, `seq` and `at`."""

NO_BLOBS: Mapping[str, bytes] = MappingProxyType({})


class Outbox:
    """Numbers a run's events and hands them out in order; `send` waits while nobody takes them.

    Numbers are given at the moment a batch is put in line, so that giving up a waiting `send` leaves no gap.
    """

    def __init__(self, run_id: str, next_seq: int, clock: Clock) -> None:
        self._run_id = run_id
        self._seq = next_seq
        self._clock = clock
        self._line: deque[Batch] = deque()
        self._room = asyncio.Semaphore(ROOM)
        self._changed = asyncio.Event()
        self._closed = False

    async def send(self, *makers: Make, blobs: Mapping[str, bytes] = NO_BLOBS) -> None:
        """Put one batch of events in line."""
        await self._room.acquire()
        self._line.append(self.make(*makers, blobs=blobs))
        self._changed.set()

    def make(self, *makers: Make, blobs: Mapping[str, bytes] = NO_BLOBS) -> Batch:
        """A batch with the next numbers, outside the line."""
        now = self._clock.now()
        events: list[Event] = []
        for maker in makers:
            event = maker(run_id=self._run_id, seq=self._seq, at=now)
            if durable(event):
                self._seq += 1
            else:
                event = event.model_copy(update={"seq": max(0, self._seq - 1)})
            events.append(event)
        return Batch(self._run_id, tuple(events), blobs)

    def close(self) -> None:
        """Nothing more will be sent; what is in line can still be taken."""
        self._closed = True
        self._changed.set()

    async def take(self) -> Batch | None:
        """The next batch; None when there will be none."""
        while not self._line:
            if self._closed:
                return None
            self._changed.clear()
            await self._changed.wait()
        self._room.release()
        return self._line.popleft()
