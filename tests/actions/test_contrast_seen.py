"""Action 16 as a browser sees it: what could not be read, what has become of it, and what costs nothing."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import HTML, Step, page_of
from sitegen_tui.actions.checks.contrast_seen import CHECKS
from sitegen_tui.domain.findings import Provenance
from sitegen_tui.domain.probes import Failure, Probe, ProbeWants, View
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair
from tests.looking import Change, Look, charged, css, judged, judged_swap, shown, swap

ACTION = "verify-contrast"
SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
READABLE = ProbeWants(views=("desktop",), contrast=("desktop",), focus=False, tints=False, behaviours=False, axe=False)
COPY = "<p>Pegged, oiled, leaned on.</p>"
NINTH = 0.778
"""What one of the nine texts costs that cannot be read in front of the action."""


@pytest.mark.parametrize("pair", PAIRS)
def test_an_untouched_page_earns_two_points_at_most(look: Look, pair: Pair) -> None:
    before = gold.gold_before(pair, ACTION)
    found = judged(look, pair, ACTION, before, before, READABLE)
    assert 0.0 <= found.score.value <= 2.0, shown(found)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (css("article:first-child p { color: #7a8c97; }"), {"contrast.below-aa": NINTH}),
        (css("article:first-child p { color: #7a8c97; font-size: 25px; }"), {"contrast.below-aa": NINTH}),
        (css("article:first-child p { visibility: hidden; }"), {"contrast.below-aa": NINTH}),
        (css("article:first-child p { opacity: 0.3; }"), {"contrast.text-invisible": 4.0}),
        (swap(COPY, COPY.replace("<p", '<p aria-hidden="true" style="color:#7a8c97"')), {"contrast.below-aa": NINTH}),
        (css("input { border-color: #9aa9b2; }"), {"contrast.ui-below-aa": 0.5}),
        (css("input { display: none; }"), {"contrast.below-aa": NINTH, "contrast.ui-below-aa": 0.5}),
        (css(".nav a:hover { color: #9aa9b2; }"), {"contrast.state-below-aa": 0.5}),
        (css("article h3 { color: #8797a1; }"), {"contrast.new-failure": 1.0}),
    ],
    ids=["kept", "made-larger", "hidden", "faded", "hidden-from-readers", "border", "no-field", "hover", "another"],
)
def test_a_fault_is_charged_and_nothing_else(look: Look, change: Change, expected: dict[str, float]) -> None:
    found = judged_swap(look, BLANK, ACTION, change, want=READABLE)
    assert charged(found) == expected, shown(found)


@pytest.mark.parametrize(
    "changes",
    [
        (css("article p { color: rgb(13 27 38); }"),),
        (css("article p { color: #7a8c97; background: #0d1b26; padding: 4px; }"),),
        (swap(COPY, f'<div class="scrim">{COPY}</div>'),),
        (css("input { border-color: #5c6b75; background: #fff; }"),),
        (css(".nav a:hover { text-decoration: none; }"),),
    ],
    ids=["literal", "local-scrim", "wrapped", "other-border", "other-hover"],
)
def test_another_way_to_mend_costs_nothing(look: Look, changes: tuple[Change, ...]) -> None:
    found = judged_swap(look, BLANK, ACTION, *changes, want=READABLE)
    assert found.score.value == 10.0, shown(found)


def test_where_everything_could_be_read_there_is_nothing_to_mend(look: Look) -> None:
    readable = gold.gold_after(BLANK, ACTION)
    found = judged(look, BLANK, ACTION, readable, readable, READABLE)
    assert found.score.value == 10.0, shown(found)


def test_a_page_without_text_has_failed_and_is_inherited_where_it_had_none(look: Look) -> None:
    before = gold.gold_before(BLANK, ACTION)
    empty = {**before, HTML: "<!DOCTYPE html><html><head><title>x</title></head><body></body></html>"}
    found = judged(look, BLANK, ACTION, before, empty, READABLE)
    assert charged(found)["contrast.below-aa"] == 7.0
    again = judged(look, BLANK, ACTION, empty, {**empty, HTML: empty[HTML].replace("x<", "y<")}, READABLE)
    (charge,) = [one for one in again.charges if one.finding.violation == "contrast.below-aa"]
    assert (charge.amount, charge.finding.provenance) == (7.0, Provenance.INHERITED)


def test_evidence_names_ratio_limit_and_line(look: Look) -> None:
    (charge,) = judged_swap(look, BLANK, ACTION, css("article:first-child p { color: #7a8c97; }"), want=READABLE).charges
    evidence = charge.finding.evidence
    assert evidence.expected == "4.5 at least"
    assert evidence.measured.startswith("2.84 at worst")
    assert "Pegged, oiled" in gold.gold_after(BLANK, ACTION)[HTML].splitlines()[(evidence.line or 0) - 1]


def _judge(before: Probe, after: Probe) -> list[tuple[str, Provenance]]:
    page = page_of(gold.gold_after(BLANK, ACTION), gold.brief(BLANK))
    step = Step(page, page, gold.brief(BLANK), page)
    return [(one.violation, one.provenance) for check in CHECKS for one in check(step, before, after)]


def test_a_page_that_could_not_be_shown_has_failed_and_raises_nothing(look: Look) -> None:
    broken = Probe(failure=Failure(kind="timeout", stage="load", detail="it hung"), wants=READABLE)
    good = look(gold.brief(BLANK), gold.gold_before(BLANK, ACTION), READABLE)
    assert _judge(broken, broken) == [("contrast.below-aa", Provenance.OWN)]
    assert ("contrast.below-aa", Provenance.OWN) in _judge(good, broken)
    # Of an input that could not be measured nobody knows what failed: what fails now is what has been left.
    assert _judge(broken, good).count(("contrast.below-aa", Provenance.OWN)) == 9


def test_texts_that_were_not_measured_are_not_charged(look: Look) -> None:
    seen = look(gold.brief(BLANK), gold.gold_before(BLANK, ACTION), READABLE)
    view: View = seen.views["desktop"]
    texts = tuple(text.model_copy(update={"low": None, "median": None}) for text in view.texts)
    blind = seen.model_copy(update={"views": {"desktop": view.model_copy(update={"texts": texts})}, "controls": (), "states": ()})
    assert _judge(blind, blind) == []
