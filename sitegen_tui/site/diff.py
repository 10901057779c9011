"""The differences between two texts or two sites: changed blocks of lines, paired lines, words inside them.

The engine is rapidfuzz's LCSseq on ids (see diff_match), chosen by `benchmarks/bench_diff.py`. Milliseconds and matched
lines, ours / difflib without autojunk / cydifflib / fast-diff-match-patch:
5k-line HTML, 30 % changed: 36, 3784 / 430, 3687 / 42, 3687 / 25, 3784. 5k repetitive lines: 11, 4000 / over 4 s / 391, 213
/ 125, 3779. 50k lines, all different: 36 / 49 / 263 / 2059. A 2 MB line against an edited one, words included: 500 (coarse)
/ over 4 s; a step on a small page: 0.7 in all. It is the only one that was never slow and never gave up matching.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Literal

from sitegen_tui.domain.diffs import BlobInfo, Block, FileDiff, FileStatus, SiteDiff, split_lines
from sitegen_tui.site.diff_headings import headings, line_offsets
from sitegen_tui.site.diff_match import Match, changed_ranges, intern_ids, match_ids
from sitegen_tui.site.diff_words import Budget, Gap, block_pairs

# How far a block may slide in search of a more readable place, in lines.
SLIDE_LIMIT = 100

_KIND_ORDER = {"css": 1, "js": 2, "mjs": 2}


def diff_texts(path: str, before: str | bytes | None, after: str | bytes | None) -> FileDiff:
    """Compares two versions of one file; None is a missing file.

    Bytes must be UTF-8 to count as text; what is not, and anything with a NUL, is binary: sizes and hashes only.
    """
    before_info, before_text = _read(before)
    after_info, after_text = _read(after)
    status = _status(before_info, after_info)
    binary = (before is not None and before_text is None) or (after is not None and after_text is None)
    if binary:
        return FileDiff(path, status, True, before_info, after_info, None, None, (), False)
    blocks: tuple[Block, ...] = ()
    coarse = False
    if status != "same":
        blocks, coarse = _blocks(path, before_text or "", after_text or "")
    return FileDiff(path, status, False, before_info, after_info, before_text, after_text, blocks, coarse)


def diff_sites(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> SiteDiff:
    """Compares two sites given as path to content; files that are the same are left out."""
    changed = [path for path in {*before, *after} if before.get(path) != after.get(path)]
    changed.sort(key=_site_order)
    return SiteDiff(tuple(diff_texts(path, before.get(path), after.get(path)) for path in changed))


def _site_order(path: str) -> tuple[int, int, str]:
    extension = path.rpartition(".")[2].lower()
    if path == "index.html":
        return 0, 0, path
    return 1, _KIND_ORDER.get(extension, 3), path


def _read(content: str | bytes | None) -> tuple[BlobInfo | None, str | None]:
    if content is None:
        return None, None
    text: str | None
    if isinstance(content, str):
        data, text = content.encode("utf-8", "surrogatepass"), content
    else:
        data = content
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = None
    if text is not None and "\0" in text:
        text = None
    return BlobInfo(len(data), sha256(data).hexdigest()), text


def _status(before: BlobInfo | None, after: BlobInfo | None) -> FileStatus:
    if before == after:
        return "same"
    if before is None:
        return "added"
    return "deleted" if after is None else "changed"


def _blocks(path: str, before_text: str, after_text: str) -> tuple[tuple[Block, ...], bool]:
    before, after = split_lines(before_text), split_lines(after_text)
    before_ids, after_ids = intern_ids(before, after)
    matching = match_ids(before_ids, after_ids)
    gaps = slide(before, after, matching.runs)
    coarse = not matching.exact
    budget = Budget()
    pairs = [block_pairs(before, after, gap, budget) for gap in gaps]
    names = _block_headings(path, (before_text, before), (after_text, after), gaps)
    blocks = tuple(Block(*gap, found, name) for gap, (found, _), name in zip(gaps, pairs, names, strict=True))
    return blocks, coarse or any(rough for _, rough in pairs)


def _block_headings(path: str, before: tuple[str, list[str]], after: tuple[str, list[str]], gaps: list[Gap]) -> list[str]:
    """Names each block by where its first line stands after the change, or before it where lines only went away."""
    names = ["" for _ in gaps]
    for side, (text, lines) in enumerate((before, after)):
        wanted = [index for index, gap in enumerate(gaps) if (gap[3] > gap[2]) == (side == 1)]
        if not wanted:
            continue
        offsets = line_offsets(lines)
        places = [_first_ink(lines, offsets, gaps[index][2 * side]) for index in wanted]
        for index, name in zip(wanted, headings(path, text, places), strict=True):
            names[index] = name
    return names


def _first_ink(lines: list[str], offsets: list[int], line: int) -> int:
    text = lines[line]
    return offsets[line] + len(text) - len(text.lstrip())


def slide(before: list[str], after: list[str], runs: list[Match]) -> list[Gap]:
    """The changed ranges, with pure insertions and deletions moved to where they read as whole elements.

    A run of added lines that starts with `</div>` and ends before a `</div>` is the same change one line further; of
    all such places the one whose edges are least indented, do not start with a closing mark, and lie lowest is taken.
    """
    gaps = list(changed_ranges(runs, len(before), len(after)))
    for index, gap in enumerate(gaps):
        a, b, c, d = gap
        if a < b and c < d:
            continue
        lines, start, end = (before, a, b) if a < b else (after, c, d)
        previous, following = gaps[index - 1] if index else None, gaps[index + 1] if index + 1 < len(gaps) else None
        above = a - previous[1] - 1 if previous else a
        below = following[0] - b - 1 if following else len(before) - b
        up = _run_length(lines, start - 1, end - 1, min(above, SLIDE_LIMIT), -1)
        down = _run_length(lines, start, end, min(below, SLIDE_LIMIT), 1)
        if up or down:
            move = min(range(down, -up - 1, -1), key=lambda by: _edge(lines, start + by) + _edge(lines, end + by))
            gaps[index] = (a + move, b + move, c + move, d + move)
    return gaps


def _run_length(lines: list[str], first: int, second: int, limit: int, step: Literal[1, -1]) -> int:
    length = 0
    while length < limit and lines[first + step * length] == lines[second + step * length]:
        length += 1
    return length


def _edge(lines: list[str], place: int) -> int:
    """How badly a block reads that begins or ends before line `place`."""
    if place in (0, len(lines)):
        return -1
    text = lines[place].lstrip()
    if not text:
        return 6
    closing = text.startswith(("</", "}", ")", "]"))
    return 2 * min(len(lines[place]) - len(text), 40) + (3 if closing else 0)
