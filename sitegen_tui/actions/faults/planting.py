"""What planted faults are made of: a slot's text, an attribute or an element's name given another value, a line put in."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Brief, Files, Mutation, changed
from sitegen_tui.actions.edits.editing import insert_line_after, set_attribute, set_text
from sitegen_tui.site.html import HtmlFile, attribute, escape_text, parse_html, text_of
from sitegen_tui.site.source import Span, Splices

Wording = Callable[[str, Brief, Random], str | None]
"""Another value for the right one; None if there is none to be had."""

_NO_TEXT = re.compile(r"<[^>]*>|&#?\w+;")


def slot_text(slot: str, wrong: Wording) -> Mutation:
    """A fault that gives a slot another text; its attributes stay right."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        element = _slot(html, brief, slot)
        text = wrong(text_of(element), brief, rng) if element is not None else None
        if element is None or text is None or text == text_of(element):
            return None
        edits = Splices(html.text)
        inner = html.inner(element)
        if text or inner is None:
            set_text(html, edits, element, text)
        else:
            edits.delete(inner)
        return written(after, edits)

    return apply


def slot_source(slot: str, wrong: Callable[[str, Random], str | None]) -> Mutation:
    """A fault in the source of a slot's content, so that the markup inside it stays."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        element = _slot(html, brief, slot)
        inner = html.inner(element) if element is not None else None
        source = wrong(html.source(inner), rng) if inner is not None else None
        if inner is None or source is None:
            return None
        edits = Splices(html.text)
        edits.replace(inner, source)
        return written(after, edits)

    return apply


def text_kept(slot: str) -> Mutation:
    """A fault that leaves a slot's text as it was; its attributes are new."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        old = _slot(parse_html(before.get(HTML, "")), brief, slot)
        return slot_text(slot, lambda text, brief, rng: text_of(old) if old is not None else None)(before, after, brief, rng)

    return apply


def slot_link(slot: str, wrong: Wording) -> Mutation:
    """A fault that leads a slot's first link elsewhere; its text stays right."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        link = link_of(html, brief, slot)
        href = attribute(link, "href") if link is not None else None
        other = wrong(href, brief, rng) if href is not None else None
        if link is None or other is None or other == href:
            return None
        edits = Splices(html.text)
        set_attribute(html, edits, link, "href", other)
        return written(after, edits)

    return apply


def link_kept(slot: str) -> Mutation:
    """A fault that leaves the target of a slot's first link as it was; its text is new."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        old = link_of(parse_html(before.get(HTML, "")), brief, slot)
        href = attribute(old, "href") if old is not None else None
        return slot_link(slot, lambda text, brief, rng: href or None)(before, after, brief, rng)

    return apply


def line_after(slot: str, line: Callable[[Files, Brief, Random], str | None]) -> Mutation:
    """A fault that puts a line of markup after a slot."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        element, markup = _slot(html, brief, slot), line(before, brief, rng)
        if element is None or markup is None:
            return None
        edits = Splices(html.text)
        insert_line_after(html, edits, element, markup)
        return written(after, edits)

    return apply


def one_of(*faults: Mutation) -> Mutation:
    """A fault that is one of several, by chance; the others where that one does not apply."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        for fault in rng.sample(faults, len(faults)):
            found = fault(before, after, brief, rng)
            if found is not None:
                return found
        return None

    return apply


def all_of(*faults: Mutation) -> Mutation:
    """A fault that is several at once; none where one of them does not apply."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        files = dict(after)
        for fault in faults:
            found = fault(before, files, brief, rng)
            if found is None:
                return None
            files |= found
        return changed(after, files)

    return apply


def link_of(html: HtmlFile, brief: Brief, slot: str) -> Element | None:
    """A slot's element where it is a link, else the first link in it."""
    element = _slot(html, brief, slot)
    if element is None or element.tag == "a":
        return element
    return next((child for child in element.descendants if isinstance(child, Element) and child.tag == "a"), None)


def renamed(html: HtmlFile, edits: Splices, element: Element, tag: str) -> bool:
    """Give an element another name, its attributes kept; whether both of its tags are there."""
    start, end = html.start_tag(element), html.end_tag(element)
    if start is None or end is None:
        return False
    edits.replace(Span(start.start + 1, start.start + 1 + len(element.tag)), tag)
    edits.replace(end, f"</{tag}>")
    return True


def written(after: Files, edits: Splices) -> dict[str, str] | None:
    """The page with the edits made; None where they change nothing."""
    return changed(after, {HTML: edits.result()}) or None


def digit_changed(source: str, rng: Random) -> str | None:
    """The source of a text with one digit changed to the next; None if it has none."""
    shown = _NO_TEXT.sub(lambda match: "\0" * len(match.group()), source)
    places = [at for at, char in enumerate(shown) if char in "0123456789"]
    if not places:
        return None
    at = rng.choice(places)
    return source[:at] + str((int(source[at]) + 1) % 10) + source[at + 1 :]


def digits_swapped(text: str, rng: Random) -> str | None:
    """The text with two neighbouring digits exchanged; None if it has no two that differ."""
    places = [at for at in range(1, len(text)) if text[at - 1 : at + 1].isdigit() and text[at - 1] != text[at]]
    if not places:
        return None
    at = rng.choice(places)
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]


def letters_swapped(text: str, rng: Random) -> str | None:
    """The text with two neighbouring letters inside a word exchanged; None if no word offers them."""
    places = [match.start(1) for match in re.finditer(r"(?<=[A-Za-z])(?=([a-z])([a-z]))", text) if match[1] != match[2]]
    if not places:
        return None
    at = rng.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def paragraph(text: str) -> str:
    """A text as a paragraph."""
    return f"<p>{escape_text(text)}</p>"


def _slot(html: HtmlFile, brief: Brief, slot: str) -> Element | None:
    selector = brief.manifest.slots.get(slot)
    return html.one(selector) if selector else None
