"""What the statistics say: values with their intervals, or the reason why there are none."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen


class Estimate(Frozen):
    """A number, in the unit its maker names, and the interval that holds it at `confidence`.

    `value` is None where the data do not determine it, the ends where there is no interval; `reason` then says why.
    `method` names how the interval was made.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int
    confidence: float = 0.95
    method: str = ""
    reason: str = ""

    def holds(self, number: float) -> bool:
        """Whether the interval is there and holds the number."""
        return self.low is not None and self.high is not None and self.low <= number <= self.high


class Interval(Frozen):
    """A mean and how sure we are of it, in the unit of the values.

    `sd` is the sample standard deviation (n - 1), None under two values. `half_width` is half the width of the t interval
    at `confidence`, None where there are too few values; `reason` then says so.
    """

    n: int
    mean: float | None
    sd: float | None
    half_width: float | None
    minimum: float | None
    maximum: float | None
    confidence: float = 0.95
    reason: str = ""

    @property
    def low(self) -> float | None:
        """The interval's lower end."""
        return None if self.mean is None or self.half_width is None else self.mean - self.half_width

    @property
    def high(self) -> float | None:
        """The interval's upper end."""
        return None if self.mean is None or self.half_width is None else self.mean + self.half_width


Reading = Literal["negligible", "small", "medium", "large"]


class Difference(Frozen):
    """Two models compared: first minus second, in points.

    `p` is two-sided and None where there is no test (`reason`), `adjusted_p` is Holm's over the whole family of pairs.
    `delta` is Cliff's, from -1 to 1 (share of pairs won minus share lost), and `reading` its size in words. `overlap` tells whether
    the two models' own intervals overlap: a description only, far more cautious than the test. `method` is `welch` or
    `paired by cell` (differences of cell means, n cells).
    """

    first: str
    second: str
    method: Literal["welch", "paired by cell"]
    n_first: int
    n_second: int
    difference: float | None
    low: float | None = None
    high: float | None = None
    t: float | None = None
    degrees: float | None = None
    p: float | None = None
    adjusted_p: float | None = None
    delta: Estimate | None = None
    reading: Reading | None = None
    overlap: bool | None = None
    confidence: float = 0.95
    reason: str = ""


class Comparison(Frozen):
    """All pairs of models, and the letters that show ties: two models that share a letter are not told apart at `alpha`.

    `letters` is in the order of falling means; a model that could not be tested has the letters "". `balanced` says that every
    model has the same cells, so that `pairs` are differences by cell.
    """

    pairs: tuple[Difference, ...]
    letters: dict[str, str]
    alpha: float
    balanced: bool


class Spread(Frozen):
    """How a model's totals vary, in points: sd with its chi-squared interval, extremes, and shares with Wilson intervals."""

    model: str
    n: int
    sd: Estimate
    best: float | None
    worst: float | None
    range: float | None
    below: Estimate = Field(description="share of runs below `threshold`")
    threshold: float
    negative: Estimate = Field(description="share of actions with a score below 0")


class Completeness(Frozen):
    """Whether a run's or model's action means add up to its total; `difference` is their sum minus the total, in points."""

    complete: bool
    actions: int
    expected: int
    missing: tuple[str, ...] = ()
    difference: float | None = None
    reason: str = ""


class Balance(Frozen):
    """Which cells (template, requirements ...) each model has, by number of runs, and what is missing for a balanced design.

    `missing` maps a model to cells and the runs it lacks there; `common` are the cells that every model has.
    """

    balanced: bool
    cells: dict[str, dict[str, int]]
    common: tuple[str, ...]
    missing: dict[str, dict[str, int]]


class Cluster(Frozen):
    """What repeated runs on the same templates are worth: intraclass correlation, design effect, effective number of runs."""

    templates: int
    n: int
    mean_size: float | None
    icc: Estimate
    design_effect: float | None
    effective_n: float | None
    reason: str = ""


class PowerPlan(Frozen):
    """How many runs a difference needs. `n` is runs for each model (unpaired) or pairs of runs (paired).

    `difference` and `sd` in points; `sd` is that of one run. `n_normal` is by the normal approximation, `n` by the t distribution.
    `power` is the power that `n` has. None with a `reason` where no number of runs will do.
    """

    difference: float
    sd: float
    alpha: float
    wanted: float
    paired: bool
    correlation: float
    n: int | None
    n_normal: int | None
    power: float | None
    reason: str = ""


class RunNext(Frozen):
    """Runs to add: `runs` more of `model` in `cell`, and why."""

    model: str
    cell: str
    runs: int
    why: Literal["balance", "power"]


Weighting = Literal["models", "runs"]
"""Whether every model counts the same in a mean over models, or every run."""


class Gap(Frozen):
    """How far models are from a reference on an action or category: model minus reference, in points, with intervals.

    `mean_gap` is the plain mean over exactly the models in `gaps` that have a value.
    """

    name: str
    reference: str
    reference_mean: float | None
    gaps: dict[str, Estimate]
    mean_gap: float | None


class Difficulty(Frozen):
    """How hard an action is: its mean over models in points, and the models that do best and worst on it."""

    action: str
    mean: Estimate
    weighting: Weighting
    models: int
    best: tuple[str, float] | None
    worst: tuple[str, float] | None


class TemplateRow(Frozen):
    """One template (or other cell): mean total of each model in points, and the best model other than the reference.

    `percent` is the best alternative's mean in per cent of the reference's, None where that is not above 0.
    """

    cell: str
    means: dict[str, float]
    best: str | None
    percent: float | None


class CategoryMean(Frozen):
    """A model's mean score in a category: the mean of its action means, each action counting the same, in points."""

    category: str
    actions: tuple[str, ...]
    mean: Estimate


class Cause(Frozen):
    """What a violation cost, in points; `cumulative` is its share and that of all that cost more, 0 to 1.

    `count` findings were reported, `charged` of them cost something; `inherited_count` are an earlier step's doing.
    """

    violation: str
    points: float
    count: int
    charged: int = 0
    inherited_count: int = 0
    share: float
    cumulative: float
    own: float
    inherited: float
    completion: float
    regression: float
    by_model: dict[str, float]


class FirstWrong(Frozen):
    """Where runs went wrong first: runs by the first action whose score fell below `below`, and the share that never did."""

    below: float
    counts: dict[str, int]
    never: Estimate
    unknown: int = Field(description="runs with an unscored step before any wrong one")


class PricedModel(Frozen):
    """A model's quality against its cost and waiting time; `front` tells that no other is better in one and no worse in all.

    `mean` in points, `usd` and `seconds` a run. `points_per_usd` is None for a free model, `usd_per_point` where the mean is not
    above 0.
    """

    model: str
    mean: float
    usd: float | None
    seconds: float | None
    points_per_usd: float | None
    usd_per_point: float | None
    front: bool


class RoutingPolicy(Frozen):
    """Which model does which action: the cheapest whose mean is within `tolerance` points of the best."""

    tolerance: float
    choices: dict[str, str]


class RoutingTest(Frozen):
    """A way of making policies tried on templates it was not learned on, against the best single model of the training templates.

    `loss` of quality (best single minus routed) in points a run, `saving` in US dollars a run, with intervals over templates.
    `policy` is what all templates together teach; `held_out` maps each template to (loss, saving).
    """

    policy: RoutingPolicy
    loss: Estimate
    saving: Estimate
    saving_share: float | None
    held_out: dict[str, tuple[float, float]]
    reason: str = ""


class MixedModel(Frozen):
    """Scores as model plus template plus template by model, in points, by restricted maximum likelihood.

    `means` are each model's over all templates alike, `differences` those of every pair by `first - second`; `sd_template`,
    `sd_interaction` and `sd_run` are the spreads of the three parts.
    """

    means: dict[str, Estimate]
    differences: dict[str, Estimate]
    sd_template: float
    sd_interaction: float
    sd_run: float
    n: int
    templates: int
    deviance: float = Field(description="minus twice the restricted log likelihood")


class ShrunkCell(Frozen):
    """A cell of the heatmap pulled towards what its model and action do elsewhere, in points.

    `trust` is the weight of the cell's own mean, 0 to 1; `low` and `high` are the interval of the shrunken mean.
    """

    model: str
    action: str
    n: int
    mean: float | None
    shrunk: float
    trust: float
    low: float
    high: float


class Look(Frozen):
    """A look at the data before all runs are done: its share of the runs, the bounds of |z| and p, and alpha spent so far."""

    fraction: float
    z: float
    p: float
    spent: float


class Change(Frozen):
    """From one set of values to another: `change` is the second mean minus the first, with its interval, in their unit.

    `p` is two-sided, `adjusted_p` Holm's over what was tested together; both None where there is no test (`reason`). `delta` is
    Cliff's, above 0 where the second is higher.
    """

    n_first: int
    n_second: int
    first: float | None
    second: float | None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    adjusted_p: float | None = None
    delta: Estimate | None = None
    method: Literal["welch", "paired by cell"] = "welch"
    reason: str = ""
