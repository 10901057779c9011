"""The composition root: opens the database, starts what is needed when it is needed, and hands out everything else."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sitegen_tui.content.library import Library
from sitegen_tui.content.shelf import library as default_library
from sitegen_tui.domain.audits import AuditProgress, AuditReport, AuditWanted
from sitegen_tui.domain.diffs import SiteDiff
from sitegen_tui.domain.events import Event
from sitegen_tui.domain.insights import Scope, StepsPage, StepsWanted, View
from sitegen_tui.domain.judge_audits import JudgeAuditProgress, JudgeAuditReport, JudgeAuditWanted
from sitegen_tui.domain.models import REPLAY, ModelInfo
from sitegen_tui.domain.pictures import PictureDifference, PictureSide, PictureView, Raster
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.ports import Provider
from sitegen_tui.domain.rows import ExperimentRow, RunRow, StepRow
from sitegen_tui.domain.runs import ExperimentPlan, RunPlan
from sitegen_tui.domain.violations import Catalogue
from sitegen_tui.engine.budget import Budget
from sitegen_tui.engine.clock import SYSTEM_CLOCK, Clock
from sitegen_tui.engine.pool import InlineWorkers, ProcessPool
from sitegen_tui.errors import StoreError
from sitegen_tui.providers import registry
from sitegen_tui.services.auditing import Auditing
from sitegen_tui.services.board import Board
from sitegen_tui.services.eyes import SiteEyes, rendering_fault
from sitegen_tui.services.feed import Feed
from sitegen_tui.services.forks import ForkWanted, make_fork
from sitegen_tui.services.hub import EventHub, Subscription
from sitegen_tui.services.judges import earned_in
from sitegen_tui.services.labelling import Labelling
from sitegen_tui.services.live import LiveRuns
from sitegen_tui.services.manager import RunManager
from sitegen_tui.services.overriding import Overriding
from sitegen_tui.services.pictures import Pictures
from sitegen_tui.services.plans import Wanted, make_plan
from sitegen_tui.services.reads import RUNS_SHOWN, Reads, StepDetail
from sitegen_tui.services.recorder import Recorder
from sitegen_tui.services.replays import StoredRuns
from sitegen_tui.services.shelving import Shelving
from sitegen_tui.services.showing import Showing
from sitegen_tui.services.threads import Threads
from sitegen_tui.services.views import RunView
from sitegen_tui.services.watcher import Watcher
from sitegen_tui.store import Store

if TYPE_CHECKING:
    from sitegen_tui.judge.llm.votes import Votes
    from sitegen_tui.services.adjudication import Adjudication
    from sitegen_tui.services.blindness import Blindness
    from sitegen_tui.services.rejudging import Rejudged

EVERYTHING = Scope()


class Services:
    """Everything a screen or a command may ask for. Made by `open`, ended by `close`; belongs to one event loop."""

    def __init__(self, store: Store, threads: Threads, *, library: Library, clock: Clock, drive: bool) -> None:
        self.library = library
        self._store = store
        self._threads = threads
        self._clock = clock
        self._workers: ProcessPool | InlineWorkers = (
            ProcessPool(min(4, os.cpu_count() or 1), roots=library.roots) if drive else InlineWorkers()
        )
        self._eyes = SiteEyes()
        self._hub = EventHub()
        self._live = LiveRuns(self._load_events)
        self._hub.listen(self._live.fold)
        self._board: Board | None = None
        self._watcher = Watcher(store, threads, self._live)
        self._reads = Reads(store, threads, self._workers)
        self._pictures = Pictures(store, threads)
        self._recordings = StoredRuns(store, threads)
        self._showing = Showing()
        self.auditing = Auditing(
            lambda wanted, files_alone: self.audit(wanted, files_alone=files_alone),
            self.last_audit,
            self._workers,
            self._eyes,
            rendering_fault,
        )
        self.shelving = Shelving(library, threads, self._eyes)
        self.labelling = Labelling(store, threads, clock, self._reads.directive, self.diff, self._reads.shots)
        self.overriding = Overriding(store, threads, clock)
        self._adjudication: Adjudication | None = None
        self._recorder = Recorder(store.append, self._hub, threads.writer) if drive else None
        self._manager: RunManager | None = None
        if self._recorder is not None:
            self._manager = RunManager(
                store, threads, self._recorder, self._hub, self._live, self._workers, self._eyes, self._provider_of, clock
            )

    @classmethod
    async def open(
        cls,
        db: Path,
        *,
        library: Library | None = None,
        drive: bool = True,
        create: bool | None = None,
        clock: Clock = SYSTEM_CLOCK,
    ) -> Services:
        """Open the database, made if need be; with `drive` off it is only read. Raises StoreError.

        Whoever drives calculates in processes, so that the event loop only waits; whoever only reads has nothing to hold
        up and calculates where it is.
        """
        threads = Threads()
        try:
            store = await threads.write(Store.open, db, create=drive if create is None else create, read_only=not drive)
        except BaseException:
            threads.close()
            raise
        return cls(store, threads, library=library or default_library(), clock=clock, drive=drive)

    async def close(self) -> None:
        """Interrupt what runs, write what is in line, end all processes and threads."""
        if self._board is not None:
            self._board.close()
        await self._watcher.close()
        await self.auditing.stop()
        try:
            if self._manager is not None:
                await self._manager.close()
            if self._recorder is not None:
                await self._recorder.close()
        finally:
            self._hub.close()
            await asyncio.to_thread(self._showing.close)
            await registry.close()
            await self._eyes.close()
            await self._workers.close()
            await asyncio.to_thread(self._threads.end_reading)
            await self._threads.write(self._store.close)
            await asyncio.to_thread(self._threads.close)

    async def __aenter__(self) -> Services:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def adjudication(self) -> Adjudication:
        """Steps on which raters differ; loaded when it is asked for."""
        if self._adjudication is None:
            from sitegen_tui.services.adjudication import Adjudication

            self._adjudication = Adjudication(self._store, self._threads, self.overriding)
        return self._adjudication

    # Driving

    async def plan(self, wanted: Wanted) -> ExperimentPlan:
        """The plan of what is asked for. Raises UsageError or UnknownName before anything is stored."""
        earned = earned_in(self._store)
        return await self._threads.read(make_plan, wanted, self.library, self._model, rendering_fault, self._recorded, earned)

    async def plan_fork(self, wanted: ForkWanted) -> ExperimentPlan:
        """The plan of a fork, to be started as any other. Raises what `services.forks.make_fork` raises."""
        return await self._threads.read(make_fork, wanted, self._store, self.library, self._model, rendering_fault)

    async def start(self, plan: ExperimentPlan) -> str:
        """Store an experiment and begin its runs; returns its id at once."""
        found = [await self._threads.read(self._model, name) for name in plan.models]
        simulated = frozenset(info.name for info in found if info.simulated)
        experiment_id = await self._driver.start(plan, simulated)
        if self._board is not None:
            await self._board.reload(experiment_id)
        return experiment_id

    async def cancel(self, target: str) -> None:
        """Stop a run or an experiment for good. Raises UnknownName."""
        await self._driver.cancel(target)

    async def interrupt(self, experiment_id: str | None = None) -> None:
        """Stop what this process drives so that `resume` goes on with it later."""
        await self._driver.interrupt(experiment_id)

    async def resume(self, experiment_id: str | None = None, budget: float | None = None) -> tuple[str, ...]:
        """Go on with interrupted runs that nobody drives, with another budget if one is given; ids of their experiments."""
        return await self._driver.resume(experiment_id, budget)

    def budget(self, experiment_id: str) -> Budget | None:
        """What an experiment that this process drives or has driven may cost and has cost; None if it has no budget."""
        return self._driver.budget(experiment_id)

    async def wait(self, experiment_id: str) -> None:
        """Wait until this process drives no run of the experiment any more. Raises what stopped it, if anything did."""
        await self._driver.wait(experiment_id)

    # Following

    def follow(self, run_id: str) -> Feed:
        """The view of one run, kept up to date until the feed is closed."""
        self._watcher.start()
        return Feed(run_id, self._live)

    def board(self) -> Board:
        """Rows of all runs and experiments, kept up to date; one board for everyone, closed with the services."""
        if self._board is None:
            self._watcher.start()
            self._board = Board(self._live, self._watcher.placed, self._reads.experiments, self._reads.experiment, self._reads.runs)
            self._hub.listen(self._board.fold)
            self._watcher.tell(self._board.invalidate)
        return self._board

    def subscribe(self) -> Subscription:
        """Events of the runs that this process drives, from now on."""
        return self._hub.subscribe()

    # Reading

    async def experiments(self, limit: int = 200, offset: int = 0) -> tuple[ExperimentRow, ...]:
        """Experiments, newest first."""
        return await self._reads.experiments(limit, offset)

    async def experiment(self, experiment_id: str) -> ExperimentRow:
        """One experiment. Raises UnknownName."""
        return await self._reads.experiment(experiment_id)

    async def runs(self, experiment_id: str | None = None, limit: int = RUNS_SHOWN, offset: int = 0) -> tuple[RunRow, ...]:
        """Runs of one experiment (UnknownName if there is none), or of all."""
        return await self._reads.runs(experiment_id, limit, offset)

    async def run(self, run_id: str) -> RunRow:
        """One run. Raises UnknownName."""
        return await self._reads.run(run_id)

    async def steps(self, run_id: str) -> tuple[StepRow, ...]:
        """A run's steps. Raises UnknownName."""
        return await self._reads.steps(run_id)

    async def insight(self, name: str, scope: Scope = EVERYTHING, **options: object) -> View:
        """A view over many runs, read and calculated in a thread. Raises UnknownName for a view or experiment that is not there."""
        return await self._reads.insight(name, scope, options)

    async def steps_behind(self, wanted: StepsWanted, offset: int = 0) -> StepsPage:
        """The steps behind a number, a page of them."""
        return await self._reads.steps_behind(wanted, offset)

    async def view(self, run_id: str) -> RunView:
        """A run folded from everything stored, once. Raises UnknownName."""
        return await self._reads.view(run_id)

    async def step_detail(self, run_id: str, step: int) -> StepDetail:
        """Prompt, attempts, charges and sites of one step. Raises UnknownName."""
        return await self._reads.step_detail(run_id, step)

    async def diff(self, run_id: str, step: int, against: str = "before") -> SiteDiff:
        """What a step changed (`before`), or how its output differs from `gold` or from another run's same step.

        Gold and the other run stand on the left. Raises UnknownName, or UsageError where a step has no output.
        """
        before, after = await self._reads.sites(run_id, step)
        if against == "gold":
            action = ACTION_IDS[step - 1]
            return await self._reads.difference_from_gold(await self.run(run_id), action, after)
        if against != "before":
            before = (await self._reads.sites(against, step))[1]
        return await self._reads.difference(before, after)

    async def site(self, run_id: str, step: int) -> dict[str, bytes]:
        """Every file after a step. Raises UnknownName, or UsageError where the step has no output."""
        return await self._reads.contents((await self._reads.sites(run_id, step))[1])

    async def picture(
        self,
        run_id: str,
        step: int,
        side: PictureSide,
        view: PictureView,
        width: int,
        height: int | None = None,
        top: int = 0,
    ) -> Raster | None:
        """A step's page as a browser saw it, `width` pixels wide; None where no picture is kept.

        `top` is where on the page it begins, in CSS pixels; `height` rows of the result at most, None for all.
        Raises UnknownName, StoreError, or RenderUnavailable where pictures cannot be read.
        """
        shots = (await self._reads.step_detail(run_id, step)).shots
        return await self._pictures.picture(shots, side, view, width, height, top)

    async def picture_difference(self, run_id: str, step: int, view: PictureView) -> PictureDifference | None:
        """What a step changed in the page's picture, in numbers; None where no pictures are kept. Raises as `picture`."""
        return await self._pictures.facts((await self._reads.step_detail(run_id, step)).shots, view)

    async def open_site(self, run_id: str, step: int, side: Literal["before", "after"] = "after") -> str:
        """The address of a step's site for a browser on this machine; it is served until the services are closed.

        Raises UnknownName, or UsageError where the step has no output or no port can be opened.
        """
        before, after = await self._reads.sites(run_id, step)
        site = before if side == "before" else after
        address = self._showing.address(site)
        return address or await asyncio.to_thread(self._showing.show, site, await self._reads.contents(site))

    async def text(self, sha: str) -> str:
        """A stored content as text."""
        return await self._reads.text(sha)

    # The judge itself

    async def audit(self, wanted: AuditWanted, *, files_alone: bool = False) -> AsyncGenerator[AuditProgress | AuditReport]:
        """Audits the judge: progress, then the report, which is stored where something may be. Raises UnknownName."""
        from sitegen_tui.services.audit import audit

        note = "asked for" if files_alone else rendering_fault()
        async with aclosing(audit(wanted, self._workers, None if note else self._eyes, note=note)) as events:
            async for event in events:
                if isinstance(event, AuditReport) and not self._store.read_only:
                    await self._threads.write(self._store.add_audit, event, self._clock.now())
                yield event

    async def audit_judge(self, wanted: JudgeAuditWanted) -> AsyncGenerator[JudgeAuditProgress | JudgeAuditReport]:
        """Audits an LLM judge: progress, then the report, which is stored where something may be.

        Raises UnknownName, UsageError for a model that cannot judge, and ProviderError for one out of reach.
        """
        from sitegen_tui.services.judge_audit import audit_judge

        info = await self._threads.read(self._model, wanted.judge)
        provider = registry.provider(info.name, self._workers, self._recordings)
        async with aclosing(audit_judge(wanted, info, provider, self._workers, self._clock)) as events:
            async for event in events:
                if isinstance(event, JudgeAuditReport) and not self._store.read_only:
                    await self._threads.write(self._store.judgements.add_audit, event, self._clock.now())
                yield event

    async def rejudge(self, run_ids: Sequence[str], judges: Sequence[str] = ()) -> AsyncGenerator[Rejudged]:
        """Judges stored outputs again, by the judges each run had or by those named. Raises what `Rejudging.run` raises."""
        from sitegen_tui.services.rejudging import Rejudging

        if self._store.read_only:
            raise StoreError("the database is opened for reading only", hint="nothing can be judged again in it")
        session = Rejudging(
            self._store,
            self._threads,
            self.library,
            self._workers,
            self._eyes,
            self._clock,
            self._model,
            lambda model: registry.provider(model, self._workers, self._recordings),
            rendering_fault,
        )
        async with aclosing(session.run(run_ids, judges)) as steps:
            async for step in steps:
                yield step

    async def blindness(self, experiments: Sequence[str] = ()) -> Blindness:
        """Whether models can be told apart by what judges see. Raises UnknownName, UsageError with fewer than two models."""
        from sitegen_tui.services.blindness import blindness

        return await blindness(self._store, self._threads, self._workers, experiments)

    async def judge_audits(self, judge: str | None = None) -> tuple[JudgeAuditReport, ...]:
        """Audits of one judge or of all, the newest first."""
        return tuple(await self._threads.read(self._store.judgements.audits, judge))

    async def verdicts_by_judge(self, run_ids: Sequence[str] | None = None) -> dict[tuple[str, str, int], Votes]:
        """What each LLM judge says of each step that it was asked about, by judge, run and step; of all runs, or of these."""
        from sitegen_tui.judge.llm.votes import verdicts_by_judge

        book = self._store.judgements
        samples, verdicts = await self._threads.read(lambda: (book.samples(run_ids), book.verdicts(run_ids)))
        return verdicts_by_judge(samples, verdicts)

    async def last_audit(self) -> AuditReport | None:
        """The audit stored last, None if there is none."""
        return await self._threads.read(self._store.last_audit)

    def models(self) -> tuple[ModelInfo, ...]:
        """Models by name."""
        return registry.models()

    def templates(self) -> tuple[str, ...]:
        """Ids of templates."""
        return self.library.template_ids()

    def requirements(self) -> tuple[str, ...]:
        """Ids of requirements."""
        return self.library.requirements_ids()

    @property
    def catalogue(self) -> Catalogue:
        """Every violation."""
        from sitegen_tui.judge.catalogue import catalogue

        return catalogue()

    @property
    def _driver(self) -> RunManager:
        if self._manager is None:
            raise StoreError("the database is opened for reading only", hint="nothing can be run on it")
        return self._manager

    def _provider_of(self, plan: RunPlan) -> Provider:
        return registry.provider(plan.model, self._workers, self._recordings)

    def _recorded(self, name: str) -> RunPlan:
        return self._recordings.plan(name.removeprefix(REPLAY))

    def _model(self, name: str) -> ModelInfo:
        return registry.model(name, self._recordings)

    async def _load_events(self, run_id: str, after_seq: int) -> Sequence[Event]:
        await self._watcher.placed()
        return await self._threads.read(self._store.events, run_id, after_seq)
