"""`sitegen demo`: the program at work, without a key and without a network."""

from __future__ import annotations

import click

from sitegen_tui.cli.options import db_option, go, json_option
from sitegen_tui.cli.screen import on_terminal, open_screen


@click.command()
@click.option("--local", is_flag=True, help="A small real model on this machine works through the blank site instead.")
@db_option
@json_option
def demo(db: str | None, as_json: bool, local: bool) -> None:
    """The reference editor and three simulated models work through Safari Lodge.

    Live in the TUI; without a terminal, or with --json, headless and as fast as it goes.
    """
    if on_terminal() and not as_json:
        open_screen(db, demo="local" if local else "simulated")
        return
    from sitegen_tui.cli.run import run_wanted
    from sitegen_tui.services.demo import demo_wanted, local_wanted

    go(run_wanted(db, local_wanted() if local else demo_wanted(watched=False), as_json))
