"""What models do wrong with pictures behind parts of the page: in a rule at the end, for some windows only, in an element."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sitegen_tui.actions.base import CSS, HTML, Brief, Files, page_of
from sitegen_tui.actions.edits.backgrounds import relative, with_alpha
from sitegen_tui.actions.edits.editing import append_css
from sitegen_tui.domain.colour import Colour, find_colours
from sitegen_tui.domain.template import Background, ColourRole
from sitegen_tui.site.cascade import applied
from sitegen_tui.site.css import parse_css
from sitegen_tui.site.css_text import url_references
from sitegen_tui.site.html import parse_html
from sitegen_tui.site.positions import normal_position
from sitegen_tui.site.references import resolve
from sitegen_tui.site.source import Splices

MOBILE = "@media (max-width: 767px)"
_POSITIONS = ("left top", "right bottom", "center", "50% 0%", "0% 50%", "100% 50%")


def ruled(after: Files, rule: str) -> dict[str, str] | None:
    """A rule put at the end of the stylesheet; None where it cannot take one."""
    text = after.get(CSS, "")
    return {CSS: append_css(text, rule)} if text.strip() and not parse_css(text).open_at_end else None


def picture_rule(selector: str, path: str, *, media: str = "") -> str:
    """A rule that gives an element another picture, in some windows only if `media` says so."""
    return _around(f'{selector} {{ background-image: url("{relative(path)}"); }}', media)


def shown(files: Files, brief: Brief, selector: str) -> list[str]:
    """Site paths of the pictures that the stylesheet puts behind what a selector finds, the strongest last."""
    found: list[str] = []
    for one in applied(page_of(files, brief), selector, "background", "background-image"):
        paths = (resolve(raw, one.sheet.file) for raw, _ in url_references(one.declaration.value))
        found += [path for path in paths if path is not None]
    return found


def other_picture(brief: Brief, path: str, rng: Random) -> str | None:
    """Another photograph of the business, the one that this place is not to have; None if it has no other."""
    images = brief.requirements.images
    hero = [images.hero.path] if images.hero is not None else []
    others = [one for one in (*hero, *(image.path for image in images.sections)) if one not in (path, "none")]
    return rng.choice(others) if others else None


def elsewhere(position: str, rng: Random) -> str:
    """A position that is plainly another."""
    return rng.choice([one for one in _POSITIONS if normal_position(one) != normal_position(position)])


def near(position: str, rng: Random) -> str:
    """A position that is another by a tenth of the way."""
    across, down = normal_position(position)
    if not down.endswith("%"):
        return elsewhere(position, rng)
    value = float(down.removesuffix("%"))
    return f"{across} {value + (10 if value < 50 else -10):g}%"


def thinner(files: Files, brief: Brief, background: Background, least: float, rng: Random) -> str | None:
    """A rule that makes an overlay a little weaker than asked, its colour kept; None where none is asked for."""
    if background.overlay is None or least < 0.1:
        return None
    colour = _overlay_colour(files, brief, background)
    weak = with_alpha(colour, round(least - rng.choice((0.05, 0.1)), 2))
    return f"{background.overlay} {{ {background.overlay_property}: {_painted(background, weak)}; }}"


def opaque(files: Files, brief: Brief, background: Background, alpha: float) -> str | None:
    """A rule that lets (next to) nothing be seen through an overlay."""
    if background.overlay is None:
        return None
    colour = with_alpha(_overlay_colour(files, brief, background), alpha)
    return f"{background.overlay} {{ {background.overlay_property}: {_painted(background, colour)}; }}"


def cleared(background: Background | None) -> str | None:
    """A rule that makes an overlay clear."""
    if background is None or background.overlay is None:
        return None
    value = "none" if background.overlay_property == "background-image" else "transparent"
    return f"{background.overlay} {{ {background.overlay_property}: {value}; }}"


def removed(background: Background | None) -> str | None:
    """A rule that takes an overlay from the page."""
    return f"{background.overlay} {{ display: none; }}" if background is not None and background.overlay is not None else None


def first_child(after: Files, selector: str, markup: str) -> dict[str, str] | None:
    """Markup put first into what a selector finds; None if it finds nothing that can hold it."""
    html = parse_html(after.get(HTML, ""))
    element = html.one(selector)
    start = html.start_tag(element) if element is not None else None
    if element is None or start is None or html.inner(element) is None:
        return None
    edits = Splices(html.text)
    edits.insert(start.end, markup)
    return {HTML: edits.result()}


def picked(
    rules: Callable[[Files, Files, Brief, Random], str | None],
) -> Callable[[Files, Files, Brief, Random], dict[str, str] | None]:
    """A fault that is a rule at the end of the stylesheet."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        rule = rules(before, after, brief, rng)
        return ruled(after, rule) if rule is not None else None

    return apply


def _around(rule: str, media: str) -> str:
    return f"{media} {{ {rule} }}" if media else rule


def _overlay_colour(files: Files, brief: Brief, background: Background) -> Colour:
    """The overlay's colour as the files have it, else that of its role."""
    overlay = background.overlay or ""
    for one in reversed(applied(page_of(files, brief), overlay, background.overlay_property, "background")):
        for _, _, colour in find_colours(one.declaration.value):
            return colour
    roles: list[ColourRole] = [one.role for one in brief.manifest.derived.overlays if one.selector == overlay]
    return Colour.parse(brief.requirements.brand.colours[roles[0] if roles else "text"]) or Colour(0, 0, 0)


def _painted(background: Background, colour: str) -> str:
    return f"linear-gradient({colour}, {colour})" if background.overlay_property == "background-image" else colour
