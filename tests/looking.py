"""What Chromium sees of a site, for tests: measured once, then kept in pytest's cache by what the site and the renderer are."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeVar

from sitegen_tui.actions.base import CSS, HTML, Brief, Fault, Files
from sitegen_tui.domain import probes
from sitegen_tui.domain.findings import Judgement
from sitegen_tui.domain.probes import Probe, ProbeWants
from sitegen_tui.domain.violations import Layer
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.evaluate import StepInput, evaluate
from sitegen_tui.render import probe as rendering
from sitegen_tui.render.probe import Renderer
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair

Change = Callable[[dict[str, str]], dict[str, str]]
"""What a model did to the files otherwise than the reference."""

T = TypeVar("T")

BOTH = frozenset({Layer.STATIC, Layer.RENDERED})
EVERY = int(os.environ.get("SITEGEN_EVERY", "0"))
"""One mutant of how many is judged with a browser beside the sample; 0 for none, 1 for all. Each look costs about a second."""
GEOMETRY = ProbeWants(contrast=(), states=False, focus=False, axe=False, tints=False, behaviours=False)
"""What judging of an arrangement needs to see, at a third of the price."""


def judged(look: Look, pair: Pair, action: str, before: Files, after: Files, want: ProbeWants | None = None) -> Judgement:
    """The judgement of a step by files and browser."""
    brief, start = gold.brief(pair), gold.start(pair)
    seen = {name: look(brief, files, want) for name, files in (("before", before), ("after", after), ("start", start))}
    given = StepInput(action, before, after, brief, layers=BOTH, start=start)
    return evaluate(replace(given, seen_before=seen["before"], seen_after=seen["after"], seen_start=seen["start"]))


def judged_swap(look: Look, pair: Pair, action: str, *changes: Change, want: ProbeWants | None = None) -> Judgement:
    """The judgement of the gold step with its result changed."""
    before, after = gold.gold_before(pair, action), dict(gold.gold_after(pair, action))
    for change in changes:
        changed = change(after)
        assert changed != after
        after = changed
    return judged(look, pair, action, before, after, want)


class Mutant(NamedTuple):
    """A fault planted in the gold result of an action."""

    pair: Pair
    fault: Fault
    seed: int
    changes: dict[str, str]

    @property
    def place(self) -> int:
        """Its place among all mutants: always the same, and no property of what was planted."""
        name = "/".join((*self.pair, self.fault.id, str(self.seed)))
        return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])

    @property
    def rendered(self) -> frozenset[str]:
        """Ids of what it plants that a browser can see."""
        return frozenset(one for one in self.fault.violations if "R" in catalogue().by_id[one].channels)


@cache
def mutants(pair: Pair, action: str) -> tuple[Mutant, ...]:
    """Every fault of the action that applies to the gold result of the pair, with two seeds where they differ."""
    doing = gold.action_of(action)
    assert doing is not None
    before, after = gold.gold_before(pair, action), gold.gold_after(pair, action)
    found: list[Mutant] = []
    for fault in doing.faults:
        made: set[tuple[tuple[str, str], ...]] = set()
        for seed in range(2):
            changes = fault.apply(before, after, gold.brief(pair), Random(seed))
            if changes is not None and (key := tuple(sorted(changes.items()))) not in made:
                made.add(key)
                found.append(Mutant(pair, fault, seed, dict(changes)))
    return tuple(found)


@cache
def sample(action: str) -> frozenset[int]:
    """Places of the mutants of an action that are looked at with a browser here, always the same ones.

    They hold each id of the action that a browser can see, and one mutant at least of each pair. One in EVERY is added.
    All of them are looked at by `sitegen judge audit`, or here with SITEGEN_EVERY=1.
    """
    everyone = sorted((one for pair in PAIRS for one in mutants(pair, action)), key=lambda one: one.place)
    chosen = {one.place for one in everyone if EVERY and one.place % EVERY == 0}
    seen: set[str] = {name for one in everyone if one.place in chosen for name in one.rendered}
    pairs: set[Pair] = {one.pair for one in everyone if one.place in chosen}
    for one in everyone:
        if one.rendered - seen:
            chosen.add(one.place)
            seen |= one.rendered
            pairs.add(one.pair)
    for one in everyone:
        if one.pair not in pairs:
            chosen.add(one.place)
            pairs.add(one.pair)
    return frozenset(chosen)


def assert_faults_are_found(look: Look, pair: Pair, action: str, want: ProbeWants | None = None) -> set[str]:
    """Each fault of the action that applies is charged with its violations and nothing else; ids of those that applied.

    A sample is judged with a browser, all by their files, which may not see what was planted and must see nothing else.
    `want` narrows what the browser looks at; leave it out unless no other view could be charged.
    """
    before, after = gold.gold_before(pair, action), gold.gold_after(pair, action)
    for one in mutants(pair, action):
        changed = {**after, **one.changes}
        planted, allowed = {*one.fault.violations}, {*one.fault.violations, *one.fault.also}
        if one.place in sample(action):
            found = judged(look, pair, action, before, changed, want)
        else:
            found = evaluate(StepInput(action, before, changed, gold.brief(pair), start=gold.start(pair)))
            planted = planted - one.rendered
        told = {*charged(found)}
        assert planted <= told <= allowed, f"{one.fault.id} seed {one.seed}\n{shown(found)}"
    return {one.fault.id for one in mutants(pair, action)}


def css(rules: str) -> Change:
    """Rules put at the end of the stylesheet."""
    return lambda files: {**files, CSS: f"{files[CSS].rstrip()}\n{rules}\n"}


def swap(old: str, new: str, file: str = HTML) -> Change:
    """One piece of a file exchanged for another, wherever it stands; it must be there."""

    def change(files: dict[str, str]) -> dict[str, str]:
        assert old in files[file], old
        return {**files, file: files[file].replace(old, new)}

    return change


def charged(judgement: Judgement) -> dict[str, float]:
    """Points deducted by id, those above 0."""
    found: dict[str, float] = {}
    for charge in judgement.charges:
        if charge.amount:
            found[charge.finding.violation] = round(found.get(charge.finding.violation, 0.0) + charge.amount, 3)
    return found


def shown(judgement: Judgement) -> str:
    """The charges as lines, for a failing test to show."""
    return "\n".join(
        f"{c.amount:g} {c.finding.violation} [{c.finding.subject}] {c.finding.message} | {c.finding.evidence.measured} {c.reason}"
        for c in judgement.charges
    )


@cache
def _renderer_version() -> bytes:
    """A digest of everything that measures, so that no old measurement outlives its program."""
    found = hashlib.sha256()
    folder = Path(rendering.__file__).parent
    for path in sorted([*folder.glob("*.py"), *folder.glob("js/*"), Path(probes.__file__)]):
        found.update(path.read_bytes())
    return found.digest()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """No other process that runs tests makes the same file meanwhile: whoever comes second finds it made."""
    with path.with_suffix(".lock").open("w") as lock:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


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
        with alone(path):
            if path.exists():
                return Probe.model_validate_json(path.read_bytes())
            found = self._run(self._measured(site, brief, want))
            if found.failure is None:  # a busy machine may be at fault
                keep(path, found.model_dump_json())
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
