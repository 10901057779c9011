"""A contact sheet: every template's page before anything was done and after the last action of the reference, in one picture."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from sitegen_tui.content.shelf import library
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.ports import Workers
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.errors import SitegenError
from sitegen_tui.judge import proving
from sitegen_tui.services.eyes import SiteEyes
from sitegen_tui.services.shelving import AT_A_GLANCE


@dataclass(frozen=True, slots=True)
class Sheetful:
    """A template's page before and after gold, as pictures; empty with an `error` where there are none."""

    pairing: Pairing
    tier: int = 0
    before: bytes = b""
    after: bytes = b""
    error: str = ""


async def photographed(pairings: Sequence[Pairing], workers: Workers, eyes: SiteEyes) -> AsyncGenerator[Sheetful]:
    """Each pair's pictures at 1280 pixels across, one after the other. Raises RenderUnavailable without a browser."""
    for pairing in pairings:
        try:
            manifest = library().template(pairing.template).manifest
            sites = await workers.call(proving.gold_sites, pairing)
        except SitegenError as error:
            yield Sheetful(pairing, error=error.message)
            continue
        shots: list[bytes] = []
        for site in (sites[0], sites[len(ACTION_IDS)]):
            sight = await eyes.measure(pairing, site, AT_A_GLANCE)
            shots.append(sight.pictures.get("desktop", b""))
        error = "" if all(shots) else "no picture could be taken"
        yield Sheetful(pairing, manifest.tier, *shots, error=error)


def first_pairings(templates: Sequence[str]) -> tuple[Pairing, ...]:
    """Each template with its first brief, easy ones first; those without a brief are left out. Raises UnknownName."""
    shelf = library()
    names = templates or shelf.template_ids()
    found = [(name, shelf.packs_for(name)) for name in names if shelf.template_folder(name)]
    pairs = [Pairing(template=name, requirements=packs[0]) for name, packs in found if packs]
    return tuple(sorted(pairs, key=lambda pair: (_tier(pair.template), pair.template)))


def _tier(template: str) -> int:
    try:
        return library().template(template).manifest.tier
    except SitegenError:
        return 9
