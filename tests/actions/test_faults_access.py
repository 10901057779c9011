"""The faults of action 15: each is found by files and browser, charged once, and there for every id in three grades."""

from __future__ import annotations

from random import Random
from typing import get_args

import pytest

from sitegen_tui.actions.add_accessibility import ACTION
from sitegen_tui.actions.base import CSS, HTML, Grade
from sitegen_tui.domain.probes import ProbeWants
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.site.css import parse_css
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair
from tests.looking import Change, Look, assert_faults_are_found, charged, css, judged, judged_swap, shown, swap

KEYS = ProbeWants(views=("desktop",), contrast=(), states=False, tints=False, behaviours=False)
"""What a keyboard and axe-core meet, and nothing else."""
SAFARI: Pair = ("safari-lodge", "thornveld-01")
SKIP = '<a class="skip-link" href="#main">Skip to main content</a>'


@pytest.mark.whole
@pytest.mark.parametrize("pair", PAIRS)
def test_each_fault_is_charged_with_its_violations_and_nothing_else(look: Look, pair: Pair) -> None:
    assert assert_faults_are_found(look, pair, ACTION.id, want=KEYS)


def test_every_id_has_a_fault_of_every_grade_that_applies_somewhere() -> None:
    wanted = {
        (violation.id, grade)
        for violation in catalogue().violations
        for grade in get_args(Grade)
        if {"S", "R"} & set(violation.channels) and any(term.action == ACTION.id for term in violation.terms)
    }
    sites = [(gold.gold_before(pair, ACTION.id), gold.gold_after(pair, ACTION.id), gold.brief(pair)) for pair in PAIRS]
    made = {
        (one, fault.grade)
        for fault in ACTION.faults
        if any(fault.apply(*site, Random(seed)) for site in sites for seed in range(3))
        for one in fault.violations
    }
    assert not wanted - made


@pytest.mark.parametrize("pair", PAIRS)
def test_what_faults_write_is_sound_and_within_the_write_set(pair: Pair) -> None:
    before, after = gold.gold_before(pair, ACTION.id), gold.gold_after(pair, ACTION.id)
    for fault in ACTION.faults:
        changes = fault.apply(before, after, gold.brief(pair), Random(0)) or {}
        assert set(changes) <= set(ACTION.write_set), fault.id
        styles = parse_css(changes.get(CSS, ""))
        assert (styles.errors, styles.open_at_end) == ((), False), fault.id


@pytest.mark.parametrize("pair", PAIRS)
def test_a_site_returned_unchanged_earns_two_points_at_most(look: Look, pair: Pair) -> None:
    before = gold.gold_before(pair, ACTION.id)
    found = judged(look, pair, ACTION.id, before, before, KEYS)
    assert 0.0 <= found.score.value <= 2.0, shown(found)


@pytest.mark.parametrize(
    "change",
    [
        swap("width=device-width", "user-scalable=no, width=device-width"),
        swap('class="btn btn--ghost"', 'class="btn btn--ghost" aria-hidden="true"'),
        swap('class="btn btn--ghost"', 'class="btn btn--ghost" role="buton"'),
    ],
    ids=["zoom", "hidden-link", "role"],
)
def test_what_the_input_had_already_is_not_charged(look: Look, change: Change) -> None:
    before, after = (change(dict(files(SAFARI, ACTION.id))) for files in (gold.gold_before, gold.gold_after))
    assert charged(judged(look, SAFARI, ACTION.id, before, after, KEYS)) == {}


@pytest.mark.parametrize(
    "change",
    [
        swap("@media (prefers-reduced-motion: reduce)", "@media (prefers-reduced-motion)", CSS),
        swap("@media (prefers-reduced-motion: reduce)", "@media screen and ( prefers-reduced-motion :reduce )", CSS),
        swap(SKIP, SKIP.replace('class="skip-link"', 'id="skip" class="skip-link"')),
        swap(SKIP, f"<div>{SKIP}</div>"),
        swap('lang="en-ZA"', 'lang="en-za"'),
        swap('<nav class="site-nav"', '<nav role="navigation" class="site-nav"'),
        css(".btn:focus-visible { outline: 2px dotted currentColor; outline-offset: 4px; }"),
    ],
    ids=["motion-at-all", "motion-spaced", "skip-with-id", "skip-wrapped", "language-case", "role-said-twice", "other-ring"],
)
def test_other_right_ways_cost_nothing(look: Look, change: Change) -> None:
    found = judged_swap(look, SAFARI, ACTION.id, change, want=KEYS)
    assert found.score.value == 10.0, shown(found)


def test_motion_only_where_nobody_minds_is_as_good() -> None:
    after = gold.gold_after(SAFARI, ACTION.id)
    start = after[CSS].index("@media (prefers-reduced-motion")
    kind = after[CSS][:start] + "@media (prefers-reduced-motion: no-preference) { .btn { transition: color 0.2s; } }\n"
    found = gold.judge_after(ACTION, SAFARI, {CSS: kind})
    assert found == [], gold.plain(found)


def test_a_label_for_another_field_names_none() -> None:
    after = gold.gold_after(SAFARI, ACTION.id)
    astray = after[HTML].replace('for="guest-name"', 'for="guest"')
    assert astray != after[HTML]
    assert gold.ids(gold.judge_after(ACTION, SAFARI, {HTML: astray})) == ["a11y.name-missing"]
    without = after[HTML].replace(' for="guest-name"', "")
    assert gold.judge_after(ACTION, SAFARI, {HTML: without}) == []


def test_a_ring_without_colour_is_no_sign_of_focus(look: Look) -> None:
    clear = css(".btn:focus-visible { outline-color: transparent; box-shadow: 0 0 0 6px rgb(0 0 0 / 0); }")
    assert charged(judged_swap(look, SAFARI, ACTION.id, clear, want=KEYS)) == {"a11y.focus-invisible": 1.0}
