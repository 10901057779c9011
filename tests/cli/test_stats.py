import pytest

from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.services.insights import INSIGHTS
from sitegen_tui.store import Store


@pytest.fixture
def mixed(stored, scripted):
    """Two more runs of the model `one`, isolated: to be left out beside the six in chain."""
    with Store.open(stored) as store:
        plan = scripted.plan(models=("one",), actions=ACTION_IDS, mode="isolated", repeats=2)
        _, plans = store.create_experiment(plan, created_at=scripted.START)
        for run in plans:
            items = list(scripted.Script(run).whole((2.0,) * 16))
            store.append([event for event, _ in items], {sha: text for _, more in items for sha, text in more.items()})
    return stored


def test_every_view_has_a_command_with_one_json_document(sitegen, stored):
    listed = sitegen("stats", "--help").out
    for one in INSIGHTS:
        assert one.name in listed
        told = sitegen("stats", one.name, "--json")
        assert told.status == 0, told.err
        assert {"scope", "conditions", "groups", "left_out", "notes", "simulated"} <= set(told.json)
        if one.of_runs:
            assert told.json["conditions"]["mode"] == "chain"
            assert told.json["simulated"] == ["simulated/two"]


def test_what_may_not_be_compared_is_left_out_and_said(sitegen, mixed):
    for name in ("results", "heatmap"):
        assert "left out: 2 isolated runs (--group 2)" in sitegen("stats", name).out
        document = sitegen("stats", name, "--json").json
        assert document["left_out"] == ["2 isolated runs"]
        assert [group["complete"] for group in document["groups"]] == [6, 2]
    assert "left out: 6 chain runs (--group 1)" in sitegen("stats", "results", "--group", 2).out
    rows = sitegen("stats", "results", "--json").json["results"]
    assert {(row["model"], row["mode"], row["mean"]) for row in rows} == {
        ("one", "chain", 7.5 * 16),
        ("simulated/two", "chain", 7.5 * 16),
        ("one", "isolated", 32.0),
    }
    told = sitegen("stats", "results", "--group", 3)
    assert (told.status, "2 groups" in told.err) == (2, True)


def test_a_view_is_narrowed_by_model_action_template_and_experiment(sitegen, stored):
    document = sitegen("stats", "heatmap", "e1", "-m", "one", "--action", "swap-fonts", "--json").json
    ((cell,), scope) = (document["by_action"], document["scope"])
    assert (cell["model"], cell["row"], cell["n"], cell["mean"]) == ("one", "swap-fonts", 1, 6.5)
    assert (scope["experiments"], scope["models"], scope["actions"]) == (["e1"], ["one"], ["swap-fonts"])
    assert sitegen("stats", "results", "-t", "safari", "--json").json["models"][0]["complete"] == 3
    assert sitegen("stats", "results", "-t", "elsewhere", "--json").json["models"] == []
    assert "no run has begun yet" in sitegen("stats", "results", "-t", "elsewhere").out


def test_categories_have_a_table(sitegen, stored):
    told = sitegen("stats", "heatmap", "--by", "category")
    assert told.out.split("\n")[2].split()[0] == "category"
    assert "7.5 of 8.0 (15)" in told.out


def test_costs_are_told_by_model_with_what_is_guessed_marked(sitegen, stored):
    told = sitegen("stats", "cost").out
    assert "usd a point" in told
    rows = {row["model"]: row for row in sitegen("stats", "cost", "--json").json["models"]}
    row = rows["one"]
    assert row["usd"] == pytest.approx(row["attempts"] * 0.01)
    assert row["usd_a_run"] == pytest.approx(0.16)
    assert row["usd_a_point"] == pytest.approx(0.16 / 120)
    assert (row["failed"], row["repairs"], row["unpriced"]) == (0, 0, 0)
