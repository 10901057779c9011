"""Which LLM judges look at a run, how, and which of their verdicts count."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen

JudgeMode = Literal["scoring", "audit", "study"]
"""Scoring: ids that only an LLM can see, of which those that it has earned count. Audit: every id of the action, nothing counts.
Study: every id of the action, and nobody else judges."""
JUDGE_MODES: tuple[JudgeMode, ...] = ("scoring", "audit", "study")

SAMPLES = 3
"""How often a judge is asked about one step."""


class JudgePlan(Frozen):
    """A judge of a run: `earned` are the ids of which its verdicts count, `settings` the hash of what its requests carry.

    `part` is the share of steps that it sees, 1.0 for the first judge of a run.
    """

    model: str
    mode: JudgeMode = "scoring"
    family: str = ""
    earned: tuple[str, ...] = ()
    samples: int = Field(default=SAMPLES, ge=1, le=9)
    part: float = Field(default=1.0, gt=0, le=1)
    settings: str = ""
    wording: str = Field(default="", description="hash of what it is told, apart from the files")
    context: int | None = Field(default=None, description="tokens that prompt and reply share, None where there is no limit")
    answer: int | None = Field(default=None, description="tokens that a reply may have, None where there is no limit")
