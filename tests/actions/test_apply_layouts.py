"""Actions 11 and 12: hero and sections arranged anew."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.apply_hero_layout import ACTION as HERO
from sitegen_tui.actions.apply_sections_layout import ACTION as SECTIONS
from sitegen_tui.actions.base import CSS, HTML, Action
from sitegen_tui.site.css import parse_css
from sitegen_tui.site.html import normal_text, parse_html
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_after, judge_swap

SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
CUE = '<span class="scroll-cue" aria-hidden="true"></span>'


@pytest.mark.parametrize("action", [HERO, SECTIONS], ids=lambda action: action.id)
@pytest.mark.parametrize("pair", PAIRS)
class TestContract:
    def test_the_reference_edit_satisfies_every_check_and_is_idempotent(self, action: Action, pair: Pair) -> None:
        gold.assert_gold_is_clean(action, pair)

    def test_line_endings_stay(self, action: Action, pair: Pair) -> None:
        gold.assert_works_with_crlf(action, pair)

    def test_each_fault_is_charged_with_its_violations_only(self, action: Action, pair: Pair) -> None:
        assert gold.assert_faults_are_charged(action, pair) <= {fault.id for fault in action.faults}

    def test_hostile_input_raises_nothing(self, action: Action, pair: Pair) -> None:
        gold.assert_survives_hostile_input(action, pair)

    def test_no_text_and_no_link_changes(self, action: Action, pair: Pair) -> None:
        before, after = (parse_html(f[HTML]) for f in (gold.gold_before(pair, action.id), gold.gold_after(pair, action.id)))
        assert normal_text(before.document.text) == normal_text(after.document.text)
        for name in ("src", "href", "id"):
            assert [e.attrs.get(name) for e in before.elements if name in e.attrs] == [
                e.attrs.get(name) for e in after.elements if name in e.attrs
            ]

    def test_no_placeholder_is_left_and_the_css_is_sound(self, action: Action, pair: Pair) -> None:
        css = parse_css(gold.gold_after(pair, action.id)[CSS])
        assert "{{" not in css.text
        assert css.errors == ()
        assert not css.open_at_end


@pytest.mark.parametrize("pair", PAIRS)
def test_an_untouched_hero_earns_nothing(pair: Pair) -> None:
    before = gold.gold_before(pair, HERO.id)
    assert ids(gold.judge(HERO, pair, before, before)) == ["hero.order-wrong"]


def test_the_recipe_stands_in_one_marked_block_with_the_lengths_asked_for() -> None:
    css = gold.gold_after(SAFARI, HERO.id)[CSS]
    block = css[css.index("/* layout: hero is-bottom-left */") :]
    assert '[data-section="hero"].is-bottom-left { align-items: flex-end;' in block
    assert "min-height: 92vh" in block
    assert "max-width: 640px" in block
    assert "@media (width < 768px)" in block


def test_every_section_gets_its_class_and_columns() -> None:
    files = gold.gold_after(SAFARI, SECTIONS.id)
    for section, pattern in (
        ("suites", "grid"),
        ("experiences", "alternating"),
        ("gallery", "bento"),
        ("footer", "footer-columns"),
    ):
        assert parse_html(files[HTML]).one(f'[data-section="{section}"].is-{pattern}') is not None
        assert files[CSS].count(f"/* layout: {section} is-{pattern} */") == 1
    assert '[data-section="gallery"].is-bento .gallery__items { grid-template-columns: repeat(4, minmax(0, 1fr))' in files[CSS]


def test_the_cue_comes_last_in_the_hero() -> None:
    html = parse_html(gold.gold_after(SAFARI, HERO.id)[HTML])
    assert html.one('[data-section="hero"] > .scroll-cue:last-child') is not None


def test_another_cue_or_wrapper_costs_nothing() -> None:
    assert judge_swap(HERO, SAFARI, (CUE, '<i class="cue" aria-hidden="true"></i>')) == []
    wrapped = ('<h1 class="hero__headline"', '<div class="w"><h1 class="hero__headline"'), ("</h1>", "</h1></div>")
    assert judge_swap(HERO, SAFARI, *wrapped) == []


def test_parts_in_another_order_in_the_page_are_out_of_order() -> None:
    html = gold.gold_after(SAFARI, HERO.id)[HTML]
    start = html.index('<p class="eyebrow"')
    eyebrow = html[start : html.index("</p>", start) + 4]
    moved = html.replace(eyebrow, "").replace('<div class="hero__actions">', eyebrow + '<div class="hero__actions">')
    assert ids(judge_after(HERO, SAFARI, {HTML: moved})) == ["hero.order-wrong"]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (".hero__actions { flex-direction: row-reverse; }", ["hero.order-wrong"]),
        (".hero__text { display: flex; flex-direction: column-reverse; }", ["hero.order-wrong"]),
        (".hero__text { display: grid; } .eyebrow { order: 1; }", ["hero.order-wrong"]),
        (".hero__text { display: grid; } .hero__text > * { order: 2; }", []),
        (".hero { display: flex; } .hero__text { order: 2; }", []),
        (".eyebrow { order: 1; }", []),
        ("@media (max-width: 767px) { .hero__actions { flex-direction: column-reverse; } }", []),
    ],
)
def test_css_that_exchanges_parts_is_out_of_order(rule: str, found: list[str]) -> None:
    assert ids(judge_after(HERO, SAFARI, {CSS: gold.gold_after(SAFARI, HERO.id)[CSS] + rule + "\n"})) == found


def test_a_part_moved_out_of_the_hero_is_lost_to_it() -> None:
    html = gold.gold_after(SAFARI, HERO.id)[HTML]
    start = html.index('<a class="btn btn--ghost"')
    call = html[start : html.index("</a>", start) + 4]
    moved = html.replace(call, "").replace('<div class="wrap">', '<div class="wrap">' + call, 1)
    assert [f.subject for f in judge_after(HERO, SAFARI, {HTML: moved})] == ["hero-secondary-cta"]


def test_a_part_that_lost_its_hook_is_not_lost() -> None:
    assert judge_swap(HERO, SAFARI, (' data-slot="hero-subheadline"', "")) == []
