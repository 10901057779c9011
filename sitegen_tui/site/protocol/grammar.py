"""From a reply to its edit blocks: headers, blocks, fences and the V4A patch dialect; everything else is ignored.

A `FILE:` or `EDIT:` line names the file for the blocks after it. It may be wrapped in backticks, `#` and `*`.
Code fences around a block are junk like prose. Fences inside a block's edges are removed, one layer: where both
sides of an edit have them, or they span SEARCH and REPLACE, or only REPLACE has them. A fence at the edge of SEARCH
alone is content, because a file into which a fence has leaked must be mendable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sitegen_tui.domain.edits import EditBlock, ParsedReply, RejectedBlock, RejectReason
from sitegen_tui.site.protocol import v4a
from sitegen_tui.site.protocol.limits import MAX_BLOCKS, MAX_REPLY_CHARS, clipped
from sitegen_tui.site.protocol.markers import Block, Marker, find_markers, read_block
from sitegen_tui.site.protocol.paths import path_fault
from sitegen_tui.site.protocol.reading import Reading, printable, was_cut, without_thought

_HEADER = re.compile(r"^[ \t#*`]{0,16}(?:FILE|EDIT)[ \t*`]{0,8}:(?P<path>[^\n]{0,400})", re.IGNORECASE | re.MULTILINE)
_PART_OF_OPENER = re.compile(r"^<{5,9}[ \t]*(?:S|SE|SEA|SEAR|SEARC|C|CO|CON|CONT|CONTE|CONTEN)?\Z", re.MULTILINE)
_FENCE = re.compile(r"[ \t]{0,3}(?:`{3,}|~{3,})(?P<info>[ \t]*[\w.+-]{0,40})[ \t\r]*\n")


def parse_reply(reply: str, *, finish_reason: str | None = None) -> ParsedReply:
    """Reads a model's reply. Never raises for any text; linear in its length, and bounded by `limits`.

    A reply over MAX_REPLY_CHARS is refused whole: one `too-large` block and nothing else.
    """
    cut = was_cut(finish_reason)
    if len(reply) > MAX_REPLY_CHARS:
        detail = f"the reply has {len(reply)} characters, more than {MAX_REPLY_CHARS}; nothing of it was read"
        return ParsedReply(rejected=(RejectedBlock(path="", reason="too-large", detail=detail, line=1),), truncated=cut)
    reading = without_thought(printable(reply))
    notes: list[str] = []
    if reading.never_closed:
        notes.append("the thought never closes, so nothing of the reply counts")
    walk = _Walk(reply, reading, ended=finish_reason is not None and not cut)
    walk.run()
    if cut:
        notes.append("the provider stopped at its length limit")
    return ParsedReply(
        blocks=tuple(walk.blocks),
        rejected=tuple(walk.rejected),
        thinking=reading.thinking,
        unterminated=walk.unterminated,
        truncated=cut or walk.unterminated or reading.never_closed,
        empty=not reading.text or reading.text.isspace(),
        notes=tuple(notes),
    )


@dataclass(slots=True)
class _Walk:
    """One pass over the headers, markers and patches of a reply, in order."""

    reply: str
    reading: Reading
    ended: bool
    blocks: list[EditBlock] = field(default_factory=list[EditBlock])
    rejected: list[RejectedBlock] = field(default_factory=list[RejectedBlock])
    unterminated: bool = False
    _path: str = ""
    _counted_to: int = 0
    _line: int = 1

    def run(self) -> None:
        text = self.reading.text
        markers = find_markers(text)
        events: list[tuple[int, int]] = [(marker.start, at) for at, marker in enumerate(markers)]
        headers = {match.start(): match for match in _HEADER.finditer(text)}
        patches = {match.start(): match for match in v4a.HEADER.finditer(text)}
        events.extend((start, -1) for start in headers)
        events.extend((start, -2) for start in patches)
        done_to = 0
        for start, at in sorted(events):
            if start < done_to:
                continue
            if self._is_full(start):
                return
            if at == -1:
                self._path = headers[start]["path"].strip(" \t\r`*#")
            elif at == -2:
                done_to = self._read_patch(patches[start])
            elif markers[at].kind in ("search", "content"):
                done_to = self._read_block(markers, at)
            if self.unterminated:
                return
        if (part := _PART_OF_OPENER.search(text, text.rfind("\n") + 1)) and part.start() >= done_to:
            self.unterminated = True
            self._reject(part.start(), "unterminated", "the reply ends inside a marker")

    def _is_full(self, start: int) -> bool:
        if len(self.blocks) + len(self.rejected) < MAX_BLOCKS:
            return False
        self._reject(start, "too-large", f"more than {MAX_BLOCKS} blocks; the rest was not read", path="")
        return True

    def _read_block(self, markers: list[Marker], at: int) -> int:
        opener = markers[at]
        block = read_block(markers, at, ended=self.ended)
        if block == "unterminated":
            self.unterminated = True
            self._reject(opener.start, "unterminated", "the reply ends before the block does; it was discarded")
        elif block == "malformed":
            self._reject(opener.start, "malformed", "the block's markers are not in order; another begins inside it")
        else:
            self._add_block(block)
            return block.closer.end
        return opener.end

    def _add_block(self, block: Block) -> None:
        text = self.reading.text
        if block.divider is None:
            whole = _without_fences(_lines(text, block.opener, block.closer))
            self._add(block.opener.start, whole=whole)
            return
        search, replace = _without_shared_fences(
            _lines(text, block.opener, block.divider),
            _lines(text, block.divider, block.closer, crlf=block.opener.crlf),
        )
        self._add(block.opener.start, search=search, replace=replace)

    def _read_patch(self, header: re.Match[str]) -> int:
        self._path = header["path"].strip(" \t\r`*")
        if header["verb"] == "Delete":
            self._reject(header.start(), "malformed", "a file cannot be deleted by an edit")
            return header.end()
        patch = v4a.read_hunks(self.reading.text, header.end(), adding=header["verb"] == "Add")
        for hunk in patch.hunks:
            if self._is_full(hunk.start):
                return len(self.reading.text)
            self._add(hunk.start, search=hunk.search, replace=hunk.replace)
        if patch.open_at is not None:
            self.unterminated = True
            self._reject(patch.open_at, "unterminated", "the reply ends before the patch does; its last hunk was discarded")
        return patch.end

    def _add(self, start: int, *, search: str = "", replace: str = "", whole: str | None = None) -> None:
        if fault := path_fault(self._path):
            self._reject(start, *fault)
            return
        self.blocks.append(
            EditBlock(
                path=self._path,
                kind="search-replace" if whole is None else "whole-file",
                search=search,
                replace=replace if whole is None else whole,
                line=self._line_of(start),
            )
        )

    def _reject(self, start: int, reason: RejectReason, detail: str, path: str | None = None) -> None:
        named = clipped(self._path if path is None else path)
        self.rejected.append(RejectedBlock(path=named, reason=reason, detail=detail, line=self._line_of(start)))

    def _line_of(self, start: int) -> int:
        # Blocks come in order, so the reply's lines are counted once over all of them.
        origin = self.reading.origin(start)
        self._line += self.reply.count("\n", self._counted_to, origin)
        self._counted_to = max(self._counted_to, origin)
        return self._line


def _lines(text: str, before: Marker, after: Marker, *, crlf: bool | None = None) -> str:
    inside = text[before.end : after.start]
    # A reply whose marker lines end in CRLF was sent that way; its line endings say nothing about the file.
    return inside.replace("\r\n", "\n") if (before.crlf if crlf is None else crlf) else inside


def _edges(section: str) -> tuple[int, int]:
    """The lengths of the fence lines at the beginning and the end of a section, 0 where there is none."""
    first = _FENCE.match(section)
    top = first.end() if first else 0
    at = section.rfind("\n", 0, len(section) - 1) + 1
    last = _FENCE.match(section, at) if at >= top else None
    return top, len(section) - at if last and not last["info"].strip() else 0


def _cut(section: str, top: int, bottom: int) -> str:
    return section[top : len(section) - bottom]


def _without_fences(section: str) -> str:
    return _cut(section, *_edges(section))


def _without_shared_fences(search: str, replace: str) -> tuple[str, str]:
    above, below = _edges(search)
    top, bottom = _edges(replace)
    if above and below and ((top and bottom) or not replace):
        return _cut(search, above, below), _cut(replace, top, bottom)
    if above and bottom and not below and not top:
        return _cut(search, above, 0), _cut(replace, 0, bottom)
    if not above and not below:
        return search, _cut(replace, top, bottom)
    return search, replace


def has_edge_fence(section: str) -> bool:
    """Whether the first or last line of a section could be taken for a code fence."""
    return any(_FENCE.match(line + "\n") for line in (section.split("\n", 1)[0], section.removesuffix("\n").rpartition("\n")[2]))
