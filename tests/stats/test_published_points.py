"""What is known to be wrong in the published study that is shipped, point by point: found by the audit, or why it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sitegen_tui.stats import claims
from sitegen_tui.stats.claims import audit

STUDY = yaml.safe_load(Path(claims.__file__).with_name("round1.yaml").read_text())

WRONG, UNKNOWN, RIGHT = "does not reproduce", "cannot be computed", "reproduces"

FOUND = [
    (2, "power", "15 runs are enough", WRONG, "0.753"),
    (3, "words", "number of runs", WRONG, "= 52 runs in the table"),
    (3, "words", "number of runs", WRONG, "31 runs of models that ever vary x 16 actions = 496"),
    (3, "words", "number of runs", WRONG, "467 / 16 actions = 29.2 runs"),
    (4, "heatmap", "kimi-k2.5", WRONG, "115.60"),
    (4, "heatmap", "deepseek-v3.2", WRONG, "101.00"),
    (4, "heatmap", "deepseek-r1", WRONG, "40.30"),
    (4, "heatmap", "claude-haiku-4.5", RIGHT, "107.50"),
    (5, "averages", "apply-colours", WRONG, "5.89 (each model counting the same: 4.67)"),
    (5, "averages", "apply-sections-layout", WRONG, "-1.04 (each model counting the same: -1.55)"),
    (6, "categories", "any weights of models", WRONG, "0.13"),
    (6, "categories", "Content", WRONG, "7.34"),
    (6, "categories", "Quality", UNKNOWN, "the category has actions and no mean"),
    (6, "categories", "implied total", WRONG, "96.97"),
    (7, "gap", "models", WRONG, "3 of 4 models, without deepseek-r1"),
    (8, "extremes", "claude-haiku-4.5", WRONG, "121.1 and 94.3"),
    (8, "extremes", "kimi-k2.5", WRONG, "128.3 and 88.1"),
    (8, "extremes", "claude-haiku-4.5 range", WRONG, "34.70"),
    (8, "templates", "kimi-k2.5 best run and AI Page Builder (SaaS)", WRONG, "134.80"),
    (9, "gap", "three deepest actions", WRONG, "18.9 of 46.2 points: 41 %"),
    (10, "words", "sd of claude-haiku-4.5 to sd of kimi-k2.5", WRONG, "0.67"),
    (11, "words", "easiest to hardest action", WRONG, "12.9 apart"),
    (12, "words", "input price of claude-sonnet-4.6 to input price of deepseek-v3.2", WRONG, "11.54"),
    (12, "words", "output price of claude-sonnet-4.6 to output price of deepseek-v3.2", WRONG, "39.47"),
    (12, "words", "input price of claude-haiku-4.5 to input price of deepseek-v3.2", WRONG, "3.85"),
    (12, "words", "output price of claude-haiku-4.5 to output price of deepseek-v3.2", WRONG, "13.16"),
    (13, "templates", "deepseek-v3.2 swing on Safari Lodge", WRONG, "every run there is 120.5"),
    (14, "templates", "deepseek-v3.2", RIGHT, "at least 10 runs on the template with mean 86.8"),
    (14, "templates", "kimi-k2.5", WRONG, "0 of 56 splits of 9 runs fit"),
    (14, "templates", "kimi-k2.5 coverage", WRONG, "no mean on Safari Lodge"),
    (15, "templates", "claude-haiku-4.5 and deepseek-v3.2 order", WRONG, "-0.20"),
    (16, "spread", "claude-sonnet-4.6", WRONG, "a constant"),
    (17, "words", "scale", WRONG, "lie outside"),
    (18, "words", "best of deepseek-v3.2 under mean of claude-haiku-4.5", WRONG, "120.5, 107.7"),
    (19, "intervals", "deepseek-r1", RIGHT, "N/A; it would be 12.3 to 71.5"),
]

NOT_FROM_THE_FILE = {
    1: "the table that puts replace-favicon under another category is no part of the file: it has one category an action",
    20: "how many kinds of violation the catalogue lists, and whether there was another action, stands in no table",
}


@pytest.fixture(scope="module")
def found():
    return {(claim.section, claim.subject): claim for claim in audit(STUDY)}


@pytest.mark.parametrize(("point", "section", "subject", "verdict", "words"), FOUND)
def test_the_audit_finds_it_on_its_own(found, point, section, subject, verdict, words):
    claim = found[section, subject]
    assert claim.verdict == verdict
    assert words in " ".join((claim.computed, *claim.steps))


def test_every_point_is_found_or_known_to_be_beyond_the_file():
    assert {point for point, *_ in FOUND} | set(NOT_FROM_THE_FILE) == set(range(1, 21))
    assert not {point for point, *_ in FOUND} & set(NOT_FROM_THE_FILE)
    assert [len(action) for action in STUDY["actions"]] == [2] * 16
    assert not {key for key in STUDY if "violation" in key or "catalogue" in key}


def test_the_longest_difference_on_one_action_is_shown_with_all_that_are_longer_than_the_span(found):
    steps = found["words", "easiest to hardest action"].steps
    assert steps[0] == "deepseek-r1 -3.9 and claude-sonnet-4.6 9.0 on apply-hero-layout: 12.9"
    assert any("claude-haiku-4.5 -3.8 and claude-sonnet-4.6 9.0 on apply-sections-layout: 12.8" in step for step in steps)


def test_every_claim_that_is_computed_shows_its_arithmetic(found):
    for claim in found.values():
        if claim.verdict != UNKNOWN:
            assert claim.steps, claim.subject
        if claim.difference is not None and claim.section not in ("power", "words"):
            assert "rounding allows" in claim.steps[-1]


def test_sentences_that_are_true_are_borne_out_and_what_is_lacking_is_said():
    study = {
        "models": [
            {"id": "ann", "mean": 50, "sd": 10.0, "runs": 4, "usd_per_mtok": {"input": 1, "output": 6}},
            {"id": "bea", "mean": 40, "sd": 5.0, "runs": 6},
        ],
        "actions": [["one", "A"], ["two", "A"]],
        "heatmap": {"one": [9, 7], "two": [2, 1]},
        "heatmap_models": ["ann", "bea"],
        "averages": {"one": 8.0, "two": 1.4},
        "total_runs": 10,
        "scale": [0, 10],
        "span": 7,
        "ratios": [
            {"claimed": 2, "of": ["ann", "sd"], "to": ["bea", "sd"]},
            {"claimed": 6, "of": ["ann", "output"], "to": ["bea", "output"]},
        ],
        "orders": [{"rising": [["bea", "mean"], ["ann", "mean"]]}, {"rising": [["cyd", "mean"], ["ann", "mean"]]}],
    }
    told = {claim.subject: claim.verdict for claim in audit(study) if claim.section in ("words", "averages")}
    assert {subject for subject, verdict in told.items() if verdict == UNKNOWN} == {
        "output price of ann to output price of bea",
        "mean of cyd under mean of ann",
    }
    assert set(told.values()) == {RIGHT, UNKNOWN}
    study["total_runs"], study["span"], study["scale"] = 11, 1, [0, 8]
    study["averages"] = {"one": 9.9}
    wrong = {claim.subject for claim in audit(study) if claim.verdict == WRONG}
    assert {"number of runs", "easiest to hardest action", "scale", "one"} <= wrong
