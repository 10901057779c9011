"""Rows of lists and tables: what is known of experiments, runs and steps without reading their events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.runs import ExperimentPlan, Mode, RunState, StepState, Usage
from sitegen_tui.domain.violations import Kind, Layer, Severity


class Comparability(Frozen):
    """Under what conditions scores were given: only scores of equal conditions are ever averaged together.

    `rubric` 0 or `layers` () mean that a run's steps differ in it: such a run is comparable with no other
    configuration. `prompt` is the hash of what all models are told alike; '' is not known, and comparable with itself alone.
    `fork` is where runs branched off (`e1.2@5`, `gold@5`), '' for runs that began at the beginning.
    """

    rubric: int
    layers: tuple[Layer, ...]
    mode: Mode
    full: bool = Field(description="both static and rendered layers judged, so that a step is out of 10")
    prompt: str = ""
    fork: str = ""


class ExperimentRow(Frozen):
    """An experiment and how far its runs are.

    Scores in points; a mean is None when no run is complete or complete runs are not comparable.
    """

    id: str
    name: str
    created_at: datetime
    state: RunState
    plan: ExperimentPlan
    runs: int
    finished: int
    running: int
    queued: int
    incomplete: int = Field(description="incomplete, cancelled and interrupted runs")
    models: tuple[str, ...]
    templates: tuple[str, ...]
    steps_done: int
    steps_total: int
    unscored: int = 0
    mean_total: float | None = Field(default=None, description="over complete runs")
    mean_assessed: float | None = Field(default=None, description="points that those runs could have earned")
    usd: float | None = Field(default=None, description="what every attempt cost; None where no price is known")
    unpriced: int = Field(default=0, description="runs with attempts whose price is not known: `usd` is the least then")


class RunRow(Frozen):
    """A run and how far it is. `total` is the sum of effective scores so far, out of `assessed` points.

    `usd` is what every attempt cost, those of steps that were run again included; `unpriced` counts attempts missing from it.
    `waiting` says what a run that this process drives waits for.
    """

    run_id: str
    experiment_id: str
    model: str
    simulated: bool
    template: str
    requirements: str
    repeat: int
    mode: Mode
    state: RunState
    current_step: int | None = Field(default=None, description="number of the step that began last (1 to 16)")
    steps_done: int = Field(default=0, description="steps that have a score")
    steps_total: int
    unscored: int = Field(default=0, description="steps that failed for an outside reason")
    total: float = 0.0
    assessed: float = 0.0
    full: bool = False
    layers: tuple[Layer, ...] = ()
    rubric: int = 0
    prompt: str = ""
    fork: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float | None = None
    unpriced: int = 0
    judge_usd: float | None = Field(default=None, description="what LLM judges cost, which is no cost of the model")
    judge_unpriced: int = 0
    model_ms: float = 0.0
    judge_ms: float = 0.0
    started_at: datetime | None = None
    finished_at: datetime | None = None
    reason: str = ""
    owner: str | None = Field(default=None, description="the living process that drives it, if any")
    waiting: str = ""

    @property
    def complete(self) -> bool:
        """Whether every step has a score, so that the total may be averaged."""
        return self.steps_done == self.steps_total and not self.unscored

    @property
    def comparability(self) -> Comparability:
        """What its total may be averaged with."""
        return Comparability(
            rubric=self.rubric, layers=self.layers, mode=self.mode, full=self.full, prompt=self.prompt, fork=self.fork
        )


class StepRow(Frozen):
    """A step as lists show it.

    `value` is the effective score (points), None while unscored; `judged_value` is the judge's own.
    """

    run_id: str
    step: int
    action: str
    state: StepState
    value: float | None = None
    judged_value: float | None = None
    override: float | None = None
    override_by: str = Field(default="", description="who decided on it last; without `override` they said that judges are right")
    override_reason: str = ""
    assessed: float = 0.0
    full: bool = False
    layers: tuple[Layer, ...] = ()
    rubric: int = 0
    completion: float = 0.0
    regression: float = 0.0
    judged: float = 0.0
    charges: int = Field(default=0, description="findings reported, charged or not")
    added: int = Field(default=0, description="lines")
    removed: int = Field(default=0, description="lines")
    attempts: int = 0
    usage: Usage = Usage()
    model_ms: float = 0.0
    judge_ms: float = 0.0
    reason: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None


class AttemptRow(NamedTuple):
    """An attempt's cost and times, for queries over many runs. Milliseconds; `unpriced` as in `Attempt`."""

    run_id: str
    step: int
    purpose: str
    failed: bool
    first_token_ms: float | None
    total_ms: float
    usage: Usage
    unpriced: bool

    @classmethod
    def of(cls, run_id: str, step: int, told: str) -> AttemptRow:
        """From a JSON list of purpose, error, milliseconds to the first word and to the last, and usage."""
        purpose, error, first, total, usage = json.loads(told)
        found = Usage.model_validate(usage)
        return cls(run_id, step, purpose, bool(error), first, total, found, found.usd is None and (not error or first is not None))


class AttemptSums(NamedTuple):
    """Every attempt of a model's runs: counts, tokens, and the times of those that did not fail, in rising order (milliseconds)."""

    model: str
    attempts: int
    failed: int
    repairs: int
    input_tokens: int
    output_tokens: int
    reasoning_tokens: int
    estimated: int
    first_ms: Sequence[float]
    total_ms: Sequence[float]


class SpentCell(NamedTuple):
    """The scored steps of a model on an action of a template, in sums: points, US dollars of the `priced` ones, milliseconds."""

    model: str
    template: str
    action: str
    n: int
    points: float
    priced: int
    usd: float
    model_ms: float


class ChargeRow(Frozen):
    """A charge of a step's newest judging, for queries over many runs. Amounts in points."""

    run_id: str
    step: int
    model: str
    action: str
    violation: str
    subject: str
    kind: Kind
    severity: Severity
    provenance: str
    amount: float
    message: str


class ViolationCount(Frozen):
    """How often a violation was charged, and what it cost, per model and action."""

    violation: str
    model: str
    action: str
    count: int
    amount: float
