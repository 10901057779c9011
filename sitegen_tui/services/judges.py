"""LLM judges as they are asked for: words such as llm:MODEL made into plans, with what each has earned."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from sitegen_tui.domain.judges import JudgeMode, JudgePlan
from sitegen_tui.domain.models import ModelInfo
from sitegen_tui.domain.runs import Pairing, RunPlan
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import ProviderError, StoreError, UsageError
from sitegen_tui.store import Store

MODES: dict[str, JudgeMode] = {"llm": "scoring", "audit": "audit", "study": "study"}
_WORDS = {mode: word for word, mode in MODES.items()}
READERS = frozenset({"openrouter", "openai", "local", "cli"})
"""Kinds of models that read what they are told."""
FURTHER = 0.25
"""The share of steps that a further judge sees."""

Earned = Callable[[JudgePlan], tuple[str, ...]]
"""The ids that a judge has earned under its settings and wording."""


def split(judges: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[JudgeMode, str], ...]]:
    """The names of programs, and the LLM judges as mode and model."""
    named: list[str] = []
    llm: list[tuple[JudgeMode, str]] = []
    for judge in judges:
        word, colon, model = judge.partition(":")
        if colon and word in MODES:
            if not model:
                raise UsageError(f"{judge!r} names no model", hint=f"write {word}:MODEL; sitegen models list has them")
            llm.append((MODES[word], model))
        else:
            named.append(judge)
    return tuple(named), tuple(llm)


def words_of(plan: RunPlan) -> tuple[str, ...]:
    """The judges of a run as they are asked for."""
    programs = tuple(layer.value for layer in plan.layers if layer is not Layer.LLM)
    return (*programs, *(f"{_WORDS[judge.mode]}:{judge.model}" for judge in plan.judges))


def plan_judges(
    llm: Sequence[tuple[JudgeMode, str]],
    find_model: Callable[[str], ModelInfo],
    earned: Earned,
    pairings: Sequence[Pairing],
    actions: Sequence[str],
    *,
    budget: bool = False,
) -> tuple[JudgePlan, ...]:
    """The judges, the one whose verdicts count first.

    Raises UsageError for a model that reads no prompts, whose context holds not even one question, or that comes twice or from the
    same family as another; UnknownName, and ProviderError for one that cannot be asked.
    """
    from sitegen_tui.judge.llm.prompt import wording

    plans: list[JudgePlan] = []
    for mode, name in llm:
        info = find_model(name)
        check_reader(info)
        if budget and not info.bounded:
            raise UsageError(
                f"no price or no longest reply of the judge {info.name} is known, so that no budget can be kept",
                hint="give price and max_tokens in your file of models, or run without --budget",
            )
        plan = JudgePlan(
            model=info.name,
            mode=mode,
            family=info.family,
            part=FURTHER if plans else 1.0,
            settings=settings_hash(info),
            wording=wording(),
            context=info.context,
            answer=answer_limit(info),
        )
        plans.append(plan.model_copy(update={"earned": earned(plan) if mode == "scoring" else ()}))
    if len(plans) > 1 and any(plan.mode == "study" for plan in plans):
        raise UsageError("in a study a judge judges alone", hint="name one judge, as study:MODEL")
    for at, plan in enumerate(plans):
        for other in plans[:at]:
            if other.model == plan.model:
                raise UsageError(f"the judge {plan.model} is named twice", hint="name another one")
            if plan.family and other.family == plan.family:
                raise UsageError(
                    f"{other.model} and {plan.model} are both of the family {plan.family}, which is no second opinion",
                    hint="name a judge of another family; `family` in your file of models says what one is of",
                )
    for plan in plans:
        check_fits(plan, pairings, actions)
    return tuple(plans)


def layers_with(layers: tuple[Layer, ...], judges: Sequence[JudgePlan]) -> tuple[Layer, ...]:
    """The layers that a run's scores stand on: LLM only where a judge has earned something, and alone in a study."""
    from sitegen_tui.engine.judging import counting

    judge = counting(judges)
    if judge is None:
        return layers
    return (Layer.LLM,) if judge.mode == "study" else (*layers, Layer.LLM)


def settings_hash(info: ModelInfo) -> str:
    """What tells one way of asking a model from another."""
    told = json.dumps([info.name, info.settings, info.context], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def answer_limit(info: ModelInfo) -> int | None:
    """How many tokens a reply may have by the settings that go with every request."""
    limit = info.settings.get("max_completion_tokens", info.settings.get("max_tokens"))
    return limit if isinstance(limit, int) else None


def check_reader(info: ModelInfo) -> None:
    """Raises UsageError for a model that makes up its replies and reads no question, ProviderError for one out of reach."""
    if info.kind not in READERS:
        raise UsageError(
            f"{info.name} cannot judge: it calculates its replies and reads no question",
            hint="take a model of openrouter/, openai/, local/ or cli/",
        )
    if info.reachable is False:
        raise ProviderError(f"{info.name} cannot be asked: {info.note}", hint=f"sitegen models check {info.name} tries it")


def check_fits(judge: JudgePlan, pairings: Sequence[Pairing], actions: Sequence[str]) -> None:
    """Raises UsageError, with the arithmetic, for a judge whose context holds not even one id beside the files of some step."""
    if judge.context is None:
        return
    from sitegen_tui.engine import judge_work, work
    from sitegen_tui.engine.jobs import JudgeJob

    for pairing in pairings:
        for action in actions:
            sides = (work.gold_before(pairing, action), work.gold_after(pairing, action))
            try:
                judge_work.questions(JudgeJob(pairing, action, *sides, judge.mode, "", judge.context))
            except UsageError as error:
                raise UsageError(f"{judge.model} on {action} of {pairing.template}: {error.message}", hint=error.hint) from error


def earned_in(store: Store) -> Earned:
    """What judges have earned by the audits of a database, under today's rubric."""

    def earned(judge: JudgePlan) -> tuple[str, ...]:
        from sitegen_tui.judge.catalogue import catalogue
        from sitegen_tui.judge.llm.checklist import owned

        found = store.judgements.earned(judge.model, judge.settings, catalogue().rubric_version, judge.wording)
        return tuple(one for one in found if one in owned(catalogue()))

    return earned


def earned_at(db: Path) -> Earned:
    """The same of a database that is not open; nothing where there is none."""

    def earned(judge: JudgePlan) -> tuple[str, ...]:
        try:
            with Store.open(db, create=False, read_only=True) as store:
                return earned_in(store)(judge)
        except StoreError:
            return ()

    return earned
