"""Heatmap cells with few runs, pulled towards what their model and action do elsewhere (empirical Bayes)."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence

from sitegen_tui.domain.statistics import ShrunkCell
from sitegen_tui.stats.distributions import check_confidence, normal_quantile

SWEEPS = 200


def shrink(scores: Mapping[str, Mapping[str, Sequence[float]]], confidence: float = 0.95) -> tuple[ShrunkCell, ...]:
    """Shrunken means of models (outer keys) on actions (inner keys), in points, one for every cell of the table.

    A cell is expected at its model's level plus its action's; how far cells stray from that is estimated by moments, as is the
    spread within cells (one for all, from cells with two scores). A cell without scores is given what is expected. Without any
    cell of two scores nothing tells noise from effect, and there are no shrunken cells.
    """
    check_confidence(confidence)
    cells = {(model, action): list(values) for model, own in scores.items() for action, values in own.items() if values}
    repeats = sum(len(values) - 1 for values in cells.values())
    if not repeats:
        return ()
    noise = math.fsum((len(values) - 1) * statistics.variance(values) for values in cells.values() if len(values) > 1) / repeats
    means = {place: statistics.fmean(values) for place, values in cells.items()}
    models = [model for model in scores if any(model == own for own, _ in cells)]
    actions = list(dict.fromkeys(action for _, action in cells))
    expected = _additive(means, cells, models, actions)
    stray = _stray(means, cells, expected, noise, len(models) + len(actions) - 1)
    z = normal_quantile((1 + confidence) / 2)
    # How well the levels are known: by as many cells as a row and a column have, each as noisy as it is and as far astray.
    usual = noise * statistics.fmean(1 / len(values) for values in cells.values()) + stray
    parameters = len(models) + len(actions) - 1
    level_variance = usual * parameters / len(means)
    freedom = len(means) - parameters
    found: list[ShrunkCell] = []
    for model in models:
        for action in actions:
            n = len(cells.get((model, action), ()))
            trust = stray / (stray + noise / n) if n and stray + noise > 0 else 0.0
            level = expected[model, action]
            mean = means.get((model, action))
            value = level if mean is None else trust * mean + (1 - trust) * level
            if mean is None:
                variance = stray + level_variance
            else:
                # The last part is for the trust being an estimate itself, after Morris.
                doubt = 2 * ((1 - trust) * (mean - level)) ** 2 / freedom if freedom > 0 else 0.0
                variance = trust * noise / n + (1 - trust) ** 2 * level_variance + doubt
            half = z * math.sqrt(variance)
            found.append(
                ShrunkCell(
                    model=model, action=action, n=n, mean=mean, shrunk=value, trust=trust, low=value - half, high=value + half
                )
            )
    return tuple(found)


def _additive(
    means: Mapping[tuple[str, str], float],
    cells: Mapping[tuple[str, str], Sequence[float]],
    models: Sequence[str],
    actions: Sequence[str],
) -> dict[tuple[str, str], float]:
    """Model level plus action level, fitted by runs: rows and columns are adjusted in turn until they stand."""
    row = dict.fromkeys(models, 0.0)
    column = dict.fromkeys(actions, 0.0)
    for _ in range(SWEEPS):
        moved = 0.0
        for levels, other, at in ((row, column, 0), (column, row, 1)):
            sums, counts = dict.fromkeys(levels, 0.0), dict.fromkeys(levels, 0)
            for place, mean in means.items():
                sums[place[at]] += len(cells[place]) * (mean - other[place[1 - at]])
                counts[place[at]] += len(cells[place])
            for name in levels:
                level = sums[name] / counts[name]
                moved = max(moved, abs(level - levels[name]))
                levels[name] = level
        if moved < 1e-10:
            break
    return {(model, action): row[model] + column[action] for model in models for action in actions}


def _stray(
    means: Mapping[tuple[str, str], float],
    cells: Mapping[tuple[str, str], Sequence[float]],
    expected: Mapping[tuple[str, str], float],
    noise: float,
    parameters: int,
) -> float:
    """The variance of cells about what is expected of them, beyond noise, at least 0."""
    freedom = len(means) - parameters
    if freedom < 1:
        return 0.0
    weighted = math.fsum(len(cells[place]) * (mean - expected[place]) ** 2 for place, mean in means.items())
    size = len(means) / math.fsum(1 / len(values) for values in cells.values())
    return max(0.0, (weighted / freedom - noise) / size)
