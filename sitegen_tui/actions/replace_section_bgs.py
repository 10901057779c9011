"""Action 7, replace section backgrounds: each section's picture exchanged or taken away, its overlay kept."""

from __future__ import annotations

from random import Random

from sitegen_tui.actions.backgrounds import appended, relative, set_background, targets
from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Fault, Files, changed, lines, page_of
from sitegen_tui.actions.section_bgs_seen import CHECKS
from sitegen_tui.domain.requirements import Requirements, SectionImage
from sitegen_tui.domain.template import Background, Manifest
from sitegen_tui.site.source import Splices


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    return lines(
        "Set the background pictures of these sections, in every media block that sets one:",
        *(_told(image, background) for image, background in targets(requirements, manifest)),
        "Remove no overlay element or rule, and give no other section a picture.",
        "Paths in css/styles.css are relative to css/ (../assets/...); the files are there already. Link to no other host.",
    )


def _told(image: SectionImage, background: Background) -> str:
    if image.path == "none":
        return f"- {image.section} ({background.selector}): no picture (background-image: none); its overlay stays"
    overlay = f"; the overlay {background.overlay} keeps its colour, alpha at least {image.overlay_alpha_min:g}"
    return f"- {image.section} ({background.selector}): {relative(image.path)}, cover, position {image.position}" + (
        overlay if background.overlay else ""
    )


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Set or remove each picture and strengthen the overlays, one section after the other."""
    start, files = files, dict(files)
    for image, background in targets(brief.requirements, brief.manifest):
        # Each section is edited on the result of the one before, since sections may share a rule.
        page = page_of(files, brief)
        if page.html.one(background.selector) is None:
            continue
        css, html = Splices(page.css.text), Splices(page.html.text)
        path = None if image.path == "none" else image.path
        least = image.overlay_alpha_min
        blocks = set_background(page, css, html, background, path, image.position, least, brief)
        done = {CSS: appended(css, blocks), HTML: html.result()}
        files |= {name: text for name, text in done.items() if name in files}
    return changed(start, files)


# -- faults ---------------------------------------------------------------------------------------------------------------


def _swapped(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The hero's picture behind a section."""
    hero = brief.requirements.images.hero
    return _exchanged(after, brief, relative(hero.path)) if hero is not None else None


def _mistyped(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A path relative to the page instead of the stylesheet."""
    path = _first_path(brief)
    return _exchanged(after, brief, path) if path is not None else None


def _described(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """What the picture shows, where its path should stand."""
    return _exchanged(after, brief, f"{brief.requirements.business.tagline} background photo")


def _kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A section that is to have none keeps its picture."""
    result = dict(before)
    for image, background in targets(brief.requirements, brief.manifest):
        if image.path != "none":
            page = page_of(result, brief)
            css, html = Splices(page.css.text), Splices(page.html.text)
            blocks = set_background(page, css, html, background, image.path, image.position, image.overlay_alpha_min, brief)
            result |= {CSS: appended(css, blocks), HTML: html.result()}
    kept = changed(after, result)
    return kept or None


def _overlay_lost(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A section's overlay is made clear."""
    overlays = [b for image, b in targets(brief.requirements, brief.manifest) if image.path != "none" and b.overlay]
    if not overlays:
        return None
    background = rng.choice(overlays)
    rule = f"{background.overlay} {{ {background.overlay_property}: transparent; }}"
    return {CSS: after.get(CSS, "").rstrip() + f"\n\n{rule}\n"}


def _first_path(brief: Brief) -> str | None:
    return next((i.path for i, _ in targets(brief.requirements, brief.manifest) if i.path != "none"), None)


def _exchanged(after: Files, brief: Brief, new: str) -> dict[str, str] | None:
    path = _first_path(brief)
    if path is None or relative(path) not in after.get(CSS, ""):
        return None
    return {CSS: after[CSS].replace(relative(path), new, 1)}


ACTION = Action(
    id="replace-section-bgs",
    intent="Set or remove section pictures",
    write_set=(CSS, HTML),
    directive=directive,
    edit=edit,
    checks=(),
    rendered=CHECKS,
    faults=(
        Fault("section-bgs-other-picture", (), _swapped),
        Fault("section-bgs-mistyped", ("assets.not-found",), _mistyped),
        Fault("section-bgs-described", ("images.description-as-src",), _described),
        Fault("section-bgs-none-kept", (), _kept, "realistic"),
        Fault("section-bgs-overlay-lost", (), _overlay_lost),
    ),
)
