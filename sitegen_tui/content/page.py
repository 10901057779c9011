"""A skeleton's page and style sheet, parsed once, so that lint rules can ask what a selector finds and what paints it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from sitegen_tui.domain.colour import Colour, find_colours

_PSEUDO_ELEMENT = re.compile(r"::[\w-]+(?:\([^()]*\))?|:(?:before|after)\b")
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]+))\s*\)""", re.IGNORECASE)
_MAX_VALUE = 10_000
_MAX_NESTING = 8
_SHORTHANDS = {
    "background-color": ("background-color", "background"),
    "background-image": ("background-image", "background"),
    "border-color": ("border-color", "border", "border-bottom", "border-top", "border-left", "border-right"),
    "outline-color": ("outline-color", "outline"),
}


@dataclass(frozen=True, slots=True)
class Declaration:
    """`property: value` and its line in the style sheet."""

    property: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A style rule; `prelude` is its selector text with single spaces, `conditions` the at-rules around it."""

    prelude: str
    declarations: tuple[Declaration, ...]
    conditions: tuple[str, ...]
    line: int

    @property
    def selectors(self) -> tuple[str, ...]:
        """The selectors of the list, one by one."""
        return tuple(split_selectors(self.prelude))


@dataclass(slots=True)
class Style:
    """A style sheet's rules in order, its custom properties under `:root`, and its syntax errors by line."""

    rules: tuple[Rule, ...]
    errors: tuple[tuple[int, str], ...]
    root: dict[str, Declaration] = field(default_factory=dict[str, Declaration])

    @classmethod
    def parse(cls, css: str) -> Style:
        """Reads the sheet as browsers do: what is broken is left out and reported."""
        tinycss2: Any = import_module("tinycss2")
        rules: list[Rule] = []
        errors: list[tuple[int, str]] = []
        try:
            nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
            _collect(tinycss2, nodes, (), rules, errors)
        except RecursionError:
            errors.append((1, "nested too deeply to be read"))
        root = {
            declaration.property: declaration
            for rule in rules
            if ":root" in rule.selectors and not rule.conditions
            for declaration in rule.declarations
            if declaration.property.startswith("--")
        }
        return cls(tuple(rules), tuple(errors), root)

    def resolve(self, value: str) -> str:
        """The value with `var()` replaced by what `:root` says, fallbacks where it says nothing."""
        for _ in range(_MAX_NESTING):
            if "var(" not in value or len(value) > _MAX_VALUE:
                break
            value = _VAR.sub(lambda use: self.root[use[1]].value if use[1] in self.root else use[2] or "", value)
        return value[:_MAX_VALUE]

    def colours(self, value: str) -> list[Colour]:
        """The colours a value paints with, in order, custom properties resolved."""
        return [colour for _, _, colour in find_colours(self.resolve(value))]

    def declarations(self) -> Iterator[tuple[Rule, Declaration]]:
        """Every declaration with its rule."""
        for rule in self.rules:
            for declaration in rule.declarations:
                yield rule, declaration


@dataclass(slots=True)
class Page:
    """The parsed `index.html` with its style sheet."""

    html: str
    style: Style
    soup: BeautifulSoup
    _found: dict[str, tuple[Tag, ...] | None] = field(default_factory=dict[str, "tuple[Tag, ...] | None"])

    @classmethod
    def parse(cls, html: str, css: str) -> Page:
        """Reads both; neither is ever too broken to be read."""
        return cls(html, Style.parse(css), BeautifulSoup(html, "html.parser"))

    def select(self, selector: str) -> tuple[Tag, ...] | None:
        """Elements a selector finds, pseudo-elements stripped; None if it is no selector."""
        if selector not in self._found:
            plain = _PSEUDO_ELEMENT.sub("", selector).strip()
            try:
                self._found[selector] = tuple(self.soup.select(plain)) if plain else None
            except (SelectorSyntaxError, NotImplementedError):
                self._found[selector] = None
        return self._found[selector]

    def painting(self, selector: str, property_name: str) -> list[Declaration]:
        """Declarations of the property, or a shorthand of it, in rules that reach what `selector` finds.

        A rule for a state (`.top.scrolled`, `a:hover`) counts for the element without it.
        """
        names = _SHORTHANDS.get(property_name, (property_name,))
        pseudo = pseudo_element(selector)
        wanted = {id(tag) for tag in self.select(selector) or ()}
        return [
            declaration
            for rule, declaration in self.style.declarations()
            if declaration.property in names
            and any(pseudo_element(one) == pseudo and self._reaches(one, selector, wanted) for one in rule.selectors)
        ]

    def _reaches(self, rule_selector: str, selector: str, wanted: set[int]) -> bool:
        if any(id(tag) in wanted for tag in self.select(rule_selector) or ()):
            return True
        plain, base = _PSEUDO_ELEMENT.sub("", rule_selector), _PSEUDO_ELEMENT.sub("", selector)
        return re.search(rf"(?<![\w-]){re.escape(base)}(?=[.:\[])[^\s>+~]*\Z", plain) is not None

    def texts(self) -> set[str]:
        """Every text a visitor or a screen reader meets, spaces single: text nodes, whole blocks, labels."""
        found = {single_spaced(str(text)) for text in self.soup.find_all(string=True)}
        for tag in self.tags():
            if tag.name in ("a", "p", "h1", "h2", "h3", "h4", "li", "button", "title", "dd", "dt", "span", "address"):
                found.add(single_spaced(tag.get_text()))
            found |= {single_spaced(attribute(tag, name)) for name in ("alt", "title", "aria-label", "content")}
            href = attribute(tag, "href")
            if href.startswith(("mailto:", "tel:")):
                found.add(href.partition(":")[2])
        found.discard("")
        return found

    def tags(self) -> Iterator[Tag]:
        """Every element in document order."""
        yield from self.soup.find_all(True)


def attribute(tag: Tag, name: str) -> str:
    """The attribute's text; empty if it is not there."""
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else value or ""


def line_of(tag: Tag) -> int | None:
    """The element's line, from 1."""
    return tag.sourceline


def single_spaced(text: str) -> str:
    """The text as comparisons see it: runs of white space are one space."""
    return " ".join(text.split())


def split_selectors(prelude: str) -> Iterable[str]:
    """The parts of a selector list; commas inside brackets do not part."""
    depth, start = 0, 0
    for index, character in enumerate(prelude):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            yield prelude[start:index].strip()
            start = index + 1
    yield prelude[start:].strip()


def pseudo_element(selector: str) -> str:
    """`before`, `after` or another pseudo-element the selector ends in; empty if none."""
    found = _PSEUDO_ELEMENT.findall(selector)
    return found[-1].lstrip(":") if found else ""


def urls(value: str) -> list[str]:
    """What the `url()`s of a CSS value refer to."""
    return [double or single or bare for double, single, bare in _URL.findall(value)]


def _collect(tinycss2: Any, nodes: Any, conditions: tuple[str, ...], rules: list[Rule], errors: list[tuple[int, str]]) -> None:
    for node in nodes:
        if node.type == "error":
            errors.append((node.source_line, node.message))
        elif node.type == "qualified-rule":
            rules.append(_rule(tinycss2, node, conditions, errors))
        elif node.type == "at-rule" and node.content is not None and len(conditions) < _MAX_NESTING:
            keyword = node.lower_at_keyword
            if keyword in ("media", "supports", "container", "layer"):
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                condition = f"@{keyword} {single_spaced(tinycss2.serialize(node.prelude))}"
                _collect(tinycss2, inner, (*conditions, condition), rules, errors)


def _rule(tinycss2: Any, node: Any, conditions: tuple[str, ...], errors: list[tuple[int, str]]) -> Rule:
    declarations: list[Declaration] = []
    errors.extend((part.source_line, part.message) for part in node.prelude if part.type == "error")
    for part in tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True):
        if part.type == "error":
            errors.append((part.source_line, part.message))
        elif part.type == "declaration":
            value = tinycss2.serialize(part.value).strip()
            name = part.name if part.name.startswith("--") else part.lower_name
            declarations.append(Declaration(name, value, part.source_line))
    prelude = single_spaced(tinycss2.serialize(node.prelude))
    return Rule(prelude, tuple(declarations), conditions, node.source_line)
