"""Reads of attempts over many runs: what each cost and how long it took, without its texts; and the same by step, in sums."""

# ruff: noqa: S608 -- only question marks are put into SQL, values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from sitegen_tui.domain.rows import AttemptRow, SpentCell

_RUNS_AT_ONCE = 500


def attempt_rows(conn: sqlite3.Connection, run_ids: Sequence[str]) -> Iterator[AttemptRow]:
    """Every attempt ever made in these runs, those of steps that were run again included."""
    for start in range(0, len(run_ids), _RUNS_AT_ONCE):
        some = run_ids[start : start + _RUNS_AT_ONCE]
        rows = conn.execute(
            "SELECT run_id, step, json_extract(body, '$.attempt.purpose', '$.attempt.error', '$.attempt.first_token_ms',"
            " '$.attempt.total_ms', '$.attempt.usage')"
            f" FROM events WHERE kind = 'AttemptFinished' AND run_id IN ({', '.join('?' * len(some))}) ORDER BY run_id, seq",
            some,
        )
        for run_id, step, told in rows:
            yield AttemptRow.of(run_id, step, told)


def spent_cells(conn: sqlite3.Connection, run_ids: Sequence[str]) -> list[SpentCell]:
    """Scores of these runs' steps beside what the attempts behind them took, by model, template and action."""
    found: dict[tuple[str, str, str], list[float]] = {}
    for start in range(0, len(run_ids), _RUNS_AT_ONCE):
        some = run_ids[start : start + _RUNS_AT_ONCE]
        rows = conn.execute(
            "SELECT r.model, r.template, s.action, COUNT(*), SUM(s.value), SUM(s.usd IS NOT NULL AND s.unpriced = 0),"
            " TOTAL(CASE WHEN s.unpriced = 0 THEN s.usd END), SUM(s.model_ms)"
            " FROM runs r CROSS JOIN steps s ON s.run_id = r.run_id"
            f" WHERE r.run_id IN ({', '.join('?' * len(some))}) AND s.value IS NOT NULL GROUP BY r.model, r.template, s.action",
            some,
        )
        for model, template, action, *sums in rows:
            have = found.setdefault((model, template, action), [0.0] * len(sums))
            found[model, template, action] = [old + new for old, new in zip(have, sums, strict=True)]
    return [
        SpentCell(*key, n=int(n), points=points, priced=int(priced), usd=usd, model_ms=ms)
        for key, (n, points, priced, usd, ms) in found.items()
    ]
