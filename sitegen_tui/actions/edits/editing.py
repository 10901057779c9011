"""What reference edits are made of: attributes, texts, rules and head lines changed by source range."""

from __future__ import annotations

import re
from collections.abc import Mapping

from turbohtml import Element

from sitegen_tui.site.css import CssFile
from sitegen_tui.site.css_pieces import Rule
from sitegen_tui.site.html import HtmlFile, attribute, escape_attribute, escape_text
from sitegen_tui.site.source import Span, Splices


def set_attribute(html: HtmlFile, edits: Splices, element: Element, name: str, value: str) -> None:
    """Give an element an attribute; an equal one stays as it is written, a new one goes last in the start tag."""
    if attribute(element, name) == value:
        return
    found = html.value_span(element, name)
    if found is not None:
        span, quote = found
        edits.replace(span, escape_attribute(value, quote or '"') if quote else f'"{escape_attribute(value)}"')
        return
    bare = html.attribute_span(element, name)
    if bare is not None:
        edits.replace(bare, f'{name}="{escape_attribute(value)}"')
        return
    start = html.start_tag(element)
    if start is not None:
        inside = html.source(start)
        closing = 2 if inside.endswith("/>") else 1
        at = start.end - closing
        while html.text[at - 1].isspace():
            at -= 1
        edits.insert(at, f' {name}="{escape_attribute(value)}"')


def remove_attribute(html: HtmlFile, edits: Splices, element: Element, name: str) -> None:
    """Take an attribute out, with the white space in front of it."""
    span = html.attribute_span(element, name)
    if span is None:
        return
    start = span.start
    while html.text[start - 1].isspace():
        start -= 1
    edits.delete(Span(start, span.end))


def set_text(html: HtmlFile, edits: Splices, element: Element, text: str) -> None:
    """Make an element's content this text; surrounding white space stays."""
    inner = html.inner(element)
    if inner is None:
        return
    old = html.source(inner)
    lead = len(old) - len(old.lstrip())
    tail = len(old) - len(old.rstrip()) if old.strip() else 0
    span = Span(inner.start + lead, inner.end - tail) if old.strip() else inner
    if html.source(span) != escape_text(text):
        edits.replace(span, escape_text(text))


def remove_element(html: HtmlFile, edits: Splices, element: Element) -> None:
    """Take an element out, and its line with it if nothing else stands there."""
    outer = html.outer(element)
    if outer is not None:
        edits.delete(whole_lines(html.text, outer))


def whole_lines(text: str, span: Span) -> Span:
    """A range widened to its lines, with the last line feed, if nothing but white space stands beside it."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end + 1
    if text[start : span.start].strip() or text[span.end : end].strip():
        return span
    return Span(start, end)


def indent_of(text: str, offset: int) -> str:
    """The white space that the line of an offset begins with."""
    start = text.rfind("\n", 0, offset) + 1
    return text[start : start + len(text[start:]) - len(text[start:].lstrip(" \t"))]


def insert_line_after(html: HtmlFile, edits: Splices, element: Element, line: str) -> None:
    """Put a line of source after an element, indented like it."""
    outer = html.outer(element)
    if outer is not None:
        newline = html.newline
        edits.insert(outer.end, newline + indent_of(html.text, outer.start) + line.replace("\n", newline))


def insert_lines_before_end(html: HtmlFile, edits: Splices, parent: Element, block: list[str]) -> None:
    """Put lines of source at the end of an element, in front of its end tag, indented one level deeper than it."""
    end = html.end_tag(parent)
    if end is None or not block:
        return
    newline = html.newline
    outer = indent_of(html.text, end.start)
    inner = _child_indent(html, parent, outer)
    at = end.start - len(outer) if html.text[end.start - len(outer) : end.start] == outer else end.start
    text = "".join(inner + line + newline for line in block)
    if at > 0 and html.text[at - 1] != "\n":
        text = newline + text
    edits.insert(at, text)


def _child_indent(html: HtmlFile, parent: Element, outer: str) -> str:
    for child in parent.children:
        if isinstance(child, Element) and (span := html.start_tag(child)) is not None:
            lead = html.text[html.text.rfind("\n", 0, span.start) + 1 : span.start]
            if not lead.strip():
                return lead
    return outer + "  "


def set_declaration(css: CssFile, edits: Splices, rule: Rule, name: str, value: str) -> None:
    """Give a rule a declaration: its winning one gets the value, else a new one goes last in the block."""
    declaration = rule.get(name)
    if declaration is not None:
        edits.replace(declaration.value_span, value)
        return
    body = css.source(rule.body)
    kept = body.rstrip()
    at = rule.body.start + len(kept)
    separator = "" if not kept or kept.endswith((";", "}", "*/")) else ";"
    if "\n" in body:
        last = rule.declarations[-1].span.start if rule.declarations else None
        lead = indent_of(css.text, last) if last is not None else indent_of(css.text, rule.span.start) + "  "
        edits.insert(at, f"{separator}{css.newline}{lead}{name}: {value};")
    else:
        edits.insert(at, f"{separator} {name}: {value}{';' if kept.endswith(';') or not kept else ''}")


def append_css(text: str, block: str) -> str:
    """A stylesheet with a block at its end, one blank line in front of it."""
    newline = "\r\n" if "\r\n" in text else "\n"
    block = block.strip("\n").replace("\r\n", "\n").replace("\n", newline)
    return text.rstrip() + newline * 2 + block + newline if text.strip() else block + newline


def fill(template: str, values: Mapping[str, str]) -> str:
    """A recipe with its double-braced placeholders filled in; an unknown one stays, so that lint and tests see it."""
    return re.sub(r"\{\{\s*([\w.]+)\s*\}\}", lambda m: values.get(m.group(1), m.group(0)), template)
