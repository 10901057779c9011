"""Models compared over unequal templates: score as model plus template plus template by model, by restricted likelihood."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, cast

from sitegen_tui.domain.statistics import Estimate, MixedModel
from sitegen_tui.errors import SitegenError
from sitegen_tui.stats.distributions import check_confidence, t_quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class _Template:
    """One template's cells: which models (columns), their means, and how many runs each has."""

    models: NDArray[np.intp]
    means: NDArray[np.float64]
    runs: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Fit:
    """The likelihood at one pair of variance ratios, with the fixed effects that go with it."""

    deviance: float
    beta: NDArray[np.float64]
    covariance: NDArray[np.float64]
    variance: float


def mixed(totals: Mapping[str, Mapping[str, Sequence[float]]], confidence: float = 0.95) -> MixedModel:
    """Fit `score ~ model + (1|template) + (1|template:model)`; `totals` maps models to templates to run totals in points.

    Only cell means, numbers of runs and the spread within cells enter, so its cost does not grow with the number of runs. Intervals
    are Student's: templates - 1 degrees of freedom for means; for differences those of cells left once models and templates are
    taken out. Raises SitegenError where there are fewer than two models or templates, no cell with two runs, no cell left over, or
    models that no template connects.
    """
    check_confidence(confidence)
    names = [model for model, cells in totals.items() if any(cells.values())]
    templates, within, n = _cells(names, totals)
    cells = sum(one.models.size for one in templates)
    freedom = cells - len(templates) - len(names) + 1
    if len(names) < 2 or len(templates) < 2:
        raise SitegenError(f"a mixed model needs two models and two templates, not {len(names)} and {len(templates)}")
    if not _connected(templates, len(names)):
        raise SitegenError("no common template connects all models", hint="run them on the same templates")
    if n == cells or freedom < 1:
        lacking = "repeated runs" if n == cells else "cells"
        raise SitegenError(f"too few {lacking} to tell the spread of runs, templates and models apart")
    template_ratio, interaction_ratio = _optimum(templates, within, n, len(names))
    fit = _fit(templates, within, n, len(names), template_ratio, interaction_ratio)
    return MixedModel(
        means={
            name: _estimate(float(fit.beta[i]), float(fit.covariance[i, i]), len(templates) - 1, n, confidence)
            for i, name in enumerate(names)
        },
        differences={
            f"{names[i]} - {names[j]}": _estimate(
                float(fit.beta[i] - fit.beta[j]),
                float(fit.covariance[i, i] + fit.covariance[j, j] - 2 * fit.covariance[i, j]),
                freedom,
                n,
                confidence,
            )
            for i, j in combinations(range(len(names)), 2)
        },
        sd_template=math.sqrt(template_ratio * fit.variance),
        sd_interaction=math.sqrt(interaction_ratio * fit.variance),
        sd_run=math.sqrt(fit.variance),
        n=n,
        templates=len(templates),
        deviance=fit.deviance,
    )


def _cells(names: Sequence[str], totals: Mapping[str, Mapping[str, Sequence[float]]]) -> tuple[list[_Template], float, int]:
    """Templates with their cells, the sum of squares within cells, and the number of runs."""
    import numpy as np

    found: list[_Template] = []
    within, n = 0.0, 0
    for template in dict.fromkeys(cell for name in names for cell in totals[name]):
        own = [(index, values) for index, name in enumerate(names) if (values := totals[name].get(template))]
        if own:
            means = [statistics.fmean(values) for _, values in own]
            within += math.fsum((value - mean) ** 2 for (_, values), mean in zip(own, means, strict=True) for value in values)
            n += sum(len(values) for _, values in own)
            runs = np.array([len(values) for _, values in own], dtype=np.float64)
            found.append(_Template(np.array([index for index, _ in own], dtype=np.intp), np.array(means), runs))
    return found, within, n


def _connected(templates: Sequence[_Template], count: int) -> bool:
    reached, grown = {0}, True
    while grown:
        grown = False
        for one in templates:
            own = {int(index) for index in one.models}
            if own & reached and not own <= reached:
                reached |= own
                grown = True
    return len(reached) == count


def _fit(templates: Sequence[_Template], within: float, n: int, count: int, template: float, interaction: float) -> _Fit:
    """Fixed effects and the restricted deviance, the run variance profiled out; ratios are variances over the run variance."""
    import numpy as np

    gram, side, square, logs = np.zeros((count, count)), np.zeros(count), 0.0, 0.0
    for one in templates:
        # Cell means vary as a common template part on top of a diagonal, so the inverse is a diagonal less one rank.
        diagonal = interaction + 1 / one.runs
        inverse = 1 / diagonal
        whole = float(inverse.sum())
        shared = template / (1 + template * whole)
        logs += float(np.log(diagonal * one.runs).sum()) + math.log1p(template * whole)
        precision = np.diag(inverse) - shared * np.outer(inverse, inverse)
        gram[np.ix_(one.models, one.models)] += precision
        side[one.models] += precision @ one.means
        square += float(one.means @ precision @ one.means)
    beta = np.asarray(np.linalg.solve(gram, side), dtype=np.float64)
    residual = max(within + square - float(beta @ side), 1e-12)
    freedom = n - count
    variance = residual / freedom
    log_gram = float(np.linalg.slogdet(gram)[1])
    covariance = variance * np.asarray(np.linalg.inv(gram), dtype=np.float64)
    deviance = freedom * (math.log(2 * math.pi * variance) + 1) + logs + log_gram
    return _Fit(deviance, beta, covariance, variance)


def _optimum(templates: Sequence[_Template], within: float, n: int, count: int) -> tuple[float, float]:
    """The variance ratios of templates and of templates by models that make the restricted likelihood largest."""
    from scipy.optimize import minimize  # pyright: ignore[reportUnknownVariableType]

    def deviance(roots: Any) -> float:
        # Squares keep ratios from falling below 0 and let them reach it.
        return _fit(templates, within, n, count, float(roots[0]) ** 2, float(roots[1]) ** 2).deviance

    best: tuple[float, float, float] | None = None
    for start in ((1.0, 1.0), (3.0, 0.1)):
        options = {"xatol": 1e-6, "fatol": 1e-9, "maxiter": 2000}
        found = cast(Any, minimize(deviance, start, method="Nelder-Mead", options=options))
        if best is None or float(found.fun) < best[0]:
            best = float(found.fun), float(found.x[0]) ** 2, float(found.x[1]) ** 2
    assert best is not None
    return best[1], best[2]


def _estimate(value: float, variance: float, degrees: int, n: int, confidence: float) -> Estimate:
    half = t_quantile((1 + confidence) / 2, degrees) * math.sqrt(max(variance, 0.0))
    return Estimate(value=value, low=value - half, high=value + half, n=n, confidence=confidence, method=f"REML, t({degrees})")
