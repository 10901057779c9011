"""What people's decisions make of a step: its charges and its score, beside what the judges made of it."""

from __future__ import annotations

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.findings import Charge, Score


class NumberedCharge(Frozen):
    """A charge and what tells it from all others of its step: the `seq` of the event that reported it, or a person's own number."""

    number: int
    charge: Charge


class Effect(Frozen):
    """A step with every decision that stands. `value` is its score in points, None where it is the judges' own.

    `score` is the arithmetic of `charges`, both as they are now; None and empty for a step that was not judged. `by` and `why` are
    those of the newest decision that stands, empty where none does.
    """

    value: float | None
    score: Score | None = None
    charges: tuple[NumberedCharge, ...] = ()
    by: str = ""
    why: str = ""
