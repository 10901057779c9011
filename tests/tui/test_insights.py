"""Insights on its screen: views beside their list, cells and rows opened down to a step, and what was left out."""

from __future__ import annotations

import statistics
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.pilot import Pilot

from sitegen_tui.domain.events import OverrideRecorded
from sitegen_tui.services.insights import INSIGHTS
from sitegen_tui.services.insights.heatmap import HeatmapView
from sitegen_tui.services.insights.results import ResultsView
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store
from sitegen_tui.tui.insights.base import short_names
from sitegen_tui.tui.insights.heatmap import Pane as HeatmapPane
from sitegen_tui.tui.insights.results import ResultsTable
from sitegen_tui.tui.screens.behind import BehindScreen, StepsTable
from sitegen_tui.tui.screens.insights import InsightsScreen, ViewList
from sitegen_tui.tui.screens.step import StepScreen
from sitegen_tui.tui.widgets.bars import hints
from sitegen_tui.tui.widgets.forest import axis, drawn, scale
from sitegen_tui.tui.widgets.grid_list import GridList
from tests.tui.terminal import ACTIONS, Open, app_of, shown, until, wanted


async def _open(pilot: Pilot[None], view: str = "results") -> InsightsScreen:
    await until(pilot, lambda: "insights" in {hint.words for hint in hints(pilot.app.screen) if hint.enabled})
    await pilot.press("v")
    await until(pilot, lambda: isinstance(pilot.app.screen, InsightsScreen))
    screen = pilot.app.screen
    assert isinstance(screen, InsightsScreen)
    number = 1 + [one.name for one in INSIGHTS].index(view)
    await pilot.press(str(min(number, 9)), *["right_square_bracket"] * (number - 9))
    await until(pilot, lambda: screen.chosen.name == view and _loaded(screen))
    return screen


def _loaded(screen: InsightsScreen) -> bool:
    view = getattr(screen.pane, "view", None)
    return getattr(view, "conditions", None) is not None or bool(getattr(view, "claims", ()))


def _heatmap(screen: InsightsScreen) -> HeatmapPane:
    assert isinstance(screen.pane, HeatmapPane)
    return screen.pane


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48), (40, 12)])
async def test_every_line_fills_the_terminal_exactly(opened: Open, size: tuple[int, int]) -> None:
    async with opened(size=size) as pilot:
        for one in INSIGHTS:
            await _open(pilot, one.name)
            for key in ("down", "right", "tab"):
                await pilot.press(key)
                assert {cell_len(line) for line in shown(pilot).split("\n")} == {size[0]}
            assert shown(pilot).split("\n")[-1].rstrip().endswith("? help")
            await pilot.press("escape")


async def test_a_cell_opens_its_steps_and_a_step_its_diff(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "heatmap")
        grid = screen.query_one(GridList)
        assert [row.key for row in grid.rows] == [*ACTIONS, "total"]
        await pilot.press("enter")
        await until(pilot, lambda: grid.has_focus)
        while grid.column != "simulated/reckless":
            await pilot.press("right")
        await pilot.press("down")
        assert grid.cursor_cell == (ACTIONS[1], "simulated/reckless")
        cell = _heatmap(screen).view.cells("action")[grid.cursor_cell]
        assert f"n {cell.n}" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BehindScreen) and pilot.app.screen.query_one(StepsTable).rows)
        rows = pilot.app.screen.query_one(StepsTable).rows
        assert [(row.run_id, row.action, row.value) for row in rows] == [("e1.2", ACTIONS[1], cell.mean)]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen))
        assert isinstance(pilot.app.screen, StepScreen)
        assert (pilot.app.screen.run_id, pilot.app.screen.number) == ("e1.2", 3)
        await pilot.press("escape", "escape")
        assert pilot.app.screen is screen
        assert grid.cursor_cell == (ACTIONS[1], "simulated/reckless")


async def test_rows_and_models_are_ordered_and_categories_shown(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "heatmap")
        pane, grid = _heatmap(screen), screen.query_one(GridList)
        pane.take_focus()
        cells = pane.view.cells("action")

        def shares(row: str) -> float:
            return statistics.fmean(cells[row, model].share or 0.0 for model in pane.view.models)

        await pilot.press("s")
        assert [row.key for row in grid.rows] == [*sorted(ACTIONS, key=shares), "total"]
        assert grid.names[0] == "reference"
        await pilot.press("s", "s")
        gaps = [abs((cells[r.key, "reference"].mean or 0) - (cells[r.key, "simulated/reckless"].mean or 0)) for r in grid.rows[:-1]]
        assert gaps == sorted(gaps, reverse=True)
        await pilot.press("c")
        assert [row.key for row in grid.rows if row.key in pane.view.categories] == [row.key for row in grid.rows]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BehindScreen) and pilot.app.screen.query_one(StepsTable).rows)


async def test_the_last_row_is_what_the_actions_add_up_to(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "heatmap")
        pane, grid = _heatmap(screen), screen.query_one(GridList)
        pane.take_focus()
        await pilot.press("end")
        assert grid.cursor_key == "total"
        whole = next(one for one in pane.view.totals if one.model == grid.column)
        assert f"{whole.total:.1f}" in shown(pilot)
        assert "the actions add up to the mean total of 1 complete run" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BehindScreen) and pilot.app.screen.query_one(StepsTable).rows)
        assert len(pilot.app.screen.query_one(StepsTable).rows) == len(ACTIONS)


async def test_a_negative_mean_is_marked_without_colour(opened: Open, database: Path) -> None:
    said = OverrideRecorded(run_id="e1.2", seq=0, at=datetime.now(UTC), step=1, author="ann", reason="worse", value=-2.5)
    with Store.open(database) as store:
        store.record(said)
    async with opened() as pilot:
        screen = await _open(pilot, "heatmap")
        below = [cell for cell in _heatmap(screen).view.by_action if (cell.mean or 0.0) < 0]
        assert below
        assert shown(pilot).count("▼") == len(below)


async def test_results_say_why_there_is_no_interval_and_what_is_simulated(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot)
        assert [row.model for row in screen.query_one(ResultsTable).rows] == ["reference", "simulated/reckless"]
        assert "N/A (n=1)" in shown(pilot)
        assert "~reckless" in shown(pilot)
        assert "~ simulated" in shown(pilot).split("\n")[0]
        assert "files alone, rubric" in shown(pilot)


async def test_the_view_follows_the_list_and_keys_stay_in_the_pane(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot)
        assert screen.query_one(ViewList).has_focus
        await pilot.press("down")
        await until(pilot, lambda: screen.chosen.name == INSIGHTS[1].name and _loaded(screen))
        await pilot.press("enter")
        assert screen.query_one(GridList).has_focus
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: screen.chosen.name == INSIGHTS[0].name and screen.query_one(ResultsTable).has_focus)


async def test_before_the_first_run_it_says_what_to_do(opened: Open, tmp_path: Path) -> None:
    async with opened(db=tmp_path / "empty.db") as pilot:
        await pilot.press("v")
        await until(pilot, lambda: "No run has begun yet" in shown(pilot))
        await pilot.press("2")
        await until(pilot, lambda: "No run has begun yet" in shown(pilot) and "Heatmap" in shown(pilot).split("\n")[0])


async def test_other_conditions_are_left_out_said_and_shown_by_a_key(opened: Open, database: Path) -> None:
    async with await Services.open(database) as services:
        plan = await services.plan(wanted("reference", actions=ACTIONS[:2]))
        await services.wait(await services.start(plan))
    async with opened() as pilot:
        screen = await _open(pilot, "heatmap")
        await pilot.press("e")
        await until(pilot, lambda: screen.frame is not None and len(screen.frame.groups) > 1)
        assert "Left out:" in shown(pilot)
        actions = _heatmap(screen).view.actions
        await pilot.press("g")
        await until(pilot, lambda: _heatmap(screen).view.actions != actions)
        assert {actions, _heatmap(screen).view.actions} == {ACTIONS, ACTIONS[:2]}
        await pilot.press("g")
        await until(pilot, lambda: _heatmap(screen).view.actions == actions)


async def test_what_runs_is_counted_while_it_runs_and_the_cursor_stays(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "heatmap")
        await pilot.press("e", "enter", "down", "right")
        grid = screen.query_one(GridList)
        at, had = grid.cursor_cell, _heatmap(screen).view.steps
        app = app_of(pilot)
        assert app.services is not None
        # With the seed of the experiment that is there it would be the same run again, which counts once.
        plan = await app.services.plan(wanted("simulated/reckless").model_copy(update={"seed": 1}))
        experiment = await app.services.start(plan)
        await until(pilot, lambda: _heatmap(screen).view.steps == had + len(ACTIONS), 60)
        assert grid.cursor_cell == at
        await app.services.wait(experiment)


async def test_a_view_is_the_same_in_the_pane_and_from_the_services(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot)
        services = app_of(pilot).services
        assert services is not None
        for name, kind in (("results", ResultsView), ("heatmap", HeatmapView)):
            view = await services.insight(name, screen.scope)
            assert isinstance(view, kind)
            await pilot.press(str(1 + [one.name for one in INSIGHTS].index(name)))
            await until(pilot, lambda name=name, view=view: screen.chosen.name == name and screen.frame == view)


def test_short_names_tell_models_apart_and_mark_simulated_ones() -> None:
    assert short_names(["a/x", "b/x", "b/y", "plain"], ["b/y"]) == {"a/x": "a/x", "b/x": "b/x", "b/y": "~y", "plain": "plain"}


@given(st.lists(st.floats(-300, 300), min_size=1, max_size=9), st.integers(3, 90))
def test_intervals_are_drawn_in_their_room_on_one_axis(values: list[float], width: int) -> None:
    found = scale(values, width)
    assert found is not None
    assert found.low <= min(values)
    assert found.high >= max(values)
    low, at, high = min(values), statistics.median_low(values), max(values)
    bar = drawn(found, width, at, low, high)
    assert len(bar) == width == len(axis(found, width))
    assert bar.count("●") == 1
    assert bar.strip() == bar[found.place(low, width) : found.place(high, width) + 1]
    assert drawn(found, width, at).strip() == "●"
