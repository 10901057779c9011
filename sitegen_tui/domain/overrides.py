"""Decisions of people on a step: which still stand, and the numbers of findings that people add."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen_tui.domain.events import OverrideRecorded

ADDED = 1_000_000_000_000
"""From here on numbers are of findings that people added: those of judges are the numbers of events."""
MOST_ADDED = 1000
"""Findings that one decision adds at most."""


def added_number(seq: int, place: int) -> int:
    """The number of the finding at a place (from 0) of what event `seq` adds; it comes after all that judges found."""
    return ADDED + seq * MOST_ADDED + place


def standing(events: Iterable[OverrideRecorded]) -> list[OverrideRecorded]:
    """Of a step's decisions in their order: those that no later one withdraws, oldest first."""
    found: list[OverrideRecorded] = []
    for event in events:
        if event.withdraws is not None:
            found = [one for one in found if one.seq != event.withdraws]
        elif event.effect is not None or event.value is not None:
            found.append(event)
        elif event.violation is None:
            # Before decisions could be told apart, one without a score took back whatever had been decided.
            found.clear()
    return found


def changes_findings(event: OverrideRecorded) -> bool:
    """Whether a decision is about findings, and not about the score alone."""
    return bool(event.drops or event.adds)
