"""The templates' screen: what there is to run on, with numbers, text and a picture, and the way to an experiment."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from sitegen_tui.tui.screens.new_experiment import NewExperimentScreen
from sitegen_tui.tui.screens.templates import TemplatesScreen
from sitegen_tui.tui.widgets.bars import hints
from sitegen_tui.tui.widgets.choice_list import ChoiceList
from sitegen_tui.tui.widgets.template_table import TemplateTable
from sitegen_tui.tui.widgets.text_pane import TextPane
from tests.tui.terminal import Open, app_of, until


async def _open(pilot: Pilot[None]) -> TemplatesScreen:
    await until(pilot, lambda: "templates" in {hint.words for hint in hints(pilot.app.screen) if hint.enabled})
    await pilot.press("T")
    await until(pilot, lambda: isinstance(pilot.app.screen, TemplatesScreen))
    screen = pilot.app.screen
    assert isinstance(screen, TemplatesScreen)
    services = app_of(pilot).services
    assert services is not None
    await until(pilot, lambda: len(screen.rows) == len(services.shelving.ids()))
    return screen


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
async def test_a_template_is_told_and_opens_the_form_with_its_briefs(opened: Open, size: tuple[int, int]) -> None:
    async with opened(size) as pilot:
        screen = await _open(pilot)
        screen.query_one(TemplateTable).move_to("safari-lodge")
        await until(pilot, lambda: "lightbox-open" in screen.query_one(TextPane).text)
        text = screen.query_one(TextPane).text
        assert "tier 3" in text
        assert "thornveld-01" in text
        assert "6 sections" in text
        assert screen.query_one("#page-pane").display
        assert screen.query_one("#about-pane").display is (size[0] >= 100)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NewExperimentScreen))
        sites = pilot.app.screen.query_one("#sites", ChoiceList)
        await until(pilot, lambda: bool(sites.chosen))
        assert {value.split("\n")[0] for value in sites.chosen} == {"safari-lodge"}


async def test_where_there_is_no_room_for_both_p_changes_between_picture_and_text(opened: Open) -> None:
    async with opened((80, 24)) as pilot:
        screen = await _open(pilot)
        assert (screen.query_one("#page-pane").display, screen.query_one("#about-pane").display) == (True, False)
        await pilot.press("p")
        assert (screen.query_one("#page-pane").display, screen.query_one("#about-pane").display) == (False, True)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, TemplatesScreen))
