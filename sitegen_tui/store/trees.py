"""Site trees, path to sha256, rebuilt from the changes that events tell."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from sitegen_tui.errors import StoreError
from sitegen_tui.store import payload
from sitegen_tui.store.blobs import Blobs

_REMEMBERED_RUNS = 256
_TREE_KINDS = "kind IN ('RunStarted', 'OutputApplied')"


class Trees:
    """Reads trees; remembers the newest one of the runs that were lately written or read."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._newest: OrderedDict[str, tuple[int, dict[str, str]]] = OrderedDict()
        self._guard = Lock()

    def remember(self, run_id: str, seq: int, site: Mapping[str, str]) -> None:
        """Note the tree that a run has from event `seq` on."""
        with self._guard:
            self._newest[run_id] = (seq, dict(site))
            self._newest.move_to_end(run_id)
            if len(self._newest) > _REMEMBERED_RUNS:
                self._newest.popitem(last=False)

    def forget(self) -> None:
        """Drop what is remembered."""
        with self._guard:
            self._newest.clear()

    def current(self, conn: sqlite3.Connection, run_id: str, seq: int) -> dict[str, str]:
        """The tree of a run just before event `seq`; empty before its first RunStarted."""
        with self._guard:
            found = self._newest.get(run_id)
        after, site = found if found is not None and found[0] < seq else (-1, {})
        rows = conn.execute(
            f"SELECT seq, kind, body FROM events WHERE run_id = ? AND seq > ? AND seq < ? AND {_TREE_KINDS} ORDER BY seq",
            (run_id, after, seq),
        ).fetchall()
        for _, kind, body in rows:
            site = self._next(conn, kind, json.loads(body), site)
        return site

    def before(self, conn: sqlite3.Connection, run_id: str, step: int) -> dict[str, str]:
        """The tree a step began with: what its newest output started from, else the run's tree when the step began."""
        row = self._output(conn, run_id, step)
        if row is not None:
            seq, body = row
            site = payload.applied(body, self.current(conn, run_id, seq))
            for change in body["changes"]:
                if change["before"] is None:
                    site.pop(change["path"], None)
                else:
                    site[change["path"]] = change["before"]
            return site
        started = conn.execute(
            "SELECT MAX(seq) FROM events WHERE run_id = ? AND kind = 'StepStarted' AND step = ?", (run_id, step)
        ).fetchone()[0]
        if started is None:
            raise StoreError(f"step {step} of run {run_id} has not begun")
        return self.current(conn, run_id, started)

    def after(self, conn: sqlite3.Connection, run_id: str, step: int) -> dict[str, str]:
        """The tree a step left, by its newest output."""
        row = self._output(conn, run_id, step)
        if row is None:
            raise StoreError(f"step {step} of run {run_id} has no output")
        return payload.applied(row[1], self.current(conn, run_id, row[0]))

    def _output(self, conn: sqlite3.Connection, run_id: str, step: int) -> tuple[int, dict[str, Any]] | None:
        """The newest output since the step last began."""
        row = conn.execute(
            "SELECT seq, body FROM events WHERE run_id = :run AND kind = 'OutputApplied' AND step = :step AND seq >"
            " COALESCE((SELECT MAX(seq) FROM events WHERE run_id = :run AND kind = 'StepStarted' AND step = :step), -1)"
            " ORDER BY seq DESC LIMIT 1",
            {"run": run_id, "step": step},
        ).fetchone()
        return None if row is None else (row[0], json.loads(row[1]))

    def _next(self, conn: sqlite3.Connection, kind: str, body: dict[str, Any], site: Mapping[str, str]) -> dict[str, str]:
        if kind == "RunStarted":
            return json.loads(self._blobs.read(conn, body["tree"]))
        return payload.applied(body, site)
