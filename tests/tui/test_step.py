import pytest
from rich.cells import cell_len

from sitegen_tui.tui.screens.help import Sheet
from sitegen_tui.tui.screens.step import StepScreen
from sitegen_tui.tui.widgets.diff_view import DiffView
from sitegen_tui.tui.widgets.findings_list import FindingsList
from sitegen_tui.tui.widgets.text_pane import TextPane
from tests.tui.terminal import Open, app_of, shown, until


async def _open(pilot, step: int = 1, *, run: str = "e1.2", finding: int | None = None) -> StepScreen:  # type: ignore[no-untyped-def]
    app_of(pilot).open_step(run, step, finding=finding)
    await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen))
    screen = pilot.app.screen
    assert isinstance(screen, StepScreen)
    await until(pilot, lambda: screen.query_one(DiffView).rows is not None)
    return screen


def _with_place(screen: StepScreen) -> tuple[int, int]:
    """A step and the number of one of its findings that names a line."""
    run = screen.run_view
    assert run is not None
    for step in run.steps:
        for number, charge in enumerate(step.charges, 1):
            evidence = charge.finding.evidence
            if evidence.line and evidence.side == "after" and evidence.file in {change.path for change in step.changes}:
                return step.step, number
    pytest.fail("no finding with a line in a changed file")


async def test_a_finding_opens_at_its_line_and_backspace_returns(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot)
        number, finding = _with_place(screen)
        await pilot.press("escape")
        screen = await _open(pilot, number)
        findings, view = screen.query_one(FindingsList), screen.query_one(DiffView)
        await until(pilot, lambda: len(findings.rows) >= finding)
        findings.move_to(str(finding))
        before = view.place()
        await pilot.press("enter")
        charge = screen.charge
        assert charge is not None
        assert view.place() == (charge.finding.evidence.side, charge.finding.evidence.line)
        assert view.diff is not None
        assert view.diff.path == charge.finding.evidence.file
        await pilot.press("backspace")
        assert view.place() == before


async def test_a_step_that_the_run_does_not_have_is_said_to_be_none_of_its_steps(opened: Open) -> None:
    async with opened() as pilot:
        app_of(pilot).open_step("e1.2", 12)
        await until(pilot, lambda: "This run has no step 12. Its steps: 1, 3, 8, 9." in shown(pilot))
        assert "Comparing" not in shown(pilot)
        assert "no such step" in shown(pilot)


async def test_a_finding_explained_shows_the_rule_of_the_catalogue(opened: Open) -> None:
    async with opened(size=(120, 50)) as pilot:
        screen = await _open(pilot)
        number, _ = _with_place(screen)
        await pilot.press("escape")
        screen = await _open(pilot, number)
        await until(pilot, lambda: screen.query_one(FindingsList).rows)
        await pilot.press("i")
        sheet = pilot.app.screen
        assert isinstance(sheet, Sheet)
        charge, catalogue = screen.charge, app_of(pilot).catalogue
        assert charge is not None
        assert catalogue is not None
        violation = catalogue.by_id[charge.finding.violation]
        text = sheet.query_one(TextPane).text
        assert violation.rule in text
        assert f"{charge.amount:.2f} charged" in text


async def test_left_and_right_go_through_the_steps_and_stop_at_the_ends(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot)
        run = screen.run_view
        assert run is not None
        numbers = [step.step for step in run.steps]
        for number in numbers[1:]:
            await pilot.press("right")
            assert screen.number == number
            await until(pilot, lambda number=number: f"{number} " in shown(pilot).split("\n")[0])
        await pilot.press("right")
        assert screen.number == numbers[-1]
        await pilot.press("comma")
        assert screen.number == numbers[-2]


async def test_tabs_show_prompt_reply_and_attempts(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot)
        for key, name in (("2", "prompt"), ("3", "reply"), ("4", "attempts")):
            await pilot.press(key)
            pane = screen.query_one(f"#{name}", TextPane)
            await until(pilot, lambda pane=pane: pane.text)
            assert pane.has_focus
        assert "tokens out" in screen.query_one("#attempts", TextPane).text
        await pilot.press("1")
        assert screen.query_one(DiffView).has_focus


async def test_u_puts_both_sides_beside_each_other_where_there_is_room(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot)
        view = screen.query_one(DiffView)
        await pilot.press("u")
        assert view.layout_name == "split"
        await pilot.press("u")
        assert view.layout_name == "unified"


async def test_a_step_compares_with_the_reference_editor_too(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, run="e1.1")
        await pilot.press("g")
        await until(pilot, lambda: "reference editor makes it" in shown(pilot))
        await pilot.press("g")
        await until(pilot, lambda: screen.query_one(DiffView).rows is not None)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48), (40, 12)])
async def test_every_line_of_a_step_fills_the_terminal_exactly(opened: Open, size: tuple[int, int]) -> None:
    async with opened(size=size) as pilot:
        await _open(pilot)
        for key in "1234":
            await pilot.press(key)
            assert {cell_len(line) for line in shown(pilot).split("\n")} == {size[0]}
