"""Decisions from the command line: listed by number, stored with author and reason, seen by every other command at once."""

from __future__ import annotations

import pytest

from sitegen_tui.domain.marks import Mark
from sitegen_tui.store import Store
from tests.judged import add_experiment, play


@pytest.fixture
def judged(db):
    with Store.open(db) as store:
        for run in add_experiment(store, ("a", "b"), repeats=2):
            play(store, run, {1: [Mark(violation="js.broken"), Mark(violation="html.parse-error")]})
    return db


def test_a_decision_is_in_every_table_at_once_and_both_values_stay(judged, sitegen):
    before = sitegen("stats", "results", "--json").json["results"]
    listed = sitegen("override", "e1.1", 1)
    assert [line.split()[2] for line in listed.out.splitlines() if line.split()[:1] in (["1"], ["2"])] == [
        "js.broken",
        "html.parse-error",
    ]
    told = sitegen("override", "e1.1", 1, "--drop", 1, "--author", "mara", "--reason", "it works", "--json").json
    gained = told["value"] - told["before"]
    assert (told["judged"], told["author"], told["reason"]) == (told["before"], "mara", "it works")
    assert gained > 0
    after = sitegen("stats", "results", "--json").json["results"]
    means = [{row["model"]: row["mean"] for row in rows} for rows in (before, after)]
    assert means[1]["a"] == pytest.approx(means[0]["a"] + gained / 2)
    assert means[1]["b"] == means[0]["b"]
    step = sitegen("show", "e1.1", "--step", 1, "--json").json
    assert (step["value"], step["score"]["value"]) == (told["value"], told["judged"])
    assert (
        f"{told['value']:.1f} of 10, judged {told['judged']:.2f}, decided by mara: it works"
        in sitegen("show", "e1.1", "--step", 1).out
    )
    row = sitegen("show", "e1.1", "--json").json["steps"][0]
    assert (row["override"], row["override_by"], row["override_reason"]) == (told["value"], "mara", "it works")


def test_the_newest_is_taken_back_and_the_author_of_last_time_is_remembered(judged, sitegen):
    assert sitegen("override", "e1.1", 1, "--score", 4, "--reason", "x").status == 2
    sitegen("label", "queue", "--n", 1, "--rater", "bo")
    assert sitegen("override", "e1.1", 1, "--score", 4, "--reason", "too kind").out.startswith("e1.1 step 1: ")
    told = sitegen("override", "e1.1", 1, "--json").json
    assert (told["value"], told["decisions"][0]["author"]) == (4.0, "bo")
    back = sitegen("override", "e1.1", 1, "--withdraw", "--reason", "was not", "--json").json
    assert back["value"] == back["judged"] == told["judged"]
    assert sitegen("override", "e1.1", 1, "--json").json["decisions"] == []


def test_what_was_missed_is_added_with_its_place(judged, sitegen):
    told = sitegen("override", "e1.1", 2, "--add", "html.duplicate-id@index.html:7", "--author", "bo", "--reason", "twice").out
    assert "judged 10.00" in told
    finding = sitegen("override", "e1.1", 2, "--json").json["findings"][0]["finding"]
    assert (finding["violation"], finding["evidence"]["file"], finding["evidence"]["line"]) == (
        "html.duplicate-id",
        "index.html",
        7,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--score", "4", "--drop", "1"),
        ("--add", "html.parse-error@index.html"),
        ("--drop", "9"),
        ("--add", "no.such"),
        ("--withdraw",),
    ],
)
def test_wrong_use_is_refused(judged, sitegen, arguments):
    told = sitegen("override", "e1.1", 1, *arguments, "--author", "bo", "--reason", "because")
    assert told.status == 2
    assert "hint:" in told.err
