"""Every colour literal of a page: in its stylesheets, inline styles and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from turbohtml import Element

from sitegen_tui.domain.colour import Colour, find_colours
from sitegen_tui.site.css import parse_declarations
from sitegen_tui.site.css_pieces import Rule
from sitegen_tui.site.html import HtmlFile
from sitegen_tui.site.page import HTML, Page, Sheet
from sitegen_tui.site.source import Span

PAINT_ATTRIBUTES = ("fill", "stroke", "stop-color", "flood-color", "lighting-color", "color", "bgcolor")
"""Attributes whose value is a colour."""
_NAMES = re.compile(r"(?:font|animation|transition|grid|counter|container|will-change|content|quotes|view-transition|list-style)\b")
_ENTITY = re.compile(r"&#?\w+;")


@dataclass(frozen=True, slots=True)
class ColourPlace:
    """One literal: the colour, where it stands, and the property or attribute and the rule or element that hold it."""

    colour: Colour
    file: str
    span: Span
    name: str
    rule: Rule | None = None
    element: Element | None = None


def colour_places(page: Page) -> Iterator[ColourPlace]:
    """The literals of css/styles.css, then those of the page, each file in source order."""
    for sheet in page.sheets:
        yield from _in_sheet(sheet)
    yield from _in_page(page.html)


@lru_cache(maxsize=64)
def _in_sheet(sheet: Sheet) -> tuple[ColourPlace, ...]:
    found: list[ColourPlace] = []
    for rule in sheet.css.rules:
        for declaration in rule.declarations:
            at = declaration.value_span.start + sheet.offset
            for start, end, colour in _colours(declaration.name, declaration.value):
                found.append(ColourPlace(colour, sheet.file, Span(at + start, at + end), declaration.name, rule))
    return tuple(found)


@lru_cache(maxsize=64)
def _in_page(html: HtmlFile) -> tuple[ColourPlace, ...]:
    return tuple(place for element in html.elements for place in _in_attributes(html, element))


def _in_attributes(html: HtmlFile, element: Element) -> Iterator[ColourPlace]:
    attributes = element.attrs
    for name in (*PAINT_ATTRIBUTES, "style"):
        if name not in attributes:
            continue
        found = html.value_span(element, name)
        if found is None:
            continue
        span = found[0]
        # A character reference is no part of a colour; blanked, it cannot end a declaration either.
        raw = _ENTITY.sub(lambda m: " " * len(m.group()), html.source(span))
        if name != "style":
            for start, end, colour in find_colours(raw):
                yield ColourPlace(colour, HTML, Span(span.start + start, span.start + end), name, None, element)
            continue
        for declaration in parse_declarations(raw):
            at = span.start + declaration.value_span.start
            for start, end, colour in _colours(declaration.name, declaration.value):
                yield ColourPlace(colour, HTML, Span(at + start, at + end), declaration.name, None, element)


def _colours(name: str, value: str) -> Iterator[tuple[int, int, Colour]]:
    if not _NAMES.match(name):
        yield from find_colours(value)
