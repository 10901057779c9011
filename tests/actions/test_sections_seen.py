"""Action 12 as a browser sees it: columns, patterns, gaps and order of sections, and what costs nothing."""

from __future__ import annotations

import re

import pytest

from sitegen_tui.actions.base import CSS, HTML
from tests.actions import gold
from tests.actions.gold import Pair
from tests.looking import GEOMETRY, Change, Look, charged, css, judged, judged_swap, shown, swap

ACTION = "apply-sections-layout"
SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
WHOLE = {
    "sections.columns-wrong": 5.0,
    "sections.tablet-wrong": 1.5,
    "sections.mobile-wrong": 1.5,
    "sections.pattern-wrong": 1.0,
    "sections.gap-wrong": 0.5,
    "sections.order-wrong": 0.5,
}
WIDE, SLIM = "@media (min-width: 1024px)", "@media (max-width: 767px)"
MIDDLE = "@media (min-width: 768px) and (max-width: 1023px)"
SUITES, ITEMS = ".suites.is-grid .suites__items", ".gallery.is-bento .gallery__items"


@pytest.mark.parametrize("pair", [SAFARI, BLANK])
def test_untouched_sections_earn_nothing(look: Look, pair: Pair) -> None:
    before = gold.gold_before(pair, ACTION)
    found = judged(look, pair, ACTION, before, before, GEOMETRY)
    assert charged(found) == WHOLE, shown(found)
    assert found.score.value == 0.0


def test_classes_without_rules_earn_nothing(look: Look) -> None:
    before = gold.gold_before(SAFARI, ACTION)
    found = judged(look, SAFARI, ACTION, before, {**gold.gold_after(SAFARI, ACTION), CSS: before[CSS]}, GEOMETRY)
    assert charged(found) == WHOLE, shown(found)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (css(f"{WIDE} {{ {SUITES} {{ grid-template-columns: 1fr 1fr; }} }}"), {"sections.columns-wrong": 1.25}),
        (css(f"{MIDDLE} {{ {SUITES} {{ grid-template-columns: repeat(3, 1fr); }} }}"), {"sections.tablet-wrong": 0.375}),
        (css(f"{SLIM} {{ {SUITES} {{ grid-template-columns: 1fr 1fr; }} }}"), {"sections.mobile-wrong": 0.375}),
        (css(".gallery.is-bento .gallery__item:nth-child(n) { grid-area: auto; }"), {"sections.pattern-wrong": 0.25}),
        (
            css(".experiences .experience:nth-child(even) .experience__media { order: 0 !important; }"),
            {"sections.pattern-wrong": 0.25},
        ),
        (css(f"{SUITES} {{ gap: 0; }}"), {"sections.gap-wrong": 0.125}),
        (css(".suites.is-grid .suite:nth-child(1) { order: 5; }"), {"sections.order-wrong": 0.125}),
        (css(f"{SUITES} {{ width: 1180px; }}"), {"layout.overflow-x": 3.0}),
    ],
    ids=["two-columns", "tablet", "mobile", "no-span", "one-side", "no-gap", "order", "fixed-width"],
)
def test_a_fault_is_charged_and_nothing_else(look: Look, change: Change, expected: dict[str, float]) -> None:
    found = judged_swap(look, SAFARI, ACTION, change, want=GEOMETRY)
    assert charged(found) == expected, shown(found)


@pytest.mark.parametrize(
    "change",
    [
        css(
            f"{SUITES} {{ display: flex; flex-wrap: wrap; align-items: center; }} "
            ".suites.is-grid .suite { flex: 0 0 calc((100% - 48px) / 3); } "
            "@media (max-width: 1023px) { .suites.is-grid .suite { flex-basis: calc((100% - 24px) / 2); } } "
            f"{SLIM} {{ .suites.is-grid .suite {{ flex-basis: 100%; }} }}"
        ),
        css(f"{WIDE} {{ {SUITES} {{ grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); }} }}"),
        css(
            f"{WIDE} {{ .gallery.is-bento .gallery__item:nth-child(n) {{ grid-area: auto; }} "
            ".gallery.is-bento .gallery__item:nth-child(1) { grid-row: span 2; grid-column: span 2; } }"
        ),
        css(".site-footer__items { justify-items: start; align-items: center; }"),
        swap("data-items=", "data-laid data-items="),
    ],
    ids=["flex", "auto-fit", "bento-wide-first", "footer-alignment", "attribute"],
)
def test_another_way_to_the_same_columns_costs_nothing(look: Look, change: Change) -> None:
    found = judged_swap(look, SAFARI, ACTION, change, want=GEOMETRY)
    assert found.score.value == 10.0, shown(found)


def test_a_section_that_is_gone_has_not_been_arranged(look: Look) -> None:
    gone = re.compile(r'\n\s*<section[^>]*data-section="gallery".*?</section>', re.DOTALL)
    found = judged_swap(look, SAFARI, ACTION, lambda files: {**files, HTML: gone.sub("", files[HTML])}, want=GEOMETRY)
    assert charged(found) == {**{name: points / 4 for name, points in WHOLE.items()}, "layout.section-lost": 3.0}, shown(found)
