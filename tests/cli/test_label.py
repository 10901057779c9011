"""Labels without the TUI: drawn, listed, written, and read back into another database the same to the byte."""

from __future__ import annotations

import json
import shutil

import pytest

from sitegen_tui.domain.events import LabelRecorded
from sitegen_tui.store import Store


def label_some(stored, scripted, rater="bo", steps=(1, 8, 13)):
    with Store.open(stored) as store:
        for second, step in enumerate(steps):
            at = scripted.START.replace(second=second)
            violations = ("html.parse-error", "html.duplicate-id")[: second % 3]
            store.record(LabelRecorded(run_id="e1.1", seq=0, at=at, step=step, rater=rater, violations=violations, note="n,\n“q”"))


def test_a_queue_is_drawn_once_and_the_rater_remembered(stored, sitegen):
    assert sitegen("label", "queue").status == 2
    told = sitegen("label", "queue", "--n", 12, "--rater", "bo", "--json").json
    assert (told["rater"], told["drawn"], told["total"], told["done"]) == ("bo", 12, 12, 0)
    again = sitegen("label", "queue", "--n", 12, "--json").json
    assert (again["rater"], again["drawn"], again["waiting"]) == ("bo", 0, told["waiting"])
    mara = sitegen("label", "queue", "--n", 12, "--rater", "mara")
    assert "mara: 12 drawn, 12 wait, 0 of 12 done" in mara.out
    with Store.open(stored) as store:
        assert {item.key for item in store.labels.items("bo")} == {item.key for item in store.labels.items("mara")}


def test_a_queue_names_no_run_and_no_model(stored, sitegen):
    told = sitegen("label", "queue", "--n", 30, "--rater", "bo")
    assert "simulated" not in told.out
    assert "e1." not in told.out


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_labels_go_out_and_into_another_database_and_out_again_the_same(stored, sitegen, scripted, tmp_path, suffix):
    other = tmp_path / "other.db"
    shutil.copy(stored, other)
    label_some(stored, scripted)
    first, second = tmp_path / f"first.{suffix}", tmp_path / f"second.{suffix}"
    assert sitegen("label", "export", "-o", first).status == 0
    told = sitegen("label", "import", first, "--db", other)
    assert told.out == "3 read: 3 stored, 0 there already\n"
    assert sitegen("label", "export", "-o", second, "--db", other).status == 0
    assert second.read_bytes() == first.read_bytes()
    assert first.read_bytes()
    assert sitegen("label", "import", first, "--db", other, "--json").json == {"read": 3, "stored": 0, "duplicates": 3, "older": 0}


def test_label_studio_gets_every_drawn_step_and_its_annotations_come_back(stored, sitegen, scripted, tmp_path):
    sitegen("label", "queue", "--n", 5, "--rater", "bo")
    label_some(stored, scripted, steps=(1,))
    file = tmp_path / "tasks.json"
    assert sitegen("label", "export", "-o", file).status == 0
    tasks = json.loads(file.read_text())
    assert len(tasks) in (5, 6)
    task = tasks[0]
    assert task["data"]["choices"]
    task["annotations"] = [{"completed_by": 3, "result": [{"value": {"choices": ["html.parse-error"]}, "type": "choices"}]}]
    file.write_text(json.dumps([task]))
    assert sitegen("label", "import", file).out == "1 read: 1 stored, 0 there already\n"
    assert any(row["rater"] == "label-studio 3" and row["score"] < 10 for row in sitegen("label", "list", "--json").json)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"run": "e9.9"}, "line 2, field run: "),
        ({"step": 99}, "line 2, field step: "),
        ({"violations": ["no.such"]}, "line 2, field violations: "),
        ({"violations": ["contrast.below-aa-text"]}, "line 2, field violations: "),
        ({"rater": " bo"}, "line 2, field rater: "),
        (
            {"marks": [{"violation": "html.parse-error", "subject": "hat"}], "violations": ["html.parse-error"]},
            "line 2, field marks: ",
        ),
    ],
)
def test_of_a_file_with_one_wrong_line_nothing_is_stored(stored, sitegen, tmp_path, changes, said):
    good = {"run": "e1.1", "step": 1, "rater": "bo", "at": "2026-03-01T12:00:00Z", "violations": []}
    file = tmp_path / "labels.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in (good, {**good, "step": 2, **changes})))
    told = sitegen("label", "import", file)
    assert told.status == 2
    assert said in told.err
    assert sitegen("label", "list", "--json").json == []


def test_of_two_labels_by_one_rater_the_newer_one_stands(stored, sitegen, tmp_path):
    row = {"run": "e1.1", "step": 1, "rater": "bo", "violations": []}
    file = tmp_path / "labels.jsonl"

    def bring(day, note):
        file.write_text(json.dumps({**row, "at": f"2026-03-0{day}T12:00:00Z", "note": note}) + "\n")
        return sitegen("label", "import", file, "--json").json

    assert bring(2, "second")["stored"] == 1
    assert bring(1, "first") == {"read": 1, "stored": 0, "duplicates": 0, "older": 1}
    assert bring(3, "third")["stored"] == 1
    assert [one["note"] for one in sitegen("label", "list", "--json").json] == ["third"]


def test_an_export_that_cannot_be_written_leaves_what_was_there(stored, sitegen, scripted, tmp_path):
    label_some(stored, scripted)
    folder = tmp_path / "taken.jsonl"
    (folder / "inside").mkdir(parents=True)
    told = sitegen("label", "export", "-o", folder)
    assert told.status == 2
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".taken")] == []
    assert (folder / "inside").is_dir()


def test_a_list_says_what_each_label_comes_to(stored, sitegen, scripted):
    label_some(stored, scripted)
    rows = sitegen("label", "list", "--json").json
    assert [row["score"] for row in rows] == [10.0, 9.75, 9.25]
    assert "html.parse-error, html.duplicate-id" in sitegen("label", "list").out
    assert sitegen("label", "list", "--rater", "nobody", "--json").json == []
