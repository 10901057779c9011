"""A stored run played again: the same verdicts, at its own pace or faster, and what was not recorded is said."""

from __future__ import annotations

import asyncio

import pytest

from sitegen_tui.domain.events import AttemptFinished, FindingReported, OutputApplied, StepFailed, StepScored
from sitegen_tui.domain.runs import Pairing, RunState
from sitegen_tui.errors import UnknownName, UsageError
from sitegen_tui.services.plans import Wanted
from sitegen_tui.services.replays import attempts_of
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store

PATIENCE = 120


@pytest.fixture
async def services(db):
    async with await Services.open(db) as opened:
        yield opened


async def ran(services: Services, **wanted) -> str:
    """Runs one model to its end; the run's id."""
    plan = await services.plan(Wanted.model_validate({"judges": ("static",), **wanted}))
    experiment_id = await services.start(plan)
    async with asyncio.timeout(PATIENCE):
        await services.wait(experiment_id)
    return f"{experiment_id}.1"


def verdicts(db, run_id: str) -> list[str]:
    """All that was applied, found and scored in a run, as JSON; times are left out."""
    said: list[str] = []
    with Store.open(db, read_only=True) as store:
        for event in store.events(run_id):
            if isinstance(event, FindingReported):
                said.append(f"{event.step} {event.charge.model_dump_json()}")
            elif isinstance(event, StepScored):
                said.append(f"{event.step} {event.score.model_dump_json()}")
            elif isinstance(event, OutputApplied):
                said.append(f"{event.step} {sorted(event.site.items())} {[edit.model_dump_json() for edit in event.edits]}")
    return said


@pytest.mark.parametrize("mode", ["chain", "isolated"])
async def test_a_replay_is_judged_as_the_run_was_byte_for_byte(db, services, mode):
    run = await ran(services, models=("simulated/reckless",), templates=("blank-site",), mode=mode, seed=3)
    again = await ran(services, models=(f"replay/{run}",))
    assert verdicts(db, again) == verdicts(db, run)
    first, second = await services.run(run), await services.run(again)
    assert (second.state, second.total, second.template, second.requirements) == (
        RunState.FINISHED,
        first.total,
        first.template,
        first.requirements,
    )
    with Store.open(db, read_only=True) as store:
        assert store.plan(again).mode == mode
        assert [attempt.reply for step in range(1, 17) for attempt in attempts_of(store, again, step)] == [
            attempt.reply for step in range(1, 17) for attempt in attempts_of(store, run, step)
        ]


async def test_a_replay_of_a_simulated_model_says_that_it_is_simulated_and_costs_nothing(db, services):
    run = await ran(services, models=("simulated/careful",), templates=("blank-site",), actions=("1-2",))
    again = await ran(services, models=(f"replay/{run}",))
    row = await services.run(again)
    assert row.simulated
    assert row.model == f"replay/{run}"
    with Store.open(db, read_only=True) as store:
        assert store.plan(again).actions == store.plan(run).actions
        assert [attempt.usage.usd for attempt in attempts_of(store, again, 1)] == [0.0]


async def test_a_replay_takes_as_long_as_the_run_did_divided_by_the_speed_asked_for(db, services):
    wanted = {"models": ("simulated/careful",), "templates": ("blank-site",), "actions": ("swap-fonts",), "pace": 400.0}
    run = await ran(services, **wanted)
    with Store.open(db, read_only=True) as store:
        recorded = attempts_of(store, run, 2)[0].total_ms
    took: dict[float | None, float] = {}
    for speed in (1.0, 4.0, None):
        again = await ran(services, models=(f"replay/{run}",), speed=speed)
        with Store.open(db, read_only=True) as store:
            took[speed] = attempts_of(store, again, 2)[0].total_ms
    assert took[1.0] == pytest.approx(recorded, rel=0.5, abs=300)
    assert took[4.0] < took[1.0] * 0.7
    assert took[None] < took[1.0] / 3


async def test_a_replay_is_refused_for_what_was_not_recorded(services):
    run = await ran(services, models=("reference",), templates=("blank-site",), actions=("1-3",))
    for wanted, said in (
        ({"templates": ("safari-lodge",)}, "blank-site"),
        ({"actions": ("1-4",)}, "replace-footer-logo"),
        ({"mode": "isolated"}, "chain"),
    ):
        with pytest.raises(UsageError, match=said):
            await services.plan(Wanted.model_validate({"models": (f"replay/{run}",), **wanted}))
    with pytest.raises(UnknownName):
        await services.plan(Wanted(models=("replay/e9.1",)))
    again = await ran(services, models=(f"replay/{run}",), actions=("1-3",))
    with pytest.raises(UsageError, match="itself"):
        await services.plan(Wanted(models=(f"replay/{again}",)))


async def test_a_step_that_was_never_answered_is_unscored_with_the_reason(db, services, scripted):
    pairing = Pairing(template="blank-site", requirements="harbour-books-01")
    experiment = scripted.plan(models=("one",), pairings=(pairing,), actions=("apply-colours", "swap-fonts"))
    with Store.open(db) as store:
        _, (run,) = store.create_experiment(experiment, created_at=scripted.START)
    again = await ran(services, models=(f"replay/{run.run_id}",))
    with Store.open(db, read_only=True) as store:
        failures = [event for event in store.events(again) if isinstance(event, StepFailed)]
        assert failures[0].reason.startswith(f"the stored run {run.run_id} has no answer to this turn")
        assert not [event for event in store.events(again) if isinstance(event, StepScored)]
        assert all(event.attempt.error for event in store.events(again) if isinstance(event, AttemptFinished))
    assert (await services.run(again)).state == RunState.INCOMPLETE
