"""The form of a fork: who goes on from a step of a run, and whether with that run's own site or with gold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from sitegen_tui.domain.pipeline import PIPELINE
from sitegen_tui.errors import SitegenError
from sitegen_tui.services.forks import ForkWanted
from sitegen_tui.tui import figures
from sitegen_tui.tui.host import sitegen_of, still_there
from sitegen_tui.tui.text import safe
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.choice_list import Choice, ChoiceList

if TYPE_CHECKING:
    from sitegen_tui.services.root import Services

STARTS = ("the run's own site before this step", "gold: the site as the reference makes it")


class ForkScreen(ModalScreen[ForkWanted | None]):
    """Says what would run before anything is started; the result is what is wanted, None for nothing."""

    CSS_PATH = "fork.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "start", "start", priority=True),
        Binding("ctrl+o", "gold", "own site or gold"),
        Binding("escape", "cancel", "back"),
    ]

    def __init__(self, services: Services, run_id: str, step: int) -> None:
        super().__init__()
        self._services = services
        self.run_id = run_id
        self.step = step
        self.gold = False
        self.wanted: ForkWanted | None = None
        self._checks = 0

    def compose(self) -> ComposeResult:
        """Models, where it begins, and what that comes to."""
        with Vertical(id="box"):
            yield Static(Content(f"Fork {self.run_id} before step {self.step} {PIPELINE[self.step - 1].id}"), id="heading")
            yield Caption("Who goes on", id="who")
            yield ChoiceList(id="models")
            yield Caption("Begin with", id="where")
            yield Button(Content(STARTS[0]), id="gold", compact=True)
            yield Static(id="sum")
            with Horizontal(id="buttons"):
                yield Button(Content("Start"), id="start", compact=True)
                yield Button(Content("Back"), id="back", compact=True)

    def on_mount(self) -> None:
        """The run's own model is marked."""
        sitegen_of(self).work(self._fill, "fork form", exclusive=True)

    async def _fill(self) -> None:
        run = await self._services.run(self.run_id)
        models = self._services.models()
        names = [info.name for info in models]
        choices = [
            Choice(info.name, info.alias or info.name, info.note, info.name == run.model, info.reachable is False)
            for info in models
        ]
        if run.model not in names:
            choices.insert(0, Choice(run.model, run.model, "as in the run", chosen=True))
        choices.sort(key=lambda choice: not choice.chosen)
        if still_there(self):
            models_list = self.query_one("#models", ChoiceList)
            models_list.set_rows(choices)
            models_list.focus()
            self._check()

    @on(ChoiceList.Changed)
    def _changed(self) -> None:
        self._check()

    def _check(self) -> None:
        self._checks += 1
        sitegen_of(self).work(partial(self._plan, self._checks), "fork check", exclusive=True)

    async def _plan(self, check: int) -> None:
        self.wanted = None
        models = self.query_one("#models", ChoiceList).chosen
        try:
            if not models:
                raise SitegenError("Choose a model: space marks the one under the cursor.")
            wanted = ForkWanted(run_id=self.run_id, step=self.step, models=models, gold=self.gold)
            plan = await self._services.plan_fork(wanted)
        except SitegenError as error:
            words, wrong = f"{error.message}\n{error.hint}".rstrip(), True
        else:
            runs = figures.plural(len(plan.models), "run")
            words = f"{runs} of {figures.plural(len(plan.actions), 'step')} each, in an experiment of their own"
            words, wrong = f"{words}\nnever put together with other runs", False
            if check == self._checks:
                self.wanted = wanted
        if still_there(self) and check == self._checks:
            field = self.query_one("#sum", Static)
            field.set_class(wrong, "wrong")
            field.update(Content(safe(words)))
            self.query_one("#start", Button).disabled = wrong
            self.refresh_bindings()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "gold":
                self.action_gold()
            case "start":
                self.action_start()
            case _:
                self.action_cancel()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a fork that can be made can be started."""
        if action == "start":
            return self.wanted is not None
        return super().check_action(action, parameters)

    def action_gold(self) -> None:
        """The run's own site, or gold."""
        self.gold = not self.gold
        self.query_one("#gold", Button).label = Content(STARTS[self.gold])
        self._check()

    def action_start(self) -> None:
        """Begin, and go to the new run."""
        if self.wanted is not None:
            self.dismiss(self.wanted)

    def action_cancel(self) -> None:
        """Nothing is started."""
        self.dismiss(None)
