"""Whether every violation of an action has faults of every grade."""

from __future__ import annotations

from random import Random
from typing import get_args

from sitegen_tui.actions.base import Grade
from sitegen_tui.domain.violations import Kind
from sitegen_tui.judge.catalogue import catalogue
from tests.actions import gold
from tests.actions.gold import PAIRS


def grades_lacking(action: str) -> set[tuple[str, str]]:
    """Id and grade of the violations of an action that no fault plants on any of the shipped pairs; LLM-judged ids aside."""
    doing = gold.action_of(action)
    assert doing is not None
    lacking: set[tuple[str, str]] = {
        (violation.id, grade)
        for violation in catalogue().violations
        if any(term.action == action and term.kind is not Kind.JUDGE for term in violation.terms)
        for grade in get_args(Grade)
    }
    assert lacking
    for fault in doing.faults:
        for pair in PAIRS:
            before, after = gold.gold_before(pair, action), gold.gold_after(pair, action)
            if any(fault.apply(before, after, gold.brief(pair), Random(seed)) for seed in range(2)):
                lacking -= {(violation, fault.grade) for violation in fault.violations}
    return lacking
