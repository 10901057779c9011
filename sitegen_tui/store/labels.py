"""What people labelled, oldest first, and what was drawn for them to label, with the probabilities it was drawn with."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sitegen_tui.domain.events import EVENT, LabelRecorded, LabelSkipped, LabelWithdrawn
from sitegen_tui.domain.labels import Candidate, Draw, QueuedItem
from sitegen_tui.store.connection import Connections

Make = Callable[[Sequence[Candidate], Sequence[QueuedItem], Mapping[str, float]], Draw | None]
"""Draws: from all there is, what all raters have, and each step's probability (by `run/step`) of having been drawn before."""

PEOPLES = "'LabelRecorded', 'LabelSkipped', 'LabelWithdrawn', 'OverrideRecorded'"
"""Kinds of events that people make, as the index of their events lists them."""
_ITEM = "rater, run_id, step, draw, position, action, stratum, pi"
_CANDIDATES = (
    "SELECT s.run_id, s.step, s.action, s.judged_value FROM steps s JOIN runs r ON r.run_id = s.run_id"
    " WHERE s.state = 'scored' AND s.judged_value IS NOT NULL AND r.state IN ('finished', 'cancelled')"
    " ORDER BY r.experiment, r.position, s.step"
)


class LabelBook:
    """Questions about labels and queues, and the drawing of queues. Safe to call from any thread."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def events(self) -> list[LabelRecorded | LabelSkipped | LabelWithdrawn]:
        """Everything that raters did, over all runs, oldest first."""
        with self._connections.reading() as conn:
            rows = conn.execute(
                f"SELECT body FROM events WHERE kind IN ({PEOPLES}) AND kind <> 'OverrideRecorded' ORDER BY id"  # noqa: S608  (our own words)
            ).fetchall()
        found = [EVENT.validate_json(row[0]) for row in rows]
        return [event for event in found if isinstance(event, LabelRecorded | LabelSkipped | LabelWithdrawn)]

    def raters(self) -> list[str]:
        """Who has labelled or been given something to label here, the one of last time first."""
        with self._connections.reading() as conn:
            return [row[0] for row in conn.execute("SELECT name FROM label_raters ORDER BY used_at DESC, name")]

    def use_rater(self, name: str, at: datetime) -> None:
        """Remember who labels here."""
        with self._connections.writing() as conn:
            conn.execute(
                "INSERT INTO label_raters (name, used_at) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET used_at = excluded.used_at",
                (name, at.isoformat()),
            )

    def candidates(self) -> list[Candidate]:
        """Every step that has a judge's score, of runs that are over: others may be gone on with, and take no labels meanwhile."""
        with self._connections.reading() as conn:
            return [Candidate(*row) for row in conn.execute(_CANDIDATES)]

    def items(self, rater: str | None = None) -> list[QueuedItem]:
        """What was drawn for one rater, or for all, in the order it is to be labelled in."""
        with self._connections.reading() as conn:
            rows = conn.execute(
                f"SELECT {_ITEM} FROM label_items WHERE ? IS NULL OR rater = ? ORDER BY rater, draw, position",  # noqa: S608  (columns)
                (rater, rater),
            )
            return [QueuedItem(*row) for row in rows]

    def draw(self, rater: str, at: datetime, make: Make) -> list[QueuedItem]:
        """Draw for a rater; nobody else draws meanwhile. Returns what is new; nothing where `make` gives None."""
        with self._connections.writing() as conn:
            candidates = [Candidate(*row) for row in conn.execute(_CANDIDATES)]
            items = [QueuedItem(*row) for row in conn.execute(f"SELECT {_ITEM} FROM label_items ORDER BY draw, position")]  # noqa: S608
            made = make(candidates, items, _before(_chances(conn)))
            if made is None or not made.chosen:
                return []
            cursor = conn.execute(
                "INSERT INTO label_draws (rater, seed, wanted, created_at, chances) VALUES (?, ?, ?, ?, ?)",
                (rater, made.seed, made.wanted, at.isoformat(), json.dumps(made.chances, sort_keys=True)),
            )
            number = int(cursor.lastrowid or 0)
            new = [
                QueuedItem(rater, one.run_id, one.step, number, place, one.action, one.stratum, one.pi)
                for place, one in enumerate(made.chosen, 1)
            ]
            conn.executemany(f"INSERT INTO label_items ({_ITEM}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", new)  # noqa: S608  (columns)
        return new

    def chances(self) -> list[dict[str, float]]:
        """For every draw, oldest first: probability of being drawn by `run/step`, over all that could be drawn."""
        with self._connections.reading() as conn:
            return _chances(conn)


def _chances(conn: sqlite3.Connection) -> list[dict[str, float]]:
    return [json.loads(row[0]) for row in conn.execute("SELECT chances FROM label_draws ORDER BY number")]


def _before(draws: Sequence[Mapping[str, float]]) -> dict[str, float]:
    missed: dict[str, float] = {}
    for chances in draws:
        for key, chance in chances.items():
            missed[key] = missed.get(key, 1.0) * (1 - chance)
    return {key: 1 - one for key, one in missed.items()}
