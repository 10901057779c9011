from pathlib import Path

from sitegen_tui.errors import StoreError
from sitegen_tui.services.root import Services
from sitegen_tui.tui.app import SitegenApp
from sitegen_tui.tui.screens.error import ErrorDialog
from sitegen_tui.tui.screens.home import HomeScreen
from sitegen_tui.tui.screens.new_experiment import NewExperimentScreen
from sitegen_tui.tui.screens.run import RunScreen
from sitegen_tui.tui.widgets.choice_list import ChoiceList
from sitegen_tui.tui.widgets.run_table import RunTable
from tests.tui.terminal import Open, app_of, shown, until, wanted


async def test_an_empty_database_says_what_to_do(opened: Open, tmp_path: Path) -> None:
    async with opened(db=tmp_path / "new.db") as pilot:
        await until(pilot, lambda: "Nothing has been run yet" in shown(pilot))
        assert "Press n" in shown(pilot)


async def test_runs_show_model_progress_and_what_their_score_is_out_of(opened: Open) -> None:
    async with opened() as pilot:
        await until(pilot, lambda: "e1.2" in shown(pilot))
        text = shown(pilot)
        assert "simulated/reckless" in text
        assert "static" in text
        row = pilot.app.screen.query_one(RunTable).rows[0]
        assert row.steps_done == 4
        assert "▪▪▪▪" in text


async def test_enter_goes_down_to_a_run_and_escape_comes_back(opened: Open) -> None:
    async with opened() as pilot:
        await until(pilot, lambda: "e1.2" in shown(pilot))
        await pilot.press("enter", "down", "enter")
        assert isinstance(pilot.app.screen, RunScreen)
        assert pilot.app.screen.run_id == "e1.2"
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert pilot.app.screen.query_one(RunTable).cursor_key == "e1.2"


async def test_the_filter_narrows_runs_and_escape_clears_it(opened: Open) -> None:
    async with opened() as pilot:
        await until(pilot, lambda: "e1.2" in shown(pilot))
        table = pilot.app.screen.query_one(RunTable)
        await pilot.press("slash", *"reckless")
        await until(pilot, lambda: [row.run_id for row in table.rows] == ["e1.2"])
        await pilot.press("enter")
        assert table.has_focus
        await pilot.press("escape")
        assert len(table.rows) == 2


async def test_a_filter_with_markup_in_it_is_only_text(opened: Open) -> None:
    async with opened() as pilot:
        await until(pilot, lambda: "e1.2" in shown(pilot))
        await pilot.press("slash", "left_square_bracket", "slash", "right_square_bracket")
        await until(pilot, lambda: "No run matches “[/]”" in shown(pilot))


async def test_sorting_by_score_puts_the_best_first(opened: Open) -> None:
    async with opened() as pilot:
        await until(pilot, lambda: "e1.2" in shown(pilot))
        await pilot.press("s")
        table = pilot.app.screen.query_one(RunTable)
        assert table.rows[0].model == "reference"
        await pilot.press("s")
        assert table.rows[0].model == "simulated/reckless"


async def test_the_form_starts_an_experiment_that_home_then_shows_live(opened: Open) -> None:
    async with opened() as pilot:
        await until(pilot, lambda: "e1.2" in shown(pilot))
        await pilot.press("n")
        screen = pilot.app.screen
        assert isinstance(screen, NewExperimentScreen)
        models = screen.query_one("#models", ChoiceList)
        await until(pilot, lambda: models.rows)
        await until(pilot, lambda: "= 2 runs, 32 steps" in shown(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "= 1 run, 16 steps" in shown(pilot))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        board = app_of(pilot).board
        assert board is not None
        await until(pilot, lambda: "e2" in board.experiments)
        home = pilot.app.screen
        assert isinstance(home, HomeScreen)
        await until(pilot, lambda: home.experiment_id == "e2")
        await until(pilot, lambda: board.rows["e2.1"].steps_done > 0)


async def test_the_form_says_what_is_wrong_and_does_not_start(opened: Open) -> None:
    async with opened() as pilot:
        await pilot.press("n")
        screen = pilot.app.screen
        await until(pilot, lambda: screen.query_one("#models", ChoiceList).rows)
        screen.query_one("#repeats").focus()
        await pilot.press("end", "x")
        await until(pilot, lambda: "whole number from 1 to 1,000" in shown(pilot))
        await pilot.press("ctrl+s")
        assert isinstance(pilot.app.screen, NewExperimentScreen)
        await pilot.press("backspace")
        await until(pilot, lambda: "= 2 runs" in shown(pilot))


async def test_cancelling_asks_first_and_then_stops_the_run(opened: Open) -> None:
    async with opened() as pilot:
        services, board = app_of(pilot).services, app_of(pilot).board
        assert services is not None
        assert board is not None
        await services.start(await services.plan(wanted("simulated/careful", pace=20.0)))
        await until(pilot, lambda: "e2.1" in board.rows and board.rows["e2.1"].state == "running")
        await pilot.press("home")
        await until(pilot, lambda: "▸ live" in shown(pilot))
        await pilot.press("enter", "c")
        await until(pilot, lambda: "cannot be resumed" in shown(pilot))
        await pilot.press("escape")
        assert board.rows["e2.1"].state == "running"
        await pilot.press("c", "enter")
        await until(pilot, lambda: board.rows["e2.1"].state == "cancelled")


async def test_quitting_asks_while_runs_are_live(opened: Open) -> None:
    async with opened() as pilot:
        services, board = app_of(pilot).services, app_of(pilot).board
        assert services is not None
        assert board is not None
        await services.start(await services.plan(wanted("simulated/careful", pace=20.0)))
        await until(pilot, lambda: "e2.1" in board.rows and board.rows["e2.1"].state == "running")
        await pilot.press("q")
        await until(pilot, lambda: "Quit while runs are live?" in shown(pilot))
        await pilot.press("escape")
        assert pilot.app.is_running


async def test_a_database_that_cannot_be_opened_is_a_dialog_with_what_to_do(tmp_path: Path) -> None:
    database = tmp_path / "not.db"
    database.write_bytes(b"this is no database " * 100)
    app = SitegenApp(database)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "This did not work" in shown(pilot)
        assert "Traceback" not in shown(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_running)
    assert app.failures == []


async def test_trying_again_opens_a_database_that_has_been_mended(finished: Path) -> None:
    tries: list[Path] = []

    async def opener(path: Path) -> Services:
        tries.append(path)
        if len(tries) == 1:
            raise StoreError("the database is [locked]", hint="close [/] the other program")
        return await Services.open(path, drive=False)

    app = SitegenApp(finished, opener=opener)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "close [/] the other program" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: app.board is not None)
        await until(pilot, lambda: "e1.2" in shown(pilot))


async def test_t_changes_between_dark_and_light(opened: Open) -> None:
    async with opened() as pilot:
        dark = pilot.app.screen.styles.background
        await pilot.press("t")
        assert pilot.app.screen.styles.background != dark
        await pilot.press("t")
        assert pilot.app.screen.styles.background == dark
