"""Requirements as lint rules see them: the fields, their assets, the template they are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sitegen_tui.content.findings import LintFinding, Severity
from sitegen_tui.content.library import Pack
from sitegen_tui.content.loading import find_at
from sitegen_tui.content.skeleton import Skeleton
from sitegen_tui.content.yaml_text import Document, FieldPath
from sitegen_tui.domain.colour import Colour
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import ColourRole


@dataclass(slots=True)
class Brief:
    """What the requirements rules read and what they have found so far."""

    wanted: Requirements
    assets: Mapping[str, bytes]
    document: Document | None
    skeleton: Skeleton
    findings: list[LintFinding] = field(default_factory=list[LintFinding])

    @classmethod
    def of(cls, pack: Pack, skeleton: Skeleton, document: Document | None = None) -> Brief:
        """A brief to be judged against the template it is for."""
        return cls(pack.requirements, pack.assets, document, skeleton)

    def say(self, path: FieldPath, message: str, mend: str, severity: Severity = "error") -> None:
        """A finding on a field."""
        self.findings.append(find_at(self.document, path, message, mend, severity))

    def colour(self, role: ColourRole) -> Colour | None:
        """The brand's colour of the role."""
        return Colour.parse(self.wanted.brand.colours.get(role, ""))


def asset_fields(wanted: Requirements) -> Iterator[tuple[FieldPath, str]]:
    """Every field that names an asset, with the path it names."""
    yield ("logos", "header", "path"), wanted.logos.header.path
    yield ("logos", "footer", "path"), wanted.logos.footer.path
    for name in ("svg", "ico", "png32", "apple_touch"):
        value: str | None = getattr(wanted.favicon, name)
        if value:
            yield ("favicon", name), value
    if wanted.images.hero:
        yield ("images", "hero", "path"), wanted.images.hero.path
    for index, image in enumerate(wanted.images.sections):
        if image.path != "none":
            yield ("images", "sections", index, "path"), image.path
    yield ("organisation", "logo"), wanted.organisation.logo


def copy_fields(wanted: Requirements) -> Iterator[tuple[FieldPath, str]]:
    """Every field whose text is to stand on the page or in its head."""
    hero, about, contact = wanted.content.hero, wanted.content.about, wanted.contact
    fields: tuple[tuple[FieldPath, str | None], ...] = (
        (("business", "name"), wanted.business.name),
        (("business", "tagline"), wanted.business.tagline),
        (("content", "hero", "eyebrow"), hero.eyebrow),
        (("content", "hero", "headline"), hero.headline),
        (("content", "hero", "subheadline"), hero.subheadline),
        (("content", "hero", "primary_cta", "label"), hero.primary_cta.label),
        (("content", "hero", "secondary_cta", "label"), hero.secondary_cta.label if hero.secondary_cta else None),
        (("content", "about", "heading"), about.heading),
        *((("content", "about", "paragraphs", at), text) for at, text in enumerate(about.paragraphs)),
        *((("content", "about", "stats", at, "value"), stat.value) for at, stat in enumerate(about.stats)),
        *((("content", "about", "stats", at, "label"), stat.label) for at, stat in enumerate(about.stats)),
        (("contact", "email"), contact.email),
        (("contact", "phone", "display"), contact.phone.display),
        (("contact", "phone", "e164"), contact.phone.e164),
        (("contact", "address", "street"), contact.address.street),
        (("contact", "hours"), contact.hours),
        (("contact", "copyright"), contact.copyright),
        (("seo", "title"), wanted.seo.title),
        (("seo", "description"), wanted.seo.description),
    )
    yield from ((path, text) for path, text in fields if text)
