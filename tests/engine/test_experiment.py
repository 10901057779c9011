"""Many runs at once: alike at any concurrency, fair, and safe from each other."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.domain.events import Event, FindingReported, OutputApplied, RunFinished, StepScored, TokenDelta
from sitegen_tui.domain.ports import OFFLINE, Chunk, ModelRequest, Provider
from sitegen_tui.domain.runs import ExperimentPlan, Pairing, RunPlan
from sitegen_tui.engine.experiment import Experiment, Job
from sitegen_tui.engine.pool import InlineWorkers, ProcessPool
from sitegen_tui.errors import UsageError
from sitegen_tui.providers import registry

ALL = tuple(action.id for action in ACTIONS)
PAIRING = Pairing(template="blank-site", requirements="harbour-books-01")
SIMULATED = ("simulated/careful", "simulated/typical", "simulated/erratic", "simulated/reckless")


def plans(
    *models: str, repeats: int = 1, actions: tuple[str, ...] = ALL, seed: int = 7, experiment: str = "e1"
) -> tuple[RunPlan, ...]:
    wanted = ExperimentPlan(name="test", models=models, pairings=(PAIRING,), repeats=repeats, actions=actions, seed=seed)
    return wanted.runs(experiment)


async def told(experiment: Experiment) -> list[Event]:
    stream = experiment.stream()
    async with aclosing(stream):
        return [event async for batches in stream for batch in batches for event in batch.events]


def inline(runs: tuple[RunPlan, ...], at_once: int) -> Experiment:
    workers = InlineWorkers()
    return Experiment(
        [Job(plan) for plan in runs],
        provider_of=lambda plan: registry.provider(plan.model, workers),
        workers=workers,
        at_once=at_once,
    )


def verdicts(events: list[Event], runs: tuple[RunPlan, ...]) -> dict[tuple[str, int], list[str]]:
    """What was found and scored, by model and repeat, as JSON."""
    names = {plan.run_id: (plan.model, plan.repeat) for plan in runs}
    found: dict[tuple[str, int], list[str]] = {}
    for event in events:
        if isinstance(event, FindingReported):
            found.setdefault(names[event.run_id], []).append(f"{event.step} {event.charge.model_dump_json()}")
        elif isinstance(event, StepScored):
            found.setdefault(names[event.run_id], []).append(f"{event.step} {event.score.model_dump_json()}")
        elif isinstance(event, OutputApplied):
            found.setdefault(names[event.run_id], []).append(f"{event.step} {sorted(event.site.items())}")
    return found


async def test_the_same_seed_gives_the_same_findings_and_scores_at_any_concurrency():
    outcomes: list[dict[tuple[str, int], list[str]]] = []
    for at_once, name in ((1, "e1"), (2, "e2"), (8, "e9")):
        runs = plans(*SIMULATED, repeats=2, experiment=name)
        pool = ProcessPool(2)
        experiment = Experiment(
            [Job(plan) for plan in runs],
            provider_of=lambda plan, pool=pool: registry.provider(plan.model, pool),
            workers=pool,
            at_once=at_once,
        )
        events = await told(experiment)
        await pool.close()
        assert all(event.state == "finished" for event in events if isinstance(event, RunFinished))
        outcomes.append(verdicts(events, runs))
    assert len(outcomes[0]) == 8
    assert outcomes[0] == outcomes[1] == outcomes[2]


VERDICTS = """
import asyncio, sys
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.domain.runs import Pairing, RunPlan
from sitegen_tui.engine.pool import InlineWorkers
from sitegen_tui.engine.run import run
from sitegen_tui.providers import registry

async def main():
    workers = InlineWorkers()
    for model in ("simulated/erratic", "simulated/reckless"):
        plan = RunPlan(run_id="e1.1", experiment_id="e1", model=model, seed=3,
            pairing=Pairing(template="safari-lodge", requirements="thornveld-01"),
            actions=tuple(action.id for action in ACTIONS))
        async for batch in run(plan, provider=registry.provider(model, workers), workers=workers):
            for event in batch.events:
                if event.event in ("FindingReported", "OutputApplied", "TokenDelta"):
                    print(event.model_dump_json(exclude={"at"}))
                elif event.event == "StepScored":
                    print(event.step, event.score.model_dump_json(), event.usage.model_dump_json())

asyncio.run(main())
"""


async def test_nothing_depends_on_the_order_in_which_python_hashes_strings():
    async def verdicts_under(seed: str) -> bytes:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", VERDICTS, env=os.environ | {"PYTHONHASHSEED": seed}, stdout=asyncio.subprocess.PIPE
        )
        told, _ = await process.communicate()
        assert process.returncode == 0
        return told

    first, second = await asyncio.gather(verdicts_under("1"), verdicts_under("2"))
    assert first.count(b"FindingReported") > 10
    assert first == second


async def test_another_seed_or_repeat_gives_other_findings():
    one, other = [
        verdicts(await told(inline(runs, 1)), runs)
        for runs in (plans("simulated/reckless", seed=1), plans("simulated/reckless", seed=2))
    ]
    assert one != other
    repeated = plans("simulated/reckless", repeats=2)
    found = verdicts(await told(inline(repeated, 2)), repeated)
    assert found["simulated/reckless", 1] != found["simulated/reckless", 2]


async def test_no_more_runs_are_under_way_than_allowed_and_they_begin_in_order():
    class Counting:
        lane = OFFLINE

        def __init__(self) -> None:
            self.open = 0
            self.most = 0

        def ceiling(self, request: ModelRequest) -> float:
            return 0.0

        async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk, None]:
            self.open += 1
            self.most = max(self.most, self.open)
            await asyncio.sleep(0)
            yield Chunk(text="nothing", finish_reason="stop")
            self.open -= 1

    model = Counting()
    runs = plans("reference", repeats=9, actions=("update-hero-text",))
    began: list[str] = []

    def provider_of(plan: RunPlan) -> Provider:
        began.append(plan.run_id)
        return model

    workers = InlineWorkers()
    events = await told(Experiment([Job(plan) for plan in runs], provider_of=provider_of, workers=workers, at_once=3))
    assert model.most == 3
    assert began == [plan.run_id for plan in runs]
    assert Counter(type(event).__name__ for event in events)["RunFinished"] == 9


async def test_a_run_whose_model_cannot_be_had_ends_alone():
    def provider_of(plan: RunPlan) -> Provider:
        if plan.repeat == 2:
            raise UsageError("no key", hint="set one")
        if plan.repeat == 3:
            raise ValueError("a bug")
        return registry.provider("reference", InlineWorkers())

    runs = plans("reference", repeats=4, actions=("update-hero-text",))
    events = await told(Experiment([Job(plan) for plan in runs], provider_of=provider_of, workers=InlineWorkers(), at_once=2))
    ended = {event.run_id: event for event in events if isinstance(event, RunFinished)}
    assert [ended[plan.run_id].state for plan in runs] == ["finished", "incomplete", "incomplete", "finished"]
    assert ended["e1.2"].reason == "no key; set one"
    assert "ValueError" in ended["e1.3"].reason


class Endless:
    """A model that never comes to an end."""

    lane = OFFLINE

    def ceiling(self, request: ModelRequest) -> float:
        return 0.0

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk, None]:
        yield Chunk(text="and then ")
        await asyncio.Event().wait()


@pytest.mark.parametrize("target", ["e1.1", "e1.6"])
async def test_one_run_can_be_cancelled_under_way_or_waiting(target: str):
    runs = plans("reference", repeats=6, actions=("update-hero-text",))
    experiment = Experiment(
        [Job(plan) for plan in runs],
        provider_of=lambda plan: Endless() if plan.run_id == "e1.1" else registry.provider("reference", InlineWorkers()),
        workers=InlineWorkers(),
        at_once=2,
    )
    states: dict[str, str] = {}
    stream = experiment.stream()
    async with aclosing(stream):
        async for batches in stream:
            for event in (event for batch in batches for event in batch.events):
                if isinstance(event, TokenDelta) and event.run_id == "e1.1":
                    assert experiment.cancel(target)
                    assert not experiment.cancel("e1.99")
                elif isinstance(event, RunFinished):
                    states[event.run_id] = event.state
            if len(states) == 5 and target != "e1.1":
                experiment.cancel("e1.1")
    expected = dict.fromkeys((plan.run_id for plan in runs), "finished") | {"e1.1": "cancelled", target: "cancelled"}
    assert states == expected


async def test_cancelling_all_ends_everything_in_good_order():
    runs = plans("reference", repeats=20)
    experiment = Experiment([Job(plan) for plan in runs], provider_of=lambda _: Endless(), workers=InlineWorkers(), at_once=4)
    states: list[str] = []
    stream = experiment.stream()
    async with aclosing(stream):
        async for batches in stream:
            experiment.cancel_all()
            states += [e.state for batch in batches for e in batch.events if isinstance(e, RunFinished)]
    assert states == ["cancelled"] * 20


async def test_leaving_the_stream_leaves_nothing_running():
    runs = plans("reference", repeats=5)
    experiment = Experiment([Job(plan) for plan in runs], provider_of=lambda _: Endless(), workers=InlineWorkers(), at_once=3)
    stream = experiment.stream()
    async for _ in stream:
        break
    await stream.aclose()
    assert asyncio.all_tasks() == {asyncio.current_task()}
