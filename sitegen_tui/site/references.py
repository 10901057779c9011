"""What a page points at: every reference in HTML and CSS, where it stands, and which file of the site it means."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote

from turbohtml import Element

from sitegen_tui.site.css import CssFile, parse_declarations
from sitegen_tui.site.css_text import url_references
from sitegen_tui.site.html import HtmlFile, attribute
from sitegen_tui.site.source import Span

RefKind = Literal["image", "icon", "link", "stylesheet", "script", "font", "media", "manifest", "other"]
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_CANDIDATE = re.compile(r"[^\s,]\S*")
_DESCRIPTOR = re.compile(r"[\d.]+[wxh](?:\s+[\d.]+[wxh])?")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: raw text, the file and range it stands in, and the element or rule that holds it."""

    raw: str
    kind: RefKind
    file: str
    span: Span
    element: Element | None = None
    attribute: str = ""
    css_property: str = ""

    @property
    def external(self) -> bool:
        """Whether it leaves the site (or is data)."""
        return bool(_SCHEME.match(self.raw.strip()))

    @property
    def path(self) -> str | None:
        """The file of the site that it means; None for an external one or one that names no file."""
        return resolve(self.raw, self.file)


@lru_cache(maxsize=4096)
def resolve(raw: str, file: str) -> str | None:
    """The site path that a reference in `file` means: percent-decoded, without query and fragment, never above the root."""
    raw = raw.strip()
    if not raw or raw.startswith("#") or _SCHEME.match(raw):
        return None
    bare = unquote(re.split(r"[?#]", raw, maxsplit=1)[0])
    if not bare:
        return None
    base = "" if bare.startswith("/") else posixpath.dirname(file)
    joined = posixpath.normpath(posixpath.join(base, bare.lstrip("/")))
    return None if joined.startswith("..") else joined


def html_references(html: HtmlFile, file: str = "index.html") -> Iterator[Reference]:
    """Every reference in attributes and inline styles, in document order."""
    for element in html.elements:
        attributes = element.attrs
        for name in ("src", "poster", "data", "href", "srcset", "imagesrcset", "xlink:href"):
            if name not in attributes or (value := attribute(element, name)) is None:
                continue
            found = html.value_span(element, name)
            span = found[0] if found else Span(0, 0)
            if name in ("srcset", "imagesrcset"):
                for raw in srcset_references(value):
                    yield Reference(raw, "image", file, span, element, name)
            elif name != "data" or element.tag == "object":
                yield Reference(value, _kind(element, name), file, span, element, name)
        style = attribute(element, "style")
        if style and "url(" in style.lower():
            found = html.value_span(element, "style")
            for declaration in parse_declarations(style):
                for raw, _ in url_references(declaration.value):
                    yield Reference(raw, "image", file, found[0] if found else Span(0, 0), element, "style", declaration.name)


def srcset_references(value: str) -> Iterator[str]:
    """What a srcset names; a candidate without a proper descriptor (a description, say) is given whole."""
    at = 0
    for match in _CANDIDATE.finditer(value):
        if match.start() < at:
            continue
        url = match.group()
        if url.endswith(","):
            yield url.rstrip(",")
            continue
        comma = value.find(",", match.end())
        at = len(value) if comma < 0 else comma + 1
        descriptor = value[match.end() : len(value) if comma < 0 else comma].strip()
        yield url if not descriptor or _DESCRIPTOR.fullmatch(descriptor) else f"{url} {descriptor}"


def css_references(css: CssFile, file: str = "css/styles.css", offset: int = 0) -> Iterator[Reference]:
    """Every `url()` of a stylesheet's declarations; `offset` is where the stylesheet begins in `file`."""
    for rule in css.rules:
        for declaration in rule.declarations:
            if "url(" not in declaration.value.lower():
                continue
            for raw, span in url_references(declaration.value):
                kind: RefKind = "font" if rule.prelude.lower().startswith("@font-face") else "image"
                at = offset + declaration.value_span.start
                yield Reference(raw, kind, file, Span(at + span.start, at + span.end), None, "", declaration.name)


def _kind(element: Element, name: str) -> RefKind:
    match element.tag:
        case "img" | "image" | "source" | "input" | "use":
            return "image"
        case "script":
            return "script"
        case "a" | "area":
            return "link"
        case "video" | "audio" | "track" | "embed" | "object" | "iframe":
            return "image" if name == "poster" else "media"
        case "link":
            rel = set((attribute(element, "rel") or "").lower().split())
            if rel & {"icon", "apple-touch-icon", "mask-icon"}:
                return "icon"
            if "manifest" in rel:
                return "manifest"
            if "stylesheet" in rel:
                return "stylesheet"
            if "preload" in rel:
                return "image" if attribute(element, "as") == "image" else "font" if attribute(element, "as") == "font" else "other"
            return "other"
        case _:
            return "other"
