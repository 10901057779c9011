"""Measures whole runs with models that answer at once: steps a second, CPU a step, and the memory of the largest process.

`python benchmarks/bench_engine.py [--runs N] [--at-once N] [--processes N] [--model NAME...] [--template ID] [--inline]
[--no-store] [--json]`.
Everything is on: prompt, protocol, diff, static judging, events and, in one thread as in the program, the store.
CPU is user and system time of this process and its workers, after one run that is not counted. The floor does for each
step what cannot be left out: it parses the page once and commits one row.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from turbohtml import parse

from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.content.shelf import library
from sitegen_tui.domain.events import Event, FindingReported, StepScored, durable
from sitegen_tui.domain.runs import ExperimentPlan, Pairing, RunPlan
from sitegen_tui.engine.experiment import Experiment, Job
from sitegen_tui.engine.pool import InlineWorkers, ProcessPool
from sitegen_tui.providers import registry
from sitegen_tui.store import Store

ACTION_IDS = tuple(action.id for action in ACTIONS)


def cpu_seconds(process: int | str) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def peak_megabytes(process: int | str) -> float:
    """The most memory a process has ever held."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def workers_of(pool: ProcessPool | InlineWorkers) -> list[int]:
    return pool.pids if isinstance(pool, ProcessPool) else []


class Keeper:
    """The store behind one thread, or nothing."""

    def __init__(self, store: Store | None) -> None:
        self.store = store
        self.thread = ThreadPoolExecutor(1)

    async def create(self, plan: ExperimentPlan) -> tuple[RunPlan, ...]:
        if self.store is None:
            return plan.runs("e1")
        loop = asyncio.get_running_loop()
        create = lambda store: store.create_experiment(plan, simulated=frozenset(), created_at=datetime.now(UTC))  # noqa: E731
        return (await loop.run_in_executor(self.thread, create, self.store))[1]

    async def keep(self, events: list[Event], blobs: Mapping[str, bytes]) -> None:
        if self.store is not None and events:
            await asyncio.get_running_loop().run_in_executor(self.thread, self.store.append, events, blobs)


async def carry_out(plans: tuple[RunPlan, ...], pool: ProcessPool | InlineWorkers, keeper: Keeper, at_once: int) -> tuple[int, int]:
    """Steps scored and findings reported."""
    experiment = Experiment(
        [Job(plan) for plan in plans],
        provider_of=lambda plan: registry.provider(plan.model, pool),
        workers=pool,
        at_once=at_once,
    )
    steps = findings = 0
    stream = experiment.stream()
    async with aclosing(stream):
        async for batches in stream:
            events = [event for batch in batches for event in batch.events if durable(event)]
            steps += sum(isinstance(event, StepScored) for event in events)
            findings += sum(isinstance(event, FindingReported) for event in events)
            await keeper.keep(events, {sha: data for batch in batches for sha, data in batch.blobs.items()})
    return steps, findings


async def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    requirements = library().default_pack(options.template)
    wanted = ExperimentPlan(
        name="bench",
        models=tuple(options.model),
        pairings=(Pairing(template=options.template, requirements=requirements),),
        repeats=options.runs,
        actions=ACTION_IDS,
    )
    pool = InlineWorkers() if options.inline else ProcessPool(options.processes)
    keeper = Keeper(None if options.no_store else Store.open(folder / "bench.db"))
    warm = await keeper.create(wanted.model_copy(update={"repeats": options.processes}))
    await carry_out(warm, pool, keeper, options.at_once)
    plans = await keeper.create(wanted)
    processes = ["self", *workers_of(pool)]
    before = {process: cpu_seconds(process) for process in processes}
    began = time.perf_counter()
    steps, findings = await carry_out(plans, pool, keeper, options.at_once)
    seconds = time.perf_counter() - began
    cpu = {process: cpu_seconds(process) - before[process] for process in processes}
    result = {
        "runs": len(plans),
        "steps": steps,
        "unscored": len(plans) * len(ACTION_IDS) - steps,
        "findings": findings,
        "steps_per_second": steps / seconds,
        "cpu_ms_per_step": 1000 * sum(cpu.values()) / steps,
        "cpu_ms_per_step_here": 1000 * cpu["self"] / steps,
        "peak_mb": max(peak_megabytes(process) for process in processes),
        "peak_mb_here": peak_megabytes("self"),
    }
    await pool.close()
    keeper.thread.shutdown()
    return result


def floor(template: str, folder: Path, steps: int = 400) -> dict[str, float]:
    """One parse and one committed row a step, and nothing else."""
    page = library().template(template).files["index.html"].decode()
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE step (number INTEGER, length INTEGER)")
    began, cpu = time.perf_counter(), time.process_time()
    for number in range(steps):
        parse(page)
        connection.execute("INSERT INTO step VALUES (?, ?)", (number, len(page)))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    connection.close()
    return {"steps_per_second": steps / seconds, "cpu_ms_per_step": 1000 * cpu / steps}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=20, help="runs of each model")
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--model", nargs="+", default=["reference", "simulated/typical"])
    parser.add_argument("--template", default="safari-lodge")
    parser.add_argument("--inline", action="store_true", help="calculate in this process, without workers")
    parser.add_argument("--no-store", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = {
            "engine": asyncio.run(measure(options, Path(folder))),
            "floor": floor(options.template, Path(folder)),
        }
    if options.json:
        print(json.dumps(figures))
        return
    for name, values in figures.items():
        print(name)
        for key, value in values.items():
            print(f"  {key:22} {value:10.2f}")


if __name__ == "__main__":
    main()
