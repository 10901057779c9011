"""How hard a template is, counted: what the sixteen actions must find, change and keep, and the tier that follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest

LAYER_WEIGHT = 0.5
"""What a gradient, overlay or tint counts beside a section, background, directive or behaviour: several are one rule's work."""

TIER_BOUNDS: tuple[float, ...] = (19.0, 22.0, 26.0, 30.0)
"""The number from which on a template is of tier 2, 3, 4 and 5.

A site that has just what every template must have (four sections, three pictures, two gradients, two overlays, two states of
the header, four directives and two behaviours) comes to 16; each step to the next tier is about four things more to do.
"""


class Difficulty(Frozen):
    """Counts of a template, with a brief or without.

    `sections` are those between header and footer, `backgrounds` pictures behind them and the hero, `layers` gradients,
    overlays and tints in each state, `directives` the arrangements that are asked for, the hero's among them.
    """

    sections: int
    backgrounds: int
    layers: int
    directives: int
    behaviours: int

    @property
    def number(self) -> float:
        """One number: everything counts one, a layer half."""
        return self.sections + self.backgrounds + LAYER_WEIGHT * self.layers + self.directives + self.behaviours

    @property
    def tier(self) -> int:
        """The tier that the number falls into, 1 to 5."""
        return 1 + sum(self.number >= bound for bound in TIER_BOUNDS)


def difficulty(manifest: Manifest, brief: Requirements | None = None) -> Difficulty:
    """The counts of a template with a brief; without one every arrangement that it has a recipe for counts as asked for once."""
    derived = manifest.derived
    own = [manifest.hero.background, *(section.background for section in manifest.sections)]
    asked = len(brief.layout.sections) if brief is not None else len(manifest.section_recipes)
    return Difficulty(
        sections=len(manifest.sections),
        backgrounds=sum(1 for background in own if background is not None),
        layers=len(derived.gradients) + len(derived.overlays) + len(derived.tints),
        directives=1 + asked,
        behaviours=len(manifest.behaviours),
    )


def hardest(manifest: Manifest, briefs: Sequence[Requirements]) -> Difficulty:
    """The counts with the brief that asks for most; without any brief those of the template alone."""
    return max((difficulty(manifest, brief) for brief in briefs or (None,)), key=lambda one: one.number)
