"""What a person asks for, from flags or from a file, made into the plan of an experiment; every name is checked first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from sitegen_tui.content.crossing import check_pair
from sitegen_tui.content.library import Library
from sitegen_tui.content.loading import load_model
from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.models import REPLAY, ModelInfo
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import ExperimentPlan, Mode, Pairing, RunPlan
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import ProviderError, RenderUnavailable, UnknownName, UsageError
from sitegen_tui.services.fitting import check_context
from sitegen_tui.services.judges import Earned, layers_with, plan_judges, split

FILE_LIMIT = 1_000_000
DEFAULT_JOBS = 4


def _as_text(value: object) -> object:
    return str(value) if type(value) is int else value


ActionWord = Annotated[str, BeforeValidator(_as_text)]
"""An action's id, its number, or a range of numbers."""


class Wanted(Frozen):
    """An experiment as it is asked for; a file has these fields, and so have the flags of `sitegen run`.

    Without `requirements` each template gets the first brief written for it; without `templates` the briefs name theirs. A brief
    that is written for none of the templates goes with every one of them, and is refused where it does not fit.
    """

    name: str | None = Field(default=None, min_length=1, max_length=200)
    models: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    repeat: int = Field(default=1, ge=1, le=1000)
    mode: Mode | None = Field(default=None, description="none: chain, or that of the run that is replayed")
    actions: tuple[ActionWord, ...] = ()
    judges: tuple[str, ...] = Field(default=(), description="none: files and, where there is a browser, the rendered page")
    seed: int = Field(default=0, ge=0)
    jobs: int = Field(default=DEFAULT_JOBS, ge=1, le=64)
    executor: str = "local"
    budget: float | None = Field(default=None, gt=0, description="US dollars")
    pace: float | None = Field(default=None, gt=0, description="tokens a second of models that make their own speed")
    speed: float | None = Field(default=None, gt=0, description="how many times as fast as recorded a replay is; none: at once")


def read_wanted(path: Path) -> Wanted:
    """An experiment file. Raises UsageError that names file, line and field of everything wrong in it."""
    try:
        data = path.read_bytes()[: FILE_LIMIT + 1]
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}", hint="give the path of a YAML file") from error
    loaded = load_model(Wanted, data, str(path))
    if loaded.model is None:
        said = "\n".join(f"{finding.place}: {finding.message}" for finding in loaded.findings)
        raise UsageError(said, hint="; ".join(dict.fromkeys(finding.mend for finding in loaded.findings)))
    return loaded.model


def make_plan(
    wanted: Wanted,
    library: Library,
    find_model: Callable[[str], ModelInfo],
    rendering_fault: Callable[[], str],
    find_run: Callable[[str], RunPlan] | None = None,
    earned: Earned = lambda _judge: (),
) -> ExperimentPlan:
    """The plan of an experiment. Raises UsageError or UnknownName, with near names, for what cannot be run.

    `find_model` raises for a name that no provider answers to; models are planned by their whole names. A model that cannot be
    asked from here, or whose context cannot hold prompt and answer, is refused. `find_run` gives the plan of the run that a
    replay plays again; what is not said otherwise is as in that run. `rendering_fault` says why no page can be rendered here, and
    nothing if pages can be: then both files and pages are judged, unless the judges are named. Raises RenderUnavailable where
    the rendered judge is named and cannot work. `earned` tells what LLM judges have earned.
    """
    check_executor(wanted.executor)
    if not wanted.models:
        raise UsageError("no model to run", hint="give one with -m, such as -m reference; sitegen models list has them")
    found = tuple({info.name: info for info in map(find_model, wanted.models)}.values())
    models = tuple(info.name for info in found)
    for info in found:
        _check_reachable(info)
    recorded = {name: find_run(name) for name in models if find_run is not None and name.startswith(REPLAY)}
    if recorded:
        wanted = _as_recorded(wanted, recorded)
    pairings = _pairings(wanted, library)
    actions = read_actions(wanted.actions)
    _check_recorded(recorded, pairings, actions, wanted.mode or "chain")
    for info, asked in (leg for one in found for leg in _legs(one, actions, find_model)):
        check_context(info, pairings, asked)
        if wanted.budget is not None and not info.bounded:
            missing = "no price" if info.price is None else "no longest reply"
            raise UsageError(
                f"{missing} of {info.name} is known, so that no budget can be kept",
                hint="give price and max_tokens in your file of models, or run without --budget",
            )
    programs, llm = split(wanted.judges)
    judges = plan_judges(llm, find_model, earned, pairings, actions, budget=wanted.budget is not None)
    return ExperimentPlan(
        name=wanted.name or _name(models, pairings),
        models=models,
        pairings=pairings,
        repeats=wanted.repeat,
        mode=wanted.mode or "chain",
        actions=actions,
        layers=layers_with(read_layers(programs, rendering_fault), judges),
        judges=judges,
        seed=wanted.seed,
        jobs=wanted.jobs,
        pace=wanted.pace,
        speed=wanted.speed,
        budget_usd=wanted.budget,
    )


def read_actions(given: Sequence[str]) -> tuple[str, ...]:
    """Action ids in pipeline order from ids, numbers and ranges (`3`, `8-10`); all sixteen for none."""
    if not given:
        return ACTION_IDS
    wanted: set[str] = set()
    for word in given:
        wanted.update(_actions_of(word.strip()))
    return tuple(name for name in ACTION_IDS if name in wanted)


def read_layers(judges: Sequence[str], rendering_fault: Callable[[], str]) -> tuple[Layer, ...]:
    """Layers from the names of judges. Raises UsageError for one that is not there, RenderUnavailable for one that cannot work."""
    if not judges:
        return (Layer.STATIC,) if rendering_fault() else (Layer.STATIC, Layer.RENDERED)
    layers = {Layer.STATIC}
    for judge in judges:
        if judge == "rendered":
            layers.add(Layer.RENDERED)
        elif judge.startswith(("llm:", "audit:", "study:")):
            raise UsageError(f"the judge {judge!r} judges runs only", hint="name static and rendered here")
        elif judge != "static":
            raise UnknownName("judge", judge, ("static", "rendered", "llm:MODEL"))
    if Layer.RENDERED in layers and (fault := rendering_fault()):
        raise RenderUnavailable(
            f"the rendered judge cannot work here: {fault}",
            hint="with --judges static a step is scored out of the points that files alone can show",
        )
    return tuple(layer for layer in Layer if layer in layers)


def check_executor(executor: str) -> Literal["local"]:
    """The executor, if it is there. Raises UsageError."""
    if executor == "local":
        return "local"
    if executor.startswith("dask:"):
        raise UsageError("the Dask executor is not part of this version", hint="run with --executor local")
    raise UnknownName("executor", executor, ("local", "dask:ADDRESS"))


def _legs(
    info: ModelInfo, actions: tuple[str, ...], find_model: Callable[[str], ModelInfo]
) -> list[tuple[ModelInfo, tuple[str, ...]]]:
    """Who is asked in truth, and for which actions. Raises UsageError for an action that a policy gives to nobody."""
    if info.kind != "routed":
        return [(info, actions)]
    if lacking := [action for action in actions if action not in info.routes]:
        raise UsageError(
            f"{info.name} does not say who does {', '.join(lacking)}",
            hint=f"run the actions that it names: --actions {','.join(info.routes)}",
        )
    legs = dict.fromkeys(info.routes[action] for action in actions)
    return [(find_model(leg), tuple(action for action in actions if info.routes[action] == leg)) for leg in legs]


def _check_reachable(info: ModelInfo) -> None:
    if info.reachable is False:
        raise ProviderError(f"{info.name} cannot be asked: {info.note}", hint=f"sitegen models check {info.name} tries it")


def _as_recorded(wanted: Wanted, recorded: Mapping[str, RunPlan]) -> Wanted:
    """What is wanted, with everything that is not said taken from the run that is played again."""
    first = next(iter(recorded.values()))
    given: dict[str, object] = {}
    if not wanted.templates and not wanted.requirements:
        given |= {"templates": (first.pairing.template,), "requirements": (first.pairing.requirements,)}
    if not wanted.requirements and wanted.templates == (first.pairing.template,):
        given |= {"requirements": (first.pairing.requirements,)}
    if not wanted.actions:
        given |= {"actions": first.actions}
    if wanted.mode is None:
        given |= {"mode": first.mode}
    return wanted.model_copy(update=given)


def _check_recorded(recorded: Mapping[str, RunPlan], pairings: Sequence[Pairing], actions: Sequence[str], mode: Mode) -> None:
    """A stored run answers for what was run and for nothing else. Raises UsageError."""
    for name, plan in recorded.items():
        own = f"{plan.pairing.template} with {plan.pairing.requirements}"
        for pairing in pairings:
            if pairing != plan.pairing:
                other = f"{pairing.template} with {pairing.requirements}"
                raise UsageError(f"{name} was recorded on {own}, not on {other}", hint="leave -t and --requirements out")
        if mode != plan.mode:
            raise UsageError(f"{name} was recorded in mode {plan.mode}, not {mode}", hint="leave --mode out")
        if extra := [action for action in actions if action not in plan.actions]:
            raise UsageError(f"{name} holds no answer to {', '.join(extra)}", hint=f"it holds {', '.join(plan.actions)}")


def _actions_of(word: str) -> tuple[str, ...]:
    known = ACTION_IDS
    first, dash, last = word.partition("-")
    if word.isdecimal() and 1 <= int(word) <= len(known):
        return (known[int(word) - 1],)
    if dash and first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last) <= len(known):
        return known[int(first) - 1 : int(last)]
    if word in known:
        return (word,)
    if word.replace("-", "").isdecimal():
        raise UsageError(f"no action {word!r}", hint=f"actions are numbered 1 to {len(known)}; a range is written 8-10")
    raise UnknownName("action", word, known)


def _pairings(wanted: Wanted, library: Library) -> tuple[Pairing, ...]:
    if not wanted.templates and not wanted.requirements:
        known = ", ".join(library.template_ids())
        raise UsageError("no template to run on", hint=f"give one with -t: {known}")
    briefs = {name: library.pack(name).requirements.template for name in wanted.requirements}
    templates = wanted.templates or tuple(briefs.values())
    # A brief for none of the templates is tried on each of them, if it fits.
    crossing = [name for name, written_for in briefs.items() if written_for not in templates]
    pairings: list[Pairing] = []
    for template in dict.fromkeys(templates):
        library.template(template)
        own = [name for name, written_for in briefs.items() if written_for == template]
        for name in crossing:
            check_pair(library, template, name)
        for name in (*own, *crossing) or (library.default_pack(template),):
            pairings.append(Pairing(template=template, requirements=name))
    return tuple(pairings)


def _name(models: Sequence[str], pairings: Sequence[Pairing]) -> str:
    templates = tuple(dict.fromkeys(pairing.template for pairing in pairings))
    return f"{_some(models)} on {_some(templates)}"


def _some(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} more"
