"""What faults of any action are made of: which steps they can be planted on, and places that the step itself left alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Fault, Files, changed
from sitegen_tui.actions.edits.editing import append_css
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.domain.template import Section
from sitegen_tui.site.html import HtmlFile, attribute, parse_html, text_of
from sitegen_tui.site.source import Splices

TEXTS = "p, h3, h4, li, dd, dt, blockquote, figcaption"
"""What a section says besides its heading."""


READABILITY = "verify-contrast"
TAKES_AWAY = frozenset(
    {
        "html.elided",
        "html.truncated",
        "layout.card-lost",
        "layout.collapsed",
        "layout.section-emptied",
        "layout.section-lost",
        "regress.text-lost",
    }
)
"""What takes texts away also fails the action that was to make each of them readable."""


@dataclass(frozen=True)
class AnyFault(Fault):
    """A fault of any action. `touches` are the files it changes; `hosts` the actions it is planted on, if not all that may
    change them: an action whose own work stands in the same place would be charged for that besides.
    """

    touches: tuple[str, ...] = (HTML,)
    hosts: tuple[str, ...] = ()

    def planted_on(self) -> tuple[Action, ...]:
        """The actions on whose gold result it can be planted."""
        spared = READABILITY if TAKES_AWAY.intersection(self.violations) else ""
        return tuple(
            action
            for action in ACTIONS
            if action.id != spared and (action.id in self.hosts if self.hosts else set(self.touches) <= set(action.write_set))
        )


@dataclass(frozen=True)
class AssetFault(AnyFault):
    """A fault that changes no text but the files beside the site: from a brief's assets to those left."""

    spoil: Callable[[Files, Brief, Random], Mapping[str, bytes] | None] = lambda _files, _brief, _rng: None


Edit = Callable[[HtmlFile, Splices, Brief, Random, Sequence[Section]], bool]
"""An edit of the page; whether it found something to do. It gets the sections that the step left as they were."""


def on_page(edit: Edit) -> Callable[[Files, Files, Brief, Random], dict[str, str] | None]:
    """A mutation of the page after the step."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        edits = Splices(html.text)
        if not edit(html, edits, brief, rng, left_alone(before, after, brief)) or edits.empty:
            return None
        return changed(after, {HTML: edits.result()}) or None

    return apply


def with_rules(rules: Callable[[HtmlFile, Brief, Random], str]) -> Callable[[Files, Files, Brief, Random], dict[str, str] | None]:
    """A mutation that puts rules at the end of the stylesheet; empty ones mean that it does not apply."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        block = rules(parse_html(after.get(HTML, "")), brief, rng)
        return {CSS: append_css(after.get(CSS, ""), block)} if block else None

    return apply


def left_alone(before: Files, after: Files, brief: Brief) -> list[Section]:
    """The sections, footer not counted, whose source the step left as it was."""
    old, html = before.get(HTML, ""), parse_html(after.get(HTML, ""))
    found: list[Section] = []
    for section in brief.manifest.sections:
        element = html.one(section.selector)
        outer = html.outer(element) if element is not None else None
        if outer is not None and html.source(outer) in old:
            found.append(section)
    return found


def element_of(html: HtmlFile, section: Section) -> Element:
    """A section's element, which is there. Raises LookupError."""
    element = html.one(section.selector)
    if element is None:
        raise LookupError(section.selector)
    return element


def items_of(html: HtmlFile, section: Section) -> tuple[Element, ...]:
    """The items of a section's group."""
    return html.select(f":is({section.items.container}) {section.items.item}") if section.items is not None else ()


def texts_of(html: HtmlFile, brief: Brief, sections: Sequence[Section], tags: str = TEXTS) -> list[Element]:
    """Elements of the sections that hold nothing but words and stand in no slot."""
    slots = {element for selector in brief.manifest.slots.values() for element in html.select(selector)}
    return [
        element
        for section in sections
        for element in html.select(f"{section.selector} :is({tags})")
        if text_of(element)
        and html.inner(element) is not None
        and not any(isinstance(child, Element) for child in element.children)
        and element not in slots
        and slots.isdisjoint(element.ancestors)
    ]


def pictures_of(html: HtmlFile, sections: Sequence[Section]) -> list[Element]:
    """Pictures with a source in the sections."""
    return [image for section in sections for image in html.select(f"{section.selector} img") if attribute(image, "src")]


def path_to(element: Element) -> str:
    """A selector that only this element matches, from the body down."""
    steps: list[str] = []
    node: object = element
    while isinstance(node, Element) and node.tag != "body":
        parent = node.parent
        alike = (
            [child for child in parent.children if isinstance(child, Element) and child.tag == node.tag]
            if parent is not None
            else [node]
        )
        steps.append(f"{node.tag}:nth-of-type({alike.index(node) + 1})")
        node = parent
    return " > ".join(["body", *reversed(steps)])
