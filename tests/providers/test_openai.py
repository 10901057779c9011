"""The client of OpenAI-compatible services against a server that misbehaves on purpose: what is told, kept, and how soon."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from sitegen_tui.domain.models import Price
from sitegen_tui.domain.ports import Chunk, Lane, ModelRequest
from sitegen_tui.domain.runs import Message, Pairing, RunPlan, Usage
from sitegen_tui.errors import ProviderError, UsageError
from sitegen_tui.providers import openai
from sitegen_tui.providers.openai import OpenAIProvider, Timeouts
from sitegen_tui.providers.replies import LONGEST_TEXT
from tests.providers import misbehaving as mis
from tests.providers.misbehaving import Server, answer, counted, delta, events_sent, refused

KEY = "sk-or-v1-0123456789abcdef"
AMPLE = Timeouts(connect=20.0, first=60.0, idle=60.0, whole=120.0)
"""For what must come, however busy the machine is."""
QUICK = Timeouts(connect=10.0, first=1.0, idle=0.3, whole=10.0)
"""For what never comes."""
MESSAGES = (Message(role="system", content="You edit websites."), Message(role="user", content="Grüße, make it green."))


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture(autouse=True)
async def _closed() -> AsyncIterator[None]:
    yield
    await openai.aclose()


@dataclass
class Got:
    """All that a provider told of one request."""

    chunks: list[Chunk] = field(default_factory=list)
    error: ProviderError | None = None
    seconds: float = 0.0

    @property
    def text(self) -> str:
        return "".join(chunk.text for chunk in self.chunks)

    @property
    def reasoning(self) -> str:
        return "".join(chunk.reasoning for chunk in self.chunks)

    @property
    def finish(self) -> str | None:
        return next((chunk.finish_reason for chunk in reversed(self.chunks) if chunk.finish_reason), None)

    @property
    def usage(self) -> Usage | None:
        return next((chunk.usage for chunk in reversed(self.chunks) if chunk.usage), None)

    @property
    def failure(self) -> ProviderError:
        assert self.error is not None, "it was answered"
        return self.error


def request(*, seed: int = 7, repeat: int = 1, messages: tuple[Message, ...] = MESSAGES) -> ModelRequest:
    pairing = Pairing(template="blank-site", requirements="harbour-books-01")
    plan = RunPlan(
        run_id="e1.1", experiment_id="e1", model="m", pairing=pairing, actions=("update-hero-text",), seed=seed, repeat=repeat
    )
    return ModelRequest(plan=plan, step=1, action="update-hero-text", attempt=1, messages=messages, files={})


def provider(base_url: str, **other: Any) -> OpenAIProvider:
    told: dict[str, Any] = {
        "model": "vendor/model-1",
        "key": SecretStr(KEY),
        "settings": {},
        "price": None,
        "lane": Lane(name="test"),
        "timeouts": AMPLE,
    }
    return OpenAIProvider(base_url=base_url, **{**told, **other})


async def ask(base_url: str, **other: Any) -> Got:
    got, begun = Got(), time.monotonic()
    try:
        async for chunk in provider(base_url, **other).stream(request()):
            got.chunks.append(chunk)
    except ProviderError as error:
        got.error = error
    got.seconds = time.monotonic() - begun
    return got


async def until(condition: Any, seconds: float = 3.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        await asyncio.sleep(0.01)
    return bool(condition())


# What is asked


async def test_one_post_carries_model_settings_and_messages(server: Server):
    settings = {"temperature": 0.2, "max_tokens": 4000, "reasoning": {"effort": "low"}}
    got = await ask(server.then(answer("Hi")).base_url, settings=settings)
    assert got.text == "Hi"
    (asked,) = server.requests
    assert (asked.method, asked.path) == ("POST", "/v1/chat/completions")
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert asked.body == {
        "model": "vendor/model-1",
        **settings,
        "stream": True,
        "stream_options": {"include_usage": True},
        "messages": [message.model_dump() for message in MESSAGES],
    }


async def test_settings_are_told_first_and_are_what_was_sent_without_messages(server: Server):
    got = await ask(server.then(answer()).base_url, settings={"seed": "run", "top_p": 0.9})
    sent = server.requests[0].body
    assert got.chunks[0].settings == {name: value for name, value in sent.items() if name != "messages"}
    assert KEY not in repr(got.chunks)


async def test_settings_are_told_of_a_request_that_fails_too(server: Server):
    got = await ask(server.then(refused(500)).base_url, settings={"temperature": 0})
    assert got.chunks[0].settings is not None
    assert got.chunks[0].settings["temperature"] == 0


async def test_openrouter_is_asked_for_its_cost(server: Server):
    await ask(server.then(answer()).base_url, dialect="openrouter")
    assert server.requests[0].body["usage"] == {"include": True}
    assert "stream_options" not in server.requests[0].body


async def test_the_runs_own_seed_differs_between_repeats_and_is_the_same_for_the_same_run(server: Server):
    asking = provider(server.always(answer()).base_url, settings={"seed": "run"})
    for one in (request(repeat=1), request(repeat=2), request(repeat=1), request(seed=8)):
        async for _ in asking.stream(one):
            pass
    first, second, again, other = [asked.body["seed"] for asked in server.requests]
    assert first == again
    assert len({first, second, other}) == 3
    assert all(0 <= seed < 2**31 for seed in (first, second, other))


async def test_without_a_key_nothing_authorises(server: Server):
    await ask(server.then(answer()).base_url, key=None)
    assert "authorization" not in server.requests[0].headers


def test_settings_cannot_say_what_a_request_says_by_itself():
    with pytest.raises(UsageError, match="stream"):
        provider("http://127.0.0.1/v1", settings={"stream": False})


@pytest.mark.parametrize("url", ["", "openrouter.ai/api/v1", "ftp://x/v1", "http://", "http://x:port/v1", "http://[::1/v1"])
def test_a_base_url_that_cannot_be_used_is_refused_at_once(url: str):
    with pytest.raises(UsageError):
        provider(url)


# What is heard


async def test_reasoning_is_told_apart_and_never_in_the_text(server: Server):
    got = await ask(server.then(answer("The answer.", reasoning="Let me think about this.")).base_url)
    assert (got.text, got.reasoning, got.finish) == ("The answer.", "Let me think about this.", "stop")


@pytest.mark.parametrize(
    ("said", "text", "reasoning"),
    [
        ({"content": "a", "reasoning_content": "b"}, "a", "b"),
        ({"content": None, "reasoning": "b"}, "", "b"),
        ({"content": "a", "reasoning": "b", "reasoning_content": "b"}, "a", "b"),
        ({"content": "a", "reasoning": None, "reasoning_details": [{"text": "b"}]}, "a", ""),
        ({"content": [{"type": "text", "text": "a"}, {"type": "thinking", "thinking": [{"type": "text", "text": "b"}]}]}, "a", "b"),
        ({"refusal": "I cannot do that."}, "I cannot do that.", ""),
        ({"content": 5, "reasoning": 6, "tool_calls": [{}]}, "", ""),
        (None, "", ""),
    ],
)
async def test_every_form_of_a_delta_is_understood(server: Server, said: Any, text: str, reasoning: str):
    chunk = {"choices": [{"index": 0, "delta": said, "finish_reason": None}]}
    got = await ask(server.then(events_sent(chunk, delta(finish="stop"), "[DONE]")).base_url)
    assert (got.text, got.reasoning, got.error) == (text, reasoning, None)


async def test_other_choices_than_the_first_are_left_out(server: Server):
    chunk = {
        "choices": [{"index": 1, "delta": {"content": "no"}, "finish_reason": "length"}, {"index": 0, "delta": {"content": "yes"}}]
    }
    got = await ask(server.then(events_sent(chunk, delta(finish="stop"))).base_url)
    assert (got.text, got.finish) == ("yes", "stop")


@pytest.mark.parametrize(
    ("said", "told"),
    [("stop", "stop"), ("length", "length"), ("MAX_TOKENS", "length"), ("end_turn", "stop"), ("content_filter", "content_filter")],
)
async def test_finish_reasons_are_told_in_one_language(server: Server, said: str, told: str):
    assert (await ask(server.then(answer(finish=said)).base_url)).finish == told


async def test_done_without_a_finish_reason_ends_a_reply(server: Server):
    got = await ask(server.then(answer("Hi", finish=None)).base_url)
    assert (got.text, got.finish, got.error) == ("Hi", "stop", None)


async def test_a_finish_reason_without_done_ends_a_reply(server: Server):
    got = await ask(server.then(answer("Hi", done=False)).base_url)
    assert (got.text, got.finish, got.error) == ("Hi", "stop", None)


async def test_a_stream_that_ends_without_any_answer_is_a_failure_and_no_empty_reply(server: Server):
    got = await ask(server.then(events_sent("[DONE]")).base_url)
    assert got.failure.retryable
    assert "without an answer" in got.failure.message


async def test_who_answered_is_told(server: Server):
    chunk = {**delta("Hi", finish="stop"), "model": "vendor/model-1-2026", "provider": "Cloud\x1b[31m\nAG"}
    got = await ask(server.then(events_sent(chunk)).base_url)
    assert got.chunks[-1].served_by == "vendor/model-1-2026 via Cloud [31m AG"


# What it costs


async def test_tokens_are_counted_by_the_service_and_priced_by_the_list(server: Server):
    usage = {"prompt_tokens": 1000, "completion_tokens": 200, "completion_tokens_details": {"reasoning_tokens": 150}, "cost": 99}
    got = await ask(server.then(answer(usage=usage)).base_url, price=Price(input=1.0, output=5.0))
    assert got.usage is not None
    assert (got.usage.input_tokens, got.usage.output_tokens, got.usage.reasoning_tokens) == (1000, 200, 150)
    assert got.usage.usd == pytest.approx(0.002)
    assert not got.usage.estimated


@pytest.mark.parametrize(
    ("more", "usd"),
    [
        ({"cost": 0.0123}, 0.0123),
        ({"cost": 0}, 0.0),
        ({"cost": 0.001, "is_byok": True, "cost_details": {"upstream_inference_cost": 0.02}}, 0.021),
        ({"cost": 0.001, "is_byok": False, "cost_details": {"upstream_inference_cost": 0.02}}, 0.001),
        ({"cost": -1}, 0.0002),
        ({"cost": "free"}, 0.0002),
        ({}, 0.0002),
    ],
)
async def test_openrouters_own_cost_goes_before_the_list(server: Server, more: dict[str, Any], usd: float):
    usage = {**mis.USAGE, **more}
    got = await ask(server.then(answer(usage=usage)).base_url, dialect="openrouter", price=Price(input=1.0, output=5.0))
    assert got.usage is not None
    assert got.usage.usd == pytest.approx(usd)


async def test_reasoning_counted_beside_the_reply_becomes_part_of_it(server: Server):
    usage = {"prompt_tokens": 10, "completion_tokens": 5, "completion_tokens_details": {"reasoning_tokens": 300}}
    got = await ask(server.then(answer(usage=usage)).base_url)
    assert got.usage is not None
    assert (got.usage.output_tokens, got.usage.reasoning_tokens) == (305, 300)


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": "12", "completion_tokens": 3}, {"prompt_tokens": -5, "completion_tokens": 3}]
)
async def test_usage_that_is_missing_or_nonsense_is_estimated_and_says_so(server: Server, usage: Any):
    got = await ask(server.then(answer("x" * 400, usage=usage)).base_url, price=Price(input=0.0, output=10.0))
    assert got.usage is not None
    assert got.usage.estimated
    assert got.usage.output_tokens == 100
    assert got.usage.usd == pytest.approx(0.001)


async def test_no_price_is_no_cost_rather_than_none_at_all(server: Server):
    got = await ask(server.then(answer()).base_url)
    assert got.usage is not None
    assert got.usage.usd is None


def test_the_highest_cost_is_that_of_a_dense_prompt_and_the_longest_reply():
    price = Price(input=1.0, output=5.0)
    prompt = (Message(role="user", content="x" * 2_000_000),)
    known = provider("http://127.0.0.1/v1", price=price, settings={"max_tokens": 100_000})
    assert known.ceiling(request(messages=prompt)) == pytest.approx(1.0 + 0.5, rel=1e-3)
    assert provider("http://127.0.0.1/v1", price=price).ceiling(request()) is None
    assert provider("http://127.0.0.1/v1", settings={"max_tokens": 5}).ceiling(request()) is None
    assert provider("http://127.0.0.1/v1", price=Price(input=0, output=0)).ceiling(request()) == 0.0


# Networks


async def test_half_a_character_a_packet_loses_nothing(server: Server):
    text = "Grüße 日本語 🙂 é"
    raw = mis.stream_of({"choices": [{"delta": {"content": text}}]}, delta(finish="stop"))
    raw = raw.replace(json.dumps(text).encode(), json.dumps(text, ensure_ascii=False).encode())
    assert "🙂".encode() in raw
    got = await ask(server.then(mis.body_sent([raw[at : at + 1] for at in range(len(raw))])).base_url)
    assert (got.text, got.error) == (text, None)


async def test_halves_of_an_escaped_character_come_through_as_halves(server: Server):
    """The engine joins them."""
    raw = b'data: {"choices":[{"delta":{"content":"\\ud83d"}}]}\n\n'
    raw += b'data: {"choices":[{"delta":{"content":"\\ude42"},"finish_reason":"stop"}]}\n\n'
    got = await ask(server.then(mis.body_sent(raw)).base_url)
    assert got.text.encode("utf-16", "surrogatepass").decode("utf-16") == "🙂"


async def test_comments_names_crlf_and_data_of_several_lines_are_understood(server: Server):
    raw = (
        b"\xef\xbb\xbf: PROCESSING\r\n\r\nevent: message\r\nid: 1\r\nretry: 5\r\n"
        b'data: {"choices": [{"delta":\r\ndata: {"content": "Hi"}}]}\r\n\r\n:\r\ndata:\r\n\r\n'
        b'data:{"choices":[{"delta":{},"finish_reason":"stop"}]}\r\n\r\ndata: [DONE]\r\n\r\n'
    )
    got = await ask(server.then(mis.body_sent(raw)).base_url)
    assert (got.text, got.finish, got.error) == ("Hi", "stop", None)


async def test_a_reply_whose_connection_breaks_keeps_what_came_and_what_it_costs(server: Server):
    got = await ask(server.then(mis.resets("Hello, world")).base_url, price=Price(input=1.0, output=1.0))
    assert got.text == "Hello, world"
    assert got.failure.retryable
    assert got.usage is not None
    assert got.usage.estimated
    assert got.usage.usd is not None
    assert got.finish is None


@pytest.mark.parametrize("politely", [True, False])
async def test_a_reply_that_just_stops_is_an_outside_failure_and_not_a_short_reply(server: Server, politely: bool):
    got = await ask(server.then(mis.closes("Hello", politely=politely)).base_url)
    assert got.text == "Hello"
    assert got.finish is None
    assert got.failure.retryable


async def test_half_an_event_at_the_end_is_a_reply_cut_off(server: Server):
    raw = mis.event(delta("Hello")) + mis.event(delta(" world"))[:-20]
    got = await ask(server.then(mis.body_sent(raw)).base_url)
    assert got.text == "Hello"
    assert got.failure.retryable
    assert "cut the reply off" in got.failure.message


async def test_a_connection_that_breaks_after_a_whole_reply_does_not_matter(server: Server):
    async def script(peer: mis.Peer) -> None:
        await peer.head()
        await peer.event(delta("Hi", finish="stop"))
        await peer.hang(0.05)
        peer.reset()

    got = await ask(server.then(script).base_url)
    assert (got.text, got.finish, got.error) == ("Hi", "stop", None)


async def test_no_answer_at_all_ends_at_the_limit_for_the_first_text(server: Server):
    got = await ask(server.then(mis.silence).base_url, timeouts=QUICK)
    assert got.failure.retryable
    assert "no first text within 1 s" in got.failure.message
    assert got.seconds < 8.0
    assert await until(server.requests[0].hung_up.is_set)


async def test_a_reply_that_stalls_ends_at_the_limit_for_signs_of_life(server: Server):
    got = await ask(server.then(mis.stalls("Hello")).base_url, timeouts=QUICK)
    assert got.text == "Hello"
    assert got.failure.retryable
    assert "no sign of life for 0.3 s" in got.failure.message
    assert got.seconds < 8.0
    assert await until(server.requests[0].hung_up.is_set)


@pytest.mark.parametrize("text", ["", "Hello"])
async def test_comments_keep_a_reply_alive_but_not_for_ever(server: Server, text: str):
    got = await ask(server.then(mis.stalls(text, comments=0.05)).base_url, timeouts=QUICK)
    assert got.text == text
    assert got.failure.retryable
    assert ("further" if text else "first") + " text within 1 s" in got.failure.message
    assert 0.9 < got.seconds < 8.0


async def test_comments_before_a_slow_first_text_are_waited_for(server: Server):
    async def script(peer: mis.Peer) -> None:
        await peer.head()
        for _ in range(10):
            await peer.send(b": PROCESSING\n\n")
            await peer.hang(0.05)
        await peer.event(delta("Hi", finish="stop"))
        await peer.end()

    got = await ask(server.then(script).base_url, timeouts=Timeouts(connect=20, first=30, idle=0.05, whole=60))
    assert (got.text, got.error) == ("Hi", None)


async def test_a_slow_drip_is_heard_to_its_end_and_one_without_an_end_is_not(server: Server):
    got = await ask(server.then(answer("slowly, slowly, slowly", pause=0.1)).base_url)
    assert (got.text, got.error) == ("slowly, slowly, slowly", None)
    got = await ask(
        server.then(answer("x" * 2000, pause=0.1)).base_url, timeouts=Timeouts(connect=20, first=20, idle=20, whole=0.8)
    )
    assert got.failure.retryable
    assert "not complete within 0.8 s" in got.failure.message
    assert 0 < len(got.text) < 2000
    assert got.seconds < 8.0


async def test_usage_that_never_comes_is_not_waited_for_long(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(openai, "PATIENCE_AFTER", 0.2)

    async def script(peer: mis.Peer) -> None:
        await peer.head()
        await peer.event(delta("Hi", finish="stop"))
        await peer.hang()

    got = await ask(server.then(script).base_url, timeouts=Timeouts())
    assert (got.text, got.error) == ("Hi", None)
    assert got.usage is not None
    assert got.usage.estimated
    assert got.seconds < 8.0


async def test_leaving_a_reply_closes_its_connection(server: Server):
    stream = provider(server.then(answer("x" * 20_000, pause=0.02)).base_url).stream(request())
    async with aclosing(stream):
        async for chunk in stream:
            if chunk.text:
                break
    assert await until(server.requests[0].hung_up.is_set)


@pytest.mark.parametrize("script", [mis.silence, mis.stalls("Hello")])
async def test_cancelling_closes_the_connection(server: Server, script: mis.Script):
    server.then(script)

    async def listen() -> None:
        async for _ in provider(server.base_url, timeouts=Timeouts()).stream(request()):
            pass

    task = asyncio.create_task(listen())
    assert await until(lambda: server.requests)
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await until(server.requests[0].hung_up.is_set)


async def test_connections_are_kept_and_used_again(server: Server):
    server.always(answer())
    for _ in range(3):
        assert (await ask(server.base_url)).text == "Hello"
    assert {asked.connection for asked in server.requests} == {1}


async def test_a_kept_connection_that_turns_out_dead_is_made_anew_at_once(server: Server):
    server.then(mis.dies_when_used_again(answer("one")), answer("two"))
    assert (await ask(server.base_url)).text == "one"
    got = await ask(server.base_url)
    assert (got.text, got.error) == ("two", None)
    assert [asked.connection for asked in server.requests] == [1, 2]


async def test_a_new_connection_that_breaks_before_any_byte_is_left_to_the_engine(server: Server):
    got = await ask(server.then(mis.resets(""), answer()).base_url)
    assert got.failure.retryable
    assert len(server.requests) == 1


async def test_connections_are_closed_at_the_end(server: Server):
    server.then(mis.dies_when_used_again(answer()))
    await ask(server.base_url)
    assert not server.requests[0].hung_up.is_set()
    await openai.aclose()
    assert await until(lambda: server.standing == 0)


async def test_no_module_is_looked_for_at_each_call(server: Server, monkeypatch: pytest.MonkeyPatch):
    looked_for: list[str] = []

    class Watching:
        @staticmethod
        def find_spec(name: str, path: object = None, target: object = None) -> None:
            looked_for.append(name)

    server.always(answer())
    await ask(server.base_url)
    monkeypatch.setattr(sys, "meta_path", [Watching, *sys.meta_path])
    await ask(server.base_url)
    assert looked_for == []


async def test_nothing_of_httpx_is_loaded_before_something_is_asked():
    code = (
        "import sys; from sitegen_tui.providers.openai import OpenAIProvider; from sitegen_tui.domain.ports import Lane; "
        "OpenAIProvider(base_url='http://127.0.0.1/v1', model='m', key=None, settings={}, price=None, lane=Lane(name='t')); "
        "sys.exit('httpx' in sys.modules or 'httpcore' in sys.modules)"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    assert await process.wait() == 0


# Bounds


async def test_a_hundred_thousand_tiny_chunks_are_all_heard(server: Server):
    tiny = mis.event({"choices": [{"delta": {"content": "x"}}]})
    raw = [tiny] * 100_000 + [mis.stream_of(delta(finish="stop"))]
    got = await ask(server.then(mis.body_sent(raw, at_once=500)).base_url, timeouts=Timeouts())
    assert got.error is None
    assert len(got.text) == 100_000


async def test_one_chunk_of_twenty_megabytes_is_no_piece_of_a_reply(server: Server):
    raw = mis.stream_of(delta("so far"), delta("x" * 20_000_000))
    got = await ask(server.then(mis.body_sent([raw[at : at + 65_536] for at in range(0, len(raw), 65_536)])).base_url)
    assert got.text == "so far"
    assert not got.failure.retryable
    assert "an event of more than" in got.failure.message


async def test_a_reply_without_an_end_is_left_where_no_more_of_it_is_kept(server: Server):
    async def script(peer: mis.Peer) -> None:
        await peer.head()
        while True:
            await peer.event(delta("x" * 100_000))

    got = await ask(server.then(script).base_url, timeouts=Timeouts())
    assert (len(got.text), got.finish, got.error) == (LONGEST_TEXT, "length", None)
    assert await until(server.requests[0].hung_up.is_set)


async def test_an_answer_that_comes_packed_is_read(server: Server):
    raw = mis.stream_of(delta("Hello"), delta(" world", finish="stop"), counted())
    got = await ask(server.then(mis.packed(raw)).base_url)
    assert (got.text, got.error) == ("Hello world", None)
    assert server.requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"data: " + b"x" * 300_000_000, "an event of more than"), (b":\n\n" * 100_000_000, "no end of a reply")],
    ids=["one line", "nothing but comments"],
)
async def test_a_bomb_is_not_unpacked_wholly(server: Server, data: bytes, message: str):
    import tracemalloc

    packed = gzip.compress(data, 1)
    del data
    tracemalloc.start()
    got = await ask(server.then(mis.body_sent(packed, {**mis.EVENTS, "Content-Encoding": "gzip"})).base_url, timeouts=Timeouts())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert message in got.failure.message
    assert peak < 64 * 1024 * 1024


async def test_a_bomb_keeps_nobody_else_waiting(server: Server):
    packed = gzip.compress(b":\n\n" * 5_000_000, 1)
    server.then(mis.body_sent(packed, {**mis.EVENTS, "Content-Encoding": "gzip"}))
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    turning = asyncio.create_task(turn())
    got = await ask(server.base_url)
    turning.cancel()
    assert got.failure
    # In pieces of 64 KiB its 14 MiB are more than 200.
    assert turns > 200


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
async def test_an_answer_packed_in_another_way_says_what_to_do(server: Server, encoding: str):
    got = await ask(server.then(mis.body_sent(b"xxx", {**mis.EVENTS, "Content-Encoding": encoding})).base_url)
    assert encoding in got.failure.message
    assert not got.failure.retryable


# Refusals


@pytest.mark.parametrize(
    ("status", "retryable"),
    [
        *((status, False) for status in (400, 401, 402, 403, 404, 405, 413, 418, 422, 501)),
        *((status, True) for status in (408, 409, 425, 429, 500, 502, 503, 504, 524, 529)),
    ],
)
async def test_a_status_tells_whether_trying_again_may_help(server: Server, status: int, retryable: bool):
    got = await ask(server.then(refused(status, {"error": {"message": "The reason is this."}})).base_url)
    assert got.failure.retryable is retryable
    assert f"status {status}" in got.failure.message
    assert "The reason is this." in got.failure.message
    assert server.base_url in got.failure.message
    assert got.failure.hint
    assert got.failure.exit_status == 3


@pytest.mark.parametrize(
    "body",
    [
        {"error": "The reason"},
        {"detail": "The reason"},
        {"message": "The reason"},
        {"error": {"metadata": {"raw": "The reason"}}},
        "The reason",
    ],
)
async def test_a_services_own_words_are_found_wherever_they_are(server: Server, body: Any):
    got = await ask(server.then(refused(400, body)).base_url)
    assert "(The reason)" in got.failure.message


async def test_a_page_for_people_is_not_quoted(server: Server):
    got = await ask(server.then(refused(502, "<html><body>Bad gateway</body></html>")).base_url)
    assert "<html>" not in got.failure.message
    assert got.failure.retryable


async def test_foreign_words_are_bounded_and_without_control_characters(server: Server):
    got = await ask(server.then(refused(400, {"error": {"message": "\x1b[2J" + "long " * 100_000}})).base_url)
    assert "\x1b" not in got.failure.message
    assert len(got.failure.message) < 600


async def test_a_refusal_whose_words_never_end_is_told_by_its_status(server: Server, monkeypatch: pytest.MonkeyPatch):
    from sitegen_tui.providers import wire

    monkeypatch.setattr(wire, "PATIENCE_WITH_A_REFUSAL", 0.2)

    async def script(peer: mis.Peer) -> None:
        await peer.head(503, {"Content-Type": "application/json"})
        await peer.send(b'{"error": ')
        await peer.hang()

    got = await ask(server.then(script).base_url)
    assert "status 503" in got.failure.message
    assert got.seconds < 8.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "0.5"}, 0.5),
        ({"retry-after-ms": "1500", "Retry-After": "2"}, 1.5),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT", "Date": "Wed, 21 Oct 2026 07:27:30 GMT"}, 30.0),
        ({"Retry-After": "Wed, 21 Oct 2020 07:28:00 GMT"}, 0.0),
        ({"Retry-After": "-5"}, 0.0),
        ({"Retry-After": "99999999999"}, 86_400.0),
        ({"X-RateLimit-Reset": "1792567680000", "Date": "Wed, 21 Oct 2026 07:27:30 GMT"}, 30.0),
        ({"X-RateLimit-Reset": "1792567680", "Date": "Wed, 21 Oct 2026 07:27:30 GMT"}, 30.0),
        ({"X-RateLimit-Reset": "30"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "nan"}, None),
        ({}, None),
    ],
)
async def test_how_long_to_wait_is_told_in_both_forms(server: Server, headers: dict[str, str], seconds: float | None):
    got = await ask(server.then(refused(429, headers=headers)).base_url)
    assert got.failure.retryable
    assert got.failure.retry_after == seconds


async def test_an_empty_account_is_no_passing_failure_though_it_looks_like_one(server: Server):
    error = {"error": {"message": "You exceeded your current quota.", "type": "insufficient_quota", "code": "insufficient_quota"}}
    got = await ask(server.then(refused(429, error, {"Retry-After": "5"})).base_url)
    assert not got.failure.retryable
    assert "credit" in got.failure.message


@pytest.mark.parametrize(
    ("error", "retryable"),
    [
        ({"code": 429, "message": "slow down"}, True),
        ({"code": 502, "message": "the provider is down"}, True),
        ({"code": "server_error", "message": "oops"}, True),
        ({"type": "overloaded_error", "message": "busy"}, True),
        ({"code": 402, "message": "no credits"}, False),
        ({"code": 400, "message": "too long"}, False),
        ({"type": "invalid_request_error", "message": "no"}, False),
        ("it went wrong", False),
    ],
)
async def test_an_error_in_a_stream_is_an_error_and_keeps_what_came_before(server: Server, error: Any, retryable: bool):
    event = {**delta(finish="error"), "error": error}
    got = await ask(server.then(events_sent(delta("Hello"), event)).base_url)
    assert got.text == "Hello"
    assert got.failure.retryable is retryable
    said = error if isinstance(error, str) else error["message"]
    assert said in got.failure.message


async def test_an_error_within_a_choice_and_one_without_words_are_errors_too(server: Server):
    choice = {"choices": [{"index": 0, "delta": {"content": "x"}, "error": {"code": 503, "message": "gone"}}]}
    got = await ask(server.then(events_sent(choice), events_sent(delta(finish="error"))).base_url)
    assert got.failure.retryable
    assert "gone" in got.failure.message
    assert (await ask(server.base_url)).failure.retryable


async def test_an_error_as_json_with_a_good_status_is_an_error(server: Server):
    got = await ask(server.then(refused(200, {"error": {"code": 429, "message": "slow down"}})).base_url)
    assert got.failure.retryable
    assert "slow down" in got.failure.message


@pytest.mark.parametrize("body", ["<html>Welcome to the hotel's network</html>", {"choices": []}, "hello"])
async def test_something_else_than_a_stream_says_what_it_was(server: Server, body: Any):
    got = await ask(server.then(refused(200, body)).base_url)
    assert not got.failure.retryable
    assert re.search("answered with (text/html|application/json) instead of a stream", got.failure.message)
    assert "/v1" in got.failure.hint


@pytest.mark.parametrize("broken", ['{"choices": [', "[1, 2", "nonsense", "[" * 100_000])
async def test_broken_json_is_an_outside_failure(server: Server, broken: str):
    got = await ask(server.then(events_sent(delta("Hello"), broken, delta(finish="stop"))).base_url)
    assert got.text == "Hello"
    assert got.failure.retryable
    assert "broken JSON" in got.failure.message


@pytest.mark.parametrize("odd", ["[]", "7", '"text"', "null"])
async def test_json_that_is_no_piece_of_a_reply_is_an_outside_failure(server: Server, odd: str):
    got = await ask(server.then(events_sent(odd, delta(finish="stop"))).base_url)
    assert not got.failure.retryable


async def test_a_redirect_is_not_followed_and_says_where_it_points(server: Server):
    got = await ask(server.then(mis.redirect("https://user:hunter22@elsewhere.example/v2?key=hunter22")).base_url)
    assert not got.failure.retryable
    assert "https://elsewhere.example/v2" in got.failure.message
    assert "hunter22" not in got.failure.message
    assert len(server.requests) == 1


async def test_nothing_listening_may_pass():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        got = await ask(f"http://127.0.0.1:{taken.getsockname()[1]}/v1")
    assert got.failure.retryable
    assert "connection refused" in got.failure.message


async def test_an_unknown_host_does_not_pass():
    got = await ask("http://nowhere.invalid/v1", timeouts=Timeouts(connect=10))
    assert "cannot be resolved" in got.failure.message or "no connection within" in got.failure.message


async def test_a_connection_that_nobody_accepts_ends_at_its_limit():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        try:
            for one in waiting:
                one.setblocking(False)
                one.connect_ex(listening.getsockname())
            got = await ask(f"http://127.0.0.1:{listening.getsockname()[1]}/v1", timeouts=Timeouts(connect=0.3, first=5))
        finally:
            for one in waiting:
                one.close()
    assert got.failure.retryable
    assert "no connection within 0.3 s" in got.failure.message
    assert got.seconds < 8.0


async def test_a_server_without_tls_says_how_it_is_reached(server: Server):
    got = await ask(server.base_url.replace("http:", "https:"))
    assert not got.failure.retryable
    assert "TLS" in got.failure.message
    assert "http://" in got.failure.hint


async def test_a_certificate_that_nobody_vouches_for_is_not_accepted(tmp_path: Path):
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=127.0.0.1"]
    subprocess.run([openssl, *made], cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with Server(tls=context) as secure:
        got = await ask(secure.always(answer()).base_url)
    assert not got.failure.retryable
    assert "certificate is not trusted" in got.failure.message
    assert secure.requests == []


async def test_something_that_speaks_no_http_is_named_so():
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"220 mail.example ESMTP\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as mail:
        got = await ask(f"http://127.0.0.1:{mail.sockets[0].getsockname()[1]}/v1")
    assert not got.failure.retryable
    assert "does not speak HTTP" in got.failure.message
