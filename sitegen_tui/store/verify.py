"""Whether a database is sound: everything derived is derived again from the events, and contents are proved by their hashes."""

# ruff: noqa: S608 -- only names of columns and tables are put into SQL, values are bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from sitegen_tui.errors import SitegenError
from sitegen_tui.store import losses, payload, profiles, sums
from sitegen_tui.store.blobs import Blobs
from sitegen_tui.store.judgements import JUDGED
from sitegen_tui.store.ledger import Ledger
from sitegen_tui.store.migrations import migrate

_FRESH = {
    "state": "'queued'",
    "current_step": "NULL",
    "steps_done": "0",
    "unscored": "0",
    "total": "0.0",
    "assessed": "0.0",
    "rubric": "0",
    "started_rubric": "0",
    "content": "''",
    "prompt": "''",
    "settings": "''",
    "twin": "''",
    "input_tokens": "0",
    "output_tokens": "0",
    "usd": "NULL",
    "unpriced": "0",
    "held_usd": "0.0",
    "judge_usd": "NULL",
    "judge_unpriced": "0",
    "model_ms": "0.0",
    "judge_ms": "0.0",
    "started_at": "NULL",
    "finished_at": "NULL",
    "reason": "''",
    "last_seq": "-1",
}
"""What a queued run has in the columns that events change; `layers` and `full` are set again with the first score."""


def problems(conn: sqlite3.Connection, blobs: Blobs, *, contents: bool) -> Iterator[str]:
    """One sentence for each thing that is wrong; with `contents`, every content is read and proved, too."""
    for (finding,) in conn.execute("PRAGMA quick_check(20)").fetchall():
        if finding != "ok":
            yield f"the file is damaged: {finding}"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as again:
        migrate(again)
        columns = [row[1] for row in conn.execute("PRAGMA table_info(runs)")]
        for (run_id,) in conn.execute("SELECT run_id FROM runs ORDER BY experiment, position").fetchall():
            yield from _run_problems(conn, again, run_id, columns)
        # What stands above was proved to be what the events tell, so that sums can be counted again from it.
        for table, fill in (("sums", sums.fill), ("loss_sums", losses.fill), ("run_scores", profiles.fill)):
            again.execute(f"DELETE FROM {table}")
            fill(conn, again)
            yield from _compare(conn, again, table, "1", ())
    digests = {row[0] for row in conn.execute("SELECT digest FROM blobs")}
    yield from _missing(conn, blobs, digests)
    if contents:
        blobs.forget()
        for digest in sorted(digests):
            try:
                blobs.read(conn, digest.hex())
            except SitegenError as error:
                yield error.message


def _run_problems(conn: sqlite3.Connection, again: sqlite3.Connection, run_id: str, columns: list[str]) -> Iterator[str]:
    chosen = ", ".join(_FRESH.get(column, column) for column in columns)
    row = conn.execute(f"SELECT {chosen} FROM runs WHERE run_id = ?", (run_id,)).fetchone()
    again.execute(f"INSERT INTO runs ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", row)
    plan = conn.execute("SELECT run_id, plan FROM plans WHERE run_id = ?", (run_id,)).fetchall()
    again.executemany("INSERT INTO plans VALUES (?, ?)", plan)
    ledger = Ledger(again)
    cursor = conn.execute("SELECT seq, kind, body FROM events WHERE run_id = ? ORDER BY seq", (run_id,))
    for seq, kind, body in cursor:
        try:
            ledger.apply(payload.decode(kind, body, {}, None))
        except (SitegenError, ValueError, KeyError, TypeError) as error:
            yield f"run {run_id}: event {seq} cannot be told again: {error}"
            return
    ledger.settle()
    for table in ("runs", "steps", "findings", "run_attempts", *JUDGED):
        yield from _compare(conn, again, table, "run_id = ?", (run_id,))
    # Nothing of earlier runs is needed on the way.
    again.execute("DELETE FROM steps")
    again.execute("DELETE FROM findings")
    again.execute("DELETE FROM run_attempts")
    again.execute("DELETE FROM plans")
    for table in JUDGED:
        again.execute(f"DELETE FROM {table}")


def _compare(
    conn: sqlite3.Connection, again: sqlite3.Connection, table: str, where: str, parameters: tuple[str, ...]
) -> Iterator[str]:
    # Columns stand in the order in which each database got them.
    names = [row[1] for row in again.execute(f"PRAGMA table_info({table})")]
    query = f"SELECT {', '.join(names)} FROM {table} WHERE {where}"
    stored, told = set(conn.execute(query, parameters).fetchall()), set(again.execute(query, parameters).fetchall())
    for row in sorted(stored - told, key=repr):
        yield f"{table}: {row} is not what the events tell"
    for row in sorted(told - stored, key=repr):
        yield f"{table}: the events tell {row}"


def _missing(conn: sqlite3.Connection, blobs: Blobs, digests: set[bytes]) -> Iterator[str]:
    known = {digest.hex() for digest in digests}
    trees: set[str] = set()
    cursor = conn.execute(
        "SELECT run_id, seq, kind, body FROM events WHERE kind IN ('RunStarted', 'AttemptFinished',"
        " 'OutputApplied', 'JudgeSampled')"
    )
    for run_id, seq, kind, body in cursor:
        wanted = payload.referred(kind, body)
        if kind == "OutputApplied":
            wanted = [change["after"] for change in json.loads(body)["changes"] if change["after"]]
        elif kind == "RunStarted" and wanted[0] in known and wanted[0] not in trees:
            trees.update(wanted)
            try:
                wanted += json.loads(blobs.read(conn, wanted[0])).values()
            except SitegenError as error:
                yield error.message
        for sha in wanted:
            if sha not in known:
                yield f"run {run_id}: event {seq} refers to content {sha}, which is not stored"
