import pytest

from sitegen_tui.domain.pipeline import ACTION_IDS


def test_a_gap_is_asked_for_with_another_reference(sitegen, stored):
    document = sitegen("stats", "gap", "--json").json
    assert (document["reference"], document["models"]) == ("one", ["simulated/two"])
    assert {row["row"] for row in document["by_action"]} == set(ACTION_IDS)
    row = document["by_action"][0]
    assert row["gaps"]["simulated/two"] == {
        "value": 0.0, "low": pytest.approx(-2.267, abs=1e-3), "high": pytest.approx(2.267, abs=1e-3), "n": 3,
        "confidence": 0.95, "method": "welch", "reason": "",
    }  # fmt: skip
    assert (row["average"], row["averaged"], row["n"]) == (0.0, ["simulated/two"], {"one": 3, "simulated/two": 3})
    told = sitegen("stats", "gap", "--reference", "simulated/two", "--by", "category")
    assert "simulated/two mean" in told.out
    assert "+0.0 [-2.3, +2.3]" not in sitegen("stats", "gap", "--reference", "nobody").out
    refused = sitegen("stats", "gap", "--reference", "nobody")
    assert (refused.status, "nobody" in refused.err) == (2, True)


def test_hard_actions_are_ranked_by_either_weighting(sitegen, stored):
    document = sitegen("stats", "difficulty", "--json").json
    assert [row["action"] for row in document["actions"]] == list(ACTION_IDS)
    assert {(row["by_models"]["value"], row["assessed"], row["spread"]) for row in document["actions"]} == {(7.5, 8.0, 0.0)}
    assert "hardest first (runs count the same)" in sitegen("stats", "difficulty", "--weight", "runs").out


def test_sites_are_shown_with_their_runs(sitegen, stored):
    document = sitegen("stats", "templates", "--json").json
    (site,) = document["sites"]
    assert (document["reference"], site["best"], site["percent"]) == ("one", "simulated/two", 100.0)
    assert {(cell["model"], cell["n"], cell["mean"], len(cell["runs"])) for cell in document["cells"]} == {
        ("one", 3, 120.0, 3),
        ("simulated/two", 3, 120.0, 3),
    }
    assert "120.0 (3)" in sitegen("stats", "templates").out


def test_bad_runs_are_those_under_the_threshold_asked_for(sitegen, stored):
    row = sitegen("stats", "variance", "--json").json["models"][0]
    assert (row["spread"]["worst"], row["mean"], row["spread"]["best"], row["below"]) == (104.0, 120.0, 136.0, 0)
    document = sitegen("stats", "variance", "--below", "110", "--json").json
    assert (document["threshold"], document["models"][0]["below"]) == (110.0, 1)
    assert document["models"][0]["spread"]["below"]["value"] == pytest.approx(1 / 3)
    assert "runs below 110" in sitegen("stats", "variance", "--below", "110").out


def test_causes_are_listed_with_what_they_cost_each_model(sitegen, stored):
    document = sitegen("stats", "violations", "--json").json
    (cause,) = document["causes"]
    assert (cause["violation"], cause["points"], cause["charged"], cause["cumulative"]) == ("html.broken", 48.0, 96, 1.0)
    assert cause["by_model"] == {"one": 24.0, "simulated/two": 24.0}
    assert len(document["charges"]) == 32
    assert sitegen("stats", "violations", "--whose", "inherited", "--json").json["causes"] == []
    narrowed = sitegen("stats", "violations", "-m", "one", "--action", "swap-fonts", "--json").json
    assert (narrowed["causes"][0]["points"], narrowed["steps"]) == (1.5, 3)
    assert "html.broken" in sitegen("stats", "violations").out
