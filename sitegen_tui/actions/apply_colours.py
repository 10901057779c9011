"""Action 1, apply colours: the brand's palette through the tokens, and in every place that the tokens do not reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Files, Page, Step, at, changed, finding, lines, page_of
from sitegen_tui.actions.checks import colours_seen
from sitegen_tui.actions.edits.editing import insert_lines_before_end, set_attribute, set_declaration
from sitegen_tui.actions.faults.apply_colours import FAULTS
from sitegen_tui.actions.palette import holder, named_subject, of_brand, old_role, respelled, theme_tags
from sitegen_tui.domain.colour import Colour, find_colours
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.colours import ColourPlace, colour_places
from sitegen_tui.site.css import CssFile
from sitegen_tui.site.css_pieces import Declaration, Rule
from sitegen_tui.site.css_text import var_references
from sitegen_tui.site.html import HtmlFile, attribute
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
        if before and after and place.colour.same_rgb(before) and not of_brand(place.colour, brief.requirements):
            return Colour(after.r, after.g, after.b, place.colour.a)
    return None


def _set_theme_colour(html: HtmlFile, edits: Splices, value: str) -> None:
    tags = theme_tags(html.elements)
    wanted = Colour.parse(value)
    for tag in tags:
        current = Colour.parse(attribute(tag, "content") or "")
        if current is None or wanted is None or not current.same(wanted, 0, 0):
            set_attribute(html, edits, tag, "content", value)
    head = html.tag("head")
    if not tags and head is not None:
        insert_lines_before_end(html, edits, head, [f'<meta name="theme-color" content="{value}">'])


# -- checks ---------------------------------------------------------------------------------------------------------------


def check_old_palette(step: Step) -> Iterator[Finding]:
    """No colour of the template's palette is left in stylesheet, inline styles or inline SVG.

    What the manifest names (a token, a gradient ...) is one finding however many of its literals are old.
    """
    counts: dict[str, int] = {}
    for place in colour_places(step.after):
        role = old_role(place.colour, step.manifest, step.requirements)
        if role is None:
            continue
        named = named_subject(place, step.after, step.manifest)
        subject = named or f"{holder(place)} {place.name}"
        counts[subject] = counts.get(subject, 0) + 1
        if named and counts[subject] > 1:
            continue
        number = f" ({counts[subject]})" if counts[subject] > 1 else ""
        yield finding(
            "colours.hardcoded-old",
            f"The template's {role} colour is left in {place.name} of {holder(place)}",
            subject=subject + number,
            evidence=at(
                step.after,
                place.file,
                place.span,
                expected=step.requirements.brand.colours[role],
                measured=place.colour.hex,
            ),
        )


def check_theme_colour(step: Step) -> Iterator[Finding]:
    """The browser's colour is the brand's primary one."""
    wanted = step.requirements.brand.colours["primary"]
    tags = theme_tags(step.after.html.elements)
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
            lost = _replaced(step, rule, declaration)
            if lost is None:
                continue
            successor, asked = lost
            yield finding(
                "colours.literal-bypass",
                f"{declaration.name} of {rule.prelude} no longer uses {asked} but a colour literal",
                subject=f"{' '.join((*rule.context, rule.prelude))} {declaration.name}",
                evidence=at(step.after, CSS, successor.span, expected=declaration.value, measured=successor.value),
            )


def _replaced(step: Step, rule: Rule, declaration: Declaration) -> tuple[Declaration, str] | None:
    """The declaration that has a literal more where one var() less is asked for than was, and the property it lost.

    Longhands and shorthands of one family (`border-top`, `border`) may take each other's place.
    """
    asked = [name for name, _ in var_references(declaration.value)]
    if not asked or rule.prelude.startswith("@"):
        return None
    for selector in rule.selectors:
        old, new = (_family(page, selector, rule, declaration.name) for page in (step.before, step.after))
        if any(other.name == declaration.name and {*asked} <= {name for name, _ in var_references(other.value)} for other in new):
            continue
        had, kept = (Counter(name for other in side for name, _ in var_references(other.value)) for side in (old, new))
        gone = [name for name in asked if kept[name] < had[name]]
        literals = Counter({other.name: len(list(find_colours(other.value))) for other in old})
        for other in new if gone else ():
            if len(list(find_colours(other.value))) > literals[other.name]:
                return other, gone[0]
    return None


def _family(page: Page, selector: str, rule: Rule, name: str) -> list[Declaration]:
    """What a page's rules of that selector and context say of a property or of one of its family."""
    family = name if name.startswith("--") else name.partition("-")[0]
    return [
        other
        for candidate in page.css.rules_for(selector, rule.context)
        for other in candidate.declarations
        if other.name == name or (not name.startswith("--") and other.name.partition("-")[0] == family)
    ]


ACTION = Action(
    id="apply-colours",
    intent="Rebrand every colour through tokens",
    write_set=(CSS, HTML),
    directive=directive,
    edit=edit,
    checks=(check_old_palette, check_theme_colour, check_bypass),
    rendered=colours_seen.CHECKS,
    faults=FAULTS,
)
