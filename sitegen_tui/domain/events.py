"""The one stream: everything that happens in a run, as frozen events that go to JSON and back unchanged."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.decisions import Effect
from sitegen_tui.domain.findings import Charge, Score
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.runs import Attempt, RunPlan, Usage
from sitegen_tui.domain.verdicts import JudgeSession, JudgeState, SampleSettings, Verdict


class FileChange(Frozen):
    """What a step did to one file; lines as a line diff counts them."""

    path: str
    added: int = 0
    removed: int = 0
    before: str | None = Field(default=None, description="sha256, None if the file is new")
    after: str | None = Field(default=None, description="sha256, None if the file is gone")


class AppliedEdit(Frozen):
    """How one block of a reply fared."""

    path: str
    kind: str
    outcome: str = Field(description="rung of the apply ladder, or the reason of rejection")
    applied: bool
    line: int = 0
    detail: str = ""


class _Event(Frozen):
    run_id: str
    seq: int = Field(ge=0, description="position in its run, from 0, without gaps among durable events")
    at: datetime


class RunStarted(_Event):
    """A run begins, or goes on after an interruption (`resumed_at` is the step it goes on with)."""

    event: Literal["RunStarted"] = "RunStarted"
    plan: RunPlan
    site: dict[str, str] = Field(description="path to sha256 of the site it starts from")
    content_hash: str
    prompt: str = Field(default="", description="hash of what all models are told alike; empty where it was not told yet")
    rubric: int
    resumed_at: int | None = None


class StepStarted(_Event):
    """A step begins; `step` counts from 1 as the action's number in the sixteen."""

    event: Literal["StepStarted"] = "StepStarted"
    step: int
    action: str
    prompt_hash: str = ""


class TokenDelta(_Event):
    """Text that a model has just produced; never stored. `seq` is that of the last durable event."""

    event: Literal["TokenDelta"] = "TokenDelta"
    step: int
    attempt: int
    text: str
    reasoning: bool = False


class StepWaiting(_Event):
    """A step waits before its next request; never stored. `seq` is that of the last durable event.

    `seconds` is how long until the next try, None where nobody can tell. Without a reason it waits no longer.
    """

    event: Literal["StepWaiting"] = "StepWaiting"
    step: int
    lane: str
    reason: str = ""
    seconds: float | None = None


class AttemptFinished(_Event):
    """A request to the model ended, well or not."""

    event: Literal["AttemptFinished"] = "AttemptFinished"
    step: int
    attempt: Attempt


class OutputApplied(_Event):
    """The reply was read and applied; `site` is the site after it."""

    event: Literal["OutputApplied"] = "OutputApplied"
    step: int
    site: dict[str, str]
    changes: tuple[FileChange, ...]
    edits: tuple[AppliedEdit, ...]


class FindingReported(_Event):
    """A judge found something; `charge` says what it cost."""

    event: Literal["FindingReported"] = "FindingReported"
    step: int
    charge: Charge


class StepScored(_Event):
    """A step has its score."""

    event: Literal["StepScored"] = "StepScored"
    step: int
    action: str
    score: Score
    not_assessed: tuple[str, ...] = ()
    usage: Usage = Usage()
    model_ms: float = 0.0
    judge_ms: float = Field(default=0.0, description="judging in all, rendering included")
    render_ms: float = Field(default=0.0, description="of that, waiting for the browser")
    shots: dict[str, str] = Field(default={}, description="`desktop-before`, `mobile-after` ... to the sha256 of a picture")
    llm: tuple[JudgeState, ...] = Field(default=(), description="how far each LLM judge of the run judged it")


class JudgeTested(_Event):
    """An LLM judge was shown canaries before its verdicts count in this session; `step` is the first of the run that needs it.

    One run of a session bears what that cost; the others are told the same without it.
    """

    event: Literal["JudgeTested"] = "JudgeTested"
    step: int
    session: JudgeSession


class JudgeSampled(_Event):
    """An LLM judge was asked about a step once: its verdicts after the gate, or why there are none (`error`).

    `sample` counts from 1 within a `judging`, and that from 1 how often the step was judged. `items` pieces of evidence were
    offered for what is present, of which `rejected` did not hold and `moved` stood on another line. `usage` and `milliseconds` are
    the judge's, never the contestant's. `reply` is what it said, kept as content; parts of a split checklist follow each other.
    """

    event: Literal["JudgeSampled"] = "JudgeSampled"
    step: int
    judge: str
    family: str = ""
    judging: int = Field(default=1, ge=1)
    sample: int = Field(ge=1)
    verdicts: tuple[Verdict, ...] = ()
    items: int = Field(default=0, ge=0)
    rejected: int = Field(default=0, ge=0)
    moved: int = Field(default=0, ge=0)
    error: str = ""
    settings: SampleSettings
    usage: Usage = Usage()
    milliseconds: float = 0.0
    reply: str = ""


class StepRejudged(_Event):
    """A stored output is judged again: what follows of findings and score takes the place of the judging before, which stays."""

    event: Literal["StepRejudged"] = "StepRejudged"
    step: int
    action: str
    judging: int = Field(ge=2, description="counts from 1 how often the step was judged")
    prompt: str = Field(default="", description="what the run's scores stand on from now on, as `RunStarted.prompt`")


class StepFailed(_Event):
    """A step could not be run or judged: it is unscored, for a reason outside the model's work."""

    event: Literal["StepFailed"] = "StepFailed"
    step: int
    action: str
    reason: str
    hint: str = ""


class RunFinished(_Event):
    """A run is over."""

    event: Literal["RunFinished"] = "RunFinished"
    state: Literal["finished", "incomplete", "cancelled", "interrupted"]
    reason: str = ""


LABEL_VERSION = 2
"""What a label says: 1 ids and a note; 2 also marks with their lines, time, and how the step was drawn."""


class LabelRecorded(_Event):
    """A person's findings on a step.

    `marks` say of each of `violations` where and how often; labels of version 1 have none. `pi` is the probability with which
    the step was drawn from its `stratum`, None where it was not drawn. `source` says where an imported label came from.
    """

    event: Literal["LabelRecorded"] = "LabelRecorded"
    step: int
    rater: str
    violations: tuple[str, ...]
    note: str = ""
    marks: tuple[Mark, ...] = ()
    seconds: float | None = Field(default=None, ge=0, allow_inf_nan=False, description="time spent on it")
    pi: float | None = Field(default=None, gt=0, le=1)
    stratum: str = ""
    rubric: int | None = Field(default=None, description="the catalogue's version whose checklist was shown")
    source: str = ""
    version: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _marks_are_of_its_violations(self) -> Self:
        if self.marks and {mark.violation for mark in self.marks} != set(self.violations):
            raise ValueError("marks and violations name different ids")
        return self


class LabelSkipped(_Event):
    """A person was shown a step and would not label it."""

    event: Literal["LabelSkipped"] = "LabelSkipped"
    step: int
    rater: str
    reason: str
    seconds: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    pi: float | None = Field(default=None, gt=0, le=1)
    stratum: str = ""
    source: str = ""
    version: int = Field(default=LABEL_VERSION, ge=1)


class LabelWithdrawn(_Event):
    """A person takes back a label, or that a step was skipped: event number `withdraws` of the run counts no longer."""

    event: Literal["LabelWithdrawn"] = "LabelWithdrawn"
    step: int
    rater: str
    withdraws: int = Field(ge=0)


class OverrideRecorded(_Event):
    """The adjudicated decision on a step's score (`value`, in points) or on its findings; the newest that stands says what counts.

    `drops` are numbers of charges that count no longer, `adds` what was missed; one with neither says that the judges are right.
    `withdraws` takes back decision number so-and-so of the run. `effect` is the step with all that stands afterwards; events
    without one are of an earlier version: they set the score, or take it back with None, unless they name a `violation`.
    """

    event: Literal["OverrideRecorded"] = "OverrideRecorded"
    step: int
    author: str
    reason: str
    value: float | None = None
    violation: str | None = None
    subject: str = ""
    drops: tuple[int, ...] = ()
    adds: tuple[Mark, ...] = ()
    withdraws: int | None = None
    effect: Effect | None = None


Event = Annotated[
    RunStarted
    | StepStarted
    | TokenDelta
    | StepWaiting
    | AttemptFinished
    | OutputApplied
    | FindingReported
    | StepScored
    | JudgeTested
    | JudgeSampled
    | StepRejudged
    | StepFailed
    | RunFinished
    | LabelRecorded
    | LabelSkipped
    | LabelWithdrawn
    | OverrideRecorded,
    Field(discriminator="event"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
"""Reads and writes any event: `EVENT.validate_json(text)`, `EVENT.dump_json(event)`."""


def durable(event: Event) -> bool:
    """Whether an event is stored."""
    return not isinstance(event, TokenDelta | StepWaiting)
