"""Action 15 as a browser sees it: where the Tab key goes, what focus looks like, what axe-core says."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import CSS
from sitegen_tui.domain.probes import ProbeWants
from tests.actions import gold
from tests.actions.gold import Pair
from tests.looking import Change, Look, charged, css, judged, judged_swap, shown, swap

ACTION = "add-accessibility"
SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
KEYS = ProbeWants(views=("desktop",), contrast=(), states=False, tints=False, behaviours=False)


@pytest.mark.parametrize("pair", [SAFARI, BLANK])
def test_an_untouched_page_earns_two_points_at_most(look: Look, pair: Pair) -> None:
    before = gold.gold_before(pair, ACTION)
    found = judged(look, pair, ACTION, before, before, KEYS)
    assert 0.0 <= found.score.value <= 2.0, shown(found)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (swap(".skip-link:focus { transform: none; }", "", CSS), {"a11y.skip-link-missing": 2.0}),
        (css(".skip-link { display: none; }"), {"a11y.skip-link-missing": 2.0}),
        (css("*:focus-visible { outline: none !important; box-shadow: none !important; }"), {"a11y.focus-invisible": 1.0}),
        (css(".btn:focus-visible { outline: none !important; box-shadow: none !important; }"), {"a11y.focus-invisible": 1.0}),
        (swap('<article class="suite"', '<article role="buton" class="suite"'), {"a11y.aria-invalid": 1.0}),
        (swap('<ul class="site-nav__list"', '<ul aria-busy="maybe" class="site-nav__list"'), {"a11y.aria-invalid": 1.0}),
        (css(".site-footer a { display: block; }"), {}),
    ],
    ids=["never-shown", "not-there", "no-focus", "no-focus-on-buttons", "role", "aria-value", "harmless"],
)
def test_a_fault_is_charged_and_nothing_else(look: Look, change: Change, expected: dict[str, float]) -> None:
    found = judged_swap(look, SAFARI, ACTION, change, want=KEYS)
    assert charged(found) == expected, shown(found)


def test_a_zoom_that_is_forbidden_is_new_to_axe(look: Look) -> None:
    found = judged_swap(look, SAFARI, ACTION, swap("width=device-width", "user-scalable=no, width=device-width"), want=KEYS)
    assert charged(found) == {"a11y.axe-new": 0.5}, shown(found)


@pytest.mark.parametrize(
    "change",
    [
        css("a:focus-visible, button:focus-visible { outline: none; box-shadow: none; background: #000; color: #fff; }"),
        css(".skip-link { transform: none; clip-path: inset(50%); } .skip-link:focus { clip-path: none; }"),
    ],
    ids=["other-look", "clipped-skip-link"],
)
def test_another_way_to_show_focus_costs_nothing(look: Look, change: Change) -> None:
    found = judged_swap(look, SAFARI, ACTION, change, want=KEYS)
    assert found.score.value == 10.0, shown(found)
