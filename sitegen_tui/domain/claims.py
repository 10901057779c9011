"""Published tables of a study, and what an audit says of each of their claims."""

from __future__ import annotations

from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sitegen_tui.domain.base import Frozen

Number = int | float
"""Whole numbers stay whole: how a figure was printed tells how far it was rounded."""


class _Table(BaseModel):
    """Part of a published file: keys that an audit has no use for are let through."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class PublishedModel(_Table):
    """A row of the results table: mean, sd and extremes of run totals in points."""

    id: str
    mean: Number
    sd: Number | None = None
    runs: int
    interval: tuple[Number, Number] | None = None
    best: Number | None = None
    worst: Number | None = None


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

    runs: int
    difference: Number
    power: Number = 0.8
    alpha: Number = 0.05


class Published(_Table):
    """The tables of a published study; whatever is missing is not audited.

    `heatmap` maps actions to means, in columns; `heatmap_models` names the columns, otherwise they are found by their sums.
    """

    max_score: Number | None = None
    models: tuple[PublishedModel, ...] = ()
    actions: tuple[tuple[str, str], ...] = Field(default=(), description="id and category, in order")
    templates: dict[str, dict[str, Number | None]] = {}
    heatmap: dict[str, tuple[Number, ...]] = {}
    heatmap_models: tuple[str, ...] = ()
    gap: dict[str, PublishedGap] = {}
    categories: dict[str, Number] = {}
    power: PublishedPower | None = None


Verdict = Literal["reproduces", "does not reproduce", "cannot be computed"]


class Claim(Frozen):
    """One claim held against the other figures of the same study.

    `published` and `value` are the figures compared, where there is one figure; `difference` is published minus computed and
    `allowed` what rounding of all figures involved may make of it, in the unit of the figure.
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
