"""The two sides of a comparison: what a name means, which runs it is, and under which conditions both can be compared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Conditions, Group, RunSample, Scope, against, last_part, model_of, settings_of
from sitegen_tui.errors import UnknownName
from sitegen_tui.services.insights.guard import actions, begun, judges
from sitegen_tui.store import Store

SideKind = Literal["experiment", "run", "model"]

_EXPERIMENT = re.compile(r"e\d+")
_RUN = re.compile(r"e\d+\.\d+")


class Side(Frozen):
    """One side: what it was asked for as, what that was understood to be, and its runs that may be compared."""

    name: str
    kind: SideKind
    words: str
    simulated: bool = False
    models: tuple[str, ...] = ()
    runs: int = 0
    complete: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A side with the scope of its runs; `run` narrows it to one of them."""

    name: str
    kind: SideKind
    scope: Scope
    run: str | None = None

    def runs(self, store: Store, conditions: Conditions) -> list[RunSample]:
        """Its runs under those conditions."""
        return [one for one in store.samples.runs(self.scope, conditions) if self.run in (None, one.run_id)]

    def groups(self, store: Store) -> list[Group]:
        """The groups of comparable runs that it has."""
        groups = store.samples.groups(self.scope)
        if self.run is None:
            return groups
        mine = [(group, self.runs(store, group.conditions)) for group in groups]
        return [
            Group(conditions=group.conditions, runs=len(runs), complete=sum(run.complete for run in runs))
            for group, runs in mine
            if runs
        ]


def understood(store: Store, name: str, scope: Scope, models: Sequence[str]) -> Found:
    """What a name means: an experiment (`e3`), a run (`e3.7`), or a model, whose last part will do where it is the only one.

    `models` are those that have run in the scope. Raises UnknownName.
    """
    if _RUN.fullmatch(name):
        row = store.run(name)
        narrow = Scope(experiments=(row.experiment_id,), models=(row.model,))
        return Found(name, "run", narrow, name)
    if _EXPERIMENT.fullmatch(name):
        store.experiment(name)
        return Found(name, "experiment", Scope(experiments=(name,), models=scope.models, templates=scope.templates))
    alike = [model for model in models if name == model] or [model for model in models if last_part(model) == name]
    alike = alike or [model for model in models if name in (model_of(model), last_part(model_of(model)))]
    if len(alike) != 1:
        hint = f"write out one of {', '.join(alike)}" if alike else ""
        known = (*models, *(row.id for row in store.experiments(20)))
        raise UnknownName("experiment, run or model that has run", name, known, hint=hint)
    return Found(alike[0], "model", scope.model_copy(update={"models": (alike[0],), "conditions": None}))


def known_models(store: Store, scope: Scope) -> tuple[str, ...]:
    """The models that have run in a scope, those with most complete runs first."""
    counts = store.samples.complete(scope.model_copy(update={"templates": ()}))
    return tuple(sorted(counts, key=lambda model: (-counts[model], model)))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The conditions that each side is read under, in what they differ, and why scores cannot be compared, if they cannot."""

    first: Conditions
    second: Conditions
    differing: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def chosen(first: Sequence[Group], second: Sequence[Group]) -> Chosen | None:
    """The conditions of both sides that are nearest to each other, of most complete runs among those.

    None for a side without runs.
    """
    pairs = [(one, two) for one in first for two in second]
    if not pairs:
        return None

    def weight(pair: tuple[Group, Group]) -> tuple[object, ...]:
        one, two = pair
        refused, differing = _refusals(one.conditions, two.conditions), differences(one.conditions, two.conditions)
        mixed = not (one.conditions.rubric and one.conditions.layers and two.conditions.rubric and two.conditions.layers)
        least = min(one.complete, two.complete)
        return (least > 0, not mixed, not refused, -len(differing), least, one.conditions.rubric, one.runs + two.runs)

    one, two = max(pairs, key=weight)
    return Chosen(
        one.conditions,
        two.conditions,
        differences(one.conditions, two.conditions),
        _refusals(one.conditions, two.conditions),
    )


def differences(first: Conditions, second: Conditions) -> tuple[str, ...]:
    """In what two sets of conditions differ, in words, the first side first."""
    found: list[str] = []
    if first.rubric != second.rubric:
        found.append(f"rubric {first.rubric or 'mixed'} against {second.rubric or 'mixed'}")
    if (first.layers, first.full) != (second.layers, second.full):
        found.append(f"judged by {judges(first)} against {judges(second)}")
    if first.mode != second.mode:
        found.append(f"{first.mode} against {second.mode}")
    if first.prompt != second.prompt:
        found.append("told in different words" if first.prompt and second.prompt else "told in words that nobody noted")
    if first.fork != second.fork:
        found.append(f"{begun(first.fork)} against {begun(second.fork)}")
    if first.actions != second.actions:
        found.append(f"{actions(first)} against {actions(second)}")
    return tuple(found)


def by_models(
    runs: tuple[Sequence[RunSample], Sequence[RunSample]],
) -> tuple[tuple[list[RunSample], list[RunSample]], tuple[str, ...]]:
    """Runs by their models alone where each side asked a model with one set of settings, and where those differ, in words."""
    names: list[dict[str, set[str]]] = []
    for side in runs:
        found: dict[str, set[str]] = defaultdict(set)
        for run in side:
            found[model_of(run.model)].add(run.model)
        names.append(found)
    plain = {model for model in names[0].keys() | names[1].keys() if all(len(found.get(model, ())) <= 1 for found in names)}
    told: list[str] = []
    for model in sorted(plain & names[0].keys() & names[1].keys()):
        one, two = (next(iter(found[model])) for found in names)
        if one != two:
            told.append(f"{model}: {against([settings_of(one), settings_of(two)])}")
    shown = [[run._replace(model=model_of(run.model)) if model_of(run.model) in plain else run for run in side] for side in runs]
    return (shown[0], shown[1]), tuple(told)


def _refusals(first: Conditions, second: Conditions) -> tuple[str, ...]:
    """Why the scores of two sets of conditions say nothing about each other."""
    found: list[str] = []
    if not (first.rubric and second.rubric and first.layers and second.layers):
        found.append("scores are not compared: the steps of a side were judged in different ways")
    elif first.rubric != second.rubric:
        found.append("scores are not compared: they were given under different rubrics")
    if first.rubric and second.rubric and (first.layers, first.full) != (second.layers, second.full):
        found.append("scores are not compared: other judges see other violations")
    return tuple(found)
