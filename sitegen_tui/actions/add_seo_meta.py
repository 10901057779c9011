"""Action 13, add SEO metadata: one of each tag in the head, with exact values."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Action, Brief, Fault, Files, Mutation, changed, lines
from sitegen_tui.actions.editing import (
    insert_line_after,
    insert_lines_before_end,
    remove_element,
    set_attribute,
    set_text,
    whole_lines,
)
from sitegen_tui.actions.seo_checks import (
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


# -- how it goes wrong ---------------------------------------------------------------------------------------------------


def _named(html: HtmlFile, name: str) -> Element | None:
    for element in html.elements:
        if element.tag in ("meta", "link") and name in (attribute(element, key) for key in ("name", "property", "rel")):
            return element
    return None


def _valued(name: str, wrong: Callable[[Requirements, Random], str | None]) -> Mutation:
    """A fault that gives a tag another value."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html, value = parse_html(after.get(HTML, "")), wrong(brief.requirements, rng)
        element = _named(html, name)
        holds = "href" if name == "canonical" else "content"
        if element is None or value is None or value == attribute(element, holds):
            return None
        edits = Splices(html.text)
        set_attribute(html, edits, element, holds, value)
        return changed(after, {HTML: edits.result()})

    return apply


def _left_out(*names: str) -> Mutation:
    """A fault that leaves one of these tags out."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        element = _named(html, rng.choice(names))
        if element is None:
            return None
        edits = Splices(html.text)
        remove_element(html, edits, element)
        return changed(after, {HTML: edits.result()})

    return apply


def _title_other(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    html, name = parse_html(after.get(HTML, "")), brief.requirements.business.name
    title = html.one("head > title")
    text = rng.choice((name, brief.requirements.seo.title.replace("|", "-"), f"Home | {name}"))
    if title is None or text == text_of(title):
        return None
    edits = Splices(html.text)
    set_text(html, edits, title, text)
    return changed(after, {HTML: edits.result()})


def _twice(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A whole tag is added beside the one that was there."""
    html = parse_html(after.get(HTML, ""))
    element = _named(html, rng.choice(("description", "og:title", "canonical")))
    span = html.outer(element) if element is not None else None
    if span is None:
        return None
    lines_ = whole_lines(html.text, span)
    return changed(after, {HTML: html.text[: lines_.end] + html.source(lines_) + html.text[lines_.end :]})


def _description_cut(requirements: Requirements, rng: Random) -> str | None:
    text = requirements.seo.description
    return rng.choice((text.rsplit(" ", 3)[0] + "...", re.sub(r",[^,]*$", ".", text)))


def _canonical_other(requirements: Requirements, rng: Random) -> str | None:
    url = requirements.seo.canonical
    return rng.choice(("/", url.replace("https://", "http://"), url.rstrip("/") + "/index.html"))


def _noindex(requirements: Requirements, rng: Random) -> str | None:
    return rng.choice(("noindex, nofollow", "noindex", "none"))


def _image_path(requirements: Requirements, rng: Random) -> str | None:
    return "/" + requirements.seo.og.image.split("/", 3)[-1]


_OPEN_GRAPH = ("og:type", "og:site_name", "og:title", "og:description", "og:url", "og:image")

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
    faults=(
        Fault("seo-title-other", ("seo.title-wrong",), _title_other),
        Fault("seo-description-cut", ("seo.description-wrong",), _valued("description", _description_cut), "realistic", 1.5),
        Fault("seo-og-left-out", ("seo.og-wrong",), _left_out(*_OPEN_GRAPH), "realistic", 2.0),
        Fault("seo-og-image-path", ("seo.og-wrong",), _valued("og:image", _image_path), "subtle", 1.5),
        Fault("seo-canonical-other", ("seo.canonical-wrong",), _valued("canonical", _canonical_other)),
        Fault("seo-twitter-left-out", ("seo.twitter-wrong",), _left_out("twitter:card")),
        Fault("seo-robots-left-out", ("seo.robots-wrong",), _left_out("robots")),
        Fault("seo-tag-twice", ("seo.duplicate-tag",), _twice),
        Fault("seo-noindex", ("seo.noindex",), _valued("robots", _noindex), "blatant", 0.2),
    ),
)
