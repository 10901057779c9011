"""What pictures behind sections are judged by on the rendered page: the right file or none, placed, and under an overlay."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen_tui.actions.base import Step, seen
from sitegen_tui.actions.checks.backgrounds_seen import (
    FILLS,
    Behind,
    Part,
    Sight,
    left_alone,
    misplaced,
    new_scrim,
    sights,
    too_thin,
)
from sitegen_tui.actions.wanted import targets
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.probes import Probe
from sitegen_tui.domain.requirements import SectionImage
from sitegen_tui.domain.template import Background, Section

Wanted = tuple[SectionImage, Part]
"""What is asked for a section, and the section as a part of the page."""

_HEADINGS = ("h1", "h2", "h3", "h4")


def check_pictures(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Each section that is to have a picture shows the required file in every window."""
    wanted = _wanted(step)
    for image, part in wanted:
        told, sight, picture, measured = _missing(part, after), None, None, "nothing"
        if not told:
            sight = next((one for one in sights(after, part) if not any(map(one.visible, one.showing(image.path)))), None)
        if sight is not None:
            found = sight.showing(image.path)
            picture = next(iter(found), None) or sight.main or next(iter(sight.pictures), None)
            measured = (picture.path or "a picture from elsewhere") if picture is not None else "none"
            if found:
                told, measured = f"The picture of {part.id} cannot be seen", f"{measured}, which cannot be seen"
            else:
                told = (
                    f"Section {part.id} shows {measured} instead of {image.path}"
                    if picture
                    else f"Section {part.id} has no picture"
                )
        if told:
            yield _finding(
                step,
                before,
                part,
                "images.section-wrong",
                told,
                sight,
                picture,
                n=len(wanted),
                expected=image.path,
                measured=measured,
            )


def check_overlays(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """What lies over each section's picture is as strong as asked."""
    wanted = [(image, part) for image, part in _wanted(step) if part.overlay is not None]
    for image, part in wanted:
        expected = f"alpha {image.overlay_alpha_min:g} at least"
        told, sight, measured = _missing(part, after) or _untouched(image, part, before, after), None, ""
        if not told:
            scrim = new_scrim(step.before, step.after, part.selector, _HEADINGS)
            for one in sights(after, part):
                alpha = too_thin(one, image.overlay_alpha_min, scrim)
                if alpha is not None:
                    told = f"The overlay of {part.id} has an alpha of {alpha:.2f}" if alpha else f"The overlay of {part.id} is gone"
                    sight, measured = one, f"{alpha:.2f}"
                    break
        if told:
            yield _finding(
                step,
                before,
                part,
                "images.section-overlay-lost",
                told,
                sight,
                n=len(wanted),
                expected=expected,
                measured=measured,
                path=part.overlay or "",
            )


def check_sizes(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Each section's picture covers its box around the required position in every window."""
    wanted = _wanted(step)
    for image, part in wanted:
        told, sight, picture, measured = _missing(part, after) or _untouched(image, part, before, after), None, None, ""
        if not told and not any(one.pictures for one in sights(after, part)):
            told = f"Section {part.id} has no picture"
        for one in sights(after, part) if not told else ():
            found = [shown for shown in one.showing(image.path) if one.visible(shown)] or ([one.main] if one.main else [])
            if found and all(misplaced(shown, image.position) for shown in found):
                sight, picture = one, found[0]
                told = f"The picture of {part.id} {misplaced(picture, image.position)}"
                measured = f"{picture.size}, {picture.position}"
                break
        if told:
            expected = f"cover, {image.position}"
            yield _finding(
                step,
                before,
                part,
                "images.section-size-wrong",
                told,
                sight,
                picture,
                n=len(wanted),
                expected=expected,
                measured=measured,
            )


def check_extras(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """No picture is behind a section that is to have none, and none has come behind a section that nobody spoke of."""
    asked = {image.section for image in step.requirements.images.sections}
    none = {image.section for image, _ in targets(step.requirements, step.manifest) if image.path == "none"}
    footer = (step.manifest.footer,) if step.manifest.footer is not None else ()
    for section in (*step.manifest.sections, *footer):
        if section.id in asked and section.id not in none:
            continue
        part = _part(section, section.background)
        had = {picture.path for sight in sights(before, part) for picture in _filling(sight)}
        for sight in sights(after, part):
            found = [picture for picture in _filling(sight) if section.id in none or picture.path not in had]
            if found:
                shown = found[0].path or "a picture from elsewhere"
                told = f"Section {section.id} shows {shown} and is to have no picture"
                yield _finding(
                    step, before, part, "images.section-extra", told, sight, found[0], n=1, expected="none", measured=shown
                )
                break


CHECKS = (check_pictures, check_overlays, check_sizes, check_extras)


def _wanted(step: Step) -> list[Wanted]:
    """The sections that are to have a picture."""
    found: list[Wanted] = []
    for image, background in targets(step.requirements, step.manifest):
        section = step.manifest.section(image.section)
        if section is not None and image.path != "none":
            found.append((image, _part(section, background)))
    return found


def _part(section: Section, background: Background | None) -> Part:
    return Part(section.id, section.selector, background)


def _filling(sight: Sight) -> list[Behind]:
    """Backgrounds that take up most of a section; an img in it is content."""
    imgs = {picture.path for picture in sight.view.pictures}
    return [one for one in sight.pictures if one.shown and one.share >= FILLS and one.where not in imgs]


def _missing(part: Part, probe: Probe) -> str:
    found = sights(probe, part)
    if not found:
        return "The page could not be shown"
    return f"The page has no section {part.id}" if any(one.box is None for one in found) else ""


def _untouched(image: SectionImage, part: Part, before: Probe, after: Probe) -> str:
    """Says that a section still shows what it showed, as it showed it, and not what was asked for; else empty."""
    old, new = sights(before, part), sights(after, part)
    shown = any(one.showing(image.path) for one in new)
    if shown or not any(one.pictures for one in new) or not left_alone(old, new):
        return ""
    return f"The picture of {part.id} was left as it was"


def _finding(
    step: Step,
    before: Probe,
    part: Part,
    violation: str,
    told: str,
    sight: Sight | None = None,
    picture: Behind | None = None,
    *,
    n: int,
    expected: str,
    measured: str,
    path: str = "",
) -> Finding:
    where = path or (picture.where if picture is not None else part.holder)
    return seen(
        violation,
        told,
        page=step.after,
        path=where,
        view=sight.name if sight is not None else None,
        box=(picture.box if picture is not None else sight.box) if sight is not None else None,
        expected=expected,
        measured=measured,
        subject=part.id,
        section=part.id,
        instances=n,
        inherited=bool(before.views) and bool(_missing(part, before)),
    )
