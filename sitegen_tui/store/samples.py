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
    Site,
    StepSample,
    StepsWanted,
    Totals,
)
from sitegen_tui.domain.pipeline import ACTION_IDS, BY_ID
from sitegen_tui.domain.rows import AttemptSums
from sitegen_tui.domain.runs import Mode
from sitegen_tui.stats.score_table import ScoreTable
from sitegen_tui.store.connection import Connections
from sitegen_tui.store.contestants import contestants
from sitegen_tui.store.ledger import layers_of
from sitegen_tui.store.losses import NOTHING, Charge, Lost, of_step
from sitegen_tui.store.scopes import (
    once,
    repeated_steps,
    repeats,
    runs_where,
    scores_where,
    steps_from,
    steps_where,
    sums_where,
    under,
)
from sitegen_tui.store.sums import COLUMNS, KEY_COLUMNS, POINT, POOLED, Key, Sums, columns_of, share_of_row

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
        with self._connections.reading() as conn:
            where, values = runs_where(conn, scope)
            where, values = once(where, values, repeats(conn, scope))
            rows = conn.execute(
                "SELECT rubric, layers, mode, full, prompt, fork, (SELECT a.actions FROM action_lists a WHERE a.id = r.actions),"
                " COUNT(*), SUM(steps_done = steps_total AND unscored = 0)"
                f" FROM runs r WHERE {where} AND state <> 'queued' GROUP BY rubric, layers, mode, full, prompt, fork, actions",
                values,
            ).fetchall()
        return [Group(conditions=_conditions(row[:7]), runs=row[7], complete=row[8]) for row in rows]

    def simulated(self, scope: Scope) -> tuple[str, ...]:
        """Which contestants of a scope are simulated, by name."""
        with self._connections.reading() as conn:
            where, values = runs_where(conn, scope)
            query = f"SELECT DISTINCT model, settings FROM runs r WHERE {where} AND simulated ORDER BY model"
            return _called(conn, conn.execute(query, values))

    def apart(self, scope: Scope) -> tuple[str, ...]:
        """How settings differ, for each model of a scope that was asked with several of them."""
        with self._connections.reading() as conn:
            where, values = runs_where(conn, scope)
            query = f"SELECT DISTINCT model, settings FROM runs r WHERE {where} AND state <> 'queued'"
            return contestants(conn).apart(_called(conn, conn.execute(query, values)))

    def repeated(self, scope: Scope) -> tuple[str, ...]:
        """The runs of a scope that are an earlier one of it again, seed and outputs and scores; they count nowhere."""
        with self._connections.reading() as conn:
            return repeats(conn, scope)

    def complete(self, scope: Scope) -> dict[str, int]:
        """How many complete runs each contestant of a scope has; those that have begun one alone are there, too."""
        found: dict[str, int] = defaultdict(int)
        with self._connections.reading() as conn:
            where, values = once(*runs_where(conn, scope), repeats(conn, scope))
            called = contestants(conn)
            rows = conn.execute(
                "SELECT model, settings, SUM(steps_done = steps_total AND unscored = 0) FROM runs r"
                f" WHERE {where} AND state <> 'queued' GROUP BY model, settings",
                values,
            )
            for model, settings, count in rows:
                found[called.name(model, settings)] += count
        return dict(found)

    def sites(self, scope: Scope, conditions: Conditions) -> dict[Site, str]:
        """Every cell of the design and its name: the template's, with what tells versions and requirements apart."""
        with self._connections.reading() as conn:
            return _sites(conn, scope, conditions)

    def runs(self, scope: Scope, conditions: Conditions) -> list[RunSample]:
        """The runs that have begun, in the order they were planned."""
        names = RunSample._fields[:-2]
        with self._connections.reading() as conn:
            where, values = once(*runs_where(conn, scope, conditions), repeats(conn, scope))
            called = contestants(conn)
            sites = _sites(conn, scope, conditions)
            seeds = dict(conn.execute("SELECT number, json_extract(plan, '$.seed') FROM experiments").fetchall())
            rows = conn.execute(
                f"SELECT {', '.join(names)}, settings FROM runs r WHERE {where} AND state <> 'queued'"
                " ORDER BY experiment, position",
                values,
            ).fetchall()
        # A site equals the plain tuple of its parts.
        by_parts: dict[tuple[str, ...], str] = {tuple(site): name for site, name in sites.items()}
        known = {(row[2], row[-1]) for row in rows}
        shown = {key: called.name(*key) for key in known}
        return [
            RunSample._make((*row[:2], shown[row[2], row[-1]], bool(row[3]), *row[4:-1], by_parts[row[4:7]], seeds.get(row[1], 0)))
            for row in rows
        ]

    def totals(self, scope: Scope, conditions: Conditions) -> dict[str, Totals]:
        """Counts and totals of the runs that have begun, by contestant."""
        found: dict[str, Totals] = {}
        whole = "steps_done = steps_total AND unscored = 0"
        with self._connections.reading() as conn:
            where, values = once(*runs_where(conn, scope, conditions), repeats(conn, scope))
            called = contestants(conn)
            rows = conn.execute(
                f"SELECT model, settings, COUNT(*), SUM({whole}), TOTAL(total) FILTER (WHERE {whole}) FROM runs r"
                f" WHERE {where} AND state <> 'queued' GROUP BY model, settings",
                values,
            )
            for model, settings, *numbers in rows:
                name = called.name(model, settings)
                had = found.get(name, Totals(0, 0, 0.0))
                found[name] = Totals(*(one + more for one, more in zip(had, numbers, strict=True)))
        return found

    def means_of_complete(self, scope: Scope, conditions: Conditions) -> dict[str, dict[str, float | None]]:
        """Mean points of complete runs by contestant and action; None where one of them has no score there."""
        from sitegen_tui.store.packed import column_means

        by_model: dict[str, list[bytes | None]] = defaultdict(list)
        with self._connections.reading() as conn:
            where, values = once(*scores_where(conn, scope, conditions, "r"), repeats(conn, scope))
            called = contestants(conn)
            rows = conn.execute(
                "SELECT r.model, r.settings, p.scores FROM runs r LEFT JOIN run_scores p ON p.run_id = r.run_id"
                " AND p.rubric = r.rubric AND p.layers = r.layers AND p.full = r.full"
                f" WHERE {where} AND r.steps_done = r.steps_total AND r.unscored = 0",
                values,
            )
            for model, settings, packed in rows:
                by_model[called.name(model, settings)].append(packed)
        places = [BY_ID[action].number - 1 for action in conditions.actions]
        return {
            model: dict(zip(conditions.actions, column_means(packed, places), strict=True)) for model, packed in by_model.items()
        }

    def cells(self, scope: Scope, conditions: Conditions) -> list[CellSums]:
        """Sums by contestant, site and action, from the running sums; several experiments are pooled."""
        found: dict[tuple[str, Site, str], Sums] = {}
        with self._connections.reading() as conn:
            called = contestants(conn)
            where, values = sums_where(conn, scope, conditions)
            rows = conn.execute(
                f"SELECT model, settings, template, requirements, content, action, {POOLED} FROM sums"
                f" WHERE {where} GROUP BY model, settings, template, requirements, content, action",
                values,
            )
            for model, settings, template, requirements, content, action, *numbers in rows:
                key = called.name(model, settings), Site(template, requirements, content), action
                found.setdefault(key, Sums()).pool(Sums(**dict(zip(COLUMNS, numbers, strict=True))))
            for model, settings, *site, action, share in _repeated_shares(conn, scope, conditions):
                found[called.name(model, settings), Site._make(site), action].take(share)
        return [CellSums(*key, sums) for key, sums in found.items()]

    def scores(self, scope: Scope, conditions: Conditions) -> ScoreTable:
        """The runs that have a score on one of the scope's actions, with their scores, in the order they were planned."""
        from sitegen_tui.store.packed import score_table

        places = [(place, action) for place, action in enumerate(ACTION_IDS) if not scope.actions or action in scope.actions]
        with self._connections.reading() as conn:
            where, values = once(*scores_where(conn, scope, conditions), repeats(conn, scope))
            called = contestants(conn)
            rows = conn.execute(
                "SELECT r.run_id, p.scores, r.steps_done = r.steps_total AND r.unscored = 0,"
                " r.model, r.settings"
                f" FROM runs r CROSS JOIN run_scores p ON p.run_id = r.run_id WHERE {where} ORDER BY r.experiment, r.position",
                values,
            ).fetchall()
        # Runs are many and contestants few: what one is called is looked up once.
        shown = {contestant: called.name(*contestant) for contestant in {row[3:] for row in rows}}
        return score_table(rows, [shown[row[3:]] for row in rows], places)

    def firsts(self, scope: Scope, conditions: Conditions, below: float | None) -> list[FirstStep]:
        """For every run that has begun, its first step that went wrong and its first without a score, in the order of plans.

        A step went wrong that has an own charge or, with `below`, that scored less than that (in points of ten) of what was
        assessed.
        """
        from sitegen_tui.store.packed import first_below

        packed = "p.charged, NULL" if below is None else "p.scores, p.assessed"
        with self._connections.reading() as conn:
            where, values = once(*scores_where(conn, scope, conditions, "r"), repeats(conn, scope))
            called = contestants(conn)
            rows = conn.execute(
                f"SELECT r.run_id, r.model, {packed}, r.settings, r.steps_done, r.steps_total,"
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
        shown = {key: called.name(*key) for key in {(row[1], row[4]) for row in rows}}
        found: dict[str, FirstStep] = {}
        for (run_id, model, _, _, settings, done, total, unscored), step in zip(rows, wrong, strict=True):
            # Steps that were judged in several ways stand in several rows.
            had = found.get(run_id)
            if had is not None and had.wrong is not None:
                step = had.wrong if step is None else min(step, had.wrong)
            found[run_id] = FirstStep(run_id, shown[model, settings], step, unscored, done, total)
        return list(found.values())

    def whole(self, scope: Scope, conditions: Conditions, groups: Mapping[str, Sequence[str]]) -> list[GroupNumbers]:
        """For each group of actions the means of runs that have a score for all of them, summed up by model and site."""
        from sitegen_tui.store.packed import means

        with self._connections.reading() as conn:
            where, values = once(*scores_where(conn, scope, conditions), repeats(conn, scope))
            called = contestants(conn)
            sites = _sites(conn, scope, conditions)
            rows = conn.execute(
                "SELECT r.model, r.settings, r.template, r.requirements, r.content, p.scores"
                f" FROM runs r CROSS JOIN run_scores p ON p.run_id = r.run_id WHERE {where}",
                values,
            ).fetchall()
        by_cell: dict[tuple[str, Site], list[bytes]] = defaultdict(list)
        for model, settings, *site, packed in rows:
            by_cell[called.name(model, settings), Site._make(site)].append(packed)
        places = {group: [BY_ID[action].number - 1 for action in actions] for group, actions in groups.items()}
        return [
            GroupNumbers(model, _name(sites, site), group, *numbers)
            for (model, site), packed in by_cell.items()
            for group, numbers in means(packed, places).items()
        ]

    def attempts(self, scope: Scope, conditions: Conditions) -> list[AttemptSums]:
        """Every attempt ever made in runs that have begun, those of steps that were run again included, by model."""
        from sitegen_tui.store.packed import ordered

        counts = ", ".join(f"SUM({name})" for name in _COUNTED)
        times: dict[str, tuple[list[bytes], list[bytes]]] = defaultdict(lambda: ([], []))
        totals: dict[str, list[int]] = {}
        with self._connections.reading() as conn:
            where, values = once(*runs_where(conn, scope, conditions), repeats(conn, scope))
            called = contestants(conn)
            begun = (
                f"(SELECT run_id, model, settings FROM runs r WHERE {where} AND state <> 'queued') r"
                " JOIN run_attempts a ON a.run_id = r.run_id"
            )
            for model, settings, *numbers in conn.execute(
                f"SELECT r.model, r.settings, {counts} FROM {begun} GROUP BY r.model, r.settings", values
            ):
                name = called.name(model, settings)
                totals[name] = [sum(pair) for pair in zip(totals.get(name, [0] * len(numbers)), numbers, strict=True)]
            for model, settings, first, total in conn.execute(
                f"SELECT r.model, r.settings, a.first_ms, a.total_ms FROM {begun}", values
            ):
                of = times[called.name(model, settings)]
                of[0].append(first)
                of[1].append(total)
        found: list[AttemptSums] = []
        for name, numbers in sorted(totals.items()):
            counted = cast("tuple[int, int, int, int, int, int, int]", tuple(numbers))
            found.append(AttemptSums(name, *counted, ordered(times[name][0]), ordered(times[name][1])))
        return found

    def charges(self, scope: Scope, conditions: Conditions) -> list[ChargeSums]:
        """What scored steps were charged with, by violation, model, action, kind and provenance."""
        found: dict[tuple[str, ...], Lost] = defaultdict(lambda: NOTHING)
        with self._connections.reading() as conn:
            called = contestants(conn)
            where, values = sums_where(conn, scope, conditions)
            rows = conn.execute(
                "SELECT violation, model, settings, action, kind, provenance, SUM(findings), SUM(charged), SUM(amount)"
                f" FROM loss_sums WHERE {where} GROUP BY violation, model, settings, action, kind, provenance",
                values,
            )
            for violation, model, settings, action, kind, provenance, *numbers in rows:
                key = (violation, called.name(model, settings), action, kind, provenance)
                found[key] = found[key].plus(Lost(*numbers))
            for model, settings, action, charge, lost in _repeated_charges(conn, scope, conditions):
                key = (charge[0], called.name(model, settings), action, *charge[1:])
                found[key] = found[key].plus(lost.negative)
        names = tuple(ChargeSums.model_fields)
        return [
            ChargeSums.model_validate(dict(zip(names, (*key, lost.findings, lost.charged, lost.amount / POINT), strict=True)))
            for key, lost in sorted(found.items())
            if lost.findings
        ]

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
        tables, more = steps_from(wanted)
        with self._connections.reading() as conn:
            where, values = once(*steps_where(conn, wanted, conditions), repeats(conn, wanted.scope))
            called = contestants(conn)
            sites = _sites(conn, wanted.scope, conditions)
            rows = conn.execute(
                "SELECT s.run_id, s.step, s.action, r.model, r.template, r.requirements, r.content, r.repeat, s.value,"
                " s.assessed, s.full, s.override IS NOT NULL, r.settings"
                f" FROM {tables} WHERE {where} ORDER BY {_ORDERS[wanted.order]} LIMIT ? OFFSET ?",
                (*more, *values, limit, offset),
            ).fetchall()
            charged = _charges(conn, [(row[0], row[1]) for row in rows])
        return [
            StepSample(
                row[0], row[1], row[2], called.name(row[3], row[12]), _name(sites, Site(*row[4:7])), row[7], row[8], row[9],
                bool(row[10]), bool(row[11]), tuple(charged[row[0], row[1]]),
            )
            for row in rows
        ]  # fmt: skip

    def count_steps(self, wanted: StepsWanted, conditions: Conditions) -> int:
        """How many steps are behind a number."""
        tables, more = steps_from(wanted)
        with self._connections.reading() as conn:
            where, values = once(*steps_where(conn, wanted, conditions), repeats(conn, wanted.scope))
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


def _repeated_shares(conn: sqlite3.Connection, scope: Scope, conditions: Conditions) -> Iterator[tuple[Any, ...]]:
    """Model, settings, template, requirements, content and action of each of those steps, and what it adds to the sums."""
    found = repeated_steps(conn, scope, conditions)
    if found is None:
        return
    rows = conn.execute(
        f"SELECT {columns_of('r', 's')}, s.value, s.assessed, s.usd, s.unpriced, s.model_ms FROM {found[0]}"
        " AND (s.value IS NOT NULL OR s.state = 'unscored')",
        found[1],
    )
    for *key, value, assessed, usd, unpriced, ms in rows:
        share = share_of_row(cast("Key", tuple(key)), value, assessed, usd, unpriced, ms)
        named = dict(zip(KEY_COLUMNS, key, strict=True))
        yield (*(named[name] for name in ("model", "settings", "template", "requirements", "content", "action")), share)


def _repeated_charges(
    conn: sqlite3.Connection, scope: Scope, conditions: Conditions
) -> Iterator[tuple[str, str, str, Charge, Lost]]:
    """Model, settings and action of each of those steps that has a score, and what it was charged with."""
    found = repeated_steps(conn, scope, conditions)
    if found is None:
        return
    rows = conn.execute(
        f"SELECT r.model, r.settings, s.action, r.run_id, s.step FROM {found[0]} AND s.value IS NOT NULL", found[1]
    ).fetchall()
    for model, settings, action, run_id, step in rows:
        for charge, lost in of_step(conn, run_id, step).items():
            yield model, settings, action, charge, lost


def _called(conn: sqlite3.Connection, rows: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    called = contestants(conn)
    return tuple(dict.fromkeys(called.name(model, settings) for model, settings in rows))


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
    where, values = under(conditions)
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
