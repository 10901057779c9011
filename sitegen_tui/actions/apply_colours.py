"""Action 1, apply colours: the brand's palette through the tokens, and in every place that the tokens do not reach."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Fault, Files, Page, Step, at, changed, finding, lines, page_of
from sitegen_tui.actions.editing import insert_lines_before_end, set_attribute, set_declaration
from sitegen_tui.domain.colour import Colour, find_colours
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import COLOUR_ROLES, ColourRole, Manifest
from sitegen_tui.site.cascade import applied
from sitegen_tui.site.colours import ColourPlace, colour_places
from sitegen_tui.site.css import CssFile, Declaration, Rule, parse_css, var_references
from sitegen_tui.site.html import HtmlFile, attribute, parse_html
from sitegen_tui.site.source import Span, Splices


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    colours, old = requirements.brand.colours, manifest.palette_old
    derived = manifest.derived
    return lines(
        "Rebrand every colour of the site. Set these custom properties under :root (old value, new value):",
        *(f"- {token}: {old.get(role, 'unset')} becomes {colours[role]}" for role, token in manifest.tokens.items()),
        "Colours that are not tokens follow them:" if derived.gradients or derived.overlays or derived.tints else "",
        *(f"- gradient on {one.selector}: its stops are, in this order, {', '.join(one.roles)}" for one in derived.gradients),
        *(
            f"- overlay on {one.selector} ({one.property}): RGB of {one.role}, alpha stays {one.alpha:g}"
            for one in derived.overlays
        ),
        *(f"- header tint on {one.selector}{_scrolled(one.scroll_y)}: RGB of {one.role}, alpha stays" for one in derived.tints),
        "No colour of the old palette may be left anywhere in css/styles.css, inline styles or inline SVG, in any notation "
        "(hex, rgb, rgba) or at any alpha: put the new colour of the same role in its place and keep its alpha.",
        f'The page\'s <meta name="theme-color"> is {colours["primary"]}.',
        "Keep every var() as it is: do not write a colour literal where the stylesheet uses a custom property.",
    )


def _scrolled(scroll_y: int) -> str:
    return " after scrolling" if scroll_y else ""


# -- the reference edit ---------------------------------------------------------------------------------------------------


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Give the tokens their values, put the new colour in place of each old one, and set the theme colour."""
    page = page_of(files, brief)
    edits = {CSS: Splices(page.css.text), HTML: Splices(page.html.text)}
    done = _set_tokens(page.css, edits[CSS], brief)
    for place in colour_places(page):
        if any(span.start <= place.span.start < span.end for span in done) and place.file == CSS:
            continue
        new = _successor(place, brief)
        if new is not None:
            text = page.files[place.file][place.span.start : place.span.end]
            edits[place.file].replace(place.span, respelled(text, new))
    _set_theme_colour(page.html, edits[HTML], brief.requirements.brand.colours["primary"])
    return changed(files, {path: splices.result() for path, splices in edits.items() if path in files})


def _set_tokens(css: CssFile, edits: Splices, brief: Brief) -> list[Span]:
    """Set the tokens under :root; returns the ranges that are dealt with."""
    done: list[Span] = []
    root = next((rule for rule in css.rules_for(":root", ()) if rule.declarations), None)
    for role, token in brief.manifest.tokens.items():
        value = brief.requirements.brand.colours[role]
        wanted = Colour.parse(value)
        defined = [declaration for rule, declaration in css.custom_properties.get(token, ()) if ":root" in rule.selectors]
        for declaration in defined:
            done.append(declaration.span)
            current = Colour.parse(declaration.value)
            if current is None or wanted is None or not current.same(wanted, 0, 0):
                edits.replace(declaration.value_span, value)
        if not defined and root is not None:
            set_declaration(css, edits, root, token, value)
    return done


def _successor(place: ColourPlace, brief: Brief) -> Colour | None:
    """The brand colour of the role whose old colour stands here, alpha kept."""
    for role, old in brief.manifest.palette_old.items():
        before = Colour.parse(old)
        after = Colour.parse(brief.requirements.brand.colours[role])
        if before and after and place.colour.same_rgb(before) and not _of_brand(place.colour, brief.requirements):
            return Colour(after.r, after.g, after.b, place.colour.a)
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


def _set_theme_colour(html: HtmlFile, edits: Splices, value: str) -> None:
    tags = [element for element in html.elements if element.tag == "meta" and _is_theme_colour(attribute(element, "name"))]
    wanted = Colour.parse(value)
    for tag in tags:
        current = Colour.parse(attribute(tag, "content") or "")
        if current is None or wanted is None or not current.same(wanted, 0, 0):
            set_attribute(html, edits, tag, "content", value)
    head = html.tag("head")
    if not tags and head is not None:
        insert_lines_before_end(html, edits, head, [f'<meta name="theme-color" content="{value}">'])


def _is_theme_colour(name: str | None) -> bool:
    return (name or "").strip().lower() == "theme-color"


# -- checks ---------------------------------------------------------------------------------------------------------------


def check_old_palette(step: Step) -> Iterator[Finding]:
    """No colour of the template's palette is left in stylesheet, inline styles or inline SVG."""
    counts: dict[str, int] = {}
    for place in colour_places(step.after):
        role = _old_role(place.colour, step)
        if role is None:
            continue
        subject = _subject(place, step)
        counts[subject] = counts.get(subject, 0) + 1
        number = f" ({counts[subject]})" if counts[subject] > 1 else ""
        yield finding(
            "colours.hardcoded-old",
            f"The template's {role} colour is left in {place.name} of {_holder(place)}",
            subject=subject + number,
            evidence=at(
                step.after,
                place.file,
                place.span,
                expected=step.requirements.brand.colours[role],
                measured=place.colour.hex,
            ),
        )


def _of_brand(colour: Colour, requirements: Requirements) -> bool:
    brand = (Colour.parse(value) for value in requirements.brand.colours.values())
    return any(one is not None and one.same_rgb(colour) for one in brand)


def _old_role(colour: Colour, step: Step) -> ColourRole | None:
    if _of_brand(colour, step.requirements):
        return None
    for role in COLOUR_ROLES:
        old = Colour.parse(step.manifest.palette_old.get(role, ""))
        if old is not None and old.same_rgb(colour):
            return role
    return None


def _subject(place: ColourPlace, step: Step) -> str:
    """The token or derived colour that the place belongs to by its name in the manifest, else where it stands."""
    for role, token in step.manifest.tokens.items():
        if place.name == token:
            return role
    derived = step.manifest.derived
    for one in (*derived.gradients, *derived.overlays, *derived.tints) if place.rule is not None else ():
        reaching = applied(step.after, one.selector, one.property, one.property.partition("-")[0])
        if any(entry.rule == place.rule and entry.declaration.name == place.name for entry in reaching):
            return one.id
    return f"{_holder(place)} {place.name}"


def _holder(place: ColourPlace) -> str:
    if place.rule is not None:
        return " ".join((*place.rule.context, place.rule.prelude))
    return f"<{place.element.tag}>" if place.element is not None else place.file


def check_theme_colour(step: Step) -> Iterator[Finding]:
    """The browser's colour is the brand's primary one."""
    wanted = step.requirements.brand.colours["primary"]
    tags = [e for e in step.after.html.elements if e.tag == "meta" and _is_theme_colour(attribute(e, "name"))]
    wrong = [tag for tag in tags if not _same(attribute(tag, "content") or "", wanted)]
    if tags and not wrong:
        return
    tag = wrong[0] if wrong else None
    yield finding(
        "colours.theme-color-missed",
        "The page's theme-color is not the primary colour" if tag else "The page has no theme-color",
        subject="theme-color",
        evidence=at(
            step.after,
            HTML,
            step.after.html.start_tag(tag) if tag is not None else None,
            expected=wanted,
            measured=(attribute(tag, "content") or "") if tag is not None else "none",
        ),
    )


def _same(text: str, wanted: str) -> bool:
    colour, other = Colour.parse(text), Colour.parse(wanted)
    return colour is not None and other is not None and colour.same(other)


def check_bypass(step: Step) -> Iterator[Finding]:
    """Where the input used a custom property, no literal stands now."""
    if step.before.css.text == step.after.css.text:
        return
    for rule in step.before.css.rules:
        for declaration in rule.declarations:
            lost = _replaced(step.after, rule, declaration)
            if lost is None:
                continue
            successor, asked = lost
            yield finding(
                "colours.literal-bypass",
                f"{declaration.name} of {rule.prelude} no longer uses {asked} but a colour literal",
                subject=f"{' '.join((*rule.context, rule.prelude))} {declaration.name}",
                evidence=at(step.after, CSS, successor.span, expected=declaration.value, measured=successor.value),
            )


def _replaced(after: Page, rule: Rule, declaration: Declaration) -> tuple[Declaration, str] | None:
    """The declaration that has a literal more and a var() less than this one had, and the property it lost."""
    asked = [name for name, _ in var_references(declaration.value)]
    if not asked or rule.prelude.startswith("@"):
        return None
    literals = len(list(find_colours(declaration.value)))
    family = declaration.name if declaration.name.startswith("--") else declaration.name.partition("-")[0]
    for selector in rule.selectors:
        own = [
            other
            for candidate in after.css.rules_for(selector, rule.context)
            for other in candidate.declarations
            if other.name == declaration.name or (not declaration.name.startswith("--") and other.name.partition("-")[0] == family)
        ]
        kept = {name for other in own for name, _ in var_references(other.value)}
        gone = [name for name in asked if name not in kept]
        for other in own if gone else ():
            if len(list(find_colours(other.value))) > (literals if other.name == declaration.name else 0):
                return other, gone[0]
    return None


# -- faults ---------------------------------------------------------------------------------------------------------------


def _hardcoded_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """One literal that no token reaches keeps its old colour."""
    return _reverted(after, brief, rng, lambda place: place.rule is not None and not place.name.startswith("--"))


def _svg_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A drawing keeps its old fill."""
    return _reverted(after, brief, rng, lambda place: place.element is not None)


def _token_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A token keeps its old value."""
    tokens = set(brief.manifest.tokens.values())
    return _reverted(after, brief, rng, lambda place: place.name in tokens)


def _reverted(after: Files, brief: Brief, rng: Random, fits: Callable[[ColourPlace], bool]) -> dict[str, str] | None:
    old = brief.manifest.palette_old
    roles: dict[tuple[int, int, int], ColourRole] = {
        colour.rgb: role
        for role, value in brief.requirements.brand.colours.items()
        if role in old and (colour := Colour.parse(value)) is not None
    }
    places = [place for place in colour_places(page_of(after, brief)) if fits(place) and place.colour.rgb in roles]
    if not places:
        return None
    place = rng.choice(places)
    before = Colour.parse(old[roles[place.colour.rgb]])
    if before is None:
        return None
    text = after[place.file]
    edits = Splices(text)
    new = Colour(before.r, before.g, before.b, place.colour.a)
    edits.replace(place.span, respelled(text[place.span.start : place.span.end], new))
    return changed(after, {place.file: edits.result()})


def _theme_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The head is forgotten."""
    html = parse_html(after.get(HTML, ""))
    edits = Splices(html.text)
    for element in html.elements:
        if element.tag == "meta" and _is_theme_colour(attribute(element, "name")):
            set_attribute(html, edits, element, "content", brief.manifest.palette_old["primary"])
    return None if edits.empty else changed(after, {HTML: edits.result()})


def _bypassed(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A var() becomes the brand's literal."""
    css = parse_css(after.get(CSS, ""))
    values = {token: brief.requirements.brand.colours[role] for role, token in brief.manifest.tokens.items()}
    whole = [
        (declaration, values[name])
        for rule in css.rules
        for declaration in rule.declarations
        for name, _ in var_references(declaration.value)
        if name in values and declaration.value == f"var({name})" and not declaration.name.startswith("--")
    ]
    if not whole:
        return None
    declaration, value = rng.choice(whole)
    edits = Splices(css.text)
    edits.replace(declaration.value_span, value)
    return changed(after, {CSS: edits.result()})


ACTION = Action(
    id="apply-colours",
    intent="Rebrand every colour through tokens",
    write_set=(CSS, HTML),
    directive=directive,
    edit=edit,
    checks=(check_old_palette, check_theme_colour, check_bypass),
    faults=(
        Fault("colours-literal-kept", ("colours.hardcoded-old",), _hardcoded_kept),
        Fault("colours-svg-kept", ("colours.hardcoded-old",), _svg_kept, "subtle"),
        Fault("colours-token-kept", ("colours.hardcoded-old",), _token_kept, "blatant", 0.5),
        Fault("colours-theme-kept", ("colours.theme-color-missed",), _theme_kept, "subtle"),
        Fault("colours-var-bypassed", ("colours.literal-bypass",), _bypassed, "realistic", 0.5),
    ),
)
