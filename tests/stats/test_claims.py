"""The audit of published tables: the study it was made after, and invented ones that share no name or number with it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml
from scipy import stats

from sitegen_tui.domain.claims import Claim
from sitegen_tui.errors import ContentError
from sitegen_tui.stats import claims
from sitegen_tui.stats.claim_tables import least_miss, rank_correlation
from sitegen_tui.stats.claims import audit
from sitegen_tui.stats.rounding import rounding

FILE = Path(claims.__file__).with_name("round1.yaml")


@pytest.fixture(scope="module")
def tables():
    return yaml.safe_load(FILE.read_text())


@pytest.fixture(scope="module")
def found(tables):
    return {(claim.section, claim.subject): claim for claim in audit(tables)}


def verdicts(found, section):
    return {subject: claim.verdict for (where, subject), claim in found.items() if where == section}


def test_published_intervals_follow_from_mean_sd_and_n(found):
    for model, low, high in (("kimi-k2.5", 92.75, 123.65), ("claude-haiku-4.5", 91.06, 124.34), ("deepseek-v3.2", 78.0, 110.0)):
        for end, value in (("low", low), ("high", high)):
            claim = found["intervals", f"{model} {end}"]
            assert claim.verdict == "reproduces"
            assert claim.value == pytest.approx(value, abs=0.006)
    assert found["intervals", "deepseek-r1"].computed == "N/A; it would be 12.3 to 71.5"


def test_a_standard_deviation_that_divides_by_n_is_found_and_the_right_interval_given(found):
    claim = found["spread", "claude-haiku-4.5"]
    assert claim.verdict == "does not reproduce"
    assert claim.computed.startswith("14.97 (dividing by n: 13.39")
    low, high = (found["intervals", f"claude-haiku-4.5 {end}, from runs"] for end in ("low", "high"))
    assert (low.value, high.value) == (pytest.approx(89.0, abs=0.05), pytest.approx(126.2, abs=0.05))
    assert found["intervals", "kimi-k2.5, if its sd divides by n too"].computed == "[91.8, 124.6]"
    assert found["intervals", "deepseek-v3.2, if its sd divides by n too"].computed == "[77.4, 110.6]"
    assert found["spread", "kimi-k2.5"].verdict == "cannot be computed"


def test_a_reference_that_never_varies_is_called_a_constant(found):
    assert found["spread", "claude-sonnet-4.6"].verdict == "does not reproduce"


def test_extremes_that_are_one_deviation_from_the_mean_are_found(found):
    shown = verdicts(found, "extremes")
    assert shown["kimi-k2.5"] == shown["claude-haiku-4.5"] == "does not reproduce"
    assert shown["deepseek-v3.2"] == "cannot be computed"
    assert found["extremes", "claude-haiku-4.5 range"].value == pytest.approx(34.7)
    assert found["templates", "kimi-k2.5 best run and AI Page Builder (SaaS)"].value == 134.8


def test_the_three_best_are_a_tie_and_the_last_is_apart(found):
    shown = verdicts(found, "ranks")
    assert {subject for subject, verdict in shown.items() if verdict == "reproduces"} == {
        f"{model} above deepseek-r1" for model in ("kimi-k2.5", "claude-haiku-4.5", "deepseek-v3.2")
    }
    assert len(shown) == 6
    assert found["ranks", "kimi-k2.5 above deepseek-v3.2"].value == pytest.approx(0.51, abs=0.006)
    assert found["ranks", "kimi-k2.5 above deepseek-r1"].value <= 0.001


def test_heatmap_sums_that_are_not_the_totals_are_found(found):
    for model, over in (("kimi-k2.5", 7.4), ("claude-haiku-4.5", -0.2), ("deepseek-v3.2", 7.0), ("deepseek-r1", -1.6)):
        claim = found["heatmap", model]
        assert claim.difference == pytest.approx(-over)
        assert claim.allowed == pytest.approx(0.85)
        assert claim.verdict == ("reproduces" if model == "claude-haiku-4.5" else "does not reproduce")
    assert found["heatmap", "maximum"].verdict == "reproduces"


def test_categories_match_no_weighting_and_imply_another_total(found):
    means = {name: claim.value for (section, name), claim in found.items() if section == "categories" and claim.value is not None}
    for name, value in {"Technical": 8.60, "Content": 7.34, "Brand": 6.89, "Images": 5.95, "Layout": 0.97}.items():
        assert means[name] == pytest.approx(value, abs=0.006)
    assert "8.35" in found["categories", "Technical"].computed
    assert found["categories", "any weights of models"].verdict == "does not reproduce"
    assert found["categories", "Quality"].computed == "the category has actions and no mean"
    whole = found["categories", "implied total"]
    assert (whole.published, whole.value) == (pytest.approx(103.8, abs=0.05), pytest.approx(97.0, abs=0.05))
    assert whole.verdict == "does not reproduce"


def test_gaps_are_those_of_three_models_of_four_and_not_most_of_the_whole(found):
    assert found["gap", "models"].computed == "every published gap is the mean over 3 of 4 models, without deepseek-r1"
    claim = found["gap", "add-accessibility"]
    assert claim.value == pytest.approx(-0.325)
    assert claim.computed.endswith("alone: 0.03)")
    assert found["gap", "three deepest actions"].computed == "18.9 of 46.2 points: 41 %"


def test_templates_make_one_total_in_one_way_and_another_in_none(found):
    assert found["templates", "kimi-k2.5"].verdict == "does not reproduce"
    deepseek = found["templates", "deepseek-v3.2"]
    assert deepseek.verdict == "reproduces"
    assert deepseek.computed.endswith("at least 10 runs on the template with mean 86.8")
    assert found["templates", "deepseek-v3.2 swing on Safari Lodge"].verdict == "does not reproduce"
    assert found["templates", "kimi-k2.5 coverage"].computed == "no mean on Safari Lodge"
    assert found["templates", "claude-haiku-4.5 and deepseek-v3.2 order"].value == pytest.approx(-0.2)


def test_the_number_of_runs_holds_for_a_small_spread_only(found):
    shown = {subject: claim for (section, subject), claim in found.items() if section == "power"}
    assert shown["16 runs, the spread of kimi-k2.5 (20.1)"].computed.startswith("16 runs by the normal approximation, 17 by t")
    assert shown["16 runs, the pooled spread (24.5)"].computed.startswith("24 runs by the normal approximation, 25 by t")
    assert shown["16 runs, the spread of deepseek-v3.2 (28.9)"].verdict == "does not reproduce"
    needed = {subject: claim.value for subject, claim in shown.items() if " and " in subject}
    assert needed["16 runs, kimi-k2.5 and deepseek-v3.2"] == 49
    assert needed["16 runs, claude-haiku-4.5 and deepseek-v3.2"] == 43
    assert needed["16 runs, kimi-k2.5 and claude-haiku-4.5"] == pytest.approx(18300, rel=0.005)


def test_claims_survive_json(found):
    for claim in found.values():
        assert Claim.model_validate_json(claim.model_dump_json()) == claim


def honest(seed):
    """Tables made from runs by the book, with names, templates and numbers of their own."""
    random = np.random.default_rng(seed)
    actions = [(f"act-{index}", f"Kind {index % 3}") for index in range(9)]
    names = ["ada", "bob", "cyd"]
    runs = {name: {f"site {cell}": random.normal(6 - 3 * index, 1.5, 9) for cell in range(6)} for index, name in enumerate(names)}
    models, templates, columns = [], {f"site {cell}": {} for cell in range(6)}, []
    for name, own in runs.items():
        totals = np.array([values.sum() for values in own.values()])
        half = stats.t.ppf(0.975, 5) * totals.std(ddof=1) / np.sqrt(6)
        mean = float(totals.mean())
        models.append(
            {
                "id": name,
                "mean": round(mean, 1),
                "sd": round(float(totals.std(ddof=1)), 1),
                "runs": 6,
                "interval": [round(mean - half, 1), round(mean + half, 1)],
                "best": round(float(totals.max()), 1),
                "worst": round(float(totals.min()), 1),
            }
        )
        for cell, total in zip(templates, totals, strict=True):
            templates[cell][name] = round(float(total), 1)
        columns.append(np.mean(list(own.values()), axis=0))
    means = np.array(columns).T
    heatmap = {action: [round(float(value), 1) for value in row] for (action, _), row in zip(actions, means, strict=True)}
    by_kind = {f"Kind {kind}": round(float(np.mean([means[i].mean() for i in range(9) if i % 3 == kind])), 1) for kind in range(3)}
    gap = {action: {"gold": 9.5, "gap": round(float(row.mean()) - 9.5, 1)} for (action, _), row in zip(actions, means, strict=True)}
    return {
        "max_score": 90,
        "models": models,
        "actions": [list(action) for action in actions],
        "templates": templates,
        "heatmap": heatmap,
        "categories": by_kind,
        "gap": gap,
    }


@pytest.mark.parametrize("seed", range(12))
def test_an_honest_study_is_borne_out(seed):
    claims = audit(honest(seed))
    doubted = [claim for claim in claims if claim.verdict == "does not reproduce" and claim.section != "ranks"]
    assert [claim for claim in doubted if not claim.subject.endswith("order")] == []
    assert {claim.section for claim in claims} >= {"intervals", "spread", "extremes", "templates", "heatmap", "categories", "gap"}


@pytest.mark.parametrize(
    ("section", "subject", "spoil"),
    [
        ("intervals", "bob low", lambda study: study["models"][1].update(interval=[study["models"][1]["interval"][0] - 3, 0.0])),
        ("spread", "ada", lambda study: study["models"][0].update(sd=round(study["models"][0]["sd"] + 1.5, 1))),
        ("heatmap", "cyd", lambda study: study["heatmap"].update({"act-4": [*study["heatmap"]["act-4"][:2], 9.9]})),
        ("categories", "Kind 1", lambda study: study["categories"].update({"Kind 1": study["categories"]["Kind 1"] + 0.4})),
        ("gap", "act-2", lambda study: study["gap"]["act-2"].update(gap=-0.1)),
        ("heatmap", "maximum", lambda study: study.update(max_score=100)),
        ("templates", "bob coverage", lambda study: study["templates"]["site 3"].update(bob=None)),
        ("extremes", "cyd best", lambda study: study["models"][2].update(best=study["models"][2]["best"] + 2)),
    ],
)
def test_each_planted_error_is_found_where_it_was_planted(section, subject, spoil):
    study = honest(3)
    spoil(study)
    claims = {(claim.section, claim.subject): claim for claim in audit(study)}
    assert claims[section, subject].verdict == "does not reproduce"


def test_what_is_not_published_is_not_audited_and_what_is_no_table_is_refused():
    assert audit({}) == ()
    assert audit({"models": [{"id": "solo", "mean": 50, "runs": 1}]})[0].computed == "N/A"
    with pytest.raises(ContentError, match="models"):
        audit({"models": [{"id": "no mean"}]})


def test_the_least_miss_is_never_more_than_that_of_any_weights():
    random = np.random.default_rng(9)
    for _ in range(30):
        rows, targets = random.normal(5, 3, (6, 4)), random.normal(5, 3, 6)
        best = least_miss(rows.tolist(), targets.tolist())
        tried = [np.abs(rows @ weights - targets).max() for weights in random.dirichlet(np.ones(4), 400)]
        assert best <= min(tried) + 1e-9
        assert least_miss(rows.tolist(), (rows @ [0.1, 0.2, 0.3, 0.4]).tolist()) == pytest.approx(0, abs=1e-9)


def test_rank_correlation_is_scipys():
    random = np.random.default_rng(2)
    for _ in range(40):
        first, second = random.integers(0, 6, (2, 8)).tolist()
        assert rank_correlation(first, second) == pytest.approx(stats.spearmanr(first, second).statistic)
    assert rank_correlation([1.0, 1.0], [1.0, 2.0]) is None


def test_rounding_is_half_of_the_last_digit():
    assert [rounding(figure) for figure in (128, 108.2, 94.0, 0.25)] == [
        0.5,
        pytest.approx(0.05),
        pytest.approx(0.05),
        pytest.approx(0.005),
    ]
    assert all(one > other for one, other in pairwise([rounding(figure) for figure in (1, 1.5, 1.25, 1.125)]))
