"""The circuit breaker of a lane: whether it fails for everyone, and when it is worth another try."""

from __future__ import annotations

from sitegen_tui.errors import ProviderError

FAILURES = 5
"""Passing failures in a row, without any answer between them, after which a lane is taken to fail for everyone."""
RUNS = 2
"""Runs that those must come from: one run alone may be failing by what it asks."""
FIRST_PAUSE = 15.0
"""Seconds before the first try; each further pause is twice as long, up to the longest."""
LONGEST_PAUSE = 300.0
PATIENCE = 900.0
"""Seconds from the beginning of the first pause to the last try; then the lane is given up."""


class Breaker:
    """Closed, paused, or given up. Times are seconds of one clock.

    While it is not closed one request at a time may try the lane, after a pause each; whatever the lane answers, even a
    refusal, closes it. A lane that is given up lets one request at a time try without a pause, and is judged anew once the
    longest pause has gone by.
    """

    def __init__(self) -> None:
        self.trying = False
        self.until = 0.0
        self.last: ProviderError | None = None
        self._failures = 0
        self._runs: set[str] = set()
        self._opened_at: float | None = None
        self._pause = FIRST_PAUSE
        self._gave_up_at: float | None = None

    @property
    def closed(self) -> bool:
        """Whether requests go through as usual."""
        return self._opened_at is None

    @property
    def given_up(self) -> bool:
        """Whether a failure now fails everyone who waits."""
        return self._gave_up_at is not None

    def minutes(self, now: float) -> float:
        """How long the lane has been failing."""
        return 0.0 if self._opened_at is None else (now - self._opened_at) / 60

    def look(self, now: float) -> None:
        """Forget a lane's past where it is too old to tell anything."""
        if self._gave_up_at is not None and not self.trying and now - self._gave_up_at >= LONGEST_PAUSE:
            self.answered()

    def answered(self) -> None:
        """The lane has answered: it works."""
        self._failures = 0
        self._runs.clear()
        self._opened_at = self._gave_up_at = self.last = None
        self._pause, self.until, self.trying = FIRST_PAUSE, 0.0, False

    def failed(self, now: float, run_id: str, failure: ProviderError, *, trial: bool) -> None:
        """A request failed for a passing reason; `trial` if it was let through to try the lane."""
        self.last = failure
        if trial:
            self.trying = False
        if self._opened_at is None:
            self._failures += 1
            self._runs.add(run_id)
            if self._failures >= FAILURES and len(self._runs) >= RUNS:
                self._opened_at = now
                self.until = now + self._pause
        elif trial:
            end = self._opened_at + PATIENCE
            if now >= end:
                self._gave_up_at, self.until = now, now
            else:
                self._pause = min(LONGEST_PAUSE, self._pause * 2)
                self.until = min(now + self._pause, end)

    def withdrawn(self) -> None:
        """The request that was to try the lane has ended without having been made."""
        self.trying = False
