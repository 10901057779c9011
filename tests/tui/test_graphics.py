"""Pictures drawn through a terminal's own graphics protocol, and half blocks in every other, in real pseudo-terminals."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.strip import Strip

from sitegen_tui.domain.pictures import Raster
from sitegen_tui.errors import UsageError
from sitegen_tui.render.pictures import shrink
from sitegen_tui.tui.graphics import Way, way_of
from sitegen_tui.tui.kitty import ACCENTS, MOST_CELLS, PLACEHOLDER, Images, placeholders
from sitegen_tui.tui.widgets.drawing import FRAME, Cell, Drawing
from sitegen_tui.tui.widgets.picture import UPPER_HALF
from sitegen_tui.tui.widgets.picture_pane import KEPT, fitting
from sitegen_tui.tui.widgets.tiles import TILE_ROWS, TILES_KEPT, Tiles
from tests.tui.pictured import RUN, SPOTS, add_pictured_run, pictures
from tests.tui.ptys import ROOT, PtySession

CELL = (9, 19)


@pytest.fixture
def database(database: Path) -> Path:
    """With a run that has pictures, e2.1."""
    add_pictured_run(database)
    return database


def _pictured(terminal: PtySession) -> None:
    """From the run to its first step's pictures."""
    terminal.until(lambda: "apply-colours" in terminal.text())
    terminal.settle()
    terminal.press("\x1b[H")
    terminal.press("\r")
    terminal.until(lambda: "pictures" in terminal.screen.display[-1])
    terminal.press("p")
    terminal.until(lambda: "After, desktop" in terminal.text() and "%" in terminal.text())


def _shown(terminal: PtySession) -> Iterator[tuple[int, int, int, int, int]]:
    """Each cell that shows a part of a picture: where it is (row, column), the picture, and which row and column of that."""
    for y in range(terminal.screen.lines):
        for x in range(terminal.screen.columns):
            cell = terminal.screen.buffer[y][x]
            if cell.data.startswith(PLACEHOLDER) and len(cell.data) == 3:
                _, row, column = cell.data
                yield y, x, int(cell.fg, 16), ACCENTS.index(row), ACCENTS.index(column)


def _pixels(terminal: PtySession, number: int, row: int, column: int) -> bytes:
    sent = terminal.sent[number]
    assert (sent.width, sent.height) == (sent.columns * CELL[0], sent.rows * CELL[1]), "the terminal would stretch it"
    lines = range(row * CELL[1], (row + 1) * CELL[1])
    return b"".join(sent.pixels[4 * (y * sent.width + column * CELL[0]) :][: 4 * CELL[0]] for y in lines)


def _matches(terminal: PtySession, picture: Raster, first: int = 0) -> int:
    """How many cells show exactly the part of the picture that belongs there; the first row in sight is given."""
    cells = list(_shown(terminal))
    top, left = min(y for y, *_ in cells), min(x for _, x, *_ in cells)
    for y, x, number, row, column in cells:
        part = picture.crop((x - left) * CELL[0], (first + y - top) * CELL[1], *CELL)
        got = _pixels(terminal, number, row, column)
        there = len(part.pixels) // 3
        assert b"".join(got[4 * at : 4 * at + 3] for at in range(there)) == part.pixels, (y, x)
        assert {got[4 * at + 3] for at in range(there)} == {255}
        assert not any(got[4 * there :]), "something is drawn below the page's end"
    return len(cells)


def _sea(terminal: PtySession) -> bool:
    """Whether the colour of the page's head is seen at the screen's edge, be it dimmed."""
    grounds = {terminal.screen.buffer[y][0].bg for y in range(terminal.screen.lines)} - {"default"}
    return any(int(ground[4:], 16) > int(ground[:2], 16) + 16 for ground in grounds)


def test_kitty_gets_the_picture_with_all_pixels_that_the_cells_have_and_forgets_it_afterwards(database: Path) -> None:
    with PtySession(database, RUN, (80, 24), CELL, TERM="xterm-kitty") as terminal:
        _pictured(terminal)
        terminal.until(lambda: any(True for _ in _shown(terminal)))
        terminal.settle()
        picture = shrink(pictures()["desktop-after"], 79 * CELL[0], page=1280)
        seen = _matches(terminal, picture)
        assert seen > 79 * 10
        assert UPPER_HALF not in terminal.text()
        terminal.press("\x1b[F")
        terminal.until(lambda: "–100 %" in terminal.text())
        terminal.settle()
        rows = -(-picture.height // CELL[1])
        assert _matches(terminal, picture, rows - seen // 79) == seen
        assert len(terminal.sent) == len({place // TILE_ROWS for place in range(rows)})
        terminal.press("\x1b")
        terminal.until(lambda: "After, desktop" not in terminal.text() and not terminal.sent)
        assert terminal.deleted
        assert not list(_shown(terminal))


def test_behind_a_dialog_the_picture_is_dimmed_like_the_rest_and_comes_back_after_it(database: Path) -> None:
    with PtySession(database, RUN, (90, 40), CELL, TERM="xterm-ghostty") as terminal:
        _pictured(terminal)
        terminal.until(lambda: any(True for _ in _shown(terminal)))
        terminal.settle()
        before = len(list(_shown(terminal)))
        assert not _sea(terminal)
        terminal.press("?")
        terminal.until(lambda: "Keys" in terminal.text() and not terminal.sent)
        terminal.settle()
        assert not list(_shown(terminal))
        assert _sea(terminal)
        terminal.press("\x1b")
        terminal.until(lambda: len(list(_shown(terminal))) == before)
        assert {number for _, _, number, _, _ in _shown(terminal)} <= set(terminal.sent)
        terminal.press("p")
        terminal.until(lambda: not terminal.sent and "After, desktop" not in terminal.text())


def test_quitting_leaves_no_picture_in_the_terminal(database: Path) -> None:
    with PtySession(database, RUN, (100, 30), CELL, TERM="xterm-kitty") as terminal:
        _pictured(terminal)
        terminal.until(lambda: terminal.sent)
        terminal.settle()
        terminal.press("q")
        assert terminal.ended() == 0
        assert not terminal.sent
        last = terminal.raw.rindex(b"a=d,d=I")
        assert b"\x1b[?1049l" in terminal.raw[last:], "it was forgotten on the wrong one of the terminal's two screens"


def test_a_frame_is_drawn_into_the_picture(database: Path) -> None:
    with PtySession(database, RUN, (160, 48), CELL, TERM="xterm-kitty") as terminal:
        _pictured(terminal)
        terminal.until(lambda: any(True for _ in _shown(terminal)))
        terminal.settle()

        def framed() -> bool:
            cells = list(_shown(terminal))
            inks = [one + b"\xff" for one in FRAME]
            return all(any(ink in _pixels(terminal, *cell[2:]) for cell in cells if cell[2] in terminal.sent) for ink in inks)

        assert not framed()
        for _ in range(40):
            if SPOTS[0][-1] in terminal.text().partition("Why")[2]:
                break
            terminal.press("j")
            terminal.settle()
        terminal.until(framed)
        assert {number for _, _, number, _, _ in _shown(terminal)} <= set(terminal.sent)


@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
        {"TERM": "xterm-kitty", "SITEGEN_GRAPHICS": "off"},
        {"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-1000/default,1,0"},
    ],
)
def test_every_other_terminal_gets_half_blocks(database: Path, environment: dict[str, str]) -> None:
    with PtySession(database, RUN, (80, 24), CELL, **environment) as terminal:
        _pictured(terminal)
        terminal.until(lambda: UPPER_HALF in terminal.text())
        terminal.press("\x1b")
        terminal.until(lambda: "After, desktop" not in terminal.text())
        assert b"\x1b_G" not in terminal.raw
        assert PLACEHOLDER.encode() not in terminal.raw


@pytest.mark.parametrize(
    ("environ", "graphics", "why"),
    [
        ({"TERM": "xterm-kitty"}, "kitty", "xterm-kitty"),
        ({"TERM": "xterm-ghostty"}, "kitty", "xterm-ghostty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "kitty", "ghostty"),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "3"}, "kitty", "KITTY_WINDOW_ID"),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "3", "VTE_VERSION": "7600"}, "half", "VTE"),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "3", "TERM_PROGRAM": "vscode"}, "half", "vscode"),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "3"}, "half", "tmux-256color"),
        ({"TERM": "xterm-kitty", "STY": "1.pts-0"}, "half", "screen"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "half", "WezTerm"),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "240800"}, "half", "Konsole"),
        ({"TERM": "foot"}, "half", "foot"),
        ({}, "half", "this terminal"),
        ({"TERM": "xterm-kitty", "NO_COLOR": ""}, "half", "colours"),
        ({"TERM": "xterm-kitty", "TEXTUAL_COLOR_SYSTEM": "256"}, "half", "colours"),
        ({"TERM": "xterm-kitty", "SITEGEN_GRAPHICS": "half"}, "half", "as set"),
        ({"TERM": "xterm-kitty", "SITEGEN_GRAPHICS": "sixel"}, "half", "sixel is not spoken"),
        ({"TERM": "tmux-256color", "TMUX": "x", "SITEGEN_GRAPHICS": " Kitty "}, "kitty", "as set"),
    ],
)
def test_the_environment_says_how_pictures_are_drawn(environ: dict[str, str], graphics: str, why: str) -> None:
    way = way_of(environ)
    assert way.graphics == graphics
    assert why in way.words


def test_an_unknown_setting_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError) as caught:
        way_of({"TERM": "xterm-kitty", "SITEGEN_GRAPHICS": "best"})
    assert "'best'" in caught.value.message
    assert "kitty" in caught.value.hint


def test_the_words_name_the_way() -> None:
    assert Way("half", "as set").words == "half blocks (as set)"


def test_a_row_cut_anywhere_keeps_its_cells_whole() -> None:
    strip = Strip([Segment(placeholders(3, 40))], 40)
    whole = placeholders(3, 40)
    for cut in range(41):
        assert strip.crop(0, cut).text == whole[: 3 * cut]
        assert strip.crop(cut, 40).text == whole[3 * cut :]


def test_every_accent_takes_no_room_of_its_own() -> None:
    assert len(set(ACCENTS)) == MOST_CELLS == 297
    for row in (0, TILE_ROWS - 1):
        assert Segment(placeholders(row, MOST_CELLS)).cell_length == MOST_CELLS


@pytest.mark.parametrize("pixels", [(8, 16), (9, 19), (10, 20), (7, 15), (20, 41), (11, 23)])
@pytest.mark.parametrize("width", [1, 39, 79, 158, 240, 297])
@pytest.mark.parametrize("kept", sorted(KEPT.values()))
def test_not_many_more_pixels_are_asked_for_than_the_picture_has_and_tiles_have_no_gaps(
    pixels: tuple[int, int], width: int, kept: int
) -> None:
    across, down = fitting(pixels, width, kept)
    assert across <= pixels[0]
    assert across * width >= min(kept, pixels[0] * width)
    assert across * width <= max(1.5 * kept, 2 * kept + 4 * width)
    assert 1 <= down / across / (pixels[1] / pixels[0]) < 1.07
    if pixels[0] * width <= kept:
        assert (across, down) == pixels


def test_a_long_picture_takes_bounded_room_in_the_terminal_and_gives_up_nothing_in_sight() -> None:
    images = Images(lambda text: None)
    rows = 60 * TILE_ROWS
    tiles = Tiles(images, Drawing(Raster(4, 2 * rows, bytes(4 * 2 * rows * 3)), Cell(1, 2)))
    for top in range(0, rows - 40, 3):
        colours = {tiles.strip(row, range(top, top + 40))._segments[0].style for row in range(top, top + 40)}
        assert len(images) == len(tiles) <= TILES_KEPT
        again = {tiles.strip(row, range(top, top + 40))._segments[0].style for row in range(top, top + 40)}
        assert again == colours
    many = range((TILES_KEPT + 4) * TILE_ROWS)
    for row in many:
        tiles.strip(row, many)
    assert len(images) >= TILES_KEPT + 4
    tiles.forget()
    assert len(images) == 0


def test_what_is_sent_after_the_end_is_not_sent() -> None:
    written: list[str] = []
    images = Images(written.append)
    tiles = Tiles(images, Drawing(Raster(8, 16, bytes(8 * 16 * 3)), Cell(8, 16)))
    tiles.strip(0, range(1))
    images.close()
    sent = len(written)
    tiles.forget()
    tiles.strip(0, range(1))
    assert len(written) == sent == 2


@pytest.mark.parametrize(
    ("arguments", "setting", "said"),
    [
        (["doctor"], "", "pictures by the kitty graphics protocol (TERM is xterm-kitty)"),
        (["--no-graphics", "doctor"], "", "pictures by half blocks (as set)"),
        (["doctor"], "best", "SITEGEN_GRAPHICS is 'best'"),
    ],
)
def test_the_doctor_says_how_pictures_are_drawn(tmp_path: Path, arguments: list[str], setting: str, said: str) -> None:
    master, slave = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-kitty", "SITEGEN_GRAPHICS": setting}
    for name in ("TMUX", "STY", "ZELLIJ", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DRIVER"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "sitegen_tui", *arguments]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, cwd=tmp_path, env=environment) as doctor:
        os.close(slave)
        told = b""
        try:
            while data := os.read(master, 65536):
                told += data
        except OSError:
            pass
        assert doctor.wait() == (1 if setting else 0)
    os.close(master)
    assert said in next(line for line in told.decode().splitlines() if " terminal: " in line)
