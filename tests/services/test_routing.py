"""The routing over runs that really are in a database: a plain recount, who is left aside, and the policy made of it."""

import statistics

import pytest

from sitegen_tui.domain.events import AttemptFinished, StepScored, StepStarted
from sitegen_tui.domain.insights import Scope
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import Attempt, Pairing, Usage, total_usage
from sitegen_tui.errors import UsageError
from sitegen_tui.providers import policies
from sitegen_tui.services.insights.contenders import aside
from sitegen_tui.services.insights.routing import policy_of
from sitegen_tui.services.insights.samples import load, sampled
from sitegen_tui.store import Store

EASY, HARD = ACTION_IDS[:2]
TEMPLATES = ("one", "two", "three", "four")
SCORES = {"dear": {EASY: 9.0, HARD: 8.0}, "cheap": {EASY: 8.75, HARD: 2.0}, "secret": {EASY: 9.5, HARD: 9.5}}
PRICES = {"dear": 0.25, "cheap": 0.0625, "secret": None, "simulated/two": 0.0, "reference": 0.0}
SECONDS = {"dear": 2.0, "cheap": 4.0, "secret": 8.0, "simulated/two": 0.5, "reference": 0.25}


@pytest.fixture
def store(db):
    with Store.open(db) as opened:
        yield opened


@pytest.fixture
def play(store, scripted):
    """Runs of these models, two on each template, that earn, cost and take what the tables above say."""

    def run(*models, mode="isolated", templates=TEMPLATES):
        sites = tuple(Pairing(template=name, requirements="r") for name in templates)
        plan = scripted.plan(models=models, pairings=sites, actions=(EASY, HARD), repeats=2, mode=mode)
        simulated = frozenset(model for model in models if model.startswith("simulated/"))
        for own in store.create_experiment(plan, simulated=simulated, created_at=scripted.START)[1]:
            script = scripted.Script(own, size=600)
            event, blobs = script.started()
            store.append([event], blobs)
            for number, action in enumerate((EASY, HARD), 1):
                # Two attempts a step: what a step takes is what both took.
                usd = PRICES[own.model]
                half = [
                    Attempt(number=at, usage=Usage(usd=None if usd is None else usd / 2), total_ms=SECONDS[own.model] * 500)
                    for at in (1, 2)
                ]
                score = scripted.score(SCORES.get(own.model, SCORES["dear"])[action])
                told = [StepStarted(**script.at(), step=number, action=action)]
                told += [AttemptFinished(**script.at(), step=number, attempt=one) for one in half]
                took = {"usage": total_usage(half), "model_ms": sum(one.total_ms for one in half)}
                told.append(StepScored(**script.at(), step=number, action=action, score=score, **took))
                store.append(told)
            store.append([script.finished()[0]])

    return run


def routing(store, **options):
    return load(store, "routing", Scope(), options)


def test_sums_by_template_are_a_recount_of_every_step(store, play):
    play("dear", "cheap", "secret")
    runs = [row.run_id for row in store.runs()]
    found = {(cell.model, cell.template, cell.action): cell for cell in sampled(store, Scope()).samples.spent}
    assert len(found) == 3 * 4 * 2
    attempts = store.attempts(runs)
    for (model, template, action), cell in found.items():
        own = [row.run_id for row in store.runs() if (row.model, row.template) == (model, template)]
        steps = [step for run in own for step in store.steps(run) if step.action == action]
        tries = [one for one in attempts if one.run_id in own and one.step == steps[0].step]
        assert (cell.n, cell.points) == (2, pytest.approx(sum(step.value for step in steps)))
        assert cell.model_ms == pytest.approx(sum(one.total_ms for one in tries))
        assert cell.usd == pytest.approx(sum(one.usage.usd or 0.0 for one in tries))
        assert cell.priced == (0 if model == "secret" else 2)


def test_the_planted_routing_is_found_with_what_it_loses_and_saves(store, play):
    play("dear", "cheap", "secret", "simulated/two", "reference")
    view = routing(store)
    assert (view.saves, view.single, view.models) == ("cost", "dear", ("cheap", "dear"))
    assert {one.action: one.model for one in view.actions} == {EASY: "cheap", HARD: "dear"}
    assert (view.loss.value, view.saving.value) == (pytest.approx(0.25), pytest.approx(0.1875))
    assert view.saving_share == pytest.approx(0.1875 / 0.5)
    assert view.held_out == {name: (pytest.approx(0.25), pytest.approx(0.1875)) for name in TEMPLATES}
    assert view.steps == 2 * 4 * 2 * 2
    assert {one.action: (one.agreed, one.folds) for one in view.actions} == {EASY: (4, 4), HARD: (4, 4)}
    assert view.excluded.keys() == {"secret", "simulated/two", "reference"}
    assert view.excluded["secret"] == "no price is known"
    assert any("secret (no price is known)" in note for note in view.notes)


def test_a_smaller_tolerance_takes_the_better_and_time_is_an_axis_of_its_own(store, play):
    play("dear", "cheap", "secret")
    assert {one.model for one in routing(store, tolerance=0.125).actions} == {"dear"}
    by_time = routing(store, saves="latency", tolerance=2.0)
    assert {one.action: one.model for one in by_time.actions} == {EASY: "dear", HARD: "dear"}
    assert by_time.models == ("cheap", "dear", "secret")
    assert by_time.single == "secret"
    assert by_time.saving.value == pytest.approx(2 * (8.0 - 2.0))
    assert by_time.loss.value == pytest.approx(0.5 + 1.5)
    with pytest.raises(UsageError, match="tolerance"):
        routing(store, tolerance=-1.0)


def test_without_a_price_time_counts_and_simulated_models_are_routed_to_among_themselves(store, play):
    play("simulated/two", "reference")
    view = routing(store)
    assert (view.saves, view.models) == ("latency", ("simulated/two",))
    paid = routing(store, saves="cost")
    assert (paid.actions, paid.loss.value, paid.single) == ((), None, None)
    with pytest.raises(UsageError, match="nothing to learn"):
        policy_of(paid, "2026-11-30")


def test_few_templates_have_no_interval_and_chain_runs_a_warning(store, play):
    play("dear", "cheap", mode="chain", templates=TEMPLATES[:2])
    view = routing(store)
    assert view.loss.low is None
    assert view.reason == "N/A (2 templates to test on)"
    assert any("isolated runs" in note for note in view.notes)


def test_a_policy_says_what_was_learned_and_is_read_back_the_same(store, play, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    play("dear", "cheap")
    view = routing(store)
    policy = policy_of(view, "2026-11-30")
    policies.save("learned", policy)
    assert policies.read("learned") == policy
    assert policy.choices == {EASY: "cheap", HARD: "dear"}
    learned = policy.learned
    assert (learned.day, learned.single, learned.steps, learned.mode) == ("2026-11-30", "dear", 32, "isolated")
    assert learned.templates == tuple(sorted(TEMPLATES))
    assert learned.loss.mean == statistics.fmean(loss for loss, _ in view.held_out.values())
    assert learned.saving.low == view.saving.low


def test_only_actions_that_are_asked_about_are_routed(store, play):
    play("dear", "cheap")
    view = load(store, "routing", Scope(actions=(HARD,)), {})
    assert [one.action for one in view.actions] == [HARD]


def test_nothing_is_free_because_it_is_unknown_or_made_here():
    models = ("real", "unknown", "simulated/a", "reference", "replay/e1.1")
    left = aside(models, {"simulated/a"}, {"real", "simulated/a", "reference", "replay/e1.1"}, "cost")
    assert left.keys() == {"unknown", "simulated/a", "reference", "replay/e1.1"}
    assert aside(("simulated/a", "reference"), {"simulated/a"}, set(), "latency").keys() == {"reference"}
    assert "simulated/a" in aside(("real", "simulated/a"), {"simulated/a"}, set(), "latency")
