"""One run, with the real content, judge and workers; only the model is played where it must misbehave."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import TypeVar, cast

import pytest

from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.domain.events import (
    EVENT,
    AttemptFinished,
    Event,
    FindingReported,
    OutputApplied,
    RunFinished,
    RunStarted,
    StepFailed,
    StepScored,
    StepStarted,
    TokenDelta,
)
from sitegen_tui.domain.ports import OFFLINE, Chunk, ModelRequest, Provider, Workers
from sitegen_tui.domain.runs import Pairing, RunPlan
from sitegen_tui.engine import tasks
from sitegen_tui.engine.batch import Batch
from sitegen_tui.engine.pool import InlineWorkers, ProcessPool
from sitegen_tui.engine.run import ResumePoint, run
from sitegen_tui.errors import ProviderError
from sitegen_tui.providers.reference import ReferenceProvider, reference_reply
from sitegen_tui.site.diff import diff_texts

T = TypeVar("T")
ALL = tuple(action.id for action in ACTIONS)
PAIRING = Pairing(template="blank-site", requirements="harbour-books-01")


class StillClock:
    """A clock that stands still and never waits."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> datetime:
        return datetime(2026, 1, 2, tzinfo=UTC)

    def seconds(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class OtherWorkers(InlineWorkers):
    """Workers that do something else than asked for, where told to."""

    def __init__(self, instead: dict[str, Callable[..., object]]) -> None:
        self.instead = instead

    async def call(self, function: Callable[..., T], *args: object, **kwargs: object) -> T:
        return await super().call(cast("Callable[..., T]", self.instead.get(function.__name__, function)), *args, **kwargs)


class Played:
    """A model that answers by a script: a function from the request to chunks, or to an error."""

    lane = OFFLINE

    def __init__(self, script: Callable[[ModelRequest], Sequence[Chunk | Exception | None]]) -> None:
        self.script = script
        self.requests: list[ModelRequest] = []
        self.closed = 0

    def ceiling(self, request: ModelRequest) -> float | None:
        return 0.0

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk, None]:
        self.requests.append(request)
        try:
            for part in self.script(request):
                if part is None:
                    await asyncio.Event().wait()
                elif isinstance(part, Exception):
                    raise part
                else:
                    yield part
        finally:
            self.closed += 1


def answered(text: str) -> list[Chunk]:
    return [Chunk(text=text), Chunk(finish_reason="stop")]


def rightly(request: ModelRequest) -> str:
    return reference_reply(request.plan.pairing, request.action, request.files)


def plan(*actions: str, mode: str = "chain") -> RunPlan:
    return RunPlan.model_validate(
        {
            "run_id": "e1.1",
            "experiment_id": "e1",
            "model": "played",
            "pairing": PAIRING,
            "mode": mode,
            "actions": actions or ALL,
        }
    )


async def batches_of(
    a_plan: RunPlan,
    provider: Provider,
    *,
    workers: Workers | None = None,
    clock: StillClock | None = None,
    resume: ResumePoint | None = None,
    cancel: asyncio.Event | None = None,
    on_batch: Callable[[Batch], object] | None = None,
) -> list[Batch]:
    stream = run(
        a_plan,
        provider=provider,
        workers=workers or InlineWorkers(),
        clock=clock or StillClock(),
        resume=resume,
        cancel=cancel,
    )
    batches: list[Batch] = []
    async with aclosing(stream):
        async for batch in stream:
            batches.append(batch)
            if on_batch is not None:
                on_batch(batch)
    return batches


def events_of(batches: Sequence[Batch]) -> list[Event]:
    return [event for batch in batches for event in batch.events]


def only(kind: type[T], events: Sequence[Event]) -> list[T]:
    return [event for event in events if isinstance(event, kind)]


async def test_a_whole_run_of_the_reference_is_perfect_and_told_in_order():
    batches = await batches_of(plan(), ReferenceProvider(InlineWorkers()))
    events = events_of(batches)
    durable = [event for event in events if not isinstance(event, TokenDelta)]
    assert [event.seq for event in durable] == list(range(len(durable)))
    assert isinstance(durable[0], RunStarted)
    assert isinstance(durable[-1], RunFinished)
    assert durable[-1].state == "finished"
    assert [event.action for event in only(StepScored, events)] == list(ALL)
    assert [(event.step, event.charge.finding.violation) for event in only(FindingReported, events)] == []
    assert all(event.score.value == event.score.assessed for event in only(StepScored, events))


async def test_every_event_goes_to_json_and_back():
    for event in events_of(await batches_of(plan("update-hero-text"), Played(lambda _: answered("no edits at all")))):
        assert EVENT.validate_json(EVENT.dump_json(event)) == event


async def test_output_findings_and_score_of_a_step_come_as_one_batch():
    batches = await batches_of(plan("update-hero-text"), Played(lambda _: answered("no edits at all")))
    judged = [batch for batch in batches if any(isinstance(event, StepScored) for event in batch.events)]
    assert len(judged) == 1
    kinds = [type(event) for event in judged[0].events]
    assert kinds[0] is OutputApplied
    assert kinds[-1] is StepScored
    assert set(kinds[1:-1]) == {FindingReported}


async def test_all_content_that_events_name_is_brought_along():
    batches = await batches_of(plan(), ReferenceProvider(InlineWorkers()))
    known: set[str] = set()
    for batch in batches:
        known |= batch.blobs.keys()
        for event in batch.events:
            if isinstance(event, RunStarted | OutputApplied):
                assert set(event.site.values()) <= known


async def test_changes_count_lines_as_the_diff_does():
    batches = await batches_of(plan(), ReferenceProvider(InlineWorkers()))
    contents = {sha: data for batch in batches for sha, data in batch.blobs.items()}
    changes = [change for event in only(OutputApplied, events_of(batches)) for change in event.changes]
    assert len(changes) >= len(ALL) - 2
    for change in changes:
        before = None if change.before is None else contents[change.before]
        stats = diff_texts(change.path, before, contents[change.after or ""]).stats
        assert (change.added, change.removed) == (stats.added, stats.removed)


async def test_each_step_of_a_chain_is_given_what_the_model_itself_left():
    def spoiling(request: ModelRequest) -> list[Chunk]:
        if request.action == "update-hero-text":
            text = request.files["index.html"]
            line = next(line for line in text.split("\n") if "<h1" in line)
            return answered(f"FILE: index.html\n<<<<<<< SEARCH\n{line}\n=======\n<h1>Mine</h1>\n>>>>>>> REPLACE\n")
        return answered(rightly(request))

    model = Played(spoiling)
    await batches_of(plan("update-hero-text", "update-about-text"), model)
    assert "<h1>Mine</h1>" in model.requests[-1].files["index.html"]
    assert "<h1>Mine</h1>" in model.requests[-1].messages[-1].content


async def test_each_step_of_an_isolated_run_begins_from_gold():
    model = Played(lambda _: answered("I would rather not."))
    batches = await batches_of(plan("update-hero-text", "update-about-text", mode="isolated"), model)
    firsts = [request for request in model.requests if request.purpose == "edit"]
    for request in firsts:
        assert request.files == tasks.gold_before(PAIRING, request.action)
    applied = only(OutputApplied, events_of(batches))
    brought = {sha for batch in batches for sha in batch.blobs}
    assert all(set(event.site.values()) <= brought for event in applied)


async def test_a_failed_edit_is_asked_for_again_and_then_charged_as_repaired():
    def misquoting(request: ModelRequest) -> list[Chunk]:
        right = rightly(request)
        return answered(right if request.purpose == "repair" else right.replace("SEARCH\n", "SEARCH\nnot there\n", 1))

    model = Played(misquoting)
    events = events_of(await batches_of(plan("update-hero-text"), model))
    assert [request.purpose for request in model.requests] == ["edit", "repair"]
    assert [message.role for message in model.requests[1].messages[-3:]] == ["user", "assistant", "user"]
    assert [event.charge.finding.violation for event in only(FindingReported, events)] == ["protocol.repaired"]
    assert [event.attempt.number for event in only(AttemptFinished, events)] == [1, 2]


async def test_after_three_fruitless_turns_the_step_is_judged_as_it_is():
    model = Played(lambda _: answered("I have changed everything as you wished."))
    events = events_of(await batches_of(plan("update-hero-text"), model))
    assert [request.purpose for request in model.requests] == ["edit", "repair", "whole-file"]
    charged = {event.charge.finding.violation for event in only(FindingReported, events)}
    assert "protocol.unparseable" in charged
    (applied,) = only(OutputApplied, events)
    assert applied.changes == ()
    (scored,) = only(StepScored, events)
    assert scored.score.value < 2


async def test_a_cut_reply_that_is_made_good_counts_as_repaired():
    def cut(request: ModelRequest) -> list[Chunk]:
        if request.purpose == "edit":
            return [Chunk(text=rightly(request)[:-60]), Chunk(finish_reason="length")]
        return answered(rightly(request))

    events = events_of(await batches_of(plan("update-hero-text"), Played(cut)))
    assert [event.charge.finding.violation for event in only(FindingReported, events)] == ["protocol.repaired"]


async def test_a_passing_failure_is_tried_again_with_growing_pauses():
    def shaky(request: ModelRequest) -> list[Chunk | Exception | None]:
        if request.attempt < 4:
            return [Chunk(text="half an ans"), ProviderError("overloaded", retryable=True)]
        return [*answered(rightly(request))]

    clock = StillClock()
    events = events_of(await batches_of(plan("update-hero-text"), Played(shaky), clock=clock))
    assert [event.attempt.error for event in only(AttemptFinished, events)] == ["overloaded"] * 3 + [""]
    assert [1 <= pause / 2**number <= 1.5 for number, pause in enumerate(clock.slept)] == [True] * 3
    assert only(StepScored, events)[0].score.value == only(StepScored, events)[0].score.assessed


async def test_a_lasting_failure_leaves_the_step_unscored_and_a_chain_incomplete():
    model = Played(lambda _: [ProviderError("no such model", hint="choose another")])
    events = events_of(await batches_of(plan("update-hero-text", "update-about-text"), model))
    (failed,) = only(StepFailed, events)
    assert (failed.reason, failed.hint) == ("no such model", "choose another")
    assert only(StepScored, events) == []
    assert only(RunFinished, events)[0].state == "incomplete"
    assert len(model.requests) == 1


async def test_an_isolated_run_goes_on_after_a_step_that_failed_and_is_incomplete():
    def once(request: ModelRequest) -> list[Chunk | Exception | None]:
        return [ProviderError("refused")] if request.action == "update-hero-text" else [*answered(rightly(request))]

    events = events_of(await batches_of(plan("update-hero-text", "update-about-text", mode="isolated"), Played(once)))
    assert [event.step for event in only(StepFailed, events)] == [8]
    assert [event.step for event in only(StepScored, events)] == [9]
    assert only(RunFinished, events)[0].state == "incomplete"
    assert only(RunFinished, events)[0].reason == "1 of 2 steps could not be run"


async def test_a_provider_that_breaks_in_its_own_way_fails_the_step_only():
    model = Played(lambda _: [Chunk(text="a"), KeyError("choices")])
    events = events_of(await batches_of(plan("update-hero-text"), model))
    assert "KeyError" in only(StepFailed, events)[0].reason
    assert only(AttemptFinished, events)[0].attempt.reply == "a"


async def test_a_judge_that_breaks_leaves_the_step_unscored():
    def broken(*_: object) -> None:
        raise ZeroDivisionError("in a check")

    workers = OtherWorkers({"settle": broken})
    events = events_of(await batches_of(plan("update-hero-text"), ReferenceProvider(workers), workers=workers))
    assert "ZeroDivisionError" in only(StepFailed, events)[0].reason
    assert only(RunFinished, events)[0].state == "incomplete"


async def test_a_worker_that_dies_leaves_the_step_unscored_and_the_pool_usable():
    class Deadly(ProcessPool):
        async def call(self, function: Callable[..., T], *args: object, **kwargs: object) -> T:
            deadly = function.__name__ == "settle"
            return await super().call(os._exit, 3) if deadly else await super().call(function, *args, **kwargs)

    workers = Deadly(1)
    events = events_of(await batches_of(plan("update-hero-text"), ReferenceProvider(workers), workers=workers))
    assert "died" in only(StepFailed, events)[0].reason
    assert await workers.call(abs, -1) == 1
    await workers.close()


async def test_unknown_content_ends_the_run_with_a_reason():
    nowhere = plan().model_copy(update={"pairing": Pairing(template="blank-sight", requirements="harbour-books-01")})
    (event,) = events_of(await batches_of(nowhere, ReferenceProvider(InlineWorkers())))
    assert isinstance(event, RunFinished)
    assert event.state == "incomplete"
    assert "blank-site" in event.reason


async def test_cancelling_closes_the_models_stream_and_ends_in_good_order():
    cancel = asyncio.Event()
    model = Played(lambda _: [Chunk(text="FILE: index.html"), None])

    def stop_at_first_token(batch: Batch) -> None:
        if isinstance(batch.events[0], TokenDelta):
            cancel.set()

    events = events_of(await batches_of(plan(), model, cancel=cancel, on_batch=stop_at_first_token))
    assert model.closed == 1
    assert [type(event) for event in events] == [RunStarted, StepStarted, TokenDelta, RunFinished]
    assert events[-1].seq == 2
    assert only(RunFinished, events)[0].state == "cancelled"


async def test_a_run_cancelled_before_it_began_only_says_so():
    cancel = asyncio.Event()
    cancel.set()
    (event,) = events_of(await batches_of(plan(), ReferenceProvider(InlineWorkers()), cancel=cancel))
    assert isinstance(event, RunFinished)
    assert event.state == "cancelled"


async def test_closing_the_generator_closes_the_models_stream_and_leaves_nothing_running():
    model = Played(lambda _: [Chunk(text="x"), None])
    stream = run(plan(), provider=model, workers=InlineWorkers(), clock=StillClock())
    async for batch in stream:
        if isinstance(batch.events[0], TokenDelta):
            break
    await stream.aclose()
    assert model.closed == 1
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_run_can_be_gone_on_with_from_any_step_and_ends_alike():
    whole = events_of(await batches_of(plan(), ReferenceProvider(InlineWorkers())))
    scored = {event.step: event for event in only(StepScored, whole)}
    resume = ResumePoint(step=9, files=tasks.gold_before(PAIRING, "update-about-text"), seq=40)
    rest = events_of(await batches_of(plan(), ReferenceProvider(InlineWorkers()), resume=resume))
    (started,) = only(RunStarted, rest)
    assert (started.seq, started.resumed_at) == (41, 9)
    assert [event.step for event in only(StepScored, rest)] == [number for number in scored if number >= 9]
    assert all(event.score == scored[event.step].score for event in only(StepScored, rest))
    assert only(OutputApplied, rest)[-1].site == only(OutputApplied, whole)[-1].site


async def test_steps_that_are_done_are_not_made_again():
    resume = ResumePoint(step=8, files={}, seq=5, done=frozenset({9}))
    texts = plan("update-hero-text", "update-about-text", "update-contact", mode="isolated")
    events = events_of(await batches_of(texts, ReferenceProvider(InlineWorkers()), resume=resume))
    assert [event.step for event in only(StepScored, events)] == [8, 10]


@pytest.mark.parametrize(("changed", "words"), [({"prompt": "other"}, "what models are told"), ({"rubric": 999}, "rubric 999")])
async def test_half_a_run_is_never_made_under_other_words_or_another_rubric(changed, words):
    resume = ResumePoint(step=9, files=tasks.gold_before(PAIRING, "update-about-text"), seq=40, **changed)
    (last,) = events_of(await batches_of(plan(), ReferenceProvider(InlineWorkers()), resume=resume))
    assert (last.event, last.state) == ("RunFinished", "incomplete")
    assert words in last.reason


async def test_a_run_says_what_models_are_told_alike():
    (started, *_) = events_of(await batches_of(plan("swap-fonts"), ReferenceProvider(InlineWorkers())))
    assert started.prompt == tasks.start_site(PAIRING).prompt != ""
