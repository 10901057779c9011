"""Comparisons of models, against scipy and statsmodels, and their level by simulation."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from sitegen_tui.domain.statistics import Comparison
from sitegen_tui.stats.comparisons import cliffs_delta, compare, holm, letters, overlap, paired, read_delta, welch

SAMPLE = st.lists(st.floats(-240, 160).map(lambda value: round(value, 2)), min_size=2, max_size=25)
PUBLISHED = {"kimi": (108.2, 20.1, 9), "haiku": (107.7, 13.4, 5), "deepseek": (94.0, 28.9, 15), "r1": (41.9, 3.3, 2)}


@settings(max_examples=40)
@given(SAMPLE, SAMPLE, st.floats(0.5, 0.999))
def test_welch_is_scipys(first, second, confidence):
    assume(np.var(first) > 1e-3)
    found = welch(
        np.mean(first), np.std(first, ddof=1), len(first), np.mean(second), np.std(second, ddof=1), len(second), confidence
    )
    theirs = stats.ttest_ind(first, second, equal_var=False)
    ends = theirs.confidence_interval(confidence)
    assert (found.t, found.degrees) == pytest.approx((theirs.statistic, theirs.df), rel=1e-9, abs=1e-9)
    assert found.p == pytest.approx(theirs.pvalue, rel=1e-7, abs=1e-12)
    assert (found.low, found.high) == pytest.approx((ends.low, ends.high), rel=1e-9, abs=1e-7)


@settings(max_examples=40)
@given(st.lists(st.floats(-50, 50).map(lambda value: round(value, 2)), min_size=3, max_size=20))
def test_the_paired_test_is_scipys(differences):
    assume(np.var(differences) > 1e-6)
    found, theirs = paired(differences), stats.ttest_1samp(differences, 0)
    assert (found.t, found.p) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-7, abs=1e-9)
    assert (found.low, found.high) == pytest.approx(tuple(theirs.confidence_interval()), rel=1e-9, abs=1e-9)


def test_published_pairs_are_reproduced_and_the_three_best_are_a_tie():
    found = {pair: welch(*PUBLISHED[pair[0]], *PUBLISHED[pair[1]]) for pair in combinations(PUBLISHED, 2)}
    assert found["kimi", "deepseek"].t == pytest.approx(1.42, abs=0.005)
    assert found["kimi", "deepseek"].p == pytest.approx(0.17, abs=0.005)
    assert found["haiku", "deepseek"].p == pytest.approx(0.17, abs=0.006)
    assert found["kimi", "haiku"].p == pytest.approx(0.96, abs=0.005)
    among_three = [found["kimi", "deepseek"].p, found["haiku", "deepseek"].p, found["kimi", "haiku"].p]
    assert holm(among_three) == pytest.approx([0.51, 0.51, 0.96], abs=0.01)
    adjusted = dict(zip(found, holm([test.p for test in found.values()]), strict=True))
    assert all(p <= 0.001 for pair, p in adjusted.items() if "r1" in pair)


@pytest.mark.parametrize("seed", range(20))
def test_holm_is_that_of_statsmodels(seed):
    random = np.random.default_rng(seed)
    values = list(random.uniform(0, 1, random.integers(1, 15)) ** 3)
    assert holm(values) == pytest.approx(list(multipletests(values, method="holm")[1]), abs=1e-12)


def test_what_could_not_be_tested_is_no_part_of_the_family():
    assert holm([0.02, None, 0.5]) == [pytest.approx(0.04), None, pytest.approx(0.5)]
    assert holm([]) == []


@settings(max_examples=40)
@given(
    st.integers(1, 9).flatmap(
        lambda k: st.tuples(st.just(k), st.sets(st.sampled_from(list(combinations(range(k), 2)) or [(0, 0)])))
    )
)
def test_letters_are_shared_exactly_by_models_that_are_not_told_apart(case):
    k, pairs = case
    names = [f"m{index}" for index in range(k)]
    apart = [(names[i], names[j]) for i, j in pairs if i != j]
    shown = letters(names, apart)
    for first, second in combinations(names, 2):
        tied = (first, second) not in apart
        assert bool(set(shown[first]) & set(shown[second])) == tied
    groups = {letter: {name for name in names if letter in shown[name]} for letter in "".join(shown.values())}
    assert not any(one < other for one in groups.values() for other in groups.values())
    assert shown[names[0]].startswith("a")


def test_a_middle_model_bridges_two_groups_and_a_bridge_that_is_cut_is_absorbed():
    assert letters(["x", "y", "z"], [("x", "z")]) == {"x": "a", "y": "ab", "z": "b"}
    assert letters(["x", "y", "z"], [("x", "z"), ("x", "y")]) == {"x": "a", "y": "b", "z": "b"}


@settings(max_examples=40)
@given(SAMPLE, SAMPLE)
def test_cliffs_delta_is_that_of_the_u_statistic(first, second):
    found = cliffs_delta(first, second, seed=1, resamples=50)
    u = stats.mannwhitneyu(first, second, method="asymptotic").statistic
    assert found.value == pytest.approx(2 * u / (len(first) * len(second)) - 1, abs=1e-12)
    if found.low is not None:
        assert -1 <= found.low <= found.high <= 1


def test_the_interval_of_cliffs_delta_covers():
    random = np.random.default_rng(2)
    truth = 2 * stats.norm.cdf(0.8 / math.sqrt(2)) - 1
    held = sum(
        cliffs_delta(random.normal(0.8, 1, 25), random.normal(0, 1, 25), seed=i, resamples=500).holds(truth) for i in range(300)
    )
    assert held / 300 == pytest.approx(0.94, abs=0.04)


@pytest.mark.parametrize(
    ("delta", "reading"),
    [(0, "negligible"), (0.146, "negligible"), (-0.147, "small"), (0.33, "medium"), (-0.474, "large"), (1, "large")],
)
def test_delta_is_read_as_in_the_literature(delta, reading):
    assert read_delta(delta) == reading


@settings(max_examples=40)
@given(*[st.floats(-10, 10)] * 4)
def test_intervals_overlap_where_they_share_a_point(a, b, c, d):
    low, high, other_low, other_high = min(a, b), max(a, b), min(c, d), max(c, d)
    assert overlap(low, high, other_low, other_high) == (max(low, other_low) <= min(high, other_high))


def test_a_balanced_design_is_compared_cell_by_cell_and_finds_what_welch_misses():
    random = np.random.default_rng(5)
    cells = {f"t{index}": random.normal(100, 30) for index in range(8)}
    totals = {
        model: {cell: [level + gain + random.normal(0, 3) for _ in range(2)] for cell, level in cells.items()}
        for model, gain in (("better", 8.0), ("worse", 0.0))
    }
    found = compare(totals, seed=1)
    (pair,) = found.pairs
    assert found.balanced
    assert (pair.method, pair.first) == ("paired by cell", "better")
    assert pair.low <= 8 <= pair.high
    assert found.letters == {"better": "a", "worse": "b"}
    theirs = stats.ttest_rel(*[[np.mean(values) for values in totals[model].values()] for model in ("better", "worse")])
    assert (pair.t, pair.p) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-9)
    del totals["worse"]["t0"]
    unpaired = compare(totals, seed=1)
    assert not unpaired.balanced
    assert unpaired.pairs[0].method == "welch"
    assert unpaired.letters == {"better": "a", "worse": "a"}


def test_a_model_with_one_run_is_not_tested_and_bears_no_letter():
    found = compare({"a": {"t": [100.0, 110.0, 120.0]}, "b": {"t": [90.0]}, "c": {"t": [10.0, 11.0, 12.0]}, "none": {}}, seed=0)
    assert found.letters == {"a": "a", "b": "", "c": "b"}
    reasons = {(pair.first, pair.second): pair.reason for pair in found.pairs}
    assert reasons == {("a", "b"): "N/A (n=1)", ("a", "c"): "", ("b", "c"): "N/A (n=1)"}
    assert Comparison.model_validate_json(found.model_dump_json()) == found


def test_two_constants_differ_without_a_test():
    found = compare({"a": {"t": [160.0] * 4}, "b": {"t": [120.0] * 4}}, seed=0)
    (pair,) = found.pairs
    assert (pair.difference, pair.p, pair.reason) == (40.0, None, "N/A (no spread)")


def test_the_tests_hold_their_level_over_the_family():
    random = np.random.default_rng(8)
    wrong = 0
    for _ in range(400):
        totals = {model: {"t": list(random.normal(100, sd, n))} for model, sd, n in (("a", 20, 9), ("b", 13, 5), ("c", 29, 15))}
        wrong += any(pair.adjusted_p <= 0.05 for pair in compare(totals, seed=0, resamples=2).pairs)
    assert wrong / 400 <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 400)


def test_cliffs_delta_is_the_same_by_ranks_and_by_pairs() -> None:
    random = np.random.default_rng(5)
    for _ in range(20):
        first, second = (random.integers(0, 9, size=size).tolist() for size in random.integers(3, 40, size=2))
        by_ranks, by_pairs = cliffs_delta(first, second, seed=1, resamples=0), cliffs_delta(first, second, seed=1, resamples=50)
        assert by_ranks.value == pytest.approx(by_pairs.value, abs=1e-12)
        assert (by_ranks.low, by_ranks.high, by_ranks.reason) == (None, None, "not resampled")
