"""Published tables of a study, and what an audit says of each of their claims."""

from __future__ import annotations

from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sitegen_tui.domain.base import Frozen

Figure = Literal["mean", "sd", "runs", "best", "worst", "input", "output"]
"""A model's published figures by name; the last two are its prices."""

Number = int | float
"""Whole numbers stay whole: how a figure was printed tells how far it was rounded."""


class _Table(BaseModel):
    """Part of a published file: keys that an audit has no use for are let through."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class PublishedPrice(_Table):
    """US dollars for a million tokens."""

    input: Number
    output: Number


class PublishedModel(_Table):
    """A row of the results table: mean, sd and extremes of run totals in points."""

    id: str
    mean: Number
    sd: Number | None = Field(default=None, ge=0)
    runs: int = Field(ge=1)
    interval: tuple[Number, Number] | None = None
    best: Number | None = None
    worst: Number | None = None
    usd_per_mtok: PublishedPrice | None = None

    def figure(self, name: Figure) -> Number | None:
        """One of its figures by name, None where it is not published."""
        if name == "input" or name == "output":
            return getattr(self.usd_per_mtok, name, None)
        return getattr(self, name)


class PublishedGap(_Table):
    """A row of the gap table: a reference's score on an action, and the mean gap of other models to it."""

    reference: Number
    gap: Number

    @model_validator(mode="before")
    @classmethod
    def _whatever_the_reference_is_called(cls, row: Any) -> Any:
        if not isinstance(row, dict) or "reference" in row:
            return cast(Any, row)
        given = cast(dict[str, Any], row)
        others = [value for key, value in given.items() if key != "gap"]
        return {"reference": others[0], "gap": given.get("gap")} if len(others) == 1 else given


class PublishedPower(_Table):
    """A claim that so many runs show so many points with this power at this alpha."""

    runs: int = Field(ge=2)
    difference: Number = Field(gt=0)
    power: Number = Field(default=0.8, gt=0, lt=1)
    alpha: Number = Field(default=0.05, gt=0, lt=1)
    minimum: int | None = Field(default=None, ge=2, description="runs that the same text calls enough elsewhere")


class PublishedRatio(_Table):
    """A sentence that one figure is so many times another."""

    claimed: Number
    of: tuple[str, Figure] = Field(description="model and figure")
    to: tuple[str, Figure]


class PublishedOrder(_Table):
    """A sentence that these figures, each a model and one of its figures, rise in this order."""

    rising: tuple[tuple[str, Figure], ...]


class Published(_Table):
    """The tables of a published study; whatever is missing is not audited.

    `heatmap` maps actions to means, in columns; `heatmap_models` names the columns, otherwise they are found by their sums.
    `averages` are means of actions over models, `total_runs`, `scale` (least and most points of an action), `span` (points
    between the easiest and the hardest action, called more than between any two models), `ratios` and `orders` what sentences say.
    """

    title: str = ""
    source: str = ""

    max_score: Number | None = None
    models: tuple[PublishedModel, ...] = ()
    actions: tuple[tuple[str, str], ...] = Field(default=(), description="id and category, in order")
    templates: dict[str, dict[str, Number | None]] = {}
    heatmap: dict[str, tuple[Number, ...]] = {}
    heatmap_models: tuple[str, ...] = ()
    gap: dict[str, PublishedGap] = {}
    categories: dict[str, Number] = {}
    power: PublishedPower | None = None
    averages: dict[str, Number] = {}
    total_runs: int | None = None
    scale: tuple[Number, Number] | None = None
    span: Number | None = None
    ratios: tuple[PublishedRatio, ...] = ()
    orders: tuple[PublishedOrder, ...] = ()


Verdict = Literal["reproduces", "does not reproduce", "cannot be computed"]


class Claim(Frozen):
    """One claim held against the other figures of the same study.

    `published` and `value` are the figures compared, where there is one figure; `difference` is published minus computed and
    `allowed` what rounding of all figures involved may make of it, in the unit of the figure. `steps` are the arithmetic, a line
    each.
    """

    section: str
    subject: str
    claimed: str
    computed: str
    method: str
    verdict: Verdict
    published: float | None = None
    value: float | None = None
    difference: float | None = None
    allowed: float | None = None
    steps: tuple[str, ...] = ()
