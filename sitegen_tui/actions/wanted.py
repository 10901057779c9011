"""What a brief asks for at the places of a template: read by directives, reference edits, checks and faults alike."""

from __future__ import annotations

from typing import Literal

from sitegen_tui.domain.requirements import LogoAsset, Requirements, SectionImage
from sitegen_tui.domain.template import Background, Manifest

Place = Literal["header", "footer"]


def asset_of(requirements: Requirements, place: Place) -> LogoAsset:
    """The logo that the place is to show."""
    return requirements.logos.header if place == "header" else requirements.logos.footer


def targets(requirements: Requirements, manifest: Manifest) -> list[tuple[SectionImage, Background]]:
    """The directives about sections that have a picture behind them by the manifest, each with that background."""
    found: list[tuple[SectionImage, Background]] = []
    for image in requirements.images.sections:
        section = manifest.section(image.section)
        if section is not None and section.background is not None:
            found.append((image, section.background))
    return found
