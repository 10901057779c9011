"""A step as the rendered layer looks for damage in it, and how what it sees is compared with the input and with the skeleton."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sitegen_tui.actions.base import Action, Page, Step
from sitegen_tui.domain.findings import Finding, Provenance
from sitegen_tui.domain.probes import Probe, ViewName
from sitegen_tui.judge.structure import Losses, parts
from sitegen_tui.site.page import CSS, HTML, JS

MEASURED: tuple[ViewName, ...] = ("desktop", "mobile")
"""Views whose texts are measured in pixels."""


@dataclass(frozen=True)
class Damage:
    """A step with what a browser saw of it, and what the files alone have already told."""

    step: Step
    action: Action
    before: Probe
    after: Probe
    losses: Losses
    told: Sequence[Finding]

    @cached_property
    def own(self) -> frozenset[tuple[str, str]]:
        """Id and file of the damage that the files show this step to have done."""
        return frozenset((f.violation, f.evidence.file or "") for f in self.told if f.provenance is Provenance.OWN)

    @cached_property
    def page_cut(self) -> bool:
        """Whether a page that is cut off or elided explains what is missing from it."""
        return bool({("html.truncated", HTML), ("html.elided", HTML)} & self.own)

    @cached_property
    def styles_cut(self) -> bool:
        """Whether a stylesheet that is cut off or elided explains how the page looks."""
        return bool({("css.truncated", CSS), ("html.elided", CSS)} & self.own)

    @cached_property
    def script_cut(self) -> bool:
        """Whether a script that is elided explains what it does no more."""
        return ("html.elided", JS) in self.own

    @cached_property
    def gone(self) -> frozenset[str]:
        """Parts of the page of which something is gone, which was charged as such."""
        return frozenset([*(part.id for part, _ in self.losses.parts), *(part.id for part, _ in self.losses.items)])


Survey = Callable[[Probe, Page], Mapping[str, Finding]]
"""Everything of a kind that is wrong with a page as it is seen, each under a stable key."""


def compared(given: Damage, survey: Survey) -> Iterator[Finding]:
    """What is new, inherited from an earlier step, or mended; what the skeleton itself has is nobody's doing."""
    step = given.step
    now, then = survey(given.after, step.after), survey(given.before, step.before)
    native: Mapping[str, Finding] = survey(step.seen_start, step.start) if step.seen_start is not None and (now or then) else {}
    for key, found in now.items():
        if key not in native:
            yield found if key not in then else found.model_copy(update={"provenance": Provenance.INHERITED})
    for key, found in then.items():
        if key not in now and key not in native:
            evidence = found.evidence.model_copy(update={"side": "before"})
            yield found.model_copy(update={"provenance": Provenance.REPAIRED, "evidence": evidence})


def titled(key: str) -> str:
    """A part of the page by its id, as a sentence begins with it."""
    return f"The {key}" if key in ("header", "hero", "footer") else f"Section {key}"


def selector_of(step: Step, key: str) -> str:
    """The manifest's selector of a part of the page, empty if it has none."""
    return next((part.selector for part in parts(step.manifest) if part.id == key), "")
