"""Gaps, hard actions, categories and templates, and the spread of runs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sitegen_tui.stats.gaps import categories, difference, difference_by_cell, difficulty, gaps, templates
from sitegen_tui.stats.variance import spread

ACTIONS = ("colours", "fonts", "sections")


def runs_of(random, means, n):
    return [{action: float(random.normal(mean, 1)) for action, mean in zip(ACTIONS, means, strict=True)} for _ in range(n)]


@pytest.fixture
def runs():
    random = np.random.default_rng(1)
    return {"gold": runs_of(random, (10, 9, 9), 6), "a": runs_of(random, (6, 8, 1), 9), "b": runs_of(random, (7, 9, -3), 5)}


def test_a_gap_is_the_difference_of_means_with_welchs_interval(runs):
    found = gaps(runs, "gold", {action: (action,) for action in ACTIONS})
    assert [gap.name for gap in found] == ["sections", "colours", "fonts"]
    deepest = found[0]
    theirs = stats.ttest_ind([run["sections"] for run in runs["b"]], [run["sections"] for run in runs["gold"]], equal_var=False)
    ends = theirs.confidence_interval()
    assert (deepest.gaps["b"].low, deepest.gaps["b"].high) == pytest.approx((ends.low, ends.high), rel=1e-9)
    assert deepest.mean_gap == pytest.approx((deepest.gaps["a"].value + deepest.gaps["b"].value) / 2)
    assert "gold" not in deepest.gaps


def test_a_gap_is_paired_by_cell_where_all_have_the_same_cells():
    random = np.random.default_rng(6)
    cells = [f"t{number}" for number in range(5) for _ in range(2)]
    hard = {cell: random.normal(0, 4) for cell in cells}
    runs = {
        model: [{"x": 5 + shift + hard[cell] + random.normal(0, 0.5)} for cell in cells]
        for model, shift in (("gold", 0.0), ("a", -2.0))
    }
    cells_of = dict.fromkeys(runs, cells)
    (gap,) = gaps(runs, "gold", {"x": ("x",)}, cells=cells_of)
    means = {model: np.reshape([run["x"] for run in own], (5, 2)).mean(axis=1) for model, own in runs.items()}
    ends = stats.ttest_rel(means["a"], means["gold"]).confidence_interval()
    found = gap.gaps["a"]
    assert (found.method, found.n) == ("paired by cell", 5)
    assert (found.low, found.high) == pytest.approx((ends.low, ends.high), rel=1e-9)
    (plain,) = gaps(runs, "gold", {"x": ("x",)})
    assert plain.gaps["a"].method == "welch"
    assert plain.gaps["a"].value == pytest.approx(found.value)
    assert plain.gaps["a"].high > found.high
    uneven = {**cells_of, "a": ["t0", *cells[1:-1], "t0"]}
    assert gaps(runs, "gold", {"x": ("x",)}, cells=uneven)[0].gaps["a"].method == "welch"


def test_differences_by_cell_that_are_all_the_same_have_no_interval():
    found = difference_by_cell({"a": [2.0], "b": [3.0], "c": [4.0]}, {"a": [1.0], "b": [2.0], "c": [3.0]})
    assert (found.value, found.n, found.reason) == (1.0, 3, "N/A (no spread)")


def test_a_model_without_scores_has_no_gap_and_is_left_out_of_the_mean(runs):
    found = gaps({**runs, "c": [{"fonts": 3.0}]}, "gold", {"colours": ("colours",)})[0]
    assert found.gaps["c"].reason == "N/A (n=0)"
    assert found.mean_gap == pytest.approx((found.gaps["a"].value + found.gaps["b"].value) / 2)


def test_a_reference_that_never_ran_is_refused(runs):
    with pytest.raises(KeyError):
        gaps(runs, "nobody", {"colours": ("colours",)})


def test_one_run_and_equal_runs_have_a_difference_without_an_interval():
    assert difference([3.0], [1.0, 2.0]).reason == "N/A (n=1)"
    assert difference([3.0, 3.0], [1.0, 1.0]).reason == "N/A (no spread)"
    assert difference([3.0, 3.0], [1.0, 1.0]).value == 2.0


def test_hard_actions_come_first_and_the_weighting_matters(runs):
    by_model, by_run = (difficulty(runs, ACTIONS, weighting) for weighting in ("models", "runs"))
    assert [one.action for one in by_model] == ["sections", "colours", "fonts"]
    means = [np.mean([run["sections"] for run in own]) for own in runs.values()]
    assert by_model[0].mean.value == pytest.approx(np.mean(means))
    assert by_run[0].mean.value == pytest.approx(np.average(means, weights=[6, 9, 5]))
    assert by_model[0].best[0] == "gold"
    assert by_model[0].worst[0] == "b"


def test_of_one_model_the_difficulty_has_the_t_interval():
    values = [1.0, 5.0, 2.0, 4.0]
    found = difficulty({"a": [{"x": value} for value in values]}, ["x"])[0].mean
    assert (found.low, found.high) == pytest.approx(stats.t.interval(0.95, 3, np.mean(values), stats.sem(values)))


def test_the_interval_of_a_difficulty_covers_with_unequal_spreads():
    random = np.random.default_rng(3)
    held = 0
    for _ in range(1500):
        runs = {"a": [{"x": value} for value in random.normal(2, 1, 4)], "b": [{"x": value} for value in random.normal(8, 5, 9)]}
        held += difficulty(runs, ["x"])[0].mean.holds(5.0)
    assert held / 1500 == pytest.approx(0.95, abs=0.025)


def test_a_category_is_the_mean_of_its_action_means_with_dependence_within_runs():
    random = np.random.default_rng(4)
    level = random.normal(0, 3, 12)
    runs = [{"x": 5 + shift, "y": 7 + shift, "z": 1.0} for shift in level]
    brand, other = categories(runs, {"x": "Brand", "y": "Brand", "z": "Layout"})
    assert brand.mean.value == pytest.approx(6 + level.mean())
    assert brand.mean.high - brand.mean.value == pytest.approx(stats.t.ppf(0.975, 11) * level.std(ddof=1) / np.sqrt(12))
    assert (other.mean.low, other.mean.high) == (1.0, 1.0)


def test_unscored_steps_leave_a_category_without_an_interval():
    runs = [{"x": 5.0, "y": 7.0}, {"x": 6.0}, {"x": 4.0, "y": 9.0}]
    (found,) = categories(runs, {"x": "Brand", "y": "Brand"})
    assert (found.mean.value, found.mean.reason) == (6.5, "N/A (unscored steps)")
    (none,) = categories([{"x": 1.0}], {"x": "Brand", "y": "Brand"})
    assert none.mean.value is None


def test_the_best_alternative_of_a_template_is_given_in_per_cent_of_the_reference():
    totals = {"gold": {"t": [150.0], "u": [0.0]}, "a": {"t": [120.0, 132.0], "u": [3.0]}, "b": {"t": [90.0]}}
    first, second = templates(totals, "gold")
    assert (first.cell, first.best, first.percent) == ("t", "a", pytest.approx(84.0))
    assert second.percent is None
    assert templates(totals)[0].best == "gold"


def test_spread_names_runs_that_happened_and_counts_bad_ends():
    found = spread("a", [124.2, 120.2, 108.2, 89.5, 96.0], [-3.8, 10.0, 0.0, -0.1], threshold=90)
    assert (found.best, found.worst) == (124.2, 89.5)
    assert found.range == pytest.approx(34.7)
    assert found.below.value == 0.2
    assert found.negative.value == 0.5
    assert spread("a", [], []).below.reason == "N/A (n=0)"
