"""Actions 6 and 7: pictures behind hero and sections."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Step, page_of
from sitegen_tui.actions.replace_hero_bg import ACTION as HERO
from sitegen_tui.actions.replace_section_bgs import ACTION as SECTIONS
from sitegen_tui.domain.template import Background
from sitegen_tui.judge.assets import survey_assets
from sitegen_tui.site.positions import normal_position
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_swap

SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
NEW = "assets/images/thornveld-dusk.jpg"


@pytest.mark.parametrize("action", [HERO, SECTIONS], ids=lambda action: action.id)
@pytest.mark.parametrize("pair", PAIRS)
class TestContract:
    def test_the_reference_edit_satisfies_every_check_and_is_idempotent(self, action: Action, pair: Pair) -> None:
        gold.assert_gold_is_clean(action, pair)

    def test_line_endings_stay(self, action: Action, pair: Pair) -> None:
        gold.assert_works_with_crlf(action, pair)

    def test_each_fault_is_charged_with_its_violations_only(self, action: Action, pair: Pair) -> None:
        expected = {fault.id for fault in action.faults}
        if not gold.brief(pair).manifest.hero.preload:
            expected -= {"hero-bg-preload-kept", "hero-bg-preload-beside"}
        if len([one for one in gold.brief(pair).requirements.images.sections if one.path != "none"]) < 2:
            expected.discard("section-bgs-exchanged")
        assert gold.assert_faults_are_charged(action, pair) == expected

    def test_hostile_input_raises_nothing(self, action: Action, pair: Pair) -> None:
        gold.assert_survives_hostile_input(action, pair)

    def test_every_picture_is_a_file_of_the_site(self, action: Action, pair: Pair) -> None:
        context = gold.brief(pair)
        assert list(survey_assets(page_of(gold.gold_after(pair, action.id), context), context)) == []


def test_an_untouched_preload_is_stale() -> None:
    before = gold.gold_before(SAFARI, HERO.id)
    assert ids(gold.judge(HERO, SAFARI, before, before)) == ["images.hero-preload-stale"]


@pytest.mark.parametrize("href", [f"./{NEW}", f"/{NEW}", f"{NEW}?v=2", "assets/images/tent-pan.jpg"])
def test_a_preload_of_the_new_or_another_picture_is_not_stale(href: str) -> None:
    assert judge_swap(HERO, SAFARI, (f'href="{NEW}"', f'href="{href}"')) == []


def test_a_preload_taken_out_is_not_stale() -> None:
    assert judge_swap(HERO, SAFARI, (f'  <link rel="preload" as="image" href="{NEW}">\n', "")) == []


def test_a_background_made_an_image_needs_the_required_text() -> None:
    overlay = '<div class="hero__overlay"></div>'
    assert judge_swap(HERO, SAFARI, (overlay, f'<img src="{NEW}" alt="">{overlay}')) == []
    assert judge_swap(HERO, SAFARI, (overlay, f'<img src="{NEW}" alt="Dusk">{overlay}')) == ["images.hero-alt-wrong"]
    assert judge_swap(HERO, SAFARI, (overlay, f'<img src="{NEW}">{overlay}')) == ["images.hero-alt-wrong"]
    named = ('<section class="hero', '<section role="img" aria-label="Dusk" class="hero')
    assert judge_swap(HERO, SAFARI, named) == ["images.hero-alt-wrong"]


def edited(css: str, html: str = '<div class="hero"><p>x</p></div>', *, background: Background | None = None, **hero: Any) -> str:
    """The stylesheet after action 6 on a made-up hero, checked to be final."""
    background = background or Background(selector=".hero", overlay=".hero::before")
    brief = gold.brief(SAFARI)
    changed = brief.manifest.hero.model_copy(update={"background": background, "selector": ".hero", **hero})
    made = Brief(brief.requirements, brief.manifest.model_copy(update={"hero": changed}), brief.assets)
    files = {CSS: css, HTML: html}
    after = files | HERO.edit(files, made)
    assert HERO.edit(after, made) == {}
    return after[CSS]


OVERLAY = ".hero::before { background-color: rgba(0, 0, 0, 0.5); }"


def test_every_media_block_gets_the_picture_and_its_place() -> None:
    css = (
        ".hero { background: #333 url(../assets/images/hero.jpg) left / contain; }\n"
        f"{OVERLAY}\n"
        "@media (max-width: 767px) { .hero { background-image: url('../assets/images/small.jpg'); background-position: top; } }\n"
    )
    assert edited(css) == (
        ".hero { background: #333 url(../assets/images/thornveld-dusk.jpg) left / contain; background-position: 50% 40%;"
        " background-size: cover; }\n"
        f"{OVERLAY}\n"
        "@media (max-width: 767px) { .hero { background-image: url('../assets/images/thornveld-dusk.jpg');"
        " background-position: 50% 40%; } }\n"
    )


def test_a_pattern_above_the_photograph_stays() -> None:
    css = f".hero {{ background: url(dots.svg), url(../assets/images/hero.jpg) 50% 40% / cover; }}\n{OVERLAY}\n"
    assert edited(css) == css.replace("hero.jpg", "thornveld-dusk.jpg")


def test_a_picture_in_a_custom_property_is_exchanged_there() -> None:
    css = (
        ":root { --pic: url(../assets/images/hero.jpg); }\n"
        f".hero {{ background: var(--pic) 50% 40% / cover; }}\n{OVERLAY}\n"
        "@media (max-width: 767px) { .hero { background: var(--pic) 50% 40% / cover; } }\n"
    )
    assert edited(css) == css.replace("hero.jpg", "thornveld-dusk.jpg")


@pytest.mark.parametrize(
    ("painted", "strengthened"),
    [
        ("background-color: rgb(0 0 0 / 20%);", "background-color: rgba(0, 0, 0, 0.45);"),
        ("background-color: #00000033;", "background-color: rgba(0, 0, 0, 0.45);"),
        ("background-color: rgba(0,0,0,.7);", "background-color: rgba(0,0,0,.7);"),
        ("background-color: #000; opacity: .3;", "background-color: #000; opacity: 0.45;"),
        ("background-color: rgba(0, 0, 0, 0.9); opacity: 0.4;", "background-color: rgba(0, 0, 0, 0.9); opacity: 0.5;"),
        ("background-color: var(--c-text); opacity: 0.4;", "background-color: var(--c-text); opacity: 0.45;"),
        ("background: rgba(0, 0, 0, 0.2);", "background: rgba(0, 0, 0, 0.45);"),
    ],
)
def test_an_overlay_keeps_its_colour_and_gets_its_strength(painted: str, strengthened: str) -> None:
    base = ".hero { background: url(../assets/images/thornveld-dusk.jpg) 50% 40% / cover; }\n.hero::before { "
    assert edited(base + painted + " }\n") == base + strengthened + " }\n"


def test_both_ends_of_a_gradient_overlay_are_strengthened() -> None:
    css = ".hero { background: url(../assets/images/thornveld-dusk.jpg) 50% 40% / cover; }\n"
    css += ".hero::before { background-image: linear-gradient(rgba(1, 2, 3, 0.1), rgba(1, 2, 3, 0.8)); }\n"
    background = Background(selector=".hero", overlay=".hero::before", overlay_property="background-image")
    assert edited(css, background=background) == css.replace("0.1", "0.45")


def test_an_overlay_rule_shared_with_others_is_left_to_them() -> None:
    css = ".hero { background: url(../assets/images/thornveld-dusk.jpg) 50% 40% / cover; }\n"
    shared = ".pic::before { background-color: rgba(0, 0, 0, 0.2); }\n"
    html = '<div class="hero pic"></div><div class="pic"></div>'
    assert edited(css + shared, html) == css + shared + ".hero::before { background-color: rgba(0, 0, 0, 0.45); }\n"


def test_an_overlay_that_was_lost_is_painted_again_in_its_role() -> None:
    css = ".hero { background: url(../assets/images/thornveld-dusk.jpg) 50% 40% / cover; }\n"
    assert edited(css) == css + "\n.hero::before { background-color: rgba(30, 23, 16, 0.45); }\n"


def test_a_picture_that_is_an_image_element_gets_source_and_text() -> None:
    brief = gold.brief(SAFARI)
    hero = brief.manifest.hero.model_copy(update={"background": None, "media": ".hero__photo", "preload": True})
    made = Brief(brief.requirements, brief.manifest.model_copy(update={"hero": hero}), brief.assets)
    picture = '<img src="assets/images/hero.jpg" srcset="assets/images/hero.jpg 2x" alt="Pans">'
    html = (
        '<head><link rel="preload" as="image" href="assets/images/hero.jpg"></head><section class="hero" data-section="hero">'
        f'<picture class="hero__photo">\n<source srcset="a.webp">\n{picture}</picture></section>'
    )
    files = {CSS: ".hero__photo img { object-fit: cover; }\n", HTML: html}
    after = files | HERO.edit(files, made)
    assert f'<img src="{NEW}" alt="">' in after[HTML]
    assert f'as="image" href="{NEW}"' in after[HTML]
    assert "<source" not in after[HTML]
    assert after[CSS] == ".hero__photo img { object-fit: cover; object-position: 50% 40%; }\n"
    assert HERO.edit(after, made) == {}
    pages = [page_of(one, made) for one in (files, files, after)]
    assert ids([f for check in HERO.checks for f in check(Step(pages[0], pages[1], made, pages[0]))]) == [
        "images.hero-alt-wrong",
        "images.hero-preload-stale",
    ]
    assert [f for check in HERO.checks for f in check(Step(pages[0], pages[2], made, pages[0]))] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("center", "50% 50%"), ("left", "0% center"), ("top", "center top"), ("top left", "0% 0%"), ("50% 40%", "center 40%")],
)
def test_positions_compare_as_places(one: str, other: str) -> None:
    assert normal_position(one) == normal_position(other)


def test_a_section_without_picture_keeps_its_overlay() -> None:
    css = gold.gold_after(SAFARI, SECTIONS.id)[CSS]
    assert ".voices { background-image: none; }" in css
    assert ".voices::before { background-color: rgba(47, 74, 60, 0.6); }" in css


def test_a_shorthand_loses_its_picture_and_nothing_else() -> None:
    files = dict(gold.gold_before(SAFARI, SECTIONS.id))
    old = 'background-image: url("../assets/images/night.jpg")'
    files[CSS] = files[CSS].replace(old, 'background: url("../assets/images/night.jpg") center / cover var(--c-secondary)')
    assert ".voices { background: none center / cover var(--c-secondary); }" in SECTIONS.edit(files, gold.brief(SAFARI))[CSS]


def test_an_inline_background_is_exchanged_where_it_stands() -> None:
    files = dict(gold.gold_before(SAFARI, SECTIONS.id))
    old = '<section class="section section--photo contact"'
    files[HTML] = files[HTML].replace(old, old + " style=\"color: red; background-image: url('assets/images/pan.jpg')\"")
    html = SECTIONS.edit(files, gold.brief(SAFARI))[HTML]
    assert "style=\"color: red; background-image: url('assets/images/thornveld-river.jpg')\"" in html
