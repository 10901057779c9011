"""Actions 6 and 7 as a browser sees them: which picture is shown, and what costs nothing."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import CSS, Step, page_of
from sitegen_tui.actions.checks.hero_bg_seen import CHECKS as HERO_CHECKS
from sitegen_tui.actions.checks.section_bgs_seen import CHECKS as SECTION_CHECKS
from sitegen_tui.domain.findings import Provenance
from sitegen_tui.domain.probes import Failure, Probe, ProbeWants
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, plain
from tests.looking import Change, Look, charged, css, judged, judged_swap, shown, swap

HERO, SECTIONS = "replace-hero-bg", "replace-section-bgs"
SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
PICTURES = ProbeWants(views=("desktop", "mobile"), contrast=(), states=False, focus=False, tints=False, behaviours=False, axe=False)
NEW = "assets/images/thornveld-dusk.jpg"
URL = f'url("../{NEW}")'
VEIL = "rgba(30, 23, 16, 0.45)"
OVERLAY = '<div class="hero__overlay"></div>'
FILLING = "position:absolute;inset:0;width:100%;height:100%;object-fit:cover;object-position:50% 40%;z-index:-2"


def img(source: str) -> Change:
    """An img that fills the hero, under its overlay."""
    return swap(OVERLAY, f'<img src="{source}" alt="" style="{FILLING}">{OVERLAY}')


def veils(rules: str) -> Change:
    """The hero's overlay is clear, and rules paint another."""
    return css(f".hero__overlay {{ background: none; }} {rules}")


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("action", [HERO, SECTIONS])
def test_an_untouched_site_earns_two_points_at_most(look: Look, pair: Pair, action: str) -> None:
    before = gold.gold_before(pair, action)
    found = judged(look, pair, action, before, before, PICTURES)
    assert 0.0 <= found.score.value <= 2.0, shown(found)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            css(".hero { background-image: none; }"),
            {"images.hero-wrong": 4.0, "images.hero-not-rendered": 2.0, "images.hero-size-wrong": 1.0},
        ),
        (css(f".hero {{ background-image: url(../assets/images/hero.jpg), {URL}; }}"), {"images.hero-wrong": 4.0}),
        (img("assets/images/hero.jpg"), {"images.hero-wrong": 4.0}),
        (css(".hero { background-size: 0 0; }"), {"images.hero-not-rendered": 2.0}),
        (css(".hero__overlay { background-color: #1e1710; }"), {"images.hero-not-rendered": 2.0}),
        (css(".hero__overlay { opacity: 0.5; }"), {"images.hero-overlay-lost": 1.5}),
        (css(".hero__overlay { inset: 50% 0 0; }"), {"images.hero-overlay-lost": 1.5}),
        (veils(".hero__text { background: rgba(0, 0, 0, 0.9); }"), {"images.hero-overlay-lost": 1.5}),
        (css("@media (max-width: 767px) { .hero { background-size: contain; } }"), {"images.hero-size-wrong": 1.0}),
    ],
    ids=["none", "under-another", "under-an-img", "no-size", "covered", "faded", "half", "scrim-only", "contained-on-phones"],
)
def test_a_fault_of_the_hero_is_charged_and_nothing_else(look: Look, change: Change, expected: dict[str, float]) -> None:
    found = judged_swap(look, SAFARI, HERO, change, want=PICTURES)
    assert charged(found) == expected, shown(found)


@pytest.mark.parametrize(
    "changes",
    [
        (css(".hero__overlay { background: rgb(30 23 16 / 45%); }"),),
        (css(".hero__overlay { background-color: #1e171073; }"),),
        (css(".hero__overlay { background-color: #1e1710; opacity: 0.45; }"),),
        (css(f".hero {{ background: var(--c-secondary) {URL} 50% 40% / cover no-repeat; }}"),),
        (veils(f".hero {{ background-image: linear-gradient({VEIL}, {VEIL}), {URL}; }}"),),
        (veils(f".hero::before {{ content: ''; position: absolute; inset: 0; z-index: -1; background: {VEIL}; }}"),),
        (css(".hero__overlay { background-color: rgba(30, 23, 16, 0.35); } .hero__text { background: rgba(30, 23, 16, 0.4); }"),),
        (
            css(".hero { background-image: none; }"),
            img(NEW),
        ),
    ],
    ids=["rgb", "hex", "opacity", "shorthand", "gradient-layer", "pseudo-element", "local-scrim", "img"],
)
def test_another_way_to_the_same_hero_costs_nothing(look: Look, changes: tuple[Change, ...]) -> None:
    found = judged_swap(look, SAFARI, HERO, *changes, want=PICTURES)
    assert found.score.value == 10.0, shown(found)


@pytest.mark.parametrize(
    ("pair", "change", "expected"),
    [
        (SAFARI, css(".contact { background-image: none; }"), {"images.section-wrong": 3.0, "images.section-size-wrong": 0.5}),
        (BLANK, css("#contact { background-image: none; }"), {"images.section-wrong": 6.0, "images.section-size-wrong": 1.0}),
        (SAFARI, css(".contact { background-size: auto; }"), {"images.section-size-wrong": 0.5}),
        (SAFARI, css(".contact::before { content: none; }"), {"images.section-overlay-lost": 1.0}),
        (SAFARI, css(".voices { background-image: url(../assets/images/night.jpg); }"), {"images.section-extra": 1.0}),
        (SAFARI, css(f".about {{ background-image: {URL}; }}"), {"images.section-extra": 1.0}),
        (SAFARI, css(".about { background-image: linear-gradient(#fff, #eee); }"), {}),
        (SAFARI, css(".about h2 { padding-left: 30px; background: url(../assets/images/night.jpg) 0 / 20px no-repeat; }"), {}),
    ],
    ids=["none", "none-of-one", "unsized", "no-overlay", "kept", "unasked", "gradient", "small-mark"],
)
def test_a_fault_of_a_section_is_charged_by_its_share(look: Look, pair: Pair, change: Change, expected: dict[str, float]) -> None:
    found = judged_swap(look, pair, SECTIONS, change, want=PICTURES)
    assert charged(found) == expected, shown(found)


def test_a_hero_that_was_gone_before_fails_and_is_inherited(look: Look) -> None:
    def without_hero(files: dict[str, str]) -> dict[str, str]:
        page = files["index.html"]
        start = page.index('<section class="hero"')
        return {**files, "index.html": page[:start] + page[page.index("</section>", start) + len("</section>") :]}

    before = without_hero(dict(gold.gold_before(SAFARI, HERO)))
    found = judged(look, SAFARI, HERO, before, css(".voices { color: #fff; }")(before), PICTURES)
    told = [charge.finding for charge in found.charges if charge.finding.violation.startswith("images.hero-")]
    assert {one.violation for one in told} >= {"images.hero-wrong", "images.hero-not-rendered", "images.hero-size-wrong"}
    rendered = [one for one in told if one.violation not in ("images.hero-alt-wrong", "images.hero-preload-stale")]
    assert {one.provenance for one in rendered} == {Provenance.INHERITED}
    assert charged(found)["images.hero-wrong"] == 4.0


def test_evidence_names_window_file_and_line(look: Look) -> None:
    change = css("@media (max-width: 767px) { .hero { background-image: url(../assets/images/hero.jpg); } }")
    (charge,) = judged_swap(look, SAFARI, HERO, change, want=PICTURES).charges
    evidence = charge.finding.evidence
    assert (evidence.expected, evidence.file) == (NEW, "index.html")
    assert "assets/images/hero.jpg; at mobile" in evidence.measured
    assert 'data-section="hero"' in gold.gold_after(SAFARI, HERO)["index.html"].splitlines()[(evidence.line or 0) - 1]


@pytest.mark.parametrize("pair", PAIRS)
def test_a_page_that_could_not_be_shown_fails_in_everything_and_raises_nothing(pair: Pair) -> None:
    brief = gold.brief(pair)
    page = page_of(gold.gold_after(pair, HERO), brief)
    step = Step(page, page, brief, page)
    broken = Probe(failure=Failure(kind="timeout", stage="load", detail="it hung"), wants=PICTURES)
    found = [one for check in (*HERO_CHECKS, *SECTION_CHECKS) for one in check(step, broken, broken)]
    assert {one.violation for one in found} == {
        "images.hero-wrong",
        "images.hero-not-rendered",
        "images.hero-overlay-lost",
        "images.hero-size-wrong",
        "images.section-wrong",
        "images.section-overlay-lost",
        "images.section-size-wrong",
    }, plain(found)


def test_a_stylesheet_that_is_gone_is_no_picture(look: Look) -> None:
    before = gold.gold_before(BLANK, HERO)
    found = judged(look, BLANK, HERO, before, {**before, CSS: "/* */\n"}, PICTURES)
    assert charged(found)["images.hero-wrong"] == 4.0
