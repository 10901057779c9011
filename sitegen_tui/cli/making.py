"""`sitegen template new` and `adopt`: content of one's own, written to folders that are not there yet."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.options import db_option, json_option
from sitegen_tui.errors import ContentError

if TYPE_CHECKING:
    from sitegen_tui.content.adopting.proposing import Adoption


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


@click.command("adopt")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--as", "name", help="The template's id.  [default: made from the folder's name]")
@click.option("--brief/--no-brief", default=True, show_default=True, help="Write a brief to try it with, requirements/NAME-01.")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Folder to write below.")
@db_option
@json_option
def adopt(folder: Path, name: str | None, brief: bool, root: Path, db: str | None, as_json: bool) -> None:
    """Make a template of the site in a FOLDER, which is only read.

    Its style sheets and scripts are brought together, its parts marked, its colours named; what every template has and this site
    lacks is listed with how to add it. A run can start at once. Nothing is ever written over.
    """
    from sitegen_tui.content.adopting.proposing import adopt as adopted
    from sitegen_tui.content.starting import write_brief, write_template

    own = name or re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    found = adopted(folder, own)
    target, place = root / "templates" / own, root / "requirements" / f"{own}-01"
    if brief and place.exists():
        raise ContentError(f"{place} is there already", hint="choose another name, or move it away: nothing is written over")
    write_template(found.files, target)
    if brief:
        write_brief(found.brief, place)
    written = [str(one) for one in (target, *([place] if brief else []))]
    if as_json:
        lacks = [{"what": one.what, "how": one.how} for one in found.lacks]
        about = {"sections": [one.id for one in found.manifest.sections], "slots": sorted(found.manifest.slots)}
        output.say_json({"template": own, "written": written, **about, "notes": list(found.notes), "lacking": lacks})
        return
    _tell(found, written)
    output.say(f"next: `sitegen run -t {own} -m reference`, then `sitegen template check {target}`")


def _tell(found: Adoption, written: list[str]) -> None:
    for one in written:
        output.say(f"written: {output.line(one)}")
    sections = ", ".join(f"{one.id} ({one.items.count} items)" if one.items else one.id for one in found.manifest.sections)
    output.say(f"sections: {output.line(sections) or 'none were found'}")
    output.say(f"colours: {', '.join(f'{role} {value}' for role, value in found.manifest.palette_old.items()) or 'none'}")
    output.say(f"behaviours: {', '.join(one.id for one in found.manifest.behaviours) or 'none were found'}")
    for note in found.notes:
        output.say(f"note: {output.line(note)}")
    for one in found.lacks:
        output.say(f"lacking: {output.line(one.what)}")
        output.say(f"    {output.line(one.how)}")
