"""Stored runs as recordings: what replays are played from."""

from __future__ import annotations

from pathlib import Path

from sitegen_tui.domain.events import AttemptFinished, StepStarted
from sitegen_tui.domain.models import REPLAY
from sitegen_tui.domain.runs import Attempt, RunPlan
from sitegen_tui.errors import StoreError, UnknownName
from sitegen_tui.services.threads import Threads
from sitegen_tui.store import Store


class StoredRuns:
    """The recordings of one database."""

    def __init__(self, store: Store, threads: Threads) -> None:
        self._store = store
        self._threads = threads

    def plan(self, run_id: str) -> RunPlan:
        """What was run. Blocks while the database is read; raises UnknownName."""
        return self._store.plan(run_id)

    async def attempts(self, run_id: str, step: int) -> tuple[Attempt, ...]:
        """The attempts of a step as it was last run, in order; empty for a step that was not run."""
        return await self._threads.read(attempts_of, self._store, run_id, step)


def attempts_of(store: Store, run_id: str, step: int) -> tuple[Attempt, ...]:
    """See `StoredRuns.attempts`. A step that was begun again after an interruption counts from there."""
    found: list[Attempt] = []
    for event in store.events(run_id):
        if isinstance(event, StepStarted) and event.step == step:
            found.clear()
        elif isinstance(event, AttemptFinished) and event.step == step:
            found.append(event.attempt)
    return tuple(found)


def recorded_plan(db: Path, name: str) -> RunPlan:
    """The plan of the run that a name such as replay/e1.2 means. Raises UnknownName, also where there is no database."""
    run_id = name.removeprefix(REPLAY)
    try:
        with Store.open(db, create=False, read_only=True) as store:
            return store.plan(run_id)
    except StoreError as error:
        raise UnknownName("run", run_id, hint=f"{error.message}; sitegen runs lists runs") from error
