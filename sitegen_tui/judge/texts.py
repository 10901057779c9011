"""Text that an action was not told to touch: lost, or reading differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import turbohtml
from turbohtml import Element

from sitegen_tui.actions.base import Action, Page, Step, finding
from sitegen_tui.actions.measure import find_slot, similarity, where
from sitegen_tui.domain.findings import Finding
from sitegen_tui.judge.structure import Losses
from sitegen_tui.site.html import inside, text_of

CHANGED = 0.6
"""From here on a text that vanished and a new one count as the same text, changed."""


def text_units(page: Page) -> Iterator[tuple[Element, str]]:
    """Every topmost element of the body that has text of its own, with its text.

    A paragraph counts once however its words are marked up inside; a wrapper around it changes nothing.
    """
    body = page.html.tag("body")
    if body is not None:
        yield from _units(body)


def _units(element: Element) -> Iterator[tuple[Element, str]]:
    for child in element.children:
        if not isinstance(child, Element) or child.tag in ("script", "style", "template", "noscript"):
            continue
        if any(isinstance(node, turbohtml.Text) and node.data.strip() for node in child.children):
            yield child, text_of(child)
        else:
            yield from _units(child)


def text_damage(step: Step, action: Action, losses: Losses) -> Iterator[Finding]:
    """regress.text-lost and regress.text-changed outside the slots that the action rewords."""
    if step.before.files.get("index.html") == step.after.files.get("index.html"):
        return
    before = list(text_units(step.before))
    after = Counter(text for _, text in text_units(step.after))
    targets = _targets(step, step.before, action)
    known = Counter(text for _, text in before)
    fresh = [text for text, n in after.items() for _ in range(n - known[text])]
    matched: Counter[str] = Counter()
    for element, text in before:
        matched[text] += 1
        if matched[text] <= after[text] or any(inside(element, target) or inside(target, element) for target in targets):
            continue
        if losses.hold(element):
            continue
        section = _section(step, element)
        nearest = max(fresh, key=lambda other: similarity(text, other), default="")
        evidence = where(step.before, element, expected=text, measured=nearest).model_copy(update={"side": "before"})
        if nearest and similarity(text, nearest) >= CHANGED:
            fresh.remove(nearest)
            shown = where(step.after, _element_of(step.after, nearest), expected=text, measured=nearest)
            message = "A text outside the action's target reads differently"
            yield finding("regress.text-changed", message, subject=text[:120], section=section, evidence=shown)
        elif not _elsewhere(step.after, text):
            evidence = evidence.model_copy(update={"measured": "not there"})
            message = "A text outside the action's target is gone"
            yield finding("regress.text-lost", message, subject=text[:120], section=section, evidence=evidence)


def _targets(step: Step, page: Page, action: Action) -> list[Element]:
    found: list[Element] = []
    for slot in action.rewords:
        old = find_slot(step.start, step.manifest, slot).element
        like = (text_of(old),) if old is not None else ()
        element = find_slot(page, step.manifest, slot, like=like).element
        if element is not None:
            found.append(element)
    return found


def _elsewhere(page: Page, text: str) -> bool:
    """Whether the words are on the page after all, marked up in another way."""
    body = page.html.tag("body")
    return body is not None and text in text_of(body)


def _element_of(page: Page, text: str) -> Element | None:
    return next((element for element, other in text_units(page) if other == text), None)


def _section(step: Step, element: Element) -> str:
    for section in step.manifest.sections:
        holder = step.before.html.one(section.selector)
        if holder is not None and inside(element, holder):
            return section.id
    hero = step.before.html.one(step.manifest.hero.selector)
    return "hero" if hero is not None and inside(element, hero) else ""
