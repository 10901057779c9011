"""Measures the store: queries on many runs, kilobytes and processor time a run, beside floors of the same run.

`python benchmarks/bench_store.py [--json] [--steps N] [--repeat N]`.
Milliseconds are medians of wall-clock time, except `cpu ms a step`, which is processor time of all that an append does.
Floors: `SQL AVG` groups an unindexed table of as many scores; `raw insert` puts the same bytes, compressed beforehand, into
plain tables with one transaction an event.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import sys
import time
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "store")]

from scripted_run import ACTIONS, START, Script, plan  # noqa: E402

from sitegen_tui.domain.insights import Scope, StepsWanted  # noqa: E402
from sitegen_tui.domain.runs import Pairing, StepState  # noqa: E402
from sitegen_tui.judge.catalogue import catalogue  # noqa: E402
from sitegen_tui.services.insights.samples import behind, load  # noqa: E402
from sitegen_tui.store import Store, losses, profiles, sums  # noqa: E402
from sitegen_tui.store.ledger import STEP_COLUMNS, Step  # noqa: E402
from sitegen_tui.store.profiles import Attempts  # noqa: E402

PAIRINGS = (Pairing(template="safari", requirements="lodge"), Pairing(template="blank", requirements="books"))
MODELS = ("alpha", "beta", "gamma", "delta", "epsilon")
SITE_BYTES = 120_000
SHARE_EDITED = 0.05
"""Of the lines of the file that a step edits."""


def milliseconds(function: Callable[[], object], repeat: int) -> float:
    """Median of wall-clock times."""
    times: list[float] = []
    for _ in range(repeat):
        began = time.perf_counter()
        function()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def fill(store: Store, steps: int) -> None:
    """Finished runs with about so many steps, put straight into the tables that events would have filled.

    Every tenth experiment is of isolated runs. A step has two findings or so, one in three of which costs nothing.
    """
    chance = random.Random(1)
    violations = sorted(catalogue().by_id)
    runs_an_experiment = len(MODELS) * 100
    for at in range(max(1, steps // (runs_an_experiment * len(ACTIONS)))):
        mode = "isolated" if at % 10 == 9 else "chain"
        _, plans = store.create_experiment(plan(MODELS, pairings=PAIRINGS, repeats=50, mode=mode), created_at=START)
        rows = [_step(chance, run.run_id, number, action) for run in plans for number, action in enumerate(ACTIONS, 1)]
        models = {run.run_id: run.model for run in plans}
        totals: dict[str, float] = defaultdict(float)
        usd: dict[str, float] = defaultdict(float)
        times: dict[str, list[float]] = defaultdict(list)
        for step in rows:
            totals[step.run_id] += step.value or 0.0
            usd[step.run_id] += step.usd or 0.0
            times[step.run_id].append(step.model_ms)
        with store.connections.writing() as conn:
            marks = ", ".join("?" * len(STEP_COLUMNS))
            conn.executemany(
                f"INSERT INTO steps ({', '.join(STEP_COLUMNS)}) VALUES ({marks})",
                [tuple(getattr(step, name) for name in STEP_COLUMNS) for step in rows],
            )
            conn.executemany(
                "INSERT INTO findings (run_id, step, seq, violation, subject, model, action, kind, severity, provenance, amount,"
                " message) VALUES (?, ?, ?, ?, '', ?, ?, ?, 'minor', ?, ?, 'not so')",
                [row for step in rows for row in _findings(chance, step, models[step.run_id], violations)],
            )
            conn.executemany(
                "UPDATE runs SET state = 'finished', steps_done = 16, assessed = 128, rubric = 1, started_rubric = 1,"
                " layers = 'static', content = 'c', prompt = 'p', twin = lower(hex(randomblob(16))),"
                " input_tokens = 32000, output_tokens = 4800,"
                " total = ?, usd = ?, model_ms = ? WHERE run_id = ?",
                [(total, usd[run_id], sum(times[run_id]), run_id) for run_id, total in totals.items()],
            )
            for run_id, own in times.items():
                attempts = Attempts(len(own), input_tokens=32000, output_tokens=4800)
                attempts.total_ms = array("d", own).tobytes()
                attempts.first_ms = array("d", [one / 8 for one in own]).tobytes()
                profiles.save_attempts(conn, run_id, attempts)
    with store.connections.writing() as conn:
        for table, fill_again in (("sums", sums.fill), ("loss_sums", losses.fill), ("run_scores", profiles.fill)):
            conn.execute(f"DELETE FROM {table}")
            fill_again(conn)


def _step(chance: random.Random, run_id: str, number: int, action: str) -> Step:
    value = round(chance.gauss(6.5, 2.5), 2)
    return Step(
        run_id,
        number,
        action,
        StepState.SCORED,
        value,
        value,
        assessed=8.0,
        layers="static",
        rubric=1,
        attempts=1,
        input_tokens=2000,
        output_tokens=300,
        usd=round(chance.uniform(0.001, 0.02), 6),
        model_ms=round(chance.lognormvariate(8.5, 0.6), 3),
        judge_ms=20.0,
    )


def _findings(chance: random.Random, step: Step, model: str, violations: Sequence[str]) -> Iterator[tuple[object, ...]]:
    for seq in range(chance.choices((0, 1, 2, 3, 5), (2, 3, 3, 2, 1))[0]):
        provenance = "own" if chance.random() < 0.8 else "inherited"
        amount = chance.choice((0.0, 0.5, 1.0))
        # An action can go wrong in a dozen ways, some of them far more frequent than others.
        at = (7 * step.step + int(12 * chance.random() ** 3)) % len(violations)
        violation, kind = violations[at], ("completion", "regression")[at % 2]
        yield step.run_id, step.step, seq, violation, model, step.action, kind, provenance, amount


def heatmap(folder: Path, steps: int, repeat: int) -> dict[str, float]:
    """The heatmap and the results over a large database, and the average it replaces."""
    path = folder / "large.db"
    began = time.perf_counter()
    with Store.open(path) as store:
        fill(store, steps)
        conn = store.connections.conn
        found: dict[str, float] = {
            "steps": conn.execute("SELECT COUNT(*) FROM steps").fetchone()[0],
            "runs": conn.execute("SELECT COUNT(*) FROM runs").fetchone()[0],
            "build seconds": time.perf_counter() - began,
        }
        ids = [f"e{row[0]}" for row in conn.execute("SELECT number FROM experiments")]
        everything, one, named = Scope(), Scope(experiments=ids[:1]), Scope(experiments=tuple(ids))
        questions = {
            "heatmap ms": partial(load, store, "heatmap", everything, {}),
            "heatmap of one experiment ms": partial(load, store, "heatmap", one, {}),
            "heatmap of every experiment by name ms": partial(load, store, "heatmap", named, {}),
            "results ms": partial(load, store, "results", everything, {}),
            "results of one experiment ms": partial(load, store, "results", one, {}),
        }
        found |= {name: milliseconds(question, max(1, repeat // 5)) for name, question in questions.items()}
        found["first page of experiments and runs ms"] = milliseconds(
            lambda: (store.experiments(limit=50), store.runs(limit=100)), repeat
        )
        cell = StepsWanted(model=MODELS[0], actions=ACTIONS[3:4])
        found["steps behind a cell, first page ms"] = milliseconds(partial(behind, store, cell), max(1, repeat // 5))
        every_step = StepsWanted(model=MODELS[0])
        found["steps behind a model, first page ms"] = milliseconds(partial(behind, store, every_step), max(1, repeat // 5))
        conn.execute("CREATE TABLE flat AS SELECT r.model, s.action, s.value FROM steps s JOIN runs r ON r.run_id = s.run_id")
        found["floor: SQL AVG, unindexed ms"] = milliseconds(
            lambda: conn.execute("SELECT model, action, AVG(value), COUNT(*) FROM flat GROUP BY model, action").fetchall(),
            max(1, repeat // 10),
        )
        found["floor: raw read of the sums ms"] = milliseconds(
            lambda: conn.execute("SELECT * FROM sums WHERE experiment = 0").fetchall(), repeat
        )
    return found


def lists(folder: Path, repeat: int) -> dict[str, float]:
    """Opening, and what is painted first, with 500 runs."""
    path = folder / "lists.db"
    with Store.open(path) as store:
        fill(store, 500 * len(ACTIONS))

    def reopened() -> None:
        with Store.open(path) as store:
            store.experiments()
            store.runs()

    with Store.open(path) as store:
        return {
            "runs": len(store.runs()),
            "experiments ms": milliseconds(store.experiments, repeat),
            "runs ms": milliseconds(store.runs, repeat),
            "steps of a run ms": milliseconds(lambda: store.steps("e1.1"), repeat),
            "open and both ms": milliseconds(reopened, repeat),
        }


def appending(folder: Path, repeat: int) -> dict[str, float]:
    """Whole runs of a 120 KB site, edited sixteen times: one event a transaction, then one step a transaction."""
    found: dict[str, float] = {"site bytes": SITE_BYTES, "share of a file's lines edited": SHARE_EDITED}
    for label, grouped in (("an event a transaction", False), ("a step a transaction", True)):
        path = folder / f"append-{grouped}.db"
        with Store.open(path) as store:
            conn = store.connections.conn
            _, plans = store.create_experiment(plan(MODELS, repeats=2), created_at=START)
            costs: list[float] = []
            sizes: list[dict[str, int]] = []
            for at, run in enumerate(plans):
                items = list(Script(run, size=SITE_BYTES, seed=at, share=SHARE_EDITED).whole())
                batches = _batches(items) if grouped else [[item] for item in items]
                began = time.process_time()
                for batch in batches:
                    store.append([event for event, _ in batch], {sha: c for _, more in batch for sha, c in more.items()})
                costs.append((time.process_time() - began) * 1000 / len(ACTIONS))
                sizes.append(_sizes(conn, items))
            found[f"cpu ms a step, {label}"] = statistics.median(costs)
            if not grouped:
                rows = conn.execute("SELECT run_id, seq, kind, step, body FROM events").fetchall()
                blobs = conn.execute("SELECT digest, size, codec, depth, bases, data FROM blobs").fetchall()
                found["floor: raw insert, cpu ms a step"] = _raw_insert(folder / "raw.db", rows, blobs, len(plans))
                found["KB of snapshots, first run"] = sizes[0]["snapshots"] / 1000
                found["KB of snapshots, each further run"] = (
                    (sizes[-1]["snapshots"] - sizes[0]["snapshots"]) / (len(plans) - 1) / 1000
                )
                found["KB of prompts and replies, each run"] = sizes[-1]["texts"] / len(plans) / 1000
                found["KB of events, each run"] = sizes[-1]["events"] / len(plans) / 1000
                conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                found["KB of database file, each run"] = path.stat().st_size / len(plans) / 1000
                found["KB written out, each run"] = sum(len(c) for _, more in items for c in more.values()) / 1000
                run_id = plans[0].run_id

                def cold(path: Path = path, run_id: str = run_id) -> None:
                    with Store.open(path) as fresh:
                        fresh.events(run_id)

                found["events of a run with all texts, cold ms"] = milliseconds(cold, max(1, repeat // 5))
                found["events of a run without texts ms"] = milliseconds(partial(store.events, run_id, content=False), repeat)
                found["verify ms a run"] = milliseconds(store.verify, 1) / len(plans)
    return found


def _batches(items: list[Any]) -> list[list[Any]]:
    batches: list[list[Any]] = [[]]
    for item in items:
        batches[-1].append(item)
        if item[0].event == "StepScored":
            batches.append([])
    return [batch for batch in batches if batch]


_SEEN: dict[sqlite3.Connection, set[str]] = defaultdict(set)


def _sizes(conn: sqlite3.Connection, items: list[Any]) -> dict[str, int]:
    """Bytes in the database: of the sites' files, of all other contents, of the events' rows."""
    _SEEN[conn].update(sha for _, more in items for sha in more)
    row = "32 + 32 + 16 + LENGTH(COALESCE(bases, '')) + LENGTH(data)"
    each = dict(conn.execute(f"SELECT digest, {row} FROM blobs").fetchall())
    files = sum(each[bytes.fromhex(sha)] for sha in _SEEN[conn])
    trees = "SELECT SUM(LENGTH(body)) FROM events WHERE kind IN ('OutputApplied', 'RunStarted')"
    return {
        "snapshots": files + conn.execute(trees).fetchone()[0],
        "texts": sum(each.values()) - files,
        "events": conn.execute("SELECT SUM(LENGTH(body)) FROM events").fetchone()[0],
    }


def _raw_insert(path: Path, rows: list[Any], blobs: list[Any], runs: int) -> float:
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("PRAGMA synchronous = NORMAL")
    conn.execute("CREATE TABLE events (run_id, seq, kind, step, body, PRIMARY KEY (run_id, seq))")
    conn.execute("CREATE TABLE blobs (digest PRIMARY KEY, size, codec, depth, bases, data)")
    left = iter(blobs)
    share = max(1, round(len(blobs) / len(rows)))
    began = time.process_time()
    for row in rows:
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?)", row)
        for _ in range(share):
            blob = next(left, None)
            if blob is not None:
                conn.execute("INSERT INTO blobs VALUES (?, ?, ?, ?, ?, ?)", blob)
        conn.execute("COMMIT")
    cost = (time.process_time() - began) * 1000 / (runs * len(ACTIONS))
    conn.close()
    return cost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument("--steps", type=int, default=1_000_000, help="in the large database")
    parser.add_argument("--repeat", type=int, default=25, help="measurements a figure")
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        found = {
            "appending": appending(folder, given.repeat),
            "lists": lists(folder, given.repeat),
            "large": heatmap(folder, given.steps, given.repeat),
        }
    if given.json:
        print(json.dumps(found, indent=2))
        return
    for section, figures in found.items():
        print(section)
        for label, value in figures.items():
            print(f"  {label:<44} {value:>12,.3f}".rstrip("0").rstrip("."))


if __name__ == "__main__":
    main()
