"""The end of the threads that read: none of them may lose its connection while it reads."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import suppress
from pathlib import Path

from sitegen_tui.services.root import Services


async def test_who_stopped_waiting_for_an_answer_takes_no_connection_from_the_thread_that_reads(tmp_path: Path):
    services = await Services.open(tmp_path / "runs.db")
    store, threads = services._store, services._threads
    begun = threading.Event()
    read: list[str] = []

    def slowly(name: str) -> None:
        with store._connections.reading() as conn:
            conn.execute("SELECT COUNT(*) FROM runs").fetchone()
            begun.set()
            time.sleep(0.5)
            conn.execute("SELECT COUNT(*) FROM events").fetchone()
        read.append(name)

    waiting = [asyncio.create_task(ask(slowly, name)) for name, ask in (("list", threads.read), ("watcher", threads.watch))]
    await asyncio.to_thread(begun.wait)
    for task in waiting:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await services.close()
    assert sorted(read) == ["list", "watcher"]
