"""The V4A patch dialect, read and never asked for: each hunk becomes one SEARCH/REPLACE edit.

Lines of a hunk begin with a space (context), `-` or `+`; `@@` begins the next hunk. The text after `@@` is not used to
choose between places: a hunk must be unique by its lines. A hunk with nothing after it may have been cut and counts
as unterminated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADER = re.compile(r"^\*\*\* (?P<verb>Update|Add|Delete) File:(?P<path>[^\n]{0,400})[^\n]*(?:\n|\Z)", re.MULTILINE)
_ANCHOR = "@@"
_END_OF_FILE = "*** End of File"


@dataclass(frozen=True, slots=True)
class Hunk:
    start: int
    search: str
    replace: str


@dataclass(frozen=True, slots=True)
class Hunks:
    """The hunks under one header, the offset after them, and where an unterminated one begins, if one does."""

    hunks: tuple[Hunk, ...]
    end: int
    open_at: int | None


def read_hunks(text: str, start: int, *, adding: bool) -> Hunks:
    """Reads hunks from `start` to the first line that cannot belong to one. Linear."""
    hunks: list[Hunk] = []
    search: list[str] = []
    replace: list[str] = []
    blanks = 0
    begun: int | None = None
    at = start
    while at < len(text):
        stop = text.find("\n", at)
        line = text[at : stop if stop >= 0 else len(text)].removesuffix("\r")
        following = stop + 1 if stop >= 0 else len(text)
        if line.startswith((_ANCHOR, _END_OF_FILE)):
            if begun is not None:
                hunks.append(Hunk(begun, "".join(search), "".join(replace)))
            search, replace, blanks, begun = [], [], 0, None
        elif not line:
            # An empty context line usually loses its space; one that only precedes the end is not part of the hunk.
            blanks += 1 if begun is not None else 0
        elif line[0] in " +-":
            begun = at if begun is None else begun
            # An added file has no context: blank lines inside it are its own.
            if not adding:
                search.extend(["\n"] * blanks)
            replace.extend(["\n"] * blanks)
            blanks = 0
            if line[0] != "+":
                search.append(line[1:] + "\n")
            if line[0] != "-":
                replace.append(line[1:] + "\n")
        else:
            if begun is not None:
                hunks.append(Hunk(begun, "".join(search), "".join(replace)))
            return Hunks(tuple(hunks), at, None)
        at = following
    return Hunks(tuple(hunks), at, begun)
