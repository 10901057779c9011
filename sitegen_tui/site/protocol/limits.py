"""The bounds of the edit protocol; everything a model sends is measured against them before it is read."""

from __future__ import annotations

from typing import Final

MAX_REPLY_CHARS: Final = 4 * 1024 * 1024
"""A longer reply is refused unread: no site of ours needs a hundredth of it."""

MAX_BLOCKS: Final = 300
"""Blocks read from one reply, usable or not; what follows is summed up in one rejected block."""

MAX_FILE_BYTES: Final = 1024 * 1024
"""Size of a file in UTF-8 after an edit."""

MAX_SEARCH_WORK: Final = 48 * 1024 * 1024
"""Characters that the rungs below exact may index for one reply, so that hostile edits cannot buy minutes of work."""

MAX_LISTED: Final = 20
"""Rejected blocks that get their nearest lines worked out and are listed in a repair turn."""

MAX_QUOTED_CHARS: Final = 240
"""Characters shown of one line of a file, or of a path that a model made up."""

NEAREST_LINES: Final = 5

CHARS_PER_TOKEN: Final = 3.0
"""A careful estimate for HTML and CSS, which tokenise worse than prose."""

OUTPUT_HEADROOM: Final = 1.3


def whole_file_fits(text: str, max_output_tokens: int) -> bool:
    """Whether a model with that output limit can be asked to send the whole of `text` back."""
    return len(text) / CHARS_PER_TOKEN * OUTPUT_HEADROOM <= max_output_tokens


def file_too_large(text: str) -> bool:
    """Whether `text` is over the limit for one file."""
    if len(text) > MAX_FILE_BYTES:
        return True
    return len(text) * 4 > MAX_FILE_BYTES and len(text.encode("utf-8", "replace")) > MAX_FILE_BYTES


def clipped(text: str) -> str:
    """`text` fit for a message: one line of bounded length, nothing in it that a terminal would obey."""
    short = text if len(text) <= MAX_QUOTED_CHARS else text[: MAX_QUOTED_CHARS - 1] + "…"
    return "".join(char if char.isprintable() or char == "\t" else "\ufffd" for char in short)
