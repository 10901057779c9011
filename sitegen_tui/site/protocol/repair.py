"""What a model is told: the rules of the format, the repair turn, and the whole-file turn. The same for every model."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen_tui.domain.edits import ApplyOutcome, RejectedBlock
from sitegen_tui.site.protocol.formatting import format_edits
from sitegen_tui.site.protocol.limits import MAX_LISTED
from sitegen_tui.site.protocol.paths import EDITABLE_PATHS

_RULES = f"""\
Answer with edits only. Name a file, then give one or more edits of it:

FILE: index.html
<<<<<<< SEARCH
lines as they are in the file now
=======
lines to put in their place
>>>>>>> REPLACE

- The files are {", ".join(EDITABLE_PATHS)}; name them exactly so.
- SEARCH is whole lines, copied character for character, indentation included, and must occur exactly once in the \
file: quote as many lines as that takes, and no more.
- Every marker stands alone at the beginning of a line and every edit ends with its REPLACE marker.
- Edits are applied in order; a later one sees what the earlier ones did.
- An empty REPLACE deletes the lines. An empty SEARCH is for a file that does not exist yet.
- Leave out nothing and abbreviate nothing: what you write is put into the file as it is.
- To replace a whole file, send all of it:

FILE: css/styles.css
<<<<<<< CONTENT
the complete file
>>>>>>> CONTENT
"""


def protocol_rules() -> str:
    """The format's rules, for the prompt of every model alike."""
    return _RULES


def repair_prompt(outcome: ApplyOutcome, files: Mapping[str, str]) -> str:
    """The text of the one repair turn: which blocks failed, why, and the file's nearest lines.

    `files` are the files as they were before the reply; those that the outcome changed are taken from it.
    """
    parts: list[str] = []
    if outcome.applied:
        count = len(outcome.applied)
        parts.append(f"{count} of your edits {'was' if count == 1 else 'were'} applied; do not send them again.")
    if outcome.rejected:
        parts.append("These blocks could not be applied:")
        parts.extend(_complaint(block) for block in outcome.rejected[:MAX_LISTED])
        if (more := len(outcome.rejected) - MAX_LISTED) > 0:
            parts.append(f"... and {more} more.")
    elif outcome.truncated:
        parts.append("Your reply was cut off before its end.")
    elif not outcome.applied:
        parts.append("No edit could be read in your reply, so no file was changed.")
    present = [path for path in EDITABLE_PATHS if path in files or path in outcome.files]
    parts.append(f"The site has these editable files: {', '.join(present) or 'none yet'}.")
    parts.append("Send only the edits that are missing, corrected, against the files as they are now.")
    parts.append(_RULES)
    return "\n\n".join(parts)


def whole_file_prompt(outcome: ApplyOutcome, files: Mapping[str, str]) -> str:
    """The text of the whole-file turn: the files whose edits failed, as they are now, to be sent back complete.

    Where no failed block names an editable file, every editable file is shown. Whether the answer fits a model's
    output is for the caller to ask first (`limits.whole_file_fits`).
    """
    now = {**files, **outcome.files}
    failed = {block.path for block in outcome.rejected}
    wanted = [path for path in EDITABLE_PATHS if path in failed] or [path for path in EDITABLE_PATHS if path in now]
    parts = [
        "Some edits still cannot be applied. Send each file that has to change once more as a whole, in the form shown "
        "here, with all your changes made in it. Leave nothing out and abbreviate nothing.",
    ]
    for path in wanted:
        shown = format_edits({}, {path: _closed(now.get(path, ""))}, whole=True)
        parts.append(f"{path} as it is now:\n\n{shown}" if path in now else f"{path} does not exist yet:\n\n{shown}")
    return "\n\n".join(parts)


def _closed(text: str) -> str:
    # A missing final line feed cannot be shown in one block, and a prompt needs no second one to say so.
    return text if not text or text.endswith("\n") else text + "\n"


def _complaint(block: RejectedBlock) -> str:
    where = f"{block.path or '(no file named)'}, block on line {block.line} of your reply"
    head = f"- {where}: {block.reason}. {block.detail}."
    if not block.nearest:
        return head
    intro = "The places are:" if block.reason == "ambiguous" else "The nearest lines of the file are:"
    return "\n".join([head, f"  {intro}", *(f"  | {line}" for line in block.nearest)])
