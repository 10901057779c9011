"""The difficulty: which actions are hard, for all models together, and how far models differ on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, View
from sitegen_tui.domain.pipeline import BY_ID, PIPELINE
from sitegen_tui.domain.statistics import Estimate, Weighting
from sitegen_tui.services.insights.gap import REFERENCE
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.gaps import difficulty_of
from sitegen_tui.stats.summaries import Summary
from sitegen_tui.store.samples import CellSums
from sitegen_tui.store.sums import POINT, Sums


class HardAction(Frozen):
    """An action over several models, in points out of those assessed.

    `by_models` counts every model the same, `by_runs` every run: they differ where models have unequal numbers of runs. `spread` is
    the best model's mean minus the worst's, None for a single model.
    """

    action: str
    category: str
    by_models: Estimate
    by_runs: Estimate
    means: dict[str, float]
    n: dict[str, int]
    best: str | None
    worst: str | None
    spread: float | None
    assessed: float = Field(default=10.0, description="mean points that could have been earned")

    def mean(self, weighting: Weighting) -> Estimate:
        """The mean of one weighting."""
        return self.by_models if weighting == "models" else self.by_runs


class DifficultyView(View):
    """Actions in the order of the pipeline. `models` are those that are counted."""

    models: tuple[str, ...] = ()
    uneven: bool = Field(default=False, description="whether models have unequal numbers of scores, so that weighting matters")
    actions: tuple[HardAction, ...] = ()

    def ranked(self, weighting: Weighting) -> tuple[HardAction, ...]:
        """The hardest first: by points lost, of those that could be earned; actions without a mean last."""

        def lost(one: HardAction) -> float:
            mean = one.mean(weighting).value
            return -1.0 if mean is None else one.assessed - mean

        return tuple(sorted(self.actions, key=lambda one: -lost(one)))


def load(frame: Frame, samples: Samples | None) -> DifficultyView:
    """The view of a scope."""
    return build(frame, samples.cells if samples else ())


def build(frame: Frame, cells: Iterable[CellSums]) -> DifficultyView:
    """The view of running sums. The reference editor knows the answers: it counts only where no one else has run."""
    pools: dict[str, dict[str, Sums]] = defaultdict(lambda: defaultdict(Sums))
    for cell in cells:
        if cell.sums.n:
            pools[cell.action][cell.model].pool(cell.sums)
    models = {model for own in pools.values() for model in own}
    left_out = REFERENCE in models and len(models) > 1
    models -= {REFERENCE} if left_out else set()
    scores = {
        action.id: {
            model: Summary(sums.n, sums.mean or 0.0, sums.sd or 0.0) for model, sums in pools[action.id].items() if model in models
        }
        for action in PIPELINE
        if action.id in pools
    }
    by_models = {one.action: one for one in difficulty_of(scores, "models")}
    by_runs = {one.action: one.mean for one in difficulty_of(scores, "runs")}
    hard: list[HardAction] = []
    for action, own in scores.items():
        one, counted = by_models[action], [pools[action][model] for model in own]
        steps = sum(sums.n for sums in counted)
        hard.append(
            HardAction(
                action=action,
                category=BY_ID[action].category.value,
                by_models=one.mean,
                by_runs=by_runs[action],
                means={model: part.mean for model, part in own.items()},
                n={model: part.n for model, part in own.items()},
                best=one.best[0] if one.best else None,
                worst=one.worst[0] if one.worst else None,
                spread=one.best[1] - one.worst[1] if one.best and one.worst and one.models > 1 else None,
                assessed=sum(sums.assessed for sums in counted) / (steps * POINT) if steps else 10.0,
            )
        )
    notes: list[str] = []
    if left_out:
        notes.append("the reference editor, which knows the answers, is not counted")
    if models and frame.conditions is not None and not frame.conditions.full:
        notes.append("judged in part: hard is what loses most of the points that could be judged")
    return DifficultyView(
        **dict(frame),
        models=tuple(sorted(models)),
        uneven=any(len(set(one.n.values())) > 1 or len(one.n) < len(models) for one in hard),
        actions=tuple(hard),
        notes=tuple(notes),
    )
