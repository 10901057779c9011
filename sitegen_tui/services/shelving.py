"""The shelf of templates as a screen shows it: numbers, sections, briefs, what the lint says, and a picture of each page."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from sitegen_tui.content.library import Library
from sitegen_tui.domain.difficulty import Difficulty
from sitegen_tui.domain.pictures import Raster, page_width
from sitegen_tui.domain.probes import ProbeWants
from sitegen_tui.errors import RenderUnavailable, SitegenError
from sitegen_tui.services.eyes import SiteEyes
from sitegen_tui.services.threads import Threads

AT_A_GLANCE = ProbeWants(views=("desktop",), contrast=(), states=False, focus=False, tints=False, behaviours=False, axe=False)
"""A look that takes a picture and measures next to nothing."""
RASTERS_KEPT = 64


@dataclass(frozen=True, slots=True)
class ShelfSection:
    """A section of a template: heading, number of items, arrangement, whether a picture is behind it, what it may become."""

    id: str
    heading: str
    items: int
    baseline: str
    pictured: bool
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShelfBrief:
    """A brief of a template and its business; `errors` is how many the lint finds."""

    id: str
    business: str
    industry: str
    errors: int


@dataclass(frozen=True, slots=True)
class ShelfFinding:
    """What the lint says about a template."""

    severity: str
    place: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A template; only `id` and `error` are filled where it cannot be used."""

    id: str
    name: str = ""
    trade: str = ""
    summary: str = ""
    tier: int = 0
    difficulty: Difficulty | None = None
    hero: str = ""
    sections: tuple[ShelfSection, ...] = ()
    behaviours: tuple[str, ...] = ()
    briefs: tuple[ShelfBrief, ...] = ()
    findings: tuple[ShelfFinding, ...] = ()
    error: str = ""

    @property
    def errors(self) -> int:
        """Lint findings that keep it from being used in earnest."""
        return sum(1 for one in self.findings if one.severity == "error")


class Shelving:
    """Reads templates in threads and keeps what it has read; pictures are taken by the browser that judges, each once."""

    def __init__(self, library: Library, threads: Threads, eyes: SiteEyes) -> None:
        self._library = library
        self._threads = threads
        self._eyes = eyes
        self._rows: dict[str, ShelfRow] = {}
        self._images: dict[str, bytes] = {}
        self._rasters: dict[tuple[str, int], Raster] = {}
        self._looking = asyncio.Lock()

    def ids(self) -> tuple[str, ...]:
        """Templates by name."""
        return self._library.template_ids()

    async def row(self, template_id: str) -> ShelfRow:
        """A template with everything that is told of it. Raises UnknownName."""
        if template_id not in self._rows:
            self._rows[template_id] = await self._threads.read(_read, self._library, template_id)
        return self._rows[template_id]

    async def picture(self, template_id: str, width: int) -> Raster:
        """The template's page at desktop size, `width` pixels wide. Raises UnknownName, ContentError, RenderUnavailable."""
        key = (template_id, width)
        if key not in self._rasters:
            async with self._looking:
                if template_id not in self._images:
                    self._images[template_id] = await self._taken(template_id)
            raster = await self._threads.read(_shrunk, self._images[template_id], width)
            while len(self._rasters) >= RASTERS_KEPT:
                self._rasters.pop(next(iter(self._rasters)))
            self._rasters[key] = raster
        return self._rasters[key]

    async def _taken(self, template_id: str) -> bytes:
        template = await self._threads.read(self._library.template, template_id)
        sight = await self._eyes.glance(template.files, template.manifest.model_dump_json().encode(), AT_A_GLANCE)
        if "desktop" not in sight.pictures:
            raise RenderUnavailable(f"no picture could be taken of {template_id}", hint="sitegen doctor looks at the browser")
        return sight.pictures["desktop"]


def _read(library: Library, template_id: str) -> ShelfRow:
    from sitegen_tui.content.lint import difficulty_of, errors_of, lint_requirements, lint_template

    folder = library.template_folder(template_id)
    findings = tuple(ShelfFinding(one.severity, one.place, one.message, one.mend) for one in lint_template(folder, library))
    try:
        manifest = library.template(template_id).manifest
    except SitegenError as error:
        return ShelfRow(template_id, findings=findings, error=error.message)
    parts = (*manifest.sections, *((manifest.footer,) if manifest.footer else ()))
    briefs: list[ShelfBrief] = []
    for name in library.packs_for(template_id):
        place = library.requirements_folder(name)
        errors = len(errors_of(lint_requirements(place, library)))
        try:
            business = library.pack(name).requirements.business
            briefs.append(ShelfBrief(name, business.name, business.industry, errors))
        except SitegenError as error:
            briefs.append(ShelfBrief(name, error.message, "", max(1, errors)))
    return ShelfRow(
        id=template_id,
        name=manifest.name,
        trade=manifest.trade,
        summary=manifest.summary,
        tier=manifest.tier,
        difficulty=difficulty_of(manifest, library),
        hero=f"{manifest.hero.baseline}; may become {', '.join(manifest.hero_recipes) or 'nothing else'}",
        sections=tuple(
            ShelfSection(
                one.id,
                one.heading,
                one.items.count if one.items else 0,
                one.baseline,
                one.background is not None,
                tuple(str(name) for name in manifest.section_recipes.get(one.id, {})),
            )
            for one in parts
        ),
        behaviours=tuple(one.id for one in manifest.behaviours),
        briefs=tuple(briefs),
        findings=findings,
    )


def _shrunk(image: bytes, width: int) -> Raster:
    from sitegen_tui.render.pictures import shrink

    return shrink(image, width, page=page_width("desktop"))
