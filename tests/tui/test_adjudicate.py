"""Adjudicating by keys: positions stand side by side, a digit takes a side, and the next open step comes up."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input

from sitegen_tui.domain.marks import Mark
from sitegen_tui.store import Store
from sitegen_tui.tui import figures
from sitegen_tui.tui.screens.adjudicate import AdjudicateScreen, CaseTable
from sitegen_tui.tui.screens.asking import Ask
from sitegen_tui.tui.screens.decide import DecideScreen
from sitegen_tui.tui.screens.step import StepScreen
from sitegen_tui.tui.widgets.bars import hints
from tests.judged import add_experiment, label, play
from tests.tui.terminal import Open, app_of, shown, until

PARSE, JS = Mark(violation="html.parse-error"), Mark(violation="js.broken")


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Two steps on which mara and the checkers differ."""
    database = tmp_path / "labelled.db"
    with Store.open(database) as store:
        (run,) = add_experiment(store, ("a",))
        play(store, run, {1: [PARSE, JS], 2: [PARSE]})
        store.record(label("e1.1", 1, "mara", [PARSE]))
        store.record(label("e1.1", 2, "mara", []))
    return database


async def adjudicate(pilot: Pilot[None]) -> AdjudicateScreen:
    app_of(pilot).open_adjudication()
    await until(pilot, lambda: isinstance(pilot.app.screen, AdjudicateScreen))
    screen = pilot.app.screen
    assert isinstance(screen, AdjudicateScreen)
    await until(pilot, lambda: any(table.rows for table in screen.query(CaseTable)))
    return screen


async def test_a_digit_takes_a_side_with_author_and_reason(opened: Open, labelled: Path) -> None:
    async with opened(db=labelled) as pilot:
        screen = await adjudicate(pilot)
        assert "2 of 2 steps open" in shown(pilot)
        case = screen.case
        assert case is not None
        assert case.step == 1
        assert [one.rater for one in case.positions] == ["mara", "checkers"]
        text = shown(pilot)
        assert "≠ js.broken" in text
        assert text.count("html.parse-error") == 2
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        pilot.app.screen.query_one(Input).value = "ann"
        await pilot.press("enter")
        await until(pilot, lambda: "1 of 2 steps open" in shown(pilot))
        assert "ann" in shown(pilot).split("\n")[0]
        rows = screen.query_one(CaseTable).rows
        assert rows[-1].decision is not None
        assert (rows[-1].decision.author, rows[-1].decision.reason) == ("ann", "as mara saw it")
        assert figures.points(rows[-1].value) == figures.points(case.positions[0].score)
        screen.query_one(CaseTable).move_to("e1.1/2", by_person=True)
        await pilot.press("2")
        await until(pilot, lambda: "0 of 2 steps open" in shown(pilot))
    with Store.open(labelled) as store:
        assert [event.reason for event in store.decisions("OverrideRecorded")] == ["as mara saw it", "the checkers are right"]
        assert store.verify() == []


async def test_another_decision_is_written_in_the_form_and_a_step_is_opened(opened: Open, labelled: Path) -> None:
    async with opened(db=labelled) as pilot:
        screen = await adjudicate(pilot)
        assert "side 3" not in {hint.words for hint in hints(screen) if hint.enabled}
        await pilot.press("3")
        assert pilot.app.screen is screen
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DecideScreen))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen))


async def test_where_nobody_differs_it_says_what_would_come(opened: Open) -> None:
    async with opened() as pilot:
        app_of(pilot).open_adjudication()
        await until(pilot, lambda: "Nobody differs about any step." in shown(pilot))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48), (40, 12)])
async def test_every_line_fills_the_terminal_exactly(opened: Open, labelled: Path, size: tuple[int, int]) -> None:
    async with opened(size=size, db=labelled) as pilot:
        await adjudicate(pilot)
        for key in ("down", "up"):
            await pilot.press(key)
            assert {cell_len(line) for line in shown(pilot).split("\n")} == {size[0]}
