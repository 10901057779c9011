"""Percentiles as everybody counts them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.stats.percentiles import percentile


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50), st.floats(0, 1))
def test_percentiles_are_those_of_numpy(values: list[float], share: float):
    assert percentile(values, share) == pytest.approx(float(np.quantile(values, share)), rel=1e-9, abs=1e-6)


def test_of_nothing_there_is_none():
    assert percentile([], 0.5) is None


def test_a_share_that_is_none_is_an_error():
    with pytest.raises(ValueError, match="between 0 and 1"):
        percentile([1.0], 95)
