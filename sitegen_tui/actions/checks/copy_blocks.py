"""Copy as checks read it: the blocks of text inside a part of a page, and how alike two texts are meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

import turbohtml
from turbohtml import Element

from sitegen_tui.actions.base import Page
from sitegen_tui.actions.checks.measure import find_slot
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.html import normal_text, text_of

_TEXT_BLOCKS = ("p", "div", "li", "dt", "dd", "blockquote", "figcaption", "address", "td", "th", "summary")
_PARTS = (
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "nav",
    "form",
    "fieldset",
    "details",
    "figure",
    "hgroup",
    "body",
)
_LISTS = ("ul", "ol", "dl", "menu", "table", "tr")
BLOCKS = frozenset((*_TEXT_BLOCKS, *_PARTS, *_LISTS, "h1", "h2", "h3", "h4", "h5", "h6"))
"""Elements that browsers set apart from the text around them."""

PLACEHOLDER = re.compile(
    r"lorem ipsum|your (headline|text|tagline) here|placeholder|\[[A-Z][^\]]*\]|\{\{.*?\}\}|\bTODO\b", re.IGNORECASE
)
"""What reads as copy that was still to be written."""


def scope_of(page: Page, manifest: Manifest, section: str, slot: str) -> Element | None:
    """The section, found by its hook or id; else the slot's element; else the whole body."""
    known = manifest.section(section)
    selectors = ([known.selector] if known else []) + [f'[data-section="{section}"]', f"#{section}"]
    for selector in selectors:
        if (found := page.html.one(selector)) is not None:
            return found
    return find_slot(page, manifest, slot).element or page.html.tag("body")


def blocks(scope: Element | None) -> tuple[Element, ...]:
    """The innermost blocks of a part that hold text, in order; the part itself if it has no block inside."""
    if scope is None:
        return ()
    return tuple(element for element in _walk(scope) if not _holds_block(element) and text_of(element))


def _walk(scope: Element) -> Iterator[Element]:
    yield scope
    for child in scope.descendants:
        if isinstance(child, Element) and child.tag in BLOCKS:
            yield child


def _holds_block(element: Element) -> bool:
    return any(isinstance(child, Element) and child.tag in BLOCKS for child in element.descendants)


def spaced_text(element: Element) -> str:
    """The element's text with a space wherever a tag stands, so that `a<br>b` and two spans read as two words."""
    return normal_text(" ".join(_strings(element)))


def _strings(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Element):
            if child.tag not in ("script", "style", "template"):
                yield from _strings(child)
        elif isinstance(child, turbohtml.Text):
            yield child.data


def squeezed(text: str) -> str:
    """A text without any white space: for values whose parts stand in elements of their own."""
    return "".join(normal_text(text).split())


def paragraphs_of(body: Element) -> list[Element]:
    """The paragraphs of a part, or the part itself if it is one."""
    if body.tag == "p":
        return [body]
    return [child for child in body.descendants if isinstance(child, Element) and child.tag == "p"]


def figures_of(slot: Element) -> list[Element]:
    """The children of a slot of figures that hold a value."""
    return [child for child in slot.children if isinstance(child, Element) and marked(child, "data-stat-value") is not None]


def marked(element: Element, name: str) -> Element | None:
    """The first element inside that has an attribute of that name."""
    return next((e for e in element.descendants if isinstance(e, Element) and name in e.attrs), None)
