"""The budget of an experiment: no request begins that could take it beyond, whatever else is under way."""

from __future__ import annotations

import asyncio
import math

from sitegen_tui.engine.gate import Notice, Tell
from sitegen_tui.errors import BudgetSpent

GRAIN = 1e-9
"""US dollars below which a difference is an error of rounding."""


class Hold:
    """What is set aside for one request until it is known what it cost."""

    def __init__(self, budget: Budget, ceiling: float) -> None:
        self.ceiling = ceiling
        self._budget = budget

    def settle(self, usd: float | None, *, unpriced: bool) -> None:
        """The request has ended; one that cost something nobody knows counts with the most it could cost. Once is enough."""
        self._budget.settled(self, usd if usd is not None else self.ceiling if unpriced else 0.0)


class Budget:
    """How much may be spent (US dollars), how much has been, and what is held for requests under way."""

    def __init__(self, limit: float, spent: float = 0.0) -> None:
        self.limit = limit
        self.spent = spent
        self.refused = False
        self._holds: set[Hold] = set()
        self._changed = asyncio.Event()

    @property
    def held(self) -> float:
        """The most that requests under way can cost."""
        return math.fsum(hold.ceiling for hold in self._holds)

    def raise_to(self, limit: float) -> None:
        """Allow another sum."""
        self.limit, self.refused = limit, False
        self._beat()

    async def room(self, ceiling: float, tell: Tell) -> None:
        """Wait until a request of at most that cost fits beside those under way.

        Raises BudgetSpent where it would not fit even if all of those were free: before that, they may turn out cheaper.
        """
        told = False
        while True:
            self._check(ceiling)
            if self._fits(ceiling):
                break
            if not told:
                told = True
                await tell(Notice(f"the budget of {dollars(self.limit)} is held by requests under way"))
                continue
            await self._changed.wait()
        if told:
            await tell(None)

    def hold(self, ceiling: float) -> Hold | None:
        """Set aside the most that a request can cost; None where it does not fit now."""
        if not self._fits(ceiling):
            return None
        hold = Hold(self, ceiling)
        self._holds.add(hold)
        return hold

    def settled(self, hold: Hold, usd: float) -> None:
        """A request has ended (for its hold)."""
        if hold in self._holds:
            self._holds.remove(hold)
            self.spent += usd
            self._beat()

    def _fits(self, ceiling: float) -> bool:
        return self.spent + self.held + ceiling <= self.limit + GRAIN

    def _check(self, ceiling: float) -> None:
        if self.spent + ceiling > self.limit + GRAIN:
            self.refused = True
            raise BudgetSpent(
                f"the budget of {dollars(self.limit)} is spent: {dollars(self.spent)} so far,"
                f" the next attempt could cost {dollars(ceiling)}",
                hint="sitegen resume EXPERIMENT --budget USD goes on with a larger one",
            )

    def _beat(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def dollars(usd: float) -> str:
    """Dollars with as many digits as tell something: $5, $0.25, $0.996, $0.000031."""
    if usd and abs(usd) < 0.001:
        return f"${usd:.6f}"
    whole, _, rest = f"{usd:.4f}".rstrip("0").partition(".")
    return f"${whole}.{rest:0<2}" if rest else f"${whole}"
