"""What events do to the tables beside them: runs, steps, findings, sums and profiles, in the events' transaction."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

from sitegen_tui.domain.events import (
    AttemptFinished,
    Event,
    FindingReported,
    JudgeSampled,
    JudgeTested,
    LabelRecorded,
    LabelSkipped,
    LabelWithdrawn,
    OutputApplied,
    OverrideRecorded,
    RunFinished,
    RunStarted,
    StepFailed,
    StepRejudged,
    StepScored,
    StepStarted,
)
from sitegen_tui.domain.findings import Charge
from sitegen_tui.domain.runs import Attempt, RunPlan, RunState, StepState, Usage
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import StoreError
from sitegen_tui.store import judgements, losses, profiles, sums, twins
from sitegen_tui.store.losses import Counted
from sitegen_tui.store.profiles import Attempts
from sitegen_tui.store.sums import Share

_ORDER = {layer: at for at, layer in enumerate(Layer)}


def layers_text(layers: Iterable[Layer]) -> str:
    """Layers as they are stored: in one order, so that equal sets are equal texts."""
    return "+".join(sorted(set(layers), key=_ORDER.__getitem__))


def layers_of(text: str | None) -> tuple[Layer, ...]:
    """Layers read back."""
    return tuple(Layer(part) for part in text.split("+")) if text else ()


@dataclass(slots=True)
class Run:
    """The columns of a run that events change, and those that say what it is.

    `usd` is what every attempt ever made cost, those of steps that were run again included; `unpriced` counts the attempts
    whose price nobody knows, and `held_usd` is the most that those could have cost. What LLM judges cost is kept apart.
    """

    run_id: str
    experiment: int
    model: str
    mode: str
    fork: str
    template: str
    requirements: str
    actions: int
    state: str
    current_step: int | None
    started_rubric: int
    content: str
    prompt: str
    settings: str
    started_at: str | None
    finished_at: str | None
    reason: str
    usd: float | None
    unpriced: int
    held_usd: float
    judge_usd: float | None
    judge_unpriced: int
    last_seq: int


@dataclass(slots=True)
class Step:
    """The columns of a step; `value` is the effective score."""

    run_id: str
    step: int
    action: str
    state: str = StepState.WAITING
    value: float | None = None
    judged_value: float | None = None
    override: float | None = None
    assessed: float = 0.0
    full: int = 0
    layers: str = ""
    rubric: int = 0
    completion: float = 0.0
    regression: float = 0.0
    judged: float = 0.0
    charges: int = 0
    added: int = 0
    removed: int = 0
    attempts: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    usd: float | None = None
    estimated: int = 0
    unpriced: int = 0
    model_ms: float = 0.0
    judge_ms: float = 0.0
    reason: str = ""
    started_at: str | None = None
    finished_at: str | None = None
    override_by: str = ""
    override_reason: str = ""
    output: str = ""

    def use(self, usage: Usage) -> None:
        """Set tokens and dollars."""
        self.input_tokens, self.output_tokens = usage.input_tokens, usage.output_tokens
        self.reasoning_tokens, self.usd = usage.reasoning_tokens, usage.usd
        self.estimated, self.unpriced = int(usage.estimated), usage.unpriced


RUN_COLUMNS = tuple(field.name for field in fields(Run))
STEP_COLUMNS = tuple(field.name for field in fields(Step))
_step_values = attrgetter(*STEP_COLUMNS)
_run_values = attrgetter(*RUN_COLUMNS)
_RUN_CHANGES = RUN_COLUMNS[RUN_COLUMNS.index("state") :]
_run_changes = attrgetter(*_RUN_CHANGES)
_LOAD_RUN = f"SELECT {', '.join(RUN_COLUMNS)} FROM runs WHERE run_id = ?"
_SAVE_RUN = f"UPDATE runs SET {', '.join(f'{name} = ?' for name in _RUN_CHANGES)} WHERE run_id = ?"
_LOAD_STEP = f"SELECT {', '.join(STEP_COLUMNS)} FROM steps WHERE run_id = ? AND step = ?"
_SAVE_STEP = (
    f"INSERT INTO steps ({', '.join(STEP_COLUMNS)}) VALUES ({', '.join('?' * len(STEP_COLUMNS))})"
    f" ON CONFLICT (run_id, step) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in STEP_COLUMNS[2:])}"
)
_IN_FLIGHT = frozenset({StepState.PROMPTED, StepState.STREAMING, StepState.JUDGING})


class Ledger:
    """One transaction's view of the runs it touches. `apply` events in order, then `settle` once."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._runs: dict[str, Run] = {}
        self._found: dict[str, tuple[object, ...]] = {}
        self._plans: dict[str, RunPlan] = {}
        self._steps: dict[tuple[str, int], Step] = {}
        self._before: dict[tuple[str, int], Counted] = {}
        self._recount: set[str] = set()
        self._attempts: dict[str, Attempts] = {}

    def run(self, run_id: str) -> Run:
        """A run's columns. Raises StoreError when there is no such run."""
        found = self._runs.get(run_id)
        if found is None:
            row = self._conn.execute(_LOAD_RUN, (run_id,)).fetchone()
            if row is None:
                raise StoreError(f"there is no run {run_id} in the database", hint="create its experiment first")
            found = self._runs[run_id] = Run(*row)
            self._found[run_id] = row[:-1]
        return found

    def apply(self, event: Event) -> None:
        """Fold one event into the tables. Raises StoreError unless its `seq` is the run's next."""
        run = self.run(event.run_id)
        if event.seq != run.last_seq + 1:
            raise StoreError(
                f"event {event.seq} of run {event.run_id} cannot follow event {run.last_seq}",
                hint="another process seems to have written to this run",
            )
        run.last_seq = event.seq
        at = event.at.isoformat()
        match event:
            case RunStarted():
                run.state, run.finished_at, run.reason = RunState.RUNNING, None, ""
                run.started_at = run.started_at or at
                run.started_rubric = event.rubric
                # What a run began with is what its steps are counted under; it is never gone on with on anything else.
                run.content, run.prompt = run.content or event.content_hash, run.prompt or event.prompt
                self._recount.add(run.run_id)
            case RunFinished():
                run.state, run.finished_at, run.reason = event.state, at, event.reason
                self._interrupt_steps(run)
            case StepStarted():
                run.current_step = event.step
                self._restart(run, event, at)
            case AttemptFinished():
                _spend(run, event.attempt)
                self._note_settings(run, event.attempt)
                if run.run_id not in self._attempts:
                    self._attempts[run.run_id] = profiles.attempts_of(self._conn, run.run_id)
                self._attempts[run.run_id].add(event.attempt)
                self._attempt(self._step(run, event.step), event)
                self._recount.add(run.run_id)
            case OutputApplied():
                step = self._step(run, event.step)
                step.state = StepState.JUDGING
                step.added = sum(change.added for change in event.changes)
                step.removed = sum(change.removed for change in event.changes)
                step.output = twins.output_of(event.changes)
            case FindingReported():
                self._find(run, self._step(run, event.step), event)
            case StepScored():
                self._score(run, self._step(run, event.step, event.action), event, at)
            case JudgeSampled():
                judgements.add(self._conn, event)
                _pay_judge(run, event.usage)
            case JudgeTested():
                _pay_judge(run, event.session.usage)
            case StepRejudged():
                step = self._step(run, event.step, event.action)
                self._conn.execute("DELETE FROM findings WHERE run_id = ? AND step = ?", (run.run_id, event.step))
                step.charges = 0
                if event.prompt and event.prompt != run.prompt:
                    self._reground(run, event.prompt)
            case StepFailed():
                step = self._step(run, event.step, event.action)
                step.state, step.judged_value = StepState.UNSCORED, None
                step.reason, step.finished_at = event.reason, at
                self._judge_step(run, step)
            case OverrideRecorded():
                if event.violation is None:
                    self._decide(run, self._step(run, event.step), event)
            case LabelRecorded() | LabelSkipped() | LabelWithdrawn():
                pass
            case _:
                raise StoreError(f"{event.event} is not a durable event")

    def settle(self) -> None:
        """Write everything that `apply` changed."""
        conn = self._conn
        conn.executemany(_SAVE_STEP, [_step_values(step) for step in self._steps.values()])
        changed = [
            (key, before, after)
            for key, step in self._steps.items()
            if (before := self._before[key]) != (after := self._counted(self.run(step.run_id), step))
        ]
        shares = [(before.share, after.share) for _, before, after in changed if before.share != after.share]
        sums.change(conn, [one for one, _ in shares if one], [one for _, one in shares if one])
        for (run_id, step), before, after in changed:
            profiles.change(conn, run_id, step, before, after)
            if before.charges != after.charges or before.key != after.key:
                losses.change(conn, before, after)
        for run_id, attempts in self._attempts.items():
            profiles.save_attempts(conn, run_id, attempts)
        for run in self._runs.values():
            if self._found[run.run_id] == _run_values(run)[:-1]:
                # Most events move nothing but the count of events, and need not touch the indexes of states.
                conn.execute("UPDATE runs SET last_seq = ? WHERE run_id = ?", (run.last_seq, run.run_id))
                continue
            conn.execute(_SAVE_RUN, (*_run_changes(run), run.run_id))
        for run_id in self._recount:
            self._count(self.run(run_id))

    def _step(self, run: Run, number: int, action: str = "") -> Step:
        key = (run.run_id, number)
        step = self._steps.get(key)
        if step is None:
            row = self._conn.execute(_LOAD_STEP, key).fetchone()
            step = Step(*row) if row is not None else Step(run.run_id, number, action)
            self._steps[key] = step
            self._before[key] = self._counted(run, step)
        if action:
            step.action = action
        return step

    def _counted(self, run: Run, step: Step) -> Counted:
        share = share_of(run, step)
        # What a step without a score was charged with is lost by nobody.
        scored = share is not None and share.value is not None
        return Counted(share, losses.of_step(self._conn, step.run_id, step.step) if scored else {})

    def _restart(self, run: Run, event: StepStarted, at: str) -> None:
        """A step that is run again forgets its earlier outcome; what was stored of it stays in the events."""
        self._step(run, event.step, event.action)
        self._steps[(run.run_id, event.step)] = Step(run.run_id, event.step, event.action, state=StepState.PROMPTED, started_at=at)
        self._conn.execute("DELETE FROM findings WHERE run_id = ? AND step = ?", (run.run_id, event.step))
        judgements.forget(self._conn, run.run_id, event.step)
        self._recount.add(run.run_id)

    def _reground(self, run: Run, prompt: str) -> None:
        """Other judges: every step so far counted under those before, and has to be counted under these."""
        for (number,) in self._conn.execute("SELECT step FROM steps WHERE run_id = ?", (run.run_id,)).fetchall():
            self._step(run, number)
        run.prompt = prompt

    def _interrupt_steps(self, run: Run) -> None:
        marks = ", ".join("?" * len(_IN_FLIGHT))
        numbers = {number for run_id, number in self._steps if run_id == run.run_id}
        numbers.update(
            row[0]
            for row in self._conn.execute(
                f"SELECT step FROM steps WHERE run_id = ? AND state IN ({marks})",
                (run.run_id, *_IN_FLIGHT),
            )
        )
        for number in numbers:
            step = self._step(run, number)
            if step.state in _IN_FLIGHT:
                step.state = StepState.WAITING

    def _note_settings(self, run: Run, attempt: Attempt) -> None:
        settings = twins.noted(run.settings, run.model, attempt.settings)
        if settings == run.settings:
            return
        # Every step so far counted under the settings that were known then, and has to be counted under these.
        for (number,) in self._conn.execute("SELECT step FROM steps WHERE run_id = ?", (run.run_id,)).fetchall():
            self._step(run, number)
        run.settings = settings

    def _attempt(self, step: Step, event: AttemptFinished) -> None:
        attempt = event.attempt
        step.attempts += 1
        step.state = StepState.JUDGING
        step.input_tokens += attempt.usage.input_tokens
        step.output_tokens += attempt.usage.output_tokens
        step.reasoning_tokens += attempt.usage.reasoning_tokens
        if attempt.usage.usd is not None:
            step.usd = (step.usd or 0.0) + attempt.usage.usd
        step.unpriced += attempt.unpriced
        step.estimated |= attempt.usage.estimated
        step.model_ms += attempt.total_ms

    def _find(self, run: Run, step: Step, event: FindingReported) -> None:
        step.charges += 1
        self._add_finding(run, step, event.seq, event.charge)

    def _add_finding(self, run: Run, step: Step, number: int, charge: Charge) -> None:
        finding = charge.finding
        self._conn.execute(
            "INSERT INTO findings (run_id, step, seq, violation, subject, model, action, kind, severity, provenance,"
            " amount, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                run.run_id,
                step.step,
                number,
                finding.violation,
                finding.subject,
                run.model,
                step.action,
                charge.kind,
                charge.severity,
                finding.provenance,
                charge.amount,
                finding.message,
            ),
        )

    def _decide(self, run: Run, step: Step, event: OverrideRecorded) -> None:
        """Set what people decided; findings become those that count with it."""
        if not step.action:
            raise StoreError(f"step {event.step} of run {run.run_id} has not been run")
        effect = event.effect
        if effect is None:
            step.override = event.value
            step.override_by, step.override_reason = ("", "") if event.value is None else (event.author, event.reason)
        else:
            step.override, step.override_by, step.override_reason = effect.value, effect.by, effect.why
        if effect is not None and effect.score is not None:
            score = effect.score
            step.completion, step.regression, step.judged = score.completion, score.regression, score.judged
            step.charges = len(effect.charges)
            self._conn.execute("DELETE FROM findings WHERE run_id = ? AND step = ?", (run.run_id, step.step))
            for one in effect.charges:
                self._add_finding(run, step, one.number, one.charge)
        self._judge_step(run, step)

    def _score(self, run: Run, step: Step, event: StepScored, at: str) -> None:
        score = event.score
        step.state, step.judged_value, step.assessed = StepState.SCORED, score.value, score.assessed
        step.full, step.layers, step.rubric = int(score.full), layers_text(score.layers), score.rubric
        step.completion, step.regression, step.judged = score.completion, score.regression, score.judged
        step.use(event.usage)
        step.model_ms, step.judge_ms, step.reason, step.finished_at = event.model_ms, event.judge_ms, "", at
        self._judge_step(run, step)

    def _judge_step(self, run: Run, step: Step) -> None:
        """Set the effective score and the conditions it was given under."""
        judged = step.state == StepState.SCORED
        if step.state in _IN_FLIGHT or step.state == StepState.WAITING:
            return
        step.value = step.override if step.override is not None else step.judged_value
        if not judged:
            plan = self._plan(run)
            layers = (Layer.HUMAN,) if step.value is not None else plan.layers
            step.rubric, step.layers, step.assessed = run.started_rubric, layers_text(layers), 0.0
            step.full = int(Layer.STATIC in layers and Layer.RENDERED in layers)
        self._recount.add(run.run_id)

    def _plan(self, run: Run) -> RunPlan:
        found = self._plans.get(run.run_id)
        if found is None:
            found = self._plans[run.run_id] = plan_of(self._conn, run.run_id)
        return found

    def _count(self, run: Run) -> None:
        """Totals of a run from its steps' rows, so that they cannot drift."""
        (
            done,
            unscored,
            total,
            assessed,
            full,
            lowest,
            highest,
            layers,
            other_layers,
            tokens_in,
            tokens_out,
            model,
            judge,
        ) = self._conn.execute(
            "SELECT COUNT(value), SUM(state = 'unscored' AND value IS NULL), TOTAL(value),"
            " TOTAL(assessed) FILTER (WHERE value IS NOT NULL), MIN(full) FILTER (WHERE value IS NOT NULL),"
            " MIN(rubric) FILTER (WHERE value IS NOT NULL), MAX(rubric) FILTER (WHERE value IS NOT NULL),"
            " MIN(layers) FILTER (WHERE value IS NOT NULL), MAX(layers) FILTER (WHERE value IS NOT NULL),"
            " SUM(input_tokens), SUM(output_tokens), TOTAL(model_ms), TOTAL(judge_ms)"
            " FROM steps WHERE run_id = ?",
            (run.run_id,),
        ).fetchone()
        if not done:
            planned = self._plan(run).layers
            layers = other_layers = layers_text(planned)
            full = int(Layer.STATIC in planned and Layer.RENDERED in planned)
            lowest = highest = run.started_rubric
        (may_repeat,) = self._conn.execute(
            "UPDATE runs SET steps_done = ?, unscored = ?, total = ?, assessed = ?, full = ?, layers = ?, rubric = ?,"
            " input_tokens = ?, output_tokens = ?, model_ms = ?, judge_ms = ? WHERE run_id = ?"
            " RETURNING twin <> '' OR (steps_done = steps_total AND unscored = 0)",
            (
                done,
                unscored or 0,
                total,
                assessed,
                full,
                layers if layers == other_layers else "",
                lowest if lowest == highest else 0,
                tokens_in or 0,
                tokens_out or 0,
                model,
                judge,
                run.run_id,
            ),
        ).fetchone()
        if may_repeat:
            twins.keep(self._conn, run.run_id)


def _spend(run: Run, attempt: Attempt) -> None:
    if attempt.usage.usd is not None:
        run.usd = (run.usd or 0.0) + attempt.usage.usd
    elif attempt.unpriced:
        run.unpriced += 1
        run.held_usd += attempt.ceiling_usd or 0.0


def _pay_judge(run: Run, usage: Usage) -> None:
    if usage.usd is not None:
        run.judge_usd = (run.judge_usd or 0.0) + usage.usd
    run.judge_unpriced += usage.unpriced


def plan_of(conn: sqlite3.Connection, run_id: str) -> RunPlan:
    """The plan a run was made from. Raises StoreError when there is no such run."""
    row = conn.execute("SELECT plan FROM plans WHERE run_id = ?", (run_id,)).fetchone()
    if row is None:
        raise StoreError(f"there is no plan of run {run_id} in the database")
    return RunPlan.model_validate_json(row[0])


def share_of(run: Run, step: Step) -> Share | None:
    """What a step adds to the sums; None while it has neither score nor failure."""
    if step.value is None and step.state != StepState.UNSCORED:
        return None
    judged = (step.rubric, step.layers, run.mode, step.full)
    key = (
        *(run.experiment, run.model, step.action, *judged),
        *(run.template, run.requirements, run.content, run.actions, run.prompt, run.fork, run.settings),
    )
    return sums.share_of_row(key, step.value, step.assessed, step.usd, step.unpriced, step.model_ms)
