"""Action 2 as a browser sees it: the first family of headings and body text, a kept token once, and what costs nothing."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import CSS, HTML, Step, page_of
from sitegen_tui.actions.checks.fonts_seen import CHECKS
from sitegen_tui.actions.swap_fonts import ACTION
from sitegen_tui.domain.probes import Failure, Probe, ProbeWants
from tests.actions import gold
from tests.actions.gold import Pair
from tests.looking import Change, Look, charged, css, judged, judged_swap, shown, swap

SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
STYLES = ProbeWants(views=("desktop", "mobile"), contrast=(), states=False, focus=False, behaviours=False, axe=False, tints=False)
HEADING, BODY = "fonts.heading-family-wrong", "fonts.body-family-wrong"


@pytest.mark.parametrize("pair", [SAFARI, BLANK])
def test_untouched_fonts_earn_next_to_nothing(look: Look, pair: Pair) -> None:
    before = gold.gold_before(pair, ACTION.id)
    found = judged(look, pair, ACTION.id, before, before, STYLES)
    # That the tokens name the old families is why headings and body text have them.
    assert found.score.value == 1.0, shown(found)
    assert {HEADING: 2.5, BODY: 2.5}.items() <= charged(found).items()


@pytest.mark.parametrize(
    "change",
    [
        swap('--font-heading: "Fraunces", serif', "--serif: 'fraunces'; --font-heading: var(--serif), Georgia, serif", CSS),
        css("h1, h2, h3 { font-family: Fraunces, serif; }"),
        css("p { font: 400 1em/1.6 Karla, Arial, sans-serif; }"),
        css("code, .about__link { font-family: monospace; }"),
    ],
    ids=["chain", "literal-beside", "shorthand", "not-its-elements"],
)
def test_another_way_to_the_same_families_costs_nothing(look: Look, change: Change) -> None:
    found = judged_swap(look, SAFARI, ACTION.id, change, want=STYLES)
    assert found.score.value == 10.0, shown(found)


class TestOneCause:
    def test_a_kept_token_is_charged_as_the_family_it_gives(self, look: Look) -> None:
        kept = swap('--font-heading: "Fraunces", serif', '--font-heading: "Lora", Georgia, serif', CSS)
        assert charged(judged_swap(look, SAFARI, ACTION.id, kept, want=STYLES)) == {HEADING: 2.5}

    def test_a_token_that_nothing_uses_any_more_is_charged_itself(self, look: Look) -> None:
        past = swap("var(--font-heading)", '"Newsreader", serif', CSS)
        kept = swap('--font-heading: "Newsreader", serif', '--font-heading: "Bitter", serif', CSS)
        assert charged(judged_swap(look, BLANK, ACTION.id, past, kept, want=STYLES)) == {"fonts.variable-missed": 1.0}

    def test_paragraphs_in_the_headings_font_are_judged_with_the_headings(self, look: Look) -> None:
        # The contact's name is a paragraph that the template sets in its heading font.
        kept = swap('--font-heading: "Fraunces"', '--font-heading: "Frances"', CSS)
        assert charged(judged_swap(look, SAFARI, ACTION.id, kept, want=STYLES)) == {HEADING: 2.5}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (swap('--font-heading: "Fraunces", serif;', '--font-heading: "Karla", serif;', CSS), {HEADING: 2.5}),
        (css("@media (max-width: 400px) { .hero h1 { font-family: Georgia, serif; } }"), {HEADING: 2.5}),
        (css(".btn { font-family: Arial, sans-serif; }"), {BODY: 2.5}),
        (css("body, p { font-family: var(--font-heading); }"), {BODY: 2.5}),
        (css("h2 { font-family: var(--font-body); } p { font-family: var(--font-heading); }"), {HEADING: 2.5, BODY: 2.5}),
    ],
    ids=["one-family-for-both", "on-phones", "buttons", "text-like-headings", "exchanged"],
)
def test_a_wrong_family_is_charged_and_nothing_else(look: Look, change: Change, expected: dict[str, float]) -> None:
    found = judged_swap(look, SAFARI, ACTION.id, change, want=STYLES)
    told = {name: points for name, points in charged(found).items() if name != "fonts.variable-missed"}
    assert told == expected, shown(found)


def test_evidence_names_families_window_and_line(look: Look) -> None:
    found = judged_swap(look, SAFARI, ACTION.id, css("h2 { font-family: Georgia; }"), want=STYLES)
    (charge,) = found.charges
    evidence = charge.finding.evidence
    assert "Georgia on" in evidence.measured
    assert "desktop" in evidence.measured
    assert evidence.expected == "Fraunces"
    assert "<h1" in gold.gold_after(SAFARI, ACTION.id)[HTML].splitlines()[(evidence.line or 0) - 1]


@pytest.mark.parametrize(
    "probe",
    [
        Probe(wants=ProbeWants()),
        Probe(wants=ProbeWants(), failure=Failure(kind="crashed", stage="mobile", detail="the browser went away")),
    ],
    ids=["nothing", "failure"],
)
def test_a_page_that_could_not_be_looked_at_fails_both(probe: Probe) -> None:
    brief = gold.brief(SAFARI)
    page = page_of(gold.gold_after(SAFARI, ACTION.id), brief)
    found = [one.violation for check in CHECKS for one in check(Step(page, page, brief, page), probe, probe)]
    assert found == [HEADING, BODY]


def test_hostile_pages_raise_nothing(look: Look) -> None:
    brief = gold.brief(SAFARI)
    sight = look(brief, gold.start(SAFARI), STYLES)
    for files in gold.hostile(gold.gold_after(SAFARI, ACTION.id)):
        page = page_of(files, brief)
        step = Step(page, page, brief, page, seen_start=sight)
        assert [one.violation for check in CHECKS for one in check(step, sight, sight)] == [HEADING, BODY]


def test_a_page_without_headings_fails_and_says_so(look: Look) -> None:
    before = {**gold.gold_before(BLANK, ACTION.id)}
    for tag in ("h1", "h2", "h3"):
        before[HTML] = before[HTML].replace(f"<{tag}", "<div").replace(f"</{tag}>", "</div>")
    after = {**before, **ACTION.edit(before, gold.brief(BLANK))}
    (charge,) = judged(look, BLANK, ACTION.id, before, after, STYLES).charges
    assert (charge.finding.violation, charge.finding.provenance, charge.amount) == (HEADING, "inherited", 2.5)
