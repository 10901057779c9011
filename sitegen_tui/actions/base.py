"""What an action is made of: what the model is told, what the reference editor does, what is checked, what can go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from random import Random
from typing import Literal

from sitegen_tui.domain.findings import Evidence, Finding, Provenance
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.probes import Box, Probe, ViewName
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.domain.violations import Category, Layer
from sitegen_tui.site.page import CSS, HTML, Page
from sitegen_tui.site.source import Span

Files = Mapping[str, str]
"""Path to text of the editable files."""


@dataclass(frozen=True, eq=False)
class Brief:
    """What every part of an action may look at besides the site: requirements, manifest, assets (path to bytes).

    A key by identity: one brief is made for each template and requirements.
    """

    requirements: Requirements
    manifest: Manifest
    assets: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


@dataclass(frozen=True)
class Step:
    """A site before and after an action, with the brief: what a check judges.

    `start` is the skeleton before the first action, so that a check can tell an old thing from a new one. `seen_before`,
    `seen_after` and `seen_start` are what a browser saw of the three; None where none looked. `later` says that an earlier
    action's result is judged again after a later action, which may have had leave to change some of it.
    """

    before: Page
    after: Page
    brief: Brief
    start: Page
    seen_before: Probe | None = None
    seen_after: Probe | None = None
    seen_start: Probe | None = None
    later: bool = False

    @property
    def requirements(self) -> Requirements:
        """The brief's requirements."""
        return self.brief.requirements

    @property
    def manifest(self) -> Manifest:
        """The template's manifest."""
        return self.brief.manifest

    @cached_property
    def touched(self) -> frozenset[str]:
        """The editable files that the step changed, made or removed."""
        before, after = self.before.files, self.after.files
        return frozenset(path for path in {*before, *after} if before.get(path) != after.get(path))

    @property
    def unchanged(self) -> bool:
        """Whether the step changed no file."""
        return not self.touched


Directive = Callable[[Requirements, Manifest], str]
"""What a model is told, in plain words and values, for one action."""

Edit = Callable[[Files, Brief], dict[str, str]]
"""The reference edit: the new text of each changed file; pure, byte-minimal, idempotent."""

Check = Callable[[Step], Iterable[Finding]]
"""A postcondition, judged on the output: every way in which it does not hold. Pure."""

RenderedCheck = Callable[[Step, Probe, Probe], Iterable[Finding]]
"""A postcondition judged on what a browser saw before and after: every way in which it does not hold. Pure."""

Grade = Literal["blatant", "realistic", "subtle"]

Mutation = Callable[[Files, Files, Brief, Random], "dict[str, str] | None"]
"""Plants a fault: from the files before and after a good edit to the files as a model leaves them; None if it does not apply."""


@dataclass(frozen=True)
class Fault:
    """A planted violation.

    `violations` are the ids it must be charged with, `also` those it may be charged with besides, because on some sites one
    mistake is two. `grade` says how plainly it shows, `weight` how often simulated models make it (0: never, for audits only).
    """

    id: str
    violations: tuple[str, ...]
    apply: Mutation
    grade: Grade = "realistic"
    weight: float = 1.0
    also: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Action:
    """One of the sixteen ordered edits; its number, title and category are in the pipeline. A key by identity."""

    id: str
    intent: str
    write_set: tuple[str, ...]
    directive: Directive
    edit: Edit
    checks: tuple[Check, ...]
    rendered: tuple[RenderedCheck, ...] = ()
    """Checks that need a browser's eyes; they are made only where it looked at both sides."""
    faults: tuple[Fault, ...] = ()
    rewords: tuple[str, ...] = ()
    """Slots whose text it is told to change; text lost or changed elsewhere is a regression."""
    reads: tuple[str, ...] = (HTML, CSS)
    """The files its static checks look at: while none of them changes, their verdict does not."""
    arranges: bool = False
    """Whether it may exchange classes and wrappers to arrange the page."""

    @property
    def number(self) -> int:
        """Position in the pipeline, from 1."""
        return BY_ID[self.id].number

    @property
    def title(self) -> str:
        """Its name for people."""
        return BY_ID[self.id].title

    @property
    def category(self) -> Category:
        """What it is about."""
        return BY_ID[self.id].category


def at(
    page: Page,
    file: str,
    span: Span | None,
    *,
    side: str = "after",
    expected: str = "",
    measured: str = "",
) -> Evidence:
    """Evidence that points at a range of a file; without a range, at the file alone."""
    line = column = None
    quote = ""
    if span is not None:
        line, column = page.place(file, span.start)
        quote = page.files.get(file, "")[span.start : span.end]
    return Evidence(
        file=file,
        side="before" if side == "before" else "after",
        line=line,
        column=column,
        quote=clip(quote),
        expected=clip(expected),
        measured=clip(measured),
    )


def clip(text: str, limit: int = 200) -> str:
    """A text short enough for evidence; the cut is shown."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= limit else text[: limit - 1] + "…"


def finding(
    violation: str,
    message: str,
    *,
    subject: str = "",
    section: str = "",
    evidence: Evidence | None = None,
    instances: int = 1,
    inherited: bool = False,
) -> Finding:
    """A static finding; `inherited` when what it is about was already gone or damaged in the input."""
    return Finding(
        violation=violation,
        subject=subject,
        section=section,
        message=clip(message, 300),
        evidence=evidence or Evidence(),
        instances=max(1, instances),
        provenance=Provenance.INHERITED if inherited else Provenance.OWN,
        layer=Layer.STATIC,
    )


def seen(
    violation: str,
    message: str,
    *,
    page: Page | None = None,
    path: str = "",
    view: ViewName | None = None,
    box: Box | None = None,
    expected: str = "",
    measured: str = "",
    subject: str = "",
    section: str = "",
    instances: int = 1,
    inherited: bool = False,
) -> Finding:
    """A rendered finding. `path` is a selector that leads to the element: with `page`, its line in index.html is the evidence.

    The view (window size) and the box in CSS pixels are named beside the measured value.
    """
    where = [f"at {view}" if view else "", f"box {box.w:g}x{box.h:g} at {box.x:g},{box.y:g}" if box else ""]
    element = page.html.one(path) if page is not None and path else None
    line = column = None
    if page is not None and element is not None and (tag := page.html.start_tag(element)) is not None:
        line, column = page.html.place(tag.start)
    return Finding(
        violation=violation,
        subject=subject,
        section=section,
        message=clip(message, 300),
        evidence=Evidence(
            file=HTML if line else None,
            line=line,
            column=column,
            quote=clip(path),
            expected=clip(expected),
            measured=clip("; ".join(part for part in (measured, *where) if part)),
        ),
        instances=max(1, instances),
        provenance=Provenance.INHERITED if inherited else Provenance.OWN,
        layer=Layer.RENDERED,
    )


def changed(before: Files, after: Files) -> dict[str, str]:
    """The files of `after` that differ from `before`."""
    return {path: text for path, text in after.items() if before.get(path) != text}


def page_of(files: Files, brief: Brief) -> Page:
    """The files as a page, with the brief's assets beside them; the same page for the same files, so that it is read once."""
    return _page(tuple(files.items()), frozenset(brief.assets))


@lru_cache(maxsize=64)
def _page(files: tuple[tuple[str, str], ...], assets: frozenset[str]) -> Page:
    return Page(dict(files), assets)


def lines(*parts: str | Iterator[str] | tuple[str, ...]) -> str:
    """A directive's lines joined; empty ones are left out."""
    flat: list[str] = []
    for part in parts:
        flat += [part] if isinstance(part, str) else list(part)
    return "\n".join(line for line in flat if line)


__all__ = [
    "CSS",
    "HTML",
    "Action",
    "Brief",
    "Check",
    "Directive",
    "Edit",
    "Fault",
    "Files",
    "Grade",
    "Mutation",
    "Page",
    "RenderedCheck",
    "Span",
    "Step",
    "at",
    "changed",
    "clip",
    "finding",
    "lines",
    "page_of",
    "seen",
]
