"""The reference editor as a contestant: what a perfect model would answer, written in the protocol that all models use."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen_tui.domain.ports import OFFLINE, Chunk, ModelRequest, Workers
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.providers.pacing import estimated_usage, paced

if TYPE_CHECKING:
    from sitegen_tui.actions.base import Brief

REPLIES = 64
"""Replies that are kept for the next run, which asks the same of the same files."""


class ReferenceProvider:
    """Answers with the reference edit of the site as it is, at the run's pace."""

    lane = OFFLINE

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def ceiling(self, request: ModelRequest) -> float:
        """Nothing: what is calculated here has no price."""
        return 0.0

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk, None]:
        """The reply, piece by piece."""
        pairing = request.plan.pairing
        reply = await self._workers.call(reference_reply, pairing, request.action, request.files)
        async for chunk in paced(reply, request.plan.pace):
            yield chunk
        yield Chunk(finish_reason="stop", usage=estimated_usage(request.messages, reply))


def reference_reply(pairing: Pairing, action_id: str, files: Mapping[str, str]) -> str:
    """The blocks that turn `files` into what the reference editor makes of them."""
    from sitegen_tui.actions.shelf import brief_of

    return _reply(action_id, tuple(files.items()), brief_of(pairing.template, pairing.requirements))


@lru_cache(maxsize=REPLIES)
def _reply(action_id: str, files: tuple[tuple[str, str], ...], brief: Brief) -> str:
    from sitegen_tui.actions.registry import action

    before = dict(files)
    return edits(before, {**before, **action(action_id).edit(before, brief)})


def edits(before: Mapping[str, str], after: Mapping[str, str], *, whole: bool = False) -> str:
    """The reply that turns one set of files into the other; where nothing differs, an edit that changes nothing.

    A reply without any block would count as one that cannot be read, though leaving a site alone may be right.
    """
    from sitegen_tui.site.protocol import format_edits

    reply = format_edits(before, after, whole=whole)
    if reply or not before:
        return reply
    path, text = next(iter(before.items()))
    line = next((line for line in text.split("\n") if line.strip() and text.count(line) == 1), "")
    return f"FILE: {path}\n<<<<<<< SEARCH\n{line}\n=======\n{line}\n>>>>>>> REPLACE\n"
