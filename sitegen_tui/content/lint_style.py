"""Rules for a template's style sheet: tokens, derived colours, breakpoints, backgrounds and contrast traps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote_plus

from bs4 import Tag

from sitegen_tui.content.page import Declaration, attribute, pseudo_element, single_spaced, urls
from sitegen_tui.content.skeleton import STYLES, Skeleton, local_path
from sitegen_tui.content.yaml_text import FieldPath
from sitegen_tui.domain.colour import Colour, contrast, find_colours
from sitegen_tui.domain.template import Background, ColourRole

BREAKPOINTS = (767, 1023)
MIN_CUSTOM_PROPERTIES = 10
TRAPS = (4, 8)


def syntax(subject: Skeleton) -> None:
    """The sheet has no syntax errors."""
    for line, message in subject.page.style.errors:
        subject.say_in(STYLES, line, f"broken CSS: {message}", "mend it")


def tokens(subject: Skeleton) -> None:
    """Each token is defined under `:root` with the old palette's value."""
    root = subject.page.style.root
    if len(root) < MIN_CUSTOM_PROPERTIES:
        said = f":root defines {len(root)} custom properties, {MIN_CUSTOM_PROPERTIES} are asked for"
        subject.say_in(STYLES, None, said, "name more values", subject.count_severity)
    for role, token in subject.manifest.tokens.items():
        old = subject.manifest.palette_old.get(role)
        if token not in root:
            said = f"{token} is not defined under :root"
            subject.say_in(STYLES, None, said, f"add {token}: {old};", name=f"tokens.{role}")
        elif old and Colour.parse(root[token].value) != Colour.parse(old):
            said = f"{token} is {root[token].value}, and palette_old.{role} is {old}"
            subject.say_in(STYLES, root[token].line, said, "make them agree", name=f"tokens.{role}")


def fonts(subject: Skeleton) -> None:
    """Each family is named by its token, asked for by a loader and applied to something."""
    links = [attribute(tag, "href") for tag in subject.page.select('link[rel~="stylesheet"]') or ()]
    asked = {
        family.split(":")[0].lower()
        for link in links
        if "fonts.googleapis.com" in link
        for family in re.findall(r"family=([^&]+)", unquote_plus(link))
    }
    root = subject.page.style.root
    for role, font in subject.manifest.fonts.items():
        path: FieldPath = ("fonts", role)
        subject.expect((*path, "applies_to"), font.applies_to, one=False)
        if font.token not in root:
            said = f"{font.token} is not defined under :root"
            mend = f'add {font.token}: "{font.family}", with a generic family'
            subject.say_in(STYLES, None, said, mend, name=f"fonts.{role}.token")
        else:
            families = [name.strip().strip("\"'") for name in root[font.token].value.split(",")]
            if families[0] != font.family:
                subject.say((*path, "family"), f"{font.token} begins with {families[0]}", f"write {families[0]}")
            elif len(families) < 2:
                said = f"{font.token} has no generic family"
                subject.say_in(STYLES, root[font.token].line, said, "end it with serif or sans-serif")
        if font.family.lower() not in asked:
            mend = f"add {font.family} to the Google Fonts stylesheet link"
            subject.say((*path, "family"), f"no stylesheet link asks for {font.family}", mend)


def derived(subject: Skeleton) -> None:
    """Gradients, overlays and tints stand in the sheet with the colours the manifest names."""
    listed = subject.manifest.derived
    for at, gradient in enumerate(listed.gradients):
        path: FieldPath = ("derived", "gradients", at)
        wanted = [_old(subject, role) for role in gradient.roles]
        painted = [one for one in _painting(subject, path, gradient.selector, gradient.property) if "gradient(" in one.value]
        if painted and not any(_same_stops(subject.page.style.colours(one.value), wanted) for one in painted):
            said = f"its stops are not {', '.join(gradient.roles)}: {painted[0].value[:80]}"
            subject.say((*path, "roles"), said, "list the stops' roles in order")
        elif not painted:
            subject.say(path, f"no gradient is painted on {gradient.selector!r}", "mend selector or property")
    for at, overlay in enumerate(listed.overlays):
        _layer(subject, ("derived", "overlays", at), overlay.selector, overlay.property, overlay.role, overlay.alpha)
    for at, tint in enumerate(listed.tints):
        _layer(subject, ("derived", "tints", at), tint.selector, tint.property, tint.role, None)


def _painting(subject: Skeleton, path: FieldPath, selector: str, property_name: str) -> list[Declaration]:
    if subject.expect((*path, "selector"), selector, one=False):
        return subject.page.painting(selector, property_name)
    return []


def _layer(subject: Skeleton, path: FieldPath, selector: str, property_name: str, role: ColourRole, alpha: float | None) -> None:
    wanted = _old(subject, role)
    painted = _painting(subject, path, selector, property_name)
    found = [colour for one in painted for colour in subject.page.style.colours(one.value)]
    if wanted is None or subject.page.select(selector) == ():
        return
    if not any(colour.same_rgb(wanted) for colour in found):
        said = f"no rule paints {role} on {selector!r} through {property_name}"
        subject.say(path, said, f"mend selector, property or role, or the rule in {STYLES}")
    elif alpha is not None and not any(colour.same(Colour(wanted.r, wanted.g, wanted.b, alpha)) for colour in found):
        has = ", ".join(f"{colour.a:g}" for colour in found if colour.same_rgb(wanted))
        subject.say((*path, "alpha"), f"the rule's alpha is {has}", f"write alpha: {has.split(',')[0]}")


def _old(subject: Skeleton, role: ColourRole) -> Colour | None:
    return Colour.parse(subject.manifest.palette_old.get(role, ""))


def _same_stops(stops: list[Colour], wanted: list[Colour | None]) -> bool:
    return len(stops) == len(wanted) and all(
        colour is not None and stop.same_rgb(colour) for stop, colour in zip(stops, wanted, strict=True)
    )


def derived_counts(subject: Skeleton) -> None:
    """Two gradients; two overlays, one in a pseudo-element, one a literal; a tint at rest and one scrolled."""
    listed, severity = subject.manifest.derived, subject.count_severity
    if len(listed.gradients) < 2:
        said = f"has {len(listed.gradients)} gradients, two are asked for"
        subject.say(("derived", "gradients"), said, "add a gradient of brand colours", severity)
    if len(listed.overlays) < 2:
        said = f"has {len(listed.overlays)} overlays, two are asked for"
        subject.say(("derived", "overlays"), said, "add an overlay", severity)
    if not any(pseudo_element(one.selector) for one in listed.overlays):
        subject.say(("derived", "overlays"), "none is a pseudo-element", "paint one on ::before or ::after", severity)
    old = [colour for role in subject.manifest.palette_old if (colour := _old(subject, role))]
    literals = [
        colour
        for _, one in subject.page.style.declarations()
        if not one.property.startswith("--")
        for _, _, colour in find_colours(one.value)
        if any(colour.same_rgb(other, 0) for other in old)
    ]
    if not any(colour.a < 1 for colour in literals):
        said = "no rgba() literal of an old colour is there"
        subject.say_in(STYLES, None, said, "write one overlay with rgba()", severity)
    if not any(colour.a == 1 for colour in literals):
        said = "no old colour is written out in a rule"
        subject.say_in(STYLES, None, said, "write one colour as a literal where a token could stand", severity)
    scrolls = {tint.scroll_y > 0 for tint in listed.tints}
    if scrolls != {True, False}:
        said = "needs the header's tint at rest and scrolled"
        subject.say(("derived", "tints"), said, "add a tint with scroll_y: 0 and one with scroll_y: 200", severity)


def breakpoints(subject: Skeleton) -> None:
    """The sheet changes at both breakpoints."""
    conditions = " ".join(part for rule in subject.page.style.rules for part in rule.conditions)
    for width in BREAKPOINTS:
        if not re.search(rf"(?<!\d)(?:{width}(?:\.98)?|{width + 1})px", conditions):
            mend = f"add @media (max-width: {width}px)"
            subject.say_in(STYLES, None, f"has no breakpoint at {width} px", mend, subject.count_severity)


def backgrounds(subject: Skeleton) -> None:
    """Each background's element is painted with a picture that is there, and each overlay can be found."""
    one = subject.manifest.hero.background
    if one:
        _background(subject, ("hero", "background"), one)
    for index, section in enumerate(subject.manifest.sections):
        if section.background:
            _background(subject, ("sections", index, "background"), section.background)
    for rule, declaration in subject.page.style.declarations():
        for reference in urls(declaration.value):
            path = local_path(reference, "css/")
            if path is not None and path not in subject.files:
                said = f"{reference} leads to no file ({rule.prelude})"
                subject.say_in(STYLES, declaration.line, said, "add the file or mend the path")


def _background(subject: Skeleton, path: FieldPath, background: Background) -> None:
    found = subject.expect((*path, "selector"), background.selector)
    inline = any("url(" in attribute(tag, "style") for tag in found)
    painted = subject.page.painting(background.selector, "background-image")
    if found and not inline and not any(urls(subject.page.style.resolve(one.value)) for one in painted):
        said = f"no rule paints a picture on {background.selector!r}"
        subject.say((*path, "selector"), said, "name the element whose background-image is the picture")
    if background.overlay and subject.expect((*path, "overlay"), background.overlay):
        layers = subject.page.painting(background.overlay, background.overlay_property)
        if not any(subject.page.style.colours(one.value) for one in layers):
            said = f"no rule paints {background.overlay!r} through {background.overlay_property}"
            subject.say((*path, "overlay"), said, "mend overlay or overlay_property")


def traps(subject: Skeleton) -> None:
    """Four to eight, one a control and one a hover state; each stands in the sheet and is readable in the skeleton."""
    listed, severity = subject.manifest.traps, subject.count_severity
    if not TRAPS[0] <= len(listed) <= TRAPS[1]:
        said = f"there are {len(listed)}, {TRAPS[0]} to {TRAPS[1]} are asked for"
        subject.say(("traps",), said, "add or remove traps", severity)
    if not any(trap.kind == "control" and trap.property in ("border-color", "outline-color") for trap in listed):
        subject.say(("traps",), "none is a control's border", "add one with kind: control", severity)
    if not any(trap.state == "hover" for trap in listed):
        subject.say(("traps",), "none is a hover state", "add one with state: hover", severity)
    for index, trap in enumerate(listed):
        path: FieldPath = ("traps", index)
        found = subject.expect((*path, "selector"), trap.selector, one=False)
        if found and trap.kind == "text" and all(_for_eyes_alone(tag) for tag in found):
            said = f"{trap.selector!r} names decoration (aria-hidden), whose contrast is not judged"
            subject.say((*path, "selector"), said, "name words that are read out, or take aria-hidden away")
        values = _set_by(subject, trap.css_selector, trap.property)
        colours = [_old(subject, trap.foreground), _old(subject, trap.ground)]
        if not values:
            said = f"no rule {trap.css_selector!r} sets {trap.property} in {STYLES}"
            subject.say((*path, "css_selector"), said, "copy the rule's selector as it is written there")
        elif not any(
            painted.same_rgb(colour)
            for value in values
            for painted in subject.page.style.colours(value)
            for colour in colours
            if colour
        ):
            said = f"the rule's colour is neither {trap.foreground} nor {trap.ground}"
            subject.say((*path, "foreground"), said, "name the role the rule uses")
        needed = 4.5 if trap.kind == "text" else 3.0
        fore, ground = colours
        if fore and ground and contrast(fore, ground) < needed:
            said = f"is unreadable in the skeleton already: {contrast(fore, ground):.2f}, needed {needed}"
            subject.say(path, said, "change palette_old so that only the brand's palette springs the trap", "warning")


def _for_eyes_alone(tag: Tag) -> bool:
    return any(attribute(one, "aria-hidden") == "true" for one in (tag, *tag.parents))


def _set_by(subject: Skeleton, css_selector: str, property_name: str) -> Iterable[str]:
    wanted = single_spaced(css_selector)
    shorthand = property_name.removesuffix("-color")
    names = {property_name} if property_name == "color" else {property_name, shorthand}
    return [
        declaration.value
        for rule, declaration in subject.page.style.declarations()
        if declaration.property in names and (wanted == rule.prelude or wanted in rule.selectors)
    ]


RULES: tuple[Callable[[Skeleton], None], ...] = (
    syntax,
    tokens,
    fonts,
    derived,
    derived_counts,
    breakpoints,
    backgrounds,
    traps,
)
