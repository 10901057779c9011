"""What models do wrong when they look for unreadable text and mend it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import CSS, HTML, Brief, Fault, Files, Mutation, Page, changed, page_of
from sitegen_tui.actions.checks.measure import substituted
from sitegen_tui.actions.edits.editing import append_css, set_declaration
from sitegen_tui.actions.traps import BLACK, WHITE, brand, faded, rules_of
from sitegen_tui.domain.colour import Colour, contrast
from sitegen_tui.domain.template import ColourRole, Section, Trap
from sitegen_tui.site.cascade import applied_to
from sitegen_tui.site.css import parse_css
from sitegen_tui.site.html import parse_html
from sitegen_tui.site.source import Splices

_Fits = Callable[[Trap], bool]


def _text(trap: Trap) -> bool:
    return trap.kind == "text" and trap.state == "rest" and trap.property == "color"


def _state(trap: Trap) -> bool:
    return trap.kind == "text" and trap.state != "rest" and trap.property == "color"


def _border(trap: Trap) -> bool:
    return trap.kind == "control"


# -- left as it was ---------------------------------------------------------------------------------------------------------


def _kept(fits: _Fits) -> Mutation:
    """Places of a kind are forgotten."""
    return lambda before, after, brief, rng: _restored(before, after, brief, fits)


def _one_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """One text is overlooked."""
    texts = [trap for trap in brief.manifest.traps if trap.kind == "text" and trap.state == "rest"]
    chosen = rng.choice(texts) if texts else None
    return _restored(before, after, brief, lambda trap: trap == chosen)


def _restored(before: Files, after: Files, brief: Brief, fits: _Fits) -> dict[str, str] | None:
    old, new = parse_css(before.get(CSS, "")), parse_css(after.get(CSS, ""))
    edits = Splices(new.text)
    for trap in filter(fits, brief.manifest.traps):
        for source, target in zip(rules_of(old, trap), rules_of(new, trap), strict=False):
            edits.replace(target.body, old.source(source.body))
    return None if edits.empty else changed(after, {CSS: edits.result()})


def _text_hidden(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """What cannot be read is not shown."""
    texts = [trap for trap in brief.manifest.traps if trap.kind == "text" and trap.state == "rest"]
    if not texts:
        return None
    return {CSS: after.get(CSS, "").rstrip() + f"\n\n{rng.choice(texts).selector} {{ visibility: hidden; }}\n"}


_BLOCKS = "h1, h2, h3, h4, p, ul, ol, dl"

# -- mended too little ------------------------------------------------------------------------------------------------------


def _at(ratio: float, fits: _Fits) -> Mutation:
    """A place of a kind gets a colour of its own whose contrast is just under `ratio`."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        # A whole section may have nothing but large words, for which less contrast is enough.
        traps = [
            trap
            for trap in brief.manifest.traps
            if fits(trap) and any(element.select_one(_BLOCKS) is None for element in html.select(trap.selector))
        ]
        trap = rng.choice(traps) if traps else None
        if trap is None:
            return None
        ground = brand(brief, trap.ground)
        colour = faded(_strongest(ground), ground, ratio)
        css = parse_css(after.get(CSS, ""))
        edits = Splices(css.text)
        for rule in rules_of(css, trap) if colour is not None else ():
            if rule.get(trap.property) is not None or trap.property == "color":
                set_declaration(css, edits, rule, trap.property, colour.hex if colour is not None else "")
        if edits.empty and colour is not None:
            return changed(after, {CSS: append_css(css.text, f"{trap.css_selector} {{ {trap.property}: {colour.hex}; }}")})
        return None if edits.empty else changed(after, {CSS: edits.result()})

    return apply


def _strongest(ground: Colour) -> Colour:
    return max((WHITE, BLACK), key=lambda one: contrast(one, ground))


# -- the brand altered ------------------------------------------------------------------------------------------------------


def _brand_replaced(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The accent gives way to a blue, on which the same text can be read."""
    light = _strongest(brand(brief, "accent")) == BLACK
    return _redefined(after, brief.manifest.tokens["accent"], "#9fd3ff" if light else "#0b2a4a")


def _brand_darkened(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The colour is darkened instead of exchanged."""
    roles: list[ColourRole] = [trap.foreground for trap in brief.manifest.traps]
    role: ColourRole = rng.choice(roles) if roles else "accent"
    colour = brand(brief, role)
    return _redefined(after, brief.manifest.tokens[role], Colour(colour.r * 0.6, colour.g * 0.6, colour.b * 0.6).hex)


def _token_aliased(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The muted text becomes the text colour everywhere."""
    return _redefined(after, brief.manifest.tokens["text_muted"], f"var({brief.manifest.tokens['text']})")


def _brand_shifted(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """One channel of a colour is a few steps off."""
    role: ColourRole = rng.choice(("primary", "secondary", "accent", "text_muted"))
    r, g, b = brand(brief, role).rgb
    return _redefined(after, brief.manifest.tokens[role], Colour(r, max(0, g - 6) if g > 127 else g + 6, b).hex)


def _redefined(after: Files, token: str, value: str) -> dict[str, str] | None:
    css = parse_css(after.get(CSS, ""))
    edits = Splices(css.text)
    for rule, declaration in css.custom_properties.get(token, ()):
        if ":root" in rule.selectors:
            edits.replace(declaration.value_span, value)
    return None if edits.empty else changed(after, {CSS: edits.result()})


# -- made unreadable --------------------------------------------------------------------------------------------------------


def _paled(ratio: float) -> Mutation:
    """A heading that was readable gets a colour whose contrast is just under `ratio`."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        page = page_of(after, brief)
        found = [(section, ground) for section in brief.manifest.sections if (ground := _heading_ground(page, section)) is not None]
        section, ground = rng.choice(found) if found else (None, None)
        colour = faded(_strongest(ground), ground, ratio) if ground is not None else None
        if section is None or colour is None:
            return None
        return {CSS: append_css(after[CSS], f"{section.selector} h2 {{ color: {colour.hex}; }}")}

    return apply


def _heading_ground(page: Page, section: Section) -> Colour | None:
    """The plain colour that a section's heading stands on; None where there is none, or none that files can tell."""
    heading = page.html.one(f"{section.selector} h2")
    if section.background is not None or CSS not in page.files:
        return None
    element: Element | None = heading
    while element is not None:
        declared = [one for one in applied_to(page, (element,), "", "background", "background-color") if not one.rule.context]
        value = substituted(page, declared[-1].declaration.value) if declared else ""
        colour = Colour.parse(value)
        if value and (colour is None or colour.a > 0):
            return colour if colour is not None and colour.a >= 1 else None
        element = element.parent if isinstance(element.parent, Element) else None
    return None


FAULTS = (
    Fault("contrast-texts-kept", ("contrast.below-aa",), _kept(_text), "blatant", 0.5),
    Fault("contrast-text-kept", ("contrast.below-aa",), _one_kept, "realistic", 2.0),
    Fault("contrast-text-hidden", ("contrast.below-aa",), _text_hidden, "realistic", 0.5),
    Fault("contrast-text-nearly", ("contrast.below-aa",), _at(4.45, _text), "subtle", 0.5),
    Fault("contrast-border-unseen", ("contrast.ui-below-aa",), _at(1.2, _border), "blatant", 0.0),
    Fault("contrast-border-pale", ("contrast.ui-below-aa",), _at(2.0, _border), "realistic", 0.3),
    Fault("contrast-border-kept", ("contrast.ui-below-aa",), _kept(_border), "subtle"),
    Fault("contrast-border-nearly", ("contrast.ui-below-aa",), _at(2.95, _border), "subtle", 0.0),
    Fault("contrast-state-unseen", ("contrast.state-below-aa",), _at(1.5, _state), "blatant", 0.0),
    Fault("contrast-state-pale", ("contrast.state-below-aa",), _at(3.0, _state), "realistic", 0.3),
    Fault("contrast-state-kept", ("contrast.state-below-aa",), _kept(lambda trap: trap.state != "rest"), "subtle"),
    Fault("contrast-state-nearly", ("contrast.state-below-aa",), _at(4.45, _state), "subtle", 0.0),
    Fault("contrast-brand-replaced", ("contrast.brand-altered",), _brand_replaced, "blatant", 0.3),
    # A text that was mended by dark on the accent cannot be read on a darker one.
    Fault("contrast-brand-darkened", ("contrast.brand-altered",), _brand_darkened, also=("contrast.below-aa",)),
    Fault("contrast-token-aliased", ("contrast.brand-altered",), _token_aliased, "subtle", 0.5),
    Fault("contrast-brand-shifted", ("contrast.brand-altered",), _brand_shifted, "subtle", 0.0),
    Fault("contrast-heading-paled", ("contrast.new-failure",), _paled(2.15), "blatant", 0.0),
    Fault("contrast-heading-faint", ("contrast.new-failure",), _paled(2.6), "realistic", 0.3),
    Fault("contrast-heading-nearly", ("contrast.new-failure",), _paled(2.95), "subtle", 0.0),
)
