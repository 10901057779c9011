"""What a step was judged to be and what people decided about it: all that whoever decides on it has to know."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sitegen_tui.domain.decisions import Effect, NumberedCharge
from sitegen_tui.domain.events import EVENT, FindingReported, OverrideRecorded, StepScored
from sitegen_tui.domain.findings import Score
from sitegen_tui.domain.overrides import standing
from sitegen_tui.domain.runs import StepState
from sitegen_tui.errors import StoreError, UnknownName
from sitegen_tui.store import queries

_KINDS = "'StepStarted', 'StepRejudged', 'FindingReported', 'StepScored', 'OverrideRecorded'"


@dataclass(frozen=True, slots=True)
class Judging:
    """A step as its newest judging left it, with the decisions that stand; `last_seq` is the newest event of the run.

    `score` is None for a step that could not be judged, `value` is the score that counts, in points. `effect` is what the newest
    decision (or the taking back of one) made of this judging, None where there is none.
    """

    run_id: str
    step: int
    action: str
    last_seq: int
    score: Score | None
    charges: tuple[NumberedCharge, ...]
    decisions: tuple[OverrideRecorded, ...]
    value: float | None = None
    effect: Effect | None = None

    @property
    def now(self) -> tuple[NumberedCharge, ...]:
        """The charges with all decisions that stand, in the order in which they are shown."""
        return self.charges if self.effect is None or self.effect.score is None else self.effect.charges

    @property
    def score_now(self) -> Score | None:
        """The arithmetic of those charges."""
        return self.score if self.effect is None or self.effect.score is None else self.effect.score


class Changed(StoreError):
    """Something happened to the run after what was decided upon had been read."""


def judging(conn: sqlite3.Connection, run_id: str, step: int) -> Judging:
    """A step's newest judging. Raises UnknownName for a run or step that is not there, StoreError for one that is not done."""
    queries.require_run(conn, run_id)
    row = conn.execute("SELECT action, state, value FROM steps WHERE run_id = ? AND step = ?", (run_id, step)).fetchone()
    if row is None:
        begun = conn.execute("SELECT step FROM steps WHERE run_id = ? ORDER BY step", (run_id,)).fetchall()
        raise UnknownName(f"step of {run_id}", str(step), tuple(str(one[0]) for one in begun))
    if row[1] not in (StepState.SCORED, StepState.UNSCORED):
        raise StoreError(f"step {step} of run {run_id} is {row[1]}", hint="decide when it has been judged")
    last = int(conn.execute("SELECT last_seq FROM runs WHERE run_id = ?", (run_id,)).fetchone()[0])
    score: Score | None = None
    charges: list[NumberedCharge] = []
    effect: Effect | None = None
    decisions: list[OverrideRecorded] = []
    rows = conn.execute(
        f"SELECT kind, body FROM events WHERE run_id = ? AND step = ? AND kind IN ({_KINDS}) ORDER BY seq",  # noqa: S608  (constants)
        (run_id, step),
    )
    for kind, body in rows:
        if kind in ("StepStarted", "StepRejudged"):
            score, charges, effect = None, [], None
            if kind == "StepStarted":
                decisions = []
            continue
        event = EVENT.validate_json(body)
        match event:
            case FindingReported():
                charges.append(NumberedCharge(number=event.seq, charge=event.charge))
            case StepScored():
                score = event.score
            case OverrideRecorded():
                decisions.append(event)
                effect = event.effect or effect
            case _:
                pass
    if row[1] == StepState.UNSCORED:
        score, charges = None, []
    return Judging(run_id, step, row[0], last, score, tuple(charges), tuple(standing(decisions)), row[2], effect)
