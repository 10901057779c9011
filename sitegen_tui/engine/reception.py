"""Receiving a reply: a model's pieces as they come, bounded, made fit to store, and gathered for those who watch."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from types import TracebackType
from typing import NamedTuple

from pydantic import JsonValue

from sitegen_tui.domain.ports import Chunk
from sitegen_tui.domain.runs import Usage
from sitegen_tui.engine.clock import Clock

REPLY_LIMIT = 4 * 1024 * 1024
"""Characters of a reply, its reasoning not counted; the same of reasoning. What is over is cut off."""

REFRESH = 1 / 30
"""Seconds between two pieces handed on while a reply streams."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class Piece(NamedTuple):
    """Text that came in since the last piece."""

    text: str
    reasoning: bool


class Mender:
    """Joins surrogate halves that a provider's pieces tore apart; a half that stays alone becomes U+FFFD."""

    def __init__(self) -> None:
        self._half = ""

    def mend(self, text: str) -> str:
        """`text` as it can be stored; a half at its end waits for the next piece."""
        if self._half:
            text, self._half = self._half + text, ""
        if text.isascii() or not _SURROGATE.search(text):
            return text
        if "\ud800" <= text[-1] <= "\udbff":
            text, self._half = text[:-1], text[-1]
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def rest(self) -> str:
        """What is left at the end."""
        half, self._half = self._half, ""
        return "\ufffd" if half else ""


@dataclass(slots=True)
class _Voice:
    """One of the two texts of a reply: the answer or the reasoning."""

    reasoning: bool
    mender: Mender
    parts: list[str]
    length: int = 0

    def take(self, text: str) -> str:
        text = self.mender.mend(text)[: REPLY_LIMIT - self.length]
        self.length += len(text)
        if text:
            self.parts.append(text)
        return text

    @property
    def full(self) -> bool:
        return self.length >= REPLY_LIMIT


class Reception:
    """Reads a reply to its end in the background; an async context, whose end closes the model's stream.

    `pieces` hands on what came in, at most thirty times a second; `reply`, `reasoning`, `finish_reason`, `usage`, `settings`,
    `served_by` and `first_token_at` (seconds of the clock) grow meanwhile.
    """

    def __init__(self, chunks: AsyncIterator[Chunk], clock: Clock) -> None:
        self.finish_reason: str | None = None
        self.usage = Usage()
        self.settings: dict[str, JsonValue] = {}
        self.served_by = ""
        self.first_token_at: float | None = None
        self._chunks = chunks
        self._clock = clock
        self._answer = _Voice(False, Mender(), [])
        self._thought = _Voice(True, Mender(), [])
        self._waiting: list[Piece] = []
        self._ready = asyncio.Event()
        self._done = asyncio.Event()
        self._handed_on = float("-inf")
        self._task: asyncio.Task[None] | None = None

    @property
    def reply(self) -> str:
        """The answer so far."""
        return "".join(self._answer.parts)

    @property
    def reasoning(self) -> str:
        """The reasoning so far."""
        return "".join(self._thought.parts)

    async def __aenter__(self) -> Reception:
        self._task = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            if not self._task.cancelled():
                self._task.exception()

    async def pieces(self) -> tuple[Piece, ...]:
        """What came in since the last time; empty once the reply has ended. Raises what the model's stream raised."""
        await self._ready.wait()
        early = self._handed_on + REFRESH - self._clock.seconds()
        if early > 0 and not self._done.is_set():
            try:
                async with asyncio.timeout(early):
                    await self._done.wait()
            except TimeoutError:
                pass
        self._handed_on = self._clock.seconds()
        pieces = _joined(self._waiting)
        self._waiting.clear()
        if not self._done.is_set():
            self._ready.clear()
        elif not pieces and self._task is not None:
            await self._task
        return pieces

    async def _read(self) -> None:
        try:
            async for chunk in self._chunks:
                self._take(chunk)
                if self._answer.full or self._thought.full:
                    self.finish_reason = "length"
                    break
        finally:
            self._hear(self._thought, self._thought.mender.rest())
            self._hear(self._answer, self._answer.mender.rest())
            self._done.set()
            self._ready.set()
            close = getattr(self._chunks, "aclose", None)
            if close is not None:
                await close()

    def _take(self, chunk: Chunk) -> None:
        if chunk.reasoning:
            self._hear(self._thought, chunk.reasoning)
        if chunk.text:
            self._hear(self._answer, chunk.text)
        if chunk.finish_reason is not None:
            self.finish_reason = chunk.finish_reason
        if chunk.usage is not None:
            self.usage = chunk.usage
        if chunk.settings is not None:
            self.settings = dict(chunk.settings)
        if chunk.served_by:
            self.served_by = chunk.served_by

    def _hear(self, voice: _Voice, text: str) -> None:
        text = voice.take(text) if text else ""
        if not text:
            return
        if self.first_token_at is None:
            self.first_token_at = self._clock.seconds()
        self._waiting.append(Piece(text, voice.reasoning))
        self._ready.set()


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    run: list[str] = []
    for index, piece in enumerate(pieces):
        run.append(piece.text)
        if index + 1 == len(pieces) or pieces[index + 1].reasoning != piece.reasoning:
            joined.append(Piece("".join(run), piece.reasoning))
            run = []
    return tuple(joined)
