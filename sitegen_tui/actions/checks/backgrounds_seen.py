"""Pictures behind hero and sections as a browser painted them: which file, where, how placed, and what lies over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from turbohtml import Element

from sitegen_tui.actions.base import Page
from sitegen_tui.actions.checks.measure import substituted
from sitegen_tui.domain.colour import Colour, find_colours
from sitegen_tui.domain.probes import Box, Painted, PaintedImage, Picture, Probe, View, ViewName
from sitegen_tui.domain.template import Background
from sitegen_tui.site.cascade import applied_to, pseudo_of
from sitegen_tui.site.positions import normal_position
from sitegen_tui.site.source import Span

COVERS = 0.9
"""Share of a picture that a layer must lie over to count as its overlay."""
FILLS = 0.5
"""Share of a part of the page from which on an img, or a picture that nobody asked for, counts as being behind it."""
SEEN = 0.15
"""Share of a part of the page that its own picture takes up at least."""
OPAQUE = 0.97
"""Alpha from which on nothing can be seen through an overlay."""
ROUNDING = 0.005
"""Alpha that eight bits may cost."""
_RASTER = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")
OVERLAY = "the overlay"
"""What hides a picture where no other file does."""


@dataclass(frozen=True)
class Part:
    """A part of the page that may have a picture behind it; `media` is the selector of a picture of its own, if it has one."""

    id: str
    selector: str
    background: Background | None = None
    media: str | None = None

    @property
    def holder(self) -> str:
        """The selector of the element that the picture is to be on."""
        return self.background.selector if self.background is not None else (self.media or self.selector)

    @property
    def overlay(self) -> str | None:
        """The selector of the layer that keeps text readable."""
        return self.background.overlay if self.background is not None else None


@dataclass(frozen=True)
class Behind:
    """One picture at one window size.

    `share` is the part of its section that it takes up, `veil` the alpha of gradients above it in the same element, `under`
    the file of a photograph above it in the same element, `own` whether it is the section's own background, below all else.
    """

    where: str
    path: str | None
    shown: bool
    box: Box | None
    share: float
    size: str
    position: str
    veil: float = 0.0
    under: str = ""
    own: bool = False


@dataclass(frozen=True)
class Sight:
    """A part of the page at one window size: is it there, which pictures are behind it, and how strong its overlay is."""

    name: ViewName
    view: View
    part: Part

    @cached_property
    def box(self) -> Box | None:
        """The part's box; None where it is not there."""
        seen = self.view.sections.get(self.part.id)
        return seen.box if seen is not None else None

    @property
    def place(self) -> Box | None:
        """Where the part's picture is to be: the box of the element that has it, which need not fill the part."""
        holder = self.view.painted.get(self.part.holder)
        return holder.box if holder is not None and holder.box is not None and holder.box.area else self.box

    @cached_property
    def pictures(self) -> tuple[Behind, ...]:
        """Every picture of the part that could be the one behind it: its backgrounds, and imgs that fill it."""
        return tuple(_pictures(self))

    def showing(self, path: str) -> list[Behind]:
        """The pictures of that file, those first that can be seen."""
        return sorted((one for one in self.pictures if one.path == path), key=lambda one: not self.visible(one))

    def visible(self, picture: Behind) -> bool:
        """Whether it is painted, large enough and under nothing that hides it."""
        return picture.shown and picture.share >= SEEN and not self.hider(picture)

    def hider(self, picture: Behind) -> str:
        """What hides a picture that lies under it: another file, or an overlay that nothing can be seen through; else empty."""
        if picture.under:
            return picture.under
        if picture.own:
            for other in self.pictures:
                if other.own or not other.shown or other.share < COVERS or other.path == picture.path:
                    continue
                if _photograph(other.path):
                    return other.path or ""
        return OVERLAY if self.veil(picture) >= OPAQUE else ""

    def veil(self, picture: Behind | None = None) -> float:
        """Alpha of everything together that lies over the picture, or where it should be, by its weakest place."""
        through = 1.0 - (picture.veil if picture is not None else 0.0)
        for layer in _over(self.view, self.part, picture, self.place):
            through *= 1.0 - _alpha(layer)
        return 1.0 - through

    @property
    def main(self) -> Behind | None:
        """The picture that a person takes for the one behind the part."""
        seen = [one for one in self.pictures if self.visible(one)]
        return max(seen, key=lambda one: (one.share, not one.own), default=None)

    @cached_property
    def fingerprint(self) -> tuple[object, ...]:
        """Equal for two sights of which nothing but content and height differs."""
        placed = sorted((one.path or "", one.size, normal_position(one.position), one.shown) for one in self.pictures)
        return (*placed, round(self.veil(self.main), 2))


def sights(probe: Probe, part: Part) -> list[Sight]:
    """The part at every window size that was looked at."""
    return [Sight(name, view, part) for name, view in probe.views.items()]


def left_alone(before: Sequence[Sight], after: Sequence[Sight]) -> bool:
    """Whether pictures, their places and overlay are everywhere as they were in the input."""
    old = {one.name: one.fingerprint for one in before}
    return bool(after) and all(old.get(one.name) == one.fingerprint for one in after)


def misplaced(picture: Behind, position: str) -> str:
    """What is wrong with a picture's size or position; empty if it covers its box around the position."""
    if picture.size != "cover":
        return f"is sized {picture.size or 'auto'}"
    if normal_position(picture.position) != normal_position(position):
        return f"is placed at {picture.position}"
    return ""


def too_thin(sight: Sight, least: float, scrim: float) -> float | None:
    """The alpha over the part's picture where it is less than `least`; a scrim behind the text strengthens what is there."""
    veil = sight.veil(sight.main)
    strong = veil + (1.0 - veil) * scrim if veil > ROUNDING else veil
    lost = strong < least - ROUNDING or (least <= ROUNDING and veil <= ROUNDING)
    return veil if lost else None


def new_scrim(before: Page, after: Page, selector: str, headings: Sequence[str]) -> float:
    """Alpha of the scrim behind a part's heading, where the input had a thinner one or none; else 0."""
    old, new = (_scrim(page, selector, headings) for page in (before, after))
    return new if new > old + ROUNDING else 0.0


# -- pictures -------------------------------------------------------------------------------------------------------------


def _pictures(sight: Sight) -> Iterator[Behind]:
    part, view = sight.part, sight.view
    layers: list[Painted] = [one for one in view.backgrounds if one.section == part.id]
    for selector in dict.fromkeys((part.holder, part.selector)):
        painted = view.painted.get(selector)
        if painted is not None and painted.picture is not None and not any(_same(painted, one) for one in layers):
            layers.append(painted)
    for layer in layers:
        # What hides a picture from eyes hides it also where its file is at hand.
        own = not pseudo_of(layer.selector) and layer.box == sight.box
        for index, image in enumerate(layer.images):
            if image.kind == "url":
                yield _background(layer, image, layer.images[:index], sight.box, own)
    for picture in view.pictures:
        if picture.section == part.id and (_share(picture.box, sight.box) >= FILLS or _is_media(part, picture)):
            yield _img(picture, sight.box)


def _background(layer: Painted, image: PaintedImage, above: Sequence[PaintedImage], box: Box | None, own: bool) -> Behind:
    sizes = image.size.split() or ["auto"]
    through = 1.0
    for gradient in above:
        through *= 1.0 - _weakest(gradient)
    return Behind(
        where=layer.selector,
        path=image.path,
        shown=layer.visible and image.loaded and layer.opacity > 1 - OPAQUE and not any(one in ("0px", "0%", "0") for one in sizes),
        box=layer.box,
        share=_share(layer.box, box),
        size=image.size,
        position=image.position,
        veil=1.0 - through,
        under=next((one.path or "" for one in above if one.kind == "url" and one.loaded and _photograph(one.path)), ""),
        own=own,
    )


def _img(picture: Picture, box: Box | None) -> Behind:
    return Behind(
        where=picture.path,
        path=picture.source,
        shown=picture.visible and picture.decoded,
        box=picture.box,
        share=_share(picture.box, box),
        size=picture.fit,
        position=picture.position,
    )


def _same(one: Painted, other: Painted) -> bool:
    return (one.box, one.images) == (other.box, other.images)


def _is_media(part: Part, picture: Picture) -> bool:
    """Whether an img is, or lies in, what the manifest names as the part's picture."""
    names = [name for name in (part.media, part.background.selector if part.background is not None else None) if name]
    return any(picture.path == name or picture.path.endswith((f" > img{name}", f" > {name}")) for name in names)


def _share(box: Box | None, whole: Box | None) -> float:
    if box is None or whole is None or not whole.area:
        return 0.0
    across, down = box.shared(whole)
    return across * down / whole.area


def _photograph(path: str | None) -> bool:
    return path is not None and path.lower().endswith(_RASTER)


# -- what lies over them --------------------------------------------------------------------------------------------------


def _over(view: View, part: Part, picture: Behind | None, box: Box | None) -> Iterator[Painted]:
    """Layers of the manifest's names that lie over the whole picture, each once."""
    owners = dict.fromkeys(name for name in (part.holder, part.selector, part.media, part.overlay) if name and not pseudo_of(name))
    names = [part.overlay or "", *(f"{name}::{side}" for name in owners for side in ("before", "after"))]
    under = picture.box if picture is not None and picture.box is not None else box
    told: set[tuple[object, ...]] = set()
    for name in dict.fromkeys(names):
        layer = view.painted.get(name)
        if layer is None or not layer.visible or _share(layer.box, under) < COVERS:
            continue
        # Two selectors may name one pseudo-element.
        key = (pseudo_of(name), layer.box, layer.colour, layer.images, layer.opacity)
        if key in told or (picture is not None and any(one.kind == "url" and one.path == picture.path for one in layer.images)):
            continue
        told.add(key)
        yield layer


def _alpha(layer: Painted) -> float:
    colour = Colour.parse(layer.colour)
    through = 1.0 - (colour.a if colour is not None else 0.0)
    for image in layer.images:
        through *= 1.0 - _weakest(image)
    return layer.opacity * (1.0 - through)


def _weakest(image: PaintedImage) -> float:
    """The least alpha of a gradient that covers its box; 0 for another."""
    if image.kind != "gradient" or not image.stops or image.size not in ("auto", "cover", "100% 100%", "100%", ""):
        return 0.0
    found = [Colour.parse(stop) for stop in image.stops]
    return min((colour.a if colour is not None else 0.0) for colour in found)


def _scrim(page: Page, selector: str, headings: Sequence[str]) -> float:
    holder = page.html.one(selector)
    span = page.html.outer(holder) if holder is not None else None
    inside = [one for name in headings for one in page.html.select(name) if span is not None and _within(page, one, span)]
    through = 1.0
    element = inside[0] if inside else None
    while element is not None and element is not holder:
        for pseudo in ("", "before", "after"):
            through *= 1.0 - _declared(page, element, pseudo)
        element = element.parent if isinstance(element.parent, Element) else None
    return 1.0 - through


def _within(page: Page, element: Element, span: Span) -> bool:
    outer = page.html.outer(element)
    return outer is not None and span.start <= outer.start and outer.end <= span.end


def _declared(page: Page, element: Element, pseudo: str) -> float:
    """The weakest alpha of the background that the files give an element, whatever the window; 0 for none."""
    found = applied_to(page, (element,), pseudo, "background", "background-color", "background-image")
    values = [substituted(page, one.declaration.value) for one in found if not one.rule.context]
    alphas = [colour.a for _, _, colour in find_colours(values[-1])] if values else []
    return min(alphas, default=0.0)
