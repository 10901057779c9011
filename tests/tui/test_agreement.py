"""Agreement on its screen: pairs, ids opened down to the steps that a count counts, and the plot."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from sitegen_tui.domain.agreement import BlandAltman
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.statistics import Estimate
from sitegen_tui.store import Store
from sitegen_tui.tui.insights.agreement import FamilyTable, PairTable, Pane
from sitegen_tui.tui.insights.agreement_words import hundredths
from sitegen_tui.tui.screens.behind import BehindScreen, StepsTable
from sitegen_tui.tui.screens.insights import InsightsScreen
from sitegen_tui.tui.widgets.bland_altman import LINES, levels, plotted
from sitegen_tui.tui.widgets.grid_list import GridList
from sitegen_tui.tui.widgets.scatter import span
from tests.judged import add_experiment, judged_by_families, label, play
from tests.tui.terminal import Open, app_of, shown, until

PARSE, JS = Mark(violation="html.parse-error"), Mark(violation="js.broken")


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Two runs, the first one judged wrong in two steps; two people who differ on one of them."""
    database = tmp_path / "labelled.db"
    with Store.open(database) as store:
        first, second = add_experiment(store, ("a", "b"))
        play(store, first, {1: [PARSE, JS], 2: [PARSE]})
        play(store, second)
        for step in (1, 2, 3):
            for run in (first, second):
                seen = {("e1.1", 1): [PARSE], ("e1.1", 2): [PARSE]}.get((run.run_id, step), [])
                store.record(label(run.run_id, step, "mara", seen))
                store.record(label(run.run_id, step, "bo", [JS] if (run.run_id, step) == ("e1.1", 1) else []))
    return database


async def agreement(pilot: Pilot[None]) -> Pane:
    app_of(pilot).push_screen(InsightsScreen(view="agreement"))
    await until(pilot, lambda: isinstance(pilot.app.screen, InsightsScreen) and pilot.app.screen.frame is not None)
    screen = pilot.app.screen
    assert isinstance(screen, InsightsScreen)
    assert isinstance(screen.pane, Pane)
    screen.pane.take_focus()
    await pilot.pause()
    return screen.pane


async def test_a_count_opens_exactly_the_steps_that_it_counts(opened: Open, labelled: Path) -> None:
    async with opened(db=labelled) as pilot:
        pane = await agreement(pilot)
        assert [row.key for row in pane.query_one(PairTable).rows] == ["bo\nmara", "bo\ncheckers", "mara\ncheckers"]
        await pilot.press("o", "o")
        pair = pane.pair
        assert pair is not None
        assert (pair.first, pair.second) == ("mara", "checkers")
        grid = pane.query_one("#ids", GridList)
        grid.focus()
        grid.move_to("js.broken", by_person=True)
        while grid.column != "second":
            await pilot.press("right")
        (one,) = [found for found in pair.ids if found.violation == "js.broken"]
        await until(pilot, lambda: f"AC1 {hundredths(one.ac1.estimate.value or 0.0)}" in shown(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BehindScreen))
        await until(pilot, lambda: any(table.rows for table in pilot.app.screen.query(StepsTable)))
        rows = pilot.app.screen.query_one(StepsTable).rows
        assert [row.key for row in rows] == list(one.second_only) == ["e1.1/1"]
        assert "seen by checkers alone" in shown(pilot)


async def test_the_plot_holds_every_step_once_and_says_what_the_table_says(opened: Open, labelled: Path) -> None:
    async with opened(db=labelled) as pilot:
        pane = await agreement(pilot)
        await pilot.press("b")
        await until(pilot, lambda: "bo minus mara over their mean" in shown(pilot))
        pair = pane.pair
        assert pair is not None
        assert pair.bland.bias.value is not None
        assert hundredths(pair.bland.bias.value) in shown(pilot)
        assert not pane.query_one("#ids").display


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48), (40, 12)])
async def test_every_line_fills_the_terminal_exactly(opened: Open, labelled: Path, size: tuple[int, int]) -> None:
    async with opened(size=size, db=labelled) as pilot:
        await agreement(pilot)
        for key in ("down", "tab", "right", "b", "b"):
            await pilot.press(key)
            assert {cell_len(line) for line in shown(pilot).split("\n")} == {size[0]}


async def test_families_of_judges_stand_behind_the_plot_and_open_their_steps(opened: Open, tmp_path: Path) -> None:
    database = tmp_path / "families.db"
    judged_by_families(database)
    async with opened(db=database) as pilot:
        pane = await agreement(pilot)
        await pilot.press("b")
        await pilot.press("b")
        await until(pilot, lambda: "one favours its own" in shown(pilot))
        assert "N/A" not in shown(pilot)
        pane.query_one(FamilyTable).focus()
        await until(pilot, lambda: "less the same on other models" in shown(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BehindScreen))
        await until(pilot, lambda: any(table.rows for table in pilot.app.screen.query(StepsTable)))
        assert len(pilot.app.screen.query_one(StepsTable).rows) == 24


async def test_before_the_first_label_it_says_how_to_begin(opened: Open) -> None:
    async with opened() as pilot:
        await agreement(pilot)
        assert "Nobody has labelled a step of these runs yet." in shown(pilot)
        assert "b ids, plot, families" not in shown(pilot)


def test_points_lie_where_their_mean_and_difference_put_them() -> None:
    points = [(4.0, 2.0), (8.0, 8.0), (8.0, 8.0), (1.0, 5.0)]

    def estimate(value: float) -> Estimate:
        return Estimate(value=value, n=4)

    bland = BlandAltman(n=4, bias=estimate(-0.5), sd=2.5, lower=estimate(-5.4), upper=estimate(4.4), unbiased=True)
    up, across = span([-5.4, 4.4], 4), span([3.0, 8.0], 4)
    grid = plotted(points, levels(bland), across, up, 40, 15)

    def at(x: float, y: float) -> str:
        return grid[14 - up.place(y, 15)][across.place(x, 40)][0]

    assert [at(3.0, 2.0), at(8.0, 0.0), at(3.0, -4.0)] == ["·", "•", "·"]
    assert {grid[14 - up.place(4.4, 15)][place][0] for place in range(40)} == {LINES["upper"]}
    assert sum(sign in "·•●" for row in grid for sign, _ in row) == 3
