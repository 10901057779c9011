"""Asking LLM judges about a step: samples through the gates of their lanes, verified in the workers, folded into findings."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from sitegen_tui.domain.events import JudgeSampled, JudgeTested, StepWaiting
from sitegen_tui.domain.findings import Evidence, Finding
from sitegen_tui.domain.judges import JudgePlan
from sitegen_tui.domain.pipeline import PIPELINE
from sitegen_tui.domain.ports import Provider, Workers, asked_for
from sitegen_tui.domain.runs import RunPlan, Usage, add_usages, total_usage
from sitegen_tui.domain.verdicts import JudgeSession, JudgeState, SampleSettings, Shown, Verdict
from sitegen_tui.domain.violations import Layer
from sitegen_tui.engine import tasks
from sitegen_tui.engine.asking import Asking, Limits, Sends
from sitegen_tui.engine.clock import Clock
from sitegen_tui.engine.jobs import JudgeJob, Sampled
from sitegen_tui.engine.outbox import Make
from sitegen_tui.errors import SitegenError
from sitegen_tui.judge.llm.votes import Votes, instances, voted

log = logging.getLogger(__name__)

SECOND_EVERY = 4
"""Every which step of an action a further judge of a run is asked about: a quarter, and never less than a fifth."""

JudgeOf = Callable[[str], Provider]
"""The provider of a judge by its model's name. Raises what the registry raises."""


class Tests(Protocol):
    """What tests judges before anything that they say counts."""

    async def session(self, judge: JudgePlan, outbox: Sends, step: int) -> JudgeSession:
        """What a judge's canaries have shown; `outbox` is told, as of `step`, what they wait for."""
        ...

    def news(self, run_id: str, session: JudgeSession) -> JudgeSession | None:
        """The session as a run is to be told of it, None if it was already."""
        ...


@dataclass(frozen=True, slots=True)
class Bench:
    """The judges of some runs: how each is asked, and what tests those whose verdicts cost points, None where nothing does."""

    judge_of: JudgeOf
    tests: Tests | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What a judge said of a step: how far it judged, the events that tell it, and what may be charged for.

    `votes` are its samples folded, `verdicts` those of each usable sample.
    """

    plan: JudgePlan
    state: JudgeState
    events: tuple[Make, ...] = ()
    findings: tuple[Finding, ...] = ()
    votes: Votes = Votes()
    verdicts: tuple[tuple[Verdict, ...], ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the step's score may stand on it."""
        return not self.state.unjudged and self.plan.mode != "audit"


@dataclass(frozen=True, slots=True)
class _Sample:
    number: int
    said: Sampled
    usage: Usage
    milliseconds: float
    sent: Mapping[str, object]
    reply: str


class StepJudges:
    """The judges of one step; `judging` counts from 1 how often the step is judged."""

    def __init__(
        self,
        plan: RunPlan,
        number: int,
        bench: Bench,
        workers: Workers,
        clock: Clock,
        outbox: Sends,
        limits: Limits,
        *,
        rubric: int,
        judging: int = 1,
    ) -> None:
        self._plan = plan
        self._number = number
        self._action = PIPELINE[number - 1].id
        self._bench = bench
        self._workers = workers
        self._clock = clock
        self._outbox = _Aside(outbox)
        self._limits = limits
        self._rubric = rubric
        self._judging = judging

    async def heard(self, judges: Iterable[JudgePlan], before: Mapping[str, str], after: Mapping[str, str]) -> list[Heard]:
        """What each judge says of the editable texts before and after the step; never raises for what a judge does."""
        return list(await asyncio.gather(*(self._hear(judge, before, after) for judge in judges)))

    async def _hear(self, judge: JudgePlan, before: Mapping[str, str], after: Mapping[str, str]) -> Heard:
        try:
            if judge.wording and judge.wording != await self._workers.call(tasks.judge_wording):
                return self._silent(judge, "what judges are told has changed since this run was planned")
            provider = asked_for(self._bench.judge_of(judge.model), self._action)
            tested = await self._tested(judge)
            if tested is not None and tested.invalid:
                return replace(self._silent(judge, tested.invalid), events=self._told(tested))
            samples = await asyncio.gather(
                *(self._sample(judge, provider, number, before, after) for number in range(1, judge.samples + 1))
            )
        except Exception as error:
            if not isinstance(error, SitegenError):
                log.exception("a judge could not be asked")
            reason = error.message if isinstance(error, SitegenError) else f"{type(error).__name__}: {error}"
            return self._silent(judge, reason)
        heard = self._folded(judge, samples)
        return replace(heard, events=(*self._told(tested), *heard.events))

    async def _tested(self, judge: JudgePlan) -> JudgeSession | None:
        """What the judge's session has shown; None for one whose verdicts cost nothing."""
        if self._bench.tests is None or judge.mode != "scoring" or not judge.earned:
            return None
        return await self._bench.tests.session(judge, self._outbox, self._number)

    def _told(self, session: JudgeSession | None) -> tuple[Make, ...]:
        if session is None or self._bench.tests is None:
            return ()
        news = self._bench.tests.news(self._plan.run_id, session)
        return () if news is None else (partial(JudgeTested, step=self._number, session=news),)

    async def _sample(
        self, judge: JudgePlan, provider: Provider, number: int, before: Mapping[str, str], after: Mapping[str, str]
    ) -> _Sample:
        plan = self._plan.model_copy(update={"model": judge.model, "repeat": self._plan.repeat * 100 + number})
        seed = "\0".join(map(str, (plan.seed, plan.repeat, plan.pairing.template, self._action, judge.model)))
        job = JudgeJob(plan.pairing, self._action, before, after, judge.mode, seed, judge.context, judge.answer)
        asking = Asking(plan, self._number, provider, self._clock, self._outbox, self._limits)
        replies: list[tuple[tuple[str, ...], str]] = []
        try:
            for asked in await self._workers.call(tasks.questions, job):
                attempt = await asking.ask("edit", asked.messages, {})
                replies.append((asked.ids, attempt.reply))
            said = await self._workers.call(tasks.sampled, job, tuple(replies))
        except SitegenError as error:
            said = Sampled(error=error.message)
        attempts = asking.attempts
        return _Sample(
            number,
            said,
            total_usage(attempts),
            sum(attempt.total_ms for attempt in attempts),
            attempts[-1].settings if attempts else {},
            "\n".join(reply for _, reply in replies),
        )

    def _folded(self, judge: JudgePlan, samples: list[_Sample]) -> Heard:
        votes = voted([one.said.error or {v.violation: v.verdict for v in one.said.verdicts} for one in samples])
        usable = [one.said.verdicts for one in samples if not one.said.error]
        counting = frozenset(judge.earned) if judge.mode == "scoring" else votes.present | votes.absent | votes.cannot_tell
        mine = sorted(counting.intersection(votes.present | votes.absent | votes.cannot_tell))
        unjudged = votes.unjudged or _unearned(judge, mine, votes.cannot_tell)
        found = [
            _finding(violation, shown)
            for violation in mine
            if violation in votes.present and judge.mode != "audit" and not unjudged
            for shown in instances(usable, violation)
        ]
        state = JudgeState(
            judge=judge.model,
            mode=judge.mode,
            family=judge.family,
            samples=votes.samples,
            usable=votes.usable,
            items=sum(one.said.items for one in samples),
            rejected=sum(one.said.rejected for one in samples),
            flips=votes.flips,
            earned=tuple(mine) if judge.mode == "scoring" else (),
            unjudged=storable(unjudged),
            usage=add_usages(one.usage for one in samples),
            milliseconds=sum(one.milliseconds for one in samples),
        )
        return Heard(judge, state, tuple(self._event(judge, one) for one in samples), tuple(found), votes, tuple(usable))

    def _event(self, judge: JudgePlan, sample: _Sample) -> Make:
        said = sample.said
        return partial(
            JudgeSampled,
            step=self._number,
            judge=judge.model,
            family=judge.family,
            judging=self._judging,
            sample=sample.number,
            verdicts=said.verdicts,
            items=said.items,
            rejected=said.rejected,
            moved=said.moved,
            error=storable(said.error),
            settings=SampleSettings.model_validate(
                {"mode": judge.mode, "rubric": self._rubric, "prompt": judge.wording, "sent": dict(sample.sent)}
            ),
            usage=sample.usage,
            milliseconds=sample.milliseconds,
            reply=sample.reply.encode("utf-8", "replace").decode(),
        )

    def _silent(self, judge: JudgePlan, reason: str) -> Heard:
        return Heard(judge, JudgeState(judge=judge.model, mode=judge.mode, family=judge.family, unjudged=storable(reason)))


class _Aside:
    """Tells of waiting only: attempts and words of a judge are none of the contestant's."""

    def __init__(self, outbox: Sends) -> None:
        self._outbox = outbox

    async def send(self, *makers: Make) -> None:
        """Pass on that a request has to wait."""
        for maker in makers:
            if getattr(maker, "func", None) is StepWaiting:
                await self._outbox.send(maker)


def sees(judge_at: int, plan: RunPlan, number: int) -> bool:
    """Whether the judge at that place (from 0) of a run's judges is asked about a step.

    The first sees all; each further one every fourth step of each action over the runs of an experiment, so that it has seen every
    action, and every run in a quarter of its steps.
    """
    if judge_at == 0:
        return True
    position = int(plan.run_id.rpartition(".")[2]) if plan.run_id.rpartition(".")[2].isdecimal() else 0
    return (position + number + plan.seed + judge_at) % SECOND_EVERY == 0


def counting(judges: Iterable[JudgePlan]) -> JudgePlan | None:
    """The judge whose verdicts a score stands on: the first of a run, if it is more than asked."""
    first = next(iter(judges), None)
    return first if first is not None and (first.mode == "study" or (first.mode == "scoring" and first.earned)) else None


def ground(prompt: str, judges: Iterable[JudgePlan]) -> str:
    """What scores stand on besides the rubric: the hash of what models are told, with that of a judge that scores."""
    judge = counting(judges)
    if judge is None:
        return prompt
    told = judge.model_dump_json(exclude={"part", "context", "answer", "family"})
    return hashlib.sha256(f"{prompt}\0{told}".encode()).hexdigest()


def storable(text: str) -> str:
    """A reason as it can be stored."""
    return text.encode("utf-8", "replace").decode("utf-8")[:2000]


def _unearned(judge: JudgePlan, mine: list[str], cannot_tell: frozenset[str]) -> str:
    if judge.mode != "scoring":
        return ""
    if not mine:
        return f"{judge.model} has earned none of the ids it was asked about; sitegen judge audit --llm {judge.model} measures it"
    if unsure := [one for one in mine if one in cannot_tell]:
        return f"{judge.model} could not tell {', '.join(unsure)}"
    return ""


def _finding(violation: str, shown: Shown) -> Finding:
    place = f"{shown.file}:{shown.line}" if shown.line else f"{shown.file}: {shown.absent_pattern}"
    return Finding(
        violation=violation,
        subject=place[:200],
        message=(shown.why or f"found at {place}")[:400],
        evidence=Evidence(
            file=shown.file,
            line=shown.line,
            quote=shown.quote,
            measured=f"nothing matches {shown.absent_pattern}"[:400] if shown.absent_pattern else "",
        ),
        layer=Layer.LLM,
    )
