"""No dead key: whatever the line of keys shows does something, and the help and the palette say the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from sitegen_tui.tui.screens.asking import Ask
from sitegen_tui.tui.screens.help import Sheet, help_lines
from sitegen_tui.tui.screens.home import HomeScreen
from sitegen_tui.tui.screens.label import LabelScreen
from sitegen_tui.tui.screens.new_experiment import NewExperimentScreen
from sitegen_tui.tui.widgets.bars import hints
from sitegen_tui.tui.widgets.choice_list import ChoiceList
from sitegen_tui.tui.widgets.diff_view import DiffView
from sitegen_tui.tui.widgets.findings_list import FindingsList
from sitegen_tui.tui.widgets.run_table import ExperimentTable
from sitegen_tui.tui.widgets.steps_list import StepsList
from sitegen_tui.tui.widgets.text_pane import TextPane
from tests.tui.terminal import Open, app_of, shown, until

Prepare = Callable[[Pilot[None]], Awaitable[None]]
ALREADY_THERE = {"_run": "1", "_step": "1", "_attempts": "4"}
"""Keys of the pane or tab that is shown already: they do nothing, and are shown because their neighbours do."""
LEAVING = {"q"}
"""Keys that end the program; a test of their own."""


async def _home(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: "e1.2" in shown(pilot))


async def _home_runs(pilot: Pilot[None]) -> None:
    await _home(pilot)
    await pilot.press("enter")


async def _run(pilot: Pilot[None]) -> None:
    app_of(pilot).open_run("e1.2")
    await until(pilot, lambda: pilot.app.screen.query(StepsList) and pilot.app.screen.query_one(StepsList).rows)
    await pilot.press("home")
    await until(pilot, lambda: pilot.app.screen.query_one(DiffView).rows is not None)


def _step_with_findings(pilot: Pilot[None]) -> int:
    run = pilot.app.screen.run_view  # type: ignore[attr-defined]
    return max(run.steps[1:-1], key=lambda step: sum(bool(charge.finding.evidence.file) for charge in step.charges)).step


async def _step(pilot: Pilot[None]) -> None:
    await _run(pilot)
    app_of(pilot).open_step("e1.2", _step_with_findings(pilot))
    await until(pilot, lambda: pilot.app.screen.query(DiffView) and pilot.app.screen.query_one(DiffView).rows is not None)
    await until(pilot, lambda: pilot.app.screen.query_one(FindingsList).rows)
    await pilot.press("n", "j")


async def _attempts(pilot: Pilot[None]) -> None:
    await _step(pilot)
    await pilot.press("4")
    await until(pilot, lambda: pilot.app.screen.query_one("#attempts", TextPane).text)


async def _form(pilot: Pilot[None]) -> None:
    await pilot.press("n")
    await until(pilot, lambda: pilot.app.screen.query_one("#models", ChoiceList).rows)
    await until(pilot, lambda: "= 2 runs" in shown(pilot))


async def _label(pilot: Pilot[None]) -> None:
    await _home(pilot)
    await pilot.press("l")
    await until(pilot, lambda: isinstance(pilot.app.screen, Ask) or getattr(pilot.app.screen, "current", None) is not None)
    if isinstance(pilot.app.screen, Ask):
        await pilot.press("b", "o", "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, LabelScreen) and pilot.app.screen.current and not pilot.app.screen.busy)
    await pilot.press("b")


def _state(pilot: Pilot[None]) -> tuple[object, ...]:
    app = pilot.app
    focused = app.focused.id if app.focused else None
    return (len(app.screen_stack), type(app.screen), focused, app.theme, len(app._notifications), shown(pilot))


def _keys(pilot: Pilot[None]) -> list[str]:
    shown_keys = [
        key
        for key, active in pilot.app.screen.active_bindings.items()
        if active.binding.show and active.enabled and active.binding.description and not active.binding.system
    ]
    return [key for key in shown_keys if key not in LEAVING]


@pytest.mark.parametrize("prepare", [_home, _home_runs, _run, _step, _attempts, _form, _label])
async def test_every_key_that_is_shown_does_something(opened: Open, prepare: Prepare) -> None:
    async with opened(size=(160, 48)) as pilot:
        await prepare(pilot)
        keys = _keys(pilot)
        assert keys
        dead: list[str] = []
        for key in keys:
            await _back_home(pilot)
            await prepare(pilot)
            if key == ALREADY_THERE.get(prepare.__name__):
                continue
            before = _state(pilot)
            await pilot.press(key)
            try:
                await until(pilot, lambda before=before: _state(pilot) != before, 3)
            except AssertionError:
                dead.append(key)
        assert dead == []


async def _back_home(pilot: Pilot[None]) -> None:
    while not isinstance(pilot.app.screen, HomeScreen):
        await pilot.app.pop_screen()
    if pilot.app.screen.query_one("#filter").display:
        await pilot.press("escape")
    pilot.app.screen.query_one(ExperimentTable).focus()
    pilot.app.clear_notifications()
    await pilot.pause()


@pytest.mark.parametrize("prepare", [_home, _run, _step, _form, _label])
async def test_the_line_of_keys_fits_and_always_offers_help(opened: Open, prepare: Prepare) -> None:
    for size in ((60, 20), (80, 24), (160, 48)):
        async with opened(size=size) as pilot:
            await prepare(pilot)
            assert shown(pilot).split("\n")[-1].rstrip().endswith("? help")


async def test_clicking_a_key_does_what_it_does(opened: Open) -> None:
    async with opened() as pilot:
        await _home(pilot)
        line = shown(pilot).split("\n")[-1]
        await pilot.click(offset=(line.index("n new") + 3, pilot.app.size.height - 1))
        assert isinstance(pilot.app.screen, NewExperimentScreen)


@pytest.mark.parametrize("prepare", [_home, _run, _step, _label])
async def test_help_lists_exactly_the_keys_that_work_here(opened: Open, prepare: Prepare) -> None:
    async with opened() as pilot:
        await prepare(pilot)
        screen = pilot.app.screen
        text = "\n".join("".join(piece for piece, _ in line) for line in help_lines(screen))
        working = {hint.words for hint in hints(screen, everything=True)}
        assert all(words in text for words in working)
        await pilot.press("question_mark")
        sheet = pilot.app.screen
        assert isinstance(sheet, Sheet)
        assert sheet.query_one(TextPane).text == text
        await pilot.press("escape")
        assert pilot.app.screen is screen


async def test_help_changes_with_what_can_be_done(opened: Open) -> None:
    async with opened() as pilot:
        await _home(pilot)
        assert "clear filter" not in {hint.words for hint in hints(pilot.app.screen)}
        await pilot.press("slash", "x")
        await until(pilot, lambda: "clear filter" in {hint.words for hint in hints(pilot.app.screen)})


async def test_the_palette_offers_what_the_keys_do(opened: Open) -> None:
    async with opened() as pilot:
        await _home(pilot)
        titles = {command.title for command in app_of(pilot).get_system_commands(pilot.app.screen)}
        assert {"New experiment", "Sort", "Filter", "Theme", "Quit"} <= titles
        await pilot.press("ctrl+p", *"new exp")
        await until(pilot, lambda: "New experiment" in shown(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NewExperimentScreen))


async def test_letters_typed_into_a_field_are_text(opened: Open) -> None:
    async with opened() as pilot:
        await _home(pilot)
        await pilot.press("slash", *"qnct")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert pilot.app.is_running
        assert pilot.app.screen.query_one("#filter").value == "qnct"  # type: ignore[attr-defined]


async def test_q_ends_the_program(opened: Open) -> None:
    async with opened() as pilot:
        await _home(pilot)
        await pilot.press("q")
        await until(pilot, lambda: not pilot.app.is_running)
