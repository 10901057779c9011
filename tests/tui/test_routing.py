"""Costs drawn in cells and the routing's pane: names beside points, keys that change what is asked, rows opened to their steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from sitegen_tui.services.insights import INSIGHTS
from sitegen_tui.tui.insights.cost import Pane as CostPane
from sitegen_tui.tui.insights.routing import Pane as RoutingPane
from sitegen_tui.tui.insights.routing import amount, points
from sitegen_tui.tui.screens.behind import BehindScreen, StepsTable
from sitegen_tui.tui.screens.insights import InsightsScreen
from sitegen_tui.tui.widgets.bars import hints
from sitegen_tui.tui.widgets.scatter import BEATEN, FRONT, JOIN, Dot, drawn, span
from tests.tui.terminal import ACTIONS, Open, shown, until

NUMBERS = st.floats(-200, 200)


def picture(dots: list[Dot], width: int = 60, height: int = 8, chosen: str | None = None) -> list[str]:
    """The rows of a plane as text."""
    across = span([dot.x for dot in dots], max(2, width // 12), ratios=True)
    up = span([dot.y for dot in dots], max(2, height // 2))
    return ["".join(sign for sign, _ in row) for row in drawn(dots, across, up, width, height, chosen)]


@given(st.lists(NUMBERS, min_size=1, max_size=8), st.integers(2, 9), st.booleans())
def test_an_axis_holds_all_values_with_round_marks(values: list[float], most: int, ratios: bool) -> None:
    found = span(values, most, ratios=ratios)
    hair = 1e-9 + 1e-8 * (max(values) - min(values))
    assert found.low <= min(values) + hair
    assert found.high >= max(values) - hair
    assert found.low < found.high
    assert list(found.marks) == sorted(set(found.marks))
    assert 1 <= len(found.marks) <= most + 2
    places = [found.place(value, 40) for value in sorted(values)]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] < 40


@given(st.lists(st.tuples(st.floats(0.001, 100), NUMBERS), min_size=1, max_size=9), st.integers(4, 90), st.integers(2, 14))
def test_every_point_is_drawn_in_its_room(values: list[tuple[float, float]], width: int, height: int) -> None:
    dots = [Dot(f"m{at}", f"model-{at}", x, y, at % 2 == 0) for at, (x, y) in enumerate(values)]
    rows = picture(dots, width, height)
    assert [len(row) for row in rows] == [width] * height
    if width >= len(dots):
        text = "".join(rows)
        assert (text.count(FRONT), text.count(BEATEN)) == (len(dots[::2]), len(dots[1::2]))


def test_better_is_higher_dearer_is_further_right_and_each_has_its_name() -> None:
    dots = [Dot("a", "cheap", 0.02, 60, True), Dot("b", "dear", 0.4, 90, True), Dot("c", "waste", 0.3, 20, False)]
    rows = picture(dots)
    at = {name: next((y, row.index(name)) for y, row in enumerate(rows) if name in row) for name in ("cheap", "dear", "waste")}
    assert at["dear"][0] < at["cheap"][0] < at["waste"][0]
    assert at["cheap"][1] < at["waste"][1] < at["dear"][1]
    assert f"{FRONT} cheap" in rows[at["cheap"][0]]
    assert f"{BEATEN} waste" in rows[at["waste"][0]]
    assert FRONT in rows[at["dear"][0]]
    assert any(JOIN in row for row in rows)


def test_points_on_one_spot_stand_side_by_side_and_the_chosen_one_keeps_its_name() -> None:
    dots = [Dot(f"m{at}", f"a-rather-long-name-{at}", 1.0, 50.0, False) for at in range(4)]
    rows = picture(dots, 30, 4, "m2")
    (row,) = [row for row in rows if BEATEN in row]
    assert BEATEN * 4 in row
    assert any("ame-2" in row for row in rows)


def test_a_name_without_room_on_the_right_stands_on_the_left() -> None:
    (row,) = [row for row in picture([Dot("a", "near", 0, 1, True), Dot("b", "a-long-name", 100, 1, True)], 40, 2) if FRONT in row]
    assert row.startswith(f"{FRONT} near ")
    assert row.endswith(f" a-long-name {FRONT}")


def test_far_apart_prices_are_drawn_by_ratios() -> None:
    found = span([0.01, 0.1, 1.0], 5, ratios=True)
    assert found.ratios
    assert [found.place(value, 21) for value in (0.01, 0.1, 1.0)] == [0, 10, 20]
    assert not span([0.5, 1.0], 5, ratios=True).ratios


@pytest.mark.parametrize(
    ("value", "dollars", "text"),
    [
        (0.03466, True, "$0.0347"),
        (-0.0016, True, "−$0.0016"),
        (-0.00001, True, "$0.0000"),
        (1.5, False, "1.50 s"),
        (None, True, "–"),
    ],
)
def test_amounts_have_the_same_decimals_in_all_rows(value: float | None, dollars: bool, text: str) -> None:
    assert amount(value, dollars=dollars) == text
    assert points(-0.001) == "0.00"


async def _open(pilot: Pilot[None], view: str) -> InsightsScreen:
    await until(pilot, lambda: "insights" in {hint.words for hint in hints(pilot.app.screen) if hint.enabled})
    await pilot.press("v")
    await until(pilot, lambda: isinstance(pilot.app.screen, InsightsScreen))
    screen = pilot.app.screen
    assert isinstance(screen, InsightsScreen)
    names = [one.name for one in INSIGHTS]
    while screen.chosen.name != view:
        await pilot.press("right_square_bracket" if names.index(screen.chosen.name) < names.index(view) else "left_square_bracket")
    await until(pilot, lambda: isinstance(screen.pane, CostPane | RoutingPane) and bool(screen.pane.view.models))
    return screen


async def test_costs_are_drawn_with_names_and_a_key_changes_the_axis(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "cost")
        await until(pilot, lambda: "Points against seconds a run" in shown(pilot))
        text = shown(pilot)
        assert f"{FRONT} ~reckless" in text
        assert "not drawn: reference" in text
        await pilot.press("enter", "a")
        await until(pilot, lambda: "No model here can be set against dollars a run" in shown(pilot))
        assert isinstance(screen.pane, CostPane)
        assert screen.pane.view.aside["cost"].keys() == {"reference", "simulated/reckless"}
        await pilot.press("a")
        await until(pilot, lambda: f"{FRONT} ~reckless" in shown(pilot))


async def test_a_small_terminal_keeps_the_table_and_leaves_the_picture_out(opened: Open) -> None:
    async with opened(size=(60, 12)) as pilot:
        await _open(pilot, "cost")
        assert FRONT not in shown(pilot)
        assert "~reckless" in shown(pilot)


async def test_a_row_opens_the_steps_of_who_is_chosen_and_keys_change_what_is_asked(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, "routing")
        pane = screen.pane
        assert isinstance(pane, RoutingPane)
        assert (pane.view.saves, pane.view.tolerance) == ("latency", 0.5)
        assert [one.action for one in pane.view.actions] == list(ACTIONS)
        assert "Not tried" in shown(pilot)
        await pilot.press("enter", "t")
        await until(pilot, lambda: pane.view.tolerance == 1.0 and "Fastest within 1 points" in shown(pilot))
        await pilot.press("a")
        await until(pilot, lambda: "No model here has a price" in shown(pilot))
        await pilot.press("a")
        await until(pilot, lambda: bool(pane.view.actions))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BehindScreen) and pilot.app.screen.query_one(StepsTable).rows)
        rows = pilot.app.screen.query_one(StepsTable).rows
        assert [(row.model, row.action) for row in rows] == [("simulated/reckless", ACTIONS[1])]


async def test_without_runs_there_are_no_keys_that_do_nothing(opened: Open, tmp_path: Path) -> None:
    async with opened(db=tmp_path / "empty.db") as pilot:
        await pilot.press("v")
        await until(pilot, lambda: "No run has begun yet" in shown(pilot))
        for view in ("cost", "routing"):
            screen = pilot.app.screen
            assert isinstance(screen, InsightsScreen)
            names = [one.name for one in INSIGHTS]
            while screen.chosen.name != view:
                forward = names.index(screen.chosen.name) < names.index(view)
                await pilot.press("right_square_bracket" if forward else "left_square_bracket")
            await until(pilot, lambda screen=screen: screen.pane is not None and "No run has begun yet" in shown(pilot))
            enabled = {hint.words for hint in hints(screen) if hint.enabled}
            assert not enabled & {"tolerance", "save dollars or time", "against dollars or time"}
