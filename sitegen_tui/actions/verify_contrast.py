"""Action 16, verify contrast: find text and controls that are hard to see on their ground, and mend them from the palette."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Files, Step, at, changed, finding, lines
from sitegen_tui.actions.editing import set_declaration
from sitegen_tui.actions.measure import root_definition
from sitegen_tui.domain.colour import Colour, contrast
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import COLOUR_ROLES, Manifest
from sitegen_tui.site.css import parse_css
from sitegen_tui.site.source import Splices


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    palette = ", ".join(
        f"{manifest.tokens[role]} {requirements.brand.colours[role]}"
        for role in COLOUR_ROLES
        if role in manifest.tokens and role in requirements.brand.colours
    )
    return lines(
        "Find text and controls that are hard to see on their ground, and mend them with other colours of the palette.",
        f"- The palette, as custom properties under :root: {palette}. Do not change these values.",
    )


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Give each trap the palette token that stands out most from its ground."""
    css = parse_css(files.get(CSS, ""))
    edits = Splices(css.text)
    colours = brief.requirements.brand.colours
    for trap in brief.manifest.traps:
        ground = Colour.parse(colours.get(trap.ground, ""))
        known = {role: colour for role, value in colours.items() if (colour := Colour.parse(value)) is not None}
        rules = css.rules_for(trap.css_selector, ())
        if ground is None or not rules:
            continue
        best = max(known, key=lambda role: contrast(known[role], ground))
        set_declaration(css, edits, rules[-1], trap.property, f"var({brief.manifest.tokens[best]})")
    return changed(files, {CSS: edits.result()})


def check_brand(step: Step) -> Iterator[Finding]:
    """The palette's values are still the brand's."""
    for role, name in step.manifest.tokens.items():
        wanted = Colour.parse(step.requirements.brand.colours.get(role, ""))
        was, now = root_definition(step.before, name), root_definition(step.after, name)
        if wanted is None or was is None or now is None:
            continue
        old, new = Colour.parse(was.value), Colour.parse(now.value)
        if old is not None and old.same(wanted) and (new is None or not new.same(wanted)):
            yield finding(
                "contrast.brand-altered",
                f"The brand's colour {role} was changed",
                subject=name,
                evidence=at(step.after, CSS, now.span, expected=wanted.hex, measured=now.value),
            )


ACTION = Action(
    id="verify-contrast",
    intent="Find and mend unreadable text",
    write_set=(HTML, CSS),
    directive=directive,
    edit=edit,
    checks=(check_brand,),
)
