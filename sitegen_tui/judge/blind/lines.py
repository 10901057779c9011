"""A file written line by line, with the line of the original that each line comes from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Lines:
    """Lines as they are written; `text` ends with a line break unless it is empty."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.origins: list[int] = []

    def add(self, text: str, origin: int) -> None:
        """One or more lines of which the first comes from `origin` and the rest from the lines after it."""
        for at, line in enumerate(text.split("\n")):
            self.lines.append(line)
            self.origins.append(origin + at)

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(f"{line}\n" for line in self.lines)


def line_starts(text: str) -> list[int]:
    """The offset at which each line begins."""
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def line_at(starts: list[int], offset: int) -> int:
    """The line, from 1, that an offset lies in."""
    return bisect_right(starts, offset)


def back(origins: tuple[int, ...], line: int) -> int:
    """The original line behind a written one; behind the last for lines past the end."""
    return origins[min(max(line, 1), len(origins)) - 1] if origins else 1


def forth(origins: tuple[int, ...], line: int) -> int:
    """The first written line that comes from an original line, or from the nearest one after it that left any."""
    furthest: list[int] = []
    for origin in origins:
        furthest.append(max(origin, furthest[-1]) if furthest else origin)
    return min(bisect_left(furthest, line), len(origins) - 1) + 1 if origins else 1
