"""Mutants that a whole audit found judged wrongly, once: each is charged with what was planted and with nothing else."""

from __future__ import annotations

import pytest

from sitegen_tui.domain.audits import MutantKey
from sitegen_tui.judge.audit import compare, judge, mutant

FOUND = {
    "a word of the new address is the whole of a text that went": "single/fitness-studio/ember-02/update-contact/texts-lost/0",
    "a label that was asked for is like a text that went": "single/local-dentist/harbour-smiles-01/update-hero-text/texts-lost/0",
    "an item without its hook is called as one that went": (
        "compound/creative-agency/loudhailer-02/apply-sections-layout/sections-breakpoint-short+items-lost+hook-of-items"
        "+sections-card-lost+html-attribute-twice+sections-section-lost+sections-pattern-nearly+links-emptied+sections-half-gap"
        "+sections-item-unhooked/11"
    ),
    "lost sections are two fifths of the page": "single/freelance-portfolio/halvard-02/replace-header-logo/sections-lost/0",
    "a number in brackets is invented": "single/law-firm/merrow-stone-01/update-contact/contact-invented-fax/0",
    "a name has one word": "single/ai-page-builder/kitepress-01/add-structured-data/schema-near-site/0",
    "another of the same family still asks for the colour": (
        "single/solar-installer/fernlight-01/apply-colours/colours-shorthand-bypassed/0"
    ),
    "a plan is called almost like a lost section": "single/saas-product/owlpost-02/add-seo-meta/sections-lost/0",
    "a heading holds more than text": "single/food-market-hall/cobnut-row-01/verify-contrast/damage-heading-changed/0",
}


@pytest.mark.parametrize("name", FOUND.values(), ids=FOUND)
def test_what_an_audit_found_is_judged_rightly(name: str) -> None:
    made = mutant(MutantKey.read(name))
    # A fault that would plant nothing, or what is true, is not planted.
    if made is None:
        return
    outcome = compare(made, judge(made))
    assert outcome.missed == ()
    assert outcome.extra == ()


def test_they_are_still_planted() -> None:
    assert sum(mutant(MutantKey.read(name)) is not None for name in FOUND.values()) >= len(FOUND) - 1
