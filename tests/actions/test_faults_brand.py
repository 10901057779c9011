"""The faults of colours, fonts and logos: each is found by files and browser together, charged once, and of three grades."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from sitegen_tui.domain.probes import ProbeWants
from sitegen_tui.judge.catalogue import catalogue
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair
from tests.looking import Look, assert_faults_are_found

ACTIONS = ("apply-colours", "swap-fonts", "replace-header-logo", "replace-footer-logo")
GRADES = ("blatant", "realistic", "subtle")
WANT = ProbeWants(views=("desktop", "mobile"), contrast=("desktop",), states=False, focus=False, behaviours=False, axe=False)
"""Brand faults change neither focus nor behaviour nor what axe-core looks at."""


@pytest.mark.whole
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
@pytest.mark.parametrize("action", ACTIONS)
def test_each_fault_is_charged_with_its_violations_and_nothing_else(look: Look, pair: Pair, action: str) -> None:
    assert assert_faults_are_found(look, pair, action, want=WANT) == _applying(pair, action)


@pytest.mark.parametrize(
    "violation",
    [
        entry.id
        for entry in catalogue().violations
        if {"S", "R"} & {*entry.channels} and any(term.action in ACTIONS for term in entry.terms)
    ],
)
def test_every_violation_has_a_fault_of_each_grade(violation: str) -> None:
    planted: set[str] = set()
    for action in ACTIONS:
        doing = gold.action_of(action)
        assert doing is not None
        for fault in doing.faults:
            if violation in fault.violations and any(fault.id in _applying(pair, action) for pair in PAIRS):
                planted.add(fault.grade)
    assert planted == set(GRADES)


@cache
def _applying(pair: Pair, action: str) -> frozenset[str]:
    """Ids of the faults that apply to the gold result with one of the seeds that are used."""
    doing = gold.action_of(action)
    assert doing is not None
    before, after = gold.gold_before(pair, action), gold.gold_after(pair, action)
    return frozenset(
        fault.id
        for fault in doing.faults
        if any(fault.apply(before, after, gold.brief(pair), Random(seed)) is not None for seed in range(2))
    )
