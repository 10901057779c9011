"""A stored run as a contestant: what a model answered then, at the pace it did or faster, to today's parser and judge."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from sitegen_tui.domain.ports import OFFLINE, Chunk, ModelRequest, Recordings
from sitegen_tui.domain.runs import Attempt
from sitegen_tui.errors import ProviderError
from sitegen_tui.providers.pacing import paced, tokens


class ReplayProvider:
    """Answers a turn with the reply to the same turn (step and purpose) of the stored run.

    Attempts that failed for outside reasons are left out: what counted then is what is judged now.
    """

    lane = OFFLINE

    def __init__(self, run_id: str, recordings: Recordings) -> None:
        self._run_id = run_id
        self._recordings = recordings

    def ceiling(self, request: ModelRequest) -> float:
        """Nothing: it was paid for when it was recorded."""
        return 0.0

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk, None]:
        """The recorded reply, with the recorded usage. Raises ProviderError for a turn that was not recorded."""
        recorded = await self._recorded(request)
        yield Chunk(settings=recorded.settings, served_by=recorded.served_by)
        speed = request.plan.speed
        if speed is not None and recorded.first_token_ms:
            await asyncio.sleep(recorded.first_token_ms / 1000 / speed)
        pace = _pace(recorded, speed)
        async for chunk in paced(recorded.reasoning, pace, reasoning=True):
            yield chunk
        async for chunk in paced(recorded.reply, pace):
            yield chunk
        yield Chunk(finish_reason=recorded.finish_reason, usage=recorded.usage.model_copy(update={"usd": 0.0}))

    async def _recorded(self, request: ModelRequest) -> Attempt:
        attempts = await self._recordings.attempts(self._run_id, request.step)
        for attempt in attempts:
            if attempt.purpose == request.purpose and not attempt.error and attempt.finish_reason != "error":
                return attempt
        turn = {"edit": "first turn", "repair": "repair turn", "whole-file": "whole-file turn"}[request.purpose]
        raise ProviderError(
            f"the stored run {self._run_id} has no answer to this turn: the {turn} of {request.action}",
            hint="it was not run so far, failed, or its replies were read otherwise when it was recorded",
        )


def _pace(recorded: Attempt, speed: float | None) -> float | None:
    """Tokens a second so that the reply takes as long as it did, divided by `speed`; None for at once."""
    writing = (recorded.total_ms - (recorded.first_token_ms or 0.0)) / 1000
    if speed is None or writing <= 0:
        return None
    return max(1e-3, (tokens(recorded.reasoning) + tokens(recorded.reply)) / writing * speed)
