"""`sitegen demo`: the program at work, without a key and without a network."""

from __future__ import annotations

import click

from sitegen_tui.cli.options import db_option, go, json_option
from sitegen_tui.cli.screen import on_terminal, open_screen


@click.command()
@db_option
@json_option
def demo(db: str | None, as_json: bool) -> None:
    """The reference editor and three simulated models work through Safari Lodge.

    Live in the TUI; without a terminal, or with --json, headless and as fast as it goes.
    """
    if on_terminal() and not as_json:
        open_screen(db, demo=True)
        return
    from sitegen_tui.cli.run import run_wanted
    from sitegen_tui.services.demo import demo_wanted

    go(run_wanted(db, demo_wanted(watched=False), as_json))
