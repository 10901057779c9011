"""Changes from one side to the other: the tests of scipy, always second minus first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sitegen_tui.stats.changes import change, changes

VALUES = st.lists(st.integers(-50, 160), min_size=1, max_size=8)


def test_a_change_over_different_cells_is_welchs_test():
    random = np.random.default_rng(4)
    first, second = random.normal(80, 10, 7).tolist(), random.normal(90, 20, 11).tolist()
    found = change({"a": first}, {"a": second}, resamples=200)
    theirs = stats.ttest_ind(second, first, equal_var=False)
    ends = theirs.confidence_interval()
    assert found.method == "welch"
    assert (found.change, found.p) == (pytest.approx(np.mean(second) - np.mean(first)), pytest.approx(theirs.pvalue))
    assert (found.low, found.high) == (pytest.approx(ends.low), pytest.approx(ends.high))
    assert found.delta.value == pytest.approx(np.sign(np.subtract.outer(second, first)).mean())
    assert found.delta.low <= found.delta.value <= found.delta.high


def test_a_change_over_the_same_cells_is_tested_by_cell():
    random = np.random.default_rng(5)
    hard = random.normal(0, 30, 6)
    first = {f"s{at}": [80 + hard[at]] for at in range(6)}
    second = {f"s{at}": [84 + hard[at] + random.normal(0, 1)] for at in range(6)}
    found = change(first, second)
    theirs = stats.ttest_rel([one[0] for one in second.values()], [one[0] for one in first.values()])
    assert found.method == "paired by cell"
    assert found.p == pytest.approx(theirs.pvalue)
    assert found.low > 0


@given(VALUES, VALUES)
def test_turning_the_sides_turns_the_sign_and_nothing_else(one, two):
    there, back = change({"c": one}, {"c": two}, resamples=20), change({"c": two}, {"c": one}, resamples=20)
    assert there.change == pytest.approx(-back.change)
    assert (there.p, there.first, there.n_second) == (pytest.approx(back.p), back.second, back.n_first)
    if there.low is not None:
        assert (there.low, there.high) == (pytest.approx(-back.high), pytest.approx(-back.low))
        assert there.low <= there.change <= there.high
    assert there.delta.value == pytest.approx(-back.delta.value)


def test_a_side_of_one_run_has_a_change_and_no_interval_and_an_empty_one_has_none():
    found = change({"c": [3.0]}, {"c": [5.0]})
    assert (found.change, found.low, found.p, found.reason) == (2.0, None, None, "N/A (n=1)")
    empty = change({}, {"c": [5.0]})
    assert (empty.change, empty.first, empty.second, empty.n_first) == (None, None, 5.0, 0)


def test_several_changes_are_adjusted_together():
    random = np.random.default_rng(6)
    sides = {
        name: ({"c": random.normal(0, 1, 9).tolist()}, {"c": random.normal(gap, 1, 9).tolist()})
        for name, gap in zip("abc", (0, 1, 3), strict=True)
    }
    found = changes({**sides, "d": ({"c": [1.0]}, {"c": [2.0]})})
    known = sorted(found[name].p for name in "abc")
    assert found["d"].adjusted_p is None
    assert min(found[name].adjusted_p for name in "abc") == pytest.approx(min(1, 3 * known[0]))
    assert all(found[name].adjusted_p >= found[name].p for name in "abc")
