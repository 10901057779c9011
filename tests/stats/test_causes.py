"""What points were lost to."""

from __future__ import annotations

import numpy as np
import pytest

from sitegen_tui.domain.insights import ChargeSums
from sitegen_tui.domain.violations import Kind
from sitegen_tui.stats.causes import compounding, first_wrong, pareto


def charge(violation, amount, model="a", provenance="own", kind=Kind.COMPLETION, count=1):
    return ChargeSums(
        violation=violation,
        model=model,
        action="x",
        kind=kind,
        provenance=provenance,
        count=count,
        charged=count if amount else 0,
        amount=amount,
    )


def test_causes_are_ordered_by_cost_and_their_shares_add_up():
    random = np.random.default_rng(1)
    charges = [
        charge(f"v{random.integers(5)}", float(random.uniform(0, 3)), f"m{random.integers(2)}", kind=random.choice(list(Kind)))
        for _ in range(80)
    ]
    found = pareto(charges)
    points = [cause.points for cause in found]
    assert points == sorted(points, reverse=True)
    assert sum(points) == pytest.approx(sum(one.amount for one in charges))
    assert np.cumsum([cause.share for cause in found]) == pytest.approx([cause.cumulative for cause in found])
    assert found[-1].cumulative == pytest.approx(1.0)
    for cause in found:
        assert cause.completion + cause.regression == pytest.approx(cause.points)
        assert sum(cause.by_model.values()) == pytest.approx(cause.points)


def test_own_and_inherited_are_told_apart():
    (found,) = pareto([charge("v", 2.0), charge("v", 1.0, provenance="inherited"), charge("v", 0.0, provenance="repaired")])
    assert (found.own, found.inherited, found.count) == (2.0, 1.0, 3)


def test_findings_that_cost_nothing_are_counted_and_not_called_charged():
    (found,) = pareto([charge("v", 2.0), charge("v", 0.0, provenance="inherited"), charge("v", 0.0, provenance="inherited")])
    assert (found.count, found.charged, found.inherited_count) == (3, 1, 2)


def test_nothing_lost_has_no_shares():
    assert pareto([]) == ()
    assert pareto([charge("v", 0.0)])[0].share == 0.0


def test_the_cost_of_earlier_errors_is_found():
    random = np.random.default_rng(2)
    isolated = [{"x": 9.0 + random.normal(), "y": 8.0 + random.normal()} for _ in range(40)]
    chain = [{"x": 9.0 + random.normal(), "y": 5.0 + random.normal()} for _ in range(40)]
    found = compounding(chain, isolated, ["x", "y", "z"])
    assert found["x"].holds(0.0)
    assert found["y"].holds(-3.0)
    assert found["y"].high < 0
    assert found["z"].reason == "N/A (n=0)"


def test_a_run_goes_wrong_at_its_first_low_score_only():
    runs = [
        {"x": 9.0, "y": 2.0, "z": 1.0},
        {"x": 9.0, "y": 8.0, "z": 7.0},
        {"x": 4.9, "y": 0.0, "z": 9.0},
        {"x": 9.0, "y": None, "z": 1.0},
    ]
    found = first_wrong(runs, ["x", "y", "z"], below=5.0)
    assert found.counts == {"x": 1, "y": 1, "z": 0}
    assert found.unknown == 1
    assert (found.never.value, found.never.n) == (pytest.approx(1 / 3), 3)
