import asyncio
import os
import shutil
import sys
import time
from pathlib import Path

import pytest

import sitegen_tui
from sitegen_tui.content.library import Library
from sitegen_tui.domain.events import StepScored, TokenDelta
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import RunState, StepState
from sitegen_tui.errors import StoreError, UnknownName, UsageError
from sitegen_tui.services.plans import Wanted
from sitegen_tui.services.root import Services
from sitegen_tui.services.views import folded
from sitegen_tui.store import Store

ROOT = Path(sitegen_tui.__file__).parents[1]
PATIENCE = 60
SLOW = 60.0
"""Tokens a second: slow enough that a test can step in."""


@pytest.fixture
async def services(db):
    async with await Services.open(db) as opened:
        yield opened


async def start(services, **wanted):
    defaults = {"models": ("reference",), "templates": ("blank-site",)}
    return await services.start(await services.plan(Wanted.model_validate({"judges": ("static",), **defaults, **wanted})))


async def heard(events, condition):
    """The first event that meets a condition."""
    async with asyncio.timeout(PATIENCE):
        async for event in events:
            if condition(event):
                return event
    raise AssertionError("the events ended")


async def until(thing, condition):
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await thing.changed()


def values(view):
    return [(step.step, step.value) for step in view.steps]


async def test_an_experiment_from_start_to_results(services):
    board = await services.board().ready()
    experiment_id = await start(services, models=("reference", "simulated/reckless"), repeat=2)
    rows = board.runs_of(experiment_id)
    assert [row.model for row in rows] == ["reference", "simulated/reckless"] * 2
    with services.follow(rows[0].run_id) as feed:
        await asyncio.wait_for(services.wait(experiment_id), PATIENCE)
        view = await feed.ready()
        assert view.state is RunState.FINISHED
        assert [step.action for step in view.steps] == list(ACTION_IDS)
        assert all(step.state is StepState.SCORED for step in view.steps)
        assert values(view) == values(await services.view(rows[0].run_id))
    for row in await services.runs(experiment_id):
        assert board.rows[row.run_id] == row
        assert row.owner is None
    await until(board, lambda: board.experiments[experiment_id].finished == 4)
    reference, reckless = sorted((await services.insight("results")).models, key=lambda row: row.model)
    assert (reference.complete, reckless.complete) == (2, 2)
    assert reference.mean == reference.assessed > reckless.mean
    assert (reference.simulated, reckless.simulated) == (False, True)


async def test_events_of_a_run_come_whole_and_in_order(services):
    events = services.subscribe()
    experiment_id = await start(services, actions=("1-3",))
    await services.wait(experiment_id)
    events.close()
    told = [event async for event in events]
    durable = [event for event in told if not isinstance(event, TokenDelta)]
    assert [event.seq for event in durable] == list(range(len(durable)))
    with Store.open(services._store.path, read_only=True) as store:
        assert store.events(f"{experiment_id}.1") == durable


async def test_a_feed_opened_in_the_middle_of_a_stream_has_the_reply_from_its_beginning(services):
    events = services.subscribe()
    experiment_id = await start(services, actions=("1",), pace=SLOW)
    first = await heard(events, lambda event: isinstance(event, TokenDelta))
    await heard(events, lambda event: isinstance(event, TokenDelta))
    with services.follow(f"{experiment_id}.1") as feed:
        await feed.ready()
        assert feed.live
        step = feed.view.step(1)
        assert step.state is StepState.STREAMING
        text, length = step.stream.since(0)
        assert text.startswith(first.text)
        assert length == len(text) > len(first.text)
        await services.cancel(experiment_id)
        assert feed.view.state is RunState.CANCELLED


async def test_cancelling_an_experiment_ends_what_runs_and_what_waits(services):
    events = services.subscribe()
    experiment_id = await start(services, repeat=3, jobs=1, pace=SLOW)
    await heard(events, lambda event: isinstance(event, TokenDelta))
    await services.cancel(experiment_id)
    await services.wait(experiment_id)
    assert {row.state for row in await services.runs(experiment_id)} == {RunState.CANCELLED}
    assert await services.resume() == ()


async def test_cancelling_one_run_leaves_the_others_alone(services):
    events = services.subscribe()
    experiment_id = await start(services, repeat=2, jobs=2, actions=("1",), pace=SLOW * 5)
    await heard(events, lambda event: isinstance(event, TokenDelta))
    await services.cancel(f"{experiment_id}.1")
    await asyncio.wait_for(services.wait(experiment_id), PATIENCE)
    first, second = await services.runs(experiment_id)
    assert (first.state, second.state) == (RunState.CANCELLED, RunState.FINISHED)
    with pytest.raises(UsageError, match="finished already"):
        await services.cancel(second.run_id)


@pytest.mark.parametrize("target", ["e9", "e9.1", "nonsense"])
async def test_cancelling_what_is_not_there_says_so(services, target):
    with pytest.raises(UnknownName):
        await services.cancel(target)


async def test_a_run_can_be_gone_on_with_as_soon_as_it_is_interrupted(services, monkeypatch):
    give_up = services._store.release

    def slowly(*told):
        time.sleep(0.3)
        give_up(*told)

    monkeypatch.setattr(services._store, "release", slowly)
    events = services.subscribe()
    cut = await start(services, models=("simulated/typical",), pace=SLOW)
    await heard(events, lambda event: isinstance(event, TokenDelta))
    await services.interrupt()
    (row,) = await services.runs(cut)
    assert row.owner is None
    assert await services.resume(cut) == (cut,)
    await services.cancel(cut)


async def test_an_experiment_whose_runs_wait_behind_an_interrupted_one_does_not_run(services):
    events = services.subscribe()
    cut = await start(services, models=("simulated/typical",), repeat=2, jobs=1, pace=SLOW)
    await heard(events, lambda event: isinstance(event, TokenDelta))
    assert (await services.experiment(cut)).state is RunState.RUNNING
    await services.interrupt()
    assert [row.state for row in await services.runs(cut)] == [RunState.INTERRUPTED, RunState.QUEUED]
    assert (await services.experiment(cut)).state is RunState.INTERRUPTED


async def test_an_interrupted_run_goes_on_at_the_step_in_flight_and_ends_as_if_nothing_had_been(services):
    whole = await start(services, models=("simulated/typical",), seed=5)
    await services.wait(whole)
    events = services.subscribe()
    cut = await start(services, models=("simulated/typical",), seed=5, pace=SLOW * 40)
    await heard(events, lambda event: isinstance(event, StepScored) and event.step == 3)
    await heard(events, lambda event: isinstance(event, TokenDelta))
    await services.interrupt()
    (row,) = await services.runs(cut)
    assert row.state is RunState.INTERRUPTED
    assert 3 <= row.steps_done < 16
    steps = await services.steps(row.run_id)
    assert {step.state for step in steps} <= {StepState.SCORED, StepState.WAITING}
    assert await services.resume(cut) == (cut,)
    await asyncio.wait_for(services.wait(cut), PATIENCE * 2)
    expected, found = await services.view(f"{whole}.1"), await services.view(f"{cut}.1")
    assert found.state is RunState.FINISHED
    assert values(found) == values(expected)
    assert found.steps[-1].site == expected.steps[-1].site


async def test_closing_leaves_no_half_step_and_everything_resumable(db):
    async with await Services.open(db) as services:
        events = services.subscribe()
        experiment_id = await start(services, repeat=2, jobs=1, pace=SLOW)
        await heard(events, lambda event: isinstance(event, TokenDelta))
    with Store.open(db) as store:
        states = [row.state for row in store.runs(experiment_id)]
        assert states == [RunState.INTERRUPTED, RunState.QUEUED]
        assert {row.run_id for row in store.resumable()} == {f"{experiment_id}.1", f"{experiment_id}.2"}
        assert {step.state for step in store.steps(f"{experiment_id}.1")} == {StepState.WAITING}


async def test_a_model_that_cannot_be_reached_ends_its_run_and_says_why(services, scripted):
    with Store.open(services._store.path) as store:
        plan = scripted.plan(models=("nobody",), actions=ACTION_IDS)
        store.create_experiment(plan, created_at=scripted.START)
    assert await services.resume() == ("e1",)
    await services.wait("e1")
    (row,) = await services.runs("e1")
    assert row.state is RunState.INCOMPLETE
    assert "unknown model: 'nobody'" in row.reason


async def test_when_the_database_refuses_the_one_who_waits_is_told(services):
    events = services.subscribe()
    experiment_id = await start(services, pace=SLOW)
    await heard(events, lambda event: isinstance(event, TokenDelta))
    with Store.open(services._store.path) as intruder:
        last = intruder.events(f"{experiment_id}.1", content=False)[-1]
        intruder.append([last.model_copy(update={"seq": last.seq + 1})])
    with pytest.raises(StoreError, match="cannot follow"):
        await asyncio.wait_for(services.wait(experiment_id), PATIENCE * 2)


async def elsewhere(db, *arguments):
    """The program as another process on the same database."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sitegen_tui",
        *arguments,
        "--db",
        str(db),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


async def line_with(process, text):
    async with asyncio.timeout(PATIENCE):
        while line := await process.stdout.readline():
            if text in line:
                return line
    raise AssertionError("the other process ended")


async def test_a_run_that_was_killed_goes_on_at_the_step_in_flight(db):
    other = await elsewhere(
        db, "run", "-m", "simulated/careful", "-t", "blank-site", "--judges", "static", "--pace", "2000", "--json"
    )
    await line_with(other, b'"event":"StepScored"')
    await line_with(other, b'"event":"StepScored"')
    await line_with(other, b'"event":"TokenDelta"')
    other.kill()
    await other.wait()
    async with await Services.open(db) as services:
        before = await services.steps("e1.1")
        done = [step for step in before if step.state is StepState.SCORED]
        assert len(done) >= 2
        assert await services.resume() == ("e1",)
        await asyncio.wait_for(services.wait("e1"), PATIENCE * 2)
        after = await services.steps("e1.1")
        assert [step.step for step in after] == list(range(1, 17))
        assert after[: len(done)] == tuple(done)
        whole = await start(services, models=("simulated/careful",))
        await services.wait(whole)
        assert values(await services.view("e1.1")) == values(await services.view(f"{whole}.1"))


async def test_a_run_that_another_process_drives_is_followed_and_left_alone(db):
    other = await elsewhere(db, "run", "-m", "reference", "-t", "blank-site", "--judges", "static", "--pace", "1500", "--json")
    await line_with(other, b'"event":"StepScored"')
    async with await Services.open(db) as services:
        board = await services.board().ready()
        with services.follow("e1.1") as feed:
            await feed.ready()
            assert not feed.live
            assert board.rows["e1.1"].owner is not None
            assert await services.resume() == ()
            with pytest.raises(UsageError, match="driven by"):
                await services.cancel("e1.1")
            reading = asyncio.create_task(other.stdout.read())
            await until(feed, lambda: feed.view.state is RunState.FINISHED)
            await reading
            assert await other.wait() == 0
            with Store.open(db, read_only=True) as store:
                assert values(feed.view) == values(folded("e1.1", store.events("e1.1")))
            await until(board, lambda: board.rows["e1.1"].state is RunState.FINISHED)


async def test_a_resumed_isolated_run_makes_again_only_what_has_no_score(services):
    events = services.subscribe()
    cut = await start(services, mode="isolated", pace=SLOW * 40)
    await heard(events, lambda event: isinstance(event, StepScored) and event.step == 4)
    await services.interrupt()
    done = {step.step for step in await services.steps(f"{cut}.1") if step.state is StepState.SCORED}
    assert await services.resume(cut) == (cut,)
    await asyncio.wait_for(services.wait(cut), PATIENCE * 2)
    told = await asyncio.to_thread(services._store.events, f"{cut}.1")
    begun = [event.step for event in told if event.event == "StepStarted"]
    assert all(begun.count(step) == 1 for step in done)
    assert [step.state for step in await services.steps(f"{cut}.1")] == [StepState.SCORED] * 16


async def test_a_run_is_not_gone_on_with_on_a_template_that_has_changed(tmp_path):
    for kind, name in (("templates", "blank-site"), ("requirements", "harbour-books-01")):
        shutil.copytree(ROOT / kind / name, tmp_path / kind / name)
    library = Library((tmp_path,))
    async with await Services.open(tmp_path / "runs.db", library=library) as services:
        events = services.subscribe()
        cut = await start(services, pace=SLOW * 40)
        await heard(events, lambda event: isinstance(event, StepScored) and event.step == 2)
        await services.interrupt()
    page = tmp_path / "templates" / "blank-site" / "index.html"
    page.write_text(page.read_text("utf-8").replace("Slow on purpose", "Slow, on purpose"), "utf-8")
    async with await Services.open(tmp_path / "runs.db", library=Library((tmp_path,))) as services:
        before = await services.steps(f"{cut}.1")
        await services.resume(cut)
        await asyncio.wait_for(services.wait(cut), PATIENCE)
        (row,) = await services.runs(cut)
        assert row.state is RunState.INCOMPLETE
        assert "changed since this run began" in row.reason
        assert await services.steps(f"{cut}.1") == before
