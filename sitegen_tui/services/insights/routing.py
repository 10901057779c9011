"""The routing: which model should do which action, what that saves and loses on templates it was not learned on."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from sitegen_tui.domain.insights import Frame, View, model_of
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.policies import ROUTED, Between, Learned, Policy, RoutedAction, Saves
from sitegen_tui.domain.rows import SpentCell
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.errors import UsageError
from sitegen_tui.services.insights.contenders import aside, said, saved_first
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.routing import Trial, best_single, by_action, leave_one_out

TOLERANCE = 0.5
"""Points an action, where nobody says otherwise: one minor violation."""
SEED = 0


class RoutingView(View):
    """Who does which action, in their order, and what it comes to.

    `saves` says what costs are: US dollars, or seconds of waiting. `loss` (points) and `saving` are by run against the best single
    model, learned without a template and tried on it, with an interval over templates; `held_out` has them for each
    template. `single` is the best single model over all of them, `saving_share` the part of its cost that is saved.
    """

    saves: Saves = "cost"
    tolerance: float = TOLERANCE
    single: str | None = None
    actions: tuple[RoutedAction, ...] = ()
    loss: Estimate | None = None
    saving: Estimate | None = None
    saving_share: float | None = None
    held_out: dict[str, tuple[float, float]] = {}
    reason: str = Field(default="", description="why there is no test, if there is none")
    models: tuple[str, ...] = Field(default=(), description="that may be chosen")
    excluded: dict[str, str] = Field(default={}, description="models that may not be chosen, and why")
    templates: tuple[str, ...] = ()
    steps: int = 0


def load(frame: Frame, samples: Samples | None, tolerance: float = TOLERANCE, saves: Saves | None = None) -> RoutingView:
    """The view of a scope. Without `saves` dollars are saved where any model has a price, else waiting."""
    return build(frame, samples.spent if samples else (), tolerance, saves)


def build(frame: Frame, cells: Sequence[SpentCell], tolerance: float = TOLERANCE, saves: Saves | None = None) -> RoutingView:
    """The view of what steps earned and took. Raises UsageError for a tolerance below 0."""
    if tolerance < 0:
        raise UsageError(f"a tolerance is not below 0: {tolerance:g}", hint="give points an action, such as 0.5")
    known = [cell for cell in cells if not frame.scope.actions or cell.action in frame.scope.actions]
    models = tuple(sorted({cell.model for cell in known}))
    priced = {cell.model for cell in known if cell.priced}
    if saves is None:
        saves = saved_first(models, frame.simulated, priced)
    excluded = aside(models, frame.simulated, priced, saves)
    excluded |= {model: "a policy itself" for model in models if model.startswith(ROUTED)}
    used = [cell for cell in known if cell.model not in excluded and (saves == "latency" or cell.priced)]
    used.sort(key=lambda cell: (ACTION_IDS.index(cell.action), cell.template, cell.model))
    trials = [Trial(cell.template, cell.action, cell.model, cell.points / cell.n, _cost(cell, saves)) for cell in used]
    tested = leave_one_out(trials, tolerance, seed=SEED)
    return RoutingView(
        **dict(frame),
        saves=saves,
        tolerance=tolerance,
        single=best_single(trials),
        actions=by_action(trials, tolerance, seed=SEED),
        loss=tested.loss,
        saving=tested.saving,
        saving_share=tested.saving_share,
        held_out=tested.held_out,
        reason=tested.reason,
        models=tuple(sorted({cell.model for cell in used})),
        excluded=excluded,
        templates=tuple(sorted({cell.template for cell in used})),
        steps=sum(cell.n for cell in used),
        notes=_notes(frame, excluded),
    )


def policy_of(view: RoutingView, day: str) -> Policy:
    """The policy that a view found, with how it was learned. Raises UsageError where it found none."""
    if not view.actions or view.conditions is None:
        raise UsageError("there is nothing to learn a policy from", hint="run models that have a price, or add --saves latency")
    return Policy(
        saves=view.saves,
        tolerance=view.tolerance,
        choices={one.action: model_of(one.model) for one in view.actions},
        learned=Learned(
            day=day,
            experiments=view.scope.experiments,
            templates=view.templates,
            models=view.models,
            steps=view.steps,
            rubric=view.conditions.rubric,
            judges=view.conditions.layers,
            mode=view.conditions.mode,
            single=view.single or "",
            loss=_between(view.loss),
            saving=_between(view.saving),
        ),
    )


def _cost(cell: SpentCell, saves: Saves) -> float:
    return cell.usd / cell.priced if saves == "cost" else cell.model_ms / 1000 / cell.n


def _notes(frame: Frame, excluded: dict[str, str]) -> tuple[str, ...]:
    notes: list[str] = []
    if excluded:
        notes.append(f"not routed to: {said(excluded)}")
    if frame.conditions is not None and frame.conditions.mode == "chain":
        notes.append("in chain runs a step also suffers from what its own model did before: isolated runs tell actions apart")
    return tuple(notes)


def _between(estimate: Estimate | None) -> Between:
    if estimate is None:
        return Between()
    return Between(mean=estimate.value, low=estimate.low, high=estimate.high, note=estimate.reason)
