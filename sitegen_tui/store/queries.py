"""Reads of lists and tables: no events are read, every query goes by an index or by running sums."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, cast

from sitegen_tui.domain.rows import (
    ChargeRow,
    ExperimentRow,
    HeatmapCell,
    ResultRow,
    RunRow,
    StepRow,
    ViolationCount,
)
from sitegen_tui.domain.runs import ExperimentPlan, Mode, RunState, Usage
from sitegen_tui.errors import UnknownName
from sitegen_tui.store.ledger import layers_of
from sitegen_tui.store.sums import ALL, COLUMNS, POINT, POOLED, Sums

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
    if RunState.RUNNING in states or (RunState.QUEUED in states and len(states) > 1):
        return RunState.RUNNING
    if RunState.QUEUED in states:
        return RunState.QUEUED
    return next((state for state in _BROKEN if state in states), RunState.FINISHED)


def heatmap(conn: sqlite3.Connection, experiments: Iterable[int] | None) -> list[HeatmapCell]:
    """Cells from the running sums, ordered by model and action; those of several experiments are pooled where comparable."""
    numbers = [ALL] if experiments is None else sorted(set(experiments))
    marks = ", ".join("?" * len(numbers))
    rows = conn.execute(
        f"SELECT model, action, rubric, layers, mode, full, prompt, fork, {POOLED} FROM sums"
        f" WHERE experiment IN ({marks}) GROUP BY model, action, rubric, layers, mode, full, prompt, fork"
        " ORDER BY model, action, rubric, layers, mode, prompt, fork",
        numbers,
    )
    return [_cell(row) for row in rows]


def _cell(row: tuple[Any, ...]) -> HeatmapCell:
    model, action, rubric, layers, mode, full, prompt, fork = row[:8]
    sums = Sums(**dict(zip(COLUMNS, row[8:], strict=True)))
    return HeatmapCell.model_construct(
        model=model,
        action=action,
        n=sums.n,
        mean=sums.mean,
        sd=sums.sd,
        minimum=None if sums.minimum is None else sums.minimum / POINT,
        maximum=None if sums.maximum is None else sums.maximum / POINT,
        negative=sums.negative,
        unscored=sums.unscored,
        assessed=sums.assessed / (sums.n * POINT) if sums.n else 0.0,
        full=bool(full),
        rubric=rubric,
        mode=cast("Mode", mode),
        layers=layers_of(layers),
        prompt=prompt,
        fork=fork,
    )


_RESULT_KEY = "model, simulated, actions, rubric, layers, mode, full, prompt, fork"


def results(conn: sqlite3.Connection, experiments: Iterable[int] | None) -> list[ResultRow]:
    """Models with the totals of their complete runs, best first; incomparable runs are separate rows."""
    where, parameters = "state <> 'queued'", list[int]()
    if experiments is not None:
        parameters = sorted(set(experiments))
        where += f" AND experiment IN ({', '.join('?' * len(parameters))})"
    totals: dict[tuple[Any, ...], list[tuple[float, float]]] = defaultdict(list)
    for *key, total, assessed in conn.execute(
        f"SELECT {_RESULT_KEY}, total, assessed FROM runs"
        f" WHERE {where} AND steps_done = steps_total AND unscored = 0 ORDER BY experiment, position",
        parameters,
    ):
        totals[tuple(key)].append((total, assessed))
    rows = conn.execute(
        f"SELECT {_RESULT_KEY}, COUNT(*), SUM(usd), SUM(input_tokens + output_tokens), TOTAL(model_ms) / 1000,"
        " SUM(unscored), SUM(unpriced > 0), SUM(state <> 'running' AND (steps_done < steps_total OR unscored > 0))"
        f" FROM runs WHERE {where} GROUP BY {_RESULT_KEY}",
        parameters,
    )
    lists = dict(conn.execute("SELECT id, actions FROM action_lists").fetchall())
    found = [_result(row, lists[row[2]], totals[row[:9]]) for row in rows]
    return sorted(found, key=lambda row: (row.mean is None, -(row.mean or 0.0), row.model))


def _result(row: tuple[Any, ...], actions: str, complete: list[tuple[float, float]]) -> ResultRow:
    model, simulated, _, rubric, layers, mode, full, prompt, fork, *counts = row
    runs, usd, tokens, seconds, unscored, unpriced, incomplete = counts
    totals = tuple(total for total, _ in complete)
    n = len(totals)
    mean = math.fsum(totals) / n if n else None
    spread = math.fsum((total - mean) ** 2 for total in totals) if mean is not None else 0.0
    return ResultRow(
        model=model,
        simulated=bool(simulated),
        runs=runs,
        complete=n,
        incomplete=incomplete,
        mean=mean,
        sd=math.sqrt(spread / (n - 1)) if n > 1 else None,
        minimum=min(totals, default=None),
        maximum=max(totals, default=None),
        assessed=math.fsum(assessed for _, assessed in complete) / n if n else 0.0,
        usd=usd,
        unpriced=unpriced,
        tokens=tokens,
        seconds=seconds,
        unscored=unscored,
        full=bool(full),
        rubric=rubric,
        mode=cast("Mode", mode),
        layers=layers_of(layers),
        actions=tuple(actions.split(",")) if actions else (),
        prompt=prompt,
        fork=fork,
        totals=totals,
    )


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
