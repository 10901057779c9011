"""Action 4, replace footer logo: the client's mark in the footer, with its text and size."""

from __future__ import annotations

from sitegen_tui.actions.base import CSS, HTML, Action
from sitegen_tui.actions.checks.logos import check_alt, check_source
from sitegen_tui.actions.checks.logos_seen import FOOTER_CHECKS
from sitegen_tui.actions.edits.logos import directive_for, edit_for
from sitegen_tui.actions.faults.logos import faults_for

ACTION = Action(
    id="replace-footer-logo",
    intent="The variant for the footer's ground in the footer",
    write_set=(HTML, CSS),
    reads=(HTML,),
    directive=directive_for("footer"),
    edit=edit_for("footer"),
    checks=(check_source("footer"), check_alt("footer")),
    rendered=FOOTER_CHECKS,
    faults=faults_for("footer"),
)
