"""JSON inside a site: read without ever raising, and changed member by member so that the rest stays as it is written."""

from __future__ import annotations

import json
import re
from typing import Any

from sitegen_tui.site.source import Span

_SPACE = re.compile(r"\s*")
_MAX_LENGTH = 200_000
_MAX_DEPTH = 60


def read_json(text: str) -> Any:
    """The value of a JSON text; None if it is none, or is too long or too deeply nested to be meant seriously."""
    if len(text) > _MAX_LENGTH:
        return None
    if text.count("[") + text.count("{") > _MAX_DEPTH and _depth(text) > _MAX_DEPTH:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def members(text: str) -> dict[str, Span]:
    """The range of each value of the outermost object, by key (the last of that key); empty if the text is no object."""
    found: dict[str, Span] = {}
    if not isinstance(read_json(text), dict):
        return found
    decoder = json.JSONDecoder()
    at = text.index("{") + 1
    while True:
        at = _skip(text, at)
        if text[at] == "}":
            return found
        key, at = decoder.raw_decode(text, at)
        start = _skip(text, _skip(text, at) + 1)
        _, end = decoder.raw_decode(text, start)
        found[key] = Span(start, end)
        at = _skip(text, end)
        at += text[at] == ","


def for_script(value: Any, indent: str, newline: str) -> str:
    """JSON for a script element: indented, its less-than signs escaped so that nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, indent=2).replace("<", "\\u003c")
    return newline.join(indent + line for line in text.split("\n"))


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _depth(text: str) -> int:
    """How deep brackets nest, those in strings left out; more than the limit is not counted further."""
    depth = deepest = 0
    for match in re.finditer(r'"(?:\\.|[^"\\])*"|[\[{]|[\]}]', text):
        mark = match.group()
        depth += (mark in "[{") - (mark in "]}")
        deepest = max(deepest, depth)
        if deepest > _MAX_DEPTH:
            break
    return deepest
