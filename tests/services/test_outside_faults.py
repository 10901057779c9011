"""What a person sees of a service that fails, makes one wait or costs money: asked over a real connection."""

import asyncio
import re

import pytest

from sitegen_tui.domain.events import RunFinished, StepFailed, StepScored, StepWaiting
from sitegen_tui.domain.insights import Scope
from sitegen_tui.domain.runs import RunState
from sitegen_tui.errors import UsageError
from sitegen_tui.services.plans import Wanted
from sitegen_tui.services.root import Services
from tests.providers.misbehaving import Server, answer, refused

PATIENCE = 60
TEXTS = ("update-hero-text", "update-about-text", "update-contact")
NOTHING = "I leave the site as it is."
USAGE = {"prompt_tokens": 1000, "completion_tokens": 1000, "total_tokens": 2000}


@pytest.fixture
def server():
    with Server() as running:
        yield running.always(answer(NOTHING, usage=USAGE))


@pytest.fixture
def models(server, tmp_path, monkeypatch):
    """The user's models file: `paid` costs a tenth of a dollar for each answer, `unpriced` nobody knows what."""
    path = tmp_path / "models.yaml"
    path.write_text(
        f"""
servers:
  loop: {{base_url: "{server.base_url}", at_once: 4}}
models:
  openai/paid@loop:
    alias: paid
    price: {{input: 10, output: 90}}
    settings: {{max_tokens: 1000}}
  openai/unpriced@loop:
    alias: unpriced
"""
    )
    monkeypatch.setenv("SITEGEN_MODELS", str(path))


@pytest.fixture
async def services(db, models):
    async with await Services.open(db) as opened:
        yield opened


async def run(services, model="unpriced", **wanted):
    """Run to the end; the experiment, and everything that was told."""
    told = services.subscribe()
    values = {"models": (model,), "templates": ("blank-site",), "judges": ("static",), "actions": TEXTS, **wanted}
    experiment = await services.start(await services.plan(Wanted.model_validate(values)))
    async with asyncio.timeout(PATIENCE):
        await services.wait(experiment)
    return experiment, told.drain()


async def resumed(services, experiment, **how):
    told = services.subscribe()
    async with asyncio.timeout(PATIENCE):
        await services.resume(experiment, **how)
        await services.wait(experiment)
    return told.drain()


def only(kind, events):
    return [event for event in events if isinstance(event, kind)]


async def test_a_service_that_asks_to_wait_is_waited_for_on_every_screen(services, server):
    server.then(refused(429, headers={"Retry-After": "1"}))
    board = await services.board().ready()
    seen = []
    services._hub.listen(lambda event: seen.append(board.rows[event.run_id].waiting) if isinstance(event, StepWaiting) else None)
    experiment, events = await run(services)
    told = only(StepWaiting, events)
    assert [(event.step, event.seconds is not None) for event in told] == [(8, True), (8, False)]
    assert "429" in told[0].reason
    assert seen[0].startswith("waiting for ")
    assert seen[-1] == ""
    assert (await services.run(f"{experiment}.1")).state is RunState.FINISHED
    assert all(step.waiting is None for step in (await services.view(f"{experiment}.1")).steps)


@pytest.mark.parametrize("mode", ["chain", "isolated"])
async def test_a_failure_of_the_service_is_no_score_and_resume_tries_again_from_there(services, server, mode):
    server.then(*[answer(NOTHING, usage=USAGE)] * 2, refused(401))
    experiment, events = await run(services, mode=mode)
    failed = only(StepFailed, events)
    assert len(failed) == 1
    ended = only(RunFinished, events)[0]
    assert ended.state == "incomplete"
    row = await services.run(f"{experiment}.1")
    assert (row.unscored, row.complete) == (1, False)
    scope = Scope(experiments=(experiment,))
    (result,) = (await services.insight("results", scope)).models
    assert (result.complete, result.incomplete, result.unscored, result.mean) == (0, 1, 1, None)
    cells = (await services.insight("heatmap", scope)).by_action
    assert sum(cell.n for cell in cells) == row.steps_done
    assert sum(cell.unscored for cell in cells) == 1
    stored = await services.step_detail(row.run_id, failed[0].step)
    assert "401" in stored.view.attempts[-1].error
    assert stored.view.attempts[-1].settings["max_tokens"]

    again = await resumed(services, experiment)
    assert failed[0].step in [event.step for event in only(StepScored, again)]
    assert len(only(StepScored, events)) + len(only(StepScored, again)) == 3
    row = await services.run(row.run_id)
    assert (row.state, row.unscored, row.complete) == (RunState.FINISHED, 0, True)
    (result,) = (await services.insight("results", scope)).models
    assert (result.complete, result.incomplete, result.unscored) == (1, 0, 0)


async def test_an_experiment_stops_before_its_budget_is_exceeded_and_goes_on_with_a_larger_one(services, server):
    experiment, events = await run(services, "paid", repeat=4, jobs=4, budget=0.55)
    asked = len(server.requests)
    budget = services.budget(experiment)
    assert asked == 5
    assert budget.refused
    assert budget.spent == pytest.approx(0.5)
    reasons = {event.reason for event in only(StepFailed, events)}
    # A run whose next request is dearer than what is left is told so before the last request of another has been counted.
    assert any("$0.50 so far" in reason for reason in reasons), reasons
    told = re.compile(r"the budget of \$0\.55 is spent: \$0\.[345]0 so far, the next attempt could cost \$")
    assert all(told.match(reason) for reason in reasons), reasons
    assert {row.state for row in await services.runs(experiment)} == {RunState.INCOMPLETE}
    assert (await services.experiment(experiment)).usd == pytest.approx(0.5)

    with pytest.raises(UsageError, match=r"is spent already: \$0.50 so far"):
        await services.resume(experiment, 0.4)
    await resumed(services, experiment, budget=0.75)
    assert len(server.requests) == asked + 2
    assert (await services.experiment(experiment)).plan.budget_usd == 0.75
    assert (await services.experiment(experiment)).usd == pytest.approx(0.7)


async def test_a_budget_is_refused_where_nobody_knows_a_price(services, server):
    with pytest.raises(UsageError, match="no price of openai/unpriced"):
        await run(services, "unpriced", budget=1.0)
    assert not server.requests


async def test_what_nobody_knows_the_price_of_is_never_shown_as_free(services):
    experiment, _ = await run(services, "unpriced", actions=TEXTS[:1])
    row = (await services.runs(experiment))[0]
    assert row.usd is None
    assert row.unpriced >= 1
    assert (await services.experiment(experiment)).unpriced == 1
