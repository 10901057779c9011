"""Read models: what screens, tables and JSON show, read in threads and calculated in workers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitegen_tui.domain.diffs import SiteDiff
from sitegen_tui.domain.insights import Scope, StepsPage, StepsWanted, View
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.domain.ports import Workers
from sitegen_tui.domain.rows import ExperimentRow, RunRow, StepRow
from sitegen_tui.domain.runs import Message, Pairing, StepState
from sitegen_tui.engine.tasks import gold_after
from sitegen_tui.errors import UnknownName, UsageError
from sitegen_tui.services.threads import Threads
from sitegen_tui.services.views import RunView, StepView, folded
from sitegen_tui.site.diff import diff_sites
from sitegen_tui.site.protocol import EDITABLE_PATHS
from sitegen_tui.store import Store

DIFFS_KEPT = 64
RUNS_SHOWN = 1000
FILES_FOLLOW = "\n\nFiles that this action may change:"
"""Where in a prompt the directive ends."""


@dataclass(frozen=True, slots=True)
class StepDetail:
    """Everything stored about one step: what the model was told, what it answered, and the sites before and after.

    `messages` are those of the first attempt; later ones are in `view.attempts`. Sites map paths to sha256; `before` is empty
    until the step has begun, `after` None as long as nothing was applied. `shots` maps `desktop-before`, `mobile-after` and so
    on to the sha256 of a picture of the page; it is empty where no browser looked.
    """

    run: RunRow
    view: StepView
    messages: tuple[Message, ...]
    before: Mapping[str, str]
    after: Mapping[str, str] | None
    shots: Mapping[str, str]


class Reads:
    """Questions to the database; none of them blocks the event loop."""

    def __init__(self, store: Store, threads: Threads, workers: Workers) -> None:
        self._store = store
        self._threads = threads
        self._workers = workers
        self._diffs: OrderedDict[tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]], SiteDiff] = OrderedDict()

    async def experiments(self, limit: int = 200, offset: int = 0) -> tuple[ExperimentRow, ...]:
        """Experiments, newest first."""
        return tuple(await self._threads.read(self._store.experiments, limit, offset))

    async def experiment(self, experiment_id: str) -> ExperimentRow:
        """One experiment. Raises UnknownName."""
        return await self._threads.read(self._store.experiment, experiment_id)

    async def runs(self, experiment_id: str | None = None, limit: int = RUNS_SHOWN, offset: int = 0) -> tuple[RunRow, ...]:
        """Runs of one experiment, or of all."""
        if experiment_id is not None:
            await self.experiment(experiment_id)
        return tuple(await self._threads.read(self._store.runs, experiment_id, limit, offset))

    async def run(self, run_id: str) -> RunRow:
        """One run. Raises UnknownName."""
        return await self._threads.read(self._store.run, run_id)

    async def steps(self, run_id: str) -> tuple[StepRow, ...]:
        """A run's steps."""
        return tuple(await self._threads.read(self._store.steps, run_id))

    async def view(self, run_id: str) -> RunView:
        """A run folded from everything stored. Raises UnknownName."""
        await self.run(run_id)
        return folded(run_id, await self._threads.read(self._store.events, run_id))

    async def insight(self, name: str, scope: Scope, options: Mapping[str, object]) -> View:
        """A view over many runs. Raises UnknownName."""
        from sitegen_tui.services.insights.samples import load

        return await self._threads.read(load, self._store, name, scope, options)

    async def steps_behind(self, wanted: StepsWanted, offset: int = 0) -> StepsPage:
        """The steps behind a number."""
        from sitegen_tui.services.insights.samples import behind

        return await self._threads.read(behind, self._store, wanted, offset)

    async def step_detail(self, run_id: str, step: int) -> StepDetail:
        """Everything about one step. Raises UnknownName for a run or a step that is not there."""
        run = await self.run(run_id)
        view = step_of(await self.view(run_id), step)
        before: Mapping[str, str] = {}
        if view.started_at is not None:
            before = await self._threads.read(self._store.site_before, run_id, step)
        messages = view.attempts[0].messages if view.attempts else ()
        return StepDetail(run=run, view=view, messages=messages, before=before, after=view.site, shots=view.shots)

    async def directive(self, run_id: str, step: int) -> str:
        """What a model was told to do in a step, without the files it was shown; '' where nothing was kept."""
        messages = (await self.step_detail(run_id, step)).messages
        told = next((message.content for message in messages if message.role == "user"), "")
        return told.split(FILES_FOLLOW, 1)[0].strip()

    async def shots(self, run_id: str, step: int) -> Mapping[str, str]:
        """The pictures that were taken of a step."""
        return (await self.step_detail(run_id, step)).shots

    async def sites(self, run_id: str, step: int) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """A step's site before and after. Raises UnknownName, or UsageError while the step has no output."""
        return await self._threads.read(_sites, self._store, run_id, step)

    async def contents(self, site: Mapping[str, str]) -> dict[str, bytes]:
        """Every file of a site."""
        return await self._threads.read(_contents, self._store, dict(site))

    async def text(self, sha: str) -> str:
        """A content as text; what is not UTF-8 shows as replacement characters."""
        return (await self._threads.read(self._store.blob, sha)).decode("utf-8", "replace")

    async def difference(self, before: Mapping[str, str], after: Mapping[str, str]) -> SiteDiff:
        """The difference of two stored sites, calculated in a worker; recent ones are kept."""
        changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
        sides = [{path: sha for path, sha in site.items() if path in changed} for site in (before, after)]
        key = (tuple(sorted(sides[0].items())), tuple(sorted(sides[1].items())))
        found = self._diffs.get(key)
        if found is None:
            old, new = [await self.contents(side) for side in sides]
            found = self._diffs[key] = await self._workers.call(diff_sites, old, new)
            while len(self._diffs) > DIFFS_KEPT:
                self._diffs.popitem(last=False)
        self._diffs.move_to_end(key)
        return found

    async def difference_from_gold(self, run: RunRow, action: str, after: Mapping[str, str]) -> SiteDiff:
        """How a stored site differs from the one the reference editor makes of the same content up to an action."""
        pairing = Pairing(template=run.template, requirements=run.requirements)
        gold = await self._workers.call(gold_after, pairing, action)
        own = await self.contents({path: sha for path, sha in after.items() if path in EDITABLE_PATHS})
        return await self._workers.call(diff_sites, {path: text.encode() for path, text in gold.items()}, own)


def step_of(view: RunView, step: int) -> StepView:
    """A step of a run. Raises UnknownName."""
    found = view.step(step)
    if found is None:
        known = tuple(str(one.step) for one in view.steps)
        raise UnknownName(f"step of {view.run_id}", str(step), known)
    return found


def write_site(files: Mapping[str, bytes], folder: Path, *, force: bool = False) -> None:
    """Write a site below a folder, made if need be.

    Raises UsageError before anything is written: for a folder that is a file or holds something (unless `force`), for a
    path that would leave the folder, and for a link in the way.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", hint="give a folder that is empty or not there yet")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise UsageError(f"{folder} is not empty", hint="give another folder, or --force to write over what is there")
    places = {path: _inside(folder, path) for path in files}
    try:
        for path, place in places.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(files[path])
    except OSError as error:
        raise UsageError(f"cannot write {error.filename or folder}: {error.strerror or error}") from error


def _inside(folder: Path, path: str) -> Path:
    parts = PurePosixPath(path).parts
    wrong = not parts or path.startswith("/") or "\\" in path or "\0" in path or ":" in parts[0]
    if wrong or any(part in ("..", ".") for part in path.split("/")):
        raise UsageError(f"{path!r} would be written outside {folder}")
    place = folder.joinpath(*parts)
    for parent in (place, *place.parents):
        if parent == folder:
            return place
        if parent.is_symlink():
            raise UsageError(f"{parent} is a link", hint="give an empty folder")
    raise UsageError(f"{path!r} would be written outside {folder}")


def _sites(store: Store, run_id: str, number: int) -> tuple[dict[str, str], dict[str, str]]:
    numbers = [BY_ID[action].number for action in store.plan(run_id).actions]
    if number not in numbers:
        raise UnknownName(f"step of {run_id}", str(number), tuple(map(str, numbers)))
    step = next((row for row in store.steps(run_id) if row.step == number), None)
    if step is None or step.state is not StepState.SCORED:
        state = step.state if step else StepState.WAITING
        raise UsageError(
            f"step {number} of run {run_id} is {state.value} and has no output",
            hint=f"sitegen show {run_id} lists the steps",
        )
    return store.site_before(run_id, number), store.site_after(run_id, number)


def _contents(store: Store, site: Mapping[str, str]) -> dict[str, bytes]:
    return {path: store.blob(sha) for path, sha in site.items()}
