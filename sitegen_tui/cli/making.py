"""`sitegen template new`, `adopt` and `requirements import`: content of one's own, in folders that are not there yet."""

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

MOST_BRIEF = 256 * 1024
"""Bytes of a brief that are read."""


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


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-t", "--template", help="The template it is for.  [default: as the brief says]")
@click.option("--as", "name", help="The requirements' id.  [default: made from the file's name]")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Folder to write below.")
@db_option
@json_option
def import_markdown(file: Path, template: str | None, name: str | None, root: Path, db: str | None, as_json: bool) -> None:
    """Read a Markdown brief in FILE into requirements/ID, as far as it says what is asked for.

    What it does not say is listed with its field and an example, and left out: nothing is made up. Nothing is ever written over.
    """
    from sitegen_tui.content.importing import import_brief
    from sitegen_tui.content.library import REQUIREMENTS_FILE
    from sitegen_tui.content.starting import write_brief

    try:
        text = file.read_bytes()[:MOST_BRIEF].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"cannot read {file}: {error}", hint="give the path of a Markdown file in UTF-8") from error
    own = name or re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")
    found = import_brief(text, own, template)
    place = root / "requirements" / own
    write_brief({REQUIREMENTS_FILE: found.yaml()}, place)
    if as_json:
        missing = [{"field": one.path, "example": one.example} for one in found.missing]
        unread = [{"line": line, "text": said} for line, said in found.unread]
        output.say_json({"requirements": own, "written": str(place), "missing": missing, "unread": unread})
        return
    output.say(f"written: {place / REQUIREMENTS_FILE}")
    for one in found.missing:
        output.say(f"missing: {one.path}" + (f"  (for example {output.line(one.example)})" if one.example else ""))
    for line, said in found.unread:
        output.say(f"not understood: line {line}: {output.line(said)[:100]}")
    output.say(f"next: add what is missing and the assets, then `sitegen requirements check {place}`")
