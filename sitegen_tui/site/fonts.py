"""What asks for font families: stylesheet links, imports, font-face rules and preloads, with families and weights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from turbohtml import Element

from sitegen_tui.site.css_pieces import Rule
from sitegen_tui.site.css_text import split_top, url_references
from sitegen_tui.site.html import attribute
from sitegen_tui.site.page import HTML, Page, Sheet
from sitegen_tui.site.source import Span

LoaderKind = Literal["link", "import", "font-face", "preload"]
_IMPORT = re.compile(
    r"""@import\s+(?:url\(\s*(?P<bare>[^"'()\s]+)\s*\)|(?:url\(\s*)?(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'))""",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_WORDS = {"normal": 400, "regular": 400, "bold": 700}


@dataclass(frozen=True, slots=True)
class Face:
    """A family and the ranges of weights that are asked for."""

    family: str
    weights: tuple[tuple[int, int], ...]

    def has(self, weight: int) -> bool:
        """Whether this weight is among them."""
        return any(low <= weight <= high for low, high in self.weights)


@dataclass(frozen=True, slots=True)
class FontLoader:
    """One loader: its kind, where it stands, what it asks for, and whether text shows before it has come (`swap`)."""

    kind: LoaderKind
    file: str
    span: Span
    faces: tuple[Face, ...]
    swap: bool
    url: str = ""
    element: Element | None = None
    rule: Rule | None = None


@lru_cache(maxsize=64)
def font_loaders(page: Page) -> tuple[FontLoader, ...]:
    """Every loader of the page and its stylesheets that names a family."""
    linked = (_link(page, element) for element in page.html.elements if element.tag == "link")
    return (*(loader for loader in linked if loader is not None), *(one for sheet in page.sheets for one in _of_sheet(sheet)))


def family_key(family: str) -> str:
    """A family's name as names are compared: lower case, hyphens and runs of space alike, no quotes."""
    return re.sub(r"[\s_-]+", " ", family.strip().strip("\"'")).strip().lower()


def families_of(value: str) -> list[str]:
    """The families of a `font-family` value, in order, without quotes."""
    return [" ".join(part.strip().strip("\"'").split()) for part in split_top(value, ",")]


def requested_faces(url: str) -> tuple[Face, ...]:
    """The faces that a font service's stylesheet URL asks for, in both of Google Fonts' spellings."""
    try:
        query = parse_qsl(urlsplit(url.strip()).query)
    except ValueError:
        return ()
    faces: list[Face] = []
    for name, value in query:
        if name != "family":
            continue
        for part in value.split("|"):
            family, _, asked = part.partition(":")
            if family.strip():
                faces.append(Face(" ".join(family.split()), _axes(asked) if "@" in asked else _list(asked)))
    return tuple(faces)


def _axes(asked: str) -> tuple[tuple[int, int], ...]:
    names, _, tuples = asked.partition("@")
    axes = names.split(",")
    if "wght" not in axes:
        return ((400, 400),)
    at = axes.index("wght")
    found: list[tuple[int, int]] = []
    for entry in tuples.split(";"):
        values = entry.split(",")
        low, _, high = (values[at] if at < len(values) else "").partition("..")
        if low.strip().isdecimal():
            found.append((int(low), int(high) if high.strip().isdecimal() else int(low)))
    return tuple(found)


def _list(asked: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for entry in asked.split(","):
        weight = _weight(re.sub(r"(?:italic|i)$", "", entry.strip().lower()))
        if weight is not None:
            found.append((weight, weight))
    return tuple(found) or ((400, 400),)


def _weight(text: str) -> int | None:
    text = text.strip().lower()
    if text.isascii() and text.isdecimal() and len(text) <= 4:
        return int(text)
    return _WORDS.get(text)


def _swaps(url: str) -> bool:
    try:
        return ("display", "swap") in parse_qsl(urlsplit(url.strip()).query)
    except ValueError:
        return False


def _link(page: Page, element: Element) -> FontLoader | None:
    rel = set((attribute(element, "rel") or "").lower().split())
    href = attribute(element, "href") or ""
    span = page.html.start_tag(element) or Span(0, 0)
    deferred = "preload" in rel and attribute(element, "as") == "style" and attribute(element, "onload")
    if "stylesheet" in rel or deferred:
        faces = requested_faces(href)
        return FontLoader("link", HTML, span, faces, _swaps(href), href, element) if faces else None
    if "preload" in rel:
        faces = requested_faces(href) or ((Face(href, ()),) if attribute(element, "as") == "font" else ())
        return FontLoader("preload", HTML, span, faces, False, href, element) if faces else None
    return None


@lru_cache(maxsize=64)
def _of_sheet(sheet: Sheet) -> tuple[FontLoader, ...]:
    return tuple(_in_sheet(sheet))


def _in_sheet(sheet: Sheet) -> Iterator[FontLoader]:
    text = _COMMENT.sub(lambda m: " " * len(m.group()), sheet.css.text)
    for match in _IMPORT.finditer(text):
        group = next(name for name in ("bare", "double", "single") if match[name] is not None)
        faces = requested_faces(match[group])
        if faces:
            start, end = match.span(group)
            span = Span(sheet.offset + start, sheet.offset + end)
            yield FontLoader("import", sheet.file, span, faces, _swaps(match[group]), match[group])
    for rule in sheet.css.rules:
        if not rule.prelude.lower().startswith("@font-face"):
            continue
        family, source = rule.get("font-family"), rule.get("src")
        if family is None or source is None:
            continue
        display = rule.get("font-display")
        face = Face(" ".join(family.value.strip("\"'").split()), _face_weights(rule))
        span = Span(sheet.offset + rule.span.start, sheet.offset + rule.span.end)
        swap = display is not None and display.value.lower() == "swap"
        url = next((raw for raw, _ in url_references(source.value)), "")
        yield FontLoader("font-face", sheet.file, span, (face,), swap, url, None, rule)


def _face_weights(rule: Rule) -> tuple[tuple[int, int], ...]:
    declaration = rule.get("font-weight")
    if declaration is None:
        return ((400, 400),)
    found = [weight for part in declaration.value.split() if (weight := _weight(part)) is not None]
    return ((found[0], found[-1]),) if found else ((400, 400),)
