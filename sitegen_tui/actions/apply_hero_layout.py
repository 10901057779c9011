"""Action 11, apply hero layout: the first screen arranged as asked, with everything that it holds."""

from __future__ import annotations

from turbohtml import Element

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Files, changed, lines, page_of
from sitegen_tui.actions.checks import hero_seen
from sitegen_tui.actions.checks.hero_parts import check_children, check_order
from sitegen_tui.actions.edits.arranging import add_class, with_recipe
from sitegen_tui.actions.edits.editing import insert_lines_before_end
from sitegen_tui.actions.faults.apply_hero_layout import FAULTS
from sitegen_tui.domain.requirements import HeroLayout, Requirements
from sitegen_tui.domain.template import HeroPattern, Manifest
from sitegen_tui.site.html import attribute, classes, parse_html
from sitegen_tui.site.source import Splices

_MEANING: dict[HeroPattern, str] = {
    "centred": "the text block in the middle, its text centred",
    "left": "the text block begins in the left 15 % of the window, its text aligned to the start",
    "split-left": "text in the left half, picture in the right one",
    "split-right": "text in the right half, picture in the left one",
    "bottom-left": "the text block at the left, its lower edge in the lowest quarter of the hero, its text aligned to the start",
    "card-overlap": "the text on a card that reaches over the hero's lower edge",
}


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    layout, hero = requirements.layout.hero, manifest.hero
    return lines(
        f"Arrange the hero ({hero.selector}; its text block is {hero.text}) anew:",
        f"- Pattern {layout.pattern}: {_MEANING[layout.pattern]}.",
        f"- It is at least {layout.min_height_vh}vh high; the text block is at most {layout.content_max_px}px wide.",
        f"- The card reaches {layout.overlap_px}px over the lower edge." if layout.overlap_px else "",
        f"- Below {layout.stack_below}px of window width its boxes stand one below the other: texts, picture, calls to action.",
        "- Add a scroll cue at its end: a small decorative element with the class scroll-cue, aria-hidden and without text."
        if layout.scroll_cue
        else "- It gets no scroll cue.",
        "Eyebrow, headline, subheadline and calls to action stay, in this order in the page and on the screen. Change wrappers, "
        "classes and CSS only: every text, link and hook stays exactly as it is. Arrange nothing but the hero.",
    )


# -- the reference edit ---------------------------------------------------------------------------------------------------


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Give the hero its pattern's class, a scroll cue if asked for, and put the recipe at the end of the stylesheet."""
    page, manifest, layout = page_of(files, brief), brief.manifest, brief.requirements.layout.hero
    recipe, hero = manifest.hero_recipes.get(layout.pattern), page.html.one(manifest.hero.selector)
    if recipe is None or hero is None or CSS not in files:
        return {}
    html = Splices(page.html.text)
    add_class(page, html, hero, f"is-{layout.pattern}")
    if layout.scroll_cue and recipe.scroll_cue and not _has_cue(hero, recipe.scroll_cue):
        insert_lines_before_end(page.html, html, hero, recipe.scroll_cue.strip().splitlines())
    css = with_recipe(page.css.text, "hero", layout.pattern, manifest.hero.selector, recipe, values(layout))
    return changed(files, {CSS: css, HTML: html.result()})


def values(layout: HeroLayout) -> dict[str, str]:
    """What a recipe's placeholders stand for."""
    return {
        "min_height": f"{layout.min_height_vh}vh",
        "content_max": f"{layout.content_max_px}px",
        "stack_below": f"{layout.stack_below}px",
        "overlap": f"{layout.overlap_px}px",
    }


def _has_cue(hero: Element, cue: str) -> bool:
    marks = [classes(element) for element in parse_html(cue).elements if attribute(element, "class")]
    return any(mark <= classes(child) for child in hero.descendants if isinstance(child, Element) for mark in marks[:1])


ACTION = Action(
    id="apply-hero-layout",
    intent="Rearrange the hero only",
    write_set=(CSS, HTML),
    directive=directive,
    edit=edit,
    arranges=True,
    checks=(check_order, check_children),
    rendered=hero_seen.CHECKS,
    faults=FAULTS,
)
