"""Human labels: what is to be labelled, what was, and which of it still stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sitegen_tui.domain.events import LabelRecorded, LabelSkipped, LabelWithdrawn
from sitegen_tui.domain.marks import Mark

BANDS: tuple[tuple[float, str], ...] = ((0.0, "below 0"), (5.0, "0 to 5"), (8.0, "5 to 8"))
"""Bands of a step's judged score: values below the number have the name, the rest is the best band."""
BEST_BAND = "8 to 10"


class Candidate(NamedTuple):
    """A step that may be labelled, with its judges' score in points.

    `disagreement` is how far judges differ about it: points between them plus the share of verdicts that flip; 0 where one
    judge looked once.
    """

    run_id: str
    step: int
    action: str
    judged: float
    disagreement: float = 0.0

    @property
    def key(self) -> str:
        """`run/step`."""
        return f"{self.run_id}/{self.step}"

    @property
    def stratum(self) -> str:
        """Action and score band."""
        return f"{self.action}: {band(self.judged)}"


class QueuedItem(NamedTuple):
    """A step drawn for a rater: the `position` (from 1) in its draw, and the probability `pi` of being drawn from its stratum."""

    rater: str
    run_id: str
    step: int
    draw: int
    position: int
    action: str
    stratum: str
    pi: float

    @property
    def key(self) -> str:
        """`run/step`."""
        return f"{self.run_id}/{self.step}"


class Chosen(NamedTuple):
    """A step that a draw chose."""

    run_id: str
    step: int
    action: str
    stratum: str
    pi: float


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn, in the order it is to be labelled in; `chances` are those of everything that could be, by `run/step`."""

    seed: int
    wanted: int
    chosen: tuple[Chosen, ...]
    chances: Mapping[str, float]


Done = LabelRecorded | LabelSkipped


def band(value: float) -> str:
    """The score band of a step."""
    return next((name for limit, name in BANDS if value < limit), BEST_BAND)


def standing(events: Iterable[LabelRecorded | LabelSkipped | LabelWithdrawn]) -> list[Done]:
    """Of events in their order: for each step and rater the newest label (or skip) that was not withdrawn, oldest first."""
    stacks: dict[tuple[str, int, str], list[tuple[int, Done]]] = {}
    for place, event in enumerate(events):
        stack = stacks.setdefault((event.run_id, event.step, event.rater), [])
        if isinstance(event, LabelWithdrawn):
            stack[:] = [kept for kept in stack if kept[1].seq != event.withdraws]
        else:
            stack.append((place, event))
    return [event for _, event in sorted((stack[-1] for stack in stacks.values() if stack), key=lambda kept: kept[0])]


def marks_of(label: LabelRecorded) -> tuple[Mark, ...]:
    """A label's marks; those of a label of version 1 say no more than the id."""
    return label.marks or tuple(Mark(violation=violation) for violation in label.violations)
