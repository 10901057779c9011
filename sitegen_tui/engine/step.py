"""One step: the prompt, the model's turns with their retries, the judged result, or the reason why there is none."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from sitegen_tui.domain.events import (
    FindingReported,
    OutputApplied,
    StepFailed,
    StepScored,
    StepStarted,
)
from sitegen_tui.domain.pipeline import PIPELINE
from sitegen_tui.domain.ports import Eyes, Provider, Sight, Workers, asked_for
from sitegen_tui.domain.runs import Attempt, Message, RunPlan, total_usage
from sitegen_tui.domain.violations import Layer
from sitegen_tui.engine import tasks
from sitegen_tui.engine.asking import UNLIMITED, Asking, Limits
from sitegen_tui.engine.clock import Clock
from sitegen_tui.engine.jobs import Ask, Judged, Look, PromptJob, Purpose, Seen, SettleJob, Turn
from sitegen_tui.engine.judging import Bench, Heard, StepJudges, counting, sees
from sitegen_tui.engine.outbox import Outbox
from sitegen_tui.errors import BudgetSpent, ProviderError, RenderUnavailable, SitegenError

log = logging.getLogger(__name__)

Site = dict[str, str]
"""Path to sha256."""


@dataclass(frozen=True, slots=True)
class Sights:
    """What a browser saw for one step, and the milliseconds it took."""

    start: Sight
    before: Sight
    after: Sight
    milliseconds: float


class Step:
    """One action of one run; `take` it once. `out_of_money` says afterwards that the budget did not allow for it, if so."""

    def __init__(
        self,
        *,
        plan: RunPlan,
        number: int,
        provider: Provider,
        workers: Workers,
        eyes: Eyes | None,
        clock: Clock,
        outbox: Outbox,
        limits: Limits = UNLIMITED,
        bench: Bench | None = None,
        rubric: int = 0,
    ) -> None:
        self._plan = plan
        self._number = number
        self._action = PIPELINE[number - 1].id
        self._workers = workers
        self._eyes = eyes
        self._clock = clock
        self._outbox = outbox
        self._begun = False
        self._judges: StepJudges | None = None
        if bench is not None and plan.judges:
            self._judges = StepJudges(plan, number, bench, workers, clock, outbox, limits, rubric=rubric)
        self._asking = Asking(plan, number, asked_for(provider, self._action), clock, outbox, limits)
        self.out_of_money = ""

    async def take(self, files: Mapping[str, str], site: Site) -> tuple[Mapping[str, str], Site] | None:
        """Run the step on the editable texts `files` of `site`; texts and site after it, None if it is unscored."""
        try:
            if self._plan.mode == "isolated":
                files = await self._workers.call(tasks.gold_before, self._plan.pairing, self._action)
                site = {**site, **tasks.hashes(files)}
            return await self._settled(files, site)
        except Exception as error:
            await self._fail(error)
            return None

    async def _settled(self, files: Mapping[str, str], site: Site) -> tuple[Mapping[str, str], Site]:
        prompt = await self._workers.call(tasks.prompt, PromptJob(self._plan.pairing, self._action, files))
        await self._begin(prompt.sha256)
        messages = prompt.messages
        turns: list[Turn] = []
        purpose: Purpose = "edit"
        now = files
        while True:
            attempt = await self._asking.ask(purpose, messages, now)
            turns.append(Turn(purpose, attempt.reply, attempt.finish_reason))
            job = SettleJob(self._plan.pairing, self._action, files, tuple(turns), programs(self._plan.layers))
            answer = await self._workers.call(tasks.settle, job)
            sights, seen = None, None
            if isinstance(answer, Look):
                sights = await self._look(files, answer)
                seen = Seen(sights.before.probe, sights.after.probe, sights.start.probe)
                answer = await self._workers.call(tasks.settle, replace(job, seen=seen))
            if isinstance(answer, Judged):
                answer, heard = await self._with_judges(replace(job, seen=seen), answer)
                return await self._report(files, site, answer, sights, heard)
            if isinstance(answer, Look):
                raise AssertionError("what was looked at is judged")
            messages = (*messages, *_follow_up(attempt, answer))
            purpose, now = answer.purpose, answer.files

    async def _with_judges(self, job: SettleJob, judged: Judged) -> tuple[Judged, list[Heard]]:
        """The step with what LLM judges say of it. Raises ProviderError where nobody else judges and they say nothing."""
        if self._judges is None:
            return judged, []
        asked = [judge for at, judge in enumerate(self._plan.judges) if sees(at, self._plan, self._number)]
        heard = await self._judges.heard(asked, job.files, {**job.files, **judged.changed})
        try:
            return await with_judges(self._workers, self._plan, job, judged, heard), heard
        except ProviderError:
            # What was said and paid for is kept, whatever it was worth.
            await self._outbox.send(*(event for one in heard for event in one.events))
            raise

    async def _look(self, files: Mapping[str, str], what: Look) -> Sights:
        """What a browser sees of the site before and after the step. Raises RenderUnavailable."""
        if self._eyes is None:
            raise RenderUnavailable("no browser was given to judge with", hint="run with --judges static")
        begun, pairing = self._clock.seconds(), self._plan.pairing
        start, before, after = [await self._eyes.look(pairing, texts) for texts in (what.start, files, what.after)]
        return Sights(start, before, after, (self._clock.seconds() - begun) * 1000)

    async def _begin(self, prompt_hash: str = "") -> None:
        self._begun = True
        await self._outbox.send(partial(StepStarted, step=self._number, action=self._action, prompt_hash=prompt_hash))

    async def _report(
        self, files: Mapping[str, str], site: Site, judged: Judged, sights: Sights | None, heard: list[Heard]
    ) -> tuple[Mapping[str, str], Site]:
        after = {**files, **judged.changed}
        shas = {change.path: change.after for change in judged.changes if change.after is not None}
        site_after = {**site, **shas}
        blobs = {shas[path]: text.encode() for path, text in judged.changed.items()}
        if self._plan.mode == "isolated":
            # What gold looks like before this step is told by no earlier event.
            blobs |= {site[path]: text.encode() for path, text in files.items()}
        shots: dict[str, str] = {}
        for side, sight in (("before", sights.before), ("after", sights.after)) if sights else ():
            for view, picture in sight.pictures.items():
                sha = shots[f"{view}-{side}"] = hashlib.sha256(picture).hexdigest()
                blobs[sha] = picture
        scored = partial(
            StepScored,
            step=self._number,
            action=self._action,
            score=judged.judgement.score,
            not_assessed=judged.judgement.not_assessed,
            usage=total_usage(self._asking.attempts),
            model_ms=sum(attempt.total_ms for attempt in self._asking.attempts),
            judge_ms=judged.milliseconds + (sights.milliseconds if sights else 0.0),
            render_ms=sights.milliseconds if sights else 0.0,
            shots=shots,
            llm=tuple(one.state for one in heard),
        )
        await self._outbox.send(
            partial(OutputApplied, step=self._number, site=site_after, changes=judged.changes, edits=judged.edits),
            *(event for one in heard for event in one.events),
            *(partial(FindingReported, step=self._number, charge=charge) for charge in judged.judgement.charges),
            scored,
            blobs=blobs,
        )
        return after, site_after

    async def _fail(self, error: Exception) -> None:
        if not isinstance(error, SitegenError):
            log.error("a step could not be run or judged", exc_info=error)
        reason = error.message if isinstance(error, SitegenError) else f"{type(error).__name__}: {error}"
        hint = error.hint if isinstance(error, SitegenError) else ""
        if isinstance(error, BudgetSpent):
            self.out_of_money = reason
        if not self._begun:
            await self._begin()
        await self._outbox.send(partial(StepFailed, step=self._number, action=self._action, reason=_storable(reason), hint=hint))


def programs(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The layers that judge before an LLM is asked; files always, since replies have to be read."""
    return tuple(layer for layer in layers if layer is not Layer.LLM) or (Layer.STATIC,)


async def with_judges(workers: Workers, plan: RunPlan, job: SettleJob, judged: Judged, heard: list[Heard]) -> Judged:
    """The judgement with what may be charged of what judges said; unchanged where the one that counts says nothing.

    Raises ProviderError where the judge is alone and says nothing: the step has no score then.
    """
    judge = counting(plan.judges)
    found = next((one for one in heard if judge is not None and one.plan == judge), None)
    if judge is not None and judge.mode == "study":
        if found is None or not found.counts:
            raise ProviderError(f"the judge said nothing: {found.state.unjudged if found else 'it was not asked'}")
        layers: tuple[Layer, ...] = (Layer.LLM,)
    elif found is None or not found.counts:
        return judged
    else:
        layers = (*job.layers, Layer.LLM)
    answer = await workers.call(tasks.settle, replace(job, layers=layers, told=found.findings))
    if not isinstance(answer, Judged):
        raise AssertionError("what was judged once is judged again")
    return replace(answer, milliseconds=answer.milliseconds + judged.milliseconds)


def _follow_up(attempt: Attempt, ask: Ask) -> tuple[Message, Message]:
    # Some services refuse an empty turn.
    reply = attempt.reply if attempt.reply.strip() else "(no answer)"
    return Message(role="assistant", content=reply), Message(role="user", content=ask.text)


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")[:2000]
