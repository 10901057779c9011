"""The edit protocol: what a model is told, how its reply is read and applied, and how such replies are written.

Everything happens in memory, in time about linear in the reply and the files, for any text whatever.
"""

from __future__ import annotations

from sitegen_tui.site.protocol.apply import apply_reply
from sitegen_tui.site.protocol.formatting import format_edits
from sitegen_tui.site.protocol.grammar import parse_reply
from sitegen_tui.site.protocol.limits import whole_file_fits
from sitegen_tui.site.protocol.paths import EDITABLE_PATHS, path_fault
from sitegen_tui.site.protocol.repair import protocol_rules, repair_prompt, whole_file_prompt
from sitegen_tui.site.protocol.verdict import join_turns, protocol_violations

__all__ = [
    "EDITABLE_PATHS",
    "apply_reply",
    "format_edits",
    "join_turns",
    "parse_reply",
    "path_fault",
    "protocol_rules",
    "protocol_violations",
    "repair_prompt",
    "whole_file_fits",
    "whole_file_prompt",
]
