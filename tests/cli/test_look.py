import json
import re
import sqlite3

import pytest

from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.store import Store

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def test_runs_lists_experiments_and_runs_newest_first(sitegen, stored):
    told = sitegen("runs", "--json")
    assert told.status == 0
    assert [row["id"] for row in told.json["experiments"]] == ["e4", "e3", "e2", "e1"]
    assert told.json["runs"][0]["run_id"] == "e4.1"
    assert {row["run_id"]: row["total"] for row in told.json["runs"]}["e3.1"] == 8.5 * 16


def test_runs_of_one_experiment_can_be_paged(sitegen, stored):
    told = sitegen("runs", "e2", "--limit", 1, "--offset", 1, "--json")
    assert [row["run_id"] for row in told.json["runs"]] == ["e2.2"]


def test_tables_are_plain_where_nobody_has_a_terminal(sitegen, stored):
    told = sitegen("runs")
    assert "static: 104.0 of 128.0 assessed" in told.out
    assert not CONTROL.search(told.out)
    assert not set(told.out) & set("│┃━─┏")


def test_a_partly_judged_score_is_never_shown_out_of_ten(sitegen, stored):
    for command in (("show", "e1.1"), ("show", "e1.1", "--step", "1")):
        told = sitegen(*command)
        assert "static: 6.5 of 8.0 assessed" in told.out
        assert "of 10" not in told.out


def test_show_opens_a_number_down_to_finding_line_and_rule(sitegen, stored):
    told = sitegen("show", "e1.1", "--step", 2, "--json")
    (finding,) = told.json["findings"]
    assert finding["finding"]["evidence"]["line"] == 3
    assert finding["finding"]["evidence"]["file"] == "index.html"
    assert finding["amount"] == 0.5
    assert {"title", "rule"} <= set(finding)
    assert told.json["attempts"][0]["reply"].startswith("<<<<<<< SEARCH")
    assert told.json["score"]["assessed"] == 8.0
    text = sitegen("show", "e1.1", "--step", 2).out
    assert "-0.50  html.broken" in text
    assert "at index.html:3" in text


def test_show_has_every_step_of_a_run(sitegen, stored):
    told = sitegen("show", "e1.1", "--json")
    assert [step["action"] for step in told.json["steps"]] == list(ACTION_IDS)
    assert all(step["findings"] for step in told.json["steps"])
    assert told.json["run"]["total"] == 6.5 * 16


def test_simulated_models_are_marked_in_tables_and_json(sitegen, stored):
    assert {row["model"]: row["simulated"] for row in sitegen("runs", "--json").json["runs"]} == {
        "one": False,
        "simulated/two": True,
    }
    results = sitegen("stats", "results", "--json").json["results"]
    assert {row["model"]: row["simulated"] for row in results} == {"one": False, "simulated/two": True}
    cells = sitegen("stats", "heatmap", "--json").json["cells"]
    assert {cell["model"]: cell["simulated"] for cell in cells} == {"one": False, "simulated/two": True}


def test_results_have_intervals_or_say_why_not(sitegen, stored):
    told = sitegen("stats", "results", "--json")
    first = told.json["results"][0]
    assert first["low"] < first["mean"] == 7.5 * 16 < first["high"]
    lone = sitegen("stats", "results", "e1", "--json").json["results"][0]
    assert (lone["half_width"], lone["low"], lone["interval_note"]) == (None, None, "N/A (n=1)")
    assert "N/A (n=1)" in sitegen("stats", "results", "e1").out


def test_the_heatmap_has_a_cell_for_each_model_and_action(sitegen, stored):
    cells = sitegen("stats", "heatmap", "--json").json["cells"]
    assert {(cell["model"], cell["action"]) for cell in cells} == {
        (model, action) for model in ("one", "simulated/two") for action in ACTION_IDS
    }
    assert "7.5 of 8.0 (3)" in sitegen("stats", "heatmap").out


def test_a_diff_is_a_patch_or_json(sitegen, stored):
    told = sitegen("diff", "e1.1", 2)
    assert told.out.startswith("diff --git a/index.html b/index.html\n--- a/index.html\n")
    document = sitegen("diff", "e1.1", 2, "--json").json
    assert (document["run_id"], document["step"], document["against"]) == ("e1.1", 2, "before")
    assert document["stats"]["files"] == 1


def test_a_site_is_written_and_nothing_is_written_over(sitegen, stored, tmp_path):
    out = tmp_path / "site"
    assert sitegen("site", "e1.1", 3, "-o", out).status == 0
    with Store.open(stored, read_only=True) as store:
        for path, sha in store.site_after("e1.1", 3).items():
            assert (out / path).read_bytes() == store.blob(sha)
    again = sitegen("site", "e1.1", 4, "-o", out)
    assert (again.status, "not empty" in again.err, "--force" in again.err) == (2, True, True)
    (tmp_path / "file").write_text("mine")
    onto = sitegen("site", "e1.1", 3, "-o", tmp_path / "file")
    assert (onto.status, (tmp_path / "file").read_text()) == (2, "mine")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("show", "e9.1"), 2, "e9.1"),
        (("show", "e1.9"), 2, "sitegen runs"),
        (("show", "e1.1", "--step", "17"), 2, "--step"),
        (("diff", "e4.1", "1"), 2, "no output"),
        (("diff", "e1.1", "2", "--against", "e9.9"), 2, "e9.9"),
        (("runs", "e77"), 2, "e77"),
        (("stats", "results", "e77"), 2, "e77"),
        (("stats", "reslts"), 2, "reslts"),
        (("nothing",), 2, "nothing"),
        (("site", "e1.1", "3"), 2, "--output"),
    ],
)
def test_what_is_wrong_is_told_with_a_status_and_a_hint_and_changes_nothing(sitegen, stored, arguments, status, said):
    before = stored.read_bytes()
    told = sitegen(*arguments)
    assert told.status == status
    assert told.err.startswith("error: ")
    assert said in told.err
    assert "Traceback" not in told.err
    assert told.out == ""
    assert stored.read_bytes() == before


def test_no_database_is_told_and_none_is_made(sitegen, db):
    told = sitegen("runs")
    assert told.status == 3
    assert "hint: " in told.err
    assert not db.exists()


def test_a_file_that_is_no_database_is_left_as_it_was(sitegen, db):
    db.write_text("my diary, not a database at all, " * 200)
    before = db.read_bytes()
    for command in (("runs",), ("run", "-m", "reference", "-t", "blank-site", "--judges", "static")):
        told = sitegen(*command)
        assert (told.status, "Traceback" in told.err) == (3, False)
        assert "not a SQLite database" in told.err
    assert db.read_bytes() == before


def test_a_database_of_a_newer_version_is_left_as_it_was(sitegen, stored):
    conn = sqlite3.connect(stored)
    conn.execute("PRAGMA user_version = 999")
    conn.close()
    before = stored.read_bytes()
    for command in (("runs",), ("run", "-m", "reference", "-t", "blank-site", "--judges", "static")):
        told = sitegen(*command)
        assert told.status == 3
        assert "newer" in told.err
        assert "upgrade" in told.err
    assert stored.read_bytes() == before


def test_the_environment_names_the_database_and_the_flag_goes_before_it(sitegen, stored, monkeypatch, tmp_path):
    monkeypatch.setenv("SITEGEN_DB", str(stored))
    assert len(sitegen("runs", "--json", database=False).json["experiments"]) == 4
    assert sitegen("runs", "--db", tmp_path / "other.db", database=False).status == 3


def test_control_characters_of_a_model_never_reach_the_terminal(sitegen, db, scripted):
    evil = "\x1b]0;owned\x07\x1b[2J\u202eevil\x9b31m"
    with Store.open(db) as store:
        plan = scripted.plan(models=(f"cli/{evil}",), actions=ACTION_IDS, name=evil)
        _, (run,) = store.create_experiment(plan, created_at=scripted.START)
        script = scripted.Script(run)
        script.site["index.html"] = f"<p>{evil}</p>\n".encode() * 40
        store.append([script.started()[0]], {scripted.sha(one): one for one in script.site.values()})
        for event, blobs in script.step(1):
            store.append([event], blobs)
    for command in (("runs",), ("show", "e1.1"), ("show", "e1.1", "--step", "1"), ("diff", "e1.1", "1"), ("stats", "results")):
        for form in ((), ("--json",)):
            told = sitegen(*command, *form)
            assert told.status == 0, told.err
            assert not CONTROL.search(told.out.replace("\r", "")), command
            assert "\u202e" not in told.out
    reply = sitegen("show", "e1.1", "--step", "1", "--json").json["attempts"][0]["reply"]
    assert evil in reply


def test_json_numbers_are_not_rounded(sitegen, db, scripted):
    third = 19 / 3
    with Store.open(db) as store:
        _, (run,) = store.create_experiment(scripted.plan(models=("one",), actions=ACTION_IDS), created_at=scripted.START)
        for event, blobs in scripted.Script(run).whole((third,) * 16):
            store.append([event], blobs)
    steps = json.loads(sitegen("show", "e1.1", "--json").out)["steps"]
    assert [step["value"] for step in steps] == [third] * 16
