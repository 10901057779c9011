"""Briefs on templates that they were not written for: refused with what is not there, or clean by files."""

from __future__ import annotations

from itertools import product

import pytest

from sitegen_tui.content.crossing import check_pair, misfits
from sitegen_tui.content.lint import errors_of, lint_requirements
from sitegen_tui.content.shelf import library
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import UsageError
from sitegen_tui.judge.evaluate import StepInput, evaluate
from tests.actions import gold
from tests.looking import shown

SHELF = library()
SOUND = {name for name in SHELF.requirements_ids() if not errors_of(lint_requirements(SHELF.requirements_folder(name), SHELF))}
CROSS = [
    (template, pack) for template, pack in product(SHELF.template_ids(), sorted(SOUND)) if pack not in SHELF.packs_for(template)
]


def _reasons(template: str, wanted: Requirements) -> tuple[str, ...]:
    found = SHELF.template(template)
    return misfits(found.manifest, wanted, found.files)


def test_every_brief_fits_its_own_template() -> None:
    for pack in sorted(SOUND):
        wanted = SHELF.pack(pack).requirements
        assert _reasons(wanted.template, wanted) == (), pack


def test_every_cross_pair_is_refused_with_its_reasons_or_gold_is_clean() -> None:
    for pair in CROSS:
        wanted = SHELF.pack(pair[1]).requirements
        reasons = _reasons(pair[0], wanted)
        if reasons:
            with pytest.raises(UsageError, match="does not fit"):
                check_pair(SHELF, *pair)
            continue
        for action in ACTION_IDS:
            before, after = gold.gold_before(pair, action), gold.gold_after(pair, action)
            found = evaluate(
                StepInput(action, before, after, gold.brief(pair), layers=frozenset({Layer.STATIC}), start=gold.start(pair))
            )
            assert not found.charges, f"{pair} {action}\n{shown(found)}"


def test_what_a_brief_names_and_a_template_lacks_is_told_by_field() -> None:
    reasons = _reasons("blank-site", SHELF.pack("thornveld-01").requirements)
    assert "content.hero.eyebrow: there is no slot hero-eyebrow" in reasons
    assert "content.about.stats: there is no slot about-stats" in reasons
    assert "images.sections[0].section: there is no section experiences with a picture" in reasons
    assert "layout.sections[0].section: there is no section suites with items" in reasons


def test_a_brief_that_names_only_what_is_there_fits() -> None:
    wanted = SHELF.pack("harbour-books-01").requirements
    layout = wanted.layout.model_copy(update={"sections": wanted.layout.sections[1:]})
    images = wanted.images.model_copy(update={"sections": wanted.images.sections[1:]})
    wanted = wanted.model_copy(update={"layout": layout, "images": images})
    assert _reasons("safari-lodge", wanted) == ()
