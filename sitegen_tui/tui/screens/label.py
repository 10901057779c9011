"""Label: one drawn step after another, looked at by a person who sees neither model nor judge and says what is wrong."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.errors import SitegenError, UsageError
from sitegen_tui.tui import figures
from sitegen_tui.tui.screens.asking import Ask, Search
from sitegen_tui.tui.screens.looking import LOOKING, LookingScreen
from sitegen_tui.tui.screens.marking import Marking, card_lines, count_given, count_wrong
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.checklist import KEYS, Checklist
from sitegen_tui.tui.widgets.marking_view import MarkingView
from sitegen_tui.tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sitegen_tui.services.labelling import Labelling, LabelTask, Progress

MORE = 30
"""Steps that are drawn at a time."""


class LabelScreen(LookingScreen):
    """A session of one rater. Small letters and digits mark, capitals and signs do everything else."""

    CSS_PATH = "label.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(KEYS[0], f"mark('{KEYS[0]}')", "mark", key_display="a-9"),
        *(Binding(key, f"mark('{key}')", show=False) for key in KEYS[1:]),
        Binding("enter", "done", "next step"),
        Binding("slash", "search", "search"),
        Binding("P", "pictures", "pictures"),
        Binding("ctrl+up", "list(-1)", "checklist upwards", show=False),
        Binding("ctrl+down", "list(1)", "checklist downwards", show=False),
        Binding("S", "skip", "skip"),
        Binding("U", "undo", "undo"),
        Binding("N", "note", "note"),
        Binding("equals_sign", "count", "how many", key_display="="),
        Binding("M", "more", "draw more"),
        *LOOKING,
        Binding("R", "rater", "another rater"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rater = ""
        self.marking = Marking()
        self.progress: Progress | None = None
        self.busy = False
        self._began = 0.0

    def compose_side(self) -> ComposeResult:
        """The checklist, and what the marks say beyond their names."""
        yield Caption("What is wrong?", id="list-caption")
        yield Checklist(id="list")
        yield TextPane(id="card")

    def on_mount(self) -> None:
        """Ask who labels, unless that is known here."""
        super().on_mount()
        self.query_one("#card", TextPane).can_focus = False
        self._show()
        self._begin(self._open)

    @property
    def labelling(self) -> Labelling | None:
        """What labels are asked of."""
        return self.sitegen.services.labelling if self.sitegen.services else None

    # One thing after another: while something is stored or read, keys do nothing

    def _begin(self, job: Callable[[], Awaitable[None]]) -> None:
        self.busy = True
        self.refresh_bindings()
        self.sitegen.work(partial(self._guarded, job), "labelling")

    async def _guarded(self, job: Callable[[], Awaitable[None]]) -> None:
        try:
            await job()
        finally:
            self.busy = False
            if self.alive:
                self._show()

    async def _open(self) -> None:
        labelling = self.labelling
        if labelling is None:
            return
        raters = await labelling.raters()
        if raters:
            await self._session(raters[0])
        elif self.alive:
            self._ask_rater()

    async def _session(self, rater: str) -> None:
        labelling = self.labelling
        if labelling is None:
            return
        self.rater = await labelling.use(rater)
        if not await labelling.items(self.rater):
            await labelling.draw(self.rater, MORE)
        await self._next()

    async def _next(self) -> None:
        labelling = self.labelling
        if labelling is None:
            return
        self.progress = await labelling.progress(self.rater)
        self._take(await labelling.next(self.rater))

    def _take(self, task: LabelTask | None, marking: Marking | None = None) -> None:
        self.current, self.marking = task, marking or Marking()
        self._began = monotonic()
        if self.alive:
            self.look_at(task)

    async def _record(self, task: LabelTask, seconds: float) -> None:
        if self.labelling is not None:
            await self.labelling.record(task.item, self.marking.marks, note=self.marking.note, seconds=seconds)
            await self._next()

    async def _skip(self, task: LabelTask, reason: str, seconds: float) -> None:
        if self.labelling is not None:
            await self.labelling.skip(task.item, reason, seconds)
            await self._next()

    async def _undo(self) -> None:
        labelling = self.labelling
        back = await labelling.undo(self.rater) if labelling is not None else None
        if labelling is None or back is None:
            return
        self.progress = await labelling.progress(self.rater)
        task = await labelling.again(self.rater, back.run_id, back.step)
        self._take(task, Marking.of(back, task.questions) if task is not None else None)

    async def _more(self) -> None:
        if self.labelling is not None:
            drawn = await self.labelling.draw(self.rater, MORE)
            if not drawn:
                self.notify("Every scored step has been drawn already.")
            await self._next()

    # What is shown

    def _show(self) -> None:
        task, progress = self.current, self.progress
        action = BY_ID[task.item.action].title if task else ""
        status: list[tuple[str, str]] = []
        if self.rater:
            status.append((f"{one_line(self.rater)}  ", "accent"))
        if progress is not None:
            status.append((progress_words(progress), "muted"))
        self.top.show(("sitegen", "label", action) if action else ("sitegen", "label"), status)
        self.show_file(self._nothing(), self.marking.places)
        self._show_marks()
        self.refresh_bindings()

    def _nothing(self) -> str:
        if self.busy or (self.progress is not None and self.progress.done < self.progress.total):
            return "Looking …"
        if not self.rater:
            return "Nobody labels yet. R says who you are."
        if self.progress is None or not self.progress.total:
            return "There is no scored step to label. An experiment makes some: n on Home."
        return f"All {self.progress.total} are done. M draws {MORE} more, U takes the last one back."

    def _show_marks(self) -> None:
        task, marking = self.current, self.marking
        if task is None:
            return
        rows = marking.rows(task.questions)
        rules = {one.violation.id: one.violation.rule for one in task.questions}
        self.query_one(Checklist).set_rows(rows)
        note = f"{len(marking.marks)} marked" if marking.marks else "nothing marked"
        self.query_one("#list-caption", Caption).show("What is wrong?", note)
        self.query_one("#card", TextPane).show_lines(card_lines(marking, self.diff_view.selection, rules))

    # Keys

    @on(MarkingView.Selected)
    def _selected(self) -> None:
        self._show_marks()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        if not self.alive:
            return True
        task = self.current
        if action in ("back", "help", "leave", "toggle_theme"):
            return super().check_action(action, parameters)
        if action == "mark":
            # A letter typed ahead must not fall through to the app, where it may mean to quit.
            return task is not None or self.busy
        if self.busy:
            return False
        seen = self.can_look(action, parameters)
        if seen is not None:
            return seen
        match action:
            case "done" | "search" | "skip" | "note" | "list":
                return task is not None
            case "count":
                return task is not None and self.marking.last is not None
            case "undo":
                return bool(self.marking.history) or (self.progress is not None and self.progress.done > 0)
            case "more":
                return task is None and bool(self.rater)
            case "rater":
                return self.labelling is not None
            case _:
                return super().check_action(action, parameters)

    def action_mark(self, key: str) -> None:
        """Mark what a key stands for, with the selected lines if there are any; without, a marked thing is unmarked."""
        task = self.current
        at = KEYS.index(key)
        if task is not None and not self.busy and at < len(task.questions):
            self._mark(task.questions[at].key)

    def _mark(self, key: str) -> None:
        task = self.current
        question = next((one for one in task.questions if one.key == key), None) if task else None
        if question is not None:
            self.marking.toggle(question, self.diff_view.selection)
            self.diff_view.drop_selection()
            self._show()
            self.query_one(Checklist).move_to(question.key)

    def action_search(self) -> None:
        """Everything that may be wrong, by words."""
        if self.current is not None:
            self.sitegen.push_screen(Search(self.marking.rows(self.current.questions, everything=True)), self._found)

    def _found(self, key: str | None) -> None:
        if key is not None:
            self._mark(key)

    def action_list(self, step: int) -> None:
        """More of the checklist, where it is longer than there is room."""
        self.query_one(Checklist).action_page(step)

    def action_done(self) -> None:
        """Store what is marked, and go on."""
        if self.current is not None:
            self._begin(partial(self._record, self.current, monotonic() - self._began))

    def action_skip(self) -> None:
        """Leave this step out, and say why."""
        if self.current is not None:
            self.sitegen.push_screen(Ask("Skip this step", "Why can it not be labelled?", wrong=_needed), self._skipped)

    def _skipped(self, reason: str | None) -> None:
        if reason is not None and self.current is not None:
            self._begin(partial(self._skip, self.current, reason, monotonic() - self._began))

    def action_note(self) -> None:
        """A remark on this step."""
        self.sitegen.push_screen(Ask("Note", "Anything that the marks do not say.", self.marking.note), self._noted)

    def _noted(self, text: str | None) -> None:
        if text is not None:
            self.marking.note = text[:2000]
            self._show()

    def action_count(self) -> None:
        """How many are wrong, and of how many: what the catalogue shares its points by."""
        last = self.marking.last
        if last is not None:
            words = "How many are wrong? 3, or 2/3 where three could have been."
            self.sitegen.push_screen(Ask("How many", words, count_given(last), count_wrong), self._counted)

    def _counted(self, text: str | None) -> None:
        if text is not None:
            self.marking.count(text)
            self._show()

    def action_undo(self) -> None:
        """Take back the last mark, else what was said of the last step: the step comes back with its marks."""
        if self.marking.undo():
            self._show()
        else:
            self._begin(self._undo)

    def action_more(self) -> None:
        """Draw more steps."""
        self._begin(self._more)

    def action_rater(self) -> None:
        """Somebody else goes on."""
        self._ask_rater()

    def _ask_rater(self) -> None:
        words = "Your name, under which labels are kept. It is asked for once on this database."
        self.sitegen.push_screen(Ask("Who labels?", words, self.rater, wrong_name), self._named)

    def _named(self, name: str | None) -> None:
        if name is not None and name != self.rater:
            self.current = None
            self._begin(partial(self._session, name))

    def action_back(self) -> None:
        """Select nothing; where nothing is selected, leave: what is not stored yet is asked again next time."""
        if not self.diff_view.drop_selection():
            self.sitegen.back()


def progress_words(progress: Progress) -> str:
    """`12 of 30, 2.1 min an item`."""
    words = f"{progress.done} of {progress.total}"
    if progress.seconds is not None:
        pace = f"{progress.seconds / 60:.1f} min" if progress.seconds >= 60 else f"{progress.seconds:.0f} s"
        words += f", {pace} an item"
    return words + (f", {figures.plural(progress.skipped, 'skip')}" if progress.skipped else "")


def _needed(text: str) -> str:
    return "" if text else "A reason is needed."


def wrong_name(text: str) -> str:
    """What is wrong with a rater's name; '' where nothing is."""
    from sitegen_tui.services.labelling import rater_name

    try:
        rater_name(text)
    except UsageError as error:
        return f"{error.message}: {error.hint}"
    except SitegenError as error:
        return error.message
    return ""
