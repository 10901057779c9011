"""Insights: what many runs say together, view by view, always under one set of conditions, and what was left out."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical

from sitegen_tui.domain.insights import Frame, Scope
from sitegen_tui.services.insights import INSIGHTS, Insight, insight
from sitegen_tui.services.insights.claims import published
from sitegen_tui.services.insights.guard import settings, words
from sitegen_tui.services.insights.published import PUBLISHED, PublishedTable, beside
from sitegen_tui.tui import figures
from sitegen_tui.tui.insights.base import SIMULATED, InsightPane, pane_of
from sitegen_tui.tui.insights.published import PublishedPane
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.screens.base import LiveScreen
from sitegen_tui.tui.text import one_line, wrap
from sitegen_tui.tui.widgets.bars import Caption, Tab, TabStrip
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.painted import PaintedSentences

if TYPE_CHECKING:
    from textual.events import Resize

    from sitegen_tui.domain.insights import View
    from sitegen_tui.services.root import Services

SECONDS_BETWEEN = 1.0
SHARE_OF_TIME = 4
"""A view that takes long to read is read again only after so many times as long."""
MOST_LINES = 5
"""Of what is said above a pane."""
VIEWS = Binding.Group("views", compact=True)


def _published_beside(view: View, services: Services) -> PublishedTable | None:
    return beside(view, published(), {model.name: model.alias for model in services.models() if model.alias})


class ViewList(LineList[Insight]):
    """The views, by number."""

    def key_of(self, row: Insight) -> str:
        """Its name."""
        return row.name

    def paint_row(self, row: Insight, line: Line, part: int) -> None:
        """Number and title."""
        palette = self.palette
        number = next(place for place, one in enumerate(INSIGHTS, 1) if one.name == row.name)
        line.add(f"{number:>2} " if number < 10 else "   ", palette.key)
        line.add(one_line(row.title), palette.strong if row.name == self.cursor_key else palette.text)


class FrameLines(PaintedSentences):
    """What is compared, what has to be said of it, and what was left out; as many lines as it takes, up to a few."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._said: tuple[tuple[str, str], ...] = ()

    def show(self, said: tuple[tuple[str, str], ...]) -> None:
        """Sentences, each with the name of its style."""
        if said != self._said:
            self._said = said
            self._break(self.size.width)

    def on_resize(self, event: Resize) -> None:
        """Sentences are broken where lines end."""
        self._break(event.size.width)

    def _break(self, width: int) -> None:
        lines = [(part, style) for text, style in self._said for part in wrap(one_line(text), max(20, width - 2))]
        if len(lines) > MOST_LINES:
            lines[MOST_LINES - 1 :] = [(f"{lines[MOST_LINES - 1][0].rstrip()} …", "muted")]
        self.put(lines)


class InsightsScreen(LiveScreen):
    """Views at the left or in tabs, the chosen one's pane beside it. Loaded in threads, again when runs have gone on."""

    CSS_PATH = "insights.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "view(-1)", "previous view", group=VIEWS),
        Binding("right_square_bracket", "view(1)", "next view", group=VIEWS),
        *(Binding(str(number), f"pick({number})", "view", show=False) for number in range(1, 10)),
        Binding("g", "group", "other conditions"),
        Binding("p", "published", "published figures"),
        Binding("e", "everything", "all experiments or one"),
        Binding("escape", "back", "back"),
    ]

    def __init__(
        self, experiment_id: str | None = None, view: str = INSIGHTS[0].name, options: dict[str, object] | None = None
    ) -> None:
        super().__init__()
        self._options = options
        self.experiment_id = experiment_id
        self.scope = Scope(experiments=(experiment_id,) if experiment_id else ())
        self.chosen: Insight = insight(view)
        self.frame: Frame | None = None
        self._published = False
        self._loading = False
        self._stale = True
        self._revision = -1
        self._enter = False
        self._next = 0.0

    def compose_body(self) -> ComposeResult:
        """List of views, and a room for panes."""
        yield TabStrip([Tab(one.name, one.title) for one in INSIGHTS], id="tabs")
        with Horizontal(id="body"):
            yield ViewList(id="views")
            with Vertical(id="room"):
                yield Caption(id="question")
                yield FrameLines(id="frame")
                yield Container(id="panes")
                yield PublishedPane(id="published")

    def on_mount(self) -> None:
        """The first view."""
        super().on_mount()
        views = self.query_one(ViewList)
        views.set_rows(INSIGHTS)
        views.move_to(self.chosen.name)
        self.query_one(PublishedPane).display = False
        self._pick(self.chosen)
        if not self.narrow_tabs:
            views.focus()
        self.tick()

    @property
    def narrow_tabs(self) -> bool:
        """Whether views are tabs."""
        return self.sitegen.size.width < 100

    @property
    def pane(self) -> InsightPane | None:
        """The pane of the chosen view, once it is there."""
        found = self.query(f"#pane-{self.chosen.name}").results(InsightPane)
        return next(iter(found), None)

    def tick(self) -> None:
        """Load again when runs have gone on, or when something else is asked for."""
        board, services, pane = self.sitegen.board, self.sitegen.services, self.pane
        if board is None or services is None or pane is None or not self.alive or self._loading:
            return
        if not self._stale and (board.revision == self._revision or time.monotonic() < self._next):
            return
        self._stale, self._loading = False, True
        self._revision = board.revision
        self.sitegen.work(partial(self._load, pane, self.scope), "insights")

    async def _load(self, pane: InsightPane, scope: Scope) -> None:
        services = self.sitegen.services
        began = time.monotonic()
        try:
            if services is None:
                return
            view = await pane.load(services, scope)
            wanted = self._published and self.chosen.name in PUBLISHED
            found = await asyncio.to_thread(_published_beside, view, services) if wanted else None
            if self.alive and pane is self.pane and scope == self.scope:
                self._show(pane, view, found)
        finally:
            took = time.monotonic() - began
            self._loading, self._next = False, time.monotonic() + max(SECONDS_BETWEEN, SHARE_OF_TIME * took)

    def _show(self, pane: InsightPane, view: View, found: PublishedTable | None) -> None:
        self.frame = view
        pane.show(view)
        self._show_published(found)
        if self._enter or (self.focused is None and self.narrow_tabs):
            self._enter = False
            pane.take_focus()
        said = list(self._about(view))
        said += [(note[:1].upper() + note[1:], "muted") for note in view.notes]
        if view.apart:
            told = settings(view)
            said.append((told[:1].upper() + told[1:], "warn"))
        if view.left_out:
            said.append((f"Left out: {'; '.join(view.left_out)}", "warn"))
        self.query_one(FrameLines).show(tuple(said))
        status = [(f"{SIMULATED} simulated  ", "warn")] if view.simulated else []
        about = f"experiment {self.experiment_id}" if self.scope.experiments else "all experiments"
        self.top.show(
            ("sitegen", "insights", self.chosen.title), (*status, (about if self.chosen.of_runs else "published figures", "muted"))
        )
        self.refresh_bindings()

    def _about(self, frame: Frame | None) -> tuple[tuple[str, str], ...]:
        """What is compared, which is so for every view of runs."""
        if frame is None or frame.conditions is None or not self.chosen.of_runs:
            return ()
        runs = next((group.complete for group in frame.groups if group.conditions == frame.conditions), 0)
        return ((f"{words(frame.conditions)}, {figures.plural(runs, 'complete run')}", "text"),)

    def _pick(self, one: Insight) -> None:
        self.chosen = one
        self.query_one("#question", Caption).show(one.question)
        tabs = self.query_one(TabStrip)
        tabs.show(tabs.tabs, one.name)
        panes = self.query_one("#panes")
        pane = self.pane
        if pane is None:
            pane = pane_of(one)
            if self._options is not None:
                pane.options, self._options = self._options, None
            panes.mount(pane)
        had = self.focused is not None and any(isinstance(parent, InsightPane) for parent in self.focused.ancestors)
        for other in panes.query_children(InsightPane):
            other.display = other is pane
        # What was said of the view before does not hold for this one.
        self.query_one(FrameLines).show(self._about(self.frame))
        self._stale = True
        self._enter = had or self.narrow_tabs
        self.top.show(("sitegen", "insights", one.title))
        self.call_after_refresh(self.tick)

    @on(LineList.Moved, "#views")
    def _view_moved(self, event: LineList.Moved) -> None:
        if event.key is not None and event.key != self.chosen.name:
            self._pick(insight(event.key))

    @on(LineList.Chosen, "#views")
    def _view_chosen(self) -> None:
        pane = self.pane
        if pane is not None:
            pane.take_focus()

    @on(TabStrip.Picked, "#tabs")
    def _tab_picked(self, event: TabStrip.Picked) -> None:
        self.query_one(ViewList).move_to(event.name)

    @on(InsightPane.Stale)
    def _pane_stale(self) -> None:
        self._stale = True
        self.tick()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        match action:
            case "group":
                return self.frame is not None and len(self.frame.groups) > 1
            case "published":
                return self.chosen.name in PUBLISHED
            case "everything":
                return self.experiment_id is not None and self.chosen.of_runs
            case "view":
                return self.query_one(ViewList).can_move(int(str(parameters[0]))) if self.is_mounted else True
            case _:
                return super().check_action(action, parameters)

    def action_view(self, step: int) -> None:
        """The view before or after."""
        self.query_one(ViewList).action_move(step)

    def action_pick(self, number: int) -> None:
        """A view by its number."""
        if number <= len(INSIGHTS):
            self.query_one(ViewList).move_to(INSIGHTS[number - 1].name)

    def action_published(self) -> None:
        """Show or hide the shipped study's figures under ours."""
        self._published = not self._published
        self._stale = True
        self.tick()

    def _show_published(self, found: PublishedTable | None) -> None:
        shown = self.query_one(PublishedPane)
        shown.display = found is not None
        if found is not None:
            shown.show(found)

    def action_group(self) -> None:
        """The next group of comparable runs."""
        frame = self.frame
        if frame is None or not frame.groups:
            return
        conditions = [group.conditions for group in frame.groups]
        at = conditions.index(frame.conditions) if frame.conditions in conditions else -1
        self._rescope(self.scope.model_copy(update={"conditions": conditions[(at + 1) % len(conditions)]}))

    def action_everything(self) -> None:
        """All experiments, or the one we came from."""
        if self.experiment_id is not None:
            self._rescope(Scope(experiments=() if self.scope.experiments else (self.experiment_id,)))

    def _rescope(self, scope: Scope) -> None:
        self.scope, self._stale = scope, True
        self.tick()

    def action_back(self) -> None:
        """To where we came from."""
        self.sitegen.back()
