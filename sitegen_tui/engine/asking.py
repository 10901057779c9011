"""Asking a model: requests that wait for their turn and for money, are streamed, recorded, and made again where that may help."""

from __future__ import annotations

import logging
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from sitegen_tui.domain.events import AttemptFinished, StepWaiting, TokenDelta
from sitegen_tui.domain.pipeline import PIPELINE
from sitegen_tui.domain.ports import ModelRequest, Provider
from sitegen_tui.domain.runs import Attempt, Message, RunPlan
from sitegen_tui.engine.budget import Budget, Hold
from sitegen_tui.engine.clock import Clock
from sitegen_tui.engine.gate import LONGEST_WAIT, Gate, Gates, Notice, Turn
from sitegen_tui.engine.jobs import Purpose
from sitegen_tui.engine.outbox import Make
from sitegen_tui.engine.reception import Reception
from sitegen_tui.errors import BudgetSpent, ProviderError

log = logging.getLogger(__name__)

RETRIES = 3
"""How often a request that failed for a passing reason is made again; what failed for everyone is not counted."""
FIRST_PAUSE = 1.0
"""Seconds before the first of them; each further pause is twice as long, and up to half as long again by chance."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What runs share: gates by lane, None for none, and what all requests together may cost."""

    gates: Gates | None = None
    budget: Budget | None = None


UNLIMITED = Limits()


class Sends(Protocol):
    """Where what happens is told."""

    async def send(self, *makers: Make) -> None:
        """Tell of events, by what makes them."""
        ...


class Nowhere:
    """For what belongs to no run: nobody follows it."""

    async def send(self, *makers: Make) -> None:
        """Tell nobody."""


class Asking:
    """All requests of one step; `attempts` grows with each that has ended."""

    def __init__(self, plan: RunPlan, number: int, provider: Provider, clock: Clock, outbox: Sends, limits: Limits) -> None:
        self.attempts: list[Attempt] = []
        self._plan = plan
        self._number = number
        self._provider = provider
        self._clock = clock
        self._outbox = outbox
        self._budget = limits.budget
        self._gate: Gate | None = limits.gates.of(provider.lane) if limits.gates is not None else None

    async def ask(self, purpose: Purpose, messages: tuple[Message, ...], files: Mapping[str, str]) -> Attempt:
        """One turn of the model; made again after passing failures. Raises ProviderError, or BudgetSpent."""
        failures = 0
        while True:
            request = ModelRequest(
                plan=self._plan,
                step=self._number,
                action=PIPELINE[self._number - 1].id,
                attempt=len(self.attempts) + 1,
                purpose=purpose,
                messages=messages,
                files=dict(files),
            )
            turn, hold = await self._admitted(request)
            failure = await self._made(request, turn, hold)
            if failure is None:
                return self.attempts[-1]
            if turn is not None and turn.lost is not None:
                raise turn.lost
            if not failure.retryable:
                raise failure
            wait = failure.retry_after or 0.0
            if wait > LONGEST_WAIT:
                raise ProviderError(
                    f"{failure.message}; it asks to wait {wait / 60:.0f} min, and {LONGEST_WAIT / 60:.0f} at most are waited",
                    hint=failure.hint,
                )
            if turn is not None and turn.spared:
                continue
            failures += 1
            if failures > RETRIES:
                raise failure
            pause = FIRST_PAUSE * 2 ** (failures - 1) * (1 + random.random() / 2)
            await self._pause(failure, max(pause, wait))

    async def _admitted(self, request: ModelRequest) -> tuple[Turn | None, Hold | None]:
        """The right to make a request, and the money for it. Raises ProviderError, or BudgetSpent."""
        gate, budget = self._gate, self._budget
        if budget is None:
            return (None if gate is None else await gate.enter(self._plan.run_id, self._tell)), None
        ceiling = self._provider.ceiling(request)
        if ceiling is None:
            raise BudgetSpent(
                f"nobody can tell what a request to {self._plan.model} could cost at most, so that no budget can be kept",
                hint="give price and max_tokens in your file of models, or run without --budget",
            )
        while True:
            # Money is set aside only by who may begin at once: held by those who wait at a gate it would stop all others.
            await budget.room(ceiling, self._tell)
            turn = None if gate is None else await gate.enter(self._plan.run_id, self._tell)
            hold = budget.hold(ceiling)
            if hold is not None:
                return turn, hold
            if turn is not None:
                turn.unused()

    async def _made(self, request: ModelRequest, turn: Turn | None, hold: Hold | None) -> ProviderError | None:
        """One request, and what became of it told to gate and budget."""
        count = len(self.attempts)
        try:
            failure = await self._attempt(request, hold.ceiling if hold else None)
            if turn is not None:
                turn.ended(failure)
            return failure
        finally:
            if turn is not None:
                turn.close()
            if hold is not None:
                attempt = self.attempts[-1] if len(self.attempts) > count else None
                hold.settle(attempt.usage.usd if attempt else None, unpriced=attempt is None or attempt.unpriced)

    async def _attempt(self, request: ModelRequest, ceiling: float | None) -> ProviderError | None:
        """One request, streamed and recorded; the failure if it failed."""
        started_at, begun = self._clock.now(), self._clock.seconds()
        failure: ProviderError | None = None
        delta = partial(TokenDelta, step=self._number, attempt=request.attempt)
        async with Reception(self._provider.stream(request), self._clock) as reception:
            try:
                while pieces := await reception.pieces():
                    for piece in pieces:
                        await self._outbox.send(partial(delta, text=piece.text, reasoning=piece.reasoning))
            except ProviderError as error:
                failure = error
            except Exception as error:
                log.exception("a provider failed in a way it should not")
                failure = ProviderError(f"the provider failed: {type(error).__name__}: {error}")
            ended = self._clock.seconds()
            first = reception.first_token_at
            attempt = Attempt(
                number=request.attempt,
                purpose=request.purpose,
                messages=request.messages,
                reply=reception.reply,
                reasoning=reception.reasoning,
                finish_reason="error" if failure else reception.finish_reason or "stop",
                usage=reception.usage,
                first_token_ms=None if first is None else (first - begun) * 1000,
                total_ms=(ended - begun) * 1000,
                started_at=started_at,
                settings=reception.settings,
                served_by=reception.served_by,
                ceiling_usd=ceiling,
                error=failure.message if failure else "",
            )
        self.attempts.append(attempt)
        await self._outbox.send(partial(AttemptFinished, step=self._number, attempt=attempt))
        return failure

    async def _pause(self, failure: ProviderError, seconds: float) -> None:
        """Wait before a request is made again; a gate that is held up for longer tells of that itself."""
        if self._gate is not None and (failure.retry_after or 0.0) >= seconds:
            return
        await self._tell(Notice(failure.message, self._clock.seconds() + seconds))
        await self._clock.sleep(seconds)
        await self._tell(None)

    async def _tell(self, notice: Notice | None) -> None:
        waiting = partial(StepWaiting, step=self._number, lane=self._provider.lane.name)
        if notice is None:
            await self._outbox.send(waiting)
            return
        seconds = None if notice.until is None else max(0.0, notice.until - self._clock.seconds())
        await self._outbox.send(partial(waiting, reason=notice.reason, seconds=seconds))
