"""A template's manifest: where, in a skeleton site, the things live that actions change and judges measure."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from sitegen_tui.domain.base import Frozen

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""An id: lower-case words joined by hyphens."""

HexColour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
"""An opaque sRGB colour, `#rrggbb`."""

Selector = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""A CSS selector; may end in `::before` or `::after` where a painted layer is meant."""

ColourRole = Literal["primary", "secondary", "accent", "background", "surface", "text", "text_muted", "inverse"]
COLOUR_ROLES: tuple[ColourRole, ...] = (
    "primary",
    "secondary",
    "accent",
    "background",
    "surface",
    "text",
    "text_muted",
    "inverse",
)

FontRole = Literal["heading", "body"]

HeroPattern = Literal["centred", "left", "split-left", "split-right", "bottom-left", "card-overlap"]
SectionPattern = Literal["grid", "list", "alternating", "bento", "carousel", "sidebar", "timeline", "footer-columns"]


class FontToken(Frozen):
    """One font family of the skeleton and the custom property that names it."""

    token: str = Field(description="custom property, such as --font-heading")
    family: str = Field(description="the skeleton's own family, which a swap must leave nowhere")
    applies_to: Selector = Field(description="elements whose first computed family must be this one")


class Gradient(Frozen):
    """A gradient painted with brand colours; its stops follow `roles` in order."""

    id: Slug
    selector: Selector
    property: Literal["background", "background-image"] = "background-image"
    roles: tuple[ColourRole, ...] = Field(min_length=2)


class Overlay(Frozen):
    """A translucent layer: its alpha stays, its RGB follows `role`."""

    id: Slug
    selector: Selector
    property: Literal["background", "background-color", "background-image", "box-shadow"] = "background-color"
    role: ColourRole
    alpha: float = Field(ge=0, le=1, description="alpha in the skeleton")


class Tint(Frozen):
    """A header tint in one state; `scroll_y` CSS pixels of scrolling bring the state about."""

    id: Slug
    selector: Selector
    property: Literal["background", "background-color"] = "background-color"
    role: ColourRole
    scroll_y: int = 0


class Derived(Frozen):
    """Colours that are not tokens but must follow them."""

    gradients: tuple[Gradient, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    tints: tuple[Tint, ...] = ()


class Background(Frozen):
    """A picture painted behind a section."""

    selector: Selector = Field(description="the element whose background-image is the picture")
    overlay: Selector | None = Field(default=None, description="the layer that keeps text readable; may be a pseudo-element")
    overlay_property: Literal["background", "background-color", "background-image"] = "background-color"


class Items(Frozen):
    """A group of like things in a section: cards, people, pictures."""

    container: Selector
    item: Selector = Field(description="selector of one item, matched inside the container")
    count: int = Field(ge=1)
    media: Selector | None = Field(default=None, description="picture inside an item; its side matters to `alternating`")


class Section(Frozen):
    """A part of the page with a name; header and footer are not sections but may have items."""

    id: Slug
    selector: Selector
    heading: str = Field(description="the skeleton's heading text, empty if it has none")
    items: Items | None = None
    background: Background | None = None
    baseline: SectionPattern | Literal["none"] = Field(default="none", description="the skeleton's own arrangement of the items")


class Hero(Frozen):
    """The first screen."""

    selector: Selector
    text: Selector = Field(description="the block holding eyebrow, headline, subheadline and calls to action")
    media: Selector | None = None
    background: Background | None = None
    preload: bool = Field(default=False, description="whether the head preloads the hero picture")
    baseline: HeroPattern


class Logo(Frozen):
    """A logo in header or footer."""

    selector: Selector = Field(description="the img element")
    ground: ColourRole | HexColour = Field(description="what it is painted on: a colour role, or a fixed colour")


class Viewport(Frozen):
    """A window size in CSS pixels."""

    width: int
    height: int


class BehaviourStep(Frozen):
    """One thing a person does."""

    do: Literal["click", "hover", "focus", "press", "scroll", "type"]
    target: Selector | None = None
    value: str = Field(default="", description="key for press, pixels for scroll, text for type")


class Expectation(Frozen):
    """What must be so afterwards."""

    target: Selector
    state: Literal["visible", "hidden", "has-class", "lacks-class", "attribute", "text"]
    value: str = Field(default="", description="class name; NAME=VALUE for attribute; substring for text")


class Behaviour(Frozen):
    """Something the page's script does."""

    id: Slug
    viewport: Literal["desktop", "tablet", "mobile"] = "desktop"
    steps: tuple[BehaviourStep, ...] = Field(min_length=1)
    expect: tuple[Expectation, ...] = Field(min_length=1)
    hooks: tuple[str, ...] = Field(default=(), description="ids, classes and attributes the script needs, written as selectors")


class Recipe(Frozen):
    """CSS that arranges the hero or a section in a pattern, used by the reference editor.

    `css` holds placeholders in double braces: `{{scope}}` (the element with the modifier class), `{{columns.desktop}}`,
    `{{columns.tablet}}`, `{{columns.mobile}}`, `{{gap}}`, `{{min_height}}`, `{{content_max}}`, `{{stack_below}}`.
    Columns are bare numbers; lengths bring their unit: `{{gap}}` and `{{content_max}}` as `24px`, `{{min_height}}` as `92vh`,
    `{{stack_below}}` as `768px` for `@media (width < ...)`, `{{overlap}}` (how far a card reaches over the hero's edge) as `80px`.
    """

    css: str
    scroll_cue: str = Field(default="", description="HTML put at the end of the hero when the directive asks for a scroll cue")


class Trap(Frozen):
    """A place that becomes unreadable with the brand palette until verify-contrast mends it."""

    id: Slug
    selector: Selector
    foreground: ColourRole
    ground: ColourRole
    state: Literal["rest", "hover", "focus"] = "rest"
    kind: Literal["text", "control"] = "text"
    css_selector: str = Field(description="the rule in css/styles.css that sets it, written exactly as there")
    property: Literal["color", "border-color", "background-color", "outline-color"] = "color"


class Icons(Frozen):
    """The skeleton's icon files, which a new favicon must replace."""

    old: tuple[str, ...] = Field(description="paths of the skeleton's icons")
    manifest: str | None = Field(default=None, description="path of the web manifest when there is one")


SLOTS: tuple[str, ...] = (
    "hero-eyebrow",
    "hero-headline",
    "hero-subheadline",
    "hero-primary-cta",
    "hero-secondary-cta",
    "about-heading",
    "about-body",
    "about-stats",
    "contact-name",
    "contact-email",
    "contact-phone",
    "contact-address",
    "contact-hours",
    "contact-socials",
    "copyright",
    "nav",
    "menu-button",
)
"""Slots of every template; a template may lack eyebrow, secondary call, stats or menu button."""

OPTIONAL_SLOTS: frozenset[str] = frozenset({"hero-eyebrow", "hero-secondary-cta", "about-stats", "menu-button"})


class Manifest(Frozen):
    """`template.yaml`: everything the program knows about a skeleton site."""

    id: Slug
    name: str
    trade: str
    summary: str
    tier: int = Field(ge=1, le=5)
    tokens: dict[ColourRole, str] = Field(description="role to custom property, such as primary: --c-primary")
    palette_old: dict[ColourRole, HexColour] = Field(description="the skeleton's value of each role")
    fonts: dict[FontRole, FontToken]
    theme_color: bool = Field(default=True, description="whether the head has a theme-color")
    derived: Derived = Derived()
    icons: Icons
    logos: dict[Literal["header", "footer"], Logo]
    hero: Hero
    slots: dict[str, Selector]
    sections: tuple[Section, ...]
    footer: Section | None = Field(default=None, description="the footer's column group, for footer-columns")
    behaviours: tuple[Behaviour, ...] = ()
    hero_recipes: dict[HeroPattern, Recipe] = {}
    section_recipes: dict[str, dict[SectionPattern, Recipe]] = Field(default={}, description="section id, then pattern")
    traps: tuple[Trap, ...] = ()

    def section(self, section_id: str) -> Section | None:
        """The section of that id, the footer counted; None if there is none."""
        for section in (*self.sections, *((self.footer,) if self.footer else ())):
            if section.id == section_id:
                return section
        return None
