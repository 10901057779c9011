import math
import sys
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.stats.intervals import half_width, interval, t_quantile, why_none

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
