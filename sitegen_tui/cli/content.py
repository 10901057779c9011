"""`sitegen template` and `sitegen requirements`: what is on the shelf, and whether it may be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from sitegen_tui.cli import output
from sitegen_tui.cli.making import adopt, import_markdown, new
from sitegen_tui.cli.options import db_option, json_option
from sitegen_tui.cli.sheet import sheet
from sitegen_tui.errors import ContentError, SitegenError

if TYPE_CHECKING:
    from sitegen_tui.content.findings import LintFinding
    from sitegen_tui.content.library import Library

COUNTS = ("sections", "backgrounds", "layers", "directives", "behaviours")
"""What a template's difficulty is counted from."""


@click.group()
def template() -> None:
    """Templates: skeleton sites and their manifests."""


@click.group()
def requirements() -> None:
    """Requirements: businesses' briefs and their assets."""


@template.command("list")
@db_option
@json_option
def list_templates(db: str | None, as_json: bool) -> None:
    """Every template that can be named with -t, and how hard it is by count."""
    from sitegen_tui.content.shelf import library

    shelf = library()
    rows = [_template_json(shelf, name) for name in shelf.template_ids()]
    if as_json:
        output.say_json({"templates": rows})
        return
    output.table(
        ("template", "name", "trade", "tier", "number", *COUNTS, "requirements"),
        [
            (
                str(row["id"]),
                str(row.get("name") or row["error"]),
                str(row.get("trade", "-")),
                str(row.get("tier", "-")),
                *_counts(row),
                ", ".join(shelf.packs_for(str(row["id"]))) or "-",
            )
            for row in rows
        ],
        right=range(3, 5 + len(COUNTS)),
    )


@template.command("show")
@click.argument("name")
@db_option
@json_option
def show_template(name: str, db: str | None, as_json: bool) -> None:
    """One template: its counts, sections, behaviours, arrangements and briefs."""
    from sitegen_tui.content.shelf import library

    shelf = library()
    manifest, row = shelf.template(name).manifest, _template_json(shelf, name)
    if as_json:
        sections = [one.model_dump(mode="json") for one in manifest.sections]
        behaviours = [one.id for one in manifest.behaviours]
        recipes = {one: list(found) for one, found in manifest.section_recipes.items()}
        patterns = {"hero": list(manifest.hero_recipes), **recipes}
        output.say_json({**row, "sections": sections, "behaviours": behaviours, "patterns": patterns})
        return
    output.say(f"{manifest.name} ({manifest.id}), {manifest.trade}")
    output.say(manifest.summary)
    counted = ", ".join(f"{value} {name}" for name, value in zip(COUNTS, _counts(row)[1:], strict=True))
    output.say(f"tier {manifest.tier}; by count {_counts(row)[0]}, tier {row['computed_tier']}: {counted}")
    output.table(
        ("section", "heading", "items", "as", "picture", "may become"),
        [
            (
                section.id,
                section.heading or "-",
                str(section.items.count) if section.items else "-",
                section.baseline,
                "yes" if section.background else "-",
                ", ".join(manifest.section_recipes.get(section.id, {})) or "-",
            )
            for section in (*manifest.sections, *((manifest.footer,) if manifest.footer else ()))
        ],
        right=(2,),
    )
    output.say(f"hero: {manifest.hero.baseline}; may become {', '.join(manifest.hero_recipes) or 'nothing else'}")
    output.say(f"behaviours: {', '.join(one.id for one in manifest.behaviours) or 'none'}")
    output.say(f"requirements: {', '.join(shelf.packs_for(name)) or 'none'}")


def _template_json(shelf: Library, name: str) -> dict[str, object]:
    """What is told of a template; without its counts, and with an error, where it cannot be used."""
    from sitegen_tui.content.lint import difficulty_of

    row: dict[str, object] = {"id": name, "requirements": list(shelf.packs_for(name)), "error": ""}
    try:
        manifest = shelf.template(name).manifest
    except SitegenError as error:
        return row | {"error": error.message}
    found = difficulty_of(manifest, shelf)
    about = {"name": manifest.name, "trade": manifest.trade, "tier": manifest.tier, "summary": manifest.summary}
    return row | about | {"number": found.number, "computed_tier": found.tier, "counts": found.model_dump(mode="json")}


def _counts(row: Mapping[str, object]) -> tuple[str, ...]:
    counts = cast("Mapping[str, int]", row.get("counts", {}))
    number = row.get("number")
    return (f"{number:g}" if isinstance(number, float) else "-", *(str(counts.get(name, "-")) for name in COUNTS))


@template.command("check")
@click.argument("folder", type=click.Path(path_type=Path))
@db_option
@json_option
def check_template(folder: Path, db: str | None, as_json: bool) -> None:
    """Lint the template in a FOLDER, or the one of that id. Exit status 1 if it has errors."""
    from sitegen_tui.content.lint import lint_template
    from sitegen_tui.content.shelf import library

    shelf = library()
    place = folder if folder.exists() else shelf.template_folder(str(folder))
    _report(place, lint_template(place, shelf), as_json)


@requirements.command("list")
@db_option
@json_option
def list_requirements(db: str | None, as_json: bool) -> None:
    """Every brief that can be named with --requirements."""
    from sitegen_tui.content.shelf import library

    shelf, rows = library(), list[dict[str, str]]()
    for name in shelf.requirements_ids():
        try:
            brief = shelf.pack(name).requirements
            business = {"business": brief.business.name, "industry": brief.business.industry}
            rows.append({"id": name, "template": brief.template, **business, "error": ""})
        except SitegenError as error:
            rows.append({"id": name, "template": "", "business": "", "industry": "", "error": error.message})
    if as_json:
        output.say_json({"requirements": rows})
        return
    output.table(
        ("requirements", "template", "business", "industry"),
        [(row["id"], row["template"] or "-", row["business"] or row["error"], row["industry"] or "-") for row in rows],
    )


@requirements.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@db_option
@json_option
def check_requirements(file: Path, db: str | None, as_json: bool) -> None:
    """Lint the requirements in a FILE or folder, or those of that id. Exit status 1 if they have errors."""
    from sitegen_tui.content.lint import lint_requirements
    from sitegen_tui.content.shelf import library

    shelf = library()
    place = file if file.exists() else shelf.requirements_folder(str(file))
    _report(place, lint_requirements(place, shelf), as_json)


def _report(place: Path, findings: Sequence[LintFinding], as_json: bool) -> None:
    from sitegen_tui.content.findings import errors_of

    errors = errors_of(findings)
    if as_json:
        output.say_json({"path": str(place), "ok": not errors, "findings": [_finding_json(one) for one in findings]})
    else:
        for finding in findings:
            output.say(f"{finding.severity}: {output.line(finding.place)}: {output.line(finding.message)}")
            output.say(f"    {output.line(finding.mend)}")
        if not findings:
            output.say(f"{place}: nothing to mend")
    if errors:
        warnings = len(findings) - len(errors)
        raise ContentError(f"{place}: {len(errors)} errors, {warnings} warnings", hint="mend the errors listed above")


def _finding_json(finding: LintFinding) -> dict[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "field": finding.field,
        "message": finding.message,
        "mend": finding.mend,
        "severity": finding.severity,
    }


requirements.add_command(import_markdown)
template.add_command(adopt)
template.add_command(new)
template.add_command(sheet)
