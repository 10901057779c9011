"""Action 3, replace header logo: the client's mark in the header, with its text and size."""

from __future__ import annotations

from sitegen_tui.actions.base import CSS, HTML, Action
from sitegen_tui.actions.checks.logos import check_alt, check_old_left, check_size, check_source
from sitegen_tui.actions.checks.logos_seen import HEADER_CHECKS
from sitegen_tui.actions.edits.logos import directive_for, edit_for
from sitegen_tui.actions.faults.logos import faults_for

ACTION = Action(
    id="replace-header-logo",
    intent="The client's mark in the header, nothing of the old one",
    write_set=(HTML, CSS),
    directive=directive_for("header"),
    edit=edit_for("header"),
    checks=(check_source("header"), check_alt("header"), check_old_left, check_size),
    rendered=HEADER_CHECKS,
    faults=faults_for("header"),
)
