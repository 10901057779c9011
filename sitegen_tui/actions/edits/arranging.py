"""The reference edit's part of both layout actions: a modifier class, and the template's recipe for it."""

from __future__ import annotations

import re

from turbohtml import Element

from sitegen_tui.actions.base import Page
from sitegen_tui.actions.edits.editing import append_css, fill, set_attribute
from sitegen_tui.domain.requirements import Requirements, SectionLayout
from sitegen_tui.domain.template import Manifest, Recipe, Section
from sitegen_tui.site.html import attribute, classes
from sitegen_tui.site.source import Splices


def add_class(page: Page, html: Splices, element: Element, name: str) -> None:
    """Give an element a class beside those that it has."""
    if name not in classes(element):
        old = attribute(element, "class")
        set_attribute(page.html, html, element, "class", f"{old} {name}" if old else name)


def with_recipe(css: str, name: str, pattern: str, selector: str, recipe: Recipe, values: dict[str, str]) -> str:
    """A stylesheet with the recipe filled in at its end, under a comment that says what it is; as it was if it has that."""
    mark = f"/* layout: {name} is-{pattern} */"
    if mark in css:
        return css
    return append_css(css, f"{mark}\n{fill(recipe.css, {**values, 'scope': scope(selector, pattern)})}")


def scope(selector: str, pattern: str) -> str:
    """The selector of an element that has the modifier class of a pattern."""
    whole = f":is({selector})" if re.search(r"[,:]", selector) else selector
    return f"{whole}.is-{pattern}"


def targets(requirements: Requirements, manifest: Manifest) -> list[tuple[SectionLayout, Section]]:
    """The directives about sections that the page has by its manifest, each with its section."""
    found = [(layout, manifest.section(layout.section)) for layout in requirements.layout.sections]
    return [(layout, section) for layout, section in found if section is not None]


def section_values(layout: SectionLayout) -> dict[str, str]:
    """What a recipe's placeholders stand for."""
    columns = layout.columns
    return {
        "columns.desktop": str(columns.desktop),
        "columns.tablet": str(columns.tablet),
        "columns.mobile": str(columns.mobile),
        "gap": f"{layout.gap_min_px}px",
    }
