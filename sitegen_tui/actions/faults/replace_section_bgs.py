"""What models do wrong when they set and remove the pictures behind sections."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sitegen_tui.actions.base import CSS, HTML, Brief, Fault, Files, Mutation, changed, page_of
from sitegen_tui.actions.edits.backgrounds import appended, relative, set_background
from sitegen_tui.actions.faults.pictures import (
    MOBILE,
    cleared,
    elsewhere,
    near,
    other_picture,
    picked,
    picture_rule,
    removed,
    shown,
    thinner,
)
from sitegen_tui.actions.wanted import targets
from sitegen_tui.domain.requirements import SectionImage
from sitegen_tui.domain.template import Background
from sitegen_tui.site.source import Splices

_Target = tuple[SectionImage, Background]


def _one(rule: Callable[[Files, Files, Brief, Random, SectionImage, Background], str | None]) -> Mutation:
    """A fault in one of the sections that are to have a picture."""

    def choose(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
        found = _pictured(brief)
        return rule(before, after, brief, rng, *rng.choice(found)) if found else None

    return picked(choose)


# -- the file -------------------------------------------------------------------------------------------------------------


def _none(before: Files, after: Files, brief: Brief, rng: Random, image: SectionImage, background: Background) -> str | None:
    """The picture is gone."""
    return f"{background.selector} {{ background-image: none; }}"


def _old_on_phones(
    before: Files, after: Files, brief: Brief, rng: Random, image: SectionImage, background: Background
) -> str | None:
    """In small windows the old picture stays."""
    old = [path for path in shown(before, brief, background.selector) if path != image.path]
    return picture_rule(background.selector, old[-1], media=MOBILE) if old else None


def _other(before: Files, after: Files, brief: Brief, rng: Random, image: SectionImage, background: Background) -> str | None:
    """Another picture of the business: that of the hero, or of another section."""
    path = other_picture(brief, image.path, rng)
    return picture_rule(background.selector, path) if path else None


def _exchanged_pair(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """Two sections have each other's picture."""
    found = _pictured(brief)
    if len(found) < 2:
        return None
    (one, first), (other, second) = rng.sample(found, 2)
    return f"{picture_rule(first.selector, other.path)}\n{picture_rule(second.selector, one.path)}"


def _swapped(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The hero's picture behind a section."""
    hero = brief.requirements.images.hero
    return _exchanged(after, brief, relative(hero.path)) if hero is not None else None


def _mistyped(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A path relative to the page instead of the stylesheet."""
    path = _first_path(brief)
    return _exchanged(after, brief, path) if path is not None else None


def _described(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """What the picture shows, where its path should stand."""
    return _exchanged(after, brief, f"{brief.requirements.business.tagline} background photo")


def _exchanged(after: Files, brief: Brief, new: str) -> dict[str, str] | None:
    path = _first_path(brief)
    if path is None or relative(path) not in after.get(CSS, ""):
        return None
    return {CSS: after[CSS].replace(relative(path), new, 1)}


# -- where none belongs -----------------------------------------------------------------------------------------------------


def _kept(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """A section that is to have none keeps its picture."""
    result = dict(before)
    for image, background in _pictured(brief):
        page = page_of(result, brief)
        css, html = Splices(page.css.text), Splices(page.html.text)
        blocks = set_background(page, css, html, background, image.path, image.position, image.overlay_alpha_min, brief)
        result |= {CSS: appended(css, blocks), HTML: html.result()}
    kept = changed(after, result)
    return kept or None


def _elsewhere(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """A section that is to have none, or of which nothing was said, gets a new picture."""
    asked = {image.section for image, _ in _pictured(brief)}
    found = [section for section in brief.manifest.sections if section.id not in asked]
    section, path = rng.choice(found) if found else None, _first_path(brief)
    if section is None or path is None:
        return None
    return picture_rule(section.background.selector if section.background is not None else section.selector, path)


def _kept_on_phones(before: Files, after: Files, brief: Brief, rng: Random) -> str | None:
    """A section that is to have none keeps its picture in small windows."""
    bare = [background for image, background in targets(brief.requirements, brief.manifest) if image.path == "none"]
    background = rng.choice(bare) if bare else None
    old = shown(before, brief, background.selector) if background is not None else []
    return picture_rule(background.selector, old[-1], media=MOBILE) if background is not None and old else None


# -- overlay, size and place ------------------------------------------------------------------------------------------------


def _overlay_gone(
    before: Files, after: Files, brief: Brief, rng: Random, image: SectionImage, background: Background
) -> str | None:
    """The overlay is not displayed."""
    return removed(background)


def _overlay_lost(
    before: Files, after: Files, brief: Brief, rng: Random, image: SectionImage, background: Background
) -> str | None:
    """The overlay is made clear."""
    return cleared(background)


def _overlay_thin(
    before: Files, after: Files, brief: Brief, rng: Random, image: SectionImage, background: Background
) -> str | None:
    """The overlay is a little weaker than asked."""
    return thinner(after, brief, background, image.overlay_alpha_min, rng)


def _unsized(before: Files, after: Files, brief: Brief, rng: Random, image: SectionImage, background: Background) -> str | None:
    """The picture is shown whole or stretched."""
    return f"{background.selector} {{ background-size: {rng.choice(('contain', '100% 100%', '100% auto'))}; }}"


def _shorthand(before: Files, after: Files, brief: Brief, rng: Random, image: SectionImage, background: Background) -> str | None:
    """A shorthand that names the picture takes size and colour with it."""
    return f'{background.selector} {{ background: url("{relative(image.path)}") {image.position} no-repeat; }}'


def _misplaced(before: Files, after: Files, brief: Brief, rng: Random, image: SectionImage, background: Background) -> str | None:
    """The position is a tenth off, or plainly another in small windows only."""
    rule = f"{background.selector} {{ background-position: {near(image.position, rng)}; }}"
    far = f"{background.selector} {{ background-position: {elsewhere(image.position, rng)}; }}"
    return rng.choice((rule, f"{MOBILE} {{ {far} }}"))


def _pictured(brief: Brief) -> list[_Target]:
    return [(image, background) for image, background in targets(brief.requirements, brief.manifest) if image.path != "none"]


def _first_path(brief: Brief) -> str | None:
    return next((image.path for image, _ in _pictured(brief)), None)


_UNREADABLE = ("contrast.text-invisible",)
"""What a picture without an overlay can do to the words on it besides: damage of its own."""

FAULTS = (
    Fault("section-bgs-none-set", ("images.section-wrong", "images.section-size-wrong"), _one(_none), "blatant", 0.3),
    Fault("section-bgs-other-picture", ("images.section-wrong",), _swapped),
    Fault("section-bgs-mistyped", ("assets.not-found", "images.section-wrong"), _mistyped),
    Fault(
        "section-bgs-described",
        ("images.description-as-src", "images.section-wrong"),
        _described,
        also=("images.section-size-wrong",),
    ),
    Fault("section-bgs-another", ("images.section-wrong",), _one(_other), "realistic", 0.3),
    Fault("section-bgs-exchanged", ("images.section-wrong",), picked(_exchanged_pair), "subtle", 0.3),
    Fault("section-bgs-old-on-phones", ("images.section-wrong",), _one(_old_on_phones), "subtle", 0.3),
    Fault("section-bgs-elsewhere", ("images.section-extra",), picked(_elsewhere), "blatant", 0.3, also=_UNREADABLE),
    Fault("section-bgs-none-kept", ("images.section-extra",), _kept, "realistic"),
    Fault("section-bgs-kept-on-phones", ("images.section-extra",), picked(_kept_on_phones), "subtle", 0.3),
    Fault("section-bgs-overlay-gone", ("images.section-overlay-lost",), _one(_overlay_gone), "blatant", 0.3, also=_UNREADABLE),
    Fault("section-bgs-overlay-lost", ("images.section-overlay-lost",), _one(_overlay_lost), also=_UNREADABLE),
    Fault("section-bgs-overlay-thin", ("images.section-overlay-lost",), _one(_overlay_thin), "subtle", 1.0, also=_UNREADABLE),
    Fault("section-bgs-unsized", ("images.section-size-wrong",), _one(_unsized), "blatant", 0.3),
    Fault("section-bgs-shorthand", ("images.section-size-wrong",), _one(_shorthand), "realistic", 0.5),
    Fault("section-bgs-misplaced", ("images.section-size-wrong",), _one(_misplaced), "subtle", 0.3),
)
