"""What the palette's edit, checks and faults share: which role an old colour had, and which part of the manifest a literal is."""

from __future__ import annotations

import re
from functools import lru_cache

from turbohtml import Element

from sitegen_tui.domain.colour import Colour
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import COLOUR_ROLES, ColourRole, Gradient, Manifest, Overlay, Tint
from sitegen_tui.site.cascade import applied
from sitegen_tui.site.colours import ColourPlace
from sitegen_tui.site.css_pieces import Rule
from sitegen_tui.site.html import attribute, classes
from sitegen_tui.site.page import Page

_CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
_DATA = re.compile(r"\[data-[\w-]+[^\]]*\]")


def brand(requirements: Requirements, role: ColourRole) -> Colour:
    """The brand's colour of a role."""
    return Colour.parse(requirements.brand.colours[role]) or Colour(0, 0, 0)


def of_brand(colour: Colour, requirements: Requirements) -> bool:
    """Whether a colour, at any alpha, is one of the brand's."""
    return _among(colour, tuple(requirements.brand.colours.values()))


@lru_cache(maxsize=2048)
def _among(colour: Colour, values: tuple[str, ...]) -> bool:
    found = map(Colour.parse, values)
    return any(one is not None and one.same_rgb(colour) for one in found)


def old_role(colour: Colour, manifest: Manifest, requirements: Requirements) -> ColourRole | None:
    """The role that a colour, at any alpha, has in the template's palette; None if it has none, or is the brand's as well."""
    return _old_role(colour, tuple(manifest.palette_old.items()), tuple(requirements.brand.colours.values()))


@lru_cache(maxsize=2048)
def _old_role(colour: Colour, palette: tuple[tuple[ColourRole, str], ...], brand: tuple[str, ...]) -> ColourRole | None:
    if _among(colour, brand):
        return None
    olds = dict(palette)
    for role in COLOUR_ROLES:
        old = Colour.parse(olds.get(role, ""))
        if old is not None and old.same_rgb(colour):
            return role
    return None


def respelled(text: str, colour: Colour) -> str:
    """A colour in the notation of the literal that it replaces: rgb() with commas or spaces, else hex."""
    match = re.match(r"(rgba?)\(", text, re.IGNORECASE)
    if match is None:
        return colour.hex.upper() if text[1:] == text[1:].upper() else colour.hex
    r, g, b = colour.rgb
    body = text[match.end() : -1]
    if "," in body:
        alpha = body.rsplit(",", 1)[1] if body.count(",") == 3 else None
        return f"{match[1]}({r}, {g}, {b}" + (f",{alpha})" if alpha else ")")
    alpha = body.rsplit("/", 1)[1] if "/" in body else None
    return f"{match[1]}({r} {g} {b}" + (f" /{alpha})" if alpha else ")")


def theme_tags(elements: tuple[Element, ...]) -> list[Element]:
    """The meta elements that name the browser's colour."""
    return [e for e in elements if e.tag == "meta" and (attribute(e, "name") or "").strip().lower() == "theme-color"]


def named_subject(place: ColourPlace, page: Page, manifest: Manifest) -> str:
    """The token's role, or the id of the gradient, overlay or tint, that a literal belongs to; empty if it is none of them."""
    for role, token in manifest.tokens.items():
        if place.name == token:
            return role
    derived = manifest.derived
    parts: tuple[Gradient | Overlay | Tint, ...] = (*derived.gradients, *derived.overlays, *_by_state(derived.tints))
    for one in parts if place.rule is not None else ():
        names = (one.property, one.property.partition("-")[0])
        if any(entry.rule == place.rule and entry.declaration.name == place.name for entry in applied(page, one.selector, *names)):
            return one.id
    scrolled = [one for one in _by_state(derived.tints) if one.scroll_y and place.name in (one.property, "background")]
    rule = place.rule
    return next((one.id for one in scrolled if rule is not None and reaches_in_a_state(page, rule, one.selector)), "")


def _by_state(tints: tuple[Tint, ...]) -> list[Tint]:
    """The tint at rest first, so that a rule for every state is its."""
    return sorted(tints, key=lambda one: one.scroll_y)


def reaches_in_a_state(page: Page, rule: Rule, selector: str) -> bool:
    """Whether a rule reaches what `selector` finds once a script has given the page a class or data attribute it has not."""
    wanted = set(page.html.select(selector))
    known = _classes(page)
    for one in rule.selectors:
        bare = _CLASS.sub(lambda m: m[0] if m[1] in known else "", one)
        bare = _DATA.sub(lambda m: m[0] if page.html.select(m[0]) else "", bare).strip()
        if bare != one and bare and wanted & set(page.html.select(bare)):
            return True
    return False


@lru_cache(maxsize=64)
def _classes(page: Page) -> frozenset[str]:
    return frozenset(name for element in page.html.elements for name in classes(element))


def holder(place: ColourPlace) -> str:
    """The rule, element or file that holds a literal, in words."""
    if place.rule is not None:
        return " ".join((*place.rule.context, place.rule.prelude))
    return f"<{place.element.tag}>" if place.element is not None else place.file
