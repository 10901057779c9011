"""What screens show of a run: events folded by one pure reducer, the same for live, stored and foreign runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from sitegen_tui.domain.events import (
    AppliedEdit,
    AttemptFinished,
    Event,
    FileChange,
    FindingReported,
    JudgeSampled,
    JudgeTested,
    OutputApplied,
    OverrideRecorded,
    RunFinished,
    RunStarted,
    StepFailed,
    StepRejudged,
    StepScored,
    StepStarted,
    StepWaiting,
    TokenDelta,
    durable,
)
from sitegen_tui.domain.findings import Charge, Score
from sitegen_tui.domain.overrides import standing
from sitegen_tui.domain.pipeline import PIPELINE
from sitegen_tui.domain.runs import Attempt, RunPlan, RunState, StepState, Usage, add_usages, total_usage
from sitegen_tui.domain.verdicts import JudgeSession, JudgeState

STREAM_LIMIT = 400_000
"""Characters of a live reply that are kept for showing; the whole reply is in the database."""


@dataclass(slots=True)
class StreamText:
    """The text of the attempt in flight: appended to by token deltas, read by offset.

    `dropped` counts characters forgotten at the start; offsets are absolute, so a reader that fell behind sees a gap, not a shift.
    """

    attempt: int = 0
    reasoning: bool = False
    chunks: list[str] = field(default_factory=list[str])
    length: int = 0
    dropped: int = 0

    def append(self, text: str) -> None:
        """Add text; forget the oldest half when the limit is passed."""
        self.chunks.append(text)
        self.length += len(text)
        if self.length - self.dropped > STREAM_LIMIT:
            kept = "".join(self.chunks)[-STREAM_LIMIT // 2 :]
            self.dropped = self.length - len(kept)
            self.chunks = [kept]

    def since(self, offset: int) -> tuple[str, int]:
        """Text from an absolute offset on, and the offset to ask with next."""
        if offset >= self.length:
            return "", self.length
        if len(self.chunks) > 1:
            self.chunks = ["".join(self.chunks)]
        return self.chunks[0][max(0, offset - self.dropped) :], self.length


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a step waits for before its next request, and until when, where that is known."""

    lane: str
    reason: str
    until: datetime | None = None

    def words(self, now: datetime | None = None) -> str:
        """For a person: `waiting for openrouter, again in 12 s: status 429`; without `now` the time is left out.

        What must not be cut off where room is short comes first.
        """
        again = ""
        if self.until is not None and now is not None:
            again = f", again in {max(0, ceil((self.until - now).total_seconds()))} s"
        return f"waiting for {self.lane}{again}: {self.reason}"


def waiting_of(event: StepWaiting) -> Waiting | None:
    """What an event says is waited for; None when it says that it is over."""
    if not event.reason:
        return None
    until = None if event.seconds is None else event.at + timedelta(seconds=event.seconds)
    return Waiting(event.lane, event.reason, until)


@dataclass(slots=True)
class StepView:
    """One step as far as events have told.

    `judging` counts from 1 how often it was judged; scores of earlier judgings are in `earlier`. `llm` says how far LLM judges
    of the newest judging judged it, `samples` are what they said.
    """

    step: int
    action: str
    category: str
    state: StepState = StepState.WAITING
    score: Score | None = None
    override: float | None = None
    decisions: list[OverrideRecorded] = field(default_factory=list[OverrideRecorded])
    charges: list[Charge] = field(default_factory=list[Charge])
    changes: tuple[FileChange, ...] = ()
    edits: tuple[AppliedEdit, ...] = ()
    attempts: list[Attempt] = field(default_factory=list[Attempt])
    site: dict[str, str] | None = None
    not_assessed: tuple[str, ...] = ()
    llm: tuple[JudgeState, ...] = ()
    samples: list[JudgeSampled] = field(default_factory=list[JudgeSampled])
    judging: int = 1
    earlier: list[Score] = field(default_factory=list[Score])
    usage: Usage = Usage()
    model_ms: float = 0.0
    judge_ms: float = 0.0
    render_ms: float = 0.0
    shots: dict[str, str] = field(default_factory=dict[str, str])
    reason: str = ""
    hint: str = ""
    started_at: datetime | None = None
    stream: StreamText = field(default_factory=StreamText)
    waiting: Waiting | None = None
    revision: int = 0

    @property
    def value(self) -> float | None:
        """The effective score in points: an override if there is one; None while unscored."""
        if self.override is not None:
            return self.override
        return self.score.value if self.score else None

    @property
    def deducted(self) -> float:
        """Points charged so far."""
        return sum(charge.amount for charge in self.charges)


@dataclass(slots=True)
class RunView:
    """A run as far as events have told. `revision` grows with every event that changes what is shown.

    `usd` is what every attempt cost, those of steps that were run again included; `unpriced` counts attempts missing from it.
    `judge_usd` is what LLM judges cost, `sessions` what their canaries have shown, the newest last.
    """

    run_id: str
    plan: RunPlan | None = None
    state: RunState = RunState.QUEUED
    steps: list[StepView] = field(default_factory=list[StepView])
    site: dict[str, str] = field(default_factory=dict[str, str])
    rubric: int = 0
    content_hash: str = ""
    prompt: str = ""
    seq: int = -1
    reason: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    usd: float | None = None
    unpriced: int = 0
    judge_usd: float | None = None
    judge_unpriced: int = 0
    sessions: list[JudgeSession] = field(default_factory=list[JudgeSession])
    revision: int = 0

    def step(self, number: int) -> StepView | None:
        """The step of that number (1 to 16), None if this run has no such step."""
        return next((step for step in self.steps if step.step == number), None)

    @property
    def current(self) -> StepView | None:
        """The step in flight, else the last that began, else None."""
        begun = [step for step in self.steps if step.state is not StepState.WAITING]
        return begun[-1] if begun else None

    @property
    def waiting(self) -> Waiting | None:
        """What the step in flight waits for."""
        return self.current.waiting if self.current else None

    @property
    def total(self) -> float:
        """Sum of the effective scores so far, in points."""
        return sum(step.value for step in self.steps if step.value is not None)

    @property
    def assessed(self) -> float:
        """Points that could have been earned in the steps scored so far."""
        return sum(step.score.assessed for step in self.steps if step.score)

    @property
    def scored(self) -> int:
        """Steps that have a score."""
        return sum(1 for step in self.steps if step.value is not None)

    @property
    def full(self) -> bool:
        """Whether every scored step was judged in full, so that the total is out of 160."""
        return all(step.score.full for step in self.steps if step.score)

    @property
    def usage(self) -> Usage:
        """Tokens of every step; dollars of every attempt, those of steps that were run again included."""
        sums = add_usages(step.usage if step.score is not None else total_usage(step.attempts) for step in self.steps)
        return sums.model_copy(update={"usd": self.usd, "unpriced": self.unpriced})


def _steps_of(plan: RunPlan) -> list[StepView]:
    wanted = set(plan.actions)
    return [
        StepView(step=action.number, action=action.id, category=action.category.value) for action in PIPELINE if action.id in wanted
    ]


def fold(view: RunView, event: Event) -> RunView:
    """Apply one event to a view and return that view; events already seen (by seq) change nothing."""
    if durable(event):
        if event.seq <= view.seq:
            return view
        view.seq = event.seq
    view.revision += 1
    match event:
        case RunStarted():
            if view.plan is None:
                view.plan = event.plan
                view.steps = _steps_of(event.plan)
                view.started_at = event.at
                view.content_hash, view.prompt = event.content_hash, event.prompt
            view.site, view.rubric, view.state, view.finished_at = event.site, event.rubric, RunState.RUNNING, None
        case RunFinished():
            view.state, view.reason, view.finished_at = RunState(event.state), event.reason, event.at
            for step in view.steps:
                step.waiting = None
                if step.state in (StepState.PROMPTED, StepState.STREAMING, StepState.JUDGING):
                    step.state = StepState.WAITING
                    step.revision += 1
        case _:
            if isinstance(event, StepRejudged) and event.prompt:
                view.prompt = event.prompt
            step = view.step(getattr(event, "step", 0))
            if isinstance(event, AttemptFinished):
                _spend(view, event.attempt)
            if isinstance(event, JudgeSampled):
                _pay_judge(view, event.usage)
            if isinstance(event, JudgeTested):
                _pay_judge(view, event.session.usage)
                view.sessions.append(event.session)
            if step is not None:
                step.revision += 1
                _fold_step(step, event)
    return view


def _spend(view: RunView, attempt: Attempt) -> None:
    if attempt.usage.usd is not None:
        view.usd = (view.usd or 0.0) + attempt.usage.usd
    view.unpriced += attempt.unpriced


def _pay_judge(view: RunView, usage: Usage) -> None:
    if usage.usd is not None:
        view.judge_usd = (view.judge_usd or 0.0) + usage.usd
    view.judge_unpriced += usage.unpriced


def _fold_step(step: StepView, event: Event) -> None:
    step.waiting = waiting_of(event) if isinstance(event, StepWaiting) else None
    match event:
        case StepStarted():
            step.state, step.started_at, step.score, step.reason, step.hint = StepState.PROMPTED, event.at, None, "", ""
            step.charges, step.attempts, step.changes, step.edits, step.site = [], [], (), (), None
            step.shots = {}
            step.llm, step.samples, step.judging, step.earlier = (), [], 1, []
            # A decision was about the output that it saw, not about the next one.
            step.override, step.decisions = None, []
            step.stream = StreamText()
        case StepWaiting():
            step.state = StepState.PROMPTED
        case TokenDelta():
            step.state = StepState.STREAMING
            if step.stream.attempt != event.attempt or step.stream.reasoning != event.reasoning:
                step.stream = StreamText(attempt=event.attempt, reasoning=event.reasoning)
            step.stream.append(event.text)
        case AttemptFinished():
            step.attempts.append(event.attempt)
            step.state = StepState.JUDGING
        case OutputApplied():
            step.changes, step.edits, step.site = event.changes, event.edits, event.site
        case FindingReported():
            step.charges.append(event.charge)
        case JudgeSampled():
            # What a judge said by itself, outside the judging that the score is of, stays beside it.
            step.samples.append(event)
            step.judging = max(step.judging, event.judging)
        case StepRejudged():
            if step.score is not None:
                step.earlier.append(step.score)
            step.judging, step.charges, step.samples, step.llm = event.judging, [], [], ()
        case StepScored():
            step.llm = event.llm
            step.state, step.score, step.not_assessed = StepState.SCORED, event.score, event.not_assessed
            step.usage, step.model_ms, step.judge_ms = event.usage, event.model_ms, event.judge_ms
            step.render_ms, step.shots = event.render_ms, event.shots
        case StepFailed():
            step.state, step.reason, step.hint = StepState.UNSCORED, event.reason, event.hint
        case OverrideRecorded():
            _decide(step, event)
        case _:
            pass


def _decide(step: StepView, event: OverrideRecorded) -> None:
    step.decisions = standing([*step.decisions, event])
    if event.effect is None:
        if event.violation is None:
            step.override = event.value
        return
    step.override = event.effect.value
    if event.effect.score is not None:
        step.charges = [one.charge for one in event.effect.charges]


def folded(run_id: str, events: Iterable[Event]) -> RunView:
    """A view of a run from all its events."""
    view = RunView(run_id=run_id)
    for event in events:
        fold(view, event)
    return view
