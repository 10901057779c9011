"""What a judge remembers of pages changes no verdict, whatever was judged before and whatever of it is already forgotten."""

from __future__ import annotations

import functools
import gc

import pytest

from sitegen_tui.domain.audits import MutantKey
from sitegen_tui.judge.audit import judge, mutant

MUTANTS = (
    "single/association-corporate/coast-growers-01/replace-hero-bg/item-lost-last/0",
    "single/association-corporate/night-freight-02/apply-sections-layout/sections-section-lost/0",
    "single/safari-lodge/thornveld-01/update-contact/hook-of-section/0",
    "null/safari-lodge/thornveld-01/verify-contrast/null-minified/0",
)


def memories() -> list[functools._lru_cache_wrapper]:
    """Everything that the program remembers by arguments."""
    found = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
    rooms = ("sitegen_tui.site", "sitegen_tui.actions", "sitegen_tui.judge")
    return [one for one in found if (one.__module__ or "").startswith(rooms)]


def verdict(key: MutantKey) -> tuple[object, ...]:
    made = mutant(key)
    assert made is not None
    return tuple((charge.finding.violation, charge.finding.subject, charge.amount, charge.reason) for charge in judge(made).charges)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_memory_that_outlives_the_others_changes_no_verdict(name: str) -> None:
    key = MutantKey.read(name)
    known = memories()
    for memory in known:
        memory.cache_clear()
    fresh = verdict(key)
    assert len(known) > 20
    for kept in known:
        # Only what is kept still knows the pages of the judging before; all else reads them anew.
        for memory in known:
            if memory is not kept:
                memory.cache_clear()
        assert verdict(key) == fresh, f"{kept.__module__}.{kept.__name__} remembers what is not so any more"
