"""A readable name for a place in a file: the enclosing HTML section or id, CSS rule, or JavaScript function.

Cheap on purpose: one pass with a regular expression, no tree. Broken markup gives a less helpful name, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

# Characters of a file that are read for headings, and of a heading that are kept.
SCAN_LIMIT = 1_000_000
HEADING_LIMIT = 80

_SECTIONS = frozenset(
    ("head", "body", "header", "nav", "main", "section", "article", "aside", "footer", "form", "dialog", "template")
)
_CONTAINERS = _SECTIONS | frozenset(
    ("div", "ul", "ol", "dl", "table", "figure", "picture", "svg", "script", "style", "details", "fieldset")
)
# An unclosed comment runs to the end, and repetitions are possessive and bounded: no input makes these slow.
_HTML = re.compile(
    r"<!--(?:.*?-->|.*)|<(/?)([a-zA-Z][\w-]*+)((?:[^<>\"']++|\"[^\"]{0,1000}+\"|'[^']{0,1000}+'){0,200}+)>", re.DOTALL
)
_ID = re.compile(r"(?:^|\s)id\s*=\s*[\"']?([^\s\"'>]+)")
_CLASS = re.compile(r"(?:^|\s)class\s*=\s*[\"']?\s*([^\s\"'>]+)")
_CSS = re.compile(r"/\*(?:.*?\*/|.*)|\"[^\"\n]*\"|'[^'\n]*'|[{};]", re.DOTALL)
_BLANK_OR_COMMENT = re.compile(r"(?:\s|/\*.*?\*/)*", re.DOTALL)
_JS = re.compile(
    r"^[ \t]*(?:export\s+)?(?:default\s+)?(?:async\s+)?"
    r"(?:function\s*\*?\s*(\w+)|class\s+(\w+)|(?:const|let|var)\s+(\w+)\s*=\s*(?:async\s*)?(?:function|\())",
    re.MULTILINE,
)


class _Scope(NamedTuple):
    start: int
    end: int
    label: str


def headings(path: str, text: str, offsets: Iterable[int]) -> list[str]:
    """One heading for each character offset; empty where nothing encloses it."""
    finder = _FINDERS.get(path.rpartition(".")[2].lower())
    places = list(offsets)
    if finder is None or not places:
        return ["" for _ in places]
    scopes = finder(text[:SCAN_LIMIT])
    order = sorted(range(len(places)), key=places.__getitem__)
    names = ["" for _ in places]
    open_scopes: list[_Scope] = []
    following = 0
    for index in order:
        place = places[index]
        while following < len(scopes) and scopes[following].start <= place:
            while open_scopes and open_scopes[-1].end <= scopes[following].start:
                open_scopes.pop()
            open_scopes.append(scopes[following])
            following += 1
        while open_scopes and open_scopes[-1].end <= place:
            open_scopes.pop()
        names[index] = open_scopes[-1].label if open_scopes else ""
    return names


def _tidy(label: str) -> str:
    words = " ".join(label.split())
    return words if len(words) <= HEADING_LIMIT else words[: HEADING_LIMIT - 1] + "…"


def _html_scopes(text: str) -> list[_Scope]:
    scopes: list[_Scope] = []
    stack: list[tuple[str, int]] = []
    for match in _HTML.finditer(text):
        name = (match[2] or "").lower()
        if name not in _CONTAINERS:
            continue
        if match[1]:
            depth = len(stack) - 1
            while depth >= 0 and stack[depth][0] != name:
                depth -= 1
            if depth >= 0:
                for _, index in stack[depth:]:
                    scopes[index] = scopes[index]._replace(end=match.end())
                del stack[depth:]
            continue
        attributes = match[3] or ""
        if attributes.endswith("/") and name == "svg":
            continue
        identity, first_class = _ID.search(attributes), _CLASS.search(attributes)
        if identity:
            label = f"{name}#{identity[1]}"
        elif name in _SECTIONS:
            label = f"{name}.{first_class[1]}" if first_class else name
        else:
            label = scopes[stack[-1][1]].label if stack else ""
        stack.append((name, len(scopes)))
        scopes.append(_Scope(match.start(), len(text), _tidy(label)))
    return scopes


def _css_scopes(text: str) -> list[_Scope]:
    scopes: list[_Scope] = []
    stack: list[int] = []
    start = 0
    for match in _CSS.finditer(text):
        mark = match[0]
        if mark == "{":
            blank = _BLANK_OR_COMMENT.match(text, start)
            begin = min(blank.end() if blank else start, match.start())
            own = _tidy(text[begin : match.start()])
            label = f"{scopes[stack[-1]].label} › {own}" if stack else own
            stack.append(len(scopes))
            scopes.append(_Scope(begin, len(text), _tidy(label)))
        elif mark == "}" and stack:
            index = stack.pop()
            scopes[index] = scopes[index]._replace(end=match.end())
        if mark in "{};":
            start = match.end()
    return scopes


def _js_scopes(text: str) -> list[_Scope]:
    found = [(match.start(), match[1] or match[2] or match[3]) for match in _JS.finditer(text)]
    starts = [start for start, _ in found] + [len(text)]
    return [_Scope(start, starts[index + 1], _tidy(name)) for index, (start, name) in enumerate(found)]


_FINDERS: dict[str, Callable[[str], list[_Scope]]] = {
    "html": _html_scopes,
    "htm": _html_scopes,
    "svg": _html_scopes,
    "css": _css_scopes,
    "js": _js_scopes,
    "mjs": _js_scopes,
}


def line_offsets(lines: list[str]) -> list[int]:
    """The character offset at which each line starts, and the length of the whole."""
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    return offsets
