"""Lints a template's folder or a requirements folder whole: structure first, then every rule."""

from __future__ import annotations

from pathlib import Path

from sitegen_tui.content import lint_requirements as requirements_rules
from sitegen_tui.content import lint_style
from sitegen_tui.content import lint_template as template_rules
from sitegen_tui.content.brief import Brief
from sitegen_tui.content.findings import LintFinding, errors_of
from sitegen_tui.content.library import (
    REQUIREMENTS_FILE,
    TEMPLATE_FILE,
    Library,
    load_brief,
    load_manifest,
    read_pack,
    read_template,
)
from sitegen_tui.content.loading import find_at, near
from sitegen_tui.content.skeleton import Skeleton
from sitegen_tui.domain.difficulty import Difficulty, hardest
from sitegen_tui.domain.template import Manifest
from sitegen_tui.errors import ContentError

__all__ = ["LintFinding", "difficulty_of", "errors_of", "lint_requirements", "lint_template"]


def lint_template(folder: Path, library: Library | None = None) -> tuple[LintFinding, ...]:
    """Everything to mend in a template's folder, errors and warnings; empty when it may be used as it is.

    Where the structure is broken only that is told, since the rules need something to read. With the `library` that has its
    briefs the tier is held against what is counted.
    """
    folder = folder.parent if folder.name == TEMPLATE_FILE else folder
    template, findings = read_template(folder)
    if template is None:
        return findings
    subject = Skeleton.of(template, load_manifest(folder).document)
    for rule in (*template_rules.RULES, *lint_style.RULES):
        rule(subject)
    if library is not None:
        _tier(subject, library)
    return _in_order(subject.findings)


def difficulty_of(manifest: Manifest, library: Library) -> Difficulty:
    """How hard a template is with the brief of its own that asks for most; briefs that cannot be read are left out."""
    briefs = [load_brief(library.requirements_folder(name)).model for name in library.packs_for(manifest.id)]
    return hardest(manifest, [brief for brief in briefs if brief is not None])


def _tier(subject: Skeleton, library: Library) -> None:
    found = difficulty_of(subject.manifest, library)
    if found.tier != subject.manifest.tier:
        counts = ", ".join(f"{value} {name}" for name, value in found)
        said = f"is {subject.manifest.tier}, and what is counted comes to {found.number:g}, tier {found.tier}: {counts}"
        subject.say(("tier",), said, f"write tier: {found.tier}, or give the template more or less to do", "warning")


def lint_requirements(folder_or_file: Path, library: Library) -> tuple[LintFinding, ...]:
    """Everything to mend in requirements, judged against the template they name, which `library` must have."""
    folder = folder_or_file.parent if folder_or_file.name == REQUIREMENTS_FILE else folder_or_file
    if folder.is_file():
        said = f"requirements lie in a folder named by their id, in a file named {REQUIREMENTS_FILE}"
        return (LintFinding(folder.name, None, "", said, f"move it to requirements/NAME/{REQUIREMENTS_FILE}"),)
    pack, findings = read_pack(folder)
    if pack is None:
        return findings
    document = load_brief(folder).document
    wanted = pack.requirements.template
    known = library.template_ids()
    if wanted not in known:
        return (find_at(document, ("template",), f"there is no template {wanted}", near(wanted, known), "error"),)
    try:
        template = library.template(wanted)
    except ContentError as error:
        mend = f"mend the template first: {error.hint}"
        return (find_at(document, ("template",), f"cannot be used: {error.message}", mend, "error"),)
    brief = Brief.of(pack, Skeleton.of(template), document)
    for rule in requirements_rules.RULES:
        rule(brief)
    return _in_order(brief.findings)


def _in_order(findings: list[LintFinding]) -> tuple[LintFinding, ...]:
    """Errors first, then by place; what two rules say alike is told once."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda one: (one.severity != "error", one.file, one.line or 0)))
