"""What the hero's arrangement is judged by in the files: every part still in it, in the order that it had."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from turbohtml import Element

from sitegen_tui.actions.base import Page, Step, finding
from sitegen_tui.actions.checks.measure import find_slot, where
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.cascade import applied_to
from sitegen_tui.site.html import inside, text_of

PARTS = ("hero-eyebrow", "hero-headline", "hero-subheadline", "hero-primary-cta", "hero-secondary-cta")


def check_children(step: Step) -> Iterator[Finding]:
    """Every part of the hero that was there is there still."""
    before, after = hero_parts(step.before, step.manifest), hero_parts(step.after, step.manifest)
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


def hero_parts(page: Page, manifest: Manifest) -> dict[str, Element]:
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
    before, after = hero_parts(step.before, step.manifest), hero_parts(step.after, step.manifest)
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
