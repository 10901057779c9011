"""Gap, difficulty, templates, variance and violations on the Insights screen, each opened down to its steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from sitegen_tui.services.insights import INSIGHTS
from sitegen_tui.services.root import Services
from sitegen_tui.tui.insights.base import ReferencePane
from sitegen_tui.tui.insights.difficulty import ActionTable
from sitegen_tui.tui.insights.difficulty import Pane as DifficultyPane
from sitegen_tui.tui.insights.gap import Pane as GapPane
from sitegen_tui.tui.insights.templates import Pane as TemplatesPane
from sitegen_tui.tui.insights.variance import Pane as VariancePane
from sitegen_tui.tui.insights.variance import SpreadTable
from sitegen_tui.tui.insights.violations import CauseTable, bar
from sitegen_tui.tui.insights.violations import Pane as ViolationsPane
from sitegen_tui.tui.screens.behind import BehindScreen, StepsTable
from sitegen_tui.tui.screens.insights import InsightsScreen
from sitegen_tui.tui.screens.step import StepScreen
from sitegen_tui.tui.widgets.bars import hints
from sitegen_tui.tui.widgets.findings_list import FindingsList
from sitegen_tui.tui.widgets.grid_list import GridList
from tests.tui.terminal import ACTIONS, Open, shown, until, wanted

RECKLESS = "simulated/reckless"


async def _open(pilot: Pilot[None], name: str) -> InsightsScreen:
    """The view of that name, with keys going to its pane."""
    await until(pilot, lambda: "insights" in {hint.words for hint in hints(pilot.app.screen) if hint.enabled})
    await pilot.press("v")
    await until(pilot, lambda: isinstance(pilot.app.screen, InsightsScreen))
    screen = pilot.app.screen
    assert isinstance(screen, InsightsScreen)
    await pilot.press(str(1 + [one.name for one in INSIGHTS].index(name)))
    await until(pilot, lambda: screen.chosen.name == name and screen.pane is not None and _conditions(screen) is not None)
    assert screen.pane is not None
    screen.pane.take_focus()
    await pilot.pause()
    return screen


def _conditions(screen: InsightsScreen) -> object:
    return getattr(getattr(screen.pane, "view", None), "conditions", None)


async def _behind(pilot: Pilot[None], key: str = "enter") -> list[tuple[str, str]]:
    """Run and action of the steps behind what is under the cursor."""
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, BehindScreen) and pilot.app.screen.query_one(StepsTable).rows)
    return [(row.run_id, row.action) for row in pilot.app.screen.query_one(StepsTable).rows]


def _words(pilot: Pilot[None]) -> set[str]:
    return {hint.words for hint in hints(pilot.app.screen) if hint.enabled}


async def test_a_gap_is_shown_beside_a_reference_that_a_key_changes(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "gap")
        pane, grid = screen.pane, screen.query_one("#gap", GridList)
        assert isinstance(pane, GapPane)
        assert grid.names == ("reference", "", RECKLESS)
        assert [row.key for row in grid.rows] == [row.row for row in pane.view.by_action]
        assert "N/A (n=1)" not in shown(pilot)
        while grid.column != RECKLESS:
            await pilot.press("right")
        deepest = pane.view.by_action[0]
        assert "N/A (n=1)" in shown(pilot)
        assert await _behind(pilot) == [("e1.2", deepest.row)]
        await pilot.press("escape", "s")
        assert [row.key for row in grid.rows] == list(ACTIONS)
        await pilot.press("o")
        await until(pilot, lambda: grid.names == (RECKLESS, "", "reference"))
        gaps = {row.row: row.gaps["reference"].value for row in pane.view.by_action}
        assert gaps[deepest.row] == pytest.approx(-(deepest.gaps[RECKLESS].value or 0.0))
        await pilot.press("c")
        assert {row.key for row in grid.rows} == {"Brand", "Content"}


@pytest.mark.parametrize("name", ["gap", "templates"])
async def test_a_reference_that_is_not_in_another_group_gives_way(opened: Open, database: Path, name: str) -> None:
    async with await Services.open(database) as services:
        plan = await services.plan(wanted("reference", actions=ACTIONS[:2]))
        await services.wait(await services.start(plan))
    async with opened() as pilot:
        screen = await _open(pilot, name)
        pane = screen.pane
        assert isinstance(pane, ReferencePane)
        await pilot.press("e")
        await until(pilot, lambda: screen.frame is not None and len(screen.frame.groups) > 1)
        await pilot.press("o")
        await until(pilot, lambda: pane.reference()[0] == RECKLESS)
        await pilot.press("g")
        await until(pilot, lambda: tuple(pane.reference()[1]) == ("reference",))
        assert pane.reference()[0] == "reference"
        assert "other reference" not in _words(pilot)


async def test_the_average_gap_opens_the_steps_of_the_models_that_are_averaged(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "gap")
        grid = screen.query_one("#gap", GridList)
        await pilot.press("right")
        assert grid.column == ""
        assert "plain mean of the gaps of 1 model" in shown(pilot)
        assert await _behind(pilot) == [("e1.2", grid.cursor_key)]


async def test_hard_actions_come_first_without_the_reference_editor(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "difficulty")
        pane, table = screen.pane, screen.query_one(ActionTable)
        assert isinstance(pane, DifficultyPane)
        assert pane.view.models == (RECKLESS,)
        lost = [row.assessed - (row.by_models.value or 0.0) for row in table.rows]
        assert lost == sorted(lost, reverse=True)
        assert "reference editor, which knows the answers, is not counted" in shown(pilot)
        hardest = table.cursor_key
        assert await _behind(pilot) == [("e1.2", hardest)]
        await pilot.press("escape", "w")
        assert pane.weighting == "runs"


async def test_a_site_shows_the_best_alternative_and_its_runs(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "templates")
        pane, grid = screen.pane, screen.query_one("#templates", GridList)
        assert isinstance(pane, TemplatesPane)
        cell = pane.view.by_place()["safari-lodge", RECKLESS]
        whole = pane.view.by_place()["safari-lodge", "reference"]
        assert (pane.view.sites[0].best, pane.view.sites[0].percent) == (RECKLESS, pytest.approx(100 * cell.mean / whole.mean))
        assert "×1" in shown(pilot)
        assert "the best alternative" in shown(pilot)
        assert grid.column == ""
        assert {run for run, _ in await _behind(pilot)} == set(cell.runs) == {"e1.2"}


async def test_the_threshold_of_bad_runs_is_moved_by_keys(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "variance")
        pane, table = screen.pane, screen.query_one(SpreadTable)
        assert isinstance(pane, VariancePane)
        assert pane.view.threshold == 15.0
        totals = {row.model: row.mean or 0.0 for row in pane.view.models}
        while pane.view.threshold <= max(totals.values()):
            had = pane.view.threshold
            await pilot.press("plus")
            await until(pilot, lambda had=had: pane.view.threshold == had + 5)
            assert {row.model: row.below for row in table.rows} == {m: int(t < pane.view.threshold) for m, t in totals.items()}
        table.move_to(RECKLESS)
        await pilot.pause()
        assert f"1 of 1 run below {pane.view.threshold:.1f}" in shown(pilot)
        assert {run for run, _ in await _behind(pilot, "w")} == {"e1.2"}


async def test_a_cause_opens_every_example_at_its_finding(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "violations")
        pane, table = screen.pane, screen.query_one(CauseTable)
        assert isinstance(pane, ViolationsPane)
        points = [row.cause.points for row in table.rows]
        assert points == sorted(points, reverse=True)
        assert table.rows[-1].cause.cumulative == pytest.approx(1.0)
        await pilot.press("down")
        cause = table.rows[1].cause
        await _behind(pilot)
        behind = pilot.app.screen.query_one(StepsTable).rows
        assert all(cause.violation in {charge.violation for charge in row.charges} for row in behind)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen) and pilot.app.screen.query_one(FindingsList).rows)
        findings = pilot.app.screen.query_one(FindingsList)
        await until(
            pilot, lambda: findings.cursor_row is not None and findings.cursor_row.charge.finding.violation == cause.violation
        )


async def test_causes_are_narrowed_by_model_and_action_and_shown_by_model(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "violations")
        pane, table = screen.pane, screen.query_one(CauseTable)
        assert isinstance(pane, ViolationsPane)
        every = {row.cause.violation: row.cause.points for row in table.rows}
        await pilot.press("m")
        assert (pane.model, table.rows) == ("reference", [])
        assert "Nothing was found here" in shown(pilot)
        await pilot.press("m")
        assert {row.cause.violation: row.cause.points for row in table.rows} == every
        await pilot.press("a")
        assert pane.of == ACTIONS[0]
        assert sum(row.cause.points for row in table.rows) == pytest.approx(
            sum(one.amount for one in pane.view.charges if one.action == ACTIONS[0])
        )
        while pane.of is not None:
            await pilot.press("a")
        await pilot.press("c")
        grid = screen.query_one("#by-model", GridList)
        assert grid.has_focus
        assert grid.names == ("", "reference", RECKLESS)
        assert {row.key for row in grid.rows} == set(every)
        assert "model" not in _words(pilot)
        while grid.column != RECKLESS:
            await pilot.press("right")
        assert {run for run, _ in await _behind(pilot)} == {"e1.2"}


@pytest.mark.parametrize("name", ["gap", "difficulty", "templates", "variance", "violations"])
async def test_before_the_first_run_it_says_what_to_do_and_has_no_dead_key(opened: Open, tmp_path: Path, name: str) -> None:
    async with opened(db=tmp_path / "empty.db") as pilot:
        await pilot.press("v")
        await until(pilot, lambda: "No run has begun yet" in shown(pilot))
        await pilot.press(str(1 + [one.name for one in INSIGHTS].index(name)))
        screen = pilot.app.screen
        assert isinstance(screen, InsightsScreen)
        await until(
            pilot, lambda: screen.chosen.name == name and screen.pane is not None and "No run has begun yet" in shown(pilot)
        )
        assert screen.pane is not None
        screen.pane.take_focus()
        await pilot.pause()
        assert not {"other reference", "worst run", "own or inherited", "model"} & _words(pilot)


def test_bars_are_as_long_as_their_part() -> None:
    assert bar(1.0, 12) == "█" * 12
    assert bar(0.5, 4) == "██"
    assert bar(0.0, 4) == ""
    assert bar(0.0001, 4) == "▏"
    assert all(len(bar(part / 100, 9)) <= 9 for part in range(101))
