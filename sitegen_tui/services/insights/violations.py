"""The violations: which ids cost which model how many points, and what few causes account for most of the loss."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import ChargeSums, Frame, View
from sitegen_tui.domain.pipeline import PIPELINE
from sitegen_tui.domain.statistics import Cause
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.causes import pareto
from sitegen_tui.store.samples import CellSums
from sitegen_tui.store.sums import POINT, Sums

Whose = Literal["own", "inherited"]
NEGLIGIBLE = 1e-6


class StepCount(Frozen):
    """Scored steps of a model on an action, and what they lost in points against what could be earned, by effective scores."""

    model: str
    action: str
    steps: int
    lost: float


class ViolationsView(View):
    """Causes by points lost, most first. `charges` are what causes are made of; `titles` are the ids in a person's words.

    `points` is the sum of all charges, `lost` what scores lack of what could be earned: they differ where people overrode a score.
    """

    models: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    charges: tuple[ChargeSums, ...] = ()
    counts: tuple[StepCount, ...] = ()
    titles: dict[str, str] = {}
    points: float = 0.0
    lost: float = 0.0
    steps: int = Field(default=0, description="scored steps in all")

    def narrowed(self, model: str | None = None, action: str | None = None, whose: Whose | None = None) -> tuple[Cause, ...]:
        """The causes of a model, of an action, or only own or inherited ones, with shares of what is left."""
        return pareto(
            [
                one
                for one in self.charges
                if model in (None, one.model) and action in (None, one.action) and whose in (None, one.provenance)
            ]
        )

    def scored(self, model: str | None = None, action: str | None = None) -> int:
        """How many scored steps a model, or all, has on an action, or on all."""
        return sum(one.steps for one in self.counts if model in (None, one.model) and action in (None, one.action))


def load(frame: Frame, samples: Samples | None) -> ViolationsView:
    """The view of a scope."""
    return build(frame, samples.charges, samples.cells) if samples else build(frame, (), ())


def build(frame: Frame, charges: Sequence[ChargeSums], cells: Iterable[CellSums]) -> ViolationsView:
    """The view of what steps were charged with, and of how many steps there are."""
    pools: dict[tuple[str, str], Sums] = defaultdict(Sums)
    for cell in cells:
        pools[cell.model, cell.action].pool(cell.sums)
    counts = tuple(
        StepCount(model=model, action=action, steps=sums.n, lost=(sums.assessed - sums.total) / POINT)
        for (model, action), sums in sorted(pools.items())
        if sums.n
    )
    acted = {one.action for one in counts}
    known = catalogue().by_id
    points, lost = math.fsum(one.amount for one in charges), math.fsum(one.lost for one in counts)
    notes: list[str] = []
    if abs(points - lost) > NEGLIGIBLE * max(1, len(charges)):
        notes.append(f"scores lack {lost:.1f} points, charges explain {points:.1f}: the rest is people's overrides")
    if charges:
        notes.append("undone is what an action did not do, damage all else; inherited damage was charged where it was caused")
    return ViolationsView(
        **dict(frame),
        models=tuple(sorted({one.model for one in counts})),
        actions=tuple(one.id for one in PIPELINE if one.id in acted),
        causes=pareto(charges),
        charges=tuple(charges),
        counts=counts,
        titles={name: known[name].title for name in sorted({one.violation for one in charges}) if name in known},
        points=points,
        lost=lost,
        steps=sum(one.steps for one in counts),
        notes=tuple(notes),
    )
