"""The faults of actions 11 and 12: each is found by files and browser, charged once, and there for every id in three grades."""

from __future__ import annotations

from random import Random
from typing import get_args

import pytest

from sitegen_tui.actions.apply_hero_layout import ACTION as HERO
from sitegen_tui.actions.apply_sections_layout import ACTION as SECTIONS
from sitegen_tui.actions.base import Action, Grade
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.site.css import parse_css
from sitegen_tui.site.page import CSS
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair
from tests.looking import GEOMETRY, Look, assert_faults_are_found, charged, judged, shown

"""Where everything stands in every window, and nothing else."""
ACTIONS = (HERO, SECTIONS)


@pytest.mark.whole
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
@pytest.mark.parametrize("pair", PAIRS)
def test_each_fault_is_charged_with_its_violations_and_nothing_else(look: Look, pair: Pair, action: Action) -> None:
    assert assert_faults_are_found(look, pair, action.id, want=GEOMETRY)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_id_has_a_fault_of_every_grade_that_applies_somewhere(action: Action) -> None:
    wanted = {
        (violation.id, grade)
        for violation in catalogue().violations
        for grade in get_args(Grade)
        if {"S", "R"} & set(violation.channels) and any(term.action == action.id for term in violation.terms)
    }
    made = {(one, fault.grade) for fault in action.faults if _applies(action, fault.id) for one in fault.violations}
    assert not wanted - made


def _applies(action: Action, fault_id: str) -> bool:
    fault = next(one for one in action.faults if one.id == fault_id)
    sites = [(gold.gold_before(pair, action.id), gold.gold_after(pair, action.id), gold.brief(pair)) for pair in PAIRS]
    return any(fault.apply(*site, Random(seed)) for site in sites for seed in range(3))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_fault_ids_differ_and_what_they_write_is_sound(action: Action) -> None:
    assert len({fault.id for fault in action.faults}) == len(action.faults)
    for pair in PAIRS:
        before, after = gold.gold_before(pair, action.id), gold.gold_after(pair, action.id)
        for fault in action.faults:
            changes = fault.apply(before, after, gold.brief(pair), Random(0)) or {}
            assert set(changes) <= set(action.write_set), fault.id
            css = parse_css(changes.get(CSS, ""))
            assert (css.errors, css.open_at_end) == ((), False), fault.id


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_seeds_choose_among_places(action: Action) -> None:
    varied = 0
    for fault in action.faults:
        results = {
            tuple(sorted(changes.items()))
            for pair in PAIRS
            for seed in range(8)
            if (
                changes := fault.apply(
                    gold.gold_before(pair, action.id), gold.gold_after(pair, action.id), gold.brief(pair), Random(seed)
                )
            )
        }
        varied += len(results) > len(PAIRS)
    assert varied >= len(action.faults) / 3


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
@pytest.mark.parametrize("pair", PAIRS)
def test_a_site_returned_unchanged_earns_two_points_at_most(look: Look, pair: Pair, action: Action) -> None:
    before = gold.gold_before(pair, action.id)
    found = judged(look, pair, action.id, before, before, GEOMETRY)
    assert 0.0 <= found.score.value <= 2.0, shown(found)


def test_items_that_left_their_container_are_not_in_columns(look: Look) -> None:
    pair = PAIRS[-1]
    before, after = gold.gold_before(pair, SECTIONS.id), gold.gold_after(pair, SECTIONS.id)
    fault = next(one for one in SECTIONS.faults if one.id == "sections-wrapper-too-short")
    changes = fault.apply(before, after, gold.brief(pair), Random(0))
    assert changes
    assert "sections.columns-wrong" in charged(judged(look, pair, SECTIONS.id, before, {**after, **changes}, GEOMETRY))
