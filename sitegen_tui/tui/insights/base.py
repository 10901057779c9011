"""What panes of the Insights screen share: how a pane is loaded, shown, and opened down to the steps behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from sitegen_tui.domain.insights import last_part
from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.errors import UnknownName
from sitegen_tui.services.insights import Insight
from sitegen_tui.tui.host import sitegen_of
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from sitegen_tui.domain.insights import Scope, StepsWanted, View
    from sitegen_tui.services.root import Services


SIMULATED = "~"
"""Stands before the short name of a model that is no real one."""


class InsightPane(Vertical):
    """One view. Subclasses compose lists, give `show(view)`, and `behind(key)` for what Enter opens.

    `options` are what the view's loader takes besides the scope; a pane whose options have changed posts `Stale`.
    """

    DEFAULT_CSS = """
    InsightPane { height: 1fr; }
    """

    class Stale(Message):
        """The view has to be loaded again: an option has changed."""

    def __init__(self, insight: Insight) -> None:
        super().__init__(id=f"pane-{insight.name}")
        self.insight = insight
        self.options: dict[str, object] = {}

    async def load(self, services: Services, scope: Scope) -> View:
        """The view's numbers; nothing of it happens in the event loop."""
        return await services.insight(self.insight.name, scope, **self.options)

    def show(self, view: View) -> None:
        """Show these numbers; a cursor stays on its row, a scrolled list where it is."""
        raise NotImplementedError

    def behind(self, key: str) -> StepsWanted | None:
        """The steps behind the row of that key, or behind the cell under the cursor; None where there are none."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Keys go to the pane's first list."""
        for one in self.query("*").results():
            if one.focusable:
                one.focus()
                return

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        wanted = self.behind(event.key)
        if wanted is not None:
            sitegen_of(self).open_behind(wanted)


class ReferencePane(InsightPane):
    """A view that sets models beside one of them, which a key changes. Subclasses say which it is, and which it could be."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("o", "reference", "other reference")]

    def reference(self) -> tuple[str, Sequence[str]]:
        """The reference, and every model that could be it."""
        raise NotImplementedError

    async def load(self, services: Services, scope: Scope) -> View:
        """The view's numbers; a reference that is not in this scope gives way to the view's own choice."""
        try:
            return await super().load(services, scope)
        except UnknownName:
            if not self.options:
                raise
            self.options = {}
            return await super().load(services, scope)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Another reference needs another model."""
        return len(self.reference()[1]) > 1 if action == "reference" else super().check_action(action, parameters)

    def action_reference(self) -> None:
        """The next model as the reference."""
        held, names = self.reference()
        at = names.index(held) if held in names else -1
        self.options = {"reference": names[(at + 1) % len(names)]}
        self.post_message(self.Stale())


def pane_of(insight: Insight) -> InsightPane:
    """The pane of a view, loaded now."""
    module = import_module(f"sitegen_tui.tui.insights.{insight.module}")
    return cast("InsightPane", module.Pane(insight))


def short_names(models: Sequence[str], simulated: Sequence[str]) -> dict[str, str]:
    """Models by their last part, where that still tells them apart; simulated ones are marked."""
    last = {model: last_part(model) for model in models}
    counted = list(last.values())
    short = {model: one_line(name if counted.count(name) == 1 else model) for model, name in last.items()}
    return {model: f"{SIMULATED}{name}" if model in simulated else name for model, name in short.items()}


def row_label(row: str) -> str:
    """An action with its number, or a category."""
    return f"{BY_ID[row].number:>2} {row}" if row in BY_ID else row


def empty_words(view: View) -> tuple[str, ...]:
    """What to say where a view has nothing to show, and what to do about it."""
    if view.conditions is None:
        return ("No run has begun yet.", "Press esc and then n to set up an experiment: it needs no key and no network.")
    return ("No run in this group has a score yet.", "What comes in is shown at once; g shows another group where there is one.")
