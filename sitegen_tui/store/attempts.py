"""Reads of attempts over many runs: what each cost and how long it took, without its texts."""

# ruff: noqa: S608 -- only question marks are put into SQL, values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from sitegen_tui.domain.rows import AttemptRow

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
