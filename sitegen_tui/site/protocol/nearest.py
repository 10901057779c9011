"""The lines of a file that a failed SEARCH most likely meant, shown to its author and never used to apply an edit."""

from __future__ import annotations

import re

from sitegen_tui.site.protocol.limits import NEAREST_LINES, clipped

_WORD = re.compile(r"\w+")
_MOST_LINES = 20_000
_MOST_CHARS = 400


def nearest_lines(text: str, search: str) -> tuple[str, ...]:
    """The NEAREST_LINES consecutive lines of `text` that share most words with `search`, the first such if several do.

    Fewer if the file has fewer; none if nothing is shared. Lines are clipped.
    """
    wanted = frozenset(_WORD.findall(search[: _MOST_CHARS * 50]))
    lines = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    if lines and not lines[-1]:
        lines.pop()
    scores = [len(wanted.intersection(_WORD.findall(line[:_MOST_CHARS]))) for line in lines]
    window = sum(scores[:NEAREST_LINES])
    best, best_at = window, 0
    for at in range(1, len(lines) - NEAREST_LINES + 1):
        window += scores[at + NEAREST_LINES - 1] - scores[at - 1]
        if window > best:
            best, best_at = window, at
    return tuple(clipped(line) for line in lines[best_at : best_at + NEAREST_LINES]) if best else ()
