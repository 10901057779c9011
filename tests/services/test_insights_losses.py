"""Gaps, difficulty, templates, variance and violations: builders against plain recounts and scipy."""

import random
import statistics
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from sitegen_tui.domain.events import FindingReported, StepScored
from sitegen_tui.domain.findings import Provenance
from sitegen_tui.domain.insights import ChargeSums, Conditions, Frame, RunSample, Scope, Site, StepsWanted
from sitegen_tui.domain.pipeline import ACTION_IDS, BY_ID
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.domain.violations import Kind, Layer
from sitegen_tui.errors import UnknownName
from sitegen_tui.services.insights import difficulty, gap, templates, variance, violations
from sitegen_tui.services.insights.samples import behind, load, sampled
from sitegen_tui.stats.gaps import gaps, of_category
from sitegen_tui.store import Store
from sitegen_tui.store.samples import CellSums, GroupNumbers
from sitegen_tui.store.sums import Share, Sums, points

FULL = Conditions(rubric=1, layers=(Layer.STATIC, Layer.RENDERED), mode="chain", full=True, actions=ACTION_IDS)
FRAME = Frame(conditions=FULL)
SITES = ("safari", "blank", "shop", "club")


class ScoredRun(NamedTuple):
    """A run's points by action."""

    run_id: str
    model: str
    site: str
    scores: dict[str, float]


def _scored(model, site, seed, shift=0.0, actions=ACTION_IDS):
    chance = random.Random(f"{model}{site}{seed}")
    hard = {action: random.Random(action).uniform(-3, 9) for action in ACTION_IDS}
    scores = {action: round(hard[action] + shift + chance.gauss(0, 1), 3) for action in actions}
    return ScoredRun(f"{model}-{site}-{seed}", model, site, scores)


def _runs(models=(("reference", 1.0), ("a", 0.0), ("b", -2.0)), sites=SITES, repeats=2):
    return [_scored(model, site, seed, shift) for model, shift in models for site in sites for seed in range(repeats)]


def _total(model, site, total, number=0):
    return RunSample(
        f"{model}-{site}-{number}", 1, model, False, site, "r", "c", 1, 16, 16, 0, total, 160.0, None, 0, 0, 0, 0.0, 0.0, site
    )  # fmt: skip


def _cells(runs):
    """Running sums of those runs, as the store keeps them."""
    pools = {}
    for run in runs:
        for action, value in run.scores.items():
            key = (run.model, Site(run.site, "r", "c"), action)
            pools.setdefault(key, Sums()).add(Share((), points(value), points(10.0)))
    return [CellSums(*key, sums) for key, sums in pools.items()]


def _gap(runs, **options):
    by_action = gap.of_cells(_cells(runs), {Site(name, "r", "c"): name for name in SITES})
    groups = gap.categories([action for action in ACTION_IDS if action in by_action])
    sums = {}
    for run in runs:
        for category, actions in groups.items():
            for mean in of_category([run.scores], actions):
                sums.setdefault((run.model, run.site, category), []).append(mean)
    whole = [GroupNumbers(*key, len(own), sum(own), sum(one * one for one in own)) for key, own in sums.items()]
    return gap.build(FRAME, by_action, gap.of_groups(whole), **options)


def _same(one, other):
    """Whether two estimates are the same but for the dust of their sums."""
    ends = [(one.value, other.value), (one.low, other.low), (one.high, other.high)]
    told = [(found.method, found.n, found.reason) for found in (one, other)]
    return told[0] == told[1] and all(a == b if a is None else a == pytest.approx(b, rel=1e-7, abs=1e-9) for a, b in ends)


def _of(runs, model, action, site=None):
    return [run.scores[action] for run in runs if run.model == model and action in run.scores and site in (None, run.site)]


def test_gaps_in_a_balanced_design_are_differences_by_site():
    runs = _runs()
    view = _gap(runs)
    assert (view.reference, view.chosen, view.references) == ("reference", False, ("a", "b", "reference"))
    assert (view.models, view.paired, view.welch) == (("a", "b"), 32, 0)
    for row in view.by_action:
        for model in ("a", "b"):
            means = [[statistics.fmean(_of(runs, one, row.row, site)) for site in SITES] for one in (model, "reference")]
            ends = stats.ttest_rel(*means).confidence_interval()
            assert row.gaps[model].value == pytest.approx(np.mean(means[0]) - np.mean(means[1]))
            assert (row.gaps[model].low, row.gaps[model].high) == pytest.approx((ends.low, ends.high), rel=1e-9)
        assert row.average == pytest.approx(statistics.fmean(one.value for one in row.gaps.values()))
        assert set(row.averaged) == {"a", "b"}
        assert row.n == {"reference": 8, "a": 8, "b": 8}
    averages = [row.average for row in view.by_action]
    assert averages == sorted(averages)


def test_gaps_of_models_on_other_sites_have_welchs_interval():
    runs = [*_runs((("reference", 1.0),)), *_runs((("a", 0.0),), sites=SITES[:3], repeats=3)]
    view = _gap(runs)
    assert (view.paired, view.welch) == (0, 16)
    for row in view.by_action:
        ends = stats.ttest_ind(_of(runs, "a", row.row), _of(runs, "reference", row.row), equal_var=False).confidence_interval()
        assert (row.gaps["a"].low, row.gaps["a"].high) == pytest.approx((ends.low, ends.high), rel=1e-9)


def test_a_category_is_compared_by_the_means_of_whole_runs():
    runs = _runs((("reference", 1.0), ("a", 0.0)), sites=SITES[:2], repeats=4)
    whole = _gap(runs)
    cut = [run._replace(scores={k: v for k, v in run.scores.items() if k != "swap-fonts"}) for run in runs[:1]] + runs[1:]
    brand = next(row for row in _gap(cut).by_category if row.row == "Brand")
    assert (brand.n, len(brand.actions)) == ({"reference": 7, "a": 8}, 5)
    row = next(row for row in whole.by_category if row.row == "Brand")
    means = {
        model: [statistics.fmean(run.scores[action] for action in row.actions) for run in runs if run.model == model]
        for model in ("a", "reference")
    }
    ends = stats.ttest_ind(means["a"], means["reference"], equal_var=False).confidence_interval()
    assert (row.gaps["a"].low, row.gaps["a"].high) == pytest.approx((ends.low, ends.high), rel=1e-9)


@pytest.mark.parametrize("sites", [SITES, SITES[:2]])
def test_gaps_from_sums_are_those_of_the_scores_themselves(sites):
    runs = [*_runs(sites=sites), *_runs((("c", 0.5),), sites=sites[:1], repeats=3)]
    view = _gap(runs)
    scores = {model: [run.scores for run in runs if run.model == model] for model in view.references}
    cells = {model: [run.site for run in runs if run.model == model] for model in view.references}
    for by in ("action", "category"):
        groups = {row.row: row.actions for row in view.rows(by)}
        ours = gaps(scores, "reference", groups, cells=cells)
        assert [row.row for row in view.rows(by)] == [one.name for one in ours]
        for row, one in zip(view.rows(by), ours, strict=True):
            assert row.average == pytest.approx(one.mean_gap)
            for model, estimate in row.gaps.items():
                assert _same(estimate, one.gaps[model])


def test_equal_runs_have_a_gap_without_an_interval():
    same = dict.fromkeys(ACTION_IDS, 9.7)
    runs = [ScoredRun(f"{model}{n}", model, "safari", same) for model in ("reference", "a") for n in range(7)]
    view = _gap(runs)
    for row in (*view.by_action, *view.by_category):
        assert (row.gaps["a"].value, row.gaps["a"].reason) == (pytest.approx(0.0), "N/A (no spread)")


def test_without_the_reference_editor_the_best_model_is_the_reference_and_that_is_said():
    runs = _runs((("a", 0.0), ("b", -2.0)))
    view = _gap(runs)
    assert (view.reference, view.models) == ("a", ("b",))
    assert any("the reference is a, the best by mean score" in note for note in view.notes)
    asked = _gap(runs, reference="b")
    assert (asked.reference, asked.chosen, asked.models) == ("b", True, ("a",))
    assert asked.by_action[0].gaps["a"].value == pytest.approx(
        -next(row for row in view.by_action if row.row == asked.by_action[0].row).gaps["b"].value
    )
    with pytest.raises(UnknownName):
        _gap(runs, reference="nobody")
    assert "is alone here" in _gap(_runs((("a", 0.0),))).notes[0]


def test_a_model_without_a_score_on_an_action_is_in_no_average_of_it():
    runs = [*_runs((("reference", 1.0), ("a", 0.0))), _scored("c", "safari", 1, actions=ACTION_IDS[:2])]
    view = _gap(runs)
    averaged = {row.row: set(row.averaged) for row in view.by_action}
    assert averaged[ACTION_IDS[0]] == {"a", "c"}
    assert averaged[ACTION_IDS[9]] == {"a"}
    late = next(row for row in view.by_action if row.row == ACTION_IDS[9])
    assert late.average == late.gaps["a"].value


def test_difficulty_leaves_the_reference_editor_out_and_tells_weightings_apart():
    runs = [*_runs((("reference", 1.0), ("a", 0.0))), *_runs((("b", -2.0),), repeats=1)]
    view = difficulty.build(FRAME, _cells(runs))
    assert (view.models, view.uneven) == (("a", "b"), True)
    for row in view.actions:
        ours = {model: _of(runs, model, row.action) for model in ("a", "b")}
        assert row.by_models.value == pytest.approx(statistics.fmean(map(statistics.fmean, ours.values())))
        assert row.by_runs.value == pytest.approx(statistics.fmean([*ours["a"], *ours["b"]]))
        assert row.spread == pytest.approx(abs(statistics.fmean(ours["a"]) - statistics.fmean(ours["b"])))
        assert (row.n, row.best, row.worst) == ({"a": 8, "b": 4}, *sorted(ours, key=lambda m: -statistics.fmean(ours[m])))
    for weighting in ("models", "runs"):
        means = [row.mean(weighting).value for row in view.ranked(weighting)]
        assert means == sorted(means)
    alone = difficulty.build(FRAME, _cells(_runs((("reference", 1.0),))))
    assert (alone.models, alone.actions[0].spread) == (("reference",), None)


def test_templates_give_the_best_alternative_in_per_cent_and_name_what_is_missing():
    totals = {
        ("reference", "safari"): (150.0, 140.0), ("reference", "blank"): (-5.0,),
        ("a", "safari"): (120.0, 100.0, 119.0), ("b", "safari"): (90.0,), ("b", "blank"): (30.0,),
    }  # fmt: skip
    runs = [_total(model, site, one, n) for (model, site), found in totals.items() for n, one in enumerate(found)]
    view = templates.build(FRAME, runs)
    rows = {row.site: row for row in view.sites}
    assert (rows["safari"].best, rows["safari"].percent) == ("a", pytest.approx(100 * 113 / 145))
    assert (rows["blank"].best, rows["blank"].percent) == ("b", None)
    cells = view.by_place()
    assert ("blank", "a") not in cells
    cell = cells["safari", "a"]
    low, high = stats.t.interval(0.95, 2, 113, stats.sem([120, 100, 119]))
    assert (cell.n, cell.mean, cell.low, cell.high) == (3, pytest.approx(113), pytest.approx(low), pytest.approx(high))
    assert cell.runs == ("a-safari-0", "a-safari-1", "a-safari-2")
    assert cells["safari", "reference"].note == "N/A (n=2)"
    assert not view.balanced
    assert "a lacks 1 on blank" in view.notes[0]
    assert templates.build(FRAME, runs, reference="b").reference == "b"
    with pytest.raises(UnknownName):
        templates.build(FRAME, runs, reference="c")


def test_variance_has_true_extremes_and_shares_with_wilsons_interval():
    totals = [124.2, 120.2, 108.2, 89.5, 96.0]
    runs = [_total("a", SITES[n % 2], one, n) for n, one in enumerate(totals)]
    scores = [
        ScoredRun("x", "a", "safari", {"swap-fonts": -1.0, "add-seo-meta": 0.0}),
        ScoredRun("y", "b", "safari", {"swap-fonts": 2.0}),
    ]
    view = variance.build(FRAME, runs, _cells(scores), threshold=90)
    row = next(one for one in view.models if one.model == "a")
    assert (row.spread.best, row.spread.worst, row.best_run, row.worst_run) == (124.2, 89.5, "a-safari-0", "a-blank-3")
    assert row.spread.sd.value == pytest.approx(np.std(totals, ddof=1))
    chi = stats.chi2(4)
    ends = [row.spread.sd.value * np.sqrt(4 / chi.ppf(one)) for one in (0.975, 0.025)]
    assert (row.spread.sd.low, row.spread.sd.high) == pytest.approx(tuple(ends))
    wilson = stats.binomtest(1, 5).proportion_ci(method="wilson")
    assert (row.below, row.spread.below.low, row.spread.below.high) == (1, pytest.approx(wilson.low), pytest.approx(wilson.high))
    assert (row.negative, row.steps, row.spread.negative.value) == (1, 2, 0.5)
    unrun = view.models[-1]
    assert (unrun.model, unrun.spread.sd.reason, unrun.worst_run) == ("b", "N/A (n=0)", None)


def test_the_threshold_is_sixty_of_160_points_and_as_large_a_share_of_fewer():
    assert variance.build(FRAME, [_total("a", "s", 1.0)], []).threshold == 60.0
    few = Frame(conditions=FULL.model_copy(update={"actions": ACTION_IDS[:4]}))
    assert variance.build(few, [_total("a", "s", 1.0)], []).threshold == 15.0


@pytest.fixture
def store(db):
    with Store.open(db) as opened:
        yield opened


@pytest.fixture
def charged(store, scripted):
    """Four runs of two models whose steps are charged at random; every charge as (model, action, charge)."""
    pairings = tuple(Pairing(template=site, requirements="r") for site in SITES[:2])
    plan = scripted.plan(("one", "two"), actions=ACTION_IDS, pairings=pairings)
    _, plans = store.create_experiment(plan, simulated=frozenset({"two"}), created_at=scripted.START)
    told, chance = [], random.Random(5)
    for at, run in enumerate(plans):
        script = scripted.Script(run, seed=at)
        items = [script.started()]
        for step in range(1, 17):
            for event, blobs in script.step(step):
                if isinstance(event, FindingReported):
                    kind = chance.choice(list(Kind))
                    provenance = chance.choice((Provenance.OWN, Provenance.OWN, Provenance.INHERITED))
                    amount = 0.0 if provenance is Provenance.INHERITED else chance.choice((0.5, 1.0, 2.5))
                    finding = event.charge.finding.model_copy(
                        update={
                            "violation": chance.choice(("html.broken", "text.missing", "seo.title-wrong")),
                            "provenance": provenance,
                        }
                    )
                    charge = event.charge.model_copy(update={"finding": finding, "kind": kind, "amount": amount})
                    event = event.model_copy(update={"charge": charge})
                    told.append((run.model, event.step, run.run_id, charge))
                if isinstance(event, StepScored):
                    event = event.model_copy(update={"score": scripted.score(8.0 - told[-1][3].amount)})
                items.append((event, blobs))
        items.append(script.finished())
        store.append([event for event, _ in items], {sha: text for _, more in items for sha, text in more.items()})
    return told


def test_causes_are_what_a_recount_over_the_charges_gives(store, charged):
    view = load(store, "violations", Scope(), {})
    assert view.steps == 64
    assert view.points == pytest.approx(sum(charge.amount for *_, charge in charged))
    assert view.lost == pytest.approx(view.points)
    assert not any("overrides" in note for note in view.notes)
    for model in (None, "one", "two"):
        for action in (None, "swap-fonts"):
            causes = view.narrowed(model, action)
            ours = [
                charge
                for whose, step, _, charge in charged
                if model in (None, whose) and (action is None or step == BY_ID[action].number)
            ]
            assert sum(cause.count for cause in causes) == len(ours)
            for cause in causes:
                mine = [one for one in ours if one.finding.violation == cause.violation]
                assert cause.points == pytest.approx(sum(one.amount for one in mine))
                assert (cause.count, cause.charged) == (len(mine), sum(one.amount > 0 for one in mine))
                assert cause.inherited_count == sum(one.finding.provenance is Provenance.INHERITED for one in mine)
                undone = sum(one.amount for one in mine if one.kind is Kind.COMPLETION)
                assert (cause.completion, cause.regression) == (pytest.approx(undone), pytest.approx(cause.points - undone))
    assert {cause.points for cause in view.narrowed(whose="inherited")} == {0.0}
    assert (view.scored("one"), view.scored("one", "swap-fonts")) == (32, 2)


def test_every_example_of_a_cause_is_behind_it_with_its_place_in_the_step(store, charged):
    view = load(store, "violations", Scope(), {})
    for cause in view.causes:
        page = behind(store, StepsWanted(violation=cause.violation))
        assert page.total == cause.count
        found = {(run_id, step) for _, step, run_id, charge in charged if charge.finding.violation == cause.violation}
        assert {(one.run_id, one.step) for one in page.steps} == found
        for one in page.steps:
            (number,) = [charge.number for charge in one.charges if charge.violation == cause.violation]
            reported = [
                event for event in store.events(one.run_id) if isinstance(event, FindingReported) and event.step == one.step
            ]
            assert reported[number - 1].charge.finding.violation == cause.violation
        own = behind(store, StepsWanted(violation=cause.violation, provenance="own"))
        assert own.total == cause.count - cause.inherited_count


def test_gaps_in_the_store_are_those_of_the_scores_by_run(store, charged):
    _, samples = sampled(store, Scope())
    view = load(store, "gap", Scope(), {"reference": "one"})
    for by in ("action", "category"):
        groups = {row.row: row.actions for row in view.rows(by)}
        table = samples.scores
        scores = {
            model: [table.of_run(place) for place, own in enumerate(table.models) if own == model] for model in ("one", "two")
        }
        for row, one in zip(view.rows(by), gaps(scores, "one", groups), strict=True):
            assert _same(row.gaps["two"], one.gaps["two"])
            assert row.n == {"one": 2, "two": 2}


def test_scores_by_run_are_those_of_its_steps(store, charged):
    _, samples = sampled(store, Scope(models=("two",)))
    table = samples.scores
    assert table.runs == tuple(run.run_id for run in samples.runs)
    for place, name in enumerate(table.runs):
        amounts = {ACTION_IDS[step - 1]: charge.amount for _, step, run_id, charge in charged if run_id == name}
        assert table.of_run(place) == {action: pytest.approx(8.0 - amount) for action, amount in amounts.items()}
        assert table.complete[place]
    _, narrowed = sampled(store, Scope(actions=("swap-fonts",)))
    assert narrowed.scores.actions == ("swap-fonts",)
    assert {tuple(narrowed.scores.of_run(place)) for place in range(len(narrowed.scores))} == {("swap-fonts",)}


def test_points_that_no_charge_explains_are_said_to_be_overrides():
    one = ChargeSums(
        violation="text.missing",
        model="a",
        action="swap-fonts",
        kind=Kind.COMPLETION,
        provenance="own",
        count=1,
        charged=1,
        amount=2.0,
    )
    view = violations.build(FRAME, [one], [])
    assert (view.points, view.lost) == (2.0, 0.0)
    assert "people's overrides" in view.notes[0]
