"""What a step was judged to be and what people decided about it: all that whoever decides on it has to know."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
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
    found = judgings(conn, run_id, (step,))
    if found:
        return found[0]
    begun = dict(conn.execute("SELECT step, state FROM steps WHERE run_id = ? ORDER BY step", (run_id,)).fetchall())
    if step not in begun:
        raise UnknownName(f"step of {run_id}", str(step), tuple(map(str, begun)))
    raise StoreError(f"step {step} of run {run_id} is {begun[step]}", hint="decide when it has been judged")


def judgings(conn: sqlite3.Connection, run_id: str, steps: Collection[int]) -> list[Judging]:
    """The newest judgings of some steps of a run, in order; steps that are not done are not there."""
    done = f"'{StepState.SCORED}', '{StepState.UNSCORED}'"
    rows = conn.execute(
        f"SELECT step, action, state, value FROM steps WHERE run_id = ? AND state IN ({done}) ORDER BY step",  # noqa: S608  (constants)
        (run_id,),
    ).fetchall()
    wanted = {row[0]: row for row in rows if row[0] in steps}
    if not wanted:
        return []
    last = int(conn.execute("SELECT last_seq FROM runs WHERE run_id = ?", (run_id,)).fetchone()[0])
    told: dict[int, list[tuple[str, str]]] = {number: [] for number in wanted}
    for number, kind, body in conn.execute(
        f"SELECT step, kind, body FROM events WHERE run_id = ? AND kind IN ({_KINDS}) ORDER BY seq",  # noqa: S608  (constants)
        (run_id,),
    ):
        if number in told:
            told[number].append((kind, body))
    return [_folded(run_id, wanted[number], last, told[number]) for number in sorted(wanted)]


def _folded(run_id: str, row: tuple[int, str, str, float | None], last: int, told: Iterable[tuple[str, str]]) -> Judging:
    step, action, state, value = row
    score: Score | None = None
    charges: list[NumberedCharge] = []
    effect: Effect | None = None
    decisions: list[OverrideRecorded] = []
    for kind, body in told:
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
    if state == StepState.UNSCORED:
        score, charges = None, []
    return Judging(run_id, step, action, last, score, tuple(charges), tuple(standing(decisions)), value, effect)


def decided_steps(conn: sqlite3.Connection) -> dict[tuple[str, int], float | None]:
    """The judges' own score of every step that people ever decided on, by run and step."""
    rows = conn.execute(
        "SELECT DISTINCT e.run_id, e.step, s.judged_value FROM events e JOIN steps s ON s.run_id = e.run_id AND s.step = e.step"
        " WHERE e.kind = 'OverrideRecorded'"
    )
    return {(run_id, step): value for run_id, step, value in rows}


def flagged(conn: sqlite3.Connection, run_ids: Collection[str], violations: Collection[str]) -> list[tuple[str, str, int]]:
    """In which steps of these runs these ids cost something: id, run and step, each once."""
    found: list[tuple[str, str, int]] = []
    for violation in violations:
        found += conn.execute(
            "SELECT DISTINCT violation, run_id, step FROM findings WHERE violation = ? AND amount > 0"
            " AND run_id IN (SELECT value FROM json_each(?))",
            (violation, json.dumps(sorted(run_ids))),
        ).fetchall()
    return found
