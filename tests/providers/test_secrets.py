"""Keys: where they are found, and that they are nowhere else, whatever goes wrong."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import sys
import time
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import SecretStr

from sitegen_tui import settings
from sitegen_tui.domain.events import AttemptFinished, Event, StepFailed, StepScored, TokenDelta, durable
from sitegen_tui.domain.models import Price
from sitegen_tui.domain.ports import Lane
from sitegen_tui.domain.runs import ExperimentPlan, Pairing, RunPlan
from sitegen_tui.engine.pool import InlineWorkers
from sitegen_tui.engine.run import run
from sitegen_tui.errors import ProviderError
from sitegen_tui.providers import openai
from sitegen_tui.providers.openai import OpenAIProvider, Timeouts
from sitegen_tui.settings import redact, secret
from sitegen_tui.store import Store
from tests.providers import misbehaving as mis
from tests.providers.misbehaving import Server, answer, delta, events_sent, refused

KEY = "sk-or-v1-FEDCBA9876543210/+Secret"
AMPLE = Timeouts(connect=20.0, first=60.0, idle=60.0, whole=120.0)
QUICK = Timeouts(connect=10.0, first=1.0, idle=0.3, whole=10.0)
PAIRING = Pairing(template="blank-site", requirements="harbour-books-01")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture(autouse=True)
async def _closed() -> AsyncIterator[None]:
    yield
    await openai.aclose()


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A keyring that holds what is put into `held`; the module of that name, since none may be installed."""
    settings._kept.cache_clear()
    module: Any = ModuleType("keyring")
    module.held = {}
    module.get_password = lambda service, name: module.held.get((service, name))
    monkeypatch.setitem(sys.modules, "keyring", module)
    yield module
    settings._kept.cache_clear()


class Hurried:
    """A clock whose pauses take no time."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> datetime:
        return datetime.now(UTC)

    def seconds(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def provider(base_url: str, **other: Any) -> OpenAIProvider:
    told: dict[str, Any] = {
        "model": "m",
        "key": SecretStr(KEY),
        "settings": {},
        "price": Price(input=1, output=5),
        "timeouts": AMPLE,
    }
    return OpenAIProvider(base_url=base_url, lane=Lane(name="test"), **{**told, **other})


def plan(*actions: str, run_id: str = "e1.1") -> RunPlan:
    return RunPlan(run_id=run_id, experiment_id="e1", model="m", pairing=PAIRING, actions=actions or ("update-hero-text",))


async def told_by(a_plan: RunPlan, asked: OpenAIProvider, clock: Hurried | None = None, keep: Any = None) -> list[Event]:
    events: list[Event] = []
    stream = run(a_plan, provider=asked, workers=InlineWorkers(), clock=clock or Hurried())
    async with aclosing(stream):
        async for batch in stream:
            events += batch.events
            if keep is not None:
                keep(batch)
    return events


def only(kind: type, events: list[Event]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


# Where they are found


def test_a_secret_comes_from_the_environment_first(monkeypatch: pytest.MonkeyPatch, keyring: Any):
    keyring.held["sitegen-tui", "SITEGEN_TEST_KEY"] = "from the keyring"
    monkeypatch.setenv("SITEGEN_TEST_KEY", "  from the environment\n")
    found = secret("SITEGEN_TEST_KEY")
    assert found is not None
    assert found.get_secret_value() == "from the environment"
    monkeypatch.setenv("SITEGEN_TEST_KEY", "  ")
    found = secret("SITEGEN_TEST_KEY")
    assert found is not None
    assert found.get_secret_value() == "from the keyring"
    assert "keyring" not in repr(found)
    assert redact("it comes from the keyring.") == "it comes [secret]."


def test_a_secret_that_is_nowhere_is_none(keyring: Any):
    assert secret("SITEGEN_TEST_NOWHERE") is None


@pytest.mark.parametrize("trouble", [RuntimeError("locked"), ImportError("no backend"), None])
def test_a_broken_keyring_is_silence(monkeypatch: pytest.MonkeyPatch, keyring: Any, trouble: Exception | None):
    def fail(service: str, name: str) -> Any:
        if trouble is not None:
            raise trouble
        return 5

    keyring.get_password = fail
    assert secret("SITEGEN_TEST_NOWHERE") is None


def test_a_keyring_that_waits_for_somebody_holds_nothing_up(monkeypatch: pytest.MonkeyPatch, keyring: Any):
    monkeypatch.setattr(settings, "KEYRING_PATIENCE", 0.1)
    keyring.get_password = lambda service, name: time.sleep(5)
    begun = time.monotonic()
    assert secret("SITEGEN_TEST_SLOW") is None
    assert time.monotonic() - begun < 3.0


def test_what_is_too_short_to_be_a_secret_leaves_texts_alone():
    settings.remember("abc")
    assert redact("abc and abcd") == "abc and abcd"


# That they are nowhere else


def echo(peer: mis.Peer) -> dict[str, Any]:
    return {"error": {"message": f"Incorrect API key provided: {peer.request.headers['authorization']}", "code": 401}}


async def refused_with_the_key(peer: mis.Peer) -> None:
    await refused(401, echo(peer), {"X-Echo": KEY, "Set-Cookie": f"key={KEY}"})(peer)


async def error_with_the_key(peer: mis.Peer) -> None:
    await events_sent(delta("Hello"), echo(peer))(peer)


async def served_by_the_key(peer: mis.Peer) -> None:
    await events_sent({**delta("Hello", finish="stop"), "provider": KEY, "model": f"m-{KEY}"})(peer)


async def broken_json_with_the_key(peer: mis.Peer) -> None:
    await events_sent(f"{{ {KEY}")(peer)


async def redirect_with_the_key(peer: mis.Peer) -> None:
    await mis.redirect(f"https://elsewhere.example/{KEY}?key={KEY}")(peer)


async def finished_with_the_key(peer: mis.Peer) -> None:
    await events_sent(delta("Hello", finish=KEY))(peer)


async def repeats_the_key(peer: mis.Peer) -> None:
    words = f"You called with {KEY}, and again {KEY[:-1]}"
    pieces = [delta(words[at : at + 3]) for at in range(0, len(words), 3)]
    await events_sent(delta(reasoning=KEY[:5]), delta(reasoning=KEY[5:]), *pieces, delta(finish="stop"))(peer)


FAILURES = [
    repeats_the_key,
    refused_with_the_key,
    error_with_the_key,
    served_by_the_key,
    broken_json_with_the_key,
    redirect_with_the_key,
    finished_with_the_key,
    mis.resets(""),
    mis.resets("Hello"),
    mis.closes(),
    mis.silence,
    mis.stalls(),
    refused(429, headers={"Retry-After": "1"}),
    refused(500, f"<html>{KEY}</html>"),
    refused(503, f"plain {KEY}"),
    refused(200, f"plain {KEY}"),
    mis.body_sent(b"xx", {**mis.EVENTS, "Content-Encoding": "gzip"}),
    mis.body_sent(b"xx", {"Content-Type": KEY}),
]


async def test_the_key_is_in_no_event_database_error_or_log_whatever_goes_wrong(
    server: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    for name in ("", "httpx", "httpcore", "sitegen_tui"):
        caplog.set_level(logging.DEBUG, logger=name)
    store = Store.open(tmp_path / "runs.db")
    wanted = ExperimentPlan(
        name="secrets", models=("m",), pairings=(PAIRING,), repeats=len(FAILURES), actions=("update-hero-text",)
    )
    _, runs = store.create_experiment(wanted, simulated=frozenset(), created_at=datetime.now(UTC))
    told: list[Event] = []

    def keep(batch: Any) -> None:
        told.extend(batch.events)
        lasting = [event for event in batch.events if durable(event)]
        if lasting:
            store.append(lasting, batch.blobs)

    url = server.base_url.replace("http://", "http://somebody:hunter2hunter2@") + f"?key={KEY}&api-version=1"
    for a_plan, failure in zip(runs, FAILURES, strict=True):
        server.always(failure)
        await told_by(a_plan, provider(url, settings={"user": KEY, "seed": "run"}, timeouts=QUICK), keep=keep)
    store.close()
    attempts = only(AttemptFinished, told)
    assert len(attempts) > len(FAILURES)
    assert sum(bool(event.attempt.error) for event in attempts) >= len(FAILURES) - 3
    assert any("[secret]" in event.attempt.error for event in attempts)
    assert any(event.attempt.reply == f"You called with [secret], and again {KEY[:-1]}" for event in attempts)
    assert any(event.attempt.reasoning == "[secret]" for event in attempts)
    assert all(asked.headers["authorization"] == f"Bearer {KEY}" for asked in server.requests)
    assert all(f"key={KEY}" in asked.path for asked in server.requests)
    assert any("HTTP Request" in record.getMessage() for record in caplog.records)
    for word in (KEY, "hunter2hunter2", KEY.replace("/", "%2F").replace("+", "%2B")):
        assert word not in repr(told)
        assert word not in caplog.text
        for file in tmp_path.iterdir():
            assert word.encode() not in file.read_bytes(), file.name
    rows = sqlite3.connect(tmp_path / "runs.db").iterdump()
    assert KEY not in "\n".join(rows)


@pytest.mark.parametrize("failure", [*FAILURES[1:3], mis.resets(""), mis.silence])
async def test_no_error_carries_the_request_with_it(server: Server, failure: mis.Script):
    from tests.providers.test_openai import request

    with pytest.raises(ProviderError) as caught:
        async for _ in provider(server.always(failure).base_url, timeouts=QUICK).stream(request()):
            pass
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    text = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert KEY not in text


async def test_credentials_in_a_base_url_are_used_and_not_shown(server: Server):
    from tests.providers.test_openai import request

    url = server.always(refused(404)).base_url.replace("http://", "http://somebody:hunter2hunter2@")
    with pytest.raises(ProviderError) as caught:
        async for _ in provider(url, key=None).stream(request()):
            pass
    assert server.requests[0].headers["authorization"] == "Basic c29tZWJvZHk6aHVudGVyMmh1bnRlcjI="
    assert "somebody" not in caught.value.message
    assert server.base_url in caught.value.message


@pytest.mark.parametrize("key", ["sk-with\nnewline-in-it", "sk-mit-ümlaut-drin"])
async def test_a_key_that_no_header_can_carry_is_named_without_being_told(server: Server, key: str):
    from tests.providers.test_openai import request

    with pytest.raises(ProviderError, match="holds characters that no key has") as caught:
        async for _ in provider(server.base_url, key=SecretStr(key)).stream(request()):
            pass
    assert key not in caught.value.message
    assert server.requests == []


# Through the engine


async def test_a_service_that_is_busy_once_is_asked_again(server: Server):
    server.then(refused(429, headers={"Retry-After": "3"}), answer("no edits at all")).always(answer("still none"))
    clock = Hurried()
    events = await told_by(plan(), provider(server.base_url), clock)
    first, second = only(AttemptFinished, events)[:2]
    assert "status 429" in first.attempt.error
    assert first.attempt.finish_reason == "error"
    assert (second.attempt.error, second.attempt.reply) == ("", "no edits at all")
    assert len(only(StepScored, events)) == 1
    assert clock.slept
    assert second.attempt.settings["stream"] is True
    assert second.attempt.served_by == "played"


async def test_a_reply_that_was_cut_off_is_asked_for_again_and_never_judged(server: Server):
    server.then(mis.closes("FILE: index.html\n<<<<<<< SEARCH\nhalf")).always(answer("no edits at all"))
    events = await told_by(plan(), provider(server.base_url))
    first, second = only(AttemptFinished, events)[:2]
    assert "cut the reply off" in first.attempt.error or "closed the connection" in first.attempt.error
    assert first.attempt.reply.endswith("half")
    assert first.attempt.usage.estimated
    assert second.attempt.error == ""
    (scored,) = only(StepScored, events)
    assert scored.usage.usd is not None
    found = [event.charge.finding.violation for event in events if hasattr(event, "charge")]
    assert "protocol.truncated" not in found


async def test_a_reply_that_reached_its_length_is_judged_as_truncated(server: Server):
    server.always(answer("FILE: index.html\n<<<<<<< SEARCH\nhalf", finish="length"))
    events = await told_by(plan(), provider(server.base_url))
    assert "protocol.truncated" in [event.charge.finding.violation for event in events if hasattr(event, "charge")]
    assert {event.attempt.finish_reason for event in only(AttemptFinished, events)} == {"length"}


async def test_a_key_that_is_not_accepted_leaves_the_step_unscored_at_once(server: Server):
    server.always(refused(401))
    clock = Hurried()
    events = await told_by(plan(), provider(server.base_url), clock)
    (failed,) = only(StepFailed, events)
    assert "key was not accepted" in failed.reason
    assert "check the key" in failed.hint
    assert len(server.requests) == 1
    assert only(StepScored, events) == []


async def test_what_streams_is_told_while_it_streams_with_nothing_lost(server: Server):
    text = "Grüße 🙂 " * 300
    server.always(answer(text, reasoning="Hm, let me see.", pause=0.002))
    events = await told_by(plan(), provider(server.base_url))
    first = only(AttemptFinished, events)[0].attempt
    deltas = [event for event in only(TokenDelta, events) if event.attempt == 1]
    assert first.reply == text == "".join(event.text for event in deltas if not event.reasoning)
    assert first.reasoning == "Hm, let me see." == "".join(event.text for event in deltas if event.reasoning)
    assert len(deltas) > 3


async def test_stopping_a_run_hangs_up(server: Server):
    server.always(mis.stalls("Hello"))
    stopping = asyncio.Event()
    stream = run(plan(), provider=provider(server.base_url), workers=InlineWorkers(), clock=Hurried(), cancel=stopping)
    async with aclosing(stream):
        async for batch in stream:
            if any(isinstance(event, TokenDelta) for event in batch.events):
                stopping.set()
    end = time.monotonic() + 3
    while not server.requests[0].hung_up.is_set() and time.monotonic() < end:
        await asyncio.sleep(0.01)
    assert server.requests[0].hung_up.is_set()
