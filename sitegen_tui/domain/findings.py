"""Findings, the charges made of them, and the score that is left."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.violations import Kind, Layer, Severity


class Provenance(StrEnum):
    """Who caused it: this step, an earlier one, or an earlier one and this step mended it."""

    OWN = "own"
    INHERITED = "inherited"
    REPAIRED = "repaired"


class Evidence(Frozen):
    """What a program can verify: where it is, what stands there, what should stand there.

    `line` and `column` count from 1 in `file` of the site named by `side`; a thing that is missing has the line where it
    should have been, or none.
    """

    file: str | None = None
    side: Literal["before", "after"] = "after"
    line: int | None = Field(default=None, ge=1)
    column: int | None = Field(default=None, ge=1)
    quote: str = Field(default="", max_length=400)
    expected: str = Field(default="", max_length=400)
    measured: str = Field(default="", max_length=400)


class Finding(Frozen):
    """One occurrence of a violation in a step.

    `subject` names what it is about (a slot, section, token, reference or field): dominance and duplicates go by it.
    `section` is the section it lies in, if any. `instances` is the n of a weight shared over n.
    """

    violation: str
    subject: str = ""
    section: str = ""
    message: str = Field(max_length=400)
    evidence: Evidence = Evidence()
    instances: int = Field(default=1, ge=1)
    provenance: Provenance = Provenance.OWN
    layer: Layer = Layer.STATIC


class Charge(Frozen):
    """A finding and what it cost.

    `nominal` is the catalogue's deduction for this instance, `amount` what was deducted after dominance and caps (points);
    `reason` says why they differ, empty if they do not.
    """

    finding: Finding
    kind: Kind
    severity: Severity
    nominal: float
    amount: float
    reason: str = ""


class Score(Frozen):
    """10 minus deductions, as far as it was assessed.

    `assessed` is how many of the action's 10 completion points the layers could see. `value` = assessed - deducted. A score is
    full only when both static and rendered layers judged; partial and full scores are never mixed in one average.
    """

    value: float
    assessed: float = Field(ge=0, le=10)
    deducted: float = Field(ge=0)
    completion: float = Field(ge=0, description="deducted for what was not completed")
    regression: float = Field(ge=0, description="deducted for damage and for things that must not be there")
    judged: float = Field(default=0.0, ge=0, description="deducted by LLM-judged ids")
    layers: tuple[Layer, ...]
    rubric: int

    @property
    def full(self) -> bool:
        """Whether this is a score out of 10."""
        return Layer.STATIC in self.layers and Layer.RENDERED in self.layers


class Judgement(Frozen):
    """Everything a step's judging says: charges in the order they were made, the score, and what was not assessed."""

    charges: tuple[Charge, ...]
    score: Score
    not_assessed: tuple[str, ...] = Field(default=(), description="completion ids that no layer at hand can see")
    milliseconds: float = 0.0
