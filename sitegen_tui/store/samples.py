"""Reads for views over many runs: groups that may be compared, runs as samples, sums by cell, and the steps behind a number."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sitegen_tui.domain.insights import (
    ChargeSample,
    ChargeSums,
    Conditions,
    FirstStep,
    Group,
    Order,
    RunSample,
    Scope,
    ScoredRun,
    Site,
    StepSample,
    StepsWanted,
)
from sitegen_tui.domain.pipeline import ACTION_IDS, BY_ID
from sitegen_tui.domain.rows import AttemptSums
from sitegen_tui.domain.runs import Mode
from sitegen_tui.store import queries
from sitegen_tui.store.connection import Connections
from sitegen_tui.store.ledger import layers_of, layers_text
from sitegen_tui.store.profiles import NONE, unpacked
from sitegen_tui.store.sums import ALL, COLUMNS, POINT, POOLED, Sums

_JUDGED = ("rubric", "layers", "full")
"""Columns that runs, steps and sums share; the other conditions are a run's alone."""

_RUNS_AT_ONCE = 500
_COUNTED = ("attempts", "failed", "repairs", "input_tokens", "output_tokens", "reasoning_tokens", "estimated")

_ORDERS: dict[Order, str] = {
    "worst": "s.value IS NULL, s.value, r.experiment, r.position, s.step",
    "best": "s.value IS NULL, s.value DESC, r.experiment, r.position, s.step",
    "run": "r.experiment, r.position, s.step",
}


class CellSums(NamedTuple):
    """Running sums of one model on one action of one site."""

    model: str
    site: Site
    action: str
    sums: Sums


class GroupNumbers(NamedTuple):
    """Means of runs over a group of actions, of one model on one site: how many, their sum and that of their squares."""

    model: str
    site: str
    group: str
    n: int
    total: float
    squares: float


class Samples:
    """Questions of views. Safe to call from any thread; no event is read."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def groups(self, scope: Scope) -> list[Group]:
        """The runs in a scope that have begun, by what they may be compared with, whatever conditions the scope asks for."""
        where, values = _runs_where(scope)
        with self._connections.reading() as conn:
            rows = conn.execute(
                "SELECT rubric, layers, mode, full, prompt, fork, (SELECT a.actions FROM action_lists a WHERE a.id = r.actions),"
                " COUNT(*), SUM(steps_done = steps_total AND unscored = 0)"
                f" FROM runs r WHERE {where} AND state <> 'queued' GROUP BY rubric, layers, mode, full, prompt, fork, actions",
                values,
            ).fetchall()
        return [Group(conditions=_conditions(row[:7]), runs=row[7], complete=row[8]) for row in rows]

    def simulated(self, scope: Scope) -> tuple[str, ...]:
        """Which models of a scope are simulated, by name."""
        where, values = _runs_where(scope)
        with self._connections.reading() as conn:
            rows = conn.execute(f"SELECT DISTINCT model FROM runs r WHERE {where} AND simulated ORDER BY model", values)
            return tuple(row[0] for row in rows)

    def complete(self, scope: Scope) -> dict[str, int]:
        """How many complete runs each model of a scope has; those that have begun one alone are there, too."""
        where, values = _runs_where(scope)
        query = (
            "SELECT model, SUM(steps_done = steps_total AND unscored = 0) FROM runs r"
            f" WHERE {where} AND state <> 'queued' GROUP BY model"
        )
        with self._connections.reading() as conn:
            return dict(conn.execute(query, values).fetchall())

    def sites(self, scope: Scope, conditions: Conditions) -> dict[Site, str]:
        """Every cell of the design and its name: the template's, with what tells versions and requirements apart."""
        with self._connections.reading() as conn:
            return _sites(conn, scope, conditions)

    def runs(self, scope: Scope, conditions: Conditions) -> list[RunSample]:
        """The runs that have begun, in the order they were planned."""
        where, values = _runs_where(scope, conditions)
        names = RunSample._fields[:-2]
        with self._connections.reading() as conn:
            sites = _sites(conn, scope, conditions)
            seeds = dict(conn.execute("SELECT number, json_extract(plan, '$.seed') FROM experiments").fetchall())
            rows = conn.execute(
                f"SELECT {', '.join(names)} FROM runs r WHERE {where} AND state <> 'queued' ORDER BY experiment, position", values
            ).fetchall()
        # A site equals the plain tuple of its parts.
        by_parts: dict[tuple[str, ...], str] = {tuple(site): name for site, name in sites.items()}
        return [RunSample._make((*row[:3], bool(row[3]), *row[4:], by_parts[row[4:7]], seeds.get(row[1], 0))) for row in rows]

    def cells(self, scope: Scope, conditions: Conditions) -> list[CellSums]:
        """Sums by model, site and action, from the running sums; several experiments are pooled."""
        with self._connections.reading() as conn:
            where, values = _sums_where(scope, conditions)
            rows = conn.execute(
                f"SELECT model, template, requirements, content, action, {POOLED} FROM sums"
                f" WHERE {where} GROUP BY model, template, requirements, content, action",
                values,
            ).fetchall()
        return [CellSums(row[0], Site(*row[1:4]), row[4], Sums(**dict(zip(COLUMNS, row[5:], strict=True)))) for row in rows]

    def scores(self, scope: Scope, conditions: Conditions) -> list[ScoredRun]:
        """The runs that have a score, with their scores by action, in the order they were planned."""
        where, values = _scores_where(scope, conditions)
        columns = [(place, action) for place, action in enumerate(ACTION_IDS) if not scope.actions or action in scope.actions]
        found: list[ScoredRun] = []
        with self._connections.reading() as conn:
            sites = _sites(conn, scope, conditions)
            rows = conn.execute(
                "SELECT r.run_id, r.model, r.template, r.requirements, r.content, p.scores"
                f" FROM runs r CROSS JOIN run_scores p ON p.run_id = r.run_id WHERE {where} ORDER BY r.experiment, r.position",
                values,
            )
            for run_id, model, *site, packed in rows:
                numbers = unpacked(packed)
                scores = {action: numbers[place] / POINT for place, action in columns if numbers[place] != NONE}
                if scores:
                    found.append(ScoredRun(run_id, model, _name(sites, Site._make(site)), scores))
        return found

    def firsts(self, scope: Scope, conditions: Conditions, below: float | None) -> list[FirstStep]:
        """For every run that has begun, its first step that went wrong and its first without a score, in the order of plans.

        A step went wrong that has an own charge or, with `below`, that scored less than that (in points of ten) of what was
        assessed.
        """
        from sitegen_tui.store.packed import first_below

        where, values = _scores_where(scope, conditions, "r")
        packed = "p.charged, NULL" if below is None else "p.scores, p.assessed"
        with self._connections.reading() as conn:
            rows = conn.execute(
                f"SELECT r.run_id, r.model, {packed}, r.steps_done, r.steps_total,"
                # Only a run that lacks scores can have a step without one.
                " CASE WHEN r.steps_done < r.steps_total OR r.unscored > 0"
                " THEN (SELECT MIN(s.step) FROM steps s WHERE s.run_id = r.run_id AND s.value IS NULL) END"
                f" FROM runs r LEFT JOIN run_scores p ON p.run_id = r.run_id WHERE {where} AND r.state <> 'queued'"
                " ORDER BY r.experiment, r.position",
                values,
            ).fetchall()
        if below is None:
            wrong = [(row[2] & -row[2]).bit_length() if row[2] else None for row in rows]
        else:
            wrong = first_below([row[2:4] for row in rows], below)
        found: dict[str, FirstStep] = {}
        for (run_id, model, _, _, done, total, unscored), step in zip(rows, wrong, strict=True):
            # Steps that were judged in several ways stand in several rows.
            had = found.get(run_id)
            first = min((one for one in (step, had.wrong if had else None) if one is not None), default=None)
            found[run_id] = FirstStep(run_id, model, first, unscored, done, total)
        return list(found.values())

    def whole(self, scope: Scope, conditions: Conditions, groups: Mapping[str, Sequence[str]]) -> list[GroupNumbers]:
        """For each group of actions the means of runs that have a score for all of them, summed up by model and site."""
        from sitegen_tui.store.packed import means

        where, values = _scores_where(scope, conditions)
        with self._connections.reading() as conn:
            sites = _sites(conn, scope, conditions)
            rows = conn.execute(
                "SELECT r.model, r.template, r.requirements, r.content, p.scores"
                f" FROM runs r CROSS JOIN run_scores p ON p.run_id = r.run_id WHERE {where}",
                values,
            ).fetchall()
        by_cell: dict[tuple[str, Site], list[bytes]] = defaultdict(list)
        for model, *site, packed in rows:
            by_cell[model, Site._make(site)].append(packed)
        places = {group: [BY_ID[action].number - 1 for action in actions] for group, actions in groups.items()}
        return [
            GroupNumbers(model, _name(sites, site), group, *numbers)
            for (model, site), packed in by_cell.items()
            for group, numbers in means(packed, places).items()
        ]

    def attempts(self, scope: Scope, conditions: Conditions) -> list[AttemptSums]:
        """Every attempt ever made in runs that have begun, those of steps that were run again included, by model."""
        from sitegen_tui.store.packed import ordered

        where, values = _runs_where(scope, conditions)
        counts = ", ".join(f"SUM({name})" for name in _COUNTED)
        begun = f"(SELECT run_id, model FROM runs WHERE {where} AND state <> 'queued') r JOIN run_attempts a ON a.run_id = r.run_id"
        times: dict[str, tuple[list[bytes], list[bytes]]] = defaultdict(lambda: ([], []))
        with self._connections.reading() as conn:
            rows = conn.execute(f"SELECT r.model, {counts} FROM {begun} GROUP BY r.model ORDER BY r.model", values).fetchall()
            for model, first, total in conn.execute(f"SELECT r.model, a.first_ms, a.total_ms FROM {begun}", values):
                times[model][0].append(first)
                times[model][1].append(total)
        return [AttemptSums(*row, *map(ordered, times[row[0]])) for row in rows]

    def charges(self, scope: Scope, conditions: Conditions) -> list[ChargeSums]:
        """What scored steps were charged with, by violation, model, action, kind and provenance."""
        where, values = _sums_where(scope, conditions)
        names = tuple(ChargeSums.model_fields)
        with self._connections.reading() as conn:
            rows = conn.execute(
                "SELECT violation, model, action, kind, provenance, SUM(findings), SUM(charged), SUM(amount) FROM loss_sums"
                f" WHERE {where} GROUP BY violation, model, action, kind, provenance ORDER BY 1, 2, 3, 4, 5",
                values,
            ).fetchall()
        return [ChargeSums.model_validate(dict(zip(names, (*row[:-1], row[-1] / POINT), strict=True))) for row in rows]

    def own_charges(self, run_ids: Sequence[str]) -> Iterator[tuple[str, str, str, str, float]]:
        """What steps of these runs were charged with that they caused: run, action, violation, subject and points."""
        with self._connections.reading() as conn:
            for start in range(0, len(run_ids), _RUNS_AT_ONCE):
                some = run_ids[start : start + _RUNS_AT_ONCE]
                yield from conn.execute(
                    "SELECT run_id, action, violation, subject, amount FROM findings"
                    f" WHERE run_id IN ({', '.join('?' * len(some))}) AND provenance = 'own'",
                    some,
                ).fetchall()

    def steps(self, wanted: StepsWanted, conditions: Conditions, limit: int, offset: int = 0) -> list[StepSample]:
        """The steps behind a number, a page of them."""
        where, values = _steps_where(wanted, conditions)
        tables, more = _steps_from(wanted)
        with self._connections.reading() as conn:
            sites = _sites(conn, wanted.scope, conditions)
            rows = conn.execute(
                "SELECT s.run_id, s.step, s.action, r.model, r.template, r.requirements, r.content, r.repeat, s.value,"
                " s.assessed, s.full, s.override IS NOT NULL"
                f" FROM {tables} WHERE {where} ORDER BY {_ORDERS[wanted.order]} LIMIT ? OFFSET ?",
                (*more, *values, limit, offset),
            ).fetchall()
            charged = _charges(conn, [(row[0], row[1]) for row in rows])
        return [
            StepSample(
                row[0], row[1], row[2], row[3], _name(sites, Site(*row[4:7])), row[7], row[8], row[9], bool(row[10]), bool(row[11]),
                tuple(charged[row[0], row[1]]),
            )
            for row in rows
        ]  # fmt: skip

    def count_steps(self, wanted: StepsWanted, conditions: Conditions) -> int:
        """How many steps are behind a number."""
        where, values = _steps_where(wanted, conditions)
        tables, more = _steps_from(wanted)
        with self._connections.reading() as conn:
            return int(conn.execute(f"SELECT COUNT(*) FROM {tables} WHERE {where}", (*more, *values)).fetchone()[0])


def _conditions(row: Sequence[Any]) -> Conditions:
    rubric, layers, mode, full, prompt, fork, actions = row
    return Conditions(
        rubric=rubric,
        layers=layers_of(layers),
        mode=cast("Mode", mode),
        full=bool(full),
        prompt=prompt,
        fork=fork,
        actions=tuple(actions.split(",")) if actions else (),
    )


def _within(*columns: tuple[str, Iterable[object]]) -> tuple[str, tuple[object, ...]]:
    """A condition that each column has one of its values; a column without values may have any."""
    parts: list[str] = []
    values: list[object] = []
    for name, allowed in columns:
        found = list(allowed)
        if found:
            parts.append(f"{name} IN ({', '.join('?' * len(found))})")
            values += found
    return " AND ".join(parts) or "1", tuple(values)


def _and_templates(where: str, values: tuple[object, ...], names: Iterable[str]) -> tuple[str, tuple[object, ...]]:
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


def _under(conditions: Conditions, run: str = "", judged: str = "") -> tuple[str, tuple[object, ...]]:
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


def _runs_where(scope: Scope, conditions: Conditions | None = None) -> tuple[str, tuple[object, ...]]:
    where, values = _within(("experiment", map(queries.number, scope.experiments)), ("model", scope.models))
    where, values = _and_templates(where, values, scope.templates)
    if conditions is None:
        return where, values
    under, more = _under(conditions)
    return f"{where} AND {under}", (*values, *more)


def _sums_where(scope: Scope, conditions: Conditions) -> tuple[str, tuple[object, ...]]:
    """Running sums by the judging of their steps."""
    numbers = [ALL] if not scope.experiments else [queries.number(name) for name in scope.experiments]
    where, values = _within(("experiment", numbers), ("model", scope.models), ("action", scope.actions))
    where, values = _and_templates(where, values, scope.templates)
    under, more = _under(conditions)
    return f"{where} AND {under}", (*values, *more)


def _scores_where(scope: Scope, conditions: Conditions, judged: str = "p") -> tuple[str, tuple[object, ...]]:
    """Rows `p` of scores by their own judging, as the sums count steps, in runs `r` by all else; with `r` by the runs' judging."""
    where, values = _within(("r.experiment", map(queries.number, scope.experiments)), ("r.model", scope.models))
    where, values = _and_templates(where, values, scope.templates)
    under, more = _under(conditions, "r", judged)
    return f"{where} AND {under}", (*values, *more)


def _steps_where(wanted: StepsWanted, conditions: Conditions) -> tuple[str, tuple[object, ...]]:
    """Steps by their own judging, as the sums count them, in runs by everything else."""
    scope = wanted.scope
    where, values = _within(
        ("r.experiment", map(queries.number, scope.experiments)),
        ("r.model", (wanted.model,) if wanted.model else scope.models),
        ("r.run_id", wanted.runs),
        # The number leads into the primary key, the action's name does not.
        ("s.step", [BY_ID[action].number for action in wanted.actions or scope.actions]),
        ("r.mode", (conditions.mode,)),
        ("r.prompt", (conditions.prompt,)),
        ("r.fork", (conditions.fork,)),
        ("s.rubric", (conditions.rubric,)),
        ("s.layers", (layers_text(conditions.layers),)),
        ("s.full", (int(conditions.full),)),
    )
    where += " AND r.actions = (SELECT id FROM action_lists WHERE action_lists.actions = ?)"
    values = (*values, ",".join(conditions.actions))
    where, values = _and_templates(where, values, (wanted.template,) if wanted.template else scope.templates)
    if wanted.scored:
        where += " AND s.value IS NOT NULL"
    if wanted.negative:
        where += " AND s.value < 0"
    return where, values


def _steps_from(wanted: StepsWanted) -> tuple[str, tuple[object, ...]]:
    """Where steps are read from: those that were charged with a violation by its index, all others by their runs."""
    if wanted.violation is None:
        return "runs r CROSS JOIN steps s ON s.run_id = r.run_id", ()
    narrowed, values = _within(
        ("violation", (wanted.violation,)),
        ("model", _one(wanted.model)),
        ("action", wanted.actions or wanted.scope.actions),
        ("provenance", _one(wanted.provenance)),
    )
    found = f"SELECT DISTINCT run_id, step FROM findings WHERE {narrowed}"
    tables = f"({found}) f CROSS JOIN steps s ON s.run_id = f.run_id AND s.step = f.step CROSS JOIN runs r ON r.run_id = s.run_id"
    return tables, values


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _charges(conn: sqlite3.Connection, steps: Sequence[tuple[str, int]]) -> dict[tuple[str, int], list[ChargeSample]]:
    found: dict[tuple[str, int], list[ChargeSample]] = defaultdict(list)
    for run_id, step in steps:
        rows = conn.execute(
            "SELECT violation, amount, provenance FROM findings WHERE run_id = ? AND step = ? ORDER BY seq", (run_id, step)
        )
        charges = [ChargeSample._make((*row, number)) for number, row in enumerate(rows, 1)]
        found[run_id, step] = sorted(charges, key=lambda charge: -charge.amount)
    return found


def _name(sites: Mapping[Site, str], site: Site) -> str:
    # A run whose steps were judged under several conditions counts under none of them, its steps do under their own.
    return sites.get(site, site.template)


def _sites(conn: sqlite3.Connection, scope: Scope, conditions: Conditions) -> dict[Site, str]:
    # All models and experiments, so that a site keeps its name while a view is narrowed.
    where, values = _under(conditions)
    query = f"SELECT DISTINCT template, requirements, content FROM runs WHERE {where} AND state <> 'queued'"
    return site_names(frozenset(Site(*row) for row in conn.execute(query, values)))


@lru_cache(maxsize=64)
def site_names(sites: frozenset[Site]) -> dict[Site, str]:
    """A name for each site: its template, `+requirements` where it has several, `~` and a few digits where versions meet."""
    packs: dict[str, set[str]] = defaultdict(set)
    versions: dict[tuple[str, str], set[str]] = defaultdict(set)
    for site in sites:
        packs[site.template].add(site.requirements)
        versions[site.template, site.requirements].add(site.content)
    names: dict[Site, str] = {}
    for site in sites:
        name = site.template if len(packs[site.template]) == 1 else f"{site.template}+{site.requirements}"
        others = versions[site.template, site.requirements] - {site.content}
        names[site] = f"{name}~{_apart(site.content, others)}" if others else name
    return names


def _apart(content: str, others: Iterable[str]) -> str:
    """As few digits as tell a hash from others, four at least."""
    told = list(others)
    length = next((size for size in range(4, len(content)) if all(other[:size] != content[:size] for other in told)), len(content))
    return content[:length] or "unknown"
