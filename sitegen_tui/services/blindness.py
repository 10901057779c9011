"""How blind a judge is: whether a classifier can guess the model from what a step added, as it was written and as judges see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.ports import Workers
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.engine import judge_work
from sitegen_tui.errors import UsageError
from sitegen_tui.services.threads import Threads
from sitegen_tui.site.protocol import EDITABLE_PATHS
from sitegen_tui.stats.authorship import Guessing, guessed
from sitegen_tui.store import Store

MOST = 2000
"""Steps that are looked at, the newest runs first."""


@dataclass(frozen=True, slots=True)
class Blindness:
    """How often the model was guessed from the text of steps, written and blinded."""

    steps: int
    models: tuple[str, ...]
    written: Guessing
    blinded: Guessing


async def blindness(store: Store, threads: Threads, workers: Workers, experiments: Sequence[str] = ()) -> Blindness:
    """Measured over the scored steps of experiments, or of all. Raises UnknownName, UsageError with fewer than two models."""
    found = await threads.read(_steps, store, tuple(experiments))
    models = tuple(sorted({model for model, *_ in found}))
    if len(models) < 2:
        raise UsageError(
            f"there are steps of {len(models)} models, and telling models apart takes two",
            hint="run another model on the same briefs",
        )
    written: list[str] = []
    blinded: list[str] = []
    for _, _, pairing, before, after in found:
        plain, shown = await workers.call(added, pairing, before, after)
        written.append(plain)
        blinded.append(shown)
    authors, actions = [model for model, *_ in found], [action for _, action, *_ in found]
    return Blindness(len(found), models, guessed(written, authors, actions), guessed(blinded, authors, actions))


def added(pairing: Pairing, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, str]:
    """The lines that a step added, as they were written and as a judge sees them."""
    from sitegen_tui.content.shelf import shelf_roots
    from sitegen_tui.judge.blind import blinded

    known = judge_work.known(shelf_roots(), pairing.template, pairing.requirements)
    old, new = blinded(known, before, after)
    return _new_lines(before, after), _new_lines(old.files, new.files)


def _new_lines(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    parts: list[str] = []
    for path in sorted(after):
        there = set(before.get(path, "").split("\n"))
        parts += [line for line in after[path].split("\n") if line not in there]
    return "\n".join(parts)


_Found = tuple[str, str, Pairing, dict[str, str], dict[str, str]]


def _steps(store: Store, experiments: tuple[str, ...]) -> list[_Found]:
    rows = [row for name in experiments for row in store.runs(store.experiment(name).id)] if experiments else store.runs()
    found: list[_Found] = []
    for row in rows:
        for step in store.steps(row.run_id):
            if step.judged_value is None or len(found) >= MOST:
                continue
            sides = (store.site_before(row.run_id, step.step), store.site_after(row.run_id, step.step))
            if sides[0] == sides[1]:
                continue
            before, after = (
                {path: store.blob(site[path]).decode("utf-8") for path in EDITABLE_PATHS if path in site} for site in sides
            )
            pairing = Pairing(template=row.template, requirements=row.requirements)
            found.append((row.model, ACTION_IDS[step.step - 1], pairing, before, after))
    return found
