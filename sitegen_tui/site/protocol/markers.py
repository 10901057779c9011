"""Marker lines: how they are recognised, and which of them make up one complete block.

Markers are five to nine characters long, and the markers of one block should be of one length. A reading in which
they are wins, so that lines which look like markers of another length are content. Only where there is no such
reading may lengths be mixed, as models that miscount do. After an opening marker of eight or nine characters they are
mixed only when the reply is known to be whole: that is how content holding ordinary markers is quoted, and a reply cut
inside it must not be read as a shorter block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

MarkerKind = Literal["search", "content", "divider", "replace-end", "content-end"]

QUOTING_LENGTHS: Final = (9, 8)
USUAL_LENGTH: Final = 7

_MARKER = re.compile(
    r"^(?:(?P<open><{5,9})[ \t]*(?P<opens>SEARCH|CONTENT)"
    r"|(?P<divide>={5,9})"
    r"|(?P<close>>{5,9})[ \t]*(?P<closes>REPLACE|CONTENT))[ \t\r]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker line: `start` is its offset, `end` the offset of the line after it."""

    kind: MarkerKind
    length: int
    start: int
    end: int
    crlf: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A complete block; `divider` is None for a whole file. `last` is the closing marker's index in the list."""

    opener: Marker
    divider: Marker | None
    closer: Marker
    last: int


Ending = Block | Literal["malformed", "unterminated"]


def find_markers(text: str) -> list[Marker]:
    """All marker lines of `text`, in order."""
    found: list[Marker] = []
    for match in _MARKER.finditer(text):
        kind: MarkerKind
        if run := match["open"]:
            kind = "search" if match["opens"] == "SEARCH" else "content"
        elif run := match["close"]:
            kind = "replace-end" if match["closes"] == "REPLACE" else "content-end"
        else:
            run, kind = match["divide"], "divider"
        end = min(match.end() + 1, len(text))
        crlf = text.startswith("\r\n", match.end() - 1) and match.end() > match.start()
        found.append(Marker(kind, len(run), match.start(), end, crlf))
    return found


def marker_lengths(text: str) -> set[int]:
    """The lengths of the markers that the lines of `text` would be taken for."""
    return {marker.length for marker in find_markers(text)}


def read_block(markers: Sequence[Marker], index: int, *, ended: bool = False) -> Ending:
    """The block that the opening marker at `index` begins. `ended` says that the reply is known not to be cut.

    Time over all opening markers of a reply is linear: a reading of one length ends at the next opening marker
    of that length, and a mixed one at the next of any.
    """
    opener = markers[index]
    strict = _read(markers, index, mixed=False)
    if isinstance(strict, Block) or (opener.length in QUOTING_LENGTHS and not ended):
        return strict
    return _read(markers, index, mixed=True)


def _read(markers: Sequence[Marker], index: int, *, mixed: bool) -> Ending:
    opener = markers[index]
    divider: Marker | None = None
    for at in range(index + 1, len(markers)):
        marker = markers[at]
        if not mixed and marker.length != opener.length:
            continue
        if opener.kind == "content":
            if marker.kind == "divider":
                continue
            if marker.kind == "content-end":
                return Block(opener, None, marker, at)
            return "malformed"
        if marker.kind == "divider" and divider is None:
            divider = marker
        elif marker.kind == "replace-end" and divider is not None:
            return Block(opener, divider, marker, at)
        else:
            return "malformed"
    return "unterminated"


def block_spans(markers: Sequence[Marker], end: int) -> list[tuple[int, int]]:
    """The ranges that blocks cover, complete ones and a last one still open at `end`; sorted and disjoint."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(markers):
        marker = markers[at]
        if marker.kind in ("search", "content"):
            block = read_block(markers, at)
            if isinstance(block, Block):
                spans.append((marker.start, block.closer.end))
                at = block.last
            elif block == "unterminated":
                spans.append((marker.start, end))
                break
        at += 1
    return spans
