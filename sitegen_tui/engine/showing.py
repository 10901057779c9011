"""Steps that a judge is measured by, planted or changed without harm, shown to it as any step is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from sitegen_tui.domain.judge_audits import JudgeAuditWanted, JudgeItem, JudgeOutcome
from sitegen_tui.domain.judges import JudgePlan
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.ports import Provider, Workers
from sitegen_tui.domain.runs import Pairing, RunPlan
from sitegen_tui.engine.asking import Limits, Nowhere, Sends
from sitegen_tui.engine.clock import Clock
from sitegen_tui.engine.judging import Bench, Heard, StepJudges
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.llm import items as making
from sitegen_tui.judge.llm.gate import NEAR
from sitegen_tui.judge.llm.items import Shownable

AT_ONCE = 4
"""Steps under way at a time; the lane of the judge's service bounds its requests."""


async def shown(
    wanted: JudgeAuditWanted,
    judge: JudgePlan,
    provider: Provider,
    workers: Workers,
    clock: Clock,
    limits: Limits,
    *,
    harmless: int | None = None,
    outbox: Sends | None = None,
) -> AsyncGenerator[JudgeOutcome]:
    """What a judge says of the steps that are wanted, in no certain order, asked as its plan says.

    `harmless` of them have a harmless change, in proportion where it is None. `outbox` is told what is waited for.
    Raises UnknownName.
    """
    left = dict(making.quotas(wanted, harmless))
    waiting = iter(await workers.call(making.names, wanted, harmless))
    running: set[asyncio.Task[JudgeOutcome | JudgeItem]] = set()
    try:
        while True:
            while len(running) < AT_ONCE and any(left.values()):
                item = next((one for one in waiting if left[one.kind]), None)
                if item is None:
                    break
                left[item.kind] -= 1
                running.add(asyncio.create_task(_shown(item, judge, provider, workers, clock, limits, outbox or Nowhere())))
            if not running:
                return
            ended, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                outcome = task.result()
                if isinstance(outcome, JudgeOutcome):
                    yield outcome
                else:
                    left[outcome.kind] += 1
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _shown(
    item: JudgeItem, judge: JudgePlan, provider: Provider, workers: Workers, clock: Clock, limits: Limits, outbox: Sends
) -> JudgeOutcome | JudgeItem:
    """What was said; the item itself where its change does not apply."""
    made = await workers.call(making.made, item)
    if made is None:
        return item
    number = BY_ID[item.action].number
    plan = RunPlan(
        run_id=f"audit of {judge.model}",
        experiment_id="audit",
        model=judge.model,
        pairing=Pairing(template=item.template, requirements=item.requirements),
        actions=(item.action,),
        seed=item.seed,
    )
    rubric = catalogue().rubric_version
    judges = StepJudges(plan, number, Bench(lambda _: provider), workers, clock, outbox, limits, rubric=rubric)
    (heard,) = await judges.heard([judge], made.before, made.after)
    return _outcome(item, made, heard)


def _outcome(item: JudgeItem, made: Shownable, heard: Heard) -> JudgeOutcome:
    votes, state = heard.votes, heard.state
    found = [one for one in made.planted if one in votes.present]
    return JudgeOutcome(
        item=item,
        planted=made.planted,
        allowed=made.allowed,
        grade=made.grade,
        present=tuple(sorted(votes.present)),
        absent=tuple(sorted(votes.absent)),
        cannot_tell=tuple(sorted(votes.cannot_tell)),
        located=any(_near(one, made, heard) for one in found) if found else None,
        items=state.items,
        rejected=state.rejected,
        flips=state.flips,
        usage=state.usage,
        milliseconds=state.milliseconds,
        unjudged=state.unjudged,
    )


def _near(violation: str, made: Shownable, heard: Heard) -> bool:
    """Whether some evidence stands within a few lines of what was planted; what is missing stands nowhere."""
    return any(
        shown.line is None or any(abs(shown.line - line) <= NEAR for line in made.places.get(shown.file, ()))
        for verdicts in heard.verdicts
        for verdict in verdicts
        if verdict.violation == violation
        for shown in verdict.evidence
    )
