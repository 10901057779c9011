"""Receiving a reply: pieces gathered, text made fit to store, bounds kept, the stream always closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.domain.ports import Chunk
from sitegen_tui.domain.runs import Usage
from sitegen_tui.engine import reception as module
from sitegen_tui.engine.clock import SYSTEM_CLOCK
from sitegen_tui.engine.reception import Mender, Piece, Reception
from sitegen_tui.errors import ProviderError


class Stream:
    """A model's stream that notes its end."""

    def __init__(self, chunks: Iterable[Chunk], *, error: Exception | None = None, hold: bool = False) -> None:
        self.chunks = chunks
        self.error = error
        self.hold = hold
        self.closed = False

    async def __call__(self) -> AsyncGenerator[Chunk, None]:
        try:
            for chunk in self.chunks:
                yield chunk
            if self.hold:
                await asyncio.Event().wait()
            if self.error:
                raise self.error
        finally:
            self.closed = True


async def everything(reception: Reception) -> list[Piece]:
    gathered: list[Piece] = []
    while pieces := await reception.pieces():
        gathered += pieces
    return gathered


async def test_pieces_that_come_together_are_handed_on_as_one_for_each_voice():
    chunks = [Chunk(reasoning="a"), Chunk(reasoning="b"), *(Chunk(text=letter) for letter in "hello")]
    async with Reception(Stream(chunks)(), SYSTEM_CLOCK) as reception:
        assert await everything(reception) == [Piece("ab", True), Piece("hello", False)]
        assert (reception.reasoning, reception.reply) == ("ab", "hello")


async def test_the_last_chunk_tells_reason_and_usage():
    usage = Usage(input_tokens=3, output_tokens=4)
    stream = Stream([Chunk(text="x"), Chunk(finish_reason="length", usage=usage)])
    async with Reception(stream(), SYSTEM_CLOCK) as reception:
        await everything(reception)
        assert (reception.finish_reason, reception.usage) == ("length", usage)
        assert reception.first_token_at is not None
    assert stream.closed


async def test_what_came_before_an_error_is_handed_on_and_then_the_error_raised():
    stream = Stream([Chunk(text="half")], error=ProviderError("gone", retryable=True))
    async with Reception(stream(), SYSTEM_CLOCK) as reception:
        assert await reception.pieces() == (Piece("half", False),)
        with pytest.raises(ProviderError, match="gone"):
            await reception.pieces()
        assert reception.reply == "half"
    assert stream.closed


async def test_leaving_early_closes_the_stream():
    stream = Stream([Chunk(text="x")], hold=True)
    async with Reception(stream(), SYSTEM_CLOCK) as reception:
        await reception.pieces()
        assert not stream.closed
    assert stream.closed


async def test_a_reply_over_the_limit_is_cut_there_and_its_stream_closed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "REPLY_LIMIT", 10)
    stream = Stream([Chunk(text="123456"), Chunk(text="7890ab"), Chunk(text="never")], hold=True)
    async with Reception(stream(), SYSTEM_CLOCK) as reception:
        assert await everything(reception) == [Piece("1234567890", False)]
        assert reception.finish_reason == "length"
    assert stream.closed


async def test_endless_reasoning_is_cut_as_well(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "REPLY_LIMIT", 10)
    async with Reception(Stream([Chunk(reasoning="x" * 50)], hold=True)(), SYSTEM_CLOCK) as reception:
        await everything(reception)
        assert reception.reasoning == "x" * 10


@settings(max_examples=150)
@given(st.lists(st.text(st.characters(), max_size=6), max_size=8))
def test_mended_text_can_be_stored_and_whole_characters_survive_any_cut(parts: list[str]):
    mender = Mender()
    mended = "".join(mender.mend(part) for part in parts) + mender.rest()
    assert mended == "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    mended.encode("utf-8")


def test_a_character_torn_between_two_pieces_is_joined():
    mender = Mender()
    first, second = "\U0001f600".encode("utf-16-be").hex(" ", 2).split()
    assert mender.mend("a" + chr(int(first, 16))) == "a"
    assert mender.mend(chr(int(second, 16)) + "b") == "\U0001f600b"
    assert mender.rest() == ""
