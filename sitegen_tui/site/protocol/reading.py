"""Pre-processing of a reply: bounds, unusable characters, and the thought that some models send with the answer.

Thought stands between `<think>`, `<thinking>` or `<reasoning>` and its closing tag. The first closing tag of the same
name ends it, whatever it holds, markers included. A closing tag without an opening one means that the reply began
inside the thought: only what follows counts. Thought that never closes leaves an empty reply. An opening tag counts
only as the first or last thing on its line, because prose may mention one, and tags inside an edit block are the
content of a file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from sitegen_tui.site.protocol.markers import block_spans, find_markers

_TAG = re.compile(r"<(/?)(think|thinking|reasoning)[ \t]{0,8}>", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CUT_REASONS = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer proper. `starts` and `origins` map offsets in `text` to offsets in the reply, piece by piece."""

    text: str
    thinking: int
    never_closed: bool
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """The offset in the reply of an offset in `text`."""
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]


def was_cut(finish_reason: str | None) -> bool:
    """Whether a provider's finish reason says that the reply ended at a length limit."""
    return finish_reason is not None and finish_reason.casefold() in _CUT_REASONS


def printable(reply: str) -> str:
    """`reply` without lone surrogates, which no file can hold."""
    return _SURROGATE.sub("\ufffd", reply)


def without_thought(reply: str) -> Reading:
    """Drops thought from `reply`; linear in its length."""
    tags = list(_TAG.finditer(reply))
    if not tags:
        return Reading(reply, 0, False, (0,), (0,))
    spans = block_spans(find_markers(reply), len(reply))
    span_starts = [start for start, _ in spans]
    closings: dict[str, list[int]] = {}
    for tag in tags:
        if tag[1]:
            closings.setdefault(tag[2].casefold(), []).append(tag.start())
    ends = {tag.start(): tag.end() for tag in tags}

    kept: list[tuple[int, int]] = []
    begin = 0
    for tag in tags:
        if tag.start() < begin:
            continue
        span = bisect_right(span_starts, tag.start()) - 1
        if span >= 0 and spans[span][0] >= begin and tag.start() < spans[span][1]:
            continue
        if tag[1]:
            kept, begin = [], tag.end()
            continue
        if not _stands_alone(reply, tag.start(), tag.end()):
            continue
        same = closings.get(tag[2].casefold(), [])
        following = bisect_right(same, tag.start())
        if following == len(same):
            return Reading("", len(reply), True, (0,), (len(reply),))
        kept.append((begin, tag.start()))
        begin = ends[same[following]]
    kept.append((begin, len(reply)))
    return _joined(reply, kept)


def _stands_alone(reply: str, start: int, end: int) -> bool:
    before = reply[max(0, start - 80) : start]
    after = reply[end : end + 80]
    first = not before.rpartition("\n")[2].strip() and ("\n" in before or start <= 80)
    last = not after.partition("\n")[0].strip() and ("\n" in after or len(reply) - end <= 80)
    return first or last


def _joined(reply: str, kept: list[tuple[int, int]]) -> Reading:
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = 0
    for start, end in kept:
        if pieces:
            # What follows a closing tag begins a line of its own, even where the model did not break it.
            length += 1
        pieces.append(reply[start:end])
        starts.append(length)
        origins.append(start)
        length += end - start
    dropped = len(reply) - sum(end - start for start, end in kept)
    return Reading("\n".join(pieces), dropped, False, tuple(starts), tuple(origins))
