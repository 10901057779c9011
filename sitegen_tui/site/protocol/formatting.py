"""Writing replies: the edits that turn one set of files into another, as a model would have to write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from sitegen_tui.domain.edits import EditKind
from sitegen_tui.site.protocol.apply import apply_reply
from sitegen_tui.site.protocol.grammar import has_edge_fence, parse_reply
from sitegen_tui.site.protocol.markers import QUOTING_LENGTHS, USUAL_LENGTH, marker_lengths
from sitegen_tui.site.protocol.matching import is_blank
from sitegen_tui.site.protocol.paths import EDITABLE_PATHS

_MOST_HUNKS = 60
_MOST_COMPARED = 4_000_000
_FENCE = "```\n"


def format_edits(before: Mapping[str, str], after: Mapping[str, str], *, whole: bool = False) -> str:
    """A reply that, parsed and applied to `before`, gives exactly the editable files of `after`.

    Minimal SEARCH/REPLACE blocks, or whole-file blocks if `whole`, or wherever edits cannot say it (a file that is all
    blank, a change of line endings). Text that no single block can hold, such as a file with marker lines of every
    length or without a final line feed under `whole`, is sent piece by piece. Empty if nothing differs.

    Raises ValueError for what no reply can do: remove a file, change one that is not editable,
    make one larger than files may be, or write lone surrogates.
    """
    for path in {**before, **after}:
        if before.get(path) != after.get(path) and (path not in EDITABLE_PATHS or path not in after):
            raise ValueError(f"no reply can remove or edit {path!r}")
    changed = [path for path in EDITABLE_PATHS if path in after and before.get(path) != after[path]]
    return "\n".join(_file_edits(path, before.get(path), after[path], whole=whole) for path in changed)


def format_block(kind: EditKind, search: str, replace: str) -> str | None:
    """One block holding these whole lines, or None if marker lines of too many lengths stand among them."""
    taken = marker_lengths(search) | marker_lengths(replace)
    lengths = (USUAL_LENGTH,) if not taken else tuple(length for length in QUOTING_LENGTHS if length not in taken)
    if not lengths:
        return None
    if any(map(has_edge_fence, (search, replace))):
        # The reader takes one layer of fences off the edges; a second one protects what belongs to the file.
        search, replace = _FENCE + search + _FENCE, _FENCE + replace + _FENCE
    opening, middle, closing = ("<" * lengths[0], "=" * lengths[0], ">" * lengths[0])
    if kind == "whole-file":
        return f"{opening} CONTENT\n{replace}{closing} CONTENT\n"
    return f"{opening} SEARCH\n{search}{middle}\n{replace}{closing} REPLACE\n"


def _file_edits(path: str, before: str | None, after: str, *, whole: bool) -> str:
    for blocks in _ways(before, after, whole=whole):
        if blocks is None:
            continue
        reply = f"FILE: {path}\n" + "\n".join(blocks)
        parsed = parse_reply(reply)
        outcome = apply_reply({} if before is None else {path: before}, parsed)
        if outcome.files.get(path) == after and not outcome.rejected and not outcome.repaired:
            return reply
    raise ValueError(f"no reply can write this text to {path!r}")


def _ways(before: str | None, after: str, *, whole: bool) -> Iterator[list[str] | None]:
    if not whole and before is not None:
        yield _hunks(before, after)
    if not after or after.endswith("\n"):
        yield _all_or_none([format_block("whole-file", "", after)])
    yield _pieces(after)


def _all_or_none(blocks: Sequence[str | None]) -> list[str] | None:
    made = [block for block in blocks if block is not None]
    return made if len(made) == len(blocks) else None


def _hunks(before: str, after: str) -> list[str] | None:
    if "\r" in before and before.count("\r") == before.count("\r\n") == before.count("\n"):
        before, after = before.replace("\r\n", "\n"), after.replace("\r\n", "\n")
    old, new = before.split("\n"), after.split("\n")
    changes = _changes(old, new)
    if len(changes) > _MOST_HUNKS or is_blank(before):
        return None
    return _all_or_none([_hunk(old, new, *change) for change in changes])


def _changes(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """The ranges that differ, as (old start, old end, new start, new end)."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(left) * len(right) > _MOST_COMPARED:
        return [(head, head + len(left), head, head + len(right))]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [(head + i1, head + i2, head + j1, head + j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


def _hunk(old: list[str], new: list[str], i1: int, i2: int, j1: int, j2: int) -> str | None:
    """The block for one change, with as little context as makes its SEARCH unique once the changes above are made."""
    now = new[:j1] + old[i1:]
    text = "\n" + "\n".join(now) + "\n"
    start, end = j1, j1 + i2 - i1
    step = 0
    while True:
        search = "".join(line + "\n" for line in now[start:end])
        if not is_blank(search) and text.find("\n" + search) == text.rfind("\n" + search):
            break
        if start == 0 and end == len(now):
            return None
        step += 1
        # Context grows by single lines while that is cheap and by doubling where a file repeats itself.
        grow = 1 if step < 16 else (end - start)
        if (step % 2 and start > 0) or end == len(now):
            start = max(0, start - grow)
        else:
            end = min(len(now), end + grow)
    above, below = now[start:j1], now[j1 + i2 - i1 : end]
    replace = "".join(line + "\n" for line in [*above, *new[j1:j2], *below])
    return format_block("search-replace", search, replace)


def _pieces(after: str) -> list[str] | None:
    """Empties the file, puts one stand-in line there, and moves it behind each piece until the last replaces it."""
    standin = "piece"
    while standin in after:
        standin += "-more"
    if not after:
        return _all_or_none([format_block("whole-file", "", "")])
    line = standin + "\n"
    blocks = [format_block("whole-file", "", ""), format_block("whole-file", "", line)]
    pieces = _holdable(after.split("\n"))
    for piece in pieces[:-1]:
        blocks.append(format_block("search-replace", line, piece + line))
    blocks.append(format_block("search-replace", line + "\n", pieces[-1]))
    return _all_or_none(blocks)


def _holdable(lines: list[str]) -> list[str]:
    """`lines`, line feeds added, in runs that one block can hold."""
    runs: list[list[str]] = [[]]
    taken: set[int] = set()
    for line in lines:
        also = taken | marker_lengths(line)
        if taken != also and not set(QUOTING_LENGTHS) - also:
            runs.append([])
            also = marker_lengths(line)
        taken = also
        runs[-1].append(line + "\n")
    return ["".join(run) for run in runs]
