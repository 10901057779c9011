"""Completeness, balance and clusters, the intraclass correlation against pingouin."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.stats.design import balance, cluster, completeness, design_effect, icc


@given(st.lists(st.floats(-15, 10), min_size=16, max_size=16))
def test_actions_that_add_up_are_complete_and_one_that_lacks_is_named(values):
    means = {f"a{index}": value for index, value in enumerate(values)}
    total = sum(values)
    assert completeness(means, total, list(means)).complete
    assert not completeness(means, total + 0.5, list(means)).complete
    lacking = completeness({**means, "a3": None}, total, list(means))
    assert not lacking.complete
    assert (lacking.missing, lacking.actions) == (("a3",), 15)


def test_a_table_that_does_not_add_up_says_by_how_much():
    found = completeness({"x": 9.6, "y": 9.4}, 18.0, ["x", "y"], tolerance=0.15)
    assert found.difference == pytest.approx(1.0)
    assert found.reason == "actions add up to 19, the total is 18"


def test_a_design_is_balanced_only_where_every_model_has_the_same_runs():
    even = {"a": {"t": [1.0, 2.0], "u": [3.0, 4.0]}, "b": {"u": [5.0, 6.0], "t": [7.0, 8.0]}}
    assert balance(even).balanced
    odd = balance({**even, "c": {"t": [1.0]}})
    assert not odd.balanced
    assert odd.missing == {"c": {"t": 1, "u": 2}}
    assert odd.common == ("t",)
    assert not balance({"a": even["a"]}).balanced
    assert balance({}).common == ()


@pytest.mark.parametrize("seed", range(6))
def test_the_correlation_within_templates_is_pingouins(seed):
    random = np.random.default_rng(seed)
    table = random.normal(0, 1 + seed, (6, 1)) + random.normal(0, 2, (6, 4))
    found = icc({f"t{row}": list(values) for row, values in enumerate(table)})
    frame = pd.DataFrame([(row, column, table[row, column]) for row in range(6) for column in range(4)], columns=["t", "r", "y"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = pingouin.intraclass_corr(frame, targets="t", raters="r", ratings="y").iloc[0]
    assert found.value == pytest.approx(theirs["ICC"], abs=1e-9)
    ends = theirs["CI95"] if "CI95" in theirs else theirs["CI95%"]
    assert (found.low, found.high) == pytest.approx(tuple(ends), abs=0.006)


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ({}, "N/A (0 templates)"),
        ({"t": [1.0, 2.0]}, "N/A (1 template)"),
        ({"t": [1.0], "u": [2.0]}, "N/A (one run a template)"),
        ({"t": [1.0, 1.0], "u": [1.0, 1.0]}, "N/A (no spread)"),
    ],
)
def test_what_has_no_correlation_says_why(groups, reason):
    assert icc(groups).reason == reason
    assert cluster(groups).design_effect is None


def test_the_published_design_is_worth_half_its_runs():
    assert design_effect(3, 0.5) == 2.0


def test_runs_that_equal_their_template_are_worth_no_more_than_one_each():
    found = cluster({"t": [1.0] * 3, "u": [2.0] * 3, "v": [5.0] * 3})
    assert found.icc.value == 1.0
    assert (found.design_effect, found.effective_n) == (3.0, 3.0)


def test_a_negative_correlation_is_not_worth_extra_runs():
    found = cluster({"t": [0.0, 10.0], "u": [0.0, 10.0], "v": [0.0, 10.0]})
    assert found.icc.value == pytest.approx(-1.0)
    assert found.effective_n == 6


def test_the_effective_number_predicts_the_variance_of_the_mean():
    random = np.random.default_rng(7)
    sizes = [1, 2, 4, 5]
    means, worth = [], []
    for _ in range(3000):
        cells = {f"t{i}": list(random.normal(0, 10) + random.normal(0, 10, size)) for i, size in enumerate(sizes)}
        means.append(np.mean([value for values in cells.values() for value in values]))
    mean_size = sum(size * size for size in sizes) / sum(sizes)
    worth = 12 / design_effect(mean_size, 0.5)
    assert np.var(means) == pytest.approx(200 / worth, rel=0.1)
