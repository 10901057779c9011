"""The gate of a lane: which request may begin now, in fair order, within the lane's limits and not while it fails for everyone."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sitegen_tui.domain.ports import OFFLINE, Lane
from sitegen_tui.engine.breaker import Breaker
from sitegen_tui.engine.clock import Clock
from sitegen_tui.errors import ProviderError

MINUTE = 60.0
LONGEST_WAIT = 600.0
"""Seconds that a service may ask to wait; who asks for more is not waited for."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Why a request has to wait. `until` is when it is tried again, in seconds of the clock; None where nobody can tell."""

    reason: str
    until: float | None = None


Tell = Callable[[Notice | None], Awaitable[None]]
"""Called with why one waits, whenever that changes, and with None when one waits no longer."""


@dataclass(eq=False, slots=True)
class _Waiter:
    run_id: str
    notice: Notice | None = None
    turn: Turn | None = None
    failure: ProviderError | None = None
    wake: asyncio.Event = field(default_factory=asyncio.Event)


class Turn:
    """The right to make one request: ended, unused, or closed without having told anything.

    `spared`: its failure is the lane's, and is not to be counted against whoever asked. `lost`: nobody may wait for the lane
    any longer.
    """

    def __init__(self, gate: Gate, run_id: str, begun: float, *, trial: bool) -> None:
        self.run_id = run_id
        self.begun = begun
        self.trial = trial
        self.spared = False
        self.lost: ProviderError | None = None
        self._gate: Gate | None = gate

    def ended(self, failure: ProviderError | None) -> None:
        """The request has ended, by `failure` if there is one."""
        gate, self._gate = self._gate, None
        if gate is not None:
            gate.left(self, failure)

    def unused(self) -> None:
        """The request was not made, and counts for nothing."""
        gate, self._gate = self._gate, None
        if gate is not None:
            gate.withdrew(self, made=False)

    def close(self) -> None:
        """Whatever has become of the request, its place is free."""
        gate, self._gate = self._gate, None
        if gate is not None:
            gate.withdrew(self, made=True)


class Gate:
    """Lets requests of a lane begin: runs that wait take turns, and while one waits no other begins twice.

    A failure with `retry_after` holds up the whole lane for that long.
    """

    def __init__(self, lane: Lane, clock: Clock) -> None:
        self.lane = lane
        self._clock = clock
        self._breaker = Breaker()
        self._ring: OrderedDict[str, deque[_Waiter]] = OrderedDict()
        self._under_way = 0
        self._begun: deque[float] = deque()
        self._paused: Notice | None = None
        self._timer: asyncio.Task[None] | None = None
        self._wakes_at = float("inf")

    async def enter(self, run_id: str, tell: Tell) -> Turn:
        """Wait for one's turn. Raises ProviderError once the lane is given up."""
        waiter = _Waiter(run_id)
        self._breaker.look(self._clock.seconds())
        self._ring.setdefault(run_id, deque()).append(waiter)
        told: Notice | None = None
        try:
            self._pump()
            while waiter.turn is None and waiter.failure is None:
                if waiter.notice == told:
                    await waiter.wake.wait()
                waiter.wake.clear()
                if waiter.turn is None and waiter.failure is None and waiter.notice != told:
                    told = waiter.notice
                    await tell(told)
            if told is not None:
                await tell(None)
        except BaseException:
            if waiter.turn is not None:
                waiter.turn.unused()
            else:
                self._leave(waiter)
            raise
        if waiter.turn is None:
            raise waiter.failure or AssertionError("who waits no longer has a turn or a failure")
        return waiter.turn

    def left(self, turn: Turn, failure: ProviderError | None) -> None:
        """A request has ended (for its turn)."""
        self._under_way -= 1
        now, breaker = self._clock.seconds(), self._breaker
        if failure is None or not failure.retryable:
            breaker.answered()
        else:
            breaker.failed(now, turn.run_id, failure, trial=turn.trial)
            turn.spared = not breaker.closed
            if breaker.given_up:
                turn.lost = self._lost(now)
                if turn.trial:
                    self._fail_all(turn.lost)
            wait = failure.retry_after
            if wait is not None and 0 < wait <= LONGEST_WAIT and (self._paused is None or (self._paused.until or 0) < now + wait):
                self._paused = Notice(failure.message, now + wait)
        self._pump()

    def withdrew(self, turn: Turn, *, made: bool) -> None:
        """A turn has ended without telling anything of the lane (for the turn)."""
        self._under_way -= 1
        if turn.trial:
            self._breaker.withdrawn()
        if not made and turn.begun in self._begun:
            self._begun.remove(turn.begun)
        self._pump()

    def _obstacle(self, now: float) -> Notice | None:
        """Why no request may begin now."""
        breaker, lane = self._breaker, self.lane
        if not breaker.closed:
            why = f"it fails for everyone: {breaker.last.message if breaker.last else ''}"
            if breaker.trying:
                return Notice(f"{why}; one request is trying it")
            if now < breaker.until:
                return Notice(why, breaker.until)
        if self._paused is not None:
            if now < (self._paused.until or 0):
                return self._paused
            self._paused = None
        if lane.at_once is not None and self._under_way >= lane.at_once:
            return Notice(f"{lane.at_once} at once are allowed, and as many are under way")
        if lane.per_minute is not None:
            while self._begun and self._begun[0] + MINUTE <= now:
                self._begun.popleft()
            if len(self._begun) >= lane.per_minute:
                return Notice(f"{lane.per_minute} a minute are allowed, and as many have begun", self._begun[0] + MINUTE)
        return None

    def _pump(self) -> None:
        """Let begin who may; tell all others why not, and look again when that may change by itself."""
        obstacle: Notice | None = None
        while self._ring:
            now = self._clock.seconds()
            obstacle = self._obstacle(now)
            if obstacle is not None:
                break
            self._admit(now)
        for line in self._ring.values():
            for waiter in line:
                if waiter.notice != obstacle:
                    waiter.notice = obstacle
                    waiter.wake.set()
        until = obstacle.until if obstacle is not None and obstacle.until is not None else float("inf")
        self._wake_at(until if self._ring else float("inf"))

    def _admit(self, now: float) -> None:
        run_id, line = self._ring.popitem(last=False)
        waiter = line.popleft()
        if line:
            self._ring[run_id] = line
        trial = not self._breaker.closed
        self._breaker.trying = trial
        self._under_way += 1
        if self.lane.per_minute is not None:
            self._begun.append(now)
        waiter.turn = Turn(self, run_id, now, trial=trial)
        waiter.wake.set()

    def _leave(self, waiter: _Waiter) -> None:
        line = self._ring.get(waiter.run_id)
        if line is not None and waiter in line:
            line.remove(waiter)
            if not line:
                del self._ring[waiter.run_id]
        self._pump()

    def _lost(self, now: float) -> ProviderError:
        last = self._breaker.last
        return ProviderError(
            f"{self.lane.name} has failed for everyone for {self._breaker.minutes(now):.0f} min: {last.message if last else ''}",
            hint=(last.hint if last else "") or "sitegen resume goes on when it works again",
        )

    def _fail_all(self, failure: ProviderError) -> None:
        for line in self._ring.values():
            for waiter in line:
                waiter.failure = failure
                waiter.wake.set()
        self._ring.clear()

    def _wake_at(self, at: float) -> None:
        if at == self._wakes_at:
            return
        self._wakes_at = at
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        if at != float("inf"):
            self._timer = asyncio.create_task(self._wait_until(at), name=f"gate of {self.lane.name}")

    async def _wait_until(self, at: float) -> None:
        await self._clock.sleep(at - self._clock.seconds())
        self._timer, self._wakes_at = None, float("inf")
        self._pump()


class Gates:
    """The gates of a process, by lane: runs of all experiments go through the same ones."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._gates: dict[str, Gate] = {}

    def of(self, lane: Lane) -> Gate | None:
        """The lane's gate; None for the way to models that calculate here, which needs none."""
        if lane is OFFLINE or lane == OFFLINE:
            return None
        gate = self._gates.get(lane.name)
        if gate is None:
            gate = self._gates[lane.name] = Gate(lane, self._clock)
        gate.lane = lane
        return gate
