"""A fork from the Run and Step screens, what it says of itself, and the form that "run these next" fills."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from sitegen_tui.domain.runs import Fork
from sitegen_tui.services.insights import INSIGHTS
from sitegen_tui.services.insights.compounding import CompoundingView
from sitegen_tui.services.plans import Wanted
from sitegen_tui.tui.insights.compounding import Pane as CompoundingPane
from sitegen_tui.tui.insights.power import NextTable
from sitegen_tui.tui.insights.power import Pane as PowerPane
from sitegen_tui.tui.screens.behind import BehindScreen, StepsTable
from sitegen_tui.tui.screens.fork import ForkScreen
from sitegen_tui.tui.screens.insights import InsightsScreen
from sitegen_tui.tui.screens.new_experiment import NewExperimentScreen
from sitegen_tui.tui.screens.run import RunScreen
from sitegen_tui.tui.screens.step import StepScreen
from sitegen_tui.tui.widgets.bars import hints
from sitegen_tui.tui.widgets.choice_list import ChoiceList
from sitegen_tui.tui.widgets.grid_list import GridList
from tests.tui.terminal import ACTIONS, Open, app_of, shown, until


def _words(pilot: Pilot[None]) -> set[str]:
    return {hint.words for hint in hints(pilot.app.screen) if hint.enabled}


async def _form(pilot: Pilot[None], key: str = "F") -> ForkScreen:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, ForkScreen) and pilot.app.screen.wanted is not None)
    assert isinstance(pilot.app.screen, ForkScreen)
    return pilot.app.screen


async def test_a_step_is_forked_from_gold_with_another_model_and_says_so(opened: Open) -> None:
    async with opened() as pilot:
        app = app_of(pilot)
        app.open_step("e1.2", 8)
        await until(pilot, lambda: isinstance(app.screen, StepScreen) and app.screen.chosen is not None)
        form = await _form(pilot)
        assert form.query_one("#models", ChoiceList).chosen == ("simulated/reckless",)
        await pilot.press("space")
        await until(pilot, lambda: form.wanted is None and "Choose a model" in shown(pilot))
        form.query_one("#models", ChoiceList).move_to("reference")
        await pilot.press("space", "ctrl+o")
        await until(pilot, lambda: form.wanted is not None and form.wanted.gold)
        assert "1 run of 2 steps each" in shown(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, RunScreen) and app.screen.run_view is not None)
        screen = app.screen
        assert isinstance(screen, RunScreen)
        await until(pilot, lambda: screen.run_view is not None and screen.run_view.state == "finished")
        assert screen.run_view is not None
        assert screen.run_view.plan is not None
        assert screen.run_view.plan.fork == Fork(run_id="e1.2", step=8, site="gold")
        assert [step.action for step in screen.run_view.steps] == list(ACTIONS[2:])
        assert all(step.score is not None and step.value == step.score.assessed for step in screen.run_view.steps)
        assert "fork of e1.2 before step 8, from gold" in shown(pilot).split("\n")[0]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, StepScreen) and "fork gold@8" in shown(pilot).split("\n")[0])


async def test_a_run_is_forked_at_the_step_under_the_cursor_or_not_at_all(opened: Open) -> None:
    async with opened(size=(80, 24)) as pilot:
        app = app_of(pilot)
        app.open_run("e1.2")
        await until(pilot, lambda: "fork here" in _words(pilot))
        await pilot.press("home", "down")
        form = await _form(pilot)
        assert (form.run_id, form.step) == ("e1.2", 3)
        await pilot.press("escape")
        assert isinstance(app.screen, RunScreen)
        assert app.services is not None
        assert len(await app.services.experiments()) == 1


async def _view(pilot: Pilot[None], name: str) -> InsightsScreen:
    await until(pilot, lambda: "insights" in _words(pilot))
    await pilot.press("v")
    await until(pilot, lambda: isinstance(pilot.app.screen, InsightsScreen))
    screen = pilot.app.screen
    assert isinstance(screen, InsightsScreen)
    await pilot.press(str(1 + [one.name for one in INSIGHTS].index(name)))
    await until(pilot, lambda: screen.chosen.name == name and screen.frame is not None and screen.pane is not None)
    return screen


async def test_chain_and_isolated_stand_side_by_side_and_open_down_to_steps(opened: Open) -> None:
    async with opened() as pilot:
        app = app_of(pilot)
        assert app.services is not None
        wanted = Wanted(
            models=("simulated/reckless",),
            templates=("safari-lodge",),
            judges=("static",),
            actions=ACTIONS,
            seed=7,
            mode="isolated",
        )
        await app.services.wait(await app.services.start(await app.services.plan(wanted)))
        screen = await _view(pilot, "compounding")
        await pilot.press("e")
        pane = screen.pane
        assert isinstance(pane, CompoundingPane)
        await until(pilot, lambda: pane.view.models == ("simulated/reckless",))
        assert isinstance(pane.view, CompoundingView)
        await pilot.press("enter")
        assert [row.action for row in pane.table.rows] == [*ACTIONS, None]
        assert "N/A (n=1)" in shown(pilot)
        for side, run_id in (("chain", "e1.2"), ("isolated", "e2.1")):
            assert pane.side == side
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, BehindScreen) and app.screen.query_one(StepsTable).rows)
            assert {row.run_id for row in app.screen.query_one(StepsTable).rows} == {run_id}
            await pilot.press("escape", "o")
        await pilot.press("w")
        grid = pane.query_one(GridList)
        await until(pilot, lambda: grid.has_focus and len(grid.rows) == len(ACTIONS) + 2)
        await pilot.press("b")
        await until(pilot, lambda: pane.view.wrong == "score" and pane.view.below == 9.0)
        assert {"first wrong step", "what is wrong", "chain or isolated"} <= _words(pilot)
        assert "next model" not in _words(pilot)


async def test_runs_to_make_next_fill_the_form(opened: Open) -> None:
    async with opened() as pilot:
        app = app_of(pilot)
        assert app.services is not None
        wanted = Wanted(models=("simulated/reckless",), templates=("safari-lodge",), judges=("static",), actions=ACTIONS, seed=9)
        await app.services.wait(await app.services.start(await app.services.plan(wanted)))
        screen = await _view(pilot, "power")
        await pilot.press("e")
        pane = screen.pane
        assert isinstance(pane, PowerPane)
        await until(pilot, lambda: bool(pane.view.blocks) and pane.view.sd is not None)
        (block, *_) = pane.view.blocks
        assert (block.models, block.seed, block.why) == (("reference",), 10, "balance")
        await pilot.press("enter")
        before = pane.view.difference
        await pilot.press("d")
        await until(pilot, lambda: pane.view.difference != before)
        pane.query_one(NextTable).focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NewExperimentScreen) and "= 1 run," in shown(pilot))
        form = app.screen
        assert form.query_one("#models", ChoiceList).chosen == ("reference",)
        assert form.query_one("#sites", ChoiceList).chosen == ("safari-lodge\nthornveld-01",)
        assert (form.query_one("#repeats", Input).value, form.query_one("#seed", Input).value) == ("1", "10")
        assert f"{len(ACTIONS)} steps" in shown(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_form_of_a_fork_fits(opened: Open, size: tuple[int, int]) -> None:
    async with opened(size=size) as pilot:
        app_of(pilot).open_run("e1.1")
        await until(pilot, lambda: "fork here" in _words(pilot))
        await _form(pilot)
        for words in ("Fork e1.1 before step", "Who goes on", "Begin with", "Start", "never put together"):
            assert words in shown(pilot)
