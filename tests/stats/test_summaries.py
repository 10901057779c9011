"""Differences from summaries against the same differences of the values themselves, and against scipy."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from sitegen_tui.stats.gaps import difference_by_cell
from sitegen_tui.stats.summaries import Summary, difference_of_cells, pooled

VALUES = st.lists(st.integers(-40, 100).map(lambda tenths: tenths / 10), min_size=1, max_size=5)
CELLS = st.dictionaries(st.sampled_from("abcd"), VALUES, max_size=4)


def _summed(cells):
    return {
        cell: Summary(len(values), statistics.fmean(values), statistics.stdev(values) if len(values) > 1 else 0.0)
        for cell, values in cells.items()
    }


@given(CELLS, CELLS)
def test_a_difference_is_that_of_the_values(first, second):
    ours, theirs = difference_of_cells(_summed(first), _summed(second)), difference_by_cell(first, second)
    assert (ours.n, ours.method, ours.reason) == (theirs.n, theirs.method, theirs.reason)
    for name in ("value", "low", "high"):
        assert getattr(ours, name) == pytest.approx(getattr(theirs, name), abs=1e-7)


def test_it_is_welchs_of_scipy():
    first, second = [7.0, 9.5, 8.0, 4.0, 6.0], [9.0, 9.5, 10.0]
    found = ttest_ind(first, second, equal_var=False).confidence_interval()
    ours = difference_of_cells(_summed({"a": first[:2], "b": first[2:]}), _summed({"a": second}))
    assert (ours.low, ours.high) == (pytest.approx(found.low), pytest.approx(found.high))


@given(CELLS.filter(lambda cells: sum(map(len, cells.values())) > 1))
def test_pooled_parts_are_the_summary_of_all_values(cells):
    values = [value for own in cells.values() for value in own]
    whole = pooled(_summed(cells))
    assert whole.n == len(values)
    assert (whole.mean, whole.sd) == (pytest.approx(statistics.fmean(values)), pytest.approx(statistics.stdev(values), abs=1e-7))
