"""Action 1 as a browser sees it: what each token, gradient, overlay and tint comes to, one cause once, and what costs nothing."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.apply_colours import ACTION
from sitegen_tui.actions.base import CSS, HTML, Step, page_of
from sitegen_tui.actions.checks.colours_seen import CHECKS
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.probes import Failure, Probe, ProbeWants
from tests.actions import gold
from tests.actions.gold import Pair
from tests.looking import Change, Look, charged, css, judged, judged_swap, shown, swap

SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
META = "add-seo-meta"
PAINT = ProbeWants(views=("desktop", "mobile"), contrast=(), states=False, focus=False, behaviours=False, axe=False)
WHOLE = {
    "colours.variable-missed": 4.0,
    "colours.gradient-missed": 2.0,
    "colours.overlay-missed": 1.5,
    "colours.header-tint-missed": 1.0,
    "colours.theme-color-missed": 0.5,
}


@pytest.mark.parametrize(("pair", "literals"), [(SAFARI, 1.0), (BLANK, 0.5)])
def test_an_untouched_palette_earns_next_to_nothing(look: Look, pair: Pair, literals: float) -> None:
    found = judged(look, pair, ACTION.id, gold.start(pair), gold.start(pair), PAINT)
    assert charged(found) == {**WHOLE, "colours.hardcoded-old": literals}, shown(found)


@pytest.mark.parametrize(
    "changes",
    [
        [swap("--c-primary: #7A4A21;", "--brown: hsl(28 57.4% 30.4%); --c-primary: var(--brown);", CSS)],
        [swap("--c-accent: #D8973C;", "--c-accent: RGB(216 151 60 / 100%);", CSS)],
        [swap("background-color: rgba(30, 23, 16, 0.35)", "background-color: #1E1710; opacity: 0.35", CSS)],
        [swap("background-color: rgba(30, 23, 16, 0.35)", "background: linear-gradient(#1e171059, #1e171059)", CSS)],
        [swap("background-color: rgba(47, 74, 60, 0.6)", "background: rgb(47 74 60 / 60%)", CSS)],
        [
            swap(
                "linear-gradient(135deg, #2F4A3C, #7A4A21)", "linear-gradient(135deg, rgb(47,74,60) 0%, var(--c-primary) 100%)", CSS
            )
        ],
        [swap("background-image: linear-gradient(135deg", "background: #7A4A21 linear-gradient(135deg", CSS)],
        [swap("linear-gradient(135deg, #2F4A3C,", "linear-gradient(135deg, #2F4A3C 0 20%,", CSS)],
        [swap("background-color: rgba(251, 247, 240, 0.9)", "background: #FBF7F0E6", CSS)],
    ],
    ids=["chain", "rgb", "opacity", "as-gradient", "shorthand", "positions", "gradient-shorthand", "double-stop", "hex-alpha"],
)
def test_another_way_to_the_same_paint_costs_nothing(look: Look, changes: list[Change]) -> None:
    found = judged_swap(look, SAFARI, ACTION.id, *changes, want=PAINT)
    assert found.score.value == 10.0, shown(found)


class TestOneCause:
    def test_a_kept_token_is_charged_itself_and_not_where_it_is_painted(self, look: Look) -> None:
        found = judged_swap(look, SAFARI, ACTION.id, swap("--c-accent: #D8973C", "--c-accent: #A23E1C", CSS), want=PAINT)
        assert charged(found) == {"colours.variable-missed": 0.5}, shown(found)

    def test_where_no_token_was_set_what_they_paint_is_missed_too(self, look: Look) -> None:
        old = gold.start(SAFARI)[CSS]
        root = old[: old.index("--font-heading")]
        after = gold.gold_after(SAFARI, ACTION.id)
        text = root + after[CSS][after[CSS].index("--font-heading") :]
        found = judged(look, SAFARI, ACTION.id, gold.start(SAFARI), {**after, CSS: text}, PAINT)
        assert charged(found) == {"colours.variable-missed": 4.0, "colours.gradient-missed": 1.0}, shown(found)

    def test_an_old_literal_of_an_overlay_is_the_overlay(self, look: Look) -> None:
        old = swap("rgba(30, 23, 16, 0.92)", "rgba(46, 21, 56, 0.92)", CSS)
        assert charged(judged_swap(look, SAFARI, ACTION.id, old, want=PAINT)) == {"colours.overlay-missed": 0.25}

    def test_a_gradient_of_two_old_literals_is_one_gradient(self, look: Look) -> None:
        old = swap("135deg, #2F4A3C, #7A4A21", "135deg, #26324A, #5B2333", CSS)
        assert charged(judged_swap(look, SAFARI, ACTION.id, old, want=PAINT)) == {"colours.gradient-missed": 1.0}

    def test_both_tints_cost_one_point_together(self, look: Look) -> None:
        found = judged_swap(
            look,
            SAFARI,
            ACTION.id,
            swap("rgba(251, 247, 240, 0.9)", "rgba(241, 214, 196, 0.9)", CSS),
            swap("rgba(239, 228, 210, 0.97)", "rgba(226, 192, 170, 0.97)", CSS),
            want=PAINT,
        )
        assert charged(found) == {"colours.header-tint-missed": 1.0}, shown(found)


class TestLaterSteps:
    @pytest.mark.parametrize(
        "change",
        [
            swap("rgba(30, 23, 16, 0.45)", "rgba(30, 23, 16, 0.7)", CSS),
            css(".hero { background-image: linear-gradient(#1e1710b3, #1e1710b3), url(../assets/images/thornveld-dusk.jpg); }"),
            css(".hero__overlay { background: none; }"),
            css(".site-header { background-color: rgba(251, 247, 240, 0.98); }"),
        ],
        ids=["stronger", "a-second-layer", "elsewhere", "tint"],
    )
    def test_an_overlay_may_be_made_stronger_and_put_elsewhere(self, look: Look, change: Change) -> None:
        found = judged_swap(look, SAFARI, META, change, want=PAINT)
        assert not [one for one in _undone(found.charges) if "colours." in one], shown(found)

    @pytest.mark.parametrize(
        ("change", "violation"),
        [
            (css(".hero__overlay { background-color: rgba(0, 80, 0, 0.45); }"), "colours.overlay-missed"),
            (css(":root { --c-primary: #7A4A00; }"), "colours.variable-missed"),
            (css(".stats { background-image: none; }"), "colours.gradient-missed"),
            (css(".site-header { background-color: #fff; }"), "colours.header-tint-missed"),
        ],
        ids=["overlay", "token", "gradient", "tint"],
    )
    def test_another_colour_is_earlier_work_undone(self, look: Look, change: Change, violation: str) -> None:
        found = judged_swap(look, SAFARI, META, change, want=PAINT)
        assert _undone(found.charges) == [f"apply-colours: {violation}"], shown(found)

    def test_a_brand_colour_that_is_changed_while_contrast_is_verified_is_charged_as_that(self, look: Look) -> None:
        found = judged_swap(
            look, SAFARI, "verify-contrast", swap("--c-secondary: #2F4A3C", "--c-secondary: #1C2C24", CSS), want=PAINT
        )
        assert charged(found)["contrast.brand-altered"] == 1.0
        assert "regress.undone" not in charged(found), shown(found)


class TestEvidence:
    def test_a_token_is_shown_where_it_gets_its_colour(self, look: Look) -> None:
        found = judged_swap(look, SAFARI, ACTION.id, css(".about { --c-accent: #D8973B; --c-primary: #800; }"), want=PAINT)
        (charge,) = [one for one in found.charges if one.amount]
        finding = charge.finding
        assert (finding.subject, finding.section) == ("primary", "about")
        assert (finding.evidence.file, finding.evidence.quote) == (CSS, "--c-primary: #800")
        assert "desktop" in finding.evidence.measured or "#880000" in finding.evidence.measured

    def test_a_gradient_is_shown_at_its_element_with_its_stops(self, look: Look) -> None:
        found = judged_swap(look, SAFARI, ACTION.id, swap("#2F4A3C, #7A4A21", "#7A4A21, #2F4A3C", CSS), want=PAINT)
        (charge,) = found.charges
        evidence = charge.finding.evidence
        assert (charge.finding.subject, charge.finding.section) == ("stats-panel", "about")
        assert 'class="stats"' in gold.gold_after(SAFARI, ACTION.id)[HTML].splitlines()[(evidence.line or 0) - 1]
        assert evidence.expected == "#2f4a3c, #7a4a21"
        assert "#7a4a21, #2f4a3c" in evidence.measured

    def test_what_the_input_had_not_either_is_inherited(self, look: Look) -> None:
        gone = swap('<div class="hero__overlay"></div>', "")
        before, after = gone(dict(gold.start(SAFARI))), gone(dict(gold.gold_after(SAFARI, ACTION.id)))
        (charge,) = judged(look, SAFARI, ACTION.id, before, after, PAINT).charges
        assert (charge.finding.violation, charge.finding.subject) == ("colours.overlay-missed", "hero-overlay")
        assert (charge.finding.provenance, charge.amount) == ("inherited", 0.25)
        lost = judged(look, SAFARI, ACTION.id, gold.start(SAFARI), after, PAINT)
        (found,) = [one.finding for one in lost.charges if one.finding.violation == "colours.overlay-missed"]
        assert found.provenance == "own"


@pytest.mark.parametrize(
    "probe",
    [
        Probe(wants=ProbeWants()),
        Probe(wants=ProbeWants(), failure=Failure(kind="timeout", stage="desktop", detail="the page took too long")),
    ],
    ids=["nothing", "failure"],
)
def test_a_page_that_could_not_be_looked_at_fails_everything_and_raises_nothing(probe: Probe) -> None:
    found = _run(probe, probe)
    manifest = gold.brief(SAFARI).manifest
    assert len(found) == len(manifest.tokens) + sum(
        len(parts) for parts in (manifest.derived.gradients, manifest.derived.overlays, manifest.derived.tints)
    )


def test_hostile_pages_raise_nothing(look: Look) -> None:
    sight = look(gold.brief(SAFARI), gold.start(SAFARI), PAINT)
    for files in gold.hostile(gold.gold_after(SAFARI, ACTION.id)):
        step = Step(
            *(page_of(one, gold.brief(SAFARI)) for one in (gold.start(SAFARI), files)),
            gold.brief(SAFARI),
            page_of({}, gold.brief(SAFARI)),
        )
        assert [found for check in CHECKS for found in check(step, sight, sight)]


def _run(before: Probe, after: Probe) -> list[Finding]:
    brief = gold.brief(SAFARI)
    pages = [page_of(files, brief) for files in (gold.start(SAFARI), gold.gold_after(SAFARI, ACTION.id))]
    step = Step(pages[0], pages[1], brief, pages[0])
    return [found for check in CHECKS for found in check(step, before, after)]


def _undone(charges: object) -> list[str]:
    assert isinstance(charges, tuple)
    return [one.finding.subject for one in charges if one.finding.violation == "regress.undone" and one.amount]
