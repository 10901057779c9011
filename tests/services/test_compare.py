"""Two experiments, models or runs side by side: against a plain recount, what is refused, and what is said first."""

import statistics

import pytest

from sitegen_tui.domain.events import StepScored
from sitegen_tui.domain.insights import Scope
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import UnknownName, UsageError
from sitegen_tui.services.insights.samples import load
from sitegen_tui.store import Store

SITES = tuple(Pairing(template=name, requirements="r") for name in ("ash", "birch", "cedar"))


@pytest.fixture
def store(db):
    with Store.open(db) as opened:
        yield opened


@pytest.fixture
def play(store, scripted):
    """Runs an experiment whose scores are known: by model, site, step and a shift."""

    def run(*, prompt="p1", content="c", rubric=1, layers=(Layer.STATIC,), shift=0.0, steps=16, **changes):
        changes = {"actions": ACTION_IDS, "pairings": SITES, "models": ("one", "x/two"), **changes}
        _, plans = store.create_experiment(scripted.plan(changes.pop("models"), **changes), created_at=scripted.START)
        for at, plan in enumerate(plans):
            script = scripted.Script(plan, seed=at)
            event, blobs = script.started()
            version = f"{content}{plan.pairing.template}"
            items = [(event.model_copy(update={"prompt": prompt, "content_hash": version}), blobs)]
            for step in range(1, steps + 1):
                for event, more in script.step(step):
                    if isinstance(event, StepScored):
                        value = round((at * 5 + step * 3) % 7 * 0.5 + shift * (1 + (at % 3) / 10), 2)
                        event = event.model_copy(update={"score": scripted.score(value, rubric=rubric, layers=layers)})
                    items.append((event, more))
            items.append(script.finished())
            store.append([event for event, _ in items], {sha: text for _, more in items for sha, text in more.items()})
        return [plan.run_id for plan in plans]

    return run


def compared(store, first, second, scope=None):
    return load(store, "compare", scope or Scope(), {"first": first, "second": second})


def test_two_experiments_change_by_what_a_recount_says(store, play):
    runs = play(), play(shift=1.0)
    view = compared(store, "e1", "e2")
    totals = [[store.run(run).total for run in side] for side in runs]
    assert view.total.change == pytest.approx(statistics.fmean(totals[1]) - statistics.fmean(totals[0]))
    assert view.total.method == "paired by cell"
    assert (view.total.n_first, view.total.n_second) == (6, 6)
    assert view.total.low < view.total.change < view.total.high
    assert [row.action for row in view.actions] == list(ACTION_IDS)
    for row in view.actions:
        values = [[step.value for run in side for step in store.steps(run) if step.action == row.action] for side in runs]
        assert row.change.first == pytest.approx(statistics.fmean(values[0]))
        assert row.change.change == pytest.approx(statistics.fmean(values[1]) - statistics.fmean(values[0]))
        assert row.change.adjusted_p >= row.change.p
    assert view.first.words == "experiment e1, 6 runs of 2 models on 3 sites"
    assert (view.differing, view.refused) == ((), ())
    turned = compared(store, "e2", "e1")
    assert turned.total.change == pytest.approx(-view.total.change)


def test_the_runs_furthest_apart_in_an_action_are_of_one_site(store, play):
    play(), play(shift=-2.0)
    values = {run.run_id: {step.action: step.value for step in store.steps(run.run_id)} for run in store.runs()}
    sites = {run.run_id: (run.model, run.template) for run in store.runs()}
    for row in compared(store, "e1", "e2").actions:
        one, two = row.pair
        assert (one.split(".")[0], two.split(".")[0]) == ("e1", "e2")
        assert sites[one] == sites[two]
        most = max(
            abs(values[a][row.action] - values[b][row.action])
            for a in values
            for b in values
            if a[1] == "1" and b[1] == "2" and sites[a] == sites[b]
        )
        assert abs(values[one][row.action] - values[two][row.action]) == pytest.approx(most)


def test_two_models_and_two_runs_are_understood_by_name(store, play):
    play()
    view = compared(store, "two", "one")
    assert (view.first.name, view.first.kind, view.second.words) == ("x/two", "model", "model one, 3 runs on 3 sites")
    assert view.total.method == "paired by cell"
    run = compared(store, "e1.1", "e1.2")
    assert (run.first.words, run.total.reason, run.total.low) == ("run e1.1, one on ash", "N/A (n=1)", None)
    assert run.total.change == pytest.approx(store.run("e1.2").total - store.run("e1.1").total)
    assert {row.pair for row in run.actions} == {("e1.1", "e1.2")}
    with pytest.raises(UsageError, match="the same"):
        compared(store, "one", "one")
    with pytest.raises(UnknownName, match="three"):
        compared(store, "one", "three")


def test_findings_are_counted_by_run_on_one_side_the_other_or_both(store, play):
    runs = play(models=("one",)), play(models=("one",), steps=4)
    view = compared(store, "e1", "e2")
    assert view.findings
    for row in view.findings:
        counted = []
        for side in runs:
            own = [
                charge
                for run in side
                for charge in store.charges(run_id=run)
                if (charge.action, charge.violation, charge.provenance) == (row.action, row.violation, "own")
            ]
            counted.append((len({charge.run_id for charge in own}), sum(charge.amount for charge in own)))
        assert (row.first, row.second) == (counted[0][0], counted[1][0])
        assert row.points_first * row.of_first == pytest.approx(counted[0][1])
        assert row.where == ("both" if row.first and row.second else "first" if row.first else "second")
    assert {row.where for row in view.findings} == {"first", "both"}
    assert "3 runs are not complete and in no total" in view.notes
    assert view.total.change is None


def test_other_words_are_said_and_compared_other_rubrics_and_judges_are_refused(store, play):
    play(), play(prompt="p2", shift=1.0), play(rubric=2), play(layers=(Layer.STATIC, Layer.RENDERED)), play(mode="isolated")
    told = compared(store, "e1", "e2")
    assert (told.differing, told.refused) == (("told in different words",), ())
    assert told.total.change is not None
    for other, differs, why in (
        ("e3", "rubric 1 against 2", "under different rubrics"),
        ("e4", "judged by files alone against files and browser", "other judges"),
    ):
        view = compared(store, "e1", other)
        assert view.differing == (differs,)
        assert why in view.refused[0]
        assert (view.total, view.actions) == (None, ())
        assert view.findings
    assert compared(store, "e1", "e5").differing == ("chain against isolated",)


def test_other_contents_and_other_actions_are_told(store, play):
    play(), play(content="d"), play(actions=ACTION_IDS[:4], steps=4), play(pairings=SITES[:2])
    assert compared(store, "e1", "e2").differing == ("the template's contents were changed in between",)
    part = compared(store, "e1", "e3")
    assert part.differing == ("all sixteen actions against 4 of the sixteen actions",)
    assert (part.total, len(part.actions)) == (None, 4)
    assert part.refused == ("totals are not compared: the sides do not have the same actions",)
    fewer = compared(store, "e1", "e4")
    assert "left out: 2 runs of a model and site that the other side does not have" in fewer.notes
    assert fewer.total.n_first == fewer.total.n_second == 4


def test_what_is_on_both_sides_is_not_compared_with_itself(store, play):
    play()
    view = compared(store, "e1", "one")
    assert view.refused == ("nothing is compared: 3 runs are on both sides",)
    assert view.total is None


def test_without_names_the_models_with_most_runs_are_compared(store, play):
    play(models=("one", "x/two", "x/three")), play(models=("x/three", "one"), seed=1)
    view = load(store, "compare", Scope(), {})
    assert [(side.name, side.kind) for side in (view.first, view.second)] == [("one", "model"), ("x/three", "model")]
    assert {choice.kind for choice in view.choices} == {"model", "experiment", "run"}
    assert [choice.name for choice in view.choices if choice.kind == "experiment"] == ["e2", "e1"]
