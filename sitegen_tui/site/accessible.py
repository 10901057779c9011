"""What a keyboard and a screen reader make of a page: hidden parts, focusable elements, accessible names, heading levels."""

from __future__ import annotations

import turbohtml
from turbohtml import Element

from sitegen_tui.site.html import HtmlFile, attribute, inside, normal_text

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FIELDS = ("input", "select", "textarea")
_NAMED_BY_AUTHOR = ("textbox", "searchbox", "combobox", "listbox", "slider", "spinbutton")
"""Roles whose content is a value, not a name."""
_BUTTON_TYPES = ("submit", "reset", "button", "image")


def hidden(element: Element, *, from_readers: bool = True) -> bool:
    """Whether the element or one around it is hidden by markup; with `from_readers`, aria-hidden counts too."""
    for one in (element, *element.ancestors):
        if isinstance(one, Element) and ("hidden" in one.attrs or one.tag == "template" or _not_displayed(one)):
            return True
        if from_readers and isinstance(one, Element) and attribute(one, "aria-hidden") == "true":
            return True
    return False


def _not_displayed(element: Element) -> bool:
    style = attribute(element, "style")
    if not style:
        return False
    style = style.replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def focusable(element: Element) -> bool:
    """Whether the Tab key reaches the element, as far as markup tells."""
    return _takes_focus(element) and "disabled" not in element.attrs and not hidden(element, from_readers=False)


def _takes_focus(element: Element) -> bool:
    raw = (attribute(element, "tabindex") or "").strip()
    if raw.lstrip("-").isdigit():
        return not raw.startswith("-")
    if element.tag in ("a", "area"):
        return "href" in element.attrs
    if element.tag == "input":
        return (attribute(element, "type") or "").lower() != "hidden"
    return element.tag in ("button", "select", "textarea", "summary", "iframe") or "contenteditable" in element.attrs


def labelled(html: HtmlFile, element: Element) -> str:
    """The name that aria-labelledby or aria-label gives; empty if neither does."""
    referred = [html.ids[one][0] for one in (attribute(element, "aria-labelledby") or "").split() if one in html.ids]
    text = normal_text(" ".join(_content(html, one) or normal_text(attribute(one, "aria-label") or "") for one in referred))
    return text or normal_text(attribute(element, "aria-label") or "")


def accessible_name(html: HtmlFile, element: Element) -> str:
    """The name a screen reader says: ARIA label, native label, alternative text, content, title. A placeholder is none."""
    name = labelled(html, element)
    if name:
        return name
    kind = (attribute(element, "type") or "").lower()
    if element.tag == "img" or (element.tag == "input" and kind == "image"):
        name = normal_text(attribute(element, "alt") or "")
    elif element.tag == "input" and kind in _BUTTON_TYPES:
        default = {"submit": "Submit", "reset": "Reset"}.get(kind, "")
        name = normal_text(attribute(element, "value") or "") or default
    elif element.tag in _FIELDS:
        name = _label(html, element)
    elif element.tag == "button":
        name = _label(html, element) or _content(html, element)
    elif (attribute(element, "role") or "").strip().lower() not in _NAMED_BY_AUTHOR:
        name = _content(html, element)
    return name or normal_text(attribute(element, "title") or "")


def _label(html: HtmlFile, field: Element) -> str:
    own = attribute(field, "id")
    for label in html.elements:
        # A label that says what it is for is for nothing else, not even what it holds.
        if label.tag == "label" and (attribute(label, "for") == own if "for" in label.attrs else inside(field, label)):
            text = _content(html, label, without=field)
            if text:
                return text
    return ""


def _content(html: HtmlFile, element: Element, without: Element | None = None) -> str:
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, turbohtml.Text):
            parts.append(child.data)
        elif isinstance(child, Element) and child.tag not in ("script", "style", "template") and not hidden(child):
            if child == without:
                continue
            alt = attribute(child, "alt") or "" if child.tag == "img" else None
            parts.append(labelled(html, child) or (_content(html, child, without) if alt is None else alt))
    return normal_text(" ".join(parts))


def heading_level(element: Element) -> int:
    """1 to 6 by tag, or what aria-level says; 0 if the element is no heading."""
    role = (attribute(element, "role") or "").strip().lower()
    if role not in ("", "heading") or (element.tag not in HEADINGS and role != "heading"):
        return 0
    raw = (attribute(element, "aria-level") or "").strip()
    if raw.isascii() and raw.isdigit() and len(raw) < 3 and int(raw) > 0:
        return int(raw)
    return int(element.tag[1]) if element.tag in HEADINGS else 2
