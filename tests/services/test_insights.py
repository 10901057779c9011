"""Views over many runs: the guard of comparability, samples against a plain recount, and the two first views."""

import asyncio
import statistics
from itertools import pairwise

import pytest

from sitegen_tui.domain.events import StepScored
from sitegen_tui.domain.insights import Scope, StepsWanted
from sitegen_tui.domain.pipeline import ACTION_IDS, BY_ID
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import UnknownName
from sitegen_tui.services.insights import INSIGHTS
from sitegen_tui.services.insights.samples import behind, load, sampled
from sitegen_tui.services.root import Services
from sitegen_tui.services.views import folded
from sitegen_tui.store import Store

SITES = (Pairing(template="safari", requirements="lodge"), Pairing(template="blank", requirements="books"))
MODELS = ("one", "two", "simulated/three")
FULL = (Layer.STATIC, Layer.RENDERED)


def _value(at, step):
    return round((at * 7 + step * 5) % 23 * 0.6 - 3.2, 2)


@pytest.fixture
def store(db):
    with Store.open(db) as opened:
        yield opened


@pytest.fixture
def play(store, scripted):
    """Runs an experiment; what each run is told, judged by and given may be changed."""

    def run(*, prompt="p1", content="c", rubric=1, layers=(Layer.STATIC,), shift=0.0, steps=16, **changes):
        changes = {"actions": ACTION_IDS, "pairings": SITES, **changes}
        _, plans = store.create_experiment(
            scripted.plan(changes.pop("models", MODELS), **changes),
            simulated=frozenset({"simulated/three"}),
            created_at=scripted.START,
        )
        for at, plan in enumerate(plans):
            script = scripted.Script(plan, seed=at)
            event, blobs = script.started()
            version = f"{content}{plan.pairing.template}"
            items = [(event.model_copy(update={"prompt": prompt, "content_hash": version}), blobs)]
            for step in range(1, steps + 1):
                for event, more in script.step(step):
                    if isinstance(event, StepScored):
                        score = scripted.score(_value(at, step) + shift, rubric=rubric, layers=layers)
                        event = event.model_copy(update={"score": score})
                    items.append((event, more))
            items.append(script.finished())
            store.append([event for event, _ in items], {sha: text for _, more in items for sha, text in more.items()})
        return [plan.run_id for plan in plans]

    return run


def _recount(store, run_ids):
    """Every score of those runs from their events, as (model, template, action) to values."""
    found = {}
    for run_id in run_ids:
        view = folded(run_id, store.events(run_id))
        for step in view.steps:
            if step.value is not None:
                found.setdefault((view.plan.model, view.plan.pairing.template, step.action), []).append(step.value)
    return found


def test_a_cell_is_what_a_recount_over_the_events_gives(store, play):
    counted = _recount(store, [*play(repeats=2), *play(shift=0.5)])
    view = load(store, "heatmap", Scope(), {})
    assert view.models == tuple(sorted(MODELS))
    cells = view.cells("action")
    assert cells.keys() == {(action, model) for model, _, action in counted}
    for (action, model), cell in cells.items():
        values = [value for key, found in counted.items() if (key[0], key[2]) == (model, action) for value in found]
        assert cell.n == len(values) == 6
        assert cell.mean == pytest.approx(statistics.fmean(values))
        assert cell.sd == pytest.approx(statistics.stdev(values))
        assert (cell.minimum, cell.maximum) == (pytest.approx(min(values)), pytest.approx(max(values)))
        assert cell.negative == sum(value < 0 for value in values)
    brand = view.cells("category")["Brand", "one"]
    values = [v for key, found in counted.items() if key[0] == "one" and BY_ID[key[2]].category.value == "Brand" for v in found]
    assert (brand.n, brand.mean, brand.sd) == (30, pytest.approx(statistics.fmean(values)), pytest.approx(statistics.stdev(values)))


def test_the_steps_behind_a_cell_are_its_steps(store, play):
    counted = _recount(store, play(repeats=2))
    view = load(store, "heatmap", Scope(), {})
    for cell in view.by_action:
        page = behind(store, StepsWanted(model=cell.model, actions=(cell.row,)))
        values = [step.value for step in page.steps]
        assert values == sorted(v for key, found in counted.items() if (key[0], key[2]) == (cell.model, cell.row) for v in found)
        assert page.total == cell.n
        assert statistics.fmean(values) == pytest.approx(cell.mean)
        assert {step.charges[0].violation for step in page.steps} == {"html.broken"}


def test_steps_are_narrowed_ordered_and_paged(store, play):
    play(repeats=2)
    everything = behind(store, StepsWanted(), 0, 1000)
    assert everything.total == len(everything.steps) == 12 * 16
    assert all(before.value <= after.value for before, after in pairwise(everything.steps))
    pages = [behind(store, StepsWanted(), offset, 50) for offset in (0, 50, 100, 150)]
    assert [step for page in pages for step in page.steps] == list(everything.steps)
    assert {page.total for page in pages} == {192}
    best = behind(store, StepsWanted(order="best"), 0, 1000).steps
    assert [step.value for step in best] == [step.value for step in reversed(everything.steps)]
    negative = behind(store, StepsWanted(negative=True, model="one"), 0, 1000).steps
    assert {(step.value < 0, step.model) for step in negative} == {(True, "one")}
    safari = behind(store, StepsWanted(template="safari"), 0, 1000)
    assert {step.site for step in safari.steps} == {"safari"}
    assert behind(store, StepsWanted(violation="html.broken", provenance="own")).total == 192
    assert behind(store, StepsWanted(violation="html.broken", provenance="inherited")).total == 0
    assert behind(store, StepsWanted(violation="seo.title-missing")).total == 0


def test_runs_are_samples_as_their_rows_say(store, play):
    play(repeats=2, seed=5)
    _, samples = sampled(store, Scope())
    rows = {row.run_id: row for row in store.runs()}
    assert [run.run_id for run in samples.runs] == [f"e1.{number}" for number in range(1, 13)]
    for run in samples.runs:
        row = rows[run.run_id]
        assert (run.model, run.simulated, run.site, run.repeat) == (row.model, row.simulated, row.template, row.repeat)
        assert (run.total, run.assessed, run.usd, run.complete, run.seed) == (row.total, row.assessed, row.usd, True, 5)


def test_only_the_group_of_most_complete_runs_is_shown_and_the_rest_is_named(store, play):
    play(repeats=2, layers=FULL)
    play(rubric=2)
    play(mode="isolated", models=("one",), pairings=SITES[:1], layers=FULL)
    play(actions=ACTION_IDS[:4], steps=4, models=("one",), layers=FULL)
    play(prompt="p2", models=("one", "two"), layers=FULL)
    frame, samples = sampled(store, Scope())
    assert (frame.conditions.rubric, frame.conditions.layers, frame.conditions.prompt) == (1, FULL, "p1")
    assert [group.complete for group in frame.groups] == [12, 6, 4, 2, 1]
    assert set(frame.left_out) == {
        "6 runs judged by files alone, under rubric 2",
        "4 runs told in other words",
        "2 runs of 4 of the sixteen actions",
        "1 isolated run",
    }
    assert len(samples.runs) == 12
    view = load(store, "heatmap", Scope(), {})
    assert {cell.n for cell in view.by_action} == {4}
    for group in frame.groups:
        scope = Scope(conditions=group.conditions)
        assert len(sampled(store, scope).samples.runs) == group.runs
        assert load(store, "heatmap", scope, {}).steps == group.runs * len(group.conditions.actions)
        assert behind(store, StepsWanted(scope=scope)).total == group.runs * len(group.conditions.actions)
        assert [one.conditions for one in sampled(store, scope).frame.groups] == [one.conditions for one in frame.groups]


def test_of_equally_many_runs_the_newer_rubric_is_shown(store, play):
    play(rubric=2)
    play(rubric=3)
    frame = sampled(store, Scope()).frame
    assert (frame.conditions.rubric, frame.left_out) == (3, ("6 runs under rubric 2",))


def test_a_run_whose_steps_were_judged_differently_is_shown_last(store, play, scripted):
    run_ids = play(models=("one",), repeats=2)
    rejudged = scripted.score(4.0, rubric=2)
    for run_id in run_ids:
        last = store.events(run_id)[-1]
        again = StepScored(run_id=run_id, seq=last.seq + 1, at=last.at, step=3, action=ACTION_IDS[2], score=rejudged)
        store.append([again])
    play(models=("one",), pairings=SITES[:1])
    frame = sampled(store, Scope()).frame
    assert frame.conditions.rubric == 1
    assert frame.left_out == ("4 runs whose steps were judged under different rubrics",)


def test_versions_of_a_site_are_sites_of_their_own(store, play):
    play(content="aaaa1")
    play(content="bbbb2", pairings=SITES[:1])
    play(pairings=(Pairing(template="blank", requirements="bakery"),), content="cccc3")
    _, samples = sampled(store, Scope())
    assert set(samples.sites.values()) == {"safari~aaaa", "safari~bbbb", "blank+books", "blank+bakery"}
    for name, runs in (("safari", 6), ("safari~bbbb", 3), ("blank+books", 3), ("blank", 6), ("nowhere", 0)):
        scope = Scope(templates=(name,))
        found = sampled(store, scope)
        assert len(found.samples.runs if found.samples else ()) == runs
        assert load(store, "heatmap", scope, {}).steps == runs * 16


def test_results_are_those_of_complete_runs_and_name_the_rest(store, play):
    play(repeats=3)
    play(models=("one",), steps=9)
    view = load(store, "results", Scope(), {})
    assert [row.mean for row in view.models] == sorted((row.mean for row in view.models), reverse=True)
    one = next(row for row in view.models if row.model == "one")
    assert (one.runs, one.complete, one.incomplete, one.percent) == (8, 6, 2, None)
    assert one.mean == pytest.approx(statistics.fmean(one.totals))
    assert one.low < one.mean < one.high
    assert "2 runs are not complete and in no mean" in view.notes
    assert view.simulated == ("simulated/three",)
    assert {row.model: row.simulated for row in view.models} == {"one": False, "two": False, "simulated/three": True}
    lettered = view.comparison.letters
    assert {row.model: row.letters for row in view.models} == lettered


def test_what_actions_add_up_to_stands_under_the_heatmap(store, play):
    play(repeats=2, models=("one", "two"))
    means = {row.model: row.mean for row in load(store, "results", Scope(), {}).models}
    view = load(store, "heatmap", Scope(), {})
    assert {one.model: one.total for one in view.totals} == {model: pytest.approx(mean) for model, mean in means.items()}
    assert (view.refused, {one.complete for one in view.totals}) == ({}, {4})
    assert load(store, "heatmap", Scope(actions=ACTION_IDS[:3]), {}).totals == ()


def test_a_total_beside_cells_that_hold_other_runs_is_refused(store, play):
    play(repeats=2, models=("one", "two"))
    play(models=("one",), pairings=SITES[:1], steps=9, shift=1.0, seed=1)
    view = load(store, "heatmap", Scope(), {})
    refused = {one.model: one for one in view.totals}["one"]
    assert (refused.total, refused.complete) == (None, 4)
    assert refused.refused.startswith("actions add up to ")
    assert refused.refused.endswith("because of 1 run that is not complete")
    assert view.refused.keys() == {"one"}
    assert {row.refused for row in load(store, "results", Scope(), {}).models} == {""}


def test_a_model_without_a_complete_run_is_not_ranked(store, play):
    play(models=("one",), steps=9)
    assert load(store, "heatmap", Scope(), {}).refused == {"one": "no run is complete"}


def test_a_mean_that_its_actions_do_not_add_up_to_is_refused_and_ranked_last(store, play):
    play(repeats=2)
    best = load(store, "results", Scope(), {}).models[0]
    store.connections.conn.execute("UPDATE runs SET total = total + 1 WHERE run_id = 'e1.1'")
    view = load(store, "results", Scope(), {})
    (row,) = [row for row in view.models if row.model == "one"]
    assert row == view.models[-1]
    assert (row.mean, row.low, row.letters, row.interval_note) == (None, None, "", "refused")
    assert row.refused.startswith("actions add up to ")
    assert f"one has no mean: {row.refused}" in view.notes
    assert "one" not in view.comparison.letters
    assert len(row.totals) == 4
    assert best.model in {other.model for other in view.models}


def test_a_mean_is_refused_where_steps_were_judged_in_other_ways_than_their_runs(store, play, scripted):
    (run_id, *_) = play(models=("one",), repeats=2)
    last = store.events(run_id)[-1]
    score = scripted.score(4.0, rubric=2)
    store.append([StepScored(run_id=run_id, seq=last.seq + 1, at=last.at, step=3, action=ACTION_IDS[2], score=score)])
    mixed = next(group.conditions for group in sampled(store, Scope()).frame.groups if not group.conditions.rubric)
    (row,) = load(store, "results", Scope(conditions=mixed), {}).models
    assert (row.mean, row.refused) == (None, "16 of 16 actions have no score")


def test_means_of_complete_runs_are_those_of_a_recount(store, play):
    counted = _recount(store, play(repeats=2, models=("one", "two")))
    play(models=("one",), pairings=SITES[:1], steps=9, shift=1.0, seed=1)
    _, samples = sampled(store, Scope())
    for model, means in samples.action_means.items():
        for action, mean in means.items():
            values = [value for key, found in counted.items() if (key[0], key[2]) == (model, action) for value in found]
            assert mean == pytest.approx(statistics.fmean(values))


def test_two_runs_have_no_interval_and_say_so(store, play):
    play(models=("one",), layers=FULL)
    (row,) = load(store, "results", Scope(), {}).models
    assert (row.complete, row.half_width, row.low, row.interval_note) == (2, None, None, "N/A (n=2)")
    assert row.percent == pytest.approx(100 * row.mean / 160)


def test_an_empty_database_has_an_empty_view_of_every_kind(store):
    for one in INSIGHTS:
        view = load(store, one.name, Scope(), {})
        assert (view.conditions, view.groups, view.left_out) == (None, (), ())
        assert type(view).model_validate_json(view.model_dump_json()) == view


def test_every_view_is_the_same_after_json(store, play):
    play(repeats=2)
    for one in INSIGHTS:
        view = load(store, one.name, Scope(models=("one", "two")), {})
        assert type(view).model_validate_json(view.model_dump_json()) == view
        assert "simulated/three" not in view.model_dump_json()


def test_an_experiment_or_a_view_that_is_not_there(store, play):
    play(models=("one",))
    with pytest.raises(UnknownName):
        load(store, "heatmap", Scope(experiments=("e9",)), {})
    with pytest.raises(UnknownName):
        load(store, "heat", Scope(), {})


async def test_services_hand_views_out(db, play):
    await asyncio.to_thread(play, models=("one",))
    async with await Services.open(db, drive=False) as services:
        view = await services.insight("results", Scope(experiments=("e1",)))
        assert [row.model for row in view.models] == ["one"]
        page = await services.steps_behind(StepsWanted(model="one", actions=("swap-fonts",)))
        assert page.total == 2
