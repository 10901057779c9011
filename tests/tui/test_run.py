import asyncio
from pathlib import Path

import pytest
from rich.cells import cell_len

from sitegen_tui.services.root import Services
from sitegen_tui.tui.screens.run import RunScreen
from sitegen_tui.tui.screens.step import StepScreen
from sitegen_tui.tui.widgets.diff_view import DiffView
from sitegen_tui.tui.widgets.findings_list import FindingsList
from sitegen_tui.tui.widgets.steps_list import StepsList
from sitegen_tui.tui.widgets.text_pane import StreamPane
from tests.tui.terminal import Open, app_of, shown, until, wanted


async def _open(pilot, run_id: str) -> RunScreen:  # type: ignore[no-untyped-def]
    app_of(pilot).open_run(run_id)
    await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))
    screen = pilot.app.screen
    assert isinstance(screen, RunScreen)
    await until(pilot, lambda: screen.query_one(StepsList).rows)
    return screen


async def test_an_old_run_shows_reply_diff_findings_and_the_sum_of_each_step(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot, "e1.2")
        await pilot.press("home")
        await until(pilot, lambda: screen.query_one(DiffView).rows is not None)
        await until(pilot, lambda: screen.query_one(StreamPane).text)
        run = screen.run_view
        assert run is not None
        for step in run.steps:
            screen.query_one(StepsList).move_to(str(step.step), by_person=True)
            await until(pilot, lambda number=step.step: f"Findings of step {number}" in shown(pilot))
            assert len(screen.query_one(FindingsList).rows) == len(step.charges)
        assert any(step.charges for step in run.steps)
        assert "4 of 4 steps scored" in shown(pilot)


async def test_every_charge_of_a_step_is_in_its_sum(opened: Open) -> None:
    async with opened(size=(200, 48)) as pilot:
        screen = await _open(pilot, "e1.2")
        run = screen.run_view
        assert run is not None
        step = next(step for step in run.steps if 0 < sum(1 for charge in step.charges if charge.amount) < 4)
        screen.query_one(StepsList).move_to(str(step.step), by_person=True)
        await until(pilot, lambda: f"{step.step} {step.action}  " in shown(pilot))
        for charge in step.charges:
            if charge.amount:
                assert f"− {charge.amount:.2f} {charge.finding.violation}" in shown(pilot)


async def test_a_live_run_is_followed_until_the_person_moves_and_f_follows_again(opened: Open) -> None:
    async with opened(size=(120, 36)) as pilot:
        services = app_of(pilot).services
        assert services is not None
        await services.start(await services.plan(wanted("simulated/careful", pace=400.0)))
        screen = await _open(pilot, "e2.1")
        steps, stream = screen.query_one(StepsList), screen.query_one(StreamPane)
        await until(pilot, lambda: stream.text.strip())
        assert "following" in shown(pilot)
        await until(pilot, lambda: screen.run_view and screen.run_view.scored >= 1, 60)
        await until(pilot, lambda: steps.cursor_key != "1", 60)
        await pilot.press("home")
        assert steps.cursor_key == "1"
        assert not screen.following
        run = screen.run_view
        assert run is not None
        if run.state == "running":
            await pilot.press("f")
            assert screen.following
            await until(pilot, lambda: run.current and steps.cursor_key == str(run.current.step))
        await services.wait("e2")
        await until(pilot, lambda: "finished" in shown(pilot))


async def test_a_key_is_not_undone_by_what_the_run_does_before_the_screen_hears_of_it(opened: Open) -> None:
    async with opened(size=(120, 36)) as pilot:
        screen = await _open(pilot, "e1.2")
        steps = screen.query_one(StepsList)
        run = screen.run_view
        assert run is not None
        first, last = str(run.steps[0].step), str(run.steps[-1].step)
        await until(pilot, lambda: steps.cursor_key == last and screen.following)
        steps.action_end(0)
        screen._show_steps(run)
        assert steps.cursor_key == first
        await until(pilot, lambda: not screen.following)
        assert steps.cursor_key == first


async def test_a_step_opens_while_others_go_on(opened: Open) -> None:
    async with opened() as pilot:
        services, board = app_of(pilot).services, app_of(pilot).board
        assert services is not None
        assert board is not None
        await services.start(await services.plan(wanted("simulated/careful", "simulated/typical", pace=300.0)))
        followed = await _open(pilot, "e2.1")
        # Who goes to the first step while it is the one that is followed has gone nowhere, and is led on.
        await until(pilot, lambda: followed.query_one(StepsList).cursor_key not in (None, "1"), 60)
        await until(pilot, lambda: board.rows["e2.1"].steps_done >= 1, 60)
        done = board.rows["e2.1"].steps_done + board.rows["e2.2"].steps_done
        await pilot.press("home", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, StepScreen)
        await until(pilot, lambda: screen.query_one(DiffView).rows is not None)
        await until(pilot, lambda: board.rows["e2.1"].steps_done + board.rows["e2.2"].steps_done > done, 60)
        assert screen.number == 1


async def test_a_run_that_another_process_drives_moves_on_the_screen(opened: Open, database: Path) -> None:
    async with await Services.open(database) as other:
        plan = await other.plan(wanted("simulated/careful", pace=300.0))
        experiment = await other.start(plan)
        async with opened() as pilot:
            screen = await _open(pilot, f"{experiment}.1")
            await asyncio.wait_for(other.wait(experiment), 60)
            await until(pilot, lambda: screen.run_view and screen.run_view.scored == 4)
            assert screen.run_view is not None
            await until(pilot, lambda: screen.run_view.state == "finished")


async def test_a_run_that_is_not_there_is_a_dialog(opened: Open) -> None:
    async with opened() as pilot:
        app_of(pilot).open_run("e9.9")
        await until(pilot, lambda: "This did not work" in shown(pilot))
        assert "e9.9" in shown(pilot)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (160, 48), (40, 12)])
async def test_every_line_of_a_run_fills_the_terminal_exactly(opened: Open, size: tuple[int, int]) -> None:
    async with opened(size=size) as pilot:
        screen = await _open(pilot, "e1.2")
        for pane in "123":
            await pilot.press(pane)
            await until(pilot, lambda: screen.query_one(DiffView).rows is not None)
            lines = shown(pilot).split("\n")
            assert len(lines) == size[1]
            assert {cell_len(line) for line in lines} == {size[0]}


async def test_a_run_survives_being_resized_through_every_layout(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot, "e1.2")
        for size in ((80, 24), (120, 36), (30, 10), (200, 60), (100, 29), (160, 48)):
            await pilot.resize_terminal(*size)
            await pilot.press("down")
            await until(pilot, lambda size=size: screen.size == size)
            assert screen.query_one(StepsList).cursor_key is not None
