"""What Chromium sees of a site, for tests: measured once, then kept in pytest's cache by what the site and the renderer are."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Coroutine
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sitegen_tui.actions.base import Brief, Files
from sitegen_tui.domain import probes
from sitegen_tui.domain.probes import Probe, ProbeWants
from sitegen_tui.render import probe as rendering
from sitegen_tui.render.probe import Renderer

T = TypeVar("T")


@cache
def _renderer_version() -> bytes:
    """A digest of everything that measures, so that no old measurement outlives its program."""
    found = hashlib.sha256()
    folder = Path(rendering.__file__).parent
    for path in sorted([*folder.glob("*.py"), *folder.glob("js/*"), Path(probes.__file__)]):
        found.update(path.read_bytes())
    return found.digest()


class Look:
    """Probes of sites: `look(brief, files)`. A browser is started when the first site is new, on a loop of its own."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._loop: asyncio.AbstractEventLoop | None = None
        self._renderer: Renderer | None = None

    def __call__(self, brief: Brief, files: Files, want: ProbeWants | None = None) -> Probe:
        """What the browser sees of these editable files with the brief's assets."""
        want = want or ProbeWants()
        site = {**brief.assets, **{path: text.encode("utf-8", "replace") for path, text in files.items()}}
        key = hashlib.sha256(_renderer_version())
        for part in (brief.manifest.model_dump_json(), want.model_dump_json(), *sorted(site)):
            key.update(part.encode() + b"\0" + hashlib.sha256(site.get(part, b"")).digest())
        path = self._kept / f"{key.hexdigest()}.json"
        if path.exists():
            return Probe.model_validate_json(path.read_bytes())
        found = self._run(self._measured(site, brief, want))
        path.write_text(found.model_dump_json(), encoding="utf-8")
        return found

    async def _measured(self, site: dict[str, bytes], brief: Brief, want: ProbeWants) -> Probe:
        if self._renderer is None:
            self._renderer = Renderer()
        return await self._renderer.probe(site, brief.manifest, want=want)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, daemon=True).start()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Ends the browser, if there is one."""
        if self._renderer is not None:
            self._run(self._renderer.close())
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
