"""Canaries: planted and harmless steps among a judge's, by which its session shows whether what it says is worth anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from functools import partial

from sitegen_tui.domain.judge_audits import JudgeAuditWanted, JudgeOutcome
from sitegen_tui.domain.judges import JudgePlan
from sitegen_tui.domain.ports import Provider, Workers
from sitegen_tui.domain.runs import RunPlan, add_usages
from sitegen_tui.domain.verdicts import JudgeSession
from sitegen_tui.engine.asking import Limits, Sends
from sitegen_tui.engine.clock import Clock
from sitegen_tui.engine.outbox import Make

CANARIES = 0.05
"""The share of a session's steps beside which as many planted ones are shown, and as many harmless ones."""
FEWEST = 2
LEAST_RECALL, MOST_ALARMS = 0.8, 0.1
"""What a session's canaries have to show for it to be valid."""

ProviderOf = Callable[[RunPlan], Provider]


class Canaries:
    """The sessions of the judges of some runs, one a judge: tested when it is first asked, before it says anything that counts.

    `steps` is how many steps of each run are to be judged. Canaries are made of the runs' own templates, are
    asked about like any step, cost what they cost against the runs' limits, and are of one session: a program that is started again
    tests its judges anew.
    """

    def __init__(
        self, runs: Sequence[tuple[RunPlan, int]], provider_of: ProviderOf, workers: Workers, clock: Clock, limits: Limits
    ) -> None:
        self._runs, self._provider_of, self._workers, self._clock, self._limits = runs, provider_of, workers, clock, limits
        self._tests: dict[str, asyncio.Task[JudgeSession]] = {}
        self._relays: dict[str, _Relay] = {}
        self._told: list[tuple[JudgeSession, set[str]]] = []

    async def session(self, judge: JudgePlan, outbox: Sends, step: int) -> JudgeSession:
        """What the judge's canaries have shown. One that nothing was heard about is tested again when it is next asked.

        Meanwhile `outbox` is told, as of `step`, what the canaries wait for. Raises what the registry raises for a model that
        cannot be asked.
        """
        relay = self._relays.setdefault(judge.model, _Relay())
        listener = (outbox, step)
        relay.listeners.append(listener)
        task = self._tests.get(judge.model)
        if task is None:
            task = self._tests[judge.model] = asyncio.create_task(self._tested(judge), name=f"canaries of {judge.model}")
        try:
            # Who asked first may be cancelled while others wait for the same answer.
            found = await asyncio.shield(task)
        finally:
            relay.listeners.remove(listener)
            useless = task.done() and (task.cancelled() or task.exception() or task.result().silent)
            if useless and self._tests.get(judge.model) is task:
                del self._tests[judge.model]
        return found

    def news(self, run_id: str, session: JudgeSession) -> JudgeSession | None:
        """The session as a run is to be told of it, None if it was already; the first run that hears of it bears its cost."""
        told = next((runs for one, runs in self._told if one is session), None)
        if told is None:
            self._told.append((session, {run_id}))
            return session
        if run_id in told:
            return None
        told.add(run_id)
        return session.free

    async def close(self) -> None:
        """Ends tests that are under way."""
        tests = list(self._tests.values())
        for task in tests:
            task.cancel()
        await asyncio.gather(*tests, return_exceptions=True)

    async def _tested(self, judge: JudgePlan) -> JudgeSession:
        # What makes canaries knows every fault; who has no judge to test does without.
        from sitegen_tui.engine.showing import shown

        mine = [(plan, steps) for plan, steps in self._runs if any(one.model == judge.model for one in plan.judges)]
        number = max(FEWEST, round(CANARIES * sum(steps for _, steps in mine)))
        first = mine[0][0]
        wanted = JudgeAuditWanted(
            judge=judge.model,
            items=2 * number,
            seed=first.seed,
            templates=tuple(sorted({plan.pairing.template for plan, _ in mine})),
            violations=judge.earned,
            samples=judge.samples,
        )
        provider = self._provider_of(first.model_copy(update={"model": judge.model}))
        outbox = self._relays[judge.model]
        showing = shown(wanted, judge, provider, self._workers, self._clock, self._limits, harmless=number, outbox=outbox)
        async with aclosing(showing):
            return judged_by(judge, [one async for one in showing])


class _Relay:
    """Tells everyone who waits for a judge's canaries what those wait for themselves."""

    def __init__(self) -> None:
        self.listeners: list[tuple[Sends, int]] = []

    async def send(self, *makers: Make) -> None:
        """Pass it on, as of the step of each who listens."""
        for outbox, step in tuple(self.listeners):
            await outbox.send(*(partial(one, step=step) for one in makers))


def judged_by(judge: JudgePlan, outcomes: Sequence[JudgeOutcome]) -> JudgeSession:
    """What canaries show of a judge. Steps that it said nothing of show nothing."""
    told = [one for one in outcomes if not one.unjudged]
    planted = [name in one.present for one in told for name in one.planted if name in judge.earned]
    harmless = [bool(set(judge.earned).intersection(one.present)) for one in told if one.item.kind == "harmless"]
    found, alarms = sum(planted), sum(harmless)
    invalid = ""
    if not planted or not harmless:
        why = next((one.unjudged for one in outcomes if one.unjudged), "there is nothing to plant")
        invalid = f"the session is not valid: {judge.model} said nothing of its canaries: {why}"
    elif found / len(planted) < LEAST_RECALL or alarms / len(harmless) > MOST_ALARMS:
        invalid = (
            f"the session is not valid: {judge.model} found {found} of {len(planted)} planted faults and reported {alarms} of "
            f"{len(harmless)} harmless changes"
        )
    return JudgeSession(
        judge=judge.model,
        planted=len(planted),
        found=found,
        harmless=len(harmless),
        alarms=alarms,
        invalid=invalid[:2000],
        usage=add_usages(one.usage for one in outcomes),
        milliseconds=sum(one.milliseconds for one in outcomes),
    )
