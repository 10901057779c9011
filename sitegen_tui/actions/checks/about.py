"""What the about section's copy is judged by: each paragraph found again, exact, altered or missing; order, leftovers, figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from turbohtml import Element

from sitegen_tui.actions.base import Page, Step, finding
from sitegen_tui.actions.checks.copy_blocks import PLACEHOLDER, blocks, scope_of, spaced_text, squeezed
from sitegen_tui.actions.checks.measure import find_slot, same_but_typography, similarity, where
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.html import inside, normal_text, text_of

_ALIKE = 0.35
"""From here on a new paragraph is taken for another wording of a required one, wherever it stands."""


@dataclass(frozen=True)
class Paragraph:
    """A required paragraph and what became of it; `merged` when it is there but not as a block of its own."""

    text: str
    became: Literal["exact", "merged", "typography", "altered", "missing"]
    block: Element | None = None


def paragraphs(step: Step) -> tuple[Paragraph, ...]:
    """Every required paragraph with the block it was found in."""
    scope = scope_of(step.after, step.manifest, "about", "about-body")
    everywhere, free = list(blocks(scope)), _body(step.after, step.manifest)
    whole = spaced_text(scope) if scope is not None else ""
    found: dict[int, Paragraph] = {}
    wanted = [normal_text(text) for text in step.requirements.content.about.paragraphs]
    for became in ("exact", "typography", "merged"):
        for number, text in enumerate(wanted):
            if number in found:
                continue
            block = next((b for b in everywhere if _is(text_of(b), text, became)), None)
            if became == "merged" and block is not None and block in free and _more_than(wanted, text_of(block)):
                continue
            if block is None and not (became == "merged" and text in whole):
                continue
            found[number] = Paragraph(text, became, block)
            if became != "merged":
                everywhere = [b for b in everywhere if b != block]
            free = [b for b in free if b != block]
    old = template_paragraphs(step)
    free = [block for block in free if text_of(block) not in old]
    for least in (_ALIKE, 0.0):
        for number, text in enumerate(wanted):
            if number in found or not free:
                continue
            block = max(free, key=lambda b: similarity(text_of(b), text)) if least else free[0]
            if similarity(text_of(block), text) >= least:
                found[number] = Paragraph(text, "altered", block)
                free.remove(block)
    return tuple(found.get(number) or Paragraph(text, "missing") for number, text in enumerate(wanted))


def _more_than(wanted: list[str], actual: str) -> bool:
    """Whether a block says something besides required paragraphs: then it is another text, not several in one."""
    for text in wanted:
        actual = actual.replace(text, "")
    return any(char.isalnum() for char in actual)


def _is(actual: str, text: str, became: str) -> bool:
    if became == "typography":
        return same_but_typography(actual, text)
    return actual == text if became == "exact" else text in actual


def _body(page: Page, manifest: Manifest) -> list[Element]:
    """The blocks that hold body copy: those of the slot, else the section's paragraphs."""
    slot = find_slot(page, manifest, "about-body").element
    if slot is not None:
        return [block for block in blocks(slot) if block.tag not in ("h1", "h2", "h3", "h4", "h5", "h6")]
    return [block for block in blocks(scope_of(page, manifest, "about", "about-body")) if block.tag == "p"]


def template_paragraphs(step: Step) -> frozenset[str]:
    """The skeleton's own paragraphs, those aside that the brief happens to share."""
    wanted = {normal_text(text) for text in step.requirements.content.about.paragraphs}
    return frozenset(text_of(block) for block in _body(step.start, step.manifest)) - wanted


def check_paragraphs(step: Step) -> Iterator[Finding]:
    """Each paragraph stands there verbatim."""
    found = paragraphs(step)
    gone = find_slot(step.before, step.manifest, "about-body").element is None
    slot = find_slot(step.after, step.manifest, "about-body").element
    said = {
        "missing": ("text.missing", "is missing, or the template's stands in its place"),
        "altered": ("text.not-verbatim", "is not the required text"),
        "typography": ("text.typography-changed", "differs in quotes or dashes only"),
    }
    for number, paragraph in enumerate(found, 1):
        if paragraph.became not in said:
            continue
        violation, message = said[paragraph.became]
        yield finding(
            violation,
            f"Paragraph {number} of the about copy {message}",
            subject=f"paragraph-{number}",
            section="about",
            evidence=where(
                step.after,
                paragraph.block or slot,
                expected=paragraph.text,
                measured=text_of(paragraph.block) if paragraph.block is not None else "",
            ),
            instances=len(found),
            inherited=gone and paragraph.became == "missing",
        )


def check_heading(step: Step) -> Iterator[Finding]:
    """The section's heading is the required one."""
    wanted = step.requirements.content.about.heading
    element = find_slot(step.after, step.manifest, "about-heading", like=(wanted,)).element
    actual = text_of(element) if element is not None else ""
    if actual == normal_text(wanted):
        return
    typographic = same_but_typography(actual, wanted)
    yield finding(
        "text.typography-changed" if typographic else "text.about-heading-wrong",
        f"The about section's heading {'differs in quotes or dashes only' if typographic else 'is not the required one'}",
        subject="about-heading",
        section="about",
        evidence=where(step.after, element, expected=wanted, measured=actual),
        inherited=element is None and find_slot(step.before, step.manifest, "about-heading").element is None,
    )


def check_structure(step: Step) -> Iterator[Finding]:
    """Each paragraph stands in a block of its own, in order, and none was added."""
    found = paragraphs(step)
    slot = find_slot(step.after, step.manifest, "about-body").element
    told, at = "", slot
    merged = [p for p in found if p.became == "merged"]
    order = [step.after.html.elements.index(p.block) for p in found if p.block is not None and p.became in ("exact", "typography")]
    taken = [p.block for p in found if p.block is not None]
    known = template_paragraphs(step)
    added = [b for b in _body(step.after, step.manifest) if b not in taken and text_of(b) not in known] if slot is not None else []
    if all(p.became == "missing" for p in found):
        told = "None of the paragraphs is there"
    elif merged:
        told, at = "A paragraph does not stand in a block of its own", merged[0].block or slot
    elif order != sorted(order):
        told = "The paragraphs do not stand in the required order"
    elif added:
        told, at = "A paragraph was added that nobody asked for", added[0]
    if told:
        yield finding(
            "text.structure-wrong",
            told,
            subject="about-body",
            section="about",
            evidence=where(step.after, at, expected=f"{len(found)} paragraphs, each in its own block, in order"),
        )


def check_placeholder(step: Step) -> Iterator[Finding]:
    """No placeholder is left, and no paragraph of the template beyond those that a missing one stands for."""
    found, body, old = paragraphs(step), _body(step.after, step.manifest), template_paragraphs(step)
    wanted = [p.text for p in found]
    filler = [b for b in body if PLACEHOLDER.search(text_of(b)) and text_of(b) not in wanted]
    kept = [block for block in body if text_of(block) in old]
    missing = sum(p.became == "missing" for p in found)
    idle = bool(kept) and missing == len(found) and _heading_kept(step)
    if filler or len(kept) > missing or idle:
        block = (filler or kept)[0]
        yield finding(
            "text.placeholder-left",
            "The template's own copy or a placeholder is left in the about section",
            subject="about",
            section="about",
            evidence=where(step.after, block, expected="the required copy only", measured=text_of(block)),
        )
    elif not body and missing == len(found):
        yield finding("text.placeholder-left", "The about section's copy is gone", subject="about", section="about", inherited=True)


def _heading_kept(step: Step) -> bool:
    old = find_slot(step.start, step.manifest, "about-heading").element
    new = find_slot(step.after, step.manifest, "about-heading").element
    return old is not None and new is not None and text_of(old) == text_of(new)


def check_figures(step: Step) -> Iterator[Finding]:
    """Every figure stands beside its label, and none of the template's or of the model's own."""
    wanted = step.requirements.content.about.stats
    if not wanted:
        return
    slot = find_slot(step.after, step.manifest, "about-stats").element
    scope = slot or scope_of(step.after, step.manifest, "about", "about-stats")
    spaced = f" {spaced_text(scope)} " if scope is not None else ""
    inner = [element for element in step.after.html.elements if scope is not None and inside(element, scope)]
    pieces = {squeezed(text_of(element)) for element in inner}
    right = {squeezed(a + b) for s in wanted for a, b in ((s.value, s.label), (s.label, s.value))}
    told = ""
    for stat in wanted:
        value, label = normal_text(stat.value), normal_text(stat.label)
        beside = f" {value} {label} " in spaced or f" {label} {value} " in spaced
        if not beside and not {squeezed(value + label), squeezed(label + value)} & pieces:
            told = f"The figure {stat.value} {stat.label} is missing or different"
            break
    old = find_slot(step.start, step.manifest, "about-stats").element
    olds = [child for child in old.children if isinstance(child, Element)] if old is not None else []
    leftover = {squeezed(text_of(child)) for child in olds} - right
    values = [element for element in inner if "data-stat-value" in element.attrs]
    if not told and leftover & pieces:
        told = "A figure of the template is left"
    if not told and slot is not None and len(values) > len(wanted):
        told = "There are more figures than required"
    if told:
        expected = "; ".join(f"{stat.value} {stat.label}" for stat in wanted)
        yield finding(
            "text.stat-wrong",
            told,
            subject="about-stats",
            section="about",
            evidence=where(step.after, scope, expected=expected, measured=spaced_text(slot) if slot is not None else ""),
            inherited=slot is None and find_slot(step.before, step.manifest, "about-stats").element is None,
        )
