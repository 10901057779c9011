"""Simulated models: the reference edit with seeded faults, written in a reply that may itself go wrong."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import exp
from random import Random

from sitegen_tui.domain.ports import OFFLINE, Chunk, ModelRequest, Workers
from sitegen_tui.domain.runs import RunPlan
from sitegen_tui.providers.pacing import estimated_usage, paced
from sitegen_tui.providers.profiles import Manners, Profile, profiles
from sitegen_tui.providers.reference import edits
from sitegen_tui.providers.writing import Draft, corrupted, cut, decorated, mangled, talk

MOST_FAULTS = 8
REMEMBERED = 256
"""Steps whose intended outcome is kept for a turn that asks again."""

PREFIX = "simulated/"


@dataclass(frozen=True, slots=True)
class Intended:
    """A reply and, where it went wrong as a reply, the files it meant to leave behind."""

    draft: Draft
    files: Mapping[str, str] | None


class SimulatedProvider:
    """Answers like a model of a certain quality. Everything follows from the run's seed, never from time or order."""

    lane = OFFLINE

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._intended: OrderedDict[str, tuple[int, Mapping[str, str]]] = OrderedDict()

    def ceiling(self, request: ModelRequest) -> float:
        """Nothing: what is calculated here has no price."""
        return 0.0

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk, None]:
        """The reply, piece by piece: thought, a sentence, edits."""
        plan = request.plan
        step, wanted = self._intended.get(plan.run_id, (0, None))
        if request.purpose == "edit" or step != request.step or wanted is None:
            answer = await self._workers.call(first_answer, plan, request.action, request.files)
            draft = answer.draft
            if answer.files is not None:
                self._remember(plan.run_id, request.step, answer.files)
        else:
            draft = again(plan, request.action, request.purpose, request.files, wanted)
        async for chunk in paced(draft.reasoning, plan.pace, reasoning=True):
            yield chunk
        async for chunk in paced(draft.text, plan.pace):
            yield chunk
        usage = estimated_usage(request.messages, draft.text, draft.reasoning)
        yield Chunk(finish_reason=draft.finish_reason, usage=usage)

    def _remember(self, run_id: str, step: int, files: Mapping[str, str]) -> None:
        self._intended[run_id] = (step, files)
        self._intended.move_to_end(run_id)
        while len(self._intended) > REMEMBERED:
            self._intended.popitem(last=False)


def profile_of(model: str) -> Profile:
    """The profile behind a model's name."""
    return profiles()[model.removeprefix(PREFIX)]


def seeded(plan: RunPlan, *more: str) -> Random:
    """A source of chance that depends on what is run, not on when, where or beside what."""
    pairing = plan.pairing
    parts = (str(plan.seed), plan.model, pairing.template, pairing.requirements, str(plan.repeat), *more)
    return Random(int.from_bytes(sha256("\0".join(parts).encode()).digest()))


def first_answer(plan: RunPlan, action_id: str, files: Mapping[str, str]) -> Intended:
    """The answer to an action: the reference edit of the model's own site, faults, and the reply as it comes out."""
    profile = profile_of(plan.model)
    factor = run_factor(plan, profile)
    wanted = faulty(plan, profile, factor, action_id, files)
    chance = seeded(plan, action_id, "reply")
    text = edits(files, wanted)
    draft = _written(text, profile.manners, factor, chance)
    return Intended(decorated(draft, action_id, profile.style, chance), None if draft.text == text else wanted)


def again(plan: RunPlan, action_id: str, purpose: str, files: Mapping[str, str], wanted: Mapping[str, str]) -> Draft:
    """The answer to a turn that asks for failed edits once more."""
    profile = profile_of(plan.model)
    chance = seeded(plan, action_id, purpose)
    if chance.random() >= profile.manners.mends:
        return talk(action_id, chance)
    return decorated(Draft(edits(files, wanted, whole=purpose == "whole-file")), action_id, profile.style, chance)


def run_factor(plan: RunPlan, profile: Profile) -> float:
    """How much worse (above 1) or better than usual a whole run goes; 1 on average."""
    return exp(profile.spread * seeded(plan, "run").gauss(0, 1) - profile.spread**2 / 2)


def faulty(plan: RunPlan, profile: Profile, factor: float, action_id: str, files: Mapping[str, str]) -> dict[str, str]:
    """The site as the model means to leave it: the reference edit with faults of the action and damage planted."""
    from sitegen_tui.actions.registry import action
    from sitegen_tui.actions.shelf import brief_of
    from sitegen_tui.judge.faults.careless import DAMAGE

    doing = action(action_id)
    brief = brief_of(plan.pairing.template, plan.pairing.requirements)
    chance = seeded(plan, action_id, "faults")
    after: dict[str, str] = {**files, **doing.edit(files, brief)}
    for faults, rate in ((doing.faults, profile.faults[action_id]), (DAMAGE, profile.damage[action_id])):
        wanted = poisson(rate * factor, chance)
        pool = list(faults)
        while wanted and pool:
            weights = [fault.weight * profile.weights.get(fault.id, 1.0) for fault in pool]
            if not any(weights):
                break
            fault = pool.pop(chance.choices(range(len(pool)), weights)[0])
            planted = fault.apply(files, after, brief, chance)
            if planted:
                after |= planted
                wanted -= 1
    return after


def _written(text: str, manners: Manners, factor: float, chance: Random) -> Draft:
    """The edits as a reply that may be cut, misquoted or missing."""
    roll = chance.random() / factor if factor > 0 else 1.0
    if roll < manners.chatty:
        return Draft("")
    roll -= manners.chatty
    if roll < manners.truncated:
        return cut(text, chance)
    roll -= manners.truncated
    if roll < manners.corrupted:
        return Draft(corrupted(text, chance))
    roll -= manners.corrupted
    return Draft(mangled(text) if roll < manners.mangled else text)


def poisson(mean: float, chance: Random) -> int:
    """A number of faults that is `mean` on average, eight at most."""
    limit, product, count = exp(-mean), chance.random(), 0
    while product > limit and count < MOST_FAULTS:
        product *= chance.random()
        count += 1
    return count
