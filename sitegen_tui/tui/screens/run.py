"""Run: sixteen steps with their scores, what the model writes, what it changed, and every deduction as it is charged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical

from sitegen_tui.tui import figures
from sitegen_tui.tui.screens.base import LiveScreen
from sitegen_tui.tui.screens.following import Follower, charged_words, finding_lines, judged_words, marks_of, step_lines
from sitegen_tui.tui.text import fit, one_line
from sitegen_tui.tui.widgets.bars import Caption, Tab, TabStrip
from sitegen_tui.tui.widgets.diff_view import DiffView
from sitegen_tui.tui.widgets.findings_list import FindingsList
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.score_strip import ScoreStrip
from sitegen_tui.tui.widgets.steps_list import StepsList
from sitegen_tui.tui.widgets.text_pane import StreamPane

if TYPE_CHECKING:
    from sitegen_tui.domain.diffs import SiteDiff
    from sitegen_tui.services.views import RunView, StepView, StreamText

PANES = ("output", "diff", "findings")
ROOM_FOR_CANARIES = 140
"""Columns from which on the header has room for what canaries have shown: the run and its site come first."""
PANE_KEYS = Binding.Group("panes", compact=True)
FILES = Binding.Group("file", compact=True)


class RunScreen(LiveScreen):
    """One run, live or not: the same either way."""

    CSS_PATH = "run.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open"),
        Binding("f", "follow", "follow"),
        Binding("1", "pane('output')", "output", group=PANE_KEYS),
        Binding("2", "pane('diff')", "diff", group=PANE_KEYS),
        Binding("3", "pane('findings')", "findings", group=PANE_KEYS),
        Binding("left_square_bracket", "file(-1)", "previous file", group=FILES),
        Binding("right_square_bracket", "file(1)", "next file", group=FILES),
        Binding("i", "explain", "explain"),
        Binding("v", "insights", "insights"),
        Binding("F", "fork", "fork here"),
        Binding("c", "cancel", "cancel"),
        Binding("r", "resume", "resume"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, run_id: str) -> None:
        super().__init__()
        self.run_id = run_id
        self.following = True
        self._led: str | None = None
        self.pane = "output"
        self._pane_by_person = False
        self._follower: Follower | None = None
        self._seen = -1
        self._step = 0
        self._stream: StreamText | None = None
        self._offset = 0
        self._told: tuple[object, ...] = ()
        self._diff: SiteDiff | None = None
        self._diff_of: tuple[object, ...] | None = None
        self._diffs: dict[int, tuple[tuple[object, ...], SiteDiff]] = {}
        self._path = ""

    def compose_body(self) -> ComposeResult:
        """Steps at the left; output, diff and findings beside them, as many as there is room for."""
        with Container(id="body"):
            with Vertical(id="steps-pane"):
                yield Caption("Steps", id="steps-caption")
                yield StepsList(id="steps")
            with Vertical(id="work"):
                yield TabStrip(tuple(Tab(name, name.title()) for name in PANES), id="panes")
                with Horizontal(id="upper"):
                    with Vertical(id="output-pane"):
                        yield Caption("Output", id="output-caption", classes="pane-caption")
                        yield StreamPane(id="output")
                    with Vertical(id="diff-pane"):
                        yield Caption("Diff", id="diff-caption", classes="pane-caption")
                        yield TabStrip(id="files")
                        yield DiffView(id="diff")
                with Vertical(id="findings-pane"):
                    yield Caption("Findings", id="findings-caption", classes="pane-caption")
                    yield FindingsList(id="findings")
        yield ScoreStrip(id="score")

    def on_mount(self) -> None:
        """Begin to follow the run."""
        super().on_mount()
        self.query_one(StepsList).focus()
        self.query_one(DiffView).say("Nothing has been changed yet.")
        self._show_pane("output")
        services = self.sitegen.services
        if services is not None:
            self._follower = Follower(services, self.run_id)
            self.sitegen.work(self._follower.ready, f"follow {self.run_id}")
        self.tick()

    def on_unmount(self) -> None:
        """Look no longer."""
        if self._follower is not None:
            self._follower.close()

    @property
    def run_view(self) -> RunView | None:
        """The newest fold of the run."""
        return self._follower.view if self._follower else None

    @property
    def chosen(self) -> StepView | None:
        """The step under the cursor."""
        run, key = self.run_view, self.query_one(StepsList).cursor_key
        return run.step(int(key)) if run and key else None

    def tick(self) -> None:
        """Whatever changed since the last tick."""
        run = self.run_view
        if run is None or not self.alive:
            return
        if run.revision != self._seen:
            self._seen = run.revision
            self._show_steps(run)
            self._show_step(run)
        if run.state == "running" or run.plan is None:
            self._show_top(run)
        step = self.chosen
        if step is not None and step.waiting is not None:
            # It counts down though nothing happens.
            self.query_one(ScoreStrip).show(run, step)

    def _show_steps(self, run: RunView) -> None:
        steps = self.query_one(StepsList)
        # A key may have moved the cursor already while the news of it is still on its way here.
        led = steps.cursor_key in (None, self._led)
        steps.set_rows(step_lines(run))
        if self.following and led:
            if run.current is not None:
                steps.move_to(str(run.current.step))
            self._led = steps.cursor_key

    def _show_step(self, run: RunView) -> None:
        step = self.chosen
        if step is None:
            self.query_one(ScoreStrip).show(run, None)
            self._show_top(run)
            return
        if step.step != self._step:
            self._step = step.step
            self._stream = None
            self._path = ""
            self.query_one(StreamPane).restart(self._waiting_words(step))
        self._show_output(step)
        self._show_findings(step)
        self.query_one(ScoreStrip).show(run, step)
        self._want_diff(step)
        told = (step.step, step.state, run.state, len(step.charges), len(step.changes), self.following)
        if told != self._told:
            self._told = told
            self._choose_pane(step)
            self._show_tabs(step)
            self._show_top(run)
            self.refresh_bindings()

    def _show_output(self, step: StepView) -> None:
        pane, stream = self.query_one(StreamPane), step.stream
        if stream.length:
            if stream is not self._stream:
                self._stream, self._offset = stream, 0
                pane.restart()
            text, self._offset = stream.since(self._offset)
            pane.append(text)
        elif step.attempts and self._stream is not stream:
            self._stream = stream
            reply = step.attempts[-1].reply
            if reply:
                pane.restart()
                pane.append(reply)
            else:
                pane.restart("Reading the reply …")
                self.sitegen.work(partial(self._load_reply, step.step), "reply", exclusive=True)
        elif not step.attempts and self._stream is None:
            pane.restart(self._waiting_words(step))

    async def _load_reply(self, number: int) -> None:
        services = self.sitegen.services
        if services is None:
            return
        detail = await services.step_detail(self.run_id, number)
        if self.alive and self._step == number:
            pane = self.query_one(StreamPane)
            attempts = detail.view.attempts
            step = self.chosen
            pane.restart(self._waiting_words(step) if step and step.waiting else "The model wrote nothing.")
            pane.append(attempts[-1].reply if attempts else "")

    def _waiting_words(self, step: StepView) -> str:
        if step.waiting is not None:
            return f"It is {one_line(step.waiting.words())} …"
        if step.state == "prompted":
            return "Asked; no word yet …"
        if step.state == "waiting":
            return "This step has not begun."
        return one_line(step.reason) if step.reason else "Nothing was written."

    def _show_findings(self, step: StepView) -> None:
        findings = self.query_one(FindingsList)
        if step.state == "scored":
            findings.set_words("Nothing was found wrong.")
        elif step.state == "unscored":
            findings.set_words(f"Not judged: {one_line(step.reason)}", one_line(step.hint))
        else:
            findings.set_words("Findings appear here as they are charged.")
        findings.set_rows(finding_lines(step))
        note = charged_words(step)
        self.query_one("#findings-caption", Caption).show(f"Findings of step {step.step}", note)

    def _want_diff(self, step: StepView) -> None:
        wanted = (step.step, step.started_at, step.site is not None)
        if wanted == self._diff_of:
            return
        self._diff_of = wanted
        made_of, known = self._diffs.get(step.step, (None, None))
        if step.site is not None and known is not None and made_of == wanted:
            self._diff = known
            self._show_files()
            self._show_file()
            return
        self._diff = None
        # Room that the next diff's files will need is not given away for the moment until they are there.
        self._show_files(keep_room=step.site is not None)
        if step.site is None:
            words = {"waiting": "This step has not begun.", "unscored": "This step has no output."}.get(
                step.state, "Nothing has been changed yet."
            )
            self.query_one(DiffView).say(words)
        else:
            self.query_one(DiffView).say("Comparing …")
            self.sitegen.work(partial(self._load_diff, step.step, wanted), "run diff", exclusive=True)

    async def _load_diff(self, number: int, wanted: tuple[object, ...]) -> None:
        services = self.sitegen.services
        if services is None:
            return
        diff = await services.diff(self.run_id, number)
        self._diffs[number] = (wanted, diff)
        if self.alive and self._step == number:
            self._diff = diff
            self._show_files()
            self._show_file()
            self.refresh_bindings()

    def _show_files(self, *, keep_room: bool = False) -> None:
        files = self._diff.files if self._diff else ()
        tabs = tuple(Tab(file.path, one_line(file.path), f"+{file.stats.added} −{file.stats.removed}") for file in files)
        if self._path not in {file.path for file in files}:
            self._path = files[0].path if files else ""
        strip = self.query_one("#files", TabStrip)
        strip.display = bool(tabs) or (keep_room and strip.display)
        strip.show(tabs, self._path)

    def _show_file(self) -> None:
        view, step = self.query_one(DiffView), self.chosen
        file = self._diff.file(self._path) if self._diff else None
        if file is None:
            view.say("The step changed nothing.")
        else:
            view.show(file, marks_of(step, self._path) if step else ())

    def _show_top(self, run: RunView) -> None:
        plan = run.plan
        if plan is None:
            self._show_unbegun()
            return
        model = plan.model + (" (simulated)" if plan.simulated and not plan.model.startswith("simulated/") else "")
        site = f"{plan.pairing.template} · {plan.pairing.requirements}"
        status: list[tuple[str, str]] = [(f"{plan.mode}  ", "muted")]
        if plan.fork is not None:
            words = f"fork {plan.fork.key}" if self.narrow else plan.fork.words
            status = [(f"{words}  ", "warn")]
        if (said := judged_words(run, canaries=self.size.width >= ROOM_FOR_CANARIES)) and not self.narrow:
            status.append((f"{fit(said, min(60, len(said)))}  ", "warn" if "unjudged" in said else "muted"))
        if not self.narrow:
            status.append((f"{figures.money(run.usd, run.unpriced)}  ", "muted"))
        finished = None if run.state == "running" else run.finished_at
        status.append((f"{figures.elapsed(run.started_at, finished)}  ", "muted"))
        if run.state == "running" and self.following:
            status.append(("following  ", "accent"))
        sign = figures.STATE_SIGNS[run.state]
        word = "waiting" if run.waiting else "live" if run.state == "running" else run.state.value
        styles = {"running": "accent_strong", "finished": "muted", "incomplete": "warn", "interrupted": "warn"}
        status.append((f"{sign} {word}", "warn" if run.waiting else styles.get(run.state, "muted")))
        trail = ["sitegen", self.run_id, model] if self.narrow else ["sitegen", self.run_id, site, model]
        self.top.show(trail, status)

    def _show_unbegun(self) -> None:
        """A run without events: what its row says."""
        board = self.sitegen.board
        row = board.rows.get(self.run_id) if board else None
        if row is None:
            self.top.show(("sitegen", self.run_id), (("opening …", "muted"),))
            return
        sign = figures.STATE_SIGNS[row.state]
        self.top.show(("sitegen", self.run_id, row.model), ((f"{sign} {row.state.value}", "muted"),))
        words = "This run waits for its turn." if row.state == "queued" else f"This run has not begun. {one_line(row.reason)}"
        self.query_one(StepsList).set_words(words)

    def _show_tabs(self, step: StepView) -> None:
        added = sum(change.added for change in step.changes)
        removed = sum(change.removed for change in step.changes)
        notes = {
            "output": {"streaming": "writing", "prompted": "asked"}.get(step.state, ""),
            "diff": f"+{added} −{removed}" if step.changes else "",
            "findings": str(len(step.charges)) if step.charges else "",
        }
        names = PANES if self.narrow else PANES[:2]
        tabs = tuple(Tab(name, f"{place} {name.title()}", notes[name]) for place, name in enumerate(names, 1))
        self.query_one("#panes", TabStrip).show(tabs, self.pane)
        self.query_one("#output-caption", Caption).show(f"Output of step {step.step}", notes["output"])
        self.query_one("#diff-caption", Caption).show(f"Diff of step {step.step}", notes["diff"])
        run = self.run_view
        done = f"{run.scored} of {len(run.steps)}" if run else ""
        self.query_one("#steps-caption", Caption).show("Steps", done)

    def _choose_pane(self, step: StepView) -> None:
        """While following, show what is being made: the text while it is written, then what it changed."""
        if self._pane_by_person:
            return
        if step.state in ("prompted", "streaming") and self.pane != "output":
            self._show_pane("output")
        elif step.site is not None and self.pane == "output" and step.state in ("judging", "scored"):
            self._show_pane("diff")

    def _show_pane(self, name: str) -> None:
        self.pane = name
        self._lay_out()

    def _lay_out(self) -> None:
        """Show as many panes as there is room for: all, two, or one at a time.

        Not by classes of the screen: those would have the styles of every widget worked out again.
        """
        alone = self.narrow and self.pane == "findings"
        self.query_one("#upper").display = not alone
        self.query_one("#findings-pane").display = alone or not self.narrow
        self.query_one("#output-pane").display = self.wide or self.pane != "diff"
        self.query_one("#diff-pane").display = self.wide or self.pane == "diff"

    def on_resize(self) -> None:
        """Which panes and tabs there are depends on the room."""
        self._lay_out()
        step = self.chosen
        if step is not None:
            if not self.narrow and self.pane == "findings":
                self._show_pane("diff" if step.site is not None else "output")
            self._show_tabs(step)
        if self.run_view is not None:
            self._show_top(self.run_view)

    @on(LineList.Moved, "#steps")
    def _step_moved(self, event: LineList.Moved) -> None:
        if event.by_person:
            run = self.run_view
            at_current = run is not None and run.current is not None and event.key == str(run.current.step)
            self.following = self.following and at_current
            self._led = event.key if self.following else None
        if self.run_view is not None:
            self._show_step(self.run_view)

    @on(LineList.Chosen, "#steps")
    def _step_chosen(self, event: LineList.Chosen) -> None:
        self.sitegen.open_step(self.run_id, int(event.key))

    @on(LineList.Chosen, "#findings")
    def _finding_chosen(self, event: LineList.Chosen) -> None:
        self.sitegen.open_step(self.run_id, self._step, finding=int(event.key))

    @on(TabStrip.Picked, "#panes")
    def _pane_picked(self, event: TabStrip.Picked) -> None:
        self.action_pane(event.name)

    @on(TabStrip.Picked, "#files")
    def _file_picked(self, event: TabStrip.Picked) -> None:
        self._path = event.name
        self._show_files()
        self._show_file()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        if not self.alive:
            return True
        run = self.run_view
        match action:
            case "open" | "fork":
                return self.chosen is not None
            case "follow":
                return run is not None and run.state == "running" and not self.following
            case "file":
                return self._diff is not None and len(self._diff.files) > 1
            case "explain":
                return bool(self.query_one(FindingsList).rows)
            case "cancel":
                return self._follower is not None and self._follower.driven
            case "resume":
                return self.sitegen.resumable(self.run_id)
            case _:
                return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Open the chosen step, from whichever pane has the keys."""
        self.sitegen.open_step(self.run_id, self._step)

    def action_follow(self) -> None:
        """Stay with the step in flight again."""
        self.following, self._pane_by_person = True, False
        run = self.run_view
        if run is not None:
            self._told = ()
            self._led = self.query_one(StepsList).cursor_key
            self._show_steps(run)
            self._show_step(run)
        self.query_one(StepsList).focus()

    def action_pane(self, name: str) -> None:
        """Show a pane and give it the keys."""
        self._pane_by_person = True
        if name != "findings" or self.narrow:
            self._show_pane(name)
        step = self.chosen
        if step is not None:
            self._show_tabs(step)
        self.query_one(f"#{name}").focus()

    def action_file(self, step: int) -> None:
        """The next or previous changed file."""
        if self._diff is None or not self._diff.files:
            return
        paths = [file.path for file in self._diff.files]
        at = paths.index(self._path) if self._path in paths else 0
        self._path = paths[(at + step) % len(paths)]
        self._show_files()
        self._show_file()

    def action_explain(self) -> None:
        """The finding under the cursor, down to its rule."""
        row, step = self.query_one(FindingsList).cursor_row, self.chosen
        if row is not None and step is not None:
            self.sitegen.explain(row.charge, step.action)

    def action_insights(self) -> None:
        """What the runs of this one's experiment say together."""
        self.sitegen.open_insights(self.run_id.rpartition(".")[0])

    def action_fork(self) -> None:
        """Make the chosen step and all later ones again, in a run of their own."""
        self.sitegen.fork(self.run_id, self._step)

    def action_cancel(self) -> None:
        """Stop the run for good, after asking."""
        self.sitegen.cancel(self.run_id)

    def action_resume(self) -> None:
        """Go on where it was interrupted."""
        self.sitegen.resume(self.run_id.rpartition(".")[0])

    def action_back(self) -> None:
        """To where we came from."""
        self.sitegen.back()
