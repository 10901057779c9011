"""Where an edit belongs in a file: the rungs of the apply ladder, none of which guesses.

Every rung needs exactly one place. In order:

1. exact: SEARCH equals whole lines of the file. The file is taken as its lines between line feeds, so a file that
   ends in one has an empty last line, and SEARCH may name it: that is how a final line feed is removed or added.
2. whitespace: whole lines are equal once runs of spaces and tabs count as one space and those at the ends as none.
3. exact again, inside lines: SEARCH without its last line feed occurs once, no whole lines matched, and SEARCH
   neither begins nor ends with a blank line.
4. blank-lines: the above without the blank lines at the edges of SEARCH (as many are dropped from REPLACE).
5. normalised: whole lines as in 2, with character references decoded (in HTML) and quotes of one style.

What changes: in rungs 2, 4 and 5 the lines that SEARCH and REPLACE share at their beginning and end keep the file's own
bytes; the lines between come from REPLACE, indented by the difference between the file's and SEARCH's first line.
Nothing outside the matched lines changes, and a file without a final line feed keeps doing without one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Literal

from sitegen_tui.domain.edits import Rung

_RUN = re.compile(r"[ \t\r\f\v]+")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_QUOTES = str.maketrans({"'": '"', "\u2018": '"', "\u2019": '"', "\u201c": '"', "\u201d": '"'})
_INDENT = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class Match:
    """Replace `text[start:end]` by `replacement`."""

    start: int
    end: int
    replacement: str
    rung: Rung


@dataclass(frozen=True, slots=True)
class NoMatch:
    """`places` are the 1-based lines of the first few places, when there was more than one."""

    reason: Literal["not-found", "ambiguous"]
    places: tuple[int, ...] = ()


class Haystack:
    """One text of a file and what the rungs look things up in, each made when first needed."""

    def __init__(self, text: str, *, markup: bool) -> None:
        self.text = text
        self._markup = markup

    @cached_property
    def exact(self) -> str:
        return f"\n{self.text}\n"

    @cached_property
    def spaced(self) -> str:
        return _framed(_spaced(self.text))

    @cached_property
    def normalised(self) -> str:
        return _framed(self.normalise(self.text))

    def normalise(self, text: str) -> str:
        return _spaced((_REFERENCE.sub(_decoded, text) if self._markup else text).translate(_QUOTES))

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self.lines), initial=0))


def locate(haystack: Haystack, search: str, replace: str) -> Match | NoMatch:
    """The one place of `search` in the haystack's text. `search` is whole lines, not all of them blank."""
    found = _whole_or_inside(haystack, search, replace)
    if not isinstance(found, NoMatch) or found.reason == "ambiguous":
        return found
    above, below = blank_edges(search)
    bare, rest = search, replace
    if above or below:
        first, last = blank_edges(replace)
        bare = _trimmed(search, above, below)
        rest = _trimmed(replace, min(above, first), min(below, last))
        found = _whole_or_inside(haystack, bare, rest)
        if isinstance(found, Match):
            return Match(found.start, found.end, found.replacement, "blank-lines")
        if found.reason == "ambiguous":
            return found
    return _by_lines(haystack, haystack.normalised, haystack.normalise, bare, rest, "normalised")


def is_blank(text: str) -> bool:
    """Whether `text` has no line with anything but white space on it."""
    return not text.strip(" \t\r\n\f\v")


def blank_edges(text: str) -> tuple[int, int]:
    """How many blank lines `text` (whole lines) begins and ends with; a blank text counts at its beginning."""
    lines = text.split("\n")[:-1]
    above = next((at for at, line in enumerate(lines) if not is_blank(line)), len(lines))
    below = next((at for at, line in enumerate(reversed(lines)) if not is_blank(line)), 0)
    return above, below


def _trimmed(text: str, above: int, below: int) -> str:
    lines = text.split("\n")[:-1]
    return "".join(line + "\n" for line in lines[above : len(lines) - below])


def _whole_or_inside(haystack: Haystack, search: str, replace: str) -> Match | NoMatch:
    found = _exact_lines(haystack, search, replace)
    if isinstance(found, Match) or found.reason == "ambiguous":
        return found
    found = _by_lines(haystack, haystack.spaced, _spaced, search, replace, "whitespace")
    if isinstance(found, Match) or found.reason == "ambiguous":
        return found
    return _inside_lines(haystack, search, replace)


def _exact_lines(haystack: Haystack, search: str, replace: str) -> Match | NoMatch:
    places = _places(haystack.exact, "\n" + search)
    if len(places) != 1:
        return _none(haystack.text, places)
    start, text = places[0], haystack.text
    end = start + len(search)
    if end > len(text):
        return Match(start, len(text), replace.removesuffix("\n"), "exact")
    return Match(start, end, replace, "exact")


def _inside_lines(haystack: Haystack, search: str, replace: str) -> Match | NoMatch:
    if blank_edges(search) != (0, 0):
        # A blank line at an edge would match the line feed of a neighbour and join two lines.
        return NoMatch("not-found")
    needle = search.removesuffix("\n")
    places = _places(haystack.text, needle)
    if len(places) != 1:
        return _none(haystack.text, places)
    return Match(places[0], places[0] + len(needle), replace.removesuffix("\n"), "exact")


def _by_lines(
    haystack: Haystack, index: str, normalise: Callable[[str], str], search: str, replace: str, rung: Rung
) -> Match | NoMatch:
    places = _places(index, "\n" + normalise(search))
    if len(places) != 1:
        return NoMatch("ambiguous" if places else "not-found", tuple(index.count("\n", 0, at) + 1 for at in places))
    first = index.count("\n", 0, places[0])
    count = search.count("\n")
    text = haystack.text
    start, end = haystack.starts[first], min(haystack.starts[first + count], len(text))
    replacement = _merged(haystack.lines[first : first + count], search, replace)
    if not text.endswith("\n", start, end):
        replacement = replacement.removesuffix("\n")
    return Match(start, end, replacement, rung)


def _merged(own: list[str], search: str, replace: str) -> str:
    """The new lines: the file's own where SEARCH and REPLACE agree at the edges, else REPLACE's, indented."""
    old, new = search.split("\n")[:-1], replace.split("\n")[:-1]
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    anchor = next(at for at, line in enumerate(old) if not is_blank(line))
    wrote, has = _indent(old[anchor]), _indent(own[anchor])
    middle = [_indented(line, wrote, has) for line in new[head : len(new) - tail]]
    return "".join(line + "\n" for line in [*own[:head], *middle, *own[len(own) - tail :]])


def _indent(line: str) -> str:
    found = _INDENT.match(line)
    return found[0] if found else ""


def _indented(line: str, wrote: str, has: str) -> str:
    if is_blank(line) or wrote == has:
        return line
    if line.startswith(wrote):
        return has + line[len(wrote) :]
    if has.endswith(wrote):
        return has[: len(has) - len(wrote)] + line
    if wrote.endswith(has):
        surplus = min(len(wrote) - len(has), len(_indent(line)))
        return line[surplus:]
    return line


def _places(index: str, needle: str) -> list[int]:
    """The first few offsets of `needle`; overlapping ones count, since each could be the place that was meant."""
    places: list[int] = []
    at = index.find(needle)
    while at >= 0 and len(places) < 5:
        places.append(at)
        at = index.find(needle, at + 1)
    return places


def _none(text: str, places: list[int]) -> NoMatch:
    if not places:
        return NoMatch("not-found")
    return NoMatch("ambiguous", tuple(text.count("\n", 0, at) + 1 for at in places))


def _spaced(text: str) -> str:
    return _RUN.sub(" ", text).replace(" \n", "\n").replace("\n ", "\n").removeprefix(" ").removesuffix(" ")


def _framed(text: str) -> str:
    return f"\n{text}" if text.endswith("\n") else f"\n{text}\n"


def _decoded(match: re.Match[str]) -> str:
    # A decoded < or > would make escaped markup equal to markup, and a decoded line break would shift the lines.
    char = html.unescape(match[0])
    return {"<": "\x00", ">": "\x01", "\n": " ", "\r": " "}.get(char, char)
