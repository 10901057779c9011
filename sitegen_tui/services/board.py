"""The board: a row for every run and experiment, kept up to date by events, for lists that never ask the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence

from sitegen_tui.domain.events import Event, TokenDelta, durable
from sitegen_tui.domain.rows import ExperimentRow, RunRow
from sitegen_tui.domain.runs import RunState, StepState, Usage, total_usage
from sitegen_tui.errors import StoreError
from sitegen_tui.services.live import LiveRuns, Pulse
from sitegen_tui.services.views import RunView, StepView

REFRESH_SECONDS = 0.25
"""How long an experiment's sums may lag behind its runs' rows."""

SWEEP_SECONDS = 5.0
"""How often runs of other processes are looked at though they tell nothing."""

ReadExperiments = Callable[[], Awaitable[Sequence[ExperimentRow]]]
ReadExperiment = Callable[[str], Awaitable[ExperimentRow]]
ReadRuns = Callable[[str | None], Awaitable[Sequence[RunRow]]]


class Board:
    """Rows by id, newest experiment first as the database lists them.

    Rows of runs that this process drives are folded from events; all others are read again when the database says that
    they changed (`placed` is awaited before the first reading: from then on no change goes untold). `rows` and
    `experiments` are to be looked at, never changed; `revision` grows with each change.
    """

    def __init__(
        self,
        runs: LiveRuns,
        placed: Callable[[], Awaitable[None]],
        read_experiments: ReadExperiments,
        read_experiment: ReadExperiment,
        read_runs: ReadRuns,
    ) -> None:
        self.rows: dict[str, RunRow] = {}
        self.experiments: dict[str, ExperimentRow] = {}
        self.revision = 0
        self._runs = runs
        self._placed = placed
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
        if isinstance(event, TokenDelta):
            return
        entry = self._runs.get(event.run_id)
        row = self.rows.get(event.run_id)
        if entry is None or row is None:
            self.invalidate((event.run_id,))
            return
        self._put(folded_row(row, entry.view))
        if durable(event):
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
        await self._placed()
        self.experiments = {row.id: row for row in await self._read_experiments()}
        for row in await self._read_runs(None):
            entry = self._runs.get(row.run_id)
            self.rows[row.run_id] = folded_row(row, entry.view) if entry is not None and entry.driven else row
        self._beat()

    async def _refresh(self) -> None:
        await asyncio.wait([self._loading])
        while True:
            try:
                async with asyncio.timeout(SWEEP_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                self._stale_runs |= self._driven_elsewhere()
            self._wake.clear()
            runs, self._stale_runs = self._stale_runs, set()
            sums, self._stale_sums = self._stale_sums, set()
            try:
                for experiment_id in runs:
                    await self.reload(experiment_id)
                for experiment_id in sums - runs:
                    self.experiments[experiment_id] = await self._read_experiment(experiment_id)
            except StoreError:
                # Another process may hold the database for a moment: what was not read is read next time.
                self._stale_runs |= runs
                self._stale_sums |= sums
                self._wake.set()
            if runs or sums:
                self._beat()
            await asyncio.sleep(REFRESH_SECONDS)

    def _driven_elsewhere(self) -> set[str]:
        """Experiments with a running run of another process, which may have died without a word."""
        return {row.experiment_id for row in self.rows.values() if row.state is RunState.RUNNING and not self._is_mine(row)}

    def _is_mine(self, row: RunRow) -> bool:
        entry = self._runs.get(row.run_id)
        return entry is not None and entry.driven


def experiment_of(run_id: str) -> str:
    """The experiment a run belongs to: run ids are the experiment's with a number after a dot."""
    return run_id.rpartition(".")[0]


def folded_row(row: RunRow, view: RunView) -> RunRow:
    """A run's row brought up to what its view says."""
    if view.seq < 0:
        return row
    valued = [step.score for step in view.steps if step.value is not None and step.score is not None]
    layers = {score.layers for score in valued}
    rubrics = {score.rubric for score in valued}
    usage = [_usage(step) for step in view.steps]
    begun = [step.step for step in view.steps if step.started_at is not None]
    changes: dict[str, object] = {
        "state": view.state,
        "current_step": begun[-1] if begun else row.current_step,
        "steps_done": view.scored,
        "unscored": sum(1 for step in view.steps if step.state is StepState.UNSCORED and step.value is None),
        "total": view.total,
        "assessed": sum(score.assessed for score in valued),
        "full": all(score.full for score in valued) if valued else row.full,
        "layers": (next(iter(layers)) if len(layers) == 1 else ()) if layers else row.layers,
        "rubric": (next(iter(rubrics)) if len(rubrics) == 1 else 0) if rubrics else view.rubric,
        "prompt": view.prompt,
        "input_tokens": sum(one.input_tokens for one in usage),
        "output_tokens": sum(one.output_tokens for one in usage),
        "usd": view.usd,
        "unpriced": view.unpriced,
        "judge_usd": view.judge_usd,
        "judge_unpriced": view.judge_unpriced,
        "model_ms": sum(step.model_ms or sum(one.total_ms for one in step.attempts) for step in view.steps),
        "judge_ms": sum(step.judge_ms for step in view.steps),
        "started_at": view.started_at,
        "finished_at": view.finished_at,
        "reason": view.reason,
        "waiting": view.waiting.words() if view.waiting else "",
        "owner": row.owner if view.state is RunState.RUNNING else None,
    }
    return row.model_copy(update=changes)


def _usage(step: StepView) -> Usage:
    """Tokens and dollars of a step: what its score tells, else what its attempts have used so far."""
    return step.usage if step.score is not None else total_usage(step.attempts)
