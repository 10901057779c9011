"""Faults of actions 6, 7 and 16: each is charged with what it is and nothing else, and every violation has all three grades."""

from __future__ import annotations

import pytest

from sitegen_tui.domain.probes import ProbeWants
from tests.actions.gold import PAIRS, Pair
from tests.actions.grades import grades_lacking
from tests.looking import Look, assert_faults_are_found

PICTURES = ProbeWants(views=("desktop", "mobile"), contrast=(), states=False, focus=False, tints=False, behaviours=False, axe=False)
"""All that pictures are judged by."""
READABLE = ProbeWants(views=("desktop",), contrast=("desktop",), focus=False, tints=False, behaviours=False, axe=False)
"""All that contrast is judged by, in one window."""


@pytest.mark.parametrize("action", ["replace-hero-bg", "replace-section-bgs", "verify-contrast"])
def test_every_violation_has_faults_of_every_grade(action: str) -> None:
    assert grades_lacking(action) == set()


@pytest.mark.whole
@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("action", ["replace-hero-bg", "replace-section-bgs"])
def test_faults_of_pictures_are_found(look: Look, pair: Pair, action: str) -> None:
    assert assert_faults_are_found(look, pair, action, want=PICTURES)


@pytest.mark.whole
@pytest.mark.parametrize("pair", PAIRS)
def test_faults_of_contrast_are_found(look: Look, pair: Pair) -> None:
    assert assert_faults_are_found(look, pair, "verify-contrast", want=READABLE)
