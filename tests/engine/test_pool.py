"""The pool of worker processes: it survives crashes, hangs and the end of its program."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sitegen_tui.engine.pool import InlineWorkers, ProcessPool, WorkerError, subject
from sitegen_tui.errors import ContentError

DIE = "__import__('os').kill(__import__('os').getpid(), 9)"
DIE_ONCE = """
import os, pathlib
marker = pathlib.Path(path)
if not marker.exists():
    marker.touch()
    os.kill(os.getpid(), 9)
"""
COMPLAIN = """
from sitegen_tui.errors import ContentError
raise ContentError("no such thing", hint="look elsewhere")
"""


@pytest.fixture
async def pool() -> AsyncIterator[ProcessPool]:
    made = ProcessPool(2)
    yield made
    await made.close()


async def test_a_call_runs_in_another_process_that_ignores_interrupts(pool: ProcessPool):
    assert await pool.call(os.getpid) != os.getpid()
    assert await pool.call(signal.getsignal, signal.SIGINT) is signal.SIG_IGN


async def test_an_exception_arrives_with_its_message_and_hint(pool: ProcessPool):
    with pytest.raises(ContentError) as caught:
        await pool.call(exec, COMPLAIN)
    assert (caught.value.message, caught.value.hint) == ("no such thing", "look elsewhere")


async def test_a_call_whose_process_was_killed_is_made_once_more(pool: ProcessPool, tmp_path: Path):
    await pool.call(exec, DIE_ONCE, {"path": str(tmp_path / "marker")})
    assert (tmp_path / "marker").exists()
    assert pool.restarts == 1
    assert await pool.call(abs, -3) == 3


async def test_only_the_call_that_kills_its_process_fails(pool: ProcessPool):
    outcome = await asyncio.gather(
        pool.call(eval, DIE),
        *(pool.call(time.sleep, 0.02) for _ in range(6)),
        return_exceptions=True,
    )
    assert isinstance(outcome[0], WorkerError)
    assert outcome[1:] == [None] * 6


async def test_a_hung_call_ends_and_its_neighbours_are_made_again():
    pool = ProcessPool(2, patience=0.5)
    outcome = await asyncio.gather(pool.call(time.sleep, 60), *(pool.call(abs, -1) for _ in range(5)), return_exceptions=True)
    await pool.close()
    assert isinstance(outcome[0], WorkerError)
    assert outcome[1:] == [1] * 5


async def test_closing_ends_the_processes_and_refuses_further_calls(pool: ProcessPool):
    worker = await pool.call(os.getpid)
    pending = asyncio.create_task(pool.call(time.sleep, 60))
    await asyncio.sleep(0)
    await pool.close()
    with pytest.raises(WorkerError):
        await pending
    with pytest.raises(WorkerError):
        await pool.call(abs, -1)
    await ended(worker)


async def test_a_call_given_up_runs_to_its_end_and_gives_its_process_back(pool: ProcessPool):
    calls = [asyncio.create_task(pool.call(time.sleep, 0.02)) for _ in range(12)]
    await asyncio.sleep(0.05)
    for call in calls[::2]:
        call.cancel()
    outcome = await asyncio.gather(*calls, return_exceptions=True)
    assert [isinstance(one, asyncio.CancelledError) for one in outcome] == [True, False] * 6
    assert await asyncio.gather(*(pool.call(abs, -n) for n in range(6))) == list(range(6))
    assert pool.restarts == 0


async def test_processes_killed_between_calls_are_replaced(pool: ProcessPool):
    before = await pool.call(os.getpid)
    for process in pool.pids:
        os.kill(process, signal.SIGKILL)
    assert await pool.call(os.getpid) != before
    assert before not in pool.pids


async def test_errors_and_results_that_cannot_travel_arrive_in_words(pool: ProcessPool):
    with pytest.raises(RuntimeError, match="Odd: boo"):
        await pool.call(exec, "raise type('Odd', (Exception,), {})('boo')")
    with pytest.raises(Exception, match="pickle"):
        await pool.call(eval, "lambda: 1")
    assert await pool.call(abs, -3) == 3


async def test_calls_about_one_thing_go_to_the_worker_that_knows_it(pool: ProcessPool):
    async def run(name: str) -> set[int]:
        subject.set(name)
        return {await pool.call(eval, "__import__('time').sleep(0.01) or __import__('os').getpid()") for _ in range(10)}

    await asyncio.gather(pool.call(abs, -1), pool.call(abs, -1))
    while len(pool.pids) < 2:
        await asyncio.sleep(0.01)
    first, second = await asyncio.gather(asyncio.create_task(run("e1.1")), asyncio.create_task(run("e1.2")))
    assert len(first) == len(second) == 1
    assert first != second


async def test_nobody_waits_for_ever_behind_calls_that_a_worker_knows():
    one = ProcessPool(1)

    async def busy(name: str) -> None:
        subject.set(name)
        while True:
            await one.call(abs, -1)

    runs = [asyncio.create_task(busy("e1.1")) for _ in range(3)]
    await one.call(abs, -1)
    async with asyncio.timeout(20):
        assert await asyncio.create_task(one.call(abs, -2)) == 2
    for run in runs:
        run.cancel()
    await asyncio.wait(runs)
    await one.close()


async def test_contents_of_megabytes_arrive_whole(pool: ProcessPool):
    assert await pool.call(bytes.upper, b"abc" * 1_000_000) == b"ABC" * 1_000_000


async def test_workers_load_neither_the_screen_nor_the_statistics(pool: ProcessPool):
    loaded = await pool.call(eval, "{name.partition('.')[0] for name in __import__('sys').modules}")
    assert "sitegen_tui" in loaded
    assert not loaded & {"textual", "rich", "scipy", "numpy", "httpx", "sqlite_utils"}


async def test_workers_leave_with_a_program_that_is_killed():
    program = (
        "import asyncio, os\n"
        "from sitegen_tui.engine.pool import ProcessPool\n"
        "async def main():\n"
        "    pool = ProcessPool(1)\n"
        "    print(await pool.call(os.getpid), flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    victim = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert victim.stdout is not None
    worker = int(await asyncio.to_thread(victim.stdout.readline))
    victim.kill()
    victim.wait()
    await ended(worker)
    victim.stdout.close()


async def test_inline_workers_calculate_here():
    assert await InlineWorkers().call(os.getpid) == os.getpid()


async def ended(process: int) -> None:
    """Wait until there is no such process (or only its remains)."""
    async with asyncio.timeout(20):
        while _alive(process):
            await asyncio.sleep(0.01)


def _alive(process: int) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
