"""Action 13, add SEO metadata: one of each tag in the head, with exact values."""

from __future__ import annotations

from typing import NamedTuple

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Action, Brief, Files, changed, lines
from sitegen_tui.actions.checks.seo import (
    check_canonical,
    check_charset_viewport,
    check_description,
    check_duplicates,
    check_headings,
    check_noindex,
    check_open_graph,
    check_robots,
    check_title,
    check_twitter,
)
from sitegen_tui.actions.edits.editing import (
    insert_line_after,
    insert_lines_before_end,
    remove_element,
    set_attribute,
    set_text,
)
from sitegen_tui.actions.faults.add_seo_meta import FAULTS
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.html import HtmlFile, attribute, escape_attribute, escape_text, normal_text, parse_html, text_of
from sitegen_tui.site.source import Splices


class Tag(NamedTuple):
    """A head tag: its element, the attribute that names it, the name, the attribute that holds the value, the value."""

    element: str
    by: str
    name: str
    holds: str
    value: str

    def markup(self) -> str:
        """The tag as HTML."""
        return f'<{self.element} {self.by}="{self.name}" {self.holds}="{escape_attribute(self.value)}">'

    def there(self, html: HtmlFile) -> list[Element]:
        """The page's tags of that name."""
        return [
            element
            for element in html.elements
            if element.tag == self.element and (attribute(element, self.by) or "").strip().lower() == self.name
        ]


def tags(requirements: Requirements) -> tuple[Tag, ...]:
    """The tags the brief asks for, in the order in which they are written."""
    seo = requirements.seo
    properties = {
        "og:type": seo.og.type,
        "og:site_name": seo.og.site_name,
        "og:title": seo.title,
        "og:description": seo.description,
        "og:url": seo.og.url,
        "og:image": seo.og.image,
    }
    return (
        Tag("meta", "name", "description", "content", seo.description),
        Tag("meta", "name", "robots", "content", seo.robots),
        Tag("link", "rel", "canonical", "href", seo.canonical),
        *(Tag("meta", "property", name, "content", value) for name, value in properties.items()),
        Tag("meta", "name", "twitter:card", "content", seo.twitter.card),
    )


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    return lines(
        "Complete the metadata in the head. Exactly one of each of these tags, with exactly these values:",
        f"  <title>{escape_text(requirements.seo.title)}</title>",
        tuple(f"  {tag.markup()}" for tag in tags(requirements)),
        '- <meta charset="utf-8"> within the first 1024 bytes',
        '- <meta name="viewport" content="width=device-width, initial-scale=1">',
        "- Twitter title, description and image may be left out; if given, they are those of Open Graph.",
        "- The page keeps exactly one h1. Update tags that are there instead of adding a second one. Never add noindex.",
    )


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Give tags that are there their values, take second ones out, put missing ones behind the title."""
    html = parse_html(files.get(HTML, ""))
    head = html.tag("head")
    if head is None or (html.start_tag(head) is None and html.one("head > *") is None):
        return {}
    unclosed = html.one("head > title")
    if unclosed is not None and html.end_tag(unclosed) is None:
        # Everything behind it is its text: whatever is put in would become part of the title.
        return {}
    edits = Splices(html.text)
    title = _set_title(html, edits, head, brief.requirements.seo.title)
    lacking: list[str] = []
    for tag in tags(brief.requirements):
        there = tag.there(html)
        for element in there[1:]:
            remove_element(html, edits, element)
        if there:
            set_attribute(html, edits, there[0], tag.holds, tag.value)
        else:
            lacking.append(tag.markup())
    anchor = title or next((e for e in head.children if isinstance(e, Element) and e.tag in ("title", "meta", "link")), None)
    if anchor is not None:
        for line in lacking:
            insert_line_after(html, edits, anchor, line)
    else:
        insert_lines_before_end(html, edits, head, lacking)
    _set_charset_and_viewport(html, edits, head)
    return changed(files, {HTML: edits.result()})


def _set_title(html: HtmlFile, edits: Splices, head: Element, text: str) -> Element | None:
    titles = [child for child in head.children if isinstance(child, Element) and child.tag == "title"]
    for element in titles[1:]:
        remove_element(html, edits, element)
    if titles:
        if text_of(titles[0]) != normal_text(text):
            set_text(html, edits, titles[0], text)
        return titles[0]
    charset = html.one("meta[charset]")
    line = f"<title>{escape_text(text)}</title>"
    if charset is not None:
        insert_line_after(html, edits, charset, line)
        return charset
    insert_lines_before_end(html, edits, head, [line])
    return None


def _set_charset_and_viewport(html: HtmlFile, edits: Splices, head: Element) -> None:
    start = html.start_tag(head)
    charset = html.one("meta[charset]")
    http = next((m for m in html.select("meta[http-equiv]") if "charset=" in (attribute(m, "content") or "").lower()), None)
    late = (
        charset is not None
        and (span := html.outer(charset)) is not None
        and len(html.text[: span.end].encode("utf-8", "replace")) > 1024
    )
    if charset is not None and (attribute(charset, "charset") or "").strip().lower() != "utf-8":
        set_attribute(html, edits, charset, "charset", "utf-8")
    if start is not None and ((charset is None and http is None) or late):
        if late and charset is not None:
            remove_element(html, edits, charset)
        edits.insert(start.end, f'{html.newline}  <meta charset="utf-8">')
    viewports = [m for m in html.select("meta[name]") if (attribute(m, "name") or "").strip().lower() == "viewport"]
    if viewports:
        content = attribute(viewports[0], "content") or ""
        if "width=device-width" not in content.replace(" ", "").lower() or "initial-scale" not in content.lower():
            set_attribute(html, edits, viewports[0], "content", "width=device-width, initial-scale=1")
        for element in viewports[1:]:
            remove_element(html, edits, element)
    elif start is not None:
        anchor = charset if charset is not None and not late else None
        line = '<meta name="viewport" content="width=device-width, initial-scale=1">'
        if anchor is not None:
            insert_line_after(html, edits, anchor, line)
        else:
            edits.insert(start.end, f"{html.newline}  {line}")


ACTION = Action(
    id="add-seo-meta",
    intent="Complete, unique head metadata",
    write_set=(HTML,),
    reads=(HTML,),
    directive=directive,
    edit=edit,
    checks=(
        check_title,
        check_description,
        check_open_graph,
        check_canonical,
        check_twitter,
        check_charset_viewport,
        check_robots,
        check_headings,
        check_duplicates,
        check_noindex,
    ),
    faults=FAULTS,
)
