"""The one writer: events are appended in a thread, committed in groups, and only then published."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor

from sitegen_tui.domain.events import Event, TokenDelta, durable
from sitegen_tui.services.hub import EventHub

EVENT_LIMIT = 2048
BYTE_LIMIT = 64 * 1024 * 1024

Append = Callable[[Sequence[Event], Mapping[str, bytes]], None]
_Entry = tuple[Sequence[Event], Mapping[str, bytes]]


class Recorder:
    """Takes events in, commits and publishes them in the same order.

    Token deltas wait in the same line, so that they never overtake the step they belong to; while a commit is under way
    what comes in gathers for the next one. `record` waits while too much is in line. After a failed commit nothing more
    is accepted: `record` and `flush` raise that failure.
    """

    def __init__(self, append: Append, hub: EventHub, writer: Executor) -> None:
        self.failure: BaseException | None = None
        self._append = append
        self._hub = hub
        self._writer = writer
        self._line: deque[_Entry] = deque()
        self._events = 0
        self._bytes = 0
        self._taken_in = 0
        self._given_out = 0
        self._closing = False
        self._changed = asyncio.Condition()
        self._task = asyncio.create_task(self._write(), name="recorder")

    async def record(self, events: Sequence[Event], blobs: Mapping[str, bytes] | None = None) -> None:
        """Put events that are to be committed together, and the new content they name (sha256 to bytes), in line."""
        blobs = blobs or {}
        async with self._changed:
            await self._changed.wait_for(
                lambda: self.failure is not None or (self._events < EVENT_LIMIT and self._bytes < BYTE_LIMIT)
            )
            self._raise_failure()
            self._line.append((events, blobs))
            self._taken_in += 1
            self._events += len(events)
            self._bytes += sum(map(len, blobs.values()))
            self._changed.notify_all()

    async def flush(self) -> None:
        """Wait until everything that is in line now is committed and published."""
        async with self._changed:
            last = self._taken_in
            await self._changed.wait_for(lambda: self.failure is not None or self._given_out >= last)
            self._raise_failure()

    async def close(self) -> None:
        """Write what is in line and end."""
        async with self._changed:
            self._closing = True
            self._changed.notify_all()
        await self._task

    def _raise_failure(self) -> None:
        if self.failure is not None:
            raise self.failure

    async def _write(self) -> None:
        while batch := await self._next_batch():
            events = [event for group, _ in batch for event in group]
            to_store = [event for event in events if durable(event)]
            blobs = {sha: content for _, new in batch for sha, content in new.items()}
            try:
                if to_store:
                    loop = asyncio.get_running_loop()
                    await loop.run_in_executor(self._writer, self._append, to_store, blobs)
            except Exception as error:
                async with self._changed:
                    self.failure = error
                    self._line.clear()
                    self._changed.notify_all()
                return
            await self._hub.publish(_joined(events))
            async with self._changed:
                self._given_out += len(batch)
                self._changed.notify_all()

    async def _next_batch(self) -> list[_Entry]:
        async with self._changed:
            await self._changed.wait_for(lambda: self._line or self._closing)
            batch = list(self._line)
            self._line.clear()
            self._events = self._bytes = 0
            self._changed.notify_all()
            return batch


def _joined(events: Sequence[Event]) -> list[Event]:
    """The events with neighbouring tokens of one attempt joined: a burst costs its watchers one event."""
    joined: list[Event] = []
    for event in events:
        last = joined[-1] if joined else None
        if (
            isinstance(event, TokenDelta)
            and isinstance(last, TokenDelta)
            and (event.run_id, event.step, event.attempt, event.reasoning, event.seq)
            == (last.run_id, last.step, last.attempt, last.reasoning, last.seq)
        ):
            joined[-1] = last.model_copy(update={"text": last.text + event.text})
        else:
            joined.append(event)
    return joined
