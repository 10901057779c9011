"""What of a page a browser window can show: two pages that differ only in the rest look and behave alike."""

from __future__ import annotations

import re

from turbohtml import Element

from sitegen_tui.site.html import attribute, inside, parse_html, text_of
from sitegen_tui.site.source import Splices

_META = frozenset(
    ["description", "keywords", "author", "robots", "googlebot", "generator", "theme-color", "application-name", "copyright"]
)
_LINKS = frozenset(["icon", "shortcut", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "manifest", "canonical"])
_BETWEEN = re.compile(r"(?<=>)\s+(?=<)")


def shown_source(text: str) -> str | None:
    """The page's source without what is only for search engines and bookmarks; None where a script could tell the difference.

    What is left out are metadata, icons and structured data of the head, and what a title says, though not whether there is
    one. A page with a script of its own in it is never reduced, for that may read anything.
    """
    html = parse_html(text)
    head = html.tag("head")
    if head is None or any(
        element.tag == "script" and not _data(element) and attribute(element, "src") is None for element in html.elements
    ):
        return None
    edits = Splices(text)
    for element in html.elements:
        if not inside(element, head) or element is head:
            continue
        if element.tag == "title" and text_of(element).strip():
            span = html.inner(element)
            if span is None:
                return None
            edits.replace(span, "-")
        elif _unseen(element):
            span = html.outer(element)
            if span is None:
                return None
            edits.delete(span)
    reduced = edits.result()
    end = reduced.lower().find("</head>") + len("</head>")
    return reduced if end < len("</head>") else _BETWEEN.sub("", reduced[:end]) + reduced[end:]


def _unseen(element: Element) -> bool:
    if element.tag == "meta":
        name = (attribute(element, "name") or "").strip().lower()
        refresh = attribute(element, "http-equiv") is not None or attribute(element, "charset") is not None
        return not refresh and (name in _META or name.startswith("twitter:") or bool(not name and attribute(element, "property")))
    if element.tag == "link":
        kinds = set((attribute(element, "rel") or "").lower().split())
        return bool(kinds) and kinds <= _LINKS
    return element.tag == "script" and _data(element)


def _data(script: Element) -> bool:
    return (attribute(script, "type") or "").strip().lower() == "application/ld+json"
