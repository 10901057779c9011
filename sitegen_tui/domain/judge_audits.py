"""An LLM judge measured: what it found of what was planted, what it made up, and for which ids it is fit."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue

from sitegen_tui.domain.audits import Grade, Share
from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.judges import SAMPLES
from sitegen_tui.domain.runs import Usage

LEAST = 35
"""Realistic faults of an id that have to be planted, and harmless changes made, before a judge can be fit for it.

With 35 a recall of 90 % is known to within 10 points."""
RECALL, PRECISION, FALSE_ALARMS, REJECTED = 0.8, 0.9, 0.05, 0.15
"""What a judge has to reach: recall and precision at least, false alarms on harmless changes and false evidence at most."""

Fitness = Literal["fit", "unfit", "too few"]


class JudgeAuditWanted(Frozen):
    """What is to be audited. `items` steps are shown to the judge, None for as many as an admission takes."""

    judge: str
    items: int | None = Field(default=None, ge=1)
    seed: int = 0
    templates: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    samples: int = Field(default=SAMPLES, ge=1, le=9)


class JudgeItem(Frozen):
    """One step that is shown to a judge: a gold step with something planted, or with a change that must cost nothing."""

    kind: Literal["planted", "harmless"]
    template: str
    requirements: str
    action: str
    change: str = Field(description="what was done to gold; gold itself where empty")
    seed: int = 0

    def __str__(self) -> str:
        return "/".join((self.kind, self.template, self.requirements, self.action, self.change or "gold", str(self.seed)))


class JudgeOutcome(Frozen):
    """What a judge said of an item. `allowed` may be found besides what was planted; `unjudged` says why it said nothing."""

    item: JudgeItem
    planted: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    grade: Grade | None = None
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    cannot_tell: tuple[str, ...] = ()
    located: bool | None = Field(default=None, description="whether a planted id was shown where it is; None if none was found")
    items: int = 0
    rejected: int = 0
    flips: float | None = None
    usage: Usage = Usage()
    milliseconds: float = 0.0
    unjudged: str = ""


class JudgeAuditRow(Frozen):
    """One id: recall over planted faults, precision of what it reported, false alarms on harmless changes.

    A judge that said nothing of a step has missed what was planted there. `realistic` is the recall that counts; `why` says what is
    lacking where it is not fit.
    """

    violation: str
    recall: Share
    realistic: Share
    precision: Share
    false_alarms: Share
    by_grade: dict[Grade, Share] = {}
    fitness: Fitness
    why: str = ""


class JudgeAuditReport(Frozen):
    """A finished audit of a judge under its settings, the rubric and the wording."""

    judge: str
    family: str = ""
    settings: str
    sent: dict[str, JsonValue] = {}
    rubric: int
    wording: str
    seed: int
    samples: int
    shown: dict[str, int]
    rows: tuple[JudgeAuditRow, ...]
    overall: JudgeAuditRow
    rejected: Share = Field(description="pieces of evidence that did not hold")
    unjudged: Share = Field(description="steps of which the judge said nothing")
    located: Share = Field(description="planted faults it found and showed within five lines")
    flips: float | None = Field(default=None, description="mean share of ids whose verdict changed between samples")
    cannot_tell: Share
    usage: Usage = Usage()
    milliseconds: float = 0.0
    reasons: dict[str, int] = Field(default={}, description="why it said nothing, and how often")

    @property
    def fit(self) -> tuple[str, ...]:
        """The ids that it has earned."""
        return tuple(row.violation for row in self.rows if row.fitness == "fit")


class JudgeAuditProgress(Frozen):
    """One step more is judged."""

    done: int
    total: int
    outcome: JudgeOutcome
