"""Damage that simulated models do is what the judge calls it."""

from __future__ import annotations

from random import Random

import pytest

from sitegen_tui.actions.base import Fault
from sitegen_tui.actions.shelf import brief_of
from sitegen_tui.content.shelf import library
from sitegen_tui.judge.evaluate import StepInput, evaluate
from sitegen_tui.providers.damage import DAMAGE
from sitegen_tui.site.protocol import EDITABLE_PATHS

TEMPLATE, REQUIREMENTS = "safari-lodge", "thornveld-01"


@pytest.mark.parametrize("fault", DAMAGE, ids=lambda fault: fault.id)
def test_damage_is_found_and_called_by_its_name(fault: Fault):
    brief = brief_of(TEMPLATE, REQUIREMENTS)
    skeleton = library().template(TEMPLATE).files
    files = {path: skeleton[path].decode() for path in EDITABLE_PATHS if path in skeleton}
    planted = fault.apply(files, files, brief, Random(3))
    assert planted is not None
    after = {**files, **planted}
    assert after != files
    judgement = evaluate(StepInput(action_id="replace-header-logo", before=files, after=after, brief=brief, start=files))
    found = {charge.finding.violation for charge in judgement.charges if charge.amount > 0}
    assert set(fault.violations) <= found
