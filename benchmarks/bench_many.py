"""Measures many runs at once against a server on loopback that streams at a steady speed.

`python benchmarks/bench_many.py [--runs 32] [--rate 200] [--tokens 400] [--actions 1-4] [--keys 40] [--no-tui] [--json]`.
The server is a process of its own and sends `--rate` tokens a second to each request. Lost are durable events that a subscriber
was not told though they are stored, or the other way round, and characters of replies that are stored and not as they were sent.
Memory is the largest that the program's process has been, a quarter of the way through and at the end. Key to paint is that of
Home while as many runs stream, measured as `bench_tui.py` does.
"""

# ruff: noqa: E402 -- the package is found through the path that is set first

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.bench_engine import peak_megabytes
from benchmarks.bench_tui import Terminal, contains, key_times, summary
from sitegen_tui.domain.events import AttemptFinished, Event, StepScored, durable
from sitegen_tui.services.plans import Wanted
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store

TOKEN = "site "
TICK = 0.02

LIVE = """
import sys
from pathlib import Path
from sitegen_tui.services.plans import Wanted
from sitegen_tui.tui.app import SitegenApp, open_services
async def opener(database):
    services = await open_services(database)
    await services.start(await services.plan(Wanted(
        models=("openai/x@many",), templates=("safari-lodge",), repeat=2 * int(sys.argv[2]), jobs=int(sys.argv[2]),
        judges=("static",))))
    return services
if __name__ == "__main__":
    SitegenApp(Path(sys.argv[1]), opener=opener).run()
"""


async def serve(rate: float, tokens: int) -> None:
    """Answer every request with that many tokens at that speed, for ever; the port is printed first."""

    def event(data: object) -> bytes:
        return b"data: " + json.dumps(data).encode() + b"\n\n"

    piece = event({"choices": [{"index": 0, "delta": {"content": TOKEN}}]})
    end = event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    end += (
        event({"choices": [], "usage": {"prompt_tokens": 9000, "completion_tokens": tokens, "cost": 0.001}}) + b"data: [DONE]\n\n"
    )

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().lower().split("\r\n")
                length = next(int(line.partition(":")[2]) for line in lines if line.startswith("content-length:"))
                await reader.readexactly(length)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                begun, sent = asyncio.get_running_loop().time(), 0
                while sent < tokens:
                    await asyncio.sleep(TICK)
                    due = min(tokens, int((asyncio.get_running_loop().time() - begun) * rate))
                    if due > sent:
                        data = piece * (due - sent)
                        writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
                        await writer.drain()
                        sent = due
                writer.write(f"{len(end):x}\r\n".encode() + end + b"\r\n0\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def drive(database: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """All runs to their end, and what was told against what is stored."""
    told: dict[str, list[int]] = {}
    lengths: list[int] = []
    quarter = 0.0
    steps = 0
    async with await Services.open(database) as services:
        events = services.subscribe()
        plan = await services.plan(
            Wanted(
                models=("openai/x@many",),
                templates=("safari-lodge",),
                repeat=arguments.runs,
                jobs=min(64, arguments.runs),
                actions=(arguments.actions,),
                judges=("static",),
            )
        )
        begun = time.perf_counter()
        experiment = await services.start(plan)

        async def listen() -> None:
            nonlocal steps, quarter
            async for event in events:
                if durable(event):
                    told.setdefault(event.run_id, []).append(event.seq)
                if isinstance(event, AttemptFinished):
                    lengths.append(len(event.attempt.reply))
                if isinstance(event, StepScored):
                    steps += 1
                    if steps == arguments.runs * len(plan.actions) // 4:
                        quarter = peak_megabytes("self")

        listening = asyncio.create_task(listen())
        await services.wait(experiment)
        seconds = time.perf_counter() - begun
        events.close()
        await listening
        dropped = events.dropped
        rows = await services.runs(experiment)
    with Store.open(database, read_only=True) as store:
        stored: dict[str, list[Event]] = {row.run_id: store.events(row.run_id) for row in rows}
    replies = [event.attempt.reply for found in stored.values() for event in found if isinstance(event, AttemptFinished)]
    return {
        "runs": len(rows),
        "finished": sum(row.state.value == "finished" for row in rows),
        "requests": len(replies),
        "seconds": round(seconds, 1),
        "tokens a second": round(sum(map(len, replies)) / len(TOKEN) / seconds),
        "durable events stored": sum(map(len, stored.values())),
        "events lost": sum(len({event.seq for event in found} ^ set(told.get(run, ()))) for run, found in stored.items()),
        "replies not as sent": sum(reply != TOKEN * arguments.tokens for reply in replies),
        "characters of live text dropped for a slow subscriber": dropped,
        "peak MB after a quarter": round(quarter),
        "peak MB": round(peak_megabytes("self")),
    }


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=32)
    parser.add_argument("--rate", type=float, default=200.0, help="tokens a second for each request")
    parser.add_argument("--tokens", type=int, default=400, help="tokens of each reply")
    parser.add_argument("--actions", default="1-4")
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--no-tui", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        asyncio.run(serve(arguments.rate, arguments.tokens))
        return
    command = [sys.executable, __file__, "--serve", "--rate", str(arguments.rate), "--tokens", str(arguments.tokens)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, tempfile.TemporaryDirectory() as folder:
        try:
            port = int((server.stdout or sys.stdin).readline())
            models = Path(folder) / "models.yaml"
            models.write_text(f'servers:\n  many: {{base_url: "http://127.0.0.1:{port}/v1", at_once: {arguments.runs}}}\n', "utf-8")
            os.environ["SITEGEN_MODELS"] = str(models)
            results = asyncio.run(drive(Path(folder) / "many.db", arguments))
            if not arguments.no_tui:
                terminal = Terminal(LIVE, str(Path(folder) / "tui.db"), str(arguments.runs))
                if not terminal.read(60, partial(contains, f"{arguments.runs} live".encode())):
                    print(f"bench_many: {arguments.runs} runs were never live at once", file=sys.stderr)
                terminal.press(b"\r")
                terminal.read(3)
                results[f"key to paint ms, Home, {arguments.runs} runs"] = summary(key_times(terminal, arguments.keys, 0))
                terminal.close()
        finally:
            server.terminate()
    if arguments.json:
        print(json.dumps(results))
        return
    for name, value in results.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
