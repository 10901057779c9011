"""Means, spreads and their intervals, against scipy and statsmodels and by simulation."""

import math
import sys
from subprocess import run

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from sitegen_tui.domain.statistics import Estimate, Interval
from sitegen_tui.stats.intervals import bootstrap, half_width, interval, percent_of, sd_interval, share, t_quantile, why_none

NUMBERS = st.lists(st.floats(-240, 160), min_size=3, max_size=40)


@pytest.mark.parametrize(
    ("mean", "sd", "n", "low", "high"),
    [(108.2, 20.1, 9, 92.75, 123.65), (107.7, 13.4, 5, 91.06, 124.34), (94.0, 28.9, 15, 78.0, 110.0)],
)
def test_published_intervals_are_reproduced_from_mean_sd_and_n(mean, sd, n, low, high):
    half = half_width(n, sd)
    assert mean - half == pytest.approx(low, abs=0.006)
    assert mean + half == pytest.approx(high, abs=0.006)


def test_the_standard_deviation_is_the_samples_not_the_populations():
    found = interval([124.2, 120.2, 108.2, 89.5, 96.0])
    assert found.sd == pytest.approx(14.97, abs=0.005)
    assert (found.low, found.high) == (pytest.approx(89.0, abs=0.05), pytest.approx(126.2, abs=0.05))


@pytest.mark.parametrize("values", [[], [41.0], [39.6, 44.2]])
def test_too_few_values_have_no_interval_and_a_reason(values):
    found = interval(values)
    assert found.half_width is None
    assert found.low is None
    assert found.high is None
    assert found.reason == why_none(len(values)) == f"N/A (n={len(values)})"


def test_equal_values_have_an_interval_of_no_width():
    found = interval([160.0] * 4)
    assert (found.mean, found.sd, found.half_width, found.reason) == (160.0, 0.0, 0.0, "")


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_numbers_that_are_none_are_refused(bad):
    with pytest.raises(ValueError, match="finite"):
        interval([1.0, 2.0, bad])


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95.0])
def test_a_confidence_outside_zero_to_one_is_refused(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        half_width(5, 1.0, confidence)


@given(NUMBERS, st.floats(-50, 50))
def test_shifting_every_value_shifts_the_mean_alone(values, shift):
    before, after = interval(values), interval([value + shift for value in values])
    assert after.mean == pytest.approx(before.mean + shift, abs=1e-9)
    assert after.half_width == pytest.approx(before.half_width, abs=1e-6)


@given(NUMBERS)
def test_more_confidence_is_wider_and_the_mean_lies_inside(values):
    narrow, wide = interval(values, 0.8), interval(values, 0.99)
    assert narrow.half_width <= wide.half_width
    assert wide.low <= wide.mean <= wide.high


def test_t_quantiles_are_the_tabled_ones():
    assert t_quantile(0.975, 1) == pytest.approx(12.706, abs=5e-4)
    assert t_quantile(0.975, 8) == pytest.approx(2.306, abs=5e-4)


def test_importing_the_room_does_not_load_scipy():
    code = "import sys, sitegen_tui.stats.intervals; sys.exit('scipy' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0


@given(NUMBERS, st.floats(0.5, 0.999))
def test_the_t_interval_is_that_of_statsmodels(values, confidence):
    found = interval(values, confidence)
    low, high = DescrStatsW(values).tconfint_mean(alpha=1 - confidence)
    assert found.low == pytest.approx(low, rel=1e-9, abs=1e-9)
    assert found.high == pytest.approx(high, rel=1e-9, abs=1e-9)


@given(NUMBERS)
def test_the_interval_of_the_spread_is_that_of_the_chi_squared_distribution(values):
    found = sd_interval(values)
    sd, n = np.std(values, ddof=1), len(values)
    assert found.value == pytest.approx(sd, rel=1e-9, abs=1e-9)
    assert found.low == pytest.approx(sd * math.sqrt((n - 1) / stats.chi2.ppf(0.975, n - 1)), rel=1e-9, abs=1e-9)
    assert found.high == pytest.approx(sd * math.sqrt((n - 1) / stats.chi2.ppf(0.025, n - 1)), rel=1e-9, abs=1e-9)


def test_one_value_has_no_spread_and_two_have_one_without_an_interval():
    assert sd_interval([41.0]) == Estimate(value=None, n=1, reason="N/A (n=1)")
    two = sd_interval([39.6, 44.2])
    assert two.value == pytest.approx(3.2527, abs=1e-4)
    assert (two.low, two.high, two.reason) == (None, None, "N/A (n=2)")


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_shares_have_the_wilson_interval_of_statsmodels(case):
    hits, n = case
    found = share(hits, n)
    assert (found.low, found.high) == pytest.approx(proportion_confint(hits, n, method="wilson"), abs=1e-9)


def test_a_share_of_nothing_has_a_reason():
    assert share(0, 0).reason == "N/A (n=0)"


def test_per_cent_of_the_maximum_scales_mean_and_ends():
    found = percent_of(interval([100.0, 120.0, 140.0]), 160)
    assert found.value == pytest.approx(75.0)
    assert found.high - found.value == pytest.approx(interval([100.0, 120.0, 140.0]).half_width / 1.6)
    with pytest.raises(ValueError, match="nothing is a share"):
        percent_of(interval([1.0]), 0)


def test_the_bootstrap_is_near_scipys():
    for seed in range(8):
        values = np.random.default_rng(seed).gamma(2.0, 20.0, 24)
        found = bootstrap(list(values), seed=1, resamples=20000)
        theirs = stats.bootstrap((values,), np.mean, n_resamples=20000, rng=np.random.default_rng(2)).confidence_interval
        width = theirs.high - theirs.low
        assert found.low == pytest.approx(theirs.low, abs=0.06 * width)
        assert found.high == pytest.approx(theirs.high, abs=0.06 * width)


def test_the_bootstrap_depends_on_its_seed_alone():
    values = [float(value) for value in np.random.default_rng(3).normal(100, 20, 16)]
    assert bootstrap(values, seed=5) == bootstrap(values, seed=5)
    assert bootstrap(values, seed=5) != bootstrap(values, seed=6)


def test_few_values_or_few_templates_have_no_bootstrap():
    assert bootstrap([1.0] * 9, seed=0).reason == "N/A (n=9)"
    assert bootstrap([1.0, 2.0] * 6, ["a", "b"] * 6, seed=0).reason == "N/A (2 templates)"
    with pytest.raises(ValueError, match="clusters"):
        bootstrap([1.0, 2.0] * 6, ["a"], seed=0)


def test_equal_values_have_a_bootstrap_of_no_width():
    found = bootstrap([160.0] * 12, list("abcd") * 3, seed=0)
    assert (found.value, found.low, found.high) == (160.0, 160.0, 160.0)


def test_resampling_templates_covers_where_resampling_runs_alone_does_not():
    random = np.random.default_rng(11)
    templates = [name for name in range(10) for _ in range(4)]
    clustered = plain = 0
    trials = 150
    for trial in range(trials):
        values = list(np.repeat(random.normal(0, 20, 10), 4) + random.normal(0, 8, 40))
        clustered += bootstrap(values, templates, seed=trial, resamples=600).holds(0.0)
        plain += bootstrap(values, seed=trial, resamples=600).holds(0.0)
    assert clustered / trials > 0.87
    assert plain / trials < 0.8


def test_t_intervals_cover_at_their_level():
    draws = np.random.default_rng(4).normal(100, 20, (4000, 5))
    held = 0
    for row in draws:
        found = interval(list(row))
        held += found.low <= 100 <= found.high
    assert held / 4000 == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / 4000))


@given(NUMBERS)
def test_an_interval_survives_json(values):
    found = interval(values)
    assert Interval.model_validate_json(found.model_dump_json()) == found
