"""What our screens share: a line above, keys below, and a timer that repaints what has changed ten times a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen

from sitegen_tui.tui.host import sitegen_of, still_there
from sitegen_tui.tui.widgets.bars import KeyBar, TopLine

if TYPE_CHECKING:
    from sitegen_tui.tui.app import SitegenApp

TICK_SECONDS = 0.1


class LiveScreen(Screen[None]):
    """A screen over the services. Subclasses give `compose_body` and `tick`."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (144, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]

    def compose(self) -> ComposeResult:
        """Line above, body, keys below."""
        yield TopLine(id="top")
        yield from self.compose_body()
        yield KeyBar(id="keys")

    def compose_body(self) -> ComposeResult:
        """What is between the lines."""
        raise NotImplementedError

    @property
    def sitegen(self) -> SitegenApp:
        """The app, by its own type."""
        return sitegen_of(self)

    @property
    def top(self) -> TopLine:
        """The line above."""
        return self.query_one("#top", TopLine)

    def on_mount(self) -> None:
        """Start the timer."""
        self.set_interval(TICK_SECONDS, self._tick)

    def on_screen_resume(self) -> None:
        """Show at once what happened behind another screen."""
        self.tick()

    def tick(self) -> None:
        """Compare revisions and repaint what has changed; called ten times a second while the screen can be seen."""

    @property
    def alive(self) -> bool:
        """Whether it is still there; see `still_there`."""
        return still_there(self)

    def _tick(self) -> None:
        stack = self.sitegen.screen_stack
        seen = stack and (stack[-1] is self or (len(stack) > 1 and stack[-2] is self and isinstance(stack[-1], ModalScreen)))
        if seen and self.is_mounted:
            self.tick()

    @property
    def narrow(self) -> bool:
        """Whether one column is all there is room for."""
        return self.size.width < 100 or self.size.height < 30

    @property
    def wide(self) -> bool:
        """Whether two panes fit beside a list."""
        return self.size.width >= 144 and self.size.height >= 30
