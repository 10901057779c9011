"""A business's requirements: what its website must say, show and look like."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.template import ColourRole, FontRole, HeroPattern, HexColour, SectionPattern, Slug

AssetPath = Annotated[str, StringConstraints(pattern=r"^assets/[A-Za-z0-9][A-Za-z0-9._/-]*$", max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class Business(Frozen):
    """Who it is for."""

    name: Text
    legal_name: Text
    tagline: Text
    industry: Text


class Font(Frozen):
    """One family, loaded from Google Fonts."""

    family: Text
    fallback: Literal["serif", "sans-serif", "monospace", "system-ui", "cursive"]
    weights: tuple[int, ...] = Field(min_length=1)


class Brand(Frozen):
    """Colours and fonts."""

    colours: dict[ColourRole, HexColour]
    fonts: dict[FontRole, Font]


class LogoAsset(Frozen):
    """A logo file and how it is to be placed; sizes in CSS pixels."""

    path: AssetPath
    alt: Text
    max_height: int = Field(gt=0)
    width: int = Field(gt=0)
    height: int = Field(gt=0)


class Logos(Frozen):
    """The mark for the header's ground and the variant for the footer's."""

    header: LogoAsset
    footer: LogoAsset


class Favicon(Frozen):
    """Icon files; `manifest` is the web manifest's path at the site's root."""

    svg: AssetPath | None = None
    ico: AssetPath | None = None
    png32: AssetPath | None = None
    apple_touch: AssetPath
    manifest: Literal["site.webmanifest"] | None = None


class HeroImage(Frozen):
    """The hero's picture."""

    path: AssetPath
    position: str = "center"
    overlay_alpha_min: float = Field(ge=0, le=1)
    alt: str = ""


class SectionImage(Frozen):
    """A section's background picture, or `none` where the section is to have none."""

    section: Slug
    path: AssetPath | Literal["none"]
    overlay_alpha_min: float = Field(default=0, ge=0, le=1)
    position: str = "center"


class Images(Frozen):
    """Pictures."""

    hero: HeroImage | None = None
    sections: tuple[SectionImage, ...] = ()


class Call(Frozen):
    """A call to action."""

    label: Text
    href: str


class HeroContent(Frozen):
    """Exact hero copy."""

    eyebrow: Text | None = None
    headline: Text
    subheadline: Text
    primary_cta: Call
    secondary_cta: Call | None = None


class Stat(Frozen):
    """A figure and what it counts."""

    value: Text
    label: Text


class AboutContent(Frozen):
    """Exact about copy."""

    heading: Text
    paragraphs: tuple[Text, ...] = Field(min_length=1)
    stats: tuple[Stat, ...] = ()


class Content(Frozen):
    """Copy to be placed verbatim."""

    hero: HeroContent
    about: AboutContent


class Phone(Frozen):
    """A telephone number as shown and as dialled."""

    display: Text
    e164: Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]


class Address(Frozen):
    """A postal address."""

    street: Text
    locality: Text
    region: str = ""
    postal: str = ""
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]

    def lines(self) -> tuple[str, ...]:
        """Street; locality with region and postal code; the lines a page shows."""
        second = ", ".join(part for part in (self.locality, self.region) if part)
        return (self.street, f"{second} {self.postal}".strip())


class Social(Frozen):
    """A profile on a network."""

    network: Slug
    url: str


class Contact(Frozen):
    """How to reach the business."""

    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    phone: Phone
    address: Address
    hours: Text
    socials: tuple[Social, ...] = ()
    copyright: Text


class Columns(Frozen):
    """Columns at 1280, 800 and 375 CSS pixels."""

    desktop: int = Field(ge=1, le=6)
    tablet: int = Field(ge=1, le=6)
    mobile: int = Field(ge=1, le=6)


class HeroLayout(Frozen):
    """How the hero is arranged; lengths in CSS pixels unless named otherwise."""

    pattern: HeroPattern
    min_height_vh: int = Field(ge=30, le=100)
    content_max_px: int = Field(ge=200, le=1280)
    stack_below: int = 768
    overlap_px: int = 0
    scroll_cue: bool = False


class SectionLayout(Frozen):
    """How a section's items are arranged."""

    section: Slug
    pattern: SectionPattern
    columns: Columns
    gap_min_px: int = Field(ge=0, le=200)


class Layout(Frozen):
    """Layout directives."""

    hero: HeroLayout
    sections: tuple[SectionLayout, ...] = ()


class OpenGraph(Frozen):
    """Open Graph properties; title and description follow `seo`."""

    type: str = "website"
    site_name: Text
    image: str
    url: str


class Twitter(Frozen):
    """Twitter card."""

    card: Literal["summary", "summary_large_image"] = "summary_large_image"


class Seo(Frozen):
    """Head metadata."""

    lang: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    title: Text
    description: Text
    canonical: str
    robots: str = "index, follow"
    og: OpenGraph
    twitter: Twitter = Twitter()


class Organisation(Frozen):
    """What the structured data says; `_ref` fields name other requirements fields."""

    type: str
    url: str
    logo: AssetPath
    telephone_ref: Literal["contact.phone.e164"] | None = None
    address_ref: Literal["contact.address"] | None = None
    opening_hours: str = ""
    same_as_ref: Literal["contact.socials"] | None = None


class Accessibility(Frozen):
    """Labels for navigation aids."""

    skip_label: Text = "Skip to main content"
    nav_label: Text = "Main"
    menu_label: Text = "Open menu"


class ContrastRules(Frozen):
    """What verify-contrast may and may not do."""

    level: Literal["AA"] = "AA"
    allow: tuple[Literal["swap_text_token", "raise_overlay_alpha", "add_scrim"], ...] = (
        "swap_text_token",
        "raise_overlay_alpha",
        "add_scrim",
    )
    max_overlay_alpha: float = Field(default=0.8, ge=0, le=1)
    forbid: tuple[Literal["edit_brand_hex", "hide_text"], ...] = ("edit_brand_hex", "hide_text")


class Requirements(Frozen):
    """One brief: `requirements/<id>/requirements.yaml`."""

    id: Slug
    template: Slug
    business: Business
    brand: Brand
    logos: Logos
    favicon: Favicon
    images: Images
    content: Content
    contact: Contact
    layout: Layout
    seo: Seo
    organisation: Organisation
    a11y: Accessibility = Accessibility()
    contrast: ContrastRules = ContrastRules()
