"""Which process drives which run, so that no two do: a claim holds as long as its process lives."""

from __future__ import annotations

import os
import platform
import sqlite3
from functools import cache
from pathlib import Path

HEARTBEAT_SECONDS = 30.0
"""Where a process cannot be looked up, its owner counts as dead when it has been silent for so long."""

_STATE, _START = 0, 19
"""Places of a process's state and start time among what follows its name in /proc/PID/stat."""


@cache
def host() -> str:
    """This machine, and where there are several the space of process numbers in it (a container has its own)."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        space = ""
    return f"{platform.node()}{space}"


def process_start(pid: int) -> str | None:
    """When a living process began, as the kernel counts; "" where that cannot be told; None if it is dead."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        if Path("/proc/self/stat").exists():
            return None
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return None
        except OSError:
            return ""
        return ""
    # The name may hold spaces and brackets; fields are counted after its closing bracket.
    parts = stat[stat.rindex(b")") + 2 :].split()
    return None if parts[_STATE] in (b"Z", b"X") else f"{boot()}.{parts[_START].decode()}"


@cache
def boot() -> str:
    """The boot this machine is in: start times are counted from it."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    except OSError:
        return ""


Owner = tuple[str, str, int, str, float]
"""Name, host, process number, process start, last heartbeat."""


def alive(owner: Owner, now: float) -> bool:
    """Whether an owner still runs."""
    _, where, pid, started, heartbeat = owner
    fresh = now - heartbeat < HEARTBEAT_SECONDS
    if where != host():
        return fresh
    found = process_start(pid)
    if found is None:
        return False
    if found and started:
        return found == started
    return fresh


def beat(conn: sqlite3.Connection, owner: str, now: float) -> None:
    """Say that this process is `owner` and lives."""
    pid = os.getpid()
    conn.execute(
        "INSERT INTO owners (owner, host, pid, started, heartbeat) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (owner) DO UPDATE SET host = excluded.host, pid = excluded.pid, started = excluded.started,"
        " heartbeat = excluded.heartbeat",
        (owner, host(), pid, process_start(pid) or "", now),
    )


def claim(conn: sqlite3.Connection, run_id: str, owner: str, now: float) -> bool:
    """Take a run for `owner`; False if another living process has it."""
    row = conn.execute(
        "SELECT o.owner, o.host, o.pid, o.started, o.heartbeat FROM claims c JOIN owners o ON o.owner = c.owner WHERE c.run_id = ?",
        (run_id,),
    ).fetchone()
    if row is not None and row[0] != owner and alive(row, now):
        return False
    beat(conn, owner, now)
    conn.execute(
        "INSERT INTO claims (run_id, owner) VALUES (?, ?) ON CONFLICT (run_id) DO UPDATE SET owner = excluded.owner",
        (run_id, owner),
    )
    return True


def release(conn: sqlite3.Connection, owner: str, run_id: str | None) -> None:
    """Give up one run, or every run and the owner itself."""
    if run_id is not None:
        conn.execute("DELETE FROM claims WHERE run_id = ? AND owner = ?", (run_id, owner))
        return
    conn.execute("DELETE FROM claims WHERE owner = ?", (owner,))
    conn.execute("DELETE FROM owners WHERE owner = ?", (owner,))


def living(conn: sqlite3.Connection, now: float) -> frozenset[str]:
    """Every owner whose process lives."""
    rows = conn.execute("SELECT owner, host, pid, started, heartbeat FROM owners").fetchall()
    return frozenset(row[0] for row in rows if alive(row, now))
