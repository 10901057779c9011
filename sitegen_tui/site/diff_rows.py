"""Hunks and screen rows of a file's diff, made on demand, and the way from a line to its row and back.

Only an index over runs of rows is built; a row is made when it is asked for, so a screen that shows forty rows of a
hundred thousand pays for forty.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, overload

from sitegen_tui.domain.diffs import (
    Block,
    Ending,
    FileDiff,
    Hunk,
    LinePair,
    Row,
    RowKind,
    Side,
    Spans,
    line_body,
    line_ending,
)

Layout = Literal["unified", "split"]


def hunks(diff: FileDiff, context: int | None = 3, *, show: Iterable[tuple[Side, int]] = ()) -> tuple[Hunk, ...]:
    """The changed blocks with `context` lines around them; None gives the whole file as one hunk.

    `show` names further lines `(side, number)`, counted from 1, that must be visible, as findings on unchanged lines
    are. Numbers outside the file are ignored. Binary and unchanged files have no hunks (the latter unless shown whole).
    """
    before_total, after_total = len(diff.before_lines), len(diff.after_lines)
    if context is None:
        if not before_total and not after_total:
            return ()
        return (Hunk(0, before_total, 0, after_total, 0, len(diff.blocks), _heading(diff, 0, len(diff.blocks))),)
    context = max(0, context)
    places = [(*block[:4], index, index + 1) for index, block in enumerate(diff.blocks)]
    for side, number in show:
        line, other, index = _unchanged(diff, side, number - 1)
        if other is not None:
            a, c = (line, other) if side == "before" else (other, line)
            places.append((a, a + 1, c, c + 1, index, index))
    places.sort()
    found: list[Hunk] = []
    for a, b, c, d, first, last in places:
        lead = min(context, a, c)
        trail = min(context, before_total - b, after_total - d)
        if found and a - lead <= found[-1].before_end and c - lead <= found[-1].after_end:
            old = found.pop()
            a, c, lead = old.before_start, old.after_start, 0
            b, d = max(old.before_end - trail, b), max(old.after_end - trail, d)
            first, last = old.first_block, max(old.last_block, last)
        found.append(Hunk(a - lead, b + trail, c - lead, d + trail, first, last, _heading(diff, first, last)))
    return tuple(found)


def _heading(diff: FileDiff, first: int, last: int) -> str:
    return diff.blocks[first].heading if last > first else ""


def _unchanged(diff: FileDiff, side: Side, line: int) -> tuple[int, int | None, int]:
    """The line, the same line on the other side (None if changed or beyond the file), and the next block's index."""
    before = side == "before"
    total = len(diff.before_lines if before else diff.after_lines)
    end: Callable[[Block], int] = (lambda block: block.before_end) if before else (lambda block: block.after_end)
    index = bisect_right(diff.blocks, line, key=end)
    if not 0 <= line < total:
        return line, None, index
    if index < len(diff.blocks):
        following = diff.blocks[index]
        if (following.before_start if before else following.after_start) <= line:
            return line, None, index
    if not index:
        return line, line, index
    last = diff.blocks[index - 1]
    return line, line + (last.after_end - last.before_end) * (1 if before else -1), index


def counterpart(diff: FileDiff, side: Side, number: int) -> int | None:
    """The number of the same or paired line on the other side; None for a line that has none."""
    line = number - 1
    _, other, index = _unchanged(diff, side, line)
    if other is not None:
        return other + 1
    if index < len(diff.blocks):
        for pair in diff.blocks[index].pairs:
            mine, theirs = (pair.before, pair.after) if side == "before" else (pair.after, pair.before)
            if mine == line:
                return theirs + 1
    return None


def hunk_of(found: Sequence[Hunk], side: Side, number: int) -> int | None:
    """The index of the hunk that shows a line, counted from 1, of one side."""
    line = number - 1
    for index, hunk in enumerate(found):
        start, end = (hunk.before_start, hunk.before_end) if side == "before" else (hunk.after_start, hunk.after_end)
        if start <= line < end:
            return index
    return None


class _Segment(NamedTuple):
    """A run of rows of one kind; the ranges are lines, and an empty one means that side has nothing here."""

    kind: RowKind
    hunk: int
    left_start: int
    left_end: int
    right_start: int
    right_end: int

    @property
    def height(self) -> int:
        return 1 if self.kind == "hunk" else max(self.left_end - self.left_start, self.right_end - self.right_start)


class DiffRows(Sequence[Row]):
    """The rows of some hunks, as one column (`unified`) or side by side (`split`).

    In `unified`, removed rows have only a left side and added rows only a right one; in `split`, `changed` is a pair of
    similar lines and `replaced` two unlike lines that share a row to save room. A hunk that shows the whole file has no
    heading row.
    """

    def __init__(self, diff: FileDiff, found: Sequence[Hunk], layout: Layout = "unified") -> None:
        self.diff = diff
        self.hunks = tuple(found)
        self.layout: Layout = layout
        self._segments: list[_Segment] = []
        for index, hunk in enumerate(self.hunks):
            self._segments.extend(self._hunk_segments(index, hunk))
        self._starts: list[int] = []
        self._length = 0
        hunk_rows: dict[int, int] = {}
        change_rows: list[int] = []
        for place, segment in enumerate(self._segments):
            self._starts.append(self._length)
            hunk_rows.setdefault(segment.hunk, self._length)
            changed = segment.kind not in ("equal", "hunk")
            if changed and (not place or self._segments[place - 1].kind in ("equal", "hunk")):
                change_rows.append(self._length)
            self._length += segment.height
        self.hunk_rows: tuple[int, ...] = tuple(hunk_rows.values())
        self.change_rows: tuple[int, ...] = tuple(change_rows)
        self._by_side = {side: self._side_index(side) for side in ("before", "after")}
        self._before_pairs: dict[int, LinePair] = {}
        self._after_pairs: dict[int, LinePair] = {}
        for block in diff.blocks:
            for pair in block.pairs:
                self._before_pairs[pair.before] = pair
                self._after_pairs[pair.after] = pair

    def _hunk_segments(self, index: int, hunk: Hunk) -> Iterator[_Segment]:
        if hunk[:4] != (0, len(self.diff.before_lines), 0, len(self.diff.after_lines)):
            yield _Segment("hunk", index, 0, 0, 0, 0)
        left, right = hunk.before_start, hunk.after_start
        for block in self.diff.blocks[hunk.first_block : hunk.last_block]:
            if block.before_start > left:
                yield _Segment("equal", index, left, block.before_start, right, block.after_start)
            left, right = block.before_end, block.after_end
            yield from self._block_segments(index, block)
        if hunk.before_end > left:
            yield _Segment("equal", index, left, hunk.before_end, right, hunk.after_end)

    def _block_segments(self, index: int, block: Block) -> Iterator[_Segment]:
        left, right = block.before_start, block.after_start
        if self.layout == "unified":
            yield from _unpaired(index, left, block.before_end, right, right)
            yield from _unpaired(index, left, left, right, block.after_end)
            return
        for pair in block.pairs:
            yield from _unpaired(index, left, pair.before, right, pair.after)
            yield _Segment("changed", index, pair.before, pair.before + 1, pair.after, pair.after + 1)
            left, right = pair.before + 1, pair.after + 1
        yield from _unpaired(index, left, block.before_end, right, block.after_end)

    def _side_index(self, side: str) -> tuple[list[int], list[int]]:
        lines: list[int] = []
        places: list[int] = []
        for place, segment in enumerate(self._segments):
            start, end = _range(segment, side)
            if end > start:
                lines.append(start)
                places.append(place)
        return lines, places

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self._row(place) for place in range(*index.indices(self._length))]
        place = index + self._length if index < 0 else index
        if not 0 <= place < self._length:
            raise IndexError(index)
        return self._row(place)

    def _row(self, place: int) -> Row:
        position = bisect_right(self._starts, place) - 1
        segment = self._segments[position]
        offset = place - self._starts[position]
        if segment.kind == "hunk":
            header = self.hunks[segment.hunk].header
            return Row("hunk", segment.hunk, None, None, header, None, (), (), None, None, False, False)
        left = segment.left_start + offset if segment.left_start + offset < segment.left_end else None
        right = segment.right_start + offset if segment.right_start + offset < segment.right_end else None
        kind = segment.kind
        if kind == "replaced" and (left is None or right is None):
            kind = "added" if left is None else "removed"
        pair = self._before_pairs.get(left) if left is not None else None
        if pair is None and right is not None:
            pair = self._after_pairs.get(right)
        left_text, left_ending = _text(self.diff.before_lines, left)
        right_text, right_ending = _text(self.diff.after_lines, right)
        left_words: Spans = pair.left if pair and left is not None else ()
        right_words: Spans = pair.right if pair and right is not None else ()
        return Row(
            kind,
            segment.hunk,
            None if left is None else left + 1,
            None if right is None else right + 1,
            left_text,
            right_text,
            left_words,
            right_words,
            left_ending,
            right_ending,
            pair is not None and self._ending_differs(pair),
            pair is not None and pair.coarse,
        )

    def _ending_differs(self, pair: LinePair) -> bool:
        return line_ending(self.diff.before_lines[pair.before]) != line_ending(self.diff.after_lines[pair.after])

    def row_of(self, side: Side, number: int) -> int | None:
        """The row that shows a line, counted from 1, of one side; None if no hunk shows it."""
        lines, places = self._by_side[side]
        position = bisect_right(lines, number - 1) - 1
        if position < 0:
            return None
        place = places[position]
        start, end = _range(self._segments[place], side)
        return self._starts[place] + number - 1 - start if number - 1 < end else None

    def line_of(self, row: int, side: Side) -> int | None:
        """The line number a row shows on one side; the inverse of `row_of`."""
        shown = self[row]
        return shown.left_number if side == "before" else shown.right_number

    def next_hunk(self, row: int) -> int | None:
        """The first row of the next hunk below `row`."""
        return _after(self.hunk_rows, row)

    def previous_hunk(self, row: int) -> int | None:
        """The first row of the nearest hunk that starts above `row`."""
        return _before(self.hunk_rows, row)

    def next_change(self, row: int) -> int | None:
        """The first row of the next run of changed rows below `row`; works in a whole-file view too."""
        return _after(self.change_rows, row)

    def previous_change(self, row: int) -> int | None:
        """The first row of the nearest run of changed rows that starts above `row`."""
        return _before(self.change_rows, row)


def _unpaired(index: int, left: int, left_end: int, right: int, right_end: int) -> Iterator[_Segment]:
    if left < left_end or right < right_end:
        kind: RowKind = "added" if left == left_end else "removed" if right == right_end else "replaced"
        yield _Segment(kind, index, left, left_end, right, right_end)


def _range(segment: _Segment, side: str) -> tuple[int, int]:
    if side == "before":
        return segment.left_start, segment.left_end
    return segment.right_start, segment.right_end


def _text(lines: list[str], line: int | None) -> tuple[str | None, Ending | None]:
    if line is None:
        return None, None
    return line_body(lines[line]), line_ending(lines[line])


def _after(rows: tuple[int, ...], row: int) -> int | None:
    place = bisect_right(rows, row)
    return rows[place] if place < len(rows) else None


def _before(rows: tuple[int, ...], row: int) -> int | None:
    place = bisect_left(rows, row)
    return rows[place - 1] if place else None
