"""Many runs at once: a bounded number in flight, in fair order, told as one stream, each safe from the others."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from sitegen_tui.domain.events import RunFinished
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.ports import Eyes, Provider, Workers
from sitegen_tui.domain.runs import RunPlan
from sitegen_tui.engine.asking import UNLIMITED, Limits
from sitegen_tui.engine.batch import Batch
from sitegen_tui.engine.canaries import Canaries
from sitegen_tui.engine.clock import SYSTEM_CLOCK, Clock
from sitegen_tui.engine.judging import Bench
from sitegen_tui.engine.run import Branch, ResumePoint, reason_of, run
from sitegen_tui.errors import SitegenError

log = logging.getLogger(__name__)

ROOM = 64
"""Batches that may wait to be taken; runs wait while there is no room."""


@dataclass(frozen=True, slots=True)
class Job:
    """A run to be made, or to be gone on with; `branch` is what one begins with that forks another run's own site."""

    plan: RunPlan
    resume: ResumePoint | None = None
    branch: Branch | None = None

    @property
    def steps(self) -> int:
        """How many steps are still to be made."""
        if self.resume is None:
            return len(self.plan.actions)
        numbers = (BY_ID[action].number for action in self.plan.actions)
        return sum(number >= self.resume.step and number not in self.resume.done for number in numbers)


@dataclass(slots=True)
class _Line:
    """What runs have told and nobody has taken yet."""

    batches: deque[Batch] = field(default_factory=deque[Batch])
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(ROOM))
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def put(self, batch: Batch) -> None:
        await self.room.acquire()
        self.batches.append(batch)
        self.changed.set()

    def take(self) -> tuple[Batch, ...]:
        taken = tuple(self.batches)
        self.batches.clear()
        for _ in taken:
            self.room.release()
        return taken


class Experiment:
    """Runs `jobs` at most `at_once` at a time, in the order given; `stream` it once.

    `provider_of` is asked when a run's turn comes; what it raises ends that run alone. `limits` are
    the gates and the budget that its runs share.
    """

    def __init__(
        self,
        jobs: Iterable[Job],
        *,
        provider_of: Callable[[RunPlan], Provider],
        workers: Workers,
        at_once: int,
        eyes: Eyes | None = None,
        clock: Clock = SYSTEM_CLOCK,
        limits: Limits = UNLIMITED,
    ) -> None:
        self._queue = deque(jobs)
        self._canaries = Canaries([(job.plan, job.steps) for job in self._queue], provider_of, workers, clock, limits)
        self._provider_of = provider_of
        self._workers = workers
        self._eyes = eyes
        self._at_once = max(1, at_once)
        self._clock = clock
        self._limits = limits
        self._line = _Line()
        self._cancels: dict[str, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def stream(self) -> AsyncGenerator[tuple[Batch, ...], None]:
        """Everything that waits, at least one batch, batches of one run in order; ends with the last run.

        Closing it ends all runs at once and silently, as if the program had been killed.
        """
        try:
            for _ in range(min(self._at_once, len(self._queue))):
                self._begin(self._one_after_another())
            while True:
                if taken := self._line.take():
                    yield taken
                elif not self._tasks:
                    return
                else:
                    self._line.changed.clear()
                    await self._line.changed.wait()
        finally:
            for task in self._tasks:
                task.cancel()
            if self._tasks:
                await asyncio.wait(self._tasks)
            await self._canaries.close()

    def cancel(self, run_id: str) -> bool:
        """End a run in good order, whether it is under way or still to come; False if there is no such run."""
        if (event := self._cancels.get(run_id)) is not None:
            event.set()
            return True
        job = next((job for job in self._queue if job.plan.run_id == run_id), None)
        if job is None:
            return False
        self._queue.remove(job)
        self._begin(self._decline(job))
        return True

    def cancel_all(self) -> None:
        """End every run in good order."""
        waiting = list(self._queue)
        self._queue.clear()
        for event in self._cancels.values():
            event.set()
        for job in waiting:
            self._begin(self._decline(job))

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._line.changed.set()

    async def _one_after_another(self) -> None:
        while self._queue:
            await self._drive(self._queue.popleft())

    async def _drive(self, job: Job) -> None:
        cancel = self._cancels[job.plan.run_id] = asyncio.Event()
        last = job.resume.seq if job.resume else -1
        try:
            batches = run(
                job.plan,
                provider=self._provider_of(job.plan),
                workers=self._workers,
                eyes=self._eyes,
                clock=self._clock,
                resume=job.resume,
                branch=job.branch,
                cancel=cancel,
                limits=self._limits,
                bench=Bench(partial(self._judge, job.plan), self._canaries),
            )
            async with aclosing(batches):
                async for batch in batches:
                    await self._line.put(batch)
                    last = max(last, batch.events[-1].seq)
        except Exception as error:
            if not isinstance(error, SitegenError):
                log.exception("run %s ended by an error of the program", job.plan.run_id)
            await self._finish(job, last, "incomplete", reason_of(error))
        finally:
            del self._cancels[job.plan.run_id]

    def _judge(self, plan: RunPlan, model: str) -> Provider:
        return self._provider_of(plan.model_copy(update={"model": model}))

    async def _decline(self, job: Job) -> None:
        await self._finish(job, job.resume.seq if job.resume else -1, "cancelled", "")

    async def _finish(self, job: Job, last: int, state: Literal["incomplete", "cancelled"], reason: str) -> None:
        run_id = job.plan.run_id
        event = RunFinished(run_id=run_id, seq=last + 1, at=self._clock.now(), state=state, reason=reason)
        await self._line.put(Batch(run_id, (event,)))
