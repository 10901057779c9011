"""Earlier work undone: postconditions of earlier actions that held in the input and hold no longer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from sitegen_tui.actions.base import Action, Brief, Page, Step
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.domain.findings import Evidence, Finding
from sitegen_tui.domain.violations import Catalogue, Kind
from sitegen_tui.judge.structure import Losses
from sitegen_tui.site.page import HTML
from sitegen_tui.site.source import Splices

_Key = tuple[str, str]


def undone(step: Step, action: Action, catalogue: Catalogue, losses: Losses, damage: Sequence[Finding]) -> Iterator[Finding]:
    """regress.undone: one finding for each earlier action and id that holds no longer, with the evidence of its check.

    Extra ids (an invented contact, noindex) count too: they are what an earlier action must not leave behind. What would fail
    merely because a section or item is gone, and what stands where `damage` is reported, has its charge already.
    """
    if step.unchanged:
        return
    pruned = _without(step.before, losses)
    for earlier in ACTIONS:
        if earlier.number >= action.number:
            return
        if not step.touched.intersection(earlier.reads):
            continue
        after = _failing(earlier, step.after, step.start, step.brief)
        if not after:
            continue
        before = _failing(earlier, step.before, step.start, step.brief)
        reported: set[str] = set()
        for key, found in after.items():
            violation = catalogue.by_id.get(found.violation)
            term = violation.term(earlier.id) if violation else None
            if key in before or (pruned is not None and key in _failing(earlier, pruned, step.start, step.brief)):
                continue
            if any(same_place(found.evidence, other.evidence) for other in damage):
                continue
            if found.violation in reported or term is None or term.kind is Kind.REGRESSION:
                continue
            # A text that was wrong in one way and is wrong in another was not right before.
            if any(subject == found.subject and subject for _, subject in before):
                continue
            reported.add(found.violation)
            yield found.model_copy(
                update={
                    "violation": "regress.undone",
                    "subject": f"{earlier.id}: {found.violation}",
                    "message": f"{earlier.title} is undone: {found.message}"[:300],
                    "instances": 1,
                }
            )


def _without(page: Page, losses: Losses) -> Page | None:
    """A page from which everything that is gone is taken out, and nothing else; None if nothing is gone."""
    spans = sorted(span for element in losses.elements if (span := page.html.outer(element)) is not None)
    if not spans:
        return None
    edits = Splices(page.html.text)
    end = 0
    for span in spans:
        if span.start >= end:
            edits.delete(span)
            end = span.end
    return Page({**page.files, HTML: edits.result()}, page.assets)


def same_place(one: Evidence, other: Evidence) -> bool:
    """Whether two pieces of evidence point at overlapping text."""
    if (one.file, one.side, one.line) != (other.file, other.side, other.line) or one.line is None:
        return False
    first, second = one.column or 1, other.column or 1
    return first < second + max(1, len(other.quote)) and second < first + max(1, len(one.quote))


@lru_cache(maxsize=512)
def _failing(action: Action, page: Page, start: Page, brief: Brief) -> dict[_Key, Finding]:
    step = Step(before=page, after=page, brief=brief, start=start)
    found: dict[_Key, Finding] = {}
    for check in action.checks:
        for finding in check(step):
            found.setdefault((finding.violation, finding.subject), finding)
    return found
