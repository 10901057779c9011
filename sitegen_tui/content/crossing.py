"""Whether a brief can be applied to a template that it was not written for: everything it names must be there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sitegen_tui.content.library import Library
from sitegen_tui.content.skeleton import PAGE
from sitegen_tui.content.yaml_text import FieldPath, dotted
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.errors import UsageError

_ID = re.compile(r"""\bid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
MOST_TOLD = 4


def misfits(manifest: Manifest, wanted: Requirements, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """What the brief names and the template, with these files, does not have; each as `field: what is not there`."""
    return tuple(f"{dotted(path)}: {said}" for path, said in _misfits(manifest, wanted, files))


def check_pair(library: Library, template_id: str, brief_id: str) -> None:
    """Refuse a pair that cannot be run. Raises UsageError with the reasons, UnknownName, ContentError."""
    template, pack = library.template(template_id), library.pack(brief_id)
    reasons = misfits(template.manifest, pack.requirements, template.files)
    if reasons:
        more = f"; and {len(reasons) - MOST_TOLD} more" if len(reasons) > MOST_TOLD else ""
        said = "; ".join(reasons[:MOST_TOLD]) + more
        own = ", ".join(library.packs_for(template_id)) or "none yet"
        hint = f"briefs written for {template_id}: {own}"
        raise UsageError(f"{brief_id}, written for {pack.requirements.template}, does not fit {template_id}: {said}", hint=hint)


def _misfits(manifest: Manifest, wanted: Requirements, files: Mapping[str, bytes]) -> Iterator[tuple[FieldPath, str]]:
    hero, about = wanted.content.hero, wanted.content.about
    for slot, value, path in (
        ("hero-eyebrow", hero.eyebrow, ("content", "hero", "eyebrow")),
        ("hero-secondary-cta", hero.secondary_cta, ("content", "hero", "secondary_cta")),
        ("about-stats", about.stats, ("content", "about", "stats")),
    ):
        if value and slot not in manifest.slots:
            yield path, f"there is no slot {slot}"
    ids = {one for found in _ID.findall(files.get(PAGE, b"").decode("utf-8", "replace")) for one in found if one}
    for name, call in (("primary_cta", hero.primary_cta), ("secondary_cta", hero.secondary_cta)):
        if call and call.href.startswith("#") and call.href[1:] not in ids:
            yield ("content", "hero", name, "href"), f"nothing has the id {call.href[1:]}"
    if wanted.images.hero and manifest.hero.background is None and manifest.hero.media is None:
        yield ("images", "hero"), "the hero has no picture"
    if wanted.favicon.manifest and manifest.icons.manifest is None:
        yield ("favicon", "manifest"), "there is no web manifest"
    for at, image in enumerate(wanted.images.sections):
        section = manifest.section(image.section)
        if section is None or section.background is None:
            yield ("images", "sections", at, "section"), f"there is no section {image.section} with a picture"
    if wanted.layout.hero.pattern not in manifest.hero_recipes:
        yield ("layout", "hero", "pattern"), f"the hero cannot become {wanted.layout.hero.pattern}"
    for at, directive in enumerate(wanted.layout.sections):
        path: FieldPath = ("layout", "sections", at)
        section = manifest.section(directive.section)
        if section is None or section.items is None:
            yield (*path, "section"), f"there is no section {directive.section} with items"
        elif directive.pattern not in manifest.section_recipes.get(directive.section, {}):
            yield (*path, "pattern"), f"{directive.section} cannot become {directive.pattern}"
        elif directive.pattern != "bento" and directive.columns.desktop > section.items.count:
            yield (*path, "columns"), f"{directive.section} has {section.items.count} items"
