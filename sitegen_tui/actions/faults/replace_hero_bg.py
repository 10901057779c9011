"""What models do wrong when they replace the hero's picture."""

from __future__ import annotations

from random import Random

from turbohtml import Element

from sitegen_tui.actions.base import CSS, HTML, Brief, Fault, Files, Mutation, changed
from sitegen_tui.actions.checks.measure import same_file
from sitegen_tui.actions.edits.backgrounds import relative
from sitegen_tui.actions.edits.editing import insert_line_after, set_attribute
from sitegen_tui.actions.faults.pictures import (
    MOBILE,
    cleared,
    elsewhere,
    first_child,
    near,
    opaque,
    other_picture,
    picked,
    picture_rule,
    removed,
    ruled,
    shown,
    thinner,
)
from sitegen_tui.site.css import parse_css
from sitegen_tui.site.html import HtmlFile, attribute, escape_attribute, parse_html
from sitegen_tui.site.source import Splices

_BEHIND = "position: absolute; inset: 0; z-index: -2; width: 100%; height: 100%; object-fit: cover"


# -- the file -------------------------------------------------------------------------------------------------------------


def _old_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The head preloads the new picture, the stylesheet shows the old one."""
    return {CSS: before.get(CSS, "")} if before.get(CSS) != after.get(CSS) else None


def _none(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """The picture is gone, the colour behind it is what is seen."""
    selector = _holder(brief)
    return f"{selector} {{ background-image: none; }}" if selector else None


def _old_placed(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """Place and overlay are new, the picture is the old one."""
    selector = _holder(brief)
    old = _old(before, brief)
    return picture_rule(selector, old) if selector and old else None


def _other(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """A picture that the brief gives to a section."""
    selector, image = _holder(brief), brief.requirements.images.hero
    path = other_picture(brief, image.path, rng) if image is not None else None
    return picture_rule(selector, path) if selector and path else None


def _old_on_phones(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """In small windows the old picture stays."""
    selector, old = _holder(brief), _old(before, brief)
    return picture_rule(selector, old, media=MOBILE) if selector and old else None


def _respelled(after: Files, brief: Brief, new: str) -> dict[str, str] | None:
    """The hero's picture named otherwise in the stylesheet."""
    image = brief.requirements.images.hero
    if image is None:
        return None
    css = parse_css(after.get(CSS, ""))
    text = css.text.replace(relative(image.path), new)
    return {CSS: text} if text != css.text else None


def _mistyped(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The path leads nowhere."""
    image = brief.requirements.images.hero
    return _respelled(after, brief, relative(image.path).replace("assets/images/", "assets/img/")) if image else None


def _hotlinked(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A picture of another host instead of the given file."""
    return _respelled(after, brief, "https://images.example/hero-1600.jpg")


def _described(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """What the picture shows, where its path should stand."""
    return _respelled(after, brief, f"{brief.requirements.business.tagline} hero photo")


# -- painted, placed, under an overlay --------------------------------------------------------------------------------------


def _in_an_element(style: str) -> Mutation:
    """The picture is moved into an element of its own, which does not show it."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        selector, image = _holder(brief), brief.requirements.images.hero
        if not selector or image is None:
            return None
        picture = f"{style}; background: url({image.path}) {image.position} / cover"
        page = first_child(after, selector, f'<div style="{escape_attribute(picture)}"></div>')
        sheet = ruled(after, f"{selector} {{ background-image: none; }}")
        return {**page, **sheet} if page is not None and sheet is not None else None

    return apply


def _covered(alpha: float) -> Mutation:
    """The overlay lets nothing, or next to nothing, through."""

    def rule(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
        background = brief.manifest.hero.background
        return opaque(after, brief, background, alpha) if background is not None else None

    return picked(rule)


def _overlay_gone(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """The overlay is not displayed."""
    return removed(brief.manifest.hero.background)


def _overlay_lost(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """The overlay is made clear."""
    return cleared(brief.manifest.hero.background)


def _overlay_thin(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """The overlay is a little weaker than asked."""
    background, image = brief.manifest.hero.background, brief.requirements.images.hero
    return thinner(after, brief, background, image.overlay_alpha_min, rng) if background is not None and image is not None else None


def _unsized(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """The picture is shown whole, in its own size, or stretched."""
    selector = _holder(brief)
    size = rng.choice(("contain", "auto", "100% 100%"))
    return f"{selector} {{ background-size: {size}; background-repeat: no-repeat; }}" if selector else None


def _misplaced(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """The picture keeps to another edge, as if no position had been asked for."""
    selector, image = _holder(brief), brief.requirements.images.hero
    return f"{selector} {{ background-position: {elsewhere(image.position, rng)}; }}" if selector and image else None


def _nearly_placed(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """The position is a tenth off, or right in large windows only."""
    selector, image = _holder(brief), brief.requirements.images.hero
    if not selector or image is None:
        return None
    rule = f"{selector} {{ background-position: {near(image.position, rng)}; }}"
    return rng.choice((rule, f"{MOBILE} {{ {rule} }}"))


# -- what the files tell ----------------------------------------------------------------------------------------------------


def _with_alt(alt: str | None) -> Mutation:
    """The picture is put in as an img too, with another text than asked (None: without one; `{name}` is the business's)."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        selector, image = _holder(brief), brief.requirements.images.hero
        if not selector or image is None:
            return None
        text = alt.format(name=brief.requirements.business.name) if alt is not None else None
        named = f' alt="{escape_attribute(text)}"' if text is not None else ""
        place = f"{_BEHIND}; object-position: {image.position}"
        return first_child(after, selector, f'<img src="{image.path}"{named} style="{place}">')

    return apply


def _nearly_alt(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The text lacks its last word, or has one where it is to be empty."""
    image = brief.requirements.images.hero
    words = image.alt.split() if image is not None else []
    text = " ".join(words[:-1]) if len(words) > 1 else rng.choice(("Hero", "Background", "Photo"))
    return _with_alt(text.replace("{", "{{").replace("}", "}}"))(before, after, brief, rng)


def _preload_kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The head goes on preloading the old picture."""
    old = _old(before, brief)
    html = parse_html(after.get(HTML, ""))
    edits = Splices(html.text)
    for link in _preloads(html, brief) if old else ():
        set_attribute(html, edits, link, "href", old or "")
    return None if edits.empty else changed(after, {HTML: edits.result()})


def _preload_beside(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The head preloads the new picture, and the old one as well."""
    old = _old(before, brief)
    html = parse_html(after.get(HTML, ""))
    edits = Splices(html.text)
    for link in _preloads(html, brief)[:1] if old else ():
        insert_line_after(html, edits, link, f'<link rel="preload" as="image" href="{old}">')
    return None if edits.empty else changed(after, {HTML: edits.result()})


def _preload_new(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A preload of the old picture is put in, first of all."""
    old = _old(before, brief)
    link = f'\n  <link rel="{rng.choice(("preload", "prefetch"))}" as="image" href="{old}">'
    return first_child(after, "head", link) if old else None


def _preloads(html: HtmlFile, brief: Brief) -> list[Element]:
    image = brief.requirements.images.hero
    links = [link for link in html.select("link") if (attribute(link, "as") or "").lower() == "image"]
    return [link for link in links if image is not None and same_file(attribute(link, "href"), image.path)]


def _holder(brief: Brief) -> str | None:
    """The selector of the element that has the picture behind it; None where the picture is an img."""
    background = brief.manifest.hero.background
    return background.selector if background is not None and brief.requirements.images.hero is not None else None


def _old(before: Files, brief: Brief) -> str | None:
    """The picture that the hero has in the input, where it is another."""
    selector, image = _holder(brief), brief.requirements.images.hero
    found: list[str] = shown(before, brief, selector) if selector else []
    return next((path for path in reversed(found) if image is not None and path != image.path), None)


_UNREADABLE = ("contrast.text-invisible",)
"""What a picture without its overlay can do to the words on it besides: damage of its own."""

_ANOTHER = ("images.hero-size-wrong",)
"""What is charged besides where a picture of the template's own, in front of the background, is then the hero's."""

FAULTS = (
    Fault(
        "hero-bg-old-kept",
        ("images.hero-wrong", "images.hero-not-rendered", "images.hero-overlay-lost", "images.hero-size-wrong"),
        _old_kept,
        "blatant",
    ),
    Fault(
        "hero-bg-none", ("images.hero-wrong", "images.hero-not-rendered", "images.hero-size-wrong"), picked(_none), "blatant", 0.3
    ),
    Fault("hero-bg-old-placed", ("images.hero-wrong",), picked(_old_placed), "realistic", 0.5),
    Fault("hero-bg-other", ("images.hero-wrong",), picked(_other), "realistic", 0.5),
    Fault("hero-bg-old-on-phones", ("images.hero-wrong",), picked(_old_on_phones), "subtle", 0.3),
    Fault("hero-bg-mistyped", ("assets.not-found", "images.hero-wrong"), _mistyped, also=_ANOTHER),
    Fault("hero-bg-hotlinked", ("images.hotlinked", "images.hero-wrong"), _hotlinked, "realistic", 0.5, also=_ANOTHER),
    Fault("hero-bg-described", ("images.description-as-src", "images.hero-wrong"), _described, also=("images.hero-size-wrong",)),
    Fault("hero-bg-hidden", ("images.hero-not-rendered",), _in_an_element("display: none"), "blatant", 0.0),
    Fault("hero-bg-covered", ("images.hero-not-rendered",), _covered(1.0), "blatant", 0.3),
    Fault("hero-bg-no-height", ("images.hero-not-rendered",), _in_an_element("position: absolute; width: 100%"), "realistic", 0.3),
    Fault("hero-bg-nearly-covered", ("images.hero-not-rendered",), _covered(0.98), "subtle", 0.0),
    Fault("hero-bg-overlay-gone", ("images.hero-overlay-lost",), picked(_overlay_gone), "blatant", 0.3, also=_UNREADABLE),
    Fault("hero-bg-overlay-lost", ("images.hero-overlay-lost",), picked(_overlay_lost), also=_UNREADABLE),
    Fault("hero-bg-overlay-thin", ("images.hero-overlay-lost",), picked(_overlay_thin), "subtle", 1.0, also=_UNREADABLE),
    Fault("hero-bg-unsized", ("images.hero-size-wrong",), picked(_unsized), "blatant", 0.3),
    Fault("hero-bg-misplaced", ("images.hero-size-wrong",), picked(_misplaced), "realistic", 0.5),
    Fault("hero-bg-nearly-placed", ("images.hero-size-wrong",), picked(_nearly_placed), "subtle", 0.3),
    Fault("hero-bg-no-alt", ("images.hero-alt-wrong",), _with_alt(None), "blatant", 0.0),
    Fault("hero-bg-other-alt", ("images.hero-alt-wrong",), _with_alt("The view at {name}"), "realistic", 0.3),
    Fault("hero-bg-nearly-alt", ("images.hero-alt-wrong",), _nearly_alt, "subtle", 0.0),
    Fault("hero-bg-preload-new", ("images.hero-preload-stale",), _preload_new, "blatant", 0.0),
    Fault("hero-bg-preload-beside", ("images.hero-preload-stale",), _preload_beside, "realistic", 0.5),
    Fault("hero-bg-preload-kept", ("images.hero-preload-stale",), _preload_kept, "subtle"),
)
