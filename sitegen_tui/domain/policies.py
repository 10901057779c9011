"""Routing policies: which model does which action, and how that was learned."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.runs import Mode
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.domain.violations import Layer

ROUTED = "routed/"
"""How names begin that mean a policy as a contestant."""

Saves = Literal["cost", "latency"]
"""What a policy saves: US dollars, or seconds of waiting."""


class RoutedAction(Frozen):
    """Who does an action under a policy, beside who does it best. Points an action; costs in US dollars or seconds.

    `loss` and `saving` are those against the best single model on templates that were left out of the learning. `agreed` of
    `folds` learnings, each without one template, choose the same model.
    """

    action: str
    model: str
    mean: float
    cost: float
    best: str
    best_mean: float
    best_cost: float
    loss: Estimate
    saving: Estimate
    agreed: int
    folds: int


class Between(Frozen):
    """A value with its interval, or with a `note` that says why there is none."""

    mean: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


class Learned(Frozen):
    """How a policy was learned, for whoever reads its file.

    `loss` (points a run) and `saving` (US dollars or seconds a run) are against `single`, the best single model, each on a
    template that was left out of the learning. `steps` is the number of scored steps.
    """

    day: str = Field(default="", description="such as 2026-11-30")
    experiments: tuple[str, ...] = Field(default=(), description="empty: all of the database")
    templates: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    steps: int = Field(default=0, ge=0)
    rubric: int = 0
    judges: tuple[Layer, ...] = ()
    mode: Mode | None = None
    single: str = ""
    loss: Between = Between()
    saving: Between = Between()


class Policy(Frozen):
    """A policy as it is stored: `choices` maps ids of actions to names of models.

    Within `tolerance` points an action of the best, the model that costs least or answers soonest does it.
    """

    saves: Saves = "cost"
    tolerance: float = Field(ge=0)
    choices: dict[str, str] = Field(min_length=1)
    learned: Learned = Learned()
