"""Action 8, update hero text: the exact hero copy, in the right places, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen_tui.actions.base import HTML, Action, Brief, Files, Step, changed, finding, lines
from sitegen_tui.actions.checks.copy_blocks import PLACEHOLDER
from sitegen_tui.actions.checks.measure import find_slot, same_but_typography, where
from sitegen_tui.actions.edits.editing import set_attribute, set_text
from sitegen_tui.actions.faults.update_hero_text import FAULTS
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.html import attribute, normal_text, parse_html, text_of
from sitegen_tui.site.source import Splices


def copy(requirements: Requirements) -> tuple[tuple[str, str, str], ...]:
    """The hero's copy: name of the field as the catalogue weighs it, slot, text."""
    hero = requirements.content.hero
    fields = [
        ("headline", "hero-headline", hero.headline),
        ("subheadline", "hero-subheadline", hero.subheadline),
        ("cta", "hero-primary-cta", hero.primary_cta.label),
    ]
    return tuple(fields)


def further_copy(requirements: Requirements, manifest: Manifest) -> tuple[tuple[str, str], ...]:
    """Eyebrow and second call to action, where brief and template have both: slot and text."""
    hero = requirements.content.hero
    found: list[tuple[str, str]] = []
    if hero.eyebrow and "hero-eyebrow" in manifest.slots:
        found.append(("hero-eyebrow", hero.eyebrow))
    if hero.secondary_cta and "hero-secondary-cta" in manifest.slots:
        found.append(("hero-secondary-cta", hero.secondary_cta.label))
    return tuple(found)


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    hero = requirements.content.hero
    return lines(
        "Replace the copy of the hero. Use these texts exactly, letter for letter; the headline stays the page's only h1.",
        f"- Eyebrow: {hero.eyebrow}" if hero.eyebrow and "hero-eyebrow" in manifest.slots else "",
        f"- Headline: {hero.headline}",
        f"- Subheadline: {hero.subheadline}",
        f"- Primary call to action: {hero.primary_cta.label} (link to {hero.primary_cta.href})",
        f"- Secondary call to action: {hero.secondary_cta.label} (link to {hero.secondary_cta.href})"
        if hero.secondary_cta and "hero-secondary-cta" in manifest.slots
        else "",
        "Change no other copy.",
    )


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Replace the text of each slot and the targets of its links."""
    html = parse_html(files.get(HTML, ""))
    edits = Splices(html.text)
    hero = brief.requirements.content.hero
    texts = {slot: text for _, slot, text in copy(brief.requirements)} | dict(further_copy(brief.requirements, brief.manifest))
    targets = {"hero-primary-cta": hero.primary_cta.href}
    if hero.secondary_cta:
        targets["hero-secondary-cta"] = hero.secondary_cta.href
    for slot, text in texts.items():
        element = html.one(brief.manifest.slots[slot])
        if element is None:
            continue
        if text_of(element) != normal_text(text):
            set_text(html, edits, element, text)
        if slot in targets:
            set_attribute(html, edits, element, "href", targets[slot])
    return changed(files, {HTML: edits.result()})


def check_copy(step: Step) -> Iterator[Finding]:
    """Headline, subheadline and call to action stand there verbatim, and so do eyebrow and second call where asked for."""
    further = further_copy(step.requirements, step.manifest)
    rest = tuple((slot.removeprefix("hero-"), slot, text) for slot, text in further)
    for field, slot, text in (*copy(step.requirements), *rest):
        found = find_slot(step.after, step.manifest, slot, like=(text,))
        gone = find_slot(step.before, step.manifest, slot).element is None
        actual = text_of(found.element) if found.element is not None else ""
        if actual == normal_text(text):
            continue
        old = find_slot(step.start, step.manifest, slot).element
        kept = bool(actual) and old is not None and actual == text_of(old)
        if kept and (slot, text) in further:
            # The template's eyebrow or second call is a placeholder that is left.
            continue
        if not actual or kept:
            why = "is still the template's" if actual else "is missing"
            violation, message = "text.missing", f"The hero's {field} {why}"
        elif same_but_typography(actual, text):
            violation, message = "text.typography-changed", f"The hero's {field} differs in quotes or dashes only"
        else:
            violation, message = "text.not-verbatim", f"The hero's {field} is not the required text"
        yield finding(
            violation,
            message,
            subject=field,
            section="hero",
            evidence=where(step.after, found.element, expected=text, measured=actual),
            inherited=gone and found.element is None,
        )


def check_target(step: Step) -> Iterator[Finding]:
    """The primary call to action leads where it should, and so does the second where it is asked for."""
    hero = step.requirements.content.hero
    calls = [("hero-primary-cta", hero.primary_cta)]
    if hero.secondary_cta and "hero-secondary-cta" in step.manifest.slots:
        calls.append(("hero-secondary-cta", hero.secondary_cta))
    for slot, call in calls:
        element = find_slot(step.after, step.manifest, slot, like=(call.label,), tags="a").element
        actual = attribute(element, "href") if element is not None else None
        if actual is not None and actual.strip() == call.href:
            continue
        if element is None and slot != "hero-primary-cta":
            # A second call that is gone is missing copy.
            continue
        yield finding(
            "text.cta-href-wrong",
            "The hero's call to action does not lead where it should",
            subject="cta",
            section="hero",
            evidence=where(step.after, element, expected=call.href, measured=actual or "no link", name="href"),
            inherited=find_slot(step.before, step.manifest, slot).element is None and element is None,
        )
        return


def check_placeholder(step: Step) -> Iterator[Finding]:
    """No placeholder is left, nor the template's copy in eyebrow or second call, nor the whole of its copy.

    One piece of the template's copy in headline, subheadline or call is `text.missing` already.
    """
    main = [slot for _, slot, _ in copy(step.requirements)]
    wanted = {slot: text for _, slot, text in copy(step.requirements)} | dict(further_copy(step.requirements, step.manifest))
    kept = [slot for slot, text in wanted.items() if _template_copy(step, slot, text)]
    for slot in wanted:
        element = find_slot(step.after, step.manifest, slot).element
        actual = text_of(element) if element is not None else ""
        filler = PLACEHOLDER.search(actual) and actual != normal_text(wanted[slot])
        if filler or (slot in kept and (slot not in main or len(kept) == len(wanted))):
            yield finding(
                "text.placeholder-left",
                f"The template's own copy or a placeholder is left in {slot}",
                subject="hero",
                section="hero",
                evidence=where(step.after, element, expected=wanted[slot], measured=actual),
            )
            return
    if not any(find_slot(step.after, step.manifest, slot).element for slot in wanted):
        yield finding("text.placeholder-left", "The hero's copy is gone", subject="hero", section="hero", inherited=True)


def _template_copy(step: Step, slot: str, text: str) -> bool:
    element = find_slot(step.after, step.manifest, slot).element
    old = find_slot(step.start, step.manifest, slot).element
    return element is not None and old is not None and text_of(element) == text_of(old) != normal_text(text)


def check_heading(step: Step) -> Iterator[Finding]:
    """The headline is the page's only h1."""
    headline = step.requirements.content.hero.headline
    element = find_slot(step.after, step.manifest, "hero-headline", like=(headline,)).element
    all_h1 = step.after.html.select("h1")
    if element is None or len(all_h1) != 1 or element != all_h1[0]:
        other = next((h1 for h1 in all_h1 if h1 != element), element)
        yield finding(
            "text.heading-level-wrong",
            "The headline is not the page's only h1",
            subject="headline",
            section="hero",
            evidence=where(step.after, other, expected="one h1, the headline", measured=f"{len(all_h1)} h1"),
        )


ACTION = Action(
    id="update-hero-text",
    intent="Exact hero copy, nothing else",
    write_set=(HTML,),
    reads=(HTML,),
    directive=directive,
    edit=edit,
    rewords=("hero-eyebrow", "hero-headline", "hero-subheadline", "hero-primary-cta", "hero-secondary-cta"),
    checks=(check_copy, check_target, check_placeholder, check_heading),
    faults=FAULTS,
)
