"""How far raters agree, and what judged scores are worth once people have labelled some of them."""

from __future__ import annotations

from typing import Literal

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.statistics import Estimate

Weights = Literal["none", "linear", "quadratic"]
Level = Literal["nominal", "ordinal", "interval"]


class Agreement(Frozen):
    """One statistic of agreement: -1 to 1, or a share from 0 to 1 for `percent`.

    `estimate.n` counts the items used, `raters` those who rated. `prevalence` is the share of the second of two labels (present),
    None with other numbers of labels. `reading` is the word of the literature, "" where there is no value.
    """

    name: str
    estimate: Estimate
    raters: int
    reading: str = ""
    prevalence: float | None = None


class Confusion(Frozen):
    """How often the first rater's label (rows) met the second's (columns), labels in the given order."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    n: int


class BlandAltman(Frozen):
    """First minus second in the unit of the scores: mean (`bias`), sd, and limits that hold 95 % of differences, with intervals.

    `unbiased` tells whether the bias's interval holds 0, None without an interval.
    """

    n: int
    bias: Estimate
    sd: float | None
    lower: Estimate
    upper: Estimate
    unbiased: bool | None
    reason: str = ""


class Calibrated(Frozen):
    """A mean of judged scores corrected by people's labels (prediction-powered), in points, beside the raw mean.

    `weight` is how far judgements are trusted, 0 to 1; `labels` counts people's labels, `judged` all items, `gain` is how many
    times as many labels alone would be as sure. `warning` says where the correction had to be borrowed or the labels are few.
    """

    raw: float | None
    estimate: Estimate
    weight: float | None
    labels: int
    judged: int
    gain: float | None
    warning: str = ""


class LabelGain(Frozen):
    """What more labels would do: half the interval's width now and with `more` labels, in points."""

    more: int
    half_width: float
    expected: float


class ScoreMap(Frozen):
    """From judged scores to people's: knots (judged, human), straight between them; beyond them level if isotonic.

    `slope` and `intercept` are those of people's scores on judged ones; `residual_sd` is of people's scores about predictions that
    were fitted without their own run, `predicted` those predictions in order, all in points.
    """

    kind: Literal["linear", "isotonic"]
    knots: tuple[tuple[float, float], ...]
    slope: float | None
    intercept: float | None
    residual_sd: float | None
    predicted: tuple[float, ...]
    n: int
    reason: str = ""
