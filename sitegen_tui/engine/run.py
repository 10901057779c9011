"""One run: sixteen steps, each prompted, streamed, applied and judged, told as a stream of events."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from sitegen_tui.domain.events import RunFinished, RunStarted
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.ports import Eyes, Provider, Workers
from sitegen_tui.domain.runs import RunPlan
from sitegen_tui.engine import tasks
from sitegen_tui.engine.asking import UNLIMITED, Limits
from sitegen_tui.engine.batch import Batch
from sitegen_tui.engine.clock import SYSTEM_CLOCK, Clock
from sitegen_tui.engine.jobs import StartSite
from sitegen_tui.engine.judging import Bench, ground
from sitegen_tui.engine.outbox import NO_BLOBS, Outbox
from sitegen_tui.engine.pool import subject
from sitegen_tui.engine.step import Step
from sitegen_tui.errors import ContentError, SitegenError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """Where an interrupted run goes on.

    `step` is the number of the action to go on with, `files` the editable texts before it (path to text; an isolated run
    does not look at them), `seq` that of the last event stored. Later steps of an isolated run that are done already are
    named in `done` and not made again. `content_hash`, `rubric` and `prompt` are what the run began with: half a run on one
    template, rubric or wording and half on another would be a score of nothing.
    """

    step: int
    files: Mapping[str, str]
    seq: int
    done: frozenset[int] = frozenset()
    content_hash: str = ""
    rubric: int = 0
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """What a run begins with that branches off another run's own site: the editable texts, and what that run stood on."""

    files: Mapping[str, str]
    content_hash: str


@dataclass(frozen=True, slots=True)
class _Ending:
    state: Literal["finished", "incomplete", "cancelled"]
    reason: str = ""


def run(
    plan: RunPlan,
    *,
    provider: Provider,
    workers: Workers,
    eyes: Eyes | None = None,
    clock: Clock = SYSTEM_CLOCK,
    resume: ResumePoint | None = None,
    branch: Branch | None = None,
    cancel: asyncio.Event | None = None,
    limits: Limits = UNLIMITED,
    bench: Bench | None = None,
) -> AsyncGenerator[Batch, None]:
    """Everything that happens in a run, as it happens.

    Setting `cancel` ends it in good order: the model's stream is closed and RunFinished says cancelled. Closing the
    generator ends it at once and silently, as if the program had been killed. Never raises for what a model, a worker or
    the content does: the last event tells it. `limits` are what it shares with other runs. `branch` is needed where the plan
    forks another run's own site and does not go on after an interruption. `bench` has the LLM judges that the plan names.
    """
    return _Run(plan, provider, workers, eyes, clock, resume, branch, limits, bench).batches(cancel or asyncio.Event())


class _Run:
    def __init__(
        self,
        plan: RunPlan,
        provider: Provider,
        workers: Workers,
        eyes: Eyes | None,
        clock: Clock,
        resume: ResumePoint | None,
        branch: Branch | None,
        limits: Limits,
        bench: Bench | None,
    ) -> None:
        self._bench = bench
        self._plan = plan
        self._provider = provider
        self._workers = workers
        self._eyes = eyes
        self._clock = clock
        self._resume = resume
        self._branch = branch
        self._limits = limits
        self._outbox = Outbox(plan.run_id, resume.seq + 1 if resume else 0, clock)

    async def batches(self, cancel: asyncio.Event) -> AsyncGenerator[Batch, None]:
        driver = asyncio.create_task(self._drive(), name=f"run {self._plan.run_id}")
        driver.add_done_callback(lambda _: self._outbox.close())
        watch = asyncio.create_task(cancel.wait())
        watch.add_done_callback(lambda task: None if task.cancelled() else driver.cancel())
        if cancel.is_set():
            driver.cancel()
        try:
            while (batch := await self._outbox.take()) is not None:
                yield batch
            ending = _ending(driver)
            yield self._outbox.make(partial(RunFinished, state=ending.state, reason=ending.reason))
        finally:
            watch.cancel()
            driver.cancel()
            await asyncio.wait([watch, driver])

    async def _drive(self) -> _Ending:
        plan, resume = self._plan, self._resume
        subject.set(plan.run_id)
        start = await self._workers.call(tasks.start_site, plan.pairing)
        start = replace(start, prompt=ground(start.prompt, plan.judges))
        if resume is not None:
            _same_ground(resume, start)
        files: Mapping[str, str] = start.editable
        if resume is not None and plan.mode == "chain":
            files = dict(resume.files)
        elif resume is None and plan.fork is not None:
            files = await self._branched(start)
        site = {path: sha for path, sha in start.site.items() if path not in start.editable} | tasks.hashes(files)
        contents = {**start.files, **{path: text.encode() for path, text in files.items()}}
        await self._outbox.send(
            partial(
                RunStarted,
                plan=plan,
                site=site,
                content_hash=start.content_hash,
                rubric=start.rubric,
                prompt=start.prompt,
                resumed_at=resume.step if resume else None,
            ),
            blobs=NO_BLOBS if resume else {sha: contents[path] for path, sha in site.items()},
        )
        first, done = (resume.step, resume.done) if resume else (1, frozenset[int]())
        failed = 0
        for number in sorted(BY_ID[action].number for action in plan.actions):
            if number < first or number in done:
                continue
            step = Step(
                plan=plan,
                number=number,
                provider=self._provider,
                workers=self._workers,
                eyes=self._eyes,
                clock=self._clock,
                outbox=self._outbox,
                limits=self._limits,
                bench=self._bench,
                rubric=start.rubric,
            )
            after = await step.take(files, site)
            if step.out_of_money:
                return _Ending("incomplete", step.out_of_money)
            if plan.mode == "isolated":
                failed += after is None
                continue
            if after is None:
                return _Ending("incomplete", f"step {number} could not be run, and the next ones continue from it")
            files, site = after
        if failed:
            return _Ending("incomplete", f"{failed} of {len(plan.actions)} steps could not be run")
        return _Ending("finished")

    async def _branched(self, start: StartSite) -> Mapping[str, str]:
        """The editable texts that a fork begins with."""
        plan = self._plan
        if plan.fork is None or plan.fork.site == "gold":
            return await self._workers.call(tasks.gold_before, plan.pairing, plan.actions[0])
        if self._branch is None:
            raise ContentError(f"the site of run {plan.fork.run_id} before step {plan.fork.step} is not there")
        if self._branch.content_hash != start.content_hash:
            raise ContentError(
                f"the template or its requirements have changed since run {plan.fork.run_id}",
                hint="put them back as they were, or fork from gold",
            )
        return self._branch.files


def _same_ground(resume: ResumePoint, start: StartSite) -> None:
    if resume.content_hash and resume.content_hash != start.content_hash:
        raise ContentError(
            "the template or its requirements have changed since this run began",
            hint="put them back as they were, or start a new experiment",
        )
    if resume.rubric and resume.rubric != start.rubric:
        raise ContentError(
            f"this run began under rubric {resume.rubric} and the program now judges by {start.rubric}",
            hint="start a new experiment",
        )
    if resume.prompt and resume.prompt != start.prompt:
        raise ContentError(
            "what models are told has changed since this run began",
            hint="start a new experiment",
        )


def _ending(driver: asyncio.Task[_Ending]) -> _Ending:
    if driver.cancelled():
        return _Ending("cancelled")
    error = driver.exception()
    if error is None:
        return driver.result()
    if not isinstance(error, SitegenError):
        log.error("a run ended by an error of the program", exc_info=error)
    return _Ending("incomplete", reason_of(error))


def reason_of(error: BaseException) -> str:
    """An error in one line, for a person: what happened, and what to do where that is known."""
    if isinstance(error, SitegenError):
        return f"{error.message}; {error.hint}" if error.hint else error.message
    return f"an error of the program: {type(error).__name__}: {error}"
