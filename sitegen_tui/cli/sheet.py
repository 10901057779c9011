"""`sitegen template sheet`: a picture of every template before and after gold, to be looked at."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.options import db_option, go, json_option
from sitegen_tui.errors import RenderUnavailable, SitegenError

if TYPE_CHECKING:
    from sitegen_tui.services.sheets import Sheetful


@click.command("sheet")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The JPEG to write, such as sheet.jpg.")
@click.option("-t", "--template", "templates", multiple=True, help="A template; may be given again.  [default: all]")
@click.option("--across", type=click.IntRange(1, 6), default=3, show_default=True, help="Templates in a row.")
@click.option("--width", type=click.IntRange(80, 1280), default=300, show_default=True, help="Pixels of a page across.")
@click.option("--height", type=click.IntRange(80, 8000), default=760, show_default=True, help="Pixels of a page down, at most.")
@db_option
@json_option
def sheet(out: Path, templates: tuple[str, ...], across: int, width: int, height: int, db: str | None, as_json: bool) -> None:
    """Draw every template with its first brief, before and after the reference's sixteen actions, on one sheet."""
    from sitegen_tui.render.sheet import contact_sheet

    found = go(_photographed(templates))
    shown = [one for one in found if not one.error]
    if shown:
        pairs = [(f"{one.pairing.template}, tier {one.tier}: before and after gold", one.before, one.after) for one in shown]
        picture = contact_sheet(pairs, across=min(across, len(pairs)), width=width, height=height)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(picture)
    left = {one.pairing.template: one.error for one in found if one.error}
    if as_json:
        names = [one.pairing.template for one in shown]
        output.say_json({"written": str(out) if shown else None, "templates": names, "left_out": left})
    else:
        output.say(f"written: {out} with {len(shown)} templates" if shown else "nothing was written")
        for name, reason in left.items():
            output.say(f"left out: {name}: {output.line(reason)}")
    if left or not shown:
        raise SheetIncomplete(f"{len(left)} templates could not be drawn" if left else "there is no template with a brief")


class SheetIncomplete(SitegenError):
    """A template could not be drawn."""


async def _photographed(templates: tuple[str, ...]) -> list[Sheetful]:
    from sitegen_tui.content.shelf import library
    from sitegen_tui.engine.pool import ProcessPool
    from sitegen_tui.services.eyes import SiteEyes, rendering_fault
    from sitegen_tui.services.sheets import first_pairings, photographed

    if fault := rendering_fault():
        raise RenderUnavailable(f"no page can be drawn: {fault}", hint="sitegen doctor looks at the browser")
    eyes, workers = SiteEyes(), ProcessPool(min(2, os.cpu_count() or 1), roots=library().roots)
    found: list[Sheetful] = []
    try:
        async for one in photographed(first_pairings(templates), workers, eyes):
            found.append(one)
            if sys.stderr.isatty():
                output.note(f"{one.pairing.template}  {one.error or 'drawn'}")
    finally:
        await eyes.close()
        await workers.close()
    return found
