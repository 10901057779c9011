"""Pictures of a step's page in the terminal, through the real app."""

from __future__ import annotations

import asyncio
import urllib.request
import webbrowser
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from sitegen_tui.domain.pictures import Raster, Spot
from sitegen_tui.domain.probes import Box
from sitegen_tui.tui.screens.error import Dialog, ErrorDialog
from sitegen_tui.tui.screens.step import StepScreen
from sitegen_tui.tui.visiting import visit
from sitegen_tui.tui.widgets.bars import hints
from sitegen_tui.tui.widgets.diff_view import DiffView
from sitegen_tui.tui.widgets.drawing import FRAME
from sitegen_tui.tui.widgets.findings_list import FindingsList
from sitegen_tui.tui.widgets.picture import STRIPS_KEPT, PictureView
from sitegen_tui.tui.widgets.picture_pane import PicturePane
from tests.tui.pictured import RUN, SEA, SHOP, add_pictured_run
from tests.tui.terminal import Open, app_of, shown, until


@pytest.fixture
def database(database: Path) -> Path:
    """With a run that has pictures, e2.1."""
    add_pictured_run(database)
    return database


async def _open(pilot: Pilot[None], step: int = 1, *keys: str, run: str = RUN) -> StepScreen:
    app_of(pilot).open_step(run, step)
    await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen))
    screen = pilot.app.screen
    assert isinstance(screen, StepScreen)
    await until(pilot, lambda: screen.query_one(DiffView).rows is not None)
    await pilot.press(*keys)
    return screen


async def _looked(pilot: Pilot[None], screen: StepScreen) -> PicturePane:
    await until(pilot, lambda: screen.pane.there)
    return screen.pane


def _at(screen: StepScreen, violation: str) -> None:
    """The findings' cursor on a finding of that name."""
    findings = screen.query_one(FindingsList)
    findings.move_to(str(next(row.number for row in findings.rows if row.charge.finding.violation == violation)))


def _colours(view: PictureView) -> set[tuple[int, int, int]]:
    """Colours of the cells in sight."""
    found: set[tuple[int, int, int]] = set()
    for y in range(view.scrollable_content_region.height):
        for _, style, _ in view.render_line(y):
            for colour in (style.color, style.bgcolor) if style else ():
                if colour is not None and colour.triplet is not None:
                    found.add(tuple(colour.triplet))
    return found


def _near(colours: set[tuple[int, int, int]], wanted: tuple[int, int, int]) -> bool:
    return any(max(abs(a - b) for a, b in zip(colour, wanted, strict=True)) < 14 for colour in colours)


def _hints(pilot: Pilot[None]) -> set[str]:
    return {hint.words for hint in hints(pilot.app.screen) if hint.enabled}


async def test_p_shows_the_page_before_and_after_beside_each_other(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot, 1, "p")
        pane = await _looked(pilot, screen)
        await until(pilot, lambda: pane.left.raster is not None)
        assert not screen.query_one(DiffView).display
        assert pane.double
        assert _near(_colours(pane.left), SHOP)
        assert not _near(_colours(pane.right), SHOP)
        assert _near(_colours(pane.right), SEA)
        assert "Before, desktop" in shown(pilot)
        assert "After, desktop" in shown(pilot)


async def test_p_goes_round_diff_pictures_and_both_where_there_is_room(opened: Open) -> None:
    for size, order in (((160, 48), ["pictures", "both", "diff"]), ((80, 24), ["pictures", "diff"])):
        async with opened(size=size) as pilot:
            screen = await _open(pilot)
            seen: list[str] = []
            for _ in order:
                await pilot.press("p")
                seen.append(screen.showing)
                assert screen.query_one(DiffView).display == (screen.showing != "pictures")
                assert screen.pane.display == (screen.showing != "diff")
            assert seen == order


async def test_diff_and_pictures_beside_each_other_become_pictures_where_the_terminal_shrinks(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot, 1, "p", "p")
        pane = await _looked(pilot, screen)
        wide = pane.right.raster
        assert wide is not None
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: screen.showing == "pictures" and pane.right.raster not in (None, wide))
        assert pane.right.raster is not None
        assert pane.right.raster.width == pane.right.scrollable_content_region.width == 79


async def test_v_turns_to_mobile_and_back(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot, 1, "p")
        pane = await _looked(pilot, screen)
        desktop = pane.right.raster
        await pilot.press("v")
        await until(pilot, lambda: "After, mobile" in shown(pilot) and pane.right.raster not in (None, desktop))
        assert pane.right.raster is not None
        assert desktop is not None
        assert pane.right.raster.width <= 40 < desktop.width
        assert pane.right.raster.height > desktop.height
        await pilot.press("v")
        await until(pilot, lambda: pane.right.raster is desktop)


async def test_x_marks_what_changed_and_says_how_much(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot, 1, "p", "x")
        await until(pilot, lambda: "What changed, desktop" in shown(pilot) and "1 place, " in shown(pilot))
        pane = screen.pane
        colours = _colours(pane.right)
        assert any(red > green + 90 for red, green, _ in colours)
        assert not pane.left.is_on_screen
        await pilot.press("x")
        await until(pilot, lambda: "After, desktop" in shown(pilot))
        assert pane.double


async def test_b_flips_between_before_and_after_in_the_same_place_where_one_fits(opened: Open) -> None:
    async with opened(size=(80, 24)) as pilot:
        screen = await _open(pilot, 1, "p")
        pane = await _looked(pilot, screen)
        after = pane.right.raster
        await pilot.press("pagedown")
        place = pane.right.scroll_offset.y
        assert place > 0
        await pilot.press("b")
        await until(pilot, lambda: "Before, desktop" in shown(pilot) and pane.right.raster not in (None, after))
        assert pane.right.scroll_offset.y == place
        await pilot.press("home")
        assert _near(_colours(pane.right), SHOP)


async def test_b_gives_one_picture_the_whole_room_where_two_fit(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot, 1, "p")
        pane = await _looked(pilot, screen)
        half = pane.right.raster
        assert half is not None
        await pilot.press("b")
        await until(pilot, lambda: pane.right.raster is not None and pane.right.raster.width > 2 * half.width - 4)
        assert "After, desktop" in shown(pilot)
        await pilot.press("b")
        await until(pilot, lambda: "Before, desktop" in shown(pilot))
        assert "After, desktop" not in shown(pilot)
        await pilot.press("b")
        await until(pilot, lambda: pane.double and pane.right.raster is half)


async def test_two_pictures_scroll_together_to_the_end(opened: Open) -> None:
    async with opened(size=(160, 30)) as pilot:
        screen = await _open(pilot, 1, "p")
        pane = await _looked(pilot, screen)
        await until(pilot, lambda: pane.left.raster is not None)
        await pilot.press("down", "down", "pagedown")
        await until(pilot, lambda: pane.left.scroll_offset.y == pane.right.scroll_offset.y > 2)
        await pilot.press("end")
        await until(pilot, lambda: pane.left.scroll_offset.y == pane.right.max_scroll_y)
        assert "–100 %" in shown(pilot)


async def test_enter_on_a_finding_frames_its_place_and_turns_to_its_window(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot, 1, "p")
        pane = await _looked(pilot, screen)
        for violation, view, middle in (("a.contrast", "desktop", 1530), ("b.contrast", "mobile", 920)):
            _at(screen, violation)
            await pilot.press("enter")
            await until(pilot, lambda view=view: pane.view == view and pane.right.frame is not None)
            raster = pane.right.raster
            assert raster is not None
            _, top, _, bottom = pane.right.frame or (0, 0, 0, 0)
            assert abs((top + bottom) / 2 / pane.right.scale - middle) < 40
            row = (top + bottom) // 4
            assert pane.right.scroll_offset.y <= row < pane.right.scroll_offset.y + pane.right.size.height
            assert {tuple(one) for one in FRAME} <= _colours(pane.right)


async def test_the_shorter_of_two_pictures_does_not_hold_back_the_longer(opened: Open) -> None:
    async with opened(size=(160, 30)) as pilot:
        screen = await _open(pilot, 1, "p")
        pane = await _looked(pilot, screen)
        await until(pilot, lambda: pane.left.raster is not None)
        short = pane.left.raster
        assert short is not None
        pane.left.show(short.crop(0, 0, short.width, short.height * 3 // 4), 1280)
        await pilot.press("end")
        await pilot.pause()
        assert pane.right.scroll_offset.y == pane.right.max_scroll_y > pane.left.max_scroll_y > 0
        await pilot.press("home")
        await until(pilot, lambda: pane.left.scroll_offset.y == 0)


async def test_what_the_page_before_has_yet_to_tell_leads_nobody_away_from_a_place_gone_to(opened: Open) -> None:
    async with opened(size=(160, 20)) as pilot:
        screen = await _open(pilot, 1, "p")
        pane = await _looked(pilot, screen)
        await until(pilot, lambda: pane.left.raster is not None)
        pane.left.post_message(PictureView.Scrolled(pane.left))
        pane.go_to(Spot("desktop", Box(640, 1500, 300, 60)))
        await pilot.pause()
        _, top, _, bottom = pane.right.frame or (0, 0, 0, 0)
        assert pane.right.scroll_offset.y <= (top + bottom) // 4 < pane.right.scroll_offset.y + pane.right.size.height


async def test_enter_on_a_finding_made_in_the_files_turns_from_the_pictures_to_its_line(opened: Open) -> None:
    async with opened(size=(80, 24)) as pilot:
        screen = await _open(pilot, 1, "p")
        await _looked(pilot, screen)
        _at(screen, "colours.hardcoded-old")
        charge = screen.charge
        assert charge is not None
        await pilot.press("enter")
        await until(pilot, lambda: screen.showing == "diff")
        evidence = charge.finding.evidence
        assert screen.query_one(DiffView).place() == (evidence.side, evidence.line)


async def test_a_finding_of_a_window_without_a_picture_says_so(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot, 1, "p")
        await _looked(pilot, screen)
        _at(screen, "c.contrast")
        await pilot.press("enter")
        await until(pilot, lambda: "narrow window" in " ".join(note.message for note in pilot.app._notifications))


async def test_a_step_that_no_browser_looked_at_says_why_and_offers_no_dead_keys(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, 3, "p")
        await until(pilot, lambda: "No browser looked at this step" in shown(pilot))
        assert not {"desktop/mobile", "what changed", "before/after"} & _hints(pilot)
        assert "pictures" in _hints(pilot)
        await pilot.press("left")
        await _looked(pilot, screen)
        assert {"desktop/mobile", "what changed"} <= _hints(pilot)
        await pilot.press("right")
        await until(pilot, lambda: "No browser looked at this step" in shown(pilot))
        assert not screen.pane.there


async def test_pictures_are_not_asked_for_while_they_are_not_in_sight(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, 1)
        await pilot.press("2", "1", "right", "left")
        await pilot.pause(0.2)
        assert screen.pane.right.raster is None
        await pilot.press("p")
        await _looked(pilot, screen)


async def test_every_key_of_the_pictures_that_is_shown_does_something(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        dead: list[str] = []
        for key in ("o", "j", "enter", "end"):
            screen = await _open(pilot, 1, "p")
            await _looked(pilot, screen)
            await until(pilot, lambda screen=screen: screen.pane.left.raster is not None)
            _at(screen, "a.contrast")
            await until(pilot, lambda screen=screen: screen.pane.right.frame is not None)
            before = (shown(pilot), len(pilot.app.screen_stack), screen.pane.right.frame)
            await pilot.press(key)
            try:
                await until(
                    pilot,
                    lambda before=before, screen=screen: (
                        before != (shown(pilot), len(pilot.app.screen_stack), screen.pane.right.frame)
                    ),
                    5,
                )
            except AssertionError:
                dead.append(key)
            assert not isinstance(pilot.app.screen, ErrorDialog), shown(pilot)
            if key == "o":
                await until(pilot, lambda screen=screen: pilot.app.screen is not screen or pilot.app._notifications)
            while len(pilot.app.screen_stack) > 1:
                await pilot.app.pop_screen()
        assert dead == []


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (160, 48), (40, 12)])
async def test_every_line_fills_the_terminal_exactly_with_pictures_too(opened: Open, size: tuple[int, int]) -> None:
    async with opened(size=size) as pilot:
        screen = await _open(pilot, 1, "p")
        await _looked(pilot, screen)
        for keys in (("x",), ("x", "v"), ("end",), ("p",), ("p",)):
            await pilot.press(*keys)
            await pilot.pause()
            lines = shown(pilot).split("\n")
            assert len(lines) == size[1]
            assert {cell_len(line) for line in lines} == {size[0]}


async def test_o_opens_the_site_in_the_browser_and_says_where(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    visited: list[str] = []

    class Window(webbrowser.BaseBrowser):
        def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
            visited.append(url)
            return True

    monkeypatch.setattr(webbrowser, "get", lambda using=None: Window())
    async with opened() as pilot:
        await _open(pilot, 1, "o")
        await until(pilot, lambda: visited)
        page = await asyncio.to_thread(lambda: urllib.request.urlopen(visited[0], timeout=5).read())
        services = app_of(pilot).services
        assert services is not None
        assert page == (await services.site(RUN, 1))["index.html"]


async def test_where_no_browser_has_a_window_the_address_is_shown(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda using=None: webbrowser.GenericBrowser("lynx"))
    async with opened() as pilot:
        await _open(pilot, 1, "O")
        await until(pilot, lambda: isinstance(pilot.app.screen, Dialog))
        assert "http://127.0.0.1:" in shown(pilot)
        assert "before step 1" in shown(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, StepScreen)


def test_a_browser_that_is_not_there_or_does_not_start_is_no_visit(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(using: str | None = None) -> webbrowser.BaseBrowser:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    assert not visit("http://127.0.0.1:1/")


async def test_a_picture_taller_than_any_page_keeps_only_what_is_in_sight(opened: Open) -> None:
    async with opened(size=(80, 24)) as pilot:
        screen = await _open(pilot, 1, "p")
        view = (await _looked(pilot, screen)).right
        width = view.scrollable_content_region.width
        view.show(Raster(width, 9_000, bytes(range(240)) * (width * 9_000 * 3 // 240) + bytes(width * 9_000 * 3 % 240)), width)
        assert view.virtual_size.height == 4_500
        for _ in range(120):
            view.action_scroll_page(1)
            for y in range(view.size.height):
                view.render_line(y)
        assert 0 < len(view._strips) <= STRIPS_KEPT


@pytest.mark.parametrize("box", [Box(0, 0, 0, 0), Box(-500, -40, 20, 9), Box(5000, 99999, 50, 50), Box(0, 0, 1280, 9000)])
async def test_a_frame_is_always_on_the_picture(opened: Open, box: Box) -> None:
    async with opened(size=(80, 24)) as pilot:
        screen = await _open(pilot, 1, "p")
        view = (await _looked(pilot, screen)).right
        raster = view.raster
        assert raster is not None
        view.mark(box)
        left, top, right, bottom = view.frame or (-1, -1, -1, -1)
        assert 0 <= left < right < raster.width
        assert 0 <= top <= bottom < raster.height
        view.scroll_to_frame()
        await pilot.pause()
        assert {tuple(one) for one in FRAME} <= _colours(view)
        view.mark(None)
        assert not {tuple(one) for one in FRAME} <= _colours(view)
