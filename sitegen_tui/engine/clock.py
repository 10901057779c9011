"""Time, as the engine needs it: what o'clock it is, how long something took, and waiting."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """The engine's only source of time, so that tests can stand still."""

    def now(self) -> datetime:
        """The time of day, with its zone."""
        ...

    def seconds(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """The monotonic clock."""
        return time.perf_counter()

    async def sleep(self, seconds: float) -> None:
        """Wait without holding up anybody else."""
        await asyncio.sleep(seconds)


SYSTEM_CLOCK = SystemClock()
