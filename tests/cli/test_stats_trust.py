"""Agreement, calibration and calibrated results as documents that other programs read."""

from __future__ import annotations

import pytest

from sitegen_tui.domain.marks import Mark
from sitegen_tui.store import Store
from tests.judged import add_experiment, label, play

PARSE, JS = Mark(violation="html.parse-error"), Mark(violation="js.broken")


@pytest.fixture
def labelled(db):
    """Four runs of two models; two people labelled five steps of each, one of them more strictly than the judges."""
    with Store.open(db) as store:
        runs = add_experiment(store, ("a", "simulated/b"), repeats=2, simulated=frozenset({"simulated/b"}))
        for run in runs:
            play(store, run, {1: [PARSE, JS], 2: [PARSE]})
            for step in range(1, 6):
                store.record(label(run.run_id, step, "mara", [PARSE] if step < 4 else []))
                store.record(label(run.run_id, step, "bo", [JS] if step == 1 else []))
    return db


def test_agreement_names_pairs_ids_and_the_steps_behind_each_count(labelled, sitegen):
    document = sitegen("stats", "agreement", "--json").json
    assert [(one["name"], one["kind"], one["steps"]) for one in document["raters"]] == [
        ("bo", "person", 20), ("mara", "person", 20), ("checkers", "checkers", 20),
    ]  # fmt: skip
    assert [pair["relation"] for pair in document["pairs"]] == ["person × person", "person × judge", "person × judge"]
    mara = next(pair for pair in document["pairs"] if (pair["first"], pair["second"]) == ("mara", "checkers"))
    row = next(one for one in mara["ids"] if one["violation"] == "html.parse-error")
    assert (len(row["both"]), len(row["first_only"]), len(row["second_only"]), row["neither"]) == (8, 4, 0, 8)
    assert row["percent"]["estimate"]["value"] == 0.8
    assert row["first_only"] == [f"e1.{run}/3" for run in range(1, 5)]
    assert document["simulated"] == ["simulated/b"]
    told = sitegen("stats", "agreement", "--pair", "checkers", "mara")
    assert "mara (first) and checkers (second), person × judge, 20 steps" in told.out
    assert sitegen("stats", "agreement", "--pair", "mara", "nobody").status == 2


def test_calibration_gives_raw_and_calibrated_means_unrounded(labelled, sitegen):
    document = sitegen("stats", "calibration", "--json").json
    assert (document["labels"], document["raters"], document["weighted"]) == (20, ["bo", "mara"], False)
    results = {row["model"]: row["mean"] for row in sitegen("stats", "results", "--json").json["results"]}
    for row in document["models"]:
        assert row["raw"]["mean"] == pytest.approx(results[row["model"]])
        assert row["calibrated"]["labels"] == 10
        assert row["corrected"] == pytest.approx(row["calibrated"]["estimate"]["value"] - row["raw"]["mean"])
    assert {row["violation"] for row in document["prevalences"]} == {"html.parse-error", "js.broken"}
    assert "20 steps labelled by bo, mara, as if drawn evenly" in sitegen("stats", "calibration").out


def test_results_say_whether_they_are_raw_or_calibrated(labelled, sitegen):
    raw, made = sitegen("stats", "results", "--json").json, sitegen("stats", "results", "--calibrated", "--json").json
    assert (raw["scores"], made["scores"]) == ("raw", "calibrated")
    wanted = {
        row["model"]: row["calibrated"]["estimate"]["value"] for row in sitegen("stats", "calibration", "--json").json["models"]
    }
    assert {row["model"]: row["mean"] for row in made["results"]} == wanted
    assert all(row["letters"] == "" and row["sd"] is None for row in made["results"])
    assert "calibrated points out of 160" in sitegen("stats", "results", "--calibrated").out
    assert "raw points out of 160" in sitegen("stats", "results").out


def test_without_labels_it_says_what_to_do(db, sitegen):
    with Store.open(db) as store:
        play(store, add_experiment(store, ("a",))[0])
    for view in ("agreement", "calibration"):
        assert "sitegen label queue draws some" in sitegen("stats", view).out
    assert sitegen("stats", "agreement", "--json").json["pairs"] == []
