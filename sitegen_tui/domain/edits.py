"""The vocabulary of the edit protocol: blocks a model asked for, and what became of each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sitegen_tui.domain.base import Frozen

EditKind = Literal["search-replace", "whole-file"]

RejectReason = Literal[
    "bad-path",
    "unknown-path",
    "outside-write-set",
    "not-found",
    "ambiguous",
    "empty-search",
    "malformed",
    "unterminated",
    "too-large",
]

Rung = Literal["exact", "whitespace", "blank-lines", "normalised", "whole"]

ProtocolId = Literal[
    "protocol.unparseable",
    "protocol.partial-apply",
    "protocol.repaired",
    "protocol.truncated",
]


class EditBlock(Frozen):
    """One edit as it was written.

    `search` and `replace` are whole lines, each ending in a line feed, or empty for no line at all.
    A whole-file block has an empty `search` and its text in `replace`.
    `line` is the 1-based line of the reply on which the block starts.
    """

    path: str
    kind: EditKind
    search: str
    replace: str
    line: int


class RejectedBlock(Frozen):
    """One edit that was not made, and why.

    `path` is as the model wrote it (clipped, control characters replaced), empty where it named none.
    `nearest` holds up to five lines of the file: for `not-found` the five consecutive lines that share most words
    with SEARCH, for `ambiguous` the first line of each place that matched.
    """

    path: str
    reason: RejectReason
    detail: str
    line: int
    nearest: tuple[str, ...] = ()


class AppliedBlock(Frozen):
    """One edit that was made.

    `after_start_line` to `after_end_line` (1-based, inclusive) is the place in the file as the reply leaves it.
    A deletion has `after_end_line == after_start_line - 1`; both are 0 when no line of the block is left to show
    (a later block replaced the file, or the edit changed nothing and its place is unknown).
    """

    path: str
    kind: EditKind
    rung: Rung
    line: int
    after_start_line: int
    after_end_line: int


class ParsedReply(Frozen):
    """A reply read into blocks.

    `thinking` counts the characters dropped as thought. `unterminated` says that the last block was still open
    at the end of the reply. `truncated` says that the reply shows signs of having been cut: an unterminated block,
    thought that never closes, or a provider that stopped at its length limit. `empty` says that nothing but
    white space was left after the thought was dropped.
    """

    blocks: tuple[EditBlock, ...] = ()
    rejected: tuple[RejectedBlock, ...] = ()
    thinking: int = 0
    unterminated: bool = False
    truncated: bool = False
    empty: bool = False
    notes: tuple[str, ...] = ()


class ApplyOutcome(Frozen):
    """What a reply did to the files.

    `files` maps a path to its new text, only where the text changed. `repaired` says that a rung below exact,
    or a later turn, was needed for a block that was made. `protocol` holds the violation ids earned,
    each at most once. `turns` counts the replies joined into this outcome.
    """

    files: Mapping[str, str]
    applied: tuple[AppliedBlock, ...] = ()
    rejected: tuple[RejectedBlock, ...] = ()
    repaired: bool = False
    truncated: bool = False
    unterminated: bool = False
    protocol: tuple[ProtocolId, ...] = ()
    turns: int = 1
