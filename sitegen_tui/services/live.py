"""Views of runs that somebody drives or follows: folded once, shared by everyone who looks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from sitegen_tui.domain.events import Event
from sitegen_tui.services.views import RunView, fold

Load = Callable[[str, int], Awaitable[Sequence[Event]]]
"""Durable events of a run after a seq, from the database."""


class Pulse:
    """Wakes everyone who waits for the next change."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def beat(self) -> None:
        """Something changed."""
        self._event.set()
        self._event = asyncio.Event()

    async def next(self) -> None:
        """Wait for the next beat."""
        await self._event.wait()


@dataclass(slots=True)
class Entry:
    """A view, who holds it, and whether this process drives the run."""

    view: RunView
    pulse: Pulse = field(default_factory=Pulse)
    holders: int = 0
    driven: bool = False
    catching_up: asyncio.Lock = field(default_factory=asyncio.Lock)


class LiveRuns:
    """The registry of views.

    A view of a run this process drives is fed by the hub alone; any other is fed from the database alone, by
    `catch_up`. So no event is missed between the two and none is folded twice; the seq guard of the reducer makes
    a repeated read harmless.
    """

    def __init__(self, load: Load) -> None:
        self._load = load
        self._entries: dict[str, Entry] = {}

    def get(self, run_id: str) -> Entry | None:
        """The entry of a run, if anybody holds it."""
        return self._entries.get(run_id)

    def hold(self, run_id: str) -> Entry:
        """The entry of a run, kept until `release`."""
        entry = self._entries.get(run_id)
        if entry is None:
            entry = self._entries[run_id] = Entry(RunView(run_id))
        entry.holders += 1
        return entry

    def release(self, run_id: str) -> None:
        """Let go of an entry; nobody's view is forgotten."""
        entry = self._entries.get(run_id)
        if entry is None:
            return
        entry.holders -= 1
        if entry.holders <= 0:
            del self._entries[run_id]

    async def drive(self, run_id: str) -> RunView:
        """Hold a view for a run that this process begins to drive, with everything that is stored of it so far."""
        entry = self.hold(run_id)
        try:
            await self.catch_up(run_id)
        except BaseException:
            self.release(run_id)
            raise
        entry.driven = True
        return entry.view

    def end(self, run_id: str) -> None:
        """This process drives the run no longer."""
        entry = self._entries.get(run_id)
        if entry is not None:
            entry.driven = False
            self.release(run_id)

    async def catch_up(self, run_id: str) -> None:
        """Fold what the database has and the view has not; nothing for a run this process drives."""
        entry = self._entries.get(run_id)
        if entry is None:
            return
        async with entry.catching_up:
            if entry.driven:
                return
            for event in await self._load(run_id, entry.view.seq):
                fold(entry.view, event)
            entry.pulse.beat()

    def fold(self, event: Event) -> None:
        """Fold a published event into the view of a run that this process drives."""
        entry = self._entries.get(event.run_id)
        if entry is not None and entry.driven:
            fold(entry.view, event)
            entry.pulse.beat()

    def followed(self) -> tuple[str, ...]:
        """Runs that somebody looks at and this process does not drive."""
        return tuple(run_id for run_id, entry in self._entries.items() if not entry.driven)
