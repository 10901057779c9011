"""Opening the TUI, where there is a terminal to open it on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sitegen_tui.cli.options import database
from sitegen_tui.errors import UsageError

if TYPE_CHECKING:
    from sitegen_tui.tui.app import Demo


def on_terminal() -> bool:
    """Whether keys can be read from and pictures be painted on a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_screen(db: str | None, *, demo: Demo | None = None) -> None:
    """Open the TUI, and begin a demo in it, if one is named. Raises UsageError without a terminal."""
    if not on_terminal():
        raise UsageError(
            "the TUI needs a terminal, and this is none",
            hint="sitegen --help lists the commands that work without one, such as run, runs and stats",
        )
    from sitegen_tui.tui.app import run_app

    run_app(database(db), demo=demo)
