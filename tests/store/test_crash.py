"""Killed at any moment, a driver loses at most what it had not yet said; another process sees what it stores, in its order."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import sitegen_tui
from sitegen_tui.domain.runs import RunState
from sitegen_tui.store import Store

ROOT = Path(sitegen_tui.__file__).parents[1]
SCRIPT = Path(__file__).with_name("scripted_run.py")


def driver(path: Path, run_id: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), str(path), run_id, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def allowed(process: subprocess.Popen[str], events: int) -> Iterator[str]:
    """What a driver that asks says of so many events; leaves it with leave for one more, unless it has no more to do."""
    assert process.stdout is not None
    for _ in range(events):
        say(process)
        line = process.stdout.readline()
        if not line:
            return
        yield line
    say(process)


def say(process: subprocess.Popen[str]) -> None:
    """Leave for one event; a driver that has ended needs none."""
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        print(file=process.stdin, flush=True)


@pytest.mark.parametrize("seed", range(3))
def test_kill_and_resume_until_it_is_finished(path: Path, scripted: ModuleType, seed: int, heat: Any) -> None:
    chance = random.Random(seed)
    with Store.open(path) as store:
        store.create_experiment(scripted.plan(("one",)), created_at=scripted.START)
    kills = 0
    while True:
        process = driver(path, "e1.1", "asking")
        said = -1
        for line in allowed(process, chance.randrange(8, 40)):
            said = int(line)
        # One event more is allowed and not waited for: killed before it, between two, or in the middle of its transaction.
        time.sleep(chance.uniform(0, 0.004))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        finished = process.returncode == 0
        kills += not finished
        with Store.open(path) as store:
            assert store.verify() == []
            events = store.events("e1.1")
            assert [event.seq for event in events] == list(range(len(events)))
            assert len(events) > said
            scored = {step.step for step in store.steps("e1.1") if step.value is not None}
            assert scored == set(range(1, len(scored) + 1))
            if store.run("e1.1").state is RunState.FINISHED:
                break
            assert [row.run_id for row in store.resumable()] == ["e1.1"]
    assert kills >= 2
    with Store.open(path) as store:
        assert store.run("e1.1").total == sum(number / 2 for number in range(1, 17))
        assert {cell.n for cell in heat(store)} == {1}
        assert store.resumable() == []


def test_a_second_process_watches_in_the_order_of_the_first(path: Path, scripted: ModuleType) -> None:
    with Store.open(path) as watcher:
        watcher.create_experiment(scripted.plan(), created_at=scripted.START)
        processes = [driver(path, "e1.1"), driver(path, "e1.2")]
        place, seen = 0, []
        while any(process.poll() is None for process in processes):
            for process in processes:
                # Waits for the driver to have stored something more.
                assert process.stdout is not None
                process.stdout.readline()
            place, found = watcher.new_events(place, limit=20)
            seen += found
        while True:
            place, found = watcher.new_events(place)
            if not found:
                break
            seen += found
        for process in processes:
            process.communicate()
        assert len(seen) == 2 * 82
        for run_id in ("e1.1", "e1.2"):
            assert [event for event in seen if event.run_id == run_id] == watcher.events(run_id)
        assert watcher.verify() == []
