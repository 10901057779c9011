"""How models get a logo wrong: another file or text, an old picture left, hidden, too large, out of shape, on the wrong ground."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sitegen_tui.actions.base import CSS, HTML, Brief, Fault, Files, Mutation, changed
from sitegen_tui.actions.edits.editing import append_css, remove_attribute, set_attribute
from sitegen_tui.actions.wanted import Place, asset_of
from sitegen_tui.domain.colour import Colour, contrast
from sitegen_tui.domain.requirements import LogoAsset
from sitegen_tui.domain.template import COLOUR_ROLES, ColourRole
from sitegen_tui.site.html import HtmlFile, attribute, escape_attribute, parse_html
from sitegen_tui.site.references import resolve
from sitegen_tui.site.source import Span, Splices

_Value = Callable[[HtmlFile, Brief, Place, Random], "str | None"]
"""A wrong value, made from the page before; None if there is none to be had."""
_Styles = Callable[[LogoAsset, Random], str]
_BLACK, _WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


def faults_for(place: Place) -> tuple[Fault, ...]:
    """What models do to the logo of a place."""
    source, alt, shown, size = ((f"logo.{place}-{name}",) for name in ("src-wrong", "alt-wrong", "not-rendered", "oversize"))
    left = ("logo.header-old-left",)
    common = (
        Fault(f"{place}-logo-old-src", source, _set(place, "src", _old_src)),
        Fault(f"{place}-logo-other-variant", source, _set(place, "src", _variant), "subtle", 1.5),
        Fault(f"{place}-logo-wrong-path", (*source, "assets.not-found"), _set(place, "src", _typo), "blatant"),
        Fault(f"{place}-logo-alt-word", alt, _set(place, "alt", _alt_word)),
        Fault(f"{place}-logo-alt-variant", alt, _set(place, "alt", _alt_variant), "subtle"),
        Fault(f"{place}-logo-no-alt", alt, _without(place, "alt"), "blatant", 0.3),
        Fault(f"{place}-logo-hidden", shown, _styled(place, _hidden), "blatant", 0.3),
        # Where no browser looked, the old picture in the header is one that was left.
        Fault(f"{place}-logo-old-picture", shown, _old_picture(place), "realistic", 0.3, also=left if place == "header" else ()),
        Fault(f"{place}-logo-gone-on-phones", shown, _styled(place, _gone_on_phones), "subtle", 0.3),
        Fault(
            f"{place}-logo-twice-as-high",
            size,
            _styled(place, _twice_as_high),
            "blatant",
            0.3,
            also=("layout.overflow-x", "contrast.text-invisible"),
        ),
        Fault(f"{place}-logo-stretched", size, _styled(place, _stretched), "realistic", 0.3),
        Fault(f"{place}-logo-a-little-high", size, _styled(place, _a_little_high), "subtle", 0.3),
    )
    if place == "footer":
        low = ("logo.footer-low-contrast",)
        return (
            *common,
            Fault("footer-logo-on-a-plate", low, _on_a_plate(1.0, 1.3), "blatant", 0.3),
            Fault("footer-logo-blackened", low, _in_one_colour, "realistic", 0.3),
            Fault("footer-logo-on-a-tint", low, _on_a_plate(1.5, 2.8), "subtle", 0.3),
        )
    dims = ("logo.header-dims-missing",)
    return (
        *common,
        Fault("header-logo-srcset-left", left, _srcset_left, "realistic", 2.0),
        Fault("header-logo-old-beside", left, _old_beside, "blatant", 0.0),
        Fault("header-logo-old-at-twice-the-density", left, _old_at_twice_the_density, "subtle", 0.3),
        Fault("header-logo-no-size", dims, _no_size),
        Fault("header-logo-size-left-out", dims, _without(place, "width", "height"), "blatant", 0.3),
        Fault("header-logo-size-in-words", dims, _set(place, "height", _auto), "subtle", 0.0),
    )


# -- attributes -----------------------------------------------------------------------------------------------------------


def _set(place: Place, name: str, value: _Value) -> Mutation:
    """A fault that gives an attribute of the finished logo another value, made from the page before."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        old, new = parse_html(before.get(HTML, "")), parse_html(after.get(HTML, ""))
        image = new.one(brief.manifest.logos[place].selector)
        wrong = value(old, brief, place, rng)
        if image is None or wrong is None or wrong == attribute(image, name):
            return None
        edits = Splices(new.text)
        set_attribute(new, edits, image, name, wrong)
        return changed(after, {HTML: edits.result()})

    return apply


def _without(place: Place, *names: str) -> Mutation:
    """A fault that leaves attributes of the finished logo out."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        image = html.one(brief.manifest.logos[place].selector)
        if image is None:
            return None
        edits = Splices(html.text)
        for name in names:
            remove_attribute(html, edits, image, name)
        return None if edits.empty else changed(after, {HTML: edits.result()})

    return apply


def _no_size(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    names = rng.choice((("width", "height"), ("height",)))
    return _without("header", *names)(before, after, brief, rng)


def _old_src(old: HtmlFile, brief: Brief, place: Place, rng: Random) -> str | None:
    image = old.one(brief.manifest.logos[place].selector)
    return attribute(image, "src") if image is not None else None


def _variant(old: HtmlFile, brief: Brief, place: Place, rng: Random) -> str | None:
    other = asset_of(brief.requirements, "footer" if place == "header" else "header").path
    return None if other == asset_of(brief.requirements, place).path else other


def _typo(old: HtmlFile, brief: Brief, place: Place, rng: Random) -> str | None:
    path = asset_of(brief.requirements, place).path
    name = path.rsplit("/", 1)[-1]
    return rng.choice((f"images/{name}", path.replace("assets/logos/", "assets/"), path.rsplit(".", 1)[0] + "-logo.png"))


def _alt_word(old: HtmlFile, brief: Brief, place: Place, rng: Random) -> str | None:
    return rng.choice(("Logo", "", f"{brief.requirements.business.name} logo"))


def _alt_variant(old: HtmlFile, brief: Brief, place: Place, rng: Random) -> str | None:
    alt = asset_of(brief.requirements, place).alt
    return alt.rsplit(" ", 1)[0] if " " in alt else None


def _auto(old: HtmlFile, brief: Brief, place: Place, rng: Random) -> str | None:
    return "auto"


# -- old pictures ---------------------------------------------------------------------------------------------------------


def _srcset_left(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The old high-density picture stays, so that sharp screens show the old logo."""
    old = parse_html(before.get(HTML, "")).one(brief.manifest.logos["header"].selector)
    srcset = attribute(old, "srcset") if old is not None else None
    return _set("header", "srcset", lambda old, brief, place, rng: srcset or None)(before, after, brief, rng)


def _old_at_twice_the_density(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The srcset has the new logo for one density and the old one for the other."""
    old = _old_src(parse_html(before.get(HTML, "")), brief, "header", rng)
    path = asset_of(brief.requirements, "header").path
    both = f"{path} 1x, {old} 2x" if old else None
    return _set("header", "srcset", lambda old, brief, place, rng: both)(before, after, brief, rng)


def _old_picture(place: Place) -> Mutation:
    """A fault that puts the finished logo into a picture element whose source is still the old logo."""
    return _around(
        place, lambda old, brief, rng: f'<picture><source srcset="{escape_attribute(old)}">' if old else None, "</picture>"
    )


def _old_beside(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The old logo stands beside the new one."""

    def image(old: str, brief: Brief, rng: Random) -> str | None:
        return f'<img src="{escape_attribute(old)}" alt="" width="96" height="24">' if old else None

    return _around("header", image, "")(before, after, brief, rng)


def _around(place: Place, opening: Callable[[str, Brief, Random], str | None], closing: str) -> Mutation:
    """A fault that puts markup in front of the finished logo, made from the old logo's file, and behind it."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        html = parse_html(after.get(HTML, ""))
        image = html.one(brief.manifest.logos[place].selector)
        span = html.start_tag(image) if image is not None else None
        old = _old_src(parse_html(before.get(HTML, "")), brief, place, rng)
        # A picture that is the required one after all would be no fault.
        fresh = old if old and resolve(old, HTML) != asset_of(brief.requirements, place).path else ""
        lead = opening(fresh, brief, rng)
        if span is None or lead is None:
            return None
        edits = Splices(html.text)
        edits.replace(Span(span.start, span.end), f"{lead}{html.source(span)}{closing}")
        return changed(after, {HTML: edits.result()})

    return apply


# -- looks ----------------------------------------------------------------------------------------------------------------


def _styled(place: Place, styles: _Styles) -> Mutation:
    """A fault that ends the stylesheet with a rule for the logo, `%s` in it for the selector."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        selector = brief.manifest.logos[place].selector
        if CSS not in after or parse_html(after.get(HTML, "")).one(selector) is None:
            return None
        return changed(after, {CSS: append_css(after[CSS], styles(asset_of(brief.requirements, place), rng) % selector)})

    return apply


def _hidden(logo: LogoAsset, rng: Random) -> str:
    return "%s { display: none; }"


def _gone_on_phones(logo: LogoAsset, rng: Random) -> str:
    return f"@media (max-width: 767px) {{ %s {{ {rng.choice(('display: none', 'visibility: hidden', 'opacity: 0'))}; }} }}"


def _twice_as_high(logo: LogoAsset, rng: Random) -> str:
    return f"%s {{ width: auto; height: {2 * logo.max_height}px; max-height: none; }}"


def _stretched(logo: LogoAsset, rng: Random) -> str:
    wide = round(logo.max_height * logo.width / logo.height * rng.choice((0.6, 0.75, 1.2)))
    return f"%s {{ width: {wide}px; height: {logo.max_height}px; max-width: none; }}"


def _a_little_high(logo: LogoAsset, rng: Random) -> str:
    return f"%s {{ width: auto; height: {logo.max_height + rng.choice((2, 4))}px; max-height: none; }}"


def _ink(brief: Brief) -> Colour | None:
    """The colour that the words of the footer's logo are likely to have: of light and dark the one that shows on its ground."""
    colours, ground = brief.requirements.brand.colours, brief.manifest.logos["footer"].ground
    behind = Colour.parse(next((colours[role] for role in COLOUR_ROLES if role == ground), ground))
    inks = [colour for colour in (Colour.parse(colours["inverse"]), Colour.parse(colours["text"])) if colour is not None]
    return max(inks, key=lambda ink: contrast(ink, behind), default=None) if behind is not None else None


def _in_one_colour(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A light logo is made black, a dark one white."""
    ink = _ink(brief)
    if ink is None:
        return None
    light = contrast(ink, _BLACK) > contrast(ink, _WHITE)
    return _styled("footer", lambda logo, rng: f"%s {{ filter: brightness(0){'' if light else ' invert(1)'}; }}")(
        before, after, brief, rng
    )


def _on_a_plate(least: float, most: float) -> Mutation:
    """A fault that puts the footer's logo on a plate in a brand colour, of so much contrast to the logo's words."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        colours = brief.requirements.brand.colours
        ink = _ink(brief)
        plates: list[ColourRole] = []
        for role in COLOUR_ROLES:
            colour = Colour.parse(colours[role])
            if ink is not None and colour is not None and least <= contrast(ink, colour) <= most:
                plates.append(role)
        if not plates:
            return None
        plate = f'<span style="display: inline-block; background-color: var({brief.manifest.tokens[rng.choice(plates)]})">'
        return _around("footer", lambda old, brief, rng: plate, "</span>")(before, after, brief, rng)

    return apply
