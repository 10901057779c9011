"""Labels are appended and withdrawn, never changed; what is drawn stays drawn; two processes lose nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import sitegen_tui
from sitegen_tui.domain.events import EVENT, LabelRecorded, LabelSkipped, LabelWithdrawn
from sitegen_tui.domain.labels import Chosen, Draw, marks_of, standing
from sitegen_tui.domain.marks import Lines, Mark
from sitegen_tui.store import Store

ROOT = Path(sitegen_tui.__file__).parents[1]
MARK = Mark(violation="html.parse-error", places=(Lines(file="index.html", first=2, last=3),), wrong=1)

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sitegen_tui.domain.events import LabelRecorded
from sitegen_tui.store import Store
path, rater = sys.argv[1:]
sys.stdin.readline()
with Store.open(Path(path)) as store:
    for step in range(1, 17):
        for _ in range(3):
            label = LabelRecorded(run_id="e1.1", seq=0, at=datetime.now(UTC), step=step, rater=rater, violations=())
            store.record(label)
"""


def filled(store: Store, scripted: ModuleType, *models: str) -> None:
    _, plans = store.create_experiment(scripted.plan(models=models or ("one",)), created_at=scripted.START)
    for plan in plans:
        for event, contents in scripted.Script(plan).whole():
            store.append([event], contents)


def label(scripted: ModuleType, step: int = 1, rater: str = "bo", **more: object) -> LabelRecorded:
    values = {"run_id": "e1.1", "seq": 0, "at": scripted.START, "step": step, "rater": rater, "violations": ("html.parse-error",)}
    return LabelRecorded.model_validate(values | more)


def test_the_newest_label_that_was_not_withdrawn_stands(store: Store, scripted: ModuleType) -> None:
    filled(store, scripted)
    first = store.record(label(scripted, marks=(MARK,), pi=0.25, stratum="a: 0 to 5", seconds=12.5, version=2))
    second = store.record(label(scripted, violations=()))
    skipped = store.record(LabelSkipped(run_id="e1.1", seq=0, at=scripted.START, step=2, rater="bo", reason="too dark"))
    assert standing(store.labels.events()) == [second, skipped]

    def withdraw(seq: int, step: int) -> None:
        store.record(LabelWithdrawn(run_id="e1.1", seq=0, at=scripted.START, step=step, rater="bo", withdraws=seq))

    withdraw(second.seq, 1)
    assert standing(store.labels.events()) == [first, skipped]
    withdraw(first.seq, 1)
    withdraw(skipped.seq, 2)
    assert standing(store.labels.events()) == []
    assert len(store.labels.events()) == 6
    assert store.verify() == []


def test_a_label_of_the_first_version_is_still_read() -> None:
    old = (
        '{"run_id":"e1.1","seq":9,"at":"2026-03-01T12:00:00Z",'
        '"event":"LabelRecorded","step":3,"rater":"bo","violations":["a.b"],"note":"n"}'
    )
    event = EVENT.validate_json(old)
    assert isinstance(event, LabelRecorded)
    assert (event.version, event.pi, event.seconds, marks_of(event)) == (1, None, None, (Mark(violation="a.b"),))


def test_what_is_drawn_comes_back_in_its_order_with_its_probabilities(store: Store, scripted: ModuleType) -> None:
    filled(store, scripted)
    seen: list[object] = []

    def make(candidates, items, earlier):  # type: ignore[no-untyped-def]
        seen.append((len(candidates), len(items), dict(earlier)))
        chosen = tuple(Chosen(one.run_id, one.step, one.action, one.stratum, 0.5) for one in candidates[3:0:-1])
        return Draw(seed=1, wanted=3, chosen=chosen, chances={one.key: 0.5 for one in candidates[:6]})

    new = store.labels.draw("bo", scripted.START, make)
    assert [item.step for item in new] == [4, 3, 2]
    assert store.labels.items("bo") == new
    assert store.labels.items("mara") == []
    assert store.labels.draw("mara", scripted.START, lambda *told: seen.append(told[1:]) or None) == []
    assert seen[0] == (16, 0, {})
    assert seen[1] == (new, {f"e1.1/{step}": 0.5 for step in range(1, 7)})
    assert store.labels.chances() == [{f"e1.1/{step}": 0.5 for step in range(1, 7)}]


def test_steps_of_runs_that_may_still_go_on_are_not_drawn(store: Store, scripted: ModuleType) -> None:
    filled(store, scripted, "one", "two")
    assert {one.run_id for one in store.labels.candidates()} == {"e1.1", "e1.2"}
    again = store.events("e1.2")[-1].model_copy(update={"seq": store.events("e1.2")[-1].seq + 1, "state": "interrupted"})
    store.append([again])
    assert {one.run_id for one in store.labels.candidates()} == {"e1.1"}


def test_the_rater_of_last_time_comes_first(store: Store, scripted: ModuleType) -> None:
    for second, name in enumerate(("bo", "mara", "bo")):
        store.labels.use_rater(name, scripted.START.replace(second=second))
    assert store.labels.raters() == ["bo", "mara"]


def test_labels_recorded_together_are_stored_all_or_none(store: Store, scripted: ModuleType) -> None:
    filled(store, scripted)
    before = store.run("e1.1")
    with pytest.raises(Exception, match=r"e9\.9"):
        store.record_all([label(scripted), label(scripted, run_id="e9.9")])
    assert store.labels.events() == []
    stored = store.record_all([label(scripted, step=step) for step in (1, 2, 3)])
    assert [event.seq for event in stored] == [stored[0].seq + more for more in range(3)]
    assert store.run("e1.1") == before
    assert store.verify() == []


def test_two_processes_that_label_the_same_run_at_once_lose_nothing(path: Path, scripted: ModuleType) -> None:
    with Store.open(path) as store:
        filled(store, scripted)
        last = store.events("e1.1")[-1].seq
    command = [sys.executable, "-c", WRITER, str(path)]
    options = {"stdin": subprocess.PIPE, "text": True, "env": {**os.environ, "PYTHONPATH": str(ROOT)}}
    processes = [subprocess.Popen([*command, rater], **options) for rater in ("bo", "mara")]  # type: ignore[call-overload]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    with Store.open(path) as store:
        events = store.labels.events()
        assert len(events) == 2 * 16 * 3
        assert sorted(event.seq for event in events) == list(range(last + 1, last + 1 + len(events)))
        assert len(standing(events)) == 2 * 16
        assert store.verify() == []
