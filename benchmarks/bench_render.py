"""Full judging of steps with a warm browser: seconds a step, how much of them is the browser, pages at once, memory.

    python benchmarks/bench_render.py [--template safari-lodge] [--pages 1 2 4] [--looks 12] [--json]

A run of the reference editor gives the seconds of a step and of sixteen; the floor in the same run is the same judging by
files alone. Then a number of different sites is looked at with 1, 2 and 4 pages at once, and the memory of the process that
looks, of Chromium and of its driver is added up (proportional set size).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from contextlib import aclosing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sitegen_tui.actions.shelf import brief_of
from sitegen_tui.content.shelf import library
from sitegen_tui.domain.events import StepScored
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import Pairing, RunPlan
from sitegen_tui.domain.violations import Layer
from sitegen_tui.engine.pool import ProcessPool
from sitegen_tui.engine.run import run
from sitegen_tui.engine.tasks import gold_after
from sitegen_tui.providers import registry
from sitegen_tui.render.host import RenderHost
from sitegen_tui.services.eyes import SiteEyes, site_of

BOTH = (Layer.STATIC, Layer.RENDERED)


async def run_once(pairing: Pairing, layers: tuple[Layer, ...], pool: ProcessPool, eyes: SiteEyes) -> dict[str, float]:
    plan = RunPlan(run_id="e1.1", experiment_id="e1", model="reference", pairing=pairing, actions=ACTION_IDS, layers=layers)
    judged: list[float] = []
    rendered: list[float] = []
    begun = time.perf_counter()
    stream = run(plan, provider=registry.provider("reference", pool), workers=pool, eyes=eyes)
    async with aclosing(stream):
        async for batch in stream:
            for event in batch.events:
                if isinstance(event, StepScored):
                    judged.append(event.judge_ms / 1000)
                    rendered.append(event.render_ms / 1000)
    # The first step looks at two sites, the start and the first output; every other at one.
    return {
        "run s": time.perf_counter() - begun,
        "steps": len(judged),
        "judging s a step, median": statistics.median(judged),
        "judging s a step, worst": max(judged),
        "browser s a step, mean": statistics.mean(rendered),
        "browser share": sum(rendered) / max(1e-9, sum(judged)),
    }


async def looks(pairing: Pairing, tabs: int, count: int) -> dict[str, float]:
    brief = brief_of(pairing.template, pairing.requirements)
    manifest = brief.manifest.model_dump_json().encode()
    chain = [gold_after(pairing, action) for action in ACTION_IDS]
    sites = [site_of(brief, chain[index % len(chain)]) for index in range(count)]
    host = RenderHost(tabs=tabs)
    try:
        await host.look(sites[0], manifest)
        begun = time.perf_counter()
        await asyncio.gather(*(host.look(site, manifest) for site in sites))
        seconds = time.perf_counter() - begun
        return {"s a look": seconds / count, "memory MB": memory_below(host.pid or 0)}
    finally:
        await host.close()


def memory_below(pid: int) -> float:
    """Megabytes of a process and of everything below it; pages they share are counted once."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    below = {pid}
    while more := {child for child, parent in parents.items() if parent in below} - below:
        below |= more
    total = 0
    for one in below:
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total / 1024


async def measure(options: argparse.Namespace) -> dict[str, Any]:
    pairing = Pairing(template=options.template, requirements=library().default_pack(options.template))
    pool, eyes = ProcessPool(min(4, os.cpu_count() or 1)), SiteEyes()
    figures: dict[str, Any] = {}
    try:
        # What is measured is a warm browser: the first run starts it.
        await run_once(Pairing(template="blank-site", requirements=library().default_pack("blank-site")), BOTH, pool, eyes)
        figures["files alone"] = await run_once(pairing, (Layer.STATIC,), pool, eyes)
        figures["files and browser"] = await run_once(pairing, BOTH, pool, eyes)
    finally:
        await eyes.close()
        await pool.close()
    for tabs in options.pages:
        figures[f"{tabs} pages at once"] = await looks(pairing, tabs, options.looks)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--template", default="safari-lodge")
    parser.add_argument("--pages", type=int, nargs="*", default=[1, 2, 4])
    parser.add_argument("--looks", type=int, default=12)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = asyncio.run(measure(options))
    if options.json:
        print(json.dumps({"template": options.template, **figures}))
        return
    print(f"{options.template}, {os.cpu_count()} cores")
    for name, values in figures.items():
        print(f"  {name}: " + ", ".join(f"{key} {value:.3g}" for key, value in values.items()))
    ratio = figures["files and browser"]["run s"] / figures["files alone"]["run s"]
    print(f"  a run with the browser takes {ratio:.1f} times one judged by files alone")


if __name__ == "__main__":
    main()
