"""What every template has and an adopted site lacks, and how to add each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sitegen_tui.content.library import TEMPLATE_FILE
from sitegen_tui.content.skeleton import PAGE, STYLES
from sitegen_tui.domain.template import OPTIONAL_SLOTS, SLOTS, ColourRole, Manifest

ALL_SLOTS = ("header-logo", "footer-logo", *SLOTS)


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that every template has and that was not found, and how to add it."""

    what: str
    how: str


def lacks_of(manifest: Manifest, slots: Collection[str], unused: Collection[ColourRole]) -> list[Lack]:
    """Everything that is lacking where only these slots were found on the page, and no colour for the roles that are `unused`."""
    found: list[Lack] = []
    for name in ALL_SLOTS:
        if name in slots:
            continue
        if name in OPTIONAL_SLOTS:
            how = f'put data-slot="{name}" on its element in {PAGE}, and the slot under slots'
            found.append(Lack(f"the slot {name}, which a template may lack", how))
        elif name.endswith("-logo"):
            how = f'add an img with data-slot="{name}", alt, width and height to {PAGE}'
            found.append(Lack(f"the {name.replace('-', ' ')}", how))
        else:
            found.append(Lack(f"the slot {name}", f'put data-slot="{name}" on its element in {PAGE}'))
    for role in unused:
        how = f"use var({manifest.tokens[role]}) in {STYLES}, which nothing does yet"
        found.append(Lack(f"a colour for {role}", how))
    for name in ("about", "contact"):
        if manifest.section(name) is None:
            how = f'add one with data-section="{name}" and a heading, then list it under sections'
            found.append(Lack(f"a section {name}", how))
    return found + [Lack(what, how) for there, what, how in _asked(manifest) if not there]


def _asked(manifest: Manifest) -> tuple[tuple[bool, str, str], ...]:
    """What is asked for besides names: whether it is there, what it is, and how to add it."""
    hero, derived = manifest.hero.background, manifest.derived
    pictures = sum(1 for section in manifest.sections if section.background)
    groups = sum(1 for section in (*manifest.sections, manifest.footer) if section and section.items)
    return (
        (hero is not None, "a picture behind the hero", "give it a background-image, then hero.background: {selector, overlay}"),
        (
            hero is None or hero.overlay is not None,
            "the overlay of the hero's picture",
            "paint rgba() on its ::before, then hero.background.overlay",
        ),
        (pictures >= 2, "two sections with pictures behind them", "give another one a background-image, then background:"),
        (groups >= 3, "three groups of like things", "mark a box with data-items, its children with data-item, then items:"),
        (bool(derived.gradients), "gradients of the palette", "paint one with two tokens, then derived.gradients"),
        (bool(derived.overlays), "translucent layers of the palette", "paint rgba() of a token's colour, then derived.overlays"),
        (bool(derived.tints), "the header's tint at rest and scrolled", "derived.tints, with scroll_y: 0 and scroll_y: 200"),
        (bool(manifest.icons.old), "icons", f"add link rel=icon and rel=apple-touch-icon to {PAGE}, then icons.old"),
        (len(manifest.behaviours) >= 2, "two things that the script does", "behaviours: what one does, and what is so afterwards"),
        (bool(manifest.traps), "traps of contrast", "traps: what a brand's colours make hard to read"),
        (False, "trade and summary", f"say in {TEMPLATE_FILE} whose site it is"),
    )
