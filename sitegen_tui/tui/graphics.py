"""How pictures get onto this terminal: by a graphics protocol of its own where we speak it, else by half blocks."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Literal, NamedTuple

from sitegen_tui.errors import UsageError
from sitegen_tui.settings import GRAPHICS_VARIABLE, graphics_setting

Graphics = Literal["half", "kitty"]

SETTINGS = ("auto", "off", "half", "kitty", "sixel", "iterm")
USUAL_CELL = (8, 16)
"""Pixels across and down of a cell where the terminal does not say."""
_LEAST_CELL, _MOST_CELL = (3, 6), (80, 160)

_MULTIPLEXERS = {"TMUX": "tmux", "STY": "screen", "ZELLIJ": "Zellij"}
_OTHERS = {
    "WEZTERM_PANE": "WezTerm",
    "KONSOLE_VERSION": "Konsole",
    "ITERM_SESSION_ID": "iTerm2",
    "VTE_VERSION": "a VTE terminal",
    "ALACRITTY_WINDOW_ID": "Alacritty",
    "WT_SESSION": "Windows Terminal",
}
"""Terminals that place no pictures by text cells, by what they put into the environment."""


class Way(NamedTuple):
    """How pictures are drawn, and why so."""

    graphics: Graphics
    why: str

    @property
    def words(self) -> str:
        """For a person: `half blocks (inside tmux)`."""
        name = "the kitty graphics protocol" if self.graphics == "kitty" else "half blocks"
        return f"{name} ({self.why})"


def way_of(environ: Mapping[str, str]) -> Way:
    """How pictures are drawn, told by the environment alone: asking the terminal would have to wait for an answer.

    Raises UsageError for a setting that is none.
    """
    asked = graphics_setting(environ)
    if asked not in SETTINGS:
        raise UsageError(f"{GRAPHICS_VARIABLE} is {asked!r}, which is no way to draw", hint=f"one of {', '.join(SETTINGS)}")
    if asked in ("off", "half"):
        return Way("half", "as set")
    if asked in ("sixel", "iterm"):
        return Way("half", f"{asked} is not spoken here")
    # The number of a picture travels as a text's colour, which must arrive as it was sent.
    if "NO_COLOR" in environ or environ.get("TEXTUAL_COLOR_SYSTEM", "auto") not in ("auto", "truecolor"):
        return Way("half", "colours are turned off or few")
    if asked == "kitty":
        return Way("kitty", "as set")
    return _detected(environ)


def _detected(environ: Mapping[str, str]) -> Way:
    term = environ.get("TERM", "")
    inside = next((name for variable, name in _MULTIPLEXERS.items() if environ.get(variable)), "")
    if not inside and term.startswith(("tmux", "screen")):
        inside = term
    if inside:
        return Way("half", f"inside {inside}, which does not pass pictures on")
    if "TEXTUAL_DRIVER" in environ or sys.platform == "win32":
        return Way("half", "no terminal that is known to draw pictures")
    if term in ("xterm-kitty", "xterm-ghostty"):
        return Way("kitty", f"TERM is {term}")
    program = environ.get("TERM_PROGRAM", "")
    if program == "ghostty":
        return Way("kitty", "TERM_PROGRAM is ghostty")
    # A terminal that was started from within another inherits what that one had put into the environment.
    other = program or next((name for variable, name in _OTHERS.items() if environ.get(variable)), "")
    if environ.get("KITTY_WINDOW_ID") and not other:
        return Way("kitty", "KITTY_WINDOW_ID is set")
    return Way("half", f"{other or term or 'this terminal'} is not known to place pictures by text")


def cell_pixels() -> tuple[int, int]:
    """Pixels across and down of one cell of the terminal; `USUAL_CELL` where it does not say or says nonsense."""
    for stream in (sys.__stderr__, sys.__stdout__, sys.__stdin__):
        try:
            import fcntl
            import struct
            import termios

            if stream is None or not stream.isatty():
                continue
            size = fcntl.ioctl(stream.fileno(), termios.TIOCGWINSZ, bytes(8))
            rows, columns, across, down = struct.unpack("HHHH", size)
        except (ImportError, OSError, ValueError):
            continue
        if rows and columns:
            cell = across // columns, down // rows
            if all(least <= side <= most for least, side, most in zip(_LEAST_CELL, cell, _MOST_CELL, strict=True)):
                return cell
    return USUAL_CELL


def promise_colours(way: Way) -> None:
    """Say that the terminal has all colours where its being able to draw pictures tells so: over ssh nobody else does."""
    if way.graphics == "kitty":
        os.environ["COLORTERM"] = "truecolor"
