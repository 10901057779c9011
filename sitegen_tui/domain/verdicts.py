"""What LLM judges say: verdicts by violation as a program has verified them, samples, and how far a step was judged by them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.judges import JudgeMode
from sitegen_tui.domain.runs import Usage

JudgeAnswer = Literal["present", "absent", "cannot_tell"]
JUDGE_ANSWERS: tuple[JudgeAnswer, ...] = ("present", "absent", "cannot_tell")


class Shown(Frozen):
    """Verified evidence: a quote that stands in the site after the step, or a pattern that stood before it and does not after.

    `line` counts from 1 in the file as the model wrote it; `moved` says that the judge had named another line.
    """

    file: str
    line: int | None = Field(default=None, ge=1)
    quote: str = Field(default="", max_length=400)
    absent_pattern: str = Field(default="", max_length=400)
    why: str = Field(default="", max_length=400)
    moved: bool = False


class Verdict(Frozen):
    """What one sample of a judge says of one id, after the gate: `present` has at least one verified piece of evidence."""

    violation: str
    verdict: JudgeAnswer
    evidence: tuple[Shown, ...] = ()


class SampleSettings(Frozen):
    """Under what a sample was taken: only verdicts of equal settings are one judge's."""

    mode: JudgeMode
    rubric: int
    prompt: str = Field(description="hash of the wording, the same for every step")
    sent: dict[str, JsonValue] = Field(default={}, description="what the requests carried")


class JudgeState(Frozen):
    """How far a judge judged a step. `unjudged` says why it did not, empty if it did.

    `samples` were asked for and `usable` could be read; `items` pieces of evidence were offered, of which `rejected` did not hold;
    `flips` is the share of ids whose verdict was not the same in every usable sample, None with fewer than two.
    """

    judge: str
    mode: JudgeMode
    family: str = ""
    samples: int = 0
    usable: int = 0
    items: int = 0
    rejected: int = 0
    flips: float | None = None
    earned: tuple[str, ...] = ()
    unjudged: str = ""
    usage: Usage = Usage()
    milliseconds: float = 0.0


class JudgeSession(Frozen):
    """What a judge's canaries have shown in a session: `found` of the `planted` faults, `alarms` in the `harmless` changes.

    `invalid` says why what it says counts for nothing, empty if it counts. `usage` and `milliseconds` are those of the canaries.
    """

    judge: str
    planted: int = Field(ge=0)
    found: int = Field(ge=0)
    harmless: int = Field(ge=0)
    alarms: int = Field(ge=0)
    invalid: str = ""
    usage: Usage = Usage()
    milliseconds: float = 0.0

    @property
    def silent(self) -> bool:
        """Whether nothing was heard of what was planted, or of what was harmless."""
        return not self.planted or not self.harmless

    @property
    def free(self) -> JudgeSession:
        """The same without what it cost, for whoever does not bear it."""
        return self.model_copy(update={"usage": Usage(), "milliseconds": 0.0})


def session_words(session: JudgeSession) -> str:
    """What canaries have shown, for a person."""
    if session.invalid:
        return session.invalid
    return (
        f"{session.judge} found {session.found} of {session.planted} planted faults and reported {session.alarms} of "
        f"{session.harmless} harmless changes"
    )


def judge_words(state: JudgeState) -> str:
    """How far a judge judged a step, for a person."""
    if state.unjudged:
        return f"{state.judge}: unjudged: {state.unjudged}"
    if state.mode == "audit":
        return f"{state.judge}: asked about every id, counts for nothing"
    if state.mode == "study":
        return f"{state.judge}: judged alone, in a study"
    return f"{state.judge}: judged {', '.join(state.earned)}"


class JudgeVerdictRow(Frozen):
    """One verdict of one sample as the database has it. `judging` counts from 1 how often the step was judged."""

    judge: str
    run_id: str
    step: int
    judging: int
    sample: int
    violation: str
    verdict: JudgeAnswer


class JudgeSampleRow(Frozen):
    """One sample as the database has it; `error` says why it could not be read, empty if it could."""

    judge: str
    family: str
    mode: JudgeMode
    run_id: str
    step: int
    judging: int
    sample: int
    rubric: int
    prompt: str
    error: str = ""
    items: int = 0
    rejected: int = 0
    usd: float | None = None
    unpriced: int = 0
    milliseconds: float = 0.0
