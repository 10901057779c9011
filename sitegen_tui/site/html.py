"""An HTML file as a browser would build it, with the source range of every tag and attribute."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

import turbohtml
from turbohtml import Element, Namespace, SelectorSyntaxError

from sitegen_tui.site.source import SourceText, Span

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
RAW_TEXT = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])
_TABLE_PARTS = frozenset(["tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption"])
_MAY_STAY_OPEN = VOID | _TABLE_PARTS | {"html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup", "rp", "rt"}
_END_TAG = re.compile(r"</([A-Za-z][^\s/>]*)")
PSEUDO = re.compile(r"::?(before|after)\s*$")
_UNSEEN = ("script", "style", "template")
_NOT_PLAIN = "script, style, template, br"
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=8192)
def normal_text(text: str) -> str:
    """Text as it is compared: NFC, no-break spaces and runs of white space as one space, trimmed."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).replace("\u00a0", " ")).strip()


def escape_text(text: str) -> str:
    """Text as element content."""
    return html.escape(text, quote=False)


def escape_attribute(value: str, quote: str = '"') -> str:
    """Text as an attribute value between the given quotes."""
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace('"', "&quot;") if quote == '"' else value.replace("'", "&#39;")


class HtmlFile(SourceText):
    """A parsed page. Never raises on any text: what a browser recovers from is listed in `errors`."""

    @cached_property
    def document(self) -> turbohtml.Document:
        """The tree of the HTML Living Standard's algorithm."""
        return turbohtml.parse(self._normalised[0], source_locations=True)

    @cached_property
    def _normalised(self) -> tuple[str, list[int]]:
        # The parser counts offsets after CRLF has become LF; remember where a carriage return went.
        if "\r" not in self.text:
            return self.text, []
        gone = [match.start() - n for n, match in enumerate(re.finditer("\r\n", self.text))]
        return self.text.replace("\r\n", "\n").replace("\r", "\n"), gone

    def _offset(self, parsed: int) -> int:
        gone = self._normalised[1]
        return parsed + bisect_left(gone, parsed) if gone else parsed

    @cached_property
    def errors(self) -> tuple[tuple[str, int, int], ...]:
        """Parse errors: code, line, column (from 1); elements never closed and end tags that close nothing among them."""
        found = [(error.code, error.line, error.col + 1) for error in self.document.errors]
        found += [(f"{what}-{tag}", *self._line_and_column(offset)) for what, tag, offset in self._unpaired()]
        return tuple(sorted(found, key=lambda error: error[1:]))

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        place = self.place(offset)
        return place.line, place.column

    def _unpaired(self) -> Iterator[tuple[str, str, int]]:
        """Start tags without an end tag that need one, and end tags without a start tag; the parser does not report them."""
        ends: set[int] = set()
        for element in self.elements:
            location = self._location(element)
            if location is not None and location.end_tag is not None:
                ends.add(self._offset(location.end_tag.start_offset))
            elif element.tag not in _MAY_STAY_OPEN and (outer := self.outer(element)) is not None:
                closed_itself = element.namespace is not Namespace.HTML and self.text[outer.end - 2] == "/"
                if not closed_itself:
                    yield "unclosed", element.tag, outer.start
        stray = [match for match in _END_TAG.finditer(self.text) if match.start() not in ends]
        if stray:
            hidden = self._not_markup()
            for match in stray:
                if not hidden.covers(match.start()):
                    yield "stray-end", match.group(1).lower(), match.start()

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element in document order."""
        return tuple(self.document.iter_elements())

    @cached_property
    def ids(self) -> dict[str, list[Element]]:
        """Elements by id."""
        found: dict[str, list[Element]] = {}
        for element in self.elements:
            value = attribute(element, "id")
            if value:
                found.setdefault(value, []).append(element)
        return found

    @cached_property
    def _selected(self) -> dict[str, tuple[Element, ...]]:
        return {}

    def select(self, selector: str) -> tuple[Element, ...]:
        """Elements that match; a trailing ::before or ::after names its element; a selector that is not CSS matches none."""
        found = self._selected.get(selector)
        if found is None:
            try:
                found = tuple(self.document.select(PSEUDO.sub("", selector) or "*")) if selector else ()
            except SelectorSyntaxError:
                found = ()
            self._selected[selector] = found
        return found

    def one(self, selector: str) -> Element | None:
        """The first element that matches."""
        found = self.select(selector)
        return found[0] if found else None

    def tag(self, name: str) -> Element | None:
        """The first element of that name."""
        return next((element for element in self.elements if element.tag == name), None)

    # -- ranges -----------------------------------------------------------------------------------------------------

    @cached_property
    def _located(self) -> dict[Element, turbohtml.SourceLocation | None]:
        return {}

    def _location(self, element: Element) -> turbohtml.SourceLocation | None:
        """Where an element stands, kept because the parser works it out anew each time that it is asked."""
        try:
            return self._located[element]
        except KeyError:
            found = self._located[element] = element.source_location
            return found

    def start_tag(self, element: Element) -> Span | None:
        """The range of the start tag; None for an element that the parser supplied."""
        location = self._location(element)
        if location is None:
            return None
        return Span(self._offset(location.start_tag.start_offset), self._offset(location.start_tag.end_offset))

    def end_tag(self, element: Element) -> Span | None:
        """The range of the end tag; None where there is none in the text."""
        location = self._location(element)
        if location is None or location.end_tag is None:
            return None
        return Span(self._offset(location.end_tag.start_offset), self._offset(location.end_tag.end_offset))

    def outer(self, element: Element) -> Span | None:
        """From the start tag to the end of the element."""
        start = self.start_tag(element)
        if start is None:
            return None
        end = self.end_tag(element)
        if end is not None:
            return Span(start.start, end.end)
        if element.tag in VOID or (element.namespace is not Namespace.HTML and self.text[start.end - 2] == "/"):
            return start
        return Span(start.start, max(start.end, self._implied_end(element, start.end)))

    def inner(self, element: Element) -> Span | None:
        """What stands between the tags."""
        start, outer = self.start_tag(element), self.outer(element)
        if start is None or outer is None:
            return None
        end = self.end_tag(element)
        return Span(start.end, end.start if end else outer.end)

    def _implied_end(self, element: Element, after: int) -> int:
        """Where an element without end tag ends: at its next sibling, at the latest where its parent ends."""
        while True:
            parent = element.parent
            end = self.end_tag(parent) if isinstance(parent, Element) else None
            last = end.start if end is not None and end.start >= after else None
            sibling = element.next_sibling
            while sibling is not None:
                span = self.start_tag(sibling) if isinstance(sibling, Element) else None
                if span is not None and span.start >= after:
                    return span.start if last is None else min(span.start, last)
                sibling = sibling.next_sibling
            if last is not None:
                return last
            if not isinstance(parent, Element):
                return len(self.text)
            element = parent

    def attribute_span(self, element: Element, name: str) -> Span | None:
        """The range of `name="value"`; None if the attribute is not there."""
        location = self._location(element)
        # Foreign elements have attributes in mixed case; places are noted in lower case.
        span = location.attrs.get(name, location.attrs.get(name.lower())) if location is not None else None
        return Span(self._offset(span.start_offset), self._offset(span.end_offset)) if span is not None else None

    def value_span(self, element: Element, name: str) -> tuple[Span, str] | None:
        """The range of an attribute's raw value and its quote (empty if unquoted); None if absent or without value."""
        span = self.attribute_span(element, name)
        if span is None:
            return None
        equals = self.text.find("=", span.start, span.end)
        if equals < 0:
            return None
        start = equals + 1
        while start < span.end and self.text[start].isspace():
            start += 1
        if start < span.end and self.text[start] in "\"'":
            return Span(start + 1, span.end - 1), self.text[start]
        return Span(start, span.end), ""

    def line_of(self, element: Element) -> int | None:
        """The line of the start tag, from 1."""
        span = self.start_tag(element)
        return self.place(span.start).line if span else None

    def source(self, span: Span) -> str:
        """The text of a range."""
        return self.text[span.start : span.end]

    def comments(self) -> Iterator[tuple[Span, str]]:
        """Every closed comment with its range and its text; what only looks like one, in a script or a tag, is none."""
        start = self.text.find("<!--")
        if start < 0:
            return
        others = _Ranges(
            span
            for element in self.elements
            for span in (self.start_tag(element), self.inner(element) if element.tag in RAW_TEXT else None)
            if span is not None
        )
        while start >= 0 and (end := self.text.find("-->", start + 2)) >= 0:
            if others.covers(start):
                start = self.text.find("<!--", start + 1)
                continue
            yield Span(start, end + 3), self.text[start + 4 : max(start + 4, end)]
            start = self.text.find("<!--", end + 3)

    def _not_markup(self) -> _Ranges:
        """Where what looks like a tag is none: start tags, raw text and comments."""
        spans = [span for span, _ in self.comments()]
        for element in self.elements:
            spans += [span for span in (self.start_tag(element), self.inner(element) if element.tag in RAW_TEXT else None) if span]
        return _Ranges(spans)


class _Ranges:
    """Ranges that do not overlap, asked for what they cover."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def covers(self, offset: int) -> bool:
        """Whether an offset lies in one of them."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._spans[at].end


@lru_cache(maxsize=48)
def parse_html(text: str) -> HtmlFile:
    """A parsed page, kept for the next one who asks for the same text."""
    return HtmlFile(text)


def attribute(element: Element, name: str) -> str | None:
    """An attribute's value, empty for one without value, None if absent."""
    attributes = element.attrs
    value = attributes.get(name)
    if isinstance(value, str):
        return value
    if value is None:
        return "" if name in attributes else None
    return " ".join(value)


def classes(element: Element) -> frozenset[str]:
    """The class names of an element."""
    return frozenset((attribute(element, "class") or "").split())


def text_of(element: Element) -> str:
    """The element's textContent, normalised; a line break counts as a space, scripts and styles inside do not count."""
    if element.tag in ("script", "style") or element.select_one(_NOT_PLAIN) is None:
        return normal_text(element.text)
    return normal_text("".join(_visible_strings(element)))


def _visible_strings(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, turbohtml.Text):
            yield child.data
        elif isinstance(child, Element) and child.tag == "br":
            yield " "
        elif isinstance(child, Element) and child.tag not in _UNSEEN:
            yield from _visible_strings(child)


def inside(element: Element, ancestor: Element) -> bool:
    """Whether an element is the ancestor or lies in it."""
    return element == ancestor or ancestor in element.ancestors


def all_inside(ancestors: Iterable[Element]) -> frozenset[Element]:
    """The given elements and every element in them."""
    found: set[Element] = set()
    for ancestor in ancestors:
        found.add(ancestor)
        found.update(ancestor.iter_elements())
    return frozenset(found)
