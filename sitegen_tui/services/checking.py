"""Judges two folders that no run made: a site before and after an action, as a person has them on disk."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sitegen_tui.actions.base import Brief
from sitegen_tui.actions.shelf import brief_of
from sitegen_tui.domain.findings import Judgement
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.probes import Probe
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.domain.violations import Layer
from sitegen_tui.engine.tasks import start_site
from sitegen_tui.errors import UnknownName, UsageError
from sitegen_tui.judge.evaluate import StepInput, evaluate
from sitegen_tui.render.host import RenderHost
from sitegen_tui.services.eyes import site_of, steady_look
from sitegen_tui.site.protocol import EDITABLE_PATHS

MOST_FILES = 2_000
MOST_BYTES = 64 * 1024 * 1024
_IGNORED = frozenset({".git", ".svn", ".hg", ".DS_Store", "node_modules"})


async def check_folders(before: Path, after: Path, action: str, pairing: Pairing, layers: Sequence[Layer]) -> Judgement:
    """The judgement of an action that turned one folder into the other.

    Files that no reply may change count too: one that is missing or altered is a finding. Raises UnknownName, ContentError,
    UsageError for a folder that is no site, RenderUnavailable where the rendered layer is asked for and cannot work.
    """
    if action not in ACTION_IDS:
        raise UnknownName("action", action, ACTION_IDS)
    brief = await asyncio.to_thread(brief_of, pairing.template, pairing.requirements)
    had, has = [await asyncio.to_thread(read_site, folder) for folder in (before, after)]
    start = await asyncio.to_thread(start_site, pairing)
    (texts_before, assets_before), (texts_after, assets_after) = _parted(had), _parted(has)
    given = StepInput(
        action_id=action,
        before=texts_before,
        after=texts_after,
        brief=replace(brief, assets=assets_before),
        layers=frozenset(layers),
        start=start.editable,
        assets_after=assets_after,
    )
    if Layer.RENDERED in layers:
        given = await _seen(given, brief, had, has)
    return await asyncio.to_thread(evaluate, given)


async def _seen(given: StepInput, brief: Brief, had: dict[str, bytes], has: dict[str, bytes]) -> StepInput:
    host, manifest = RenderHost(), brief.manifest.model_dump_json().encode()
    try:
        skeleton = site_of(brief, given.start)
        sights = [await steady_look(host, files, manifest, sound=skeleton) for files in (skeleton, had, has)]
    finally:
        await host.close()
    start, before, after = (Probe.model_validate_json(sight.probe) for sight in sights)
    return replace(given, seen_start=start, seen_before=before, seen_after=after)


def read_site(folder: Path) -> dict[str, bytes]:
    """A folder's files, path to content. Links are not followed. Raises UsageError for what is no site or too large."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder", hint="give the folder of a site, the one that holds index.html")
    if not (folder / "index.html").is_file():
        raise UsageError(f"{folder} holds no index.html", hint="give the folder of a site")
    found: dict[str, bytes] = {}
    size = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _IGNORED)
        for name in sorted(names):
            path = Path(place) / name
            if name in _IGNORED or path.is_symlink() or not path.is_file():
                continue
            size += path.stat().st_size
            if len(found) >= MOST_FILES or size > MOST_BYTES:
                raise UsageError(
                    f"{folder} holds more than {MOST_FILES} files or {MOST_BYTES // 1024**2} MB",
                    hint="give the folder of one site",
                )
            try:
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
            except OSError as error:
                raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    return found


def _parted(files: dict[str, bytes]) -> tuple[dict[str, str], dict[str, bytes]]:
    """Editable texts and assets; what is not UTF-8 shows as replacement characters."""
    texts = {path: files[path].decode("utf-8", "replace") for path in EDITABLE_PATHS if path in files}
    return texts, {path: content for path, content in files.items() if path not in texts}
