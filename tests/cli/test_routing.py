"""`sitegen stats routing` and `sitegen run -m routed/...`: a policy learned, stored, listed and run, and what is refused."""

import pytest

from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.providers import policies


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("SITEGEN_MODELS", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_policy_is_learned_stored_listed_and_run(sitegen):
    models = ("-m", "simulated/careful", "-m", "simulated/reckless")
    common = ("-t", "blank-site", "--judges", "static", "--mode", "isolated", "--actions", "1-2")
    assert sitegen("run", *models, *common).status == 0
    told = sitegen("stats", "routing", "--tolerance", 20, "--save", "quick", "--json")
    assert told.status == 0, told.err
    view = told.json
    assert (view["saves"], view["tolerance"]) == ("latency", 20.0)
    assert "policies/quick.yaml" in told.err
    choices = {one["action"]: one["model"] for one in view["actions"]}
    assert policies.read("quick").choices == choices
    listed = {info["name"]: info for info in sitegen("models", "list", "--json", database=False).json["models"]}
    assert (listed["routed/quick"]["kind"], listed["routed/quick"]["simulated"]) == ("routed", True)
    assert sitegen("run", "-m", "routed/quick", *common).status == 0
    shown = sitegen("stats", "heatmap", "-m", "routed/quick", "--json").json
    assert {cell["row"]: cell["n"] for cell in shown["by_action"]} == dict.fromkeys(ACTION_IDS[:2], 1)
    assert shown["simulated"] == ["routed/quick"]
    again = sitegen("stats", "routing", "--tolerance", 20, "--json").json
    assert again["models"] == ["simulated/careful", "simulated/reckless"]
    assert again["excluded"]["routed/quick"] == "a policy itself"
    refused = sitegen("run", "-m", "routed/quick", "-t", "blank-site", "--judges", "static")
    assert (refused.status, "does not say who does replace-header-logo" in refused.err) == (2, True)


def test_a_table_says_what_is_lost_and_saved_and_another_policy_does_not_take_the_name(sitegen, stored):
    told = sitegen("stats", "routing")
    assert "cheapest within 0.5 points of the best" in told.out
    assert "simulated/two (simulated, so nothing is paid or waited for)" in told.out
    assert "against one alone: N/A (0 templates to test on)" in told.out
    assert sitegen("stats", "routing", "--save", "mine").status == 0
    other = sitegen("stats", "routing", "--tolerance", 1, "--save", "mine")
    assert (other.status, "says something else" in other.err) == (2, True)
    assert sitegen("stats", "routing", "--tolerance", 1, "--save", "mine", "--replace").status == 0
    assert policies.read("mine").tolerance == 1.0
    assert sitegen("stats", "routing", "--save", "../mine").status == 2
    assert sitegen("stats", "routing", "--tolerance", -1).status == 2


def test_a_policy_of_unknown_models_does_not_start(sitegen, stored):
    assert sitegen("stats", "routing", "--save", "mine").status == 0
    told = sitegen("run", "-m", "routed/mine", "-t", "blank-site", "--judges", "static")
    assert told.status == 2
    assert "policies/mine.yaml:" in told.err
    assert "unknown model: 'one'" in told.err


def test_costs_say_who_is_on_the_front_and_who_is_set_against_nobody(sitegen, stored):
    told = sitegen("stats", "cost")
    assert "set against no other by dollars: simulated/two" in told.out
    row = next(line for line in told.out.splitlines() if line.startswith("one "))
    assert "cost, time" in row
