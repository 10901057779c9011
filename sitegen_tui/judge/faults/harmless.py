"""Changes that must cost nothing: another way to write the same page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Files, Mutation
from sitegen_tui.actions.edits.editing import append_css
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.domain.colour import Colour, find_colours
from sitegen_tui.site.css import CssFile, parse_css
from sitegen_tui.site.css_pieces import Declaration
from sitegen_tui.site.css_text import split_top
from sitegen_tui.site.html import RAW_TEXT, HtmlFile, attribute, parse_html
from sitegen_tui.site.page import JS
from sitegen_tui.site.source import Span, Splices


@dataclass(frozen=True)
class Harmless:
    """A change that must cost nothing. `apply` gives the changed files, or None where there is nothing to change so."""

    id: str
    apply: Mutation
    touches: tuple[str, ...] = (HTML,)
    hosts: tuple[str, ...] = ()

    def planted_on(self) -> tuple[Action, ...]:
        """Its hosts; if it names none, the actions that may change its files."""
        if self.hosts:
            return tuple(action for action in ACTIONS if action.id in self.hosts)
        return tuple(action for action in ACTIONS if set(self.touches) <= set(action.write_set))


PageEdit = Callable[[HtmlFile, Splices, Random], None]
SheetEdit = Callable[[CssFile, Splices, Random], None]


def _page(edit: PageEdit) -> Mutation:
    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        edits = Splices(html.text)
        edit(html, edits, rng)
        return None if edits.empty else {HTML: edits.result()}

    return apply


def _sheet(edit: SheetEdit) -> Mutation:
    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        css = parse_css(after.get(CSS, ""))
        edits = Splices(css.text)
        edit(css, edits, rng)
        return None if edits.empty else {CSS: edits.result()}

    return apply


# -- the page -------------------------------------------------------------------------------------------------------------


def _attributes_turned(html: HtmlFile, edits: Splices, rng: Random) -> None:
    """The attributes of every element stand in the opposite order."""
    for element in html.elements:
        spans = sorted(span for name in element.attrs if (span := html.attribute_span(element, name)) is not None)
        if len(spans) > 1 and len(spans) == len(element.attrs):
            for place, source in zip(spans, reversed(spans), strict=True):
                edits.replace(place, html.source(source))


def _single_quotes(html: HtmlFile, edits: Splices, rng: Random) -> None:
    """Attribute values stand in single quotes where they hold none."""
    for element in html.elements:
        for name in element.attrs:
            found = html.value_span(element, name)
            if found is not None and found[1] == '"' and "'" not in html.source(found[0]):
                edits.replace(Span(found[0].start - 1, found[0].start), "'")
                edits.replace(Span(found[0].end, found[0].end + 1), "'")


def _reindented(html: HtmlFile, edits: Splices, rng: Random) -> None:
    """Lines are indented by tabs, outside of what must keep its white space."""
    kept = [span for e in html.elements if e.tag in RAW_TEXT or e.tag == "pre" if (span := html.outer(e)) is not None]
    for line in re.finditer(r"^( {2,})(?=<)", html.text, re.MULTILINE):
        if not any(span.start <= line.start() < span.end for span in kept):
            edits.replace(Span(*line.span(1)), "\t" * (len(line[1]) // 2))


def _commented(html: HtmlFile, edits: Splices, rng: Random) -> None:
    """Sections are announced by comments."""
    for element in html.select("[data-section]"):
        start = html.start_tag(element)
        if start is not None:
            edits.insert(start.start, f"<!-- {attribute(element, 'data-section')} -->\n    ")


_ENTITIES = {
    "&rsquo;": "’",
    "&lsquo;": "‘",
    "&ldquo;": "“",
    "&rdquo;": "”",
    "&middot;": "·",
    "&ndash;": "–",
    "&mdash;": "—",
    "&copy;": "©",
}
_AS_NUMBERS = {char: f"&#{ord(char)};" for char in "’‘“”·–—©é"}


def _entities(html: HtmlFile, edits: Splices, rng: Random) -> None:
    """Named characters are written out, written ones as numbers."""
    hidden = [span for e in html.elements if e.tag in ("script", "style") if (span := html.inner(e)) is not None]
    hidden += [span for span, _ in html.comments()]
    for match in re.finditer(r"&\w+;|[’‘“”·–—©é]", html.text):
        new = _ENTITIES.get(match[0]) or _AS_NUMBERS.get(match[0])
        if new is not None and not any(span.start <= match.start() < span.end for span in hidden):
            edits.replace(Span(*match.span()), new)


# -- the stylesheet -------------------------------------------------------------------------------------------------------


def _values(css: CssFile) -> list[Declaration]:
    return [declaration for rule in css.rules for declaration in rule.declarations]


def _hex_case(css: CssFile, edits: Splices, rng: Random) -> None:
    """Hexadecimal colours change their case."""
    for declaration in _values(css):
        for match in re.finditer(r"#[0-9A-Fa-f]{3,8}\b", declaration.value):
            start = declaration.value_span.start + match.start()
            edits.replace(Span(start, start + len(match[0])), match[0].swapcase())


def _colour_functions(css: CssFile, edits: Splices, rng: Random) -> None:
    """Hexadecimal colours are written as rgb(), and rgba() as hexadecimal where that is exact."""
    for declaration in _values(css):
        for start, end, colour in find_colours(declaration.value):
            old = declaration.value[start:end]
            (r, g, b), alpha = colour.rgb, round(colour.a * 255)
            if old.startswith("#") and colour.a == 1:
                new = f"rgb({r}, {g}, {b})"
            elif old.lower().startswith("rgba") and abs(alpha / 255 - colour.a) < 0.003:
                new = f"#{r:02x}{g:02x}{b:02x}{alpha:02x}"
            else:
                continue
            at = declaration.value_span.start
            edits.replace(Span(at + start, at + end), new)


def _longhand(css: CssFile, edits: Splices, rng: Random) -> None:
    """padding and margin of two values are written side by side, inset as its four sides."""
    for declaration in _values(css):
        parts = split_top(declaration.value, " ")
        if (
            declaration.name in ("padding", "margin")
            and len(parts) == 2
            and not declaration.important
            and "var(" not in declaration.value
        ):
            block, inline = parts
            name = declaration.name
            text = f"{name}-top: {block}; {name}-right: {inline}; {name}-bottom: {block}; {name}-left: {inline}"
            edits.replace(declaration.span, text)
        elif declaration.name == "inset" and len(parts) == 1 and not declaration.important:
            edits.replace(declaration.span, "; ".join(f"{side}: {parts[0]}" for side in ("top", "right", "bottom", "left")))


def _shorthand(css: CssFile, edits: Splices, rng: Random) -> None:
    """padding-top and padding-bottom beside each other become padding-block, and so for the sides."""
    for rule in css.rules:
        for one, other in zip(rule.declarations, rule.declarations[1:], strict=False):
            pair = (one.name, other.name)
            for axis, sides in (("block", ("top", "bottom")), ("inline", ("left", "right"))):
                for name in ("padding", "margin"):
                    if pair == tuple(f"{name}-{side}" for side in sides) and not (one.important or other.important):
                        edits.replace(Span(one.span.start, other.span.end), f"{name}-{axis}: {one.value} {other.value}")


def _rules_explained(css: CssFile, edits: Splices, rng: Random) -> None:
    """Comments stand in front of rules."""
    tops = [rule for rule in css.rules if not rule.context]
    for rule in rng.sample(tops, min(6, len(tops))):
        edits.insert(rule.span.start, f"/* how {rule.selectors[0].replace('*', '')} looks */\n")


def _declarations_sorted(css: CssFile, edits: Splices, rng: Random) -> None:
    """Declarations that cannot meet another of their rule stand in the order of the alphabet."""
    for rule in css.rules:
        families = [declaration.name.split("-")[0] for declaration in rule.declarations]
        if len(rule.declarations) < 2 or len(set(families)) < len(families) or css.source(rule.body).count("{"):
            continue
        if {"font", "all", "inset"} & set(families) or any(declaration.name.startswith("--") for declaration in rule.declarations):
            continue
        ordered = sorted(rule.declarations, key=lambda one: one.name)
        for place, source in zip(rule.declarations, ordered, strict=True):
            edits.replace(place.span, css.source(source.span))


def _lists_split(css: CssFile, edits: Splices, rng: Random) -> None:
    """A rule for several selectors is written once for each of them."""
    for rule in css.rules:
        if not rule.context and len(rule.selectors) > 1 and not rule.prelude.startswith("@") and "{" not in css.source(rule.body):
            body = css.source(rule.body)
            edits.replace(rule.span, "\n".join(f"{selector} {{{body}}}" for selector in rule.selectors))


def _minified(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The stylesheet stands on one line."""
    text = re.sub(r"/\*.*?\*/", "", after.get(CSS, ""), flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,]) ?", r"\1", text).replace(";}", "}").strip()
    return {CSS: text + "\n"} if text else None


# -- both -----------------------------------------------------------------------------------------------------------------


def _crlf(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """Lines of the page end as on Windows."""
    return {HTML: after[HTML].replace("\r\n", "\n").replace("\n", "\r\n")} if HTML in after else None


def _crlf_styles(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """Lines of the stylesheet end as on Windows."""
    return {CSS: after[CSS].replace("\r\n", "\n").replace("\n", "\r\n")} if CSS in after else None


def _class_renamed(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A class that nothing but the stylesheet knows has another name, in both files."""
    html, css = parse_html(after.get(HTML, "")), parse_css(after.get(CSS, ""))
    known = set(re.findall(r"[\w-]+", after.get(JS, "") + brief.manifest.model_dump_json()))
    names = sorted({name for e in html.select("[class]") for name in (attribute(e, "class") or "").split()} - known)
    if not names:
        return None
    old = rng.choice(names)
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    page, sheet = Splices(html.text), Splices(css.text)
    for element in html.select("[class]"):
        found = html.value_span(element, "class")
        if found is not None and word.search(html.source(found[0])):
            page.replace(found[0], word.sub(f"x-{old}", html.source(found[0])))
    for rule in css.rules:
        span = rule.prelude_span
        sheet.replace(span, re.sub(rf"\.{re.escape(old)}(?![\w-])", f".x-{old}", css.source(span)))
    return {HTML: page.result(), CSS: sheet.result()}


def _flex_column(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A grid that shows its items one below the other is a flex column."""
    html = parse_html(after.get(HTML, ""))
    groups = [section.items.container for section in brief.manifest.sections if section.items and section.baseline == "list"]
    there = [container for container in groups if html.one(container) is not None]
    return {CSS: append_css(after.get(CSS, ""), f"{there[0]} {{ display: flex; flex-direction: column; }}")} if there else None


def _scrim(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A text block on a picture gets a ground of its own besides the overlay."""
    overlay = next((one for one in brief.manifest.derived.overlays if one.role == "text"), None)
    colour = Colour.parse(brief.requirements.brand.colours["text"])
    if overlay is None or colour is None:
        return None
    r, g, b = colour.rgb
    ground = f"rgba({r}, {g}, {b}, 0.3)"
    return {CSS: append_css(after.get(CSS, ""), f"{brief.manifest.hero.text} {{ background-color: {ground}; }}")}


HARMLESS: tuple[Harmless, ...] = (
    Harmless("null-attribute-order", _page(_attributes_turned)),
    Harmless("null-single-quotes", _page(_single_quotes)),
    Harmless("null-tabs", _page(_reindented)),
    Harmless("null-comments", _page(_commented)),
    Harmless("null-entities", _page(_entities)),
    Harmless("null-crlf", _crlf),
    Harmless("null-hex-case", _sheet(_hex_case), (CSS,)),
    Harmless("null-colour-functions", _sheet(_colour_functions), (CSS,)),
    Harmless("null-longhand", _sheet(_longhand), (CSS,)),
    Harmless("null-shorthand", _sheet(_shorthand), (CSS,)),
    Harmless("null-rules-explained", _sheet(_rules_explained), (CSS,)),
    Harmless("null-declarations-sorted", _sheet(_declarations_sorted), (CSS,)),
    Harmless("null-lists-split", _sheet(_lists_split), (CSS,)),
    Harmless("null-minified", _minified, (CSS,)),
    Harmless("null-crlf-styles", _crlf_styles, (CSS,)),
    Harmless("null-class-renamed", _class_renamed, (HTML, CSS)),
    Harmless("null-flex-column", _flex_column, (CSS,), ("apply-colours", "swap-fonts", "replace-section-bgs")),
    Harmless("null-scrim", _scrim, (CSS,)),
)
"""Changes that must cost nothing."""
