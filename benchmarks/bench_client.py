"""Measures the client of OpenAI-compatible services: CPU milliseconds a call and calls a second, over a bare httpx loop.

`python benchmarks/bench_client.py [--calls N] [--at-once N...] [--events N] [--characters N] [--peer] [--json]`.
A server of our own runs in another process and answers every request with the same stream of events, at once. Three ask it in
turn, in this process: `floor` posts with httpx and throws the bytes away, `decoded` splits and decodes them in the shortest
way there is, `ours` is the client as the engine uses it. CPU is user and system time of the asking process. `--peer` asks the
same server through inspect_ai as well, sixteen calls in a row for each sample, in an environment that is made for it and
thrown away.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1]))

Call = Callable[[], Awaitable[int]]
CALLS_A_SAMPLE = 16
PROMPT = "Change the headline of this page. " * 200

PEER = """
import asyncio, json, sys, time
url, samples, at_once = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.model import get_model
from inspect_ai.solver import solver

@solver
def sixteen():
    async def solve(state, generate):
        for _ in range(16):
            state.output = await get_model().generate(state.messages[:1])
        return state
    return solve

def once(count):
    task = Task(dataset=[Sample(input=sys.stdin_text) for _ in range(count)], solver=sixteen())
    (log,) = eval(task, model="openai-api/bench/model", model_base_url=url, model_args={"api_key": "none", "stream": True},
                  display="none", max_connections=at_once, max_samples=at_once, log_dir=sys.argv[4])
    assert log.status == "success", log.error

sys.stdin_text = sys.stdin.read()
once(1)
began, cpu = time.perf_counter(), time.process_time()
once(samples)
print(json.dumps({"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}))
"""


def misbehaving() -> ModuleType:
    """The tests' server. By its path, since other packages install a `tests` of theirs."""
    spec = importlib.util.spec_from_file_location("misbehaving", HERE.parents[1] / "tests" / "providers" / "misbehaving.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def serve(events: int, characters: int) -> None:
    """Print the base URL, and answer until standard input ends."""
    mis = misbehaving()
    size = -(-characters // events)
    text = ("The quick brown fox jumps over the lazy dog. " * (characters // 45 + 1))[:characters]
    pieces = [mis.delta(piece) for piece in mis.pieces_of(text, size)]
    body = [mis.event(one) for one in (*pieces, mis.delta(finish="stop"), mis.counted())] + [mis.event("[DONE]")]
    with mis.Server() as server:
        server.always(mis.body_sent(body, at_once=len(body)))
        print(server.base_url, flush=True)
        sys.stdin.read()


def askers(url: str) -> dict[str, Callable[[], tuple[Call, Callable[[], Awaitable[None]]]]]:
    """Who asks, by name: a call that returns the characters it was answered, and what ends it."""
    import httpx

    from sitegen_tui.domain.ports import Lane, ModelRequest
    from sitegen_tui.domain.runs import Message, Pairing, RunPlan
    from sitegen_tui.providers import openai

    pairing = Pairing(template="blank-site", requirements="harbour-books-01")
    plan = RunPlan(run_id="e1.1", experiment_id="e1", model="m", pairing=pairing, actions=("update-hero-text",))
    messages = (Message(role="user", content=PROMPT),)
    request = ModelRequest(plan=plan, step=1, action="update-hero-text", attempt=1, messages=messages, files={})
    body = {
        "model": "m",
        "messages": [{"role": "user", "content": PROMPT}],
        "stream": True,
        "stream_options": {"include_usage": True},
    }

    def bare(decode: bool) -> tuple[Call, Callable[[], Awaitable[None]]]:
        client = httpx.AsyncClient(timeout=None, trust_env=False)

        async def call() -> int:
            length = 0
            async with client.stream("POST", f"{url}/chat/completions", json=body) as response:
                async for piece in response.aiter_raw():
                    length += said(piece) if decode else len(piece)
            return length

        return call, client.aclose

    def ours() -> tuple[Call, Callable[[], Awaitable[None]]]:
        provider = openai.OpenAIProvider(base_url=url, model="m", key=None, settings={}, price=None, lane=Lane(name="bench"))

        async def call() -> int:
            return sum([len(chunk.text) async for chunk in provider.stream(request)])

        return call, openai.aclose

    return {"floor": lambda: bare(False), "decoded": lambda: bare(True), "ours": ours}


def said(piece: bytes) -> int:
    """The characters in a chunk that is known to be whole events."""
    length = 0
    for line in piece.split(b"\n"):
        if line.startswith(b"data: {"):
            for choice in json.loads(line[6:])["choices"]:
                length += len(choice["delta"].get("content") or "")
    return length


async def measure(call: Call, calls: int, at_once: int) -> dict[str, float]:
    left = calls

    async def keep_asking() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            assert await call() > 0

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(keep_asking() for _ in range(at_once)))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {"cpu_ms_per_call": 1000 * cpu / calls, "calls_per_second": calls / seconds}


async def compare(url: str, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    figures: dict[str, dict[str, float]] = {}
    for at_once in options.at_once:
        best: dict[str, dict[str, float]] = {}
        # In turn and several times, the best of each: what else the machine does hits all of them alike.
        for _ in range(options.rounds):
            for name, make in askers(url).items():
                call, close = make()
                await measure(call, at_once * 2, at_once)
                found = await measure(call, options.calls, at_once)
                await close()
                if name not in best or found["cpu_ms_per_call"] < best[name]["cpu_ms_per_call"]:
                    best[name] = found
        figures |= {f"{name} at {at_once}": found for name, found in best.items()}
    return figures


def peer(url: str, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """The figures of inspect_ai; none, with a word, where it cannot be installed."""
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        try:
            # uv takes seconds for what takes pip minutes on a busy machine.
            uv = shutil.which("uv")
            subprocess.run(
                [sys.executable, "-m", "venv", *(["--without-pip"] if uv else []), folder], check=True, capture_output=True
            )
            pip = (
                [uv, "pip", "install", "--python", python]
                if uv
                else [python, "-m", "pip", "install", "--disable-pip-version-check"]
            )
            subprocess.run([*pip, "--quiet", "inspect_ai", "openai"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            print("inspect_ai cannot be installed here: left out", file=sys.stderr)
            return {}
        for at_once in options.at_once:
            samples = max(at_once, options.calls // CALLS_A_SAMPLE // 4)
            arguments = [python, "-c", PEER, url, str(samples), str(at_once), f"{folder}/logs"]
            environment = {**os.environ, "NO_PROXY": "127.0.0.1", "BENCH_API_KEY": "none"}
            done = subprocess.run(arguments, input=PROMPT, capture_output=True, text=True, check=False, env=environment)
            if done.returncode:
                print(f"inspect_ai failed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
                return figures
            found = json.loads(done.stdout.strip().splitlines()[-1])
            calls = samples * CALLS_A_SAMPLE
            figures[f"inspect_ai at {at_once}"] = {
                "cpu_ms_per_call": 1000 * found["cpu"] / calls,
                "calls_per_second": calls / found["seconds"],
            }
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--calls", type=int, default=400, help="calls of each measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each, of which the best counts")
    parser.add_argument("--at-once", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--events", type=int, default=60, help="pieces of a reply")
    parser.add_argument("--characters", type=int, default=6000, help="characters of a reply")
    parser.add_argument("--peer", action="store_true", help="measure inspect_ai too, installed for the purpose")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.serve:
        serve(options.events, options.characters)
        return
    asked: list[Any] = [sys.executable, HERE, "--serve", "--events", str(options.events), "--characters", str(options.characters)]
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            url = server.stdout.readline().strip()
            figures = asyncio.run(compare(url, options))
            if options.peer:
                figures |= peer(url, options)
        finally:
            server.stdin.close()
    if options.json:
        print(json.dumps(figures))
        return
    for name, values in figures.items():
        print(f"{name:18} {values['cpu_ms_per_call']:8.2f} CPU ms a call {values['calls_per_second']:9.1f} calls/s")


if __name__ == "__main__":
    main()
