"""What views over many runs are made of: what is asked about, what may be compared, and the runs and steps behind a number."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.rows import Comparability
from sitegen_tui.domain.violations import Kind

Order = Literal["worst", "best", "run"]


class Conditions(Comparability):
    """What runs must share before their totals are averaged: how they were judged, what they were told, which actions they made."""

    actions: tuple[str, ...] = Field(default=(), description="ids, in order")


class Scope(Frozen):
    """What a view is about; an empty choice means everything there is.

    `templates` are names as views show them: `safari-lodge` is every version of it, `safari-lodge~2f3a` one alone.
    `conditions` None leaves the choice to the guard.
    """

    experiments: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    conditions: Conditions | None = None


class Group(Frozen):
    """Runs that may be compared with one another; `complete` of them have a score for every step."""

    conditions: Conditions
    runs: int
    complete: int


class Frame(Frozen):
    """What every view says of itself: what it is about, under which conditions, and what is not in it.

    `conditions` is None where no run has begun. `groups` are all that could be shown, that of most complete runs first, in an
    order that does not depend on which is chosen; `left_out` says in words what all but the chosen one are. `simulated` names
    the models that are no real ones.
    """

    scope: Scope = Scope()
    conditions: Conditions | None = None
    groups: tuple[Group, ...] = ()
    left_out: tuple[str, ...] = ()
    simulated: tuple[str, ...] = ()

    @property
    def out_of(self) -> int | None:
        """What a run's total is out of; None where it was judged in part, so that nothing is a share of it."""
        return 10 * len(self.conditions.actions) if self.conditions and self.conditions.full else None


class View(Frame):
    """A view's numbers, unrounded: the document of `--json` as well. `notes` are what has to be said beside them."""

    notes: tuple[str, ...] = ()


class Site(NamedTuple):
    """A template with requirements, in one version of both: the cell of a design."""

    template: str
    requirements: str
    content: str


class RunSample(NamedTuple):
    """A run as statistics see it. Points, dollars, milliseconds; `site` is its cell's name in views."""

    run_id: str
    experiment: int
    model: str
    simulated: bool
    template: str
    requirements: str
    content: str
    repeat: int
    steps_total: int
    steps_done: int
    unscored: int
    total: float
    assessed: float
    usd: float | None
    unpriced: int
    input_tokens: int
    output_tokens: int
    model_ms: float
    judge_ms: float
    site: str = ""
    seed: int = 0

    @property
    def complete(self) -> bool:
        """Whether every step has a score."""
        return self.steps_done == self.steps_total and not self.unscored


class FirstStep(NamedTuple):
    """Where a run went wrong: numbers of its first wrong step and of its first step without a score, None where there is none."""

    run_id: str
    model: str
    wrong: int | None
    unscored: int | None
    steps_done: int
    steps_total: int


class StepsWanted(Frozen):
    """The steps behind a number: those that match all of what is given. `title` says in words which they are.

    `violation` keeps steps that were charged with it, `provenance` narrows that to "own" or "inherited"; `scored` leaves
    out what has no score.
    """

    title: str = ""
    scope: Scope = Scope()
    model: str | None = None
    actions: tuple[str, ...] = ()
    template: str | None = Field(default=None, description="as views name it, or an id")
    runs: tuple[str, ...] = ()
    violation: str | None = None
    provenance: Literal["own", "inherited"] | None = None
    negative: bool = False
    scored: bool = True
    order: Order = "worst"


class ChargeSample(NamedTuple):
    """A violation that a step was charged with, and how much for (points).

    `number` is its place among the step's findings, from 1.
    """

    violation: str
    amount: float
    provenance: str
    number: int = 0


class ScoredRun(NamedTuple):
    """The scores of one run in points, by action; actions without a score are not there. `site` is its cell's name in views."""

    run_id: str
    model: str
    site: str
    scores: dict[str, float]


class ChargeSums(Frozen):
    """Findings alike in everything but step, over many steps.

    `amount` in points; `charged` of the `count` findings cost something.
    """

    violation: str
    model: str
    action: str
    kind: Kind
    provenance: str
    count: int
    charged: int
    amount: float


class StepSample(NamedTuple):
    """A step behind a number, with what it was charged, dearest first. Points; `value` None is unscored."""

    run_id: str
    step: int
    action: str
    model: str
    site: str
    repeat: int
    value: float | None
    assessed: float
    full: bool
    overridden: bool
    charges: tuple[ChargeSample, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.run_id}/{self.step}"


class StepsPage(NamedTuple):
    """Some of the steps behind a number, in order, and how many there are in all."""

    steps: tuple[StepSample, ...]
    total: int
