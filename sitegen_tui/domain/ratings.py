"""What raters of every kind say of a step, in one shape: people, the checkers, LLM judges."""

from __future__ import annotations

from typing import Literal, NamedTuple

RaterKind = Literal["person", "checkers", "llm"]
CHECKERS = "checkers"
"""The name under which the checks over files and pages are one rater."""
SEVERITIES = ("none", "minor", "major", "critical")
"""The worst thing a rater saw, by rising severity."""


class Rating(NamedTuple):
    """One rater on one step: the ids that are `present` of those `asked` about, and the points that these come to.

    All scores of a step are on one scale, that of the layers which judged it; None where a rater was asked about too little for
    a score. `worst` is a place in `SEVERITIES`.
    """

    rater: str
    kind: RaterKind
    run_id: str
    step: int
    action: str
    model: str
    present: frozenset[str]
    asked: frozenset[str]
    score: float | None
    worst: int
    pi: float | None = None

    @property
    def key(self) -> str:
        """`run/step`."""
        return f"{self.run_id}/{self.step}"
