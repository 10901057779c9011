"""Reads of lists and tables: no events are read, every query goes by an index or by running sums."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sitegen_tui.domain.rows import (
    ChargeRow,
    ExperimentRow,
    RunRow,
    StepRow,
    ViolationCount,
)
from sitegen_tui.domain.runs import ExperimentPlan, RunState, Usage
from sitegen_tui.errors import UnknownName
from sitegen_tui.store.ledger import layers_of
from sitegen_tui.store.sums import ALL, POINT

_RUN_FIELDS = (
    "run_id", "experiment", "model", "simulated", "template", "requirements", "repeat", "mode", "state",
    "current_step", "steps_done", "steps_total", "unscored", "total", "assessed", "full", "layers", "rubric", "prompt", "fork",
    "input_tokens", "output_tokens", "usd", "unpriced", "judge_usd", "judge_unpriced", "model_ms", "judge_ms",
    "started_at", "finished_at", "reason",
)  # fmt: skip
_RUN_SELECT = (
    f"SELECT {', '.join('r.' + name for name in _RUN_FIELDS)}, c.owner FROM runs r LEFT JOIN claims c ON c.run_id = r.run_id"
)
_STEP_FIELDS = (
    "run_id", "step", "action", "state", "value", "judged_value", "override", "assessed", "full", "layers", "rubric",
    "completion", "regression", "judged", "charges", "added", "removed", "attempts", "model_ms", "judge_ms", "reason",
    "started_at", "finished_at", "input_tokens", "output_tokens", "reasoning_tokens", "usd",
    "estimated", "unpriced", "override_by", "override_reason",
)  # fmt: skip


def number(experiment_id: str) -> int:
    """The number of an experiment id; raises UnknownName when it is not one."""
    digits = experiment_id[1:]
    if not experiment_id.startswith("e") or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise UnknownName("experiment", experiment_id)
    return int(digits)


def run_rows(
    conn: sqlite3.Connection, living: frozenset[str], where: str, parameters: Sequence[object], limit: int, offset: int
) -> list[RunRow]:
    """Runs, newest experiment first, in the order of its plan."""
    rows = conn.execute(
        f"{_RUN_SELECT} WHERE {where} ORDER BY r.experiment DESC, r.position LIMIT ? OFFSET ?",
        (*parameters, limit, offset),
    )
    return [_run_row(row, living) for row in rows]


def _run_row(row: tuple[Any, ...], living: frozenset[str]) -> RunRow:
    values: dict[str, Any] = dict(zip(_RUN_FIELDS, row, strict=False))
    values["experiment_id"] = f"e{values.pop('experiment')}"
    values["layers"] = layers_of(values["layers"])
    values["owner"] = row[-1] if row[-1] in living else None
    return RunRow.model_validate(values)


def step_rows(conn: sqlite3.Connection, run_id: str) -> list[StepRow]:
    """The steps of a run that have begun, in order."""
    rows = conn.execute(
        f"SELECT {', '.join(_STEP_FIELDS)} FROM steps WHERE run_id = ? ORDER BY step",
        (run_id,),
    )
    found: list[StepRow] = []
    for row in rows:
        values: dict[str, Any] = dict(zip(_STEP_FIELDS, row, strict=True))
        values["layers"] = layers_of(values["layers"])
        values["usage"] = Usage(**{name: values.pop(name) for name in Usage.model_fields})
        found.append(StepRow.model_validate(values))
    return found


def experiment_rows(
    conn: sqlite3.Connection, where: str, parameters: Sequence[object], limit: int, offset: int
) -> list[ExperimentRow]:
    """Experiments, newest first."""
    heads = conn.execute(
        f"SELECT number, name, created_at, plan FROM experiments WHERE {where} ORDER BY number DESC LIMIT ? OFFSET ?",
        (*parameters, limit, offset),
    ).fetchall()
    if not heads:
        return []
    marks = ", ".join("?" * len(heads))
    counted: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in conn.execute(
        "SELECT experiment, state, COUNT(*), SUM(steps_done), SUM(steps_total), SUM(unscored), SUM(usd), SUM(unpriced > 0)"
        f" FROM runs WHERE experiment IN ({marks}) GROUP BY experiment, state",
        [head[0] for head in heads],
    ):
        counted[row[0]].append(row[1:])
    means: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for experiment, total, assessed in conn.execute(
        "SELECT experiment, AVG(total), AVG(assessed) FROM runs WHERE steps_done = steps_total AND unscored = 0"
        f" AND experiment IN ({marks}) GROUP BY experiment, rubric, layers, mode, full, prompt, fork",
        [head[0] for head in heads],
    ):
        means[experiment].append((total, assessed))
    return [_experiment_row(head, counted[head[0]], means[head[0]]) for head in heads]


def experiment_sizes(conn: sqlite3.Connection, limit: int) -> list[tuple[str, str, int]]:
    """Experiments' ids, names and numbers of runs, newest first."""
    rows = conn.execute(
        "SELECT number, name, (SELECT COUNT(*) FROM runs r WHERE r.experiment = e.number) FROM experiments e"
        " ORDER BY number DESC LIMIT ?",
        (limit,),
    )
    return [(f"e{number}", name, runs) for number, name, runs in rows]


def _experiment_row(
    head: tuple[int, str, str, str], counted: list[tuple[Any, ...]], means: list[tuple[float, float]]
) -> ExperimentRow:
    experiment, name, created_at, plan_text = head
    plan = ExperimentPlan.model_validate_json(plan_text)
    states = {RunState(row[0]): int(row[1]) for row in counted}
    usd = [row[5] for row in counted if row[5] is not None]
    # A mean over runs judged under different conditions would say nothing.
    mean = means[0] if len(means) == 1 else (None, None)
    return ExperimentRow.model_validate(
        {
            "id": f"e{experiment}",
            "name": name,
            "created_at": created_at,
            "state": _overall(states),
            "plan": plan,
            "runs": sum(states.values()),
            "finished": states.get(RunState.FINISHED, 0),
            "running": states.get(RunState.RUNNING, 0),
            "queued": states.get(RunState.QUEUED, 0),
            "incomplete": sum(states.get(state, 0) for state in _BROKEN),
            "models": plan.models,
            "templates": tuple(dict.fromkeys(pairing.template for pairing in plan.pairings)),
            "steps_done": sum(row[2] for row in counted),
            "steps_total": sum(row[3] for row in counted),
            "unscored": sum(row[4] for row in counted),
            "mean_total": mean[0],
            "mean_assessed": mean[1],
            "usd": sum(usd) if usd else None,
            "unpriced": sum(row[6] for row in counted),
        }
    )


_BROKEN = (RunState.INTERRUPTED, RunState.CANCELLED, RunState.INCOMPLETE)


def _overall(states: dict[RunState, int]) -> RunState:
    # Runs that wait behind one that was interrupted go on when somebody goes on with it, and not by themselves.
    order = (RunState.RUNNING, RunState.INTERRUPTED, RunState.QUEUED, *_BROKEN)
    return next((state for state in order if state in states), RunState.FINISHED)


def charges(
    conn: sqlite3.Connection,
    *,
    run_id: str | None,
    violation: str | None,
    model: str | None,
    action: str | None,
    limit: int,
    offset: int,
) -> list[ChargeRow]:
    """Charges of every step's newest judging that match all of what is given."""
    asked = {"run_id": run_id, "violation": violation, "model": model, "action": action}
    wanted = {name: value for name, value in asked.items() if value is not None}
    where = " AND ".join(f"{name} = ?" for name in wanted) or "1"
    names = tuple(ChargeRow.model_fields)
    rows = conn.execute(
        f"SELECT {', '.join(names)} FROM findings WHERE {where} ORDER BY run_id, step, seq LIMIT ? OFFSET ?",
        (*wanted.values(), limit, offset),
    )
    return [ChargeRow.model_validate(dict(zip(names, row, strict=True))) for row in rows]


def violation_counts(conn: sqlite3.Connection) -> list[ViolationCount]:
    """How often each violation cost a scored step something, and how much, per model and action."""
    rows = conn.execute(
        "SELECT violation, model, action, SUM(charged), SUM(amount) FROM loss_sums WHERE experiment = ?"
        " GROUP BY violation, model, action HAVING SUM(charged) > 0",
        (ALL,),
    )
    return [
        ViolationCount(violation=violation, model=model, action=action, count=count, amount=amount / POINT)
        for violation, model, action, count, amount in rows
    ]


def require_run(conn: sqlite3.Connection, run_id: str) -> None:
    """Raise UnknownName unless there is such a run."""
    if conn.execute("SELECT 1 FROM runs WHERE run_id = ?", (run_id,)).fetchone() is None:
        raise UnknownName("run", run_id, hint="`sitegen runs` lists them")
