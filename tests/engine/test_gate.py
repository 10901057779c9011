"""Who may ask a service now: in turn, within limits, and not while it fails for everyone."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.domain.ports import OFFLINE, Lane
from sitegen_tui.engine.breaker import FAILURES, PATIENCE
from sitegen_tui.engine.gate import LONGEST_WAIT, MINUTE, Gate, Gates, Notice
from sitegen_tui.errors import ProviderError

DOWN = ProviderError("status 503", retryable=True)


@dataclass
class Party:
    """Runs that go through a gate, and what was seen of them."""

    gate: Gate
    clock: Any
    begun: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])
    waits: dict[str, float] = field(default_factory=dict[str, float])
    told: dict[str, list[Notice | None]] = field(default_factory=dict[str, list[Notice | None]])
    under_way: int = 0
    most: int = 0
    lost: Counter[str] = field(default_factory=Counter[str])
    overtaken: int = 0
    since: list[Counter[str]] = field(default_factory=list[Counter[str]])

    async def ask(self, run: str, seconds: float = 1.0, failure: ProviderError | None = None) -> bool:
        """One request; whether it was counted against the run."""

        async def tell(notice: Notice | None) -> None:
            self.told.setdefault(run, []).append(notice)

        since: Counter[str] = Counter()
        self.since.append(since)
        try:
            turn = await self.gate.enter(run, tell)
        except ProviderError:
            self.lost[run] += 1
            raise
        finally:
            self.since = [one for one in self.since if one is not since]
        for waiting in self.since:
            waiting[run] += 1
            self.overtaken = max(self.overtaken, waiting[run])
        self.begun.append((self.clock.seconds(), run))
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.clock.sleep(seconds)
        self.under_way -= 1
        turn.ended(failure)
        if turn.lost is not None:
            self.lost[run] += 1
            raise turn.lost
        return failure is not None and not turn.spared

    async def ask_all(self, runs: list[str], times: int, seconds: float = 1.0) -> None:
        async def one(run: str) -> None:
            for _ in range(times):
                await self.ask(run, seconds)

        await asyncio.gather(*map(one, runs))


def party(clock: Any, **limits: int) -> Party:
    return Party(Gate(Lane(name="lane", **limits), clock), clock)


async def test_no_more_are_under_way_than_allowed_and_no_fewer(clock: Any):
    seen = party(clock, at_once=3)
    await clock.drive(seen.ask_all(list("abcdefgh"), 2))
    assert seen.most == 3
    assert clock.seconds() == 6.0


async def test_no_more_begin_in_any_minute_than_allowed(clock: Any):
    seen = party(clock, per_minute=4)
    await clock.drive(seen.ask_all(list("abc"), 4))
    times = [at for at, _ in seen.begun]
    assert times == sorted(times)
    assert all(later - earlier >= MINUTE for earlier, later in zip(times, times[4:], strict=False))
    assert clock.seconds() < 2 * MINUTE + 5


async def test_a_run_that_asks_for_much_waits_for_its_turn_as_others_do(clock: Any):
    seen = party(clock, at_once=1)

    async def everybody() -> None:
        greedy = [seen.ask("greedy") for _ in range(6)]
        await asyncio.gather(*greedy, seen.ask("modest"), seen.ask("shy"))

    await clock.drive(everybody())
    assert [run for _, run in seen.begun][:4] == ["greedy", "greedy", "modest", "shy"]


async def test_who_waits_is_told_why_and_when_it_is_over(clock: Any):
    seen = party(clock, at_once=1, per_minute=2)
    await clock.drive(seen.ask_all(["a", "b", "c"], 1))
    assert "a" not in seen.told
    slot, limit, over = seen.told["c"]
    assert slot == Notice("1 at once are allowed, and as many are under way")
    assert limit == Notice("2 a minute are allowed, and as many have begun", MINUTE)
    assert over is None


async def test_whoever_is_stopped_leaves_its_place_to_others(clock: Any):
    seen = party(clock, at_once=1)

    async def everybody() -> None:
        first = asyncio.ensure_future(seen.ask("a", 5.0))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(seen.ask("b"))
        third = asyncio.ensure_future(seen.ask("c"))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.gather(first, third)

    await clock.drive(everybody())
    assert [run for _, run in seen.begun] == ["a", "c"]


async def test_a_service_that_asks_to_wait_is_left_alone_by_all_runs(clock: Any):
    seen = party(clock)
    limited = ProviderError("status 429", retryable=True, retry_after=30.0)

    async def everybody() -> None:
        assert await seen.ask("a", 1.0, limited)
        await asyncio.gather(*(seen.ask(run) for run in "abc"))

    await clock.drive(everybody())
    assert [at for at, _ in seen.begun] == [0.0, 31.0, 31.0, 31.0]
    assert seen.told["c"] == [Notice("status 429", 31.0), None]


async def test_nobody_waits_for_a_service_that_asks_for_too_long(clock: Any):
    seen = party(clock)

    async def everybody() -> None:
        await seen.ask("a", 1.0, ProviderError("status 429", retryable=True, retry_after=LONGEST_WAIT + 1))
        await seen.ask("b")

    await clock.drive(everybody())
    assert [at for at, _ in seen.begun] == [0.0, 1.0]


async def fail_for_everyone(seen: Party, runs: str = "ab") -> None:
    for number in range(FAILURES):
        await seen.ask(runs[number % len(runs)], 0.0, DOWN)


async def test_failures_of_one_run_alone_stop_nobody(clock: Any):
    seen = party(clock)

    async def everybody() -> None:
        await fail_for_everyone(seen, "a")
        await seen.ask("b")

    await clock.drive(everybody())
    assert seen.begun[-1] == (0.0, "b")


async def test_an_answer_between_failures_shows_that_the_service_works(clock: Any):
    seen = party(clock)

    async def everybody() -> None:
        for _ in range(4):
            for run in "ab":
                await seen.ask(run, 0.0, DOWN)
            await seen.ask("c", 0.0)

    await clock.drive(everybody())
    assert clock.seconds() == 0.0
    assert not seen.told


async def test_a_service_that_fails_for_everyone_is_tried_by_one_request_after_growing_pauses(clock: Any):
    seen = party(clock)

    async def everybody() -> None:
        await fail_for_everyone(seen)
        for pause in (15, 30, 60):
            before = clock.seconds()
            assert not await seen.ask("a", 0.0, DOWN)
            assert clock.seconds() - before == pause
        await asyncio.gather(*(seen.ask(run, 1.0) for run in "abcde"))

    await clock.drive(everybody())
    assert [at for at, _ in seen.begun[-5:]] == [225.0, 226.0, 226.0, 226.0, 226.0]
    assert any(notice and "fails for everyone: status 503" in notice.reason for notice in seen.told["b"])
    assert any(notice and "one request is trying it" in notice.reason for notice in seen.told["b"])


async def test_requests_that_were_under_way_when_the_service_went_down_are_not_blamed(clock: Any):
    seen = party(clock)

    async def everybody() -> list[bool]:
        late = asyncio.gather(*(seen.ask(run, 5.0, DOWN) for run in "cde"))
        await asyncio.sleep(0)
        await fail_for_everyone(seen)
        return await late

    assert await clock.drive(everybody()) == [False, False, False]


async def test_a_late_answer_resumes_the_service_at_once(clock: Any):
    seen = party(clock)

    async def everybody() -> None:
        late = asyncio.ensure_future(seen.ask("c", 5.0))
        await asyncio.sleep(0)
        await fail_for_everyone(seen)
        await asyncio.gather(late, seen.ask("a"), seen.ask("b"))

    await clock.drive(everybody())
    assert [at for at, _ in seen.begun[-2:]] == [5.0, 5.0]


async def test_a_refused_request_is_an_answer_too(clock: Any):
    seen = party(clock)

    async def everybody() -> None:
        await fail_for_everyone(seen)
        await seen.ask("a", 0.0, ProviderError("status 400"))
        await seen.ask("b")

    await clock.drive(everybody())
    assert [at for at, _ in seen.begun[-2:]] == [15.0, 15.0]


async def test_a_trial_that_is_stopped_lets_the_next_one_try(clock: Any):
    seen = party(clock)

    async def everybody() -> None:
        await fail_for_everyone(seen)
        trial = asyncio.ensure_future(_unanswered(seen.gate, clock))
        await clock.sleep(20.0)
        other = asyncio.ensure_future(seen.ask("b"))
        await clock.sleep(1.0)
        trial.cancel()
        await other

    await clock.drive(everybody())
    assert seen.begun[-1] == (21.0, "b")


async def _unanswered(gate: Gate, clock: Any) -> None:
    async def tell(notice: Notice | None) -> None:
        pass

    turn = await gate.enter("a", tell)
    try:
        await clock.sleep(1e9)
    finally:
        turn.close()


async def test_a_service_that_stays_down_is_given_up_and_everybody_told(clock: Any):
    seen = party(clock)

    async def one(run: str) -> None:
        while True:
            await seen.ask(run, 0.0, DOWN)

    async def everybody() -> list[BaseException | None]:
        return await asyncio.gather(*map(one, "abcd"), return_exceptions=True)

    ends = await clock.drive(everybody())
    assert clock.seconds() == PATIENCE
    assert {str(end) for end in ends} == {"lane has failed for everyone for 15 min: status 503"}
    assert all(isinstance(end, ProviderError) and not end.retryable for end in ends)
    assert seen.lost == Counter("abcd")


async def test_after_it_was_given_up_one_request_tries_at_once_and_later_all_is_forgotten(clock: Any):
    seen = party(clock)

    async def give_up() -> None:
        await fail_for_everyone(seen)
        while True:
            await seen.ask("a", 0.0, DOWN)

    async def everybody() -> None:
        with pytest.raises(ProviderError, match="for everyone"):
            await give_up()
        given_up = clock.seconds()
        with pytest.raises(ProviderError, match="for everyone"):
            await seen.ask("b", 0.0, DOWN)
        assert clock.seconds() == given_up
        await clock.sleep(400.0)
        assert await seen.ask("b", 0.0, DOWN)

    await clock.drive(everybody())


async def test_models_that_calculate_here_pass_no_gate_and_lanes_of_one_name_share_one(clock: Any):
    gates = Gates(clock)
    assert gates.of(OFFLINE) is None
    assert gates.of(Lane(name="a")) is gates.of(Lane(name="a", at_once=2))
    assert gates.of(Lane(name="a")) is not gates.of(Lane(name="b"))


REQUESTS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["ok", "ok", "ok", "down", "limited", "refused"])), max_size=6)


@settings(max_examples=60)
@given(
    at_once=st.none() | st.integers(1, 4),
    per_minute=st.none() | st.integers(1, 6),
    runs=st.lists(REQUESTS, min_size=1, max_size=6),
)
async def test_whatever_happens_limits_hold_turns_are_fair_and_everybody_ends(
    new_clock: Any, at_once: int | None, per_minute: int | None, runs: list[list[tuple[int, str]]]
):
    clock = new_clock()
    seen = Party(Gate(Lane(name="lane", at_once=at_once, per_minute=per_minute), clock), clock)
    failures = {"ok": None, "down": DOWN, "refused": ProviderError("status 400")}
    failures["limited"] = ProviderError("status 429", retryable=True, retry_after=7.0)

    async def one(run: str, requests: list[tuple[int, str]]) -> None:
        for seconds, end in requests:
            with suppress(ProviderError):
                await seen.ask(run, float(seconds), failures[end])

    async def everybody() -> None:
        await asyncio.gather(*(one(f"r{number}", requests) for number, requests in enumerate(runs)))

    await clock.drive(everybody())
    assert len(seen.begun) == sum(map(len, runs)) or seen.lost
    assert at_once is None or seen.most <= at_once
    # Once by whoever came in turn, and once by one who asks as the turn is given: that one need not wake up to begin.
    assert seen.overtaken <= 2
    if per_minute is not None:
        times = [at for at, _ in seen.begun]
        assert all(later - earlier >= MINUTE for earlier, later in zip(times, times[per_minute:], strict=False))
