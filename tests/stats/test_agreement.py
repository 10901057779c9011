"""Agreement, against scikit-learn, statsmodels, pingouin and krippendorff, on random and on degenerate ratings."""

from __future__ import annotations

import math
import warnings

import krippendorff as oracle
import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, confusion_matrix
from statsmodels.stats.inter_rater import cohens_kappa

from sitegen_tui.domain.agreement import Agreement, BlandAltman
from sitegen_tui.stats.agreement import confusion, gwet, kappa, percent, read_kappa
from sitegen_tui.stats.agreement_scores import bland_altman, icc_agreement, krippendorff, read_alpha, read_icc

LABELS = (0, 1, 2, 3)
RATING = st.none() | st.sampled_from(LABELS)


def raters(seed, n=60, labels=4, noise=0.4, gaps=0.0, count=2):
    random = np.random.default_rng(seed)
    truth = random.integers(0, labels, n)
    found = []
    for _ in range(count):
        own = np.where(random.random(n) < noise, random.integers(0, labels, n), truth)
        found.append([None if random.random() < gaps else int(label) for label in own])
    return found


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
@pytest.mark.parametrize("seed", range(8))
def test_kappa_is_that_of_scikit_learn_with_the_interval_of_statsmodels(seed, weights):
    first, second = raters(seed)
    found = kappa(first, second, LABELS, weights).estimate
    theirs = cohen_kappa_score(first, second, labels=list(LABELS), weights=None if weights == "none" else weights)
    assert found.value == pytest.approx(theirs, abs=1e-12)
    table = confusion_matrix(first, second, labels=list(LABELS))
    by_power = {"none": {}, "linear": {"wt": "linear"}, "quadratic": {"wt": "quadratic"}}[weights]
    other = cohens_kappa(table, **by_power)
    # statsmodels takes the plain 1.96.
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * math.sqrt(other.var_kappa), rel=1e-6)


def test_confusion_and_percent_leave_out_what_one_rater_lacks():
    first, second = raters(3, gaps=0.2)
    kept = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    found = confusion(first, second, LABELS)
    assert np.array(found.counts).tolist() == confusion_matrix(*zip(*kept, strict=True), labels=list(LABELS)).tolist()
    assert found.n == len(kept)
    assert percent(first, second, LABELS).estimate.value == pytest.approx(np.mean([a == b for a, b in kept]))


def test_a_rare_label_pulls_kappa_down_and_not_ac1():
    # 2 % prevalence; each rater sees 90 % of what is there and is right on 97 % of what is not.
    both, neither = 0.02 * 0.81 + 0.98 * 0.03**2, 0.02 * 0.01 + 0.98 * 0.97**2
    counts = [round(100000 * share) for share in (both, (1 - both - neither) / 2, (1 - both - neither) / 2, neither)]
    pairs = np.repeat([(1, 1), (1, 0), (0, 1), (0, 0)], counts, axis=0)
    first, second = pairs[:, 0].tolist(), pairs[:, 1].tolist()
    assert percent(first, second, (0, 1)).estimate.value == pytest.approx(0.94, abs=0.005)
    assert kappa(first, second, (0, 1)).estimate.value == pytest.approx(0.32, abs=0.01)
    found = gwet(first, second, (0, 1))
    assert found.estimate.value == pytest.approx(0.93, abs=0.005)
    assert found.prevalence == pytest.approx(0.0474, abs=0.0005)


@pytest.mark.parametrize("weights", ["none", "quadratic"])
@pytest.mark.parametrize("seed", range(4))
def test_gwets_spread_is_that_of_the_jackknife(seed, weights):
    first, second = raters(seed, n=80)
    found = gwet(first, second, LABELS, weights).estimate
    left_out = [gwet(first[:i] + first[i + 1 :], second[:i] + second[i + 1 :], LABELS, weights).estimate.value for i in range(80)]
    error = math.sqrt(79 / 80 * sum((value - np.mean(left_out)) ** 2 for value in left_out))
    assert (found.high - found.low) / 2 == pytest.approx(1.990 * error, rel=0.03)


def test_intervals_of_kappa_and_ac1_cover():
    random = np.random.default_rng(1)
    table = np.array([[0.55, 0.1], [0.05, 0.3]])
    truth = {"kappa": kappa(*spread_out(table), (0, 1)).estimate.value, "ac1": gwet(*spread_out(table), (0, 1)).estimate.value}
    held = {"kappa": 0, "ac1": 0}
    for _ in range(400):
        cells = random.choice(4, 80, p=table.ravel())
        first, second = (cells // 2).tolist(), (cells % 2).tolist()
        held["kappa"] += kappa(first, second, (0, 1)).estimate.holds(truth["kappa"])
        held["ac1"] += gwet(first, second, (0, 1)).estimate.holds(truth["ac1"])
    assert all(count / 400 == pytest.approx(0.95, abs=0.035) for count in held.values())


def spread_out(table):
    pairs = np.repeat([(0, 0), (0, 1), (1, 0), (1, 1)], np.round(table.ravel() * 10000).astype(int), axis=0)
    return pairs[:, 0].tolist(), pairs[:, 1].tolist()


@pytest.mark.parametrize("seed", range(6))
def test_icc_is_pingouins(seed):
    random = np.random.default_rng(seed)
    data = random.normal(0, 3, (25, 1)) + random.normal(0, 1, (1, 3)) + random.normal(0, 1 + seed / 3, (25, 3))
    found = icc_agreement(data.T.tolist()).estimate
    frame = pd.DataFrame([(i, j, data[i, j]) for i in range(25) for j in range(3)], columns=["item", "rater", "score"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = pingouin.intraclass_corr(frame, targets="item", raters="rater", ratings="score")
    theirs = table.iloc[1]
    ends = theirs["CI95"] if "CI95" in theirs else theirs["CI95%"]
    assert found.value == pytest.approx(theirs["ICC"], abs=1e-9)
    assert (found.low, found.high) == pytest.approx(tuple(ends), abs=0.006)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
@pytest.mark.parametrize("seed", range(6))
def test_alpha_is_that_of_the_package_with_gaps(seed, level):
    ratings = raters(seed, n=30, noise=0.3, gaps=0.25, count=4)
    found = krippendorff(ratings, level, seed=1, resamples=200).estimate
    data = np.array([[np.nan if label is None else label for label in row] for row in ratings], dtype=float)
    theirs = oracle.alpha(reliability_data=data, level_of_measurement=level)
    assert found.value == pytest.approx(theirs, abs=1e-9)
    assert found.low <= found.value <= found.high


def test_the_interval_of_alpha_covers():
    truth = krippendorff(raters(99, n=20000), "nominal", seed=0, resamples=2).estimate.value
    held = sum(krippendorff(raters(seed, n=60), "nominal", seed=seed, resamples=150).estimate.holds(truth) for seed in range(100))
    assert held / 100 == pytest.approx(0.94, abs=0.06)


def test_limits_of_agreement_by_hand_and_in_width():
    found = bland_altman([5.0, 7.0, 9.0, 4.0], [4.0, 7.0, 6.0, 4.0])
    assert found.bias.value == 1.0
    assert found.sd == pytest.approx(math.sqrt(2))
    assert found.upper.value == pytest.approx(1 + 1.959964 * math.sqrt(2), abs=1e-6)
    assert found.unbiased
    many = np.random.default_rng(1).normal(0, 1, 100)
    wide = bland_altman(many.tolist(), [0.0] * 100)
    assert (wide.upper.high - wide.upper.value) / wide.sd == pytest.approx(0.34, abs=0.005)


def test_limits_of_agreement_cover():
    random = np.random.default_rng(5)
    held = {"bias": 0, "upper": 0}
    for _ in range(1000):
        found = bland_altman(random.normal(0.5, 2, 30).tolist(), [0.0] * 30)
        held["bias"] += found.bias.holds(0.5)
        held["upper"] += found.upper.holds(0.5 + 1.959964 * 2)
    assert all(count / 1000 == pytest.approx(0.95, abs=0.025) for count in held.values())


@pytest.mark.parametrize(
    ("first", "second"), [([], []), ([1], [1]), ([1, None], [None, 1]), ([1, 1, 1], [1, 1, 1]), ([0, 1, 2], [0, 1, 2]), ([0], [1])]
)
def test_degenerate_labels_have_a_reason_and_never_a_number_that_is_none(first, second):
    for weights in ("none", "linear", "quadratic"):
        for found in (kappa(first, second, LABELS, weights), gwet(first, second, LABELS, weights)):
            assert found.estimate.reason
            assert found.estimate.low is None
    scores = [[None if label is None else float(label) for label in row] for row in (first, second)]
    assert icc_agreement(scores).estimate.reason
    assert krippendorff(scores, "ordinal", seed=0).estimate.reason


def test_all_equal_ratings_are_said_to_be_so():
    assert kappa([1, 1, 1], [1, 1, 1], LABELS).estimate.reason == "N/A (one category)"
    assert kappa([1, 1, 1], [1, 1, 1], LABELS).estimate.value is None
    assert gwet([1, 1, 1], [1, 1, 1], LABELS).estimate.value == 1.0
    assert icc_agreement([[1.0] * 4] * 2).estimate.reason == "N/A (all ratings equal)"
    assert krippendorff([[1.0] * 4] * 2, "interval", seed=0).estimate.reason == "N/A (all ratings equal)"
    assert icc_agreement([[1.0, 2.0, 3.0]]).estimate.reason == "N/A (1 raters)"


def test_raters_a_constant_apart_agree_less_than_fully():
    found = icc_agreement([[1.0, 2.0, 3.0, 4.0], [3.0, 4.0, 5.0, 6.0]]).estimate
    assert 0 < found.low < found.value < found.high <= 1


@settings(max_examples=80)
@given(st.integers(0, 12).flatmap(lambda n: st.tuples(*[st.lists(RATING, min_size=n, max_size=n)] * 3)))
def test_whatever_is_rated_there_is_a_number_or_a_reason(ratings):
    first, second, third = ratings
    scores = [[None if label is None else float(label) for label in row] for row in (first, second, third)]
    found = [gwet(first, second, LABELS), percent(first, second, LABELS), icc_agreement(scores)]
    found += [kappa(first, second, LABELS, weights) for weights in ("none", "linear", "quadratic")]
    found += [krippendorff(scores, level, seed=1, resamples=20) for level in ("nominal", "ordinal", "interval")]
    for one in found:
        estimate = one.estimate
        assert (estimate.value is None) <= bool(estimate.reason)
        assert (estimate.low is None) == bool(estimate.reason)
        assert all(number is None or math.isfinite(number) for number in (estimate.value, estimate.low, estimate.high))
        assert Agreement.model_validate_json(one.model_dump_json()) == one
    limits = bland_altman(scores[0], scores[1])
    assert (limits.lower.value is None) == (limits.n < 3)
    assert BlandAltman.model_validate_json(limits.model_dump_json()) == limits


def test_readings_are_those_of_the_literature():
    assert [read_kappa(value) for value in (-0.1, 0.2, 0.21, 0.6, 0.61, 0.81)] == [
        "poor",
        "slight",
        "fair",
        "moderate",
        "substantial",
        "almost perfect",
    ]
    assert [read_icc(value) for value in (0.49, 0.5, 0.75, 0.91)] == ["poor", "moderate", "good", "excellent"]
    assert [read_alpha(value) for value in (0.8, 0.667, 0.66)] == ["firm", "tentative", "unreliable"]
