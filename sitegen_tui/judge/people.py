"""A person's marks as findings, and the score that the engine's arithmetic makes of them."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen_tui.domain.findings import Evidence, Finding, Judgement
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.violations import Catalogue, Layer, Violation
from sitegen_tui.judge.charging import charge, score

SEES = (Layer.STATIC, Layer.RENDERED, Layer.LLM)
"""A person is asked about everything that any judge may be asked about."""
LONGEST_MESSAGE = 400


def checklist(catalogue: Catalogue, action: str) -> tuple[Violation, ...]:
    """What a person is asked about in an action: what it was to achieve first, then damage, each as the catalogue has it.

    What only a reply shows, which a person never sees, is not asked for.
    """
    known = [one for one in catalogue.violations if one.term(action) is not None and not one.id.startswith("protocol.")]
    return tuple(sorted(known, key=lambda one: not any(term.action == action for term in one.terms)))


def judged_by_person(catalogue: Catalogue, action: str, marks: Iterable[Mark]) -> Judgement:
    """Charges and score of an action by a person's marks. Raises KeyError for an id that the action does not have."""
    charges = charge(catalogue, action, [finding for mark in marks for finding in findings_of(mark)])
    found = score(catalogue, action, charges, SEES)
    return Judgement(charges=charges, score=found.model_copy(update={"layers": (Layer.HUMAN,)}))


def findings_of(mark: Mark, message: str = "") -> list[Finding]:
    """A mark's instances as findings; `message` says more than who marked it."""
    found: list[Finding] = []
    for number in range(mark.wrong):
        place = mark.places[min(number, len(mark.places) - 1)] if mark.places else None
        evidence = Evidence(file=place.file, side=place.side, line=place.first) if place else Evidence()
        found.append(
            Finding(
                violation=mark.violation,
                subject=mark.subject,
                message=message[:LONGEST_MESSAGE] or f"{mark.violation} marked by a person",
                evidence=evidence,
                instances=mark.of,
                layer=Layer.HUMAN,
            )
        )
    return found
