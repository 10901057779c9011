"""Applying edit blocks to files in memory: in order, each block wholly or not at all, nothing ever written.

A file whose every line ends in CRLF is edited as if it had line feeds, and keeps CRLF. In a file without carriage
returns, a SEARCH written with CRLF is read with line feeds. A whole-file block without carriage returns takes the line
endings of the file it replaces. In a file of mixed endings every byte counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sitegen_tui.domain.edits import (
    AppliedBlock,
    ApplyOutcome,
    EditBlock,
    ParsedReply,
    RejectedBlock,
    RejectReason,
    Rung,
)
from sitegen_tui.site.protocol.limits import MAX_LISTED, MAX_SEARCH_WORK, clipped, file_too_large
from sitegen_tui.site.protocol.matching import Haystack, Match, is_blank, locate
from sitegen_tui.site.protocol.nearest import nearest_lines
from sitegen_tui.site.protocol.paths import EDITABLE_PATHS, path_fault
from sitegen_tui.site.protocol.verdict import own_failures, protocol_violations


def apply_reply(files: Mapping[str, str], parsed: ParsedReply, *, allowed: Collection[str] = EDITABLE_PATHS) -> ApplyOutcome:
    """Applies the blocks of `parsed` to `files` (path to text) and says what became of each.

    Only paths that are both editable and in `allowed` are ever changed. `files` itself is left alone.
    """
    bench = _Bench(files, frozenset(allowed))
    for block in parsed.blocks:
        bench.take(block)
    rejected = tuple(sorted((*parsed.rejected, *bench.rejected), key=lambda block: block.line))
    repaired = any(block.rung not in ("exact", "whole") for block in bench.applied)
    return ApplyOutcome(
        files=bench.changed(),
        applied=tuple(bench.applied),
        rejected=rejected,
        repaired=repaired,
        truncated=parsed.truncated,
        unterminated=parsed.unterminated,
        protocol=protocol_violations(
            applied=len(bench.applied),
            failed=own_failures(rejected, unterminated=parsed.unterminated),
            repaired=repaired,
            truncated=parsed.truncated,
        ),
    )


@dataclass(slots=True)
class _File:
    """One file being edited: its text with line feeds if `crlf`, else as it is."""

    text: str
    crlf: bool
    haystack: Haystack
    paid: bool = False

    @classmethod
    def of(cls, path: str, stored: str) -> _File:
        text, crlf = _unfolded(stored)
        return cls(text, crlf, Haystack(text, markup=path.endswith(".html")))

    @property
    def stored(self) -> str:
        return self.text.replace("\n", "\r\n") if self.crlf else self.text


@dataclass(slots=True)
class _Bench:
    """The files of one reply while its blocks are applied."""

    files: Mapping[str, str]
    allowed: frozenset[str]
    applied: list[AppliedBlock] = field(default_factory=list[AppliedBlock])
    rejected: list[RejectedBlock] = field(default_factory=list[RejectedBlock])
    _open: dict[str, _File] = field(default_factory=dict[str, _File])
    _work: int = 0

    def changed(self) -> dict[str, str]:
        after = {path: file.stored for path, file in self._open.items()}
        return {path: text for path, text in after.items() if self.files.get(path) != text}

    def take(self, block: EditBlock) -> None:
        if fault := path_fault(block.path):
            self._reject(block, *fault)
        elif block.path not in self.allowed:
            self._reject(block, "outside-write-set", "this file may not be edited here")
        elif block.kind == "whole-file":
            self._whole(block)
        elif is_blank(block.search):
            self._create(block)
        else:
            self._edit(block)

    def _current(self, path: str) -> _File | None:
        if path not in self._open and path in self.files:
            self._open[path] = _File.of(path, self.files[path])
        return self._open.get(path)

    def _whole(self, block: EditBlock) -> None:
        before = self._current(block.path)
        text = block.replace
        if before is not None and before.crlf and "\r" not in text:
            text = text.replace("\n", "\r\n")
        self._put(block, text, "whole")

    def _create(self, block: EditBlock) -> None:
        before = self._current(block.path)
        if before is None or not before.text:
            self._put(block, block.replace, "exact")
        elif block.search == block.replace:
            self._record(block, "exact", 0, 0)
        else:
            self._reject(block, "empty-search", "SEARCH is empty, but the file is not; quote the lines to change")

    def _put(self, block: EditBlock, text: str, rung: Rung) -> None:
        if file_too_large(text):
            self._reject(block, "too-large", "the file would be larger than files may be")
            return
        self._open[block.path] = _File.of(block.path, text)
        for at, made in enumerate(self.applied):
            if made.path == block.path:
                self.applied[at] = made.model_copy(update={"after_start_line": 0, "after_end_line": 0})
        self._record(block, rung, 1, _line_count(text))

    def _edit(self, block: EditBlock) -> None:
        file = self._current(block.path)
        if file is None:
            self._reject(block, "not-found", "the file does not exist; an empty SEARCH creates it")
            return
        search, replace = block.search, block.replace
        if file.crlf or ("\r" not in file.text and "\r\n" in search):
            search, replace = search.replace("\r\n", "\n"), replace.replace("\r\n", "\n")
        if not self._afford(file):
            self._reject(block, "too-large", "too many blocks of this reply had to be searched for")
            return
        found = locate(file.haystack, search, replace)
        if isinstance(found, Match):
            self._replace(block, file, found, unchanged=search == replace)
        elif search == replace:
            self._record(block, "exact", 0, 0)
        elif found.reason == "not-found":
            self._reject(block, "not-found", "SEARCH does not occur in the file", search=search)
        else:
            where = ", ".join(str(line) for line in found.places)
            lines = file.text.split("\n") if len(self.rejected) < MAX_LISTED else []
            nearest = tuple(clipped(lines[line - 1]) for line in found.places) if lines else ()
            detail = f"SEARCH occurs more than once, on lines {where}; quote more lines around the place"
            self._reject(block, "ambiguous", detail, nearest=nearest)

    def _afford(self, file: _File) -> bool:
        # Each new text of a file may have to be indexed once; failed edits leave the text, and so its index, as it is.
        if not file.paid:
            self._work += len(file.text)
            file.paid = True
        return self._work <= MAX_SEARCH_WORK

    def _replace(self, block: EditBlock, file: _File, match: Match, *, unchanged: bool) -> None:
        text = file.text
        first = text.count("\n", 0, match.start) + 1
        if unchanged:
            last = first + _line_count(text[match.start : match.end]) - 1
            self._record(block, "exact", first, last)
            return
        after = text[: match.start] + match.replacement + text[match.end :]
        if file_too_large(after.replace("\n", "\r\n") if file.crlf else after):
            self._reject(block, "too-large", "the file would be larger than files may be")
            return
        rest = first + text.count("\n", match.start, match.end)
        shift = match.replacement.count("\n") - (rest - first)
        last = first + _line_count(match.replacement) - 1
        self._move_earlier(block.path, first, last, rest, shift)
        file.text, file.haystack, file.paid = after, Haystack(after, markup=block.path.endswith(".html")), False
        self._record(block, match.rung, first, last)

    def _move_earlier(self, path: str, first: int, last: int, rest: int, shift: int) -> None:
        for at, made in enumerate(self.applied):
            start, end = made.after_start_line, made.after_end_line
            if made.path != path or not start or end < first:
                continue
            if start >= rest and start > first:
                start, end = start + shift, end + shift
            else:
                start, end = min(start, first), max(last, end + shift)
            self.applied[at] = made.model_copy(update={"after_start_line": start, "after_end_line": end})

    def _record(self, block: EditBlock, rung: Rung, first: int, last: int) -> None:
        self.applied.append(
            AppliedBlock(
                path=block.path,
                kind=block.kind,
                rung=rung,
                line=block.line,
                after_start_line=first,
                after_end_line=last,
            )
        )

    def _reject(
        self,
        block: EditBlock,
        reason: RejectReason,
        detail: str,
        *,
        search: str = "",
        nearest: tuple[str, ...] = (),
    ) -> None:
        file = self._open.get(block.path)
        if search and file is not None and len(self.rejected) < MAX_LISTED:
            nearest = nearest_lines(file.text, search)
        self.rejected.append(
            RejectedBlock(path=clipped(block.path), reason=reason, detail=detail, line=block.line, nearest=nearest)
        )


def _unfolded(stored: str) -> tuple[str, bool]:
    if "\r" not in stored:
        return stored, False
    text = stored.replace("\r\n", "\n")
    uniform = "\r" not in text and stored.count("\r\n") == text.count("\n")
    return (text, True) if uniform else (stored, False)


def _line_count(text: str) -> int:
    return text.count("\n") + (1 if text and not text.endswith("\n") else 0)
