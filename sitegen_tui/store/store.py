"""The store: every event of every run in one SQLite file, appended before it is published, and the tables beside it."""

# ruff: noqa: S608 -- only names of columns and question marks are put into SQL, values are bound

from __future__ import annotations

import sqlite3
import time
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock

from sitegen_tui.domain.audits import AuditReport
from sitegen_tui.domain.events import AttemptFinished, Event, OutputApplied, RunStarted, durable
from sitegen_tui.domain.rows import (
    AttemptRow,
    ChargeRow,
    ExperimentRow,
    RunRow,
    StepRow,
    ViolationCount,
)
from sitegen_tui.domain.runs import ExperimentPlan, RunPlan, RunState
from sitegen_tui.errors import StoreError, UnknownName
from sitegen_tui.store import claims, decided, payload, queries
from sitegen_tui.store.attempts import attempt_rows
from sitegen_tui.store.blobs import Blobs, insert
from sitegen_tui.store.connection import BUSY_MS, Connections
from sitegen_tui.store.decided import Changed, Judging
from sitegen_tui.store.judgements import JudgeBook
from sitegen_tui.store.labels import PEOPLES, LabelBook
from sitegen_tui.store.ledger import Ledger, layers_text, plan_of
from sitegen_tui.store.samples import Samples
from sitegen_tui.store.trees import Trees
from sitegen_tui.store.verify import problems

_RESUMABLE = (RunState.QUEUED, RunState.RUNNING, RunState.INTERRUPTED, RunState.INCOMPLETE)
_TEXTS = (".html", ".css", ".js")
_REMEMBERED_PROMPTS = 256
_WORTH_A_DICTIONARY = 2_000
"""Bytes of a text from which on it pays to look for it in the site's files."""


class Store:
    """One database. Safe to call from any thread; errors are StoreError, and a failed write leaves everything as it was."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._blobs = Blobs()
        self._trees = Trees(self._blobs)
        self._prompts: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._guard = Lock()

    @classmethod
    def open(cls, path: Path, *, create: bool = True, read_only: bool = False, busy_ms: int = BUSY_MS) -> Store:
        """Open a database, made or brought up to date if need be; wait `busy_ms` for another writer.

        Raises StoreError, and leaves the file as it was, when it is missing and not to be made, not ours, of a newer
        version, locked, not writable, or when the disk is full.
        """
        return cls(Connections.open(path, create=create, read_only=read_only, busy_ms=busy_ms))

    @property
    def path(self) -> Path:
        """Where the database lies."""
        return self._connections.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be stored."""
        return self._connections.read_only

    @property
    def connections(self) -> Connections:
        """The connections below, for the store's own checks and measurements."""
        return self._connections

    @property
    def labels(self) -> LabelBook:
        """What people labelled, and what was drawn for them to label."""
        return LabelBook(self._connections)

    @property
    def judgements(self) -> JudgeBook:
        """What LLM judges said, and what they were measured at."""
        return JudgeBook(self._connections)

    @property
    def samples(self) -> Samples:
        """What views over many runs ask."""
        return Samples(self._connections)

    def close(self) -> None:
        """Close every thread's connection."""
        self._connections.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def create_experiment(
        self, plan: ExperimentPlan, *, simulated: frozenset[str] = frozenset(), created_at: datetime
    ) -> tuple[str, tuple[RunPlan, ...]]:
        """Store an experiment with all its runs queued; its id ("e1") and the runs' plans ("e1.1" ...)."""
        with self._connections.writing() as conn:
            number = int(conn.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM experiments").fetchone()[0])
            experiment_id = f"e{number}"
            plans = plan.runs(experiment_id, simulated)
            conn.execute(
                "INSERT INTO experiments (number, name, created_at, plan, simulated) VALUES (?, ?, ?, ?, ?)",
                (
                    number,
                    plan.name,
                    created_at.isoformat(),
                    plan.model_dump_json(),
                    ",".join(sorted(simulated)),
                ),
            )
            actions = (",".join(plan.actions),)
            conn.execute("INSERT INTO action_lists (actions) VALUES (?) ON CONFLICT (actions) DO NOTHING", actions)
            listed = int(conn.execute("SELECT id FROM action_lists WHERE actions = ?", actions).fetchone()[0])
            conn.executemany(_INSERT_RUN, [_queued(number, at, run, listed) for at, run in enumerate(plans, 1)])
            conn.executemany("INSERT INTO plans VALUES (?, ?)", [(run.run_id, run.model_dump_json()) for run in plans])
        return experiment_id, plans

    def append(self, events: Sequence[Event], blobs: Mapping[str, bytes] | None = None) -> None:
        """Store events and the contents they refer to (by sha256), in one transaction with everything derived from them.

        Ephemeral events are passed over. Raises StoreError, having stored nothing, when an event is not its run's next.
        """
        kept = [event for event in events if durable(event)]
        if not kept and not blobs:
            return
        try:
            with self._connections.writing() as conn:
                self._append(conn, kept, dict(blobs or {}))
        except BaseException:
            # What is at hand describes a database in which the transaction happened.
            self._blobs.forget()
            self._trees.forget()
            with self._guard:
                self._prompts.clear()
            raise

    def record(self, event: Event) -> Event:
        """Store a person's event (label, override) as its run's next, whatever its `seq`; the event as stored.

        Raises StoreError while another living process drives the run: it numbers the run's events.
        """
        return self.record_all([event])[0]

    def judging(self, run_id: str, step: int) -> Judging:
        """A step's newest judging, and the decisions that stand. Raises UnknownName, or StoreError for a step that is not done."""
        with self._connections.reading() as conn:
            return decided.judging(conn, run_id, step)

    def judgings(self, steps: Mapping[str, Collection[int]]) -> list[Judging]:
        """The newest judgings of some steps by run, those that are done."""
        with self._connections.reading() as conn:
            return [one for run_id, numbers in steps.items() for one in decided.judgings(conn, run_id, numbers)]

    def decided_steps(self) -> dict[tuple[str, int], float | None]:
        """The judges' own score of every step that people ever decided on, by run and step."""
        with self._connections.reading() as conn:
            return decided.decided_steps(conn)

    def flagged(self, run_ids: Collection[str], violations: Collection[str]) -> list[tuple[str, str, int]]:
        """In which steps of these runs these ids cost something: id, run and step, each once."""
        with self._connections.reading() as conn:
            return decided.flagged(conn, run_ids, violations)

    def record_all(self, events: Sequence[Event], after: Mapping[str, int] | None = None) -> list[Event]:
        """Store people's events as their runs' next, all of them or none, as `record` does.

        Raises Changed, having stored nothing, where the newest event of a run is not the one that `after` names.
        """
        numbered: list[Event] = []
        with self._connections.writing() as conn:
            living = claims.living(conn, time.time())
            next_seq: dict[str, int] = {}
            for event in events:
                if event.run_id not in next_seq:
                    queries.require_run(conn, event.run_id)
                    owner = conn.execute("SELECT owner FROM claims WHERE run_id = ?", (event.run_id,)).fetchone()
                    if owner is not None and owner[0] in living:
                        raise StoreError(
                            f"run {event.run_id} is being driven by {owner[0]}",
                            hint="labels and overrides can be given when it has finished",
                        )
                    last = conn.execute("SELECT last_seq FROM runs WHERE run_id = ?", (event.run_id,)).fetchone()
                    next_seq[event.run_id] = int(last[0]) + 1
                    if after is not None and after.get(event.run_id) != last[0]:
                        raise Changed(f"run {event.run_id} has changed meanwhile", hint="look at it again")
                numbered.append(event.model_copy(update={"seq": next_seq[event.run_id]}))
                next_seq[event.run_id] += 1
            self._append(conn, numbered, {})
        return numbered

    def events(self, run_id: str, after_seq: int = -1, *, content: bool = True) -> list[Event]:
        """A run's events after one, in order. Without `content`, prompts, replies and first sites are left empty."""
        with self._connections.reading() as conn:
            queries.require_run(conn, run_id)
            rows = conn.execute(
                "SELECT run_id, seq, kind, body FROM events WHERE run_id = ? AND seq > ? ORDER BY seq",
                (run_id, after_seq),
            ).fetchall()
            return self._decoded(conn, rows, content=content)

    def new_events(self, after_rowid: int, limit: int = 1000, *, content: bool = True) -> tuple[int, list[Event]]:
        """Events of all runs in the order they were committed, after a place; and the place to ask with next."""
        with self._connections.reading() as conn:
            rows = conn.execute(
                "SELECT run_id, seq, kind, body, id FROM events WHERE id > ? ORDER BY id LIMIT ?", (after_rowid, limit)
            ).fetchall()
            place = int(rows[-1][4]) if rows else after_rowid
            return place, self._decoded(conn, [row[:4] for row in rows], content=content)

    def last_rowid(self) -> int:
        """The place of the newest event, to begin watching from."""
        with self._connections.reading() as conn:
            return int(conn.execute("SELECT COALESCE(MAX(id), 0) FROM events").fetchone()[0])

    def touched(self, after_rowid: int) -> tuple[int, frozenset[str]]:
        """Which runs had events committed after a place, without reading them; and the place to ask with next."""
        with self._connections.reading() as conn:
            rows = conn.execute("SELECT id, run_id FROM events WHERE id > ? ORDER BY id", (after_rowid,)).fetchall()
            return (int(rows[-1][0]) if rows else after_rowid), frozenset(row[1] for row in rows)

    def decisions(self, kind: str) -> list[Event]:
        """Every event of people over all runs: `kind` is "LabelRecorded" or "OverrideRecorded"; oldest first."""
        with self._connections.reading() as conn:
            rows = conn.execute(
                f"SELECT run_id, seq, kind, body FROM events WHERE kind = ? AND kind IN ({PEOPLES}) ORDER BY id",
                (kind,),
            ).fetchall()
            return self._decoded(conn, rows, content=True)

    def experiments(self, limit: int = 200, offset: int = 0) -> list[ExperimentRow]:
        """Experiments, newest first."""
        with self._connections.reading() as conn:
            return queries.experiment_rows(conn, "1", (), limit, offset)

    def experiment_sizes(self, limit: int = 200) -> list[tuple[str, str, int]]:
        """Experiments' ids, names and numbers of runs, newest first: what a list to choose from needs."""
        with self._connections.reading() as conn:
            return queries.experiment_sizes(conn, limit)

    def experiment(self, experiment_id: str) -> ExperimentRow:
        """One experiment. Raises UnknownName."""
        with self._connections.reading() as conn:
            found = queries.experiment_rows(conn, "number = ?", (queries.number(experiment_id),), 1, 0)
            if not found:
                known = tuple(f"e{row[0]}" for row in conn.execute("SELECT number FROM experiments ORDER BY number"))
                raise UnknownName("experiment", experiment_id, known)
            return found[0]

    def runs(self, experiment_id: str | None = None, limit: int = 1000, offset: int = 0) -> list[RunRow]:
        """Runs, newest experiment first, in the order of its plan."""
        where, parameters = ("1", ()) if experiment_id is None else ("r.experiment = ?", (queries.number(experiment_id),))
        with self._connections.reading() as conn:
            return queries.run_rows(conn, claims.living(conn, time.time()), where, parameters, limit, offset)

    def run(self, run_id: str) -> RunRow:
        """One run. Raises UnknownName."""
        with self._connections.reading() as conn:
            queries.require_run(conn, run_id)
            return queries.run_rows(conn, claims.living(conn, time.time()), "r.run_id = ?", (run_id,), 1, 0)[0]

    def plan(self, run_id: str) -> RunPlan:
        """The plan a run was made from. Raises UnknownName."""
        with self._connections.reading() as conn:
            queries.require_run(conn, run_id)
            return plan_of(conn, run_id)

    def resumable(self, experiment_id: str | None = None) -> list[RunRow]:
        """Runs that are not over (or lack scores for an outside reason) and that no living process drives; oldest first."""
        where = f"r.state IN ({', '.join('?' * len(_RESUMABLE))})"
        parameters: tuple[object, ...] = tuple(state.value for state in _RESUMABLE)
        if experiment_id is not None:
            where, parameters = f"{where} AND r.experiment = ?", (*parameters, queries.number(experiment_id))
        with self._connections.reading() as conn:
            rows = queries.run_rows(conn, claims.living(conn, time.time()), where, parameters, -1, 0)
        free = [row for row in rows if row.owner is None]
        return sorted(free, key=lambda row: queries.number(row.experiment_id))

    def attempts(self, run_ids: Sequence[str]) -> list[AttemptRow]:
        """Every attempt of these runs, without its texts."""
        with self._connections.reading() as conn:
            return list(attempt_rows(conn, run_ids))

    def committed(self, experiment_id: str) -> float:
        """US dollars that an experiment has cost so far, its judges included; attempts without a price count with their most."""
        with self._connections.reading() as conn:
            number = queries.number(experiment_id)
            found = conn.execute(
                "SELECT TOTAL(usd) + TOTAL(held_usd) + TOTAL(judge_usd) FROM runs WHERE experiment = ?", (number,)
            ).fetchone()
        return float(found[0])

    def set_budget(self, experiment_id: str, usd: float) -> None:
        """Give an experiment another budget. Raises UnknownName."""
        with self._connections.writing() as conn:
            number = queries.number(experiment_id)
            row = conn.execute("SELECT plan FROM experiments WHERE number = ?", (number,)).fetchone()
            if row is None:
                raise UnknownName("experiment", experiment_id)
            plan = ExperimentPlan.model_validate_json(row[0]).model_copy(update={"budget_usd": usd})
            conn.execute("UPDATE experiments SET plan = ? WHERE number = ?", (plan.model_dump_json(), number))

    def steps(self, run_id: str) -> list[StepRow]:
        """The steps of a run that have begun, in order. Raises UnknownName."""
        with self._connections.reading() as conn:
            queries.require_run(conn, run_id)
            return queries.step_rows(conn, run_id)

    def charges(
        self,
        *,
        run_id: str | None = None,
        violation: str | None = None,
        model: str | None = None,
        action: str | None = None,
        limit: int = 1000,
        offset: int = 0,
    ) -> list[ChargeRow]:
        """Charges of every step's newest judging that match all of what is given."""
        with self._connections.reading() as conn:
            return queries.charges(conn, run_id=run_id, violation=violation, model=model, action=action, limit=limit, offset=offset)

    def violation_counts(self) -> list[ViolationCount]:
        """How often each violation cost something, and how much, per model and action."""
        with self._connections.reading() as conn:
            return queries.violation_counts(conn)

    def add_audit(self, report: AuditReport, created_at: datetime) -> None:
        """Store a finished audit of the judge."""
        layers = ",".join(report.layers)
        with self._connections.writing() as conn:
            conn.execute(
                "INSERT INTO audits (created_at, rubric, layers, report) VALUES (?, ?, ?, ?)",
                (created_at.isoformat(), report.rubric, layers, report.model_dump_json()),
            )

    def last_audit(self) -> AuditReport | None:
        """The audit stored last; None if there is none."""
        with self._connections.reading() as conn:
            found = conn.execute("SELECT report FROM audits ORDER BY number DESC LIMIT 1").fetchone()
        return AuditReport.model_validate_json(found[0]) if found else None

    def site_before(self, run_id: str, step: int) -> dict[str, str]:
        """Path to sha256 of the site a step began with. Raises StoreError if the run has not begun."""
        with self._connections.reading() as conn:
            queries.require_run(conn, run_id)
            return self._trees.before(conn, run_id, step)

    def site_after(self, run_id: str, step: int) -> dict[str, str]:
        """Path to sha256 of the site a step left, by its newest output. Raises StoreError if it has none."""
        with self._connections.reading() as conn:
            queries.require_run(conn, run_id)
            return self._trees.after(conn, run_id, step)

    def blob(self, sha: str) -> bytes:
        """A content, proved by its hash. Raises StoreError when it is not there or damaged."""
        with self._connections.reading() as conn:
            return self._blobs.read(conn, sha)

    def has_blob(self, sha: str) -> bool:
        """Whether a content is stored."""
        with self._connections.reading() as conn:
            return self._blobs.stored(conn, sha)

    def verify(self, *, contents: bool = True) -> list[str]:
        """What is wrong with the database, a sentence each; empty if it is sound.

        Runs, steps, findings and sums are derived again from the events and compared; with `contents`, every content is
        read and proved by its hash.
        """
        with self._connections.reading() as conn:
            return list(problems(conn, self._blobs, contents=contents))

    def claim(self, run_id: str, owner: str) -> bool:
        """Take a run for this process, known as `owner`; False if another living process has it."""
        with self._connections.writing() as conn:
            queries.require_run(conn, run_id)
            return claims.claim(conn, run_id, owner, time.time())

    def heartbeat(self, owner: str) -> None:
        """Say that `owner` (this process) lives; several times in `claims.HEARTBEAT_SECONDS`."""
        with self._connections.writing() as conn:
            claims.beat(conn, owner, time.time())

    def release(self, owner: str, run_id: str | None = None) -> None:
        """Give up one run, or all of them."""
        with self._connections.writing() as conn:
            claims.release(conn, owner, run_id)

    def _append(self, conn: sqlite3.Connection, events: Sequence[Event], contents: dict[str, bytes]) -> None:
        ledger = Ledger(conn)
        resembles: dict[str, tuple[str, ...]] = {}
        rows: list[tuple[str, int, str, int | None, str]] = []
        proved: set[str] = set()
        for event in events:
            ledger.apply(event)
            site = self._trees.current(conn, event.run_id, event.seq)
            body, texts = payload.encode(event, site)
            contents.update(texts)
            proved.update(texts)
            match event:
                case OutputApplied():
                    for path, sha in event.site.items():
                        before = site.get(path)
                        if before is not None and before != sha:
                            resembles.setdefault(sha, (before,))
                    self._trees.remember(event.run_id, event.seq, event.site)
                case RunStarted():
                    self._trees.remember(event.run_id, event.seq, event.site)
                case AttemptFinished():
                    self._liken(event, site, texts, resembles)
                case _:
                    pass
            rows.append((event.run_id, event.seq, event.event, getattr(event, "step", None), body))
        insert(conn, self._blobs.pack(conn, contents, resembles, proved))
        conn.executemany("INSERT INTO events (run_id, seq, kind, step, body) VALUES (?, ?, ?, ?, ?)", rows)
        ledger.settle()

    def _liken(
        self,
        event: AttemptFinished,
        site: Mapping[str, str],
        texts: Mapping[str, bytes],
        resembles: dict[str, tuple[str, ...]],
    ) -> None:
        """A prompt holds the site's texts, and its rules are those of the run's first prompt; a reply quotes the texts."""
        files = tuple(sha for path, sha in sorted(site.items()) if path.endswith(_TEXTS))
        replies = {sha256(text.encode()).hexdigest() for text in (event.attempt.reply, event.attempt.reasoning)}
        prompts = [sha for sha in texts if sha not in replies]
        with self._guard:
            first = self._prompts.get(event.run_id, ())
            if not first:
                self._prompts[event.run_id] = tuple(prompts)
                if len(self._prompts) > _REMEMBERED_PROMPTS:
                    self._prompts.popitem(last=False)
        for sha, text in texts.items():
            if len(text) >= _WORTH_A_DICTIONARY:
                resembles.setdefault(sha, (*first, *files) if sha in prompts else files)

    def _decoded(self, conn: sqlite3.Connection, rows: Sequence[tuple[str, int, str, str]], *, content: bool) -> list[Event]:
        found: list[Event] = []
        for run_id, seq, kind, body in rows:
            site = self._trees.current(conn, run_id, seq) if kind == "OutputApplied" else {}
            event = payload.decode(kind, body, site, (lambda sha: self._blobs.read(conn, sha)) if content else None)
            if isinstance(event, OutputApplied) or (content and isinstance(event, RunStarted)):
                self._trees.remember(run_id, seq, event.site)
            found.append(event)
        return found


_RUN_INSERT_COLUMNS = (
    "run_id", "experiment", "position", "model", "simulated", "template", "requirements", "repeat", "mode", "fork", "actions",
    "state", "steps_total", "layers", "full", "steps_done", "unscored", "total", "assessed", "rubric",
    "started_rubric", "input_tokens", "output_tokens", "model_ms", "judge_ms", "reason", "last_seq",
)  # fmt: skip
_INSERT_RUN = (
    f"INSERT INTO runs ({', '.join(_RUN_INSERT_COLUMNS)})"
    f" VALUES ({', '.join('?' * 15)}, 0, 0, 0.0, 0.0, 0, 0, 0, 0, 0.0, 0.0, '', -1)"
)


def _queued(experiment: int, position: int, run: RunPlan, actions: int) -> tuple[object, ...]:
    layers = layers_text(run.layers)
    return (
        run.run_id,
        experiment,
        position,
        run.model,
        int(run.simulated),
        run.pairing.template,
        run.pairing.requirements,
        run.repeat,
        run.mode,
        run.fork.key if run.fork else "",
        actions,
        RunState.QUEUED.value,
        len(run.actions),
        layers,
        int("static" in layers and "rendered" in layers),
    )
