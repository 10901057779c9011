"""The app: paints first, opens the services after that, moves between screens, and turns every error into a dialog."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from sitegen_tui.errors import SitegenError
from sitegen_tui.settings import collect_seldom
from sitegen_tui.tui.screens.home import HomeScreen
from sitegen_tui.tui.theme import DARK_NAME, LIGHT_NAME, THEMES
from sitegen_tui.tui.widgets.bars import hints

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sitegen_tui.domain.audits import Outcome
    from sitegen_tui.domain.findings import Charge
    from sitegen_tui.domain.insights import Scope, StepsWanted
    from sitegen_tui.domain.runs import ExperimentPlan
    from sitegen_tui.domain.violations import Catalogue
    from sitegen_tui.services.board import Board
    from sitegen_tui.services.forks import ForkWanted
    from sitegen_tui.services.plans import Wanted
    from sitegen_tui.services.root import Services
    from sitegen_tui.tui.graphics import Graphics
    from sitegen_tui.tui.kitty import Images

Opener = Callable[[Path], Awaitable["Services"]]
Demo = Literal["simulated", "local"]
FAILURES_BEFORE_GIVING_UP = 5


async def open_services(database: Path) -> Services:
    """Import and open the services; both happen outside the event loop as far as they can."""
    import asyncio
    from importlib import import_module

    root = await asyncio.to_thread(import_module, "sitegen_tui.services.root")
    await asyncio.to_thread(start_resource_tracker)
    services: Services = await root.Services.open(database)
    return services


def stay_responsive() -> None:
    """Keep garbage collection and threads from holding up the screen, once everything is loaded.

    What is there now stays until the end: searching all of it for garbage takes 80 ms at a time. A view of many runs makes so
    many rows that looking for garbage among them is up to a seventh of it. And a thread that writes
    or reads the database gives way after one millisecond instead of five.
    """
    collect_seldom()
    sys.setswitchinterval(0.001)


def start_resource_tracker() -> None:
    """Start the helper process that worker processes need, while standard error is a real file.

    It is handed `sys.stderr.fileno()`, and the stand-in that Textual puts there has none.
    """
    from multiprocessing import resource_tracker

    captured, sys.stderr = sys.stderr, sys.__stderr__ or sys.stderr
    try:
        resource_tracker.ensure_running()
    finally:
        sys.stderr = captured


class SitegenApp(App[None]):
    """Screens over one database. `services` and `board` are None until the database is open."""

    TITLE = "sitegen"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_DISPLAY = "^p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "toggle_theme", "theme", show=False),
        Binding("tab", "app.focus_next", "next pane", show=False),
        Binding("shift+tab", "app.focus_previous", "previous pane", show=False),
        Binding("ctrl+p", "command_palette", "palette", show=False, priority=True),
        Binding("q", "leave", "quit"),
        Binding("ctrl+c,ctrl+q", "leave", "quit", show=False, system=True, priority=True),
        Binding("question_mark", "help", "help"),
        Binding("f1", "help", "help", show=False),
    ]

    def __init__(
        self,
        database: Path,
        *,
        demo: Demo | None = None,
        open_run: str | None = None,
        opener: Opener = open_services,
        graphics: Graphics = "half",
    ) -> None:
        super().__init__()
        self.images: Images | None = None
        if graphics == "kitty":
            from sitegen_tui.tui.kitty import Images

            self.images = Images(self._write)
        self.database = database
        self.services: Services | None = None
        self.board: Board | None = None
        self.failures: list[BaseException] = []
        self._demo: Demo | None = demo
        self._open_run = open_run
        self._opener = opener
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK_NAME

    def get_default_screen(self) -> HomeScreen:
        """Home, with nothing below it that would have to be painted first."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Whatever takes time comes after Home is on the screen."""
        self.call_after_refresh(self.open)

    async def on_unmount(self) -> None:
        """Interrupt what runs, so that it can be resumed, and write what is in line."""
        services, self.services, self.board = self.services, None, None
        if services is not None:
            await services.close()

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave; the terminal forgets our pictures while they are still on its screen."""
        if self.images is not None:
            self.images.close()
        super().exit(result, return_code, message)

    def _write(self, text: str) -> None:
        if self._driver is not None and not self.is_headless:
            self._driver.write(text)

    # Work in the background

    def work(self, job: Callable[[], Coroutine[Any, Any, Any]], group: str, *, exclusive: bool = False) -> Worker[Any]:
        """Run a job that belongs to the app and not to a screen; what it raises becomes a dialog."""
        return self.run_worker(job, group=group, exclusive=exclusive, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The one place where a failed job ends."""
        worker: Worker[object] = cast(Any, event).worker
        if event.state is WorkerState.ERROR and worker.error is not None:
            self.show_error(worker.error)

    def _handle_exception(self, error: Exception) -> None:
        """An error of our own in a handler: say so and go on, unless it comes again and again."""
        self.failures.append(error)
        if len(self.failures) >= FAILURES_BEFORE_GIVING_UP or not self.screen_stack:
            super()._handle_exception(error)
        else:
            self.call_later(self.show_error, error)

    def show_error(self, error: BaseException) -> None:
        """An error as a dialog: what, why, what to do."""
        from sitegen_tui.tui.screens.error import ErrorDialog

        if isinstance(self.screen, ErrorDialog):
            return
        if isinstance(error, SitegenError):
            message, hint = error.message, error.hint
        else:
            if error not in self.failures:
                self.failures.append(error)
            message = f"{type(error).__name__}: {error}"
            hint = "This is a fault in the program. What has been run is safe in the database; you can go on."
        if self.services is None and not isinstance(self.screen, ErrorDialog):
            buttons = (("retry", "Try again"), ("quit", "Quit"))
            self.push_screen(ErrorDialog(message, hint, buttons), self._after_opening_failed)
        else:
            self.push_screen(ErrorDialog(message, hint))

    def _after_opening_failed(self, answer: str | None) -> None:
        if answer == "retry":
            self.open()
        else:
            self.exit()

    # Opening

    def open(self) -> None:
        """Open the database in the background."""
        self.work(self._open, "open", exclusive=True)

    async def _open(self) -> None:
        services = await self._opener(self.database)
        board = services.board()
        try:
            await board.ready()
        except BaseException:
            await services.close()
            raise
        self.services, self.board = services, board
        if not self.is_headless:
            stay_responsive()
        self.refresh_bindings()
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.tick()
        if self._demo:
            demo, self._demo = self._demo, None
            self.start(await demo_plan(services, demo))
        if self._open_run:
            run, self._open_run = self._open_run, None
            await services.run(run)
            self.open_run(run)

    @property
    def catalogue(self) -> Catalogue | None:
        """Every violation, once the services are open."""
        return self.services.catalogue if self.services else None

    # Going from screen to screen

    def open_run(self, run_id: str) -> None:
        """Show a run."""
        from sitegen_tui.tui.screens.run import RunScreen

        self.push_screen(RunScreen(run_id))

    def open_step(self, run_id: str, step: int, *, finding: int | None = None, other: str | None = None) -> None:
        """Show a step, at one of its findings if told so, beside the same step of another run if one is named."""
        from sitegen_tui.tui.screens.step import StepScreen

        self.push_screen(StepScreen(run_id, step, finding=finding, other=other))

    def open_audit(self) -> None:
        """Show how well the judge finds what is planted."""
        from sitegen_tui.tui.screens.audit import AuditScreen

        self.push_screen(AuditScreen())

    def open_templates(self) -> None:
        """Show what sites there are to run on."""
        from sitegen_tui.tui.screens.templates import TemplatesScreen

        self.push_screen(TemplatesScreen())

    def open_label(self) -> None:
        """Have somebody label steps."""
        from sitegen_tui.tui.screens.label import LabelScreen

        self.push_screen(LabelScreen())

    def open_adjudication(self, scope: Scope | None = None) -> None:
        """Show the steps on which raters differ."""
        from sitegen_tui.tui.screens.adjudicate import AdjudicateScreen

        self.push_screen(AdjudicateScreen(scope))

    def open_insights(self, experiment_id: str | None = None) -> None:
        """Show what many runs say together: of one experiment, or of all."""
        from sitegen_tui.tui.screens.insights import InsightsScreen

        self.push_screen(InsightsScreen(experiment_id))

    def open_comparison(self, first: str, second: str) -> None:
        """Show what changed from one experiment or run to another."""
        from sitegen_tui.tui.screens.insights import InsightsScreen

        self.push_screen(InsightsScreen(view="compare", options={"first": first, "second": second}))

    def open_behind(self, wanted: StepsWanted) -> None:
        """Show the steps behind a number."""
        from sitegen_tui.tui.screens.behind import BehindScreen

        self.push_screen(BehindScreen(wanted))

    def open_mutant(self, outcome: Outcome) -> None:
        """Show what was planted in a mutant and what it was charged with."""
        from sitegen_tui.tui.screens.mutant import MutantScreen

        self.push_screen(MutantScreen(outcome))

    def back(self) -> None:
        """To the screen below; Home is the last."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def explain(self, charge: Charge, action: str) -> None:
        """A finding down to its rule."""
        from sitegen_tui.tui.screens.help import Sheet
        from sitegen_tui.tui.widgets.findings_list import explanation

        catalogue = self.catalogue
        violation = catalogue.by_id.get(charge.finding.violation) if catalogue else None
        self.push_screen(Sheet("Finding", explanation(charge, violation, action)))

    def open_site(self, run_id: str, step: int, side: Literal["before", "after"]) -> None:
        """Show a step's site in the person's own browser."""
        self.work(partial(self._open_site, run_id, step, side), "open site", exclusive=True)

    async def _open_site(self, run_id: str, step: int, side: Literal["before", "after"]) -> None:
        import asyncio

        from sitegen_tui.tui.screens.error import Dialog
        from sitegen_tui.tui.visiting import visit

        if self.services is None:
            return
        address = await self.services.open_site(run_id, step, side)
        if await asyncio.to_thread(visit, address):
            self.notify(f"Opened in your browser: {address}", markup=False)
        else:
            words = (address, "No browser with a window was found here. The address works on this machine until you quit.")
            self.push_screen(Dialog(f"The site {side} step {step}", words, (("close", "Close"),)))

    # Experiments

    def new_experiment(self, wanted: Wanted | None = None) -> None:
        """The form, filled with what is wanted if that is known."""
        from sitegen_tui.tui.screens.new_experiment import NewExperimentScreen

        if self.services is not None:
            self.push_screen(NewExperimentScreen(self.services, wanted))

    def decide(self, run_id: str, step: int, place: int | None = None) -> None:
        """The form of a decision about a step; `place` is that of the finding it may be about, from 1."""
        from sitegen_tui.tui.screens.decide import DecideScreen

        if self.services is not None:
            self.push_screen(DecideScreen(self.services, run_id, step, place))

    def fork(self, run_id: str, step: int) -> None:
        """The form of a fork before a step."""
        from sitegen_tui.tui.screens.fork import ForkScreen

        if self.services is not None:
            self.push_screen(ForkScreen(self.services, run_id, step), self._forked)

    def _forked(self, wanted: ForkWanted | None) -> None:
        if wanted is not None:
            self.work(partial(self._fork, wanted), "start")

    async def _fork(self, wanted: ForkWanted) -> None:
        if self.services is None:
            return
        experiment_id = await self.services.start(await self.services.plan_fork(wanted))
        self.open_run(f"{experiment_id}.1")

    def start(self, plan: ExperimentPlan) -> None:
        """Begin an experiment and show it on Home."""
        self.work(partial(self._start, plan), "start")

    async def _start(self, plan: ExperimentPlan) -> None:
        if self.services is None:
            return
        experiment_id = await self.services.start(plan)
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.select(experiment_id)

    def cancel(self, target: str) -> None:
        """Stop a run or an experiment, after asking."""
        from sitegen_tui.tui.screens.error import Dialog

        what = "run" if "." in target else "experiment"
        words = (f"Cancel {what} {target}? What is done stays; it cannot be resumed afterwards.",)
        buttons = (("yes", f"Cancel the {what}"), ("no", "Let it go on"))

        def decided(answer: str | None) -> None:
            if answer == "yes" and self.services is not None:
                self.work(partial(self.services.cancel, target), "cancel")

        self.push_screen(Dialog(f"Cancel the {what}", words, buttons), decided)

    def resumable(self, run_id: str) -> bool:
        """Whether a run was stopped and may go on."""
        row = self.board.rows.get(run_id) if self.board else None
        return row is not None and row.owner is None and row.state in ("interrupted", "incomplete")

    def resume(self, experiment_id: str) -> None:
        """Go on with an experiment's interrupted runs."""
        self.work(partial(self._resume, experiment_id), "resume")

    async def _resume(self, experiment_id: str) -> None:
        if self.services is not None and not await self.services.resume(experiment_id):
            raise SitegenError("There is nothing to go on with.", hint="Another process may be driving these runs.")

    # Everywhere

    def action_toggle_theme(self) -> None:
        """Dark or light."""
        self.theme = LIGHT_NAME if self.theme == DARK_NAME else DARK_NAME

    def action_help(self) -> None:
        """The keys that work here."""
        from sitegen_tui.tui.screens.help import Sheet, help_lines

        self.push_screen(Sheet("Keys", help_lines(self.screen)))

    def action_leave(self) -> None:
        """Quit; asks when runs are live."""
        rows = self.board.rows.values() if self.board else ()
        live = sum(1 for row in rows if row.state == "running" and self._ours(row.owner))
        if not live:
            self.exit()
            return
        from sitegen_tui.tui.screens.error import Dialog

        if isinstance(self.screen, Dialog):
            return
        runs = "One run is" if live == 1 else f"{live} runs are"
        words = (f"{runs} live. Quitting stops after the last finished step; resume with r, or with sitegen resume.",)
        buttons = (("yes", "Quit"), ("no", "Stay"))

        def decided(answer: str | None) -> None:
            if answer == "yes":
                self.exit()

        self.push_screen(Dialog("Quit while runs are live?", words, buttons), decided)

    @staticmethod
    def _ours(owner: str | None) -> bool:
        """Whether this process drives a run of that owner: runs of others go on without us."""
        import os

        return owner is None or str(os.getpid()) in owner

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette offers what the keys do, under the same words."""
        for hint in hints(screen, everything=True):
            if hint.enabled and hint.action != "command_palette":
                yield SystemCommand(
                    hint.words[:1].upper() + hint.words[1:],
                    f"key {hint.keys}",
                    lambda action=hint.action, node=hint.node: self.call_later(self.run_action, action, node),
                )


async def demo_plan(services: Services, demo: Demo) -> ExperimentPlan:
    """A demo at a pace that can be watched."""
    from sitegen_tui.services.demo import demo_wanted, local_wanted

    return await services.plan(local_wanted() if demo == "local" else demo_wanted(watched=True))


def run_app(db: Path, *, demo: Demo | None = None, open_run: str | None = None) -> None:
    """Open the TUI on a database; returns when the person quits. Raises UsageError for a setting of pictures that is none."""
    import os

    from sitegen_tui.tui.graphics import promise_colours, way_of

    way = way_of(os.environ)
    promise_colours(way)
    SitegenApp(db, demo=demo, open_run=open_run, graphics=way.graphics).run()
