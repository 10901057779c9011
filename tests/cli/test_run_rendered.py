"""Runs whose pages a real browser looks at: full scores where it can, a clear word where it cannot."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from itertools import pairwise

import pytest

from sitegen_tui.store import Store


@pytest.fixture
def browser():
    from sitegen_tui.errors import RenderUnavailable
    from sitegen_tui.render.host import playwright_there

    try:
        playwright_there()
    except RenderUnavailable as error:
        pytest.skip(f"{error.message}; {error.hint}")


def test_with_a_browser_scores_are_full_and_pictures_are_stored(sitegen, browser, db):
    told = sitegen("run", "-m", "reference", "-t", "blank-site", "--actions", "1-2,6", "--json")
    assert told.status == 0, told.err
    scored = [event for event in told.lines if event["event"] == "StepScored"]
    assert [(event["score"]["value"], event["score"]["assessed"], event["not_assessed"]) for event in scored] == [
        (10.0, 10.0, [])
    ] * 3
    assert {tuple(event["score"]["layers"]) for event in scored} == {("static", "rendered")}
    with Store.open(db, create=False, read_only=True) as store:
        for event in scored:
            assert set(event["shots"]) == {f"{view}-{side}" for view in ("desktop", "mobile") for side in ("before", "after")}
            assert all(store.blob(sha).startswith(b"\xff\xd8") for sha in event["shots"].values())
    for earlier, later in pairwise(scored):
        assert later["shots"]["desktop-before"] == earlier["shots"]["desktop-after"]
    (row,) = sitegen("stats", "results", "--json").json["results"]
    assert (row["layers"], row["full"], row["mean"]) == (["static", "rendered"], True, 30.0)


def test_full_and_partial_scores_are_never_averaged_together(sitegen, browser):
    for judges in ("static", "static,rendered"):
        assert sitegen("run", "-m", "reference", "-t", "blank-site", "--actions", "2", "--judges", judges, "--json").status == 0
    rows = sitegen("stats", "results", "--json").json["results"]
    assert {(tuple(row["layers"]), row["runs"]) for row in rows} == {(("static",), 1), (("static", "rendered"), 1)}


def test_without_a_browser_files_alone_are_judged_and_that_is_said(sitegen, monkeypatch, tmp_path):
    monkeypatch.setenv("SITEGEN_BROWSER", str(tmp_path / "none"))
    told = sitegen("run", "-m", "reference", "-t", "blank-site", "--actions", "1")
    assert told.status == 0
    assert "scores are partial" in told.err
    assert "apply-colours: static: " in told.err


def test_a_rendered_judge_that_cannot_work_is_refused_before_anything_is_stored(sitegen, monkeypatch, tmp_path, db):
    monkeypatch.setenv("SITEGEN_BROWSER", str(tmp_path / "none"))
    told = sitegen("run", "-m", "reference", "-t", "blank-site", "--judges", "rendered")
    assert told.status == 3
    assert "--judges static" in told.err
    assert not db.exists()


def test_a_browser_that_does_not_start_leaves_the_step_unscored_with_the_reason(sitegen, monkeypatch):
    monkeypatch.setenv("SITEGEN_BROWSER", "/bin/false")
    told = sitegen("run", "-m", "reference", "-t", "blank-site", "--actions", "1-2", "--json")
    assert told.status == 3
    events = told.lines
    (failed,) = [event for event in events if event["event"] == "StepFailed"]
    assert "/bin/false did not start" in failed["reason"]
    assert not [event for event in events if event["event"] == "StepScored"]
    assert events[-1]["state"] == "incomplete"


def test_a_browser_killed_in_mid_run_costs_no_step(start, browser, sitegen):
    process = start("run", "-m", "reference", "-t", "blank-site", "--actions", "1-3", "--json")
    lines, killed = [], 0
    for line in process.stdout:
        lines.append(json.loads(line))
        if lines[-1]["event"] == "StepStarted" and lines[-1]["step"] == 2:
            deadline = time.monotonic() + 20
            while not killed and time.monotonic() < deadline:
                killed = _kill_browsers_of(process.pid)
                time.sleep(0.05)
    assert killed
    assert process.wait(60) == 0
    assert [event["score"]["value"] for event in lines if event["event"] == "StepScored"] == [10.0, 10.0, 10.0]


def _kill_browsers_of(pid: int) -> int:
    """Kills -9 every browser below a process; how many."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid=,comm="], capture_output=True, text=True, check=True).stdout
    rows = [(int(a), int(b), c) for a, b, c in (line.split(None, 2) for line in table.splitlines())]
    below, found = {pid}, 0
    for _ in range(10):
        below |= {child for child, parent, _ in rows if parent in below}
    for child, _, name in rows:
        if child in below and "chrom" in name:
            try:
                os.kill(child, signal.SIGKILL)
                found += 1
            except ProcessLookupError:
                continue
    return found
