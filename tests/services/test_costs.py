"""What models cost: by run and by point, with what is unknown said and what failed counted."""

import pytest

from sitegen_tui.domain.events import AttemptFinished, StepFailed, StepScored, StepStarted
from sitegen_tui.domain.insights import Frame, RunSample
from sitegen_tui.domain.runs import Attempt, Usage, total_usage
from sitegen_tui.services.insights.cost import build
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store


def attempt(number=1, usd=0.5, purpose="edit", error="", first=100.0, total=1000.0, estimated=False):
    usage = Usage(input_tokens=100, output_tokens=50, reasoning_tokens=20, usd=usd, estimated=estimated)
    return Attempt(number=number, usage=usage, purpose=purpose, error=error, first_token_ms=first, total_ms=total)


def tell(store, scripted, plan, *steps, value=8.0, state="finished"):
    """A run whose steps had these attempts; a step of which the last failed has no score."""
    script = scripted.Script(plan, size=600)
    event, blobs = script.started()
    store.append([event], blobs)
    for number, attempts in enumerate(steps, 1):
        action = scripted.ACTIONS[number - 1]
        events = [StepStarted(**script.at(), step=number, action=action)]
        events += [AttemptFinished(**script.at(), step=number, attempt=one) for one in attempts]
        if attempts[-1].error:
            events.append(StepFailed(**script.at(), step=number, action=action, reason="down"))
        else:
            score = scripted.score(value)
            events.append(StepScored(**script.at(), step=number, action=action, score=score, usage=total_usage(attempts)))
        store.append(events)
    store.append([script.finished(state)[0]])


@pytest.fixture
async def costs(db, scripted):
    """A run of `one` that cost 2.0 and earned 16, one that failed; a run of `two` that nobody knows the price of."""
    with Store.open(db) as store:
        actions = scripted.ACTIONS[:2]
        _, plans = store.create_experiment(
            scripted.plan(models=("one", "two"), actions=actions, repeats=2), created_at=scripted.START
        )
        one, two, again, other = plans
        tell(store, scripted, one, [attempt(), attempt(2, purpose="repair", total=3000.0)], [attempt(usd=1.0, total=2000.0)])
        refused = attempt(usd=None, error="status 503", first=None)
        tell(store, scripted, again, [attempt(usd=0.25), refused], state="incomplete")
        tell(store, scripted, two, [attempt(usd=None, estimated=True)], [attempt(usd=0.125)])
        tell(store, scripted, other, [attempt(usd=0.125)], [attempt(usd=0.125)], value=-1.0)
    async with await Services.open(db, drive=False) as services:
        view = await services.insight("cost")
    return {row.model: row for row in view.models}, view


async def test_a_model_costs_what_every_attempt_cost_and_a_run_what_complete_runs_did(costs):
    row = costs[0]["one"]
    assert (row.usd, row.unpriced) == (2.25, 0)
    assert row.usd_a_run == 2.0
    assert row.usd_a_point == 2.0 / 16
    assert (row.attempts, row.failed, row.repairs) == (5, 1, 1)
    assert (row.input_tokens, row.output_tokens, row.reasoning_tokens) == (500, 250, 100)


async def test_times_are_those_of_attempts_that_did_not_fail(costs):
    row = costs[0]["one"]
    assert (row.first_token_p50_ms, row.first_token_p95_ms) == (100.0, 100.0)
    assert row.total_p50_ms == 1500.0
    assert row.total_p95_ms == pytest.approx(2850.0)


async def test_what_has_no_price_is_counted_and_left_out_of_what_a_run_costs(costs):
    row = costs[0]["two"]
    assert (row.usd, row.unpriced, row.unpriced_runs) == (0.375, 1, 1)
    assert row.usd_a_run == 0.25
    assert row.estimated
    assert any(note.startswith("1 run without a price") for note in costs[1].notes)


async def test_points_below_nothing_have_no_price(costs):
    assert costs[0]["two"].usd_a_point is None


async def test_the_dearest_run_comes_first(costs):
    assert [row.model for row in costs[1].models] == ["one", "two"]


async def test_points_and_fronts_are_over_complete_runs_of_models_that_can_be_compared(costs):
    one, two = costs[0]["one"], costs[0]["two"]
    assert (one.mean, two.mean) == (16.0, 7.0)
    assert one.points_per_usd == 8.0
    assert (one.on_cost_front, two.on_cost_front) == (True, True)
    assert costs[1].aside == {"cost": {}, "latency": {}}


def sample(model, total, usd, ms, simulated=False):
    return RunSample(
        f"e1.{model}", 1, model, simulated, "t", "r", "c", 1, 1, 1, 0, total, 10.0, usd, 0 if usd is not None else 1, 0, 0, ms, 0.0
    )


def test_a_model_without_a_price_is_on_no_front_of_dollars_and_on_that_of_time():
    runs = (
        sample("good", 9.0, 0.5, 4000.0),
        sample("worse-and-dearer", 8.0, 1.0, 2000.0),
        sample("unknown", 7.0, None, 1000.0),
        sample("reference", 10.0, 0.0, 1.0),
        sample("simulated/one", 10.0, 0.0, 1.0, simulated=True),
    )
    view = build(Frame(), runs, ())
    fronts = {row.model: (row.on_cost_front, row.on_latency_front) for row in view.models}
    assert fronts == {
        "good": (True, True),
        "worse-and-dearer": (False, True),
        "unknown": (None, True),
        "reference": (None, None),
        "simulated/one": (None, None),
    }
    assert view.aside["cost"].keys() == {"unknown", "reference", "simulated/one"}
    assert len(view.models) == 5
