"""The mixed model against statsmodels, shrinkage by its error, both on planted truths."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from sitegen_tui.errors import SitegenError
from sitegen_tui.stats.design import flat
from sitegen_tui.stats.mixed import mixed
from sitegen_tui.stats.shrinkage import shrink


def simulated(random, templates=8, repeats=3, gaps=0.25, sds=(15.0, 6.0, 8.0), means=(100.0, 92.0, 80.0)):
    by_template = random.normal(0, sds[0], templates)
    found = {}
    for index, mean in enumerate(means):
        own = by_template + random.normal(0, sds[1], templates)
        found[f"m{index}"] = {
            f"t{cell}": list(mean + own[cell] + random.normal(0, sds[2], random.integers(1, repeats + 1)))
            for cell in range(templates)
            if random.random() > gaps
        }
    return found


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_estimates_are_those_of_statsmodels(seed):
    totals = simulated(np.random.default_rng(seed))
    found = mixed(totals)
    rows = [(model, cell, score) for model, cells in totals.items() for cell, scores in cells.items() for score in scores]
    frame = pd.DataFrame(rows, columns=["model", "template", "score"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = smf.mixedlm(
            "score ~ 0 + C(model)", frame, groups="template", re_formula="1", vc_formula={"interaction": "0 + C(model)"}
        )
        theirs = model.fit(reml=True, method=["lbfgs", "powell"])
    assert found.deviance <= -2 * theirs.llf + 1e-4
    assert found.deviance == pytest.approx(-2 * theirs.llf, abs=2e-3)
    for index, name in enumerate(totals):
        assert found.means[name].value == pytest.approx(theirs.fe_params.iloc[index], abs=0.02)
    assert found.sd_run**2 == pytest.approx(theirs.scale, rel=0.01)
    assert found.sd_template**2 == pytest.approx(theirs.cov_re.iloc[0, 0], rel=0.03, abs=0.2)
    assert found.sd_interaction**2 == pytest.approx(theirs.vcomp[0], rel=0.05, abs=0.2)


def test_a_balanced_design_gives_the_plain_means_and_the_paired_interval():
    random = np.random.default_rng(3)
    totals = simulated(random, gaps=0.0, repeats=1)
    totals = {
        model: {cell: [scores[0], scores[0] + random.normal(0, 4)] for cell, scores in cells.items()}
        for model, cells in totals.items()
    }
    found = mixed(totals)
    for model, cells in totals.items():
        assert found.means[model].value == pytest.approx(np.mean(list(cells.values())), abs=1e-6)


def test_unequal_templates_mislead_plain_means_and_not_the_model():
    random = np.random.default_rng(5)
    held, plain, mended = 0, [], []
    for _ in range(30):
        # Templates get harder; one model has only the easy ones, and repeats some.
        level = 100 - 8.0 * np.arange(8)
        totals = {
            model: {f"t{cell}": list(level[cell] + random.normal(0, 4) + random.normal(0, 8, 2)) for cell in range(count)}
            for model, count in (("m0", 5), ("m1", 8))
        }
        estimate = mixed(totals).differences["m0 - m1"]
        held += estimate.holds(0.0)
        mended.append(estimate.value)
        plain.append(np.mean(flat(totals["m0"])) - np.mean(flat(totals["m1"])))
    assert np.mean(plain) > 8
    assert abs(np.mean(mended)) < 2.5
    assert held / 30 > 0.8


def test_intervals_of_differences_cover():
    random = np.random.default_rng(6)
    held = [mixed(simulated(random, templates=8, repeats=3, gaps=0.1)).differences["m0 - m1"].holds(8.0) for _ in range(50)]
    assert np.mean(held) > 0.86


@pytest.mark.parametrize(
    ("totals", "message"),
    [
        ({"a": {"t": [1.0, 2.0]}}, "two models"),
        ({"a": {"t": [1.0, 2.0], "u": [1.0]}, "b": {"v": [1.0], "w": [2.0]}}, "connects"),
        ({"a": {"t": [1.0], "u": [2.0]}, "b": {"t": [1.0], "u": [3.0]}}, "repeated runs"),
        ({"a": {"t": [1.0, 2.0], "u": [2.0]}, "b": {"t": [1.0]}}, "too few cells"),
    ],
)
def test_what_cannot_be_fitted_says_why(totals, message):
    with pytest.raises(SitegenError, match=message):
        mixed(totals)


def table(random, stray, n=3):
    models, actions = random.normal(0, 2, 5), random.normal(5, 2, 16)
    truth = models[:, None] + actions[None, :] + random.normal(0, stray, (5, 16))
    scores = {f"m{i}": {f"a{j}": list(truth[i, j] + random.normal(0, 2.5, n)) for j in range(16)} for i in range(5)}
    return truth, scores


@pytest.mark.parametrize("stray", [0.0, 0.8, 3.0])
def test_shrunken_cells_are_nearer_the_truth_and_their_intervals_hold_it(stray):
    random = np.random.default_rng(7)
    raw = near = held = count = 0
    for _ in range(20):
        truth, scores = table(random, stray)
        for cell in shrink(scores):
            target = truth[int(cell.model[1:]), int(cell.action[1:])]
            raw += (cell.mean - target) ** 2
            near += (cell.shrunk - target) ** 2
            held += cell.low <= target <= cell.high
            count += 1
    assert near < raw
    assert held / count > 0.9


def test_many_scores_are_trusted_and_none_are_expected():
    random = np.random.default_rng(8)
    _, scores = table(random, 2.0, n=3)
    scores["m0"]["a0"] = list(random.normal(9, 2.5, 300))
    scores["m1"]["a1"] = []
    cells = {(cell.model, cell.action): cell for cell in shrink(scores)}
    assert cells["m0", "a0"].trust > 0.97
    empty = cells["m1", "a1"]
    assert (empty.mean, empty.trust, empty.n) == (None, 0.0, 0)
    assert empty.low < empty.shrunk < empty.high
    assert len(cells) == 80


def test_single_scores_tell_no_noise_from_effect():
    assert shrink({"a": {"x": [1.0], "y": [2.0]}, "b": {"x": [3.0]}}) == ()
    assert shrink({}) == ()
