"""Compare and Claims on their screen: sides chosen, marked and swapped, opened down to a diff of two runs; arithmetic shown."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from sitegen_tui.services.insights import INSIGHTS
from sitegen_tui.tui.insights.claims import ClaimsTable
from sitegen_tui.tui.insights.claims import Pane as ClaimsPane
from sitegen_tui.tui.insights.compare import ChangesTable, Chooser, FindingsTable
from sitegen_tui.tui.insights.compare import Pane as ComparePane
from sitegen_tui.tui.screens.behind import BehindScreen, StepsTable
from sitegen_tui.tui.screens.insights import InsightsScreen, ViewList
from sitegen_tui.tui.screens.step import StepScreen
from sitegen_tui.tui.widgets.bars import hints
from sitegen_tui.tui.widgets.run_table import RunTable
from tests.tui.terminal import ACTIONS, Open, app_of, shown, until


async def _open(pilot: Pilot[None], view: str) -> InsightsScreen:
    await until(pilot, lambda: "insights" in {hint.words for hint in hints(pilot.app.screen) if hint.enabled})
    await pilot.press("v")
    await until(pilot, lambda: isinstance(pilot.app.screen, InsightsScreen))
    screen = pilot.app.screen
    assert isinstance(screen, InsightsScreen)
    screen.query_one(ViewList).move_to(INSIGHTS[[one.name for one in INSIGHTS].index(view)].name)
    await until(pilot, lambda: screen.chosen.name == view and screen.pane is not None)
    return screen


def _compare(screen: InsightsScreen) -> ComparePane:
    assert isinstance(screen.pane, ComparePane)
    return screen.pane


async def test_two_models_are_compared_swapped_and_chosen_anew(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "compare")
        pane = _compare(screen)
        await until(pilot, lambda: pane.view.actions)
        pane.take_focus()
        assert [row.action for row in screen.query_one(ChangesTable).rows] == list(ACTIONS)
        assert "A model reference, 1 run on safari-lodge" in shown(pilot)
        assert "B model simulated/reckless" in shown(pilot)
        before = pane.view.total
        await pilot.press("x")
        await until(pilot, lambda: pane.view.first and pane.view.first.name == "simulated/reckless")
        assert before is not None
        assert before.change is not None
        assert pane.view.total is not None
        assert pane.view.total.change == -before.change
        await pilot.press("a")
        chooser = screen.query_one(Chooser)
        assert chooser.has_focus
        assert chooser.cursor_key == "simulated/reckless"
        chooser.move_to("e1.2")
        await pilot.press("enter")
        await until(pilot, lambda: pane.view.first and pane.view.first.name == "e1.2")
        await pilot.press("b")
        await pilot.press("escape")
        assert not chooser.display
        assert pilot.app.screen is screen


async def test_an_action_of_two_runs_opens_as_their_diff(opened: Open) -> None:
    async with opened() as pilot:
        await until(pilot, lambda: "mark" in {hint.words for hint in hints(pilot.app.screen) if hint.enabled})
        runs = pilot.app.screen.query_one(RunTable)
        await until(pilot, lambda: len(runs.rows) == 2)
        runs.focus()
        runs.move_to("e1.1")
        await pilot.press("m")
        assert "e1.1 marked" in shown(pilot)
        runs.move_to("e1.2")
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, InsightsScreen))
        screen = pilot.app.screen
        assert isinstance(screen, InsightsScreen)
        await until(pilot, lambda: screen.pane is not None and _compare(screen).view.actions)
        pane = _compare(screen)
        assert (pane.view.runs_first, pane.view.runs_second) == (("e1.1",), ("e1.2",))
        pane.take_focus()
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen))
        step = pilot.app.screen
        assert isinstance(step, StepScreen)
        assert (step.run_id, step.number, step.against) == ("e1.2", 3, "e1.1")
        services = app_of(pilot).services
        assert services is not None
        expected = await services.diff("e1.2", 3, "e1.1")
        await until(pilot, lambda: "e1.1 left" in shown(pilot) or not expected.files)
        await pilot.press("g")
        assert step.against == "before"
        await pilot.press("escape", "escape")
        assert "e1.1 marked" not in shown(pilot)


async def test_findings_are_of_one_side_or_both_and_open_their_steps(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "compare")
        pane = _compare(screen)
        await until(pilot, lambda: pane.view.findings)
        pane.take_focus()
        await pilot.press("f")
        table = screen.query_one(FindingsTable)
        assert table.has_focus
        assert "only B" in shown(pilot)
        row = table.cursor_row
        assert row is not None
        assert f"{row.second} of {row.of_second} of B" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BehindScreen) and pilot.app.screen.query_one(StepsTable).rows)
        steps = pilot.app.screen.query_one(StepsTable).rows
        assert {step.action for step in steps} == {row.action}
        assert all(row.violation in {charge.violation for charge in step.charges} for step in steps)


async def test_claims_show_their_arithmetic_and_another_file(opened: Open, tmp_path: Path) -> None:
    async with opened(size=(120, 36)) as pilot:
        screen = await _open(pilot, "claims")
        pane = screen.pane
        assert isinstance(pane, ClaimsPane)
        await until(pilot, lambda: pane.view.claims)
        await until(pilot, lambda: "claims do not reproduce" in shown(pilot))
        assert "experiment e1" not in shown(pilot)
        table = screen.query_one(ClaimsTable)
        table.focus()
        table.move_to("spread/claude-haiku-4.5")
        await pilot.press("enter")
        assert "dividing by 5: 13.39" in shown(pilot)
        table.move_to("heatmap/kimi-k2.5")
        await pilot.pause()
        assert "= 115.6" in shown(pilot)
        await pilot.press("enter")
        assert "= 115.6" not in shown(pilot)
        file = tmp_path / "mine.yaml"
        file.write_text("models:\n- {id: ann, mean: x, runs: 3}\n")
        await pilot.press("o", *str(file), "enter")
        await until(pilot, lambda: "models[0].mean" in shown(pilot))
        file.write_text("models:\n- {id: ann, mean: 100.0, sd: 10.0, runs: 4, interval: [90.0, 110.0]}\n")
        await pilot.press("o", "enter")
        await until(pilot, lambda: len(pane.view.claims) == 3)
        assert "ann low" in shown(pilot)


async def test_published_figures_stand_under_ours_and_go_again(opened: Open) -> None:
    async with opened(size=(120, 36)) as pilot:
        screen = await _open(pilot, "results")
        await until(pilot, lambda: screen.frame is not None)
        await pilot.press("p")
        await until(pilot, lambda: "in no mean of ours" in shown(pilot))
        assert "kimi-k2.5" in shown(pilot)
        assert "None of the models here is in the study." in shown(pilot)
        screen.query_one(ViewList).move_to("cost")
        await until(pilot, lambda: screen.chosen.name == "cost" and "in no mean of ours" not in shown(pilot))
        assert "published figures" not in {hint.words for hint in hints(screen) if hint.enabled}
        screen.query_one(ViewList).move_to("heatmap")
        await until(pilot, lambda: "in no mean of ours" in shown(pilot))
        await pilot.press("p")
        await until(pilot, lambda: "in no mean of ours" not in shown(pilot))
