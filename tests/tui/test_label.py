"""Labelling by keys alone: what is pressed is what is stored, and nothing on the screen says whose step it is."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot
from textual.widgets import Input

from sitegen_tui.cli.main import program
from sitegen_tui.domain.events import LabelRecorded, LabelSkipped
from sitegen_tui.domain.labels import standing
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store
from sitegen_tui.tui.app import SitegenApp
from sitegen_tui.tui.screens.asking import Ask, Search
from sitegen_tui.tui.screens.home import HomeScreen
from sitegen_tui.tui.screens.label import LabelScreen
from sitegen_tui.tui.widgets.checklist import KEYS
from tests.tui.pictured import RUN, add_pictured_run
from tests.tui.terminal import Open, app_of, shown, until, wanted

MODELS = ("reference", "simulated/reckless")


async def _fill(database: Path) -> None:
    async with await Services.open(database) as services:
        plan = await services.plan(wanted(*MODELS, actions=ACTION_IDS))
        await services.wait(await services.start(plan))


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs of all sixteen actions: enough steps for a session."""
    database = tmp_path_factory.mktemp("whole") / "runs.db"
    asyncio.run(_fill(database))
    return database


@asynccontextmanager
async def session(database: Path, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Pilot[None]]:
    app = SitegenApp(database)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.board is not None)
        yield pilot
        assert app.failures == []


def screen_of(pilot: Pilot[None]) -> LabelScreen:
    found = [screen for screen in pilot.app.screen_stack if isinstance(screen, LabelScreen)]
    return found[-1]


async def begin(pilot: Pilot[None], name: str = "mara") -> LabelScreen:
    await pilot.press("l")
    await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
    await type_in(pilot, name)
    return await ready(pilot)


def spelt(text: str) -> tuple[str, ...]:
    return (*("space" if letter == " " else letter for letter in text), "enter")


async def type_in(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*spelt(text))


async def ready(pilot: Pilot[None]) -> LabelScreen:
    screen = screen_of(pilot)
    await until(pilot, lambda: isinstance(pilot.app.screen, LabelScreen) and not screen.busy and screen.current is not None)
    return screen


async def finish(pilot: Pilot[None], *keys: str) -> None:
    """Press what ends a step, and wait for the next one."""
    screen = screen_of(pilot)
    done = screen.progress.done if screen.progress else 0
    await pilot.press(*keys)
    await until(pilot, lambda: not screen.busy and screen.progress is not None and screen.progress.done == done + 1)


def copied(whole: Path, folder: Path) -> Path:
    for file in whole.parent.glob("runs.db*"):
        shutil.copy(file, folder / file.name)
    return folder / "runs.db"


async def test_thirty_steps_labelled_by_keys_alone_are_exported_as_they_were_pressed(whole: Path, tmp_path: Path) -> None:
    database, chance = copied(whole, tmp_path), random.Random(11)
    pressed: dict[str, dict[str, object]] = {}
    async with session(database) as pilot:
        screen = await begin(pilot, "mara")
        with Store.open(database) as store:
            models = {row.run_id: row.model for row in store.runs()}
        for number in range(1, 31):
            screen = await ready(pilot)
            task = screen.current
            assert task is not None
            text = shown(pilot)
            assert f"{number - 1} of 30" in text
            assert not [name for name in (*models, *models.values(), "reckless", "simulated") if name in text]
            if number % 10 == 0:
                await finish(pilot, "S", *spelt("too dark"))
                pressed[task.item.key] = {"reason": "too dark"}
                continue
            keys = chance.sample(KEYS[: len(task.questions)], chance.randint(0, 3))
            place = None
            if keys and task.shown.diff.files:
                await pilot.press("full_stop", "shift+down")
                place = screen.diff_view.selection
                assert place is not None
            for key in keys:
                await pilot.press(key)
            if number % 7 == 0:
                await pilot.press("N")
                await type_in(pilot, "seen twice")
            asked = [task.questions[KEYS.index(key)] for key in keys]
            pressed[task.item.key] = {
                "violations": [one.violation.id for one in asked],
                "subjects": [one.subject for one in asked],
                "place": place,
                "note": "seen twice" if number % 7 == 0 else "",
                "pi": task.item.pi,
                "stratum": task.item.stratum,
            }
            await finish(pilot, "enter")
        await until(pilot, lambda: "All 30 are done" in shown(pilot))
    file = tmp_path / "labels.jsonl"
    arguments = ["--db", str(database), "label", "export", "-o", str(file)]
    told = await asyncio.to_thread(CliRunner().invoke, program, arguments)
    assert told.exit_code == 0
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert len(rows) == len(pressed) == 30
    for row in rows:
        said = pressed[f"{row['run']}/{row['step']}"]
        assert row["rater"] == "mara"
        assert row["seconds"] >= 0
        if row["kind"] == "skip":
            assert said == {"reason": row["reason"]}
            continue
        assert row["violations"] == list(dict.fromkeys(said["violations"]))  # type: ignore[call-overload]
        assert [mark["subject"] for mark in row["marks"]] == said["subjects"]
        assert (row["note"], row["pi"], row["stratum"]) == (said["note"], said["pi"], said["stratum"])
        if row["marks"] and said["place"] is not None:
            assert row["marks"][0]["places"] == [said["place"].model_dump()]  # type: ignore[attr-defined]
        assert all(not mark["places"] for mark in row["marks"][1:])


async def test_a_rater_stops_and_goes_on_where_they_were_and_is_not_asked_again(whole: Path, tmp_path: Path) -> None:
    database = copied(whole, tmp_path)
    async with session(database) as pilot:
        await begin(pilot)
        await finish(pilot, "a", "enter")
        second = (await ready(pilot)).current
        await pilot.press("b", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    async with session(database) as pilot:
        await pilot.press("l")
        await until(pilot, lambda: pilot.app.screen.query("#list"))
        screen = await ready(pilot)
        assert "mara  1 of 30" in shown(pilot)
        assert second is not None
        assert screen.current is not None
        assert screen.current.item == second.item
        assert screen.marking.marks == ()


async def test_undo_takes_back_marks_and_then_the_step_before_which_comes_back_as_it_was_left(whole: Path, tmp_path: Path) -> None:
    database = copied(whole, tmp_path)
    async with session(database) as pilot:
        screen = await begin(pilot)
        first = screen.current
        await finish(pilot, "a", "c", "enter")
        screen = await ready(pilot)
        await pilot.press("d", "U")
        assert screen.marking.marks == ()
        await pilot.press("U")
        await until(pilot, lambda: not screen.busy and screen.progress is not None and screen.progress.done == 0)
        assert first is not None
        assert screen.current is not None
        assert screen.current.item == first.item
        assert [mark.violation for mark in screen.marking.marks] == [first.questions[at].violation.id for at in (0, 2)]
        await finish(pilot, "a", "enter")
    with Store.open(database) as store:
        kinds = [type(event).__name__ for event in store.labels.events()]
        assert kinds == ["LabelRecorded", "LabelWithdrawn", "LabelRecorded"]
        (label,) = standing(store.labels.events())
        assert isinstance(label, LabelRecorded)
        assert label.violations == (first.questions[2].violation.id,)


async def test_a_search_finds_what_has_no_key_and_selected_lines_are_its_evidence(whole: Path, tmp_path: Path) -> None:
    async with session(copied(whole, tmp_path)) as pilot:
        screen = await begin(pilot)
        task = screen.current
        assert task is not None
        assert len(task.questions) > len(KEYS)
        last = task.questions[-1]
        await pilot.press("space", "down", "down")
        place = screen.diff_view.selection
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(pilot.app.screen, Search))
        pilot.app.screen.query_one(Input).value = last.violation.id
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: screen.marking.marks)
        (mark,) = screen.marking.marks
        assert mark.violation == last.violation.id
        assert mark.places == ((place,) if place is not None else ())
        assert last.violation.title[:12] in shown(pilot)
        assert screen.diff_view.selection is None


async def test_how_many_of_how_many_are_wrong_can_be_said_and_nonsense_is_refused(whole: Path, tmp_path: Path) -> None:
    async with session(copied(whole, tmp_path)) as pilot:
        screen = await begin(pilot)
        await pilot.press("a")
        assert screen.current is not None
        assert screen.current.questions[0].violation.rule[:30] in shown(pilot)
        await pilot.press("equals_sign")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        for text, said in (("5/3", "5 of 3 cannot be wrong"), ("x", "A number from 1")):
            pilot.app.screen.query_one(Input).value = text
            await pilot.press("enter")
            await until(pilot, lambda said=said: said in shown(pilot))
        pilot.app.screen.query_one(Input).value = "2/3"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LabelScreen))
        assert (screen.marking.marks[0].wrong, screen.marking.marks[0].of) == (2, 3)
        assert "2 of 3" in shown(pilot)


async def test_a_second_rater_gets_the_same_thirty_steps_in_another_order(whole: Path, tmp_path: Path) -> None:
    database = copied(whole, tmp_path)
    async with session(database) as pilot:
        await begin(pilot, "mara")
        await pilot.press("R")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        pilot.app.screen.query_one(Input).value = "bo"
        await pilot.press("enter")
        await until(pilot, lambda: "bo  0 of 30" in shown(pilot))
        screen = await ready(pilot)
        await finish(pilot, "enter")
        assert screen.rater == "bo"
    with Store.open(database) as store:
        mara, bo = ([item.key for item in store.labels.items(rater)] for rater in ("mara", "bo"))
        assert sorted(mara) == sorted(bo)
        assert mara != bo
        assert [event.rater for event in store.labels.events()] == ["bo"]


async def test_pictures_of_the_page_are_shown_where_there_are_any(database: Path) -> None:
    add_pictured_run(database)
    async with session(database) as pilot:
        screen = await begin(pilot)
        while screen.current is not None and screen.current.item.key != f"{RUN}/1":
            await finish(pilot, "enter")
            screen = screen_of(pilot)
        await pilot.press("P")
        await until(pilot, lambda: "After, desktop" in shown(pilot) and "▀" in shown(pilot))
        await pilot.press("V")
        await until(pilot, lambda: "After, mobile" in shown(pilot))
        await pilot.press("P")
        await until(pilot, lambda: "css/styles.css" in shown(pilot))
        text = shown(pilot)
        assert "cannot be read" not in text
        assert RUN not in text


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
async def test_directive_diff_checklist_and_progress_are_on_the_screen_at_once(
    whole: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with session(copied(whole, tmp_path), size) as pilot:
        screen = await begin(pilot)
        text = shown(pilot)
        assert screen.current is not None
        assert screen.current.shown.directive.split("\n")[0][:24] in text
        assert "What is wrong?" in text
        assert "mara  0 of 30" in text
        assert screen.current.questions[0].violation.title[:16] in text
        assert "@@" in text or "changed nothing" in text


async def test_without_a_scored_step_it_says_what_to_do(opened: Open, tmp_path: Path) -> None:
    async with opened(db=tmp_path / "empty.db") as pilot:
        app_of(pilot).open_label()
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await type_in(pilot, "bo")
        await until(pilot, lambda: "There is no scored step to label." in shown(pilot))
        await pilot.press("a", "enter", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_a_skip_needs_a_reason(whole: Path, tmp_path: Path) -> None:
    database = copied(whole, tmp_path)
    async with session(database) as pilot:
        await begin(pilot)
        await pilot.press("S", "enter")
        await until(pilot, lambda: "A reason is needed." in shown(pilot))
        await type_in(pilot, "no idea")
        await until(pilot, lambda: "1 of 30" in shown(pilot))
    with Store.open(database) as store:
        (event,) = store.labels.events()
        assert isinstance(event, LabelSkipped)
        assert event.reason == "no idea"


async def test_a_letter_typed_ahead_neither_marks_nor_quits(whole: Path, tmp_path: Path) -> None:
    async with session(copied(whole, tmp_path)) as pilot:
        screen = await begin(pilot)
        screen.busy = True
        await pilot.press("q", "t", "a")
        assert pilot.app.is_running
        assert pilot.app.theme == "sitegen-dark"
        assert screen.marking.marks == ()
        screen.busy = False
        await pilot.press("q")
        assert screen.marking.marks != ()
