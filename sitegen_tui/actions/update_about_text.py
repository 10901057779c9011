"""Action 9, update about text: the heading, every paragraph in its own block, the figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Action, Brief, Files, changed, lines
from sitegen_tui.actions.checks.about import check_figures, check_heading, check_paragraphs, check_placeholder, check_structure
from sitegen_tui.actions.checks.copy_blocks import figures_of, marked, paragraphs_of
from sitegen_tui.actions.edits.editing import indent_of, remove_attribute, remove_element, set_text
from sitegen_tui.actions.faults.update_about_text import FAULTS
from sitegen_tui.domain.requirements import Requirements, Stat
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.html import HtmlFile, normal_text, parse_html, text_of
from sitegen_tui.site.source import Splices

Value = TypeVar("Value")


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    about = requirements.content.about
    many = len(about.paragraphs)
    return lines(
        "Replace the copy of the about section. Use these texts exactly, letter for letter.",
        f"- Heading: {about.heading}",
        f"- Body: exactly {many} paragraph{'' if many == 1 else 's'}, each in its own <p>, in this order:",
        tuple(f"  {number}. {text}" for number, text in enumerate(about.paragraphs, 1)),
        f"- Figures: exactly {len(about.stats)}, each with its value and its label:" if about.stats else "",
        tuple(f"  {number}. {stat.value} / {stat.label}" for number, stat in enumerate(about.stats, 1)),
        f"Leave none of the old paragraphs{' or figures' if about.stats else ''}, add none of your own.",
        "Change no other copy.",
    )


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Replace the texts in place; paragraphs and figures too few are cloned from the last, those too many taken out."""
    html = parse_html(files.get(HTML, ""))
    edits = Splices(html.text)
    about, slots = brief.requirements.content.about, brief.manifest.slots
    heading = html.one(slots["about-heading"])
    if heading is not None and text_of(heading) != normal_text(about.heading):
        set_text(html, edits, heading, about.heading)
    body = html.one(slots["about-body"])
    if body is not None:
        _set_all(html, edits, paragraphs_of(body), about.paragraphs, _write_paragraph)
    figures = html.one(slots["about-stats"]) if "about-stats" in slots else None
    if figures is not None and about.stats:
        _set_all(html, edits, figures_of(figures), about.stats, _write_figure)
    return changed(files, {HTML: edits.result()})


def _set_all(
    html: HtmlFile,
    edits: Splices,
    elements: list[Element],
    values: tuple[Value, ...],
    write: Callable[[HtmlFile, Splices, Element, Value], None],
) -> None:
    for element, value in zip(elements, values, strict=False):
        write(html, edits, element, value)
    for element in elements[len(values) :]:
        remove_element(html, edits, element)
    last = elements[-1] if elements else None
    outer = html.outer(last) if last is not None else None
    if outer is None:
        return
    source = html.source(outer)
    for value in values[len(elements) :]:
        copied = parse_html(source)
        clone = next((e for e in copied.elements if e.tag == (last.tag if last else "")), None)
        pieces = Splices(source)
        if clone is not None:
            write(copied, pieces, clone, value)
            remove_attribute(copied, pieces, clone, "id")
            edits.insert(outer.end, html.newline + indent_of(html.text, outer.start) + pieces.result())


def _write_paragraph(html: HtmlFile, edits: Splices, element: Element, text: str) -> None:
    if text_of(element) != normal_text(text):
        set_text(html, edits, element, text)


def _write_figure(html: HtmlFile, edits: Splices, element: Element, stat: Stat) -> None:
    for name, text in (("data-stat-value", stat.value), ("data-stat-label", stat.label)):
        part = marked(element, name)
        if part is not None and text_of(part) != normal_text(text):
            set_text(html, edits, part, text)


ACTION = Action(
    id="update-about-text",
    intent="Exact about copy, each paragraph in its own block",
    write_set=(HTML,),
    reads=(HTML,),
    directive=directive,
    edit=edit,
    rewords=("about-heading", "about-body", "about-stats"),
    checks=(check_paragraphs, check_heading, check_structure, check_placeholder, check_figures),
    faults=FAULTS,
)
