"""What views over many runs are made of: what is asked about, what may be compared, and the runs and steps behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pydantic import Field

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.rows import Comparability
from sitegen_tui.domain.violations import Kind

Order = Literal["worst", "best", "run"]


NOT_NOTED = "settings not noted"
"""The words of settings that an older database does not know."""


def contestant(model: str, settings: str) -> str:
    """A contestant's name: the model's, with the words of its settings where it was asked with several."""
    return f"{model} ({settings})" if settings else model


def model_of(name: str) -> str:
    """The model that a contestant is."""
    return name.partition(" (")[0]


def settings_of(name: str) -> str:
    """The words of a contestant's settings; '' where its model has no others."""
    return name[len(model_of(name)) :].removeprefix(" (").removesuffix(")")


def against(settings: Sequence[str]) -> str:
    """How settings differ, in words: `temperature 0 against 0.7`. What they all begin with is said once."""
    first, *rest = settings
    name = first.partition(" ")[0]
    if not any(", " in one or one == NOT_NOTED for one in settings) and all(one.startswith(f"{name} ") for one in rest):
        rest = [one.removeprefix(f"{name} ") for one in rest]
    return " against ".join((first, *rest))


def last_part(name: str) -> str:
    """A contestant's name without who makes or serves its model."""
    model = model_of(name)
    return f"{model.rsplit('/', 1)[-1]}{name[len(model) :]}"


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
    the models that are no real ones. `repeated` runs are earlier ones again and count nowhere; `apart` says of each model that was
    asked with several settings how they differ: each is a contestant of its own.
    """

    scope: Scope = Scope()
    conditions: Conditions | None = None
    groups: tuple[Group, ...] = ()
    left_out: tuple[str, ...] = ()
    simulated: tuple[str, ...] = ()
    repeated: int = 0
    apart: tuple[str, ...] = ()

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
    """A run as statistics see it. Points, dollars, milliseconds; `model` and `site` are names as views have them."""

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
    steps: tuple[str, ...] = Field(default=(), description="`run/step`, these alone")
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


class Totals(NamedTuple):
    """How many runs a contestant began, how many of them are complete, and the sum of those's totals in points."""

    runs: int
    complete: int
    total: float

    @property
    def mean(self) -> float | None:
        """Of complete runs; None where there is none."""
        return self.total / self.complete if self.complete else None


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
