"""Which runs, steps and sums a scope keeps, in SQL."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from sitegen_tui.domain.insights import Conditions, Scope, StepsWanted, model_of
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.store import queries, twins
from sitegen_tui.store.contestants import contestants
from sitegen_tui.store.ledger import layers_text
from sitegen_tui.store.sums import ALL

Where = tuple[str, tuple[object, ...]]
"""A condition and the values of its question marks."""


def _within(*columns: tuple[str, Iterable[object]]) -> Where:
    """A condition that each column has one of its values; a column without values may have any."""
    parts: list[str] = []
    values: list[object] = []
    for name, allowed in columns:
        found = list(allowed)
        if found:
            parts.append(f"{name} IN ({', '.join('?' * len(found))})")
            values += found
    return " AND ".join(parts) or "1", tuple(values)


def _and_templates(where: str, values: tuple[object, ...], names: Iterable[str]) -> Where:
    """Narrow a condition to sites by name: `template`, `template+requirements`, either with `~` and the start of a hash."""
    parts: list[str] = []
    for name in names:
        site, _, version = name.partition("~")
        template, _, requirements = site.partition("+")
        part = "template = ?"
        values = (*values, template)
        if requirements:
            part += " AND requirements = ?"
            values = (*values, requirements)
        if version:
            part += " AND SUBSTR(content, 1, ?) = ?"
            values = (*values, len(version), version)
        parts.append(f"({part})")
    return (f"{where} AND ({' OR '.join(parts)})" if parts else where), values


def under(conditions: Conditions, run: str = "", judged: str = "") -> Where:
    """The conditions in SQL; `run` and `judged` name the tables of what a run has and of how it was judged, where those differ."""
    run, judged = (f"{name}." if name else "" for name in (run, judged))
    where = (
        f"{judged}rubric = ? AND {judged}layers = ? AND {judged}full = ? AND {run}mode = ? AND {run}prompt = ? AND {run}fork = ?"
        f" AND {run}actions = (SELECT id FROM action_lists WHERE action_lists.actions = ?)"
    )
    values = (
        conditions.rubric,
        layers_text(conditions.layers),
        int(conditions.full),
        conditions.mode,
        conditions.prompt,
        conditions.fork,
        ",".join(conditions.actions),
    )
    return where, values


def _chosen(conn: sqlite3.Connection, scope: Scope, table: str = "") -> Where:
    """Rows of the experiments, contestants and templates of a scope; `table` is the prefix of the first two's columns."""
    where, values = _within((f"{table}experiment", map(queries.number, scope.experiments)))
    named, more = contestants(conn).where(scope.models, table)
    return _and_templates(f"{where} AND {named}", (*values, *more), scope.templates)


def runs_where(conn: sqlite3.Connection, scope: Scope, conditions: Conditions | None = None) -> Where:
    where, values = _chosen(conn, scope)
    if conditions is None:
        return where, values
    judged_so, more = under(conditions)
    return f"{where} AND {judged_so}", (*values, *more)


def sums_where(conn: sqlite3.Connection, scope: Scope, conditions: Conditions) -> Where:
    """Running sums by the judging of their steps."""
    where, values = _chosen(conn, scope)
    if not scope.experiments:
        where, values = f"experiment = {ALL} AND {where}", values
    narrow, own = _within(("action", scope.actions))
    judged_so, more = under(conditions)
    return f"{where} AND {narrow} AND {judged_so}", (*values, *own, *more)


def scores_where(conn: sqlite3.Connection, scope: Scope, conditions: Conditions, judged: str = "p") -> Where:
    """Rows `p` of scores by their own judging, as the sums count steps, in runs `r` by all else; with `r` by the runs' judging."""
    where, values = _chosen(conn, scope, "r.")
    judged_so, more = under(conditions, "r", judged)
    return f"{where} AND {judged_so}", (*values, *more)


def repeats(conn: sqlite3.Connection, scope: Scope) -> tuple[str, ...]:
    return twins.repeats(conn, *runs_where(conn, scope))


def once(where: str, values: tuple[object, ...], repeated: Sequence[str]) -> Where:
    """Leave runs `r` out that are others again."""
    if not repeated:
        return where, values
    return f"{where} AND r.run_id NOT IN (SELECT value FROM json_each(?))", (*values, json.dumps(repeated))


def repeated_steps(conn: sqlite3.Connection, scope: Scope, conditions: Conditions) -> Where | None:
    """The counted steps `s` of those runs `r`; None where there are none."""
    repeated = repeats(conn, scope)
    if not repeated:
        return None
    judged_so, values = under(conditions, "r", "s")
    narrow, own = _within(("s.action", scope.actions))
    tables = "json_each(?) j CROSS JOIN runs r ON r.run_id = j.value CROSS JOIN steps s ON s.run_id = r.run_id"
    return f"{tables} WHERE {judged_so} AND {narrow}", (json.dumps(repeated), *values, *own)


def steps_where(conn: sqlite3.Connection, wanted: StepsWanted, conditions: Conditions) -> Where:
    """Steps by their own judging, as the sums count them, in runs by everything else."""
    scope = wanted.scope
    where, values = _within(
        ("r.experiment", map(queries.number, scope.experiments)),
        ("r.run_id", wanted.runs or sorted({step.rpartition("/")[0] for step in wanted.steps})),
        # The number leads into the primary key, the action's name does not.
        ("s.step", [BY_ID[action].number for action in wanted.actions or scope.actions]),
        ("r.mode", (conditions.mode,)),
        ("r.prompt", (conditions.prompt,)),
        ("r.fork", (conditions.fork,)),
        ("s.rubric", (conditions.rubric,)),
        ("s.layers", (layers_text(conditions.layers),)),
        ("s.full", (int(conditions.full),)),
    )
    named, more = contestants(conn).where((wanted.model,) if wanted.model else scope.models, "r.")
    where, values = f"{where} AND {named}", (*values, *more)
    where += " AND r.actions = (SELECT id FROM action_lists WHERE action_lists.actions = ?)"
    values = (*values, ",".join(conditions.actions))
    where, values = _and_templates(where, values, (wanted.template,) if wanted.template else scope.templates)
    if wanted.steps:
        where += " AND s.run_id || '/' || s.step IN (SELECT value FROM json_each(?))"
        values = (*values, json.dumps(wanted.steps))
    if wanted.scored:
        where += " AND s.value IS NOT NULL"
    if wanted.negative:
        where += " AND s.value < 0"
    return where, values


def steps_from(wanted: StepsWanted) -> Where:
    """Where steps are read from: those that were charged with a violation by its index, all others by their runs."""
    if wanted.violation is None:
        return "runs r CROSS JOIN steps s ON s.run_id = r.run_id", ()
    narrowed, values = _within(
        ("violation", (wanted.violation,)),
        ("model", _one(None if wanted.model is None else model_of(wanted.model))),
        ("action", wanted.actions or wanted.scope.actions),
        ("provenance", _one(wanted.provenance)),
    )
    found = f"SELECT DISTINCT run_id, step FROM findings WHERE {narrowed}"
    tables = f"({found}) f CROSS JOIN steps s ON s.run_id = f.run_id AND s.step = f.step CROSS JOIN runs r ON r.run_id = s.run_id"
    return tables, values


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)
