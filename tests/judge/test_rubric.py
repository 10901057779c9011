"""Verdicts on the frozen corpus are those of the rubric's version."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen_tui.judge.catalogue import catalogue
from tests.judge.rubric import Frozen, changed_verdicts, chosen, corpus, frozen
from tests.looking import EVERY

ONE_IN = 1 if EVERY else 3
"""Of the sites one in so many is judged, unless SITEGEN_EVERY asks for all."""


@pytest.fixture(scope="module")
def today() -> dict[str, Frozen]:
    return dict(corpus(ONE_IN))


def test_no_verdict_changes_without_a_new_version(today: dict[str, Frozen]) -> None:
    version, kept = frozen()
    changed = changed_verdicts(kept, today)
    assert not changed, (
        f"{len(changed)} verdicts are others, such as {changed[:5]}: raise rubric_version, then run tests/judge/rubric.py"
    )
    assert version == catalogue().rubric_version, "the version was raised: run tests/judge/rubric.py"


def test_the_corpus_is_the_one_that_was_frozen(today: dict[str, Frozen]) -> None:
    kept = {name: one for name, one in frozen()[1].items() if chosen(name, ONE_IN)}
    moved = sorted(
        name for name in kept.keys() | today.keys() if name not in kept or name not in today or kept[name].site != today[name].site
    )
    assert not moved, f"{len(moved)} sites are new, gone or others, such as {moved[:5]}: run tests/judge/rubric.py"


def test_another_verdict_on_the_same_site_is_noticed_and_another_site_is_none() -> None:
    old = {"a": Frozen("1", "x"), "b": Frozen("2", "y")}
    assert changed_verdicts(old, old) == []
    assert changed_verdicts(old, old | {"a": replace(old["a"], verdict="z")}) == ["a"]
    assert changed_verdicts(old, old | {"a": Frozen("3", "z")}) == []
