"""The schema, as small named steps that are only ever appended to; which database is ours, and of which version."""

# ruff: noqa: S608 -- only texts of this file are put into SQL

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from sitegen_tui.store import losses, profiles, sums, twins

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.db import Table

APPLICATION_ID = 0x5349_5445
"""Marks a SQLite file as ours, so that another program's database is never migrated by mistake."""

Migration = Callable[["Database"], None]


def _table(db: Database, name: str) -> Table:
    return db.table(name)


def m001_experiments_and_runs(db: Database) -> None:
    """Experiments by number, and the state of every run."""
    from sqlite_utils.db import DescIndex

    _table(db, "experiments").create(
        {"number": int, "name": str, "created_at": str, "plan": str, "simulated": str},
        pk="number",
        not_null={"name", "created_at", "plan"},
    )
    _table(db, "runs").create(
        {
            "run_id": str,
            "experiment": int,
            "position": int,
            "model": str,
            "simulated": int,
            "template": str,
            "requirements": str,
            "repeat": int,
            "mode": str,
            "actions": int,
            "state": str,
            "current_step": int,
            "steps_total": int,
            "steps_done": int,
            "unscored": int,
            "total": float,
            "assessed": float,
            "full": int,
            "layers": str,
            "rubric": int,
            "started_rubric": int,
            "input_tokens": int,
            "output_tokens": int,
            "usd": float,
            "model_ms": float,
            "judge_ms": float,
            "started_at": str,
            "finished_at": str,
            "reason": str,
            "last_seq": int,
        },
        pk="run_id",
    )
    # Plans and lists of actions are long: beside the runs, so that reading many runs reads few pages.
    _table(db, "plans").create({"run_id": str, "plan": str}, pk="run_id", not_null={"plan"})
    _table(db, "action_lists").create({"id": int, "actions": str}, pk="id", not_null={"actions"})
    _table(db, "action_lists").create_index(["actions"], unique=True)
    _table(db, "runs").create_index([DescIndex("experiment"), "position"], unique=True)
    _table(db, "runs").create_index(["state", "experiment"])


def m002_events_and_blobs(db: Database) -> None:
    """The stream itself, and content by its sha256."""
    _table(db, "events").create(
        {"id": int, "run_id": str, "seq": int, "kind": str, "step": int, "body": str},
        pk="id",
        not_null={"run_id", "seq", "kind", "body"},
    )
    _table(db, "events").create_index(["run_id", "seq"], unique=True)
    # People's events are few among millions, and are asked for over all runs.
    db.conn.execute("CREATE INDEX idx_events_people ON events (kind, id) WHERE kind IN ('LabelRecorded', 'OverrideRecorded')")
    _table(db, "blobs").create(
        {"digest": bytes, "size": int, "codec": str, "depth": int, "bases": bytes, "data": bytes},
        pk="digest",
        not_null={"size", "codec", "depth", "data"},
    )


def m003_steps_and_findings(db: Database) -> None:
    """Every step's newest state, and the charges of its newest judging."""
    _table(db, "steps").create(
        {
            "run_id": str,
            "step": int,
            "action": str,
            "state": str,
            "value": float,
            "judged_value": float,
            "override": float,
            "assessed": float,
            "full": int,
            "layers": str,
            "rubric": int,
            "completion": float,
            "regression": float,
            "judged": float,
            "charges": int,
            "added": int,
            "removed": int,
            "attempts": int,
            "input_tokens": int,
            "output_tokens": int,
            "reasoning_tokens": int,
            "usd": float,
            "model_ms": float,
            "judge_ms": float,
            "reason": str,
            "started_at": str,
            "finished_at": str,
        },
        pk=("run_id", "step"),
    )
    _table(db, "findings").create(
        {
            "run_id": str,
            "step": int,
            "seq": int,
            "violation": str,
            "subject": str,
            "model": str,
            "action": str,
            "kind": str,
            "severity": str,
            "provenance": str,
            "amount": float,
            "message": str,
        },
        pk=("run_id", "step", "seq"),
    )
    _table(db, "findings").create_index(["violation", "model", "action", "amount"])
    _table(db, "findings").create_index(["model", "action"])


def m004_sums(db: Database) -> None:
    """Running sums per model and action: experiment 0 pools all experiments. Points are whole billionths."""
    _table(db, "sums").create(
        {
            "experiment": int,
            "model": str,
            "action": str,
            "rubric": int,
            "layers": str,
            "mode": str,
            "full": int,
            "n": int,
            "total": int,
            "square_high": int,
            "square_low": int,
            "minimum": int,
            "maximum": int,
            "negative": int,
            "assessed": int,
            "unscored": int,
        },
        pk=("experiment", "model", "action", "rubric", "layers", "mode", "full"),
    )


def m005_claims(db: Database) -> None:
    """Which process drives which run."""
    _table(db, "owners").create({"owner": str, "host": str, "pid": int, "started": str, "heartbeat": float}, pk="owner")
    _table(db, "claims").create({"run_id": str, "owner": str}, pk="run_id")


def m006_audits(db: Database) -> None:
    """Audits of the judge: the report as JSON, whose mutants can be made again from their keys."""
    _table(db, "audits").create({"number": int, "created_at": str, "rubric": int, "layers": str, "report": str}, pk="number")


def m007_costs(db: Database) -> None:
    """What is not in a sum of dollars: attempts without a price, and the most that they could have cost."""
    runs, steps = _table(db, "runs"), _table(db, "steps")
    runs.add_column("unpriced", int, not_null_default=0)
    runs.add_column("held_usd", float, not_null_default=0.0)
    steps.add_column("estimated", int, not_null_default=0)
    steps.add_column("unpriced", int, not_null_default=0)
    if not db.conn.execute("SELECT 1 FROM runs LIMIT 1").fetchone():
        return
    attempts = "FROM events WHERE kind = 'AttemptFinished' AND events.run_id = {0}.run_id"
    unpriced = (
        " AND json_extract(body, '$.attempt.usage.usd') IS NULL AND (json_extract(body, '$.attempt.error') = ''"
        " OR json_extract(body, '$.attempt.first_token_ms') IS NOT NULL)"
    )
    mine = attempts.format("runs")
    dollars = f"SELECT SUM(json_extract(body, '$.attempt.usage.usd')) {mine}"
    db.conn.execute(f"UPDATE runs SET usd = ({dollars}), unpriced = (SELECT COUNT(*) {mine}{unpriced})")
    mine = attempts.format("steps") + (
        " AND events.step = steps.step AND seq > (SELECT MAX(seq) FROM events WHERE kind = 'StepStarted'"
        " AND events.run_id = steps.run_id AND events.step = steps.step)"
    )
    # A score tells the usage of its step, and those stored so far count nothing as unpriced.
    db.conn.execute(f"UPDATE steps SET unpriced = (SELECT COUNT(*) {mine}{unpriced}) WHERE state <> 'scored'")


def m008_grounds(db: Database) -> None:
    """What a run stands on: the version of its template and requirements, and of what all models are told; sums by both."""
    runs = _table(db, "runs")
    runs.add_column("content", str, not_null_default="")
    runs.add_column("prompt", str, not_null_default="")
    db.conn.execute(
        "UPDATE runs SET content = COALESCE((SELECT json_extract(body, '$.content_hash') FROM events"
        " WHERE events.run_id = runs.run_id AND seq = 0 AND kind = 'RunStarted'), '')"
    )
    _table(db, "sums").drop()
    _table(db, "sums").create(
        {
            "experiment": int,
            "model": str,
            "action": str,
            "rubric": int,
            "layers": str,
            "mode": str,
            "full": int,
            "template": str,
            "requirements": str,
            "content": str,
            "actions": int,
            "prompt": str,
            "n": int,
            "total": int,
            "square_high": int,
            "square_low": int,
            "minimum": int,
            "maximum": int,
            "negative": int,
            "assessed": int,
            "unscored": int,
        },
        pk=(
            *("experiment", "model", "action", "rubric", "layers", "mode", "full"),
            *("template", "requirements", "content", "actions", "prompt"),
        ),
    )


def m009_forks(db: Database) -> None:
    """Where runs branched off: they are counted apart from those that began at the beginning. Sums are made anew by m016."""
    _table(db, "runs").add_column("fork", str, not_null_default="")


def m010_labelling(db: Database) -> None:
    """Raters, what was drawn for them and with which probabilities; and all events of people in one small index."""
    _table(db, "label_raters").create({"name": str, "used_at": str}, pk="name", not_null={"used_at"})
    _table(db, "label_draws").create(
        {"number": int, "rater": str, "seed": int, "wanted": int, "created_at": str, "chances": str}, pk="number"
    )
    _table(db, "label_items").create(
        {"rater": str, "run_id": str, "step": int, "draw": int, "position": int, "action": str, "stratum": str, "pi": float},
        pk=("rater", "run_id", "step"),
        not_null={"draw", "position", "action", "stratum", "pi"},
    )
    db.conn.execute("DROP INDEX idx_events_people")
    kinds = "'LabelRecorded', 'LabelSkipped', 'LabelWithdrawn', 'OverrideRecorded'"
    db.conn.execute(f"CREATE INDEX idx_events_people ON events (kind, id) WHERE kind IN ({kinds})")


def m011_losses(db: Database) -> None:
    """Dollars and waiting in the running sums, and sums of charges beside them: m016 makes both."""
    _table(db, "sums").drop()


def m012_profiles(db: Database) -> None:
    """A run's scores in one row, and its attempts, for views that ask all runs for them."""
    db.conn.execute(
        "CREATE TABLE run_scores (run_id TEXT NOT NULL, rubric INTEGER NOT NULL, layers TEXT NOT NULL, full INTEGER NOT NULL,"
        " scores BLOB NOT NULL, assessed BLOB NOT NULL, charged INTEGER NOT NULL, unscored INTEGER NOT NULL,"
        " PRIMARY KEY (run_id, rubric, layers, full)) WITHOUT ROWID"
    )
    db.conn.execute(
        "CREATE TABLE run_attempts (run_id TEXT NOT NULL PRIMARY KEY, attempts INTEGER NOT NULL, failed INTEGER NOT NULL,"
        " repairs INTEGER NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,"
        " reasoning_tokens INTEGER NOT NULL, estimated INTEGER NOT NULL, first_ms BLOB NOT NULL, total_ms BLOB NOT NULL"
        ") WITHOUT ROWID"
    )
    profiles.fill(db.conn)
    profiles.fill_attempts(db.conn)


def m013_judges(db: Database) -> None:
    """What LLM judges said of steps, sample by sample and verdict by verdict, and what that cost."""
    runs = _table(db, "runs")
    runs.add_column("judge_usd", float)
    runs.add_column("judge_unpriced", int, not_null_default=0)
    db.conn.execute(
        "CREATE TABLE judge_samples (run_id TEXT NOT NULL, seq INTEGER NOT NULL, step INTEGER NOT NULL, judging INTEGER NOT NULL,"
        " judge TEXT NOT NULL, family TEXT NOT NULL, mode TEXT NOT NULL, sample INTEGER NOT NULL, rubric INTEGER NOT NULL,"
        " prompt TEXT NOT NULL, error TEXT NOT NULL, items INTEGER NOT NULL, rejected INTEGER NOT NULL, usd REAL,"
        " unpriced INTEGER NOT NULL, milliseconds REAL NOT NULL, PRIMARY KEY (run_id, seq)) WITHOUT ROWID"
    )
    db.conn.execute(
        "CREATE TABLE judge_verdicts (judge TEXT NOT NULL, run_id TEXT NOT NULL, step INTEGER NOT NULL, judging INTEGER NOT NULL,"
        " sample INTEGER NOT NULL, id TEXT NOT NULL, verdict TEXT NOT NULL, evidence INTEGER NOT NULL,"
        " PRIMARY KEY (run_id, step, judging, judge, sample, id)) WITHOUT ROWID"
    )


def m014_judge_audits(db: Database) -> None:
    """Audits of LLM judges: what one was measured at, under which settings, rubric and wording, and what it earned by that."""
    _table(db, "judge_audits").create(
        {
            "number": int,
            "created_at": str,
            "judge": str,
            "settings": str,
            "rubric": int,
            "prompt": str,
            "report": str,
        },
        pk="number",
    )


def m015_deciders(db: Database) -> None:
    """Who decided on a step last, and why."""
    steps = _table(db, "steps")
    steps.add_column("override_by", str, not_null_default="")
    steps.add_column("override_reason", str, not_null_default="")
    last = (
        "SELECT json_extract(body, '$.{0}') FROM events WHERE kind = 'OverrideRecorded' AND events.run_id = steps.run_id"
        " AND events.step = steps.step AND json_extract(body, '$.violation') IS NULL ORDER BY id DESC LIMIT 1"
    )
    db.conn.execute(
        f"UPDATE steps SET override_by = ({last.format('author')}), override_reason = ({last.format('reason')})"
        " WHERE override IS NOT NULL"
    )


def m016_twins(db: Database) -> None:
    """The settings that runs were asked with, by which they are counted apart, and which runs are the same again."""
    runs, steps = _table(db, "runs"), _table(db, "steps")
    runs.add_column("settings", str, not_null_default="")
    runs.add_column("twin", str, not_null_default="")
    steps.add_column("output", str, not_null_default="")
    twins.fill(db.conn)
    db.conn.execute("CREATE INDEX idx_runs_twin ON runs (twin) WHERE twin <> ''")
    for table in ("sums", "loss_sums"):
        _table(db, table).drop(ignore=True)
    numbers = ("experiment", "rubric", "full", "actions")
    key: dict[str, type] = {name: int if name in numbers else str for name in sums.KEY_COLUMNS}
    _table(db, "sums").create({**key, **dict.fromkeys(sums.COLUMNS, int)}, pk=sums.KEY_COLUMNS)
    sums.fill(db.conn)
    names = ", ".join(f"{name} {'INTEGER' if kind is int else 'TEXT'} NOT NULL" for name, kind in key.items())
    charge = ", ".join(f"{name} TEXT NOT NULL" for name in losses.CHARGE_COLUMNS)
    counts = ", ".join(f"{name} INTEGER NOT NULL" for name in losses.COLUMNS)
    primary = ", ".join(losses.KEY_COLUMNS)
    db.conn.execute(f"CREATE TABLE loss_sums ({names}, {charge}, {counts}, PRIMARY KEY ({primary})) WITHOUT ROWID")
    losses.fill(db.conn)


def m017_several(db: Database) -> None:
    """Which runs there are several of: few, so that views need not look for them among all runs. One too many does no harm."""
    db.conn.execute("CREATE TABLE twins (twin TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID")
    twins.fill_several(db.conn)


MIGRATIONS: tuple[Migration, ...] = (
    m001_experiments_and_runs,
    m002_events_and_blobs,
    m003_steps_and_findings,
    m004_sums,
    m005_claims,
    m006_audits,
    m007_costs,
    m008_grounds,
    m009_forks,
    m010_labelling,
    m011_losses,
    m012_profiles,
    m013_judges,
    m014_judge_audits,
    m015_deciders,
    m016_twins,
    m017_several,
)


def version(conn: sqlite3.Connection) -> int | None:
    """How many migrations a database has had; None if it is not ours, 0 if it is empty. Reads only."""
    application = int(conn.execute("PRAGMA application_id").fetchone()[0])
    if application == APPLICATION_ID:
        return int(conn.execute("PRAGMA user_version").fetchone()[0])
    empty = conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    return 0 if empty and application == 0 else None


def migrate(conn: sqlite3.Connection) -> None:
    """Bring a database up to date in one transaction; another process may have done so meanwhile."""
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    known = Migrations("sitegen")
    for migration in MIGRATIONS:
        known()(migration)
    conn.execute("BEGIN IMMEDIATE")
    try:
        known.apply(Database(conn, execute_plugins=False))
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
