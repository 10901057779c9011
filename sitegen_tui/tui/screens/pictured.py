"""What the Step screen does with pictures of the page: which panes are shown, where a finding lies, and opening the site."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.events import Resize

from sitegen_tui.domain.pictures import spot_of
from sitegen_tui.tui.screens.base import LiveScreen
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.diff_view import DiffView
from sitegen_tui.tui.widgets.picture_pane import PicturePane

if TYPE_CHECKING:
    from sitegen_tui.domain.findings import Charge
    from sitegen_tui.domain.pictures import PictureDifference, PictureSide, PictureView, Raster, Spot
    from sitegen_tui.services.views import StepView

Shows = Literal["diff", "pictures", "both"]
BOTH_FROM = 96
"""Cells from which on diff and pictures stand beside each other."""
OPENING = Binding.Group("open site", compact=True)


class PicturedScreen(LiveScreen):
    """A screen about one step of one run, which has a diff and pictures to show it by."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "shows", "pictures"),
        Binding("v", "view", "desktop/mobile"),
        Binding("x", "difference", "what changed"),
        Binding("b", "side", "before/after"),
        Binding("o", "open_site('after')", "open site", group=OPENING),
        Binding("O", "open_site('before')", "open site before", group=OPENING),
    ]

    run_id: str
    number: int
    tab_name: str

    def __init__(self) -> None:
        super().__init__()
        self.shows: Shows = "diff"

    @property
    def chosen(self) -> StepView | None:
        """The step that is shown."""
        raise NotImplementedError

    @property
    def charge(self) -> Charge | None:
        """The charge under the findings' cursor."""
        raise NotImplementedError

    @property
    def pane(self) -> PicturePane:
        """The pictures."""
        return self.query_one(PicturePane)

    @property
    def can_show_both(self) -> bool:
        """Whether there is room for a diff and pictures beside each other."""
        return self.size.width - (48 if self.wide else 0) >= BOTH_FROM

    @property
    def showing(self) -> Shows:
        """What is shown: both only where there is room."""
        return "pictures" if self.shows == "both" and not self.can_show_both else self.shows

    @property
    def sees_diff(self) -> bool:
        """Whether the diff is on the screen."""
        return self.tab_name == "diff" and self.showing != "pictures"

    @property
    def sees_pictures(self) -> bool:
        """Whether the pictures' pane is on the screen."""
        return self.tab_name == "diff" and self.showing != "diff"

    @property
    def spot(self) -> Spot | None:
        """Where on the page the finding under the cursor was seen."""
        charge = self.charge
        return spot_of(charge.finding.evidence.measured) if charge is not None else None

    @property
    def framed_words(self) -> str:
        """Which finding has a frame in the pictures: where they are alone, nothing else may say so."""
        charge = self.charge
        return one_line(charge.finding.violation) if charge is not None and self.spot is not None and self.sees_pictures else ""

    def lay_out(self) -> None:
        """Show the diff, the pictures or both."""
        self.query_one(DiffView).display = self.sees_diff
        self.query_one("#views").display = self.tab_name == "diff"
        self.pane.display = self.sees_pictures
        self.set_class(self.sees_pictures and not self.sees_diff, "-pictured")
        self.set_class(self.sees_pictures and self.sees_diff, "-both")

    def show_pictures(self) -> None:
        """The pictures of the step, or why there are none; asks for nothing while they are not in sight."""
        step = self.chosen
        if step is None or not self.sees_pictures:
            return
        reason = no_pictures(step)
        if reason:
            self.pane.say(reason)
        else:
            name = (self.run_id, step.step, *sorted(step.shots.items()))
            self.pane.show_step(name, partial(self._picture, step.step), partial(self._facts, step.step))
            self.pane.point(self.spot)

    async def _picture(self, step: int, side: PictureSide, view: PictureView, width: int) -> Raster | None:
        services = self.sitegen.services
        return await services.picture(self.run_id, step, side, view, width) if services else None

    async def _facts(self, step: int, view: PictureView) -> PictureDifference | None:
        services = self.sitegen.services
        return await services.picture_difference(self.run_id, step, view) if services else None

    def on_screen_suspend(self) -> None:
        """The terminal keeps pictures for the screen that is on top."""
        if self.is_mounted and self.query(PicturePane):
            self.pane.rest()

    def on_screen_resume(self) -> None:
        """Draw them again."""
        if self.is_mounted and self.query(PicturePane):
            self.pane.refresh_pictures()

    def on_resize(self, _event: Resize) -> None:
        """Both need room."""
        if self.is_mounted and self.query(PicturePane):
            self.arranged()

    def arranged(self) -> None:
        """Show again what depends on which panes are shown."""
        raise NotImplementedError

    def can_do(self, action: str) -> bool | None:
        """Whether a key of the pictures does something now; None for keys of others."""
        step = self.chosen
        seen = self.sees_pictures and step is not None and bool(step.shots)
        match action:
            case "shows":
                return self.tab_name == "diff"
            case "view" | "difference":
                return seen
            case "side":
                return seen and not self.pane.difference
            case "open_site":
                return step is not None and step.site is not None and step.state == "scored"
            case _:
                return None

    def action_shows(self) -> None:
        """Diff, pictures, or both where there is room."""
        order: tuple[Shows, ...] = ("diff", "pictures", "both") if self.can_show_both else ("diff", "pictures")
        self.shows = order[(order.index(self.showing) + 1) % len(order)]
        self.arranged()
        (self.pane.right if self.showing == "pictures" else self.query_one(DiffView)).focus()

    def action_view(self) -> None:
        """Desktop or mobile."""
        self.pane.set_view("mobile" if self.pane.view == "desktop" else "desktop")
        self.refresh_bindings()

    def action_difference(self) -> None:
        """What changed, or the pages themselves."""
        self.pane.set_difference(not self.pane.difference)
        self.refresh_bindings()

    def action_side(self) -> None:
        """Before or after in the same place, or both where there is room."""
        self.pane.next_side()

    def action_open_site(self, side: Literal["before", "after"]) -> None:
        """The step's site in the person's own browser."""
        self.sitegen.open_site(self.run_id, self.number, side)

    def jump_in_picture(self) -> bool:
        """To the place of the finding under the cursor; says why where there is none, and is then False."""
        charge, spot, step = self.charge, self.spot, self.chosen
        if charge is None or step is None:
            return False
        if spot is None:
            words = "This finding was made in the files: it names no place on the page."
        elif spot.shown is None:
            words = f"This was seen in the {spot.view} window, of which no picture is kept."
        elif not step.shots:
            words = one_line(no_pictures(step))
        else:
            self.pane.go_to(spot)
            return True
        self.notify(words, markup=False)
        return False


def no_pictures(step: StepView) -> str:
    """Why a step has no pictures; empty if it has some."""
    if step.shots:
        return ""
    match step.state.value:
        case "waiting":
            return "This step has not begun."
        case "unscored":
            return "This step was not judged, so no browser looked at it."
        case "scored":
            seen = step.score is not None and step.score.full
            if seen:
                return "A browser looked at this step, but could take no picture of its page."
            return "No browser looked at this step: it was judged by its files alone."
        case _:
            return "Pictures come when the step has been judged."
