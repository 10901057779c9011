"""A brief to try an adopted site with: the starter's, with what the site has no place for left out."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast

from sitegen_tui.content.brief import asset_fields
from sitegen_tui.content.library import REQUIREMENTS_FILE
from sitegen_tui.domain.colour import Colour, delta_e2000
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest, Section

NOT_ALIKE = 10.0
WARM: Mapping[str, str] = {
    "primary": "#8A1C4A",
    "secondary": "#4B1D3F",
    "accent": "#D98A3D",
    "background": "#F7E3CB",
    "surface": "#EBCFAE",
    "text": "#2A1208",
    "text_muted": "#8C7A66",
    "inverse": "#FDEBD3",
}
"""A brand's colours for a site that is white already."""


def brief_to_try(first: Mapping[str, bytes], manifest: Manifest, ids: set[str]) -> dict[str, bytes]:
    """The starter's brief with what this site has no place for left out."""
    yaml: Any = import_module("yaml")
    value = cast("dict[str, Any]", yaml.safe_load(first[REQUIREMENTS_FILE]))
    hero, slots = value["content"]["hero"], manifest.slots
    value["brand"]["colours"] = min((value["brand"]["colours"], WARM), key=lambda colours: _alike(colours, manifest))
    for slot, group, name in (
        ("hero-eyebrow", hero, "eyebrow"),
        ("hero-secondary-cta", hero, "secondary_cta"),
        ("about-stats", value["content"]["about"], "stats"),
    ):
        if slot not in slots:
            group.pop(name, None)
    for call in (hero["primary_cta"], hero.get("secondary_cta")):
        if call and call["href"][1:] not in ids:
            call["href"] = value["seo"]["canonical"]
    if manifest.icons.manifest is None:
        value["favicon"].pop("manifest", None)
    if manifest.hero.background is None and manifest.hero.media is None:
        value["images"].pop("hero", None)
    pictured = [section.id for section in manifest.sections if section.background]
    shown = value["images"]["sections"][-1]
    value["images"]["sections"] = [
        {"section": name, "path": "none"} if at == 1 else {**shown, "section": name} for at, name in enumerate(pictured)
    ]
    value["layout"]["hero"]["pattern"] = "bottom-left"
    value["layout"]["sections"] = [_directive(section) for section in manifest.sections if section.items]
    if manifest.footer is not None:
        value["layout"]["sections"].append(_directive(manifest.footer))
    wanted = Requirements.model_validate(value)
    named = {name for _, name in asset_fields(wanted)} | {wanted.seo.og.image.removeprefix(wanted.seo.canonical)}
    return {REQUIREMENTS_FILE: yaml_of(value), **{path: data for path, data in first.items() if path in named}}


def _directive(section: Section) -> dict[str, Any]:
    most = min(3, section.items.count if section.items else 1)
    columns = {"desktop": most, "tablet": min(2, most), "mobile": 1}
    pattern = "footer-columns" if section.id == "footer" else "list" if section.baseline == "grid" else "grid"
    if pattern == "list":
        columns = {"desktop": 1, "tablet": 1, "mobile": 1}
    return {"section": section.id, "pattern": pattern, "columns": columns, "gap_min_px": 24}


def _alike(colours: Mapping[str, str], manifest: Manifest) -> int:
    """How many of the colours could be taken for the site's own."""
    pairs = [(Colour.parse(colours[role]), Colour.parse(old)) for role, old in manifest.palette_old.items()]
    old = {value.upper() for value in manifest.palette_old.values()}
    near = sum(1 for new, own in pairs if new and own and delta_e2000(new, own) < NOT_ALIKE)
    return near + sum(1 for value in colours.values() if value.upper() in old)


def yaml_of(value: Mapping[str, Any]) -> bytes:
    """The value as YAML, texts of several lines as blocks."""
    yaml: Any = import_module("yaml")

    class Dumper(yaml.SafeDumper):
        pass

    def text(dumper: Any, data: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style="|" if "\n" in data else None)

    Dumper.add_representer(str, text)
    written: str = yaml.dump(dict(value), Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120)
    return written.encode()
