"""A template as lint rules see it: manifest, parsed page, and a place to put findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from bs4 import Tag

from sitegen_tui.content.findings import LintFinding, Severity
from sitegen_tui.content.library import Template
from sitegen_tui.content.loading import find_at
from sitegen_tui.content.page import Page
from sitegen_tui.content.yaml_text import Document, FieldPath
from sitegen_tui.domain.template import Manifest

PAGE = "index.html"
STYLES = "css/styles.css"


@dataclass(slots=True)
class Skeleton:
    """What the template rules read and what they have found so far."""

    manifest: Manifest
    files: Mapping[str, bytes]
    document: Document | None
    page: Page
    findings: list[LintFinding] = field(default_factory=list[LintFinding])

    @classmethod
    def of(cls, template: Template, document: Document | None = None) -> Skeleton:
        """Parses the template's page and styles."""
        html, css = (template.files[name].decode("utf-8") for name in (PAGE, STYLES))
        return cls(template.manifest, template.files, document, Page.parse(html, css))

    @property
    def count_severity(self) -> Severity:
        """How grave it is to have less than the contract's counts: the plainest tier may."""
        return "warning" if self.manifest.tier == 1 else "error"

    def say(self, path: FieldPath, message: str, mend: str, severity: Severity = "error") -> None:
        """A finding on a field of the manifest."""
        self.findings.append(find_at(self.document, path, message, mend, severity))

    def say_in(self, file: str, line: int | None, message: str, mend: str, severity: Severity = "error", name: str = "") -> None:
        """A finding on a line of another file; `name` is the manifest's field it is about, if any."""
        self.findings.append(LintFinding(file, line, name, message, mend, severity))

    def expect(self, path: FieldPath, selector: str, *, one: bool = True, severity: Severity = "error") -> tuple[Tag, ...]:
        """What the manifest's selector finds; it says so when that is nothing, or more than the one it must be."""
        found = self.page.select(selector)
        if found is None:
            self.say(path, f"{selector!r} is no CSS selector", "mend its syntax")
        elif not found:
            mend = f"name an element that {PAGE} has, or add it there"
            self.say(path, f"{selector!r} finds nothing in {PAGE}", mend, severity)
        elif one and len(found) > 1:
            mend = "make it more exact, with an id or a data-slot attribute"
            self.say(path, f"{selector!r} finds {len(found)} elements where one is meant", mend, severity)
        return found or ()


def local_path(reference: str, base: str = "") -> str | None:
    """The site path a reference leads to; None if it leaves the site or stays on the page.

    `base` is the folder of the referring file, with its slash.
    """
    reference = reference.strip()
    try:
        parts = urlsplit(reference)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = unquote(parts.path)
    steps: list[str] = []
    for step in (path if path.startswith("/") else base + path).split("/"):
        if step == "..":
            if not steps:
                return f"../{path}"
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
