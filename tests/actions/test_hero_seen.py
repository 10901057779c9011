"""Action 11 as a browser sees it: where the hero's text stands, and what costs nothing."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import CSS
from tests.actions import gold
from tests.actions.gold import Pair
from tests.looking import GEOMETRY, Change, Look, charged, css, judged, judged_swap, shown, swap

ACTION = "apply-hero-layout"
SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
CUE = '<span class="scroll-cue" aria-hidden="true"></span>'
ALL_BUT_ORDER = {
    "hero.pattern-wrong": 4.0,
    "hero.align-wrong": 1.5,
    "hero.mobile-stack-wrong": 1.5,
    "hero.min-height-wrong": 1.0,
    "hero.width-wrong": 1.0,
    "hero.extra-wrong": 0.5,
}


@pytest.mark.parametrize("pair", [SAFARI, BLANK])
def test_an_untouched_hero_earns_nothing(look: Look, pair: Pair) -> None:
    before = gold.gold_before(pair, ACTION)
    found = judged(look, pair, ACTION, before, before, GEOMETRY)
    assert found.score.value == 0.0, shown(found)
    assert charged(found) == {**ALL_BUT_ORDER, "hero.order-wrong": 0.5}


def test_a_class_without_rules_fails_all_that_can_be_seen(look: Look) -> None:
    before = gold.gold_before(SAFARI, ACTION)
    found = judged(look, SAFARI, ACTION, before, {**gold.gold_after(SAFARI, ACTION), CSS: before[CSS]}, GEOMETRY)
    assert charged(found) == ALL_BUT_ORDER, shown(found)


def test_more_height_alone_does_not_count_as_an_arrangement(look: Look) -> None:
    before = gold.gold_before(SAFARI, ACTION)
    found = judged(look, SAFARI, ACTION, before, css(".hero { min-height: 92vh; }")(dict(before)), GEOMETRY)
    assert charged(found) == {name: points for name, points in ALL_BUT_ORDER.items() if name != "hero.min-height-wrong"}


@pytest.mark.parametrize(
    ("pair", "change", "expected"),
    [
        (BLANK, css(".hero.is-left { place-items: center end; }"), {"hero.pattern-wrong": 4.0}),
        (SAFARI, css(".hero.is-bottom-left { align-items: flex-start; }"), {"hero.pattern-wrong": 4.0}),
        (SAFARI, css(".hero.is-bottom-left { text-align: center; }"), {"hero.align-wrong": 1.5}),
        (SAFARI, css(".hero.is-bottom-left .hero__lead { text-align: right; }"), {"hero.align-wrong": 1.5}),
        (SAFARI, css(".hero.is-bottom-left { min-height: 60vh; }"), {"hero.min-height-wrong": 1.0}),
        (SAFARI, css(".hero.is-bottom-left .hero__text { max-width: 900px; }"), {"hero.width-wrong": 1.0}),
        (SAFARI, swap(CUE, ""), {"hero.extra-wrong": 0.5}),
        (SAFARI, css(".hero .scroll-cue { display: none; }"), {"hero.extra-wrong": 0.5}),
        (
            SAFARI,
            css(
                ".hero.is-bottom-left .hero__actions { flex-flow: row nowrap !important; } "
                ".hero .btn { padding: 8px 6px !important; }"
            ),
            {"hero.mobile-stack-wrong": 1.5},
        ),
        (SAFARI, css(".hero__text { width: 640px; min-width: 640px; }"), {"layout.overflow-x": 1.5}),
    ],
    ids=["right", "top", "centred", "one-text", "low", "wide", "no-cue", "cue-unseen", "calls-beside", "fixed-width"],
)
def test_a_fault_is_charged_and_nothing_else(look: Look, pair: Pair, change: Change, expected: dict[str, float]) -> None:
    found = judged_swap(look, pair, ACTION, change, want=GEOMETRY)
    assert charged(found) == expected, shown(found)


@pytest.mark.parametrize(
    "change",
    [
        css(".hero.is-bottom-left { display: grid; place-items: end start; }"),
        swap(CUE, f"{CUE}<!-- cue -->"),
        css(".hero.is-bottom-left .hero__text { width: auto; padding-right: 40px; }"),
        css(".hero.is-bottom-left .hero__text { max-width: none; } .hero__text > * { max-width: 640px; }"),
        css(".hero.is-bottom-left { text-align: start; min-height: max(92vh, 500px); }"),
    ],
    ids=["grid", "comment", "padding", "parts-limited", "start"],
)
def test_another_way_to_the_same_hero_costs_nothing(look: Look, change: Change) -> None:
    found = judged_swap(look, SAFARI, ACTION, change, want=GEOMETRY)
    assert found.score.value == 10.0, shown(found)


def test_a_wrapper_costs_nothing(look: Look) -> None:
    found = judged_swap(
        look,
        SAFARI,
        ACTION,
        swap('<div class="hero__text">', '<div class="shell"><div class="hero__text">'),
        swap(CUE, f"</div>{CUE}"),
        want=GEOMETRY,
    )
    assert found.score.value == 10.0, shown(found)
