"""A site's editable files read together: the page, its stylesheets, its script and what they refer to."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sitegen_tui.site.css import CssFile, parse_css
from sitegen_tui.site.html import HtmlFile, parse_html
from sitegen_tui.site.references import Reference, css_references, html_references
from sitegen_tui.site.source import Place

HTML = "index.html"
CSS = "css/styles.css"
JS = "js/main.js"
WEBMANIFEST = "site.webmanifest"
EDITABLE = (HTML, CSS, JS, WEBMANIFEST)
"""The files that a model may write; every other file is an asset and stays as it is."""


@dataclass(frozen=True)
class Sheet:
    """A stylesheet and where it stands: its file, and its offset there (for a style element)."""

    css: CssFile
    file: str
    offset: int = 0


@dataclass(frozen=True, eq=False)
class Page:
    """Editable files (path to text) and the paths of the assets beside them; a key by identity."""

    files: Mapping[str, str]
    assets: Collection[str] = field(default=())

    @cached_property
    def html(self) -> HtmlFile:
        """index.html; an absent file reads as empty."""
        return parse_html(self.files.get(HTML, ""))

    @cached_property
    def css(self) -> CssFile:
        """css/styles.css; an absent file reads as empty."""
        return parse_css(self.files.get(CSS, ""))

    @property
    def js(self) -> str:
        """js/main.js as text."""
        return self.files.get(JS, "")

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """css/styles.css and every style element of the page."""
        inline: list[Sheet] = []
        for element in self.html.elements:
            if element.tag == "style" and (span := self.html.inner(element)) is not None:
                inline.append(Sheet(parse_css(self.html.source(span)), HTML, span.start))
        return (Sheet(self.css, CSS), *inline)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every reference of the page and of its stylesheets."""
        return (
            *html_references(self.html),
            *(found for sheet in self.sheets for found in css_references(sheet.css, sheet.file, sheet.offset)),
        )

    def exists(self, path: str) -> bool:
        """Whether the site has a file of that path."""
        return path in self.files or path in self.assets

    def place(self, file: str, offset: int) -> Place:
        """Where an offset of a file lies."""
        if file == HTML:
            return self.html.place(offset)
        if file == CSS:
            return self.css.place(offset)
        return parse_html(self.files.get(file, "")).place(offset)


def content_hash(data: bytes | str) -> str:
    """sha256 of a content as the store names it; text as UTF-8."""
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")).hexdigest()
