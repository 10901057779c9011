"""Measures the views over many runs: from the question to the numbers, beside the main query of each in DuckDB.

`python benchmarks/bench_views.py [--json] [--steps N] [--repeat N] [--db FILE]`. A database that is there is measured as it is, one
that is not is made; without `--db` it is thrown away. Milliseconds are medians of wall-clock time of a warm database, `cpu` is
processor time of one of those. `blocked` is the longest that an event loop had to wait for its turn while a view was read in a
thread. DuckDB's figures are for a table of what the view's main query reads, in DuckDB's own format; they are left out
where the package is not installed.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from bench_store import ACTIONS, MODELS, fill, milliseconds  # noqa: E402

from sitegen_tui.domain.insights import Scope, StepsWanted  # noqa: E402
from sitegen_tui.services.insights import INSIGHTS  # noqa: E402
from sitegen_tui.services.insights.samples import behind, load  # noqa: E402
from sitegen_tui.services.threads import Threads  # noqa: E402
from sitegen_tui.settings import collect_seldom  # noqa: E402
from sitegen_tui.store import Store  # noqa: E402

TABLES = {
    "runs": "SELECT run_id, experiment, model, template, mode, total, usd, model_ms FROM runs WHERE state <> 'queued'",
    "steps": (
        "SELECT r.run_id, r.experiment, r.model, r.template, r.mode, s.step, s.action, s.value, s.assessed, s.usd, s.model_ms"
        " FROM runs r JOIN steps s ON s.run_id = r.run_id"
    ),
    "findings": (
        "SELECT f.run_id, r.mode, f.step, f.violation, f.model, f.action, f.kind, f.provenance, f.amount"
        " FROM findings f JOIN runs r ON r.run_id = f.run_id"
    ),
}
DUCKDB = {
    "results": "SELECT model, COUNT(*), AVG(total), STDDEV(total) FROM runs WHERE mode = 'chain' GROUP BY model",
    "heatmap": (
        "SELECT model, action, COUNT(*), AVG(value), STDDEV(value), MIN(value), MAX(value), COUNT(*) FILTER (value < 0)"
        " FROM steps WHERE mode = 'chain' GROUP BY model, action"
    ),
    "gap": (
        "SELECT model, template, action, COUNT(*), AVG(value), STDDEV(value) FROM steps WHERE mode = 'chain'"
        " GROUP BY model, template, action"
    ),
    "difficulty": "SELECT action, model, AVG(value), STDDEV(value) FROM steps WHERE mode = 'chain' GROUP BY action, model",
    "templates": "SELECT model, template, AVG(total), STDDEV(total) FROM runs WHERE mode = 'chain' GROUP BY model, template",
    "variance": "SELECT model, STDDEV(total), MIN(total), MAX(total) FROM runs WHERE mode = 'chain' GROUP BY model",
    "violations": (
        "SELECT violation, model, action, kind, provenance, COUNT(*), SUM(amount) FROM findings WHERE mode = 'chain'"
        " GROUP BY violation, model, action, kind, provenance"
    ),
    "compounding": (
        "SELECT mode, first, COUNT(*) FROM (SELECT mode, run_id, MIN(step) AS first FROM findings"
        " WHERE provenance = 'own' AND amount > 0 GROUP BY mode, run_id) GROUP BY mode, first"
    ),
    "power": "SELECT model, template, COUNT(*), STDDEV(total) FROM runs WHERE mode = 'chain' GROUP BY model, template",
    "cost": ("SELECT model, SUM(usd), QUANTILE_CONT(model_ms, [0.5, 0.95]) FROM steps WHERE mode = 'chain' GROUP BY model"),
    "routing": (
        "SELECT model, template, action, AVG(value), AVG(usd) FROM steps WHERE mode = 'chain' GROUP BY model, template, action"
    ),
    "compare": "SELECT model, action, AVG(value), STDDEV(value) FROM steps WHERE mode = 'chain' GROUP BY model, action",
}


def views(store: Store, repeat: int) -> dict[str, dict[str, float]]:
    """Every view of everything: milliseconds, of the processor, too, and those that a loop was kept waiting."""
    questions: dict[str, Callable[[], object]] = {one.name: partial(load, store, one.name, Scope(), {}) for one in INSIGHTS}
    (worst,) = store.samples.charges(Scope(), load(store, "heatmap", Scope(), {}).conditions)[:1] or (None,)  # type: ignore[arg-type]
    wanted = {
        "steps behind a cell": StepsWanted(model=MODELS[0], actions=ACTIONS[3:4]),
        "steps behind a model": StepsWanted(model=MODELS[0]),
        "steps behind a violation": StepsWanted(violation=worst.violation if worst else None),
    }
    questions |= {f"{name}, first page": partial(behind, store, steps) for name, steps in wanted.items()}
    found: dict[str, dict[str, float]] = {}
    for name, question in questions.items():
        question()
        began = time.process_time()
        question()
        cpu = (time.process_time() - began) * 1000
        found[name] = {"ms": milliseconds(question, repeat), "cpu ms": cpu, "blocked ms": asyncio.run(_blocked(question))}
        print(f"{name}: {found[name]}", file=sys.stderr)
    return found


async def _blocked(question: Callable[[], object]) -> float:
    threads = Threads()
    late = 0.0
    asked = asyncio.create_task(threads.read(question))
    while not asked.done():
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        late = max(late, time.perf_counter() - began - 0.001)
    await asked
    threads.close()
    return late * 1000


def in_duckdb(store: Store, repeat: int) -> dict[str, float]:
    """Milliseconds of each view's main query, without what is made of it; nothing without the package."""
    if find_spec("duckdb") is None:
        return {}
    import duckdb

    kept = Path(f"{store.path}.duckdb")
    fresh = not kept.exists()
    with duckdb.connect(str(kept)) as other:
        if fresh:
            with TemporaryDirectory() as folder:
                for name, query in TABLES.items():
                    _copied(store, other, name, query, Path(folder) / f"{name}.csv")
        return {name: milliseconds(lambda query=query: other.execute(query).fetchall(), repeat) for name, query in DUCKDB.items()}


def _copied(store: Store, other: Any, name: str, query: str, file: Path) -> None:
    rows = store.connections.conn.execute(query)
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(column[0] for column in rows.description)
        writer.writerows(rows)
    other.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{file}', header = true)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument("--steps", type=int, default=1_000_000, help="in a database that is made")
    parser.add_argument("--repeat", type=int, default=5, help="measurements a figure")
    parser.add_argument("--db", type=Path, help="the database, kept for the next time")
    given = parser.parse_args()
    # As in the program itself.
    collect_seldom()
    with TemporaryDirectory() as folder:
        path: Path = given.db or Path(folder) / "views.db"
        new = not path.exists()
        with Store.open(path) as store:
            if new:
                fill(store, given.steps)
            conn = store.connections.conn
            counts = {name: conn.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in TABLES}
            found = views(store, given.repeat)
            for name, ms in in_duckdb(store, given.repeat).items():
                found[name]["DuckDB ms"] = ms
    if given.json:
        print(json.dumps({"counts": counts, "views": found}, indent=2))
        return
    print(", ".join(f"{count:,} {name}" for name, count in counts.items()))
    columns = ("ms", "cpu ms", "blocked ms", "DuckDB ms")
    print(f"{'':<36}" + "".join(f"{column:>12}" for column in columns))
    for name, figures in found.items():
        print(f"{name:<36}" + "".join(f"{figures[c]:>12,.1f}" if c in figures else f"{'-':>12}" for c in columns))
    if find_spec("duckdb") is None:
        print("DuckDB is not installed: nothing beside it")


if __name__ == "__main__":
    main()
