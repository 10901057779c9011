"""Damage that only a browser sees: found where it was done, charged once, inherited afterwards, and never seen in gold."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sitegen_tui.actions.base import CSS, HTML
from sitegen_tui.domain.findings import Provenance
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.violations import Layer
from sitegen_tui.judge.evaluate import StepInput, evaluate
from sitegen_tui.site.page import JS
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair
from tests.looking import BOTH, Change, Look, charged, css, judged, judged_swap, shown, swap

SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
ACTION = "apply-sections-layout"
META = "add-seo-meta"
VEIL = "content: ''; position: absolute; inset: 0; z-index: 9; background: rgb(20 20 20 / 97%);"
"""Lies over words whose own colour and ground are as they were."""
STYLED = {"scope.file-touched": 1.0}
"""What the search metadata costs besides, when a stylesheet or script is changed with it."""


@pytest.mark.whole
@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("action", ACTION_IDS)
def test_no_gold_step_is_charged(look: Look, pair: Pair, action: str) -> None:
    found = judged(look, pair, action, gold.gold_before(pair, action), gold.gold_after(pair, action))
    assert not found.charges, shown(found)
    assert (found.score.value, found.score.full) == (10.0, True)


def _no_media(files: dict[str, str]) -> dict[str, str]:
    without = re.sub(r"@media \((?:max-width|width <)[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", files[CSS])
    return {**files, CSS: without}


def _broken_script(files: dict[str, str]) -> dict[str, str]:
    return {**files, JS: files[JS].replace("})();", "})(;")}


@pytest.mark.parametrize(
    ("action", "change", "expected"),
    [
        (ACTION, css(".voices { display: none; }"), {"layout.collapsed": 3.0}),
        (ACTION, css(".about { height: 0; padding: 0; }"), {"layout.collapsed": 3.0}),
        (ACTION, css(".voices .wrap { display: none; }"), {"layout.section-emptied": 3.0}),
        (ACTION, css(".site-nav__list { list-style: disc; }"), {"layout.nav-bulleted": 2.5}),
        (ACTION, css("@media (max-width: 400px) { .about__grid { min-width: 420px; } }"), {"layout.overflow-x": 1.5}),
        (ACTION, css("@media (min-width: 1200px) { .wrap { min-width: 1400px; } }"), {"layout.overflow-x": 1.5}),
        (ACTION, css(".about__text .kicker { margin-bottom: -40px; }"), {"layout.overlap": 1.5}),
        (ACTION, css(".about__text h2 { height: 20px; overflow: hidden; }"), {"layout.overlap": 1.5}),
        (
            ACTION,
            css(".voices__items { grid-template-columns: repeat(3, minmax(0, 1fr)) !important; }"),
            {"layout.responsive-lost": 1.5},
        ),
        (ACTION, swap('class="nav-toggle"', 'class="menu-toggle"'), {"js.broken": 2.0}),
        (META, _broken_script, {**STYLED, "js.broken": 2.0}),
        (META, swap("tint();\n", 'tint();\n  new Image().src = "assets/none.png";\n', JS), {**STYLED, "assets.not-found": 2.5}),
        (META, swap('toggle("is-scrolled"', 'toggle("is-down"', JS), {**STYLED, "js.behaviour-lost": 1.5}),
        (META, css(".hero__headline, .hero__lead { color: #333; }"), {**STYLED, "contrast.text-invisible": 4.0}),
        (META, css(f".about {{ position: relative; }} .about::after {{ {VEIL} }}"), {**STYLED, "contrast.text-invisible": 8.0}),
        (META, lambda files: {**files, CSS: files[CSS].split("/* layout: suites")[0]}, {**STYLED, "regress.undone": 1.5}),
    ],
    ids=[
        "hidden",
        "no-height",
        "emptied",
        "bulleted",
        "too-wide-on-phones",
        "too-wide-on-desks",
        "overlap",
        "cut-off",
        "not-responsive",
        "class-renamed",
        "syntax-error",
        "picture-of-the-script",
        "other-state-class",
        "dark-on-dark",
        "under-a-veil",
        "columns-undone",
    ],
)
def test_damage_is_charged_once(look: Look, action: str, change: Change, expected: dict[str, float]) -> None:
    found = judged_swap(look, SAFARI, action, change)
    assert charged(found) == expected, shown(found)


def test_rules_for_windows_that_are_gone_cost_the_response_to_windows(look: Look) -> None:
    assert charged(judged_swap(look, BLANK, META, _no_media)) == {**STYLED, "layout.responsive-lost": 1.5}


def test_a_new_pale_text_is_charged_where_contrast_is_verified(look: Look) -> None:
    found = judged_swap(look, SAFARI, "verify-contrast", css(".about__body p { color: #b5aea2; }"))
    assert charged(found) == {"contrast.new-failure": 1.0}, shown(found)


def test_a_stylesheet_that_is_cut_off_explains_how_the_page_looks(look: Look) -> None:
    found = judged_swap(look, SAFARI, META, lambda files: {**files, CSS: files[CSS][: len(files[CSS]) // 2]})
    assert charged(found) == {**STYLED, "css.truncated": 4.0}, shown(found)


def test_a_page_that_is_cut_off_loses_no_behaviours_besides(look: Look) -> None:
    found = judged_swap(look, SAFARI, META, lambda files: {**files, HTML: files[HTML][: len(files[HTML]) * 6 // 10]})
    assert not {name for name in charged(found) if name.startswith(("js.", "contrast."))}, shown(found)
    assert charged(found)["html.truncated"] == 5.0


@pytest.mark.parametrize(
    ("change", "violation"),
    [
        (css(".site-nav__list { list-style: disc; }"), "layout.nav-bulleted"),
        (css(".hero__headline, .hero__lead { color: #333; }"), "contrast.text-invisible"),
        (_broken_script, "js.broken"),
        (css("@media (max-width: 400px) { .about__grid { min-width: 420px; } }"), "layout.overflow-x"),
    ],
    ids=["bulleted", "invisible", "script", "too-wide"],
)
def test_what_an_earlier_step_did_is_shown_and_not_charged_again(look: Look, change: Change, violation: str) -> None:
    before = change(dict(gold.gold_before(SAFARI, META)))
    after = change(dict(gold.gold_after(SAFARI, META)))
    found = judged(look, SAFARI, META, before, after)
    (charge,) = [one for one in found.charges if one.finding.violation == violation]
    assert (charge.amount, charge.finding.provenance) == (0.0, Provenance.INHERITED)
    mended = judged(look, SAFARI, META, before, gold.gold_after(SAFARI, META))
    (repair,) = [one for one in mended.charges if one.finding.violation == violation]
    assert (repair.amount, repair.finding.provenance) == (0.0, Provenance.REPAIRED)


def test_evidence_names_window_and_line(look: Look) -> None:
    found = judged_swap(look, SAFARI, ACTION, css(".site-nav__list { list-style: disc; }"))
    (charge,) = found.charges
    evidence = charge.finding.evidence
    assert charge.finding.layer is Layer.RENDERED
    assert "site-nav__list" in gold.gold_after(SAFARI, ACTION)[HTML].splitlines()[(evidence.line or 0) - 1]
    assert "disc" in evidence.measured
    assert "desktop" in evidence.measured


class TestLayers:
    def test_without_probes_the_rendered_layer_does_not_judge(self) -> None:
        before, after = gold.gold_before(SAFARI, ACTION), gold.gold_after(SAFARI, ACTION)
        given = StepInput(ACTION, before, after, gold.brief(SAFARI), start=gold.start(SAFARI))
        assert evaluate(replace(given, layers=BOTH)).score == evaluate(given).score
        assert "sections.columns-wrong" in evaluate(replace(given, layers=BOTH)).not_assessed

    def test_probes_change_nothing_where_only_files_judge(self, look: Look) -> None:
        pair, files = SAFARI, gold.gold_before(SAFARI, ACTION)
        seen = look(gold.brief(pair), files)
        given = StepInput(ACTION, files, files, gold.brief(pair), start=gold.start(pair))
        assert evaluate(replace(given, seen_before=seen, seen_after=seen)).charges == evaluate(given).charges

    def test_both_layers_assess_all_ten_points(self, look: Look) -> None:
        pair, files = SAFARI, gold.gold_before(SAFARI, ACTION)
        found = judged(look, pair, ACTION, files, files)
        assert (found.score.assessed, found.score.full, found.not_assessed) == (10.0, True, ())
