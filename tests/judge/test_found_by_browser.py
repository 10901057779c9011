"""Mutants that an audit with a browser found judged wrongly, once: each is charged with what was planted and with nothing else."""

from __future__ import annotations

import pytest

from sitegen_tui.domain.audits import MutantKey
from sitegen_tui.judge.audit import Sights, compare, judge, mutant
from tests.actions import gold
from tests.looking import Look

FOUND = {
    "an overlay over half of the hero lets nothing through": "single/patient-portal/slow-wave-02/replace-hero-bg/hero-bg-covered/5",
    "a picture that is not there has its overlay": "single/food-market-hall/late-ladle-02/replace-hero-bg/hero-bg-none/11",
    "bullets in a menu that is closed": "single/boutique-hotel-group/solvik-houses-01/replace-footer-logo/nav-list-style/11",
    "entries of the navigation are boxes": "single/saas-product/owlpost-02/swap-fonts/nav-bulleted/5",
    "a numeral is a text": "single/law-firm/ashgrove-kline-02/verify-contrast/contrast-text-nearly/11",
    "a footer is light": "single/food-market-hall/late-ladle-02/replace-footer-logo/footer-logo-blackened/5",
    "the hero's padding is not its text": "single/industrial-works/pike-hollow-02/apply-hero-layout/hero-text-slightly-wide/5",
    "the hero's content is as high as asked": "single/ai-page-builder/kitepress-01/apply-hero-layout/hero-no-height/11",
}


@pytest.mark.parametrize("name", FOUND.values(), ids=FOUND)
def test_what_an_audit_found_is_judged_rightly(look: Look, name: str) -> None:
    made = mutant(MutantKey.read(name))
    assert made is not None
    brief = gold.brief((made.key.template, made.key.requirements))
    sights = Sights(look(brief, made.before), look(brief, made.after), look(brief, made.start))
    outcome = compare(made, judge(made, sights), sights)
    assert outcome.missed == ()
    assert outcome.extra == ()
