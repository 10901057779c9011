"""The difficulty: which actions are hard, for all models together, and how far models differ on each."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.insights import Frame, ScoredRun, View
from sitegen_tui.domain.pipeline import BY_ID, PIPELINE
from sitegen_tui.domain.statistics import Estimate, Weighting
from sitegen_tui.services.insights.gap import REFERENCE
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.gaps import Run, difficulty, of_action
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
    return build(frame, samples.scores, samples.cells) if samples else build(frame, ())


def build(frame: Frame, runs: Sequence[ScoredRun], cells: Iterable[CellSums] = ()) -> DifficultyView:
    """The view of runs with their scores; `cells` say what could be earned.

    The reference editor knows the answers: it counts only where no one else has run.
    """
    scores: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        scores[run.model].append(run.scores)
    left_out = len(scores) > 1 and scores.pop(REFERENCE, None) is not None
    found = {action for own in scores.values() for run in own for action in run}
    actions = tuple(one.id for one in PIPELINE if one.id in found)
    assessed: dict[str, Sums] = defaultdict(Sums)
    for cell in cells:
        assessed[cell.action].pool(cell.sums)
    by_runs = {one.action: one.mean for one in difficulty(scores, actions, "runs")}
    hard: list[HardAction] = []
    by_models = {one.action: one for one in difficulty(scores, actions, "models")}
    for one in (by_models[action] for action in actions):
        values = {model: own for model, runs_of in scores.items() if (own := of_action(runs_of, one.action))}
        hard.append(
            HardAction(
                action=one.action,
                category=BY_ID[one.action].category.value,
                by_models=one.mean,
                by_runs=by_runs[one.action],
                means={model: statistics.fmean(own) for model, own in values.items()},
                n={model: len(own) for model, own in values.items()},
                best=one.best[0] if one.best else None,
                worst=one.worst[0] if one.worst else None,
                spread=one.best[1] - one.worst[1] if one.best and one.worst and one.models > 1 else None,
                assessed=sums.assessed / (sums.n * POINT) if (sums := assessed[one.action]).n else 10.0,
            )
        )
    notes: list[str] = []
    if left_out:
        notes.append("the reference editor, which knows the answers, is not counted")
    if scores and frame.conditions is not None and not frame.conditions.full:
        notes.append("judged in part: hard is what loses most of the points that could be judged")
    return DifficultyView(
        **dict(frame),
        models=tuple(sorted(scores)),
        uneven=any(len(set(one.n.values())) > 1 or len(one.n) < len(scores) for one in hard),
        actions=tuple(hard),
        notes=tuple(notes),
    )
