"""Action 12, apply sections layout: each section arranged as asked at three widths, and nothing of it lost."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from turbohtml import Element

from sitegen_tui.actions import sections_seen
from sitegen_tui.actions.arranging import add_class, scope, with_recipe
from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Fault, Files, changed, lines, page_of
from sitegen_tui.actions.editing import remove_attribute, remove_element
from sitegen_tui.domain.requirements import Requirements, SectionLayout
from sitegen_tui.domain.template import Items, Manifest, Section, SectionPattern
from sitegen_tui.site.html import HtmlFile, parse_html
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
        *(_told(layout, section) for layout, section in _targets(requirements, manifest)),
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


def _targets(requirements: Requirements, manifest: Manifest) -> list[tuple[SectionLayout, Section]]:
    found = [(layout, manifest.section(layout.section)) for layout in requirements.layout.sections]
    return [(layout, section) for layout, section in found if section is not None]


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Give each section its pattern's class and put the recipes at the end of the stylesheet."""
    page = page_of(files, brief)
    html, css = Splices(page.html.text), page.css.text
    for layout, section in _targets(brief.requirements, brief.manifest):
        recipe = brief.manifest.section_recipes.get(section.id, {}).get(layout.pattern)
        element = page.html.one(section.selector)
        if recipe is None or element is None or CSS not in files:
            continue
        add_class(page, html, element, f"is-{layout.pattern}")
        css = with_recipe(css, section.id, layout.pattern, section.selector, recipe, values(layout))
    return changed(files, {path: text for path, text in {CSS: css, HTML: html.result()}.items() if path in files})


def values(layout: SectionLayout) -> dict[str, str]:
    """What a recipe's placeholders stand for."""
    columns = layout.columns
    return {
        "columns.desktop": str(columns.desktop),
        "columns.tablet": str(columns.tablet),
        "columns.mobile": str(columns.mobile),
        "gap": f"{layout.gap_min_px}px",
    }


# -- faults ---------------------------------------------------------------------------------------------------------------


def _on_items(
    files: Files, brief: Brief, rng: Random, change: Callable[[HtmlFile, Splices, Element], None]
) -> dict[str, str] | None:
    """One item of a section that is arranged, changed in the page."""
    html = parse_html(files.get(HTML, ""))
    items: list[Element] = []
    for _, section in _targets(brief.requirements, brief.manifest):
        if section.items is not None:
            items += _items(html, section.items)
    if not items:
        return None
    edits = Splices(html.text)
    change(html, edits, rng.choice(items))
    return None if edits.empty else changed(files, {HTML: edits.result()})


def _items(html: HtmlFile, items: Items) -> list[Element]:
    container = html.one(items.container)
    return [e for e in html.select(items.item) if container is not None and e.parent == container]


def _card_lost(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """One item does not survive the rearrangement."""
    return _on_items(after, brief, rng, remove_element)


def _hook_lost(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """An item loses the attribute that it is found by."""
    return _on_items(after, brief, rng, lambda html, edits, item: remove_attribute(html, edits, item, "data-item"))


def _section_lost(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A whole section is left out."""
    html = parse_html(after.get(HTML, ""))
    targets = [s for _, s in _targets(brief.requirements, brief.manifest) if s in brief.manifest.sections]
    found = [element for section in targets if (element := html.one(section.selector)) is not None]
    if not found:
        return None
    edits = Splices(html.text)
    remove_element(html, edits, rng.choice(found))
    return changed(after, {HTML: edits.result()})


def _one_column(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The classes are there, the rules for them are not."""
    return {CSS: before.get(CSS, "")} if before.get(CSS) != after.get(CSS) else None


def _no_breakpoints(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The desktop's columns at every width."""
    css = after.get(CSS, "")
    for layout, section in _targets(brief.requirements, brief.manifest):
        recipe = brief.manifest.section_recipes.get(section.id, {}).get(layout.pattern)
        if recipe is not None and "@media" in recipe.css:
            wide = recipe.css[: recipe.css.index("@media")].rstrip()
            given = values(layout)
            full = with_recipe("", section.id, layout.pattern, section.selector, recipe, given).rstrip()
            short = with_recipe("", section.id, layout.pattern, section.selector, recipe.model_copy(update={"css": wide}), given)
            newline = "\r\n" if "\r\n" in css else "\n"
            css = css.replace(full.replace("\n", newline), short.rstrip().replace("\n", newline))
    return changed(after, {CSS: css}) or None


def _fixed_width(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A container of fixed width, wider than a phone."""
    targets = [(layout, s) for layout, s in _targets(brief.requirements, brief.manifest) if s.items is not None]
    if not targets:
        return None
    layout, section = rng.choice(targets)
    container = section.items.container if section.items is not None else ""
    rule = f"{scope(section.selector, layout.pattern)} {container} {{ width: 1180px; }}"
    return {CSS: after.get(CSS, "").rstrip() + f"\n{rule}\n"}


ACTION = Action(
    id="apply-sections-layout",
    intent="Rearrange sections, lose nothing",
    write_set=(CSS, HTML),
    directive=directive,
    edit=edit,
    arranges=True,
    checks=(),
    rendered=sections_seen.CHECKS,
    faults=(
        Fault("sections-card-lost", ("layout.card-lost",), _card_lost),
        Fault("sections-section-lost", ("layout.section-lost",), _section_lost, "blatant", 0.5),
        Fault("sections-item-unhooked", ("regress.hook-lost",), _hook_lost, "subtle"),
        Fault("sections-one-column", (), _one_column, "blatant", 2.0),
        Fault("sections-no-breakpoints", (), _no_breakpoints),
        Fault("sections-fixed-width", (), _fixed_width),
    ),
)
