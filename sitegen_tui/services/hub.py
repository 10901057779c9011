"""The event hub: what is committed goes to everyone who watches, in order, whole events never lost."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sitegen_tui.domain.events import Event, TokenDelta

QUEUE_LIMIT = 4096
"""Durable events that may wait for one subscriber before the publisher waits for it."""

DELTA_LIMIT = 65_536
"""Characters of one run's tokens that may wait for one subscriber; what is over is dropped."""

Listener = Callable[[Event], None]


@dataclass(slots=True)
class _Waiting:
    """An event in a queue; a token delta gathers the text of those that came after it."""

    event: Event
    texts: list[str] = field(default_factory=list[str])
    length: int = 0

    def whole(self) -> Event:
        if isinstance(self.event, TokenDelta) and len(self.texts) > 1:
            return self.event.model_copy(update={"text": "".join(self.texts)})
        return self.event


class Subscription:
    """Events as an async iterator, or all at once by `drain`; ends when closed.

    Durable events arrive all and in order. Tokens of one attempt that wait are joined into one delta, and dropped past
    `DELTA_LIMIT` characters (`dropped` counts them): the whole reply comes with AttemptFinished anyway.
    """

    def __init__(self, forget: Callable[[Subscription], None], *, limit: int = QUEUE_LIMIT) -> None:
        self.dropped = 0
        self._forget = forget
        self._limit = limit
        self._queue: deque[_Waiting] = deque()
        self._open: dict[str, _Waiting] = {}
        self._durable = 0
        self._closed = False
        self._wake = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()

    def __aiter__(self) -> Subscription:
        return self

    async def __anext__(self) -> Event:
        while not self._queue:
            if self._closed:
                raise StopAsyncIteration
            self._wake.clear()
            await self._wake.wait()
        return self._pop()

    def drain(self) -> tuple[Event, ...]:
        """Everything that waits, without waiting."""
        return tuple(self._pop() for _ in range(len(self._queue)))

    def close(self) -> None:
        """No more events; what waits can still be read."""
        if not self._closed:
            self._closed = True
            self._forget(self)
            self._wake.set()
            self._room.set()

    def offer(self, event: Event) -> None:
        """Put an event in the queue (for the hub)."""
        if isinstance(event, TokenDelta):
            self._offer_delta(event)
        else:
            self._open.pop(event.run_id, None)
            self._queue.append(_Waiting(event))
            self._durable += 1
            if self._durable >= self._limit:
                self._room.clear()
        self._wake.set()

    async def room(self) -> None:
        """Wait until the queue of durable events is under its limit (for the hub)."""
        await self._room.wait()

    def _offer_delta(self, event: TokenDelta) -> None:
        waiting = self._open.get(event.run_id)
        if waiting is not None and _same_stream(waiting.event, event):
            if waiting.length + len(event.text) > DELTA_LIMIT:
                self.dropped += len(event.text)
                return
        else:
            waiting = self._open[event.run_id] = _Waiting(event)
            self._queue.append(waiting)
        waiting.texts.append(event.text)
        waiting.length += len(event.text)

    def _pop(self) -> Event:
        waiting = self._queue.popleft()
        if isinstance(waiting.event, TokenDelta):
            if self._open.get(waiting.event.run_id) is waiting:
                del self._open[waiting.event.run_id]
        else:
            self._durable -= 1
            if self._durable < self._limit:
                self._room.set()
        return waiting.whole()


def _same_stream(first: Event, second: TokenDelta) -> bool:
    return isinstance(first, TokenDelta) and (first.step, first.attempt, first.reasoning, first.seq) == (
        second.step,
        second.attempt,
        second.reasoning,
        second.seq,
    )


class EventHub:
    """Hands every event to listeners (called at once, in the event loop) and subscriptions (queues of their own)."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._subscriptions: list[Subscription] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every event; it must be quick and must not raise. Returns what ends it."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def subscribe(self, *, limit: int = QUEUE_LIMIT) -> Subscription:
        """A queue of events from now on."""
        subscription = Subscription(self._subscriptions.remove, limit=limit)
        self._subscriptions.append(subscription)
        return subscription

    async def publish(self, events: Iterable[Event]) -> None:
        """Hand out committed events in order; waits while a subscriber's queue of durable events is full."""
        for event in events:
            for listener in tuple(self._listeners):
                listener(event)
            for subscription in tuple(self._subscriptions):
                subscription.offer(event)
        for subscription in tuple(self._subscriptions):
            await subscription.room()

    def close(self) -> None:
        """End every subscription."""
        for subscription in tuple(self._subscriptions):
            subscription.close()
        self._listeners.clear()
