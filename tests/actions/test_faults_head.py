"""Faults in the head: icons, metadata and structured data; every kind in three grades, found by files and browser."""

from __future__ import annotations

import pytest

from sitegen_tui.domain.probes import ProbeWants
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair
from tests.actions.grades import grades_lacking
from tests.looking import Look, assert_faults_are_found

ACTIONS = ("replace-favicon", "add-seo-meta", "add-structured-data")
DESKTOP = ProbeWants(views=("desktop",), contrast=(), states=False, focus=False, tints=False, behaviours=False, axe=False)


@pytest.mark.parametrize("action", ACTIONS)
def test_each_violation_has_a_fault_of_every_grade_that_applies(action: str) -> None:
    assert grades_lacking(action) == set()


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("action", ACTIONS)
class TestFaults:
    def test_each_is_charged_with_its_violations_only_by_the_files(self, action: str, pair: Pair) -> None:
        doing = gold.action_of(action)
        assert doing is not None
        gold.assert_faults_are_charged(doing, pair)

    @pytest.mark.whole
    def test_each_is_charged_with_nothing_else_where_a_browser_looks_too(self, look: Look, action: str, pair: Pair) -> None:
        assert_faults_are_found(look, pair, action, want=DESKTOP)
