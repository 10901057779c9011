"""The form of a new experiment: models, sites, repeats and the rest; says what would run before anything is started."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Input, Label, Static

from sitegen_tui.errors import SitegenError
from sitegen_tui.tui.figures import plural
from sitegen_tui.tui.host import sitegen_of, still_there
from sitegen_tui.tui.widgets.bars import Caption, KeyBar, TopLine
from sitegen_tui.tui.widgets.choice_list import Choice, ChoiceList

if TYPE_CHECKING:
    from sitegen_tui.domain.models import ModelInfo
    from sitegen_tui.domain.runs import ExperimentPlan
    from sitegen_tui.services.plans import Wanted
    from sitegen_tui.services.root import Services
    from sitegen_tui.tui.app import SitegenApp

MODES: tuple[tuple[Literal["chain", "isolated"], str], ...] = (
    ("chain", "chain: each step goes on with the model's own site"),
    ("isolated", "isolated: each step starts from the reference site"),
)

JUDGES: tuple[tuple[tuple[str, ...], str], ...] = (
    ((), "files, and the rendered page where a browser is"),
    (("static",), "files alone: fast, and scores are partial"),
)

FIRST_MODELS = ("reference", "simulated/typical")
FIRST_TEMPLATE = "safari-lodge"


class FieldError(Exception):
    """A field that cannot be used as it is; says what to do."""


class NewExperimentScreen(Screen[None]):
    """Everything that makes up an experiment, with sensible values already there."""

    CSS_PATH = "new_experiment.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-middle"), (46, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "start", "start", priority=True),
        Binding("ctrl+o", "mode", "chain or isolated"),
        Binding("tab", "app.focus_next", "next field"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, services: Services, wanted: Wanted | None = None) -> None:
        super().__init__()
        self._services = services
        self._wanted = wanted
        self._mode = int(wanted is not None and wanted.mode == "isolated")
        self._judges = int(wanted is not None and wanted.judges == JUDGES[1][0])
        self._plan: ExperimentPlan | None = None
        self._checks = 0

    def compose(self) -> ComposeResult:
        """Two lists, a few fields, and a sentence about what it comes to."""
        yield TopLine(id="top")
        with VerticalScroll(id="form", can_focus=False):
            with Container(id="lists"):
                with Vertical(classes="choice"):
                    yield Caption("Models")
                    yield ChoiceList(id="models")
                with Vertical(classes="choice"):
                    yield Caption("Sites")
                    yield ChoiceList(id="sites")
            wanted = self._wanted
            repeats, seed = (str(wanted.repeat), str(wanted.seed)) if wanted else ("1", "0")
            with Container(id="fields"):
                for name, label, value, hint in (
                    ("others", "other models", "", "openai/MODEL@http://127.0.0.1:8080/v1, replay/e1.1 …"),
                    ("name", "name", "", "made from models and sites"),
                    ("repeats", "repeats", repeats, "1 to 1000"),
                    ("jobs", "runs at once", "4", "1 to 64"),
                    ("seed", "seed", seed, "the same seed gives the same results"),
                    ("pace", "tokens a second", "", "of offline models; empty: as fast as they can"),
                    ("budget", "budget, US dollars", "", "empty: none; nothing is asked that could exceed it"),
                ):
                    with Horizontal(classes="field"):
                        yield Label(label)
                        yield Input(value, placeholder=hint, id=name, compact=True)
                for name, label, first in (
                    ("mode", "mode", MODES[self._mode][1]),
                    ("judges", "judged by", JUDGES[self._judges][1]),
                ):
                    with Horizontal(classes="field"):
                        yield Label(label)
                        yield Button(Content(first), id=name, compact=True)
            yield Static(id="sum")
            with Horizontal(id="buttons"):
                yield Button(Content("Start"), id="start", compact=True)
                yield Button(Content("Back"), id="back", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the lists; reading the shelf of templates may take a moment."""
        self.query_one(TopLine).show(("sitegen", "new experiment"))
        self._app.work(self._fill, "form", exclusive=True)

    @property
    def _app(self) -> SitegenApp:
        return sitegen_of(self)

    async def _fill(self) -> None:
        models = self._services.models()
        pairings = await asyncio.to_thread(self._pairings)
        if not still_there(self):
            return
        wanted = self._wanted
        asked = wanted.models if wanted else FIRST_MODELS
        chosen = self.query_one("#models", ChoiceList)
        chosen.set_rows(
            [
                Choice(
                    info.name,
                    (info.alias or info.name)
                    + ("  simulated" if info.simulated and not info.name.startswith("simulated/") else ""),
                    _noted(info),
                    chosen=info.name in asked,
                    barred=info.reachable is False,
                )
                for info in models
            ]
        )
        if wanted:
            listed = {info.name for info in models}
            self.query_one("#others", Input).value = " ".join(name for name in asked if name not in listed)
        first = next((pair for pair in pairings if pair[0] == FIRST_TEMPLATE), pairings[0] if pairings else None)
        marked = {pair for pair in pairings if pair[1] in wanted.requirements} if wanted else {first}
        sites = self.query_one("#sites", ChoiceList)
        sites.set_rows([Choice("\n".join(pair), " · ".join(pair), chosen=pair in marked) for pair in pairings])
        if sites.chosen:
            sites.move_to(sites.chosen[0])
        chosen.focus()
        self._check()

    def _pairings(self) -> list[tuple[str, str]]:
        library = self._services.library
        return [(template, pack) for template in library.template_ids() for pack in library.packs_for(template)]

    @on(ChoiceList.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        self._check()

    def _check(self) -> None:
        self._checks += 1
        self._app.work(partial(self._make_plan, self._checks), "form check", exclusive=True)

    async def _make_plan(self, check: int) -> None:
        from sitegen_tui.services.plans import Wanted

        self._plan = None
        try:
            others = self.query_one("#others", Input).value.replace(",", " ").split()
            models = (*self.query_one("#models", ChoiceList).chosen, *others)
            pairs = [value.split("\n") for value in self.query_one("#sites", ChoiceList).chosen]
            if not models:
                raise FieldError("Choose a model: space marks the one under the cursor.")
            if not pairs:
                raise FieldError("Choose a site: space marks the one under the cursor.")
            wanted = Wanted(
                name=self.query_one("#name", Input).value.strip()[:200] or None,
                models=models,
                templates=tuple(dict.fromkeys(pair[0] for pair in pairs)),
                requirements=tuple(pair[1] for pair in pairs),
                repeat=self._whole("repeats", "repeats", 1, 1000),
                jobs=self._whole("jobs", "runs at once", 1, 64),
                seed=self._whole("seed", "the seed", 0, 2**31),
                pace=self._amount("pace", "tokens a second"),
                budget=self._amount("budget", "the budget"),
                judges=JUDGES[self._judges][0],
                mode=MODES[self._mode][0],
                actions=self._wanted.actions if self._wanted else (),
            )
            plan = await self._services.plan(wanted)
        except FieldError as error:
            self._say(str(error), wrong=True)
        except SitegenError as error:
            self._say(f"{error.message}\n{error.hint}", wrong=True)
        else:
            if check == self._checks and still_there(self):
                self._plan = plan
                self._say(self._sentence(plan))
        self.refresh_bindings()

    def _whole(self, field: str, words: str, least: int, most: int) -> int:
        text = self.query_one(f"#{field}", Input).value.strip()
        if not text.isdecimal() or not least <= int(text) <= most:
            raise FieldError(f"For {words}, give a whole number from {least} to {most:,}.")
        return int(text)

    def _amount(self, field: str, words: str) -> float | None:
        text = self.query_one(f"#{field}", Input).value.strip().removeprefix("$")
        if not text:
            return None
        try:
            amount = float(text)
        except ValueError:
            amount = 0.0
        if not 0 < amount <= 1_000_000:
            raise FieldError(f"For {words}, give a number above 0, or nothing.")
        return amount

    def _sentence(self, plan: ExperimentPlan) -> str:
        models, sites = len(plan.models), len(plan.pairings)
        runs = models * sites * plan.repeats
        times = f" × {plural(plan.repeats, 'repeat')}" if plan.repeats > 1 else ""
        return (
            f"{plural(models, 'model')} × {plural(sites, 'site')}{times} = {plural(runs, 'run')}, "
            f"{runs * len(plan.actions):,} steps, {min(plan.jobs, runs)} at once"
        )

    def _say(self, words: str, *, wrong: bool = False) -> None:
        if still_there(self):
            field = self.query_one("#sum", Static)
            field.set_class(wrong, "wrong")
            field.update(Content(words))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a plan that holds can be started."""
        if action == "start":
            return self._plan is not None
        return super().check_action(action, parameters)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._app.action_focus_next()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "mode":
                self.action_mode()
            case "judges":
                self._judges = (self._judges + 1) % len(JUDGES)
                self.query_one("#judges", Button).label = Content(JUDGES[self._judges][1])
                self._check()
            case "start":
                self.action_start()
            case _:
                self.action_back()

    def action_mode(self) -> None:
        """The other way to chain steps."""
        self._mode = (self._mode + 1) % len(MODES)
        self.query_one("#mode", Button).label = Content(MODES[self._mode][1])
        self._check()

    def action_start(self) -> None:
        """Begin, and go to Home to watch."""
        plan = self._plan
        if plan is not None:
            self._app.back()
            self._app.start(plan)

    def action_back(self) -> None:
        """To Home; nothing is started."""
        self._app.back()


def _noted(info: ModelInfo) -> str:
    """What to know before choosing a model: what stands in the way of asking it, or its price and what it is."""
    price = f"${info.price.input:g} / ${info.price.output:g} a million tokens" if info.price and info.price.output else ""
    parts = (info.note, price) if info.reachable is False else (price, info.note)
    return "  ".join(part for part in parts if part)
