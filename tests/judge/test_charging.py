"""The arithmetic of charges: dominance, caps and scores, on the real catalogue."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.domain.findings import Evidence, Finding, Provenance
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.violations import DEDUCTION_CAP, JUDGE_CAP, Kind, Layer
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.charging import charge, not_assessed, score

BOTH = (Layer.STATIC, Layer.RENDERED)


def found(violation, subject="", **more):
    place = {key: more.pop(key) for key in ("file", "side", "line", "column") if key in more}
    return Finding(violation=violation, subject=subject, message="x", evidence=Evidence(**place), **more)


def amounts(action, *findings):
    return [entry.amount for entry in charge(catalogue(), action, findings)]


def value(action, findings, layers=BOTH):
    return score(catalogue(), action, charge(catalogue(), action, findings), layers)


def test_the_worked_disaster_is_worse_than_doing_nothing():
    disaster = [
        found("sections.columns-wrong", "suites", instances=3),
        found("sections.columns-wrong", "gallery", instances=3),
        *(found("sections.mobile-wrong", name, instances=3) for name in ("suites", "gallery", "footer")),
        found("layout.section-lost", "voices", section="voices"),
        found("layout.nav-bulleted", "nav"),
        found("layout.overflow-x", "mobile"),
        found("layout.card-lost", "suites: Ridge", section="suites"),
    ]
    result = value("apply-sections-layout", disaster)
    assert result.deducted == pytest.approx(13.83, abs=0.01)
    assert result.value == pytest.approx(-3.83, abs=0.01)
    assert result.full


def test_nothing_found_is_full_marks_and_a_part_is_never_called_whole():
    for action in ACTION_IDS:
        assert value(action, []).value == 10.0
    static = [value(action, [], (Layer.STATIC,)) for action in ACTION_IDS]
    assert sum(one.assessed for one in static) == 90.5
    assert not any(one.full for one in static)


def test_a_shared_weight_is_shared_and_a_field_has_its_own():
    assert amounts("apply-colours", found("colours.variable-missed", "primary", instances=8)) == [0.5]
    fields = [found("text.missing", name) for name in ("headline", "subheadline", "cta")]
    assert amounts("update-hero-text", *fields) == [3.0, 2.5, 1.5]
    assert amounts("update-hero-text", found("text.not-verbatim", "headline")) == [2.1]
    assert amounts("update-about-text", found("text.not-verbatim", "paragraph 1", instances=2)) == [2.1]


def test_a_cap_holds_for_all_ids_of_its_pool_and_says_so():
    charges = charge(catalogue(), "swap-fonts", [found("regress.text-lost", f"text {n}") for n in range(5)])
    assert [entry.amount for entry in charges] == [1.5, 1.5, 1.5, 0.0, 0.0]
    assert "capped at 4.5" in charges[-1].reason


def test_no_action_loses_more_than_the_cap():
    many = [found("layout.section-lost", f"s{n}") for n in range(9)]
    many += [found("layout.section-emptied", f"e{n}") for n in range(9)]
    many += [found("layout.card-lost", f"c{n}") for n in range(9)]
    many += [found("contrast.text-invisible", f"t{n}") for n in range(9)]
    result = value("replace-favicon", [*many, found("favicon.icon-wrong", "icon")])
    assert (result.deducted, result.value) == (DEDUCTION_CAP, 10 - DEDUCTION_CAP)


def test_an_llm_judge_deducts_at_most_its_share():
    visual = [found("layout.visual-break", f"block {n}", layer=Layer.LLM) for n in range(2)]
    visual += [found("scope.unrequested-change", f"card {n}", layer=Layer.LLM) for n in range(3)]
    assert value("swap-fonts", visual).judged == JUDGE_CAP


@pytest.mark.parametrize(
    ("cause", "effect"),
    [
        (found("html.truncated", "index.html", file="index.html"), found("html.parse-error", "e", file="index.html")),
        (found("html.truncated", "index.html", file="index.html"), found("regress.hook-lost", "#a", file="index.html")),
        (found("css.truncated", "css/styles.css", file="css/styles.css"), found("css.parse-error", "e", file="css/styles.css")),
        (found("layout.section-lost", "about", section="about"), found("regress.text-lost", "words", section="about")),
        (found("images.description-as-src", "css: a b c"), found("assets.not-found", "css: a b c")),
        (
            found("hero.child-lost", "cta", file="index.html", side="before", line=4, column=2),
            found("regress.text-lost", "Book", file="index.html", side="before", line=4, column=2),
        ),
    ],
)
def test_one_cause_is_charged_once_in_either_order(cause, effect):
    for order in ((cause, effect), (effect, cause)):
        charges = charge(catalogue(), "apply-hero-layout", order)
        assert {entry.finding.violation: entry.amount > 0 for entry in charges} == {cause.violation: True, effect.violation: False}
        assert f"explained by {cause.violation}" in {entry.reason for entry in charges}


def test_a_lost_section_does_not_excuse_what_was_to_be_done_in_it():
    findings = [found("layout.section-lost", "hero", section="hero"), found("text.missing", "headline", section="hero")]
    assert amounts("update-hero-text", *findings) == [3.0, 3.0]


def test_damage_by_an_earlier_step_is_shown_and_costs_nothing_but_what_is_not_done_is_deducted():
    inherited = Provenance.INHERITED
    findings = [
        found("assets.not-found", "a.jpg", provenance=inherited),
        found("html.elided", "b", provenance=Provenance.REPAIRED),
        found("text.missing", "headline", provenance=inherited),
    ]
    assert amounts("update-hero-text", *findings) == [0.0, 0.0, 3.0]


def test_the_same_thing_found_twice_is_one_finding():
    assert amounts("swap-fonts", *[found("regress.hook-lost", "#menu")] * 3) == [1.0]


def test_an_id_without_a_term_in_the_action_is_a_broken_check():
    with pytest.raises(KeyError, match=r"seo\.noindex has no term in swap-fonts"):
        charge(catalogue(), "swap-fonts", [found("seo.noindex", "robots")])


def test_what_no_layer_at_hand_can_see_is_named():
    assert "sections.columns-wrong" in not_assessed(catalogue(), "apply-sections-layout", frozenset({Layer.STATIC}))
    assert not_assessed(catalogue(), "apply-sections-layout", frozenset(BOTH)) == ()


@st.composite
def any_findings(draw):
    action = draw(st.sampled_from(ACTION_IDS))
    ids = [violation.id for violation in catalogue().violations if violation.term(action)]
    findings = draw(
        st.lists(
            st.builds(
                found,
                st.sampled_from(ids),
                st.sampled_from(["", "a", "b", "headline"]),
                section=st.sampled_from(["", "about", "hero"]),
                instances=st.integers(1, 5),
                provenance=st.sampled_from(Provenance),
            ),
            max_size=25,
        )
    )
    return action, findings


@settings(max_examples=200)
@given(any_findings(), st.randoms(use_true_random=False))
def test_sums_hold_for_any_findings(given_findings, rng: random.Random):
    action, findings = given_findings
    charges = charge(catalogue(), action, findings)
    result = score(catalogue(), action, charges, BOTH)
    assert all(0 <= entry.amount <= entry.nominal for entry in charges)
    assert all(entry.reason for entry in charges if entry.amount < entry.nominal)
    assert result.deducted == pytest.approx(sum(entry.amount for entry in charges))
    assert result.value == pytest.approx(10 - result.deducted)
    assert -15 <= result.value <= 10
    assert result.completion + result.regression + result.judged == pytest.approx(result.deducted)
    assert result.completion <= 10 + 1e-9
    assert sum(entry.amount for entry in charges if entry.kind is Kind.JUDGE) <= JUDGE_CAP + 1e-9
    shuffled = rng.sample(findings, len(findings))
    if all(finding.subject for finding in findings) and result.deducted < DEDUCTION_CAP:
        distinct = {(finding.violation, finding.subject) for finding in findings}
        if len(distinct) == len(findings):
            assert value(action, shuffled).deducted == pytest.approx(result.deducted)
