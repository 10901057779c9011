"""What the hero's picture is judged by on the rendered page: the right file, painted, placed and under its overlay."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen_tui.actions.base import Step, seen
from sitegen_tui.actions.checks.backgrounds_seen import (
    OVERLAY,
    Behind,
    Part,
    Sight,
    left_alone,
    misplaced,
    new_scrim,
    sights,
    too_thin,
)
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.probes import Probe
from sitegen_tui.domain.requirements import HeroImage
from sitegen_tui.domain.template import Manifest

_UNTOUCHED = "The hero's picture was left as it was"


def check_picture(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """The required file is behind the hero in every window, and no other picture over it."""
    image = step.requirements.images.hero
    if image is None:
        return
    missing = _missing(step.manifest, after)
    wrong = None if missing else _wrong(step.manifest, image, after)
    if missing:
        yield _finding(step, before, "images.hero-wrong", missing, expected=image.path, measured="nothing")
    elif wrong is not None:
        picture = wrong.main or next(iter(wrong.pictures), None)
        shown = (picture.path or "a picture from elsewhere") if picture is not None else "none"
        told = f"The hero shows {shown} instead of {image.path}" if picture is not None else "The hero has no picture"
        yield _finding(step, before, "images.hero-wrong", told, wrong, picture, expected=image.path, measured=shown)


def check_painted(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """The required file is decoded and can be seen; a hero that was left alone shows nothing of what was asked for."""
    image = step.requirements.images.hero
    if image is None:
        return
    expected = f"{image.path} painted"
    told = (
        _missing(step.manifest, after)
        or _bare(step.manifest, after)
        or (_UNTOUCHED if _untouched(step.manifest, image, before, after) else "")
    )
    if told:
        yield _finding(step, before, "images.hero-not-rendered", told, expected=expected, measured="not painted")
        return
    for sight in sights(after, _part(step.manifest)):
        found = sight.showing(image.path)
        if found and not sight.visible(found[0]) and _hidden_by_a_picture(sight, found[0]) is None:
            told = f"The hero's picture cannot be seen: {_why_unseen(sight, found[0])}"
            measured = _why_unseen(sight, found[0])
            yield _finding(step, before, "images.hero-not-rendered", told, sight, found[0], expected=expected, measured=measured)
            return


def check_overlay(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """What lies over the picture is as strong as asked, whether a layer of its own, a gradient or a scrim behind the text helps."""
    image, part = step.requirements.images.hero, _part(step.manifest)
    if image is None or part.overlay is None:
        return
    least = image.overlay_alpha_min
    expected = f"alpha {least:g} at least"
    told = _missing(step.manifest, after) or (_UNTOUCHED if _untouched(step.manifest, image, before, after) else "")
    if told:
        yield _finding(step, before, "images.hero-overlay-lost", told, expected=expected, path=part.overlay)
        return
    scrim = new_scrim(step.before, step.after, part.selector, (step.manifest.slots.get("hero-headline", "h1"), "h1"))
    for sight in sights(after, part):
        alpha = too_thin(sight, least, scrim)
        if alpha is not None:
            told = f"The hero's overlay has an alpha of {alpha:.2f}" if alpha else "The hero's overlay is gone"
            yield _finding(
                step, before, "images.hero-overlay-lost", told, sight, expected=expected, measured=f"{alpha:.2f}", path=part.overlay
            )
            return


def check_size(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """The picture covers its box around the required position in every window."""
    image = step.requirements.images.hero
    if image is None:
        return
    expected = f"cover, {image.position}"
    told = (
        _missing(step.manifest, after)
        or _bare(step.manifest, after)
        or (_UNTOUCHED if _untouched(step.manifest, image, before, after) else "")
    )
    if told:
        yield _finding(step, before, "images.hero-size-wrong", told, expected=expected)
        return
    for sight in sights(after, _part(step.manifest)):
        found = [one for one in sight.showing(image.path) if sight.visible(one)] or ([sight.main] if sight.main else [])
        if found and all(misplaced(one, image.position) for one in found):
            told = f"The hero's picture {misplaced(found[0], image.position)}"
            measured = f"{found[0].size}, {found[0].position}"
            yield _finding(step, before, "images.hero-size-wrong", told, sight, found[0], expected=expected, measured=measured)
            return


CHECKS = (check_picture, check_painted, check_overlay, check_size)


def _part(manifest: Manifest) -> Part:
    return Part("hero", manifest.hero.selector, manifest.hero.background, manifest.hero.media)


def _missing(manifest: Manifest, probe: Probe) -> str:
    """Why there is no hero to look at; empty if there is one."""
    found = sights(probe, _part(manifest))
    if not found:
        return "The page could not be shown"
    return "The page has no hero" if any(one.box is None for one in found) else ""


def _bare(manifest: Manifest, probe: Probe) -> str:
    """Says so where no window shows any picture: what is not there is neither painted nor placed."""
    return "" if any(one.pictures for one in sights(probe, _part(manifest))) else "The hero has no picture"


def _wrong(manifest: Manifest, image: HeroImage, probe: Probe) -> Sight | None:
    """The first window in which the hero shows another file than the required one, or none."""
    for sight in sights(probe, _part(manifest)):
        found = sight.showing(image.path)
        if not found or (not sight.visible(found[0]) and _hidden_by_a_picture(sight, found[0])):
            return sight
    return None


def _hidden_by_a_picture(sight: Sight, picture: Behind) -> str | None:
    hider = sight.hider(picture)
    return hider if hider and hider != OVERLAY else None


def _untouched(manifest: Manifest, image: HeroImage, before: Probe, after: Probe) -> bool:
    """Whether the hero still shows what it showed, as it showed it, and that is not what was asked for."""
    part = _part(manifest)
    old, new = sights(before, part), sights(after, part)
    return (
        bool(new) and not any(one.showing(image.path) for one in new) and left_alone(old, new) and any(one.pictures for one in new)
    )


def _why_unseen(sight: Sight, picture: Behind) -> str:
    if sight.hider(picture):
        return "its overlay lets nothing through"
    if picture.shown:
        return f"it takes up {picture.share:.0%} of the hero"
    return "it is hidden, without size, or not decoded"


def _finding(
    step: Step,
    before: Probe,
    violation: str,
    told: str,
    sight: Sight | None = None,
    picture: Behind | None = None,
    *,
    expected: str,
    measured: str = "",
    path: str = "",
) -> Finding:
    where = path or (picture.where if picture is not None else step.manifest.hero.selector)
    return seen(
        violation,
        told,
        page=step.after,
        path=where,
        view=sight.name if sight is not None else None,
        box=(picture.box if picture is not None else sight.box) if sight is not None else None,
        expected=expected,
        measured=measured,
        subject="hero",
        section="hero",
        inherited=bool(before.views) and bool(_missing(step.manifest, before)),
    )
