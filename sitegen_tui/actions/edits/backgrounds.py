"""The reference edit's part for pictures behind hero and sections: picture, position, size and the overlay's strength."""

from __future__ import annotations

import math
import posixpath
import re

from sitegen_tui.actions.base import CSS, Brief, Page
from sitegen_tui.actions.edits.editing import (
    append_css,
    indent_of,
    remove_attribute,
    remove_element,
    set_attribute,
    set_declaration,
)
from sitegen_tui.domain.colour import Colour, find_colours
from sitegen_tui.domain.template import Background, ColourRole
from sitegen_tui.site.cascade import Applied, applied, pseudo_of
from sitegen_tui.site.css import parse_css, parse_declarations
from sitegen_tui.site.css_pieces import Rule
from sitegen_tui.site.css_text import split_top, url_references, var_references
from sitegen_tui.site.html import attribute
from sitegen_tui.site.positions import LENGTH, SIDES, normal_position
from sitegen_tui.site.source import Span, Splices


def set_background(
    page: Page, css: Splices, html: Splices, background: Background, path: str | None, position: str, alpha: float, brief: Brief
) -> str:
    """Give a background its picture (None for none), place it, and make its overlay at least `alpha` strong.

    Returns rules to be put at the end of the stylesheet, empty if there are none.
    """
    rule = _set_picture(page, css, html, background.selector, path)
    if path is None:
        return ""
    added = ""
    if rule is None:
        picture = f'background-image: url("{relative(path)}")'
        added = f"{background.selector} {{ {picture}; background-position: {position}; background-size: cover; }}\n"
    else:
        _place(page, css, background.selector, rule, position)
    return added + strengthen(page, css, background, alpha, brief)


def relative(path: str) -> str:
    """A site path as css/styles.css has to write it."""
    return posixpath.relpath(path, posixpath.dirname(CSS))


def appended(css: Splices, blocks: str) -> str:
    """The stylesheet with its edits and with rules at its end; one that ends inside a block can take none."""
    text = css.result()
    return append_css(text, blocks) if blocks and not parse_css(text).open_at_end else text


def set_img(page: Page, html: Splices, css: Splices, selector: str, path: str, alt: str, position: str) -> None:
    """Give an img element its picture and alternative text, and let it fill its box around `position`."""
    element = page.html.one(selector)
    if element is None:
        return
    set_attribute(page.html, html, element, "src", path)
    set_attribute(page.html, html, element, "alt", alt)
    for name in ("srcset", "sizes"):
        remove_attribute(page.html, html, element, name)
    parent = element.parent
    for source in page.html.select("picture > source"):
        if source.parent == parent:
            remove_element(page.html, html, source)
    fitted = [one for one in applied(page, selector, "object-fit") if one.sheet.file == CSS and not one.rule.context]
    if fitted:
        rule = fitted[-1].rule
        placed = [one for one in applied(page, selector, "object-position") if one.sheet.file == CSS]
        if normal_position(placed[-1].declaration.value if placed else "center") != normal_position(position):
            set_declaration(page.css, css, placed[-1].rule if placed else rule, "object-position", position)


# -- the picture ----------------------------------------------------------------------------------------------------------


def _set_picture(page: Page, css: Splices, html: Splices, selector: str, path: str | None) -> Rule | None:
    """Exchange the picture wherever the element gets one; returns the strongest rule that gives it, whatever the window."""
    main: Rule | None = None
    done: set[Span] = set()
    for one in applied(page, selector, "background", "background-image"):
        if one.sheet.file != CSS:
            continue
        # A rule whose picture is gone already is still the one to hold size and position.
        none = one.declaration.name == "background-image" and one.declaration.value.strip().lower() == "none"
        if _exchange(css, one.declaration.value, one.declaration.value_span, path) or none:
            main = one.rule if not one.rule.context or main is None else main
            if none and path is not None:
                css.replace(one.declaration.value_span, f'url("{relative(path)}")')
        for name, _ in var_references(one.declaration.value):
            for _, declaration in page.css.custom_properties.get(name, ()):
                if declaration.span in done or _exchange(css, declaration.value, declaration.value_span, path):
                    done.add(declaration.span)
                    main = one.rule if not one.rule.context or main is None else main
    _set_inline(page, html, selector, path)
    return main


def _exchange(css: Splices, value: str, at: Span, path: str | None) -> bool:
    """Exchange the picture of one value; False if it has none. Of several layers the photograph is exchanged."""
    found = list(url_references(value))
    raster = [(raw, span) for raw, span in found if re.search(r"\.(?:jpe?g|png|webp|avif)\b", raw, re.IGNORECASE)]
    for raw, span in raster or found[-1:]:
        if path is not None and raw != relative(path):
            css.replace(Span(at.start + span.start, at.start + span.end), relative(path))
        elif path is None:
            css.replace(_function(value, span, at.start), "none")
    return bool(found)


def _function(value: str, span: Span, at: int) -> Span:
    """The whole `url()` whose name stands at `span`."""
    start = value.lower().rfind("url(", 0, span.start + 1)
    end = value.find(")", span.end)
    return Span(at + start, at + (end + 1 if end >= 0 else len(value)))


def _set_inline(page: Page, html: Splices, selector: str, path: str | None) -> None:
    for element in page.html.select(selector) if not pseudo_of(selector) else ():
        style, found = attribute(element, "style") or "", page.html.value_span(element, "style")
        if "url(" not in style.lower() or found is None:
            continue
        new = style
        for declaration in reversed(parse_declarations(style)):
            for _, span in reversed(list(url_references(declaration.value))):
                at = declaration.value_span.start
                where = Span(at + span.start, at + span.end) if path else _function(declaration.value, span, at)
                new = new[: where.start] + (path or "none") + new[where.end :]
        set_attribute(page.html, html, element, "style", new)


# -- position and size ----------------------------------------------------------------------------------------------------


def _place(page: Page, css: Splices, selector: str, main: Rule, position: str) -> None:
    """Let the picture cover its box around `position`, in every block that says something else."""
    for index, name, wanted in ((0, "background-position", position), (1, "background-size", "cover")):
        reaching = [one for one in applied(page, selector, "background", name) if one.sheet.file == CSS]
        current = "0% 0%" if index == 0 else "auto"
        for one in reaching:
            if not one.rule.context:
                current = _layer(one.declaration.value)[index] if one.declaration.name == "background" else one.declaration.value
        if not _alike(current, wanted):
            set_longhand(page, css, main, name, wanted)
        for one in reaching:
            if one.rule.context and one.declaration.name == name and not _alike(one.declaration.value, wanted):
                css.replace(one.declaration.value_span, wanted)


def set_longhand(page: Page, css: Splices, rule: Rule, name: str, value: str) -> None:
    """Set a longhand in a rule so that a shorthand behind it does not undo it."""
    shorthand, own = rule.get("background"), rule.get(name)
    if own is not None and shorthand is not None and own.span.start < shorthand.span.start:
        css.insert(shorthand.span.end, f"; {name}: {value}")
        return
    set_declaration(page.css, css, rule, name, value)


def _alike(first: str, second: str) -> bool:
    return normal_position(first) == normal_position(second)


def _layer(value: str) -> tuple[str, str]:
    """Position and size that a `background` shorthand gives its last layer."""
    layer = (split_top(value, ",") or [""])[-1]
    before, _, behind = re.sub(r"[\w-]+\([^()]*(?:\([^()]*\)[^()]*)*\)", " ", layer).partition("/")
    position = [word for word in before.split() if word.lower() in SIDES or LENGTH.match(word)]
    size = [word for word in behind.split()[:2] if LENGTH.match(word) or word.lower() in ("cover", "contain", "auto")]
    return " ".join(position) or "0% 0%", " ".join(size) or "auto"


# -- the overlay ----------------------------------------------------------------------------------------------------------


def strengthen(page: Page, css: Splices, background: Background, alpha: float, brief: Brief) -> str:
    """Raise the overlay to `alpha` wherever it is weaker; returns a rule for the end of the sheet if none paints it."""
    if background.overlay is None or alpha <= 0:
        return ""
    names = (background.overlay_property, "background") if background.overlay_property != "background" else ("background",)
    painted = [one for one in applied(page, background.overlay, *names) if one.sheet.file == CSS]
    painted = [one for one in painted if any(True for _ in find_colours(one.declaration.value))]
    veiled = [one for one in applied(page, background.overlay, "opacity") if one.sheet.file == CSS]
    opacity = _number(veiled[-1].declaration.value) if veiled else 1.0
    if not painted:
        if any(
            one.sheet.file == CSS and var_references(one.declaration.value) for one in applied(page, background.overlay, *names)
        ):
            return _veil(page, css, veiled, opacity, 1.0, alpha)
        roles: list[ColourRole] = [o.role for o in brief.manifest.derived.overlays if o.selector == background.overlay]
        role: ColourRole = roles[0] if roles else "text"
        colour = Colour.parse(brief.requirements.brand.colours[role]) or Colour(0, 0, 0)
        return f"{background.overlay} {{ {background.overlay_property}: {with_alpha(colour, alpha)}; }}\n"
    for context in dict.fromkeys(one.rule.context for one in painted):
        winner = [one for one in painted if one.rule.context == context][-1]
        new = _raised(winner.declaration.value, alpha)
        if new == winner.declaration.value:
            continue
        if _only(page, winner.rule, background.overlay):
            css.replace(winner.declaration.value_span, new)
        else:
            lead = indent_of(css.text, winner.rule.span.start)
            own = f"{background.overlay} {{ {winner.declaration.name}: {new}; }}"
            css.insert(winner.rule.span.end, page.css.newline + lead + own)
    weakest = min(colour.a for one in painted for *_, colour in find_colours(_raised(one.declaration.value, alpha)))
    return _veil(page, css, veiled, opacity, weakest, alpha)


def _veil(page: Page, css: Splices, veiled: list[Applied], opacity: float, painted: float, alpha: float) -> str:
    """Raise an opacity that would make the overlay weaker than `alpha`."""
    if veiled and opacity * painted < alpha - 1e-9:
        css.replace(veiled[-1].declaration.value_span, f"{min(1.0, math.ceil(alpha / painted * 100) / 100):g}")
    return ""


def _number(text: str) -> float:
    try:
        value = float(text.strip().removesuffix("%")) / (100 if text.strip().endswith("%") else 1)
    except ValueError:
        return 1.0
    return value if 0 <= value <= 1 else 1.0


def _raised(value: str, alpha: float) -> str:
    edits = Splices(value)
    for start, end, colour in find_colours(value):
        if colour.a < alpha - 1e-9:
            edits.replace(Span(start, end), with_alpha(colour, alpha))
    return edits.result()


def with_alpha(colour: Colour, alpha: float) -> str:
    """A colour with another alpha, as rgba()."""
    r, g, b = colour.rgb
    return f"rgba({r}, {g}, {b}, {alpha:g})"


def _only(page: Page, rule: Rule, selector: str) -> bool:
    """Whether a rule reaches nothing but what the selector finds."""
    wanted = set(page.html.select(selector))
    return all(set(page.html.select(one)) <= wanted for one in rule.selectors)
