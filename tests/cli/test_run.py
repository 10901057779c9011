import json
import signal

import pytest

from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.store import Store

PATIENCE = 120


def events_of(told):
    return [line for line in told.lines if line["event"] != "TokenDelta"]


def test_two_templates_give_sixteen_scored_steps_each(sitegen):
    told = sitegen("run", "-m", "reference", "-t", "safari-lodge", "-t", "blank-site", "--judges", "static", "--json")
    assert told.status == 0, told.err
    for run_id in ("e1.1", "e1.2"):
        mine = [event for event in events_of(told) if event["run_id"] == run_id]
        assert (mine[0]["event"], mine[-1]["event"]) == ("RunStarted", "RunFinished")
        assert [event["seq"] for event in mine] == list(range(len(mine)))
        scored = [event for event in mine if event["event"] == "StepScored"]
        assert [event["action"] for event in scored] == list(ACTION_IDS)
        assert all(event["score"]["value"] == event["score"]["assessed"] for event in scored)


def test_progress_and_results_are_told_apart(sitegen):
    told = sitegen(
        "run", "-m", "reference", "-m", "simulated/typical", "-t", "blank-site", "--judges", "static", "--actions", "1-3"
    )
    assert told.status == 0
    assert "e1.1   1 apply-colours: static: " in told.err
    lines = told.out.splitlines()
    assert lines[1].split()[:5] == ["model", "runs", "complete", "incomplete", "mean"]
    assert {line.split()[0] for line in lines[2:]} == {"reference", "simulated/typical"}


def test_flags_go_before_what_the_file_says_and_the_plan_is_recorded(sitegen, tmp_path, db):
    file = tmp_path / "plan.yaml"
    file.write_text(
        "name: Mine\nmodels: [reference]\ntemplates: [blank-site]\njudges: [static]\nactions: [1]\nseed: 1\nbudget: 2\n"
    )
    assert sitegen("run", file, "--seed", 9, "--actions", "2,3", "--repeat", 2, "--json").status == 0
    (experiment,) = sitegen("runs", "--json").json["experiments"]
    plan = experiment["plan"]
    assert (plan["name"], plan["seed"], plan["repeats"], plan["budget_usd"]) == ("Mine", 9, 2, 2.0)
    assert plan["actions"] == list(ACTION_IDS[1:3])
    assert experiment["finished"] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-m", "refrence", "-t", "blank-site", "--judges", "static"), "did you mean reference?"),
        (("-m", "reference", "-t", "blank-sit"), "did you mean blank-site?"),
        (("-m", "reference", "-t", "blank-site", "--judges", "static", "--actions", "swap-font"), "did you mean swap-fonts"),
        (("-m", "reference", "-t", "blank-site", "--judges", "static", "--requirements", "thornveld"), "thornveld-01"),
        (("-m", "reference", "-t", "blank-site", "--judges", "llm:x"), "unknown model: 'x'"),
        (("-m", "reference", "-t", "blank-site", "--judges", "static", "--executor", "dask:x"), "--executor local"),
        (("-m", "reference", "-t", "blank-site", "--judges", "static", "--repeat", "0"), "--repeat"),
        (("nowhere.yaml",), "nowhere.yaml"),
        ((), "-m"),
    ],
)
def test_wrong_use_is_told_with_status_2_and_no_database_is_made(sitegen, db, arguments, said):
    told = sitegen("run", *arguments)
    assert told.status == 2
    assert said in told.err
    assert told.out == ""
    assert not db.exists()


def test_a_broken_experiment_file_is_told_with_file_line_and_field(sitegen, tmp_path, db):
    file = tmp_path / "plan.yaml"
    file.write_text("models: [reference]\ntemplates: [blank-site]\nrepaet: 2\n")
    told = sitegen("run", file)
    assert told.status == 2
    assert f"{file}:3 repaet" in told.err
    assert "repeat" in told.err
    assert not db.exists()


def test_with_nothing_to_resume_it_says_so(sitegen, stored, db):
    assert sitegen("resume", "e1").err.startswith("nothing to resume")
    assert sitegen("resume", "e99").status == 2


def read_until(process, text, times=1):
    for line in process.stdout:
        if text in line:
            times -= 1
            if not times:
                return
    raise AssertionError(f"it ended: {process.stderr.read()}")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_with_130_and_a_word_on_how_to_go_on(sitegen, start, db, how):
    process = start(
        "run", "-m", "reference", "-t", "blank-site", "--judges", "static", "--actions", "1-4", "--pace", "300", "--json"
    )
    read_until(process, '"StepScored"')
    read_until(process, '"TokenDelta"')
    process.send_signal(how)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, err
    assert "sitegen resume e1" in err
    assert "Traceback" not in err
    assert json.loads(out.splitlines()[-1])["state"] == "interrupted"
    with Store.open(db, read_only=True) as store:
        assert store.run("e1.1").state.value == "interrupted"
        assert store.run("e1.1").owner is None
    told = sitegen("resume", "--json")
    assert told.status == 0, told.err
    assert events_of(told)[0]["resumed_at"] == 2
    assert sitegen("runs", "--json").json["runs"][0]["steps_done"] == 4


def test_after_a_kill_resume_finishes_and_the_finished_steps_stay(sitegen, start, db):
    process = start(
        "run", "-m", "reference", "-t", "blank-site", "--judges", "static", "--actions", "1-4", "--pace", "600", "--json"
    )
    read_until(process, '"StepScored"', times=2)
    read_until(process, '"TokenDelta"')
    process.kill()
    process.communicate(timeout=PATIENCE)
    before = sitegen("show", "e1.1", "--json").json["steps"]
    told = sitegen("resume", "e1")
    assert told.status == 0, told.err
    after = sitegen("show", "e1.1", "--json").json
    assert after["run"]["state"] == "finished"
    assert after["steps"][:2] == before[:2]


def test_a_second_process_reads_while_the_first_one_runs(sitegen, start, db):
    process = start(
        "run", "-m", "reference", "-t", "blank-site", "--judges", "static", "--actions", "1-4", "--pace", "300", "--json"
    )
    read_until(process, '"StepScored"')
    (row,) = sitegen("runs", "--json").json["runs"]
    assert (row["state"], row["steps_done"] >= 1, row["owner"] is not None) == ("running", True, True)
    assert sitegen("resume").err.startswith("nothing to resume")
    assert sitegen("show", "e1.1").status == 0


def test_a_runs_output_can_be_compared_with_gold(sitegen):
    sitegen(
        "run", "-m", "reference", "-m", "simulated/reckless", "-t", "blank-site", "--judges", "static", "--actions", "1-4", "--json"
    )
    assert sitegen("diff", "e1.1", 4, "--against", "gold", "--json").json["files"] == []
    against_reckless = sitegen("diff", "e1.1", 4, "--against", "e1.2", "--json").json["stats"]
    against_gold = sitegen("diff", "e1.2", 4, "--against", "gold", "--json").json["stats"]
    assert (against_gold["added"], against_gold["removed"]) == (against_reckless["removed"], against_reckless["added"])


def test_isolated_steps_start_from_gold(sitegen):
    told = sitegen(
        "run",
        "-m",
        "simulated/reckless",
        "-t",
        "blank-site",
        "--judges",
        "static",
        "--mode",
        "isolated",
        "--actions",
        "1-3",
        "--json",
    )
    assert told.status == 0, told.err
    gold = ("index.html", "css/styles.css")
    detail = sitegen("show", "e1.1", "--step", 3, "--json").json
    sitegen("run", "-m", "reference", "-t", "blank-site", "--judges", "static", "--actions", "1-3", "--json")
    reference = sitegen("show", "e2.1", "--step", 2, "--json").json
    assert {path: detail["site_before"][path] for path in gold} == {path: reference["site_after"][path] for path in gold}


def test_the_demo_runs_headless_without_a_terminal(sitegen, monkeypatch, tmp_path):
    # By files alone: four runs with a browser take minutes.
    monkeypatch.setenv("SITEGEN_BROWSER", str(tmp_path / "none"))
    told = sitegen("demo")
    assert told.status == 0, told.err
    rows = {line.split()[0]: line for line in told.out.splitlines()[2:]}
    assert set(rows) == {"reference", "simulated/careful", "simulated/typical", "simulated/reckless"}
