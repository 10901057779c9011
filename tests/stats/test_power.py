"""Power and numbers of runs, against statsmodels, against the published figures and by simulation."""

from __future__ import annotations

import math
import sys
from subprocess import run

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.power import TTestIndPower, TTestPower

from sitegen_tui.stats.power import (
    apart_probability,
    detectable,
    first_step_alpha,
    normal_n,
    pair_correlation,
    plan,
    pooled_sd,
    power_at,
    run_next,
)

CASES = st.tuples(st.integers(2, 80), st.floats(0.0, 60), st.floats(2, 40), st.floats(0.001, 0.2))


@settings(max_examples=40)
@given(CASES)
def test_power_unpaired_is_that_of_statsmodels(case):
    n, difference, sd, alpha = case
    theirs = TTestIndPower().power(difference / sd, n, alpha)
    assume(math.isfinite(theirs))
    assert power_at(n, difference, sd, alpha=alpha) == pytest.approx(theirs, abs=1e-8)


@settings(max_examples=40)
@given(CASES, st.floats(-0.9, 0.9))
def test_power_paired_is_that_of_statsmodels(case, correlation):
    n, difference, sd, alpha = case
    theirs = TTestPower().power(difference / (sd * math.sqrt(2 * (1 - correlation))), n, alpha)
    assume(math.isfinite(theirs))
    assert power_at(n, difference, sd, alpha=alpha, paired=True, correlation=correlation) == pytest.approx(theirs, abs=1e-8)


@settings(max_examples=25)
@given(st.floats(3, 60), st.floats(5, 40), st.floats(0.5, 0.95), st.booleans())
def test_a_plan_is_the_smallest_number_that_suffices(difference, sd, power, paired):
    found = plan(difference, sd, power=power, paired=paired)
    assert found.power >= power
    assert found.n == 2 or power_at(found.n - 1, difference, sd, paired=paired) < power
    assert found.n_normal == math.ceil(normal_n(difference, sd, power=power, paired=paired))


def test_published_numbers_of_runs_are_reproduced():
    assert normal_n(20, 20) == pytest.approx(15.70, abs=0.005)
    assert normal_n(20, 20.1) == pytest.approx(15.86, abs=0.005)
    assert [(plan(20, sd).n_normal, plan(20, sd).n) for sd in (20, 24.5, 28.9)] == [(16, 17), (24, 25), (33, 34)]
    assert [power_at(15, 20, sd) for sd in (20, 24.5, 28.9)] == pytest.approx([0.753, 0.58, 0.45], abs=0.005)
    assert plan(20, math.sqrt((20.1**2 + 28.9**2) / 2)).n_normal == 25
    assert plan(20, 20, alpha=first_step_alpha(4)).n_normal == 25


def test_power_grows_with_the_difference_to_one_where_scipy_has_no_number():
    found = [power_at(30, difference, 2.0, alpha=0.0156) for difference in (0.0, 1.0, 2.0, 4.0, 40.0, 400.0)]
    assert found[0] == pytest.approx(0.0156, abs=1e-10)
    assert found == sorted(found)
    assert found[-1] == pytest.approx(1.0, abs=1e-12)
    assert power_at(2, 22.0, 2.0, alpha=0.125, paired=True) < 1


def test_published_numbers_of_pairs_are_reproduced():
    assert [plan(20, 20, paired=True, correlation=rho).n for rho in (0, 0.3, 0.5, 0.7)] == [18, 14, 10, 7]


def test_what_cannot_be_planned_says_why():
    assert plan(0, 20).reason == "no number of runs shows a difference of nothing"
    tiny = plan(0.01, 20)
    assert tiny.n is None
    assert tiny.reason == "more than 1000000 runs"
    with pytest.raises(ValueError, match="spread"):
        plan(20, 0)
    with pytest.raises(ValueError, match="alpha"):
        power_at(10, 20, 20, alpha=1)
    with pytest.raises(ValueError, match="correlation"):
        power_at(10, 20, 20, paired=True, correlation=1)
    with pytest.raises(ValueError, match="power"):
        plan(20, 20, power=0.01)


@pytest.mark.parametrize(("n", "sd"), [(3, 20), (9, 20.1), (16, 24.5), (200, 5)])
def test_what_is_detectable_is_detected_with_just_that_power(n, sd):
    found = detectable(n, sd)
    assert power_at(n, found, sd) == pytest.approx(0.8, abs=1e-8)
    assert found / sd == pytest.approx(TTestIndPower().solve_power(nobs1=n, alpha=0.05, power=0.8), rel=1e-5)


def test_the_first_step_of_holm_for_four_models():
    assert first_step_alpha(4) == pytest.approx(0.0083, abs=5e-5)
    with pytest.raises(ValueError, match="no pairs"):
        first_step_alpha(1)


def test_published_chances_of_intervals_apart_are_reproduced():
    assert apart_probability(15, 20, 20) == pytest.approx(0.41, abs=0.01)
    assert apart_probability(28, 20, 20) < 0.8 <= apart_probability(29, 20, 20)
    assert apart_probability(1000, 0, 20) == pytest.approx(0.006, abs=0.0005)


@pytest.mark.parametrize(("n", "difference", "sd", "other"), [(4, 15, 10, 10), (15, 20, 20, 20), (8, 0, 5, 15), (3, 40, 20, 5)])
def test_chances_of_intervals_apart_are_those_of_a_simulation(n, difference, sd, other):
    random = np.random.default_rng(6)
    first, second = random.normal(difference, sd, (40000, n)), random.normal(0, other, (40000, n))
    t = stats.t.ppf(0.975, n - 1) / math.sqrt(n)
    reach = t * (first.std(axis=1, ddof=1) + second.std(axis=1, ddof=1))
    simulated = np.mean(np.abs(first.mean(axis=1) - second.mean(axis=1)) > reach)
    assert apart_probability(n, difference, sd, second_sd=other) == pytest.approx(simulated, abs=0.01)


def test_the_pooled_spread_weighs_by_degrees_of_freedom():
    assert pooled_sd([[1.0, 3.0], [10.0, 10.0, 10.0], [5.0]]) == pytest.approx(math.sqrt(2 / 3))
    assert pooled_sd([[5.0], []]) is None


def test_runs_are_asked_for_to_balance_and_then_for_power():
    totals = {"a": {"t": [1.0, 2.0], "u": [3.0, 4.0]}, "b": {"t": [5.0]}}
    balanced = run_next(totals)
    assert [(one.model, one.cell, one.runs, one.why) for one in balanced] == [("b", "t", 1, "balance"), ("b", "u", 2, "balance")]
    powered = run_next(totals, 5)
    assert powered[:2] == balanced
    assert {(one.model, one.cell, one.runs) for one in powered[2:]} == {(m, c, 1) for m in "ab" for c in "tu"}
    assert run_next({}) == ()


def test_after_the_runs_that_are_asked_for_nothing_is_missing():
    totals = {"a": {"t": [1.0] * 3}, "b": {"u": [5.0]}, "c": {}}
    grown = {model: {cell: list(values) for cell, values in cells.items()} for model, cells in totals.items()}
    for one in run_next(totals, 16):
        grown[one.model].setdefault(one.cell, []).extend([0.0] * one.runs)
    assert run_next(grown, 16) == ()
    assert all(sum(map(len, cells.values())) == 16 for cells in grown.values())


def test_importing_the_planner_does_not_load_scipy():
    code = (
        "import sys, sitegen_tui.stats.power, sitegen_tui.stats.comparisons; sys.exit(bool({'scipy', 'numpy'} & set(sys.modules)))"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.lists(st.tuples(st.integers(0, 160), st.integers(0, 160)), min_size=3, max_size=20))
def test_the_correlation_of_pairs_gives_the_spread_of_their_differences(pairs):
    first, second = np.array([one for one, _ in pairs]), np.array([two for _, two in pairs])
    found = pair_correlation(first.tolist(), second.tolist())
    sd = math.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2)
    if sd == 0:
        assert found is None
        return
    assert sd * math.sqrt(2 * (1 - found)) == pytest.approx((first - second).std(ddof=1), abs=1e-6)
    if first.var() == pytest.approx(second.var()):
        assert found == pytest.approx(stats.pearsonr(first, second).statistic)


def test_the_correlation_of_pairs_with_equal_spreads_is_pearsons():
    first = np.random.default_rng(3).normal(100, 20, 30)
    second = first[::-1].copy()
    assert pair_correlation(first.tolist(), second.tolist()) == pytest.approx(stats.pearsonr(first, second).statistic)
    assert pair_correlation([1.0, 2.0], [1.0, 2.0]) is None
    with pytest.raises(ValueError, match="no pairs"):
        pair_correlation([1.0, 2.0, 3.0], [1.0])
