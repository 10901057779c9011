"""Positions in a text and edits of it by range: what is not named stays as it is, byte for byte."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Place(NamedTuple):
    """A line and a column, both counted from 1; columns in code points."""

    line: int
    column: int


class LineMap:
    """Turns offsets into places; lines end with a line feed, as editors and diffs count them."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> Place:
        """Where an offset lies."""
        row = bisect_right(self._starts, offset) - 1
        return Place(row + 1, offset - self._starts[row] + 1)


class OverlapError(ValueError):
    """Two edits want the same text."""


@dataclass
class Splices:
    """Replacements collected on one text and applied at once, in the order of their places.

    Insertions at the same offset keep the order in which they were added. A replacement equal to what stands there is none.
    """

    text: str
    _edits: list[tuple[int, int, int, str]] = field(default_factory=list[tuple[int, int, int, str]])

    def replace(self, span: Span, new: str) -> None:
        """Put `new` in place of a range."""
        if self.text[span.start : span.end] != new:
            self._edits.append((span.start, span.end, len(self._edits), new))

    def insert(self, offset: int, new: str) -> None:
        """Put `new` in front of what stands at an offset."""
        self.replace(Span(offset, offset), new)

    def delete(self, span: Span) -> None:
        """Take a range out."""
        self.replace(span, "")

    @property
    def empty(self) -> bool:
        """Whether nothing is to be changed."""
        return not self._edits

    def result(self) -> str:
        """The text with every edit applied. Raises OverlapError if two ranges overlap."""
        pieces: list[str] = []
        at = 0
        for start, end, _, new in sorted(self._edits):
            if start < at:
                raise OverlapError(f"edits overlap at offset {start}")
            pieces += (self.text[at:start], new)
            at = end
        pieces.append(self.text[at:])
        return "".join(pieces)


@dataclass(frozen=True, eq=False)
class SourceText:
    """A text with lazily built line positions; a key by identity.

    Elements of two parses of one text are not the same elements, so what is remembered of one parse must not be told of another.
    """

    text: str

    @cached_property
    def lines(self) -> LineMap:
        """Its line map."""
        return LineMap(self.text)

    def place(self, offset: int) -> Place:
        """Where an offset lies."""
        return self.lines.place(offset)

    @cached_property
    def newline(self) -> str:
        """The line ending it uses: CRLF if its first line ends so, else LF."""
        first = self.text.find("\n")
        return "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"
