"""A Markdown brief as entries: heading, key, value and line; lists, tables and paragraphs alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(.*)$")
_PAIR = re.compile(r"^(?:\*\*|__)(.+?)(?:\*\*|__)\s*[:\-–—]?\s*(.*)$|^([^:|`]{1,40}?)\s*:\s+(.*)$")
_RULE = re.compile(r"^\s*\|?(\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a brief says: under which heading, of what, and on which line from 1; `key` is empty for a paragraph."""

    heading: str
    key: str
    value: str
    line: int


def entries(text: str) -> Iterator[Entry]:
    """Everything a brief says, in order; of a table each cell, named by its row and, from the third column, its column too."""
    heading = ""
    columns: list[str] = []
    fenced = False
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith(("```", "~~~")):
            fenced = not fenced
            continue
        if fenced or not line or set(line) <= set("-*_ ") or _RULE.match(raw):
            columns = columns if _RULE.match(raw) else []
            continue
        if found := _HEADING.match(line):
            heading, columns = plain(found[2]), []
        elif line.startswith("|"):
            cells = [plain(cell) for cell in line.strip("|").split("|")]
            if not columns:
                columns = cells
                continue
            yield from (
                Entry(
                    heading, cells[0] if at == 1 else f"{cells[0]} {columns[at] if at < len(columns) else ''}".strip(), cell, number
                )
                for at, cell in enumerate(cells)
                if at and cell
            )
            if len(cells) > 2 and len(columns) > 1 and cells[1]:
                yield Entry(heading, f"{cells[0]} {columns[1]}", cells[1], number)
        else:
            columns = []
            item = _ITEM.match(raw)
            pair = _PAIR.match(item[1].strip() if item else line)
            if pair:
                key, value = (pair[1], pair[2]) if pair[1] is not None else (pair[3], pair[4])
                yield Entry(heading, plain(key).rstrip(":").strip(), plain(value), number)
            else:
                yield Entry(heading, "", plain(item[1] if item else line), number)


def plain(text: str) -> str:
    """Text without the marks of code, emphasis and quotes around it; links stay as they are written."""
    text = re.sub(r"(?<!\w)(\*\*|__)(.+?)\1(?!\w)", r"\2", text.strip())
    text = re.sub(r"`([^`]*)`", r"\1", text).strip()
    for left, right in (('"', '"'), ("“", "”"), ("'", "'"), ("*", "*")):
        if len(text) > 2 and text.startswith(left) and text.endswith(right) and left not in text[1:-1]:
            text = text[1:-1].strip()
    return text
