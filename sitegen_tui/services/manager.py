"""The run manager: owns every run that this process drives, from claim to release, whoever looks on."""

from __future__ import annotations

import asyncio
import os
import platform
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from sitegen_tui.domain.events import Event, RunFinished
from sitegen_tui.domain.ports import Eyes, Provider, Workers
from sitegen_tui.domain.rows import RunRow
from sitegen_tui.domain.runs import ExperimentPlan, RunPlan, RunState
from sitegen_tui.engine.asking import Limits
from sitegen_tui.engine.budget import Budget, dollars
from sitegen_tui.engine.clock import Clock
from sitegen_tui.engine.experiment import Experiment, Job
from sitegen_tui.engine.gate import Gates
from sitegen_tui.engine.run import ResumePoint
from sitegen_tui.errors import StoreError, UsageError
from sitegen_tui.services.forks import branch_of
from sitegen_tui.services.hub import EventHub
from sitegen_tui.services.live import LiveRuns
from sitegen_tui.services.recorder import Recorder
from sitegen_tui.services.threads import Threads
from sitegen_tui.services.views import RunView, folded
from sitegen_tui.site.protocol import EDITABLE_PATHS
from sitegen_tui.store import Store

HEARTBEAT_SECONDS = 10.0

_OVER = frozenset({RunState.FINISHED, RunState.CANCELLED})


@dataclass(slots=True)
class _Driven:
    """An experiment in this process's hands.

    `waiting` are runs that have told nothing yet, `begun` those that have and whose end is not yet published.
    """

    id: str
    experiment: Experiment
    waiting: set[str]
    begun: dict[str, RunView] = field(default_factory=dict[str, RunView])
    task: asyncio.Task[None] | None = None


class RunManager:
    """Starts, resumes, cancels and interrupts runs. Tasks belong to it, never to a screen or a command.

    A run is claimed in the database before anything of it happens and released after its last event is published, so
    that no two processes drive one run.
    """

    def __init__(
        self,
        store: Store,
        threads: Threads,
        recorder: Recorder,
        hub: EventHub,
        live: LiveRuns,
        workers: Workers,
        eyes: Eyes,
        provider_of: Callable[[RunPlan], Provider],
        clock: Clock,
    ) -> None:
        self.owner = f"process {os.getpid()} on {platform.node()} ({secrets.token_hex(4)})"
        self._store = store
        self._threads = threads
        self._recorder = recorder
        self._live = live
        self._workers = workers
        self._eyes = eyes
        self._provider_of = provider_of
        self._clock = clock
        self._gates = Gates(clock)
        self._budgets: dict[str, Budget] = {}
        self._driven: list[_Driven] = []
        self._failures: dict[str, BaseException] = {}
        self._endings: dict[str, asyncio.Event] = {}
        self._releases: set[asyncio.Task[None]] = set()
        self._heart: asyncio.Task[None] | None = None
        hub.listen(self._heard)

    async def start(self, plan: ExperimentPlan, simulated: frozenset[str]) -> str:
        """Store an experiment and begin its runs; its id."""
        experiment_id, plans = await self._threads.write(
            self._store.create_experiment, plan, simulated=simulated, created_at=self._clock.now()
        )
        branch = await self._threads.read(branch_of, self._store, plan.fork)
        await self._begin(experiment_id, [Job(one, branch=branch) for one in plans], plan)
        return experiment_id

    async def resume(self, experiment_id: str | None = None, budget: float | None = None) -> tuple[str, ...]:
        """Go on with runs that are not over and that no living process drives; ids of their experiments, oldest first.

        With `budget` (US dollars) the experiment has another one from now on. Raises UnknownName, or UsageError for a budget
        that is spent already.
        """
        if experiment_id is not None:
            await self._threads.read(self._store.experiment, experiment_id)
            if budget is not None:
                await self._change_budget(experiment_id, budget)
        await self._released()
        by_experiment: dict[str, list[RunRow]] = {}
        for row in await self._threads.read(self._store.resumable, experiment_id):
            by_experiment.setdefault(row.experiment_id, []).append(row)
        for name, members in by_experiment.items():
            jobs = [await self._threads.read(_job, self._store, row.run_id) for row in members]
            await self._begin(name, jobs, (await self._threads.read(self._store.experiment, name)).plan)
        return tuple(by_experiment)

    async def cancel(self, target: str) -> None:
        """End a run, or every run of an experiment that is not over, for good, and wait for it.

        Raises UnknownName for neither, UsageError for a run that is over or that another living process drives.
        """
        if "." in target:
            row = await self._threads.read(self._store.run, target)
            if row.state in _OVER:
                raise UsageError(f"run {target} is {row.state.value} already")
            await self._cancel(row)
            return
        await self._threads.read(self._store.experiment, target)
        rows = [row for row in await self._threads.read(self._store.runs, target, -1) if row.state not in _OVER]
        await asyncio.gather(*(self._cancel(row) for row in rows))

    async def interrupt(self, experiment_id: str | None = None) -> None:
        """Stop runs of one experiment, or all, in such a way that `resume` goes on with them."""
        tasks = self._tasks(experiment_id)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        await self._released()

    async def wait(self, experiment_id: str) -> None:
        """Wait until nothing of the experiment is driven here any more. Raises the error that stopped it, if one did."""
        while tasks := self._tasks(experiment_id):
            await asyncio.wait(tasks)
        await self._released()
        failure = self._failures.pop(experiment_id, None)
        if failure is not None:
            raise failure

    async def close(self) -> None:
        """Interrupt everything and give up every claim."""
        await self.interrupt()
        if self._heart is None:
            return
        self._heart.cancel()
        await asyncio.wait([self._heart, *self._releases])
        await self._give_up(None)

    def budget(self, experiment_id: str) -> Budget | None:
        """What an experiment that this process drives, or has driven, may cost and has cost; None if it has no budget."""
        return self._budgets.get(experiment_id)

    async def _change_budget(self, experiment_id: str, usd: float) -> None:
        spent = await self._threads.read(self._store.committed, experiment_id)
        if usd <= spent:
            raise UsageError(
                f"a budget of {dollars(usd)} is spent already: {dollars(spent)} so far", hint=f"give more than {dollars(spent)}"
            )
        await self._threads.write(self._store.set_budget, experiment_id, usd)

    async def _budget_of(self, experiment_id: str, plan: ExperimentPlan) -> Budget | None:
        """The budget that all runs of an experiment share, with what is spent of it."""
        if plan.budget_usd is None:
            return None
        found = self._budgets.get(experiment_id)
        if found is not None and self._tasks(experiment_id):
            found.raise_to(plan.budget_usd)
            return found
        spent = await self._threads.read(self._store.committed, experiment_id)
        made = self._budgets[experiment_id] = Budget(plan.budget_usd, spent)
        return made

    def _tasks(self, experiment_id: str | None) -> list[asyncio.Task[None]]:
        return [driven.task for driven in self._driven if driven.task is not None and experiment_id in (None, driven.id)]

    async def _begin(self, experiment_id: str, jobs: Sequence[Job], plan: ExperimentPlan) -> None:
        claimed = await self._threads.write(_claim, self._store, self.owner, [job.plan.run_id for job in jobs])
        if self._heart is None:
            self._heart = asyncio.create_task(self._beat(), name="heartbeat")
        mine = [job for job in jobs if job.plan.run_id in claimed]
        experiment = Experiment(
            mine,
            provider_of=self._provider_of,
            workers=self._workers,
            eyes=self._eyes,
            at_once=plan.jobs,
            clock=self._clock,
            limits=Limits(self._gates, await self._budget_of(experiment_id, plan)),
        )
        driven = _Driven(experiment_id, experiment, {job.plan.run_id for job in mine})
        self._driven.append(driven)
        driven.task = asyncio.create_task(self._drive(driven), name=experiment_id)

    async def _drive(self, driven: _Driven) -> None:
        try:
            try:
                await self._record(driven)
            except asyncio.CancelledError:
                await self._recorder.flush()
                for view in tuple(driven.begun.values()):
                    await self._finish(view, "interrupted")
            await self._recorder.flush()
        except Exception as error:
            self._failures[driven.id] = error
        finally:
            self._driven.remove(driven)
            for run_id in driven.begun:
                self._live.end(run_id)
            for run_id in (*driven.begun, *driven.waiting):
                self._release(run_id)

    async def _record(self, driven: _Driven) -> None:
        async with aclosing(driven.experiment.stream()) as stream:
            async for batches in stream:
                for batch in batches:
                    if batch.run_id in driven.waiting:
                        driven.begun[batch.run_id] = await self._live.drive(batch.run_id)
                        driven.waiting.discard(batch.run_id)
                    await self._recorder.record(batch.events, batch.blobs)

    async def _finish(self, view: RunView, state: str) -> None:
        ending = RunFinished.model_validate({"run_id": view.run_id, "seq": view.seq + 1, "at": self._clock.now(), "state": state})
        await self._recorder.record((ending,))

    def _heard(self, event: Event) -> None:
        """After the last event of a run every listener still gets to see its view; then it is let go."""
        if isinstance(event, RunFinished):
            asyncio.get_running_loop().call_soon(self._settled, event.run_id)

    def _settled(self, run_id: str) -> None:
        for driven in self._driven:
            if driven.begun.pop(run_id, None) is not None:
                self._live.end(run_id)
                self._release(run_id)

    async def _cancel(self, row: RunRow) -> None:
        for driven in self._driven:
            if row.run_id in driven.waiting or row.run_id in driven.begun:
                ended = self._endings.setdefault(row.run_id, asyncio.Event())
                if driven.experiment.cancel(row.run_id):
                    await ended.wait()
                return
        if row.owner is not None or not await self._threads.write(self._store.claim, row.run_id, self.owner):
            raise UsageError(f"run {row.run_id} is driven by {row.owner or 'another process'}", hint="cancel it there")
        try:
            await self._finish(await self._live.drive(row.run_id), "cancelled")
            await self._recorder.flush()
        finally:
            self._live.end(row.run_id)
            await self._give_up(row.run_id)

    def _release(self, run_id: str) -> None:
        if (ended := self._endings.pop(run_id, None)) is not None:
            ended.set()
        task = asyncio.create_task(self._give_up(run_id))
        self._releases.add(task)
        task.add_done_callback(self._releases.discard)

    async def _released(self) -> None:
        """Wait until claims on runs that have ended here are given up: before that nobody can go on with them."""
        while self._releases:
            await asyncio.wait(self._releases)

    async def _give_up(self, run_id: str | None) -> None:
        try:
            await self._threads.write(self._store.release, self.owner, run_id)
        except StoreError:
            # A claim counts for nothing once its process is gone; what matters is told by whatever failed before.
            return

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                await self._threads.write(self._store.heartbeat, self.owner)
            except StoreError:
                # Missing one is harmless; a database that is gone for good fails the next commit.
                continue


def _claim(store: Store, owner: str, run_ids: Sequence[str]) -> frozenset[str]:
    return frozenset(run_id for run_id in run_ids if store.claim(run_id, owner))


def _job(store: Store, run_id: str) -> Job:
    """How to go on with a stored run: at its first step without a score, from the site that step began with."""
    plan = store.plan(run_id)
    view = folded(run_id, store.events(run_id))
    if view.plan is None:
        return Job(plan, branch=branch_of(store, plan.fork))
    unscored = [step.step for step in view.steps if step.value is None]
    step = unscored[0] if unscored else view.steps[-1].step + 1
    return Job(
        plan,
        ResumePoint(
            step=step,
            files=_editable(store, view, step),
            seq=view.seq,
            done=frozenset(one.step for one in view.steps if one.score is not None),
            content_hash=view.content_hash,
            rubric=view.rubric,
            prompt=view.prompt,
        ),
    )


def _editable(store: Store, view: RunView, step: int) -> Mapping[str, str]:
    """The editable texts after the last scored step before `step`, else those the run began with."""
    scored = [one.step for one in view.steps if one.step < step and one.score is not None]
    site = store.site_after(view.run_id, scored[-1]) if scored else view.site
    return {path: store.blob(site[path]).decode("utf-8") for path in EDITABLE_PATHS if path in site}
