"""The board: a row for every run and experiment, kept up to date by events, for lists that never ask the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence

from sitegen_tui.domain.events import Event, durable
from sitegen_tui.domain.rows import ExperimentRow, RunRow
from sitegen_tui.domain.runs import StepState
from sitegen_tui.services.live import LiveRuns, Pulse
from sitegen_tui.services.views import RunView

REFRESH_SECONDS = 0.25
"""How long an experiment's sums may lag behind its runs' rows."""

ReadExperiments = Callable[[], Awaitable[Sequence[ExperimentRow]]]
ReadExperiment = Callable[[str], Awaitable[ExperimentRow]]
ReadRuns = Callable[[str | None], Awaitable[Sequence[RunRow]]]


class Board:
    """Rows by id, newest experiment first as the database lists them.

    Rows of runs that this process drives are folded from events; all others are read again when the database says that
    they changed. `rows` and `experiments` are to be looked at, never changed; `revision` grows with each change.
    """

    def __init__(
        self,
        runs: LiveRuns,
        read_experiments: ReadExperiments,
        read_experiment: ReadExperiment,
        read_runs: ReadRuns,
    ) -> None:
        self.rows: dict[str, RunRow] = {}
        self.experiments: dict[str, ExperimentRow] = {}
        self.revision = 0
        self._runs = runs
        self._read_experiments = read_experiments
        self._read_experiment = read_experiment
        self._read_runs = read_runs
        self._pulse = Pulse()
        self._seen = -1
        self._stale_sums: set[str] = set()
        self._stale_runs: set[str] = set()
        self._wake = asyncio.Event()
        self._loading = asyncio.create_task(self._load(), name="board")
        self._refreshing = asyncio.create_task(self._refresh(), name="board refresh")

    async def ready(self) -> Board:
        """Wait until the stored rows are there. Raises StoreError."""
        await asyncio.shield(self._loading)
        return self

    async def changed(self) -> Board:
        """Wait until something differs from what the last `changed` returned; returns at once if it already does."""
        while self.revision == self._seen:
            await self._pulse.next()
        self._seen = self.revision
        return self

    def runs_of(self, experiment_id: str) -> tuple[RunRow, ...]:
        """Rows of one experiment, in order of its runs."""
        return tuple(row for row in self.rows.values() if row.experiment_id == experiment_id)

    def fold(self, event: Event) -> None:
        """Take in an event of a run that this process drives, after its view has."""
        if not durable(event):
            return
        entry = self._runs.get(event.run_id)
        row = self.rows.get(event.run_id)
        if entry is None or row is None:
            self.invalidate((event.run_id,))
            return
        self._put(folded_row(row, entry.view))
        self._stale(experiment_of(event.run_id))

    def invalidate(self, run_ids: Iterable[str]) -> None:
        """Read these runs again: another process has changed them, or they are new."""
        for run_id in run_ids:
            self._stale_runs.add(experiment_of(run_id))
            self._stale(experiment_of(run_id))

    async def reload(self, experiment_id: str) -> None:
        """Read one experiment and its runs again, now."""
        experiment = await self._read_experiment(experiment_id)
        rows = await self._read_runs(experiment_id)
        if experiment_id not in self.experiments:
            self.experiments = {experiment_id: experiment, **self.experiments}
        else:
            self.experiments[experiment_id] = experiment
        for row in rows:
            entry = self._runs.get(row.run_id)
            self._put(folded_row(row, entry.view) if entry is not None and entry.driven else row)

    def close(self) -> None:
        """Stop following."""
        self._loading.cancel()
        self._refreshing.cancel()

    def _put(self, row: RunRow) -> None:
        self.rows[row.run_id] = row
        self._beat()

    def _beat(self) -> None:
        self.revision += 1
        self._pulse.beat()

    def _stale(self, experiment_id: str) -> None:
        self._stale_sums.add(experiment_id)
        self._wake.set()

    async def _load(self) -> None:
        self.experiments = {row.id: row for row in await self._read_experiments()}
        for row in await self._read_runs(None):
            entry = self._runs.get(row.run_id)
            self.rows[row.run_id] = folded_row(row, entry.view) if entry is not None and entry.driven else row
        self._beat()

    async def _refresh(self) -> None:
        await asyncio.shield(self._loading)
        while True:
            await self._wake.wait()
            self._wake.clear()
            runs, self._stale_runs = self._stale_runs, set()
            sums, self._stale_sums = self._stale_sums, set()
            for experiment_id in runs:
                await self.reload(experiment_id)
            for experiment_id in sums - runs:
                self.experiments[experiment_id] = await self._read_experiment(experiment_id)
            self._beat()
            await asyncio.sleep(REFRESH_SECONDS)


def experiment_of(run_id: str) -> str:
    """The experiment a run belongs to: run ids are the experiment's with a number after a dot."""
    return run_id.rpartition(".")[0]


def folded_row(row: RunRow, view: RunView) -> RunRow:
    """A run's row brought up to what its view says."""
    if view.seq < 0:
        return row
    scores = [step.score for step in view.steps if step.score is not None]
    layers = {score.layers for score in scores}
    rubrics = {score.rubric for score in scores}
    usage, current = view.usage, view.current
    return row.model_copy(
        update={
            "state": view.state,
            "current_step": current.step if current else None,
            "steps_done": view.scored,
            "unscored": sum(1 for step in view.steps if step.state is StepState.UNSCORED),
            "total": view.total,
            "assessed": view.assessed,
            "full": bool(scores) and view.full,
            "layers": layers.pop() if len(layers) == 1 else row.layers if not layers else (),
            "rubric": rubrics.pop() if len(rubrics) == 1 else row.rubric if not rubrics else 0,
            "input_tokens": usage.input_tokens,
            "output_tokens": usage.output_tokens,
            "usd": usage.usd,
            "model_ms": sum(step.model_ms for step in view.steps),
            "judge_ms": sum(step.judge_ms for step in view.steps),
            "started_at": view.started_at,
            "finished_at": view.finished_at,
            "reason": view.reason,
        }
    )
