"""An experiment never costs more than it may, and stops where the next request could make it do so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import pytest

from sitegen_tui.domain.events import AttemptFinished, Event, RunFinished, StepFailed, StepScored, StepWaiting
from sitegen_tui.domain.ports import Chunk, Lane, ModelRequest
from sitegen_tui.domain.runs import ExperimentPlan, Pairing, RunPlan, Usage
from sitegen_tui.engine.asking import Limits
from sitegen_tui.engine.breaker import FAILURES
from sitegen_tui.engine.budget import Budget, dollars
from sitegen_tui.engine.experiment import Experiment, Job
from sitegen_tui.engine.gate import Gates, Notice
from sitegen_tui.engine.pool import InlineWorkers
from sitegen_tui.errors import BudgetSpent, ProviderError
from sitegen_tui.providers.reference import reference_reply

TEXTS = ("update-hero-text", "update-about-text", "update-contact")
PAIRING = Pairing(template="blank-site", requirements="harbour-books-01")


class Priced:
    """A service that answers as the reference editor does, at a price; `ends` are failures of its first requests."""

    def __init__(self, price: float | None, ceiling: float | None, lane: Lane | None = None, ends: tuple[ProviderError, ...] = ()):
        self.lane = lane or Lane(name="priced")
        self.asked: list[str] = []
        self.under_way = 0
        self.most = 0
        self._price = price
        self._ceiling = ceiling
        self._ends = list(ends)

    def ceiling(self, request: ModelRequest) -> float | None:
        return self._ceiling

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk, None]:
        self.asked.append(request.plan.run_id)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await asyncio.sleep(0)
            if self._ends:
                raise self._ends.pop(0)
            yield Chunk(text=reference_reply(request.plan.pairing, request.action, request.files))
            yield Chunk(finish_reason="stop", usage=Usage(input_tokens=10, output_tokens=5, usd=self._price))
        finally:
            self.under_way -= 1


def plans(runs: int, *, actions: tuple[str, ...] = TEXTS, mode: str = "chain") -> tuple[RunPlan, ...]:
    values: dict[str, Any] = {"name": "t", "models": ("priced",), "pairings": (PAIRING,), "repeats": runs, "actions": actions}
    return ExperimentPlan.model_validate(values | {"mode": mode}).runs("e1")


async def told(
    clock: Any, runs: tuple[RunPlan, ...], provider: Priced, budget: Budget | None = None, at_once: int = 8
) -> list[Event]:
    experiment = Experiment(
        [Job(plan) for plan in runs],
        provider_of=lambda _: provider,
        workers=InlineWorkers(),
        at_once=at_once,
        clock=clock,
        limits=Limits(Gates(clock), budget),
    )

    async def all_of_it() -> list[Event]:
        stream = experiment.stream()
        async with aclosing(stream):
            return [event async for batches in stream for batch in batches for event in batch.events]

    return await clock.drive(all_of_it())


def only(kind: type[Any], events: list[Event]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


async def test_eight_runs_at_once_make_exactly_as_many_requests_as_the_budget_allows(clock: Any):
    provider, budget = Priced(price=0.1, ceiling=0.1), Budget(1.0)
    events = await told(clock, plans(8), provider, budget)
    assert len(provider.asked) == 10
    assert budget.spent == pytest.approx(1.0)
    assert budget.refused
    scored = len(only(StepScored, events))
    assert scored == 10
    reasons = {event.reason for event in only(StepFailed, events)}
    assert reasons == {"the budget of $1 is spent: $1 so far, the next attempt could cost $0.10"}
    assert {event.reason for event in only(RunFinished, events) if event.state == "incomplete"} == reasons


async def test_what_requests_under_way_could_cost_is_held_until_it_is_known_that_they_were_cheaper(clock: Any):
    provider, budget = Priced(price=0.01, ceiling=0.4), Budget(1.0)
    events = await told(clock, plans(8), provider, budget)
    assert provider.most == 2
    assert len(only(StepScored, events)) == 24
    assert budget.spent == pytest.approx(0.24)
    assert budget.held == 0
    waits = only(StepWaiting, events)
    assert any("held by requests under way" in event.reason for event in waits)


async def test_a_request_whose_price_nobody_tells_counts_with_the_most_it_could_cost(clock: Any):
    provider, budget = Priced(price=None, ceiling=0.3), Budget(1.0)
    events = await told(clock, plans(1, actions=(*TEXTS, "verify-contrast")), provider, budget)
    assert len(provider.asked) == 3
    assert {event.attempt.ceiling_usd for event in only(AttemptFinished, events)} == {0.3}
    assert "$0.90 so far" in only(StepFailed, events)[0].reason


async def test_a_request_that_never_came_to_anything_costs_nothing(clock: Any):
    ends = (ProviderError("connection refused", retryable=True),) * 3
    provider, budget = Priced(price=0.1, ceiling=0.1, ends=ends), Budget(0.1)
    events = await told(clock, plans(1, actions=TEXTS[:1]), provider, budget)
    assert len(provider.asked) == 4
    assert only(RunFinished, events)[0].state == "finished"


async def test_an_isolated_run_stops_at_the_first_step_there_is_no_money_for(clock: Any):
    provider, budget = Priced(price=0.1, ceiling=0.1), Budget(0.1)
    events = await told(clock, plans(1, mode="isolated"), provider, budget)
    assert len(only(StepScored, events)) == 1
    assert len(only(StepFailed, events)) == 1
    assert "$0.10" in only(RunFinished, events)[0].reason


async def test_a_budget_cannot_be_kept_without_a_price(clock: Any):
    events = await told(clock, plans(1), Priced(price=None, ceiling=None), Budget(1.0))
    assert "nobody can tell what a request to priced could cost" in only(StepFailed, events)[0].reason


async def test_without_a_budget_nobody_asks_for_a_price(clock: Any):
    events = await told(clock, plans(1), Priced(price=None, ceiling=None))
    assert only(RunFinished, events)[0].state == "finished"
    assert {event.attempt.ceiling_usd for event in only(AttemptFinished, events)} == {None}


async def test_a_larger_budget_lets_those_go_on_that_wait(clock: Any):
    budget = Budget(1.0)
    hold = budget.hold(0.9)
    heard: list[Notice | None] = []

    async def tell(notice: Notice | None) -> None:
        heard.append(notice)

    async def everybody() -> None:
        waiting = asyncio.ensure_future(budget.room(0.5, tell))
        await asyncio.sleep(0)
        assert not waiting.done()
        budget.raise_to(2.0)
        await waiting

    assert hold is not None
    await clock.drive(everybody())
    assert heard[-1] is None


def test_sums_of_cents_are_not_refused_for_their_last_digit():
    budget = Budget(0.3)
    for _ in range(3):
        hold = budget.hold(0.1)
        assert hold is not None
        hold.settle(0.1, unpriced=False)
    assert budget.hold(0.1) is None


async def test_what_was_spent_before_counts(clock: Any):
    with pytest.raises(BudgetSpent, match=r"the budget of \$1 is spent: \$0.996 so far, the next attempt could cost \$0.0049"):
        await clock.drive(Budget(1.0, spent=0.996).room(0.0049, _silent))


async def _silent(notice: Notice | None) -> None:
    raise AssertionError("nobody had to wait")


@pytest.mark.parametrize(("usd", "text"), [(5, "$5"), (0.25, "$0.25"), (0.1, "$0.10"), (0.000031, "$0.000031"), (0, "$0")])
def test_dollars_are_told_with_the_digits_that_matter(usd: float, text: str):
    assert dollars(usd) == text


async def test_a_run_waits_out_a_service_that_fails_for_everyone_and_is_not_blamed(clock: Any):
    down = ProviderError("status 503", retryable=True)
    provider = Priced(price=0.0, ceiling=0.0, ends=(down,) * (FAILURES + 5))
    events = await told(clock, plans(2, actions=TEXTS[:1]), provider)
    assert [event.state for event in only(RunFinished, events)] == ["finished", "finished"]
    waits = [event for event in only(StepWaiting, events) if event.reason.startswith("it fails for everyone: status 503")]
    assert waits[0].lane == "priced"
    assert waits[0].seconds == pytest.approx(15.0)
    assert {event.run_id for event in waits} == {"e1.1", "e1.2"}


async def test_waiting_is_told_with_the_numbers_of_stored_events_and_ends_before_words_come(clock: Any):
    provider = Priced(price=0.0, ceiling=0.0, ends=(ProviderError("status 429", retryable=True, retry_after=12.0),))
    events = await told(clock, plans(1, actions=TEXTS[:1]), provider)
    waits = only(StepWaiting, events)
    assert [(event.reason, event.seconds) for event in waits] == [("status 429", 12.0), ("", None)]
    durable = [event.seq for event in events if event.event not in ("TokenDelta", "StepWaiting")]
    assert durable == list(range(len(durable)))
    assert clock.seconds() == 12.0


async def test_a_service_that_asks_to_wait_for_hours_is_not_waited_for(clock: Any):
    provider = Priced(price=0.0, ceiling=0.0, ends=(ProviderError("status 429", retryable=True, retry_after=7200.0),))
    events = await told(clock, plans(1, actions=TEXTS[:1]), provider)
    assert only(StepFailed, events)[0].reason == "status 429; it asks to wait 120 min, and 10 at most are waited"
    assert len(provider.asked) == 1


async def test_requests_of_all_runs_together_stay_within_the_lanes_limit(clock: Any):
    provider = Priced(price=0.0, ceiling=0.0, lane=Lane(name="narrow", at_once=2))
    events = await told(clock, plans(8), provider)
    assert provider.most == 2
    assert len(only(StepScored, events)) == 24
