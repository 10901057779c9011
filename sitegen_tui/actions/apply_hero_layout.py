"""Action 11, apply hero layout: the first screen arranged as asked, with everything that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random

from turbohtml import Element

from sitegen_tui.actions import hero_seen
from sitegen_tui.actions.arranging import add_class, scope, with_recipe
from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Fault, Files, Page, Step, changed, finding, lines, page_of
from sitegen_tui.actions.editing import insert_lines_before_end, remove_element
from sitegen_tui.actions.measure import find_slot, where
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.requirements import HeroLayout, Requirements
from sitegen_tui.domain.template import HeroPattern, Manifest
from sitegen_tui.site.cascade import applied_to
from sitegen_tui.site.html import attribute, classes, inside, parse_html, text_of
from sitegen_tui.site.source import Splices

PARTS = ("hero-eyebrow", "hero-headline", "hero-subheadline", "hero-primary-cta", "hero-secondary-cta")
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


# -- checks ---------------------------------------------------------------------------------------------------------------


def check_children(step: Step) -> Iterator[Finding]:
    """Every part of the hero that was there is there still."""
    before, after = _parts(step.before, step.manifest), _parts(step.after, step.manifest)
    if step.after.html.one(step.manifest.hero.selector) is None:
        # A hero that is gone as a whole is the loss of a section.
        return
    for slot, old in before.items():
        if slot in after:
            continue
        text = text_of(old)
        kept = find_slot(step.after, step.manifest, slot, like=(text,) if text else ()).element
        if kept is not None and _in_hero(step.after, step.manifest, kept):
            continue
        why = "is gone" if kept is None else "is no longer in the hero"
        yield finding(
            "hero.child-lost",
            f"The hero's {slot.removeprefix('hero-')} {why}",
            subject=slot,
            section="hero",
            evidence=where(step.before, old, expected=text or slot, measured=why).model_copy(update={"side": "before"}),
        )


def _parts(page: Page, manifest: Manifest) -> dict[str, Element]:
    """The hero's parts by slot, those that stand in it; its picture too where that is an element."""
    found: dict[str, Element] = {}
    selectors = {slot: manifest.slots[slot] for slot in PARTS if slot in manifest.slots}
    if manifest.hero.media:
        selectors["hero-media"] = manifest.hero.media
    for slot, selector in selectors.items():
        element = page.html.one(selector)
        if element is not None and _in_hero(page, manifest, element):
            found[slot] = element
    return found


def _in_hero(page: Page, manifest: Manifest, element: Element) -> bool:
    hero = page.html.one(manifest.hero.selector)
    return hero is not None and inside(element, hero)


def check_order(step: Step) -> Iterator[Finding]:
    """The parts stand in the order that they had; a hero that was not arranged at all has not been put in order."""
    if step.after.css.text == step.before.css.text and _source(step.after, step.manifest) == _source(step.before, step.manifest):
        yield finding(
            "hero.order-wrong",
            "The hero was left as it was",
            subject="hero",
            section="hero",
            evidence=where(step.after, step.after.html.one(step.manifest.hero.selector), measured="unchanged"),
            inherited=step.before.html.one(step.manifest.hero.selector) is None,
        )
        return
    before, after = _parts(step.before, step.manifest), _parts(step.after, step.manifest)
    common = [slot for slot in PARTS if slot in before and slot in after]
    old = _ordered(step.before, {slot: before[slot] for slot in common})
    new = _ordered(step.after, {slot: after[slot] for slot in common})
    if old != new:
        first = next(slot for slot, other in zip(new, old, strict=True) if slot != other)
        yield finding(
            "hero.order-wrong",
            "The hero's parts stand in another order than before",
            subject="hero",
            section="hero",
            evidence=where(step.after, after[first], expected=", ".join(old), measured=", ".join(new)),
        )


def _source(page: Page, manifest: Manifest) -> str:
    hero = page.html.one(manifest.hero.selector)
    span = page.html.outer(hero) if hero is not None else None
    return page.html.source(span) if span is not None else ""


def _ordered(page: Page, parts: dict[str, Element]) -> list[str]:
    """Slots in the order in which they are seen, as far as `order` and reversed directions tell."""
    keys: dict[str, list[tuple[float, int]]] = {}
    for slot, part in parts.items():
        path = [part, *(parent for parent in part.ancestors if isinstance(parent, Element))]
        keys[slot] = [_place(page, child, parent) for child, parent in pairwise(path)][::-1]
    return sorted(keys, key=lambda slot: keys[slot])


def _place(page: Page, child: Element, parent: Element) -> tuple[float, int]:
    """Where an element stands among its siblings: `order` first, then the source, both turned round if the direction is."""
    siblings = [one for one in parent.children if isinstance(one, Element)]
    index = next(at for at, one in enumerate(siblings) if one == child)
    order, sign = 0.0, 1
    if _winning(page, parent, "display").endswith(("flex", "grid")):
        try:
            order = float(_winning(page, child, "order") or 0)
        except ValueError:
            order = 0.0
        direction = _winning(page, parent, "flex-direction", "flex-flow")
        sign = -1 if "-reverse" in direction and _winning(page, parent, "display").endswith("flex") else 1
    return sign * order, sign * index


def _winning(page: Page, element: Element, *names: str) -> str:
    found = [one for one in applied_to(page, (element,), "", *names) if not one.rule.context]
    return found[-1].declaration.value.strip().lower() if found else ""


# -- faults ---------------------------------------------------------------------------------------------------------------


def _child_lost(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A call to action does not survive the rearrangement."""
    page = page_of(after, brief)
    calls = [part for slot, part in _parts(page, brief.manifest).items() if slot.endswith("-cta")]
    if not calls:
        return None
    edits = Splices(page.html.text)
    remove_element(page.html, edits, rng.choice(calls))
    return changed(after, {HTML: edits.result()})


def _reordered(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The headline is put last on the screen."""
    hero, pattern = brief.manifest.hero, brief.requirements.layout.hero.pattern
    text, headline = scope(hero.selector, pattern) + f" {hero.text.split()[-1]}", brief.manifest.slots["hero-headline"]
    if page_of(after, brief).html.one(text) is None:
        return None
    rules = f"{text} {{ display: flex; flex-direction: column; }}\n{text} {headline} {{ order: 9; }}"
    return {CSS: after.get(CSS, "").rstrip() + f"\n\n{rules}\n"}


def _class_only(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The class is there, the rules for it are not."""
    return {CSS: before.get(CSS, "")} if before.get(CSS) != after.get(CSS) else None


def _cue_forgotten(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The scroll cue is left out."""
    html = parse_html(after.get(HTML, ""))
    cue = html.one(f"{brief.manifest.hero.selector} .scroll-cue") if brief.requirements.layout.hero.scroll_cue else None
    if cue is None:
        return None
    edits = Splices(html.text)
    remove_element(html, edits, cue)
    return changed(after, {HTML: edits.result()})


def _fixed_width(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A text block of fixed width, wider than a phone."""
    layout = brief.requirements.layout.hero
    rule = f"{brief.manifest.hero.text} {{ width: {layout.content_max_px}px; min-width: {layout.content_max_px}px; }}"
    return {CSS: after.get(CSS, "").rstrip() + f"\n\n{rule}\n"}


ACTION = Action(
    id="apply-hero-layout",
    intent="Rearrange the hero only",
    write_set=(CSS, HTML),
    directive=directive,
    edit=edit,
    arranges=True,
    checks=(check_order, check_children),
    rendered=hero_seen.CHECKS,
    faults=(
        Fault("hero-call-lost", ("hero.child-lost",), _child_lost),
        Fault("hero-headline-last", ("hero.order-wrong",), _reordered, "subtle"),
        Fault("hero-class-only", (), _class_only, "blatant"),
        Fault("hero-cue-forgotten", (), _cue_forgotten, "subtle"),
        Fault("hero-fixed-width", (), _fixed_width),
    ),
)
