import pytest

from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.services.insights.claims import audit_file
from sitegen_tui.store import Store


@pytest.fixture
def other_rubric(stored, scripted):
    """A fifth experiment, of one run of model `one`, judged under another rubric."""
    with Store.open(stored) as store:
        _, (run,) = store.create_experiment(scripted.plan(models=("one",), actions=ACTION_IDS), created_at=scripted.START)
        for event, blobs in scripted.Script(run).whole((3.0,) * 16):
            if hasattr(event, "score"):
                event = event.model_copy(update={"score": scripted.score(3.0, rubric=9)})
            store.append([event], blobs)
    return stored


def test_two_experiments_are_compared_by_step_finding_and_diff(sitegen, stored):
    told = sitegen("stats", "compare", "e1", "e2")
    assert told.status == 0, told.err
    assert told.out.startswith("A: experiment e1, 2 runs of 2 models on safari\nB: experiment e2, 2 runs of 2 models on safari\n")
    assert "total: 104.0 to 120.0 points a run, +16.00" in told.out
    assert "sitegen diff e2." in told.out
    document = sitegen("stats", "compare", "e1", "e2", "--json").json
    assert document["total"]["change"] == pytest.approx(16.0)
    assert [row["action"] for row in document["actions"]] == list(ACTION_IDS)
    assert {row["change"]["change"] for row in document["actions"]} == {1.0}
    assert {row["where"] for row in document["findings"]} <= {"first", "second", "both"}
    pair = document["actions"][3]["pair"]
    assert sitegen("diff", pair[1], 4, "--against", pair[0]).status == 0


def test_conditions_that_differ_are_said_and_scores_refused(sitegen, other_rubric):
    told = sitegen("stats", "compare", "e1", "e5")
    assert told.status == 0
    assert "differs: rubric 1 against 9" in told.out
    assert "refused: scores are not compared: they were given under different rubrics" in told.out
    assert "total:" not in told.out


def test_sides_that_are_not_there_are_wrong_use(sitegen, stored):
    assert sitegen("stats", "compare", "e1", "e9").status == 2
    assert "did you mean" in sitegen("stats", "compare", "one", "simulated/tow").err
    assert sitegen("stats", "compare", "e1", "e2", "e3").status == 2
    assert "no run of e4 has begun yet" in sitegen("stats", "compare", "e1", "e4").out


def test_claims_need_no_database_and_are_one_json_document(sitegen, tmp_path):
    document = sitegen("stats", "claims", "--json", database=False).json
    assert len(document["claims"]) == len(audit_file().claims)
    assert {"section", "subject", "claimed", "computed", "verdict", "difference", "steps"} <= set(document["claims"][0])
    told = sitegen("stats", "claims", database=False).out
    assert "do not reproduce" in told
    assert "t(0.975, 8 degrees of freedom) = 2.306" in sitegen("stats", "claims", "--steps", database=False).out
    assert not list(tmp_path.iterdir())


def test_a_malformed_file_is_told_with_its_place_and_mend(sitegen, tmp_path):
    (tmp_path / "bad.yaml").write_text("models:\n- {id: a, mean: x, runs: 3}\n")
    told = sitegen("stats", "claims", tmp_path / "bad.yaml")
    assert told.status == 1
    assert "bad.yaml:2 models[0].mean" in told.err
    assert "hint: write a whole number" in told.err
