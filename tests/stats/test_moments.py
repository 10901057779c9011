"""The quick variance of many values against exact arithmetic."""

from __future__ import annotations

import random
import statistics

import pytest

from sitegen_tui.stats.moments import MANY, stdev, variance


@pytest.mark.parametrize("n", [2, 3, MANY - 1, MANY, 5 * MANY])
@pytest.mark.parametrize("centre", [0.0, 100.0, -1e6])
def test_it_is_the_exact_one(n: int, centre: float) -> None:
    chance = random.Random(n)
    values = [round(chance.gauss(centre, 2.5), 2) for _ in range(n)]
    assert variance(values) == pytest.approx(statistics.variance(values), rel=1e-10)
    assert stdev(values) == pytest.approx(statistics.stdev(values), rel=1e-10)


@pytest.mark.parametrize("n", [3, 3 * MANY])
def test_equal_values_do_not_vary(n: int) -> None:
    assert variance([0.1] * n) == stdev([0.1] * n) == 0.0
