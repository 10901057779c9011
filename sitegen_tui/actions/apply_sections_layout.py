"""Action 12, apply sections layout: each section arranged as asked at three widths, and nothing of it lost."""

from __future__ import annotations

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Files, changed, lines, page_of
from sitegen_tui.actions.checks import sections_seen
from sitegen_tui.actions.edits.arranging import add_class, section_values, targets, with_recipe
from sitegen_tui.actions.faults.apply_sections_layout import FAULTS
from sitegen_tui.domain.requirements import Requirements, SectionLayout
from sitegen_tui.domain.template import Manifest, Section, SectionPattern
from sitegen_tui.site.source import Splices

_MEANING: dict[SectionPattern, str] = {
    "grid": "items in equal columns",
    "list": "items one below the other",
    "alternating": "in each item picture and text stand side by side, the picture on the other side in every second item",
    "bento": "a grid in which at least one item is 1.8 times as wide or as high as the others",
    "carousel": "items in one row that scrolls sideways inside its container and snaps (scroll-snap-type)",
    "sidebar": "a wide and a narrow column",
    "timeline": "items one below the other along a line, on alternating sides",
    "footer-columns": "the footer's groups in equal columns",
}


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    return lines(
        "Arrange these sections anew. Columns are given at 1280, 800 and 375 px width; gaps are the least between items.",
        *(_told(layout, section) for layout, section in targets(requirements, manifest)),
        "Items keep their order. Change wrappers, classes and CSS only: every text, picture, link and hook stays exactly as it is, "
        "and at no width does the page scroll sideways.",
    )


def _told(layout: SectionLayout, section: Section) -> str:
    columns = layout.columns
    where = f"{section.selector}, items {section.items.item} in {section.items.container}" if section.items else section.selector
    named = "columns of each item" if layout.pattern == "alternating" else "columns"
    return (
        f"- {layout.section} ({where}): {layout.pattern} ({_MEANING[layout.pattern]}); {named} "
        f"{columns.desktop} / {columns.tablet} / {columns.mobile}; gap {layout.gap_min_px}px"
    )


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Give each section its pattern's class and put the recipes at the end of the stylesheet."""
    page = page_of(files, brief)
    html, css = Splices(page.html.text), page.css.text
    for layout, section in targets(brief.requirements, brief.manifest):
        recipe = brief.manifest.section_recipes.get(section.id, {}).get(layout.pattern)
        element = page.html.one(section.selector)
        if recipe is None or element is None or CSS not in files:
            continue
        add_class(page, html, element, f"is-{layout.pattern}")
        css = with_recipe(css, section.id, layout.pattern, section.selector, recipe, section_values(layout))
    return changed(files, {path: text for path, text in {CSS: css, HTML: html.result()}.items() if path in files})


ACTION = Action(
    id="apply-sections-layout",
    intent="Rearrange sections, lose nothing",
    write_set=(CSS, HTML),
    directive=directive,
    edit=edit,
    arranges=True,
    checks=(),
    rendered=sections_seen.CHECKS,
    faults=FAULTS,
)
