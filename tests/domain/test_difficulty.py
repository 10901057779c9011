"""Difficulty is counted from manifest and brief alone, and the tier follows from the number."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sitegen_tui.content.shelf import library
from sitegen_tui.domain.difficulty import TIER_BOUNDS, Difficulty, difficulty, hardest
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest


def _manifest() -> Manifest:
    return library().template("safari-lodge").manifest


def _brief() -> Requirements:
    return library().pack("thornveld-01").requirements


def test_the_lodge_is_counted_part_by_part() -> None:
    found = difficulty(_manifest(), _brief())
    assert found == Difficulty(sections=6, backgrounds=4, layers=10, directives=5, behaviours=4)
    assert found.number == 6 + 4 + 5 + 5 + 4
    assert found.tier == 3


@pytest.mark.parametrize("name", ["sections", "backgrounds", "layers", "directives", "behaviours"])
def test_more_of_anything_is_harder(name: str) -> None:
    found = difficulty(_manifest(), _brief())
    assert found.model_copy(update={name: getattr(found, name) + 1}).number > found.number


def test_tiers_rise_with_the_number_and_all_five_are_reached() -> None:
    tiers = [Difficulty(sections=n, backgrounds=0, layers=0, directives=0, behaviours=0).tier for n in range(60)]
    assert all(later - earlier in (0, 1) for earlier, later in pairwise(tiers))
    assert set(tiers) == {1, 2, 3, 4, 5}
    for bound, tier in zip(TIER_BOUNDS, (2, 3, 4, 5), strict=True):
        assert Difficulty(sections=int(bound), backgrounds=0, layers=0, directives=0, behaviours=0).tier == tier


def test_the_brief_that_asks_for_most_counts() -> None:
    brief = _brief()
    less = brief.model_copy(update={"layout": brief.layout.model_copy(update={"sections": brief.layout.sections[:1]})})
    assert hardest(_manifest(), [less, brief]) == difficulty(_manifest(), brief)
    assert difficulty(_manifest(), less).directives == 2


def test_without_a_brief_each_section_that_can_be_rearranged_counts() -> None:
    assert hardest(_manifest(), []).directives == 1 + len(_manifest().section_recipes)
