"""The specification's worked disaster on a real site: worse than doing nothing, for the reasons given and no others."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sitegen_tui.actions.apply_sections_layout import ACTION
from sitegen_tui.actions.base import CSS, HTML, Brief
from sitegen_tui.domain.findings import Judgement
from sitegen_tui.judge.evaluate import StepInput, evaluate
from tests.actions import gold
from tests.actions.gold import Pair
from tests.looking import BOTH, GEOMETRY, Look, charged, shown

SAFARI: Pair = ("safari-lodge", "thornveld-01")
SUITES, FOOTER = ".suites.is-grid .suites__items", ".site-footer.is-footer-columns .site-footer__items"
GALLERY, EXPERIENCE = ".gallery.is-bento .gallery__items", ".experiences.is-alternating .experience"
DISASTER = f"""
@media (min-width: 1024px) {{ {SUITES} {{ grid-template-columns: 1fr; }} {FOOTER} {{ grid-template-columns: 1fr 1fr; }} }}
@media (max-width: 767px) {{ {SUITES}, {FOOTER}, {GALLERY}, {EXPERIENCE} {{ grid-template-columns: 1fr 1fr; }} }}
@media (max-width: 400px) {{ .about__grid {{ min-width: 420px; }} }}
.site-nav__list {{ list-style: disc; }}
"""
"""Wrong columns in two sections at desktop and in all on phones, a page wider than a phone, list markers in the navigation."""


def _brief(sections: tuple[str, ...]) -> Brief:
    """The shipped brief with directives for these sections only."""
    brief = gold.brief(SAFARI)
    layout = brief.requirements.layout
    kept = tuple(one for one in layout.sections if one.section in sections)
    update = {"layout": layout.model_copy(update={"sections": kept})}
    return replace(brief, requirements=brief.requirements.model_copy(update=update))


def _ruined(files: dict[str, str]) -> dict[str, str]:
    """The files with the disaster's rules, without the guest book and without one suite."""
    html = re.sub(r'\n\s*<section[^>]*data-section="voices".*?</section>', "", files[HTML], flags=re.DOTALL)
    html = re.sub(r'\s*<article class="suite".*?</article>', "", html, count=1, flags=re.DOTALL)
    return {**files, HTML: html, CSS: f"{files[CSS].rstrip()}\n{DISASTER}"}


def _judged(look: Look, brief: Brief) -> Judgement:
    before, start = gold.gold_before(SAFARI, ACTION.id), gold.start(SAFARI)
    after = _ruined({**before, **ACTION.edit(before, brief)})
    seen = {name: look(brief, files, GEOMETRY) for name, files in (("before", before), ("after", after), ("start", start))}
    given = StepInput(ACTION.id, before, after, brief, layers=BOTH, start=start)
    return evaluate(replace(given, seen_before=seen["before"], seen_after=seen["after"], seen_start=seen["start"]))


@pytest.mark.parametrize(
    ("sections", "score"),
    [
        # 3.33 + 1.5 + 3 + 2 + 2.5 + 1.5 = 13.83, as the specification reckons for three directives
        (("suites", "experiences", "footer"), -3.8),
        # 2.5 + 1.5 + 3 + 2 + 2.5 + 1.5 = 13
        (("suites", "experiences", "gallery", "footer"), -3.0),
    ],
    ids=["three-directives", "four-directives"],
)
def test_the_disaster_is_worse_than_doing_nothing(look: Look, sections: tuple[str, ...], score: float) -> None:
    found = _judged(look, _brief(sections))
    two_of_all = 2 * 5.0 / len(sections)
    assert charged(found) == {
        "sections.columns-wrong": pytest.approx(two_of_all, abs=0.001),
        "sections.mobile-wrong": 1.5,
        "layout.section-lost": 3.0,
        "layout.card-lost": 2.0,
        "layout.nav-bulleted": 2.5,
        "layout.overflow-x": 1.5,
    }, shown(found)
    assert found.score.deducted == pytest.approx(two_of_all + 1.5 + 3.0 + 2.0 + 2.5 + 1.5, abs=1e-5)
    assert round(found.score.value, 1) == score


def test_doing_nothing_is_better_than_the_disaster(look: Look) -> None:
    brief = _brief(("suites", "experiences", "footer"))
    before, start = gold.gold_before(SAFARI, ACTION.id), gold.start(SAFARI)
    seen = look(brief, before, GEOMETRY)
    given = StepInput(ACTION.id, before, before, brief, layers=BOTH, start=start, seen_before=seen, seen_after=seen)
    assert evaluate(given).score.value == 0.0
    assert _judged(look, brief).score.value < 0.0
