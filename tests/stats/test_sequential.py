"""Bounds at planned looks and the confidence sequence, against published tables and by simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sitegen_tui.stats.intervals import half_width
from sitegen_tui.stats.sequential import confidence_sequence, first_stop, looks, sequence_half_width, spent


def test_bounds_are_the_tabled_ones():
    assert [look.z for look in looks([1 / 3, 2 / 3, 1.0])] == pytest.approx([3.710, 2.511, 1.993], abs=0.001)
    assert [look.z for look in looks([0.5, 1.0])] == pytest.approx([2.963, 1.969], abs=0.001)
    assert [look.z for look in looks([0.2, 0.4, 0.6, 0.8, 1.0])] == pytest.approx([4.877, 3.357, 2.680, 2.290, 2.031], abs=0.001)


def test_one_look_is_the_plain_test_and_all_of_alpha_is_spent():
    (look,) = looks([1.0])
    assert look.z == pytest.approx(1.959964, abs=1e-5)
    assert looks([0.5, 1.0], 0.01)[-1].spent == pytest.approx(0.01)
    assert spent(0.5) == pytest.approx(4 * stats.norm.sf(stats.norm.isf(0.0125) / math.sqrt(0.5)), rel=1e-9)


def test_planned_looks_err_as_rarely_as_they_say_and_unplanned_ones_do_not():
    random = np.random.default_rng(1)
    walks = random.normal(0, 1, (40000, 24)).cumsum(axis=1)
    at = {n: np.abs(walks[:, n - 1]) / math.sqrt(n) for n in (8, 16, 24)}
    bounds = [look.z for look in looks([8 / 24, 16 / 24, 1.0])]
    wrong = np.mean(np.any([at[n] > z for n, z in zip(at, bounds, strict=True)], axis=0))
    naive = np.mean(np.any([z > 1.96 for z in at.values()], axis=0))
    assert wrong == pytest.approx(0.05, abs=0.004)
    assert naive == pytest.approx(0.11, abs=0.01)


@pytest.mark.parametrize("fractions", [[0.5, 0.5], [0.6, 0.4], [0.0, 1.0], [0.5, 1.2]])
def test_looks_that_do_not_rise_to_the_whole_are_refused(fractions):
    with pytest.raises(ValueError, match="look"):
        looks(fractions)


def test_the_sequence_is_the_published_multiple_of_the_t_interval_at_sixteen():
    assert sequence_half_width(16, 20.0) / half_width(16, 20.0) == pytest.approx(1.42, abs=0.005)


def test_the_sequence_is_narrowest_where_it_is_tuned():
    widths = {tuned: sequence_half_width(16, 1.0, tuned_at=tuned) for tuned in (4, 8, 12, 16, 20, 32, 64)}
    assert min(widths, key=widths.get) in (12, 16, 20)


def test_peeking_at_every_run_rarely_errs_with_the_sequence_and_often_with_the_t_interval():
    random = np.random.default_rng(2)
    wrong = naive = 0
    for _ in range(600):
        values = random.normal(0, 20, 40)
        for n in range(5, 41):
            mean, sd = values[:n].mean(), values[:n].std(ddof=1)
            if abs(mean) > half_width(n, sd):
                naive += 1
                break
        wrong += any(not confidence_sequence(values[:n].tolist()).holds(0.0) for n in range(8, 41))
    assert wrong / 600 == pytest.approx(0.056, abs=0.03)
    assert naive / 600 == pytest.approx(0.25, abs=0.06)


def test_before_the_eighth_run_there_is_no_sequence():
    found = confidence_sequence([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
    assert (found.value, found.reason) == (4.0, "N/A (n=7)")
    assert confidence_sequence([]).reason == "N/A (n=0)"


def test_one_could_have_stopped_where_the_sequence_first_leaves_nought_out():
    random = np.random.default_rng(11)
    stopped = 0
    for _ in range(200):
        values = random.normal(random.choice([0.0, 0.6, 1.5]), random.uniform(0.5, 3), size=int(random.integers(0, 60))).tolist()
        expected = next((n for n in range(8, len(values) + 1) if not confidence_sequence(values[:n], 0.9).holds(0.0)), None)
        assert first_stop(values, 0.9) == expected
        stopped += expected is not None
    assert 20 < stopped < 180


def test_values_without_spread_stop_at_the_first_look():
    assert first_stop([2.0] * 9) == 8
    assert first_stop([0.0] * 20) is None
    assert first_stop([5.0] * 7) is None
