"""Forks: runs that branch off another run before one of its steps, with another model or from gold; planned and begun."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import Field

from sitegen_tui.content.library import Library
from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.models import REPLAY, ModelInfo
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.runs import ExperimentPlan, Fork, StepState
from sitegen_tui.engine.run import Branch
from sitegen_tui.errors import ContentError, UnknownName, UsageError
from sitegen_tui.services.judges import earned_in, words_of
from sitegen_tui.services.plans import DEFAULT_JOBS, Wanted, make_plan
from sitegen_tui.services.views import RunView, folded
from sitegen_tui.site.protocol import EDITABLE_PATHS
from sitegen_tui.store import Store


class ForkWanted(Frozen):
    """A fork as it is asked for. What is None or empty is as in the run that is forked."""

    run_id: str
    step: int = Field(ge=1, le=16, description="the first step that is made again")
    models: tuple[str, ...] = ()
    gold: bool = Field(default=False, description="begin with the reference's site instead of the run's own")
    repeat: int = Field(default=1, ge=1, le=1000)
    judges: tuple[str, ...] = ()
    seed: int | None = Field(default=None, ge=0)
    jobs: int = Field(default=DEFAULT_JOBS, ge=1, le=64)
    budget: float | None = Field(default=None, gt=0, description="US dollars")
    pace: float | None = Field(default=None, gt=0)
    name: str | None = Field(default=None, min_length=1, max_length=200)


def make_fork(
    wanted: ForkWanted,
    store: Store,
    library: Library,
    find_model: Callable[[str], ModelInfo],
    rendering_fault: Callable[[], str],
) -> ExperimentPlan:
    """The plan of a fork: the rest of the run's actions, each going on with the site that the one before it left.

    Raises UnknownName for a run, step or model that is not there, UsageError where the run has not come to that step or is a
    replay, ContentError where the template has changed since, and whatever `make_plan` raises.
    """
    plan = store.plan(wanted.run_id)
    numbers = [BY_ID[action].number for action in plan.actions]
    if wanted.step not in numbers:
        raise UnknownName(f"step of {wanted.run_id}", str(wanted.step), tuple(map(str, numbers)))
    models = wanted.models or (plan.model,)
    for name in models:
        if name.startswith(REPLAY):
            raise UsageError(f"{name} can only answer what it was asked before", hint="fork with a model, such as -m reference")
    fork = Fork(run_id=wanted.run_id, step=wanted.step, site="gold" if wanted.gold else "own")
    if not wanted.gold:
        branch = branch_of(store, fork)
        if branch is not None and branch.content_hash != library.content_hash(plan.pairing.template, plan.pairing.requirements):
            raise ContentError(
                f"the template or its requirements have changed since run {wanted.run_id}",
                hint="put them back as they were, or fork from gold",
            )
    made = make_plan(
        Wanted(
            models=models,
            templates=(plan.pairing.template,),
            requirements=(plan.pairing.requirements,),
            repeat=wanted.repeat,
            mode="chain",
            actions=tuple(action for action in plan.actions if BY_ID[action].number >= wanted.step),
            judges=wanted.judges or words_of(plan),
            seed=plan.seed if wanted.seed is None else wanted.seed,
            jobs=wanted.jobs,
            budget=wanted.budget,
            pace=wanted.pace or plan.pace,
        ),
        library,
        find_model,
        rendering_fault,
        earned=earned_in(store),
    )
    return made.model_copy(update={"fork": fork, "name": wanted.name or f"{fork.words}: {', '.join(made.models)}"[:200]})


def branch_of(store: Store, fork: Fork | None) -> Branch | None:
    """What a fork of a run's own site begins with; None where it begins with gold, or where nothing is forked.

    Raises UnknownName for a run that is not there, UsageError where it has not come to that step.
    """
    if fork is None or fork.site == "gold":
        return None
    view = folded(fork.run_id, store.events(fork.run_id, content=False))
    site = _site_before(store, view, fork)
    files = {path: store.blob(site[path]).decode("utf-8") for path in EDITABLE_PATHS if path in site}
    return Branch(files, view.content_hash)


def _site_before(store: Store, view: RunView, fork: Fork) -> dict[str, str]:
    if any(step.step == fork.step and step.state is not StepState.WAITING for step in view.steps):
        return store.site_before(fork.run_id, fork.step)
    earlier = [step for step in view.steps if step.step < fork.step]
    reached = view.plan is not None and view.plan.mode == "chain" and all(step.score is not None for step in earlier)
    if not reached or not earlier:
        raise UsageError(
            f"run {fork.run_id} has not come to step {fork.step}", hint="fork an earlier step, or from gold, which is always there"
        )
    return store.site_after(fork.run_id, earlier[-1].step)
