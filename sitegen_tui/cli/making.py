"""`sitegen template new`: content of one's own, written to folders that are not there yet."""

from __future__ import annotations

from pathlib import Path

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.options import db_option, json_option


@click.command("new")
@click.argument("name")
@click.option("--brief", is_flag=True, help="Write a first brief for it too, requirements/NAME-01.")
@click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Folder of templates/ and requirements/."
)
@db_option
@json_option
def new(name: str, brief: bool, root: Path, db: str | None, as_json: bool) -> None:
    """Write a whole small template to templates/NAME, to be changed into one's own. Nothing is ever written over."""
    from sitegen_tui.content.starting import starter_brief, starter_files, write_brief, write_template
    from sitegen_tui.errors import ContentError

    files, folder = starter_files(name), root / "templates" / name
    pack, place = starter_brief(name, f"{name}-01"), root / "requirements" / f"{name}-01"
    if brief and place.exists():
        raise ContentError(f"{place} is there already", hint="choose another name, or move it away: nothing is written over")
    write_template(files, folder)
    if brief:
        write_brief(pack, place)
    written = [folder, *([place] if brief else [])]
    if as_json:
        output.say_json({"template": name, "requirements": f"{name}-01" if brief else None, "written": list(map(str, written))})
        return
    for one in written:
        output.say(f"written: {one}")
    output.say(
        f"next: change it, then `sitegen template check {folder}`" + (f" and `sitegen judge gold -t {name}`" if brief else "")
    )
