import asyncio
import os
import sys
from pathlib import Path

import pytest

import sitegen_tui
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import RunState
from sitegen_tui.errors import UnknownName
from sitegen_tui.services.board import folded_row
from sitegen_tui.services.root import Services
from sitegen_tui.services.views import RunView, fold, folded
from sitegen_tui.store import Store

PATIENCE = 30
ROOT = Path(sitegen_tui.__file__).parents[1]


@pytest.fixture
def two_runs(db, scripted):
    """A database with two queued runs."""
    with Store.open(db) as store:
        _, plans = store.create_experiment(scripted.plan(actions=ACTION_IDS), created_at=scripted.START)
    return plans


@pytest.mark.parametrize("values", [(7.5,) * 16, (8.0, -2.5, 3.0)])
def test_a_row_folded_from_events_is_the_row_the_database_derives_after_each_of_them(db, scripted, two_runs, values):
    script = scripted.Script(two_runs[0])
    view = RunView(two_runs[0].run_id)
    with Store.open(db) as store:
        queued = store.run(two_runs[0].run_id)
        assert folded_row(queued, view) == queued
        for event, blobs in script.whole(values):
            store.append([event], blobs)
            fold(view, event)
            assert folded_row(queued, view) == store.run(two_runs[0].run_id), event.event


async def drive_elsewhere(db, scripted, run_id):
    return await asyncio.create_subprocess_exec(
        sys.executable,
        str(scripted.SCRIPT),
        str(db),
        run_id,
        stdout=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


async def until(thing, condition):
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await thing.changed()


@pytest.mark.parametrize("drive", [True, False])
async def test_a_feed_follows_a_run_that_another_process_drives_without_gap_or_double(db, scripted, two_runs, drive):
    run_id = two_runs[0].run_id
    async with await Services.open(db, drive=drive) as services:
        with services.follow(run_id) as feed:
            await feed.ready()
            assert feed.view.state is RunState.QUEUED
            driver = await drive_elsewhere(db, scripted, run_id)
            await until(feed, lambda: feed.view.state is RunState.FINISHED)
            await driver.wait()
            assert not feed.live
            with Store.open(db, read_only=True) as store:
                stored = folded(run_id, store.events(run_id))
            assert [step.score for step in feed.view.steps] == [step.score for step in stored.steps]
            assert [len(step.charges) for step in feed.view.steps] == [len(step.charges) for step in stored.steps]
            assert feed.view.seq == stored.seq


async def test_the_board_follows_a_run_that_another_process_drives(db, scripted, two_runs):
    run_id = two_runs[1].run_id
    async with await Services.open(db) as services:
        board = await services.board().ready()
        assert [row.state for row in board.rows.values()] == [RunState.QUEUED] * 2
        driver = await drive_elsewhere(db, scripted, run_id)
        await until(board, lambda: board.rows[run_id].state is RunState.FINISHED)
        await driver.wait()
        assert board.rows[run_id] == await services.run(run_id)
        await until(board, lambda: board.experiments["e1"].finished == 1)


async def test_a_board_shows_an_experiment_that_another_process_makes(db, scripted, two_runs):
    async with await Services.open(db) as services:
        board = await services.board().ready()
        with Store.open(db) as store:
            _, plans = store.create_experiment(scripted.plan(actions=ACTION_IDS), created_at=scripted.START)
        driver = await drive_elsewhere(db, scripted, plans[0].run_id)
        await until(board, lambda: plans[0].run_id in board.rows)
        assert next(iter(board.experiments)) == "e2"
        await driver.wait()


async def test_a_feed_of_a_stored_run_is_what_its_events_fold_to(db, scripted, two_runs):
    run_id = two_runs[0].run_id
    with Store.open(db) as store:
        for event, blobs in scripted.Script(two_runs[0]).whole():
            store.append([event], blobs)
    async with await Services.open(db, drive=False) as services:
        with services.follow(run_id) as feed, services.follow(run_id) as other:
            view = await feed.ready()
            assert view.state is RunState.FINISHED
            assert view.scored == 16
            assert view is (await other.ready())


async def test_following_a_run_that_is_not_there_says_so(db, two_runs):
    async with await Services.open(db) as services:
        with services.follow("e9.1") as feed, pytest.raises(UnknownName, match=r"e9\.1"):
            await feed.ready()


async def test_a_closed_feed_wakes_who_waits(db, two_runs):
    async with await Services.open(db) as services:
        feed = services.follow(two_runs[0].run_id)
        await feed.ready()
        await feed.changed()
        waiting = asyncio.create_task(feed.changed())
        await asyncio.sleep(0)
        feed.close()
        await asyncio.wait_for(waiting, PATIENCE)
