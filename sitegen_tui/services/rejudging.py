"""Stored outputs judged again, under today's rubric or by other judges; the judging before stays beside the new one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sitegen_tui.content.library import Library
from sitegen_tui.domain.events import Event, FindingReported, StepRejudged, StepScored
from sitegen_tui.domain.findings import Score
from sitegen_tui.domain.judges import JudgePlan
from sitegen_tui.domain.labels import Candidate, standing
from sitegen_tui.domain.models import ModelInfo
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.ports import Eyes, Provider, Workers
from sitegen_tui.domain.runs import RunPlan, RunState
from sitegen_tui.domain.verdicts import JudgeState
from sitegen_tui.domain.violations import Layer
from sitegen_tui.engine import tasks
from sitegen_tui.engine.asking import Limits, Nowhere
from sitegen_tui.engine.canaries import Canaries
from sitegen_tui.engine.clock import Clock
from sitegen_tui.engine.gate import Gates
from sitegen_tui.engine.jobs import Ask, Judged, Look, Seen, SettleJob, Turn
from sitegen_tui.engine.judging import Bench, StepJudges, ground
from sitegen_tui.engine.outbox import Make
from sitegen_tui.engine.step import programs, with_judges
from sitegen_tui.errors import ContentError, SitegenError, UsageError
from sitegen_tui.services.judges import earned_in, layers_with, plan_judges, split, words_of
from sitegen_tui.services.plans import read_layers
from sitegen_tui.services.threads import Threads
from sitegen_tui.services.views import RunView, StepView, folded
from sitegen_tui.site.protocol import EDITABLE_PATHS
from sitegen_tui.store import Store


@dataclass(frozen=True, slots=True)
class Rejudged:
    """One step judged again: its scores before and after, or why it was left as it was. Without `after` only judges were heard."""

    run_id: str
    step: int
    action: str
    before: Score | None
    after: Score | None = None
    llm: tuple[JudgeState, ...] = ()
    left: str = ""


@dataclass(frozen=True, slots=True)
class Rejudging:
    """What judging again needs of the program."""

    store: Store
    threads: Threads
    library: Library
    workers: Workers
    eyes: Eyes
    clock: Clock
    find_model: Callable[[str], ModelInfo]
    judge_of: Callable[[str], Provider]
    rendering_fault: Callable[[], str]

    async def run(self, run_ids: Sequence[str], judges: Sequence[str] = ()) -> AsyncGenerator[Rejudged]:
        """Each step of the runs as it is judged again; a run's steps are stored together.

        Without `judges` each run is judged by those it had. Where only audit judges are named, scores stay as they are. Raises
        UnknownName, UsageError for a run that is not over or judges that cannot judge, ContentError where its template has changed.
        """
        views = [await self.threads.read(self._view, run_id) for run_id in dict.fromkeys(run_ids)]
        sessions = [(view, plan, *await self._judges(plan, judges)) for view in views if (plan := view.plan) is not None]
        labelled = {(one.run_id, one.step) for one in standing(await self.threads.read(self.store.labels.events))}
        strata = {
            (view.run_id, step.step): Candidate(view.run_id, step.step, step.action, step.score.value).stratum
            for view in views
            for step in view.steps
            if step.score is not None
        }
        from sitegen_tui.judge.llm.strata import chosen

        sampled = chosen(strata, labelled, views[0].plan.seed if views and views[0].plan else 0)
        scored = [(plan.model_copy(update={"judges": found}), view.scored) for view, plan, _, found in sessions]
        limits = Limits(gates=Gates(self.clock))
        canaries = Canaries(scored, lambda plan: self.judge_of(plan.model), self.workers, self.clock, limits)
        try:
            for view, plan, layers, found in sessions:
                async for one in self._judged(view, plan, layers, found, sampled, canaries):
                    yield one
        finally:
            await canaries.close()

    def _view(self, run_id: str) -> RunView:
        row = self.store.run(run_id)
        if row.state not in (RunState.FINISHED, RunState.CANCELLED) or row.owner is not None:
            raise UsageError(f"run {run_id} is not over: it may still be gone on with", hint="sitegen resume, or cancel it first")
        view = folded(run_id, self.store.events(run_id))
        pairing = view.plan.pairing if view.plan else None
        if pairing is not None and view.content_hash != self.library.content_hash(pairing.template, pairing.requirements):
            raise ContentError(
                f"the template or its requirements have changed since run {run_id}: it was asked for something else",
                hint="put them back as they were",
            )
        return view

    async def _judges(self, plan: RunPlan, judges: Sequence[str]) -> tuple[tuple[Layer, ...] | None, tuple[JudgePlan, ...]]:
        """Layers and judges of a session; no layers where only audit judges are to be heard."""
        named, llm = split(judges or words_of(plan))
        found = await self.threads.read(
            partial(plan_judges, llm, self.find_model, earned_in(self.store), [plan.pairing], plan.actions)
        )
        if not named and found and all(judge.mode == "audit" for judge in found):
            return None, found
        layers = await self.threads.read(read_layers, named, self.rendering_fault)
        return layers_with(layers, found), found

    async def _judged(
        self,
        view: RunView,
        plan: RunPlan,
        layers: tuple[Layer, ...] | None,
        judges: tuple[JudgePlan, ...],
        sampled: frozenset[tuple[str, int]],
        canaries: Canaries,
    ) -> AsyncGenerator[Rejudged]:
        start = await self.workers.call(tasks.start_site, plan.pairing)
        now = plan.model_copy(update={"judges": judges, "layers": layers or plan.layers})
        events: list[Event] = []
        told: list[Rejudged] = []
        for step in view.steps:
            if step.score is None:
                continue
            asked = [judge for at, judge in enumerate(judges) if at == 0 or (view.run_id, step.step) in sampled]
            try:
                if step.decisions and layers is not None:
                    raise UsageError("people have decided on it, and their decision is about the judging before")
                made, one = await self._step(view, step, now, layers, asked, canaries, start.rubric, ground(start.prompt, judges))
            except SitegenError as error:
                told.append(Rejudged(view.run_id, step.step, step.action, step.score, left=error.message))
                continue
            events += made
            told.append(one)
        if events:
            await self.threads.write(self.store.record_all, events)
        for one in told:
            yield one

    async def _step(
        self,
        view: RunView,
        step: StepView,
        plan: RunPlan,
        layers: tuple[Layer, ...] | None,
        judges: Sequence[JudgePlan],
        canaries: Canaries,
        rubric: int,
        prompt: str,
    ) -> tuple[list[Event], Rejudged]:
        before, after = await self.threads.read(self._sides, view.run_id, step.step)
        number, judging = BY_ID[step.action].number, step.judging + 1
        job = SettleJob(plan.pairing, step.action, before, _turns(step), programs(layers or (Layer.STATIC,)))
        judged, job = await self._settled(job, plan, after)
        limits = Limits(gates=Gates(self.clock))
        asking = StepJudges(
            plan,
            number,
            Bench(self.judge_of, canaries),
            self.workers,
            self.clock,
            Nowhere(),
            limits,
            rubric=rubric,
            judging=judging,
        )
        heard = await asking.heard(judges, before, after)
        makers: list[Make] = [event for one in heard for event in one.events]
        states = tuple(one.state for one in heard)
        score: Score | None = None
        if layers is not None:
            judged = await with_judges(self.workers, plan, job, judged, heard)
            score = judged.judgement.score
            makers.insert(0, partial(StepRejudged, step=step.step, action=step.action, judging=judging, prompt=prompt))
            makers += [partial(FindingReported, step=step.step, charge=charge) for charge in judged.judgement.charges]
            makers.append(
                partial(
                    StepScored,
                    step=step.step,
                    action=step.action,
                    score=score,
                    not_assessed=judged.judgement.not_assessed,
                    usage=step.usage,
                    model_ms=step.model_ms,
                    judge_ms=judged.milliseconds,
                    shots=step.shots,
                    llm=states,
                )
            )
        made = [maker(run_id=view.run_id, seq=0, at=self.clock.now()) for maker in makers]
        return made, Rejudged(view.run_id, step.step, step.action, step.score, score, states)

    def _sides(self, run_id: str, step: int) -> tuple[dict[str, str], dict[str, str]]:
        """Editable texts before and after a step."""
        sides = (self.store.site_before(run_id, step), self.store.site_after(run_id, step))
        before, after = (
            {path: self.store.blob(site[path]).decode("utf-8") for path in EDITABLE_PATHS if path in site} for site in sides
        )
        return before, after

    async def _settled(self, job: SettleJob, plan: RunPlan, after: Mapping[str, str]) -> tuple[Judged, SettleJob]:
        """The stored replies applied and judged by programs. Raises UsageError where they come to something else today."""
        answer = await self.workers.call(tasks.settle, job)
        if isinstance(answer, Look):
            sights = [await self.eyes.look(plan.pairing, texts) for texts in (job.files, answer.after, answer.start)]
            job = replace(job, seen=Seen(*(sight.probe for sight in sights)))
            answer = await self.workers.call(tasks.settle, job)
        if not isinstance(answer, Judged) or {**job.files, **answer.changed} != after:
            what = "would be asked for again" if isinstance(answer, Ask) else "come to another site"
            raise UsageError(f"its replies {what} as they are read today, so that its output is not judged as it was")
        return answer, job


def _turns(step: StepView) -> tuple[Turn, ...]:
    """The replies that a step's output was made of."""
    return tuple(Turn(one.purpose, one.reply, one.finish_reason) for one in step.attempts if not one.error)
