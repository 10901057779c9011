"""What a difference between two texts, or two sites, is made of.

Plain frozen dataclasses and named tuples instead of pydantic models: a diff is computed by us and never parsed from
outside, it holds thousands of small records, and pydantic refuses strings with lone surrogates, which a model can emit.
Line indexes and columns count from 0 and ranges are half open, except where a name says `number` (counted from 1,
as findings and screens do). A line is what ends with "\\n"; a "\\r" before it belongs to the line's ending.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

Side = Literal["before", "after"]
FileStatus = Literal["added", "deleted", "changed", "same"]
RowKind = Literal["hunk", "equal", "removed", "added", "changed", "replaced"]
Ending = Literal["\n", "\r\n", ""]

Span = tuple[int, int]
Spans = tuple[Span, ...]


class LinePair(NamedTuple):
    """A removed line and the added line that took its place.

    `left` and `right` are the column ranges that differ; without them both texts are equal. `highlighted` is False
    where the two lines have so little in common that ranges would only distract: the whole lines differ.
    `coarse` says that the ranges are wider than they need be, because the lines are huge.
    """

    before: int
    after: int
    left: Spans
    right: Spans
    highlighted: bool
    coarse: bool


class Block(NamedTuple):
    """Lines `before_start:before_end` replaced by lines `after_start:after_end`; one of the two may be empty."""

    before_start: int
    before_end: int
    after_start: int
    after_end: int
    pairs: tuple[LinePair, ...]
    heading: str


class Hunk(NamedTuple):
    """Neighbouring blocks with context; `first_block:last_block` index into the diff's blocks (may be empty)."""

    before_start: int
    before_end: int
    after_start: int
    after_end: int
    first_block: int
    last_block: int
    heading: str

    @property
    def header(self) -> str:
        """The `@@ -a,b +c,d @@ heading` line; an empty side names the line before it, as patch programs expect."""
        return f"@@ -{_range(self.before_start, self.before_end)} +{_range(self.after_start, self.after_end)} @@" + (
            f" {self.heading}" if self.heading else ""
        )


def _range(start: int, end: int) -> str:
    count = end - start
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"


class Row(NamedTuple):
    """One row of a screen. Texts are whole lines without their ending and may be huge: clip when painting.

    `left_words` and `right_words` are the ranges to highlight. `ending_changed` marks a changed line whose ending
    differs ("\\r\\n" against "\\n", or a final newline that came or went), which no text would show.
    For the kind `hunk` the heading line is in `left`, and the numbers are None.
    """

    kind: RowKind
    hunk: int
    left_number: int | None
    right_number: int | None
    left: str | None
    right: str | None
    left_words: Spans
    right_words: Spans
    left_ending: Ending | None
    right_ending: Ending | None
    ending_changed: bool
    coarse: bool


class DiffStats(NamedTuple):
    """Counts of lines; `files` counts the files that differ (0 or 1 for a single file)."""

    files: int
    added: int
    removed: int


class BlobInfo(NamedTuple):
    """Size in bytes and hexadecimal sha256 of one version of a file."""

    size: int
    sha256: str


def split_lines(text: str) -> list[str]:
    """Lines with their endings, cut after every "\\n" and nowhere else; joined they are the text again."""
    parts = text.split("\n")
    last = parts.pop()
    lines = [part + "\n" for part in parts]
    if last:
        lines.append(last)
    return lines


def line_ending(line: str) -> Ending:
    """The ending of one line of `split_lines`; empty for a last line without newline."""
    if line.endswith("\r\n"):
        return "\r\n"
    return "\n" if line.endswith("\n") else ""


def line_body(line: str) -> str:
    """One line of `split_lines` without its ending."""
    ending = line_ending(line)
    return line[: -len(ending)] if ending else line


@dataclass(frozen=True)
class FileDiff:
    """Everything about one file's change. Texts are None where the file is missing on that side or is binary.

    `coarse` is True when any part of the comparison was cruder than usual because of size.
    """

    path: str
    status: FileStatus
    binary: bool
    before: BlobInfo | None
    after: BlobInfo | None
    before_text: str | None
    after_text: str | None
    blocks: tuple[Block, ...]
    coarse: bool

    @cached_property
    def before_lines(self) -> list[str]:
        """Lines of the text before, with endings."""
        return split_lines(self.before_text or "")

    @cached_property
    def after_lines(self) -> list[str]:
        """Lines of the text after, with endings."""
        return split_lines(self.after_text or "")

    @cached_property
    def stats(self) -> DiffStats:
        """Lines added and removed; a changed line counts once on each side, as in `git diff --numstat`."""
        return DiffStats(
            files=0 if self.status == "same" else 1,
            added=sum(block.after_end - block.after_start for block in self.blocks),
            removed=sum(block.before_end - block.before_start for block in self.blocks),
        )

    def __getstate__(self) -> dict[str, object]:
        """Only the fields travel between processes; the split lines are made again where they are looked at."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class SiteDiff:
    """The files that differ between two sites, index.html first, then style sheets, scripts and everything else."""

    files: tuple[FileDiff, ...]

    @cached_property
    def stats(self) -> DiffStats:
        """Totals over all files."""
        return DiffStats(
            files=len(self.files),
            added=sum(file.stats.added for file in self.files),
            removed=sum(file.stats.removed for file in self.files),
        )

    def file(self, path: str) -> FileDiff | None:
        """The diff of one path, or None when that file is the same on both sides."""
        return next((file for file in self.files if file.path == path), None)
