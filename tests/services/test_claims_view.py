"""The audit of published tables as a view: the study that is shipped, files of one's own, and what is wrong with them."""

import pytest

from sitegen_tui.errors import ContentError, UsageError
from sitegen_tui.services.insights.claims import VERDICTS, ClaimsView, audit_file, build


def test_the_study_that_is_shipped_comes_by_verdict_with_its_source():
    view = audit_file()
    assert "467" in view.title
    assert view.source
    places = [VERDICTS.index(claim.verdict) for claim in view.claims]
    assert places == sorted(places)
    assert set(places) == {0, 1, 2}
    assert view.conditions is None
    assert ClaimsView.model_validate_json(view.model_dump_json()) == view


def test_a_file_of_ones_own_is_audited(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("models:\n- {id: a, mean: 100.0, sd: 10.0, runs: 4, interval: [84.1, 115.9]}\nheatmapp: {}\n")
    view = audit_file(str(file))
    assert [(claim.subject, claim.verdict) for claim in view.claims if claim.section == "intervals"] == [
        ("a low", "reproduces"),
        ("a high", "reproduces"),
    ]
    assert view.notes == ("heatmapp is no table that is read: did you mean heatmap?",)


@pytest.mark.parametrize(
    ("text", "place", "mend"),
    [
        ("models:\n- {id: a, mean: 1.0, runs: 3}\n- {id: b, mean: high, runs: 3}\n", "mine.yaml:3 models[1].mean", "number"),
        ("models:\n- {id: a, mean: 1.0}\n", "mine.yaml:2 models[0].runs", "add runs"),
        ("power: {runs: 1, difference: 20}\n", "mine.yaml:1 power.runs", "at least 2"),
        ("models: [\n", "mine.yaml:1", "syntax"),
        ("- 3\n", "mine.yaml:1", "begin with the fields"),
        ("ratios:\n- {claimed: 2, of: [a, mode], to: [a, sd]}\n", "mine.yaml:2 ratios[0].of[1]", "mean"),
    ],
)
def test_a_malformed_file_is_told_by_line_field_and_mend(text, place, mend):
    with pytest.raises(ContentError) as found:
        build(text.encode(), "mine.yaml")
    assert place in found.value.message
    assert mend in found.value.hint


def test_a_file_that_is_not_there_and_one_without_claims():
    with pytest.raises(UsageError, match="cannot read"):
        audit_file("/nowhere/at/all.yaml")
    assert build(b"title: nothing\n", "x.yaml").notes == ("nothing in this file can be held against anything else in it",)
