"""Calibration on its screen: raw beside calibrated, what more labels would do, and results that say which they are."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from sitegen_tui.domain.marks import Mark
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import InsightPane
from sitegen_tui.tui.insights.calibration import ModelTable, Pane, PrevalenceTable
from sitegen_tui.tui.insights.results import Pane as ResultsPane
from sitegen_tui.tui.screens.behind import BehindScreen, StepsTable
from sitegen_tui.tui.screens.insights import InsightsScreen
from sitegen_tui.tui.screens.label import LabelScreen
from tests.judged import add_experiment, play
from tests.tui.terminal import Open, app_of, shown, until

FOUND, MISSED = Mark(violation="js.broken"), Mark(violation="html.parse-error")


async def _fill(database: Path) -> None:
    async with await Services.open(database) as services:
        await services.labelling.draw("mara", 40, seed=2)
        for item in await services.labelling.items("mara"):
            marks = [FOUND, MISSED] if item.run_id in ("e1.1", "e1.2") else []
            await services.labelling.record(item, marks, note="", seconds=1.0)


@pytest.fixture(scope="session")
def calibrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("calibration") / "runs.db"
    with Store.open(database) as store:
        for number, run in enumerate(add_experiment(store, ("a", "b"), repeats=2)):
            play(store, run, {step: [FOUND] for step in range(1, 17)} if number < 2 else {})
    asyncio.run(_fill(database))
    return database


async def pane_of(pilot: Pilot[None], view: str) -> InsightPane:
    app_of(pilot).push_screen(InsightsScreen(view=view))
    await until(pilot, lambda: isinstance(pilot.app.screen, InsightsScreen) and pilot.app.screen.frame is not None)
    screen = pilot.app.screen
    assert isinstance(screen, InsightsScreen)
    assert screen.pane is not None
    screen.pane.take_focus()
    await pilot.pause()
    return screen.pane


async def test_raw_and_calibrated_stand_beside_each_other_and_open_the_labelled_steps(opened: Open, calibrated: Path) -> None:
    async with opened(db=calibrated) as pilot:
        pane = await pane_of(pilot, "calibration")
        assert isinstance(pane, Pane)
        rows = {row.model: row for row in pane.query_one(ModelTable).rows}
        for row in rows.values():
            for value in (row.raw.mean, row.calibrated.estimate.value):
                assert figures.tenths(value) in shown(pilot)
        assert (rows["a"].corrected or 0) < -1
        assert "40 steps labelled, weighted by their chances" in shown(pilot)
        pane.query_one(ModelTable).move_to("a", by_person=True)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BehindScreen))
        await until(pilot, lambda: any(table.rows for table in pilot.app.screen.query(StepsTable)))
        steps = pilot.app.screen.query_one(StepsTable).rows
        assert {step.model for step in steps} == {"a"}
        assert len(steps) == rows["a"].calibrated.labels
        assert {step.key for step in steps} <= {one.key for one in pane.view.points}


async def test_the_curve_and_the_ids_take_turns_and_l_draws_what_is_to_be_labelled_next(opened: Open, calibrated: Path) -> None:
    async with opened(db=calibrated) as pilot:
        pane = await pane_of(pilot, "calibration")
        ids = pane.query_one(PrevalenceTable)
        assert [row.violation for row in ids.rows] == ["js.broken", "html.parse-error"]
        ids.focus()
        await until(pilot, lambda: "flagged in 32 of 64 steps" in shown(pilot))
        await pilot.press("c")
        await until(pilot, lambda: "judged, points" in shown(pilot))
        assert not ids.display
        await pilot.press("l")
        await until(pilot, lambda: isinstance(pilot.app.screen, LabelScreen))


async def test_results_change_between_raw_and_calibrated_and_say_which(opened: Open, calibrated: Path) -> None:
    async with opened(db=calibrated) as pilot:
        pane = await pane_of(pilot, "results")
        assert isinstance(pane, ResultsPane)
        assert "as judged (raw)" in shown(pilot)
        raw = {row.model: row.mean for row in pane.view.models}
        await pilot.press("c")
        await until(pilot, lambda: "as people would (calibrated)" in shown(pilot))
        made = {row.model: row.mean for row in pane.view.models}
        assert (made["a"] or 0) < (raw["a"] or 0) - 1
        assert figures.tenths(made["a"]) in shown(pilot)
        await pilot.press("c")
        await until(pilot, lambda: "as judged (raw)" in shown(pilot))


async def test_without_labels_nothing_is_calibrated_and_it_says_what_to_do(opened: Open) -> None:
    async with opened() as pilot:
        await pane_of(pilot, "calibration")
        assert "Nobody has labelled a step of a complete run yet." in shown(pilot)
        assert "N/A (no label)" in shown(pilot)
        await pilot.press("escape")
        await pane_of(pilot, "results")
        assert "raw, calibrated" not in shown(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48), (40, 12)])
async def test_every_line_fills_the_terminal_exactly(opened: Open, calibrated: Path, size: tuple[int, int]) -> None:
    async with opened(size=size, db=calibrated) as pilot:
        await pane_of(pilot, "calibration")
        for key in ("down", "tab", "c"):
            await pilot.press(key)
            assert {cell_len(line) for line in shown(pilot).split("\n")} == {size[0]}
