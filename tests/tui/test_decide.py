"""Deciding about a step by keys: what it would come to is said before it is stored, and everything shows it afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from sitegen_tui.domain.marks import Mark
from sitegen_tui.store import Store
from sitegen_tui.tui import figures
from sitegen_tui.tui.screens.asking import Search
from sitegen_tui.tui.screens.decide import Acts, DecideScreen
from sitegen_tui.tui.screens.step import StepScreen
from sitegen_tui.tui.widgets.bars import hints
from sitegen_tui.tui.widgets.findings_list import FindingsList
from tests.judged import add_experiment, play
from tests.tui.terminal import Open, app_of, shown, until


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """A run whose first step was found to have two faults."""
    database = tmp_path / "judged.db"
    with Store.open(database) as store:
        for run in add_experiment(store, ("a",)):
            play(store, run, {1: [Mark(violation="js.broken"), Mark(violation="html.parse-error")]})
    return database


async def form(pilot: Pilot[None], place: int = 1) -> DecideScreen:
    app_of(pilot).open_step("e1.1", 1)
    await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen))
    await until(pilot, lambda: any(found.rows for found in pilot.app.screen.query(FindingsList)))
    pilot.app.screen.query_one(FindingsList).move_to(str(place))
    await pilot.press("d")
    await until(pilot, lambda: isinstance(pilot.app.screen, DecideScreen))
    await until(pilot, lambda: any(found.rows for found in pilot.app.screen.query(Acts)))
    screen = pilot.app.screen
    assert isinstance(screen, DecideScreen)
    return screen


def said(screen: DecideScreen) -> str:
    return str(screen.query_one("#sum", Static).content)


async def fill(pilot: Pilot[None], **values: str) -> None:
    for name, value in values.items():
        pilot.app.screen.query_one(f"#{name}", Input).value = value
    await pilot.pause()


async def test_a_finding_is_dropped_after_its_effect_was_shown_and_both_values_stay_on_the_screen(
    opened: Open, judged: Path
) -> None:
    async with opened(db=judged) as pilot:
        screen = await form(pilot)
        with Store.open(judged) as store:
            before = store.steps("e1.1")[0].value
            lost = store.charges(run_id="e1.1")[0].amount
        assert before is not None
        assert screen.act == "drop"
        await until(pilot, lambda: "no name" in said(screen))
        await fill(pilot, author="mara")
        await until(pilot, lambda: "needs a reason" in said(screen))
        assert "store" not in {hint.words for hint in hints(screen) if hint.enabled}
        await fill(pilot, reason="it works here")
        await until(pilot, lambda: screen.wanted is not None)
        assert f"{figures.points(before + lost)} points, judged {figures.points(before)}" in said(screen)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen))
        both = f"{figures.points(before + lost)}, judged {figures.points(before)}, overridden by mara: it works here"
        await until(pilot, lambda: both in shown(pilot))
        await until(pilot, lambda: "dropped by mara: it works" in shown(pilot))
        screen = await form(pilot)
        assert screen.query_one("#author", Input).value == "mara"
        assert "take back what mara decided: it works here" in shown(pilot)
        screen.query_one(Acts).move_to("withdraw", by_person=True)
        await fill(pilot, reason="no")
        await until(pilot, lambda: screen.wanted is not None and screen.wanted.withdraws == 0)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen) and "overridden" not in shown(pilot))
    with Store.open(judged) as store:
        assert store.steps("e1.1")[0].value == before
        assert store.verify() == []


async def test_what_was_missed_is_searched_for_and_a_score_is_typed(opened: Open, judged: Path) -> None:
    async with opened(db=judged) as pilot:
        screen = await form(pilot)
        screen.query_one(Acts).move_to("add", by_person=True)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Search))
        pilot.app.screen.query_one(Input).value = "html.duplicate-id"
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen and "html.duplicate-id" in shown(pilot))
        await fill(pilot, author="bo", reason="seen")
        await until(pilot, lambda: screen.wanted is not None and screen.wanted.adds)
        screen.query_one(Acts).move_to("score", by_person=True)
        await until(pilot, lambda: "A score is a number" in said(screen))
        for text, words in (("11", "cannot be"), ("abc", "A score is a number")):
            await fill(pilot, value=text)
            await until(pilot, lambda words=words: words in said(screen))
            await pilot.press("ctrl+s")
            assert pilot.app.screen is screen
        await fill(pilot, value="7,5")
        await until(pilot, lambda: "7.5 points" in said(screen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen))
    with Store.open(judged) as store:
        assert store.decisions("OverrideRecorded") == []


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
async def test_the_whole_form_is_on_the_screen(opened: Open, judged: Path, size: tuple[int, int]) -> None:
    async with opened(size=size, db=judged) as pilot:
        screen = await form(pilot)
        await fill(pilot, author="mara", reason="because")
        await until(pilot, lambda: screen.wanted is not None)
        text = shown(pilot)
        for words in (
            "Decide on step 1 of e1.1",
            "no finding: js.broken",
            "the judges are right",
            "points, judged",
            "^s",
            "because",
        ):
            assert words in text
