"""The shipped study's figures beside ours: found by name, alias or last part, and in no mean of ours."""

import pytest

from sitegen_tui.domain.insights import Conditions, Frame, RunSample
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.violations import Layer
from sitegen_tui.services.insights import results, templates
from sitegen_tui.services.insights.claims import published
from sitegen_tui.services.insights.cost import CostView
from sitegen_tui.services.insights.gap import GapRow, GapView
from sitegen_tui.services.insights.heatmap import HeatCell, HeatmapView
from sitegen_tui.services.insights.published import beside

KIMI = "openrouter/moonshotai/kimi-k2.5"
FULL = Conditions(rubric=1, layers=(Layer.STATIC, Layer.RENDERED), mode="chain", full=True, actions=ACTION_IDS)


def run(model, template, total, at):
    return RunSample(
        f"e1.{at}", 1, model, False, template, "r", "c", 1, 16, 16, 0, total, 160.0, None, 0, 0, 0, 0.0, 0.0, template
    )  # fmt: skip


RUNS = [run(KIMI, "safari-lodge", 90.0, 1), run("local/r1", "gala-event", 50.0, 2), run(KIMI, "gala-event", 100.0, 3)]


def test_totals_stand_beside_those_of_the_same_model_and_change_no_mean():
    view = results.build(Frame(conditions=FULL), RUNS, {})
    found = beside(view, published(), {"local/r1": "deepseek-r1"})
    rows = {row.model: row for row in found.rows}
    assert (rows["kimi-k2.5"].published, rows["kimi-k2.5"].ours, rows["kimi-k2.5"].n) == (108.2, 95.0, 2)
    assert rows["kimi-k2.5"].difference == pytest.approx(-13.2)
    assert rows["kimi-k2.5"].printed == "sd 20.1, n 9, 95 % 92.7 to 123.7"
    assert (rows["deepseek-r1"].ours, rows["claude-haiku-4.5"].ours) == (50.0, None)
    assert set(found.matched) == {"kimi-k2.5", "deepseek-r1"}
    assert [row.ours is None for row in found.rows] == [False, False, True, True, True]
    assert next(row.mean for row in view.models if row.model == KIMI) == 95.0
    assert "another judge" in found.notes[0]
    assert len(found.notes) == 1


def test_where_no_model_is_the_studys_that_is_said_and_so_is_judging_in_part():
    part = FULL.model_copy(update={"full": False, "layers": (Layer.STATIC,)})
    found = beside(results.build(Frame(conditions=part), [run("simulated/careful", "safari-lodge", 60.0, 1)], {}), published(), {})
    assert found.matched == ()
    assert {row.ours for row in found.rows} == {None}
    assert found.notes[1:] == (
        "None of the models here is in the study.",
        "Ours are judged in part: they are not on the same scale.",
    )


def test_cells_of_the_heatmap_are_found_by_action_and_column():
    cell = HeatCell(
        model=KIMI, row="apply-colours", n=4, mean=7.0, sd=None, minimum=7.0, maximum=7.0, negative=0, unscored=0, assessed=10.0
    )
    found = beside(HeatmapView(conditions=FULL, models=(KIMI,), by_action=(cell,)), published(), {})
    assert len(found.rows) == 16 * 4
    first = found.rows[0]
    assert (first.row, first.model, first.published, first.ours, first.n) == ("apply-colours", "kimi-k2.5", 6.2, 7.0, 4)
    assert [row.published for row in found.rows if row.row == "apply-sections-layout"] == [1.6, -3.8, -1.5, -2.5]


def test_a_gap_is_ours_only_to_the_same_reference():
    row = GapRow(row="apply-colours", actions=("apply-colours",), reference_mean=9.0, gaps={}, average=-2.0, averaged=(KIMI,), n={})
    for reference, ours in (("openrouter/anthropic/claude-sonnet-4.6", -2.0), ("reference", None)):
        view = GapView(conditions=FULL, reference=reference, models=(KIMI,), by_action=(row,))
        found = {one.row: one for one in beside(view, published(), {}).rows}
        assert (found["apply-colours"].published, found["apply-colours"].ours) == (-3.3, ours)
        assert len(found) == 6


def test_templates_are_found_by_their_names():
    found = beside(templates.build(Frame(conditions=FULL), RUNS), published(), {})
    gala = next(row for row in found.rows if (row.row, row.model) == ("Gala Event", "kimi-k2.5"))
    assert (gala.published, gala.ours) == (98.8, 100.0)
    assert not any((row.row, row.model) == ("Safari Lodge", "kimi-k2.5") for row in found.rows)


def test_a_view_that_the_study_has_no_table_of_has_none():
    assert beside(CostView(), published(), {}) is None
