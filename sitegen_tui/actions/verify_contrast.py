"""Action 16, verify contrast: find text and controls that are hard to see on their ground, and mend them from the palette."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Files, Page, Step, at, changed, finding, lines, page_of
from sitegen_tui.actions.checks.contrast_seen import CHECKS, CONTROL_RATIO
from sitegen_tui.actions.checks.measure import root_definition, substituted
from sitegen_tui.actions.edits.backgrounds import appended, strengthen
from sitegen_tui.actions.edits.editing import set_declaration
from sitegen_tui.actions.faults.verify_contrast import FAULTS
from sitegen_tui.actions.traps import BLACK, WHITE, brand, rules_of
from sitegen_tui.domain.colour import Colour, contrast, find_colours
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import COLOUR_ROLES, Background, ColourRole, Manifest, Trap
from sitegen_tui.site.cascade import applied
from sitegen_tui.site.css import CssFile
from sitegen_tui.site.css_pieces import Declaration, Rule
from sitegen_tui.site.css_text import url_references, var_references
from sitegen_tui.site.source import Span, Splices

TEXT_RATIO = 4.5
_STEP = 0.05
_BROWSERS_GREY = Colour(117, 117, 117)
"""What Chromium paints a placeholder in that has no colour of its own."""


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    rules = requirements.contrast
    palette = ", ".join(
        f"{manifest.tokens[role]} {requirements.brand.colours[role]}" for role in COLOUR_ROLES if role in manifest.tokens
    )
    ways = {
        "swap_text_token": "use another custom property of the palette for the text or the border",
        "raise_overlay_alpha": f"raise the alpha of the overlay of a picture, up to {rules.max_overlay_alpha:g}",
        "add_scrim": "add a scrim behind the text",
    }
    return lines(
        f"Find every visible text and control that is hard to see on its ground, and mend it (WCAG 2.2 {rules.level}).",
        f"- Text needs a contrast of {TEXT_RATIO:g}, or 3 from 24px on (18.66px if bold); "
        f"borders of controls need {CONTROL_RATIO:g}. "
        "The same holds in hover and focus states, and for text over pictures.",
        f"- You may: {'; '.join(ways[way] for way in rules.allow)}.",
        f"- The palette, as custom properties under :root: {palette}. Do not change these values.",
        "- Hide no text, and change no text's size to escape the rule. Leave what is readable as it is.",
    )


# -- the reference edit ---------------------------------------------------------------------------------------------------


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Give each trap the palette's token that stands out most, and overlays the strength that any picture needs."""
    page = page_of(files, brief)
    edits, blocks = Splices(page.css.text), ""
    for trap in brief.manifest.traps:
        _mend(page.css, edits, trap, brief)
    if "raise_overlay_alpha" in brief.requirements.contrast.allow:
        for background in _backgrounds(brief.manifest):
            alpha = _needed(page, background, brief)
            blocks += strengthen(page, edits, background, alpha, brief) if alpha else ""
    blocks += _placeholders(page, brief)
    done = {CSS: appended(edits, blocks)}
    return changed(files, {path: text for path, text in done.items() if path in files})


def _mend(css: CssFile, edits: Splices, trap: Trap, brief: Brief) -> None:
    """Exchange the trap's colour wherever its rule sets one that is hard to see."""
    needed = CONTROL_RATIO if trap.kind == "control" else TEXT_RATIO
    other = brand(brief, trap.foreground if trap.property == "background-color" else trap.ground)
    best = max(brief.manifest.tokens, key=lambda role: contrast(brand(brief, role), other))
    new = f"var({brief.manifest.tokens[best]})"
    for rule in rules_of(css, trap):
        declaration = rule.get(trap.property) or rule.get(trap.property.removesuffix("-color"))
        if declaration is None:
            continue
        found = _painted(css, declaration, brief)
        if found is None:
            set_declaration(css, edits, rule, trap.property, new)
        elif contrast(found[1], other) < needed:
            start = declaration.value_span.start
            edits.replace(Span(start + found[0].start, start + found[0].end), new)


def _painted(css: CssFile, declaration: Declaration, brief: Brief) -> tuple[Span, Colour] | None:
    """Where a value names its colour, and which that is; None if it names none that can be told."""
    value = declaration.value
    for name, _ in var_references(value):
        colour = _value_of(css, name, brief)
        start = value.find("var(")
        end = value.find(")", start)
        if colour is not None and value.count("var(") == 1 and end > start:
            return Span(start, end + 1), colour
    literals = list(find_colours(value))
    return (Span(literals[0][0], literals[0][1]), literals[0][2]) if len(literals) == 1 else None


def _value_of(css: CssFile, name: str, brief: Brief) -> Colour | None:
    for role, token in brief.manifest.tokens.items():
        if token == name:
            return brand(brief, role)
    defined = css.custom_properties.get(name, ())
    return Colour.parse(defined[-1][1].value) if defined else None


def _placeholders(page: Page, brief: Brief) -> str:
    """A rule for placeholders that get no colour but the browser's grey, if that is hard to see on the palette's grounds."""
    fields = page.html.select("input[placeholder], textarea[placeholder]")
    coloured = any("::placeholder" in rule.prelude and rule.get("color") for sheet in page.sheets for rule in sheet.css.rules)
    faint = any(contrast(_BROWSERS_GREY, brand(brief, role)) < TEXT_RATIO for role in ("background", "surface"))
    return "::placeholder { color: inherit; opacity: 1; }\n" if fields and faint and not coloured else ""


def _backgrounds(manifest: Manifest) -> list[Background]:
    found = [manifest.hero.background, *(section.background for section in manifest.sections)]
    return [background for background in found if background is not None and background.overlay is not None]


def _needed(page: Page, background: Background, brief: Brief) -> float:
    """The least alpha at which the section's text can be read on any pixel of its picture; 0 where all is well or untold."""
    pictures = applied(page, background.selector, "background", "background-image")
    shown = any(True for one in pictures for _ in url_references(one.declaration.value))
    texts = [one for one in applied(page, background.selector, "color") if not one.rule.context]
    overlay = background.overlay or ""
    veils = applied(page, overlay, background.overlay_property, "background")
    text = _painted(page.css, texts[-1].declaration, brief) if texts else None
    veil = _painted(page.css, veils[-1].declaration, brief) if veils else None
    if not shown or text is None or veil is None:
        return 0.0
    alpha, most = veil[1].a, brief.requirements.contrast.max_overlay_alpha
    while alpha < most and _worst(text[1], veil[1], alpha) < TEXT_RATIO:
        alpha = min(most, round(alpha + _STEP, 2))
    return alpha if alpha > veil[1].a else 0.0


def _worst(text: Colour, veil: Colour, alpha: float) -> float:
    layer = Colour(veil.r, veil.g, veil.b, alpha)
    return min(contrast(text, layer.over(pixel)) for pixel in (WHITE, BLACK))


# -- checks ---------------------------------------------------------------------------------------------------------------


def check_brand(step: Step) -> Iterator[Finding]:
    """The palette's values that were right are still the brand's."""
    for role, name in step.manifest.tokens.items():
        wanted = Colour.parse(step.requirements.brand.colours[role])
        was, now = _token(step.before, name), _token(step.after, name)
        if wanted is None or was is None or not was.same(wanted):
            continue
        definition = root_definition(step.after, name)
        if now is not None and now.same(wanted):
            yield from _overridden(step, role, name, wanted)
            continue
        yield finding(
            "contrast.brand-altered",
            f"The brand's {role} colour was changed" if definition else f"{name} is no longer defined",
            subject=role,
            evidence=at(
                step.after,
                CSS,
                definition.span if definition is not None else None,
                expected=wanted.hex,
                measured=definition.value if definition is not None else "none",
            ),
        )


def _overridden(step: Step, role: ColourRole, name: str, wanted: Colour) -> Iterator[Finding]:
    """The value is still under :root, but the page as a whole gets another: on body, in some window, in a style element."""
    known = {declaration.value for _, declaration in step.before.css.custom_properties.get(name, ())}
    for sheet in step.after.sheets:
        for rule, declaration in sheet.css.custom_properties.get(name, ()):
            own = sheet.file == CSS and not rule.context and "body" not in rule.selectors
            colour = Colour.parse(substituted(step.after, declaration.value))
            if own or colour is None or colour.same(wanted) or declaration.value in known or not _page_wide(rule):
                continue
            span = Span(declaration.span.start + sheet.offset, declaration.span.end + sheet.offset)
            evidence = at(step.after, sheet.file, span, expected=wanted.hex, measured=declaration.value)
            yield finding("contrast.brand-altered", f"The brand's {role} colour is overridden", subject=role, evidence=evidence)


def _page_wide(rule: Rule) -> bool:
    """Whether a rule sets what the whole page inherits on ordinary screens; a wish for contrast or paper may differ."""
    special = re.compile(r"prefers-|forced-colors|\bprint\b", re.IGNORECASE)
    screens = all(around.lower().startswith("@media") and not special.search(around) for around in rule.context)
    return screens and bool({":root", "html", "body"} & set(rule.selectors))


def _token(page: Page, name: str) -> Colour | None:
    definition = root_definition(page, name)
    return Colour.parse(substituted(page, definition.value)) if definition is not None else None


ACTION = Action(
    id="verify-contrast",
    intent="Find and mend unreadable text",
    write_set=(CSS, HTML),
    directive=directive,
    edit=edit,
    checks=(check_brand,),
    rendered=CHECKS,
    faults=FAULTS,
)
