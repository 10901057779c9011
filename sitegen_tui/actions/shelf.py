"""Briefs by name: what an action may look at besides the site, made once a process of a template and requirements."""

from __future__ import annotations

from functools import lru_cache

from sitegen_tui.actions.base import Brief
from sitegen_tui.content.shelf import Roots, library, shelf_roots
from sitegen_tui.site.protocol import EDITABLE_PATHS


def brief_of(template_id: str, requirements_id: str) -> Brief:
    """The brief, every file of the start site that no reply can edit counted as an asset. Raises UnknownName, ContentError."""
    return _brief(shelf_roots(), template_id, requirements_id)


@lru_cache(maxsize=64)
def _brief(_roots: Roots, template_id: str, requirements_id: str) -> Brief:
    shelf = library()
    template, pack = shelf.template(template_id), shelf.pack(requirements_id)
    files = shelf.start_files(template, pack)
    assets = {path: content for path, content in files.items() if path not in EDITABLE_PATHS}
    return Brief(requirements=pack.requirements, manifest=template.manifest, assets=assets)
