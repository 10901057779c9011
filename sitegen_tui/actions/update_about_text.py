"""Action 9, update about text: the heading, every paragraph in its own block, the figures."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeVar

from turbohtml import Element

from sitegen_tui.actions.about_checks import check_figures, check_heading, check_paragraphs, check_placeholder, check_structure
from sitegen_tui.actions.base import HTML, Action, Brief, Fault, Files, Grade, Mutation, changed, lines
from sitegen_tui.actions.editing import indent_of, remove_attribute, remove_element, set_text
from sitegen_tui.actions.rewording import Rewording, reworded
from sitegen_tui.domain.requirements import AboutContent, Requirements, Stat
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.html import HtmlFile, escape_text, normal_text, parse_html, text_of
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
        _set_all(html, edits, _paragraphs(body), about.paragraphs, _write_paragraph)
    figures = html.one(slots["about-stats"]) if "about-stats" in slots else None
    if figures is not None and about.stats:
        _set_all(html, edits, _figures(figures), about.stats, _write_figure)
    return changed(files, {HTML: edits.result()})


def _paragraphs(body: Element) -> list[Element]:
    if body.tag == "p":
        return [body]
    return [child for child in body.descendants if isinstance(child, Element) and child.tag == "p"]


def _figures(slot: Element) -> list[Element]:
    """The slot's children that hold a value."""
    return [child for child in slot.children if isinstance(child, Element) and _marked(child, "data-stat-value") is not None]


def _marked(element: Element, name: str) -> Element | None:
    return next((e for e in element.descendants if isinstance(e, Element) and name in e.attrs), None)


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
        part = _marked(element, name)
        if part is not None and text_of(part) != normal_text(text):
            set_text(html, edits, part, text)


# -- how it goes wrong ---------------------------------------------------------------------------------------------------


def _about_of(brief: Brief) -> AboutContent:
    return brief.requirements.content.about


def _slot_paragraphs(html: HtmlFile, brief: Brief) -> list[Element]:
    body = html.one(brief.manifest.slots["about-body"])
    return _paragraphs(body) if body is not None else []


def _fault_rewording(how: Rewording, violations: tuple[str, ...], grade: Grade) -> Fault:
    """A paragraph, or for typography any that has quotes or dashes, in other words."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        found = _slot_paragraphs(html, brief)
        rng.shuffle(found)
        for element in found:
            text, span = reworded(text_of(element), how, rng), html.inner(element)
            if text is not None and span is not None:
                edits = Splices(html.text)
                edits.replace(span, escape_text(text))
                return changed(after, {HTML: edits.result()})
        return None

    return Fault(f"about-paragraph-{how}", violations, apply, grade)


def _kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """One paragraph of the template stays in the place of a required one."""
    old, new = _slot_paragraphs(parse_html(before.get(HTML, "")), brief), parse_html(after.get(HTML, ""))
    targets = _slot_paragraphs(new, brief)
    if not old or len(targets) < 2:
        return None
    edits = Splices(new.text)
    set_text(new, edits, targets[-1], text_of(old[min(len(old), len(targets)) - 1]))
    return changed(after, {HTML: edits.result()})


def _old_beyond(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The template has more paragraphs than the brief, and the last ones stay."""
    old, new = parse_html(before.get(HTML, "")), parse_html(after.get(HTML, ""))
    sources, targets = _slot_paragraphs(old, brief), _slot_paragraphs(new, brief)
    span = new.outer(targets[-1]) if targets else None
    source = old.outer(sources[-1]) if sources else None
    if span is None or source is None or len(sources) <= len(targets):
        return None
    edits = Splices(new.text)
    edits.insert(span.end, new.newline + indent_of(new.text, span.start) + old.source(source))
    return changed(after, {HTML: edits.result()})


def _merged(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """Two paragraphs become one."""
    html = parse_html(after.get(HTML, ""))
    found = _slot_paragraphs(html, brief)
    if len(found) < 2:
        return None
    edits = Splices(html.text)
    joint = rng.choice((" ", "<br><br>"))
    first = html.inner(found[0])
    if first is None:
        return None
    edits.insert(first.end, joint + escape_text(text_of(found[1])))
    remove_element(html, edits, found[1])
    return changed(after, {HTML: edits.result()})


def _swapped(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    html = parse_html(after.get(HTML, ""))
    found = _slot_paragraphs(html, brief)
    if len(found) < 2:
        return None
    edits = Splices(html.text)
    set_text(html, edits, found[0], text_of(found[1]))
    set_text(html, edits, found[1], text_of(found[0]))
    return changed(after, {HTML: edits.result()})


def _fault_heading(how: Rewording) -> Mutation:
    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        element = html.one(brief.manifest.slots["about-heading"])
        text = reworded(_about_of(brief).heading, how, rng)
        if element is None or text is None:
            return None
        edits = Splices(html.text)
        set_text(html, edits, element, text)
        return changed(after, {HTML: edits.result()})

    return apply


def _figure_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A figure keeps the template's value under the new label."""
    selector = brief.manifest.slots.get("about-stats")
    if selector is None or not _about_of(brief).stats:
        return None
    old, new = parse_html(before.get(HTML, "")).one(selector), parse_html(after.get(HTML, ""))
    slot = new.one(selector)
    source = _marked(old, "data-stat-value") if old is not None else None
    target = _marked(slot, "data-stat-value") if slot is not None else None
    if source is None or target is None or text_of(source) == text_of(target):
        return None
    edits = Splices(new.text)
    set_text(new, edits, target, text_of(source))
    return changed(after, {HTML: edits.result()})


ACTION = Action(
    id="update-about-text",
    intent="Exact about copy, each paragraph in its own block",
    write_set=(HTML,),
    reads=(HTML,),
    directive=directive,
    edit=edit,
    rewords=("about-heading", "about-body", "about-stats"),
    checks=(check_paragraphs, check_heading, check_structure, check_placeholder, check_figures),
    faults=(
        _fault_rewording("paraphrase", ("text.not-verbatim",), "realistic"),
        _fault_rewording("synonym", ("text.not-verbatim",), "subtle"),
        _fault_rewording("typography", ("text.typography-changed",), "subtle"),
        _fault_rewording("lorem", ("text.not-verbatim", "text.placeholder-left"), "blatant"),
        Fault("about-paragraph-kept", ("text.missing",), _kept),
        Fault("about-old-paragraph-left", ("text.placeholder-left",), _old_beyond, "realistic", 2.0),
        Fault("about-paragraphs-merged", ("text.structure-wrong",), _merged),
        Fault("about-paragraphs-swapped", ("text.structure-wrong",), _swapped, "subtle", 0.5),
        Fault("about-heading-reworded", ("text.about-heading-wrong",), _fault_heading("synonym"), "subtle"),
        Fault("about-figure-kept", ("text.stat-wrong",), _figure_kept),
    ),
)
