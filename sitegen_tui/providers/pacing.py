"""Sending a text that is already there as a model would: at once, or so many tokens a second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable

from sitegen_tui.domain.ports import Chunk
from sitegen_tui.domain.runs import Message, Usage

CHARACTERS_PER_TOKEN = 4
TICK = 0.02
"""Seconds between two pieces of a paced reply at most: what no eye tells apart need not be sent apart."""


async def paced(text: str, pace: float | None, *, reasoning: bool = False) -> AsyncGenerator[Chunk, None]:
    """`text` in pieces of whole tokens, `pace` tokens a second in real time; in one piece without a pace.

    The pace is kept over the whole text: a late piece is followed by a bigger one, not by a later end.
    """
    if not text:
        return
    if pace is None:
        yield _chunk(text, reasoning)
        return
    loop = asyncio.get_running_loop()
    begun, sent = loop.time(), 0
    together = max(1, int(pace * TICK))
    while sent * CHARACTERS_PER_TOKEN < len(text):
        due = max(sent, int((loop.time() - begun) * pace)) + together
        yield _chunk(text[sent * CHARACTERS_PER_TOKEN : due * CHARACTERS_PER_TOKEN], reasoning)
        sent = min(due, tokens(text))
        await asyncio.sleep(begun + sent / pace - loop.time())


def tokens(text: str) -> int:
    """About how many tokens a text is."""
    return -(-len(text) // CHARACTERS_PER_TOKEN)


def estimated_usage(messages: Iterable[Message], reply: str, reasoning: str = "") -> Usage:
    """Usage of a model that calculates here: tokens as far as they can be told from lengths, and it costs nothing."""
    thought = tokens(reasoning)
    return Usage(
        input_tokens=sum(tokens(message.content) for message in messages),
        output_tokens=tokens(reply) + thought,
        reasoning_tokens=thought,
        usd=0.0,
        estimated=True,
    )


def _chunk(text: str, reasoning: bool) -> Chunk:
    return Chunk(reasoning=text) if reasoning else Chunk(text=text)
