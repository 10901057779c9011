"""Action 7, replace section backgrounds: each section's picture exchanged or taken away, its overlay kept."""

from __future__ import annotations

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Files, changed, lines, page_of
from sitegen_tui.actions.checks.section_bgs_seen import CHECKS
from sitegen_tui.actions.edits.backgrounds import appended, relative, set_background
from sitegen_tui.actions.faults.replace_section_bgs import FAULTS
from sitegen_tui.actions.wanted import targets
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


ACTION = Action(
    id="replace-section-bgs",
    intent="Set or remove section pictures",
    write_set=(CSS, HTML),
    directive=directive,
    edit=edit,
    checks=(),
    rendered=CHECKS,
    faults=FAULTS,
)
