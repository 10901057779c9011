"""Step: one action of one run taken apart: before and after by file, prompt, reply, attempts, and every finding."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical

from sitegen_tui.domain.verdicts import judge_words, session_words
from sitegen_tui.tui import figures
from sitegen_tui.tui.screens.attempts import attempt_lines, prompt_lines, reply_lines
from sitegen_tui.tui.screens.following import Follower, charged_words, finding_lines, marks_of
from sitegen_tui.tui.screens.pictured import PicturedScreen
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.bars import Caption, Tab, TabStrip
from sitegen_tui.tui.widgets.diff_view import SPLIT_WIDTH, DiffView
from sitegen_tui.tui.widgets.findings_list import FindingCard, FindingsList
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.picture_pane import PicturePane
from sitegen_tui.tui.widgets.score_strip import ScoreStrip
from sitegen_tui.tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from sitegen_tui.domain.diffs import Side, SiteDiff
    from sitegen_tui.domain.findings import Charge
    from sitegen_tui.services.reads import StepDetail
    from sitegen_tui.services.views import RunView, StepView

TABS = ("diff", "prompt", "reply", "attempts")
TAB_KEYS = Binding.Group("tabs", compact=True)
HUNKS = Binding.Group("change", compact=True)
FILES = Binding.Group("file", compact=True)
STEPS = Binding.Group("step", compact=True)
FINDINGS = Binding.Group("finding", compact=True)
CONTEXTS: tuple[int | None, ...] = (3, 12, None)


class StepScreen(PicturedScreen):
    """One step, live or not. The diff is against the site before it, the reference editor's, or another run's same step."""

    CSS_PATH = "step.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "hunk(1)", "next change", group=HUNKS),
        Binding("N", "hunk(-1)", "previous change", group=HUNKS),
        Binding("j", "finding(1)", "next finding", group=FINDINGS),
        Binding("k", "finding(-1)", "previous finding", group=FINDINGS),
        Binding("enter", "jump", "go to the place"),
        Binding("backspace", "return", "return"),
        Binding("left_square_bracket", "file(-1)", "previous file", group=FILES),
        Binding("right_square_bracket", "file(1)", "next file", group=FILES),
        Binding("left", "step(-1)", "previous step", group=STEPS),
        Binding("right", "step(1)", "next step", group=STEPS),
        Binding("comma", "step(-1)", "previous step", show=False),
        Binding("full_stop", "step(1)", "next step", show=False),
        Binding("u", "layout", "side by side"),
        Binding("i", "explain", "explain"),
        Binding("c", "context", "context"),
        Binding("g", "against", "against gold, before"),
        Binding("d", "decide", "decide"),
        Binding("F", "fork", "fork here"),
        Binding("1", "tab('diff')", "diff", group=TAB_KEYS),
        Binding("2", "tab('prompt')", "prompt", group=TAB_KEYS),
        Binding("3", "tab('reply')", "reply", group=TAB_KEYS),
        Binding("4", "tab('attempts')", "attempts", group=TAB_KEYS),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, run_id: str, step: int, *, finding: int | None = None, other: str | None = None) -> None:
        super().__init__()
        self.run_id = run_id
        self.number = step
        self.tab_name = "diff"
        self.other = other
        self.against = other or "before"
        self._finding = finding
        self._follower: Follower | None = None
        self._seen = -1
        self._told: tuple[object, ...] = ()
        self._wanted: tuple[object, ...] | None = None
        self._diff: SiteDiff | None = None
        self._detail: StepDetail | None = None
        self._path = ""
        self._around = 0
        self._trail: list[tuple[str, tuple[Side, int]]] = []

    def compose_body(self) -> ComposeResult:
        """Tabs above; below them the diff with its findings, or a text."""
        yield TabStrip(id="tabs")
        with Container(id="body"):
            with Vertical(id="main"):
                yield TabStrip(id="files")
                with Horizontal(id="views"):
                    yield DiffView(id="diff")
                    yield PicturePane(id="pictures")
                yield TextPane(id="prompt")
                yield TextPane(id="reply")
                yield TextPane(id="attempts")
            with Container(id="side"):
                with Vertical(id="findings-pane"):
                    yield Caption("Findings", id="findings-caption")
                    yield FindingsList(id="findings")
                with Vertical(id="card-pane"):
                    yield Caption("Why", id="card-caption")
                    yield FindingCard(id="card", empty="Choose a finding.")
        yield ScoreStrip(id="score")

    def on_mount(self) -> None:
        """Begin to follow the run."""
        super().on_mount()
        self.action_tab("diff")
        self.query_one(DiffView).say("Comparing …")
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
        """The step that is shown."""
        return self.run_view.step(self.number) if self.run_view else None

    @property
    def charge(self) -> Charge | None:
        """The charge under the findings' cursor."""
        row = self.query_one(FindingsList).cursor_row
        return row.charge if row else None

    def tick(self) -> None:
        """Whatever changed since the last tick."""
        run = self.run_view
        if run is None or not self.alive or run.revision == self._seen:
            return
        self._seen = run.revision
        step = run.step(self.number)
        if step is None:
            self._say_no_such_step(run)
            return
        told = (step.step, step.state, step.started_at, len(step.charges), len(step.attempts), step.site is not None, step.value)
        told = (*told, tuple(one.seq for one in step.decisions))
        self.query_one(ScoreStrip).show(run, step)
        if told == self._told:
            return
        self._told = told
        self._show_findings(step)
        self._show_top(run, step)
        self._want(step)
        self.show_pictures()
        self.refresh_bindings()

    def _say_no_such_step(self, run: RunView) -> None:
        """Whoever asked for a step by number may have asked for one that the run was never given."""
        if run.plan is None:
            return
        numbers = ", ".join(str(one.step) for one in run.steps)
        self.top.show(["sitegen", self.run_id, str(self.number)], [("no such step", "warn")])
        self.query_one(DiffView).say(f"This run has no step {self.number}. Its steps: {numbers}.")
        self.query_one(FindingsList).set_words("There is no such step.")
        self.refresh_bindings()

    def _show_top(self, run: RunView, step: StepView) -> None:
        model = run.plan.model if run.plan else ""
        trail = [("sitegen"), self.run_id, f"{step.step} {step.action}"]
        if not self.narrow:
            trail.insert(2, model)
        status: list[tuple[str, str]] = [(f"{step.category}  ", "faint")]
        if self.narrow:
            status = [(f"{model}  ", "muted")]
        if run.plan is not None and run.plan.fork is not None:
            status.insert(0, (f"fork {run.plan.fork.key}  ", "warn"))
        if step.model_ms:
            status.append((f"{figures.milliseconds(step.model_ms)}  ", "muted"))
        if step.value is not None and step.score is not None:
            of = "10" if step.score.full else figures.points(step.score.assessed)
            status.append((f"{figures.points(step.value)} of {of}", "bad" if step.value < 0 else "strong"))
        else:
            status.append((step.state.value, "warn" if step.state == "unscored" else "accent"))
        self.top.show(trail, status)

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
        self.query_one("#findings-caption", Caption).show("Findings", note)
        if self._finding is not None and self._finding <= len(step.charges):
            findings.move_to(str(self._finding))
        self._show_card()

    def _show_card(self) -> None:
        card, charge, step = self.query_one(FindingCard), self.charge, self.chosen
        if charge is None or step is None:
            states = step.llm if step is not None else ()
            run = self.run_view
            if states:
                tested = [[(session_words(session), "muted")] for session in (run.sessions if run else ()) if not session.invalid]
                card.show_lines([*([(judge_words(state), "warn" if state.unjudged else "muted")] for state in states), *tested])
            else:
                card.say("")
            return
        catalogue = self.sitegen.catalogue
        card.explain(charge, catalogue.by_id.get(charge.finding.violation) if catalogue else None, step.action)

    def _want(self, step: StepView) -> None:
        """Ask for the diff and the details when there is something new to show."""
        wanted = (step.step, step.started_at, step.site is not None, len(step.attempts), self.against)
        if wanted == self._wanted:
            self._show_file(keep=True)
            return
        self._wanted = wanted
        if step.site is None:
            self._diff = None
            self._show_files()
            words = {"waiting": "This step has not begun.", "unscored": "This step has no output."}
            self.query_one(DiffView).say(words.get(step.state.value, "Nothing has been changed yet."))
        else:
            self.sitegen.work(partial(self._load_diff, step.step, self.against), "step diff", exclusive=True)
        if step.attempts or step.state != "waiting":
            self.sitegen.work(partial(self._load_detail, step.step), "step detail", exclusive=True)
        else:
            self._detail = None
            self._show_texts()

    async def _load_diff(self, number: int, against: str) -> None:
        services = self.sitegen.services
        if services is None:
            return
        diff = await services.diff(self.run_id, number, against)
        if self.alive and (number, against) == (self.number, self.against):
            self._diff = diff
            self._show_files()
            self._show_file()
            if self._finding is not None:
                self._finding = None
                self._jump()
            self.refresh_bindings()

    async def _load_detail(self, number: int) -> None:
        services = self.sitegen.services
        if services is None:
            return
        detail = await services.step_detail(self.run_id, number)
        if self.alive and number == self.number:
            self._detail = detail
            self._show_texts()

    def _show_texts(self) -> None:
        """Prompt, reply and attempts; made only for the tab in sight."""
        if self.tab_name == "diff":
            return
        pane = self.query_one(f"#{self.tab_name}", TextPane)
        if self._detail is None:
            pane.say("This step has not begun.")
            return
        make = {"prompt": prompt_lines, "reply": reply_lines, "attempts": attempt_lines}[self.tab_name]
        lines = make(self._detail)
        if lines:
            pane.show_lines(lines)
        else:
            pane.say("Nothing yet: the model has not finished its answer.")

    def _show_files(self) -> None:
        files = self._diff.files if self._diff else ()
        tabs = tuple(Tab(file.path, one_line(file.path), f"+{file.stats.added} −{file.stats.removed}") for file in files)
        if self._path not in {file.path for file in files}:
            self._path = files[0].path if files else ""
        strip = self.query_one("#files", TabStrip)
        strip.display = bool(tabs) and self.sees_diff
        strip.show(tabs, self._path)

    def _show_file(self, *, keep: bool = False) -> None:
        view, step = self.query_one(DiffView), self.chosen
        file = self._diff.file(self._path) if self._diff else None
        if file is not None:
            view.show(file, marks_of(step, self._path) if step and self.against == "before" else ())
        elif self._diff is not None and not keep:
            same = {"before": "The step changed nothing.", "gold": "The same as the reference editor makes it."}
            view.say(same.get(self.against, f"The same as in run {self.against}."))
        self._show_tabs()

    def _show_tabs(self) -> None:
        view = self.query_one(DiffView)
        note = view.where() if self.sees_diff else self.framed_words
        if note and self.against != "before":
            note = f"{self.against} left, {note}"
        words = {"diff": "Diff", "pictures": "Pictures", "both": "Diff and pictures"}[self.showing]
        titles = {"diff": words, **{name: name.title() for name in TABS[1:]}}
        tabs = tuple(Tab(name, f"{at} {titles[name]}", note if name == "diff" else "") for at, name in enumerate(TABS, 1))
        self.query_one("#tabs", TabStrip).show(tabs, self.tab_name)

    @on(DiffView.Moved)
    def _diff_moved(self) -> None:
        self._show_tabs()
        self.refresh_bindings()

    @on(TabStrip.Picked, "#tabs")
    def _tab_picked(self, event: TabStrip.Picked) -> None:
        self.action_tab(event.name)

    @on(TabStrip.Picked, "#files")
    def _file_picked(self, event: TabStrip.Picked) -> None:
        self._open_file(event.name)

    @on(LineList.Moved, "#findings")
    def _finding_moved(self) -> None:
        self._show_card()
        if self.sees_pictures:
            self.pane.point(self.spot)
            self._show_tabs()
        self.refresh_bindings()

    @on(LineList.Chosen, "#findings")
    def _finding_chosen(self) -> None:
        self._jump()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        if not self.alive:
            return True
        in_diff = self.sees_diff
        findings = self.query_one(FindingsList)
        pictured = self.can_do(action)
        if pictured is not None:
            return pictured
        match action:
            case "hunk":
                several = self._diff is not None and len(self._diff.files) > 1
                return in_diff and (several or self.query_one(DiffView).has_hunk(1 if parameters == (1,) else -1))
            case "file":
                return in_diff and self._diff is not None and len(self._diff.files) > 1
            case "fork":
                return self.chosen is not None
            case "decide":
                return self.chosen is not None and self.chosen.state in ("scored", "unscored")
            case "step":
                return self._neighbour(1 if parameters == (1,) else -1) is not None
            case "finding":
                return findings.can_move(1 if parameters == (1,) else -1)
            case "explain":
                return bool(findings.rows)
            case "jump":
                charge = self.charge
                place = self.sees_pictures and self.spot is not None
                return not findings.has_focus and charge is not None and (bool(charge.finding.evidence.file) or place)
            case "return":
                return bool(self._trail)
            case "layout":
                return in_diff and self.size.width >= SPLIT_WIDTH and self._diff is not None
            case "context" | "against":
                return in_diff and self._diff is not None
            case _:
                return super().check_action(action, parameters)

    def action_hunk(self, step: int) -> None:
        """The next or previous change; past the last one, the next file."""
        view = self.query_one(DiffView)
        if not view.next_hunk(step) and self._diff is not None and len(self._diff.files) > 1:
            self.action_file(step)
            if step < 0:
                view.action_edge(1)
                view.next_hunk(-1)
        elif view.rows is not None:
            view.focus()

    def action_file(self, step: int) -> None:
        """The next or previous changed file."""
        paths = [file.path for file in self._diff.files] if self._diff else []
        if paths:
            at = paths.index(self._path) if self._path in paths else 0
            self._open_file(paths[(at + step) % len(paths)])

    def _open_file(self, path: str) -> None:
        self._path = path
        self._show_files()
        self._show_file()

    def action_step(self, step: int) -> None:
        """The next or previous step of the run."""
        number = self._neighbour(step)
        if number is None:
            return
        self.number = number
        self._seen, self._told, self._diff, self._detail, self._wanted = -1, (), None, None, None
        self._finding = None
        self._trail.clear()
        self.query_one(FindingsList).set_rows(())
        self.query_one(DiffView).say("Comparing …")
        self._show_files()
        self.tick()
        self._show_texts()
        self._show_tabs()
        self.show_pictures()

    def _neighbour(self, step: int) -> int | None:
        """The number of the step before or after, None at the ends."""
        run = self.run_view
        numbers = [one.step for one in run.steps] if run else []
        at = numbers.index(self.number) + step if self.number in numbers else -1
        return numbers[at] if 0 <= at < len(numbers) else None

    def action_finding(self, step: int) -> None:
        """The next or previous finding, and its line if it has one."""
        findings = self.query_one(FindingsList)
        findings.action_move(step)

    def action_jump(self) -> None:
        """To the line of the finding under the cursor, to its place in the picture, or to both."""
        self._jump()

    def _jump(self) -> None:
        charge, view = self.charge, self.query_one(DiffView)
        if charge is None:
            return
        evidence = charge.finding.evidence
        if self.sees_pictures and (self.spot is not None or not (self.sees_diff or evidence.file)):
            jumped = self.jump_in_picture()
            if not self.sees_diff or (jumped and not evidence.file):
                return
        if not evidence.file:
            words = "p shows its place on the page." if self.spot is not None else "it has no line."
            self.notify(f"This finding is about no line of the files: {words}", markup=False)
            return
        if self.tab_name != "diff":
            self.action_tab("diff")
        if self.against != "before":
            self.notify("Findings speak of the step's own diff: g goes back to it.", markup=False)
            return
        if self._diff is None or self._diff.file(evidence.file) is None:
            self.notify(f"The step did not change {one_line(evidence.file)}.", markup=False)
            return
        if not self.sees_diff:
            self.shows = "diff"
            self.arranged()
        here = view.place()
        old = (self._path, here) if here else None
        if evidence.file != self._path:
            self._open_file(evidence.file)
        if evidence.line is not None:
            view.go_to(evidence.side, evidence.line)
        if old is not None:
            self._trail.append(old)
            del self._trail[:-50]
        view.focus()
        self.refresh_bindings()

    def action_return(self) -> None:
        """Back to where the last jump came from."""
        if self._trail:
            path, (side, number) = self._trail.pop()
            if path != self._path:
                self._open_file(path)
            self.query_one(DiffView).go_to(side, number)
            self.refresh_bindings()

    def action_layout(self) -> None:
        """Unified or side by side."""
        view = self.query_one(DiffView)
        view.set_layout("unified" if view.layout_name == "split" else "split")

    def action_context(self) -> None:
        """More unchanged lines around each change, then the whole file, then few again."""
        self._around = (self._around + 1) % len(CONTEXTS)
        self.query_one(DiffView).set_context(CONTEXTS[self._around])

    def action_against(self) -> None:
        """Compare with the site before, with what the reference editor makes, or with the other run that one came for."""
        sides = ("before", "gold", *((self.other,) if self.other else ()))
        self.against = sides[(sides.index(self.against) + 1) % len(sides)]
        self._wanted = None
        step = self.chosen
        if step is not None:
            self.query_one(DiffView).say("Comparing …")
            self._want(step)

    def action_fork(self) -> None:
        """Make this step and all later ones again, in a run of their own."""
        self.sitegen.fork(self.run_id, self.number)

    def action_decide(self) -> None:
        """Decide about this step, or about the finding under the cursor."""
        row = self.query_one(FindingsList).cursor_row
        self.sitegen.decide(self.run_id, self.number, row.number if row else None)

    def action_explain(self) -> None:
        """The finding under the cursor, down to its rule."""
        charge, step = self.charge, self.chosen
        if charge is not None and step is not None:
            self.sitegen.explain(charge, step.action)

    def action_tab(self, name: str) -> None:
        """Show a tab and give it the keys."""
        self.tab_name = name
        for tab in TABS[1:]:
            self.query_one(f"#{tab}").display = tab == name
        self.arranged()
        self._show_texts()
        pictures_only = self.sees_pictures and not self.sees_diff
        (self.pane.right if pictures_only else self.query_one(f"#{name}")).focus()

    def arranged(self) -> None:
        """Show again what depends on which panes are shown."""
        self.lay_out()
        self._show_files()
        self._show_tabs()
        self.show_pictures()
        self.refresh_bindings()

    def action_back(self) -> None:
        """To where we came from."""
        self.sitegen.back()
