"""What a person marks comes to the same points as the same findings of a checker."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sitegen_tui.domain.marks import Lines, Mark
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.violations import DEDUCTION_CAP, Layer
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.people import checklist, judged_by_person


@pytest.mark.parametrize("action", ACTION_IDS)
def test_nothing_marked_is_ten_and_everything_marked_is_the_least_there_is(action):
    assert judged_by_person(catalogue(), action, ()).score.value == 10.0
    everything = [
        Mark(violation=one.id, subject=subject, wrong=9)
        for one in checklist(catalogue(), action)
        for subject in (one.term(action).weights or ("",))
    ]
    assert judged_by_person(catalogue(), action, everything).score.value == 10.0 - DEDUCTION_CAP


@pytest.mark.parametrize("action", ACTION_IDS)
def test_what_the_action_was_to_achieve_comes_first_and_a_reply_is_not_asked_about(action):
    asked = checklist(catalogue(), action)
    own = [any(term.action == action for term in one.terms) for one in asked]
    assert own == sorted(own, reverse=True)
    assert all(one.term(action) is not None for one in asked)
    assert not any(one.id.startswith("protocol.") for one in asked)


def test_a_shared_weight_is_charged_by_how_many_of_how_many_are_wrong():
    violation = next(one for one in catalogue().violations if (t := one.term("apply-sections-layout")) and t.shared)
    term = violation.term("apply-sections-layout")
    found = judged_by_person(catalogue(), "apply-sections-layout", [Mark(violation=violation.id, wrong=2, of=3)])
    assert found.score.deducted == pytest.approx(term.points * term.factor * 2 / 3, abs=1e-5)
    assert found.score.layers == (Layer.HUMAN,)


def test_subjects_that_the_catalogue_weighs_apart_cost_their_own_weight():
    violation = next(one for one in catalogue().violations if (t := one.term("update-hero-text")) and t.weights)
    term = violation.term("update-hero-text")
    for subject, weight in term.weights.items():
        found = judged_by_person(catalogue(), "update-hero-text", [Mark(violation=violation.id, subject=subject)])
        assert found.score.deducted == pytest.approx(weight * term.factor)


def test_an_id_that_the_action_does_not_have_is_refused():
    with pytest.raises(KeyError):
        judged_by_person(catalogue(), "apply-colours", [Mark(violation="seo.nothing")])


def test_the_place_of_a_mark_is_the_evidence_of_its_finding():
    mark = Mark(violation="html.parse-error", places=(Lines(file="index.html", first=4, last=6),))
    evidence = judged_by_person(catalogue(), "apply-colours", [mark]).charges[0].finding.evidence
    assert (evidence.file, evidence.side, evidence.line) == ("index.html", "after", 4)


def test_lines_run_forwards_and_no_more_are_wrong_than_there_are():
    with pytest.raises(ValidationError):
        Lines(file="a", first=3, last=2)
    with pytest.raises(ValidationError):
        Mark(violation="a.b", wrong=4, of=3)
