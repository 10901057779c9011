"""Experiments, runs and steps: what is to be done, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field, JsonValue

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.judges import JudgePlan
from sitegen_tui.domain.violations import Layer

Mode = Literal["chain", "isolated"]


class RunState(StrEnum):
    """How far a run is."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    INCOMPLETE = "incomplete"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


class StepState(StrEnum):
    """How far a step is."""

    WAITING = "waiting"
    PROMPTED = "prompted"
    STREAMING = "streaming"
    JUDGING = "judging"
    SCORED = "scored"
    UNSCORED = "unscored"


class Pairing(Frozen):
    """A template and the requirements that are applied to it."""

    template: str
    requirements: str


class Fork(Frozen):
    """Where a run branches off another: before `step` of `run_id`, from that run's own site or from the reference's (`gold`)."""

    run_id: str
    step: int = Field(ge=1, le=16)
    site: Literal["own", "gold"] = "own"

    @property
    def key(self) -> str:
        """What runs must share to have begun alike: `e1.2@5`, or `gold@5` whichever run it was that gold stands in for."""
        return f"{self.run_id if self.site == 'own' else 'gold'}@{self.step}"

    @property
    def words(self) -> str:
        """What it is, for a person."""
        start = "its own site" if self.site == "own" else "gold"
        return f"fork of {self.run_id} before step {self.step}, from {start}"


class RunPlan(Frozen):
    """One model on one template and requirements: everything needed to run it again.

    `actions` are action ids in order. `seed` decides all that is random, together with model, pairing, repeat and action;
    never with ids or timing, so that the same seed gives the same results at any concurrency. `pace` is tokens a second for
    models that make their own speed (None: as fast as they can), `speed` how many times as fast as it was recorded a stored run
    is played again (None: at once). `fork` tells where a run begins that branches off another one. `judges` are LLM judges, the
    one whose verdicts count first.
    """

    run_id: str
    experiment_id: str
    model: str
    pairing: Pairing
    repeat: int = Field(default=1, ge=1)
    mode: Mode = "chain"
    actions: tuple[str, ...]
    layers: tuple[Layer, ...] = (Layer.STATIC,)
    seed: int = 0
    pace: float | None = None
    speed: float | None = Field(default=None, gt=0)
    simulated: bool = False
    fork: Fork | None = None
    judges: tuple[JudgePlan, ...] = ()


class ExperimentPlan(Frozen):
    """A matrix of runs: models x pairings x repeats, with one frozen configuration."""

    name: str
    models: tuple[str, ...] = Field(min_length=1)
    pairings: tuple[Pairing, ...] = Field(min_length=1)
    repeats: int = Field(default=1, ge=1, le=1000)
    mode: Mode = "chain"
    actions: tuple[str, ...]
    layers: tuple[Layer, ...] = (Layer.STATIC,)
    seed: int = 0
    jobs: int = Field(default=4, ge=1, le=64)
    pace: float | None = Field(default=None, gt=0)
    speed: float | None = Field(default=None, gt=0)
    budget_usd: float | None = Field(default=None, gt=0)
    fork: Fork | None = None
    judges: tuple[JudgePlan, ...] = ()

    def runs(self, experiment_id: str, simulated: frozenset[str] = frozenset()) -> tuple[RunPlan, ...]:
        """Every run, ordered so that models take turns: repeat, then pairing, then model."""
        plans: list[RunPlan] = []
        for repeat in range(1, self.repeats + 1):
            for pairing in self.pairings:
                for model in self.models:
                    plans.append(
                        RunPlan(
                            run_id=f"{experiment_id}.{len(plans) + 1}",
                            experiment_id=experiment_id,
                            model=model,
                            pairing=pairing,
                            repeat=repeat,
                            mode=self.mode,
                            actions=self.actions,
                            layers=self.layers,
                            seed=self.seed,
                            pace=self.pace,
                            speed=self.speed,
                            simulated=model in simulated,
                            fork=self.fork,
                            judges=self.judges,
                        )
                    )
        return tuple(plans)


class Usage(Frozen):
    """What an attempt consumed; reasoning tokens are part of the output tokens. `usd` is None when no price is known.

    `estimated`: no service counted the tokens, they are guessed from the length of the texts. In a sum `unpriced` counts the
    attempts that are missing from `usd`: then the sum is the least that was spent.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    usd: float | None = None
    estimated: bool = False
    unpriced: int = Field(default=0, ge=0)


class Message(Frozen):
    """One turn of a prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


class Attempt(Frozen):
    """One request to a model and what came back.

    `purpose` tells a first try from a repair turn and from a whole-file turn; times are in milliseconds.
    `reply` and messages are stored as content, by hash, and are empty here when read back as a summary. `settings` are the
    generation settings that the request carried, `served_by` is who answered in truth where a service says so.
    `ceiling_usd` is the most it could cost, reckoned beforehand where a budget is watched.
    """

    number: int = Field(ge=1)
    purpose: Literal["edit", "repair", "whole-file"] = "edit"
    messages: tuple[Message, ...] = ()
    reply: str = ""
    reasoning: str = ""
    finish_reason: str = "stop"
    usage: Usage = Usage()
    first_token_ms: float | None = None
    total_ms: float = 0.0
    started_at: datetime | None = None
    settings: dict[str, JsonValue] = {}
    served_by: str = ""
    ceiling_usd: float | None = None
    error: str = ""

    @property
    def unpriced(self) -> bool:
        """Whether it cost something that nobody can tell: what failed before any word came is not charged for."""
        return self.usage.usd is None and (not self.error or self.first_token_ms is not None)


def total_usage(attempts: Iterable[Attempt]) -> Usage:
    """Tokens and dollars of several attempts; dollars are None when none of them has a price."""
    usages: list[Usage] = []
    unpriced = 0
    for attempt in attempts:
        usages.append(attempt.usage)
        unpriced += attempt.unpriced
    return add_usages(usages).model_copy(update={"unpriced": unpriced})


def add_usages(usages: Iterable[Usage]) -> Usage:
    """The sum of sums."""
    all_of = tuple(usages)
    known = [usage.usd for usage in all_of if usage.usd is not None]
    return Usage(
        input_tokens=sum(usage.input_tokens for usage in all_of),
        output_tokens=sum(usage.output_tokens for usage in all_of),
        reasoning_tokens=sum(usage.reasoning_tokens for usage in all_of),
        usd=sum(known) if known else None,
        estimated=any(usage.estimated for usage in all_of),
        unpriced=sum(usage.unpriced for usage in all_of),
    )
