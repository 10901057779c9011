"""Corrected means recover the truth where raw ones do not; score maps against scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from sklearn.isotonic import IsotonicRegression

from sitegen_tui.domain.agreement import ScoreMap
from sitegen_tui.stats.calibration import after_more, calibrate, calibrate_all, gain, inclusion, queue
from sitegen_tui.stats.judged import Judged
from sitegen_tui.stats.score_maps import at, isotonic, rogan_gladen, score_map


def steps(names, judged, label, probability=None):
    """Columns of steps; the same name is the same run."""
    numbers = {name: number for number, name in enumerate(sorted(set(names)))}
    nothing = np.full(len(names), np.nan)
    run = np.array([numbers[name] for name in names], dtype=np.int64)
    return Judged(run, np.array(judged, float), np.array(label, float), nothing if probability is None else np.array(probability))


def population(random, runs=40, size=8, bias=1.5, noise=1.0, cluster=1.0):
    """Run names, people's scores (true mean 6) and a lenient judge's."""
    names = [f"r{index}" for index in range(runs) for _ in range(size)]
    truth = 6 + np.repeat(random.normal(0, cluster, runs), size) + random.normal(0, 2, runs * size)
    return names, truth, truth + bias + random.normal(0, noise, runs * size)


def evenly(random, names, truth, judged, labels):
    label = np.full(len(names), np.nan)
    chosen = random.choice(len(names), labels, replace=False)
    label[chosen] = truth[chosen]
    return steps(names, judged, label)


def test_the_corrected_mean_covers_the_truth_where_the_raw_one_never_does():
    random = np.random.default_rng(1)
    held = raw_held = shorter = 0
    for _ in range(300):
        names, truth, judged = population(random)
        found = calibrate(evenly(random, names, truth, judged, 80))
        held += found.estimate.holds(6.0)
        half = found.estimate.high - found.estimate.value
        raw_held += abs(found.raw - 6.0) <= half
        shorter += found.gain > 1
    assert held / 300 == pytest.approx(0.95, abs=0.04)
    assert raw_held / 300 < 0.05
    assert shorter / 300 > 0.95


def test_labels_drawn_by_disagreement_stay_unbiased_when_weighted():
    random = np.random.default_rng(2)
    values, plain, held = [], [], 0
    for _ in range(300):
        names, truth, judged = population(random)
        urgency = np.abs(judged - truth - 1.5) + np.maximum(truth - 6, 0)
        drawn = inclusion(queue(["all"] * len(names), urgency.tolist()), 80)
        chosen = random.random(len(names)) < drawn
        found = calibrate(steps(names, judged, np.where(chosen, truth, np.nan), drawn))
        values.append(found.estimate.value)
        held += found.estimate.holds(6.0)
        plain.append(np.mean(truth[chosen]))
    assert np.mean(values) == pytest.approx(6.0, abs=0.06)
    assert np.mean(plain) > 6.4
    assert held / 300 > 0.92


def test_trust_in_judgements_is_that_of_the_formula():
    random = np.random.default_rng(3)
    names, truth, judged = population(random, cluster=0.0)
    items = evenly(random, [f"i{i}" for i in range(len(names))], truth, judged, 100)
    found = calibrate(items)
    label, f, rest = items.label[items.has], items.judged[items.has], items.judged[~items.has]
    weight = np.cov(label, f)[0, 1] / ((1 + len(label) / len(rest)) * np.var(judged, ddof=1))
    assert found.weight == pytest.approx(weight, abs=1e-12)
    assert found.estimate.value == pytest.approx(weight * rest.mean() + np.mean(label - weight * f), abs=1e-12)
    error = math.sqrt(weight**2 * rest.var() / len(rest) + np.var(label - weight * f) / len(label))
    half = found.estimate.high - found.estimate.value
    assert half / stats.t.ppf(0.975, 99) == pytest.approx(error, rel=0.01)


def test_a_judge_that_is_noise_is_not_trusted():
    random = np.random.default_rng(4)
    names, truth, _ = population(random)
    found = calibrate(evenly(random, names, truth, -truth, 60))
    assert found.weight == 0.0
    assert found.gain == pytest.approx(1.0)


def test_gains_are_the_published_ones():
    assert [round(gain(rho, 100, 1000), 2) for rho in (0.5, 0.7, 0.8, 0.9)] == [1.29, 1.80, 2.39, 3.79]


def test_runs_count_as_one_each_where_their_items_agree():
    values = [i // 10 for i in range(60)]
    items = steps([f"r{value}" for value in values], values, values)
    apart = steps([f"i{i}" for i in range(60)], values, values)
    wide, narrow = (found.estimate.high - found.estimate.value for found in (calibrate(items), calibrate(apart)))
    assert wide > 3 * narrow


@pytest.mark.parametrize("labels", [[], [math.nan], [4.0], [4.0, 6.0]])
def test_too_few_labels_have_a_reason(labels):
    items = steps(["r"] * len(labels), [5.0] * len(labels), labels)
    found = calibrate(items)
    assert found.estimate.value is None
    assert found.estimate.reason.startswith("N/A (")
    assert after_more(items, 10) is None


def test_probabilities_are_given_for_all_labels_or_none():
    with pytest.raises(ValueError, match="probabilities"):
        calibrate(steps(["a", "b"], [1.0, 2.0], [1.0, 2.0], [0.5, math.nan]))


def test_a_model_with_few_labels_borrows_the_correction_and_says_so():
    random = np.random.default_rng(5)
    names, truth, judged = population(random)
    others = population(random)
    models = {"few": evenly(random, names, truth, judged, 4), "many": evenly(random, *others, 120)}
    found = calibrate_all(models)
    assert found["many"].warning == ""
    assert "4 labels of its own" in found["few"].warning
    assert found["few"].estimate.value == pytest.approx(found["few"].raw - 1.5, abs=0.4)


def test_more_labels_shrink_the_interval_by_about_what_was_promised():
    random = np.random.default_rng(6)
    promised, kept = [], []
    for _ in range(60):
        names, truth, judged = population(random, noise=2.0, cluster=0.0)
        items = evenly(random, names, truth, judged, 60)
        ahead = after_more(items, 60)
        promised.append(ahead.expected / ahead.half_width)
        more = random.choice(np.flatnonzero(~items.has), 60, replace=False)
        label = items.label.copy()
        label[more] = truth[more]
        later = calibrate(steps(names, judged, label)).estimate
        kept.append((later.high - later.value) / ahead.half_width)
    assert np.mean(promised) == pytest.approx(np.mean(kept), abs=0.05)
    assert np.mean(promised) < 0.85


def test_the_queue_is_half_even_and_half_by_urgency_in_each_stratum():
    found = queue(["a", "a", "b", "b"], [3.0, 1.0, 0.0, 0.0])
    assert found == pytest.approx([0.25 + 0.375, 0.25 + 0.125, 0.5, 0.5])
    with pytest.raises(ValueError, match="urgency"):
        queue(["a"], [-1.0])


def test_inclusion_adds_up_and_never_exceeds_one():
    random = np.random.default_rng(7)
    for _ in range(50):
        weights = random.gamma(0.3, 1, 20).tolist()
        wanted = int(random.integers(0, 21))
        found = inclusion(weights, wanted)
        assert sum(found) == pytest.approx(wanted)
        assert all(0 <= one <= 1 for one in found)
    with pytest.raises(ValueError, match="cannot be labelled"):
        inclusion([0.5, 0.5], 3)


def test_the_true_share_is_recovered_where_the_flagged_one_is_off():
    random = np.random.default_rng(8)
    held = off = 0
    for trial in range(300):
        present = random.binomial(600, 0.1)
        flagged = random.binomial(present, 0.8) + random.binomial(600 - present, 0.1)
        found = rogan_gladen(flagged, 600, random.binomial(60, 0.8), 60, random.binomial(120, 0.9), 120, seed=trial, resamples=500)
        held += found.holds(0.1)
        off += abs(flagged / 600 - 0.1) > 0.03
    assert held / 300 > 0.91
    assert off / 300 > 0.9


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ((5, 10, 5, 10, 5, 10), "N/A (sensitivity 0.50, specificity 0.50)"),
        ((0, 0, 9, 10, 9, 10), "N/A (no items)"),
        ((1, 10, 0, 0, 9, 10), "N/A (no items with the violation)"),
        ((1, 10, 9, 10, 0, 0), "N/A (no items without it)"),
    ],
)
def test_a_judge_that_cannot_tell_has_no_share(counts, reason):
    found = rogan_gladen(*counts, seed=0)
    assert (found.value, found.reason) == (None, reason)


def test_a_share_is_never_below_nothing():
    assert rogan_gladen(0, 50, 9, 10, 18, 20, seed=0).value == 0.0
    with pytest.raises(ValueError, match="part of"):
        rogan_gladen(5, 4, 1, 1, 1, 1, seed=0)


@pytest.mark.parametrize("seed", range(12))
def test_the_rising_curve_is_scikit_learns(seed):
    random = np.random.default_rng(seed)
    x = random.integers(-15, 11, 120).astype(float)
    y = 0.6 * x + random.normal(0, 3, 120)
    knots = isotonic(x.tolist(), y.tolist())
    theirs = IsotonicRegression(out_of_bounds="clip").fit(x, y)
    for place in [*np.unique(x), -20.0, 20.0, 0.5, 3.25]:
        assert at("isotonic", knots, place) == pytest.approx(theirs.predict([place])[0], abs=1e-9)


def test_a_line_serves_few_items_and_a_curve_many():
    random = np.random.default_rng(9)
    for n, kind in ((60, "linear"), (150, "isotonic")):
        judged = random.uniform(-15, 10, n)
        human = 0.7 * judged - 1 + random.normal(0, 1, n)
        found = score_map(judged.tolist(), human.tolist(), [f"r{i % 12}" for i in range(n)])
        slope, intercept, *_ = stats.linregress(judged, human)
        assert found.kind == kind
        assert (found.slope, found.intercept) == pytest.approx((slope, intercept), rel=1e-9)
        assert found.residual_sd == pytest.approx(1.0, abs=0.3)
        assert len(found.predicted) == n
        assert ScoreMap.model_validate_json(found.model_dump_json()) == found


def test_predictions_do_not_see_their_own_run():
    judged = [0.0, 10.0] * 3
    human = [0.0, 10.0, 0.0, 10.0, 0.0, 10.0]
    spoilt = [100.0, 200.0, *human[2:]]
    runs = ["a", "a", "b", "b", "c", "c"]
    clean, odd = score_map(judged, human, runs), score_map(judged, spoilt, runs)
    assert odd.predicted[:2] == pytest.approx(clean.predicted[:2])
    assert odd.predicted[2:] != pytest.approx(clean.predicted[2:])


@pytest.mark.parametrize(
    ("judged", "runs", "reason"),
    [([], [], "N/A (n=0)"), ([1.0, 2.0], ["a", "a"], "N/A (one run)"), ([1.0, 1.0], ["a", "b"], "N/A (all judged alike)")],
)
def test_what_cannot_be_mapped_says_why(judged, runs, reason):
    assert score_map(judged, judged, runs).reason == reason
