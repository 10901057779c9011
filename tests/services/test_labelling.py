"""Raters are given steps, say what is wrong, take it back; two of them at once, each in a process of their own, lose nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import sitegen_tui
from sitegen_tui.domain.events import LabelRecorded
from sitegen_tui.domain.labels import standing
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.rows import ViolationCount
from sitegen_tui.errors import UsageError
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.people import checklist
from sitegen_tui.services.labelling import FREQUENT_FROM, questions, rater_name
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store

ROOT = Path(sitegen_tui.__file__).parents[1]
RATER = """
import asyncio, sys
from pathlib import Path
from sitegen_tui.domain.marks import Mark
from sitegen_tui.services.root import Services

async def main(path, rater):
    async with await Services.open(Path(path)) as services:
        print("ready", flush=True)
        sys.stdin.readline()
        labelling = services.labelling
        await labelling.draw(rater, 30)
        for number, item in enumerate(await labelling.items(rater)):
            marks = [Mark(violation="html.parse-error")] if number % 2 else []
            await labelling.record(item, marks, note=rater, seconds=number)

if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
def filled(db, scripted):
    """Four runs of all sixteen actions."""
    with Store.open(db) as store:
        _, plans = store.create_experiment(
            scripted.plan(models=("a", "b", "c", "d"), actions=ACTION_IDS), created_at=scripted.START
        )
        for at, plan in enumerate(plans):
            for event, blobs in scripted.Script(plan, seed=at).whole((2.0 + 2 * at,) * 16):
                store.append([event], blobs)
    return db


def test_two_raters_at_once_in_two_processes_lose_nothing(filled, tmp_path):
    script = tmp_path / "rater.py"
    script.write_text(RATER)
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": {**os.environ, "PYTHONPATH": str(ROOT)}}
    raters = ("bo", "mara")
    processes = [subprocess.Popen([sys.executable, str(script), str(filled), rater], **options) for rater in raters]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.communicate("go\n", timeout=120)
        assert process.returncode == 0
    with Store.open(filled) as store:
        labels = standing(store.labels.events())
        assert {rater: sum(one.rater == rater for one in labels) for rater in raters} == {"bo": 30, "mara": 30}
        assert all(one.note == one.rater and one.pi is not None and one.stratum for one in labels)
        both = [{item.key for item in store.labels.items(rater)} for rater in raters]
        assert both[0] == both[1]
        assert store.verify() == []


async def test_what_was_said_is_recorded_with_how_it_was_drawn_and_scored_by_the_catalogue(filled):
    async with await Services.open(filled) as services:
        labelling = services.labelling
        assert await labelling.draw("bo", 10, seed=4) == 10
        assert await labelling.draw("bo", 10, seed=4) == 0
        items = await labelling.items("bo")
        await labelling.record(items[0], [Mark(violation="html.parse-error"), Mark(violation="js.broken")], note="", seconds=61.23)
        await labelling.skip(items[1], "blank page", 5.0)
        label, skipped = await labelling.labels()
        assert isinstance(label, LabelRecorded)
        assert (label.pi, label.stratum, label.seconds, label.version) == (items[0].pi, items[0].stratum, 61.2, 2)
        assert label.rubric == catalogue().rubric_version
        assert labelling.score(label) == 10 - 0.25 - 2.0
        assert (skipped.run_id, skipped.step) == (items[1].run_id, items[1].step)
        progress = await labelling.progress("bo")
        assert (progress.done, progress.total, progress.skipped, progress.seconds) == (2, 10, 1, 61.2)
        # The judge's own score is not touched by a label.
        row = next(row for row in await services.steps(label.run_id) if row.step == label.step)
        assert row.value == row.judged_value
        assert await labelling.draw("bo", 10) == 2
        assert await labelling.undo("bo") == skipped
        assert await labelling.undo("bo") == label
        assert await labelling.undo("bo") is None


def counts(action, numbers):
    return [ViolationCount(violation=one, model="m", action=action, count=number, amount=1.0) for one, number in numbers.items()]


def test_the_most_frequent_comes_first_only_once_there_is_enough_to_hide_whose_it_is():
    action = "apply-colours"
    asked = [one.id for one in checklist(catalogue(), action)]
    few = questions(catalogue(), action, counts(action, {asked[5]: FREQUENT_FROM - 1}))
    assert [one.violation.id for one in few] == asked
    many = questions(catalogue(), action, counts(action, {asked[5]: FREQUENT_FROM, asked[3]: 9}))
    assert [one.violation.id for one in many][:2] == [asked[5], asked[3]]
    elsewhere = questions(catalogue(), action, counts("swap-fonts", {asked[5]: 500}))
    assert [one.violation.id for one in elsewhere] == asked


@pytest.mark.parametrize("action", ACTION_IDS)
def test_every_subject_that_is_weighed_apart_is_a_question_of_its_own(action):
    asked = questions(catalogue(), action, ())
    assert len({one.key for one in asked}) == len(asked)
    for violation in checklist(catalogue(), action):
        weights = violation.term(action).weights
        assert [one.subject for one in asked if one.violation is violation] == (list(weights) or [""])


@pytest.mark.parametrize("name", ["", "   ", "a" * 61, "tab\x07"])
def test_a_name_that_cannot_be_shown_is_refused(name):
    with pytest.raises(UsageError):
        rater_name(name)
    assert rater_name("  Mara   Ōe ") == "Mara Ōe"
