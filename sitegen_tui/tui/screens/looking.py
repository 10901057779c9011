"""Looking at a drawn step: what was asked for, its diff by file, and its page in pictures; nothing says whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical

from sitegen_tui.domain.marks import Lines
from sitegen_tui.tui.screens.base import LiveScreen
from sitegen_tui.tui.screens.help import Sheet
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.bars import Tab, TabStrip
from sitegen_tui.tui.widgets.diff_view import SPLIT_WIDTH, DiffView
from sitegen_tui.tui.widgets.marking_view import MarkingView
from sitegen_tui.tui.widgets.picture_pane import PicturePane
from sitegen_tui.tui.widgets.text_pane import StyledLine, TextPane

if TYPE_CHECKING:
    from sitegen_tui.domain.pictures import PictureDifference, PictureSide, PictureView, Raster
    from sitegen_tui.services.labelling import LabelTask

CONTEXTS: tuple[int | None, ...] = (3, 12, None)
CHANGES = Binding.Group("change", compact=True)
FILES = Binding.Group("file", compact=True)

LOOKING: tuple[BindingType, ...] = (
    Binding("comma", "change(-1)", "previous change", group=CHANGES),
    Binding("full_stop", "change(1)", "next change", group=CHANGES),
    Binding("left_square_bracket", "file(-1)", "previous file", group=FILES),
    Binding("right_square_bracket", "file(1)", "next file", group=FILES),
    Binding("D", "directive", "directive"),
    Binding("V", "view", "desktop/mobile"),
    Binding("B", "side", "before/after"),
    Binding("X", "difference", "what changed"),
    Binding("C", "context", "context"),
    Binding("L", "layout", "side by side"),
)
"""Keys of looking: subclasses put their own before them, since what comes first is shown where room is short."""


class LookingScreen(LiveScreen):
    """Directive above, diff or pictures below, and beside them what subclasses compose."""

    def __init__(self) -> None:
        super().__init__()
        self.current: LabelTask | None = None
        self.path = ""
        self._places: tuple[Lines, ...] = ()
        self._around = 0
        self._pictures = False

    def compose_body(self) -> ComposeResult:
        """What was asked for above what was done; at the side what is said about it."""
        with Container(id="body"):
            with Vertical(id="main"):
                yield TextPane(id="directive")
                yield TabStrip(id="files")
                with Horizontal(id="views"):
                    yield MarkingView(id="diff")
                    yield PicturePane(id="pictures")
            with Vertical(id="side"):
                yield from self.compose_side()

    def compose_side(self) -> ComposeResult:
        """What stands at the side."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """The diff has the keys."""
        super().on_mount()
        self.query_one("#directive", TextPane).can_focus = False
        self._arrange()
        self.diff_view.focus()

    @property
    def diff_view(self) -> MarkingView:
        """The diff."""
        return self.query_one(MarkingView)

    @property
    def _pane(self) -> PicturePane:
        return self.query_one(PicturePane)

    def look_at(self, task: LabelTask | None) -> None:
        """Another step, from its first file on."""
        self.current, self.path = task, ""
        self.diff_view.drop_selection()
        if task is not None:
            self.query_one("#directive", TextPane).show_lines(directive_lines(task))
        self._show_pictures()

    def show_file(self, nothing: str, places: Iterable[Lines]) -> None:
        """The chosen file with the lines that marks name; `nothing` is said where there is no step."""
        strip, view, task = self.query_one("#files", TabStrip), self.diff_view, self.current
        self._places = tuple(places)
        self.query_one("#side").display = self.query_one("#directive").display = task is not None
        if task is None:
            strip.display = False
            view.say(nothing)
            return
        files = task.shown.diff.files
        if self.path not in {file.path for file in files}:
            self.path = files[0].path if files else ""
        strip.display = bool(files) and not self._pictures
        strip.show(
            tuple(Tab(file.path, one_line(file.path), f"+{file.stats.added} −{file.stats.removed}") for file in files), self.path
        )
        file = task.shown.diff.file(self.path) if self.path else None
        if file is None:
            view.say("The step changed nothing.")
        elif view.diff is not file:
            view.show(file)
        view.show_evidence(self._places)

    @on(TabStrip.Picked, "#files")
    def _file_picked(self, event: TabStrip.Picked) -> None:
        self.open_file(event.name)

    @on(DiffView.Moved)
    def _diff_moved(self) -> None:
        self.refresh_bindings()

    def open_file(self, path: str) -> None:
        """Show a file of the step."""
        self.path = path
        self.show_file("", self._places)
        self.refresh_bindings()

    def can_look(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key of this screen does something now; None for keys of others."""
        task, in_diff = self.current, not self._pictures
        seen = task is not None and not in_diff and bool(task.shown.shots)
        match action:
            case "directive" | "pictures":
                return task is not None
            case "change":
                return in_diff and self.diff_view.has_hunk(1 if parameters == (1,) else -1)
            case "file":
                return in_diff and task is not None and len(task.shown.diff.files) > 1
            case "view" | "difference":
                return seen
            case "side":
                return seen and not self._pane.difference
            case "context":
                return in_diff and self.diff_view.rows is not None
            case "layout":
                return in_diff and self.diff_view.rows is not None and self.diff_view.size.width >= SPLIT_WIDTH
            case _:
                return None

    def _arrange(self) -> None:
        self.diff_view.display = not self._pictures
        self._pane.display = self._pictures

    def _show_pictures(self) -> None:
        task = self.current
        if task is None or not self._pictures:
            return
        if not task.shown.shots:
            self._pane.say("No picture was taken of this step.")
            return
        name = (task.item.key, *sorted(task.shown.shots.items()))
        self._pane.show_step(name, partial(self._picture, task), partial(self._facts, task))

    async def _picture(self, task: LabelTask, side: PictureSide, view: PictureView, width: int) -> Raster | None:
        services = self.sitegen.services
        return await services.picture(task.item.run_id, task.item.step, side, view, width) if services else None

    async def _facts(self, task: LabelTask, view: PictureView) -> PictureDifference | None:
        services = self.sitegen.services
        return await services.picture_difference(task.item.run_id, task.item.step, view) if services else None

    def action_directive(self) -> None:
        """What was asked for, in full."""
        if self.current is not None:
            self.sitegen.push_screen(Sheet("What was asked for", directive_lines(self.current)))

    def action_change(self, step: int) -> None:
        """The next or previous change of the file."""
        self.diff_view.next_hunk(step)

    def action_file(self, step: int) -> None:
        """The next or previous changed file."""
        paths = [file.path for file in self.current.shown.diff.files] if self.current else []
        if self.path in paths:
            self.open_file(paths[(paths.index(self.path) + step) % len(paths)])

    def action_pictures(self) -> None:
        """The page in pictures, or the diff."""
        self._pictures = not self._pictures
        self._arrange()
        self._show_pictures()
        (self._pane.right if self._pictures else self.diff_view).focus()
        self.query_one("#files").display = not self._pictures and bool(self.path)
        self.refresh_bindings()

    def action_view(self) -> None:
        """Desktop or mobile."""
        self._pane.set_view("mobile" if self._pane.view == "desktop" else "desktop")

    def action_side(self) -> None:
        """Before or after, or both where there is room."""
        self._pane.next_side()

    def action_difference(self) -> None:
        """What changed, or the pages themselves."""
        self._pane.set_difference(not self._pane.difference)
        self.refresh_bindings()

    def action_context(self) -> None:
        """More unchanged lines around each change, then the whole file, then few again."""
        self._around = (self._around + 1) % len(CONTEXTS)
        self.diff_view.set_context(CONTEXTS[self._around])

    def action_layout(self) -> None:
        """Unified or side by side."""
        self.diff_view.set_layout("unified" if self.diff_view.layout_name == "split" else "split")


def directive_lines(task: LabelTask) -> list[StyledLine]:
    """What the step was told, its first line stronger."""
    lines = task.shown.directive.split("\n") if task.shown.directive else ["What was asked for was not kept."]
    return [[(line, "text" if place else "strong")] for place, line in enumerate(line for line in lines if line)]
