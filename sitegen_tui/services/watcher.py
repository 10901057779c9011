"""Following what another process writes: a look at the database four times a second, and only where it changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from sitegen_tui.errors import StoreError
from sitegen_tui.services.live import LiveRuns
from sitegen_tui.services.threads import Threads
from sitegen_tui.store import Store

INTERVAL_SECONDS = 0.25

Changed = Callable[[Collection[str]], None]


class Watcher:
    """Catches up followed runs that others drive, and tells who asks which runs changed elsewhere."""

    def __init__(self, store: Store, threads: Threads, runs: LiveRuns) -> None:
        self._store = store
        self._threads = threads
        self._runs = runs
        self._told: list[Changed] = []
        self._task: asyncio.Task[None] | None = None
        self._placed = asyncio.Event()

    def start(self) -> None:
        """Begin to look, from what is committed now; nothing if it has begun."""
        if self._task is None:
            self._task = asyncio.create_task(self._look(), name="watcher")

    async def placed(self) -> None:
        """Wait until it is known from where to look: what is read after that misses nothing that is committed later."""
        if self._task is not None:
            await self._placed.wait()

    def tell(self, changed: Changed) -> None:
        """Call `changed` with the ids of runs that another process changed."""
        self._told.append(changed)

    async def close(self) -> None:
        """Stop looking."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _look(self) -> None:
        place: int | None = None
        due: set[str] = set()
        while True:
            try:
                if place is None:
                    place = await self._threads.watch(self._store.last_rowid)
                    self._placed.set()
                place, changed = await self._threads.watch(self._store.touched, place)
                due.update(run_id for run_id in changed if not self._driven(run_id))
                for run_id in due.intersection(self._runs.followed()):
                    await self._runs.catch_up(run_id)
            except StoreError:
                # Another process may hold the database for a moment; what is due is tried again.
                await asyncio.sleep(INTERVAL_SECONDS)
                continue
            if due:
                for tell in self._told:
                    tell(tuple(due))
                due.clear()
            await asyncio.sleep(INTERVAL_SECONDS)

    def _driven(self, run_id: str) -> bool:
        entry = self._runs.get(run_id)
        return entry is not None and entry.driven
