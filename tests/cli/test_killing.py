"""Killed at ten random moments and resumed each time, an experiment ends as if nothing had been."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import sitegen_tui
from sitegen_tui.services.views import folded
from sitegen_tui.store import Store

ROOT = Path(sitegen_tui.__file__).parents[1]
MODELS = ("reference", "simulated/typical", "simulated/reckless")
KILLS = 10


def command(db, *arguments):
    return [sys.executable, "-m", "sitegen_tui", *arguments, "--db", str(db)]


def environment():
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def run_command(*, pace):
    models = [part for model in MODELS for part in ("-m", model)]
    return ["run", *models, "-t", "blank-site", "--judges", "static", "--repeat", "2", "--seed", "11", "--jobs", "3", *pace]


def outcome(db):
    """What a person would read of every run: state, each step's score and charges, and the site it ends with."""
    with Store.open(db) as store:
        assert store.verify() == []
        views = [folded(row.run_id, store.events(row.run_id, content=False)) for row in store.runs("e1")]
    return [
        (view.plan.model, view.plan.repeat, view.state, [(step.score, step.charges, step.site) for step in view.steps])
        for view in views
    ]


def begun(db):
    """Whether there is an experiment to go on with; how long that takes depends on the machine."""
    try:
        with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as found:
            return found.execute("select count(*) from experiments").fetchone()[0] > 0
    except sqlite3.Error:
        return False


def test_ten_kills_change_nothing(tmp_path):
    whole, killed = tmp_path / "whole.db", tmp_path / "killed.db"
    subprocess.run(command(whole, *run_command(pace=())), env=environment(), stdout=subprocess.DEVNULL, timeout=300, check=True)
    rng, hits = random.Random(), 0
    for kill in range(KILLS):
        arguments = run_command(pace=("--pace", "1500")) if kill == 0 else ["resume"]
        process = subprocess.Popen(
            command(killed, *arguments), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while kill == 0 and not begun(killed) and process.poll() is None:
            time.sleep(0.01)
        # The moment is the point of the test: anywhere from before the first event to the middle of a commit.
        time.sleep(rng.uniform(0.0 if kill == 0 else 0.1, 1.6))
        hits += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(command(killed, "resume"), env=environment(), stdout=subprocess.DEVNULL, timeout=300, check=False)
    assert hits >= KILLS // 2
    assert outcome(killed) == outcome(whole)
