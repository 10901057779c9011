"""Text that an action was not told to touch: lost, or reading differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache

import turbohtml
from turbohtml import Element

from sitegen_tui.actions.base import Action, Page, Step, finding
from sitegen_tui.actions.checks.measure import find_slot, similarity, where
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.domain.findings import Finding
from sitegen_tui.judge.structure import Losses, parts
from sitegen_tui.site.html import inside, text_of
from sitegen_tui.site.page import HTML

CHANGED = 0.6
"""From here on a text that vanished and a new one count as the same text, changed."""


@lru_cache(maxsize=64)
def text_units(page: Page) -> tuple[tuple[Element, str], ...]:
    """Every topmost element of the body that has text of its own, with its text.

    A paragraph counts once however its words are marked up inside; a wrapper around it changes nothing.
    """
    body = page.html.tag("body")
    return tuple(_units(body)) if body is not None else ()


def _units(element: Element) -> Iterator[tuple[Element, str]]:
    for child in element.children:
        if not isinstance(child, Element) or child.tag in ("script", "style", "template", "noscript"):
            continue
        if any(isinstance(node, turbohtml.Text) and node.data.strip() for node in child.children):
            yield child, text_of(child)
        else:
            yield from _units(child)


def text_damage(step: Step, action: Action, losses: Losses, undone: Collection[str] = ()) -> Iterator[tuple[Element, Finding]]:
    """regress.text-lost and regress.text-changed outside the slots that the action rewords, with the input's element.

    Texts are compared without white space: a line break for a space, or none between blocks, changes nothing. In the slots of
    `undone` actions the damage is charged as theirs.
    """
    if step.before.files.get(HTML) == step.after.files.get(HTML):
        return
    before = [(element, text, _squashed(text)) for element, text in text_units(step.before)]
    after = [(element, text, _squashed(text)) for element, text in text_units(step.after)]
    known, kept = Counter(key for _, _, key in before), Counter(key for _, _, key in after)
    if not known - kept:
        return
    reworded = [action, *(earlier for earlier in ACTIONS if earlier.id in undone)]
    targets = _targets(step, step.before, reworded)
    had, has = (_squashed(text_of(body)) if (body := page.html.tag("body")) else "" for page in (step.before, step.after))
    excused = {
        element
        for element, _, key in before
        if known[key] > kept[key]
        and (losses.hold(element) or any(inside(element, target) or inside(target, element) for target in targets))
    }
    missing = {element for key in known - kept for element in _missing(step, _alike(before, key), _alike(after, key), excused)}
    # What was to be written is no other text that changed or went elsewhere, though a word of it may be that other's whole text.
    told = _targets(step, step.after, reworded) if missing else []
    fresh = [
        (element, text)
        for element, text, key in after
        if missing and kept[key] > known[key] and not any(inside(element, target) for target in told)
    ]
    for element, text, key in before:
        if element not in missing:
            continue
        section = _section(step, step.before, element)
        nearest = max(fresh, key=lambda other: similarity(text, other[1]), default=None)
        if nearest is None or similarity(text, nearest[1]) < CHANGED:
            nearest = next((other for other in fresh if _grown(key, _squashed(other[1]), had)), None)
        if nearest is not None:
            fresh.remove(nearest)
            shown = where(step.after, nearest[0], expected=text, measured=nearest[1])
            message = "A text outside the action's target reads differently"
            yield element, finding("regress.text-changed", message, subject=text[:120], section=section, evidence=shown)
        elif _times(key, has, told) < _times(key, had, targets):
            evidence = where(step.before, element, expected=text, measured="not there").model_copy(update={"side": "before"})
            message = "A text outside the action's target is gone"
            yield element, finding("regress.text-lost", message, subject=text[:120], section=section, evidence=evidence)


def _alike(units: Iterable[tuple[Element, str, str]], wanted: str) -> list[Element]:
    return [element for element, _, key in units if key == wanted]


def _missing(step: Step, before: Sequence[Element], after: Sequence[Element], excused: Collection[Element]) -> list[Element]:
    """Of elements with the same text those that have no counterpart: first those whose part of the page lost one."""
    candidates = [element for element in before if element not in excused]
    number = len(candidates) - len(after)
    if number <= 0 or number >= len(candidates):
        return candidates if number > 0 else []
    there = Counter(_section(step, step.after, element) for element in after)
    here: list[Element] = []
    for element in candidates:
        place = _section(step, step.before, element)
        there[place] -= 1
        if there[place] < 0:
            here.append(element)
    return [*here, *(element for element in candidates if element not in here)][:number]


def gone_with(page: Page, lost: Collection[Element], losses: Losses) -> Callable[[Element], bool]:
    """Whether an element of the input had nothing but texts that are gone, so that its own going is no further damage."""
    if not lost:
        return losses.hold
    units = [(element, element in lost or losses.hold(element)) for element, _ in text_units(page)]

    def held(element: Element) -> bool:
        states = [gone for unit, gone in units if inside(unit, element) or inside(element, unit)]
        return losses.hold(element) or (bool(states) and all(states))

    return held


def _grown(old: str, new: str, had: str) -> bool:
    """Whether a text stands in a longer one beside words that the input did not have; joined texts of the input are no change."""
    before, found, behind = new.partition(old)
    return bool(found) and any(part and part not in had for part in (before, behind))


def _times(text: str, page: str, apart: Iterable[Element]) -> int:
    """How often a text stands on a page, those parts of it not counted."""
    return page.count(text) - sum(_squashed(text_of(element)).count(text) for element in apart)


def _squashed(text: str) -> str:
    return "".join(text.split())


def _targets(step: Step, page: Page, actions: Iterable[Action]) -> list[Element]:
    found: list[Element] = []
    for slot in dict.fromkeys(slot for action in actions for slot in action.rewords):
        old = find_slot(step.start, step.manifest, slot).element
        like = (text_of(old),) if old is not None else ()
        element = find_slot(page, step.manifest, slot, like=like).element
        if element is not None:
            found.append(element)
    return found


def _section(step: Step, page: Page, element: Element) -> str:
    for part in parts(step.manifest):
        holder = page.html.one(part.selector)
        if holder is not None and inside(element, holder):
            return part.id
    return ""
