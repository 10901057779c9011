"""What a view is built from: the samples under one set of conditions, read when they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast

from sitegen_tui.domain.insights import (
    ChargeSums,
    Conditions,
    Frame,
    RunSample,
    Scope,
    Site,
    StepsPage,
    StepsWanted,
    Totals,
    View,
)
from sitegen_tui.domain.rows import AttemptSums, SpentCell
from sitegen_tui.services.insights import insight
from sitegen_tui.services.insights.guard import framed
from sitegen_tui.stats.score_table import ScoreTable
from sitegen_tui.store import Store
from sitegen_tui.store.samples import CellSums, GroupNumbers
from sitegen_tui.store.sums import DOLLAR, MILLISECOND, POINT, Sums

PAGE = 500
"""Steps of one page."""


class Samples:
    """The samples of a frame. Everything is read once, in the thread that asks."""

    def __init__(self, store: Store, frame: Frame, conditions: Conditions) -> None:
        self.frame = frame
        self.conditions = conditions
        self._store = store

    @property
    def store(self) -> Store:
        """Where they come from, for views that have to look beyond their frame."""
        return self._store

    @cached_property
    def runs(self) -> tuple[RunSample, ...]:
        """Every run that has begun, in the order they were planned; incomplete ones, too."""
        return tuple(self._store.samples.runs(self.frame.scope, self.conditions))

    @cached_property
    def complete(self) -> tuple[RunSample, ...]:
        """The runs whose totals may be averaged."""
        return tuple(run for run in self.runs if run.complete)

    @cached_property
    def attempts(self) -> tuple[AttemptSums, ...]:
        """Every attempt of those runs, by model."""
        return tuple(self._store.samples.attempts(self.frame.scope, self.conditions))

    @cached_property
    def spent(self) -> tuple[SpentCell, ...]:
        """What scored steps earned and took, by model, template and action; of incomplete runs, too."""
        pools: dict[tuple[str, str, str], Sums] = defaultdict(Sums)
        for cell in self.cells:
            pools[cell.model, cell.site.template, cell.action].pool(cell.sums)
        return tuple(
            SpentCell(*key, sums.n, sums.total / POINT, sums.priced, sums.usd / DOLLAR, sums.model_ms / MILLISECOND)
            for key, sums in pools.items()
            if sums.n
        )

    @cached_property
    def cells(self) -> tuple[CellSums, ...]:
        """Running sums by model, site and action."""
        return tuple(self._store.samples.cells(self.frame.scope, self.conditions))

    @cached_property
    def totals(self) -> dict[str, Totals]:
        """Counts and totals of the runs by contestant."""
        return self._store.samples.totals(self.frame.scope, self.conditions)

    @cached_property
    def action_means(self) -> dict[str, Mapping[str, float | None]]:
        """Mean points of each contestant's complete runs on every action of theirs, whichever actions are asked about."""
        scope = self.frame.scope.model_copy(update={"actions": ()})
        found: dict[str, Mapping[str, float | None]] = means_of_cells(self._store.samples.cells(scope, self.conditions))
        # The running sums hold the steps of all runs, which are those of the complete ones where there are no others.
        others = tuple(name for name, one in self.totals.items() if one.complete < one.runs)
        if others:
            narrow = scope.model_copy(update={"models": others})
            found.update({name: {} for name in others})
            found.update(self._store.samples.means_of_complete(narrow, self.conditions))
        return found

    @cached_property
    def scores(self) -> ScoreTable:
        """Scores by action of every run that has one, incomplete runs, too."""
        return self._store.samples.scores(self.frame.scope, self.conditions)

    def whole(self, groups: Mapping[str, Sequence[str]]) -> tuple[GroupNumbers, ...]:
        """Means over groups of actions of the runs that have a score for all of them, by model and site."""
        return tuple(self._store.samples.whole(self.frame.scope, self.conditions, groups))

    @cached_property
    def charges(self) -> tuple[ChargeSums, ...]:
        """What steps were charged with, by violation, model, action, kind and provenance."""
        return tuple(self._store.samples.charges(self.frame.scope, self.conditions))

    @cached_property
    def sites(self) -> dict[Site, str]:
        """Every site and its name."""
        return self._store.samples.sites(self.frame.scope, self.conditions)


def means_of_cells(cells: Iterable[CellSums]) -> dict[str, Mapping[str, float | None]]:
    """Mean points by contestant and action, over all sites; None for an action that has steps without a score."""
    pools: dict[str, dict[str, Sums]] = defaultdict(lambda: defaultdict(Sums))
    for cell in cells:
        pools[cell.model][cell.action].pool(cell.sums)
    return {model: {action: None if sums.unscored else sums.mean for action, sums in own.items()} for model, own in pools.items()}


class Loader(Protocol):
    """What `services/insights/<name>.py` calls `load`: the view of some samples; `samples` is None where no run has begun."""

    def __call__(self, frame: Frame, samples: Samples | None, **options: Any) -> View: ...


class Loaded(NamedTuple):
    """A view's frame and its samples."""

    frame: Frame
    samples: Samples | None


def sampled(store: Store, scope: Scope) -> Loaded:
    """The frame of a scope, and the samples in it. Raises UnknownName for an experiment that is not there."""
    _known(store, scope)
    samples = store.samples
    frame = framed(
        scope,
        samples.groups(scope),
        samples.simulated(scope),
        repeated=len(samples.repeated(scope)),
        apart=samples.apart(scope),
    )
    return Loaded(frame, Samples(store, frame, frame.conditions) if frame.conditions else None)


def _known(store: Store, scope: Scope) -> None:
    for experiment in scope.experiments:
        store.experiment(experiment)


def load(store: Store, name: str, scope: Scope, options: Mapping[str, Any]) -> View:
    """A view by name, with its own options. Raises UnknownName."""
    wanted = insight(name)
    module = import_module(f"sitegen_tui.services.insights.{wanted.module}")
    if not wanted.framed:
        # To find out what all runs may be compared with is a tenth of what such a view costs, and it asks each side for itself.
        _known(store, scope)
        return cast("View", module.load(Frame(scope=scope, simulated=store.samples.simulated(scope)), store, **options))
    loader = cast("Loader", module.load)
    frame, samples = sampled(store, scope)
    return loader(frame, samples, **options)


def behind(store: Store, wanted: StepsWanted, offset: int = 0, limit: int = PAGE) -> StepsPage:
    """The steps behind a number, a page of them."""
    conditions = wanted.scope.conditions or framed(wanted.scope, store.samples.groups(wanted.scope)).conditions
    if conditions is None:
        return StepsPage((), 0)
    steps = store.samples.steps(wanted, conditions, limit, offset)
    total = store.samples.count_steps(wanted, conditions) if len(steps) == limit or offset else len(steps)
    return StepsPage(tuple(steps), total)
