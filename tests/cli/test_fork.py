"""`sitegen fork`, and the JSON of the views that go with it: compounding and power."""

from sitegen_tui.domain.pipeline import ACTION_IDS

ACTIONS = "1,2,5,10"


def _run(sitegen, *more):
    told = sitegen("run", "-t", "blank-site", "--judges", "static", "--actions", ACTIONS, "--repeat", 2, *more)
    assert told.status == 0, told.err
    return told


def test_a_fork_is_an_experiment_of_its_own_that_says_where_it_comes_from(sitegen):
    _run(sitegen, "-m", "simulated/reckless")
    told = sitegen("fork", "e1.1", 5, "-m", "reference", "--from-gold", "--json")
    assert told.status == 0, told.err
    started = told.lines[0]
    assert (started["event"], started["run_id"]) == ("RunStarted", "e2.1")
    assert started["plan"]["fork"] == {"run_id": "e1.1", "step": 5, "site": "gold"}
    scored = [line for line in told.lines if line["event"] == "StepScored"]
    assert [line["action"] for line in scored] == [ACTION_IDS[4], ACTION_IDS[9]]
    assert all(line["score"]["value"] == line["score"]["assessed"] for line in scored)
    told = sitegen("fork", "e1.1", 5)
    assert "fork of e1.1 before step 5, from its own site" in told.err
    assert "forks begun before step 5 from the site of e1.1" in told.out
    assert "a fork, begun before step 5 from the site of e1.1" in sitegen("show", "e3.1").out
    assert {row["run_id"]: row["fork"] for row in sitegen("runs", "--json").json["runs"] if row["fork"]} == {
        "e2.1": "gold@5",
        "e3.1": "e1.1@5",
    }


def test_what_cannot_be_forked_is_wrong_use(sitegen):
    _run(sitegen, "-m", "reference")
    for arguments in (("e9.1", 1), ("e1.1", 3), ("e1.1", 1, "-m", "nobody"), ("e1.1", 17)):
        told = sitegen("fork", *arguments)
        assert told.status == 2, told.err
        assert "error:" in told.err


def test_compounding_and_power_are_one_document_each_and_propose_what_can_be_run(sitegen):
    models = ("-m", "simulated/reckless", "-m", "simulated/typical")
    _run(sitegen, *models)
    _run(sitegen, *models, "--mode", "isolated")
    view = sitegen("stats", "compounding", "--json").json
    assert (view["chain"]["mode"], view["isolated"]["mode"], len(view["rows"])) == ("chain", "isolated", 10)
    assert all(row["cost"]["value"] == row["chain"] - row["isolated"] for row in view["rows"] if row["action"] == ACTION_IDS[0])
    assert "chain - isolated" in sitegen("stats", "compounding", "--wrong", "score", "--below", 3).out
    view = sitegen("stats", "power", "--difference", 5, "--json").json
    assert (view["difference"], view["tests"], len(view["pairs"])) == (5.0, 1, 1)
    block = view["blocks"][0]
    assert block["repeat"] == view["chosen"]["n"] - 2
    assert sum(one["runs"] for one in view["next"]) == sum(one["runs"] for one in view["blocks"])
    shown = sitegen("stats", "power", "--difference", 5).out
    (command,) = [line.split() for line in shown.splitlines() if line.strip().startswith("sitegen run")]
    assert command[-2:] == ["--actions", ",".join(ACTION_IDS[number - 1] for number in (1, 2, 5, 10))]
    assert sitegen("stats", "power", "--power", 1.5).status == 2
