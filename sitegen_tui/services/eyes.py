"""Looks at sites for the engine: assets put beside the texts, nothing looked at twice, a doubtful look repeated."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sitegen_tui.domain.ports import Sight
from sitegen_tui.domain.probes import Probe, ProbeWants
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.errors import RenderUnavailable
from sitegen_tui.render.host import RenderHost, playwright_there

if TYPE_CHECKING:
    from sitegen_tui.actions.base import Brief

KEPT_BYTES = 96 * 1024 * 1024
"""Of sights that may be asked for again: the site after one step is the site before the next."""

DOUBTFUL = frozenset({"timeout", "crashed", "unmeasurable"})
"""Failures that a busy machine can cause as well as the page: believed only when they happen twice and a sound page can be seen."""

PAUSES = (5.0, 20.0)
"""Seconds to wait, and look once more, where not even a sound page can be seen."""


class SiteEyes:
    """A browser's looks at sites of known templates and requirements. For one event loop; see `Eyes`."""

    def __init__(self, host: RenderHost | None = None) -> None:
        self._host = host or RenderHost()
        self._kept: OrderedDict[str, Sight] = OrderedDict()
        self._bytes = 0
        self._under_way: dict[str, asyncio.Task[Sight]] = {}
        self._manifests: dict[Pairing, bytes] = {}
        self._scripts: dict[Pairing, str | None] = {}
        self.looks = 0

    async def look(self, pairing: Pairing, texts: Mapping[str, str]) -> Sight:
        """What is seen of a site; the same site is measured once, however many ask for it. Raises RenderUnavailable."""
        return await self.measure(pairing, texts, ProbeWants())

    async def measure(self, pairing: Pairing, texts: Mapping[str, str], want: ProbeWants) -> Sight:
        """The same with a choice of what is measured."""
        key = await asyncio.to_thread(self._key, pairing, texts, want)
        if (kept := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return kept
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(self._look(key, pairing, texts, want))
            task.add_done_callback(lambda done: self._looked(key, done))
        # One who gives up must not take the look from the others that wait for it.
        return await asyncio.shield(task)

    async def glance(self, files: Mapping[str, bytes], manifest: bytes, want: ProbeWants) -> Sight:
        """What is seen of files that are no start site (path to content); nothing is kept. Raises RenderUnavailable."""
        return await steady_look(self._host, files, manifest, want)

    def afresh(self) -> SiteEyes:
        """Eyes with the same browser that have seen nothing yet; whoever closes one of the two closes the browser."""
        return SiteEyes(self._host)

    async def close(self) -> None:
        """Ends the browser."""
        for task in self._under_way.values():
            task.cancel()
        await self._host.close()

    def _looked(self, key: str, task: asyncio.Task[Sight]) -> None:
        self._under_way.pop(key, None)
        if not task.cancelled():
            # Whoever waited is told; if nobody does any more, nothing is lost.
            task.exception()

    async def _look(self, key: str, pairing: Pairing, texts: Mapping[str, str], want: ProbeWants) -> Sight:
        # Reading content loads a lot, which a program that only shows old runs can do without.
        from sitegen_tui.actions.shelf import brief_of

        brief = await asyncio.to_thread(brief_of, pairing.template, pairing.requirements)
        manifest = self._manifests.get(pairing)
        if manifest is None:
            manifest = self._manifests[pairing] = brief.manifest.model_dump_json().encode()
        skeleton = site_of(brief, await asyncio.to_thread(_skeleton, pairing))
        sight = await steady_look(self._host, site_of(brief, texts), manifest, want, sound=skeleton)
        self.looks += 1
        self._keep(key, sight)
        return sight

    def _key(self, pairing: Pairing, texts: Mapping[str, str], want: ProbeWants) -> str:
        """The same for sites that no window can tell apart: metadata, icons and structured data need no look of their own."""
        from sitegen_tui.site.page import HTML, JS, WEBMANIFEST
        from sitegen_tui.site.rendering import shown_source

        shown = dict(texts)
        # A script that came with the template is known to read nothing of what is left out; one that a model wrote is not.
        if texts.get(JS) == self._script(pairing) and (page := shown_source(texts.get(HTML, ""))) is not None:
            shown[HTML] = page
            shown.pop(WEBMANIFEST, None)
        found = hashlib.sha256(f"{pairing.template}\0{pairing.requirements}\0{want.model_dump_json()}".encode())
        for path, text in sorted(shown.items()):
            found.update(f"\0{path}\0".encode() + hashlib.sha256(text.encode("utf-8", "replace")).digest())
        return found.hexdigest()

    def _script(self, pairing: Pairing) -> str | None:
        if pairing not in self._scripts:
            from sitegen_tui.site.page import JS

            self._scripts[pairing] = _skeleton(pairing).get(JS)
        return self._scripts[pairing]

    def _keep(self, key: str, sight: Sight) -> None:
        self._kept[key] = sight
        self._bytes += _size(sight)
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= _size(dropped)


async def steady_look(
    host: RenderHost,
    files: Mapping[str, bytes],
    manifest: bytes,
    want: ProbeWants | None = None,
    *,
    sound: Mapping[str, bytes] | None = None,
) -> Sight:
    """What is seen of a site (path to content), looked at again where a look is doubtful.

    `sound` is a site that is known to do no harm. Where it cannot be seen either the machine is at fault: after some
    patience RenderUnavailable is raised, since a page must not be charged for what others do.
    """
    for pause in (*PAUSES, None):
        sight = await host.look(files, manifest, want)
        if not _failed(sight):
            return sight
        again = await host.look(files, manifest, want)
        if not _failed(again):
            return again
        if sound is None or (files != sound and not _failed(await host.look(sound, manifest, want))):
            return sight
        if pause is not None:
            await asyncio.sleep(pause)
    raise RenderUnavailable(
        "not even the template's own page could be looked at in time",
        hint="the machine is too busy, or the template's page hangs: run less at a time (--jobs), then sitegen resume",
    )


def _skeleton(pairing: Pairing) -> Mapping[str, str]:
    # Reading content loads a lot, which a program that only shows old runs can do without.
    from sitegen_tui.engine.tasks import start_site

    return start_site(pairing).editable


def site_of(brief: Brief, texts: Mapping[str, str]) -> dict[str, bytes]:
    """Every file of a site (path to content): the brief's assets and the editable texts."""
    return {**brief.assets, **{path: text.encode("utf-8", "replace") for path, text in texts.items()}}


def rendering_fault() -> str:
    """Why no page can be rendered here, with the mend; empty if pages can be."""
    try:
        playwright_there()
    except RenderUnavailable as error:
        return f"{error.message}; {error.hint}"
    return ""


def _failed(sight: Sight) -> bool:
    failure = Probe.model_validate_json(sight.probe).failure if b'"failure":null' not in sight.probe[:40] else None
    return failure is not None and failure.kind in DOUBTFUL


def _size(sight: Sight) -> int:
    return len(sight.probe) + sum(map(len, sight.pictures.values()))
