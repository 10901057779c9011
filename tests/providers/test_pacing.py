"""Sending ready text as a model would."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.domain.runs import Message
from sitegen_tui.providers.pacing import estimated_usage, paced


async def gathered(text: str, pace: float | None) -> list[str]:
    return [chunk.text async for chunk in paced(text, pace)]


async def test_without_a_pace_the_text_comes_at_once():
    assert await gathered("x" * 100_000, None) == ["x" * 100_000]
    assert await gathered("", None) == []


@settings(max_examples=60)
@given(st.text(max_size=200), st.floats(min_value=20_000, max_value=1e6))
def test_a_paced_text_comes_whole_and_in_order(text: str, pace: float):
    assert "".join(asyncio.run(gathered(text, pace))) == text


async def test_a_paced_text_takes_the_time_it_should():
    loop = asyncio.get_running_loop()
    begun = loop.time()
    pieces = await gathered("abcd" * 40, 200.0)
    assert loop.time() - begun >= 40 / 200.0 - 0.01
    assert len(pieces) > 5


async def test_reasoning_is_paced_as_reasoning():
    chunks = [chunk async for chunk in paced("thought", None, reasoning=True)]
    assert [(chunk.text, chunk.reasoning) for chunk in chunks] == [("", "thought")]


@pytest.mark.parametrize(("text", "count"), [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2)])
def test_usage_is_estimated_by_four_characters_a_token(text: str, count: int):
    usage = estimated_usage([Message(role="user", content=text)], text, text)
    assert (usage.input_tokens, usage.output_tokens, usage.reasoning_tokens) == (count, 2 * count, count)
    assert usage.usd == 0
