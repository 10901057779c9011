"""What a lint says: where, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sitegen_tui.errors import ContentError

Severity = Literal["error", "warning"]

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing to mend in a template or in requirements.

    `file` is the path inside the linted folder, `line` counts from 1, `field` is a dotted path such as
    `layout.sections[0].pattern`, empty where a whole file is meant. An error keeps the content from being used
    in earnest; a warning does not.
    """

    file: str
    line: int | None
    field: str
    message: str
    mend: str
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """`file:line field`, as much of it as is known."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} {self.field}".rstrip()


def errors_of(findings: Iterable[LintFinding]) -> tuple[LintFinding, ...]:
    """Those that are no mere warnings."""
    return tuple(finding for finding in findings if finding.severity == "error")


def content_error(folder: Path, findings: tuple[LintFinding, ...]) -> ContentError:
    """The error that tells a person the first findings and the mend of the first."""
    shown = [f"{finding.place}: {finding.message}" for finding in findings[:_SHOWN]]
    if len(findings) > _SHOWN:
        shown.append(f"and {len(findings) - _SHOWN} more")
    return ContentError(f"{folder}: " + "; ".join(shown), hint=findings[0].mend if findings else "")
