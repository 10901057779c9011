"""What a browser saw of a site: computed styles, boxes, pixels, errors and behaviour, as plain values for the rendered checks."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.template import ColourRole, FontRole, Viewport

ViewName = Literal["desktop", "tablet", "mobile", "narrow"]
VIEWPORTS: dict[ViewName, Viewport] = {
    "desktop": Viewport(width=1280, height=800),
    "tablet": Viewport(width=800, height=1000),
    "mobile": Viewport(width=375, height=812),
    "narrow": Viewport(width=320, height=640),
}

Hex = str
"""A colour as `Colour.hex` writes it: `#rrggbb`, or `#rrggbbaa` where it is translucent; `Colour.parse` reads it."""

INVISIBLE_BELOW = 2.0
"""Median contrast under which a text counts as invisible."""


class Box(NamedTuple):
    """A border box in CSS pixels, from the page's top left corner at scroll position 0."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def cx(self) -> float:
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        return self.y + self.h / 2

    @property
    def area(self) -> float:
        return self.w * self.h

    def shared(self, other: Box) -> tuple[float, float]:
        """Width and height of what both cover; 0 where they do not meet."""
        width = min(self.right, other.right) - max(self.x, other.x)
        height = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(0.0, width), max(0.0, height)


class ProbeWants(Frozen):
    """Which parts of a probe are asked for; what is left out stays empty (or None) in the probe."""

    views: tuple[ViewName, ...] = ("desktop", "tablet", "mobile", "narrow")
    contrast: tuple[ViewName, ...] = Field(default=("desktop", "mobile"), description="views whose pixels are measured")
    states: bool = Field(default=True, description="hover and focus of controls and traps; needs desktop contrast")
    focus: bool = Field(default=True, description="focus visibility of every focusable element, at desktop")
    tints: bool = Field(default=True, description="header tints after really scrolling, at desktop")
    behaviours: bool = True
    axe: bool = True


class Failure(Frozen):
    """Why a page could not be measured to the end. What had been measured until then is kept."""

    kind: Literal["no-page", "too-large", "timeout", "crashed", "navigated", "unmeasurable"]
    stage: str = Field(description="what was being done: a view, `behaviour ID`, `axe` ...")
    detail: str = Field(max_length=300)


class PaintedImage(Frozen):
    """One layer of a computed background-image."""

    kind: Literal["url", "gradient", "other"]
    path: str | None = Field(default=None, description="file of the site, for a url that lies in it")
    loaded: bool = Field(default=True, description="whether the file was there and decoded; gradients are always")
    stops: tuple[Hex, ...] = Field(default=(), description="colours of a gradient in order")
    text: str = Field(default="", max_length=300, description="the computed value, shortened")
    size: str = ""
    position: str = ""
    repeat: str = ""


class Painted(Frozen):
    """How an element or pseudo-element of the manifest is painted at a view; the first match counts."""

    selector: str
    found: bool = Field(description="the element is there; for a pseudo-element, it is generated")
    visible: bool = Field(default=False, description="displayed, not hidden, not transparent, of a size")
    box: Box | None = Field(default=None, description="for a pseudo-element: its size at its element's corner")
    colour: Hex = "#00000000"
    images: tuple[PaintedImage, ...] = ()
    shadows: tuple[Hex, ...] = Field(default=(), description="colours of box-shadow in order")
    opacity: float = 1.0

    @property
    def picture(self) -> str | None:
        """The site path of the first picture among the images."""
        return next((image.path for image in self.images if image.kind == "url"), None)

    @property
    def gradient(self) -> tuple[Hex, ...]:
        """The stops of the first gradient among the images."""
        return next((image.stops for image in self.images if image.kind == "gradient"), ())


class Background(Painted):
    """An element or pseudo-element with a picture behind it, found without the manifest; `selector` is its path."""

    section: str = ""


class Picture(Frozen):
    """An img element."""

    path: str = Field(description="selector path")
    section: str = ""
    source: str | None = Field(default=None, description="file of the site that is shown; None for another or none")
    url: str = Field(default="", max_length=200, description="the address shown, shortened")
    alt: str | None = None
    natural: tuple[int, int] = (0, 0)
    box: Box
    decoded: bool = False
    visible: bool = False
    fit: str = "fill"
    position: str = ""


class Logo(Frozen):
    """A logo of the manifest; `contrast` is the median over its opaque pixels against what lies behind it, where measured."""

    picture: Picture | None = None
    contrast: float | None = None
    ground: Hex | None = Field(default=None, description="median colour behind it")

    @property
    def distortion(self) -> float:
        """By how much the shown aspect ratio differs from the file's: 0.02 is 2 %. 0 where object-fit keeps it."""
        shown = self.picture
        if shown is None or not all(shown.natural) or not shown.box.h or shown.fit in ("contain", "cover", "none", "scale-down"):
            return 0.0
        return abs((shown.box.w / shown.box.h) / (shown.natural[0] / shown.natural[1]) - 1)


class Text(Frozen):
    """A visible text node.

    `box` is what of it can be seen; `colour` has the opacity of all ancestors in its alpha. `low` (10th percentile) and
    `median` are contrast ratios over the pixels behind it, None where not measured. `exempt` says why WCAG 1.4.3 does not
    apply, empty if it does.
    """

    path: str
    section: str = ""
    text: str = Field(max_length=120)
    box: Box
    colour: Hex
    size: float
    weight: int
    family: str = Field(default="", description="first family of the computed list")
    clipped: float = Field(default=0.0, description="share of its area that overflow hides for good")
    fixed: bool = False
    exempt: Literal["", "disabled", "logotype", "hidden"] = ""
    low: float | None = None
    median: float | None = None

    @property
    def large(self) -> bool:
        """Large text of WCAG 1.4.3: from 24 px, or from 18.66 px at weight 700."""
        return self.size >= 24 or (self.size >= 18.66 and self.weight >= 700)

    @property
    def limit(self) -> float:
        """The least contrast that AA asks for."""
        return 3.0 if self.large else 4.5

    @property
    def fails(self) -> bool:
        """Whether it was measured, is not exempt and is under its limit."""
        return not self.exempt and self.low is not None and self.low < self.limit

    @property
    def invisible(self) -> bool:
        """Whether it was measured, is not exempt and cannot be read."""
        return not self.exempt and self.median is not None and self.median < INVISIBLE_BELOW


class Overlap(Frozen):
    """Two texts of a view, by index, that cover each other; `share` of the smaller one's area."""

    first: int
    second: int
    share: float


class Item(Frozen):
    """One item of a group."""

    label: str = Field(default="", max_length=80, description="first words, else the alternative text or file of its picture")
    box: Box
    visible: bool = True
    media: Box | None = None
    media_side: Literal["", "left", "right", "above", "below"] = ""


class Group(Frozen):
    """The items of a section (or of the footer), in document order."""

    section: str
    found: bool
    box: Box | None = Field(default=None, description="the container's")
    display: str = ""
    scrolls: bool = Field(default=False, description="the container scrolls sideways and holds more than it shows")
    snap: str = Field(default="", description="computed scroll-snap-type, empty for none")
    items: tuple[Item, ...] = ()
    columns: int = Field(default=0, description="items whose top lies within 8 px of the first item's")
    gap_x: float | None = Field(default=None, description="least distance of neighbours in a row; None with one column")
    gap_y: float | None = Field(default=None, description="least distance between rows; None with one row")
    order: tuple[int, ...] = Field(default=(), description="indices of items in order of appearance, row by row")


class SectionSeen(Frozen):
    """A section of the manifest, header, hero or footer."""

    id: str
    found_by: Literal["", "selector", "id", "heading"]
    box: Box | None = None
    visible: bool = False
    text_length: int = Field(default=0, description="characters of visible text")
    pictures: int = Field(default=0, description="visible img, video and svg elements and painted background files")


class HeroPart(Frozen):
    """A slot of the hero, or another element in it outside the text block."""

    name: str = Field(description="slot name, or the element's tag and classes")
    path: str
    box: Box
    visible: bool
    align: str = ""
    hidden_to_readers: bool = False
    text: str = Field(default="", max_length=80)


class HeroSeen(Frozen):
    """Geometry of the hero."""

    found: bool
    box: Box | None = None
    text: Box | None = Field(default=None, description="the text block's box")
    ink: Box | None = Field(default=None, description="what its texts and calls cover together")
    media: Box | None = None
    align: str = Field(default="", description="computed text-align of the headline: start, left, center ...")
    max_width: str = Field(default="", description="computed max-width of the text block")
    min_height: str = Field(default="", description="computed min-height of the hero")
    parts: tuple[HeroPart, ...] = ()
    extras: tuple[HeroPart, ...] = Field(default=(), description="elements outside the text block, overlay and media")


class Nav(Frozen):
    """The navigation's list."""

    found: bool
    visible: bool = False
    items: int = 0
    markers: int = Field(default=0, description="visible items that paint a list marker")
    styles: tuple[str, ...] = Field(default=(), description="distinct `display list-style-type` of the items")


class Font(Frozen):
    """Computed families over the elements that a manifest font applies to."""

    families: dict[str, int] = Field(default={}, description="first family to number of elements")
    stack: str = Field(default="", max_length=200, description="the first element's whole list")


class View(Frozen):
    """The page at one window size, at scroll position 0."""

    name: ViewName
    width: int = Field(description="innerWidth")
    height: int = Field(description="innerHeight")
    scroll_width: int
    scroll_height: int
    sideways: bool = Field(default=True, description="a person can scroll sideways: overflow-x of the page is not hidden")
    tokens: dict[ColourRole, Hex | None] = Field(description="resolved at the root; None if it is no colour")
    local_tokens: dict[str, dict[ColourRole, Hex | None]] = Field(default={}, description="section id to tokens it overrides")
    fonts: dict[FontRole, Font]
    painted: dict[str, Painted] = Field(description="by selector, every one of the manifest that paints")
    backgrounds: tuple[Background, ...] = Field(default=(), description="whatever else has a picture behind it, by selector path")
    sections: dict[str, SectionSeen]
    hero: HeroSeen
    groups: dict[str, Group]
    logos: dict[Literal["header", "footer"], Logo]
    pictures: tuple[Picture, ...]
    nav: Nav
    texts: tuple[Text, ...]
    overlaps: tuple[Overlap, ...] = ()
    limited: bool = Field(default=False, description="more elements or texts than are measured")

    @property
    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        return max(0, self.scroll_width - self.width)

    @property
    def columns(self) -> dict[str, int]:
        """Section id to columns of its items."""
        return {section: group.columns for section, group in self.groups.items()}


class Tint(Frozen):
    """A tint of the manifest after scrolling to its position."""

    id: str
    scrolled: int = Field(description="how far the page did scroll, in pixels")
    painted: Painted


class BehaviourSeen(Frozen):
    """A behaviour of the manifest, driven by real events on a freshly loaded page."""

    id: str
    works: bool
    before: bool = Field(default=False, description="everything expected was so before anything was done")
    reason: str = Field(default="", max_length=200)


class Control(Frozen):
    """A field, or a button with a border, fill or icon; ratios against what is painted around it.

    `ratio` is what tells it from its surroundings: the best of border, fill and (for a button with text) the text itself.
    """

    path: str
    section: str = ""
    kind: Literal["field", "button", "icon"]
    box: Box
    border: Hex | None = None
    border_ratio: float | None = None
    fill_ratio: float | None = None
    icon_ratio: float | None = None
    ground: Hex | None = None
    ratio: float | None = None
    has_text: bool = False
    disabled: bool = False

    @property
    def fails(self) -> bool:
        """Whether WCAG 1.4.11 is not met: nothing of it reaches 3:1."""
        return not self.disabled and not self.has_text and self.ratio is not None and self.ratio < 3.0


class StateText(Frozen):
    """A text whose colour or ground changes in a state, measured in that state."""

    path: str
    section: str = ""
    text: str = Field(max_length=120)
    state: Literal["hover", "focus"]
    colour: Hex
    low: float
    median: float
    limit: float
    exempt: Literal["", "disabled", "logotype", "hidden"] = ""

    @property
    def fails(self) -> bool:
        """Whether it is under its limit."""
        return not self.exempt and self.low < self.limit


class TrapSeen(Frozen):
    """A trap of the manifest in its state: the worst of the visible elements it names."""

    id: str
    matches: int = Field(description="texts or controls found for it")
    ratio: float | None = None
    limit: float = 4.5
    path: str = ""

    @property
    def fails(self) -> bool:
        return self.ratio is not None and self.ratio < self.limit


class FocusSeen(Frozen):
    """A focusable element, reached as from the keyboard."""

    path: str
    section: str = ""
    tag: str
    text: str = Field(default="", max_length=80)
    seen: bool = Field(description="it, or its parent, looks different when focused")
    changed: tuple[str, ...] = Field(default=(), description="properties that differ")


class FirstFocus(Frozen):
    """What the first press of the tab key reaches."""

    path: str
    tag: str
    href: str = Field(default="", max_length=200)
    text: str = Field(default="", max_length=80)
    target: str = Field(default="", description="path of the element that its fragment names, empty if there is none")
    shown: bool = Field(default=False, description="in the window and visible while focused")


class AxeViolation(Frozen):
    """A rule of axe-core that the page breaks, contrast rules left out."""

    id: str
    impact: str
    help: str = Field(max_length=200)
    nodes: int
    targets: tuple[str, ...] = Field(default=(), description="selectors of the first elements")


class PageError(Frozen):
    """An uncaught exception or an unhandled rejection, on loading or in a behaviour."""

    message: str = Field(max_length=300)
    file: str = ""
    line: int = 0
    stage: str = "load"


class Probe(Frozen):
    """Everything measured. With a `failure`, what is here is what had been measured before it."""

    failure: Failure | None = None
    views: dict[ViewName, View] = {}
    tints: dict[str, Tint] = {}
    errors: tuple[PageError, ...] = ()
    missing: tuple[str, ...] = Field(default=(), description="paths the page asked for that the site does not have, sorted")
    behaviours: dict[str, BehaviourSeen] = {}
    focus: tuple[FocusSeen, ...] = ()
    first_focus: FirstFocus | None = None
    controls: tuple[Control, ...] = ()
    states: tuple[StateText, ...] = ()
    traps: dict[str, TrapSeen] = {}
    axe: tuple[AxeViolation, ...] | None = None
    dialogs: int = Field(default=0, description="alerts and the like that were dismissed, at most 1000")
    wants: ProbeWants
    browser: str = Field(default="", description="product and version")

    @property
    def responsive_groups(self) -> frozenset[str]:
        """Section ids whose columns differ between the views."""
        views = list(self.views.values())
        return frozenset(
            section for section in (views[0].columns if views else {}) if len({view.columns.get(section) for view in views}) > 1
        )

    @property
    def fingerprint(self) -> tuple[tuple[ViewName, tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]], ...]:
        """For each view: columns by group, and heights of sections in whole pixels."""
        return tuple(
            (
                name,
                tuple(sorted(view.columns.items())),
                tuple(sorted((key, round(seen.box.h)) for key, seen in view.sections.items() if seen.box)),
            )
            for name, view in self.views.items()
        )
