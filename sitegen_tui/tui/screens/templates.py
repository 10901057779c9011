"""Templates: every skeleton site with its numbers, its page as a browser shows it, its sections, briefs and what is to mend."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical

from sitegen_tui.domain.pictures import page_width
from sitegen_tui.errors import SitegenError
from sitegen_tui.tui import figures
from sitegen_tui.tui.graphics import cell_pixels
from sitegen_tui.tui.screens.base import LiveScreen
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.bars import Caption
from sitegen_tui.tui.widgets.columns import Headings
from sitegen_tui.tui.widgets.drawing import HALVES
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.picture import PictureView
from sitegen_tui.tui.widgets.picture_pane import KEPT, fitting
from sitegen_tui.tui.widgets.template_table import TemplateTable
from sitegen_tui.tui.widgets.text_pane import StyledLine, TextPane

if TYPE_CHECKING:
    from sitegen_tui.services.root import Services
    from sitegen_tui.services.shelving import ShelfRow


class TemplatesScreen(LiveScreen):
    """A list, and of the template under the cursor a picture and everything that is known."""

    CSS_PATH = "templates.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "experiment", "new experiment on it", priority=True),
        Binding("p", "picture", "picture or text"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, ShelfRow] = {}
        self.text_first = False
        self._wanted: tuple[str, int] | None = None

    def compose_body(self) -> ComposeResult:
        """Templates above or at the left, the page and its text below or at the right."""
        table = TemplateTable(id="templates")
        with Container(id="body"):
            with Vertical(id="templates-pane"):
                yield Caption("Templates", id="templates-caption")
                yield Headings(table)
                yield table
            with Vertical(id="page-pane"):
                yield Caption("Page", id="page-caption")
                yield PictureView(id="page")
            with Vertical(id="about-pane"):
                yield Caption("About", id="about-caption")
                yield TextPane(id="about")

    def on_mount(self) -> None:
        """Read the shelf in the background, row after row."""
        super().on_mount()
        self.query_one(TemplateTable).focus()
        self.query_one(TemplateTable).set_words("Reading the templates …")
        self._arrange()
        if self._services is not None:
            self.sitegen.work(self._load, "templates", exclusive=True)
        self.top.show(("sitegen", "templates"), ())

    @property
    def _services(self) -> Services | None:
        return self.sitegen.services

    @property
    def row(self) -> ShelfRow | None:
        """The template under the cursor."""
        return self.rows.get(self.query_one(TemplateTable).cursor_key or "")

    async def _load(self) -> None:
        services = self._services
        if services is None:
            return
        names = services.shelving.ids()
        for name in names:
            row = await services.shelving.row(name)
            if not self.alive:
                return
            self.rows[name] = row
            table = self.query_one(TemplateTable)
            table.set_rows(tuple(self.rows.values()))
            self._show_top(len(names))
            if len(self.rows) == 1:
                self._show()
        if not names:
            self.query_one(TemplateTable).set_words("There is no template here.", "sitegen template new NAME writes one.")

    def _show_top(self, number: int) -> None:
        wrong = sum(1 for row in self.rows.values() if row.errors or row.error)
        reading = f"{len(self.rows)} of {number} read  " if len(self.rows) < number else ""
        words = [(reading, "accent"), (figures.plural(number, "template"), "muted")]
        if wrong:
            words.append((f"  {wrong} with errors", "bad"))
        self.top.show(("sitegen", "templates"), words)
        self.query_one("#templates-caption", Caption).show("Templates", str(number))
        self.refresh_bindings()

    def _show(self) -> None:
        """Text at once, the picture when it is there."""
        row = self.row
        if row is None:
            return
        self.query_one("#about-caption", Caption).show(one_line(row.name or row.id), f"tier {row.tier}" if row.tier else "")
        self.query_one("#about", TextPane).show_lines(about(row))
        self._ask()

    def _ask(self) -> None:
        row, picture = self.row, self.query_one("#page", PictureView)
        width = picture.scrollable_content_region.width
        if row is None or width < 1 or not self.query_one("#page-pane").display:
            return
        if row.error:
            self._wanted = None
            picture.say("No picture: the template cannot be used as it is.")
            return
        if self._wanted != (row.id, width):
            if self._wanted is None or self._wanted[0] != row.id:
                picture.say("Looking …")
            self._wanted = (row.id, width)
            self.sitegen.work(partial(self._picture, row.id, width), "template picture", exclusive=True)

    async def _picture(self, name: str, width: int) -> None:
        services, images = self._services, self.sitegen.images
        if services is None:
            return
        cell = HALVES if images is None else fitting(cell_pixels(), width, KEPT["desktop"])
        try:
            raster = await services.shelving.picture(name, width * cell.across)
        except SitegenError as error:
            if self.alive and self._wanted == (name, width):
                self.query_one("#page", PictureView).say(f"No picture: {error.message}. {error.hint}")
            return
        if self.alive and self._wanted == (name, width):
            self.query_one("#page", PictureView).show(raster, page_width("desktop"), cell, images)

    def _arrange(self) -> None:
        """Where there is no room for both, either the picture or the text."""
        both = self.size.width >= 100 and self.size.height >= 30
        self.query_one("#page-pane").display = both or not self.text_first
        self.query_one("#about-pane").display = both or self.text_first
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Another size has room for other things."""
        self._arrange()

    @on(PictureView.Resized)
    def _resized(self) -> None:
        self._ask()

    @on(LineList.Moved, "#templates")
    def _moved(self) -> None:
        self._show()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only where they do something."""
        if not self.alive:
            return True
        match action:
            case "experiment":
                row = self.row
                return row is not None and not row.error and bool(row.briefs)
            case "picture":
                return self.size.width < 100 or self.size.height < 30
            case _:
                return super().check_action(action, parameters)

    def action_experiment(self) -> None:
        """The form of a new experiment, with this template and all its briefs."""
        from sitegen_tui.services.plans import Wanted
        from sitegen_tui.tui.screens.new_experiment import FIRST_MODELS

        row = self.row
        if row is not None and row.briefs:
            briefs = tuple(brief.id for brief in row.briefs)
            self.sitegen.new_experiment(Wanted(models=FIRST_MODELS, templates=(row.id,), requirements=briefs))

    def action_picture(self) -> None:
        """The picture instead of the text, or the other way round."""
        self.text_first = not self.text_first
        self._arrange()
        self._ask()

    def action_back(self) -> None:
        """To where one came from."""
        self.dismiss()


def about(row: ShelfRow) -> list[StyledLine]:
    """Everything about a template as lines."""
    lines: list[StyledLine] = []
    if row.error:
        lines += [[(row.error, "bad")], [("", "text")]]
    elif row.difficulty is not None:
        counts = ", ".join(f"{value} {name}" for name, value in row.difficulty)
        by_count = "" if row.difficulty.tier == row.tier else f", {row.difficulty.tier} by count"
        lines += [
            [(row.summary, "text")],
            [
                (f"{row.trade}  ", "muted"),
                (f"tier {row.tier}", "strong"),
                (by_count, "bad"),
            ],
            [(f"{row.difficulty.number:g} in all: {counts}", "muted")],
            [("", "text")],
            [("Sections", "strong"), (f"  hero {row.hero}", "muted")],
        ]
    for section in row.sections:
        items = f"  {section.items} items as {section.baseline}" if section.items else ""
        may = f", may become {', '.join(section.patterns)}" if section.patterns else ""
        picture = "  picture" if section.pictured else ""
        lines.append([(f"  {section.id}", "accent"), (f"  {section.heading}", "text"), (f"{items}{may}{picture}", "muted")])
    if row.behaviours:
        lines += [[("Behaviours", "strong"), (f"  {', '.join(row.behaviours)}", "muted")]]
    if not row.error:
        lines += [[("", "text")], [("Briefs", "strong"), ("" if row.briefs else "  none: nothing can be run on it yet", "bad")]]
    for brief in row.briefs:
        wrong = f"  {figures.plural(brief.errors, 'error')}" if brief.errors else ""
        lines.append(
            [(f"  {brief.id}", "accent"), (f"  {brief.business}", "text"), (f"  {brief.industry}", "muted"), (wrong, "bad")]
        )
    lines += [[("", "text")], [("Lint", "strong"), ("" if row.findings else "  nothing to mend", "good")]]
    for finding in row.findings:
        style = "bad" if finding.severity == "error" else "muted"
        lines += [
            [(f"  {finding.severity}", style), (f"  {finding.place}: {finding.message}", "text")],
            [(f"    {finding.mend}", "muted")],
        ]
    return lines
