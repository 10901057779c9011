"""Waiting with a limit: what comes in time is handed on, what does not is given up, and whoever stops the task is obeyed."""

from __future__ import annotations

import asyncio
import time

import pytest

from sitegen_tui.providers.patience import Patience


async def after(seconds: float) -> str:
    await asyncio.sleep(seconds)
    return "came"


def soon(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds


async def test_what_comes_in_time_is_handed_on_and_what_fails_is_handed_back():
    async def fail() -> None:
        raise KeyError("no")

    patience = Patience()
    assert await patience.tried(after(0), soon(60)) == ("came", None)
    result, error = await patience.tried(fail(), soon(60))
    assert result is None
    assert isinstance(error, KeyError)
    patience.end()


@pytest.mark.parametrize("first", [60.0, 0.05])
async def test_the_limit_of_each_wait_is_its_own(first: float):
    patience = Patience()
    assert await patience.tried(after(0), soon(first)) == ("came", None)
    assert await patience.tried(after(0.1), soon(60)) == ("came", None)
    result, error = await patience.tried(after(60), soon(0.05))
    assert result is None
    assert isinstance(error, TimeoutError)
    assert await patience.tried(after(0.01), soon(60)) == ("came", None)
    patience.end()


async def test_between_two_waits_nothing_is_interrupted():
    patience = Patience()
    await patience.tried(after(0), soon(0.02))
    await asyncio.sleep(0.1)
    assert await patience.tried(after(0), soon(60)) == ("came", None)
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_a_limit_that_is_over_already_interrupts_the_first_real_wait():
    patience = Patience()
    _, error = await patience.tried(after(60), soon(-1))
    assert isinstance(error, TimeoutError)


async def test_a_task_that_is_cancelled_is_cancelled_also_when_its_limit_is_over_in_the_same_moment():
    patience = Patience()
    task: asyncio.Task[object] = asyncio.ensure_future(patience.tried(after(60), soon(0.05)))
    # Due right after the limit's own timer, in the same turn of the loop if the machine is slow enough.
    asyncio.get_running_loop().call_at(soon(0.05), task.cancel)
    asyncio.get_running_loop().call_at(soon(0.0), lambda: time.sleep(0.2))
    with pytest.raises(asyncio.CancelledError):
        await task
