"""Longest common subsequence of two sequences of small ints, bounded in time and memory.

Ids go to the matcher as ints, never as characters, so their number is not limited by Unicode and none can fall into the
surrogate range. Steps: common ends are cut off; ids that the other side lacks are dropped (they cannot match); what is
left is solved exactly while its bit matrix fits `EXACT_CELLS`; beyond that it is cut at ids that occur once on each
side, and a piece that still does not fit is solved in overlapping windows, which is linear and no longer exact.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

# One bit a cell: 2**28 cells are 32 MB and about 30 ms.
EXACT_CELLS = 1 << 28
WINDOW = 4096

Match = tuple[int, int, int]


class Matching(NamedTuple):
    """Matching runs `(start in a, start in b, length)` in order, and whether they are the longest possible."""

    runs: list[Match]
    exact: bool


def intern_ids(*sequences: Iterable[Hashable]) -> list[list[int]]:
    """Each sequence as ids; equal items of all sequences get the same id, counted from 0."""
    known: dict[Hashable, int] = {}
    return [[known.setdefault(item, len(known)) for item in sequence] for sequence in sequences]


def match_ids(a: Sequence[int], b: Sequence[int], *, exact_cells: int = EXACT_CELLS, window: int = WINDOW) -> Matching:
    """The runs that `a` and `b` have in common, in order on both sides."""
    a, b = list(a), list(b)
    head = common_prefix(a, b)
    tail = common_suffix(a, b, head)
    a_end, b_end = len(a) - tail, len(b) - tail
    in_a, in_b = set(a[head:a_end]), set(b[head:b_end])
    keep_a = [index for index in range(head, a_end) if a[index] in in_b]
    keep_b = [index for index in range(head, b_end) if b[index] in in_a]
    solver = _Solver(exact_cells, window)
    points: list[tuple[int, int]] = []
    if keep_a:
        small_a, small_b = [a[index] for index in keep_a], [b[index] for index in keep_b]
        points = [(keep_a[i], keep_b[j]) for i, j in solver.points(small_a, small_b)]
    runs: list[Match] = [(0, 0, head)] if head else []
    for i, j in points:
        _append(runs, i, j, 1)
    if tail:
        _append(runs, a_end, b_end, tail)
    return Matching(runs, solver.exact)


def changed_ranges(runs: Sequence[Match], a_length: int, b_length: int) -> Iterator[tuple[int, int, int, int]]:
    """The gaps between matching runs as `(a_start, a_end, b_start, b_end)`."""
    i = j = 0
    for a_start, b_start, length in runs:
        if a_start > i or b_start > j:
            yield i, a_start, j, b_start
        i, j = a_start + length, b_start + length
    if i < a_length or j < b_length:
        yield i, a_length, j, b_length


def common_prefix(a: Sequence[object], b: Sequence[object]) -> int:
    """How many leading items are equal; `a` and `b` are two strings or two lists."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_suffix(a: Sequence[object], b: Sequence[object], head: int) -> int:
    """How many trailing items are equal, leaving the first `head` items of both alone."""
    a_length, b_length = len(a), len(b)
    low, high = 0, min(a_length, b_length) - head
    while low < high:
        middle = (low + high + 1) // 2
        if a[a_length - middle : a_length - low] == b[b_length - middle : b_length - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _append(runs: list[Match], i: int, j: int, length: int) -> None:
    if runs:
        last_i, last_j, last_length = runs[-1]
        if last_i + last_length == i and last_j + last_length == j:
            runs[-1] = (last_i, last_j, last_length + length)
            return
    runs.append((i, j, length))


class _Solver:
    """Matches two lists; `exact` turns False once a shortcut was taken."""

    MAX_DEPTH = 6

    def __init__(self, exact_cells: int, window: int) -> None:
        self.exact_cells = exact_cells
        self.window = window
        self.exact = True

    def points(self, a: list[int], b: list[int], depth: int = 0) -> list[tuple[int, int]]:
        if len(a) * len(b) <= self.exact_cells:
            return _longest(a, b)
        self.exact = False
        anchors = _unique_anchors(a, b) if depth < self.MAX_DEPTH else []
        if not anchors:
            return self._windows(a, b)
        found: list[tuple[int, int]] = []
        i = j = 0
        for next_i, next_j in [*anchors, (len(a), len(b))]:
            if next_i > i and next_j > j:
                inner = self.points(a[i:next_i], b[j:next_j], depth + 1)
                found.extend((i + x, j + y) for x, y in inner)
            if next_i < len(a):
                found.append((next_i, next_j))
            i, j = next_i + 1, next_j + 1
        return found

    def _windows(self, a: list[int], b: list[int]) -> list[tuple[int, int]]:
        """Solves a window, keeps the matches of its first half, and goes on behind the last one kept."""
        found: list[tuple[int, int]] = []
        i = j = 0
        size, half = self.window, max(1, self.window // 2)
        while i < len(a) and j < len(b):
            last = i + size >= len(a) and j + size >= len(b)
            step_i = step_j = 0
            for x, y in _longest(a[i : i + size], b[j : j + size]):
                if not last and (x >= half or y >= half):
                    break
                found.append((i + x, j + y))
                step_i, step_j = x + 1, y + 1
            if last:
                break
            if step_i + step_j <= half // 2:
                # Too little in common here to follow: both sides move on together.
                step_i = step_j = half
            i, j = i + step_i, j + step_j
        return found


def _longest(a: list[int], b: list[int]) -> list[tuple[int, int]]:
    from rapidfuzz.distance import LCSseq

    found: list[tuple[int, int]] = []
    for block in LCSseq.editops(a, b).as_matching_blocks():
        found.extend((block.a + step, block.b + step) for step in range(block.size))
    return found


def _unique_anchors(a: list[int], b: list[int]) -> list[tuple[int, int]]:
    """Ids that occur once on each side, the longest chain of them that is in order on both."""
    count_a, count_b = Counter(a), Counter(b)
    place_b = {item: index for index, item in enumerate(b) if count_b[item] == 1}
    candidates = [(i, place_b[item]) for i, item in enumerate(a) if count_a[item] == 1 and item in place_b]
    tails: list[int] = []
    tail_index: list[int] = []
    previous: list[int] = []
    for index, (_, j) in enumerate(candidates):
        position = bisect_left(tails, j)
        previous.append(tail_index[position - 1] if position else -1)
        if position == len(tails):
            tails.append(j)
            tail_index.append(index)
        else:
            tails[position] = j
            tail_index[position] = index
    chain: list[tuple[int, int]] = []
    index = tail_index[-1] if tail_index else -1
    while index >= 0:
        chain.append(candidates[index])
        index = previous[index]
    chain.reverse()
    return chain
